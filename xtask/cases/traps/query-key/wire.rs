//! The key in the query.

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn the_key_is_sent_once() {
    let server = Server::new([(204, "", String::new())]);
    connect!(query_key, server).a().page(2).send().await.unwrap();
    assert_eq!(server.request().target, "/a?page=2&api_key=secret");
}
