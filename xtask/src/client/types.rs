//! Mends the generated types and their own builders.
//!
//! Fields whose names were made unique get their wire names back; what an object takes beside its properties need not be
//! given; and a branch is read only where its tag is. What a vendor may add without breaking its callers, a property or a
//! word, breaks ours neither: types are made by their builders and are open to matching.

use std::collections::BTreeMap;

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut;

use super::mend::{ends_with, type_name};

/// Type to field to the property's name on the wire.
pub(super) type WireNames = BTreeMap<String, BTreeMap<String, String>>;

/// Mends the module of the types.
pub(super) fn mend(items: &mut [syn::Item], names: &WireNames) {
    let open: syn::Attribute = syn::parse_quote! { #[non_exhaustive] };
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
                // `+1` becomes `plus1`.
                let is_camel = |v: &syn::Variant| !v.ident.to_string().starts_with(char::is_lowercase);
                if !item.variants.iter().all(is_camel) {
                    item.attrs.push(syn::parse_quote! { #[allow(non_camel_case_types)] });
                }
            }
            _ => {}
        }
    }
    nothing_beside(items);
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
