//! Each side has its own fields.

use serde_json::json;
use traps::read_only_write_only::types::{Job, More, Part};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn what_only_the_vendor_sets_is_answered_and_not_sent() {
    let server = Server::new([answer(200, json!({ "id": "7", "name": "n", "parts": [{ "size": 3 }] }))]);
    let part = Part::try_from(Part::builder()).unwrap();
    let body = Job::builder().name("n").secret("s").parts(Some(vec![part]));
    let job = connect!(read_only_write_only, server).create().body(body).send().await.unwrap();
    assert_eq!(job.id.as_ref().unwrap().known().unwrap(), "7");
    let parts = job.parts.as_ref().unwrap().known().unwrap();
    assert_eq!(parts[0].known().unwrap().size.as_ref().unwrap().known(), Some(&3));
    assert_eq!(server.request().json(), json!({ "name": "n", "secret": "s", "parts": [{}] }));
}

#[tokio::test]
async fn what_one_part_says_only_the_vendor_sets_no_other_part_demands() {
    let server = Server::new([(204, "", String::new())]);
    connect!(read_only_write_only, server).more().body(More::builder().name("n").secret("s")).send().await.unwrap();
    assert_eq!(server.request().json(), json!({ "name": "n", "secret": "s" }));
}
