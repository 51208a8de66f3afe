//! Makes answers: mostly such as keep to HTTP, with a mutated body; now and then one that does not.

use hailuo::Vendor;
use proptest::prelude::*;

use super::{
    body::Body,
    reply::{Coding, End, Framing, Header, Pace, Reply, When},
    vendor::elsewhere,
};
use crate::healthy::id;

const CODES: [&str; 41] = [
    "201", "202", "203", "204", "205", "206", "226", "299", "300", "301", "302", "303", "304", "307", "308", "400",
    "401", "402", "403", "404", "408", "409", "410", "418", "422", "425", "429", "451", "498", "499", "500", "501",
    "502", "503", "504", "511", "599", "600", "999", "099", "1000",
];

fn code() -> impl Strategy<Value = &'static str> {
    prop_oneof![4 => Just("200"), 3 => prop::sample::select(CODES.to_vec())]
}

fn header(vendor: Vendor) -> impl Strategy<Value = Header> {
    let sound = [
        "Content-Type: application/json",
        "content-type: text/html; charset=gbk",
        "Content-Type:",
        "Set-Cookie: session=1; Path=/; HttpOnly",
        "Retry-After: 5",
        "Retry-After: 0",
        "Retry-After: -5",
        "Retry-After: soon",
        "Retry-After: 99999999999999999999999",
        "Retry-After: 1e300",
        "Retry-After: NaN",
        "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
        "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT",
        "Date: Tue, 15 Nov 1994 08:12:31 GMT",
        "Connection: close",
        "Connection: keep-alive",
        "Connection: Upgrade\r\nUpgrade: h2c",
        "Keep-Alive: timeout=0, max=0",
        "Alt-Svc: h2=\":443\"",
        "X-Request-Id: \u{1F98A} fox",
        "X-Request-Id: req-7",
        "Location: /",
        "Location: http://[::1",
        "Location: ",
        "WWW-Authenticate: Basic realm=\"x\"",
        "Refresh: 0; url=/",
        "Content-Range: bytes 0-1/2",
        "ETag: W/\"x",
        "Trailer: X-Done",
        // HTTP does not allow them, and nothing hangs on them.
        "X-Folded: a\r\n b\r\n\tc",
        "X Spaced: a",
        "X-Before-Colon : a",
        "no colon at all",
        ": no name",
        "X-Line: a\nX-Feed: b",
    ];
    let mut headers: Vec<Header> =
        sound.iter().map(|line| Header { line: (*line).to_owned(), is_sound: true }).collect();
    let (elsewhere, id) = (&elsewhere().url, id(vendor));
    let place = match vendor {
        Vendor::ModelsLab => format!("/fetch/{id}"),
        Vendor::HighwayApi => format!("/task-result?task_id={id}"),
        Vendor::ApiInOne => format!("/api/v1/tasks/{id}"),
        _ => format!("/requests/{id}/status"),
    };
    for line in [
        format!("Location: {elsewhere}/x"),
        format!("Content-Location: {elsewhere}/x?y"),
        format!("Location: {place}"),
        format!("location: {elsewhere}{place}"),
        format!("Content-Location: https://vendor.example{place}"),
        format!("X-Fal-Request-Id: {id}"),
        "X-Fal-Request-Id: another-1".to_owned(),
    ] {
        headers.push(Header { line, is_sound: true });
    }
    headers.push(Header { line: format!("X-Filler: {}", "x".repeat(30_000)), is_sound: true });
    let misleading = ["Transfer-Encoding: identity", "Transfer-Encoding: gzip, chunked", "Content-Length: 1"];
    headers.extend(misleading.iter().map(|line| Header { line: (*line).to_owned(), is_sound: false }));
    headers.push(Header { line: "X-Many: 1\r\n".repeat(150) + "X-Last: 1", is_sound: false });
    headers.push(Header { line: format!("X-Huge: {}", "x".repeat(600_000)), is_sound: false });
    prop::sample::select(headers)
}

fn framing() -> impl Strategy<Value = Framing> {
    prop_oneof![
        8 => Just(Framing::Length),
        2 => (1_usize..90).prop_map(Framing::Pieces),
        2 => Just(Framing::Open),
        1 => (1_usize..60).prop_map(Framing::TooShort),
        1 => (1_usize..60).prop_map(Framing::TooLong),
        1 => prop::sample::select(vec![Framing::Twice, Framing::Contradicted, Framing::Both, Framing::Endless]),
        1 => prop::sample::select(vec!["-5", "+5", "0x10", "5 5", "", "99999999999999999999", "9223372036854775808", "4294967296"])
            .prop_map(Framing::BadLength),
        1 => prop::sample::select(vec!["x\r\n", "-1\r\n", "FFFFFFFFFFFFFFFFF\r\n", "7FFFFFFFFFFFFFFF\r\nabc", "3\r\nabcd\r\n", "\r\n\r\n"])
            .prop_map(Framing::BadPiece),
    ]
}

fn coding() -> impl Strategy<Value = Coding> {
    prop_oneof![
        10 => Just(Coding::None),
        1 => prop::sample::select(vec![Coding::Gzip, Coding::Deflate]),
        1 => prop::sample::select(vec![
            Coding::CutGzip,
            Coding::Claimed("Content-Encoding: br"),
            Coding::Claimed("Content-Encoding: zstd, x"),
        ]),
    ]
}

const INTERIM: [&str; 4] = [
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n",
    "HTTP/1.1 102 Processing\r\nContent-Length: 5\r\n\r\n",
    "HTTP/1.1 199 What\r\nX-Fal-Request-Id: interim\r\n\r\n",
];

/// Any answer with such a body.
pub(super) fn reply(vendor: Vendor, body: BoxedStrategy<Body>) -> BoxedStrategy<Reply> {
    let when =
        prop_oneof![12 => Just(When::Read), 1 => Just(When::HeadRead), 1 => Just(When::Unread), 1 => Just(When::Never)];
    let interim =
        prop_oneof![6 => Just(Vec::new()), 1 => prop::collection::vec(prop::sample::select(INTERIM.to_vec()), 1..4)];
    let version = prop_oneof![
        12 => Just("HTTP/1.1"),
        1 => prop::sample::select(vec!["HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", "ICY", "\0"]),
    ];
    let reason =
        prop::sample::select(vec![" OK", "", " ", " No: way  ", " \u{1F98A}", " a b c d e f g h i j k l m n o p"]);
    let headers = prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(header(vendor), 1..5)];
    let pace = prop_oneof![
        6 => Just(Pace::AtOnce),
        1 => Just(Pace::ByteByByte),
        1 => (1_usize..999).prop_map(Pace::Halves),
        1 => prop::sample::select(vec![1, 60, 90, 130, 1000]).prop_map(Pace::Pause),
    ];
    let cut = prop_oneof![8 => Just(None), 1 => (0_usize..1000).prop_map(Some)];
    let end = prop_oneof![6 => Just(End::Kept), 3 => Just(End::Closed), 1 => Just(End::Reset)];
    ((when, interim, version, code(), reason), (headers, framing(), coding(), body), (pace, cut, end))
        .prop_map(|((when, interim, version, code, reason), (headers, framing, coding, body), (pace, cut, end))| {
            // What is longer cannot be packed in one block.
            let coding = if body.bytes().len() < 60_000 { coding } else { Coding::None };
            Reply { when, interim, version, code, reason, headers, framing, coding, body, pace, cut, end }
        })
        .boxed()
}
