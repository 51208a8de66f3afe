//! What became of the kept connections while nobody looked.
//!
//! A runtime learns that a connection was closed only when it looks at the network, and it does not while it does not
//! run: between two calls that block, or while the one thread that runs it does something else. Then a request would be
//! written on a connection that is gone, and whether that arrived, nobody could tell.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::{Duration, Instant},
};

use tokio::{runtime::Handle, task::yield_now};

/// How old may be what is known of the connections. An answer's end is such knowledge, so that of calls that follow one
/// another without a pause only the first one looks.
const FRESH: Duration = Duration::from_micros(20);

/// Sees to it that no request is sent before the runtime has looked at the network.
pub(crate) struct Lookout {
    start: Instant,
    /// When it last looked, in nanoseconds after the start; 0 if it has not yet.
    last: AtomicU64,
}

impl Lookout {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), last: AtomicU64::new(0) }
    }

    /// Something came from the network just now.
    pub(crate) fn saw(&self) {
        self.last.store(self.now(), Relaxed);
    }

    /// Lets the runtime look, if it has not just done so.
    pub(crate) async fn look(&self) {
        let last = self.last.load(Relaxed);
        // Before the first call there is nothing to look at.
        if last == 0 || Duration::from_nanos(self.now().saturating_sub(last)) < FRESH {
            return;
        }
        if let Ok(runtime) = Handle::try_current() {
            // A task runs where the looking is done, also when another thread is the one that runs them.
            drop(runtime.spawn(yield_now()).await);
        }
        self.saw();
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}
