//! Every property goes out and comes back under its own name.

use serde_json::{Value, json};
use traps::same_property_names::types::Odd;

use crate::connect;
use crate::server::{Server, json as answer};

fn everything() -> Value {
    json!({
        "image_url": "1", "imageUrl": "2", "image-url": "3", "type": "4", "Type": "5", "self": "6", "": "7", "-": "8",
        "1st": "9", "@id": "10", "$ref": "11", "builder": "12", "default": { "a": "13" }, "enum": "14", "const": "15",
        "example": { "b": "16" }, "try_into": "17", "clone": "18", "名前": "19", "extra": "20", "undescribed": [21],
        "more": "22",
    })
}

#[tokio::test]
async fn each_of_many_like_names_keeps_its_value() {
    let server = Server::new([answer(200, everything())]);
    let body: Odd = serde_json::from_value(everything()).unwrap();
    let odd = connect!(same_property_names, server).submit().body(body).send().await.unwrap().into_inner();
    assert_eq!(server.request().json(), everything());
    assert_eq!(serde_json::to_value(&odd).unwrap(), everything());
}
