//! The hook that sends a request: at most once, and with a bound on everything that comes back.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use http_body_util::BodyExt as _;
use progenitor_client::{ClientInfo, OperationInfo};
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::{Body, Client, Method, Request, Response, ResponseBuilderExt as _};
use tokio::time::{Instant, timeout_at};
use tracing::{Instrument as _, field::Empty};
use url::Url;

use crate::body::{Broken, OneShot, Progress};
use crate::config::Limits;
use crate::detail::Detail;
use crate::record::Ending;
use crate::unpack::unpack;
use crate::{Cause, Session};

/// The answer is larger than [`Config::max_answer_bytes`](crate::Config::max_answer_bytes) allows.
///
/// It is in the chain of the error that reading the body of such an answer gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer exceeds {limit} bytes")]
pub struct AnswerTooLarge {
    /// The limit, in bytes.
    pub limit: usize,
}

/// Nothing moved for as long as the limit allows.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("nothing moved within the time allowed")]
struct Stalled;

/// Sends a request and reads its answer whole; a generated client calls it from `ClientHooks::exec`, after
/// [`pre`](crate::pre).
///
/// The body is wrapped so that it can be sent only once, at its exact length. Time is bounded by movement, not in
/// total. What happens is written into the session's [`Record`](crate::Record), if it has one, and a tracing span
/// `hailuo.request` tells operation, method, host, path and status: neither query nor headers nor bodies.
///
/// An answer that is too large or is cut is returned with its status and headers all the same; its body ends in the
/// error.
///
/// # Errors
///
/// When there is no answer: no connection, a broken one, or nothing that moves. The error carries no URL.
pub async fn exec<C>(client: &C, request: Request, info: &OperationInfo) -> reqwest::Result<Response>
where
    C: ClientInfo<Session>,
{
    let url = request.url();
    let span = tracing::debug_span!(
        "hailuo.request",
        operation = info.operation_id,
        method = %request.method(),
        host = url.host_str().unwrap_or_default(),
        path = url.path(),
        status = Empty,
    );
    if span.is_disabled() {
        return transfer(client.client(), client.inner(), request).await;
    }
    transfer(client.client(), client.inner(), request).instrument(span).await
}

async fn transfer(client: &Client, session: &Session, mut request: Request) -> reqwest::Result<Response> {
    let (record, limits) = (session.record(), session.limits());
    if let Some(record) = record {
        record.begin();
    }
    let progress = Progress::new(record.cloned());
    let bare = seal(&mut request, &progress);
    let url = session.auth().without_key(request.url());

    let answered = while_moving(&progress, limits.idle, client.execute(request)).await;
    let mut response = match answered {
        Some(Ok(response)) => response,
        failed => {
            let error = match failed {
                Some(Err(error)) => error.without_url(),
                _ => stalled().await,
            };
            // Without a body nothing tells whether the head of the request left; it may have, once connected.
            if bare && !error.is_connect() && !error.is_builder() {
                progress.mark_sent();
            }
            tracing::debug!(error = %Detail::of(&error), "no answer");
            return Err(error);
        }
    };
    tracing::Span::current().record("status", response.status().as_u16());
    if let Some(record) = record {
        record.head(response.status(), response.headers());
    }
    let came = read(&mut response, limits).await;
    let (bytes, ending) = unpack(response.headers_mut(), came, limits.answer_bytes);
    tracing::debug!(bytes = bytes.len(), whole = matches!(ending, Ending::Whole), "answered");
    if let Some(record) = record {
        record.body(bytes.clone(), ending.clone());
    }
    Ok(rebuild(response, url, bytes, ending))
}

/// Makes the request's body one that cannot be sent twice, and tells whether the request has no body at all.
fn seal(request: &mut Request, progress: &Arc<Progress>) -> bool {
    let body = request.body_mut().take();
    let bare = body.as_ref().is_none_or(|body| body.size_hint().exact() == Some(0));
    if body.is_none() && matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    if bare && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        // hyper says nothing about the length of a body that is not there, and some servers insist on it.
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    *request.body_mut() = Some(OneShot::wrap(body.unwrap_or_default(), Arc::clone(progress)));
    bare
}

/// Waits for `future` as long as there is progress; `None` when there was none for `idle`.
async fn while_moving<F: Future>(progress: &Progress, idle: Duration, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    loop {
        let Some(deadline) = progress.last().checked_add(idle) else {
            return Some(future.await);
        };
        if let Ok(output) = timeout_at(deadline, future.as_mut()).await {
            return Some(output);
        }
        if progress.last().checked_add(idle).is_some_and(|deadline| deadline <= Instant::now()) {
            return None;
        }
    }
}

/// Reads at most `limit` bytes, with what there was at the end of it.
async fn read(response: &mut Response, limits: Limits) -> (Bytes, Ending) {
    let limit = limits.answer_bytes;
    // A length that a peer merely claims is not set aside at once.
    let claimed = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
    let mut bytes = BytesMut::with_capacity(claimed.min(limit).min(64 << 10));
    let last = Instant::now().checked_add(limits.answer);
    let ending = loop {
        let next = response.chunk();
        let chunk = match [Instant::now().checked_add(limits.idle), last].into_iter().flatten().min() {
            Some(deadline) => timeout_at(deadline, next).await.ok(),
            None => Some(next.await),
        };
        match chunk {
            Some(Ok(Some(chunk))) if chunk.len() <= limit - bytes.len() => bytes.extend_from_slice(&chunk),
            Some(Ok(Some(chunk))) => {
                bytes.extend_from_slice(&chunk[..limit - bytes.len()]);
                break Ending::TooLarge(AnswerTooLarge { limit });
            }
            Some(Ok(None)) => break Ending::Whole,
            Some(Err(error)) => {
                break Ending::Cut { cause: Cause::of(&error), detail: Some(Detail::of(&error)) };
            }
            None => break Ending::Cut { cause: Cause::Timeout, detail: None },
        }
    };
    (bytes.freeze(), ending)
}

/// The same answer over the bytes that were read.
fn rebuild(mut response: Response, url: Url, bytes: Bytes, ending: Ending) -> Response {
    let body = match ending {
        Ending::Whole => Body::from(bytes),
        Ending::Cut { cause: Cause::Timeout, .. } => Broken::wrap(Some(bytes), Late),
        Ending::Cut { detail, .. } => {
            Broken::wrap(Some(bytes), detail.unwrap_or_else(|| Detail::new("the answer was cut")))
        }
        Ending::TooLarge(error) => Broken::wrap(Some(bytes), error),
    };
    #[expect(clippy::expect_used, reason = "a response is made of nothing but a URL here, which cannot be invalid")]
    let mut rebuilt = http::Response::builder().url(url).body(body).expect("nothing that could be invalid was set");
    *rebuilt.status_mut() = response.status();
    *rebuilt.version_mut() = response.version();
    *rebuilt.headers_mut() = std::mem::take(response.headers_mut());
    Response::from(rebuilt)
}

/// Becomes an `io::Error` of the kind that reqwest recognizes as a timeout.
#[derive(Debug, Clone, Copy)]
struct Late;

impl From<Late> for Box<dyn std::error::Error + Send + Sync> {
    fn from(_: Late) -> Self {
        Box::new(io::Error::new(io::ErrorKind::TimedOut, Stalled))
    }
}

/// An error of reqwest's for a request that was given up. It can be had only from reqwest itself, so a body that fails
/// is asked for one.
async fn stalled() -> reqwest::Error {
    let mut body = Broken::wrap(None, Late);
    loop {
        if let Some(Err(error)) = body.frame().await {
            return error;
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use super::*;

    fn request(method: Method, body: Option<&'static str>) -> Request {
        let mut request = Request::new(method, "http://localhost/".parse().unwrap());
        *request.body_mut() = body.map(Body::from);
        request
    }

    #[test]
    fn every_request_that_can_cost_money_is_sealed() {
        for (method, body, clonable, bare, length) in [
            (Method::POST, Some("{}"), false, false, None),
            (Method::POST, Some(""), false, true, Some("0")),
            (Method::POST, None, false, true, Some("0")),
            (Method::PUT, None, false, true, Some("0")),
            (Method::PATCH, Some("{}"), false, false, None),
            (Method::DELETE, None, false, true, None),
            (Method::GET, Some("{}"), false, false, None),
            (Method::GET, None, true, true, None),
        ] {
            let case = format!("{method} {body:?}");
            let mut request = request(method, body);
            assert_eq!(seal(&mut request, &Progress::new(None)), bare, "{case}");
            assert_eq!(request.try_clone().is_some(), clonable, "{case}");
            let written = request.headers().get(CONTENT_LENGTH).map(|value| value.to_str().unwrap());
            assert_eq!(written, length, "{case}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn movement_keeps_a_slow_request_alive_and_standing_still_ends_it() {
        let idle = Duration::from_secs(10);
        let progress = Progress::new(None);
        let mut body = OneShot::wrap("ab".into(), Arc::clone(&progress));
        let started = Instant::now();
        let slow = async {
            tokio::time::sleep(Duration::from_secs(8)).await;
            body.frame().await;
            tokio::time::sleep(Duration::from_secs(8)).await;
        };
        assert!(while_moving(&progress, idle, slow).await.is_some());
        assert!(while_moving(&progress, idle, std::future::pending::<()>()).await.is_none());
        assert_eq!(started.elapsed().as_secs(), 18);
        assert!(stalled().await.is_timeout());
    }

    #[tokio::test]
    async fn a_limit_without_end_is_no_limit() {
        let progress = Progress::new(None);
        assert_eq!(while_moving(&progress, Duration::MAX, async { 1 }).await, Some(1));
    }
}
