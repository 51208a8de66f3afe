//! The HTTP client for videos: no key, a few redirects, made when it is first needed.

use std::sync::OnceLock;

use hailuo_runtime::{
    USER_AGENT, as_it_comes,
    reqwest::{
        Client, ClientBuilder, Error,
        redirect::{Action, Attempt, Policy},
    },
};

use crate::client::MakeHttp;

/// Storage services redirect once or twice.
const REDIRECTS: usize = 5;

pub(crate) struct Fetcher {
    make: Option<MakeHttp>,
    secure: OnceLock<Client>,
    plain: OnceLock<Client>,
    local: OnceLock<Client>,
}

impl Fetcher {
    pub(crate) fn new(make: Option<MakeHttp>) -> Self {
        Self { make, secure: OnceLock::new(), plain: OnceLock::new(), local: OnceLock::new() }
    }

    pub(super) fn client(&self, url: &str) -> Result<&Client, Error> {
        // Over plain HTTP no certificate is looked at: a machine without any can still fetch from a sandbox.
        let is_plain = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
        let (cell, prepare): (_, fn(ClientBuilder) -> ClientBuilder) = match is_plain && self.make.is_none() {
            // No proxy reaches this machine's own services.
            true if is_local(url) => (&self.local, |builder| builder.tls_certs_only([]).no_proxy()),
            true => (&self.plain, |builder| builder.tls_certs_only([])),
            false => (&self.secure, |builder| builder),
        };
        if let Some(client) = cell.get() {
            return Ok(client);
        }
        let builder = self.make.as_ref().map_or_else(|| Client::builder().user_agent(USER_AGENT), |make| make());
        let builder = prepare(builder).redirect(Policy::custom(follow)).referer(false);
        let client = as_it_comes(builder).build()?;
        Ok(cell.get_or_init(|| client))
    }
}

fn is_local(url: &str) -> bool {
    match url::Url::parse(url).ok().as_ref().and_then(url::Url::host) {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// A few redirects, and none that gives up encryption.
fn follow(attempt: Attempt<'_>) -> Action {
    let was_secure = attempt.previous().last().is_some_and(|url| url.scheme() == "https");
    if attempt.previous().len() > REDIRECTS || (was_secure && attempt.url().scheme() != "https") {
        return attempt.stop();
    }
    attempt.follow()
}
