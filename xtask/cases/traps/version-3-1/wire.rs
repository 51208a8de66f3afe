//! A request with every 3.1 spelling, and an answer.

use serde_json::json;
use traps::version_3_1::types::{CreateVideoBody, CreateVideoBodyKind, CreateVideoBodyScale};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn values_of_every_spelling_go_out_and_come_back() {
    let server = Server::new([answer(200, json!({ "id": "v1", "state": "new" }))]);
    let body = CreateVideoBody::builder()
        .prompt("p")
        .kind(CreateVideoBodyKind::Video)
        .seed(Some(0))
        .scale(Some(CreateVideoBodyScale::from(1.5)))
        .size(vec![1, 2]);
    let video = connect!(version_3_1, server).create_video().body(body).send().await.unwrap();
    assert_eq!(video.id, Some(json!("v1")));
    assert_eq!(video.state.as_ref().and_then(|state| state.known()).map(String::as_str), Some("new"));
    assert_eq!(
        server.request().json(),
        json!({ "prompt": "p", "kind": "video", "seed": 0, "scale": 1.5, "size": [1, 2] })
    );
}
