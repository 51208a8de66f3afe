//! Every answer has its own type.

use serde_json::json;
use traps::type_names::types::{SubmitBody2, SubmitBody2A};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn answers_of_like_names_keep_their_own_fields() {
    let server = Server::new([
        answer(200, json!({ "ok": "yes" })),
        answer(200, json!({ "second": "2" })),
        answer(200, json!({ "a": { "first": "1" }, "b": { "third": "3" }, "c": { "fourth": "4" } })),
    ]);
    let client = connect!(type_names, server);
    let body = SubmitBody2::builder().a(SubmitBody2A::builder().in_(Some("x".to_owned())));
    let submitted = client.submit().body(body).send().await.unwrap();
    assert_eq!(submitted.ok.as_ref().unwrap().known().unwrap(), "yes");
    let other = client.other().send().await.unwrap();
    assert_eq!(other.second.as_ref().unwrap().known().unwrap(), "2");
    let third = client.third().send().await.unwrap().into_inner();
    let (a, b, c) = (third.a.unwrap(), third.b.unwrap(), third.c.unwrap());
    assert_eq!(a.known().unwrap().first.as_ref().unwrap().known().unwrap(), "1");
    assert_eq!(b.known().unwrap().third.as_ref().unwrap().known().unwrap(), "3");
    assert_eq!(c.known().unwrap().fourth.as_ref().unwrap().known().unwrap(), "4");
    assert_eq!(server.requests()[0].json(), json!({ "a": { "in": "x" } }));
}
