//! The inner value of a generated client: its key, its origin and its limits.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderName;
use secrecy::SecretString;
use url::Url;

use crate::config::Limits;
use crate::{Auth, Record};

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
    limits: Limits,
}

impl Session {
    pub(crate) fn new(key: SecretString, auth: Auth, base: Url, limits: Limits) -> Self {
        Self { shared: Arc::new(Shared { key, auth, key_header: auth.header_name(), base, limits }), record: None }
    }

    /// The same session with a fresh [`Record`] attached, in which the call that is made with it leaves its traces.
    pub fn recorded(&self) -> (Self, Record) {
        let record = Record::new();
        (Self { shared: Arc::clone(&self.shared), record: Some(record.clone()) }, record)
    }

    /// The base URL, whose origin is the only one that receives the key.
    pub fn base(&self) -> &Url {
        &self.shared.base
    }

    /// Whether `url` is on the session's own origin: same scheme, host and port, and no user or password in it.
    pub fn owns(&self, url: &Url) -> bool {
        // The scheme apart: the origin of a `blob:` URL is that of the URL inside it.
        url.scheme() == self.shared.base.scheme()
            && url.origin() == self.shared.base.origin()
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
