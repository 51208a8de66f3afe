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
        mpsc,
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::{spawn_blocking, yield_now},
};

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

/// So many rounds in a row without a beat are silence.
const ROUNDS: u32 = 4;
/// Moves at a time, before it is listened again.
const MOVES: u32 = 500;
/// So often whoever can go on may do so before the next move.
const TURNS: u32 = 6;

/// Runs a case on a runtime of its own, whose time moves by this much at once.
pub(super) fn run<T>(step: Duration, pulse: &Pulse, case: impl Future<Output = T>) -> T {
    // One thread is held below; whatever else blocks, as work on files does, waits in line for the other.
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().start_paused(true).max_blocking_threads(2).build().unwrap();
    runtime.block_on(async {
        // As long as something blocks, the clock does not move by itself.
        let (_release, held) = mpsc::channel::<()>();
        drop(spawn_blocking(move || held.recv()));
        tokio::spawn(keep(step, pulse.clone(), Echo::new().await));
        let mut case = pin!(case);
        // The client is heard, too: it may have much to read.
        poll_fn(|context| {
            pulse.beat();
            case.as_mut().poll(context)
        })
        .await
    })
}

async fn keep(step: Duration, pulse: Pulse, mut echo: Echo) {
    loop {
        let before = pulse.count();
        for _ in 0..ROUNDS {
            echo.round().await;
            turn().await;
        }
        for _ in 0..MOVES {
            turn().await;
            if pulse.count() != before {
                break;
            }
            tokio::time::advance(step).await;
        }
    }
}

/// What was on its way when a round began has arrived when it ends: packets on loopback keep their order, and so does
/// what waits for the one free thread.
struct Echo {
    near: TcpStream,
    far: TcpStream,
}

impl Echo {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        near.set_nodelay(true).unwrap();
        let (far, _) = listener.accept().await.unwrap();
        Self { near, far }
    }

    async fn round(&mut self) {
        self.near.write_all(b"?").await.unwrap();
        self.far.read_u8().await.unwrap();
        spawn_blocking(|| ()).await.unwrap();
    }
}

async fn turn() {
    for _ in 0..TURNS {
        yield_now().await;
    }
}
