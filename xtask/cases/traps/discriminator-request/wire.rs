//! Each branch says its word.

use serde_json::json;
use traps::discriminator_request::types;

use crate::connect;
use crate::server::Server;

#[tokio::test]
async fn branches_are_sent_with_their_own_words() {
    let server = Server::new((0..5).map(|_| (204, "", String::new())));
    let client = connect!(discriminator_request, server);
    client.create().body(types::Text::builder().prompt("p")).send().await.unwrap();
    let image = types::ImageI2v::builder().prompt("p").type_(types::ImageI2vType::I2v);
    let image = types::ImageI2v::try_from(image).unwrap();
    client.create().body(types::Job::from(image)).send().await.unwrap();
    let fast =
        types::ImageI2vFast::builder().image(Some("u".to_owned())).prompt("p").type_(types::ImageI2vFastType::I2vFast);
    let fast = types::ImageI2vFast::try_from(fast).unwrap();
    client.create().body(types::Job::from(fast)).send().await.unwrap();
    let upload = types::Upload::builder().id("1").kind(types::UploadKind::Upload).name(Some("n".to_owned()));
    let upload = types::Upload::try_from(upload).unwrap();
    client.source().body(types::SourceBody::from(upload)).send().await.unwrap();
    let bodies: Vec<_> = server.requests().iter().map(|request| request.json()).collect();
    assert_eq!(
        bodies,
        [
            json!({ "type": "t2v", "prompt": "p" }),
            json!({ "type": "i2v", "prompt": "p" }),
            json!({ "type": "i2v-fast", "prompt": "p", "image": "u" }),
            json!({ "id": "1", "kind": "Upload", "name": "n" }),
        ]
    );
}

#[test]
fn a_request_that_is_read_back_is_of_the_branch_that_its_tag_names() {
    let job: types::Job = serde_json::from_value(json!({ "type": "i2v", "prompt": "p" })).unwrap();
    assert!(matches!(job, types::Job::ImageI2v(_)));
    assert!(serde_json::from_value::<types::Job>(json!({ "prompt": "p" })).is_err());
}

#[tokio::test]
async fn branches_without_a_name_are_named_after_their_word_and_send_it() {
    let server = Server::new([(204, "", String::new())]);
    let zoom = types::InlineBodyZoom2::try_from(types::InlineBodyZoom2::builder().fast(true)).unwrap();
    connect!(discriminator_request, server).inline().body(types::InlineBody::Zoom2(zoom)).send().await.unwrap();
    assert_eq!(server.request().json(), json!({ "model": "zoom-2", "fast": true }));
}

#[tokio::test]
async fn a_branch_that_adds_its_word_to_another_schema_is_named_after_it() {
    let server = Server::new((0..2).map(|_| (204, "", String::new())));
    let client = connect!(discriminator_request, server);
    client.added().body(types::AddedBodyUrl::builder().url(Some("u".to_owned()))).send().await.unwrap();
    client.added().body(types::AddedBodyUpload::builder().name(Some("n".to_owned()))).send().await.unwrap();
    let bodies: Vec<_> = server.requests().iter().map(|request| request.json()).collect();
    assert_eq!(bodies, [json!({ "kind": "url", "url": "u" }), json!({ "kind": "upload", "name": "n" })]);
}

#[test]
fn a_request_without_tags_that_is_read_back_loses_nothing() {
    for sent in [json!({ "x": { "b": 1 } }), json!({ "x": { "a": "s" }, "y": "z" }), json!({ "x": { "b": 1 }, "z": 2 })] {
        let plain: types::PlainBody = serde_json::from_value(sent.clone()).unwrap();
        assert_eq!(serde_json::to_value(plain).unwrap(), sent);
    }
}

#[tokio::test]
async fn a_union_is_made_of_what_its_branches_are_made_of() {
    let server = Server::new((0..2).map(|_| (204, "", String::new())));
    let client = connect!(discriminator_request, server);
    let body = types::SayBody::builder().input("a").job(types::Text::builder().prompt("p"));
    client.say().body(body).send().await.unwrap();
    let body = types::SayBody::builder().input(vec!["a".to_owned()]);
    client.say().body(body).send().await.unwrap();
    let bodies: Vec<_> = server.requests().iter().map(|request| request.json()).collect();
    assert_eq!(bodies, [json!({ "input": "a", "job": { "type": "t2v", "prompt": "p" } }), json!({ "input": ["a"] })]);
}

#[tokio::test]
async fn without_a_mapping_the_words_are_those_that_the_branch_itself_has() {
    let server = Server::new((0..2).map(|_| (204, "", String::new())));
    let client = connect!(discriminator_request, server);
    client.shape().body(types::Circle::builder()).send().await.unwrap();
    client.shape().body(types::Square::builder().kind(types::SquareKind::Box)).send().await.unwrap();
    let bodies: Vec<_> = server.requests().iter().map(|request| request.json()).collect();
    assert_eq!(bodies, [json!({ "kind": "circle" }), json!({ "kind": "box" })]);
}
