//! The answers that the vendors' pages show decode through the generated clients.

use hailuo_runtime::Config;

use crate::loopback::{Loopback, json};

const ID: &str = "id-1";

async fn answering(status: &str, body: &str) -> (Loopback, Config) {
    let loopback = Loopback::answering(json(status, body)).await;
    let config = Config::new().base_url(loopback.url.clone());
    (loopback, config)
}

#[tokio::test]
async fn fal_tells_where_the_video_is() {
    let (_loopback, config) = answering("200 OK", r#"{"video":{"url":"https://example.com/v.mp4"}}"#).await;
    let (client, record) = hailuo_fal::Client::connect_with(config, "k").unwrap().recorded();
    let answer = record.outcome(client.result_pro().request_id(ID).send().await).unwrap();
    let video = answer.value.video.as_ref().unwrap().known().unwrap();
    assert_eq!(video.url.as_ref().unwrap().known().unwrap(), "https://example.com/v.mp4");
}

#[tokio::test]
async fn seaart_takes_a_job() {
    let body = r#"{"request_id":"mmsu_01","response_url":"https://cloud.seaart.ai/model/v1/queue/minimax_hailuo_23_i2v/requests/mmsu_01/response",
        "status_url":"https://cloud.seaart.ai/s","cancel_url":"https://cloud.seaart.ai/c","queue_position":0}"#;
    let (_loopback, config) = answering("200 OK", body).await;
    let (client, record) = hailuo_seaart::Client::connect_with(config, "k").unwrap().recorded();
    let request = hailuo_seaart::types::ImageToVideoRequest::builder().first_frame_image("https://example.com/a.webp");
    let answer = record.outcome(client.submit().body(request).send().await).unwrap();
    assert_eq!(answer.value.request_id.unwrap().known().unwrap(), "mmsu_01");
    assert_eq!(answer.value.queue_position.unwrap().known(), Some(&0));
}

#[tokio::test]
async fn highwayapi_takes_a_job() {
    let (_loopback, config) = answering("200 OK", r#"{"task_id":"t-1"}"#).await;
    let (client, record) = hailuo_highwayapi::Client::connect_with(config, "k").unwrap().recorded();
    let request = hailuo_highwayapi::types::ImageToVideoRequest::builder()
        .prompt("A dog runs.")
        .image("https://example.com/a.jpg");
    let answer = record.outcome(client.submit().body(request).send().await).unwrap();
    assert_eq!(answer.value.task_id.unwrap().known().unwrap(), "t-1");
}

#[tokio::test]
async fn apiinone_takes_a_job_and_refuses_one() {
    let request = || {
        hailuo_apiinone::types::ImageToVideoRequest::builder().prompt("A dog runs.").image("https://example.com/a.jpg")
    };
    let taken = r#"{"code":200,"message":"success","data":{"task_id":"n51_hailuo","status":"IN_PROGRESS"}}"#;
    let (_loopback, config) = answering("200 OK", taken).await;
    let (client, record) = hailuo_apiinone::Client::connect_with(config, "k").unwrap().recorded();
    let answer = record.outcome(client.submit().body(request()).send().await).unwrap();
    let data = answer.value.data.unwrap().into_known().unwrap();
    assert_eq!(data.task_id.unwrap().known().unwrap(), "n51_hailuo");

    let refused = r#"{"error":{"code":400,"message":"Invalid parameters","type":"invalid_request"}}"#;
    let (_loopback, config) = answering("400 Bad Request", refused).await;
    let (client, record) = hailuo_apiinone::Client::connect_with(config, "k").unwrap().recorded();
    let failure = record.outcome(client.submit().body(request()).send().await).unwrap_err();
    assert_eq!(failure.status().map(|s| s.as_u16()), Some(400));
    let error: hailuo_apiinone::types::Error = serde_json::from_slice(failure.body()).unwrap();
    let error = error.error.unwrap().into_known().unwrap();
    assert_eq!(error.code.unwrap(), 400);
}
