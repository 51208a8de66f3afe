//! Words that are none of Rust's.

use serde_json::json;
use traps::odd_words::types::{In, OutAnswerA};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn odd_words_go_both_ways_and_the_version_is_not_sent() {
    let server = Server::new([answer(200, json!({ "a": "左移" })), (204, "", String::new()), (204, "", String::new())]);
    let client = connect!(odd_words, server);
    let out = client.submit().body(In::builder().a(Some("\"*/".to_owned()))).send().await.unwrap();
    let expected: OutAnswerA = "左移".parse().unwrap();
    assert_eq!(out.a.as_ref().unwrap().known(), Some(&expected));
    client.odd_path().id("i").send().await.unwrap();
    client.action().x("1").send().await.unwrap();
    let requests = server.requests();
    assert!(!requests[0].headers.contains_key("api-version"));
    assert_eq!(requests[1].target, "/percent%20and+plus/a:b/c(d)/i.json");
    assert_eq!(requests[2].target, "/action?do=it&x=1");
}
