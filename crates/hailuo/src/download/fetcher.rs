//! The HTTP client for videos: no key, a few redirects, made when it is first needed.

use std::sync::OnceLock;

use hailuo_runtime::{
    USER_AGENT,
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
}

impl Fetcher {
    pub(crate) fn new(make: Option<MakeHttp>) -> Self {
        Self { make, secure: OnceLock::new(), plain: OnceLock::new() }
    }

    pub(super) fn client(&self, url: &str) -> Result<&Client, Error> {
        // Over plain HTTP no certificate is looked at: a machine without any can still fetch from a sandbox.
        let is_plain = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
        let (cell, prepare): (_, fn(ClientBuilder) -> ClientBuilder) = if is_plain && self.make.is_none() {
            (&self.plain, |builder| builder.tls_certs_only([]))
        } else {
            (&self.secure, |builder| builder)
        };
        if let Some(client) = cell.get() {
            return Ok(client);
        }
        let builder = self.make.as_ref().map_or_else(|| Client::builder().user_agent(USER_AGENT), |make| make());
        let client = prepare(builder).redirect(Policy::custom(follow)).referer(false).build()?;
        Ok(cell.get_or_init(|| client))
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
