//! Types that hold themselves.

use serde_json::json;
use traps::recursion::types::{Expression, Node, Partner};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn trees_go_both_ways() {
    let tree = json!({ "name": "a", "next": { "name": "b" }, "children": [{ "name": "c", "partner": { "node": { "name": "d" } } }], "nest": [[], [[]]] });
    let server = Server::new([answer(200, tree.clone()), answer(200, json!({ "not": "x" }))]);
    let client = connect!(recursion, server);
    let body: Node = serde_json::from_value(tree.clone()).unwrap();
    let node = client.submit().body(body).send().await.unwrap().into_inner();
    assert_eq!(serde_json::to_value(&node).unwrap(), tree);
    assert_eq!(server.request().json(), tree, "what is not set is not sent");
    let expression = json!({ "not": ["x", { "not": "y" }] });
    let body: Expression = serde_json::from_value(expression.clone()).unwrap();
    client.other().body(body).send().await.unwrap();
    assert_eq!(server.requests()[1].json(), expression);
}

#[tokio::test]
async fn what_holds_itself_is_made_of_what_it_holds() {
    let server = Server::new([answer(200, json!({}))]);
    let partner = Partner::builder().node(Node::builder().name("c"));
    let body = Node::builder().name("a").next(Node::builder().name("b")).partner(partner);
    connect!(recursion, server).submit().body(body).send().await.unwrap();
    let sent = json!({ "name": "a", "next": { "name": "b" }, "partner": { "node": { "name": "c" } } });
    assert_eq!(server.request().json(), sent);
}
