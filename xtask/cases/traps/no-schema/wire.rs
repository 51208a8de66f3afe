//! Any JSON goes out and comes back.

use serde_json::json;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn any_value_goes_both_ways() {
    let server = Server::new([answer(200, json!([null, { "a": 1 }]))]);
    let value = connect!(no_schema, server).anything().body(json!(["x"])).send().await.unwrap();
    assert_eq!(*value, json!([null, { "a": 1 }]));
    assert_eq!(server.request().json(), json!(["x"]));
}
