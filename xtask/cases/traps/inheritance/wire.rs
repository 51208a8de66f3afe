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
