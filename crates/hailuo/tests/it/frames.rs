//! A vendor that speaks HTTP/2 in raw frames, in threads of its own: it opens, resets and ends streams as it is told.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PUSH_PROMISE: u8 = 5;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;

const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// The setting that says how much of a body is taken before more is allowed.
pub(crate) const WINDOW: u16 = 4;

pub(crate) const NO_ERROR: u32 = 0;
pub(crate) const INTERNAL_ERROR: u32 = 2;
pub(crate) const REFUSED_STREAM: u32 = 7;
pub(crate) const CANCEL: u32 = 8;
pub(crate) const ENHANCE_YOUR_CALM: u32 = 11;
pub(crate) const HTTP_1_1_REQUIRED: u32 = 13;

/// What is done on a stream.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Reads the request to its end; before that only its head has been read.
    Read,
    /// Reads at least so many bytes of the request's body.
    Take(usize),
    /// Changes a setting of the connection.
    Set(u16, u32),
    /// Allows so many bytes more of the request's body.
    Allow(u32),
    /// Writes an answer's head, with these headers beside its status.
    Head(u16, Vec<(&'static str, String)>),
    /// Writes a piece of an answer's body.
    Data(Vec<u8>),
    /// Ends the answer.
    End,
    /// Ends the answer with a header block.
    Trailers,
    /// Promises an answer that nobody asked for.
    Push,
    /// Asks so many times whether the other side is there.
    Ping(usize),
    /// Resets the stream.
    Rst(u32),
    /// Says that the connection ends: whether this stream is still served, why, and in which words.
    GoAway(bool, u32, &'static str),
    /// Ends its side of the connection.
    Close,
    /// Resets the connection.
    Reset,
}

/// What it is like to talk to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manners {
    /// How many streams it lets be open at a time.
    pub(crate) streams: Option<u32>,
    /// How much of a body it takes before it must be allowed more.
    pub(crate) window: Option<u32>,
    /// Whether it ever allows more.
    pub(crate) opens: bool,
}

pub(crate) const POLITE: Manners = Manners { streams: None, window: None, opens: true };

pub(crate) struct Peer {
    pub(crate) url: String,
    streams: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
}

impl Peer {
    /// Plays on each stream what `script` says of it, by its number from 0, over all connections.
    pub(crate) fn start(manners: Manners, script: impl Fn(usize) -> Vec<Act> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let peer = Self { url, streams: Arc::default(), connections: Arc::default() };
        let (streams, connections, script) =
            (Arc::clone(&peer.streams), Arc::clone(&peer.connections), Arc::new(script));
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                connections.fetch_add(1, Ordering::Relaxed);
                let (streams, script) = (Arc::clone(&streams), Arc::clone(&script));
                thread::spawn(move || {
                    drop(Line { socket, manners, taken: 0, ended: 0, is_mute: false }.serve(&streams, script.as_ref()));
                });
            }
        });
        peer
    }

    pub(crate) fn streams(&self) -> usize {
        self.streams.load(Ordering::Relaxed)
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

struct Line {
    socket: TcpStream,
    manners: Manners,
    /// How many bytes of bodies have been read.
    taken: usize,
    /// The last stream whose request was read to its end.
    ended: u32,
    /// Whether it has hung up, so that nothing is written any more.
    is_mute: bool,
}

impl Line {
    fn serve(&mut self, count: &AtomicUsize, script: &dyn Fn(usize) -> Vec<Act>) -> std::io::Result<()> {
        self.socket.set_nodelay(true)?;
        let mut preface = [0; 24];
        self.socket.read_exact(&mut preface)?;
        let mut settings = Vec::new();
        for (name, value) in [(3_u16, self.manners.streams), (4, self.manners.window)] {
            if let Some(value) = value {
                settings.extend(name.to_be_bytes());
                settings.extend(value.to_be_bytes());
            }
        }
        self.write(SETTINGS, 0, 0, &settings)?;
        loop {
            let stream = loop {
                if let (HEADERS, stream) = self.read()? {
                    break stream;
                }
            };
            for act in script(count.fetch_add(1, Ordering::Relaxed)) {
                self.play(act, stream, count)?;
            }
        }
    }

    fn play(&mut self, act: Act, stream: u32, count: &AtomicUsize) -> std::io::Result<()> {
        match act {
            Act::Read => {
                while self.ended != stream {
                    self.read()?;
                }
                Ok(())
            }
            Act::Take(bytes) => {
                let end = self.taken + bytes;
                while self.taken < end && self.ended != stream {
                    self.read()?;
                }
                Ok(())
            }
            Act::Set(name, value) => {
                self.write(SETTINGS, 0, 0, &[&name.to_be_bytes()[..], &value.to_be_bytes()].concat())
            }
            Act::Allow(bytes) => self.write(WINDOW_UPDATE, 0, stream, &bytes.to_be_bytes()),
            Act::Head(status, headers) => self.head(stream, 0, &block(status, &headers)),
            Act::Data(bytes) => bytes.chunks(16_000).try_for_each(|piece| self.write(DATA, 0, stream, piece)),
            Act::End => self.write(DATA, END_STREAM, stream, b""),
            Act::Trailers => self.head(stream, END_STREAM, &field("x-done", "yes")),
            Act::Push => {
                let path =
                    [field(":method", "GET"), field(":scheme", "http"), field(":authority", "a"), field(":path", "/")];
                self.write(PUSH_PROMISE, END_HEADERS, stream, &[&2_u32.to_be_bytes()[..], &path.concat()].concat())
            }
            Act::Ping(times) => (0..times).try_for_each(|_| self.write(PING, 0, 0, &[0; 8])),
            Act::Rst(code) => self.write(RST_STREAM, 0, stream, &code.to_be_bytes()),
            Act::GoAway(is_served, code, words) => {
                let last = if is_served { stream } else { stream - 1 };
                let parts = [&last.to_be_bytes()[..], &code.to_be_bytes(), words.as_bytes()];
                self.write(GOAWAY, 0, 0, &parts.concat())
            }
            Act::Close => {
                self.socket.shutdown(std::net::Shutdown::Write)?;
                self.is_mute = true;
                loop {
                    if self.read()?.0 == HEADERS {
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
            Act::Reset => Err(std::io::ErrorKind::ConnectionReset.into()),
        }
    }

    /// Reads a frame and does what is due at once; returns its kind and stream.
    fn read(&mut self) -> std::io::Result<(u8, u32)> {
        let mut head = [0; 9];
        self.socket.read_exact(&mut head)?;
        let [a, b, c, kind, flags, stream @ ..] = head;
        let stream = u32::from_be_bytes(stream);
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        self.socket.read_exact(&mut payload)?;
        self.taken += if kind == DATA { payload.len() } else { 0 };
        match kind {
            SETTINGS | PING if flags & ACK == 0 => {
                self.write(kind, ACK, 0, if kind == PING { &payload } else { b"" })?;
            }
            DATA if self.manners.opens && !payload.is_empty() => {
                let more = u32::try_from(payload.len()).unwrap().to_be_bytes();
                self.write(WINDOW_UPDATE, 0, 0, &more)?;
                if flags & END_STREAM == 0 {
                    self.write(WINDOW_UPDATE, 0, stream, &more)?;
                }
            }
            _ => {}
        }
        if matches!(kind, DATA | HEADERS) && flags & END_STREAM != 0 {
            self.ended = stream;
        }
        Ok((kind, stream))
    }

    fn head(&mut self, stream: u32, flags: u8, block: &[u8]) -> std::io::Result<()> {
        let mut pieces = block.chunks(16_000).peekable();
        let mut kind = HEADERS;
        while let Some(piece) = pieces.next() {
            let last = if pieces.peek().is_none() { END_HEADERS } else { 0 };
            self.write(kind, last | if kind == HEADERS { flags } else { 0 }, stream, piece)?;
            kind = CONTINUATION;
        }
        Ok(())
    }

    fn write(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> std::io::Result<()> {
        let [_, a, b, c] = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let head = [&[a, b, c, kind, flags][..], &stream.to_be_bytes()].concat();
        if self.is_mute { Ok(()) } else { self.socket.write_all(&[&head, payload].concat()) }
    }
}

/// A header block, without compression.
fn block(status: u16, headers: &[(&'static str, String)]) -> Vec<u8> {
    let rest = headers.iter().flat_map(|(name, value)| field(name, value));
    field(":status", &status.to_string()).into_iter().chain(rest).collect()
}

fn field(name: &str, value: &str) -> Vec<u8> {
    [&[0][..], &text(name), &text(value)].concat()
}

/// A text with its length in front.
fn text(text: &str) -> Vec<u8> {
    let mut length = text.len();
    let mut bytes = Vec::new();
    if length < 127 {
        bytes.push(u8::try_from(length).unwrap());
    } else {
        bytes.push(127);
        length -= 127;
        while length >= 128 {
            bytes.push(u8::try_from(length % 128).unwrap() | 128);
            length /= 128;
        }
        bytes.push(u8::try_from(length).unwrap());
    }
    bytes.extend(text.as_bytes());
    bytes
}
