//! Downloads from a file host that cuts, lies about ranges, lengths and versions, redirects, and sends pages.

use std::{
    collections::HashSet,
    fmt::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use hailuo::{DownloadOptions, Event, JobHandle, Vendor};
use proptest::prelude::*;
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    time::timeout,
};

use super::{
    cases,
    clock::{self, Pulse},
    vendor::read,
};
use crate::{
    canary::{self, Log},
    films::film,
    healthy::id,
    stage::{KEY, client_at},
};

/// How one request for the file is answered.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// The whole of a version, whatever was asked for.
    Whole {
        version: usize,
        framing: Framing,
        sent: usize,
    },
    /// What was asked for, of a version.
    Rest {
        version: usize,
        range: Range,
        framing: Framing,
        sent: usize,
    },
    Redirect {
        code: u16,
        to: &'static str,
    },
    Refusal(&'static str),
    /// A page or another text, under a status that says yes.
    Page(&'static str),
    Packed,
    Nothing,
    Reset,
}

/// What is said of the length.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Framing {
    Stated,
    Pieces,
    Open,
    TooLong,
    TooShort,
}

/// What is said of the range.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Range {
    True,
    WithoutTotal,
    WrongTotal,
    WrongStart,
    OtherStart,
    Unsaid,
    Garbage,
}

/// A file as it is today, and what is said of its version.
struct Version {
    filler: u8,
    size: usize,
    headers: &'static str,
}

const VERSIONS: [Version; 5] = [
    Version { filler: b'a', size: 6000, headers: "ETag: \"a\"\r\nLast-Modified: Mon, 02 Nov 2026 10:00:00 GMT\r\n" },
    Version { filler: b'a', size: 6000, headers: "" },
    Version { filler: b'b', size: 6000, headers: "ETag: \"b\"\r\n" },
    Version { filler: b'b', size: 4500, headers: "ETag: W/\"a\"\r\n" },
    Version { filler: b'c', size: 6000, headers: "" },
];

impl Version {
    fn bytes(&self) -> Vec<u8> {
        film(self.size, self.filler)
    }
}

fn answer() -> impl Strategy<Value = Answer> {
    let version = || prop_oneof![5 => Just(0), 2 => 1..VERSIONS.len()];
    let framing = || {
        let others = vec![Framing::Pieces, Framing::Open, Framing::TooLong, Framing::TooShort];
        prop_oneof![3 => Just(Framing::Stated), 2 => prop::sample::select(others)]
    };
    let range = || {
        use Range::{Garbage, OtherStart, True, Unsaid, WithoutTotal, WrongStart, WrongTotal};
        let others = vec![WithoutTotal, WrongTotal, WrongStart, OtherStart, Unsaid, Garbage];
        prop_oneof![3 => Just(True), 2 => prop::sample::select(others)]
    };
    let sent = || prop_oneof![2 => Just(1000), 3 => 0_usize..1000];
    let redirect = (
        prop::sample::select(vec![301, 302, 303, 307, 308, 300, 304]),
        prop::sample::select(vec!["/v.mp4", "/v.mp4?again", "//127.0.0.1:1/x", "ftp://x/y", "", "http://[", "/w.mp4"]),
    );
    let refusals = vec![
        "403 No",
        "404 No",
        "410 No",
        "416 No",
        "429 Slow\r\nRetry-After: 5",
        "500 No",
        "503 No\r\nRetry-After: 99999999999",
        "418 No",
        "204 No",
        "205 No",
    ];
    let pages = vec!["<html>sorry</html>", "{\"error\":\"expired\"}", "", "\u{feff}<!doctype html>", "not yet"];
    prop_oneof![
        4 => (version(), framing(), sent()).prop_map(|(version, framing, sent)| Answer::Whole { version, framing, sent }),
        6 => (version(), range(), framing(), sent())
            .prop_map(|(version, range, framing, sent)| Answer::Rest { version, range, framing, sent }),
        1 => redirect.prop_map(|(code, to)| Answer::Redirect { code, to }),
        1 => prop::sample::select(refusals).prop_map(Answer::Refusal),
        1 => prop::sample::select(pages).prop_map(Answer::Page),
        1 => prop::sample::select(vec![Answer::Packed, Answer::Nothing, Answer::Reset]),
    ]
}

/// What the job says of the file.
#[derive(Debug, Clone, Copy)]
struct Told {
    size: Option<usize>,
    /// Whether each question for the job gives another URL.
    is_fresh: bool,
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_file_is_of_one_version_and_whole_or_not_there(
        script in prop::collection::vec(answer(), 1..7),
        size in prop::sample::select(vec![None, Some(6000), Some(17)]),
        is_fresh in any::<bool>(),
    ) {
        let pulse = Pulse::default();
        clock::run(Duration::from_secs(1), &pulse, download(script, Told { size, is_fresh }, &pulse));
    }
}

/// More requests than any download may need.
const ENDLESS: usize = 300;

async fn download(script: Vec<Answer>, told: Told, pulse: &Pulse) {
    let log = Log::default();
    let listening = log.listen();
    let host = Host::start(script, told, pulse.clone()).await;
    let client = client_at(Vendor::SeaArt, &host.url);
    let handle = JobHandle::of(Vendor::SeaArt, id(Vendor::SeaArt), None).unwrap();
    let Ok(Event::Done { video }) = client.status(&handle).await else { panic!("not done") };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v.mp4");
    let options = DownloadOptions::new().max_bytes(100_000);
    let saved = timeout(Duration::from_hours(24), client.download_with(&video, &path, &options)).await.unwrap();
    drop(listening);
    let asked = host.asked.lock().unwrap().len();
    assert!(asked < ENDLESS, "it goes on for ever: {saved:?}");
    match &saved {
        Ok(length) => {
            let bytes = std::fs::read(&path).unwrap();
            assert_eq!(bytes.len() as u64, *length);
            assert!(host.served.lock().unwrap().contains(&bytes), "{} bytes that nobody served", bytes.len());
            let left = std::fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(left, 1, "nothing stays behind");
        }
        Err(error) => {
            assert!(!path.exists(), "{error:?}");
            assert_eq!(error.handle(), Some(&handle));
        }
    }
    let mut shown = log.text();
    write!(shown, "{saved:?} {:?}", host.asked.lock().unwrap()).unwrap();
    canary::assert_hidden(&shown, &[KEY], "a download");
}

/// A job that is done, and its file.
struct Host {
    url: String,
    /// The heads of the requests for the file.
    asked: Arc<Mutex<Vec<String>>>,
    /// Whole files, as far as a reader can tell from what was stated.
    served: Arc<Mutex<HashSet<Vec<u8>>>>,
}

impl Host {
    async fn start(script: Vec<Answer>, told: Told, pulse: Pulse) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let host = Self { url: url.clone(), asked: Arc::default(), served: Arc::default() };
        let (asked, served) = (Arc::clone(&host.asked), Arc::clone(&host.served));
        tokio::spawn(async move {
            let mut questions = 0;
            while let Ok((mut stream, _)) = listener.accept().await {
                pulse.beat();
                let Ok(head) = read(&mut stream, true, &pulse).await else { continue };
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                if path.contains(".mp4") {
                    let number = asked.lock().unwrap().len();
                    asked.lock().unwrap().push(head.clone());
                    let answer = script.get(number % script.len()).filter(|_| number < ENDLESS).copied();
                    drop(play(&mut stream, answer.unwrap_or(Answer::Refusal("410 Enough")), &head, &served).await);
                    continue;
                }
                let body = if path.contains("/status") {
                    r#"{"status":"COMPLETED"}"#.to_owned()
                } else {
                    questions += 1;
                    let name = if told.is_fresh { format!("v{questions}") } else { "v".to_owned() };
                    let size = told.size.map(|size| format!(r#","file_size":{size}"#)).unwrap_or_default();
                    format!(r#"{{"outputs":[{{"type":"video","url":"{url}/{name}.mp4"{size}}}]}}"#)
                };
                let answer =
                    format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                drop(stream.write_all(answer.as_bytes()).await);
            }
        });
        host
    }
}

async fn play(
    stream: &mut TcpStream,
    answer: Answer,
    head: &str,
    served: &Mutex<HashSet<Vec<u8>>>,
) -> std::io::Result<()> {
    let lower = head.to_ascii_lowercase();
    let from =
        lower.lines().find_map(|line| line.strip_prefix("range: bytes=")?.split('-').next()?.parse::<usize>().ok());
    let (head, body, framing, sent) = match answer {
        Answer::Whole { version, framing, sent } => {
            let (version, bytes) = (&VERSIONS[version], VERSIONS[version].bytes());
            let is_all = framing == Framing::TooShort;
            served.lock().unwrap().insert(if is_all { bytes[..bytes.len() - 7].to_vec() } else { bytes.clone() });
            (format!("200 OK\r\n{}", version.headers), bytes, framing, sent)
        }
        Answer::Rest { version, range, framing, sent } => {
            let (version, bytes) = (&VERSIONS[version], VERSIONS[version].bytes());
            let size = bytes.len();
            let from = from.unwrap_or(0);
            if from >= size {
                let head = format!("416 No\r\nContent-Range: bytes */{size}\r\n");
                return send(stream, &head, b"", Framing::Stated, 1000).await;
            }
            served.lock().unwrap().insert(bytes.clone());
            let stated = match range {
                Range::True => format!("bytes {from}-{}/{size}", size - 1),
                Range::WithoutTotal => format!("bytes {from}-{}/*", size - 1),
                Range::WrongTotal => format!("bytes {from}-{}/{}", size - 1, size + 50),
                Range::WrongStart => format!("bytes {}-{}/{size}", from + 1, size - 1),
                Range::OtherStart => format!("bytes 0-{}/{size}", size - 1),
                Range::Unsaid => String::new(),
                Range::Garbage => "bytes 99999999999999999999999-x/-1".to_owned(),
            };
            let stated = if stated.is_empty() { stated } else { format!("Content-Range: {stated}\r\n") };
            (format!("206 Rest\r\n{stated}{}", version.headers), bytes[from..].to_vec(), framing, sent)
        }
        Answer::Redirect { code, to } => {
            (format!("{code} There\r\nLocation: {to}\r\n"), Vec::new(), Framing::Stated, 1000)
        }
        Answer::Refusal(status) => (format!("{status}\r\n"), b"sorry".to_vec(), Framing::Stated, 1000),
        Answer::Page(text) => ("200 OK\r\n".to_owned(), text.as_bytes().to_vec(), Framing::Stated, 1000),
        Answer::Packed => {
            ("200 OK\r\nContent-Encoding: gzip\r\n".to_owned(), VERSIONS[0].bytes(), Framing::Stated, 1000)
        }
        Answer::Nothing => return Ok(()),
        Answer::Reset => return stream.set_zero_linger(),
    };
    send(stream, &head, &body, framing, sent).await
}

async fn send(stream: &mut TcpStream, head: &str, body: &[u8], framing: Framing, sent: usize) -> std::io::Result<()> {
    let length = match framing {
        Framing::Stated => format!("Content-Length: {}\r\n", body.len()),
        Framing::TooLong => format!("Content-Length: {}\r\n", body.len() + 7),
        Framing::TooShort => format!("Content-Length: {}\r\n", body.len().saturating_sub(7)),
        Framing::Pieces => "Transfer-Encoding: chunked\r\n".to_owned(),
        Framing::Open => String::new(),
    };
    stream.write_all(format!("HTTP/1.1 {head}{length}Connection: close\r\n\r\n").as_bytes()).await?;
    let part = &body[..body.len() * sent / 1000];
    if framing == Framing::Pieces {
        for piece in part.chunks(700) {
            stream.write_all(&[format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat()).await?;
        }
        let end: &[u8] = if sent == 1000 { b"0\r\n\r\n" } else { b"" };
        stream.write_all(end).await?;
    } else {
        stream.write_all(part).await?;
    }
    stream.shutdown().await
}
