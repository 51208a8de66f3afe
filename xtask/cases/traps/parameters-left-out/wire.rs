//! What is left of an operation works.

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn the_parameter_that_can_be_sent_is_sent() {
    let server = Server::new([(204, "", String::new())]);
    connect!(parameters_left_out, server).optional().page(3).send().await.unwrap();
    assert_eq!(server.request().target, "/optional?page=3");
}
