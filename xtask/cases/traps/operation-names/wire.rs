//! Operations of any name.

use traps::operation_names::types::Result as Body;

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn operations_named_like_rusts_own_types_are_called() {
    let server = Server::new((0..4).map(|_| (200, "", "{\"a\":\"b\"}".to_owned())));
    let client = connect!(operation_names, server);
    assert_eq!(client.result().send().await.unwrap().a.as_ref().unwrap().known().unwrap(), "b");
    client.error().option("o").send().await.unwrap();
    client.option().string("s").send().await.unwrap();
    client.post_from().body(Body::builder().a(Some("c".to_owned()))).send().await.unwrap();
    let targets: Vec<String> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/result", "/error?option=o", "/option?string=s", "/from"]);
}
