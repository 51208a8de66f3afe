//! Null and nothing.

use serde_json::json;
use traps::optional_and_null::types::CreateBody;

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
