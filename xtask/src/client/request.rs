//! Mends how an operation puts its request together.
//!
//! The URL comes from the session, which has read its base once, instead of being written out and read again for every
//! request; and the header `api-version`, for which no vendor asked, is not there.

use contract::flatten::with_places;
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};

use crate::lower::as_sent;

/// Where an operation's path is written otherwise than progenitor does.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// The path on the same host after which it stands, if that is not the base URL's.
    pub root: Option<String>,
    /// The path itself with `{}` in its places, if it has a slash after a slash, of which progenitor keeps one.
    pub path: Option<String>,
}

impl Written {
    /// Of a path in the lowered document, and its operation's `x-root`.
    pub(super) fn of(path: &str, root: Option<&str>) -> Self {
        let path = path.contains("//").then(|| with_places(&as_sent(path), |_| ""));
        Self { root: root.map(str::to_owned), path }
    }
}

/// Mends the body of an operation's `send`. Its path is written after the base URL, or where `written` says.
pub(super) fn mend(body: &mut syn::Block, written: &Written) {
    for statement in &mut body.stmts {
        if let syn::Stmt::Local(syn::Local { init: Some(init), .. }) = statement
            && let Some(url) = from_session(&init.expr, written)
        {
            *init.expr = url;
        }
    }
    body.stmts.retain(|statement| !adds_api_version(statement));
    if !body.stmts.iter().any(adds_header) {
        body.stmts.retain(|statement| !declares(statement, HEADERS));
        WithoutHeaders.visit_block_mut(body);
    }
}

/// progenitor's variable for what goes beside the headers that reqwest has methods for.
const HEADERS: &str = "header_map";

/// `format!("{}/tasks/{}", client.baseurl, id)` as a question to the client's session.
fn from_session(expr: &syn::Expr, written: &Written) -> Option<syn::Expr> {
    let syn::Expr::Macro(expr) = expr else { return None };
    let arguments = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated.parse2(expr.mac.tokens.clone()).ok()?;
    let mut arguments = arguments.into_iter();
    let (syn::Expr::Lit(template), syn::Expr::Field(base)) = (arguments.next()?, arguments.next()?) else {
        return None;
    };
    let syn::Lit::Str(template) = template.lit else { return None };
    if !matches!(&base.member, syn::Member::Named(name) if name == "baseurl") {
        return None;
    }
    let (client, template) = (base.base, as_sent(&template.value()));
    let path = written.path.as_deref().unwrap_or(template.strip_prefix("{}")?);
    let path = [written.root.as_deref().unwrap_or_default(), path].concat();
    let url: syn::Ident = if written.root.is_some() {
        syn::parse_quote! { url_from_root }
    } else {
        syn::parse_quote! { url }
    };
    let segments: Vec<syn::Expr> = arguments.collect();
    Some(if segments.is_empty() {
        syn::parse_quote! { #client.inner.#url(#path).map_err(super::Error::InvalidRequest)? }
    } else {
        syn::parse_quote! { #client.inner.#url(&format!(#path, #(#segments),*)).map_err(super::Error::InvalidRequest)? }
    })
}

fn adds_api_version(statement: &syn::Stmt) -> bool {
    let syn::Stmt::Expr(syn::Expr::MethodCall(call), _) = statement else { return false };
    call.method == "append" && call.args.to_token_stream().to_string().contains("api_version ()")
}

fn declares(statement: &syn::Stmt, name: &str) -> bool {
    let syn::Stmt::Local(local) = statement else { return false };
    matches!(&local.pat, syn::Pat::Ident(pat) if pat.ident == name)
}

fn is_headers(expr: &syn::Expr) -> bool {
    matches!(expr, syn::Expr::Path(path) if path.path.is_ident(HEADERS))
}

/// Whether a statement adds a header, be it on a condition.
fn adds_header(statement: &syn::Stmt) -> bool {
    match statement {
        syn::Stmt::Expr(syn::Expr::MethodCall(call), _) => call.method == "append" && is_headers(&call.receiver),
        syn::Stmt::Expr(syn::Expr::If(condition), _) => condition.then_branch.stmts.iter().any(adds_header),
        _ => false,
    }
}

/// Takes `.headers(header_map)` out.
struct WithoutHeaders;

impl VisitMut for WithoutHeaders {
    fn visit_expr_mut(&mut self, expr: &mut syn::Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let syn::Expr::MethodCall(call) = expr
            && call.method == "headers"
            && call.args.first().is_some_and(is_headers)
        {
            *expr = (*call.receiver).clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(mut body: syn::Block) -> String {
        mend(&mut body, &Written::default());
        body.to_token_stream().to_string()
    }

    #[test]
    fn only_the_header_that_nobody_asked_for_is_taken_out() {
        let alone = mended(syn::parse_quote!({
            let url = format!("{}/tasks", client.baseurl,);
            let mut header_map = HeaderMap::with_capacity(1usize);
            header_map.append(HeaderName::from_static("api-version"), HeaderValue::from_static(Client::api_version()));
            let request = client.client.get(url).headers(header_map).build()?;
        }));
        let expected: syn::Block = syn::parse_quote!({
            let url = client.inner.url("/tasks").map_err(super::Error::InvalidRequest)?;
            let request = client.client.get(url).build()?;
        });
        assert_eq!(alone, expected.to_token_stream().to_string());

        let with_another = mended(syn::parse_quote!({
            let _url = format!("{}/tasks/{}", _client.baseurl, encode_path(&url.to_string()),);
            let mut header_map = HeaderMap::with_capacity(2usize);
            header_map.append(HeaderName::from_static("api-version"), HeaderValue::from_static(Client::api_version()));
            if let Some(value) = api_version {
                header_map.append("api-version", value.to_string().try_into()?);
            }
            let request = _client.client.get(_url).headers(header_map).build()?;
        }));
        let expected: syn::Block = syn::parse_quote!({
            let _url = _client
                .inner
                .url(&format!("/tasks/{}", encode_path(&url.to_string())))
                .map_err(super::Error::InvalidRequest)?;
            let mut header_map = HeaderMap::with_capacity(2usize);
            if let Some(value) = api_version {
                header_map.append("api-version", value.to_string().try_into()?);
            }
            let request = _client.client.get(_url).headers(header_map).build()?;
        });
        assert_eq!(with_another, expected.to_token_stream().to_string());
    }
}
