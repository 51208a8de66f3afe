//! Each of several answers is read.

use serde_json::json;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn an_empty_answer_beside_one_with_a_body_is_none() {
    let server = Server::new([answer(200, json!({ "id": "a" })), (204, "", String::new())]);
    let client = connect!(several_answers, server);
    let task = client.or_empty().send().await.unwrap().into_inner().unwrap();
    assert_eq!(task.id.unwrap().known().unwrap(), "a");
    assert!(client.or_empty().send().await.unwrap().into_inner().is_none());
}

#[tokio::test]
async fn no_content_is_none_whatever_the_document_says() {
    let server = Server::new([(204, "content-type: application/json\r\n", String::new())]);
    connect!(several_answers, server).no_content().send().await.unwrap();
}

#[tokio::test]
async fn either_shape_of_a_success_is_read_without_loss() {
    let server = Server::new([answer(202, json!({ "id": 7, "position": 2 })), answer(200, json!({ "id": "seven" }))]);
    let client = connect!(several_answers, server);
    let waiting = client.two_shapes().send().await.unwrap();
    assert_eq!(waiting.status(), 202);
    assert_eq!(waiting.position.as_ref().and_then(|position| position.known()), Some(&2));
    let done = client.two_shapes().send().await.unwrap();
    assert_eq!(done.id, Some(json!("seven")));
}

#[tokio::test]
async fn a_success_that_nobody_described_is_handed_over() {
    let server = Server::new([answer(200, json!([1]))]);
    let (client, record) = connect!(several_answers, server).recorded();
    let answer = record.outcome(client.only_errors().send().await).unwrap();
    assert_eq!(answer.raw, "[1]");
}
