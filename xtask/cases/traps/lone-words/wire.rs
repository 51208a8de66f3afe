//! What can be one word only says it.

use serde_json::json;
use traps::lone_words::types::{CreateBodySlow25, CreateBodySlow25Tool, CreateExtra};

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn what_must_be_given_and_can_be_one_word_only_need_not_be_given() {
    let server = Server::new((0..2).map(|_| (204, "", String::new())));
    let client = connect!(lone_words, server);
    client.create().body(CreateBodySlow25::builder().prompt("p")).send().await.unwrap();
    let all = client.create().stage("beta").flavor("plain").x_acme_version("2024-11-06").extra(CreateExtra::Only);
    all.body(CreateBodySlow25::builder().prompt("p")).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/beta/clips?flavor=plain");
    assert_eq!(requests[1].target, "/beta/clips?extra=only&flavor=plain");
    for request in requests {
        assert_eq!(request.headers["x-acme-version"], "2024-11-06");
        assert_eq!(request.json(), json!({ "model": "slow-2.5", "prompt": "p" }));
    }
}

#[tokio::test]
async fn a_property_that_can_be_one_word_only_says_it_in_any_object() {
    let server = Server::new([(204, "", String::new())]);
    let tool = CreateBodySlow25Tool::builder().name("f");
    let body = CreateBodySlow25::builder().prompt("p").tool(tool);
    connect!(lone_words, server).create().body(body).send().await.unwrap();
    assert_eq!(server.request().json()["tool"], json!({ "type": "function", "name": "f" }));
}
