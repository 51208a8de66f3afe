//! What the facade adds to a submit and a poll against the same two calls written by hand with reqwest, in CPU time of
//! the client's thread alone. The vendor's side is one other thread, which answers both with constant bytes: had each its
//! own, what it costs to wake it would differ by where the scheduler has put it. The calls by hand put the same bytes on
//! the wire, and give up on a vendor that says nothing, as everybody's should.
//!
//! Two cases: a picture of a megabyte in memory, and the URL of one, where next to nothing is left but what each call
//! costs by itself. On loopback and without TLS the second is the hardest case there is for a relative limit.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod vendor;

use std::{error::Error, io};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hailuo::{Client, Event, Image, ImageToVideo, Submission, Vendor, reqwest};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// The limit of what is added.
const LIMIT: f64 = 0.05;
/// Bytes of the picture that is in memory.
const SIZE: usize = 1_000_000;

const IMAGE: &str = "https://example.com/fox.jpg";
const PROMPT: &str = "The fox turns its head. [推进]";
const ACCEPTED: &str = r#"{"task_id":"4c1a8a3d-0b3e-4a59-9a56-2f6f1b6c7d11"}"#;
const DONE: &str = r#"{"extra":{},"task":{"task_id":"4c1a8a3d-0b3e-4a59-9a56-2f6f1b6c7d11","task_type":"HAILUO_2_3_I2V","status":"TASK_STATUS_SUCCEED","reason":"","eta":0,"progress_percent":100},"images":[],"videos":[{"video_url":"https://cdn.example/v/4c1a8a3d.mp4?sig=abc","video_url_ttl":"3600","video_type":"mp4"}],"audios":[]}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = vendor::start(serve)?;
    let client = Client::builder().key(Vendor::HighwayApi, "any-key").base_url(Vendor::HighwayApi, &url).build()?;
    let http = reqwest::Client::builder()
        .tls_certs_only([])
        .no_proxy()
        .user_agent(hailuo_runtime::USER_AGENT)
        .default_headers(HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static("application/json")),
            (ACCEPT_ENCODING, HeaderValue::from_static("identity")),
        ]))
        .read_timeout(hailuo_runtime::DEFAULT_IDLE_TIMEOUT)
        .build()?;
    let mut picture = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0".to_vec();
    picture.resize(SIZE, 7);
    let picture = Bytes::from(picture);
    let sides = Sides { client, http, url };
    let in_memory = sides.compare("a picture in memory", &Picture::Bytes(picture), 30, 10).await?;
    let by_url = sides.compare("a picture's URL", &Picture::Url, 60, 50).await?;
    let worst = in_memory.max(by_url);
    assert!(worst < LIMIT, "the facade adds {:.1} %, more than {} %", worst * 100.0, LIMIT * 100.0);
    Ok(())
}

enum Picture {
    Url,
    Bytes(Bytes),
}

/// Both ways to one vendor.
struct Sides {
    client: Client,
    http: reqwest::Client,
    url: String,
}

impl Sides {
    /// The two take turns, so that whatever else the machine does falls on both; the fastest turn of each counts.
    async fn compare(&self, name: &str, picture: &Picture, rounds: u32, calls: u32) -> Result<f64, Box<dyn Error>> {
        let (mut by_hand, mut by_facade) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..rounds {
            let start = cpu()?;
            for _ in 0..calls {
                self.hand(picture).await?;
            }
            let middle = cpu()?;
            for _ in 0..calls {
                self.facade(picture).await?;
            }
            let end = cpu()?;
            by_hand = by_hand.min(middle - start);
            by_facade = by_facade.min(end - middle);
        }
        let added = by_facade / by_hand - 1.0;
        let micros = |seconds: f64| seconds * 1e6 / f64::from(calls);
        let (hand, facade) = (micros(by_hand), micros(by_facade));
        println!("{name}: by hand {hand:.1} µs, facade {facade:.1} µs, added {:.1} %", added * 100.0);
        Ok(added)
    }

    async fn hand(&self, picture: &Picture) -> Result<(), Box<dyn Error>> {
        let Self { http, url, .. } = self;
        let image = match picture {
            Picture::Url => IMAGE.to_owned(),
            Picture::Bytes(bytes) => format!("data:image/png;base64,{}", STANDARD.encode(bytes)),
        };
        let body = json!({"image": image, "prompt": PROMPT});
        let submit = http.post(format!("{url}/v3/async/minimax-hailuo-2.3-i2v")).bearer_auth("any-key").json(&body);
        let answer: Value = submit.send().await?.error_for_status()?.json().await?;
        let id = answer["task_id"].as_str().ok_or("no id")?;
        let poll = http.get(format!("{url}/v3/async/task-result")).query(&[("task_id", id)]).bearer_auth("any-key");
        let answer: Value = poll.send().await?.error_for_status()?.json().await?;
        answer["videos"][0]["video_url"].as_str().ok_or("no video")?;
        Ok(())
    }

    async fn facade(&self, picture: &Picture) -> Result<(), Box<dyn Error>> {
        let image = match picture {
            Picture::Url => IMAGE.into(),
            Picture::Bytes(bytes) => Image::bytes(bytes.clone()),
        };
        let request = ImageToVideo::builder().image(image).prompt(PROMPT).build()?;
        let Submission::Accepted(job) = self.client.submit(&request).await else {
            return Err("the vendor accepts everything".into());
        };
        match job.status().await? {
            Event::Done { .. } => Ok(()),
            other => Err(format!("{other:?}").into()),
        }
    }
}

/// Accepts every request with a body, and has finished every job.
async fn serve(mut stream: TcpStream) -> io::Result<()> {
    let answer = |body: &str| {
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let (accepted, done) = (answer(ACCEPTED), answer(DONE));
    let (mut received, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        received.extend_from_slice(&buffer[..count]);
        if received.starts_with(b"GET ") && received.ends_with(b"\r\n\r\n") {
            stream.write_all(done.as_bytes()).await?;
            received.clear();
        } else if received.starts_with(b"POST ") && received.ends_with(b"}") {
            stream.write_all(accepted.as_bytes()).await?;
            received.clear();
        }
    }
}

/// Seconds of CPU time that this thread has used.
fn cpu() -> Result<f64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanos: u64 = text.split(' ').next().ok_or("no time")?.parse()?;
    #[expect(clippy::cast_precision_loss, reason = "some seconds")]
    Ok(nanos as f64 / 1e9)
}
