//! The record of what may have cost money.
//!
//! The facade tells a journal before a request is sent and after its answer. Both calls are plain functions, not
//! futures: between the vendor's answer and the journal there is no point at which a dropped future could lose a job.
//! This module has the trait and a journal in memory; the command keeps one on disk.

use std::{
    error::Error,
    fmt,
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

use serde::{Deserialize, Serialize};

use crate::{handle::JobHandle, millis, vendor::Vendor};

/// What went wrong inside a journal. It reaches the caller as the source of an error.
pub type JournalError = Box<dyn Error + Send + Sync + 'static>;

/// One attempt to submit one request to one vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attempt {
    /// Unique to the attempt, in this process and others.
    pub id: String,
    /// The vendor it goes to.
    pub vendor: Vendor,
    /// The caller's own mark from the options of submitting, such as a line of a batch.
    pub label: Option<String>,
    /// When it began; in serde, in milliseconds since 1970.
    #[serde(with = "millis")]
    pub at: SystemTime,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome", content = "handle")]
#[non_exhaustive]
pub enum Outcome {
    /// The vendor has a job.
    Accepted(JobHandle),
    /// The vendor said no, or was never reached: nothing was charged.
    Rejected,
    /// Nobody knows whether the vendor has a job: it may have been charged. The answer may name one all the same, which may
    /// be it; asking for that costs nothing.
    Unknown(Option<JobHandle>),
}

impl Outcome {
    /// The job, or the one that may be it.
    pub fn handle(&self) -> Option<&JobHandle> {
        match self {
            Self::Accepted(handle) => Some(handle),
            Self::Rejected => None,
            Self::Unknown(lead) => lead.as_ref(),
        }
    }
}

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Ending {
    /// There is a video.
    Done,
    /// The vendor gave up.
    Failed,
    /// It was canceled.
    Canceled,
}

/// Keeps what may have cost money.
///
/// A worker that is to submit each of its tasks once, however often it starts, gives the task's number as the label of
/// [`SubmitOptions`](crate::SubmitOptions) and looks for an attempt under it first: one that was accepted is waited for by
/// its handle, one that was rejected may be tried again, and any other may have been paid for. A crash leaves as many of
/// those as requests were on their way: submit a few at a time, however many jobs run.
///
/// A file will do. What has no outcome in it when a program starts was cut off, and is for a person to look at; what has
/// a job can be asked for:
///
/// ```
/// use std::{fs::{self, File}, io::Write as _};
/// use hailuo::{Attempt, Client, ImageToVideo, Journal, JournalError, Outcome, Vendor};
/// use serde_json::{Value, json};
/// use tokio::task::JoinSet;
///
/// struct Lines(File);
///
/// impl Lines {
///     fn keep(&self, line: Value) -> Result<(), JournalError> {
///         // The break goes before: a line that a crash cuts short spoils no other.
///         (&self.0).write_all(format!("\n{line}").as_bytes())?;
///         Ok(self.0.sync_data()?)
///     }
/// }
///
/// impl Journal for Lines {
///     fn submitting(&self, attempt: &Attempt) -> Result<(), JournalError> {
///         self.keep(json!({ "submitting": attempt }))
///     }
///
///     fn submitted(&self, attempt: &Attempt, outcome: &Outcome) -> Result<(), JournalError> {
///         self.keep(json!({ "submitted": attempt.id, "as": outcome }))
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = hailuo_sandbox::Sandbox::start().await?;
/// # let base_url = sandbox.url(hailuo_sandbox::Vendor::Fal);
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("journal.jsonl");
/// let lines = Lines(File::options().create(true).append(true).open(&path)?);
/// let client = Client::builder().key(Vendor::Fal, "any-key").base_url(Vendor::Fal, base_url).journal(lines).build()?;
/// # let request = ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("A fox.").build()?;
/// # sandbox.fault(hailuo_sandbox::Vendor::Fal, "job:fails".parse()?)?;
/// let job = client.submit(&request).await.into_result()?;
/// # File::options().append(true).open(&path)?.write_all(b"\n{\"submitting\":{\"id\":\"cut sh")?;
/// # let second = client.submit(&request).await.into_result()?;
/// # let (mut fetched, mut failed) = (0, 0);
///
/// // Later, maybe after a crash: every job that is in the file, or may be one, is asked for. Each is by itself, so that
/// // one that failed or hangs holds up no other.
/// let mut waits = JoinSet::new();
/// for line in fs::read_to_string(&path)?.lines() {
///     let line: Value = serde_json::from_str(line).unwrap_or_default();
///     if line["submitted"].is_string() {
///         let outcome: Outcome = serde_json::from_value(line["as"].clone())?;
///         if let Some(handle) = outcome.handle().cloned() {
///             let client = client.clone();
///             waits.spawn(async move { client.wait(&handle).await });
///         }
///     }
/// }
/// while let Some(waited) = waits.join_next().await {
///     match waited? {
/// #       Ok(video) if video.handle() == second.handle() => fetched += 1,
/// #       Err(error) if error.handle() == Some(job.handle()) => failed += 1,
///         Ok(video) => println!("{}", video.url),
///         Err(error) => eprintln!("{error:?}"),
///     }
/// }
/// # assert_eq!((fetched, failed), (1, 1));
/// # Ok(())
/// # }
/// ```
///
/// A call returns when the fact is kept as safely as the journal can keep it. It may block for the time of a disk
/// write, not longer; a journal behind a network belongs behind a thread of its own.
pub trait Journal: Send + Sync + 'static {
    /// A request is about to be sent. It is not sent if this fails.
    ///
    /// # Errors
    ///
    /// If the attempt cannot be recorded.
    fn submitting(&self, attempt: &Attempt) -> Result<(), JournalError>;

    /// The attempt has ended. An attempt without this call, after a crash, must be taken for [`Outcome::Unknown`], without
    /// a job.
    ///
    /// # Errors
    ///
    /// If the outcome cannot be recorded; the caller then gets the handle in an error.
    fn submitted(&self, attempt: &Attempt, outcome: &Outcome) -> Result<(), JournalError>;

    /// The job has ended. Told every time the end is seen, which may be more than once. A video that there is now may still
    /// have to be fetched.
    ///
    /// # Errors
    ///
    /// If the end cannot be recorded; that is logged and does not keep the video from the caller.
    fn finished(&self, handle: &JobHandle, ending: Ending) -> Result<(), JournalError> {
        let _ = (handle, ending);
        Ok(())
    }
}

/// What a [`MemoryJournal`] knows of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// The attempt.
    pub attempt: Attempt,
    /// How it ended, if it has.
    pub outcome: Option<Outcome>,
    /// How the job ended, if that was seen.
    pub ending: Option<Ending>,
}

/// A journal that lives as long as the process.
#[derive(Default)]
pub struct MemoryJournal(Mutex<Vec<Entry>>);

impl MemoryJournal {
    /// An empty journal.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every attempt, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        self.lock().clone()
    }

    /// The jobs that vendors have accepted, oldest first.
    pub fn handles(&self) -> Vec<JobHandle> {
        let entries = self.lock();
        let handles = entries.iter().filter_map(|entry| match &entry.outcome {
            Some(Outcome::Accepted(handle)) => Some(handle.clone()),
            _ => None,
        });
        handles.collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for MemoryJournal {
    fn submitting(&self, attempt: &Attempt) -> Result<(), JournalError> {
        self.lock().push(Entry { attempt: attempt.clone(), outcome: None, ending: None });
        Ok(())
    }

    fn submitted(&self, attempt: &Attempt, outcome: &Outcome) -> Result<(), JournalError> {
        let mut entries = self.lock();
        if let Some(entry) = entries.iter_mut().rfind(|entry| entry.attempt.id == attempt.id) {
            entry.outcome = Some(outcome.clone());
        }
        Ok(())
    }

    fn finished(&self, handle: &JobHandle, ending: Ending) -> Result<(), JournalError> {
        let mut entries = self.lock();
        let of_job = |entry: &&mut Entry| entry.outcome.as_ref().and_then(Outcome::handle) == Some(handle);
        if let Some(entry) = entries.iter_mut().rev().find(of_job) {
            entry.ending = Some(ending);
        }
        Ok(())
    }
}

impl fmt::Debug for MemoryJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.lock().iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn an_outcome_is_read_as_it_was_written_and_as_it_was_before_unknown_ones_had_jobs() {
        let handle = JobHandle::of(Vendor::Fal, "7", None).unwrap();
        for outcome in [
            Outcome::Accepted(handle.clone()),
            Outcome::Rejected,
            Outcome::Unknown(None),
            Outcome::Unknown(Some(handle)),
        ] {
            let json = serde_json::to_string(&outcome).unwrap();
            assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), outcome, "{json}");
        }
        assert_eq!(serde_json::from_str::<Outcome>(r#"{"outcome":"unknown"}"#).unwrap(), Outcome::Unknown(None));
    }
}
