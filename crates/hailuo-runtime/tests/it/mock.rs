//! A server that reads requests as bytes and does to its connections what it was told.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// What is done on a connection, once per request.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Reads a request's head.
    Head,
    /// Reads a request whole.
    Request,
    /// Writes these bytes.
    Write(String),
    /// Writes these bytes until the peer goes away.
    Repeat(&'static str),
    /// Closes the connection in order.
    Close,
    /// Resets the connection.
    Reset,
    /// Does nothing any more, and keeps the connection open until the peer goes away.
    Silence,
}

/// A request as it came: its head as text, its body as bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Received {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    /// All values of a header.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }

    pub(crate) fn text(&self) -> String {
        format!("{}\r\n\r\n{}", self.head, String::from_utf8_lossy(&self.body))
    }
}

#[derive(Default)]
struct Seen {
    connections: usize,
    requests: Vec<Received>,
}

pub(crate) struct Mock {
    pub(crate) base: String,
    seen: Arc<Mutex<Seen>>,
}

impl Mock {
    /// Serves the scripts, one to a request; the last goes on for ever. A script that does not close its connection
    /// is followed by the next on the same one.
    pub(crate) async fn start(scripts: impl IntoIterator<Item = Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Seen::default()));
        let scripts = Arc::new(Mutex::new(scripts.into_iter().collect::<VecDeque<_>>()));
        let shared = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                shared.lock().unwrap().connections += 1;
                tokio::spawn(serve(socket, Arc::clone(&scripts), Arc::clone(&shared)));
            }
        });
        Self { base, seen }
    }

    /// Answers every request with this status, these header lines and this body.
    pub(crate) async fn answering(status: &str, headers: &str, body: &str) -> Self {
        Self::start([vec![Step::Request, Step::Write(answer(status, headers, body))]]).await
    }

    pub(crate) fn requests(&self) -> Vec<Received> {
        self.seen.lock().unwrap().requests.clone()
    }

    pub(crate) fn only_request(&self) -> Received {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }
}

pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len())
}

async fn serve(mut socket: TcpStream, scripts: Arc<Mutex<VecDeque<Vec<Step>>>>, seen: Arc<Mutex<Seen>>) {
    loop {
        let script = {
            let mut scripts = scripts.lock().unwrap();
            if scripts.len() > 1 { scripts.pop_front() } else { scripts.front().cloned() }
        };
        for step in script.unwrap_or_default() {
            let alive = match step {
                Step::Head => receive(&mut socket, false, &seen).await.is_some(),
                Step::Request => receive(&mut socket, true, &seen).await.is_some(),
                Step::Write(text) => socket.write_all(text.as_bytes()).await.is_ok(),
                Step::Repeat(text) => {
                    while socket.write_all(text.as_bytes()).await.is_ok() {}
                    false
                }
                Step::Close => false,
                Step::Reset => {
                    socket.set_zero_linger().unwrap();
                    false
                }
                Step::Silence => {
                    while socket.read_u8().await.is_ok() {}
                    false
                }
            };
            if !alive {
                return;
            }
        }
    }
}

async fn receive(socket: &mut TcpStream, whole: bool, seen: &Mutex<Seen>) -> Option<()> {
    let mut received = Received { head: read_head(socket).await?, body: Vec::new() };
    // Noted before the body is read: half a request is one too many as well.
    let index = {
        let mut seen = seen.lock().unwrap();
        seen.requests.push(received.clone());
        seen.requests.len() - 1
    };
    if whole {
        if let Some(length) = received.header("content-length").first() {
            received.body = vec![0; length.parse().unwrap()];
            socket.read_exact(&mut received.body).await.ok()?;
        }
        seen.lock().unwrap().requests[index] = received;
    }
    Some(())
}

async fn read_head(socket: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.ok()?);
    }
    head.truncate(head.len() - 4);
    String::from_utf8(head).ok()
}
