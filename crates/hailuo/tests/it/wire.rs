//! A vendor in raw bytes: it reads requests and writes what it was told, byte for byte, in threads of its own.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// What is written on a connection after a request, before it is closed.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    pub(crate) bytes: Vec<u8>,
    /// Whether each byte is a packet of its own.
    pub(crate) drips: bool,
    /// Whether the connection is closed only once another request has come, which is not answered.
    pub(crate) lingers: bool,
}

impl From<Vec<u8>> for Wire {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, drips: false, lingers: false }
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    lines: Arc<Mutex<Vec<String>>>,
    closed: Arc<AtomicUsize>,
}

impl Server {
    /// Answers each request by its line: `GET /path HTTP/1.1`.
    pub(crate) fn start(answer: impl Fn(&str) -> Wire + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let lines = Arc::new(Mutex::new(Vec::new()));
        let closed = Arc::new(AtomicUsize::new(0));
        let (log, count, answer) = (Arc::clone(&lines), Arc::clone(&closed), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, count, answer) = (Arc::clone(&log), Arc::clone(&count), Arc::clone(&answer));
                thread::spawn(move || {
                    drop(serve(stream, &log, answer.as_ref()));
                    count.fetch_add(1, Ordering::Relaxed);
                });
            }
        });
        Self { url, lines, closed }
    }

    /// Waits until it has closed so many connections.
    pub(crate) fn wait_closed(&self, connections: usize) {
        while self.closed.load(Ordering::Relaxed) < connections {
            thread::yield_now();
        }
    }

    /// How many requests of a method came.
    pub(crate) fn count(&self, method: &str) -> usize {
        self.lines.lock().unwrap().iter().filter(|line| line.starts_with(method)).count()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<String>>, answer: &dyn Fn(&str) -> Wire) -> std::io::Result<()> {
    let (mut received, mut buffer) = (Vec::new(), [0; 4096]);
    let line = loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        received.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&received);
        let Some((head, _)) = text.split_once("\r\n\r\n") else { continue };
        let lower = head.to_ascii_lowercase();
        let length = lower.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.trim().parse().ok());
        if received.len() >= head.len() + 4 + length.unwrap_or(0) {
            break head.lines().next().unwrap_or_default().to_owned();
        }
    };
    log.lock().unwrap().push(line.clone());
    let Wire { bytes, drips, lingers } = answer(&line);
    if drips {
        stream.set_nodelay(true)?;
        for byte in bytes {
            stream.write_all(&[byte])?;
            thread::yield_now();
        }
    } else {
        stream.write_all(&bytes)?;
    }
    if lingers {
        let _ = stream.read(&mut buffer)?;
    }
    Ok(())
}

/// A healthy answer.
pub(crate) fn plain(body: &[u8]) -> Vec<u8> {
    with("HTTP/1.1 200 OK", "content-type: application/json\r\n", body)
}

/// An answer with a length.
pub(crate) fn with(line: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("{line}\r\n{headers}content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// An answer that ends where the connection ends.
pub(crate) fn open(line: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("{line}\r\n{headers}\r\n").as_bytes(), body].concat()
}

/// An answer in pieces of seven bytes, with a trailer.
pub(crate) fn chunked(body: &[u8]) -> Vec<u8> {
    let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Done\r\n\r\n".to_vec();
    for piece in body.chunks(7) {
        bytes.extend(format!("{:X};note=\"x\"\r\n", piece.len()).bytes());
        bytes.extend(piece);
        bytes.extend(b"\r\n");
    }
    bytes.extend(b"0\r\nX-Done: yes\r\n\r\n");
    bytes
}

/// gzip in one block that is stored as it is.
pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    let mut bytes = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    bytes.extend(length.to_le_bytes());
    bytes.extend((!length).to_le_bytes());
    bytes.extend(body);
    let crc = !body.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    bytes.extend(crc.to_le_bytes());
    bytes.extend(u32::from(length).to_le_bytes());
    bytes
}

/// A bare deflate stream of one stored block.
pub(crate) fn deflate(body: &[u8]) -> Vec<u8> {
    let packed = gzip(body);
    packed[10..packed.len() - 8].to_vec()
}
