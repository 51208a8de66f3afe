//! Takes the texts out of what the generated types print for debugging.
//!
//! A prompt is a text like any other to the generator, and belongs into no log: of a request's type, `Debug` shows
//! numbers, flags and words of enums, and that there is a text, not which. Types of the runtime know themselves what
//! they may show.

use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, Fields, Item, ItemImpl, Path, Token};

/// Rewrites the `Debug` of every generated type that holds texts.
pub fn hide(file: &mut syn::File) {
    for item in &mut file.items {
        if let Item::Mod(module) = item {
            let is_types = module.ident == "types";
            if let Some((_, items)) = &mut module.content {
                hide_in(items, !is_types);
            }
        }
    }
}

fn hide_in(items: &mut Vec<Item>, are_builders: bool) {
    let mut made = Vec::new();
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) if are_builders || item.fields.iter().any(holds_text) => {
                if take_debug(&mut item.attrs) {
                    let shown = if are_builders {
                        quote! { .finish_non_exhaustive() }
                    } else {
                        fields(&item.fields)
                    };
                    made.push(implement(&item.ident, &item.generics, &shown));
                }
            }
            Item::Enum(item) if item.variants.iter().any(|variant| variant.fields.iter().any(holds_text)) => {
                if take_debug(&mut item.attrs) {
                    made.push(Item::Impl(implement_enum(item)));
                }
            }
            Item::Mod(module) if module.ident == "builder" => {
                if let Some((_, items)) = &mut module.content {
                    hide_in(items, true);
                }
            }
            _ => {}
        }
    }
    items.extend(made);
}

/// Whether a field can hold a text that somebody wrote, other than in a type that hides it itself.
fn holds_text(field: &Field) -> bool {
    let ty = field.ty.to_token_stream().to_string();
    (ty.contains("String") || ty.contains("serde_json")) && !ty.contains("Lenient")
}

/// Removes `Debug` from the derives; false if it was not there.
fn take_debug(attributes: &mut [Attribute]) -> bool {
    let mut was_there = false;
    for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let Ok(derives) = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated) else { continue };
        let kept: Punctuated<Path, Token![,]> =
            derives.iter().filter(|derive| !derive.is_ident("Debug")).cloned().collect();
        was_there |= kept.len() != derives.len();
        *attribute = syn::parse_quote! { #[derive(#kept)] };
    }
    was_there
}

/// The calls that show a struct's fields.
fn fields(fields: &Fields) -> proc_macro2::TokenStream {
    let shown = fields.iter().enumerate().map(|(index, field)| {
        let member = syn::Index::from(index);
        match (&field.ident, holds_text(field)) {
            (Some(name), false) => {
                let text = name.to_string();
                quote! { .field(#text, &self.#name) }
            }
            (Some(name), true) => {
                let text = name.to_string();
                quote! { .field(#text, &::std::format_args!("..")) }
            }
            (None, false) => quote! { .field("0", &self.#member) },
            (None, true) => quote! { .field("0", &::std::format_args!("..")) },
        }
    });
    quote! { #(#shown)* .finish() }
}

fn implement(ident: &syn::Ident, generics: &syn::Generics, shown: &proc_macro2::TokenStream) -> Item {
    let name = ident.to_string();
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    syn::parse_quote! {
        impl #impl_generics ::std::fmt::Debug for #ident #type_generics #clause {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#name) #shown
            }
        }
    }
}

/// Shows which variant it is, and nothing of what is in it.
fn implement_enum(item: &syn::ItemEnum) -> ItemImpl {
    let ident = &item.ident;
    let arms = item.variants.iter().map(|variant| {
        let name = &variant.ident;
        let text = format!("{ident}::{name}");
        quote! { Self::#name { .. } => #text, }
    });
    syn::parse_quote! {
        impl ::std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(match self { #(#arms)* })
            }
        }
    }
}
