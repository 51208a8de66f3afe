//! Methods that are rare.

use serde_json::json;
use traps::head_and_options::types::RemoveBody;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn rare_methods_are_sent() {
    let server =
        Server::new([answer(200, json!({ "a": 1 })), answer(200, json!({ "a": "b" })), (204, "", String::new())]);
    let client = connect!(head_and_options, server);
    client.check().send().await.unwrap();
    let said = client.ask().x("1").send().await.unwrap();
    assert_eq!(said.a.as_ref().unwrap().known().unwrap(), "b");
    client.remove().body(RemoveBody::builder().why(Some("w".to_owned()))).send().await.unwrap();
    let requests = server.requests();
    let calls: Vec<String> = requests.iter().map(|r| format!("{} {}", r.method, r.target)).collect();
    assert_eq!(calls, ["HEAD /a", "OPTIONS /a?x=1", "DELETE /a"]);
    assert_eq!(requests[2].text(), "{\"why\":\"w\"}");
}
