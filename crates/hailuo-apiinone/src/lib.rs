// Made by `cargo xtask regen apiinone` from specs/apiinone; do not edit. @generated
#![doc = include_str!("../README.md")]

#[rustfmt::skip]
mod generated;

use hailuo_runtime::{Auth, Config, ConfigError, Record, SecretString, Session};
use progenitor_client::{ClientHooks, OperationInfo};

pub use generated::*;
pub use hailuo_runtime as runtime;

/// Where requests go unless [`Config::base_url`] says otherwise.
pub const BASE_URL: &str = "https://apiin.one/api/v1";

/// Where the key goes.
pub const AUTH: Auth = Auth::header("Authorization", "Bearer ");

impl Client {
    /// A client that sends `key` where the vendor wants it.
    ///
    /// # Errors
    /// The key is empty or cannot be sent, or no HTTP client can be built.
    pub fn connect(key: impl Into<SecretString>) -> Result<Self, ConfigError> {
        Self::connect_with(Config::new(), key)
    }

    /// A client with a configuration of its own.
    ///
    /// # Errors
    /// As [`Client::connect`], and if the configuration's base URL is none.
    pub fn connect_with(config: Config, key: impl Into<SecretString>) -> Result<Self, ConfigError> {
        let (base_url, http, session) = config.build(BASE_URL, AUTH, key.into())?;
        Ok(Self::new_with_client(&base_url, http, session))
    }

    /// A client whose next call is recorded: what [`Record::outcome`] needs to tell what became of it.
    pub fn recorded(&self) -> (Self, Record) {
        let (session, record) = self.inner.recorded();
        (Self::new_with_client(&self.baseurl, self.client.clone(), session), record)
    }
}

impl ClientHooks<Session> for Client {
    async fn pre<E>(&self, request: &mut reqwest::Request, info: &OperationInfo) -> Result<(), Error<E>> {
        hailuo_runtime::pre(self, request, info).await
    }

    fn exec(
        &self,
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> impl Future<Output = reqwest::Result<reqwest::Response>> {
        hailuo_runtime::exec(self, request, info)
    }
}
