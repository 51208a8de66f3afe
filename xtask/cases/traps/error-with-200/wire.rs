//! An error that says 200.

use serde_json::json;
use traps::error_with_200::types::CreateAnswerStatus;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn an_error_that_says_200_has_its_fields() {
    let server = Server::new([
        answer(200, json!({ "status": "error", "message": { "key": ["is wrong"] } })),
        answer(200, json!({ "status": "processing", "id": 3 })),
    ]);
    let client = connect!(error_with_200, server);
    let error = client.create().send().await.unwrap();
    assert_eq!(error.status.as_ref().unwrap().known(), Some(&CreateAnswerStatus::Error));
    assert_eq!(error.message, Some(json!({ "key": ["is wrong"] })));
    let job = client.create().send().await.unwrap();
    assert_eq!(job.id.as_ref().unwrap().known(), Some(&3));
}
