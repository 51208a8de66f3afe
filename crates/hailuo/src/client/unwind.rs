//! Panics on this side, which must not take a job with them that is paid for.

use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use crate::journal::JournalError;

/// A journal is the caller's code: if it panics, what the vendor said must not be lost with it.
pub(super) fn told(tell: impl FnOnce() -> Result<(), JournalError>) -> Result<(), JournalError> {
    catch_unwind(AssertUnwindSafe(tell)).unwrap_or_else(|_| Err("the journal panicked".into()))
}

/// What a future gives, unless it panics: tokio does where the system has no more threads for it, and a resolver is the
/// caller's code. The job that is paid for must not be lost with it.
pub(super) async fn unwound<F: Future>(future: F) -> Result<F::Output, Panicked> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(polled) => polled.map(Ok),
        Err(_) => Poll::Ready(Err(Panicked)),
    })
    .await
}

/// The panic's own words may be anything, and were printed where it happened.
#[derive(Debug, thiserror::Error)]
#[error("a part of this program panicked")]
pub(super) struct Panicked;
