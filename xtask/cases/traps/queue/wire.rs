//! A queue from submit to result.

use serde_json::json;
use traps::queue::types::{ImageSize, VideoProInput, VideoProInputImageSize};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn a_job_goes_from_submit_to_result() {
    let server = Server::new([
        answer(200, json!({ "status": "IN_QUEUE", "request_id": "r", "queue_position": 0 })),
        answer(202, json!({ "status": "IN_PROGRESS", "request_id": "r", "logs": [{ "message": "m" }] })),
        answer(200, json!({ "video": { "url": "u" } })),
    ]);
    let client = connect!(queue, server);
    let size = ImageSize::try_from(ImageSize::builder().width(Some(1))).unwrap();
    let body = VideoProInput::builder().prompt("p").image_url("i").image_size(Some(VideoProInputImageSize::from(size)));
    let submitted = client.submit().body(body).send().await.unwrap();
    let id = submitted.request_id.as_ref().unwrap().text().unwrap();
    let status = client.status().request_id(id.as_str()).logs(1).send().await.unwrap();
    assert_eq!(status.logs.as_ref().unwrap().other(), Some(&json!([{ "message": "m" }])));
    let result = client.get_acme_video_pro_requests_by_request_id().request_id(id.as_str()).send().await.unwrap();
    let video = result.video.as_ref().unwrap().known().unwrap();
    assert_eq!(video.url.as_ref().unwrap().known().unwrap(), "u");
    let requests = server.requests();
    assert_eq!(requests[0].json(), json!({ "prompt": "p", "image_url": "i", "image_size": { "width": 1 } }));
    assert_eq!(requests[0].headers["authorization"], "Key secret");
    assert_eq!(requests[1].target, "/acme/video/pro/requests/r/status?logs=1");
}
