//! What really happened on the wire during one call, kept apart from the result that generated code returns.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};

use crate::{AnswerTooLarge, Cause, detail::Detail};

/// The traces of one call: whether it was sent, and what came back.
///
/// Attach one with [`Session::recorded`](crate::Session::recorded) and use it for one call. Clones share their
/// content. It can be read while the call runs, and after its future was dropped: a caller who gave up waiting still
/// learns whether anything had been sent.
#[derive(Clone, Default)]
pub struct Record(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    began: bool,
    sent: bool,
    status: Option<StatusCode>,
    headers: HeaderMap,
    bytes: Bytes,
    ending: Option<Ending>,
}

/// How reading an answer ended.
#[derive(Debug, Clone)]
pub(crate) enum Ending {
    Whole,
    Cut { cause: Cause, detail: Option<Detail> },
    TooLarge(AnswerTooLarge),
}

impl Record {
    /// Whether the request may have reached the service.
    ///
    /// For a request with a body: whether the connection took any of it. For one without: whether the connection was
    /// there. Once true it stays true, also if the record is used for another call, so that it errs on the side of
    /// "may have been charged".
    pub fn sent(&self) -> bool {
        self.state().sent
    }

    /// The status, once the head of an answer came.
    pub fn status(&self) -> Option<StatusCode> {
        self.state().status
    }

    /// The headers, once the head of an answer came.
    pub fn headers(&self) -> HeaderMap {
        self.state().headers.clone()
    }

    /// What came of the answer's body: all of it, or as much as came before it was cut or grew too large.
    pub fn bytes(&self) -> Bytes {
        self.state().bytes.clone()
    }

    /// Whether the answer was read to its end.
    pub fn complete(&self) -> bool {
        matches!(self.state().ending, Some(Ending::Whole))
    }

    pub(crate) fn ending(&self) -> Option<Ending> {
        self.state().ending.clone()
    }

    /// Whether a request was handed to this record's session at all.
    pub(crate) fn began(&self) -> bool {
        self.state().began
    }

    /// A request is about to be executed; whatever an earlier one left is forgotten, but for `sent`.
    pub(crate) fn begin(&self) {
        let mut state = self.state();
        *state = State { began: true, sent: state.sent, ..State::default() };
    }

    pub(crate) fn mark_sent(&self) {
        self.state().sent = true;
    }

    pub(crate) fn head(&self, status: StatusCode, headers: &HeaderMap) {
        let mut state = self.state();
        state.sent = true;
        state.status = Some(status);
        state.headers = headers.clone();
    }

    pub(crate) fn body(&self, bytes: Bytes, ending: Ending) {
        let mut state = self.state();
        state.bytes = bytes;
        state.ending = Some(ending);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code that could panic runs under the lock; a poisoned state would still be a true one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Record {
    /// Sizes instead of contents.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Record")
            .field("sent", &state.sent)
            .field("status", &state.status.map(|status| status.as_u16()))
            .field("bytes", &state.bytes.len())
            .field("ending", &state.ending)
            .finish_non_exhaustive()
    }
}
