//! An answer is bounded in size and time.

use std::time::Duration;

use hailuo_runtime::{AnswerTooLarge, Cause, Config, FailureKind, Lenient, progenitor_client::Error, reqwest};
use tokio::net::TcpListener;

use crate::{
    client::{HEADER, client, client_with, status, submit},
    mock::{Mock, Step, answer},
};

fn small() -> Config {
    Config::new().max_answer_bytes(64)
}

const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

#[tokio::test]
async fn an_answer_up_to_the_limit_is_read() {
    let body = format!("{{\"request_id\":\"{}\"}}", "r".repeat(64 - 17));
    assert_eq!(body.len(), 64);
    let vendor = Mock::answering("200 OK", "", &body).await;
    let answer = submit(&client_with(small(), &vendor.base, HEADER)).await.unwrap();
    assert_eq!(answer.raw, body);
}

#[tokio::test]
async fn a_larger_answer_keeps_its_status_and_its_beginning() {
    let claimed = answer("200 OK", "x-request-id: r1\r\n", &"a".repeat(65));
    let chunks = format!("{CHUNKED}40\r\n{}\r\n1\r\na\r\n0\r\n\r\n", "a".repeat(64));
    let endless = vec![Step::Request, Step::Write(CHUNKED.into()), Step::Repeat("8\r\naaaaaaaa\r\n")];
    let until_close = vec![Step::Request, Step::Write("HTTP/1.1 200 OK\r\n\r\n".into()), Step::Repeat("aaaa")];
    for script in
        [vec![Step::Request, Step::Write(claimed)], vec![Step::Request, Step::Write(chunks)], endless, until_close]
    {
        let vendor = Mock::start([script.clone()]).await;
        let failure = submit(&client_with(small(), &vendor.base, HEADER)).await.unwrap_err();
        assert_eq!((failure.kind(), failure.cause()), (FailureKind::TooLarge, Cause::Size), "{script:?}");
        assert_eq!(failure.status().map(|status| status.as_u16()), Some(200));
        assert_eq!(failure.body(), &"a".repeat(64));
        assert!(failure.request_sent());
        vendor.only_request();
    }
}

#[tokio::test]
async fn a_refusal_that_is_too_large_is_still_a_refusal() {
    let vendor = Mock::answering("422 No", "retry-after: 5\r\n", &"a".repeat(1000)).await;
    let failure = submit(&client_with(small(), &vendor.base, HEADER)).await.unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Refused);
    assert_eq!(failure.retry_after(), Some(Duration::from_secs(5)));
    assert_eq!(failure.body().len(), 64);
}

#[tokio::test]
async fn without_the_boundary_the_limit_is_in_the_chain_of_the_error() {
    let vendor = Mock::answering("200 OK", "", &"a".repeat(65)).await;
    let client = client_with(small(), &vendor.base, HEADER);
    let Err(Error::ResponseBodyError(error)) = client.submit(&serde_json::json!({})).await else {
        panic!("the body's error was expected");
    };
    let mut chain = std::iter::successors(std::error::Error::source(&error), |error| (*error).source());
    let found = chain.find_map(|error| error.downcast_ref::<AnswerTooLarge>());
    assert_eq!(found, Some(&AnswerTooLarge { limit: 64 }));
}

#[tokio::test]
async fn a_chunked_answer_is_read_whole() {
    let body = format!("{CHUNKED}6\r\n{{\"requ\r\n9\r\nest_id\":7\r\n1\r\n}}\r\n0\r\n\r\n");
    let vendor = Mock::start([vec![Step::Request, Step::Write(body)]]).await;
    let answer = submit(&client(&vendor.base)).await.unwrap();
    assert_eq!(answer.raw, r#"{"request_id":7}"#);
    assert_eq!(answer.value.request_id.and_then(Lenient::into_known).as_deref(), Some("7"));
}

#[tokio::test]
async fn an_answer_that_has_said_its_end_is_whole_however_its_connection_ends() {
    let chunk = format!("{CHUNKED}10\r\n{{\"request_id\":7}}\r\n");
    let long = answer("200 OK", "", "\u{feff} {\"request_id\":7}").replace("length: 20", "length: 30");
    let open = "HTTP/1.1 200 OK\r\n\r\n{\"request_id\":7}\n".to_owned();
    let quick = || Config::new().idle_timeout(Duration::from_millis(300));
    for body in [chunk, long, open] {
        for end in [Step::Close, Step::Silence] {
            let vendor = Mock::start([vec![Step::Request, Step::Write(body.clone()), end]]).await;
            let answer = submit(&client_with(quick(), &vendor.base, HEADER)).await.unwrap();
            assert_eq!(answer.value.request_id.and_then(Lenient::into_known).as_deref(), Some("7"), "{body}");
        }
    }
}

#[tokio::test]
async fn a_cut_chunked_answer_keeps_what_came() {
    let body = format!("{CHUNKED}f\r\n{{\"request_id\":7\r\n");
    let vendor = Mock::start([vec![Step::Request, Step::Write(body), Step::Close]]).await;
    let failure = submit(&client(&vendor.base)).await.unwrap_err();
    assert_eq!((failure.kind(), failure.cause()), (FailureKind::Unanswered, Cause::Connection));
    assert_eq!(failure.body(), r#"{"request_id":7"#);
}

#[tokio::test]
async fn silence_ends_in_a_timeout() {
    let quick = || Config::new().idle_timeout(Duration::from_millis(300));
    let head_only = Step::Write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".into());
    for (script, status) in
        [(vec![Step::Request, Step::Silence], None), (vec![Step::Request, head_only, Step::Silence], Some(200))]
    {
        let vendor = Mock::start([script]).await;
        let failure = submit(&client_with(quick(), &vendor.base, HEADER)).await.unwrap_err();
        assert_eq!((failure.kind(), failure.cause()), (FailureKind::Unanswered, Cause::Timeout), "{failure:?}");
        assert_eq!(failure.status().map(|status| status.as_u16()), status);
        vendor.only_request();
    }
    let vendor = Mock::start([vec![Step::Request, Step::Silence]]).await;
    let failure = crate::client::status(&client_with(quick(), &vendor.base, HEADER), "1").await.unwrap_err();
    assert_eq!((failure.kind(), failure.cause()), (FailureKind::Unanswered, Cause::Timeout));
}

/// Over HTTP/2 a peer says how much of a body it takes, and may never take more.
#[tokio::test]
async fn a_window_that_never_opens_ends_in_a_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let mut connection = h2::server::handshake(listener.accept().await.unwrap().0).await.unwrap();
        let mut streams = Vec::new();
        while let Some(Ok(stream)) = connection.accept().await {
            streams.push(stream);
        }
        streams.len()
    });
    let http = reqwest::Client::builder().http2_prior_knowledge().tls_certs_only([]);
    let config = Config::new().http(http).idle_timeout(Duration::from_millis(300));
    let (client, record) = client_with(config, &base, HEADER).recorded();
    let prompt = serde_json::json!({"prompt": "x".repeat(200_000)});
    let failure = record.outcome(client.submit(&prompt).await).unwrap_err();
    assert_eq!((failure.kind(), failure.cause()), (FailureKind::Unanswered, Cause::Timeout), "{failure:?}");
    drop(client);
    assert_eq!(server.await.unwrap(), 1);
}

#[tokio::test]
async fn an_answer_that_trickles_for_ever_ends_in_a_timeout() {
    let config = Config::new().answer_timeout(Duration::from_millis(300)).max_answer_bytes(usize::MAX);
    let script = vec![Step::Request, Step::Write(CHUNKED.into()), Step::Repeat("1\r\na\r\n")];
    let vendor = Mock::start([script]).await;
    let failure = submit(&client_with(config, &vendor.base, HEADER)).await.unwrap_err();
    assert_eq!((failure.kind(), failure.cause()), (FailureKind::Unanswered, Cause::Timeout));
    assert!(failure.body().iter().all(|byte| *byte == b'a'));
}

#[tokio::test]
async fn the_injected_clients_own_timeout_is_told_as_one() {
    let builder = reqwest::Client::builder().timeout(Duration::from_millis(300)).tls_certs_only([]);
    let vendor = Mock::start([vec![Step::Request, Step::Silence]]).await;
    let failure = status(&client_with(Config::new().http(builder), &vendor.base, HEADER), "1").await.unwrap_err();
    assert_eq!((failure.kind(), failure.cause()), (FailureKind::Unanswered, Cause::Timeout));
}
