//! What the facade adds to a submit and a poll against the same two calls written by hand with reqwest, in CPU time of
//! the client's thread alone: the vendor's side is a thread of its own that answers with constant bytes.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{
    error::Error,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use hailuo::{Client, Event, ImageToVideo, Submission, Vendor, reqwest};
use serde_json::{Value, json};

const ROUNDS: usize = 60;
const CALLS: u32 = 50;
/// The limit of what is added.
const LIMIT: f64 = 0.05;

const IMAGE: &str = "https://example.com/fox.jpg";
const PROMPT: &str = "The fox turns its head. [推进]";
const ACCEPTED: &str = r#"{"task_id":"4c1a8a3d-0b3e-4a59-9a56-2f6f1b6c7d11"}"#;
const DONE: &str = r#"{"extra":{},"task":{"task_id":"4c1a8a3d-0b3e-4a59-9a56-2f6f1b6c7d11","task_type":"HAILUO_2_3_I2V","status":"TASK_STATUS_SUCCEED","reason":"","eta":0,"progress_percent":100},"images":[],"videos":[{"video_url":"https://cdn.example/v/4c1a8a3d.mp4?sig=abc","video_url_ttl":"3600","video_type":"mp4"}],"audios":[]}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::Builder::new().name("vendor".to_owned()).spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream));
        }
    })?;
    let client = Client::builder().key(Vendor::HighwayApi, "any-key").base_url(Vendor::HighwayApi, &url).build()?;
    let request = ImageToVideo::builder().image(IMAGE).prompt(PROMPT).build()?;
    let http = reqwest::Client::builder().tls_certs_only([]).no_proxy().build()?;
    // The two take turns, so that whatever else the machine does falls on both; the fastest turn of each counts.
    let (mut by_hand, mut by_facade) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        let start = cpu()?;
        for _ in 0..CALLS {
            hand(&http, &url).await?;
        }
        let middle = cpu()?;
        for _ in 0..CALLS {
            facade(&client, &request).await?;
        }
        let end = cpu()?;
        by_hand = by_hand.min(middle - start);
        by_facade = by_facade.min(end - middle);
    }
    let added = by_facade / by_hand - 1.0;
    let micros = |seconds: f64| seconds * 1e6 / f64::from(CALLS);
    println!("by hand {:.1} µs, facade {:.1} µs, added {:.1} %", micros(by_hand), micros(by_facade), added * 100.0);
    assert!(added < LIMIT, "the facade adds {:.1} %, more than {} %", added * 100.0, LIMIT * 100.0);
    Ok(())
}

async fn hand(http: &reqwest::Client, url: &str) -> Result<(), Box<dyn Error>> {
    let body = json!({"image": IMAGE, "prompt": PROMPT});
    let submit = http.post(format!("{url}/v3/async/minimax-hailuo-2.3-i2v")).bearer_auth("any-key").json(&body);
    let answer: Value = submit.send().await?.error_for_status()?.json().await?;
    let id = answer["task_id"].as_str().ok_or("no id")?;
    let poll = http.get(format!("{url}/v3/async/task-result")).query(&[("task_id", id)]).bearer_auth("any-key");
    let answer: Value = poll.send().await?.error_for_status()?.json().await?;
    answer["videos"][0]["video_url"].as_str().ok_or("no video")?;
    Ok(())
}

async fn facade(client: &Client, request: &ImageToVideo) -> Result<(), Box<dyn Error>> {
    let submission = client.submit(request).await;
    let Submission::Accepted(job) = submission else {
        return Err(format!("{submission:?}").into());
    };
    match job.status().await? {
        Event::Done { .. } => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

/// Accepts every request with a body, and has finished every job.
fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let answer = |body: &str| {
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let (accepted, done) = (answer(ACCEPTED), answer(DONE));
    let (mut received, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        received.extend_from_slice(&buffer[..count]);
        if received.starts_with(b"GET ") && received.ends_with(b"\r\n\r\n") {
            stream.write_all(done.as_bytes())?;
            received.clear();
        } else if received.starts_with(b"POST ") && received.ends_with(b"}") {
            stream.write_all(accepted.as_bytes())?;
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
