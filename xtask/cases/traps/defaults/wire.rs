//! Only what was set is sent.

use serde_json::json;
use traps::defaults::types::{CreateBody, CreateBodyKind};

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn no_default_is_sent_and_an_empty_list_is() {
    let server = Server::new([(204, "", String::new()), (204, "", String::new())]);
    let client = connect!(defaults, server);
    client.create().body(CreateBody::builder().kind(CreateBodyKind::A)).send().await.unwrap();
    let body = CreateBody::builder().kind(CreateBodyKind::A).tags(Some(Vec::new()));
    client.create().body(body).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/jobs");
    assert_eq!(requests[0].json(), json!({ "kind": "a" }));
    assert_eq!(requests[1].json(), json!({ "kind": "a", "tags": [] }));
}
