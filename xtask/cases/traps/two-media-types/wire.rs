//! The media type that a JSON client can send is the one that is sent; a file goes in parts.

use hailuo_runtime::File;
use serde_json::json;
use traps::two_media_types::types::{AnyBody, BothBody, BothWithFilesBody, LikeBody};

use crate::connect;
use crate::server::{Server, json as answer};

#[tokio::test]
async fn json_is_sent_and_said() {
    let server = Server::new([(204, "", String::new()), (204, "", String::new())]);
    let client = connect!(two_media_types, server);
    client.both().body(BothBody::builder().url(Some("u".to_owned()))).send().await.unwrap();
    client.any().body(AnyBody::builder().url(Some("v".to_owned()))).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].json(), json!({ "url": "u" }));
    assert_eq!(requests[1].json(), json!({ "url": "v" }));
    assert!(requests.iter().all(|request| request.headers["content-type"] == "application/json"));
}

#[tokio::test]
async fn a_file_is_sent_in_parts_by_the_same_path() {
    let server = Server::new([(204, "", String::new()), (204, "", String::new()), answer(200, json!({}))]);
    let client = connect!(two_media_types, server);
    let file = File::new("a.png", b"bytes".to_vec());
    client.both_with_files().body(BothWithFilesBody::builder().file(file.clone())).send().await.unwrap();
    client.like_with_files().id("7").body(LikeBody::builder().files(vec![file])).send().await.unwrap();
    client.listen_with_file().tier("t").body(File::from(b"sound".to_vec())).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/both");
    assert_eq!(requests[1].target, "/likes/7");
    assert_eq!((requests[2].target.as_str(), requests[2].text()), ("/listen?tier=t", "sound"));
    assert_eq!(requests[2].headers["content-type"], "audio/mpeg");
    for request in &requests[..2] {
        assert!(request.headers["content-type"].starts_with("multipart/form-data; boundary="));
        assert!(request.text().contains("filename=\"a.png\""), "{}", request.text());
    }
}
