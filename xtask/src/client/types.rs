//! Mends the generated types and their own builders.
//!
//! Fields whose names were made unique get their wire names back; what an object takes beside its properties need not be
//! given; a branch is read only where its tag is; and words and branches get names that can be read. What a vendor may add
//! without breaking its callers, a property or a word, breaks ours neither: types are made by their builders and are open
//! to matching.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut;

use super::mend::{ends_with, type_name};
use crate::lower::pascal;

/// Type to field to the property's name on the wire.
pub(super) type WireNames = BTreeMap<String, BTreeMap<String, String>>;

/// Mends the module of the types.
pub(super) fn mend(items: &mut [syn::Item], names: &WireNames) {
    let open: syn::Attribute = syn::parse_quote! { #[non_exhaustive] };
    let mut renamed = BTreeMap::new();
    for item in items.iter_mut() {
        match item {
            syn::Item::Struct(item) => {
                put_back(names, item);
                item.fields.iter_mut().for_each(demand_tag);
                if matches!(item.fields, syn::Fields::Named(_)) {
                    item.attrs.insert(doc_lines(&item.attrs), open.clone());
                }
            }
            syn::Item::Enum(item) => {
                item.attrs.insert(doc_lines(&item.attrs), open.clone());
                renamed.extend(legible(item).map(|variants| (item.ident.to_string(), variants)));
                // `+1` becomes `plus1`.
                let is_camel = |v: &syn::Variant| !v.ident.to_string().starts_with(char::is_lowercase);
                if !item.variants.iter().all(is_camel) {
                    item.attrs.push(syn::parse_quote! { #[allow(non_camel_case_types)] });
                }
            }
            _ => {}
        }
    }
    for item in items.iter_mut() {
        match item {
            syn::Item::Impl(item) => {
                let own = type_name(&item.self_ty).filter(|name| renamed.contains_key(name));
                if own.is_some() {
                    Renamed { all: &renamed, own }.visit_item_impl_mut(item);
                }
            }
            // What a branch says by itself: its one word.
            syn::Item::Mod(item) if item.ident == "defaults" => {
                Renamed { all: &renamed, own: None }.visit_item_mod_mut(item);
            }
            _ => {}
        }
    }
    nothing_beside(items);
}

/// Gives the words of an enum names that keep its digits apart, as Rust does: `16:9` is `X16_9` and not `X169`; and the
/// branches of a union names that do not begin with its own. Old names to new ones, if there are any.
fn legible(item: &mut syn::ItemEnum) -> Option<BTreeMap<String, syn::Ident>> {
    let word = |variant: &syn::Variant| {
        variant.attrs.iter().find_map(|attribute| {
            let mut word = None;
            let parsed = attribute.parse_nested_meta(|meta| {
                let is_name = meta.path.is_ident("rename");
                let value: syn::LitStr = meta.value()?.parse()?;
                word = is_name.then(|| value.value());
                Ok(())
            });
            parsed.ok().and(word)
        })
    };
    let of_union = item.ident.to_string();
    let name = |variant: &syn::Variant| {
        word(variant).map_or_else(|| without(&variant.ident.to_string(), &of_union), |word| apart(&word))
    };
    let names: Vec<String> = item.variants.iter().map(name).collect();
    if names.iter().collect::<BTreeSet<_>>().len() < names.len() {
        return None;
    }
    let mut renamed = BTreeMap::new();
    for (variant, name) in item.variants.iter_mut().zip(names) {
        let old = variant.ident.to_string();
        if let Some(new) = syn::parse_str::<syn::Ident>(&name).ok().filter(|new| *new != old) {
            renamed.insert(old, new.clone());
            variant.ident = new;
        }
    }
    (!renamed.is_empty()).then_some(renamed)
}

/// A name without that of the union before it, if what is left is a name: `Start::Auto` and not `Start::StartAuto`.
fn without(name: &str, union: &str) -> String {
    let rest = name.strip_prefix(union).filter(|rest| rest.starts_with(char::is_uppercase));
    let rest = rest.filter(|rest| !crate::lower::is_keyword(rest));
    rest.unwrap_or(name).to_owned()
}

/// The name that a word has as a variant, with a mark where two numbers meet.
fn apart(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut parts = vec![String::new()];
    let mut rest = &chars[..];
    while let Some((first, after)) = rest.split_first() {
        let gap = after.iter().take_while(|c| !c.is_alphanumeric()).count();
        if let Some(last) = parts.last_mut() {
            last.push(*first);
        }
        if gap > 0 && first.is_ascii_digit() && after.get(gap).is_some_and(char::is_ascii_digit) {
            parts.push(String::new());
            rest = &after[gap..];
        } else {
            rest = after;
        }
    }
    let names: Vec<String> = parts.iter().map(|part| pascal(part)).collect();
    let mut name = String::new();
    for (number, part) in names.iter().enumerate() {
        // Only a name must not begin with a digit, a part of one may.
        name.push_str(if number == 0 { part } else { part.strip_prefix('X').unwrap_or(part) });
        if number + 1 < names.len() {
            name.push('_');
        }
    }
    name
}

/// Calls variants by their new names, behind the name of their type or, where that is known, behind `Self`.
struct Renamed<'n> {
    all: &'n BTreeMap<String, BTreeMap<String, syn::Ident>>,
    own: Option<String>,
}

impl VisitMut for Renamed<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let Some(before) = path.segments.len().checked_sub(2) else { return };
        let owner = path.segments[before].ident.to_string();
        let owner = if owner == "Self" { self.own.as_ref() } else { Some(&owner) };
        let Some(variants) = owner.and_then(|owner| self.all.get(owner)) else { return };
        if let Some(last) = path.segments.last_mut()
            && let Some(new) = variants.get(&last.ident.to_string())
        {
            last.ident = new.clone();
        }
    }
}

/// What an object takes beside its properties need not be given.
fn nothing_beside(items: &mut [syn::Item]) {
    let is_beside = |field: &syn::Field| has_serde(&field.attrs, "flatten");
    let open: BTreeMap<String, syn::Ident> = items
        .iter()
        .filter_map(|item| if let syn::Item::Struct(item) = item { Some(item) } else { None })
        .filter_map(|item| {
            let field = item.fields.iter().find(|field| is_beside(field))?;
            Some((item.ident.to_string(), field.ident.clone()?))
        })
        .collect();
    let builders = items.iter_mut().filter_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "builder" => module.content.as_mut().map(|(_, items)| items),
        _ => None,
    });
    for item in builders.flatten() {
        if let syn::Item::Impl(item) = item
            && let Some((_, path, _)) = &item.trait_
            && ends_with(path, &["Default"])
            && let Some(field) = type_name(&item.self_ty).and_then(|name| open.get(&name))
        {
            Nothing(field).visit_item_impl_mut(item);
        }
    }
}

/// Gives fields whose names were made unique their wire names.
fn put_back(names: &WireNames, item: &mut syn::ItemStruct) {
    let Some(wire) = names.get(&item.ident.to_string()) else { return };
    for field in &mut item.fields {
        if let Some(name) = field.ident.as_ref().and_then(|ident| wire.get(&ident.to_string())) {
            field.attrs.push(syn::parse_quote! { #[serde(rename = #name)] });
        }
    }
}

/// Whether serde is told this word; what stands in quotation marks is a name of the vendor's.
pub(super) fn has_serde(attributes: &[syn::Attribute], word: &str) -> bool {
    let mut serde = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    serde.any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => {
            list.tokens.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(said) if said == word))
        }
        _ => false,
    })
}

/// Lets a builder begin with nothing in a field.
struct Nothing<'n>(&'n syn::Ident);

impl VisitMut for Nothing<'_> {
    fn visit_field_value_mut(&mut self, value: &mut syn::FieldValue) {
        if matches!(&value.member, syn::Member::Named(name) if name == self.0) {
            value.expr = syn::parse_quote! { Ok(::std::default::Default::default()) };
        }
    }
}

/// A branch says its tag by itself when it is sent; what is read is of the branch only if it has that tag.
fn demand_tag(field: &mut syn::Field) {
    field.attrs.retain_mut(|attribute| {
        let syn::Meta::List(list) = &mut attribute.meta else { return true };
        if !list.path.is_ident("serde") || !list.tokens.to_string().contains("\"defaults::") {
            return true;
        }
        let Ok(all) = list.parse_args_with(Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated) else {
            return true;
        };
        let kept: Punctuated<syn::Meta, syn::Token![,]> =
            all.into_iter().filter(|meta| !meta.path().is_ident("default")).collect();
        list.tokens = kept.to_token_stream();
        !kept.is_empty()
    });
}

/// How many attributes at the front are documentation.
fn doc_lines(attributes: &[syn::Attribute]) -> usize {
    attributes.iter().take_while(|attribute| attribute.path().is_ident("doc")).count()
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn numbers_stay_apart_in_the_name_of_a_word() {
        for (word, name) in [
            ("16:9", "X16_9"),
            ("mp3_22050_32", "Mp3_22050_32"),
            ("gpt-4.1-mini", "Gpt4_1Mini"),
            ("2024-11-06", "X2024_11_06"),
            ("1 / 2", "X1_2"),
            ("v1", "V1"),
            ("768P", "X768p"),
            ("in_progress", "InProgress"),
            ("a-1", "A1"),
            ("-1", "minus1"),
            ("1.", "X1"),
            ("", "X"),
        ] {
            assert_eq!(apart(word), name, "{word}");
        }
    }
}
