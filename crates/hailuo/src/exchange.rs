//! The words in which adapters and the rest of the facade talk: an order goes in, states and refusals come out.
//!
//! What they mean for money and time is decided in `client`.

use std::{any::Any, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use hailuo_runtime::{Answer, Cause, Failure, FailureKind, Media, Record, http::header::HeaderMap, retry_after};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::{
    error::{ErrorKind, Problem, Reason},
    event::LogLine,
    fields::{request_id, value_seconds},
    handle::JobHandle,
    request::{self, ImageToVideo},
    rescue::{self, InUrl},
    rules::Fit,
    vendor::Vendor,
    words,
};

/// A call under way.
pub(crate) type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What is to be submitted.
pub(crate) struct Order<'a> {
    pub(crate) request: &'a ImageToVideo,
    pub(crate) fit: Fit,
    pub(crate) webhook: Option<&'a str>,
}

impl Order<'_> {
    /// The picture as generated requests take it. Bytes are shared, not copied.
    pub(crate) fn media(&self) -> Media {
        let picture = &self.request.image;
        match (picture.bytes(), picture.text()) {
            (Some(bytes), _) => Media::bytes(bytes.clone(), picture.content_type()),
            (None, text) => Media::url(text.unwrap_or_default()),
        }
    }

    /// The prompt, for vendors that require one; that there is one was checked.
    pub(crate) fn prompt(&self) -> String {
        self.request.prompt.clone().unwrap_or_default()
    }
}

/// A length as the generated types take it that count seconds.
pub(crate) struct Length(pub(crate) Option<request::Duration>);

impl<T: TryFrom<i64>> TryFrom<Length> for Option<T> {
    type Error = T::Error;

    fn try_from(Length(length): Length) -> Result<Self, Self::Error> {
        length.map(|length| i64::from(length.seconds()).try_into()).transpose()
    }
}

/// A submit under way, and the record of whether anything was sent. The answer has a handle if it names a job.
pub(crate) struct Sending {
    pub(crate) record: Record,
    pub(crate) answer: Pending<Result<Answer<Option<JobHandle>>, Failure>>,
}

/// A vendor that can be asked.
pub(crate) struct Access {
    pub(crate) adapter: Arc<dyn Adapter>,
    /// The generated client itself.
    pub(crate) client: Box<dyn Any + Send + Sync>,
    /// The vendor's own place, which its answers may leave out of URLs.
    pub(crate) base: Url,
}

/// One vendor's mapping. A submit is sent once; nothing here sends it again.
pub(crate) trait Adapter: Send + Sync + 'static {
    /// Submits.
    fn submit(&self, order: &Order<'_>) -> Sending;

    /// Asks how the job is, and fetches the result if it is done.
    fn poll(&self, handle: &JobHandle) -> Pending<Result<Seen, Failure>>;

    /// Cancels, where the vendor can. That an answer is no refusal under a status that says yes is seen to elsewhere.
    fn cancel(&self, _handle: &JobHandle) -> Option<Pending<Result<(Cancellation, Heard), Failure>>> {
        None
    }

    /// Reads the vendor's own error envelope; `None` if it is not one. The status is for what the envelope leaves open.
    fn read_error(&self, status: u16, body: &Value) -> Option<Refusal>;

    /// The names under which a submit's answer may carry the job's number, best first.
    fn id_names(&self) -> &'static [&'static str];

    /// How the URLs of a submit's answer name the job, where the number itself is forgotten.
    fn id_in_url(&self) -> InUrl;

    /// The header that has the job's number, where the vendor documents one.
    fn id_header(&self) -> Option<&'static str> {
        None
    }

    /// How long to wait before the first question.
    fn first_interval(&self) -> Duration;
}

/// What one poll has shown.
pub(crate) struct Seen {
    pub(crate) state: State,
    pub(crate) heard: Heard,
}

impl Seen {
    pub(crate) fn new<T>(state: State, answer: &Answer<T>) -> Self {
        Self { state, heard: Heard::of(answer) }
    }

    pub(crate) fn of_failure(state: State, failure: &Failure) -> Self {
        Self { state, heard: Heard::of_failure(failure) }
    }
}

/// What an answer says beside the vendor's own words.
#[derive(Clone, Default)]
pub(crate) struct Heard {
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    /// What its headers wish.
    pub(crate) retry_after: Option<Duration>,
    pub(crate) raw: Bytes,
}

impl Heard {
    pub(crate) fn new(status: Option<u16>, headers: &HeaderMap, raw: Bytes) -> Self {
        Self { status, request_id: request_id(headers), retry_after: retry_after(headers), raw }
    }

    pub(crate) fn of_failure(failure: &Failure) -> Self {
        Self::new(failure.status().map(|status| status.as_u16()), failure.headers(), failure.body().clone())
    }

    pub(crate) fn of<T>(answer: &Answer<T>) -> Self {
        Self::new(Some(answer.status.as_u16()), &answer.headers, answer.raw.clone())
    }
}

/// How a job is.
pub(crate) enum State {
    Queued {
        position: Option<u64>,
    },
    Running {
        percent: Option<f64>,
        log: Vec<LogLine>,
    },
    Unrecognized(String),
    Done(Clip),
    Failed(Refusal),
    /// Failed, by a word that may as well stand for any error of the service: it is believed when nothing else is said any
    /// more.
    Doomed(Refusal),
    Canceled,
    /// The question itself was refused, under HTTP 200.
    Refused(Refusal),
}

impl State {
    /// An error where the result should be: what concerns whoever asks is not about the job.
    pub(crate) fn without_video(refusal: Refusal) -> Self {
        match refusal.kind {
            ErrorKind::Key | ErrorKind::RateLimit | ErrorKind::Balance => Self::Refused(refusal),
            _ => Self::Failed(refusal),
        }
    }
}

/// A video as an adapter found it in an answer.
#[derive(Default)]
pub(crate) struct Clip {
    pub(crate) url: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) size: Option<u64>,
    pub(crate) duration: Option<f64>,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
    pub(crate) lives: Option<Duration>,
}

/// What became of the wish to cancel; in serde `requested` or `too_late`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cancellation {
    /// The vendor will stop the job if it still can; waiting tells.
    Requested,
    /// The job was over already.
    TooLate,
}

/// A vendor's no.
#[derive(Clone)]
pub(crate) struct Refusal {
    pub(crate) kind: ErrorKind,
    /// The vendor's word, if this crate knows it.
    pub(crate) known: Option<&'static str>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

impl Refusal {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self { kind, known: None, code: None, message: None, retry_after: None }
    }

    /// A refusal in the vendor's words: by its code if the table knows it, else by what the sentence blames, else by
    /// the status. A code that is not in the table is kept but never shown.
    pub(crate) fn read(
        table: &[(&'static str, ErrorKind)],
        code: Option<&str>,
        message: Option<String>,
        status: u16,
    ) -> Self {
        // What is no word is a sentence in its place.
        let code = code.filter(|code| words::is_code(code));
        let found = code.and_then(|code| table.iter().find(|(word, _)| word.eq_ignore_ascii_case(code)));
        let by_status = kind_of_status(status);
        // "Invalid state" in a crash of the vendor's is not about the request.
        let is_crash =
            |kind: &ErrorKind| status >= 500 && matches!(kind, ErrorKind::InvalidRequest | ErrorKind::UnknownJob);
        let blamed = message.as_deref().and_then(words::blame).filter(|kind| !is_crash(kind));
        let kind = match found.map(|(_, kind)| *kind) {
            // Some vendors have one code for all that goes wrong.
            Some(kind) if is_crash(&kind) => by_status,
            // A code that only says "wrong" is made precise by what else there is.
            Some(kind @ (ErrorKind::InvalidRequest | ErrorKind::VendorFault)) => match (blamed, by_status) {
                (Some(blamed @ (ErrorKind::Content | ErrorKind::ImageUnreachable)), _) => blamed,
                (_, ErrorKind::InvalidRequest | ErrorKind::VendorFault | ErrorKind::Protocol) => kind,
                (_, by_status) => by_status,
            },
            Some(kind) => kind,
            None => blamed.unwrap_or(by_status),
        };
        Self {
            kind,
            known: found.map(|(word, _)| *word),
            code: code.map(str::to_owned),
            message: message.map(|message| words::printable(&message, LONGEST_MESSAGE)),
            retry_after: None,
        }
    }

    /// An answer that has no envelope of the vendor's: its status, and what it says to people.
    pub(crate) fn bare(status: u16, raw: &[u8]) -> Self {
        let wait = hailuo_runtime::value(raw).and_then(|body| value_seconds(body.get("retry_after")));
        Self::new(kind_of_status(status)).heard(status, raw).after(wait)
    }

    /// With what the answer says to people, if nothing of it was found where the vendor's own sentence stands.
    pub(crate) fn heard(mut self, status: u16, raw: &[u8]) -> Self {
        if self.message.is_none()
            && let Some(message) = rescue::sentence(raw)
        {
            let Self { kind, message, .. } = Self::read(&[], None, Some(message), status);
            if self.known.is_none() && self.kind == kind_of_status(status) {
                self.kind = kind;
            }
            self.message = message;
        }
        self
    }

    pub(crate) fn after(mut self, retry_after: Option<Duration>) -> Self {
        self.retry_after = retry_after;
        self
    }

    /// Whether it says that nothing was begun, even under a status that would leave it open: a code of the vendor's
    /// that we know. A sentence is no such proof.
    pub(crate) fn is_decisive(&self) -> bool {
        self.known.is_some()
            && matches!(
                self.kind,
                ErrorKind::InvalidRequest
                    | ErrorKind::Key
                    | ErrorKind::Balance
                    | ErrorKind::RateLimit
                    | ErrorKind::Content
                    | ErrorKind::ImageUnreachable
            )
    }

    pub(crate) fn into_problem(self, vendor: Vendor, reason: Reason) -> Problem {
        Problem::new(vendor, reason, self.kind).coded(self.known, self.code).said(self.message).after(self.retry_after)
    }
}

/// Longest text for people that is kept, in characters.
pub(crate) const LONGEST_MESSAGE: usize = 10_000;

/// What a bare status blames.
fn kind_of_status(status: u16) -> ErrorKind {
    match status {
        300..=399 => ErrorKind::Protocol,
        401 | 403 => ErrorKind::Key,
        402 => ErrorKind::Balance,
        404 | 410 => ErrorKind::UnknownJob,
        408 | 499 | 504 => ErrorKind::Timeout,
        429 => ErrorKind::RateLimit,
        451 => ErrorKind::Content,
        400..=499 => ErrorKind::InvalidRequest,
        _ => ErrorKind::VendorFault,
    }
}

/// A result that answers 4xx is the end of a job that failed, unless it says that the job still runs, or concerns the
/// question and not the job, as whatever is said by who cannot speak for the job: by a page, or without a word.
pub(crate) fn result_of_failure(failure: Failure, adapter: &dyn Adapter) -> Result<Seen, Failure> {
    let status = failure.status().map_or(0, |status| status.as_u16());
    if !(400..500).contains(&status) {
        return Err(failure);
    }
    let body = hailuo_runtime::value(failure.body()).unwrap_or_default();
    let refusal = adapter.read_error(status, &body).map(|refusal| refusal.heard(status, failure.body()));
    let refusal = refusal.unwrap_or_else(|| Refusal::bare(status, failure.body()));
    let is_running = |message: &str| message.to_ascii_lowercase().contains("still in progress");
    let state = match status {
        _ if refusal.message.as_deref().is_some_and(is_running) => State::Running { percent: None, log: Vec::new() },
        401..=408 | 410 | 411 | 413..=417 | 421 | 425..=431 | 499 => return Err(failure),
        _ if !body.is_object() => return Err(failure),
        _ => State::without_video(refusal),
    };
    Ok(Seen::of_failure(state, &failure))
}

/// An error of the service may have a documented word, at its status, by which it is about the job.
pub(crate) fn doomed_by(words: &[(u16, &str)], failure: Failure, adapter: &dyn Adapter) -> Result<Seen, Failure> {
    let status = failure.status().map_or(0, |status| status.as_u16());
    let body = hailuo_runtime::value(failure.body()).unwrap_or_default();
    let is_it = |refusal: &Refusal| words.iter().any(|(of, word)| *of == status && refusal.known == Some(*word));
    match adapter.read_error(status, &body).filter(is_it) {
        Some(refusal) => {
            let refusal = refusal.after(value_seconds(body.get("retry_after")));
            Ok(Seen::of_failure(State::Doomed(refusal.heard(status, failure.body())), &failure))
        }
        None => Err(failure),
    }
}

/// Asks for a result, and at once again if the connection broke without a word of an answer. There are servers that hang
/// up a moment after each answer and say nothing of it, so that what follows the status on its connection is lost each time.
pub(crate) async fn result_of<F>(ask: impl Fn() -> F) -> Result<Seen, Failure>
where
    F: Future<Output = Result<Seen, Failure>>,
{
    match ask().await {
        Err(failure) if failure.cause() == Cause::Connection && failure.status().is_none() => ask().await,
        answer => answer,
    }
}

/// Whether a wish was granted by the status alone: 202 and 204 often come without a word.
pub(crate) fn is_bare_yes(failure: &Failure) -> bool {
    let is_yes = failure.status().is_some_and(|status| status.is_success());
    is_yes && failure.kind() == FailureKind::Unreadable && failure.body().trim_ascii().is_empty()
}

/// Whether the answer to a cancel says that the job is over.
pub(crate) fn says_too_late(answer: &[u8]) -> bool {
    let body = hailuo_runtime::value(answer).unwrap_or_default();
    body["status"].as_str().is_some_and(|word| word.eq_ignore_ascii_case("ALREADY_COMPLETED"))
}

/// A no to a cancel in one word, `{"success": false}`, as fal's own description has it.
pub(crate) fn denied(answer: &[u8]) -> Option<Refusal> {
    let is_no = hailuo_runtime::value(answer)?.get("success") == Some(&Value::Bool(false));
    is_no.then(|| Refusal::new(ErrorKind::InvalidRequest).heard(0, answer))
}
