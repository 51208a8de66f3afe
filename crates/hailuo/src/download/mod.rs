//! Fetching a video into a file: streamed, resumed where it was cut, checked, and under its name only when it is whole.
//!
//! No key goes along: the HTTP client here has none, and videos lie on foreign hosts.

mod attempt;
mod check;
mod fetcher;
mod part;
mod version;

use std::{io, path::Path, time::Duration};

use tokio::time::{sleep, timeout};

use attempt::{Length, Stop, attempt};
pub(crate) use fetcher::Fetcher;
use part::Part;

use crate::{
    error::{Error, ErrorKind, Problem, Reason},
    video::Video,
};

const MAX_BYTES: u64 = 1 << 30;
const ATTEMPTS: u32 = 5;
const IDLE: Duration = Duration::from_mins(1);
const LONGEST_BACKOFF: Duration = Duration::from_mins(1);

/// How a video is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct DownloadOptions {
    max_bytes: u64,
    attempts: u32,
    idle_timeout: Duration,
    timeout: Duration,
}

impl DownloadOptions {
    /// At most 1 GiB, five attempts in a row without progress, a minute of silence, and all the time it takes.
    pub fn new() -> Self {
        Self { max_bytes: MAX_BYTES, attempts: ATTEMPTS, idle_timeout: IDLE, timeout: Duration::MAX }
    }

    /// Sets how large a video may be.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Sets how often in a row it may be tried without a byte of progress.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets how long nothing may arrive before an attempt is given up.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Sets how long all attempts together may take. What has arrived by then is kept for the next try.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

impl Default for DownloadOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// One video on its way into one file.
pub(crate) struct Fetching<'a> {
    pub(crate) fetcher: &'a Fetcher,
    pub(crate) video: &'a Video,
    pub(crate) path: &'a Path,
    pub(crate) options: &'a DownloadOptions,
    /// Told how many bytes are on disk, and how many there will be.
    pub(crate) tell: &'a (dyn Fn(u64, Option<u64>) + Send + Sync),
}

impl Fetching<'_> {
    fn problem(&self, reason: Reason, kind: ErrorKind) -> Problem {
        let handle = self.video.handle();
        Problem::new(handle.vendor(), reason, kind).job(handle)
    }

    fn file(&self, error: io::Error) -> Problem {
        self.problem(Reason::File, ErrorKind::Local).because(error)
    }
}

/// Throws away what came of a URL that is no longer served, unless another goes on with it.
pub(crate) async fn forget(path: &Path, gone: &str, fresh: &str) {
    if part::fingerprint(gone) != part::fingerprint(fresh)
        && let Ok(part) = Part::open(path, gone).await
    {
        part.discard().await;
    }
}

/// Fetches a video; returns its size.
pub(crate) async fn save(fetching: Fetching<'_>) -> Result<u64, Error> {
    let failed = |problem| Error::Download(Box::new(problem));
    let mut part =
        Part::open(fetching.path, &fetching.video.url).await.map_err(|error| failed(fetching.file(error)))?;
    let filled = timeout(fetching.options.timeout, fill(&fetching, &mut part)).await;
    let late = |_| Err(Box::new(fetching.problem(Reason::Incomplete, ErrorKind::Timeout)));
    if let Err(mut problem) = filled.unwrap_or_else(late) {
        if part.length() == 0 && problem.reason() == Reason::Incomplete && problem.kind().is_passing() {
            // Not even a part.
            problem = Box::new(problem.with_reason(Reason::NoAnswer));
        }
        // What is on disk is worth keeping, unless it is known to be worth nothing.
        if matches!(problem.reason(), Reason::NotAVideo | Reason::TooLarge) {
            part.discard().await;
        } else {
            part.leave().await;
        }
        return Err(Error::Download(problem));
    }
    let length = part.length();
    part.keep_as(fetching.path).await.map_err(|error| failed(fetching.file(error)))?;
    Ok(length)
}

/// Asks until the part is the whole video.
async fn fill(fetching: &Fetching<'_>, part: &mut Part) -> Result<(), Box<Problem>> {
    let mut failures = 0;
    // Progress is what no attempt before had: a server that starts over each time must not be asked for ever.
    let mut furthest = part.length();
    // Where the attempt before ended, if the server marked the end.
    let mut marked = None;
    loop {
        let outcome = match attempt(fetching, part).await {
            Ok(length) => {
                let end = (length == Length::Framed).then(|| part.length());
                let before = std::mem::replace(&mut marked, end);
                judge(fetching, part, length, before).await
            }
            Err(stop) => Err(stop),
        };
        let problem = match outcome {
            Ok(()) => return Ok(()),
            Err(Stop::Final(problem)) => return Err(problem),
            Err(Stop::Passing(problem)) => problem,
        };
        failures = if part.length() > furthest { 1 } else { failures + 1 };
        furthest = furthest.max(part.length());
        if failures >= fetching.options.attempts {
            return if is_all_there_is(fetching, part).await { Ok(()) } else { Err(problem) };
        }
        let backoff = Duration::from_millis(250) * (1 << failures.min(8));
        sleep(problem.retry_after().unwrap_or(backoff).min(LONGEST_BACKOFF)).await;
    }
}

/// Whether a video came whole each time from a server that hangs up without a last word, with the length that is stated
/// for it, if any is.
async fn is_all_there_is(fetching: &Fetching<'_>, part: &mut Part) -> bool {
    let stated = part.version().total.or(fetching.video.size);
    stated.is_none_or(|size| size == part.length())
        && part.check().await.is_ok_and(|verdict| verdict == check::Verdict::Whole)
}

/// All has come that the server calls the video, and its film goes on.
#[derive(Debug, thiserror::Error)]
#[error("the file ends in the middle of its film, where the server says that it ends")]
struct EndsEarly;

/// Whether what is on disk is the video.
async fn judge(fetching: &Fetching<'_>, part: &mut Part, length: Length, before: Option<u64>) -> Result<(), Stop> {
    let verdict = part.check().await.map_err(|error| Stop::last(fetching.file(error)))?;
    let is_sure = length == Length::Stated || fetching.video.size == Some(part.length());
    match verdict {
        check::Verdict::NotAVideo => Err(Stop::last(fetching.problem(Reason::NotAVideo, ErrorKind::Protocol))),
        check::Verdict::Empty => Err(Stop::passing(fetching.problem(Reason::Incomplete, ErrorKind::Network))),
        check::Verdict::Whole => Ok(()),
        // A server that has a part only takes that for all there is. Only the vendor may have made the video so.
        check::Verdict::Cut if length != Length::Unstated && fetching.video.size != Some(part.length()) => {
            Err(Stop::passing(fetching.problem(Reason::Incomplete, ErrorKind::VendorFault).because(EndsEarly)))
        }
        // The server has sent all that it stated, or what the vendor stated.
        _ if is_sure => Ok(()),
        check::Verdict::Unknown if fetching.video.size.is_none() => Ok(()),
        // It looks cut, and the server has marked this very place as the end before.
        check::Verdict::Odd if length == Length::Framed && before == Some(part.length()) => Ok(()),
        check::Verdict::Unknown | check::Verdict::Odd | check::Verdict::Cut => {
            Err(Stop::passing(fetching.problem(Reason::Incomplete, ErrorKind::Network)))
        }
    }
}
