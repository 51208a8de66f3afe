//! New words.

use serde_json::json;
use traps::open_enum::types::{CreateBody, CreateBodySize, Status};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn a_word_that_is_new_survives_and_the_others_are_known() {
    let server = Server::new([answer(
        200,
        json!({ "status": "paused", "open": "whatever", "history": ["queued", "lost", null, 5] }),
    )]);
    let body = CreateBody::builder().model(Some("ultra".to_owned())).size(Some(CreateBodySize::L));
    let job = connect!(open_enum, server).create().body(body).send().await.unwrap();
    assert_eq!(job.status.as_ref().unwrap().other(), Some(&json!("paused")));
    assert_eq!(job.open.as_ref().unwrap().known().unwrap(), "whatever");
    let history = job.history.as_ref().unwrap().known().unwrap();
    assert_eq!(history[0].known(), Some(&Status::Queued));
    assert_eq!(history[1].text().unwrap(), "lost");
    assert_eq!(history.len(), 4);
    assert_eq!(server.request().json(), json!({ "model": "ultra", "size": "l" }));
}
