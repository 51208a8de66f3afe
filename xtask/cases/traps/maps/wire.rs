//! Maps.

use std::collections::BTreeMap;

use serde_json::{Map, json};
use traps::maps::types::{Open, SubmitBody, SubmitBodyBoth, SubmitBodyFlat};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn an_object_that_takes_more_needs_no_more() {
    let server = Server::new([answer(200, json!({}))]);
    let body = SubmitBody::builder().any(Map::new()).both(SubmitBodyBoth::builder().known(Some("k".to_owned())));
    connect!(maps, server).submit().body(body).send().await.unwrap();
    assert_eq!(server.request().json(), json!({ "any": {}, "both": { "known": "k" } }));
}

#[test]
fn a_property_that_is_only_named_as_if_it_lay_beside_the_others_is_demanded() {
    assert!(SubmitBodyFlat::try_from(SubmitBodyFlat::builder()).is_err());
    assert!(SubmitBodyFlat::try_from(SubmitBodyFlat::builder().is_flattened("yes")).is_ok());
}

#[tokio::test]
async fn what_an_object_takes_beside_its_properties_is_sent() {
    let sent = json!({
        "any": {},
        "one_of_parts": { "b": "other", "c": "more" },
    });
    let server = Server::new([answer(200, json!({}))]);
    let body: SubmitBody = serde_json::from_value(sent.clone()).unwrap();
    connect!(maps, server).submit().body(body).send().await.unwrap();
    assert_eq!(server.request().json(), sent);
}

#[tokio::test]
async fn keys_of_any_name_go_both_ways() {
    let server = Server::new([answer(200, json!({ "b": { "a": "1" }, "a": "odd" }))]);
    let body = SubmitBody::builder()
        .any(Map::from_iter([("k".to_owned(), json!([1]))]))
        .typed(Some([("n".to_owned(), 1)].into()))
        .pattern(Some([("x-a".to_owned(), "p".to_owned())].into()))
        .demands(Some(Map::from_iter([("free".to_owned(), json!(true))])))
        .both(SubmitBodyBoth::builder().known(Some("k".to_owned())).extra(BTreeMap::from([("more".to_owned(), 2)])));
    let map = connect!(maps, server).submit().body(body).send().await.unwrap();
    assert_eq!(map["b"].known().unwrap().a.as_ref().unwrap().known().unwrap(), "1");
    assert_eq!(map["a"].other(), Some(&json!("odd")));
    assert_eq!(
        server.request().json(),
        json!({
            "any": { "k": [1] }, "typed": { "n": 1 }, "pattern": { "x-a": "p" }, "demands": { "free": true },
            "both": { "known": "k", "more": 2 },
        })
    );
}

#[tokio::test]
async fn what_is_described_beside_the_properties_is_a_map_of_anything() {
    let server = Server::new([answer(200, json!({ "known": "k", "else": [1], "more": null })), answer(200, json!({}))]);
    let client = connect!(maps, server);
    let open = client.open().send().await.unwrap();
    assert_eq!(open.extra["else"], json!([1]));
    let described = Open::builder().known(Some("k".to_owned())).extra(Map::from_iter([("x".to_owned(), json!({"y": 1}))]));
    client.submit().body(SubmitBody::builder().any(Map::new()).described(described)).send().await.unwrap();
    assert_eq!(server.requests()[1].json(), json!({ "any": {}, "described": { "known": "k", "x": { "y": 1 } } }));
}

#[tokio::test]
async fn what_no_part_of_an_intersection_names_goes_both_ways() {
    let sent = json!({ "any": {}, "rest": { "a": "1", "b": "2", "c": 3 } });
    let answered = json!({ "a": "1", "b": "2", "c": 3, "d": "4", "e": null });
    let server = Server::new([answer(200, json!({})), answer(200, answered.clone())]);
    let client = connect!(maps, server);
    client.submit().body(serde_json::from_value::<SubmitBody>(sent.clone()).unwrap()).send().await.unwrap();
    assert_eq!(server.request().json(), sent);
    assert_eq!(serde_json::to_value(client.rest().send().await.unwrap().into_inner()).unwrap(), answered);
}
