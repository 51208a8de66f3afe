//! Files, by themselves and in forms.

use hailuo_runtime::File;
use traps::uploads::types::{Edit, EditChunking, UploadBody};

use crate::connect;
use crate::server::{Request, Server};

/// The parts of a form: each head without what all have, and the content.
fn parts(request: &Request) -> Vec<(String, String)> {
    let content_type = &request.headers["content-type"];
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = String::from_utf8_lossy(&request.body);
    let text = text.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    text.split(&format!("--{boundary}\r\n"))
        .skip(1)
        .map(|part| {
            let (head, content) = part.strip_suffix("\r\n").unwrap().split_once("\r\n\r\n").unwrap();
            let head = head.strip_prefix("Content-Disposition: form-data; ").unwrap();
            (head.replace("\r\nContent-Type: ", " | "), content.to_owned())
        })
        .collect()
}

#[tokio::test]
async fn a_form_with_files_goes_out_in_parts() {
    let server = Server::new([(204, "", String::new())]);
    let body = Edit::builder()
        .image(vec![File::new("a.jpg", &b"one"[..]), File::new("b", &b"two"[..])])
        .mask(Some(File::new("m", &b"mask"[..])))
        .frames(Some(vec![File::new("f.webp", &b"frame"[..])]))
        .cover(Some(File::new("c", &b"cover"[..])))
        .anything(Some(File::new("z.zip", &b"zip"[..])))
        .raw(Some(File::new("r", &b"raw"[..])))
        .sketches(Some(vec![File::new("s", &b"sketch"[..])]))
        .prompt("a fox")
        .note(Some("# n".to_owned()))
        .tags(Some(vec!["x".to_owned(), "y".to_owned()]))
        .chunking(EditChunking::builder().size(Some(3)));
    connect!(uploads, server).edit().body(body).send().await.unwrap();
    let expected = [
        ("name=\"anything\"; filename=\"z.zip\" | application/zip", "zip"),
        ("name=\"chunking\" | application/json", "{\"size\":3}"),
        ("name=\"cover\"; filename=\"c\" | image/png", "cover"),
        ("name=\"frames\"; filename=\"f.webp\" | image/webp", "frame"),
        ("name=\"image\"; filename=\"a.jpg\" | image/jpeg", "one"),
        ("name=\"image\"; filename=\"b\" | application/octet-stream", "two"),
        ("name=\"mask\"; filename=\"m\" | image/png", "mask"),
        ("name=\"note\" | text/markdown", "# n"),
        ("name=\"prompt\"", "a fox"),
        ("name=\"raw\"; filename=\"r\" | application/octet-stream", "raw"),
        ("name=\"sketches\"; filename=\"s\" | image/webp", "sketch"),
        ("name=\"tags\"", "x"),
        ("name=\"tags\"", "y"),
    ];
    assert_eq!(parts(&server.request()), expected.map(|(head, content)| (head.to_owned(), content.to_owned())));
}

#[tokio::test]
async fn a_file_goes_where_one_can() {
    let server = Server::new([(204, "", String::new())]);
    connect!(uploads, server).upload().body(UploadBody::builder().file(vec![1, 2])).send().await.unwrap();
    let expected = ("name=\"file\"; filename=\"file\" | application/octet-stream".to_owned(), "\u{1}\u{2}".to_owned());
    assert_eq!(parts(&server.request()), [expected]);
}

#[tokio::test]
async fn a_body_may_be_a_file_or_a_text() {
    let server = Server::new((0..4).map(|_| (204, "", String::new())));
    let client = connect!(uploads, server);
    client.put_image().body(File::new("a.png", &b"\x89PNG"[..])).send().await.unwrap();
    client.post_bytes().body(vec![0, 255]).send().await.unwrap();
    client.put_anything().body(File::new("a.mp4", &b"film"[..])).send().await.unwrap();
    client.post_text().body("t").send().await.unwrap();
    let sent: Vec<_> = server.requests().into_iter().map(|r| (r.headers["content-type"].clone(), r.body)).collect();
    assert_eq!(
        sent,
        [
            ("image/png".to_owned(), b"\x89PNG".to_vec()),
            ("application/octet-stream".to_owned(), vec![0, 255]),
            ("video/mp4".to_owned(), b"film".to_vec()),
            ("text/plain".to_owned(), b"t".to_vec()),
        ]
    );
}
