//! Where a value is wanted its builder does, and where a union is, what one of its branches is made of.
//!
//! typify lets a setter of a required part take the part's builder. Here a setter of an optional part does as well, and
//! whatever takes a union takes the builder of a branch, or a text if a branch is any text or its words.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::visit_mut::VisitMut;

use super::mend::type_name;
use super::types::has_serde;

/// A conversion that others are copies of, parsed when it is first needed.
type Template = LazyCell<syn::ItemImpl>;

/// What a part lies in where a setter takes it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Optional,
    /// It leads back to itself.
    OptionalBoxed,
    /// A call's own parameter.
    Boxed,
}

/// Adds the conversions to the module of the types, which holds that of their builders; `boxed` are the types that calls
/// take as parameters.
pub(super) fn take_builders(items: &mut Vec<syn::Item>, boxed: &BTreeSet<String>) {
    let mut places: BTreeSet<(Place, syn::Ident)> = items
        .iter()
        .filter_map(|item| if let syn::Item::Struct(item) = item { Some(&item.fields) } else { None })
        .flatten()
        .filter_map(|field| optional_part(&field.ty))
        .collect();
    places.extend(boxed.iter().map(|name| (Place::Boxed, quote::format_ident!("{name}"))));
    let unions: Vec<Union> = items.iter().filter_map(Union::of).collect();
    let mut unions_of: BTreeMap<&syn::Ident, Vec<(&syn::Ident, &syn::Ident)>> = BTreeMap::new();
    for union in &unions {
        for (part, variant) in &union.parts {
            unions_of.entry(part).or_default().push((&union.name, variant));
        }
    }
    let branch = Template::new(|| {
        let from_part = syn::parse_quote! { super::This::try_from(value).map(Self::Variant) };
        conversion(&syn::parse_quote! { super::Union }, &from_part)
    });
    let in_place = [
        (
            Place::Optional,
            Template::new(|| {
                let some = syn::parse_quote! { super::Union::try_from(value).map(::std::option::Option::Some) };
                conversion(&syn::parse_quote! { ::std::option::Option<super::Union> }, &some)
            }),
        ),
        (
            Place::OptionalBoxed,
            Template::new(|| {
                let some = syn::parse_quote! {
                    super::Union::try_from(value).map(|value| ::std::option::Option::Some(value.into()))
                };
                conversion(&syn::parse_quote! { ::std::option::Option<::std::boxed::Box<super::Union>> }, &some)
            }),
        ),
        (
            Place::Boxed,
            Template::new(|| {
                let boxed = syn::parse_quote! { super::Union::try_from(value).map(::std::boxed::Box::new) };
                conversion(&syn::parse_quote! { ::std::boxed::Box<super::Union> }, &boxed)
            }),
        ),
    ];
    for item in items.iter_mut() {
        let syn::Item::Mod(module) = item else { continue };
        let Some((_, builders)) = module.content.as_mut().filter(|_| module.ident == "builder") else { continue };
        let mut made = Vec::new();
        for item in builders.iter() {
            let syn::Item::Struct(syn::ItemStruct { ident: this, .. }) = item else { continue };
            let branches = unions_of.get(this).into_iter().flatten();
            made.extend(branches.clone().map(|(union, variant)| named(&branch, this, union, variant)));
            for whole in std::iter::once(this).chain(branches.map(|(union, _)| *union)) {
                let here = in_place.iter().filter(|(place, _)| places.contains(&(*place, whole.clone())));
                made.extend(here.map(|(_, template)| named(template, this, whole, whole)));
            }
        }
        builders.extend(made);
    }
    take_text(items, &unions);
}

/// How a builder becomes what a setter takes.
fn conversion(taken: &syn::Type, made: &syn::Expr) -> syn::ItemImpl {
    syn::parse_quote! {
        impl ::std::convert::TryFrom<This> for #taken {
            type Error = super::error::ConversionError;
            fn try_from(value: This) -> ::std::result::Result<Self, super::error::ConversionError> {
                #made
            }
        }
    }
}

/// Adds to a union that has text as a branch that text is one, and to one with an enum that its words are.
fn take_text(items: &mut Vec<syn::Item>, unions: &[Union]) {
    // Where every branch is read from a text, typify has it read.
    let read: BTreeSet<String> = items
        .iter()
        .filter_map(|item| if let syn::Item::Impl(item) = item { Some(item) } else { None })
        .filter(|item| {
            item.trait_.as_ref().is_some_and(|(_, path, _)| path.to_token_stream().to_string().contains("FromStr"))
        })
        .filter_map(|item| type_name(&item.self_ty))
        .collect();
    let of_text = [
        Template::new(|| {
            syn::parse_quote! {
                impl ::std::convert::From<::std::string::String> for Union {
                    fn from(value: ::std::string::String) -> Self {
                        Self::Variant(value)
                    }
                }
            }
        }),
        Template::new(|| {
            syn::parse_quote! {
                impl ::std::convert::From<&str> for Union {
                    fn from(value: &str) -> Self {
                        Self::Variant(value.to_owned())
                    }
                }
            }
        }),
    ];
    let of_word = [
        Template::new(|| {
            syn::parse_quote! {
                impl ::std::convert::TryFrom<&str> for Union {
                    type Error = self::error::ConversionError;
                    fn try_from(value: &str) -> ::std::result::Result<Self, self::error::ConversionError> {
                        value.parse::<This>().map(Self::Variant)
                    }
                }
            }
        }),
        Template::new(|| {
            syn::parse_quote! {
                impl ::std::convert::TryFrom<::std::string::String> for Union {
                    type Error = self::error::ConversionError;
                    fn try_from(
                        value: ::std::string::String,
                    ) -> ::std::result::Result<Self, self::error::ConversionError> {
                        value.parse::<This>().map(Self::Variant)
                    }
                }
            }
        }),
    ];
    for union in unions.iter().filter(|union| !read.contains(&union.name.to_string())) {
        let words: Vec<_> = union.parts.iter().filter(|(part, _)| read.contains(&part.to_string())).collect();
        if let Some(variant) = &union.text {
            items.extend(of_text.iter().map(|template| named(template, &union.name, &union.name, variant)));
        } else if let [(part, variant)] = words[..] {
            items.extend(of_word.iter().map(|template| named(template, part, &union.name, variant)));
        }
    }
}

/// An untagged enum, with what its variants hold.
struct Union {
    name: syn::Ident,
    /// A generated type, and the variant that holds it.
    parts: Vec<(syn::Ident, syn::Ident)>,
    /// The variant that is any text.
    text: Option<syn::Ident>,
}

impl Union {
    fn of(item: &syn::Item) -> Option<Self> {
        let syn::Item::Enum(item) = item else { return None };
        if !has_serde(&item.attrs, "untagged") {
            return None;
        }
        let mut union = Self { name: item.ident.clone(), parts: Vec::new(), text: None };
        for variant in &item.variants {
            let syn::Fields::Unnamed(fields) = &variant.fields else { continue };
            let Some(syn::Type::Path(held)) = fields.unnamed.first().map(|field| &field.ty) else { continue };
            if let Some(part) = held.path.get_ident() {
                union.parts.push((part.clone(), variant.ident.clone()));
            } else if held.path.segments.last().is_some_and(|segment| segment.ident == "String") {
                union.text.get_or_insert(variant.ident.clone());
            }
        }
        // Of two branches of one type nobody knows which is meant.
        let all = union.parts.clone();
        union.parts.retain(|(part, _)| all.iter().filter(|(other, _)| other == part).count() == 1);
        Some(union)
    }
}

/// A copy of a template with the names put in.
fn named(template: &syn::ItemImpl, this: &syn::Ident, union: &syn::Ident, variant: &syn::Ident) -> syn::Item {
    let mut item = template.clone();
    Names { this, union, variant }.visit_item_impl_mut(&mut item);
    item.into()
}

struct Names<'n> {
    this: &'n syn::Ident,
    union: &'n syn::Ident,
    variant: &'n syn::Ident,
}

impl VisitMut for Names<'_> {
    fn visit_ident_mut(&mut self, ident: &mut syn::Ident) {
        *ident = match ident.to_string().as_str() {
            "This" => self.this.clone(),
            "Union" => self.union.clone(),
            "Variant" => self.variant.clone(),
            _ => return,
        };
    }
}

/// The generated type in an `Option`, and whether it is boxed there.
fn optional_part(ty: &syn::Type) -> Option<(Place, syn::Ident)> {
    let held = argument_of(ty, "Option")?;
    let boxed = argument_of(held, "Box");
    let place = if boxed.is_some() { Place::OptionalBoxed } else { Place::Optional };
    match boxed.unwrap_or(held) {
        syn::Type::Path(part) => Some((place, part.path.get_ident()?.clone())),
        _ => None,
    }
}

/// What stands in a generic type of this name.
fn argument_of<'t>(ty: &'t syn::Type, name: &str) -> Option<&'t syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(held) => Some(held),
        _ => None,
    }
}
