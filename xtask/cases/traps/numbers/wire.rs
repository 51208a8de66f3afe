//! Numbers of every kind.

use serde_json::json;
use traps::numbers::types::{Size, SubmitBody, SubmitBodySaid, SubmitBodyText};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn numbers_are_written_as_they_should_be() {
    let server = Server::new([answer(200, json!({ "size": 7, "steps": 0.5 }))]);
    let body = SubmitBody::builder()
        .size(Size::try_from(6).unwrap())
        .steps(Some(0.5))
        .seed(u64::MAX)
        .said(Some(SubmitBodySaid::X6))
        .mixed(Some(json!("two")))
        .text(Some(SubmitBodyText::from(5)));
    let answer = connect!(numbers, server)
        .submit()
        .scale(2)
        .size(6)
        .x_size(10)
        .x_scale(0.25)
        .either("e")
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.size.as_ref().unwrap().other(), Some(&json!(7)));
    let request = server.request();
    assert_eq!(request.target, "/a?either=e&scale=2&size=6");
    assert_eq!((request.headers["x-size"].as_str(), request.headers["x-scale"].as_str()), ("10", "0.25"));
    assert_eq!(request.json(), json!({ "size": 6, "seed": u64::MAX, "steps": 0.5, "said": "6", "mixed": "two", "text": 5 }));
}
