//! Bad input: whatever comes over the socket gets an answer or a closed connection, and the sandbox lives on.

use std::time::Duration;

use hailuo_sandbox::{Pace, Sandbox, StartError, Vendor};
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Runtime,
};

use crate::client::{Caller, look};

/// How long it is waited before a test fails for want of an end; one that passes does not look at the clock.
const HOPELESS: Duration = Duration::from_mins(1);

/// Sends bytes, says that there are no more, and reads until the other side has no more either.
async fn exchange(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The other side may have closed already; then there is nothing to write to.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let read = tokio::time::timeout(HOPELESS, stream.read_to_end(&mut answer)).await;
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

/// What a client of each vendor sends in a healthy round.
fn healthy() -> Vec<Vec<u8>> {
    let order = r#"{"prompt":"fog","image_url":"https://example.com/a.jpg","first_frame_image":"https://example.com/a.jpg","image":"data:image/png;base64,iVBORw0KGgo=","init_image":"https://example.com/a.jpg","key":"k","model_id":"Hailuo-2.3-i2v","duration":"6","model":"hailuo/2-3-image-to-video-pro"}"#;
    [
        ("POST", "/api/v7/video-fusion/image-to-video", order),
        ("POST", "/api/v7/video-fusion/fetch/123456789", r#"{"key":"k"}"#),
        ("POST", "/fal-ai/minimax/hailuo-2.3/pro/image-to-video?fal_webhook=https%3A%2F%2Fexample.com", order),
        ("GET", "/fal-ai/minimax/requests/019e8887-52ac-4f31-88fc-1ed35f2bc8bb/status?logs=1", ""),
        ("PUT", "/fal-ai/minimax/requests/019e8887-52ac-4f31-88fc-1ed35f2bc8bb/cancel", ""),
        ("POST", "/model/v1/queue/minimax_hailuo_23_i2v", order),
        ("POST", "/v3/async/minimax-hailuo-2.3-i2v", order),
        ("GET", "/v3/async/task-result?task_id=019e8887-52ac-4f31-88fc-1ed35f2bc8bb", ""),
        ("POST", "/api/v1/videos/generations", order),
        ("GET", "/files/123456789/0.mp4", ""),
    ]
    .iter()
    .flat_map(|(method, path, body)| {
        ["Key secret-key", "Bearer secret-key"].map(|key| {
            let head = format!(
                "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: {key}\r\ncontent-type: application/json\r\n"
            );
            format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
        })
    })
    .collect()
}

/// Healthy requests one after another on one connection, with bytes changed, put in, taken out or cut off.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let damage = (any::<prop::sample::Index>(), any::<u8>(), 0_u8..4);
    (vec(prop::sample::select(healthy()), 1..4), vec(damage, 0..6)).prop_map(|(requests, damages)| {
        let mut bytes = requests.concat();
        for (at, byte, how) in damages {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        bytes
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

#[test]
fn any_damage_to_healthy_requests_gets_answers_or_a_closed_connection() {
    survives(1000, &damaged());
}

/// Goes to the n-th value below this one, depth first, and puts another in its place.
fn replace_nth(value: &mut Value, n: &mut usize, with: &Value) -> bool {
    if *n == 0 {
        *value = with.clone();
        return true;
    }
    *n -= 1;
    match value {
        Value::Object(fields) => fields.values_mut().any(|field| replace_nth(field, n, with)),
        Value::Array(items) => items.iter_mut().any(|item| replace_nth(item, n, with)),
        _ => false,
    }
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Object(fields) => fields.values().map(size).sum(),
        Value::Array(items) => items.iter().map(size).sum(),
        _ => 0,
    }
}

#[test]
fn any_damage_to_a_contract_is_an_error_or_another_contract() {
    let odd = prop::sample::select(vec![
        json!(null),
        json!(7),
        json!(-1.5),
        json!("odd"),
        json!([]),
        json!({}),
        json!({"$ref": "#/nowhere"}),
        json!({"$ref": "#"}),
        json!({"type": "object", "required": ["odd"]}),
    ]);
    let strategy = (prop::sample::select(Vendor::ALL.to_vec()), any::<prop::sample::Index>(), odd);
    let runtime = Runtime::new().unwrap();
    let config = ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&strategy, |(vendor, at, odd)| {
            let mut contract: Value = serde_json::from_str(vendor.contract()).unwrap();
            let mut n = at.index(size(&contract));
            replace_nth(&mut contract, &mut n, &odd);
            runtime.block_on(async {
                let builder = Sandbox::builder().vendors([vendor]).contract(vendor, contract.to_string());
                let sandbox = match builder.start().await {
                    Ok(sandbox) => sandbox,
                    Err(StartError::Contract(_)) => return,
                    Err(other) => panic!("{other}"),
                };
                let caller = Caller::new(&sandbox, vendor);
                for request in [caller.submit(), caller.poll("1"), caller.result("1")] {
                    look(request).await.answer();
                }
            });
            Ok(())
        })
        .unwrap();
}

/// What comes back first: the status line, or nothing.
async fn status_of(address: &str, request: &[u8]) -> String {
    let answer = exchange(address, request).await;
    String::from_utf8_lossy(&answer).lines().next().unwrap_or("closed").trim_start_matches("HTTP/1.1 ").to_owned()
}

#[tokio::test]
async fn what_no_client_should_send_is_refused_and_harms_nobody() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.url(Vendor::Fal).trim_start_matches("http://").to_owned();
    let post = |more: &str, body: &[u8]| {
        let mut request = format!(
            "POST /fal-ai/minimax/hailuo-2.3/pro/image-to-video HTTP/1.1\r\nhost: x\r\nauthorization: Key k\r\n\
             content-type: application/json\r\n{more}\r\n"
        )
        .into_bytes();
        request.extend_from_slice(body);
        request
    };
    let counted = |body: &[u8]| post(&format!("content-length: {}\r\n", body.len()), body);
    let chunked = "transfer-encoding: chunked\r\n";
    let deep = ["{\"a\":".repeat(10_000), "1".to_owned(), "}".repeat(10_000)].concat();
    for (request, status) in [
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec(), "closed"),
        (b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03".repeat(20), "400"),
        (b"TRACE / HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), "404"),
        (b"CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), "404"),
        (b"OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), "404"),
        (b"GET /a\0b HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), "400"),
        (b"GET /\xff HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), "400"),
        (b"GET /fal-ai/minimax/requests/%ff%00/status?logs=%ff&%zz HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), "404"),
        (format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(100_000)).into_bytes(), "414"),
        (format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(600_000)).into_bytes(), "431"),
        (format!("GET / HTTP/1.1\r\nhost: x\r\n{}\r\n", "x: y\r\n".repeat(5000)).into_bytes(), "431"),
        (post("content-length: -1\r\n", b"{}"), "400"),
        (post("content-length: 99999999999999999999999\r\n", b"{}"), "400"),
        (post("content-length: 2\r\ncontent-length: 3\r\n", b"{}"), "400"),
        (post("content-length: 500\r\n", b"{}"), "closed"),
        (post(chunked, b"zz\r\n{}\r\n0\r\n\r\n"), "closed"),
        (post(chunked, b"ffffffffffffffff\r\n{}"), "closed"),
        (post(&format!("{chunked}content-length: 5\r\n"), b"hello"), "closed"),
        (post(chunked, b"2;a=b\r\n{}\r\n0\r\nx: y\r\n\r\n"), "422"),
        (counted(b"{\"prompt\":\"\0\"}"), "422"),
        (counted(b"{\"prompt\":\"\xff\xfe\"}"), "422"),
        (counted(br#"{"prompt":"\ud800"}"#), "422"),
        (counted(br#"{"prompt":1e999}"#), "422"),
        (counted(b"\xef\xbb\xbf{}"), "422"),
        (counted(deep.as_bytes()), "422"),
        (counted(br#"{"prompt":"x","prompt":1,"image_url":"https://example.com/a.jpg"}"#), "422"),
        (counted(br#"{"prompt":1,"prompt":"x","image_url":"https://example.com/a.jpg"}"#), "200"),
    ] {
        let seen = status_of(&address, &request).await;
        let sent = String::from_utf8_lossy(&request[..request.len().min(200)]).into_owned();
        assert!(seen.starts_with(status), "{seen}, not {status}: {sent}");
    }
    assert_eq!(sandbox.jobs(Vendor::Fal).len(), 1);
    let order = br#"{"prompt":"x","image_url":"https://example.com/a.jpg"}"#;
    let absolute = String::from_utf8(counted(order)).unwrap().replacen("POST ", "POST http://queue.fal.run", 1);
    assert!(status_of(&address, absolute.as_bytes()).await.starts_with("200"), "a URL with a host is a URL");
    let expecting = post(&format!("expect: 100-continue\r\ncontent-length: {}\r\n", order.len()), order);
    let answer = exchange(&address, &expecting).await;
    assert!(answer.starts_with(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"));
}

#[tokio::test]
async fn many_that_never_finish_a_request_keep_nobody_else_waiting() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.url(Vendor::Fal).trim_start_matches("http://").to_owned();
    let mut slow = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\n").await.unwrap();
        slow.push(stream);
    }
    Caller::new(&sandbox, Vendor::Fal).submitted().await;
    for stream in &mut slow {
        stream.write_all(b"x: y\r\n").await.unwrap();
    }
    Caller::new(&sandbox, Vendor::Fal).submitted().await;
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
