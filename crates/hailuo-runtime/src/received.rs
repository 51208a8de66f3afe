//! An answer's body that was read already: beside the answer's head, or as a body again.
//!
//! [`exec`](crate::exec) reads a body whole and puts it into the answer's extensions. [`decode`](crate::decode) takes it
//! from there; whoever reads bodies gets it back by [`whole`].

use std::io;

use bytes::Bytes;
use http_body_util::BodyExt as _;
use reqwest::{Body, Response, ResponseBuilderExt as _};
use url::Url;

use crate::{Cause, body::Broken, detail::Detail, record::Ending};

/// What came of an answer's body.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) bytes: Bytes,
    pub(crate) ending: Ending,
    /// The URL as it may be shown, if that of the answer may not.
    pub(crate) shown: Option<Url>,
}

impl Received {
    /// Puts it beside the head of the answer whose body it was.
    pub(crate) fn beside(self, mut head: Response) -> Response {
        head.extensions_mut().insert(self);
        head
    }

    /// Takes it back.
    pub(crate) fn take(answer: &mut Response) -> Option<Self> {
        answer.extensions_mut().remove()
    }
}

/// The answer with its body in its place again; generated code calls it where it hands an answer on without reading it.
///
/// A body that did not come whole ends in the error that cut it.
pub fn whole(mut answer: Response) -> Response {
    match Received::take(&mut answer) {
        Some(received) => rebuilt(answer, received),
        None => answer,
    }
}

fn rebuilt(mut answer: Response, Received { bytes, ending, shown }: Received) -> Response {
    let body = match ending {
        Ending::Whole => Body::from(bytes),
        Ending::Cut { cause: Cause::Timeout, .. } => Broken::wrap(bytes, Late),
        Ending::Cut { detail, .. } => Broken::wrap(bytes, detail.unwrap_or_else(|| Detail::new("the answer was cut"))),
        Ending::TooLarge(error) => Broken::wrap(bytes, error),
    };
    let url = shown.unwrap_or_else(|| answer.url().clone());
    #[expect(clippy::expect_used, reason = "a response is made of nothing but a URL here, which cannot be invalid")]
    let mut whole = http::Response::builder().url(url).body(body).expect("nothing that could be invalid was set");
    *whole.status_mut() = answer.status();
    *whole.version_mut() = answer.version();
    *whole.headers_mut() = std::mem::take(answer.headers_mut());
    Response::from(whole)
}

/// Nothing moved for as long as the limit allows.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("nothing moved within the time allowed")]
struct Stalled;

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
pub(crate) async fn stalled() -> reqwest::Error {
    let mut body = Broken::wrap(Bytes::new(), Late);
    loop {
        if let Some(Err(error)) = body.frame().await {
            return error;
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use reqwest::header::{ETAG, HeaderValue};

    use super::*;
    use crate::AnswerTooLarge;

    fn received(ending: Ending) -> Response {
        let head = http::Response::builder().url("http://localhost/?key=canary".parse().unwrap());
        let head = head.status(418).header(ETAG, "e").body("").unwrap();
        let shown = Some("http://localhost/".parse().unwrap());
        whole(Received { bytes: "text".into(), ending, shown }.beside(head.into()))
    }

    #[tokio::test]
    async fn an_answer_is_whole_again() {
        let answer = received(Ending::Whole);
        assert_eq!((answer.status().as_u16(), answer.url().as_str()), (418, "http://localhost/"));
        assert_eq!(answer.headers().get(ETAG), Some(&HeaderValue::from_static("e")));
        assert_eq!(answer.bytes().await.unwrap(), "text");
    }

    #[tokio::test]
    async fn what_was_cut_ends_in_what_cut_it() {
        let timeout = received(Ending::Cut { cause: Cause::Timeout, detail: None }).bytes().await.unwrap_err();
        assert!(timeout.is_timeout());
        let mut answer = received(Ending::TooLarge(AnswerTooLarge { limit: 4 }));
        assert_eq!(answer.chunk().await.unwrap().unwrap(), "text");
        assert_eq!(Cause::of(&answer.chunk().await.unwrap_err()), Cause::Size);
        assert!(stalled().await.is_timeout());
    }
}
