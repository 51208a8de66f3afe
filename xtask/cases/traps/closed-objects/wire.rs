//! New fields.

use serde_json::json;
use traps::closed_objects::types::Job;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn a_field_that_is_new_does_not_lose_the_answer() {
    let server = Server::new([answer(
        200,
        json!({ "name": "n", "new": [], "empty": { "x": 1 }, "part": { "a": "b", "c": "d" } }),
    )]);
    let job = connect!(closed_objects, server).create().body(Job::builder().name("n")).send().await.unwrap();
    assert_eq!(job.part.as_ref().unwrap().known().unwrap().a.as_ref().unwrap().known().unwrap(), "b");
    assert_eq!(server.request().json(), json!({ "name": "n" }));
}
