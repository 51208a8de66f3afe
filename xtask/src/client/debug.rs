//! Takes the texts out of what the generated types print for debugging.
//!
//! A prompt is a text like any other to the generator, and belongs into no log: of a request's type, `Debug` shows
//! numbers, flags and words of enums, and that there is a text, not which. Types of the runtime know themselves what
//! they may show.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Expr, ExprLit, ExprMethodCall, Field, Fields, Item, ItemImpl, Lit, LitStr, Member, Meta, Type};

/// Rewrites the `Debug` of every generated type that holds texts.
pub fn hide(file: &mut syn::File) {
    let templates = Templates::new();
    for item in &mut file.items {
        if let Item::Mod(module) = item {
            let is_types = module.ident == "types";
            if let Some((_, items)) = &mut module.content {
                templates.hide_in(items, !is_types);
            }
        }
    }
}

/// What every implementation is a copy of: parsing is what takes the time, and there is one for every type.
struct Templates {
    implementation: ItemImpl,
    start: ExprMethodCall,
    shown: ExprMethodCall,
    hidden: ExprMethodCall,
    end: ExprMethodCall,
    open_end: ExprMethodCall,
}

impl Templates {
    fn new() -> Self {
        Self {
            implementation: syn::parse_quote! {
                impl ::std::fmt::Debug for This {
                    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {}
                }
            },
            start: syn::parse_quote! { f.debug_struct("") },
            shown: syn::parse_quote! { f.field("", &self.name) },
            hidden: syn::parse_quote! { f.field("", &::std::format_args!("..")) },
            end: syn::parse_quote! { f.finish() },
            open_end: syn::parse_quote! { f.finish_non_exhaustive() },
        }
    }

    fn hide_in(&self, items: &mut Vec<Item>, are_builders: bool) {
        let mut made = Vec::new();
        for item in items.iter_mut() {
            match item {
                Item::Struct(item) if are_builders || item.fields.iter().any(holds_text) => {
                    if take_debug(&mut item.attrs) {
                        let start = named(&self.start, &item.ident.to_string());
                        let body = if are_builders {
                            then(start, &self.open_end)
                        } else {
                            then(self.fields(start, &item.fields), &self.end)
                        };
                        made.push(Item::Impl(self.implement(&item.ident, &item.generics, body)));
                    }
                }
                Item::Enum(item) if item.variants.iter().any(|variant| variant.fields.iter().any(holds_text)) => {
                    if take_debug(&mut item.attrs) {
                        made.push(Item::Impl(self.implement(&item.ident, &item.generics, variants(item))));
                    }
                }
                Item::Mod(module) if module.ident == "builder" => {
                    if let Some((_, items)) = &mut module.content {
                        self.hide_in(items, true);
                    }
                }
                _ => {}
            }
        }
        items.extend(made);
    }

    /// The calls that show a struct's fields.
    fn fields(&self, start: Expr, fields: &Fields) -> Expr {
        fields.iter().enumerate().fold(start, |before, (index, field)| {
            let text = field.ident.as_ref().map_or_else(|| "0".to_owned(), ToString::to_string);
            if holds_text(field) {
                return then(before, &method(&self.hidden, &text));
            }
            let mut call = method(&self.shown, &text);
            if let Some(Expr::Reference(reference)) = call.args.last_mut()
                && let Expr::Field(place) = &mut *reference.expr
            {
                place.member = field.ident.clone().map_or_else(|| Member::Unnamed(index.into()), Member::Named);
            }
            then(before, &call)
        })
    }

    fn implement(&self, ident: &syn::Ident, generics: &syn::Generics, body: Expr) -> ItemImpl {
        let mut item = self.implementation.clone();
        if generics.params.is_empty() {
            *item.self_ty = Type::Path(syn::TypePath { qself: None, path: ident.clone().into() });
        } else {
            let (_, type_generics, _) = generics.split_for_impl();
            *item.self_ty = syn::parse_quote! { #ident #type_generics };
            item.generics = generics.clone();
        }
        if let Some(syn::ImplItem::Fn(f)) = item.items.first_mut() {
            f.block.stmts.push(syn::Stmt::Expr(body, None));
        }
        item
    }
}

/// A template with its first argument, a text.
fn method(template: &ExprMethodCall, text: &str) -> ExprMethodCall {
    let mut call = template.clone();
    if let Some(first) = call.args.first_mut() {
        let lit = Lit::Str(LitStr::new(text, Span::call_site()));
        *first = Expr::Lit(ExprLit { attrs: Vec::new(), lit });
    }
    call
}

fn named(template: &ExprMethodCall, text: &str) -> Expr {
    Expr::MethodCall(method(template, text))
}

/// A call on what an expression gives.
fn then(before: Expr, template: &ExprMethodCall) -> Expr {
    let mut call = template.clone();
    *call.receiver = before;
    Expr::MethodCall(call)
}

/// Whether a field can hold a text that somebody wrote, other than in a type that hides it itself.
fn holds_text(field: &Field) -> bool {
    let mut found = Found::default();
    found.look(&field.ty);
    found.text && !found.lenient
}

/// What stands in a type.
#[derive(Default)]
struct Found {
    text: bool,
    lenient: bool,
}

impl Found {
    fn look(&mut self, ty: &Type) {
        match ty {
            Type::Path(path) => {
                for segment in &path.path.segments {
                    self.text |= segment.ident == "String" || segment.ident == "serde_json";
                    self.lenient |= segment.ident == "Lenient";
                    if let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments {
                        for argument in &arguments.args {
                            if let syn::GenericArgument::Type(ty) = argument {
                                self.look(ty);
                            }
                        }
                    }
                }
            }
            Type::Reference(reference) => self.look(&reference.elem),
            Type::Array(array) => self.look(&array.elem),
            Type::Slice(slice) => self.look(&slice.elem),
            Type::Paren(inner) => self.look(&inner.elem),
            Type::Group(inner) => self.look(&inner.elem),
            Type::Tuple(tuple) => tuple.elems.iter().for_each(|ty| self.look(ty)),
            // What is not known may hold anything.
            _ => self.text = true,
        }
    }
}

/// Removes `Debug` from the derives; false if it was not there.
fn take_debug(attributes: &mut [Attribute]) -> bool {
    let mut was_there = false;
    for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let Meta::List(list) = &mut attribute.meta else { continue };
        let mut kept: Vec<TokenTree> = Vec::new();
        let mut one: Vec<TokenTree> = Vec::new();
        let tokens = std::mem::take(&mut list.tokens);
        let comma = || TokenTree::Punct(proc_macro2::Punct::new(',', proc_macro2::Spacing::Alone));
        for token in tokens.into_iter().chain([comma()]) {
            if !matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
                one.push(token);
                continue;
            }
            let is_debug = matches!(&one[..], [TokenTree::Ident(ident)] if ident == "Debug");
            was_there |= is_debug;
            if is_debug || one.is_empty() {
                one.clear();
                continue;
            }
            if !kept.is_empty() {
                kept.push(comma());
            }
            kept.append(&mut one);
        }
        list.tokens = kept.into_iter().collect::<TokenStream>();
    }
    was_there
}

/// Shows which variant it is, and nothing of what is in it.
fn variants(item: &syn::ItemEnum) -> Expr {
    let ident = &item.ident;
    let arms = item.variants.iter().map(|variant| {
        let name = &variant.ident;
        let text = format!("{ident}::{name}");
        quote! { Self::#name { .. } => #text, }
    });
    syn::parse_quote! { f.write_str(match self { #(#arms)* }) }
}
