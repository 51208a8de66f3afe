//! The header of an answer.

use serde_json::json;

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn the_headers_of_an_answer_are_there_and_the_key_is_where_it_belongs() {
    let server = Server::new([(200, "x-request-id: r1\r\n", json!({}).to_string())]);
    let (client, record) = connect!(other_servers, server).recorded();
    let answer = record.outcome(client.here().send().await).unwrap();
    assert_eq!(answer.header("x-request-id"), Some("r1"));
    assert_eq!(server.request().headers["authorization"], "Bearer secret");
}
