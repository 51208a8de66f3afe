//! What a picture of 20 MB costs between the caller and the socket, as ratios measured in one run.
//!
//! `cargo bench -p hailuo-runtime` prints them, and fails when memory exceeds one and a half times the picture.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and panics where it fails")]
#![allow(dead_code, reason = "the tests' client has more operations than are measured")]

#[path = "../tests/it/client.rs"]
mod client;

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    process::ExitCode,
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hailuo_runtime::{Config, Media, json_body};
use peak_alloc::PeakAlloc;
use serde_json::json;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const PICTURE: usize = 20 << 20;

/// The limit on memory, on top of the picture itself.
const LIMIT: f64 = 1.5;

#[derive(serde::Serialize)]
struct Body {
    prompt: &'static str,
    image: Media,
}

fn main() -> ExitCode {
    let picture = Bytes::from(vec![0x5a; PICTURE]);
    let body = Body { prompt: "a cat", image: Media::bytes(picture.clone(), "image/png") };

    let (_, formatted) = peak(|| serde_json::to_vec(&json!({"image": STANDARD.encode(&picture)})).unwrap());
    let (_, written) = peak(|| json_body(&body).unwrap());
    let (answered, sent) = peak(|| submit(&body));
    println!("memory, in pictures, on top of the picture itself (limit {LIMIT}):");
    println!("  encoded, then written as JSON  {formatted:.2}");
    println!("  json_body                      {written:.2}");
    println!("  submit, down to the socket     {sent:.2}");

    let encoding = fastest(|| STANDARD.encode(&picture));
    let writing = fastest(|| json_body(&body).unwrap());
    println!("time of json_body, in times of encoding base64 alone: {:.2}", writing / encoding);

    if answered && written <= LIMIT && sent <= LIMIT { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The most memory that was in use at once during `work`, beyond what was before, in pictures.
fn peak<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let result = work();
    #[expect(clippy::cast_precision_loss, reason = "a ratio with two digits")]
    let ratio = MEMORY.peak_usage().saturating_sub(before) as f64 / PICTURE as f64;
    (result, ratio)
}

fn fastest<T>(mut work: impl FnMut() -> T) -> f64 {
    let once = |work: &mut dyn FnMut() -> T| {
        let started = Instant::now();
        std::hint::black_box(work());
        started.elapsed()
    };
    (0..5).map(|_| once(&mut work)).min().unwrap_or(Duration::ZERO).as_secs_f64()
}

/// Sends the picture to a server that reads it slowly enough for nothing to be gone before the rest is written.
fn submit(body: &Body) -> bool {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let length = serde_json::to_string(&json!({"prompt": "", "image": ""})).unwrap().len() + PICTURE.div_ceil(3) * 4;
    let server = std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let (mut buffer, mut read) = ([0; 4096], 0);
        while read < length {
            read += socket.read(&mut buffer).unwrap();
        }
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}").unwrap();
        while socket.read(&mut buffer).is_ok_and(|read| read > 0) {}
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answered = runtime.block_on(async {
        let (client, record) = client::client_with(Config::new(), &base, client::BODY).recorded();
        record.outcome(client.submit(body).await).is_ok()
    });
    server.join().unwrap();
    answered
}
