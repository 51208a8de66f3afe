//! The dialect is said as the vendor calls it.

use serde_json::json;
use traps::json_dialects::types::{ChangeBody, ExactBody, Patch};

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn the_media_type_is_the_vendors_own() {
    let answer = || (200, "content-type: application/vnd.acme.v2+json\r\n", json!({ "b": "x" }).to_string());
    let server = Server::new([answer(), answer(), answer()]);
    let client = connect!(json_dialects, server);
    let changed = client.change().body(ChangeBody::builder().a(Some("1".to_owned()))).send().await.unwrap();
    assert_eq!(changed.b.as_ref().unwrap().known().unwrap(), "x");
    client.exact().body(ExactBody::default()).send().await.unwrap();
    client.patch().body(Patch::builder().a(Some("2".to_owned()))).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].headers["content-type"], "application/merge-patch+json");
    assert_eq!(requests[0].json(), json!({ "a": "1" }));
    assert_eq!(requests[0].headers["accept"], "application/vnd.acme.v2+json, application/json;q=0.9");
    assert_eq!(requests[1].headers["accept"], "application/json");
    assert!(requests[1].headers["content-type"].starts_with("application/json"));
    assert_eq!(requests[2].headers["content-type"], "application/merge-patch+json");
    assert_eq!(requests[2].headers["accept"], "application/json");
}
