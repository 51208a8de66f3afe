//! Time that passes only when nothing else happens.
//!
//! A paused clock by itself jumps to the next deadline as soon as no task can go on, also when the kernel has a packet
//! that it has not delivered yet. Here it is held, and moved on when vendor and client have both been silent.

use std::{
    future::poll_fn,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::task::{spawn_blocking, yield_now};

/// Counts what happens on the vendor's side of the connections.
#[derive(Clone, Default)]
pub(super) struct Pulse(Arc<AtomicU64>);

impl Pulse {
    pub(super) fn beat(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// How long it is silent before time moves on. A packet on loopback is there in far less.
const SILENCE: Duration = Duration::from_millis(2);
/// Moves at a time, before it is listened again.
const MOVES: u32 = 500;
/// So often whoever can go on may do so before the next move.
const TURNS: u32 = 6;

/// Runs a case on a runtime of its own, whose time moves by this much at once.
pub(super) fn run<T>(step: Duration, pulse: &Pulse, case: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        tokio::spawn(keep(step, pulse.clone()));
        let mut case = pin!(case);
        // The client is heard, too: it may have much to read.
        poll_fn(|context| {
            pulse.beat();
            case.as_mut().poll(context)
        })
        .await
    })
}

async fn keep(step: Duration, pulse: Pulse) {
    loop {
        let before = pulse.count();
        // As long as this runs, the clock does not move by itself.
        spawn_blocking(|| thread::sleep(SILENCE)).await.unwrap();
        for _ in 0..MOVES {
            turn().await;
            if pulse.count() != before {
                break;
            }
            tokio::time::advance(step).await;
        }
    }
}

async fn turn() {
    for _ in 0..TURNS {
        yield_now().await;
    }
}
