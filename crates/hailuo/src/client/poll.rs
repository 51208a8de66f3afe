//! One question about a job, and what its answer means.

use std::time::Duration;

use hailuo_runtime::{Failure, FailureKind};
use url::Url;

use super::{
    Client,
    judge::{envelope, kind_of_cause},
    own::{Foreign, is_foreign},
    unwind::{told, unwound},
};
use crate::{
    address,
    error::{Error, ErrorKind, Problem, Reason},
    event::Event,
    exchange::{Access, Adapter, Clip, Heard, Refusal, Seen, State},
    fields::is_said,
    handle::JobHandle,
    journal::Ending,
    rescue,
    vendor::Vendor,
    video::Video,
    words::{self, Word},
};

/// What one question has led to.
pub(super) enum Polled {
    /// The job goes on, or is done; and when the vendor wishes to be asked again.
    Progress(Box<Event>, Option<Duration>),
    /// The job is over without a video.
    Over(Error),
    /// The question failed for good: the key, or the job is not known.
    Ended(Box<Problem>),
    /// The vendor asks to be asked less often.
    Throttled(Box<Problem>),
    /// The question failed, and the next may not.
    Failed(Box<Problem>),
    /// The same, with the word by which the vendor says that the job failed.
    Doomed(Box<Problem>),
}

/// Asks once.
pub(super) async fn once(client: &Client, handle: &JobHandle) -> Result<Event, Error> {
    match poll(client, handle).await? {
        Polled::Progress(event, _) => Ok(*event),
        Polled::Over(error) => Err(error),
        Polled::Ended(problem) | Polled::Throttled(problem) | Polled::Failed(problem) | Polled::Doomed(problem) => {
            Err(Error::Wait(problem))
        }
    }
}

/// Asks once and tells the journal if the job is over.
pub(super) async fn poll(client: &Client, handle: &JobHandle) -> Result<Polled, Error> {
    let connected = client.connected(handle.vendor())?;
    let Access { adapter, base, .. } = &connected.access;
    // The semaphore is never closed; if it were, asking without a permit would still be right.
    let permit = connected.polls.acquire().await.ok();
    // Boxed by the adapter and dropped here: a job that waits holds no half-finished call.
    let polled = match unwound(adapter.poll(handle)).await {
        Ok(answer) => read(adapter.as_ref(), base, handle, answer),
        Err(panicked) => {
            let problem = Problem::new(handle.vendor(), Reason::NoAnswer, ErrorKind::Local);
            Polled::Failed(Box::new(problem.job(handle).because(panicked)))
        }
    };
    drop(permit);
    let ending = match &polled {
        Polled::Progress(event, _) if matches!(**event, Event::Done { .. }) => Some(Ending::Done),
        Polled::Over(error) => match error.reason() {
            Some(Reason::JobFailed) => Some(Ending::Failed),
            Some(Reason::Canceled) => Some(Ending::Canceled),
            _ => None,
        },
        _ => None,
    };
    if let Some(ending) = ending {
        record(client, handle, ending);
    }
    Ok(polled)
}

/// Tells the journal that a job is over.
pub(super) fn record(client: &Client, handle: &JobHandle, ending: Ending) {
    if let Some(journal) = &client.shared.journal
        && told(|| journal.finished(handle, ending)).is_err()
    {
        tracing::warn!(vendor = handle.vendor().slug(), job = handle.id(), "the journal did not record a job's end");
    }
}

fn read(adapter: &dyn Adapter, base: &Url, handle: &JobHandle, answer: Result<Seen, Failure>) -> Polled {
    let vendor = handle.vendor();
    let seen = match answer {
        Ok(seen) => seen,
        Err(failure) => return failed(vendor, adapter, handle, failure),
    };
    let heard = seen.heard.clone();
    match meaning(adapter, base, handle, seen) {
        // A no may have a number of its own.
        about_job @ (Polled::Progress(..) | Polled::Over(_)) => {
            let is_answer = heard.status.is_some_and(|status| status < 300);
            if !is_answer || !is_foreign(adapter, handle, &heard.raw) {
                return about_job;
            }
            let problem = Problem::new(vendor, Reason::NoAnswer, ErrorKind::Protocol).job(handle).of_answer(heard);
            Polled::Failed(Box::new(problem.because(Foreign)))
        }
        about_question => about_question,
    }
}

fn meaning(adapter: &dyn Adapter, base: &Url, handle: &JobHandle, Seen { state, heard }: Seen) -> Polled {
    let vendor = handle.vendor();
    let (status, wait, raw) = (heard.status.unwrap_or_default(), heard.retry_after, heard.raw.clone());
    let over = |problem: Problem| Error::Result(Box::new(problem.job(handle).of_answer(heard.clone())));
    let progress = |event| Polled::Progress(Box::new(event), wait);
    let state = match state {
        State::Failed(refusal) => State::Failed(refusal.heard(0, &raw)),
        // Without a word there may be a no to the question, under a status that says yes.
        State::Unrecognized(word) => match ready(handle, &raw, base) {
            Some(video) => return progress(Event::Done { video }),
            None if rescue::status(&raw).is_none() => {
                envelope(adapter, status, &raw).map_or(State::Unrecognized(word), State::Refused)
            }
            None => State::Unrecognized(word),
        },
        // An error has links, too.
        State::Done(clip) if clip.url.is_none() && !is_working(&raw) && ready(handle, &raw, base).is_none() => {
            envelope(adapter, status, &raw).map_or(State::Done(clip), State::without_video)
        }
        state => state,
    };
    match state {
        State::Queued { position } => progress(Event::Queued { position }),
        State::Running { percent, log } => progress(Event::Running { percent: percent.and_then(sane), log }),
        State::Unrecognized(word) => progress(Event::Unrecognized { word }),
        State::Done(clip) => match video(clip, handle, &raw, base) {
            Some(video) => progress(Event::Done { video }),
            // The status was ahead of the result.
            None if is_working(&raw) => progress(Event::Running { percent: None, log: Vec::new() }),
            // An error in place of a video is a failed job, whatever the status word says.
            None => Polled::Over(over(match envelope(adapter, status, &raw) {
                Some(refusal) => refusal.into_problem(vendor, Reason::JobFailed),
                None if has_error(&raw) => {
                    Refusal::new(ErrorKind::VendorFault).heard(0, &raw).into_problem(vendor, Reason::JobFailed)
                }
                None => Problem::new(vendor, Reason::NoVideo, ErrorKind::Protocol),
            })),
        },
        State::Failed(refusal) if refusal.kind == ErrorKind::Canceled => {
            Polled::Over(over(refusal.into_problem(vendor, Reason::Canceled)))
        }
        State::Failed(refusal) => Polled::Over(over(refusal.into_problem(vendor, Reason::JobFailed))),
        State::Canceled => Polled::Over(over(Problem::new(vendor, Reason::Canceled, ErrorKind::Canceled))),
        State::Doomed(refusal) => Polled::Doomed(Box::new(turned_down(vendor, refusal, heard).job(handle))),
        State::Refused(refusal) => sort(refusal.kind, Box::new(turned_down(vendor, refusal, heard).job(handle))),
    }
}

/// A no under a status that says yes.
pub(super) fn turned_down(vendor: Vendor, refusal: Refusal, heard: Heard) -> Problem {
    let reason = reason_of(refusal.kind);
    refusal.into_problem(vendor, reason).of_answer(heard)
}

/// The video of a job whose state has a new word, if it is there.
fn ready(handle: &JobHandle, raw: &bytes::Bytes, base: &Url) -> Option<Video> {
    let answer = rescue::unwrapped(hailuo_runtime::value(raw)?);
    let clip = Clip { url: Some(rescue::ready_video(&answer)?.to_owned()), ..Clip::default() };
    video(clip, handle, raw, base)
}

/// Whether an answer without a video says that the job is not over.
fn is_working(raw: &[u8]) -> bool {
    let word = rescue::status(raw).map(|word| words::state(&word));
    matches!(word, Some(Word::Queued | Word::Running))
}

/// Whether an answer without a video has an error in its place, though none of the vendor's documented form.
fn has_error(raw: &[u8]) -> bool {
    hailuo_runtime::value(raw).is_some_and(|body| is_said(body.get("error")))
}

fn sane(percent: f64) -> Option<f64> {
    percent.is_finite().then(|| percent.clamp(0.0, 100.0))
}

/// A question that was not answered as hoped.
fn failed(vendor: Vendor, adapter: &dyn Adapter, handle: &JobHandle, failure: Failure) -> Polled {
    let status = failure.status().map(|status| status.as_u16());
    let problem = Box::new(problem(vendor, adapter, failure).job(handle));
    match status {
        Some(401 | 403 | 404 | 410) => Polled::Ended(problem),
        Some(429) => Polled::Throttled(problem),
        _ => Polled::Failed(problem),
    }
}

fn sort(kind: ErrorKind, problem: Box<Problem>) -> Polled {
    match kind {
        ErrorKind::Key | ErrorKind::UnknownJob => Polled::Ended(problem),
        ErrorKind::RateLimit => Polled::Throttled(problem),
        _ => Polled::Failed(problem),
    }
}

/// Who cannot answer, or cannot be understood, has not said no.
fn reason_of(kind: ErrorKind) -> Reason {
    match kind {
        ErrorKind::Network | ErrorKind::Protocol | ErrorKind::Timeout | ErrorKind::VendorFault => Reason::NoAnswer,
        _ => Reason::Refused,
    }
}

/// What a failed call about a job is to be told as.
pub(super) fn problem(vendor: Vendor, adapter: &dyn Adapter, failure: Failure) -> Problem {
    let status = failure.status().map(|status| status.as_u16());
    let refusal = match status {
        Some(status) if !(200..300).contains(&status) => {
            let refusal = envelope(adapter, status, failure.body());
            refusal.unwrap_or_else(|| Refusal::bare(status, failure.body()))
        }
        _ => Refusal::new(kind_of_cause(failure.cause())),
    };
    let reason = match failure.kind() {
        FailureKind::NotSent => Reason::NotSent,
        _ => reason_of(refusal.kind),
    };
    let problem = refusal.into_problem(vendor, reason);
    problem.of_answer(Heard::of_failure(&failure)).because(failure)
}

/// The video that an adapter found, or one found anywhere in the answer: it is paid for, whatever its field is called.
fn video(clip: Clip, handle: &JobHandle, raw: &bytes::Bytes, base: &Url) -> Option<Video> {
    let url = match clip.url.and_then(|url| address::absolute(&url, base)) {
        Some(url) => url,
        None => address::absolute(rescue::video_url(&rescue::unwrapped(hailuo_runtime::value(raw)?))?, base)?,
    };
    let mut video = Video::new(url, handle, raw.clone());
    video.content_type = clip.content_type.filter(|text| words::is_media_type(text));
    video.size = clip.size;
    video.duration = clip.duration.filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
    (video.width, video.height) = (clip.width, clip.height);
    video.expires_at = clip.lives.and_then(|lives| std::time::SystemTime::now().checked_add(lives));
    Some(video)
}
