//! Fetches a URL that came in an answer: on the service's own origin only, under the same hooks and limits.
//!
//! Leaves videos to others: they lie on foreign hosts, are large, and are fetched without a key.

use progenitor_client::{ClientInfo, Error, OperationInfo, ResponseValue};
use reqwest::{
    Method, Request,
    header::{ACCEPT, HeaderValue},
};
use serde::de::DeserializeOwned;
use url::Url;

use crate::{Answer, Cause, Failure, Refusal, Session, decode, exec, pre};

/// Gets `url`, which came in an answer of the service `client` talks to, and reads it as a `T`.
///
/// The URL is followed only if its scheme, host and port are exactly those of the client's base URL, and if it has no
/// user or password in it; otherwise nothing is sent, since the key goes along. A relative URL is resolved against the
/// base URL. An empty answer with status 2xx reads as `null`.
///
/// # Errors
///
/// As [`Record::outcome`](crate::Record::outcome); a URL that is not followed is
/// [`FailureKind::NotSent`](crate::FailureKind::NotSent) because of [`Cause::Origin`].
pub async fn follow<T, C>(client: &C, url: &str) -> Result<Answer<T>, Failure>
where
    T: DeserializeOwned,
    C: ClientInfo<Session>,
{
    follow_with(client, Method::GET, url).await
}

/// As [`follow`], with a method: `PUT` for a URL that cancels, for example. The request has no body, but for the key
/// where that goes into the body.
///
/// # Errors
///
/// As [`follow`].
pub async fn follow_with<T, C>(client: &C, method: Method, url: &str) -> Result<Answer<T>, Failure>
where
    T: DeserializeOwned,
    C: ClientInfo<Session>,
{
    let session = client.inner();
    let url =
        resolve(session, url).ok_or_else(|| Failure::not_sent(Cause::Origin, Refusal::ForeignOrigin.to_string()))?;
    let (session, record) = match session.record() {
        Some(record) => (session.clone(), record.clone()),
        None => session.recorded(),
    };
    let client = Follower { client, session };
    record.outcome(client.send(method, url).await)
}

/// The URL that `text` means, if it is one of the session's own origin.
fn resolve(session: &Session, text: &str) -> Option<Url> {
    if text.trim().is_empty() {
        return None;
    }
    let mut url = session.base().join(text).ok()?;
    url.set_fragment(None);
    session.owns(&url).then_some(url)
}

/// The client with a session of its own, so that there is always a record.
struct Follower<'a, C> {
    client: &'a C,
    session: Session,
}

impl<C: ClientInfo<Session>> ClientInfo<Session> for Follower<'_, C> {
    fn api_version() -> &'static str {
        C::api_version()
    }

    fn baseurl(&self) -> &str {
        self.client.baseurl()
    }

    fn client(&self) -> &reqwest::Client {
        self.client.client()
    }

    fn inner(&self) -> &Session {
        &self.session
    }
}

impl<C: ClientInfo<Session>> Follower<'_, C> {
    /// What a generated operation does, for a URL that no operation describes.
    async fn send<T: DeserializeOwned>(&self, method: Method, url: Url) -> Result<ResponseValue<T>, Error<()>> {
        let info = OperationInfo { operation_id: "follow" };
        let mut request = Request::new(method, url);
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        pre(self, &mut request, &info).await?;
        let response = exec(self, request, &info).await?;
        if !response.status().is_success() {
            return Err(Error::ErrorResponse(ResponseValue::empty(response)));
        }
        decode(response).await
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use super::*;
    use crate::{Auth, Config};

    fn resolved(base: &str, url: &str) -> Option<String> {
        let auth = Auth::header("authorization", "Key ");
        let http = reqwest::Client::builder().tls_certs_only([]);
        let (_, _, session) = Config::new().http(http).base_url(base).build(base, auth, "key".into()).unwrap();
        resolve(&session, url).map(String::from)
    }

    #[test]
    fn only_the_exact_origin_is_followed() {
        let base = "https://queue.fal.run";
        for (url, expected) in [
            ("https://queue.fal.run/a/b?c=d", Some("https://queue.fal.run/a/b?c=d")),
            ("HTTPS://QUEUE.FAL.RUN/a", Some("https://queue.fal.run/a")),
            ("https://queue.fal.run:443/a", Some("https://queue.fal.run/a")),
            ("https://queue.fal.run/a#part", Some("https://queue.fal.run/a")),
            ("/a/../b", Some("https://queue.fal.run/b")),
            ("a", Some("https://queue.fal.run/a")),
            ("?c=d", Some("https://queue.fal.run/?c=d")),
            ("//queue.fal.run/a", Some("https://queue.fal.run/a")),
            ("https://queue.fal.\nrun/a", Some("https://queue.fal.run/a")),
            ("http://queue.fal.run/a", None),
            ("https://queue.fal.run:8443/a", None),
            ("https://notfal.ai/a", None),
            ("https://fal.run/a", None),
            ("https://evil.queue.fal.run/a", None),
            ("https://queue.fal.run.evil.example/a", None),
            ("https://queue.fal.run./a", None),
            ("https://queue.fal.run@evil.example/a", None),
            ("https://queue.fal.run:443@evil.example/a", None),
            ("https://user@queue.fal.run/a", None),
            ("https://user:password@queue.fal.run/a", None),
            ("https://:password@queue.fal.run/a", None),
            ("https://evil.example\\@queue.fal.run/a", None),
            ("\\\\evil.example/a", None),
            ("//evil.example/a", None),
            ("https:evil.example", Some("https://queue.fal.run/evil.example")),
            ("https://queue.f\u{430}l.run/a", None),
            ("ftp://queue.fal.run/a", None),
            ("file:///etc/passwd", None),
            ("data:application/json,{}", None),
            ("javascript:alert(1)", None),
            ("blob:https://queue.fal.run/a", None),
            ("https://", None),
            ("https://[::1/a", None),
            ("", None),
            (" \n", None),
        ] {
            assert_eq!(resolved(base, url).as_deref(), expected, "{url:?}");
        }
    }

    #[test]
    fn an_international_or_local_origin_is_matched_in_any_spelling() {
        for (base, url, expected) in [
            ("https://b\u{fc}cher.example", "https://xn--bcher-kva.example/a", "https://xn--bcher-kva.example/a"),
            ("https://xn--bcher-kva.example", "https://B\u{dc}CHER.example/a", "https://xn--bcher-kva.example/a"),
            ("http://127.0.0.1:8080/fal", "http://127.1:8080/a", "http://127.0.0.1:8080/a"),
            ("http://127.0.0.1:8080/fal", "/a", "http://127.0.0.1:8080/a"),
            ("http://localhost", "http://localhost:80/a", "http://localhost/a"),
        ] {
            assert_eq!(resolved(base, url).as_deref(), Some(expected), "{base} {url}");
        }
        assert_eq!(resolved("http://127.0.0.1:8080", "http://localhost:8080/a"), None);
        assert_eq!(resolved("http://127.0.0.1:8080", "http://127.0.0.1/a"), None);
    }
}
