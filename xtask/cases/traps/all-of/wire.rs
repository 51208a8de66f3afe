//! Everything of every part.

use serde_json::json;
use traps::all_of::types::{SubmitBody, SubmitBodyMode};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn the_fields_of_all_parts_go_both_ways() {
    let server = Server::new([answer(
        200,
        json!({ "name": "n", "size": { "w": 1, "h": 2 }, "clash": [], "h": 3, "again": { "h": 4 } }),
    )]);
    let body = SubmitBody::builder().name("n").extra("e").optional(1).mode(Some(SubmitBodyMode::B));
    let whole = connect!(all_of, server).submit().body(body).send().await.unwrap();
    let size = whole.size.as_ref().unwrap().known().unwrap();
    assert_eq!((size.w.as_ref().unwrap().known(), size.h.as_ref().unwrap().known()), (Some(&1), Some(&2)));
    assert_eq!(whole.h.as_ref().unwrap().known(), Some(&3));
    assert_eq!(whole.again.as_ref().unwrap().known().unwrap().h.as_ref().unwrap().known(), Some(&4));
    assert_eq!(server.request().json(), json!({ "name": "n", "extra": "e", "optional": 1, "mode": "b" }));
}
