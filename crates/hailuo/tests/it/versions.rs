//! A file is one version from its first byte to its last, whatever a server does between two attempts.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use hailuo::{Client, DownloadOptions, ErrorKind, Event, JobHandle, Reason, Vendor, Video};
use hailuo_sandbox::{Host, Pace};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    time::Instant,
};

use crate::{
    films::film,
    stage::{Stage, client_at, request},
    wire::gzip,
};

const SIZE: usize = 6000;

/// What the server does with the request of that number.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// The whole of a version, or as much of it as that, under these headers.
    Whole { filler: u8, sent: usize, headers: &'static str },
    /// The range that was asked for, of a version, under these headers.
    Rest { filler: u8, headers: &'static str },
    /// Any head without a body.
    Bare(&'static str),
    /// Any head, and any body.
    Raw(&'static str, &'static [u8]),
}

/// Serves a job that is done, and its video by a script whose last line goes on for ever; with the ranges asked for.
async fn serve(script: Vec<Answer>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (asked, seen) = (Arc::new(Mutex::new(Vec::new())), url.clone());
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
            if !head.starts_with("get /v.mp4") {
                let body = format!(
                    r#"{{"task":{{"status":"TASK_STATUS_SUCCEED"}},"videos":[{{"video_url":"{seen}/v.mp4"}}]}}"#
                );
                let answer =
                    format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                stream.write_all(answer.as_bytes()).await.unwrap();
                continue;
            }
            let value =
                |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
            let start = value("range: bytes=").trim_end_matches('-').parse::<usize>().unwrap_or(0);
            let number = {
                let mut log = log.lock().unwrap();
                log.push(format!("{}|{}", value("range: "), value("if-range: ")));
                log.len() - 1
            };
            let (head, body) = match script[number.min(script.len() - 1)] {
                Answer::Whole { filler, sent, headers } => {
                    (format!("200 OK\r\ncontent-length: {SIZE}\r\n{headers}"), film(SIZE, filler)[..sent].to_vec())
                }
                Answer::Rest { filler, headers } => (
                    format!(
                        "206 Rest\r\ncontent-length: {}\r\ncontent-range: bytes {start}-{}/{SIZE}\r\n{headers}",
                        SIZE - start,
                        SIZE - 1
                    ),
                    film(SIZE, filler)[start..].to_vec(),
                ),
                Answer::Bare(head) => (head.to_owned(), Vec::new()),
                Answer::Raw(head, body) => (head.to_owned(), body.to_vec()),
            };
            stream.write_all(format!("HTTP/1.1 {head}connection: close\r\n\r\n").as_bytes()).await.unwrap();
            stream.write_all(&body).await.unwrap();
        }
    });
    (url, asked)
}

async fn finished(url: &str) -> (Client, Video) {
    let client = client_at(Vendor::HighwayApi, url);
    let handle = JobHandle::of(Vendor::HighwayApi, "7", None).unwrap();
    let Event::Done { video } = client.status(&handle).await.unwrap() else { panic!("not done") };
    (client, video)
}

fn only_file(folder: &Path) -> Vec<u8> {
    let names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names.len(), 1, "nothing stays behind: {names:?}");
    std::fs::read(&names[0]).unwrap()
}

const A: &str = "etag: \"a\"\r\nlast-modified: Mon, 02 Nov 2026 10:00:00 GMT\r\n";
const BENT: &str = "etag : \"a\"\r\nx spaced: a\r\nx-folded: a\r\n b\r\nno colon\r\n";
const B: &str = "etag: \"b\"\r\nlast-modified: Tue, 03 Nov 2026 10:00:00 GMT\r\n";

#[tokio::test(start_paused = true)]
async fn a_file_is_of_one_version_whatever_the_server_does_in_between() {
    let whole = |filler, headers| Answer::Whole { filler, sent: SIZE, headers };
    let half = |headers| Answer::Whole { filler: b'a', sent: 3000, headers };
    let rest = |filler, headers| Answer::Rest { filler, headers };
    let gone = Answer::Bare("416 Not Satisfiable\r\ncontent-range: bytes */4000\r\ncontent-length: 0\r\n");
    for (what, script, is_first, ranges) in [
        ("the same", vec![half(A), rest(b'a', A)], true, 2),
        ("the same, and says nothing of it", vec![half(""), rest(b'a', "")], true, 2),
        ("the same, under headers that HTTP does not allow", vec![half(BENT), rest(b'a', BENT)], true, 2),
        ("another, sent whole", vec![half(A), whole(b'b', B)], false, 2),
        ("another tag", vec![half(A), rest(b'b', B), whole(b'b', B)], false, 3),
        (
            "another date",
            vec![half("last-modified: Mon\r\n"), rest(b'b', "last-modified: Tue\r\n"), whole(b'b', "")],
            false,
            3,
        ),
        ("another, and says nothing of it", vec![half(""), rest(b'b', ""), whole(b'b', "")], false, 3),
        ("another under the same tag", vec![half(A), rest(b'b', A), whole(b'b', A)], false, 3),
        (
            "another weak tag",
            vec![half("etag: W/\"a\"\r\n"), rest(b'b', "etag: W/\"b\"\r\n"), whole(b'b', "")],
            false,
            3,
        ),
        ("a shorter one", vec![half(A), gone, whole(b'b', B)], false, 3),
        ("another at every turn", vec![half(A), rest(b'b', B), half(A), rest(b'a', A)], true, 4),
        (
            "a range without its place",
            vec![half(A), Answer::Bare("206 Rest\r\ncontent-length: 0\r\n"), whole(b'a', A)],
            true,
            3,
        ),
    ] {
        let (url, asked) = serve(script).await;
        let (client, video) = finished(&url).await;
        let folder = tempfile::tempdir().unwrap();
        let saved = client.download(&video, folder.path().join("v.mp4")).await;
        assert_eq!(saved.unwrap(), SIZE as u64, "{what}");
        assert!(only_file(folder.path()) == film(SIZE, if is_first { b'a' } else { b'b' }), "{what}");
        assert_eq!(asked.lock().unwrap().len(), ranges, "{what}: {asked:?}");
    }
}

#[tokio::test]
async fn another_process_goes_on_with_the_version_it_finds_or_starts_over() {
    for (headers, is_noted, second, expected) in [
        (A, true, Answer::Rest { filler: b'a', headers: A }, "bytes=1976-|\"a\""),
        (A, true, Answer::Whole { filler: b'b', sent: SIZE, headers: B }, "bytes=1976-|\"a\""),
        ("etag: W/\"a\"\r\n", true, Answer::Rest { filler: b'a', headers: "" }, "bytes=1976-|"),
        // Bytes of which nobody knows what they are of are not gone on with.
        (A, false, Answer::Whole { filler: b'b', sent: SIZE, headers: B }, "|"),
    ] {
        let first = Answer::Whole { filler: b'a', sent: 3000, headers };
        let filler = match second {
            Answer::Rest { filler, .. } | Answer::Whole { filler, .. } => filler,
            Answer::Bare(_) | Answer::Raw(..) => unreachable!(),
        };
        let (url, asked) = serve(vec![first, second]).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("v.mp4");
        let (client, video) = finished(&url).await;
        let options = DownloadOptions::new().attempts(1).idle_timeout(Duration::from_secs(5));
        let error = client.download_with(&video, &path, &options).await.unwrap_err();
        assert_eq!(error.reason(), Some(Reason::Incomplete));
        if !is_noted {
            for entry in std::fs::read_dir(folder.path()).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|end| end == "version") {
                    std::fs::remove_file(path).unwrap();
                }
            }
        }
        // A client of its own shares nothing with the first but the folder.
        let (client, video) = finished(&url).await;
        assert_eq!(client.download(&video, &path).await.unwrap(), SIZE as u64);
        assert!(only_file(folder.path()) == film(SIZE, filler));
        assert_eq!(asked.lock().unwrap()[1], expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_starts_over_each_time_is_given_up_and_nothing_empty_is_left() {
    let cut = |sent| Answer::Whole { filler: b'a', sent, headers: "" };
    let gone = Answer::Bare("404 Gone\r\ncontent-length: 0\r\n");
    let expired = Answer::Bare("400 ExpiredToken\r\ncontent-length: 0\r\n");
    for (what, script, reason, most, left) in [
        ("less and more in turn", [cut(2000), cut(3000)].repeat(50), Reason::Incomplete, 8, 2),
        (
            "two versions in turn",
            [cut(3000), Answer::Rest { filler: b'b', headers: B }].repeat(50),
            Reason::Incomplete,
            8,
            2,
        ),
        ("not there", vec![gone], Reason::Gone, 1, 0),
        ("no longer to be had by that signature", vec![expired], Reason::Gone, 1, 0),
    ] {
        let (url, asked) = serve(script).await;
        let (client, video) = finished(&url).await;
        let folder = tempfile::tempdir().unwrap();
        let error = client.download(&video, folder.path().join("v.mp4")).await.unwrap_err();
        assert_eq!(error.reason(), Some(reason), "{what}");
        let asked = asked.lock().unwrap().len();
        assert!(asked <= most, "{what}: {asked}");
        assert!(std::fs::read_dir(folder.path()).unwrap().count() <= left, "{what}");
    }
}

const PIECES: &str = "200 OK\r\ntransfer-encoding: chunked\r\n";

/// A server that hangs up without the last word has still sent all that the vendor said there would be.
#[tokio::test(start_paused = true)]
async fn a_video_of_the_stated_size_is_whole_without_a_last_word() {
    let film = film(SIZE, b'a');
    let pieces: &'static [u8] = Vec::leak([format!("{SIZE:x}\r\n").as_bytes(), &film, b"\r\n"].concat());
    for (size, expected) in [
        (None, Ok(SIZE as u64)),
        (Some(SIZE as u64), Ok(SIZE as u64)),
        (Some(SIZE as u64 + 1), Err(Some(Reason::Incomplete))),
    ] {
        let (url, _) = serve(vec![Answer::Raw(PIECES, pieces)]).await;
        let (client, mut video) = finished(&url).await;
        video.size = size;
        let folder = tempfile::tempdir().unwrap();
        let saved = client.download(&video, folder.path().join("v.mp4")).await;
        assert_eq!(saved.map_err(|error| error.reason()), expected, "{size:?}");
    }
}

/// A service that is tried out serves any few bytes as its video.
#[tokio::test(start_paused = true)]
async fn what_is_called_a_video_and_ends_where_the_server_says_is_one() {
    const MP4: &[u8] = b"\0\0\0\x18ftypmp42";
    for (head, body, expected, questions) in [
        ("200 OK\r\ncontent-type: Video/MP4\r\ncontent-length: 6\r\n", &b"a film"[..], Ok(&b"a film"[..]), 1),
        ("200 OK\r\ncontent-type: binary/octet-stream\r\ncontent-length: 6\r\n", b"a film", Ok(b"a film"), 1),
        ("200 OK\r\ncontent-type: text/plain\r\ncontent-length: 6\r\n", b"a film", Err(Reason::NotAVideo), 1),
        ("200 OK\r\ncontent-type: text/plain\r\ncontent-length: 12\r\n", MP4, Ok(MP4), 1),
        ("200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n", b"\x1F\x8B\0\0", Err(Reason::NotAVideo), 1),
        ("200 OK\r\ncontent-encoding: aws-chunked\r\ncontent-length: 12\r\n", MP4, Ok(MP4), 1),
        ("200 OK\r\ncontent-encoding:\r\ncontent-length: 12\r\n", MP4, Ok(MP4), 1),
        ("200 OK\r\ncontent-encoding: gzip, br\r\ncontent-length: 12\r\n", MP4, Err(Reason::NotAVideo), 1),
        ("200 OK\r\ncontent-length: 6\r\n", b"a film", Err(Reason::NotAVideo), 1),
        ("200 OK\r\ncontent-type: video/mp4\r\ncontent-length: 6\r\n", b"<html>", Err(Reason::NotAVideo), 1),
        ("200 OK\r\ncontent-type: video/mp4\r\ncontent-length: 7\r\n", b"{\"a\":1}", Err(Reason::NotAVideo), 1),
        // Its outline looks cut: it is asked for once more.
        (PIECES, b"c\r\n\0\0\0\x18ftypmp42\r\n0\r\n\r\n", Ok(b"\0\0\0\x18ftypmp42"), 2),
        (PIECES, b"c\r\n\0\0\0\x18ftypmp42\r\n", Err(Reason::Incomplete), 5),
        ("200 OK\r\n", b"\0\0\0\x18ftypmp42", Err(Reason::Incomplete), 5),
    ] {
        let (url, asked) = serve(vec![Answer::Raw(head, body)]).await;
        let (client, video) = finished(&url).await;
        let folder = tempfile::tempdir().unwrap();
        let outcome = client.download(&video, folder.path().join("v.mp4")).await;
        let outcome = outcome.map(|_| only_file(folder.path())).map_err(|error| error.reason());
        assert_eq!(outcome, expected.map(<[u8]>::to_vec).map_err(Some), "{head} {body:?}");
        assert_eq!(asked.lock().unwrap().len(), questions, "{head} {body:?}");
    }
}

/// A file host that has a part of the video only takes that for the whole.
#[tokio::test(start_paused = true)]
async fn a_file_that_ends_in_the_middle_of_its_film_is_not_the_video() {
    const PART: usize = 4000;
    let film = film(SIZE, b'a');
    let part: &'static [u8] = Vec::leak(film[..PART].to_vec());
    let open: &'static [u8] = Vec::leak([&film[..124], b"\0\0\0\0mdat to the end"].concat());
    let pieces: &'static [u8] = Vec::leak([format!("{PART:x}\r\n").as_bytes(), part, b"\r\n0\r\n\r\n"].concat());
    let stated = Answer::Raw("200 OK\r\ncontent-length: 4000\r\n", part);
    let framed = Answer::Raw(PIECES, pieces);
    let rest = "206 Rest\r\ncontent-range: bytes 2976-3999/4000\r\ncontent-length: 1024\r\n";
    let whole = Answer::Whole { filler: b'a', sent: SIZE, headers: "" };
    let all = SIZE as u64;
    let early = Err((Some(Reason::Incomplete), ErrorKind::VendorFault));
    for (what, size, script, expected, questions) in [
        ("a part, then all", None, vec![stated, whole], Ok(all), 2),
        ("a part in pieces, then all", None, vec![framed, whole], Ok(all), 2),
        ("a part, the rest of it, then all", None, vec![stated, Answer::Raw(rest, &part[2976..]), whole], Ok(all), 3),
        (
            "a part, then the rest of all",
            None,
            vec![stated, Answer::Rest { filler: b'a', headers: "" }, whole],
            Ok(all),
            3,
        ),
        ("always a part", None, vec![stated], early, 5),
        ("always a part in pieces", None, vec![framed], early, 5),
        ("always a part, and there is more", Some(all), vec![stated], early, 5),
        ("the vendor made it so", Some(PART as u64), vec![stated], Ok(PART as u64), 1),
        ("an open end", None, vec![Answer::Raw("200 OK\r\ncontent-length: 143\r\n", open)], Ok(143), 1),
    ] {
        let (url, asked) = serve(script).await;
        let (client, mut video) = finished(&url).await;
        video.size = size;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("v.mp4");
        let saved = client.download(&video, &path).await;
        let is_here = saved.is_ok();
        let outcome = saved.map_err(|error| {
            assert_eq!(error.handle(), Some(video.handle()), "{what}");
            assert!(format!("{error:?}").contains("ends in the middle of its film"), "{what}: {error:?}");
            (error.reason(), error.kind())
        });
        assert_eq!(outcome, expected, "{what}");
        assert_eq!(path.exists(), is_here, "{what}");
        assert_eq!(asked.lock().unwrap().len(), questions, "{what}");
    }
}

/// Some storage services pack what nobody wanted packed.
#[tokio::test(start_paused = true)]
async fn a_file_that_is_packed_on_its_way_is_unpacked_or_not_taken_for_the_video() {
    let film = film(SIZE, b'a');
    let packed: &'static [u8] = Vec::leak(gzip(&film));
    let page: &'static [u8] = Vec::leak(gzip(b"<html>sorry</html>"));
    let mut damaged = packed.to_vec();
    damaged[200] ^= 1;
    let damaged: &'static [u8] = Vec::leak(damaged);
    let as_gzip = "200 OK\r\ncontent-encoding: gzip\r\ncontent-type: video/mp4\r\n";
    let rest = "206 Rest\r\ncontent-encoding: gzip\r\ncontent-range: bytes 0-9/10\r\n";
    let whole = Answer::Raw(as_gzip, packed);
    for (what, script, expected, questions) in [
        ("whole", vec![whole], Ok(&film), 1),
        ("cut, then whole", vec![Answer::Raw(as_gzip, &packed[..3000]), whole], Ok(&film), 2),
        ("damaged, then whole", vec![Answer::Raw(as_gzip, damaged), whole], Ok(&film), 2),
        (
            "cut, then a part",
            vec![Answer::Raw(as_gzip, &packed[..3000]), Answer::Raw(rest, packed), whole],
            Ok(&film),
            3,
        ),
        ("a page", vec![Answer::Raw(as_gzip, page)], Err(Reason::NotAVideo), 1),
        ("not at all", vec![Answer::Raw(as_gzip, Vec::leak(film.clone()))], Err(Reason::NotAVideo), 1),
        ("in another way", vec![Answer::Raw("200 OK\r\ncontent-encoding: br\r\n", packed)], Err(Reason::NotAVideo), 1),
        ("always cut", vec![Answer::Raw(as_gzip, &packed[..3000])], Err(Reason::Incomplete), 5),
    ] {
        let (url, asked) = serve(script).await;
        let (client, video) = finished(&url).await;
        let folder = tempfile::tempdir().unwrap();
        let outcome = client.download(&video, folder.path().join("v.mp4")).await;
        let outcome = outcome.map(|_| only_file(folder.path())).map_err(|error| error.reason());
        assert_eq!(outcome, expected.cloned().map_err(Some), "{what}");
        let asked = asked.lock().unwrap().len();
        assert_eq!(asked, questions, "{what}");
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert!(left == usize::from(outcome.is_ok()), "{what}: {left}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_download_ends_when_its_time_is_up_and_the_next_goes_on_from_there() {
    let stage = Stage::new(Pace::INSTANT, &[Vendor::Fal]).await;
    stage.fault(Vendor::Fal, "download:stall");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v.mp4");
    let video = stage.client.generate(&request()).await.unwrap();
    let (start, limit) = (Instant::now(), Duration::from_secs(5));
    let options = DownloadOptions::new().timeout(limit);
    let error = stage.client.download_with(&video, &path, &options).await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), limit.as_secs());
    assert_eq!(
        (error.reason(), error.kind(), error.is_retryable()),
        (Some(Reason::Incomplete), ErrorKind::Timeout, true)
    );
    assert!(!path.exists());
    let bytes = stage.client.download_with(&video, &path, &options).await.unwrap();
    let asked = stage.sandbox.requests_to(Host::Files);
    let ranges: Vec<_> = asked.iter().map(|entry| entry.header("range").is_some()).collect();
    assert_eq!(ranges, [false, true]);
    assert_eq!(std::fs::metadata(&path).unwrap().len(), bytes);
}
