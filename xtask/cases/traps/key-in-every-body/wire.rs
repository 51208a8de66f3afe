//! A picture or several, and a state whose id is a text after all.

use serde_json::json;
use traps::key_in_every_body::types::{PostVideoImg2videoBody, PostVideoImg2videoBodyInitImage};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn a_job_is_submitted_and_fetched() {
    let server = Server::new([
        answer(200, json!({ "status": "processing", "id": "17", "output": "" })),
        answer(200, json!({ "status": "success", "id": 17, "output": "https://a.example/1.mp4" })),
    ]);
    let client = connect!(key_in_every_body, server);
    let image = PostVideoImg2videoBodyInitImage::String("https://a.example/1.png".to_owned());
    let body = PostVideoImg2videoBody::builder().init_image(image);
    let job = client.post_video_img2video().body(body).send().await.unwrap();
    assert_eq!(job.id.as_ref().unwrap().known(), Some(&17));
    assert!(job.output.as_ref().unwrap().known().unwrap().is_empty());
    let done = client.post_video_fetch_by_id().id("17").send().await.unwrap();
    let output = done.output.as_ref().unwrap().known().unwrap();
    assert_eq!(output[0].known().unwrap(), "https://a.example/1.mp4");
    let requests = server.requests();
    assert_eq!(requests[0].json(), json!({ "key": "secret", "init_image": "https://a.example/1.png" }));
    assert_eq!(requests[1].json(), json!({ "key": "secret" }));
}
