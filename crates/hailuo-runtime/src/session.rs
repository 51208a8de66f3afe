//! The inner value of a generated client: its key, its origin and its limits.

use std::{fmt, sync::Arc};

use reqwest::header::HeaderName;
use secrecy::SecretString;
use url::Url;

use crate::{
    Auth, Record,
    config::Limits,
    lookout::{Lookout, Make},
};

/// What a generated client carries besides its HTTP client.
///
/// Cheap to clone; clones share everything. Made by [`Config::build`](crate::Config::build).
#[derive(Clone)]
pub struct Session {
    shared: Arc<Shared>,
    record: Option<Record>,
}

struct Shared {
    key: SecretString,
    auth: Auth,
    key_header: Option<HeaderName>,
    base: Url,
    /// The base URL's path, without the slash at its end.
    prefix: String,
    limits: Limits,
    lookout: Arc<Lookout>,
}

impl Session {
    pub(crate) fn new(key: SecretString, auth: Auth, base: Url, limits: Limits, make: Option<Make>) -> Self {
        let (key_header, prefix) = (auth.header_name(), base.path().trim_end_matches('/').to_owned());
        let lookout = Arc::new(Lookout::new(make));
        Self { shared: Arc::new(Shared { key, auth, key_header, base, prefix, limits, lookout }), record: None }
    }

    /// The same session with a fresh [`Record`] attached, in which the call that is made with it leaves its traces.
    pub fn recorded(&self) -> (Self, Record) {
        let record = Record::default();
        (Self { shared: Arc::clone(&self.shared), record: Some(record.clone()) }, record)
    }

    /// The base URL, whose origin is the only one that receives the key.
    pub fn base(&self) -> &Url {
        &self.shared.base
    }

    /// The URL of an operation: `path`, which begins with a slash, written after the base URL. Generated code calls it,
    /// so that scheme, host and port are read once and not for every request.
    ///
    /// # Errors
    ///
    /// When the two together are no URL.
    pub fn url(&self, path: &str) -> Result<Url, String> {
        let Shared { base, prefix, .. } = &*self.shared;
        let is_path = |path: &str| matches!(path.as_bytes(), [b'/', next, ..] if !b"/\\\t\r\n".contains(next));
        let url = match prefix.is_empty() {
            true if is_path(path) => base.join(path),
            false if is_path(prefix) => base.join(&[prefix, path].concat()),
            // What would be read as the name of a host.
            _ => Url::parse(&[base.as_str().trim_end_matches('/'), path].concat()),
        };
        url.map_err(|error| format!("the request's URL is none: {error}"))
    }

    /// The URL of an operation that the service has elsewhere on its host: `path` written after the host of the base URL.
    ///
    /// # Errors
    ///
    /// When the two together are no URL of that host.
    pub fn url_from_root(&self, path: &str) -> Result<Url, String> {
        let url = self.base().join(path).map_err(|error| format!("the request's URL is none: {error}"))?;
        if self.owns(&url) { Ok(url) } else { Err("the request's URL is on another host".to_owned()) }
    }

    /// Whether `url` is on the session's own origin: same scheme, host and port, and no user or password in it.
    pub fn owns(&self, url: &Url) -> bool {
        let base = &self.shared.base;
        // Of http and https, which are the only schemes of a base, these three are the origin.
        url.scheme() == base.scheme()
            && url.host_str() == base.host_str()
            && url.port_or_known_default() == base.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none()
    }

    pub(crate) fn key(&self) -> &SecretString {
        &self.shared.key
    }

    pub(crate) fn key_header(&self) -> Option<&HeaderName> {
        self.shared.key_header.as_ref()
    }

    pub(crate) fn auth(&self) -> Auth {
        self.shared.auth
    }

    pub(crate) fn limits(&self) -> Limits {
        self.shared.limits
    }

    pub(crate) fn lookout(&self) -> &Arc<Lookout> {
        &self.shared.lookout
    }

    pub(crate) fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }
}

impl fmt::Debug for Session {
    /// Everything but the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("auth", &self.shared.auth)
            .field("base", &self.shared.base.as_str())
            .field("limits", &self.shared.limits)
            .field("recorded", &self.record.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use super::*;
    use crate::Config;

    #[test]
    fn a_path_from_the_root_is_written_after_the_host() {
        let auth = Auth::header("authorization", "Key ");
        let http = reqwest::Client::builder().tls_certs_only([]);
        let config = Config::new().http(http).base_url("http://127.0.0.1:8080/v1");
        let (_, _, session) = config.build("https://a.example", auth, "key".into()).unwrap();
        for (path, expected) in [
            ("/v2/task", Ok("http://127.0.0.1:8080/v2/task")),
            ("/", Ok("http://127.0.0.1:8080/")),
            ("//b.example/task", Err("the request's URL is on another host")),
        ] {
            let url = session.url_from_root(path);
            assert_eq!(url.as_ref().map(Url::as_str).map_err(String::as_str), expected);
        }
    }

    #[test]
    fn a_path_is_written_after_the_base() {
        let bases = [
            "https://a.example",
            "https://a.example/",
            "http://127.0.0.1:8080/fal",
            "https://a.example/x//y/",
            "https://a.example//x",
        ];
        let paths = [
            "/",
            "",
            "/v3/task",
            "/v3/%E6%8E%A8/a%2Fb",
            "/a/../b",
            "/..",
            "/a?b=c#d",
            "//a",
            "/\\a",
            "/\t/a",
            "/a b",
            ":80/a",
            "a",
            "@b",
            "?c",
        ];
        for base in bases {
            let auth = Auth::header("authorization", "Key ");
            let http = reqwest::Client::builder().tls_certs_only([]);
            let (text, _, session) = Config::new().http(http).base_url(base).build(base, auth, "key".into()).unwrap();
            for path in paths {
                let expected = Url::parse(&format!("{text}{path}")).ok();
                assert_eq!(session.url(path).ok(), expected, "{base} {path:?}");
            }
        }
    }
}
