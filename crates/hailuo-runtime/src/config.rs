//! What a caller may choose about a client, and the building of its HTTP client.
//!
//! Leaves the use of the limits to [`exec`](crate::exec).

use std::{fmt, time::Duration};

use reqwest::{Client, ClientBuilder};
use secrecy::SecretString;
use url::Url;

use crate::{Auth, Session, detail::Detail, lookout::Make};

/// The largest answer that is read: 16 MiB. An answer is a small JSON document; videos are not read through here.
pub const DEFAULT_MAX_ANSWER_BYTES: usize = 16 << 20;

/// How long connecting may take, name lookup and TLS included.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long nothing may move: neither a piece of the body taken by the connection, nor a piece of the answer arriving.
///
/// It is long, because the answer to a paid request that is given up too early is an unknown outcome.
pub const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_mins(2);

/// How long an answer may take from its head to its last byte, however steadily it arrives.
pub const DEFAULT_ANSWER_TIMEOUT: Duration = Duration::from_mins(5);

/// The `User-Agent` of the client that is built here.
pub const USER_AGENT: &str = concat!("hailuo/", env!("CARGO_PKG_VERSION"));

/// How long an idle connection is kept. A request that is written just as the server hangs up may or may not have
/// arrived, and nobody can tell: so it is shorter than the five seconds after which Node and Apache do. At a proxy it is a
/// minute or more.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// How long a connection may be silent before the peer is probed, and between two probes.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// How large the headers of an answer may be together, in bytes, over HTTP/2. Over HTTP/1.1 about as much is read; left
/// to itself hyper takes no more than 16 KiB, and for more than that the number of a paid job would be lost.
const MAX_HEADER_BYTES: u32 = 400 << 10;

/// The settings of a client.
///
/// There is no total timeout: a 20 MB picture over a slow line may take minutes and be perfectly well. Instead there
/// are bounds on connecting, on standing still, and on the answer. The proxy variables of the environment (`HTTPS_PROXY`,
/// `ALL_PROXY`, `NO_PROXY`; SOCKS proxies, too) hold for https only, where a proxy sees the host's name and nothing else;
/// over plain http it would see the key. Any other proxy is set on the builder given to [`http`](Config::http).
///
/// ```
/// use std::time::Duration;
/// use hailuo_runtime::{Config, reqwest};
///
/// let config = Config::new()
///     .base_url("http://127.0.0.1:8080")
///     .max_answer_bytes(1 << 20)
///     .http(reqwest::Client::builder().tcp_keepalive(Duration::from_secs(30)));
/// # let _ = config;
/// ```
pub struct Config {
    base_url: Option<String>,
    http: Option<ClientBuilder>,
    connect_timeout: Option<Duration>,
    limits: Limits,
}

/// The bounds that [`exec`](crate::exec) enforces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) answer_bytes: usize,
    pub(crate) idle: Duration,
    pub(crate) answer: Duration,
}

impl Config {
    /// The vendor's own base URL, an HTTP client made here, and the default limits.
    pub fn new() -> Self {
        Self {
            base_url: None,
            http: None,
            connect_timeout: None,
            limits: Limits {
                answer_bytes: DEFAULT_MAX_ANSWER_BYTES,
                idle: DEFAULT_IDLE_TIMEOUT,
                answer: DEFAULT_ANSWER_TIMEOUT,
            },
        }
    }

    /// Sends requests to `url` instead of the vendor's own base URL.
    ///
    /// It is an `http` or `https` URL without user, query or fragment; a path in it is kept. Its origin (scheme, host
    /// and port) becomes the only one that ever receives the key.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Builds the HTTP client from `builder`: for a proxy, extra root certificates, a resolver, default headers.
    ///
    /// It is a builder and not a finished [`reqwest::Client`] because a finished client does not tell, and cannot be
    /// told any more, whether it follows redirects or repeats requests. Either could send a paid request twice, or a
    /// body and its key to another host. Whatever the builder says, redirects, retries and the `Referer` header are
    /// switched off on it, and so is decompression, which would lose a damaged answer instead of handing out what came
    /// of it. Header lines that HTTP does not allow are passed over, and many headers are read. All else is left as it
    /// is, `User-Agent` and timeouts included; reqwest's `tcp_user_timeout` and keepalive give up a connection after half
    /// a minute in which the network is away, and with it the answer. A request that meets a connection which the service
    /// is just closing has an unknown outcome: keep [`pool_idle_timeout`](ClientBuilder::pool_idle_timeout), 90 s if it
    /// is not set, below the time after which the service closes an idle one.
    #[must_use]
    pub fn http(mut self, builder: ClientBuilder) -> Self {
        self.http = Some(builder);
        self
    }

    /// Refuses answers of more than `bytes` bytes. The default is [`DEFAULT_MAX_ANSWER_BYTES`].
    #[must_use]
    pub fn max_answer_bytes(mut self, bytes: usize) -> Self {
        self.limits.answer_bytes = bytes;
        self
    }

    /// Bounds connecting. The default is [`DEFAULT_CONNECT_TIMEOUT`], or what the builder given to
    /// [`http`](Config::http) says.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Bounds the time in which nothing moves in either direction. The default is [`DEFAULT_IDLE_TIMEOUT`].
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle = timeout;
        self
    }

    /// Bounds the time from an answer's head to its end. The default is [`DEFAULT_ANSWER_TIMEOUT`].
    #[must_use]
    pub fn answer_timeout(mut self, timeout: Duration) -> Self {
        self.limits.answer = timeout;
        self
    }

    /// Makes what a generated client consists of: its base URL without a slash at the end, its HTTP client and its
    /// session. `default_base` is the vendor's own base URL.
    ///
    /// # Errors
    ///
    /// When the base URL is none, when the key cannot be sent, or when the HTTP client cannot be built.
    pub fn build(
        self,
        default_base: &str,
        auth: Auth,
        key: SecretString,
    ) -> Result<(String, Client, Session), ConfigError> {
        auth.check(&key)?;
        let base = parse_base(self.base_url.as_deref().unwrap_or(default_base))?;
        let text = base.as_str().trim_end_matches('/').to_owned();
        let (own_base, idle, timeout) = (base.clone(), self.limits.idle, self.connect_timeout);
        let make: Make = Box::new(move || held_to(own_builder(&own_base, idle), timeout));
        let (builder, make) = match self.http {
            Some(builder) => (held_to(builder, timeout), None),
            None => (make(), Some(make)),
        };
        let client = builder.build().map_err(|error| ConfigError::Http(Detail::of(&error)))?;
        Ok((text, client, Session::new(key, auth, base, self.limits, make)))
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Config {
    /// Neither the base URL, in which somebody may have written a password, nor the builder with its headers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("own_base_url", &self.base_url.is_some())
            .field("own_http", &self.http.is_some())
            .field("connect_timeout", &self.connect_timeout)
            .field("limits", &self.limits)
            .finish()
    }
}

/// Why a client could not be made. No variant holds the key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The base URL cannot be used.
    #[error("the base URL {problem}")]
    BaseUrl {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The key is the empty string.
    #[error("the key is empty")]
    EmptyKey,
    /// The key has a character that no vendor's key has and that a header cannot carry: often a line break or a
    /// space at its end.
    #[error("character {position} of the key is not visible ASCII (is there a space or a line break around it?)")]
    KeyCharacter {
        /// Which character, counted from 1.
        position: usize,
    },
    /// The vendor's description names a header that cannot exist.
    #[error("the header {name:?} or its prefix cannot be sent")]
    AuthHeader {
        /// The header's name.
        name: &'static str,
    },
    /// The HTTP client could not be built, for example because TLS found no root certificates.
    #[error("the HTTP client could not be built")]
    Http(#[source] Detail),
}

/// Makes a client hand on what comes as it comes: not decompressed, which would lose what is damaged, and whatever the
/// lines of its head look like. What is bent there is not what is paid for: lines that go on, that are none, blanks
/// before a colon.
pub fn as_it_comes(builder: ClientBuilder) -> ClientBuilder {
    builder
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http2_max_header_list_size(MAX_HEADER_BYTES)
}

fn parse_base(text: &str) -> Result<Url, ConfigError> {
    let refuse = |problem| Err(ConfigError::BaseUrl { problem });
    let Ok(url) = Url::parse(text) else {
        return refuse("is not an absolute URL");
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refuse("is neither http nor https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("has a user or a password in it");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("has a query or a fragment");
    }
    Ok(url)
}

/// What holds for every HTTP client that goes to a service.
fn held_to(mut builder: ClientBuilder, connect_timeout: Option<Duration>) -> ClientBuilder {
    if let Some(timeout) = connect_timeout {
        builder = builder.connect_timeout(timeout);
    }
    // Of a request that is never repeated no copy is kept.
    let never = reqwest::retry::never().max_retries_per_request(0);
    as_it_comes(builder.redirect(reqwest::redirect::Policy::none()).retry(never).referer(false))
}

fn own_builder(base: &Url, idle: Duration) -> ClientBuilder {
    let (retries, timeout) = endurance(idle);
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(DEFAULT_CONNECT_TIMEOUT)
        .pool_idle_timeout(POOL_IDLE_TIMEOUT)
        .tcp_keepalive(KEEPALIVE)
        .tcp_keepalive_interval(KEEPALIVE)
        .tcp_keepalive_retries(retries);
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    let builder = builder.tcp_user_timeout(timeout);
    #[cfg(not(any(target_os = "android", target_os = "fuchsia", target_os = "linux")))]
    let _ = timeout;
    // Over plain http no certificate is ever looked at, since no redirect is followed and no other origin reached:
    // a machine without root certificates can still talk to a service on loopback. Nor does a request with its key go
    // through a proxy that could read it.
    if base.scheme() == "http" { builder.tls_certs_only([]).no_proxy() } else { builder }
}

/// How often a silent peer is probed, and how long it may leave unacknowledged what was sent, before its connection is
/// given up: no sooner than the request is. While a network is away for a minute nothing is lost: the answer is sent once
/// more when it is back, but reqwest by itself has hung up after half of that.
fn endurance(idle: Duration) -> (u32, Duration) {
    // Systems count no further than this.
    let timeout = idle.min(Duration::from_mins(30)).max(KEEPALIVE);
    let retries = timeout.as_secs().div_ceil(KEEPALIVE.as_secs());
    (u32::try_from(retries).unwrap_or(u32::MAX), timeout)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use super::*;

    const AUTH: Auth = Auth::header("authorization", "Bearer ");

    fn base_of(url: &str) -> Result<String, String> {
        let built = Config::new().base_url(url).build("https://vendor.example", AUTH, "canary".into());
        built.map(|(base, _, _)| base).map_err(|error| error.to_string())
    }

    #[test]
    fn base_urls_are_normalized_or_refused() {
        for (url, expected) in [
            ("http://127.0.0.1:8080/", Ok("http://127.0.0.1:8080")),
            ("HTTP://LOCALHOST:80/a/b/", Ok("http://localhost/a/b")),
            ("http://b\u{fc}cher.example", Ok("http://xn--bcher-kva.example")),
            ("localhost:8080", Err("the base URL is neither http nor https")),
            ("/v1", Err("the base URL is not an absolute URL")),
            ("", Err("the base URL is not an absolute URL")),
            ("http://", Err("the base URL is not an absolute URL")),
            ("file:///etc/passwd", Err("the base URL is neither http nor https")),
            ("http://user@localhost", Err("the base URL has a user or a password in it")),
            ("http://:canary@localhost", Err("the base URL has a user or a password in it")),
            ("http://localhost/?key=canary", Err("the base URL has a query or a fragment")),
            ("http://localhost/#x", Err("the base URL has a query or a fragment")),
        ] {
            assert_eq!(base_of(url), expected.map(str::to_owned).map_err(str::to_owned), "{url}");
        }
    }

    #[test]
    fn a_connection_is_not_given_up_before_its_request() {
        for (idle, retries, timeout) in [(120, 8, 120), (121, 9, 121), (5, 1, 15), (u64::MAX, 120, 1800)] {
            let expected = (retries, Duration::from_secs(timeout));
            assert_eq!(endurance(Duration::from_secs(idle)), expected, "{idle}");
        }
    }

    #[test]
    fn the_vendors_own_base_is_the_default() {
        let (base, _, session) = Config::new().build("http://vendor.example/", AUTH, "canary".into()).unwrap();
        assert_eq!(base, "http://vendor.example");
        assert!(!format!("{session:?}").contains("canary"));
    }

    #[test]
    fn settings_show_neither_url_nor_headers() {
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("x-token", reqwest::header::HeaderValue::from_static("canary"));
        let config =
            Config::new().base_url("http://:canary@localhost").http(Client::builder().default_headers(headers));
        assert!(!format!("{config:?}").contains("canary"));
    }
}
