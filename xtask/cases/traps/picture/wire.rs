//! Pictures by URL and from memory.

use hailuo_runtime::Media;
use serde_json::json;
use traps::picture::types::SubmitBody;

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn pictures_are_sent_as_urls() {
    let server = Server::new([answer(200, json!({ "video": "https://v.example/1.mp4" }))]);
    let bytes = Media::bytes(vec![1_u8, 2, 3], "image/png");
    let body = SubmitBody::builder().image("https://a.example/1.png").first(None).images(Some(vec![bytes]));
    connect!(picture, server).submit().body(body).send().await.unwrap();
    assert_eq!(
        server.request().json(),
        json!({ "image": "https://a.example/1.png", "first": null, "images": ["data:image/png;base64,AQID"] })
    );
}
