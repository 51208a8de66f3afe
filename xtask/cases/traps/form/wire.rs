//! A flat form.

use traps::form::types::{FlatBody, FlatBodyMode};

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn plain_values_go_out_as_a_form_and_what_is_not_set_stays_home() {
    let server = Server::new([(204, "", String::new())]);
    let body = FlatBody::builder().prompt("a b&c").fast(Some(true)).mode(Some(FlatBodyMode::B));
    connect!(form, server).flat().body(body).send().await.unwrap();
    let request = server.request();
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.text(), "fast=true&mode=b&prompt=a+b%26c");
}
