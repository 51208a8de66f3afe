//! Ten thousand jobs that wait in one process: memory, and threads.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod vendor;

use std::{error::Error, io, time::Duration};

use hailuo::{Client, JobHandle, Vendor, WaitOptions};
use peak_alloc::PeakAlloc;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const JOBS: u32 = 10_000;
/// The limit, in megabytes.
const LIMIT: f32 = 100.0;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = vendor::start(serve)?;
    let client = Client::builder().key(Vendor::HighwayApi, "any-key").base_url(Vendor::HighwayApi, url).build()?;
    let threads = own_threads()?;
    let before = ALLOCATOR.current_usage_as_mb();
    let options = WaitOptions::new().longest_interval(Duration::from_secs(5));
    let mut waiting = Vec::new();
    for number in 0..JOBS {
        let (client, handle) = (client.clone(), JobHandle::of(Vendor::HighwayApi, &number.to_string(), None)?);
        waiting.push(tokio::spawn(async move { client.wait_with(&handle, &options).await.map(drop) }));
    }
    // Every job has asked at least once.
    tokio::time::sleep(Duration::from_secs(15)).await;
    let over = waiting.iter().filter(|task| task.is_finished()).count();
    assert_eq!(over, 0, "jobs have stopped waiting");
    let (used, peak) = (ALLOCATOR.current_usage_as_mb() - before, ALLOCATOR.peak_usage_as_mb() - before);
    let more = own_threads()? - threads;
    println!("{JOBS} waiting jobs: {used:.1} MB, {peak:.1} MB at most, {more} more threads");
    assert!(peak < LIMIT, "{peak:.1} MB is more than {LIMIT} MB");
    // The vendor's, which may have started after the count.
    assert!(more <= 1, "{more} more threads");
    Ok(())
}

fn own_threads() -> io::Result<usize> {
    Ok(std::fs::read_dir("/proc/self/task")?.count())
}

/// Says that the task runs, whichever it is.
async fn serve(mut stream: TcpStream) -> io::Result<()> {
    let body = r#"{"task":{"task_id":"7","status":"TASK_STATUS_PROCESSING","progress_percent":"50"}}"#;
    let answer =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer).await? > 0 {
        stream.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}
