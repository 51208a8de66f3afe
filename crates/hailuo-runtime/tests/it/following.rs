//! URLs from answers: followed on the service's own origin, with the key, and nowhere else.

use hailuo_runtime::{Cause, Config, FailureKind, Lenient, follow, follow_with, reqwest::Method};
use serde_json::{Value, json};

use crate::{
    client::{BODY, KEY, Submitted, client, client_with},
    mock::{Mock, Step},
};

#[tokio::test]
async fn an_own_url_is_fetched_with_the_key_and_read() {
    let vendor = Mock::answering("200 OK", "x-fal-request-id: r1\r\n", r#"{"request_id": 7, "new": null}"#).await;
    let client = client(&vendor.base);
    let url = format!("{}/requests/7/status?logs=1#top", vendor.base.replace("http", "HTTP"));
    let answer = follow::<Submitted, _>(&client, &url).await.unwrap();
    assert_eq!(answer.value.request_id.as_ref().and_then(Lenient::text).as_deref(), Some("7"));
    assert_eq!(answer.header("x-fal-request-id"), Some("r1"));
    let request = vendor.only_request();
    assert_eq!(request.line(), "GET /requests/7/status?logs=1 HTTP/1.1");
    assert_eq!(request.header("authorization"), [format!("Key {KEY}")]);
    assert_eq!(request.header("accept"), ["application/json"]);
    assert_eq!(request.header("content-length"), [""; 0]);
}

#[tokio::test]
async fn a_foreign_url_is_not_sent() {
    let (vendor, other) = (Mock::answering("200 OK", "", "{}").await, Mock::answering("200 OK", "", "{}").await);
    let client = client(&vendor.base);
    let (_, port) = vendor.base.rsplit_once(':').unwrap();
    for url in [
        other.base.clone(),
        format!("http://localhost:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        vendor.base.replace("http://", "http://user@"),
        format!("{}@{}/", vendor.base, other.base.trim_start_matches("http://")),
        format!("//{}/", other.base.trim_start_matches("http://")),
        "https://notfal.ai/x?canary".to_owned(),
        String::new(),
    ] {
        let failure = follow::<Value, _>(&client, &url).await.unwrap_err();
        assert_eq!((failure.kind(), failure.cause()), (FailureKind::NotSent, Cause::Origin), "{url}");
        assert!(!failure.request_sent());
        assert!(!format!("{failure} {failure:?}").contains("canary"));
    }
    assert_eq!((vendor.connections(), other.connections()), (0, 0));
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed() {
    let other = Mock::answering("200 OK", "", "{}").await;
    let vendor = Mock::answering("302 Found", &format!("location: {}/x\r\n", other.base), "").await;
    let failure = follow::<Value, _>(&client(&vendor.base), "/x").await.unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Refused);
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn another_method_cancels() {
    let vendor = Mock::answering("202 Accepted", "", r#"{"status":"CANCELLATION_REQUESTED"}"#).await;
    let answer = follow_with::<Value, _>(&client(&vendor.base), Method::PUT, "/cancel").await.unwrap();
    assert_eq!(answer.value, json!({"status": "CANCELLATION_REQUESTED"}));
    assert_eq!(answer.status.as_u16(), 202);
    let request = vendor.only_request();
    assert_eq!((request.line(), request.header("content-length")), ("PUT /cancel HTTP/1.1", vec!["0"]));
}

#[tokio::test]
async fn a_key_of_the_body_goes_into_a_followed_post() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    let client = client_with(Config::new(), &vendor.base, BODY);
    follow_with::<Value, _>(&client, Method::POST, "/fetch/7").await.unwrap();
    assert_eq!(String::from_utf8(vendor.only_request().body).unwrap(), format!("{{\"key\":{}}}", json!(KEY)));
}

#[tokio::test]
async fn an_empty_answer_is_null() {
    let vendor = Mock::answering("202 Accepted", "", "").await;
    let answer = follow_with::<Option<Submitted>, _>(&client(&vendor.base), Method::PUT, "/x").await.unwrap();
    assert_eq!(answer.value, None);
    let failure = follow::<Submitted, _>(&client(&vendor.base), "/x").await.unwrap_err();
    assert_eq!((failure.kind(), failure.cause()), (FailureKind::Unreadable, Cause::Json));
}

#[tokio::test]
async fn a_refusal_keeps_status_headers_and_body() {
    let vendor = Mock::answering("404 Gone Away", "x-fal-error-type: canary\r\n", "not here").await;
    let (client, record) = client(&vendor.base).recorded();
    let failure = follow::<Submitted, _>(&client, "/x").await.unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Refused);
    assert_eq!(failure.to_string(), "the service answered 404 Not Found");
    assert_eq!((failure.header("x-fal-error-type"), failure.body().as_ref()), (Some("canary"), &b"not here"[..]));
    assert_eq!(record.status(), failure.status());
}

#[tokio::test]
async fn the_limit_holds_here_too() {
    let script = vec![Step::Request, Step::Write("HTTP/1.1 200 OK\r\n\r\n".into()), Step::Repeat("[")];
    let vendor = Mock::start([script]).await;
    let client = client_with(Config::new().max_answer_bytes(1000), &vendor.base, BODY);
    let failure = follow::<Value, _>(&client, "/x").await.unwrap_err();
    assert_eq!((failure.kind(), failure.body().len()), (FailureKind::TooLarge, 1000));
}
