//! What is sent beside the key.

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn the_other_keys_are_sent_where_they_belong() {
    let server = Server::new((0..3).map(|_| (200, "", String::new())));
    let client = connect!(several_keys, server);
    client.both().x_app_id("a 1").account("b").send().await.unwrap();
    client.either().account(7).send().await.unwrap();
    client.twice().send().await.unwrap();
    let requests = server.requests();
    assert_eq!((requests[0].target.as_str(), requests[0].headers["x-app-id"].as_str()), ("/both?account=b", "a 1"));
    assert_eq!(requests[1].target, "/either?account=7");
    assert!(!requests[1].headers.contains_key("x-app-id"));
    assert!(requests.iter().all(|request| request.headers["authorization"].starts_with("Bearer ")));
}
