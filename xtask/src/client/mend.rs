//! Mends the generated code where progenitor cannot be told better.
//!
//! Bodies go out as a rope of segments instead of one growing buffer (`body`); URLs come from the session (`request`);
//! the second of two identical match arms and the constructor with a total timeout are removed; parameters whose names
//! were made unique get their wire names back; and an operation may be called `result` or `error`, since nothing in the
//! builders' module is imported by name. The types are for `types`, `parts`, `nulls` and `debug`.

use std::collections::{BTreeMap, BTreeSet};

use contract::schema;
use quote::ToTokens;
use serde_json::Value;
use syn::visit_mut::{self, VisitMut};

use super::nulls::{self, Nulls};
use super::types::{self, WireNames};
use super::{body, debug, parts, request};
use crate::lower::{as_sent, pascal, snake};

/// Mends the code that was generated from a lowered document.
pub fn mend(file: &mut syn::File, lowered: &Value) {
    Mend::new(lowered).visit_file_mut(file);
    debug::hide(file);
}

/// The changes to the syntax tree.
struct Mend {
    fields: WireNames,
    /// Type to the fields that may be left out and may be null.
    nulls: Nulls,
    /// Operation to the parameter's name in the lowered document to its name on the wire.
    parameters: BTreeMap<String, BTreeMap<String, String>>,
    /// Operation to how its body is sent, where that is not as `application/json`.
    bodies: BTreeMap<String, Value>,
    /// Operation to what it asks for, where that is not `application/json`.
    accepted: BTreeMap<String, String>,
    /// Operation to how its path is written.
    paths: BTreeMap<String, request::Written>,
    /// Operation to the parameter's name in the lowered document to how an object is written in a query.
    queries: BTreeMap<String, BTreeMap<String, Value>>,
    /// Operation to the parameters that must be given and can be one word only, each with its type and the word.
    lone_words: BTreeMap<String, BTreeMap<String, (syn::Ident, String)>>,
    /// The types that parameters have and that have builders.
    boxed: BTreeSet<String>,
    /// The client's methods that the vendor has deprecated.
    deprecated: BTreeSet<String>,
    /// The operation whose code is being visited, by its builder's name.
    operation: Option<String>,
    /// Whether the module of the operations' builders is being visited.
    is_in_builders: bool,
    /// Names of the prelude that the generated code uses bare, and where they really are. Parsed once, and copied.
    prelude: [(&'static str, syn::Path); 3],
}

/// Names that the module of builders imports and uses bare.
const IMPORTED: &[&str] = &["ByteStream", "Error", "OperationInfo", "ResponseValue"];

/// What progenitor writes a query's parameter by.
const QUERY: &[&str] = &["progenitor_client", "QueryParam", "new"];

impl Mend {
    fn new(lowered: &Value) -> Self {
        let mut mend = Self {
            fields: BTreeMap::new(),
            nulls: Nulls::new(),
            parameters: BTreeMap::new(),
            bodies: BTreeMap::new(),
            accepted: BTreeMap::new(),
            paths: BTreeMap::new(),
            queries: BTreeMap::new(),
            lone_words: BTreeMap::new(),
            boxed: BTreeSet::new(),
            deprecated: BTreeSet::new(),
            operation: None,
            is_in_builders: false,
            prelude: [
                ("Option", syn::parse_quote! { ::std::option::Option }),
                ("Result", syn::parse_quote! { ::std::result::Result }),
                ("String", syn::parse_quote! { ::std::string::String }),
            ],
        };
        for (name, schema) in schema::components(lowered).into_iter().flatten() {
            let wire = schema.get("x-wire-names").and_then(Value::as_object);
            for (field, wire) in wire.into_iter().flatten() {
                let fields = mend.fields.entry(pascal(name)).or_default();
                fields.insert(snake(field), wire.as_str().unwrap_or_default().to_owned());
            }
            let nulls = schema.get("x-nulls").and_then(Value::as_array).into_iter().flatten();
            let nulls: BTreeSet<String> = nulls.filter_map(Value::as_str).map(snake).collect();
            if !nulls.is_empty() {
                mend.nulls.insert(pascal(name), nulls);
            }
        }
        for (path, _, operation) in schema::operations(lowered) {
            let builder = pascal(operation["operationId"].as_str().unwrap_or_default());
            if operation["deprecated"] == true {
                mend.deprecated.insert(snake(operation["operationId"].as_str().unwrap_or_default()));
            }
            if let Some(body) = operation.get("x-body") {
                mend.bodies.insert(builder.clone(), body.clone());
            }
            if let Some(accepted) = operation["x-accept"].as_str() {
                mend.accepted.insert(builder.clone(), accepted.to_owned());
            }
            mend.paths.insert(builder.clone(), request::Written::of(path, operation["x-root"].as_str()));
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if let (Some(name), Some(wire)) = (parameter["name"].as_str(), parameter["x-wire-name"].as_str()) {
                    let names = mend.parameters.entry(builder.clone()).or_default();
                    names.insert(name.to_owned(), wire.to_owned());
                }
                mend.boxed.extend(boxed(&parameter["schema"]).map(pascal));
                if let (Some(name), Some((ty, word))) = (parameter["name"].as_str(), lone_word(parameter, lowered)) {
                    let words = mend.lone_words.entry(builder.clone()).or_default();
                    words.insert(snake(name), (quote::format_ident!("{}", pascal(ty)), word.to_owned()));
                }
                if let (Some(name), Some(encoding)) = (parameter["name"].as_str(), parameter.get("x-query")) {
                    let queries = mend.queries.entry(builder.clone()).or_default();
                    queries.insert(name.to_owned(), encoding.clone());
                }
            }
        }
        mend
    }

    /// How the query's parameter that is being written is encoded, if it is an object.
    fn object_of_query(&self, expr: &syn::Expr) -> Option<&Value> {
        let queries = self.queries.get(self.operation.as_ref()?)?;
        let syn::Expr::Call(call) = expr else { return None };
        let syn::Expr::Path(function) = &*call.func else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. }) = call.args.first()? else { return None };
        ends_with(&function.path, QUERY).then(|| queries.get(&name.value()))?
    }

    /// Puts a parameter's wire name back.
    fn restore(&self, literal: Option<&mut syn::Expr>) {
        let Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. })) = literal else { return };
        let names = self.operation.as_ref().and_then(|operation| self.parameters.get(operation));
        if let Some(wire) = names.and_then(|names| names.get(&name.value())) {
            *name = syn::LitStr::new(wire, name.span());
        }
    }
}

impl VisitMut for Mend {
    fn visit_item_mod_mut(&mut self, item: &mut syn::ItemMod) {
        let is_builders = item.ident == "builder";
        let Some((_, items)) = &mut item.content else { return };
        if item.ident == "types" {
            types::mend(items, &self.fields);
            parts::take_builders(items, &self.boxed);
            nulls::tell_apart(items, &self.nulls);
            return;
        }
        if is_builders {
            // A builder is named after its operation, which may be `result` or `error`: nothing may be imported by name.
            items.retain(|item| !matches!(item, syn::Item::Use(_)));
            let imports: syn::ItemUse = syn::parse_quote! {
                #[allow(unused_imports)]
                use super::{encode_path, types, ClientHooks as _, ClientInfo as _, RequestBuilderExt as _};
            };
            items.insert(0, imports.into());
        }
        self.is_in_builders = is_builders;
        visit_mut::visit_item_mod_mut(self, item);
        self.is_in_builders = false;
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let Some(first) = path.segments.first().filter(|_| path.leading_colon.is_none() && self.is_in_builders) else {
            return;
        };
        let is_alone = path.segments.len() == 1;
        if let Some((_, full)) = self.prelude.iter().find(|(bare, _)| is_alone && first.ident == bare) {
            let mut full = full.clone();
            if let (Some(last), Some(first)) = (full.segments.last_mut(), path.segments.first()) {
                last.arguments = first.arguments.clone();
            }
            *path = full;
        } else if IMPORTED.iter().any(|name| first.ident == name) {
            path.segments.insert(0, syn::parse_quote! { super });
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut syn::Attribute) {
        if let syn::Meta::NameValue(meta) = &mut attribute.meta
            && meta.path.is_ident("doc")
            && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &mut meta.value
        {
            // progenitor writes an operation's path into its documentation.
            *text = syn::LitStr::new(&as_sent(&text.value()), text.span());
        }
    }

    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        let name = type_name(&item.self_ty);
        if name.as_deref() == Some("Client") && item.trait_.is_none() {
            item.items.retain(|item| !matches!(item, syn::ImplItem::Fn(f) if f.sig.ident == "new"));
            for item in &mut item.items {
                // A client of someone else's making may follow redirects; ours are made by `connect_with`.
                let syn::ImplItem::Fn(f) = item else { continue };
                if f.sig.ident == "new_with_client" {
                    f.vis = syn::parse_quote! { pub(crate) };
                }
                if self.deprecated.contains(&f.sig.ident.to_string()) {
                    f.attrs.push(syn::parse_quote! { #[deprecated = "the vendor has deprecated this call"] });
                }
            }
        }
        self.operation = name;
        // The type itself is the operation's builder, even where it is called `Result`.
        for item in &mut item.items {
            self.visit_impl_item_mut(item);
        }
        self.operation = None;
    }

    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        visit_mut::visit_impl_item_fn_mut(self, item);
        let words = self.operation.as_ref().and_then(|operation| self.lone_words.get(operation));
        if let Some(words) = words.filter(|_| self.is_in_builders && item.sig.ident == "new") {
            Given(words).visit_block_mut(&mut item.block);
        }
        if item.sig.ident == "send" {
            let written = self.operation.as_ref().and_then(|operation| self.paths.get(operation));
            request::mend(&mut item.block, written.unwrap_or(&request::Written::default()));
        }
    }

    fn visit_expr_match_mut(&mut self, expr: &mut syn::ExprMatch) {
        // progenitor writes one `_` for the raw error and one for the unexpected answer; only the first is reached.
        let mut has_wild = false;
        expr.arms.retain(|arm| {
            let is_wild = matches!(arm.pat, syn::Pat::Wild(_)) && arm.guard.is_none();
            let is_second = is_wild && has_wild;
            has_wild |= is_wild;
            !is_second
        });
        visit_mut::visit_expr_match_mut(self, expr);
    }

    fn visit_expr_mut(&mut self, expr: &mut syn::Expr) {
        let object = self.object_of_query(expr).map(body::encoding_of);
        visit_mut::visit_expr_mut(self, expr);
        if let syn::Expr::MethodCall(call) = expr
            && call.method == "json"
            && call.args.len() == 1
        {
            let body = self.operation.as_ref().and_then(|operation| self.bodies.get(operation));
            *expr = body::sent(&call.receiver, &call.args[0], body.unwrap_or(&Value::Null));
        }
        if let syn::Expr::MethodCall(call) = expr
            && call.method == "header"
            && matches!(call.args.first(), Some(syn::Expr::Path(name)) if ends_with(&name.path, &["ACCEPT"]))
            && let Some(accepted) = self.operation.as_ref().and_then(|operation| self.accepted.get(operation))
        {
            call.args[1] = syn::parse_quote! { ::reqwest::header::HeaderValue::from_static(#accepted) };
        }
        if let (Some(encoding), syn::Expr::Call(call)) = (object, &*expr) {
            let arguments = &call.args;
            *expr = syn::parse_quote! {
                ::hailuo_runtime::query_pairs(#arguments, #encoding).map_err(super::Error::InvalidRequest)?
            };
        }
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method == "options" && call.receiver.to_token_stream().to_string().ends_with(". client") {
            // reqwest has a method for every HTTP method but this one.
            let url = call.args.first().cloned();
            call.method = syn::parse_quote! { request };
            call.args = std::iter::once(syn::parse_quote! { ::reqwest::Method::OPTIONS }).chain(url).collect();
        }
        if call.method == "append" {
            self.restore(call.args.first_mut());
        }
    }

    fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        let syn::Expr::Path(function) = &*call.func else { return };
        if ends_with(&function.path, QUERY) {
            self.restore(call.args.first_mut());
        } else if ends_with(&function.path, &["ResponseValue", "from_response"]) {
            // progenitor's own reader takes a list for a struct and loses an answer with a repeated key.
            *call.func = syn::parse_quote! { ::hailuo_runtime::decode };
        } else if ends_with(&function.path, &["ResponseValue", "stream"])
            || ends_with(&function.path, &["Error", "UnexpectedResponse"])
        {
            // What is handed on unread is given its body back, which `exec` has read.
            let answer = &call.args;
            call.args = syn::parse_quote! { ::hailuo_runtime::whole(#answer) };
        }
    }
}

/// Lets a builder begin with the parameters that can be one word only.
struct Given<'w>(&'w BTreeMap<String, (syn::Ident, String)>);

impl VisitMut for Given<'_> {
    fn visit_field_value_mut(&mut self, value: &mut syn::FieldValue) {
        let syn::Member::Named(name) = &value.member else { return };
        if let Some((ty, word)) = self.0.get(&name.to_string()) {
            value.expr = syn::parse_quote! { types::#ty::try_from(#word).map_err(|e| e.to_string()) };
        }
    }
}

/// The type and the word of a parameter that must be given and can be one word only.
pub fn lone_word<'a>(parameter: &'a Value, lowered: &'a Value) -> Option<(&'a str, &'a str)> {
    let name = parameter.pointer("/schema/$ref")?.as_str()?.rsplit('/').next()?;
    match lowered.pointer(&format!("/components/schemas/{name}/enum"))?.as_array()?.as_slice() {
        [Value::String(word)] if parameter["required"] == true => Some((name, word)),
        _ => None,
    }
}

/// The type that a parameter has in a box.
fn boxed(schema: &Value) -> Option<&str> {
    let held = schema.get("x-rust-type").filter(|ty| ty["path"] == "std::boxed::Box")?;
    held["parameters"][0]["$ref"].as_str()?.rsplit('/').next()
}

/// Whether these are the last words of a path.
pub(super) fn ends_with(path: &syn::Path, words: &[&str]) -> bool {
    let count = path.segments.len();
    count >= words.len() && path.segments.iter().skip(count - words.len()).zip(words).all(|(s, word)| s.ident == word)
}

/// The last word of a type's path.
pub(super) fn type_name(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}
