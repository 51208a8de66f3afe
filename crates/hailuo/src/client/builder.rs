//! Making a client: keys, places, journal.

use std::{fmt, sync::Arc, time::Duration};

use hailuo_runtime::{Config, DEFAULT_ANSWER_TIMEOUT, SecretString, reqwest};
use tokio::sync::Semaphore;

use super::{Client, Connected, POLLS, Shared};
use crate::{
    adapters,
    download::Fetcher,
    error::{Error, SetupError},
    exchange::Access,
    journal::Journal,
    vendor::Vendor,
};

/// Makes fresh HTTP client builders; one is needed per vendor, and they cannot be copied.
pub(crate) type MakeHttp = Arc<dyn Fn() -> reqwest::ClientBuilder + Send + Sync>;

/// Collects what a [`Client`] needs.
#[must_use = "a builder does nothing until `build` is called"]
#[derive(Default)]
pub struct ClientBuilder {
    keys: Vec<(Vendor, SecretString)>,
    base_urls: Vec<(Vendor, String)>,
    order: Option<Vec<Vendor>>,
    env: bool,
    http: Option<MakeHttp>,
    journal: Option<Arc<dyn Journal>>,
    max_answer_bytes: Option<usize>,
    idle_timeout: Option<Duration>,
}

impl ClientBuilder {
    /// Sets the key of a vendor. The order of the keys is the order of preference, unless [`order`](Self::order) says
    /// another.
    pub fn key(mut self, vendor: Vendor, key: impl Into<SecretString>) -> Self {
        self.keys.retain(|(of, _)| *of != vendor);
        self.keys.push((vendor, key.into()));
        self
    }

    /// Takes the keys that were not set from the environment ([`Vendor::env_var`]). The environment is not looked at
    /// otherwise. An empty variable is as good as none.
    pub fn env(mut self) -> Self {
        self.env = true;
        self
    }

    /// Sends a vendor's requests elsewhere: to a sandbox, or to a proxy that speaks the vendor's API. The key goes to
    /// this origin and to no other.
    ///
    /// It stands for the vendor's own base URL, path included: what is `https://cloud.seaart.ai/model` at SeaArt may be
    /// `http://127.0.0.1:8080/model`. [`Vendor::base_url`] has each vendor's own.
    pub fn base_url(mut self, vendor: Vendor, url: impl Into<String>) -> Self {
        self.base_urls.retain(|(of, _)| *of != vendor);
        self.base_urls.push((vendor, url.into()));
        self
    }

    /// Sets the order of preference; vendors left out are not submitted to.
    pub fn order(mut self, order: impl IntoIterator<Item = Vendor>) -> Self {
        self.order = Some(order.into_iter().collect());
        self
    }

    /// Sets how HTTP clients are made, for proxies, certificates and the like.
    ///
    /// It is a function that makes builders, not a finished client: a finished one cannot be told to follow no
    /// redirect and to retry nothing, and a client that does either may send a paid request twice, or a key
    /// elsewhere. Both are switched off on every builder that goes to a vendor. Keep the builder's `pool_idle_timeout`,
    /// which is 90 s by itself, below five seconds: many servers hang up on who is idle for that long, and a request
    /// that is written on a connection just then has an unknown outcome.
    ///
    /// Its `tcp_user_timeout`, where the system has one, and its keepalive end a connection after half a minute in which the
    /// network is away; without a function here they last as long as the [`idle_timeout`](Self::idle_timeout).
    ///
    /// A builder's `timeout` counts for a whole answer, and for a whole video; `read_timeout` does not. More of reqwest is
    /// there for a program that depends on the same version of it with the feature.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hailuo::{Client, Vendor, reqwest};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let proxy = reqwest::Proxy::https("http://proxy.example:3128")?;
    /// let http = move || {
    ///     let builder = reqwest::Client::builder().proxy(proxy.clone()).connect_timeout(Duration::from_secs(5));
    ///     builder.pool_idle_timeout(Duration::from_secs(4))
    /// };
    /// let client = Client::builder().key(Vendor::Fal, "any-key").http(http).build()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    pub fn http(mut self, make: impl Fn() -> reqwest::ClientBuilder + Send + Sync + 'static) -> Self {
        self.http = Some(Arc::new(make));
        self
    }

    /// Sets the journal, which is told of every attempt before it is sent and after its answer.
    pub fn journal(mut self, journal: impl Journal) -> Self {
        self.journal = Some(Arc::new(journal));
        self
    }

    /// Sets a journal that others hold as well.
    pub fn shared_journal(mut self, journal: Arc<dyn Journal>) -> Self {
        self.journal = Some(journal);
        self
    }

    /// Refuses answers of more bytes. The default is the runtime's, 16 MiB.
    pub fn max_answer_bytes(mut self, bytes: usize) -> Self {
        self.max_answer_bytes = Some(bytes);
        self
    }

    /// Gives up a request in which nothing moves for so long, in either direction. The default is the runtime's, two
    /// minutes: a submit that is given up has an unknown outcome.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`]: no key at all, a key or URL that cannot be used, a vendor without key in the order.
    pub fn build(mut self) -> Result<Client, Error> {
        if self.env {
            self.read_env()?;
        }
        let mut clients = Vec::with_capacity(self.keys.len());
        for (vendor, key) in std::mem::take(&mut self.keys) {
            let access = self.connect(vendor, key)?;
            clients.push(Connected { vendor, access, polls: Semaphore::new(POLLS) });
        }
        if clients.is_empty() {
            let looked_for = Vendor::ALL.iter().filter(|vendor| vendor.is_enabled());
            return Err(SetupError::NoKey { looked_for: looked_for.map(|vendor| vendor.env_var()).collect() }.into());
        }
        let order = clients.iter().map(|connected| connected.vendor).collect();
        let fetcher = Fetcher::new(self.http);
        let client = Client { shared: Arc::new(Shared { adapters: clients, journal: self.journal, fetcher }), order };
        match self.order {
            Some(order) => client.with_order(order),
            None => Ok(client),
        }
    }

    fn read_env(&mut self) -> Result<(), SetupError> {
        for vendor in Vendor::ALL {
            if !vendor.is_enabled() || self.keys.iter().any(|(of, _)| *of == vendor) {
                continue;
            }
            match std::env::var(vendor.env_var()) {
                Ok(key) if !key.is_empty() => self.keys.push((vendor, key.into())),
                Ok(_) | Err(std::env::VarError::NotPresent) => {}
                Err(std::env::VarError::NotUnicode(_)) => {
                    return Err(SetupError::Environment(vendor.env_var()));
                }
            }
        }
        Ok(())
    }

    fn connect(&self, vendor: Vendor, key: SecretString) -> Result<Access, Error> {
        let mut config = Config::new();
        if let Some((_, url)) = self.base_urls.iter().find(|(of, _)| *of == vendor) {
            config = config.base_url(url);
        }
        if let Some(make) = &self.http {
            config = config.http(make());
        }
        if let Some(bytes) = self.max_answer_bytes {
            config = config.max_answer_bytes(bytes);
        }
        if let Some(timeout) = self.idle_timeout {
            // No shorter is what a whole answer may take.
            config = config.idle_timeout(timeout).answer_timeout(DEFAULT_ANSWER_TIMEOUT.max(timeout));
        }
        adapters::connect(vendor, config, key).map_err(Error::Setup)
    }
}

/// No key, and no base URL, in which somebody may have written one.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<_> = self.keys.iter().map(|(vendor, _)| vendor).collect();
        f.debug_struct("ClientBuilder").field("keys_for", &keys).field("env", &self.env).finish_non_exhaustive()
    }
}
