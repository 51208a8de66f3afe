//! What became of the kept connections while nobody looked.
//!
//! A runtime learns that a connection was closed only when it looks at the network, and it does not while it does not
//! run: between two calls that block, or while the one thread that runs it does something else. Then a request would be
//! written on a connection that is gone, and whether that arrived, nobody could tell. A service that was once seen to hang
//! up without a word may do so at any time, and what may cost money goes to it on a connection of its own from then on.

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use reqwest::{Client, ClientBuilder, Method, Request};
use tokio::{runtime::Handle, task::yield_now};

/// How old may be what is known of the connections. An answer's end is such knowledge, so that of calls that follow one
/// another without a pause only the first one looks.
const FRESH: Duration = Duration::from_micros(20);

/// Sees to it that no request is sent before the runtime has looked at the network.
pub(crate) struct Lookout {
    start: Instant,
    /// When it last looked, in nanoseconds after the start; 0 if it has not yet.
    last: AtomicU64,
    /// Whether the service has hung up without a word.
    has_hung_up: AtomicBool,
    /// Makes what [`fresh`](Self::fresh) keeps; none where the caller has brought an HTTP client.
    make: Option<Make>,
    fresh: OnceLock<Option<Client>>,
}

/// Makes a builder like that of the HTTP client in use.
pub(crate) type Make = Box<dyn Fn() -> ClientBuilder + Send + Sync>;

impl Lookout {
    pub(crate) fn new(make: Option<Make>) -> Self {
        let (last, has_hung_up) = (AtomicU64::new(0), AtomicBool::new(false));
        Self { start: Instant::now(), last, has_hung_up, make, fresh: OnceLock::new() }
    }

    /// A connection has ended under a request.
    pub(crate) fn broke(&self) {
        self.has_hung_up.store(true, Relaxed);
    }

    /// An HTTP client that keeps no connection, for a request that needs one of its own.
    pub(crate) fn fresh(&self, request: &Request) -> Option<&Client> {
        let make = self.make.as_ref().filter(|_| self.has_hung_up.load(Relaxed) && request.method() != Method::GET)?;
        self.fresh.get_or_init(|| make().pool_max_idle_per_host(0).build().ok()).as_ref()
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
