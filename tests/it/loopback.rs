//! A server for one request: keeps what it got, answers what it was told.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};

/// One listener and the answer it gives to every request.
pub(crate) struct Loopback {
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    received: JoinHandle<Vec<String>>,
    stop: tokio::sync::oneshot::Sender<()>,
}

impl Loopback {
    /// Listens and answers every request with `answer`, a whole HTTP/1.1 answer.
    pub(crate) async fn answering(answer: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, mut stopped) = tokio::sync::oneshot::channel();
        let received = tokio::spawn(async move {
            let mut received = Vec::new();
            loop {
                tokio::select! {
                    _ = &mut stopped => return received,
                    accepted = listener.accept() => {
                        let (mut socket, _) = accepted.unwrap();
                        received.push(read_request(&mut socket).await);
                        socket.write_all(answer.as_bytes()).await.unwrap();
                        socket.shutdown().await.unwrap();
                    }
                }
            }
        });
        Self { url, received, stop }
    }

    /// The requests it got.
    pub(crate) async fn received(self) -> Vec<String> {
        let _ = self.stop.send(());
        self.received.await.unwrap()
    }
}

/// An answer with a JSON body.
pub(crate) fn json(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

async fn read_request(socket: &mut tokio::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = socket.read(&mut buffer).await.unwrap();
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let length: usize = text
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(|n| n.parse().unwrap()))
            .unwrap_or_default();
        let is_whole = text.split_once("\r\n\r\n").is_some_and(|(_, body)| body.len() >= length);
        if count == 0 || is_whole {
            return text;
        }
    }
}
