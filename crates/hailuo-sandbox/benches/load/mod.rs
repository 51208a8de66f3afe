//! The load generator of the benchmarks, and the sandbox that it is set on.

use std::time::Duration;

use hailuo_sandbox::{Pace, Sandbox, Vendor};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const CONNECTIONS: usize = 16;

/// A server under load: connections to it, and the request that is sent over them.
pub(crate) struct Load {
    request: String,
    streams: Vec<TcpStream>,
}

impl Load {
    pub(crate) async fn on(address: &str, request: String) -> Self {
        let mut streams = Vec::new();
        for _ in 0..CONNECTIONS {
            let stream = TcpStream::connect(address).await.unwrap();
            stream.set_nodelay(true).unwrap();
            streams.push(stream);
        }
        Self { request, streams }
    }

    /// Sends a batch of requests over all connections, each waiting for its answer.
    pub(crate) async fn run(&mut self, batch: usize) {
        let tasks: Vec<_> = std::mem::take(&mut self.streams)
            .into_iter()
            .map(|mut stream| {
                let request = self.request.clone();
                tokio::spawn(async move {
                    let mut buffer = [0; 4 * 1024];
                    for _ in 0..batch / CONNECTIONS {
                        stream.write_all(request.as_bytes()).await.unwrap();
                        read_answer(&mut stream, &mut buffer).await;
                    }
                    stream
                })
            })
            .collect();
        for task in tasks {
            self.streams.push(task.await.unwrap());
        }
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
        "POST /fal-ai/minimax/hailuo-2.3/pro/image-to-video HTTP/1.1\r\nhost: {address}\r\nauthorization: Key a-key-of-mine\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    Load::on(&address, request).await.run(jobs.max(CONNECTIONS)).await;
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
