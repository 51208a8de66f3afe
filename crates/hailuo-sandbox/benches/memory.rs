//! Memory of 10,000 waiting jobs, with the journal of their submits, as a ratio to the limit of 50 MB.
//!
//! `cargo bench -p hailuo-sandbox --bench memory` prints it and fails if it is above 1. A program of its own: counting
//! what is allocated costs time.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and may stop at the first surprise")]

mod load;

use std::process::ExitCode;

use hailuo_sandbox::Vendor;
use peak_alloc::PeakAlloc;
use tokio::runtime::Runtime;

use load::{sandbox, submit};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const JOBS: usize = 10_000;
const LIMIT: f64 = 50.0;

fn main() -> ExitCode {
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
    if taken <= LIMIT { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
