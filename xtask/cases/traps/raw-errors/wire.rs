//! Errors as they came.

use hailuo_runtime::FailureKind;
use serde_json::json;
use traps::raw_errors::types::Invalid;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn status_headers_and_bytes_of_every_error_survive() {
    let server = Server::new([
        (502, "content-type: text/html\r\nx-id: a\r\n", "<html>bad gateway</html>".to_owned()),
        answer(422, json!({ "detail": [{ "msg": "too long", "input": "canary" }] })),
        (429, "retry-after: 5\r\n", String::new()),
        (307, "location: https://elsewhere.example/\r\n", String::new()),
    ]);
    let client = connect!(raw_errors, server);
    let mut failures = Vec::new();
    for _ in 0..4 {
        let (client, record) = client.recorded();
        failures.push(record.outcome(client.job().send().await).unwrap_err());
    }
    let statuses: Vec<u16> = failures.iter().map(|failure| failure.status().unwrap().as_u16()).collect();
    assert_eq!(statuses, [502, 422, 429, 307]);
    assert!(failures.iter().all(|failure| failure.kind() == FailureKind::Refused));
    assert_eq!((failures[0].header("x-id"), &failures[0].body()[..6]), (Some("a"), &b"<html>"[..]));
    let invalid: Invalid = serde_json::from_slice(failures[1].body()).unwrap();
    let detail = invalid.detail.unwrap().into_known().unwrap();
    assert_eq!(detail[0].known().unwrap().msg.as_ref().unwrap().known().unwrap(), "too long");
    assert!(!format!("{:?} {}", failures[1], failures[1]).contains("canary"));
    assert_eq!(failures[2].retry_after().unwrap().as_secs(), 5);
}
