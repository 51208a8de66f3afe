//! Dropping a future, or the whole runtime, at any point: what the vendor has, the journal knows of.

use std::{sync::Arc, time::Duration};

use hailuo::{MemoryJournal, Outcome, Vendor};
use hailuo_sandbox::{Pace, Sandbox};

use crate::stage::{Stage, builder, quick, request, seller};

/// Turns of the runtime after which a submit is surely over.
const TURNS: usize = 120;

#[tokio::test(start_paused = true)]
async fn a_dropped_submit_is_in_the_journal_once_the_vendor_has_answered() {
    for vendor in Vendor::ALL {
        let mut accepted = 0;
        for turns in 0..TURNS {
            let stage = Stage::new(Pace::INSTANT, &[vendor]).await;
            let (client, wanted) = (stage.client.clone(), request());
            let task = tokio::spawn(async move { client.generate(&wanted).await.map(drop) });
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
            task.abort();
            // Whatever is under way comes to its end.
            tokio::time::sleep(Duration::from_mins(10)).await;
            let jobs = stage.sandbox.jobs(seller(vendor));
            let entries = stage.journal.entries();
            match (jobs.as_slice(), entries.as_slice()) {
                ([job], [entry]) => {
                    let Some(Outcome::Accepted(handle)) = &entry.outcome else {
                        panic!("{vendor} after {turns} turns: a job and {entry:?}");
                    };
                    assert_eq!(handle.id(), job.id);
                    accepted += 1;
                    // Another process finishes it from the printed handle.
                    let token = handle.to_string();
                    let other = builder(&stage.sandbox, &[vendor]).build().unwrap();
                    let job = other.resume(token.parse().unwrap()).unwrap();
                    assert!(job.wait_with(&quick()).await.is_ok());
                }
                ([], [entry]) => {
                    assert_eq!(entry.outcome, Some(Outcome::Rejected), "{vendor} after {turns} turns");
                    assert_eq!(stage.sandbox.submits(seller(vendor)).len(), 0, "{vendor} after {turns} turns");
                }
                ([], []) => assert_eq!(stage.sandbox.submits(seller(vendor)).len(), 0),
                other => panic!("{vendor} after {turns} turns: {other:?}"),
            }
        }
        assert!(accepted > 0 && accepted < TURNS, "{vendor}: {accepted} of {TURNS} were accepted");
    }
}

#[test]
fn a_runtime_that_is_shut_down_leaves_no_job_that_the_journal_takes_for_rejected() {
    for vendor in [Vendor::Fal, Vendor::ModelsLab] {
        let mut arrived = 0;
        for turns in (0..400).step_by(10) {
            let sandbox = Sandbox::builder().pace(Pace::INSTANT).start_blocking().unwrap();
            let journal = Arc::new(MemoryJournal::new());
            let client = builder(&sandbox, &[vendor]).shared_journal(journal.clone()).build().unwrap();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let task = tokio::spawn(async move { drop(client.submit(&request()).await) });
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
                drop(task);
            });
            drop(runtime);
            // What was on its way to the sandbox arrives.
            let mut seen = 0;
            for _ in 0..20 {
                std::thread::yield_now();
                seen = sandbox.submits(seller(vendor)).len();
            }
            let outcomes: Vec<_> = journal.entries().into_iter().map(|entry| entry.outcome).collect();
            if seen > 0 {
                arrived += 1;
                let is_safe =
                    matches!(outcomes.as_slice(), [None | Some(Outcome::Accepted(_) | Outcome::Unknown(None))]);
                assert!(is_safe, "{vendor} after {turns} turns: {outcomes:?}");
            }
        }
        assert!(arrived > 0, "{vendor}: no request was under way");
    }
}

#[tokio::test(start_paused = true)]
async fn dropping_the_waiting_loses_nothing() {
    let stage = Stage::new(Pace::polls(6), &[Vendor::SeaArt]).await;
    let job = stage.client.submit(&request()).await.into_result().unwrap();
    for _ in 0..3 {
        let waited = tokio::time::timeout(Duration::from_secs(3), job.wait()).await;
        assert!(waited.is_err());
    }
    assert!(job.wait().await.is_ok());
    assert_eq!(stage.sandbox.submits(seller(Vendor::SeaArt)).len(), 1);
}
