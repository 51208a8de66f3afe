//! Forms, whose lists and objects are written as OpenAPI says.

use traps::form::types::{
    EncodedBody, EncodedBodyCard, FlatBody, FlatBodyMode, NestedBody, NestedBodyAddress, Owner,
};

use crate::connect;
use crate::server::{Request, Server};

/// The pairs of a form, with nothing escaped.
fn pairs(request: &Request) -> Vec<String> {
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    let url = reqwest::Url::parse(&format!("http://a/?{}", request.text())).unwrap();
    url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect()
}

#[tokio::test]
async fn plain_values_go_out_as_a_form_and_what_is_not_set_stays_home() {
    let server = Server::new([(204, "", String::new())]);
    let body = FlatBody::builder().prompt("a b&c").fast(Some(true)).mode(Some(FlatBodyMode::B)).scale(Some(2.0));
    connect!(form, server).flat().body(body).send().await.unwrap();
    assert_eq!(server.request().text(), "fast=true&mode=b&prompt=a+b%26c&scale=2");
}

#[tokio::test]
async fn a_list_is_repeated_and_an_object_is_json() {
    let server = Server::new([(204, "", String::new())]);
    let body = NestedBody::builder()
        .list(Some(vec!["a".to_owned(), "b c".to_owned()]))
        .address(NestedBodyAddress::builder().city(Some("Oslo".to_owned())))
        .extra(std::collections::BTreeMap::from([("more".to_owned(), "m".to_owned())]));
    connect!(form, server).nested().body(body).send().await.unwrap();
    assert_eq!(pairs(&server.request()), ["address={\"city\":\"Oslo\"}", "list=a", "list=b c", "more=m"]);
}

#[tokio::test]
async fn a_property_is_encoded_as_the_form_says() {
    let server = Server::new([(204, "", String::new())]);
    let owner = Owner::builder().names(Some(vec!["n".to_owned()]));
    let card = EncodedBodyCard::builder().number(Some("4".to_owned())).owner(owner);
    let body = EncodedBody::builder()
        .bars(Some(vec!["x".to_owned(), "y".to_owned()]))
        .commas(Some(vec![1, 2]))
        .expand(Some(vec!["customer".to_owned(), "charge".to_owned()]))
        .card(card)
        .metadata(Some(std::collections::BTreeMap::from([("order".to_owned(), "6735".to_owned())]).into()))
        .points(Some(vec![3, 4]));
    connect!(form, server).encoded().body(body).send().await.unwrap();
    assert_eq!(
        pairs(&server.request()),
        [
            "bars=x|y",
            "card[number]=4",
            "card[owner][names][0]=n",
            "commas=1,2",
            "expand[0]=customer",
            "expand[1]=charge",
            "metadata[order]=6735",
            "points=[3,4]",
        ]
    );
}

#[tokio::test]
async fn a_form_without_a_field_is_no_body() {
    let server = Server::new([(204, "", String::new())]);
    connect!(form, server).nothing().send().await.unwrap();
    let request = server.request();
    assert!(request.body.is_empty() && !request.headers.contains_key("content-type"), "{request:?}");
}
