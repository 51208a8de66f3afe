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

/// Adds the conversions to the module of the types, which holds that of their builders.
pub(super) fn take_builders(items: &mut Vec<syn::Item>) {
    let optional: BTreeSet<syn::Ident> = items
        .iter()
        .filter_map(|item| if let syn::Item::Struct(item) = item { Some(&item.fields) } else { None })
        .flatten()
        .filter_map(|field| optional_part(&field.ty))
        .collect();
    let unions: Vec<Union> = items.iter().filter_map(Union::of).collect();
    let mut unions_of: BTreeMap<&syn::Ident, Vec<(&syn::Ident, &syn::Ident)>> = BTreeMap::new();
    for union in &unions {
        for (part, variant) in &union.parts {
            unions_of.entry(part).or_default().push((&union.name, variant));
        }
    }
    let part = Template::new(|| {
        syn::parse_quote! {
            impl ::std::convert::TryFrom<This> for ::std::option::Option<super::This> {
                type Error = super::error::ConversionError;
                fn try_from(value: This) -> ::std::result::Result<Self, super::error::ConversionError> {
                    super::This::try_from(value).map(::std::option::Option::Some)
                }
            }
        }
    });
    let branch = Template::new(|| {
        syn::parse_quote! {
            impl ::std::convert::TryFrom<This> for super::Union {
                type Error = super::error::ConversionError;
                fn try_from(value: This) -> ::std::result::Result<Self, super::error::ConversionError> {
                    super::This::try_from(value).map(Self::Variant)
                }
            }
        }
    });
    let optional_branch = Template::new(|| {
        syn::parse_quote! {
            impl ::std::convert::TryFrom<This> for ::std::option::Option<super::Union> {
                type Error = super::error::ConversionError;
                fn try_from(value: This) -> ::std::result::Result<Self, super::error::ConversionError> {
                    super::Union::try_from(value).map(::std::option::Option::Some)
                }
            }
        }
    });
    for item in items.iter_mut() {
        let syn::Item::Mod(module) = item else { continue };
        let Some((_, builders)) = module.content.as_mut().filter(|_| module.ident == "builder") else { continue };
        let mut made = Vec::new();
        for item in builders.iter() {
            let syn::Item::Struct(syn::ItemStruct { ident: this, .. }) = item else { continue };
            if optional.contains(this) {
                made.push(named(&part, this, this, this));
            }
            for (union, variant) in unions_of.get(this).into_iter().flatten() {
                made.push(named(&branch, this, union, variant));
                if optional.contains(union) {
                    made.push(named(&optional_branch, this, union, variant));
                }
            }
        }
        builders.extend(made);
    }
    take_text(items, &unions);
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

/// The generated type in an `Option`.
fn optional_part(ty: &syn::Type) -> Option<syn::Ident> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(syn::Type::Path(part)) => part.path.get_ident().cloned(),
        _ => None,
    }
}
