//! Every word of an enum can be said.

use serde_json::json;
use traps::enum_words_alike::types::{SubmitBody, SubmitBodyKind, SubmitBodyRatio, SubmitBodyStart};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn odd_words_are_sent_as_they_are() {
    let words = ["a", "", "+1", "-1", "1", "type"];
    let server = Server::new(words.map(|_| answer(200, json!({ "status": "DONE" }))));
    let client = connect!(enum_words_alike, server);
    for word in words {
        let kind = SubmitBodyKind::try_from(word).unwrap();
        let body = SubmitBody::builder().mode("slow_er").kind(Some(kind));
        let answer = client.submit().body(body).send().await.unwrap();
        assert_eq!(answer.status.as_ref().unwrap().known().unwrap(), "DONE");
    }
    for (request, word) in server.requests().iter().zip(words) {
        assert_eq!(request.json(), json!({ "mode": "slow_er", "kind": word }));
    }
}

#[tokio::test]
async fn numbers_in_a_word_stay_apart_in_its_name() {
    let server = Server::new([answer(200, json!({}))]);
    let body = SubmitBody::builder().mode("slow_er").ratio(Some(SubmitBodyRatio::X16_9));
    let body = body.start(SubmitBodyStart::try_from("end").ok());
    connect!(enum_words_alike, server).submit().body(body).send().await.unwrap();
    assert_eq!(server.request().json(), json!({ "mode": "slow_er", "ratio": "16:9", "start": "end" }));
}
