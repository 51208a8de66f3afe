//! The one shape in which a failed call is told: what is known about it, and nothing that must not be shown.

use std::{
    error::Error,
    fmt, io,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use reqwest::{
    StatusCode,
    header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER},
};

use crate::{AnswerTooLarge, detail::Detail};

/// How far a failed call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureKind {
    /// Nothing was sent, because the request was refused here or there was no connection, or the service said that it
    /// has not looked at it ([`Cause::TurnedAway`]). Safe to try again.
    NotSent,
    /// The request was sent, at least in part, and no complete answer came. It may have been carried out.
    Unanswered,
    /// The service answered with a status other than 2xx, redirects included.
    Refused,
    /// The service answered 2xx, but not with JSON of the expected shape.
    Unreadable,
    /// The answer exceeded the limit.
    TooLarge,
}

/// What stood in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// A value of the request is missing or cannot be sent.
    Request,
    /// The URL is not on the service's own origin.
    Origin,
    /// The host's name could not be looked up.
    Dns,
    /// No secure connection: a certificate that is not trusted, a wrong name, a server that speaks no TLS.
    Tls,
    /// No connection: refused, unreachable.
    Connect,
    /// Too slow.
    Timeout,
    /// The service turned the request away before it looked at it: HTTP/2 has words for that.
    TurnedAway,
    /// The connection broke, or spoke no HTTP.
    Connection,
    /// The status.
    Status,
    /// The body is not JSON.
    Json,
    /// The body is JSON, of another shape.
    Shape,
    /// The body is too large.
    Size,
}

/// A call that did not give what was asked for.
///
/// Display and Debug show kind, cause and status: never the body, a header's value, a URL, a prompt or a key, and the
/// sources are texts of the network layers. Headers and body are there for whoever asks: they may hold what the user
/// sent, since vendors echo it.
#[derive(Clone)]
pub struct Failure(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: FailureKind,
    cause: Cause,
    sent: bool,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    detail: Option<Detail>,
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, cause: Cause, sent: bool) -> Self {
        let (status, headers, body) = (None, HeaderMap::new(), Bytes::new());
        Self(Box::new(Inner { kind, cause, sent, status, headers, body, detail: None }))
    }

    pub(crate) fn not_sent(cause: Cause, text: impl Into<String>) -> Self {
        Self::new(FailureKind::NotSent, cause, false).because(Some(Detail::new(text)))
    }

    pub(crate) fn because(mut self, detail: Option<Detail>) -> Self {
        self.0.detail = detail;
        self
    }

    pub(crate) fn answered(mut self, status: Option<StatusCode>, headers: HeaderMap, body: Bytes) -> Self {
        (self.0.status, self.0.headers, self.0.body) = (status, headers, body);
        self
    }

    /// How far the call came.
    pub fn kind(&self) -> FailureKind {
        self.0.kind
    }

    /// What stood in the way.
    pub fn cause(&self) -> Cause {
        self.0.cause
    }

    /// Whether the request may have reached the service, and so may have cost money.
    pub fn request_sent(&self) -> bool {
        self.0.sent
    }

    /// The status, if the head of an answer came.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The answer's headers; empty if there was no answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// A header's value, if there is one that is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// What came of the answer's body; empty if there was no answer.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// How long the service asks to wait before another request: `Retry-After` in seconds or as a date.
    ///
    /// A date is measured from the answer's own `Date`, so that a wrong clock here does not matter, or from now.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.0.headers)
    }
}

/// How long the sender of these headers asks to wait: see [`Failure::retry_after`].
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    wait_of(headers, SystemTime::now())
}

fn wait_of(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |value: &HeaderValue| value.to_str().ok().map(|text| text.trim().to_owned());
    let wanted = text(headers.get(RETRY_AFTER)?)?;
    if let Ok(seconds) = wanted.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    if let Ok(seconds) = wanted.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(&wanted).ok()?;
    let from = headers.get(DATE).and_then(text).and_then(|date| httpdate::parse_http_date(&date).ok()).unwrap_or(now);
    Some(date.duration_since(from).unwrap_or_default())
}

impl Cause {
    /// What an error of the HTTP client comes from.
    pub(crate) fn of(error: &reqwest::Error) -> Self {
        let chain = || causes(error);
        if chain().any(<dyn Error>::is::<AnswerTooLarge>) {
            Self::Size
        } else if error.is_builder() {
            Self::Request
        } else if error.is_timeout() {
            Self::Timeout
        } else if error.is_dns() {
            Self::Dns
        } else if error.is_connect() {
            if chain().any(is_tls) { Self::Tls } else { Self::Connect }
        } else {
            Self::Connection
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Request => "a value of the request cannot be sent",
            Self::Origin => "its URL is not on the service's own origin",
            Self::Dns => "the host's name could not be looked up",
            Self::Tls => "no secure connection could be made (check its certificate, the base URL and this clock)",
            Self::Connect => "no connection could be made",
            Self::Timeout => "it took too long",
            Self::TurnedAway => "the service turned it away before it looked at it",
            Self::Connection => "the connection broke",
            Self::Status => "the status",
            Self::Json => "it is not JSON",
            Self::Shape => "it is JSON of another shape",
            Self::Size => "it is larger than the limit",
        }
    }
}

/// What lies under an error of the HTTP client.
pub(crate) fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |error| (*error).source())
}

/// Whether a request that was not answered was not looked at either.
///
/// A stream that is refused, or that lies beyond the last one which a connection's end admits to, was not processed and
/// will not be (RFC 9113, 8.7). What lies before breaks in another way when its connection ends.
pub(crate) fn is_turned_away(error: &reqwest::Error) -> bool {
    causes(error).filter_map(|error| error.downcast_ref::<h2::Error>()).any(|error| {
        let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        error.is_remote() && (error.is_go_away() || is_refused)
    })
}

/// rustls reports through io errors, which call what it refuses invalid data, and which may wrap one another.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let mut link = error.downcast_ref::<io::Error>();
    while let Some(error) = link {
        if error.kind() == io::ErrorKind::InvalidData {
            return true;
        }
        link = error.get_ref().and_then(|inner| inner.downcast_ref());
    }
    false
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_empty = self.0.cause == Cause::Json && self.0.body.trim_ascii().is_empty();
        let cause = if is_empty { "it is empty" } else { self.0.cause.text() };
        let status = self.0.status.map(Status);
        match (self.0.kind, status) {
            (FailureKind::NotSent, _) if self.0.cause == Cause::TurnedAway => {
                write!(f, "the request was not taken up: {cause}")
            }
            (FailureKind::NotSent, _) => write!(f, "the request was not sent: {cause}"),
            (FailureKind::Unanswered, None) => write!(f, "the request was sent and not answered: {cause}"),
            (FailureKind::Unanswered, Some(status)) => write!(f, "the answer {status} is incomplete: {cause}"),
            (FailureKind::Refused, Some(status)) => write!(f, "the service answered {status}"),
            (FailureKind::Refused, None) => f.write_str("the service refused the request"),
            (FailureKind::Unreadable | FailureKind::TooLarge, Some(status)) => {
                write!(f, "the answer {status} cannot be read: {cause}")
            }
            (FailureKind::Unreadable | FailureKind::TooLarge, None) => write!(f, "the answer cannot be read: {cause}"),
        }
    }
}

/// A status with its usual name; never the words the server put beside it.
struct Status(StatusCode);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.as_u16())?;
        self.0.canonical_reason().map_or(Ok(()), |reason| write!(f, " {reason}"))
    }
}

/// The sentence and its causes, for a program whose `main` returns it; `{:#?}` shows the fields.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            write!(f, "{self}")?;
            let mut source = self.source();
            while let Some(cause) = source {
                write!(f, "\n  caused by: {cause}")?;
                source = cause.source();
            }
            return Ok(());
        }
        f.debug_struct("Failure")
            .field("kind", &self.0.kind)
            .field("cause", &self.0.cause)
            .field("sent", &self.0.sent)
            .field("status", &self.0.status.map(|status| status.as_u16()))
            .field("headers", &self.0.headers.len())
            .field("body_bytes", &self.0.body.len())
            .field("detail", &self.0.detail)
            .finish()
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.detail.as_ref().map(|detail| detail as _)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use super::*;

    const NOW: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = httpdate::parse_http_date(NOW).unwrap();
        for (wanted, date, expected) in [
            ("5", None, Some(5.0)),
            (" 0 ", None, Some(0.0)),
            ("1.5", None, Some(1.5)),
            ("-1", None, None),
            ("NaN", None, None),
            ("soon", None, None),
            ("99999999999999999999999", None, None),
            ("Sun, 06 Nov 1994 08:50:37 GMT", None, Some(60.0)),
            ("Sunday, 06-Nov-94 08:50:37 GMT", None, Some(60.0)),
            ("Sun, 06 Nov 1994 08:49:00 GMT", None, Some(0.0)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some("Sun, 06 Nov 1994 08:50:07 GMT"), Some(30.0)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some("yesterday"), Some(60.0)),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(wanted));
            if let Some(date) = date {
                headers.insert(DATE, HeaderValue::from_static(date));
            }
            let found = wait_of(&headers, now).map(|wait| wait.as_secs_f64());
            assert_eq!(found, expected, "{wanted} at {date:?}");
        }
        assert_eq!(wait_of(&HeaderMap::new(), now), None);
    }

    #[test]
    fn a_failure_shows_its_kind_and_no_content() {
        let mut headers = HeaderMap::new();
        headers.insert("set-cookie", HeaderValue::from_static("canary"));
        let answered = |kind, cause, status| {
            let status = StatusCode::from_u16(status).ok();
            Failure::new(kind, cause, true).answered(status, headers.clone(), "canary".into())
        };
        for (failure, expected) in [
            (
                Failure::not_sent(Cause::Origin, "reason"),
                "the request was not sent: its URL is not on the service's own origin",
            ),
            (
                answered(FailureKind::Unanswered, Cause::Connection, 200),
                "the answer 200 OK is incomplete: the connection broke",
            ),
            (
                Failure::new(FailureKind::Unanswered, Cause::Timeout, true),
                "the request was sent and not answered: it took too long",
            ),
            (
                Failure::new(FailureKind::NotSent, Cause::TurnedAway, false),
                "the request was not taken up: the service turned it away before it looked at it",
            ),
            (answered(FailureKind::Refused, Cause::Status, 422), "the service answered 422 Unprocessable Entity"),
            (answered(FailureKind::Refused, Cause::Status, 599), "the service answered 599"),
            (answered(FailureKind::Unreadable, Cause::Json, 200), "the answer 200 OK cannot be read: it is not JSON"),
            (
                Failure::new(FailureKind::Unreadable, Cause::Json, true).answered(
                    Some(StatusCode::NO_CONTENT),
                    HeaderMap::new(),
                    Bytes::new(),
                ),
                "the answer 204 No Content cannot be read: it is empty",
            ),
            (
                answered(FailureKind::TooLarge, Cause::Size, 200),
                "the answer 200 OK cannot be read: it is larger than the limit",
            ),
        ] {
            assert_eq!(failure.to_string(), expected);
            assert_eq!(format!("{failure:?}").lines().next(), Some(expected));
            assert!(!format!("{failure:?} {failure:#?}").contains("canary"));
        }
    }
}
