//! The media type that a JSON client can send is the one that is sent.

use serde_json::json;
use traps::two_media_types::types::{AnyBody, BothBody};

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn json_is_sent_and_said() {
    let server = Server::new([(204, "", String::new()), (204, "", String::new())]);
    let client = connect!(two_media_types, server);
    client.both().body(BothBody::builder().url(Some("u".to_owned()))).send().await.unwrap();
    client.any().body(AnyBody::builder().url(Some("v".to_owned()))).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].json(), json!({ "url": "u" }));
    assert_eq!(requests[1].json(), json!({ "url": "v" }));
    assert!(requests.iter().all(|request| request.headers["content-type"] == "application/json"));
}
