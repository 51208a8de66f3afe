//! What a job tells while it is waited for.

use std::{fmt, sync::Arc, time::Duration};

use crate::{
    error::{Error, ErrorKind},
    handle::JobHandle,
    video::Video,
};

/// Something that happened to a job.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// A vendor that was asked before has refused the request.
    Refused {
        /// Why.
        error: Arc<Error>,
    },
    /// The vendor has accepted the job.
    Accepted {
        /// The job.
        handle: JobHandle,
    },
    /// The job waits.
    Queued {
        /// How many are before it, where the vendor says so.
        position: Option<u64>,
    },
    /// The job runs.
    Running {
        /// How far it is, from 0 to 100, where the vendor says so.
        percent: Option<f64>,
        /// Lines of the vendor's log that were not told before.
        log: Vec<LogLine>,
    },
    /// The vendor used a word for the job's state that this crate does not know. The waiting goes on.
    Unrecognized {
        /// The word.
        word: String,
    },
    /// A question was not answered. The waiting goes on.
    Retrying {
        /// What is to blame.
        kind: ErrorKind,
        /// How many questions in a row have failed. A request to ask less often is not counted.
        failures: u32,
        /// How long until the next question.
        wait: Duration,
    },
    /// There is a video.
    Done {
        /// The video.
        video: Video,
    },
    /// A part of the video was fetched.
    Downloading {
        /// Bytes on disk.
        bytes: u64,
        /// Bytes in all, where that is known.
        total: Option<u64>,
    },
    /// The video is on disk.
    Saved {
        /// Its size in bytes.
        bytes: u64,
    },
}

/// A line of a vendor's log.
///
/// Vendors write what they like into it, prompts included, so `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogLine {
    /// The text.
    pub message: String,
    /// How grave it is, in the vendor's words.
    pub level: Option<String>,
    /// When it was written, in the vendor's words.
    pub timestamp: Option<String>,
}

impl fmt::Debug for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogLine({} bytes)", self.message.len())
    }
}
