//! What a picture of 20 MB costs in memory from its file to the socket, on top of the picture itself.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{
    error::Error,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use hailuo::{Client, Image, ImageToVideo, Submission, Vendor};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The limit, in sizes of the picture on top of the picture.
const LIMIT: f64 = 1.5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("large.png");
    let mut picture = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0".to_vec();
    picture.resize(20_000_000 - 1, 7);
    let size = picture.len();
    std::fs::write(&path, picture)?;

    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || listener.accept().map(|(stream, _)| serve(stream)));
    let client = Client::builder().key(Vendor::Fal, "any-key").base_url(Vendor::Fal, url).build()?;

    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let request = ImageToVideo::builder().image(Image::path(&path)).prompt("The fox turns its head.").build()?;
    let submission = client.submit(&request).await;
    assert!(matches!(submission, Submission::Accepted(_)), "{submission:?}");
    #[expect(clippy::cast_precision_loss, reason = "sizes of some megabytes")]
    let ratio = (ALLOCATOR.peak_usage() - before) as f64 / size as f64 - 1.0;
    println!("on top of the picture: {ratio:.2} times its size");
    assert!(ratio <= LIMIT, "{ratio:.2} is more than {LIMIT}");
    Ok(())
}

/// Reads a request into one small buffer and accepts it, so that the vendor's side costs nothing here.
fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    let (mut head, mut missing) = (Vec::new(), None);
    while missing != Some(0) {
        let count = stream.read(&mut buffer)?;
        missing = if let Some(missing) = missing {
            Some(missing - count)
        } else {
            head.extend_from_slice(&buffer[..count]);
            missing_after(&head)
        };
    }
    let body = r#"{"status":"IN_QUEUE","request_id":"7"}"#;
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// How much of the body is missing, once the head is there.
fn missing_after(received: &[u8]) -> Option<usize> {
    let text = String::from_utf8_lossy(received).to_ascii_lowercase();
    let (head, _) = text.split_once("\r\n\r\n")?;
    let length: usize = head.split("content-length: ").nth(1)?.lines().next()?.trim().parse().ok()?;
    Some(length - (received.len() - head.len() - 4))
}
