//! Key and prompt reach the vendor, and appear nowhere else.

use std::{
    error::Error,
    fmt::{Debug, Display, Write as _},
    io,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use hailuo_runtime::{Config, follow, json_body, reqwest};
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    client::{BODY, HEADER, KEY, PROMPT, QUERY, client_with, submit},
    mock::{Mock, Step, answer},
    once::refusing_http2,
};

/// Everything that was traced or logged by this process, at the finest level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn installed() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
                .with_ansi(false)
                .with_writer(log.clone())
                .init();
            log
        })
        .clone()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Everything an error says of itself.
fn said(error: &(impl Error + 'static)) -> String {
    let mut text = format!("{error} {error:#} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        write!(text, " {error} {error:?}").unwrap();
        source = error.source();
    }
    text
}

fn shown(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

/// The canaries share this word, however a key or a prompt is encoded around it.
#[track_caller]
fn assert_silent(text: &str) {
    assert!(!text.contains("canary"), "{text}");
}

#[tokio::test]
async fn no_failure_and_no_trace_shows_key_or_prompt() {
    let log = Log::installed();
    let echo = json!({"detail": [{"msg": PROMPT, "input": {"prompt": PROMPT, "key": KEY}}]}).to_string();
    let cookie = format!("set-cookie: session=canary\r\nx-echo: {KEY}\r\n");
    let short = answer("200 OK", &cookie, &echo).replace("content-length: ", "content-length: 1");
    let scripts = [
        vec![Step::Request, Step::Write(answer("200 OK", &cookie, &echo))],
        vec![Step::Request, Step::Write(answer("200 canary", &cookie, &format!("[{echo}]")))],
        vec![Step::Request, Step::Write(answer("200 OK", &cookie, "canary"))],
        vec![Step::Request, Step::Write(answer("422 canary", &cookie, &echo))],
        vec![Step::Request, Step::Write(answer("307 canary", "location: http://canary.invalid/?canary\r\n", &echo))],
        vec![Step::Request, Step::Write(short), Step::Close],
        vec![Step::Request, Step::Write("HTTP/1.1 canary".into()), Step::Close],
        vec![Step::Request, Step::Write("HTTP/1.1 200 OK\r\ncanary canary\r\n\r\n".into()), Step::Close],
        vec![
            Step::Request,
            Step::Write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\ncanary".into()),
            Step::Close,
        ],
        vec![Step::Request, Step::Reset],
        vec![Step::Request, Step::Silence],
        vec![Step::Request, Step::Write("HTTP/1.1 200 OK\r\n\r\n".into()), Step::Repeat("canary")],
    ];
    for auth in [HEADER, QUERY, BODY] {
        for script in &scripts {
            let vendor = Mock::start([script.clone()]).await;
            let config = Config::new().idle_timeout(Duration::from_millis(300)).max_answer_bytes(4096);
            let client = client_with(config, &vendor.base, auth);
            assert_silent(&shown(&client));

            let (recorded, record) = client.recorded();
            let outcome = submit(&recorded).await;
            let request = vendor.only_request().text();
            assert!(request.contains("canary-key-5f3a") && request.contains("canary prompt"), "they were sent");
            match &outcome {
                Ok(answer) => assert_silent(&shown(answer)),
                Err(failure) => assert_silent(&said(failure)),
            }
            assert_silent(&shown(&record));

            let followed = follow::<Value, _>(&client, "/x?prompt=canary").await;
            match &followed {
                Ok(answer) => assert_silent(&shown(answer)),
                Err(failure) => assert_silent(&said(failure)),
            }
        }
    }
    let (base, mut streams) = refusing_http2().await;
    let builder = reqwest::Client::builder().http2_prior_knowledge().tls_certs_only([]);
    let failure = submit(&client_with(Config::new().http(builder), &base, HEADER)).await.unwrap_err();
    streams.recv().await.unwrap();
    assert_silent(&said(&failure));

    let text = log.text();
    assert!(text.contains("hailuo.request{operation=\"submit\""), "the span is there: {text}");
    assert!(text.contains("path=\"/submit\"") && text.contains("status=422"), "with its fields: {text}");
    assert_silent(&text);
}

#[tokio::test]
async fn a_key_that_comes_back_in_the_place_of_a_question_is_not_shown() {
    let log = Log::installed();
    for auth in [HEADER, QUERY, BODY] {
        for last in [answer("200 OK", "", "{}"), answer("422 Unprocessable", "", "{}"), answer("404 Not Found", "", "")]
        {
            let place = "location: /canary-key-5f3a/x?key=canary-key-5f3a&k=canary-key-5f3a#canary-key-5f3a\r\n";
            let moved = vec![Step::Request, Step::Write(answer("302 Found", place, "{}"))];
            let vendor = Mock::start([moved, vec![Step::Request, Step::Write(last)]]).await;
            let client = client_with(Config::new(), &vendor.base, auth);
            match follow::<Value, _>(&client, "/moved").await {
                Ok(answer) => assert_silent(&shown(&answer)),
                Err(failure) => assert_silent(&said(&failure)),
            }
            let lines: Vec<_> = vendor.requests().iter().map(|request| request.line().to_owned()).collect();
            assert!(lines.len() == 2 && lines[1].starts_with("GET /canary-key-5f3a/x?"), "{lines:?}");
        }
    }
    let text = log.text();
    assert!(text.contains("asked elsewhere"), "{text}");
    assert_silent(&text);
}

#[tokio::test]
async fn an_unrecorded_error_does_not_show_a_key_of_the_query() {
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let client = client_with(Config::new(), &format!("http://{gone}"), QUERY);
    let Err(error) = client.submit(&json!({})).await else { panic!("nobody listens") };
    assert_silent(&said(&error));

    let cut = answer("200 OK", "", "{\"").replace("length: 2", "length: 9");
    let vendor = Mock::start([vec![Step::Request, Step::Write(cut), Step::Close]]).await;
    let client = client_with(Config::new(), &vendor.base, QUERY);
    let Err(error) = client.submit(&json!({})).await else { panic!("the answer is cut") };
    assert_silent(&said(&error));
}

#[test]
fn a_bad_key_is_not_in_the_error() {
    let displayed = |error: &dyn Display| error.to_string();
    for key in ["canary key", "canary\n", "\u{1f426}canary"] {
        let Err(error) = Config::new().build("http://localhost", HEADER, key.into()) else {
            panic!("{key:?} is no key")
        };
        assert_silent(&said(&error));
        assert_silent(&displayed(&error));
    }
}

#[test]
fn a_body_is_not_shown() {
    let body = json_body(&json!({"prompt": PROMPT})).unwrap();
    assert_silent(&shown(&body));
}
