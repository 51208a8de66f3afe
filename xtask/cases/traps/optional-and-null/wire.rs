//! Null and nothing.

use serde_json::json;
use traps::optional_and_null::types::{CreateBody, PartInner};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn null_is_sent_where_it_is_demanded_and_nothing_where_it_is_not() {
    let server = Server::new([answer(200, json!(null))]);
    let body = CreateBody::builder().must("m").must_null(None).part(None).may(None);
    let answer = connect!(optional_and_null, server).create().body(body).send().await.unwrap().into_inner();
    assert!(answer.is_none());
    assert_eq!(server.request().json(), json!({ "must": "m", "must_null": null, "part": null }));
}

#[tokio::test]
async fn null_is_sent_where_it_is_said_and_a_value_as_ever() {
    let server = Server::new([answer(200, json!(null)), answer(200, json!(null))]);
    let client = connect!(optional_and_null, server);
    let body = CreateBody::builder()
        .must("m")
        .must_null(None)
        .part(None)
        .may_null_null()
        .both_null2()
        .both_null("s".to_owned())
        .type_(7)
        .image_url("u".to_owned())
        .list(Some(Vec::new()))
        .nested(PartInner::builder().b("x".to_owned()));
    client.create().body(body).send().await.unwrap();
    let sent = json!({
        "must": "m", "must_null": null, "part": null, "may_null": null, "both": null, "both_null": "s", "type": 7, "imageUrl": "u", "list": [],
        "nested": { "b": "x" },
    });
    assert_eq!(server.requests()[0].json(), sent);
    let all = json!({
        "must": "m", "must_null": null, "part": null, "may_null": null, "type": null, "imageUrl": null, "list": null,
        "nested": null, "any": null, "word": null, "maybe": null,
    });
    let body: CreateBody = serde_json::from_value(all.clone()).unwrap();
    client.create().body(body).send().await.unwrap();
    assert_eq!(server.requests()[1].json(), all);
}
