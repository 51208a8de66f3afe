//! Whatever a server can answer, from raw bytes and from the vendors' facts alone: a paid job is accepted by its own
//! number or its outcome is unknown, a finished one is done, nothing is sent twice, and everything ends.

use std::{
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use hailuo::{Client, JobHandle, Submission, Tier, Vendor, WaitOptions, reqwest};
use serde_json::{Value, json};

use crate::{
    healthy::{VIDEO, accepted, done, id, refused},
    stage::{KEY, client_at, quick, request, told},
    wire::{Server, Wire, chunked, deflate, gzip, open, plain, with},
};

type Dress = fn(&str) -> Vec<u8>;

/// The same answer in every dress that a server, a proxy or a slip may give it.
const DRESSES: &[(&str, Dress)] = &[
    ("as documented", |body| plain(body.as_bytes())),
    ("without a content type", |body| with("HTTP/1.1 200 OK", "", body.as_bytes())),
    ("as HTML", |body| with("HTTP/1.1 200 OK", "Content-Type: text/html; charset=gbk\r\n", body.as_bytes())),
    ("without a reason", |body| with("HTTP/1.1 200", "", body.as_bytes())),
    ("as 201", |body| with("HTTP/1.1 201 Created", "", body.as_bytes())),
    ("as 203", |body| with("HTTP/1.1 203 X", "", body.as_bytes())),
    ("as 206", |body| with("HTTP/1.1 206 Partial", "content-range: bytes 0-1/2\r\n", body.as_bytes())),
    ("in pieces", |body| chunked(body.as_bytes())),
    ("to the end of the connection", |body| open("HTTP/1.1 200 OK", "", body.as_bytes())),
    ("before the connection breaks", |body| {
        open("HTTP/1.1 200 OK", &format!("content-length: {}\r\n", body.len() + 1), body.as_bytes())
    }),
    ("in pieces of which the last is missing", |body| {
        let whole = chunked(body.as_bytes());
        whole[..whole.len() - "0\r\nX-Done: yes\r\n\r\n".len()].to_vec()
    }),
    ("in HTTP/1.0", |body| open("HTTP/1.0 200 OK", "Server: old\r\n", body.as_bytes())),
    ("after interim answers", |body| {
        let interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n";
        [&interim[..], &plain(body.as_bytes())].concat()
    }),
    ("after a warning", |body| plain(format!("<br />\n<b>Warning</b>: x in y.php on line 7<br />\n{body}").as_bytes())),
    ("before a remark", |body| plain(format!("{body}\n<!-- 3 ms -->").as_bytes())),
    ("as an event", |body| plain(format!("event: message\ndata: {body}\n\n").as_bytes())),
    ("under headers that HTTP does not allow", |body| {
        let headers =
            "X-Folded: a\r\n b\r\n\tc\r\nX Spaced: a\r\nX-Before : a\r\nno colon\r\n: no name\r\nX: a\nY: b\r\n";
        with("HTTP/1.1 200 OK", headers, body.as_bytes())
    }),
    ("after many headers", |body| {
        let headers = format!("X-Filler: {}\r\n", "x".repeat(900)).repeat(60);
        with("HTTP/1.1 200 OK", &headers, body.as_bytes())
    }),
    ("with cookies and a wish to wait", |body| {
        with("HTTP/1.1 200 OK", "Set-Cookie: a=b; Domain=.evil\r\nRetry-After: soon\r\n", body.as_bytes())
    }),
    ("with headers that are no text", |body| {
        let bytes = with("HTTP/1.1 200 OK", "X-A: ~\r\n", body.as_bytes());
        bytes.into_iter().map(|byte| if byte == b'~' { 0xFF } else { byte }).collect()
    }),
    ("as gzip", |body| with("HTTP/1.1 200 OK", "content-encoding: gzip\r\n", &gzip(body.as_bytes()))),
    ("as gzip that is not told of", |body| with("HTTP/1.1 200 OK", "", &gzip(body.as_bytes()))),
    ("as gzip in gzip", |body| {
        with("HTTP/1.1 200 OK", "content-encoding: gzip, gzip\r\n", &gzip(&gzip(body.as_bytes())))
    }),
    ("as deflate", |body| with("HTTP/1.1 200 OK", "content-encoding: deflate\r\n", &deflate(body.as_bytes()))),
    ("as gzip that it is not", |body| with("HTTP/1.1 200 OK", "content-encoding: gzip\r\n", body.as_bytes())),
    ("with a byte order mark", |body| plain(&[b"\xEF\xBB\xBF", body.as_bytes()].concat())),
    ("in UTF-16", |body| plain(&body.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())),
    ("between blanks", |body| plain(format!("\r\n\t {body} \n\n").as_bytes())),
    ("in a text", |body| plain(Value::from(body).to_string().as_bytes())),
    ("in a text in a text", |body| plain(Value::from(Value::from(body).to_string()).to_string().as_bytes())),
    ("in a list", |body| plain(format!("[{body}]").as_bytes())),
    ("beside what is no number", |body| plain(format!("{},\"x\":NaN}}", &body[..body.len() - 1]).as_bytes())),
    ("beside a broken text", |body| plain(&[&body.as_bytes()[..body.len() - 1], b",\"x\":\"\xFF\xC0\n\"}"].concat())),
    ("beside deep lists", |body| {
        let deep = format!("{}{}", "[".repeat(90), "]".repeat(90));
        plain(format!("{},\"x\":{deep}}}", &body[..body.len() - 1]).as_bytes())
    }),
    ("with everything twice", |body| plain(format!("{},{}", &body[..body.len() - 1], &body[1..]).as_bytes())),
];

async fn submitted(vendor: Vendor, wire: impl Into<Wire>) -> String {
    let wire = wire.into();
    let server = Server::start(move |_| wire.clone());
    let submission = client_at(vendor, &server.url).submit(&request()).await;
    assert_eq!(server.count("POST"), 1, "{vendor}: {submission:?}");
    assert_eq!(server.count(""), 1, "{vendor}: {submission:?}");
    told(&submission)
}

#[tokio::test]
async fn a_job_is_accepted_in_every_dress() {
    for vendor in Vendor::ALL {
        let body = accepted(vendor).to_string();
        let expected = format!("accepted {}", id(vendor));
        for (dress, write) in DRESSES {
            assert_eq!(submitted(vendor, write(&body)).await, expected, "{vendor} {dress}");
        }
        for wrapping in ["data", "result", "response"] {
            let text = json!({"success": true, wrapping: body}).to_string();
            assert_eq!(submitted(vendor, plain(text.as_bytes())).await, expected, "{vendor} as text in {wrapping}");
            let inner = json!({"ok": 1, wrapping: accepted(vendor)}).to_string();
            assert_eq!(submitted(vendor, plain(inner.as_bytes())).await, expected, "{vendor} in {wrapping}");
        }
        let slow = Wire { bytes: plain(body.as_bytes()), drips: true, lingers: false };
        assert_eq!(submitted(vendor, slow).await, expected, "{vendor} byte by byte");
    }
}

#[tokio::test]
async fn a_job_is_done_in_every_dress() {
    for vendor in Vendor::ALL {
        for (dress, write) in DRESSES {
            let server = Server::start(move |line| write(&done(vendor, line).to_string()).into());
            let handle = JobHandle::of(vendor, id(vendor), Some(Tier::Standard)).unwrap();
            let video = client_at(vendor, &server.url).wait_with(&handle, &quick()).await;
            assert_eq!(
                video.map(|video| video.url).map_err(|error| format!("{error:?}")).as_deref(),
                Ok(VIDEO),
                "{vendor} {dress}"
            );
        }
    }
}

/// Two vendors have a status and a result, which may not know of each other at once.
#[tokio::test]
async fn a_result_that_says_the_job_still_runs_is_asked_for_again() {
    for vendor in [Vendor::Fal, Vendor::SeaArt] {
        for (line, body) in [
            ("HTTP/1.1 200 OK", r#"{"status":"IN_PROGRESS","response_url":"https://vendor.example/requests/7"}"#),
            ("HTTP/1.1 202 Accepted", r#"{"status":"IN_QUEUE","queue_position":0}"#),
            ("HTTP/1.1 404 Not Found", r#"{"detail":"Request is still in progress"}"#),
            (
                "HTTP/1.1 400 No",
                r#"{"detail":"Still in progress.","status":{"message":"Request is still in progress"}}"#,
            ),
        ] {
            let early = AtomicUsize::new(2);
            let server = Server::start(move |asked| {
                let is_early = |left: usize| left.checked_sub(1);
                if asked.contains("/status") || early.fetch_update(Relaxed, Relaxed, is_early).is_err() {
                    return plain(done(vendor, asked).to_string().as_bytes()).into();
                }
                with(line, "", body.as_bytes()).into()
            });
            let handle = JobHandle::of(vendor, id(vendor), Some(Tier::Standard)).unwrap();
            let video = client_at(vendor, &server.url).wait_with(&handle, &quick()).await;
            assert_eq!(video.map(|video| video.url).ok().as_deref(), Some(VIDEO), "{vendor} {line} {body}");
        }
    }
}

/// After every byte the connection may end: the job is then known by its own number or not at all.
#[tokio::test]
async fn an_answer_that_ends_at_any_byte_is_never_a_refusal_and_never_another_job() {
    for vendor in Vendor::ALL {
        let body = accepted(vendor).to_string();
        let body = body.as_bytes();
        // What is cut in one of the last two is cut as in the first, so that not every byte needs its turn.
        for (whole, step) in [(plain(body), 1), (chunked(body), 5), (open("HTTP/1.1 200 OK", "", body), 5)] {
            let mut known = 0;
            for length in (0..whole.len()).rev().step_by(step) {
                let outcome = submitted(vendor, whole[..length].to_vec()).await;
                let is_own = outcome == format!("accepted {}", id(vendor));
                assert!(is_own || outcome.starts_with("unknown "), "{vendor} {length}: {outcome}");
                known += usize::from(is_own);
            }
            assert!(known > 0, "{vendor}: what is left is enough at times");
        }
    }
}

#[tokio::test]
async fn what_names_no_job_is_unknown_or_refused_as_the_status_says() {
    for vendor in Vendor::ALL {
        for (bytes, expected) in [
            (open("HTTP/1.1 204 No Content", "", b""), "unknown protocol"),
            (open("HTTP/1.1 205 Reset", "content-length: 0\r\n", b""), "unknown protocol"),
            (open("HTTP/1.1 304 Not Modified", "", b""), "unknown protocol"),
            (open("HTTP/1.1 101 Switching Protocols", "upgrade: x\r\nconnection: upgrade\r\n", b""), "unknown"),
            (plain(b""), "unknown protocol"),
            (plain(b"null"), "unknown protocol"),
            (plain(b"true"), "unknown protocol"),
            (plain(b"\"OK\""), "unknown protocol"),
            (plain(b"[]"), "unknown protocol"),
            (plain(b"[[{}]]"), "unknown protocol"),
            (plain(b"{"), "unknown protocol"),
            (plain(b"\x00\x01\x02"), "unknown protocol"),
            (plain(b"<html><body>request_id: 7, task_id=7</body></html>"), "unknown protocol"),
            (with("HTTP/1.1 200 OK", "content-encoding: gzip\r\n", &gzip(b"{}")[..12]), "unknown"),
            (with("HTTP/1.1 200 OK", "content-encoding: zstd\r\n", b"\x28\xB5\x2F\xFD"), "unknown protocol"),
            (b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n{}".to_vec(), "unknown network"),
            (b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}".to_vec(), "unknown network"),
            (b"HTTP/1.1 1000 Eh\r\n\r\n".to_vec(), "unknown network"),
            (b"HTTP/9.1 200 OK\r\n\r\n".to_vec(), "unknown network"),
            (b"\x15\x03\x01\x00\x02\x02\x16".to_vec(), "unknown network"),
            (b"220 smtp ready\r\n".to_vec(), "unknown network"),
            (with("HTTP/1.1 300 Choices", "location: /x\r\n", b""), "unknown protocol"),
            (with("HTTP/1.1 307 Go", "location: //evil.example/x\r\n", b""), "rejected protocol"),
            (with("HTTP/1.1 418 Teapot", "", b"\xFF"), "rejected invalid_request"),
            (with("HTTP/1.1 429 Slow", "retry-after: 99999999999999999999\r\n", b""), "rejected rate_limit"),
            (with("HTTP/1.1 599 X", "", b"{}"), "unknown vendor_fault"),
            (with("HTTP/1.1 999 X", "", b"{}"), "unknown vendor_fault"),
        ] {
            let outcome = submitted(vendor, bytes.clone()).await;
            assert!(outcome.starts_with(expected), "{vendor} {}: {outcome}", String::from_utf8_lossy(&bytes));
        }
    }
}

/// A status that says no over a body that says yes: one of the two is wrong, and the job may be paid for.
#[tokio::test]
async fn a_job_under_a_status_that_says_no_is_no_refusal() {
    for vendor in Vendor::ALL {
        let (body, page) = (accepted(vendor).to_string(), format!("<html><pre>{}</pre></html>", accepted(vendor)));
        let complaint =
            json!({"message": "no such route", "request_id": "r-7", "id": "r-7", "task_id": "r-7"}).to_string();
        for status in [
            301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 408, 409, 413, 422, 429, 451, 499, 500, 501, 505,
            511,
        ] {
            let line = format!("HTTP/1.1 {status} No");
            let outcome = submitted(vendor, with(&line, "", body.as_bytes())).await;
            assert_eq!(outcome, format!("unknown, perhaps {}", id(vendor)), "{vendor} {status}");
            let cut = with(&line, "", &body.as_bytes()[..body.len() - 1]);
            let outcome = submitted(vendor, cut).await;
            assert!(outcome.starts_with("unknown"), "{vendor} {status}, cut: {outcome}");
            if !matches!(status, 303 | 408 | 409 | 499 | 500) {
                for text in [&page, &complaint] {
                    let outcome = submitted(vendor, with(&line, "", text.as_bytes())).await;
                    assert!(outcome.starts_with("rejected "), "{vendor} {status} {text}: {outcome}");
                }
            }
        }
    }
}

#[tokio::test]
async fn an_envelope_that_says_yes_or_nothing_refuses_nothing() {
    for (vendor, body) in [
        (Vendor::Fal, json!({"detail": null})),
        (Vendor::Fal, json!({"detail": [], "error_type": ""})),
        (Vendor::SeaArt, json!({"status": {"code": 10000, "message": "success"}, "data": null})),
        (Vendor::SeaArt, json!({"status": {"error_code": "0", "code": 200}, "data": {}})),
        (Vendor::SeaArt, json!({"status": {"at": "2026-11-28"}})),
        (Vendor::HighwayApi, json!({"code": 0, "reason": "OK", "message": ""})),
        (Vendor::HighwayApi, json!({"code": 400, "reason": ""})),
        (Vendor::HighwayApi, json!({"code": 400, "reason": " "})),
        (Vendor::ApiInOne, json!({"code": 200, "message": "success", "error": null})),
        (Vendor::ApiInOne, json!({"code": "0", "error": {}})),
        (Vendor::ModelsLab, json!({"status": "processing", "message": "no number yet"})),
    ] {
        assert_eq!(submitted(vendor, plain(body.to_string().as_bytes())).await, "unknown protocol", "{vendor} {body}");
    }
    for vendor in Vendor::ALL {
        let outcome = submitted(vendor, plain(refused(vendor).as_bytes())).await;
        assert!(outcome.starts_with("rejected "), "{vendor}: {outcome}");
    }
}

/// What is not the vendor's own envelope has its words all the same, for whoever asks, and what they blame.
#[tokio::test]
async fn a_refusal_says_why_whoever_wrote_it() {
    let said = "the fox is not allowed in this picture";
    for vendor in Vendor::ALL {
        for body in [
            json!({"detail": [{"loc": ["body", "prompt"], "msg": said, "input": "in"}]}),
            json!({"message": "The given data was invalid.", "errors": {"prompt": [said]}}),
            json!({"error": {"message": said, "code": null}}),
            json!({"timestamp": "2026", "status": 400, "error": "Bad Request", "message": said}),
            json!({"title": "Bad Request", "status": 400, "detail": said}),
            json!({"success": false, "data": {"error": said}}),
            json!({"status": "error", "messege": [said]}),
            json!(said),
        ] {
            let bytes = with("HTTP/1.1 400 No", "", body.to_string().as_bytes());
            let server = Server::start(move |_| bytes.clone().into());
            let Submission::Rejected(error) = client_at(vendor, &server.url).submit(&request()).await else {
                panic!("{vendor} {body}: not refused")
            };
            let told = error.vendor_message().unwrap_or_default();
            assert!(told.contains(said) && !told.contains("in\""), "{vendor} {body}: {told}");
            assert!(!format!("{error} {error:?}").contains("fox"), "{vendor} {body}");
            if body.get("status").is_none_or(|status| *status != "error") {
                assert_eq!(error.kind(), hailuo::ErrorKind::Content, "{vendor} {body}");
            }
        }
    }
}

#[tokio::test]
async fn a_job_that_is_named_beside_the_answer_is_not_lost() {
    for vendor in Vendor::ALL {
        let id = id(vendor);
        let place = match vendor {
            Vendor::ModelsLab => format!("/api/v7/video-fusion/fetch/{id}"),
            Vendor::HighwayApi => format!("https://api.highwayapi.ai/v3/async/task-result?task_id={id}"),
            Vendor::ApiInOne => format!("https://apiin.one/api/v1/tasks/{id}"),
            _ => format!("https://elsewhere.example/requests/{id}/status"),
        };
        let location = format!("Location: {place}\r\n");
        let body = |name: &str| json!({"status": "ok", name: place}).to_string();
        let named = if vendor == Vendor::ModelsLab { "id" } else { "task_id" };
        let named = if matches!(vendor, Vendor::Fal | Vendor::SeaArt) { "request_id" } else { named };
        let own = json!({"message": "busy", named: id}).to_string();
        for (bytes, expected) in [
            (with("HTTP/1.1 202 Accepted", &location, b""), format!("accepted {id}")),
            (with("HTTP/1.1 200 OK", "", body("status_url").as_bytes()), format!("accepted {id}")),
            (with("HTTP/1.1 200 OK", "", body("resultUrl").as_bytes()), format!("accepted {id}")),
            (with("HTTP/1.1 200 OK", &location, refused(vendor).as_bytes()), format!("unknown, perhaps {id}")),
            (with("HTTP/1.1 303 See Other", &location, b""), format!("unknown, perhaps {id}")),
            (with("HTTP/1.1 302 Found", &location, b""), format!("unknown, perhaps {id}")),
            (with("HTTP/1.1 409 Conflict", "", own.as_bytes()), format!("unknown, perhaps {id}")),
            (with("HTTP/1.1 500 Oops", "", own.as_bytes()), format!("unknown, perhaps {id}")),
        ] {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(submitted(vendor, bytes).await, expected, "{vendor} {text}");
        }
    }
    let header = with("HTTP/1.1 200 OK", "X-Fal-Request-Id: r-7\r\n", b"<html>");
    assert_eq!(submitted(Vendor::Fal, header).await, "accepted r-7");
    let refusal = with("HTTP/1.1 200 OK", "X-Fal-Request-Id: r-7\r\n", br#"{"detail":"no"}"#);
    assert_eq!(submitted(Vendor::Fal, refusal).await, "rejected vendor_fault");
}

/// A client of the caller's own with everything on that could ask for more, or for another form, than was meant.
#[tokio::test]
async fn an_eager_client_of_the_callers_own_changes_nothing() {
    let eager = || {
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("accept-encoding", reqwest::header::HeaderValue::from_static("gzip, br"));
        reqwest::Client::builder()
            .tls_certs_only([])
            .redirect(reqwest::redirect::Policy::limited(10))
            .default_headers(headers)
            .referer(true)
            .no_proxy()
    };
    for vendor in Vendor::ALL {
        let body = accepted(vendor).to_string();
        for (bytes, expected) in [
            (plain(body.as_bytes()), format!("accepted {}", id(vendor))),
            (
                with("HTTP/1.1 200 OK", "content-encoding: gzip\r\n", &gzip(body.as_bytes())),
                format!("accepted {}", id(vendor)),
            ),
            (with("HTTP/1.1 307 Go", "location: /again\r\n", b""), "rejected protocol".to_owned()),
            (with("HTTP/1.1 503 Busy", "retry-after: 0\r\n", b""), "unknown vendor_fault".to_owned()),
            (Vec::new(), "unknown network".to_owned()),
        ] {
            let server = Server::start(move |_| bytes.clone().into());
            let client = Client::builder().key(vendor, KEY).base_url(vendor, &server.url).http(eager).build().unwrap();
            let submission = client.submit(&request()).await;
            assert_eq!(told(&submission), expected, "{vendor}");
            assert_eq!(server.count(""), 1, "{vendor} {expected}");
        }
    }
}

/// Numbers that are written with more digits than a float keeps, with a fraction, or as text.
#[tokio::test]
async fn a_number_is_kept_to_its_last_digit() {
    for (vendor, name) in [(Vendor::ModelsLab, "id"), (Vendor::HighwayApi, "task_id"), (Vendor::Fal, "request_id")] {
        for (written, expected) in [
            ("12345678901234567890123", "accepted 12345678901234567890123"),
            ("18446744073709551615", "accepted 18446744073709551615"),
            ("7.0", "accepted 7"),
            ("\" 7 \"", "accepted 7"),
            ("\"0007\"", "accepted 0007"),
            ("null", "unknown protocol"),
            ("\"\"", "unknown protocol"),
            ("\"../7\"", "unknown protocol"),
            ("{\"a\":7}", "unknown protocol"),
        ] {
            let body = format!("{{\"status\":\"processing\",\"{name}\":{written}}}");
            assert_eq!(submitted(vendor, plain(body.as_bytes())).await, expected, "{vendor} {body}");
        }
    }
}

#[tokio::test]
async fn a_video_may_have_any_address_that_can_be_fetched() {
    for vendor in Vendor::ALL {
        for (written, expected) in [
            ("https://user:pass@cdn.example/v.mp4", Some("https://user:pass@cdn.example/v.mp4")),
            ("https://[2001:db8::1]:8443/v.mp4", Some("https://[2001:db8::1]:8443/v.mp4")),
            ("  https://cdn.example/the fox.mp4 ", Some("https://cdn.example/the%20fox.mp4")),
            ("//cdn.example/v.mp4", Some("http://cdn.example/v.mp4")),
            ("/files/v.mp4", Some("/files/v.mp4")),
            ("data:video/mp4;base64,AAAA", None),
            ("file:///v.mp4", None),
            ("ftp://cdn.example/v.mp4", None),
            ("v.mp4", None),
        ] {
            let server = Server::start(move |line| {
                let body = done(vendor, line).to_string().replace(VIDEO, written);
                plain(body.as_bytes()).into()
            });
            let handle = JobHandle::of(vendor, id(vendor), Some(Tier::Standard)).unwrap();
            let url = match client_at(vendor, &server.url).wait_with(&handle, &quick()).await {
                Ok(video) => {
                    assert!(!format!("{video:?}").contains("pass"), "{video:?}");
                    Some(video.url.replace(&server.url, ""))
                }
                Err(error) => {
                    assert_eq!(error.reason(), Some(hailuo::Reason::NoVideo), "{vendor} {written}");
                    assert!(error.handle().is_some() && error.raw().is_some(), "{vendor} {written}");
                    None
                }
            };
            assert_eq!(url.as_deref(), expected, "{vendor} {written}");
        }
    }
}

/// Whatever is answered to a question, waiting ends in its time and keeps the handle.
#[tokio::test]
async fn waiting_ends_whatever_is_answered() {
    let endless = Duration::from_secs(1);
    for vendor in Vendor::ALL {
        for bytes in [
            Vec::new(),
            plain(b"{}"),
            plain(b"null"),
            plain(b"\xFF\xFE"),
            with("HTTP/1.1 429 Slow", "retry-after: 0\r\n", b""),
            with("HTTP/1.1 429 Slow", "retry-after: -1\r\n", b""),
            with("HTTP/1.1 503 X", "retry-after: 99999999999999999999\r\n", b""),
            with("HTTP/1.1 503 X", "retry-after: Fri, 31 Dec 9999 23:59:59 GMT\r\n", b""),
            with("HTTP/1.1 204 X", "", b""),
            with("HTTP/1.1 307 X", "location: /again\r\n", b""),
        ] {
            let wire = bytes.clone();
            let server = Server::start(move |_| wire.clone().into());
            let handle = JobHandle::of(vendor, id(vendor), Some(Tier::Standard)).unwrap();
            let options = WaitOptions::new()
                .first_interval(Duration::from_millis(20))
                .longest_interval(Duration::from_millis(40))
                .failure_budget(3)
                .timeout(Duration::from_millis(300));
            let start = std::time::Instant::now();
            let error = client_at(vendor, &server.url).wait_with(&handle, &options).await.unwrap_err();
            let text = String::from_utf8_lossy(&bytes);
            assert_eq!(error.handle(), Some(&handle), "{vendor} {text}: {error:?}");
            assert!(start.elapsed() < Duration::from_millis(300) + endless, "{vendor} {text}");
            assert!(server.count("") <= 60, "{vendor} {text}: {} questions", server.count(""));
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// A healthy answer with any damage, or any bytes at all.
    #[test]
    fn any_answer_has_an_outcome_and_one_request(
        vendor in proptest::sample::select(Vendor::ALL.to_vec()),
        damage in proptest::collection::vec((0_usize..400, proptest::num::u8::ANY), 0..6),
        noise in proptest::collection::vec(proptest::num::u8::ANY, 0..80),
        dress in 0..DRESSES.len() + 1,
    ) {
        let mut bytes = DRESSES.get(dress).map_or(noise, |(_, write)| write(&accepted(vendor).to_string()));
        for (at, byte) in damage {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(submitted(vendor, bytes));
    }
}
