//! Ctrl-C: once stops the waiting, twice ends the program.
//!
//! Stopping is gentle because a request that is being sent may be paid for: its answer is worth waiting for. Whoever
//! cannot wait says so a second time, and the exit code then tells what was left behind.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use tokio::{sync::watch, time::timeout};

use crate::{exit::Exit, ui::Ui};

/// Signals within this time are one: `timeout`, npm and others send theirs to a command and once more to its group.
const TOGETHER: Duration = Duration::from_millis(300);

/// Tells whether the user wants to stop. Clones share what they know.
#[derive(Clone)]
pub(crate) struct Interrupt {
    stop: watch::Receiver<bool>,
    left: Arc<Left>,
}

/// What would be left behind.
#[derive(Default)]
struct Left {
    sending: AtomicUsize,
    open: AtomicUsize,
}

/// Counts something that is going on, until it is dropped.
pub(crate) struct Going<'a>(&'a AtomicUsize);

impl Interrupt {
    /// Listens from now on.
    pub(crate) fn listen(ui: &Arc<Ui>) -> std::io::Result<Self> {
        let (tell, stop) = watch::channel(false);
        let left = Arc::new(Left::default());
        let mut signals = Signals::new()?;
        tokio::spawn({
            let (ui, left) = (Arc::clone(ui), Arc::clone(&left));
            async move {
                signals.next().await;
                // The receiver may be gone because all is done.
                let _ = tell.send(true);
                let _ = timeout(TOGETHER, async {
                    loop {
                        signals.next().await;
                    }
                })
                .await;
                let hint = if left.sending.load(SeqCst) > 0 {
                    "waiting for the vendor's answer to a request that may be paid for; Ctrl-C again to exit now"
                } else {
                    "stopping; Ctrl-C again to exit now"
                };
                ui.tell(hint);
                signals.next().await;
                let exit = left.exit();
                ui.tell(match exit {
                    Exit::Unknown => "a request was cut off: see `hailuo jobs --unknown`",
                    Exit::TimedOut => "jobs go on without this command: see `hailuo jobs --open`",
                    _ => "stopped",
                });
                std::process::exit(exit.code().into());
            }
        });
        Ok(Self { stop, left })
    }

    /// Ends when the user wants to stop.
    pub(crate) async fn stopped(&self) {
        let mut stop = self.stop.clone();
        if stop.wait_for(|stop| *stop).await.is_err() {
            // Nobody can want anything any more.
            std::future::pending::<()>().await;
        }
    }

    /// Whether the user wants to stop.
    pub(crate) fn is_stopped(&self) -> bool {
        *self.stop.borrow()
    }

    /// A request is being sent.
    pub(crate) fn sending(&self) -> Going<'_> {
        Going::new(&self.left.sending)
    }

    /// A job is waited for.
    pub(crate) fn open(&self) -> Going<'_> {
        Going::new(&self.left.open)
    }
}

impl Left {
    fn exit(&self) -> Exit {
        if self.sending.load(SeqCst) > 0 {
            Exit::Unknown
        } else if self.open.load(SeqCst) > 0 {
            Exit::TimedOut
        } else {
            Exit::Other
        }
    }
}

impl<'a> Going<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, SeqCst);
        Self(count)
    }
}

impl Drop for Going<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

/// The ways in which a user or a system asks a program to stop.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    hang_up: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    fn new() -> std::io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
