//! How a body is written: progenitor knows JSON, and the lowered document says in `x-body` what is really sent.

use serde_json::Value;

/// The request with its body, in the place of `request.json(body)`.
pub(super) fn sent(request: &syn::Expr, body: &syn::Expr, how: &Value) -> syn::Expr {
    let media_type = how["type"].as_str().unwrap_or("application/json");
    let encodings = how["encodings"].as_object().into_iter().flatten().map(|(name, encoding)| -> syn::Expr {
        let encoding = encoding_of(encoding);
        syn::parse_quote! { (#name, #encoding) }
    });
    match how["as"].as_str() {
        Some("parts") => syn::parse_quote! {
            ::hailuo_runtime::multipart(#request, #body, &[#(#encodings),*]).map_err(super::Error::InvalidRequest)?
        },
        Some("file") => syn::parse_quote! {
            ::hailuo_runtime::file_body(#request, #body, #media_type).map_err(super::Error::InvalidRequest)?
        },
        Some("form") => with_type(
            request,
            "application/x-www-form-urlencoded",
            &syn::parse_quote! {
                ::hailuo_runtime::form_body(#body, &[#(#encodings),*]).map_err(super::Error::InvalidRequest)?
            },
        ),
        Some("text") => with_type(request, media_type, &syn::parse_quote! { ::std::string::String::clone(#body) }),
        _ => with_type(
            request,
            media_type,
            &syn::parse_quote! {
                ::hailuo_runtime::json_body(#body).map_err(super::Error::InvalidRequest)?
            },
        ),
    }
}

fn with_type(request: &syn::Expr, media_type: &str, body: &syn::Expr) -> syn::Expr {
    syn::parse_quote! {
        #request
            .header(
                ::reqwest::header::CONTENT_TYPE,
                ::reqwest::header::HeaderValue::from_static(#media_type),
            )
            .body(#body)
    }
}

/// An encoding of the lowered document as one of the runtime.
pub(super) fn encoding_of(encoding: &Value) -> syn::Expr {
    if let Some(by) = encoding["separated"].as_str().and_then(|by| by.chars().next()) {
        return syn::parse_quote! { ::hailuo_runtime::Encoding::Separated(#by) };
    }
    if let Some(media_type) = encoding["type"].as_str() {
        return syn::parse_quote! { ::hailuo_runtime::Encoding::Type(#media_type) };
    }
    match encoding.as_str() {
        Some("brackets") => syn::parse_quote! { ::hailuo_runtime::Encoding::Brackets },
        Some("spread") => syn::parse_quote! { ::hailuo_runtime::Encoding::Spread },
        _ => syn::parse_quote! { ::hailuo_runtime::Encoding::Json },
    }
}
