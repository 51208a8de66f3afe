//! The hook before a request is sent: refuses what must not leave, and puts the key where the vendor wants it.
//!
//! Leaves the sending, and with it the one-shot body, to [`exec`](crate::exec).

use bytes::Bytes;
use http_body_util::BodyExt as _;
use progenitor_client::{ClientInfo, Error, OperationInfo};
use reqwest::{
    Body, Method, Request,
    header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue},
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    Session,
    auth::{Place, remove_pair},
    body::Pieces,
};

/// Why a request was refused before anything of it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The URL is not on the origin the session was made for, or has a user or a password in it.
    #[error("the URL is not on the service's own origin")]
    ForeignOrigin,
    /// The key belongs into the body, and the body is not a JSON object.
    #[error("the key goes into a JSON object, and the request's body is not one")]
    NotAnObject,
    /// The body could not be read.
    #[error("the request's body could not be read")]
    UnreadableBody,
    /// The key's header cannot be written.
    #[error("the key cannot be written as a header")]
    KeyHeader,
}

/// Prepares a request; a generated client calls it from `ClientHooks::pre`.
///
/// Refuses a request whose URL is not on the session's origin. Asks for an answer that is not compressed, unless the
/// request says otherwise: whatever comes of an answer that is cut can then be read. Puts the key into its place: a
/// header, which is marked sensitive, a query parameter, or the first property of the body, which keeps its exact length
/// and is not copied.
///
/// # Errors
///
/// [`Error::Custom`] with the text of a [`Refusal`], when nothing must be sent. [`Record::outcome`](crate::Record::outcome)
/// turns it into a [`Failure`](crate::Failure) that was not sent.
pub async fn pre<C, E>(client: &C, request: &mut Request, info: &OperationInfo) -> Result<(), Error<E>>
where
    C: ClientInfo<Session>,
{
    let session = client.inner();
    prepare(session, request).await.map_err(|refusal| {
        tracing::debug!(operation = info.operation_id, reason = %refusal, "request refused before it was sent");
        Error::Custom(refusal.to_string())
    })?;
    request.headers_mut().entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
    Ok(())
}

impl Refusal {
    /// The refusal whose text progenitor's error carries.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let all = [Self::ForeignOrigin, Self::NotAnObject, Self::UnreadableBody, Self::KeyHeader];
        all.into_iter().find(|refusal| refusal.to_string() == text)
    }
}

pub(crate) async fn prepare(session: &Session, request: &mut Request) -> Result<(), Refusal> {
    if !session.owns(request.url()) {
        return Err(Refusal::ForeignOrigin);
    }
    match session.auth().0 {
        Place::Header { prefix, .. } => {
            let name = session.key_header().ok_or(Refusal::KeyHeader)?;
            let value = [prefix, session.key().expose_secret()].concat();
            let mut value = HeaderValue::try_from(value).map_err(|_| Refusal::KeyHeader)?;
            value.set_sensitive(true);
            request.headers_mut().insert(name, value);
        }
        Place::Query { name } => {
            let url = request.url_mut();
            remove_pair(url, name);
            url.query_pairs_mut().append_pair(name, session.key().expose_secret());
        }
        Place::Body { property } => put_into_body(request, property, session.key()).await?,
    }
    Ok(())
}

async fn put_into_body(request: &mut Request, property: &str, key: &SecretString) -> Result<(), Refusal> {
    let body = match request.body_mut().take() {
        Some(body) => body,
        None if takes_body(request.method()) => {
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().entry(CONTENT_TYPE).or_insert(json);
            Body::from("{}")
        }
        None => return Ok(()),
    };
    // The length changes; hyper writes the right one.
    request.headers_mut().remove(CONTENT_LENGTH);
    *request.body_mut() = Some(with_first_property(body, property, key.expose_secret()).await?);
    Ok(())
}

fn takes_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

/// `{…}` becomes `{"property":"value",…}`. Only as much of the body is looked at as shows that it is an object, and
/// whether an empty one.
async fn with_first_property(mut body: Body, property: &str, value: &str) -> Result<Body, Refusal> {
    let mut start = Bytes::new();
    let opening = loop {
        if let Some(opening) = Opening::of(&start)? {
            break opening;
        }
        let frame = body.frame().await.ok_or(Refusal::NotAnObject)?.map_err(|_| Refusal::UnreadableBody)?;
        let Ok(data) = frame.into_data() else { continue };
        start = if start.is_empty() { data } else { start.iter().chain(&data).copied().collect() };
    };
    let text = |text: &str| serde_json::to_string(text).map_err(|_| Refusal::NotAnObject);
    let comma = if opening.empty { "" } else { "," };
    let first = format!("{{{}:{}{comma}", text(property)?, text(value)?);
    Ok(Pieces::new([first.into(), start.slice(opening.length..)], Some(body)).into_body())
}

/// The beginning of a JSON object: how many bytes up to and with its brace, and whether the object is empty.
struct Opening {
    length: usize,
    empty: bool,
}

impl Opening {
    /// `None` when more bytes are needed to tell.
    fn of(start: &[u8]) -> Result<Option<Self>, Refusal> {
        let mut visible = start.iter().enumerate().filter(|(_, byte)| !byte.is_ascii_whitespace());
        match (visible.next(), visible.next()) {
            (Some((brace, b'{')), Some((_, next))) => match next {
                b'}' => Ok(Some(Self { length: brace + 1, empty: true })),
                b'"' => Ok(Some(Self { length: brace + 1, empty: false })),
                _ => Err(Refusal::NotAnObject),
            },
            (Some((_, b'{')) | None, _) => Ok(None),
            (Some(_), _) => Err(Refusal::NotAnObject),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use super::*;

    async fn framed(pieces: &[&'static str]) -> Result<String, Refusal> {
        let body = Pieces::new(pieces.iter().map(|piece| Bytes::from_static(piece.as_bytes())), None).into_body();
        let body = with_first_property(body, "key", "se\"cret").await?;
        let length = http_body::Body::size_hint(&body).exact();
        let bytes = body.collect().await.unwrap().to_bytes();
        assert_eq!(length, Some(bytes.len() as u64));
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
        Ok(text)
    }

    #[tokio::test]
    async fn the_key_becomes_the_first_property_of_an_object() {
        for (pieces, expected) in [
            (&["{}"][..], "{\"key\":\"se\\\"cret\"}"),
            (&["{ }"], "{\"key\":\"se\\\"cret\" }"),
            (&["{\"a\":1}"], "{\"key\":\"se\\\"cret\",\"a\":1}"),
            (&[" \n{", " ", "\"a\":1", "}"], "{\"key\":\"se\\\"cret\", \"a\":1}"),
            (&["{", "}"], "{\"key\":\"se\\\"cret\"}"),
        ] {
            assert_eq!(framed(pieces).await.unwrap(), expected, "{pieces:?}");
        }
    }

    #[tokio::test]
    async fn a_body_that_is_not_an_object_is_refused() {
        for body in ["", " ", "[]", "null", "\"{\"", "{", "{1}", "a=b", "x{\"a\":1}"] {
            let pieces = Pieces::new([Bytes::from_static(body.as_bytes())], None).into_body();
            let refused = with_first_property(pieces, "key", "secret").await.err();
            assert_eq!(refused, Some(Refusal::NotAnObject), "{body:?}");
        }
    }
}
