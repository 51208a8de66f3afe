//! Where the key stands in a request, byte for byte.

use hailuo_runtime::{Auth, Cause, Config, FailureKind, Media, json_body, reqwest};
use serde_json::json;

use crate::{
    client::{BODY, HEADER, KEY, PROMPT, QUERY, client, client_with, status, submit},
    mock::Mock,
};

#[tokio::test]
async fn a_key_in_a_header() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    submit(&client(&vendor.base)).await.unwrap();
    let request = vendor.only_request();
    let expected = json!({"prompt": PROMPT}).to_string();
    assert_eq!(request.line(), "POST /submit HTTP/1.1");
    assert_eq!(request.header("authorization"), [format!("Key {KEY}")]);
    assert_eq!(request.header("content-type"), ["application/json"]);
    assert_eq!(request.header("content-length"), [expected.len().to_string()]);
    assert_eq!(request.header("user-agent"), [concat!("hailuo/", env!("CARGO_PKG_VERSION"))]);
    assert_eq!(request.header("transfer-encoding"), [""; 0]);
    assert_eq!(request.header("api-version"), [""; 0]);
    assert_eq!(request.header("referer"), [""; 0]);
    assert_eq!(String::from_utf8_lossy(&request.body), expected);
}

#[tokio::test]
async fn a_key_in_the_body_is_its_first_property() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    let client = client_with(Config::new(), &vendor.base, BODY);
    submit(&client).await.unwrap();
    let request = vendor.only_request();
    let expected = "{\"key\":\"canary-key-5f3a\\\"b/+\",\"prompt\":\"canary prompt, \u{63a8}\u{8fdb} \\\"quoted\\\"\"}";
    assert_eq!(request.header("content-length"), [expected.len().to_string()]);
    assert_eq!(String::from_utf8_lossy(&request.body), expected);
    assert_eq!(request.header("authorization"), [""; 0]);
}

#[tokio::test]
async fn a_key_in_a_body_of_many_pieces_keeps_every_byte() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    let client = client_with(Config::new(), &vendor.base, BODY);
    let body = json!({"image": Media::bytes(vec![42; 3 << 20], "image/png"), "prompt": PROMPT});
    let (client, record) = client.recorded();
    record.outcome(client.submit(&body).await).unwrap();
    let request = vendor.only_request();
    let expected = format!("{{\"key\":{},{}", json!(KEY), &body.to_string()[1..]);
    assert_eq!(request.header("content-length"), [expected.len().to_string()]);
    assert!(request.body == expected.as_bytes());
}

#[tokio::test]
async fn a_request_without_a_body_gets_one_for_the_key() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    let (client, record) = client_with(Config::new(), &vendor.base, BODY).recorded();
    record.outcome(client.start().await).unwrap();
    let request = vendor.only_request();
    assert_eq!(request.header("content-type"), ["application/json"]);
    assert_eq!(String::from_utf8_lossy(&request.body), format!("{{\"key\":{}}}", json!(KEY)));
}

#[tokio::test]
async fn a_body_that_cannot_hold_the_key_is_not_sent() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    let (client, record) = client_with(Config::new(), &vendor.base, BODY).recorded();
    let failure = record.outcome(client.submit(&json!([PROMPT])).await).unwrap_err();
    assert_eq!((failure.kind(), failure.cause()), (FailureKind::NotSent, Cause::Request));
    assert_eq!(vendor.connections(), 0);
    assert!(!record.sent());
}

#[tokio::test]
async fn a_key_in_the_query_leaves_the_rest_as_it_is() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    status(&client_with(Config::new(), &vendor.base, QUERY), "a/b 1").await.unwrap();
    let request = vendor.only_request();
    assert_eq!(request.line(), "GET /tasks/a%2Fb%201?logs=a+b&key=canary-key-5f3a%22b%2F%2B HTTP/1.1");
    assert_eq!(request.header("authorization"), [""; 0]);
}

#[tokio::test]
async fn a_base_url_with_a_path_keeps_it() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    status(&client(&format!("{}/fal/v1/", vendor.base)), "1").await.unwrap();
    assert_eq!(vendor.only_request().line(), "GET /fal/v1/tasks/1?logs=a+b HTTP/1.1");
}

#[tokio::test]
async fn an_injected_client_keeps_its_own_headers_but_not_another_key() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-team", reqwest::header::HeaderValue::from_static("video"));
    headers.insert("authorization", reqwest::header::HeaderValue::from_static("Key somebody-else"));
    let builder = reqwest::Client::builder().default_headers(headers).user_agent("mine").tls_certs_only([]);
    submit(&client_with(Config::new().http(builder), &vendor.base, HEADER)).await.unwrap();
    let request = vendor.only_request();
    assert_eq!(request.header("x-team"), ["video"]);
    assert_eq!(request.header("user-agent"), ["mine"]);
    assert_eq!(request.header("authorization"), [format!("Key {KEY}")]);
}

#[tokio::test]
async fn a_request_for_another_origin_is_refused_by_the_hook() {
    use hailuo_runtime::progenitor_client::{ClientHooks as _, Error, OperationInfo};

    let (vendor, other) = (Mock::answering("200 OK", "", "{}").await, Mock::answering("200 OK", "", "{}").await);
    for auth in [HEADER, QUERY, BODY, Auth::header("x-key", "")] {
        let client = client_with(Config::new(), &vendor.base, auth);
        for url in [other.base.clone(), vendor.base.replace("http://", "http://user:password@")] {
            let mut request = reqwest::Request::new(reqwest::Method::POST, url.parse().unwrap());
            *request.body_mut() = Some(json_body(&json!({})).unwrap());
            let info = OperationInfo { operation_id: "submit" };
            let refused: Result<(), Error<()>> = client.pre(&mut request, &info).await;
            assert!(matches!(refused, Err(Error::Custom(_))), "{url}");
            assert!(request.headers().is_empty(), "{url}");
        }
    }
}
