//! Nothing of any branch is lost.

use serde_json::json;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn every_branch_is_read_with_all_its_fields_and_so_is_one_that_is_new() {
    let server = Server::new([
        answer(200, json!({ "status": "waiting", "position": 3, "shared": "s" })),
        answer(200, json!({ "status": "done", "url": "u", "shared": 4 })),
        answer(200, json!({ "status": "failed", "reason": "r" })),
        answer(200, json!({ "status": "paused", "url": "u" })),
    ]);
    let client = connect!(discriminator_answer, server);
    let waiting = client.job().send().await.unwrap();
    assert_eq!(waiting.position.as_ref().unwrap().known(), Some(&3));
    assert_eq!(waiting.shared, Some(json!("s")));
    let done = client.job().send().await.unwrap();
    assert_eq!(done.url.as_ref().unwrap().known().unwrap(), "u");
    assert_eq!(done.shared, Some(json!(4)));
    let failed = client.job().send().await.unwrap();
    assert_eq!(failed.reason.as_ref().unwrap().known().unwrap(), "r");
    let paused = client.job().send().await.unwrap();
    assert_eq!(paused.status.as_ref().unwrap().known().unwrap(), "paused");
}

#[tokio::test]
async fn lists_of_either_shape_are_read() {
    let server = Server::new([
        answer(200, json!({ "output": [{ "url": "u" }, { "late": true }], "either": "a" })),
        answer(200, json!({ "output": { "url": "alone" }, "either": ["a"] })),
    ]);
    let client = connect!(discriminator_answer, server);
    let both = client.inline().send().await.unwrap();
    let output = both.output.as_ref().unwrap().known().unwrap();
    assert_eq!(output[0].known().unwrap().url.as_ref().unwrap().known().unwrap(), "u");
    assert_eq!(output[1].known().unwrap().late.as_ref().unwrap().known(), Some(&true));
    assert_eq!(both.either, Some(json!("a")));
    let alone = client.inline().send().await.unwrap();
    let output = alone.output.as_ref().unwrap().known().unwrap();
    assert_eq!(output[0].known().unwrap().url.as_ref().unwrap().known().unwrap(), "alone");
}
