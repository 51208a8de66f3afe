//! Pages in a browser, which may call another origin only where that says so (the Fetch standard's CORS protocol). fal's
//! client is made for them too; that fal and the others let every page call them is inferred, as the mildest guess.

use axum::body::Body;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};

/// The answer to a browser that asks whether a page may send a request, which the browser then sends by itself.
pub(crate) fn preflight<B>(request: &Request<B>) -> Option<Response<Body>> {
    let asked = request.headers();
    let method = asked.get(header::ACCESS_CONTROL_REQUEST_METHOD)?;
    if request.method() != Method::OPTIONS || !is_page(asked) {
        return None;
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, method.clone());
    // By name: a star would not stand for `Authorization`.
    if let Some(names) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    open(headers);
    Some(response)
}

/// Whether a page sends the request; programs name no origin.
pub(crate) fn is_page(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN)
}

/// Lets every page read an answer, with all of its headers.
pub(crate) fn open(headers: &mut HeaderMap) {
    let every = HeaderValue::from_static("*");
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, every.clone());
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, every);
}
