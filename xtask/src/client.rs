//! From a lowered document to the source of `generated.rs`.
//!
//! progenitor makes the code; what it cannot be told is mended in the syntax tree afterwards: bodies go out as a rope of
//! segments instead of one growing buffer, the second of two identical match arms and the constructor with a total
//! timeout are removed, and names that were made unique get their wire names back.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use contract::Problem;
use progenitor::{CrateVers, GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle};
use quote::{ToTokens, quote};
use serde_json::Value;
use syn::visit_mut::{self, VisitMut};

use crate::lower::{pascal, snake};

/// progenitor's version: part of what decides the bytes of a generated crate.
pub const GENERATOR: &str = "progenitor 0.15.1";

/// The crates of whose types the lowering makes use.
const CRATES: &[&str] = &["hailuo-runtime", "serde-json", "std"];

/// Generates the source of a client.
///
/// # Errors
/// progenitor refused the document, or panicked on it.
pub fn generate(lowered: &Value) -> Result<String, Problem> {
    let spec: openapiv3::OpenAPI = serde_json::from_value(lowered.clone())
        .map_err(|e| Problem::new(format!("the lowered document is not OpenAPI 3.0: {e}")).fix(REPORT))?;
    let tokens = quietly(|| Generator::new(&settings()).generate_tokens(&spec))?
        .map_err(|e| Problem::new(format!("progenitor refuses the document: {e}")).fix(REPORT))?;
    let mut file: syn::File =
        syn::parse2(tokens).map_err(|e| Problem::new(format!("the generated code does not parse: {e}")).fix(REPORT))?;
    Mend::new(lowered).visit_file_mut(&mut file);
    Ok(prettyplease::unparse(&file))
}

/// What to do when a document passes all our passes and progenitor still fails.
const REPORT: &str = "take the part it names out of the document by a fixup, or add a lowering pass for it";

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { ::hailuo_runtime::Session })
        .with_map_type("::std::collections::BTreeMap");
    for name in CRATES {
        settings.with_crate(name, CrateVers::Any, None);
    }
    settings
}

/// Runs `f`; a panic becomes a problem and prints nothing.
fn quietly<T>(f: impl FnOnce() -> T) -> Result<T, Problem> {
    use std::cell::Cell;
    use std::sync::Once;
    thread_local! { static QUIET: Cell<bool> = const { Cell::new(false) }; }
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(f));
    QUIET.set(false);
    result.map_err(|payload| {
        let said = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Problem::new(format!("progenitor panics on the document: {said}")).fix(REPORT)
    })
}

/// The changes to the syntax tree.
struct Mend {
    /// Type to field to the property's name on the wire.
    fields: BTreeMap<String, BTreeMap<String, String>>,
    /// Operation to the parameter's name in the lowered document to its name on the wire.
    parameters: BTreeMap<String, BTreeMap<String, String>>,
    /// Operation to the media type of its body, where it is not `application/json`.
    content_types: BTreeMap<String, String>,
    /// The operation whose code is being visited, by its builder's name.
    operation: Option<String>,
    /// Whether the module of the operations' builders is being visited.
    is_in_builders: bool,
}

/// Names of the prelude that the generated code uses bare, and where they really are.
const PRELUDE: &[(&str, &str)] = &[
    ("Option", "::std::option::Option"),
    ("Result", "::std::result::Result"),
    ("String", "::std::string::String"),
];

/// Names that the module of builders imports and uses bare.
const IMPORTED: &[&str] = &["ByteStream", "Error", "OperationInfo", "ResponseValue"];

impl Mend {
    fn new(lowered: &Value) -> Self {
        let mut mend = Self {
            fields: BTreeMap::new(),
            parameters: BTreeMap::new(),
            content_types: BTreeMap::new(),
            operation: None,
            is_in_builders: false,
        };
        for (name, schema) in lowered.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten() {
            let wire = schema.get("x-wire-names").and_then(Value::as_object);
            for (field, wire) in wire.into_iter().flatten() {
                let fields = mend.fields.entry(pascal(name)).or_default();
                fields.insert(snake(field), wire.as_str().unwrap_or_default().to_owned());
            }
        }
        let items = lowered.get("paths").and_then(Value::as_object);
        for operation in items.into_iter().flatten().filter_map(|(_, item)| item.as_object()).flatten() {
            let operation = operation.1;
            let builder = pascal(operation["operationId"].as_str().unwrap_or_default());
            if let Some(media_type) = operation["x-content-type"].as_str() {
                mend.content_types.insert(builder.clone(), media_type.to_owned());
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if let (Some(name), Some(wire)) = (parameter["name"].as_str(), parameter["x-wire-name"].as_str()) {
                    let names = mend.parameters.entry(builder.clone()).or_default();
                    names.insert(name.to_owned(), wire.to_owned());
                }
            }
        }
        mend
    }
}

impl VisitMut for Mend {
    fn visit_item_mod_mut(&mut self, item: &mut syn::ItemMod) {
        let Some((_, items)) = item.content.as_mut().filter(|_| item.ident == "builder" && !self.is_in_builders) else {
            // The builders of the types are a module of their own, in which every name is written out.
            if item.ident != "types" {
                visit_mut::visit_item_mod_mut(self, item);
            } else if let Some((_, items)) = &mut item.content {
                for item in items {
                    if let syn::Item::Struct(item) = item {
                        self.visit_item_struct_mut(item);
                    }
                }
            }
            return;
        };
        // A builder is named after its operation, which may be `result` or `error`: nothing may be imported by name.
        items.retain(|item| !matches!(item, syn::Item::Use(import) if imports(import)));
        items.insert(
            0,
            syn::parse_quote! {
                #[allow(unused_imports)]
                use super::{encode_path, ClientHooks as _, ClientInfo as _, RequestBuilderExt as _};
            },
        );
        self.is_in_builders = true;
        visit_mut::visit_item_mod_mut(self, item);
        self.is_in_builders = false;
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let Some(first) = path.segments.first().filter(|_| path.leading_colon.is_none() && self.is_in_builders) else {
            return;
        };
        let name = first.ident.to_string();
        if let Some((_, full)) = PRELUDE.iter().find(|(bare, _)| *bare == name && path.segments.len() == 1) {
            let Ok(mut full) = syn::parse_str::<syn::Path>(full) else { return };
            if let (Some(last), Some(first)) = (full.segments.last_mut(), path.segments.first()) {
                last.arguments = first.arguments.clone();
            }
            *path = full;
        } else if IMPORTED.contains(&name.as_str()) {
            path.segments.insert(0, syn::parse_quote! { super });
        }
    }

    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        let name = type_name(&item.self_ty);
        if name.as_deref() == Some("Client") && item.trait_.is_none() {
            item.items.retain(|item| !matches!(item, syn::ImplItem::Fn(f) if f.sig.ident == "new"));
            for item in &mut item.items {
                // A client of someone else's making may follow redirects; ours are made by `connect_with`.
                if let syn::ImplItem::Fn(f) = item
                    && f.sig.ident == "new_with_client"
                {
                    f.vis = syn::parse_quote! { pub(crate) };
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

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        if let Some(wire) = self.fields.get(&item.ident.to_string()) {
            for field in &mut item.fields {
                let Some(name) = field.ident.as_ref().and_then(|ident| wire.get(&ident.to_string())) else { continue };
                let is_type = field.attrs.iter().any(|attribute| attribute.path().is_ident("serde"))
                    || matches!(field.vis, syn::Visibility::Public(_));
                if is_type {
                    field.attrs.push(syn::parse_quote! { #[serde(rename = #name)] });
                }
            }
        }
        visit_mut::visit_item_struct_mut(self, item);
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

    fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method == "json" && call.args.len() == 1 {
            let media_type = self
                .operation
                .as_ref()
                .and_then(|operation| self.content_types.get(operation))
                .map_or("application/json", String::as_str);
            let (receiver, body) = (&call.receiver, &call.args[0]);
            *call = syn::parse_quote! {
                #receiver
                    .header(
                        ::reqwest::header::CONTENT_TYPE,
                        ::reqwest::header::HeaderValue::from_static(#media_type),
                    )
                    .body(::hailuo_runtime::json_body(#body).map_err(super::Error::InvalidRequest)?)
            };
        }
        if call.method == "append" {
            self.restore(call.args.first_mut());
        }
    }

    fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        let function = call.func.to_token_stream().to_string().replace(' ', "");
        if function == "progenitor_client::QueryParam::new" {
            self.restore(call.args.first_mut());
        }
        if function.ends_with("ResponseValue::from_response") {
            // progenitor's own reader takes a list for a struct and loses an answer with a repeated key.
            *call.func = syn::parse_quote! { ::hailuo_runtime::decode };
        }
    }
}

impl Mend {
    /// Puts a parameter's wire name back.
    fn restore(&self, literal: Option<&mut syn::Expr>) {
        let Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. })) = literal else { return };
        let names = self.operation.as_ref().and_then(|operation| self.parameters.get(operation));
        if let Some(wire) = names.and_then(|names| names.get(&name.value())) {
            *name = syn::LitStr::new(wire, name.span());
        }
    }
}

/// Whether the import is the one of the runtime's names, which is replaced.
fn imports(import: &syn::ItemUse) -> bool {
    import.to_token_stream().to_string().contains("encode_path")
}

/// The last word of a type's path.
fn type_name(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}
