//! Bad input: whatever comes over the socket gets an answer or a closed connection, and the sandbox lives on.

use std::time::Duration;

use hailuo_sandbox::{Pace, Sandbox, Vendor};
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Runtime,
};

use crate::client::Caller;

/// Sends bytes, says that there are no more, and reads until the other side has no more either.
async fn exchange(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The other side may have closed already; then there is nothing to write to.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    assert!(read.is_ok(), "neither an answer nor an end: {}", String::from_utf8_lossy(bytes));
    answer
}

fn requests() -> impl Strategy<Value = Vec<u8>> {
    let word = "[ -~]{0,12}";
    let method = prop_oneof!["GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS", word];
    let path = prop_oneof![
        "/[a-z0-9./%{}-]{0,40}",
        "/fal-ai/minimax/requests/[a-z0-9%./-]{0,12}(/status|/cancel)?",
        "/v3/async/task-result\\?task_id=[a-z0-9%&=+]{0,12}",
        "/files/[a-z0-9./%-]{0,12}",
        word,
    ];
    let headers = vec(
        prop_oneof![
            Just("authorization: Key secret-key".to_owned()),
            Just("authorization: Bearer".to_owned()),
            Just("content-type: application/json".to_owned()),
            Just("transfer-encoding: chunked".to_owned()),
            Just("range: bytes=5-".to_owned()),
            Just("expect: 100-continue".to_owned()),
            "content-length: [0-9]{1,12}",
            "[a-zA-Z-]{1,10}: [ -~]{0,20}",
        ],
        0..6,
    );
    let body = prop_oneof![
        vec(any::<u8>(), 0..60),
        r#"\{("(prompt|key|image|duration)":("[ -~&&[^"\\]]{0,9}"|[0-9]{1,30}|null|\[\]),?){0,4}\}?"#
            .prop_map(String::into_bytes),
        "[\\[{]{0,300}".prop_map(String::into_bytes),
    ];
    (method, path, headers, body, any::<bool>()).prop_map(|(method, path, headers, body, counted)| {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: x\r\n").into_bytes();
        for header in headers {
            request.extend_from_slice(header.as_bytes());
            request.extend_from_slice(b"\r\n");
        }
        if counted {
            request.extend_from_slice(format!("content-length: {}\r\n", body.len()).as_bytes());
        }
        request.extend_from_slice(b"\r\n");
        request.extend_from_slice(&body);
        request
    })
}

/// Sends everything that a strategy makes to every host, then sees that an ordinary round still works.
fn survives(cases: u32, strategy: &impl Strategy<Value = Vec<u8>>) {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start_blocking().unwrap();
    let runtime = Runtime::new().unwrap();
    let mut hosts: Vec<_> = Vendor::ALL.iter().map(|vendor| sandbox.url(*vendor)).collect();
    hosts.push(sandbox.files_url(Vendor::Fal));
    hosts.push(sandbox.elsewhere_url().replace("localhost", "127.0.0.1"));
    let addresses: Vec<_> = hosts.iter().map(|url| url.split('/').nth(2).unwrap().to_owned()).collect();
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&(strategy, 0..addresses.len()), |(bytes, host)| {
            runtime.block_on(exchange(&addresses[host], &bytes));
            Ok(())
        })
        .unwrap();
    runtime.block_on(async {
        for vendor in Vendor::ALL {
            let caller = Caller::new(&sandbox, vendor);
            caller.finished(&caller.submitted().await).await;
        }
    });
    assert!(sandbox.received() > 0);
    assert_eq!(sandbox.mismatches(), []);
}

#[test]
fn any_bytes_get_an_answer_or_a_closed_connection() {
    survives(300, &vec(any::<u8>(), 0..200));
}

#[test]
fn any_request_gets_an_answer_or_a_closed_connection() {
    survives(1000, &requests());
}

#[tokio::test]
async fn a_deeply_nested_body_is_refused_and_harms_nobody() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.url(Vendor::Fal).trim_start_matches("http://").to_owned();
    let body = "[".repeat(100_000);
    let request = format!(
        "POST /fal-ai/minimax/hailuo-2.3/pro/image-to-video HTTP/1.1\r\nhost: x\r\nauthorization: Key k\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
}
