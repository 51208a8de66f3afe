//! A server on loopback that answers what it is told, in turn, and keeps what it was asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// An answer: status, headers, body.
pub type Answer = (u16, &'static str, String);

/// An answer of JSON.
pub fn json(status: u16, body: serde_json::Value) -> Answer {
    (status, "content-type: application/json\r\n", body.to_string())
}

pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Answers with each of `answers` once, and with 404 after that.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let mut answers = answers.into_iter().collect::<Vec<_>>().into_iter();
        let kept = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                if let Some(request) = read(&stream) {
                    let is_head = request.method == "HEAD";
                    kept.lock().unwrap().push(request);
                    let answer = answers.next().unwrap_or((404, "", String::new()));
                    write(stream, &answer, is_head);
                }
            }
        });
        Self { url, requests }
    }

    /// What was asked so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The only thing that was asked.
    pub fn request(&self) -> Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let mut request =
        Request { method: words.next()?.to_owned(), target: words.next()?.to_owned(), ..Request::default() };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        request.headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = request.headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    request.body = vec![0; length];
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}

fn write(mut stream: TcpStream, (status, headers, body): &Answer, is_head: bool) {
    let body_length = body.len();
    let shown = if is_head { "" } else { body };
    let _ = write!(
        stream,
        "HTTP/1.1 {status} Said\r\ncontent-length: {body_length}\r\nconnection: close\r\n{headers}\r\n{shown}"
    );
}

/// A client of a case, connected to the server with the key `secret`.
#[macro_export]
macro_rules! connect {
    ($case:ident, $server:expr) => {{
        let config = hailuo_runtime::Config::new().base_url(&$server.url);
        traps::$case::Client::connect_with(config, "secret").unwrap()
    }};
}
