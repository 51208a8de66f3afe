//! What an answer may cost in memory that never ends, unpacks to gigabytes, or is made of a million little pieces.
//!
//! A binary of its own, since everything that is allocated in it counts.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
};

use hailuo::{Client, ImageToVideo, JobHandle, Tier, Vendor};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The most that is read of an answer.
const ANSWER: usize = 2 << 20;
/// What reading it may cost in all, in megabytes: a few copies, whatever it is made of.
const LIMIT: f32 = 12.0;
/// What it may cost if it is made of just as many values as are read. That does not grow with the answer.
const CROWDED: f32 = 120.0;

/// What is sent before, again and again, and, if it ends at all, after that.
struct Flood {
    name: &'static str,
    head: &'static str,
    before: &'static str,
    again: Vec<u8>,
    times: usize,
    after: &'static str,
}

const PLAIN: &str = "HTTP/1.1 200 OK\r\n\r\n";

fn floods() -> Vec<Flood> {
    let flood = |name, before, again: &str, after| {
        // Pieces of about 60 kB, and somewhat less than what is read.
        let again = again.repeat(60_000 / again.len());
        let times = (ANSWER - 100) / again.len();
        Flood { name, head: PLAIN, before, again: again.into(), times, after }
    };
    let endless = |name, head, again: &str| Flood {
        name,
        head,
        before: "",
        again: again.repeat(60_000 / again.len()).into(),
        times: usize::MAX,
        after: "",
    };
    // In one piece.
    let crowd = |name, before, again: &str, after| Flood {
        name,
        head: PLAIN,
        before,
        again: again.repeat(249_000 / again.matches([',', '[', '{']).count()).into(),
        times: 1,
        after,
    };
    vec![
        crowd("as many lists as are read", r#"{"logs":["#, "[],", "1]}"),
        crowd("as many objects as are read", r#"{"data":["#, "{},", "1]}"),
        crowd("as many lines as are read", r#"{"logs":["#, r#"{"message":"a"},"#, "1]}"),
        crowd("as many fields as are read", r#"{"data":{"#, r#""a":1,"#, r#""z":1}}"#),
        crowd("as many slips as are read", r#"{"data":["#, "NaN,", "1]}"),
        endless("a text without end", PLAIN, " "),
        endless(
            "pieces without end",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            &format!("7530\r\n{}\r\n", " ".repeat(0x7530)),
        ),
        endless("a head without end", "HTTP/1.1 200 OK\r\n", "X-Filler: 1\r\n"),
        flood("a long text", r#"{"message":""#, "fox ", r#""}"#),
        flood("a long text of escapes", r#"{"message":""#, r"\u72d0", r#""}"#),
        flood("a long text of JSON", r#"{"data":""#, r#"{\"a\":1}"#, r#""}"#),
        flood("many fields", "{", r#""a":1,"#, r#""z":1}"#),
        flood("many numbers", "{", r#""task_id":1,"request_id":2,"id":3,"status":4,"#, r#""z":1"#),
        flood("many lists", r#"{"logs":["#, "[],", "1]}"),
        flood("many objects", r#"{"data":["#, r#"{"status":{}},"#, "1]}"),
        flood("many URLs", r#"{"data":["#, r#"{"url":"x"},"#, "1"),
        flood("lists in lists", "", "[", ""),
        flood("objects in objects", "", r#"{"a":"#, ""),
        flood("slips", r#"{"a":["#, "NaN,", "NaN,]}"),
    ]
}

#[tokio::test]
async fn an_answer_costs_a_few_times_its_size_whatever_it_is() {
    for flood in floods() {
        let (name, times) = (flood.name, flood.times);
        let url = serve(flood);
        for vendor in [Vendor::Fal, Vendor::ApiInOne] {
            let client =
                Client::builder().key(vendor, "any").base_url(vendor, &url).max_answer_bytes(ANSWER).build().unwrap();
            let request = ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("fox").build().unwrap();
            let handle = JobHandle::of(vendor, "job-7", Some(Tier::Standard)).unwrap();
            let before = ALLOCATOR.current_usage_as_mb();
            ALLOCATOR.reset_peak_usage();
            drop(client.submit(&request).await);
            let submit = ALLOCATOR.peak_usage_as_mb() - before;
            ALLOCATOR.reset_peak_usage();
            drop(client.status(&handle).await);
            let ask = ALLOCATOR.peak_usage_as_mb() - before;
            let limit = if times < 3 { CROWDED } else { LIMIT };
            assert!(submit < limit && ask < limit, "{vendor} {name}: {submit:.1} MB, {ask:.1} MB");
        }
    }
}

fn serve(flood: Flood) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let flood = Arc::new(flood);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let flood = Arc::clone(&flood);
            thread::spawn(move || drop(send(stream, &flood)));
        }
    });
    url
}

fn send(mut stream: TcpStream, flood: &Flood) -> std::io::Result<()> {
    let mut buffer = [0; 4096];
    if stream.read(&mut buffer)? == 0 {
        return Ok(());
    }
    stream.write_all(flood.head.as_bytes())?;
    stream.write_all(flood.before.as_bytes())?;
    for _ in 0..flood.times {
        stream.write_all(&flood.again)?;
    }
    stream.write_all(flood.after.as_bytes())
}
