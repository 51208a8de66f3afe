//! Every fault, seen by a plain HTTP client: what it looks like, how often it strikes, and whether a job was made.

mod answers;
mod connections;
mod downloads;
mod jobs;

use std::time::Duration;

use hailuo_sandbox::{Fault, Pace, Sandbox, Unfit, Vendor};
use reqwest::RequestBuilder;

use crate::client::{Seen, look_within};

/// How long to wait for what is expected never to come, and for what is expected to come.
pub(super) const SHORTLY: Duration = Duration::from_millis(100);

pub(super) const LONG: Duration = Duration::from_secs(20);

pub(super) async fn sandbox(pace: Pace) -> Sandbox {
    Sandbox::builder().pace(pace).start().await.unwrap()
}

pub(super) fn script(sandbox: &Sandbox, vendor: Vendor, fault: &str) -> Result<(), Box<Unfit>> {
    sandbox.fault(vendor, fault.parse::<Fault>().unwrap())
}

/// How an answer looks to a client, in a word; `expected` tells how long it is worth waiting.
pub(super) async fn word_of(request: RequestBuilder, expected: &str) -> String {
    let limit = if expected == "Silent" { SHORTLY } else { LONG };
    match look_within(request, limit).await {
        Seen::Answer(answer) => answer.status.to_string(),
        other => format!("{other:?}"),
    }
}
