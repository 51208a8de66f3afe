//! What becomes of an answer: read, refused, unreadable.

use hailuo_runtime::{Cause, FailureKind, PathSegment, Record};
use serde_json::json;

use crate::{
    client::{client, status, submit},
    mock::Mock,
};

#[tokio::test]
async fn an_answer_comes_with_status_headers_and_bytes() {
    let body = r#"{"request_id":"r1","queue_position":"3","logs":[]}"#;
    let vendor = Mock::answering("201 Created", "x-request-id: q\r\n", body).await;
    let answer = submit(&client(&vendor.base)).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.header("x-request-id")), (201, Some("q")));
    assert_eq!(answer.raw, body);
    assert_eq!(answer.value.queue_position.as_ref().and_then(|position| position.known()), Some(&3));
    assert!(answer.map(|value| value.request_id.is_some()).value);
}

#[tokio::test]
async fn an_unreadable_answer_keeps_everything() {
    for (body, cause) in [
        ("<html>canary</html>", Cause::Json),
        ("", Cause::Json),
        ("{\"request_id\":\"r1\"", Cause::Json),
        ("[\"canary\"]", Cause::Shape),
        ("\"canary\"", Cause::Shape),
        ("null", Cause::Shape),
    ] {
        let vendor = Mock::answering("200 OK", "x-request-id: q\r\n", body).await;
        let failure = submit(&client(&vendor.base)).await.unwrap_err();
        assert_eq!((failure.kind(), failure.cause()), (FailureKind::Unreadable, cause), "{body}");
        assert_eq!(failure.status().map(|status| status.as_u16()), Some(200), "{body}");
        assert_eq!((failure.header("x-request-id"), failure.body().as_ref()), (Some("q"), body.as_bytes()));
        assert!(failure.request_sent());
        let source = std::error::Error::source(&failure).map(ToString::to_string);
        assert_eq!(source.is_some_and(|source| source.starts_with("at line 1, column ")), cause == Cause::Json);
    }
}

#[tokio::test]
async fn nesting_without_end_is_unreadable_and_no_more() {
    let vendor = Mock::answering("200 OK", "", &"[".repeat(1 << 20)).await;
    let failure = submit(&client(&vendor.base)).await.unwrap_err();
    assert_eq!((failure.kind(), failure.body().len()), (FailureKind::Unreadable, 1 << 20));
    let vendor = Mock::answering("200 OK", "", &format!("{{\"a\":{}", "[".repeat(1 << 20))).await;
    assert_eq!(submit(&client(&vendor.base)).await.unwrap_err().kind(), FailureKind::Unreadable);
}

#[tokio::test]
async fn a_refusal_is_told_with_its_reasons() {
    for line in ["400 Bad", "401 Who", "402 Pay", "404 Not", "422 What", "429 Slow", "500 Oops", "502 Bad", "599 Odd"] {
        let vendor = Mock::answering(line, "retry-after: 7\r\n", "{\"detail\":\"canary\"}").await;
        let failure = status(&client(&vendor.base), "1").await.unwrap_err();
        assert_eq!((failure.kind(), failure.cause()), (FailureKind::Refused, Cause::Status), "{line}");
        assert_eq!(failure.retry_after().map(|wait| wait.as_secs()), Some(7));
        assert_eq!(failure.body(), "{\"detail\":\"canary\"}");
    }
}

#[tokio::test]
async fn a_parameter_that_climbs_is_not_sent() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    let failure = status(&client(&vendor.base), "..").await.unwrap_err();
    assert_eq!((failure.kind(), failure.cause()), (FailureKind::NotSent, Cause::Request));
    let source = std::error::Error::source(&failure).map(ToString::to_string);
    let said = "conversion to `hailuo_runtime::PathSegment` for id failed: it is empty, `.` or `..`, or has a backslash \
                or a control character";
    assert_eq!(source.as_deref(), Some(said));
    assert_eq!(vendor.connections(), 0);
    assert!(PathSegment::try_from("..").is_err());
}

/// Somebody who forgets to record a call loses bytes, but is told nothing wrong.
#[tokio::test]
async fn without_its_record_a_call_is_told_with_what_is_left() {
    let vendor = Mock::answering("422 No", "x-request-id: q\r\n", "canary").await;
    let call = client(&vendor.base);
    let failure = Record::default().outcome(call.submit(&json!({})).await).unwrap_err();
    assert_eq!((failure.kind(), failure.header("x-request-id")), (FailureKind::Refused, Some("q")));
    assert!(failure.request_sent());

    let broken = Mock::start([vec![crate::mock::Step::Request, crate::mock::Step::Reset]]).await;
    let call = client(&broken.base);
    let failure = Record::default().outcome(call.submit(&json!({})).await).unwrap_err();
    assert_eq!((failure.kind(), failure.request_sent()), (FailureKind::Unanswered, true));
}

#[tokio::test]
async fn the_future_of_a_call_can_be_spawned() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    let client = client(&vendor.base);
    let (call, follow) = (client.clone(), client.clone());
    tokio::spawn(async move { submit(&call).await.map(|_| ()) }).await.unwrap().unwrap();
    let followed = async move { hailuo_runtime::follow::<serde_json::Value, _>(&follow, "/x").await.map(|_| ()) };
    tokio::spawn(followed).await.unwrap().unwrap();
}
