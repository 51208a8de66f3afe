//! What is written on a connection, and when: an answer that keeps to HTTP, bends it, or breaks it.

use std::fmt;

use super::body::Body;
use crate::wire::{deflate, gzip};

/// One answer, as data.
#[derive(Clone)]
pub(super) struct Reply {
    pub(super) when: When,
    pub(super) interim: Vec<&'static str>,
    pub(super) version: &'static str,
    pub(super) code: &'static str,
    pub(super) reason: &'static str,
    pub(super) headers: Vec<Header>,
    pub(super) framing: Framing,
    pub(super) coding: Coding,
    pub(super) body: Body,
    pub(super) pace: Pace,
    /// How many thousandths of it are written, if not all.
    pub(super) cut: Option<usize>,
    pub(super) end: End,
}

/// How much of the request is read before the answer is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum When {
    Read,
    HeadRead,
    Unread,
    /// Never: whoever connects is hung up on.
    Never,
}

/// A line of the head, without its end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    pub(super) line: String,
    /// Whether it is one that HTTP allows, and no other header contradicts.
    pub(super) is_sound: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Framing {
    Length,
    Pieces(usize),
    /// To the end of the connection.
    Open,
    /// From here on, what is stated is wrong, or says nothing sure.
    TooShort(usize),
    TooLong(usize),
    Twice,
    Contradicted,
    Both,
    BadLength(&'static str),
    BadPiece(&'static str),
    Endless,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Coding {
    None,
    Gzip,
    Deflate,
    /// Says so, and is not.
    Claimed(&'static str),
    CutGzip,
}

/// How the bytes are spread over packets and time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pace {
    AtOnce,
    ByteByByte,
    Halves(usize),
    /// Seconds between the two halves.
    Pause(u64),
}

/// What becomes of the connection afterwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum End {
    Kept,
    Closed,
    Reset,
}

impl Reply {
    /// Everything that would be written if nothing was cut.
    pub(super) fn whole(&self) -> Vec<u8> {
        let (framing, body) = self.framed();
        let mut head = self.interim.concat();
        head += [self.version, " ", self.code, self.reason, "\r\n"].concat().as_str();
        for line in self
            .headers
            .iter()
            .map(|header| header.line.as_str())
            .chain(self.coded())
            .chain(framing.iter().map(String::as_str))
        {
            head += line;
            head += "\r\n";
        }
        [head.as_bytes(), b"\r\n", &body].concat()
    }

    /// What is written.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.whole();
        if let Some(thousandths) = self.cut {
            bytes.truncate(bytes.len() * thousandths / 1000);
        }
        bytes
    }

    /// Whether a client that reads correctly has all of it, status, headers and body.
    pub(super) fn arrives_whole(&self) -> bool {
        let is_framed = match self.framing {
            Framing::Length | Framing::Pieces(_) => true,
            Framing::Open => self.end == End::Closed,
            _ => false,
        };
        self.when == When::Read
            && self.has_sound_head()
            && is_framed
            && !matches!(self.code, "204" | "304")
            && matches!(self.coding, Coding::None | Coding::Gzip | Coding::Deflate)
            && self.cut.is_none()
            && self.end != End::Reset
            && !matches!(self.pace, Pace::Pause(100..))
    }

    /// Whether status and headers are such that a client can tell what they say.
    fn has_sound_head(&self) -> bool {
        let is_old = self.version == "HTTP/1.0";
        (self.version == "HTTP/1.1" || is_old && !matches!(self.framing, Framing::Pieces(_)))
            && matches!(self.code.parse(), Ok(200_u16..=999))
            && self.headers.iter().all(|header| header.is_sound)
    }

    /// The header's value, wherever it is.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|header| {
            let (found, value) = header.line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    fn coded(&self) -> Option<&str> {
        match self.coding {
            Coding::None => None,
            Coding::Gzip | Coding::CutGzip => Some("Content-Encoding: gzip"),
            Coding::Deflate => Some("Content-Encoding: deflate"),
            Coding::Claimed(line) => Some(line),
        }
    }

    fn framed(&self) -> (Vec<String>, Vec<u8>) {
        let plain = self.body.bytes();
        let body = match self.coding {
            Coding::Gzip => gzip(&plain),
            Coding::CutGzip => gzip(&plain)[..plain.len() / 2 + 9].to_vec(),
            Coding::Deflate => deflate(&plain),
            _ => plain,
        };
        let length = body.len();
        let stated = |length: usize| vec![format!("Content-Length: {length}")];
        let in_pieces = || vec!["Transfer-Encoding: chunked".to_owned()];
        match self.framing {
            Framing::Length => (stated(length), body),
            Framing::Pieces(size) => (in_pieces(), pieces(&body, size, true)),
            Framing::Open => (Vec::new(), body),
            Framing::TooShort(by) => (stated(length.saturating_sub(by)), body),
            Framing::TooLong(by) => (stated(length + by), body),
            Framing::Twice => ([stated(length), stated(length)].concat(), body),
            Framing::Contradicted => ([stated(length), stated(length + 1)].concat(), body),
            Framing::Both => ([stated(3), in_pieces()].concat(), pieces(&body, 50, true)),
            Framing::BadLength(text) => (vec![format!("Content-Length: {text}")], body),
            Framing::BadPiece(line) => (in_pieces(), [&pieces(&body, 40, false), line.as_bytes()].concat()),
            Framing::Endless => (in_pieces(), pieces(&body, 40, false)),
        }
    }
}

/// The text, so that a case that fails can be read.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.bytes();
        let text = bytes[..bytes.len().min(3000)].escape_ascii();
        let Self { when, pace, end, .. } = self;
        write!(f, "{when:?}, {pace:?}, {end:?}, cut {:?} of {}: {text}", self.cut, self.whole().len())
    }
}

/// A body in pieces, with an extension here and there, and a trailer at its end.
fn pieces(body: &[u8], size: usize, has_end: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Much in little pieces takes long and shows nothing more.
    for (index, piece) in body.chunks(size.max(body.len() / 500)).enumerate() {
        let note = if index < 100 && index % 3 == 1 { ";note=\"a b\";x" } else { "" };
        bytes.extend(format!("{:X}{note}\r\n", piece.len()).bytes());
        bytes.extend(piece);
        bytes.extend(b"\r\n");
    }
    if has_end {
        bytes.extend(b"0\r\nX-Done: yes\r\n\r\n");
    }
    bytes
}
