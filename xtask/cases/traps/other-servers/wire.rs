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

#[tokio::test]
async fn a_call_goes_where_its_own_server_is_on_the_host() {
    let server = Server::new([(204, "", String::new()), (204, "", String::new()), (204, "", String::new())]);
    let config = hailuo_runtime::Config::new().base_url(&format!("{}/v1", server.url));
    let client = traps::other_servers::Client::connect_with(config, "secret").unwrap();
    client.newer().id("a/b").send().await.unwrap();
    client.beta().send().await.unwrap();
    let _ = client.here().send().await;
    let targets: Vec<String> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/v2/tasks/a%2Fb", "/beta/beta", "/v1/here"]);
    assert_eq!(server.requests()[0].headers["authorization"], "Bearer secret");
}
