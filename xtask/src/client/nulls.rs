//! Tells null from nothing: a property that may be left out and may be null is sent as either.
//!
//! typify has one `Option` for both and never sends null. Here such a field has a second one inside. Its setter takes what
//! it took, where `None` still means that nothing is sent, and a second method beside it sets null.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit_mut::{self, VisitMut};

/// Type to the fields that may be null.
pub(super) type Nulls = BTreeMap<String, BTreeSet<String>>;

/// Changes the fields of types, and the setters of their builders.
pub(super) fn tell_apart(items: &mut [syn::Item], nulls: &Nulls) {
    for item in items {
        match item {
            syn::Item::Struct(item) => {
                let Some(names) = nulls.get(&item.ident.to_string()) else { continue };
                for field in item.fields.iter_mut().filter(|field| is_named(field, names)) {
                    field.attrs.push(syn::parse_quote! {
                        #[serde(default, deserialize_with = "::hailuo_runtime::present")]
                    });
                    nest(&mut field.ty);
                }
            }
            syn::Item::Mod(module) if module.ident == "builder" => {
                for item in module.content.iter_mut().flat_map(|(_, items)| items) {
                    in_builder(item, nulls);
                }
            }
            _ => {}
        }
    }
}

fn in_builder(item: &mut syn::Item, nulls: &Nulls) {
    match item {
        syn::Item::Struct(item) => {
            let Some(names) = nulls.get(&item.ident.to_string()) else { return };
            for field in item.fields.iter_mut().filter(|field| is_named(field, names)) {
                if let Some(value) = first_argument(&mut field.ty) {
                    nest(value);
                }
            }
        }
        syn::Item::Impl(item) if item.trait_.is_none() => {
            let Some(names) = super::mend::type_name(&item.self_ty).and_then(|name| nulls.get(&name)) else { return };
            let mut taken: BTreeSet<String> = functions(item).map(|f| f.sig.ident.to_string()).collect();
            let mut made = Vec::new();
            for f in functions(item).filter(|f| names.contains(&f.sig.ident.to_string())) {
                let is_changed = Setter::change(f);
                let name = &f.sig.ident;
                // `type_` is what the property `type` is called in Rust.
                let wanted = format!("{}_null", name.to_string().trim_end_matches('_'));
                let numbered = (2..).map(|number| format!("{wanted}{number}"));
                let null = std::iter::once(wanted.clone()).chain(numbered).find(|null| !taken.contains(null));
                if let Some(null) = null.filter(|_| is_changed) {
                    let null_setter = quote::format_ident!("{null}");
                    taken.insert(null);
                    made.push(syn::parse_quote! {
                        #[doc = "Sends null, which is not the same as leaving it out."]
                        pub fn #null_setter(mut self) -> Self {
                            self.#name = Ok(Some(None));
                            self
                        }
                    });
                }
            }
            item.items.extend(made);
        }
        _ => {}
    }
}

fn is_named(field: &syn::Field, names: &BTreeSet<String>) -> bool {
    field.ident.as_ref().is_some_and(|ident| names.contains(&ident.to_string()))
}

fn functions(item: &mut syn::ItemImpl) -> impl Iterator<Item = &mut syn::ImplItemFn> {
    item.items.iter_mut().filter_map(|item| if let syn::ImplItem::Fn(f) = item { Some(f) } else { None })
}

/// `Option<T>` becomes `Option<Option<T>>`; a `Value` is null by itself.
fn nest(ty: &mut syn::Type) {
    let Some(inner) = first_argument(ty) else { return };
    if super::mend::type_name(inner).as_deref() != Some("Value") {
        *inner = syn::parse_quote! { ::std::option::Option<#inner> };
    }
}

fn first_argument(ty: &mut syn::Type) -> Option<&mut syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let syn::PathArguments::AngleBracketed(arguments) = &mut path.path.segments.last_mut()?.arguments else {
        return None;
    };
    arguments.args.iter_mut().find_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Changes what a setter keeps of what it takes.
struct Setter {
    /// What is in the `Option` that it takes.
    inner: syn::Type,
    is_changed: bool,
}

impl Setter {
    /// Whether there was something to change.
    fn change(f: &mut syn::ImplItemFn) -> bool {
        let Some(mut taken) = taken(f) else { return false };
        let Some(inner) = first_argument(&mut taken).cloned() else { return false };
        if super::mend::type_name(&inner).as_deref() == Some("Value") {
            return false;
        }
        let mut setter = Self { inner, is_changed: false };
        setter.visit_block_mut(&mut f.block);
        setter.is_changed
    }
}

impl VisitMut for Setter {
    fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method == "map_err" {
            let (value, inner) = (&call.receiver, &self.inner);
            *call.receiver = syn::parse_quote! { #value.map(|value: ::std::option::Option<#inner>| value.map(Some)) };
            self.is_changed = true;
        }
    }
}

/// The type that a setter takes: `U` of `where T: TryInto<U>`.
fn taken(f: &syn::ImplItemFn) -> Option<syn::Type> {
    let clause = f.sig.generics.where_clause.as_ref()?;
    let bounds = clause.predicates.iter().filter_map(|predicate| match predicate {
        syn::WherePredicate::Type(predicate) => Some(&predicate.bounds),
        _ => None,
    });
    bounds.flatten().find_map(|bound| {
        let syn::TypeParamBound::Trait(bound) = bound else { return None };
        let last = bound.path.segments.last().filter(|segment| segment.ident == "TryInto")?;
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        match arguments.args.first()? {
            syn::GenericArgument::Type(ty) => Some(ty.clone()),
            _ => None,
        }
    })
}
