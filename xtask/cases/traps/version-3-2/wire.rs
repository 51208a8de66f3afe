//! What is new in OpenAPI 3.2, on the wire.

use serde_json::json;
use traps::version_3_2::types::Video;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn a_whole_query_is_sent_by_its_properties_and_a_shared_media_type_is_read() {
    let server = Server::new([answer(200, json!([{ "id": "7" }])), answer(201, json!({ "id": "8" }))]);
    let client = connect!(version_3_2, server);
    let jobs = client.list().page(2).word("w").send().await.unwrap().into_inner();
    assert_eq!(serde_json::to_value(jobs).unwrap(), json!([{ "id": "7" }]));
    client.create().body(Video::builder().url("u").kind("Video")).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/jobs?page=2&word=w");
    assert_eq!(requests[1].json(), json!({ "kind": "Video", "url": "u" }));
}
