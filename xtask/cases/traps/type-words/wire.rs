//! Types of any name.

use serde_json::json;
use traps::type_words::types::{Self_, String as Text, Vec as List};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn types_named_like_rusts_own_are_sent_and_read() {
    let server = Server::new([answer(
        200,
        json!({ "a": { "a": "1" }, "c": { "a": { "a": {} } }, "d": "Ok", "m": { "a": "2" } }),
    )]);
    let list = List::builder().string(Text::builder().option(Some("o".to_owned())));
    let list = List::try_from(list).unwrap();
    let body = Self_::builder().vec(list).ok(Some(vec!["x".to_owned()].into()));
    let everything = connect!(type_words, server).submit().body(body).send().await.unwrap().into_inner();
    assert!(everything.c.unwrap().known().unwrap().a.as_ref().unwrap().known().unwrap().a.is_some());
    assert_eq!(server.request().json(), json!({ "vec": { "string": { "option": "o" } }, "ok": ["x"] }));
}
