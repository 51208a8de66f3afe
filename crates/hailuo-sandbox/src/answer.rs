//! An answer before it goes on the wire: what a vendor's manners say, before a fault spoils it. How it is sent, or cut
//! short, is in [`crate::shape`].

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde_json::Value;

/// Status, headers and body of an answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) content: Content,
}

/// The body of an answer.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Json(Value),
    Text {
        media: &'static str,
        text: Cow<'static, str>,
    },
    /// A file; its headers say what it is.
    File(Bytes),
    Empty,
}

impl Answer {
    pub(crate) fn json(status: StatusCode, body: Value) -> Self {
        Self { status, headers: Vec::new(), content: Content::Json(body) }
    }

    pub(crate) fn ok(body: Value) -> Self {
        Self::json(StatusCode::OK, body)
    }

    pub(crate) fn text(status: StatusCode, media: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        Self { status, headers: Vec::new(), content: Content::Text { media, text: text.into() } }
    }

    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, headers: Vec::new(), content: Content::Empty }
    }

    /// The page of a proxy in front of the vendor.
    pub(crate) fn html(status: StatusCode) -> Self {
        let title = match status.canonical_reason() {
            Some(reason) => format!("{} {reason}", status.as_str()),
            None => status.as_str().to_owned(),
        };
        Self::text(
            status,
            "text/html",
            format!(
                "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr>\
                 <center>nginx</center>\r\n</body>\r\n</html>\r\n"
            ),
        )
    }

    /// Adds a header, unless its value cannot stand in one.
    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// The body as bytes, and its media type.
    pub(crate) fn into_parts(self) -> (StatusCode, Vec<(HeaderName, HeaderValue)>, Bytes) {
        let mut headers = self.headers;
        let (media, bytes) = match self.content {
            // A JSON value of ours always serializes: its keys are strings and its numbers finite.
            Content::Json(value) => {
                (Some("application/json"), Bytes::from(serde_json::to_vec(&value).unwrap_or_default()))
            }
            Content::Text { media, text } => (
                Some(media),
                match text {
                    Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
                    Cow::Owned(text) => Bytes::from(text),
                },
            ),
            Content::File(bytes) => (None, bytes),
            Content::Empty => (None, Bytes::new()),
        };
        if let Some(media) = media {
            headers.push((header::CONTENT_TYPE, HeaderValue::from_static(media)));
        }
        (self.status, headers, bytes)
    }
}
