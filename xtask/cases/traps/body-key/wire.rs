//! The key in the body.

use serde_json::json;
use traps::body_key::types::SubmitBody;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn the_key_is_in_every_body_and_in_no_type() {
    let server = Server::new([answer(200, json!({})), (204, "", String::new()), (204, "", String::new())]);
    let client = connect!(body_key, server);
    client.submit().body(SubmitBody::builder().prompt("p")).send().await.unwrap();
    client.fetch().id("1").send().await.unwrap();
    client.bare().send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].text(), "{\"key\":\"secret\",\"prompt\":\"p\"}");
    assert_eq!(requests[1].json(), json!({ "key": "secret" }));
    assert_eq!(requests[2].json(), json!({ "key": "secret" }));
}
