//! What the vendor forbids can be sent: rules are not the client's.

use serde_json::json;
use traps::cross_fields::types::{SubmitBody, SubmitBodyResolution};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn a_pair_that_is_forbidden_passes_and_every_field_is_there() {
    let server = Server::new([answer(200, json!({ "id": "1", "url": "u" }))]);
    let body = SubmitBody::builder()
        .prompt("p")
        .duration(Some(10_i64.try_into().unwrap()))
        .resolution(Some(SubmitBodyResolution::X1080p));
    let answer = connect!(cross_fields, server).submit().body(body).send().await.unwrap();
    assert_eq!(answer.url.as_ref().and_then(|url| url.known()).map(String::as_str), Some("u"));
    assert_eq!(server.request().json(), json!({ "prompt": "p", "duration": 10, "resolution": "1080P" }));
}
