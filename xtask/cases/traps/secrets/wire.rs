//! What is printed for debugging.

use serde_json::json;
use traps::secrets::types::{SubmitBody, SubmitBodyEither, SubmitBodyPart};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn no_text_of_a_request_and_no_key_is_printed() {
    let server = Server::new([answer(200, json!({ "echo": "canary" }))]);
    let client = connect!(secrets, server);
    let part = SubmitBodyPart::builder().text(Some("canary".to_owned()));
    let builder = SubmitBody::builder()
        .prompt("canary")
        .count(Some(7))
        .words(Some(vec!["canary".to_owned()].into()))
        .any(Some(json!("canary")))
        .either(Some(SubmitBodyEither::String("canary".to_owned())))
        .part(part);
    let printed = format!("{builder:?}");
    let body = SubmitBody::try_from(builder).unwrap();
    let shown = format!("{body:?}");
    let call = client.submit().id("canary").q("canary").body(body);
    let printed = format!("{printed} {shown} {call:?} {client:?}");
    let answer = call.send().await.unwrap().into_inner();
    let printed = format!("{printed} {answer:?}");
    assert!(!printed.contains("canary") && !printed.contains("secret"), "{printed}");
    assert!(shown.contains("count: Some(7)"), "{shown}");
}
