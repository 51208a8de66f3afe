//! An answer that no document describes.

use crate::connect;
use crate::server::{Server, json};

#[tokio::test]
async fn an_answer_that_is_not_described_is_handed_over() {
    let server = Server::new([json(201, serde_json::json!({ "id": 1 })), (204, "", String::new())]);
    let client = connect!(no_responses, server);
    let record = client.none().send().await.unwrap();
    assert_eq!(record.status(), 201);
    client.empty().send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}
