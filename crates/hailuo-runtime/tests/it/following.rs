//! URLs from answers: followed on the service's own origin, with the key, and nowhere else.

use hailuo_runtime::{Auth, Cause, Config, Failure, FailureKind, Lenient, follow, follow_with, reqwest::Method};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{
    client::{BODY, HEADER, KEY, QUERY, Submitted, client, client_with},
    mock::{Mock, Step, answer},
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

/// What a question leads to: the lines of what was sent, and what came of it.
async fn asked(method: Method, auth: Auth, answers: &[(&str, &str)]) -> (Vec<String>, Result<u16, u16>) {
    let script = |(status, place): &(&str, &str)| {
        let place = if place.is_empty() { String::new() } else { format!("location: {place}\r\n") };
        vec![Step::Request, Step::Write(answer(status, &place, "{}"))]
    };
    let vendor = Mock::start(answers.iter().map(script)).await;
    let client = client_with(Config::new(), &vendor.base, auth);
    let told = follow_with::<Value, _>(&client, method, "/a/b?c=d").await;
    let lines = vendor.requests().into_iter().map(|request| {
        let key = if request.header("authorization").is_empty() { "" } else { " with the key" };
        format!("{}{key}", request.line().trim_end_matches(" HTTP/1.1"))
    });
    let status = |failure: Failure| failure.status().map_or(0, |status| status.as_u16());
    (lines.collect(), told.map(|answer| answer.status.as_u16()).map_err(status))
}

#[tokio::test]
async fn a_question_is_asked_where_the_service_has_moved_it_on_its_own_origin() {
    let first = "GET /a/b?c=d with the key";
    for moved in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let answers = [(moved, "e?f=g#h"), ("200 OK", "")];
        let (lines, told) = asked(Method::GET, HEADER, &answers).await;
        assert_eq!((lines, told), (vec![first.to_owned(), "GET /a/e?f=g with the key".to_owned()], Ok(200)), "{moved}");
    }
    let (lines, told) = asked(Method::GET, QUERY, &[("307 Temporary", "/e?key=old&f=g"), ("200 OK", "")]).await;
    let key = "key=canary-key-5f3a%22b%2F%2B";
    assert_eq!((lines, told), (vec![format!("GET /a/b?c=d&{key}"), format!("GET /e?f=g&{key}")], Ok(200)));
    for (method, answers, sent, expected) in [
        (Method::GET, &[("302 Found", "/x"), ("302 Found", "/y"), ("202 Accepted", "")][..], 3, Ok(202)),
        (Method::GET, &[("302 Found", "/x"), ("422 Unprocessable", "")], 2, Err(422)),
        // What leads nowhere, to itself, or around in a circle tells nothing about what was asked for.
        (Method::GET, &[("302 Found", "/x"), ("404 Not Found", "")], 2, Err(302)),
        (Method::GET, &[("302 Found", "/x"), ("401 Unauthorized", "")], 2, Err(302)),
        (Method::GET, &[("302 Found", "/a/b?c=d")], 1, Err(302)),
        (
            Method::GET,
            &[("302 Found", "/x"), ("302 Found", "/y"), ("302 Found", "/x"), ("302 Found", "/y")],
            4,
            Err(302),
        ),
        (Method::GET, &[("302 Found", "")], 1, Err(302)),
        (Method::GET, &[("302 Found", "http://user@127.0.0.1/")], 1, Err(302)),
        (Method::GET, &[("302 Found", "#x")], 1, Err(302)),
        (Method::GET, &[("302 Found", "//other.example/x")], 1, Err(302)),
        (Method::GET, &[("302 Found", "\\\\other.example\\x")], 1, Err(302)),
        (Method::GET, &[("302 Found", "/\t/other.example/x")], 1, Err(302)),
        (Method::GET, &[("302 Found", "https:x")], 1, Err(302)),
        (Method::GET, &[("302 Found", "http://127.0.0.1:1/x")], 1, Err(302)),
        (Method::GET, &[("302 Found", "file:///x"), ("200 OK", "")], 1, Err(302)),
        // So long that no request can be made of it.
        (Method::GET, &[("302 Found", &"/x".repeat(40_000))], 1, Err(302)),
        (Method::GET, &[("302 Found", "/\u{fc}"), ("200 OK", "")], 2, Ok(200)),
        (Method::GET, &[("300 Multiple Choices", "/x")], 1, Err(300)),
        // It may have done something.
        (Method::PUT, &[("307 Temporary", "/x"), ("200 OK", "")], 1, Err(307)),
        (Method::POST, &[("308 Permanent", "/x"), ("200 OK", "")], 1, Err(308)),
        (Method::POST, &[("303 See Other", "/x"), ("200 OK", "")], 1, Err(303)),
    ] {
        let (lines, told) = asked(method.clone(), HEADER, answers).await;
        assert_eq!((lines.len(), told), (sent, expected), "{method} {answers:?}: {lines:?}");
    }
}

#[tokio::test]
async fn a_question_that_was_answered_was_sent_also_if_nobody_is_at_the_place_it_was_moved_to() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client(&format!("http://{}", listener.local_addr().unwrap()));
    let service = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        drop(listener);
        let moved = answer("302 Found", "location: /x\r\nconnection: close\r\n", "");
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
        stream.write_all(moved.as_bytes()).await.unwrap();
    };
    let (recorded, record) = client.recorded();
    let (failure, ()) = tokio::join!(follow::<Value, _>(&recorded, "/a"), service);
    assert_eq!((failure.unwrap_err().kind(), record.sent()), (FailureKind::Unanswered, true));
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
