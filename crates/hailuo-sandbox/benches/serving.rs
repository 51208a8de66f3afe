//! Speed and memory of the sandbox, each as a ratio within one run: status requests per second against a bare axum
//! handler that answers a constant, under the same load; and the memory of 10,000 waiting jobs against the limit.
//!
//! `cargo bench -p hailuo-sandbox` prints both and fails if one is out of bounds.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and may stop at the first surprise")]

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use divan::{Bencher, counter::ItemsCount};
use hailuo_sandbox::{Pace, Sandbox, Vendor};
use peak_alloc::PeakAlloc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const CONNECTIONS: usize = 16;
const BATCH: usize = 3200;
const ROUNDS: usize = 15;
const JOBS: usize = 10_000;
const LIMIT: f64 = 50.0;

fn main() -> ExitCode {
    let is_fast = speed();
    let is_small = memory();
    divan::main();
    if is_fast && is_small { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A server under load: where it is, and the request that is sent to it.
struct Target {
    address: String,
    request: String,
}

/// Sends a batch of requests over several connections, each waiting for its answer.
async fn load(target: &Target, batch: usize) {
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (address, request) = (target.address.clone(), target.request.clone());
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                stream.set_nodelay(true).unwrap();
                let mut buffer = vec![0; 16 * 1024];
                for _ in 0..batch / CONNECTIONS {
                    stream.write_all(request.as_bytes()).await.unwrap();
                    read_answer(&mut stream, &mut buffer).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// Reads one answer: its head, and as many bytes as that says.
async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) {
    let mut filled = 0;
    loop {
        let read = stream.read(&mut buffer[filled..]).await.unwrap();
        assert!(read > 0, "the server has hung up");
        filled += read;
        let Some(head) = buffer[..filled].windows(4).position(|end| end == b"\r\n\r\n") else {
            continue;
        };
        let text = std::str::from_utf8(&buffer[..head]).unwrap();
        assert!(text.starts_with("HTTP/1.1 20"), "{text}");
        let length: usize =
            text.split("\r\n").find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        if filled == head + 4 + length {
            return;
        }
    }
}

/// A bare handler that answers what the sandbox would.
async fn bare() -> Target {
    const ANSWER: &str = r#"{"cancel_url":"http://127.0.0.1:40000/fal-ai/minimax/requests/00000000-0000-4000-8000-000000000000/cancel","queue_position":1,"request_id":"00000000-0000-4000-8000-000000000000","response_url":"http://127.0.0.1:40000/fal-ai/minimax/requests/00000000-0000-4000-8000-000000000000","status":"IN_QUEUE","status_url":"http://127.0.0.1:40000/fal-ai/minimax/requests/00000000-0000-4000-8000-000000000000/status"}"#;
    let router = axum::Router::new().fallback(|| async {
        ([("content-type", "application/json"), ("x-fal-request-id", "00000000-0000-4000-8000-000000000000")], ANSWER)
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Target { request: request(&address, "/status"), address }
}

fn request(address: &str, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Key a-key\r\naccept: */*\r\n\r\n")
}

/// A waiting job of a sandbox.
async fn waiting(sandbox: &Sandbox) -> Target {
    submit(sandbox, 1).await;
    let address = sandbox.url(Vendor::Fal).trim_start_matches("http://").to_owned();
    let id = &sandbox.jobs(Vendor::Fal)[0].id;
    Target { request: request(&address, &format!("/fal-ai/minimax/requests/{id}/status")), address }
}

async fn submit(sandbox: &Sandbox, jobs: usize) {
    let address = sandbox.url(Vendor::Fal).trim_start_matches("http://").to_owned();
    let body = r#"{"prompt":"a lighthouse lamp turns while fog rolls in","image_url":"https://example.com/a.jpg"}"#;
    let request = format!(
        "POST /fal-ai/minimax/hailuo-2.3/pro/image-to-video HTTP/1.1\r\nhost: {address}\r\nauthorization: Key a-key\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    load(&Target { address, request }, jobs.max(CONNECTIONS)).await;
}

async fn sandbox() -> Sandbox {
    Sandbox::builder()
        .vendors([Vendor::Fal])
        .pace(Pace::time(Duration::from_hours(1)))
        .journal_limit(20_000)
        .start()
        .await
        .unwrap()
}

/// Both servers under the same load in turns; the best round of each counts, for a slow one was disturbed.
fn speed() -> bool {
    let runtime = Runtime::new().unwrap();
    let (bare, ours) = runtime.block_on(async {
        let sandbox = sandbox().await;
        let (bare, ours) = (bare().await, waiting(&sandbox).await);
        let mut best = [Duration::MAX; 2];
        for _ in 0..ROUNDS {
            for (target, best) in [&bare, &ours].into_iter().zip(&mut best) {
                let start = Instant::now();
                load(target, BATCH).await;
                *best = start.elapsed().min(*best);
            }
        }
        (best[0], best[1])
    });
    #[expect(clippy::cast_precision_loss, reason = "a batch is small")]
    let rate = |best: Duration| BATCH as f64 / best.as_secs_f64();
    let ratio = rate(ours) / rate(bare);
    println!(
        "status requests per second: {:.0}, of a bare handler: {:.0}; ratio {ratio:.2}, at least 0.50",
        rate(ours),
        rate(bare)
    );
    ratio >= 0.5
}

/// Memory that 10,000 waiting jobs take, with the journal of their submits.
fn memory() -> bool {
    let runtime = Runtime::new().unwrap();
    let taken = runtime.block_on(async {
        let sandbox = sandbox().await;
        submit(&sandbox, 1).await;
        let before = MEMORY.current_usage_as_mb();
        submit(&sandbox, JOBS).await;
        assert!(sandbox.jobs(Vendor::Fal).len() >= JOBS);
        f64::from(MEMORY.current_usage_as_mb() - before)
    });
    println!("memory of {JOBS} waiting jobs: {taken:.1} MB; ratio to the limit {:.2}, at most 1.00", taken / LIMIT);
    taken <= LIMIT
}

#[divan::bench(sample_count = 20)]
fn bare_axum_handler(bencher: Bencher<'_, '_>) {
    let runtime = Runtime::new().unwrap();
    let target = runtime.block_on(bare());
    bencher.counter(ItemsCount::new(BATCH)).bench_local(|| runtime.block_on(load(&target, BATCH)));
}

#[divan::bench(sample_count = 20)]
fn sandbox_status(bencher: Bencher<'_, '_>) {
    let runtime = Runtime::new().unwrap();
    let (_sandbox, target) = runtime.block_on(async {
        let sandbox = sandbox().await;
        let target = waiting(&sandbox).await;
        (sandbox, target)
    });
    bencher.counter(ItemsCount::new(BATCH)).bench_local(|| runtime.block_on(load(&target, BATCH)));
}
