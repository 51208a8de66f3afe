//! A client as the generator writes one: two operations, and the lines that tie it to the runtime.

use hailuo_runtime::{
    Answer, Auth, Config, ConfigError, Failure, Lenient, PathSegment, Record, SecretString, Session, json_body,
    progenitor_client::{ByteStream, ClientHooks, ClientInfo, Error, OperationInfo, ResponseValue, encode_path},
    reqwest,
    reqwest::header::{CONTENT_TYPE, HeaderValue},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) const HEADER: Auth = Auth::header("Authorization", "Key ");
pub(crate) const QUERY: Auth = Auth::query("key");
pub(crate) const BODY: Auth = Auth::body("key");

/// Long enough not to appear by accident.
pub(crate) const KEY: &str = "canary-key-5f3a\"b/+";
pub(crate) const PROMPT: &str = "canary prompt, \u{63a8}\u{8fdb} \"quoted\"";

#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "the generator's own names")]
pub(crate) struct Client {
    baseurl: String,
    client: reqwest::Client,
    inner: Session,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Submitted {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) request_id: Option<Lenient<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) queue_position: Option<Lenient<i64>>,
}

impl Client {
    pub(crate) fn connect_with(
        config: Config,
        base: &str,
        auth: Auth,
        key: impl Into<SecretString>,
    ) -> Result<Self, ConfigError> {
        let (baseurl, client, inner) = config.build(base, auth, key.into())?;
        Ok(Self { baseurl, client, inner })
    }

    pub(crate) fn recorded(&self) -> (Self, Record) {
        let (inner, record) = self.inner.recorded();
        (Self { inner, ..self.clone() }, record)
    }

    /// `POST /submit`, as generated.
    pub(crate) async fn submit(&self, body: &impl Serialize) -> Result<ResponseValue<Submitted>, Error<ByteStream>> {
        let request = self
            .client
            .post(self.inner.url("/submit").map_err(Error::InvalidRequest)?)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(json_body(body).map_err(Error::InvalidRequest)?);
        self.send(request, "submit").await
    }

    /// `POST /start`, an operation without a body.
    pub(crate) async fn start(&self) -> Result<ResponseValue<Submitted>, Error<ByteStream>> {
        let url = self.inner.url("/start").map_err(Error::InvalidRequest)?;
        self.send(self.client.post(url), "start").await
    }

    /// `GET /tasks/{id}`, as generated.
    pub(crate) async fn status(&self, id: &str) -> Result<ResponseValue<Submitted>, Error<ByteStream>> {
        let id = PathSegment::try_from(id).map_err(|_| {
            Error::InvalidRequest("conversion to `:: hailuo_runtime :: PathSegment` for id failed".to_string())
        })?;
        let url = self.inner.url(&format!("/tasks/{}", encode_path(id.as_str()))).map_err(Error::InvalidRequest)?;
        self.send(self.client.get(url).query(&[("logs", "a b")]), "status").await
    }

    async fn send(
        &self,
        request: reqwest::RequestBuilder,
        operation_id: &'static str,
    ) -> Result<ResponseValue<Submitted>, Error<ByteStream>> {
        let mut request = request.build()?;
        let info = OperationInfo { operation_id };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => hailuo_runtime::decode(response).await,
            _ => Err(Error::ErrorResponse(ResponseValue::stream(hailuo_runtime::whole(response)))),
        }
    }
}

impl ClientInfo<Session> for Client {
    fn api_version() -> &'static str {
        "7.0.0"
    }

    fn baseurl(&self) -> &str {
        &self.baseurl
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }

    fn inner(&self) -> &Session {
        &self.inner
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

/// A client of the server at `base`, with the key in a header.
pub(crate) fn client(base: &str) -> Client {
    client_with(Config::new(), base, HEADER)
}

pub(crate) fn client_with(config: Config, base: &str, auth: Auth) -> Client {
    Client::connect_with(config, base, auth, KEY).unwrap()
}

/// One submit with the canary prompt, from the outside.
pub(crate) async fn submit(client: &Client) -> Result<Answer<Submitted>, Failure> {
    let (client, record) = client.recorded();
    record.outcome(client.submit(&json!({"prompt": PROMPT})).await)
}

/// One status request, from the outside.
pub(crate) async fn status(client: &Client, id: &str) -> Result<Answer<Submitted>, Failure> {
    let (client, record) = client.recorded();
    record.outcome(client.status(id).await)
}
