//! The dialect is said as the vendor calls it.

use serde_json::json;
use traps::json_dialects::types::{ChangeBody, ExactBody};

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn the_media_type_is_the_vendors_own() {
    let answer = || (200, "content-type: application/vnd.acme.v2+json\r\n", json!({ "b": "x" }).to_string());
    let server = Server::new([answer(), answer()]);
    let client = connect!(json_dialects, server);
    let changed = client.change().body(ChangeBody::builder().a(Some("1".to_owned()))).send().await.unwrap();
    assert_eq!(changed.b.as_ref().unwrap().known().unwrap(), "x");
    client.exact().body(ExactBody::default()).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].headers["content-type"], "application/merge-patch+json");
    assert_eq!(requests[0].json(), json!({ "a": "1" }));
    assert!(requests[1].headers["content-type"].starts_with("application/json"));
}
