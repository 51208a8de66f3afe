//! Waiting for a job at a vendor that is slow, throttles, fails, answers nonsense and hangs, in any order: held against
//! a model of what a patient and polite client does.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use hailuo::{ErrorKind, JobHandle, Reason, Tier, Vendor, Video, WaitOptions};
use proptest::prelude::*;
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};

use super::{
    body::words,
    cases,
    clock::{self, Pulse},
    vendor::read,
};
use crate::{
    healthy::{VIDEO, done, id},
    stage::client_at,
};

/// How one question is answered.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Answer {
    /// Not yet; with the header's value.
    Waiting(&'static str),
    Unknown,
    Done,
    Failed,
    /// Ask less often; with the header's value.
    Throttled(&'static str),
    /// Not now; with the header's value.
    Busy(u16, &'static str),
    Nonsense(&'static str),
    /// The end of all questions.
    Over(u16),
    Dropped,
    /// Seconds until it is answered that the job waits.
    Late(u64),
    Hangs,
}

/// Values of `Retry-After`, with the seconds that they mean.
const WISHES: [(&str, Option<f64>); 12] = [
    ("", None),
    ("0", Some(0.0)),
    ("7", Some(7.0)),
    (" 30 ", Some(30.0)),
    ("1.5", Some(1.5)),
    ("-1", None),
    ("soon", None),
    ("NaN", None),
    ("1e400", None),
    ("99999999999999999999999999", None),
    ("4000000", Some(4_000_000.0)),
    ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0.0)),
];

fn answer() -> impl Strategy<Value = Answer> {
    let wish = || prop::sample::select(WISHES.map(|(wish, _)| wish).to_vec());
    let nonsense = vec!["", "{}", "null", "[]", "<html>", "{\"status\":7}", "\u{0}", "{\"status\":\"\"}", "true"];
    prop_oneof![
        3 => Just(Answer::Waiting("")),
        1 => wish().prop_map(Answer::Waiting),
        1 => Just(Answer::Unknown),
        2 => Just(Answer::Done),
        1 => Just(Answer::Failed),
        2 => wish().prop_map(Answer::Throttled),
        3 => (prop::sample::select(vec![500, 502, 503, 408, 425]), wish()).prop_map(|(code, wish)| Answer::Busy(code, wish)),
        2 => prop::sample::select(nonsense).prop_map(Answer::Nonsense),
        1 => prop::sample::select(vec![401, 403, 404, 410]).prop_map(Answer::Over),
        2 => Just(Answer::Dropped),
        1 => prop::sample::select(vec![1, 20, 100]).prop_map(Answer::Late),
        1 => Just(Answer::Hangs),
    ]
}

/// The patience of a caller.
#[derive(Debug, Clone, Copy)]
struct Patience {
    timeout: u64,
    budget: u32,
    first: u64,
}

impl Patience {
    fn options(self) -> WaitOptions {
        WaitOptions::new()
            .timeout(Duration::from_secs(self.timeout))
            .failure_budget(self.budget)
            .first_interval(Duration::from_secs(self.first))
    }
}

fn patience() -> impl Strategy<Value = Patience> {
    (prop::sample::select(vec![1200, 0, 1, 5, 60, 300]), prop::sample::select(vec![8, 0, 1, 3]), 1_u64..8)
        .prop_map(|(timeout, budget, first)| Patience { timeout, budget, first })
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn waiting_is_polite_and_ends_as_the_vendor_says(
        vendor in prop::sample::select(Vendor::ALL.to_vec()),
        script in prop::collection::vec(answer(), 1..12),
        patience in patience(),
    ) {
        let pulse = Pulse::default();
        clock::run(STEP, &pulse, wait(vendor, script, patience, &pulse));
    }
}

/// How coarse the clock is.
const STEP: Duration = Duration::from_millis(250);

async fn wait(vendor: Vendor, script: Vec<Answer>, patience: Patience, pulse: &Pulse) {
    let (url, asked) = serve(vendor, script.clone(), pulse.clone()).await;
    let client = client_at(vendor, &url);
    let handle = JobHandle::of(vendor, id(vendor), Some(Tier::Standard)).unwrap();
    let start = Instant::now();
    let outcome = client.wait_with(&handle, &patience.options()).await;
    let took = start.elapsed();
    let asked = asked.lock().unwrap().clone();

    let given = Duration::from_secs(patience.timeout.max(1));
    assert!(took <= given + 2 * STEP, "{took:?} of {given:?}: {outcome:?}");
    let model = Model::of(&script, &asked, patience);
    let context = format!("{vendor} {script:?} {patience:?}\n{asked:?} {took:?}\n{outcome:?}");
    model.check(&outcome, &context);
    if let Err(error) = &outcome {
        assert_eq!(error.handle(), Some(&handle), "{context}");
    }
}

/// What the questions that came, and when, say of the end that is due.
struct Model {
    /// The last answer that was heard.
    last: Option<Answer>,
    failures: u32,
    budget: u32,
}

impl Model {
    fn of(script: &[Answer], asked: &[Instant], patience: Patience) -> Self {
        let mut model = Self { last: None, failures: 0, budget: patience.budget };
        for (number, at) in asked.iter().enumerate() {
            let answer = script[number.min(script.len() - 1)];
            let seconds = |wish: &str| WISHES.iter().find(|(text, _)| *text == wish).unwrap().1;
            let wish = match answer {
                Answer::Throttled(wish) | Answer::Busy(_, wish) => seconds(wish),
                Answer::Waiting(wish) => seconds(wish).map(|wish| wish.min(60.0)),
                _ => None,
            };
            if let Some(next) = asked.get(number + 1) {
                let pause = next.duration_since(*at).as_secs_f64();
                // The last question comes shortly before the end, whatever else was wished of it.
                let is_last = number + 2 == asked.len();
                assert!(is_last || pause >= wish.unwrap_or(0.0), "{answer:?}: asked again after {pause} s");
                assert!(is_last || pause >= 0.5, "{answer:?}: asked again after {pause} s");
            }
            model.hear(answer);
            let is_heard_last = number + 1 == asked.len();
            assert!(is_heard_last || !model.is_over(), "asked again after {answer:?}, {} failures", model.failures);
        }
        model
    }

    fn hear(&mut self, answer: Answer) {
        self.failures = match answer {
            Answer::Waiting(_) | Answer::Unknown | Answer::Late(_)
            // Some nonsense reads as a word that nobody knows.
            | Answer::Nonsense("{}" | "{\"status\":7}" | "{\"status\":\"\"}") => 0,
            Answer::Nonsense(_) | Answer::Busy(..) | Answer::Dropped | Answer::Hangs => self.failures + 1,
            _ => self.failures,
        };
        self.last = Some(answer);
    }

    fn is_over(&self) -> bool {
        let is_end = matches!(self.last, Some(Answer::Done | Answer::Failed | Answer::Over(_)));
        is_end || self.failures > self.budget
    }

    fn check(&self, outcome: &Result<Video, hailuo::Error>, context: &str) {
        let (reason, kind) = match outcome {
            Ok(video) => {
                assert_eq!(self.last, Some(Answer::Done), "{context}");
                assert_eq!(video.url, VIDEO);
                return;
            }
            Err(error) => (error.reason(), error.kind()),
        };
        let is_late = reason == Some(Reason::TimedOut);
        match self.last {
            // An answer may come when time is up.
            Some(Answer::Done | Answer::Failed | Answer::Over(_)) if is_late => {}
            Some(Answer::Failed) => assert_eq!(reason, Some(Reason::JobFailed), "{context}"),
            Some(Answer::Over(404 | 410)) => assert_eq!(kind, ErrorKind::UnknownJob, "{context}"),
            Some(Answer::Over(_)) => assert_eq!(kind, ErrorKind::Key, "{context}"),
            _ if self.failures > self.budget && !is_late => assert_eq!(reason, Some(Reason::GaveUp), "{context}"),
            _ => assert!(is_late, "{context}"),
        }
    }
}

/// Answers questions about the job by a script, whose last line goes on; tells when each came.
async fn serve(vendor: Vendor, script: Vec<Answer>, pulse: Pulse) -> (String, Arc<Mutex<Vec<Instant>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (script, log, pulse) = (script.clone(), Arc::clone(&log), pulse.clone());
            tokio::spawn(async move {
                pulse.beat();
                let head = read(&mut stream, false, &pulse).await.unwrap_or_default();
                let line = head.lines().next().unwrap_or_default();
                let is_result = matches!(vendor, Vendor::Fal | Vendor::SeaArt) && !line.contains("/status");
                let answer = if is_result {
                    Answer::Done
                } else {
                    let mut log = log.lock().unwrap();
                    log.push(Instant::now());
                    script[(log.len() - 1).min(script.len() - 1)]
                };
                drop(play(&mut stream, vendor, line, answer).await);
                pulse.beat();
            });
        }
    });
    (url, asked)
}

async fn play(stream: &mut TcpStream, vendor: Vendor, line: &str, answer: Answer) -> std::io::Result<()> {
    let [_, queued, running, failed, ..] = words(vendor);
    let (head, body) = match answer {
        Answer::Waiting(wish) => (format!("200 OK{}", header(wish)), told(vendor, queued)),
        Answer::Unknown => ("200 OK".to_owned(), told(vendor, "RECONSIDERING")),
        Answer::Done => ("200 OK".to_owned(), done(vendor, line).to_string()),
        Answer::Failed => ("200 OK".to_owned(), told(vendor, failed)),
        Answer::Throttled(wish) => (format!("429 Slow{}", header(wish)), String::new()),
        Answer::Busy(code, wish) => (format!("{code} Busy{}", header(wish)), "busy".to_owned()),
        Answer::Nonsense(text) => ("200 OK".to_owned(), text.to_owned()),
        Answer::Over(code) => (format!("{code} Over"), "{}".to_owned()),
        Answer::Dropped => return Ok(()),
        Answer::Late(seconds) => {
            sleep(Duration::from_secs(seconds)).await;
            ("200 OK".to_owned(), told(vendor, running))
        }
        Answer::Hangs => std::future::pending().await,
    };
    let length = body.len();
    stream
        .write_all(format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}").as_bytes())
        .await
}

fn header(wish: &str) -> String {
    if wish.is_empty() { String::new() } else { format!("\r\nRetry-After: {wish}") }
}

fn told(vendor: Vendor, word: &str) -> String {
    match vendor {
        Vendor::HighwayApi => serde_json::json!({"task": {"status": word}}),
        Vendor::ApiInOne => serde_json::json!({"code": 200, "data": {"status": word}}),
        _ => serde_json::json!({"status": word, "id": 123_456_789}),
    }
    .to_string()
}
