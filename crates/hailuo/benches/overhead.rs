//! What the facade adds to a submit and a poll against the same two calls written by hand with reqwest, in CPU time of
//! the client's thread.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::error::Error;

use hailuo::{Client, Event, ImageToVideo, Submission, Vendor, reqwest};
use hailuo_sandbox::{Pace, Sandbox, Vendor as Seller};
use serde_json::{Value, json};

const ROUNDS: usize = 15;
const CALLS: u32 = 100;
/// The limit of what is added.
const LIMIT: f64 = 0.05;

const IMAGE: &str = "https://example.com/fox.jpg";
const PROMPT: &str = "The fox turns its head. [推进]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // On a thread of its own, so that the client's CPU time can be told from the vendor's.
    let sandbox = Sandbox::builder().vendors([Seller::HighwayApi]).pace(Pace::INSTANT).start_blocking()?;
    let url = sandbox.url(Seller::HighwayApi);
    let client = Client::builder().key(Vendor::HighwayApi, "any-key").base_url(Vendor::HighwayApi, &url).build()?;
    let request = ImageToVideo::builder().image(IMAGE).prompt(PROMPT).build()?;
    let http = reqwest::Client::builder().tls_certs_only([]).build()?;
    let (mut by_hand, mut by_facade) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        let start = cpu()?;
        for _ in 0..CALLS {
            hand(&http, &url).await?;
        }
        let middle = cpu()?;
        for _ in 0..CALLS {
            let submission = client.submit(&request).await;
            let Submission::Accepted(job) = submission else {
                return Err(format!("{submission:?}").into());
            };
            assert!(matches!(job.status().await?, Event::Done { .. }));
        }
        let end = cpu()?;
        by_hand = by_hand.min(middle - start);
        by_facade = by_facade.min(end - middle);
        sandbox.clear_journal();
    }
    let added = by_facade / by_hand - 1.0;
    let micros = |seconds: f64| seconds * 1e6 / f64::from(CALLS);
    println!("by hand {:.0} µs, facade {:.0} µs, added {:.1} %", micros(by_hand), micros(by_facade), added * 100.0);
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

/// Seconds of CPU time that this thread has used.
fn cpu() -> Result<f64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanos: u64 = text.split(' ').next().ok_or("no time")?.parse()?;
    #[expect(clippy::cast_precision_loss, reason = "some seconds")]
    Ok(nanos as f64 / 1e9)
}
