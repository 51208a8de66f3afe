//! Branches that inherit.

use serde_json::json;
use traps::inheritance::types;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn a_branch_has_its_own_word_and_the_fields_of_its_base() {
    let server = Server::new([answer(200, json!({ "petType": "dog", "name": "Rex" }))]);
    let dog = types::Dog::builder().bark(true).name(Some("Rex".to_owned())).pet_type(types::DogPetType::Dog);
    let dog = types::Dog::try_from(dog).unwrap();
    let pet = connect!(inheritance, server).add().body(types::AddBody::from(dog)).send().await.unwrap();
    assert_eq!(pet.name.as_ref().unwrap().known().unwrap(), "Rex");
    assert_eq!(server.request().json(), json!({ "petType": "dog", "name": "Rex", "bark": true }));
}

#[tokio::test]
async fn a_union_of_heirs_goes_by_what_their_base_says_of_them() {
    let server = Server::new((0..2).map(|_| (204, "", String::new())));
    let client = connect!(inheritance, server);
    client.draw().body(types::Square::builder().side(Some(2))).send().await.unwrap();
    // Where the base has no words for them, the word is the caller's to say.
    client.feed().body(types::Hen::builder().kind("hen").eggs(Some(1))).send().await.unwrap();
    let bodies: Vec<_> = server.requests().iter().map(|request| request.json()).collect();
    assert_eq!(bodies, [json!({ "kind": "square", "side": 2 }), json!({ "kind": "hen", "eggs": 1 })]);
}
