//! A limit of the vendor's is not one of the client's.

use serde_json::json;
use traps::limits::types::CreateBody;

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn what_is_out_of_bounds_can_be_sent() {
    let server = Server::new([(204, "", String::new())]);
    let body = CreateBody::builder().prompt("TOO LONG").count(0).ratio(Some(-1.0)).when(Some("never".to_owned()));
    connect!(limits, server).create().page(9).body(body).send().await.unwrap();
    assert_eq!(server.request().target, "/jobs?page=9");
    assert_eq!(server.request().json(), json!({ "prompt": "TOO LONG", "count": 0, "ratio": -1.0, "when": "never" }));
}
