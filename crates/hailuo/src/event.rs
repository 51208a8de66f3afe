//! What a job tells while it is waited for.

use std::{fmt, sync::Arc, time::Duration};

use serde::{Serialize, Serializer};

use crate::{
    error::{Error, ErrorKind},
    handle::JobHandle,
    video::Video,
};

/// Something that happened to a job.
///
/// In serde it is an object whose `type` names it, as `{"type":"running","percent":45.0}`: without the lines of the
/// vendor's log, which may quote the prompt, with the sentence of an error, and with `wait` in seconds.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// A vendor that was asked before has refused the request.
    Refused {
        /// Why.
        #[serde(serialize_with = "sentence")]
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
        #[serde(skip)]
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
        #[serde(serialize_with = "seconds")]
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

fn sentence<S: Serializer>(error: &Arc<Error>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(error)
}

fn seconds<S: Serializer>(wait: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(wait.as_secs_f64())
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{error::SetupError, exchange::Cancellation, vendor::Vendor};

    #[test]
    fn what_happens_can_be_passed_on_as_json_without_a_vendors_words() {
        let log = vec![LogLine { message: "a fox".to_owned(), level: None, timestamp: None }];
        let (kind, wait) = (ErrorKind::RateLimit, Duration::from_millis(1500));
        for (event, expected) in [
            (
                Event::Refused { error: Arc::new(SetupError::NotEnabled(Vendor::Fal).into()) },
                json!({"type": "refused", "error": SetupError::NotEnabled(Vendor::Fal).to_string()}),
            ),
            (Event::Queued { position: None }, json!({"type": "queued", "position": null})),
            (Event::Running { percent: Some(45.0), log }, json!({"type": "running", "percent": 45.0})),
            (
                Event::Retrying { kind, failures: 2, wait },
                json!({"type": "retrying", "kind": "rate_limit", "failures": 2, "wait": 1.5}),
            ),
            (Event::Downloading { bytes: 7, total: Some(9) }, json!({"type": "downloading", "bytes": 7, "total": 9})),
        ] {
            assert_eq!(serde_json::to_value(&event).ok(), Some(expected), "{event:?}");
        }
        assert_eq!(serde_json::to_value(Cancellation::TooLate).ok(), Some(json!("too_late")));
    }
}
