//! The load generator of the benchmarks, and the sandbox that it is set on.

use std::time::Duration;

use hailuo_sandbox::{Pace, Sandbox, Vendor};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const CONNECTIONS: usize = 16;

/// A server under load: where it is, and the request that is sent to it.
pub(crate) struct Target {
    pub(crate) address: String,
    pub(crate) request: String,
}

/// Sends a batch of requests over several connections, each waiting for its answer.
pub(crate) async fn load(target: &Target, batch: usize) {
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (address, request) = (target.address.clone(), target.request.clone());
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                stream.set_nodelay(true).unwrap();
                let mut buffer = vec![0; 16 * 1024];
                for _ in 0..batch / CONNECTIONS {
                    stream.write_all(request.as_bytes()).await.unwrap();
                    read_answer(&mut stream, &mut buffer).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// Reads one answer: its head, and as many bytes as that says.
async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) {
    let mut filled = 0;
    loop {
        let read = stream.read(&mut buffer[filled..]).await.unwrap();
        assert!(read > 0, "the server has hung up");
        filled += read;
        let Some(head) = buffer[..filled].windows(4).position(|end| end == b"\r\n\r\n") else {
            continue;
        };
        let text = std::str::from_utf8(&buffer[..head]).unwrap();
        assert!(text.starts_with("HTTP/1.1 20"), "{text}");
        let length: usize =
            text.split("\r\n").find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        if filled == head + 4 + length {
            return;
        }
    }
}

/// Makes so many jobs.
pub(crate) async fn submit(sandbox: &Sandbox, jobs: usize) {
    let address = sandbox.url(Vendor::Fal).trim_start_matches("http://").to_owned();
    let body = r#"{"prompt":"a lighthouse lamp turns while fog rolls in","image_url":"https://example.com/a.jpg"}"#;
    let request = format!(
        "POST /fal-ai/minimax/hailuo-2.3/pro/image-to-video HTTP/1.1\r\nhost: {address}\r\nauthorization: Key a-key\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    load(&Target { address, request }, jobs.max(CONNECTIONS)).await;
}

/// fal alone, with jobs that wait for an hour.
pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::builder()
        .vendors([Vendor::Fal])
        .pace(Pace::time(Duration::from_hours(1)))
        .journal_limit(20_000)
        .start()
        .await
        .unwrap()
}
