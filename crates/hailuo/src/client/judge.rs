//! What an answer to a submit means for money: accepted, rejected, or unknown.
//!
//! | what came back | outcome | why |
//! | --- | --- | --- |
//! | nothing was sent: no connection, an unsendable value | rejected | the vendor saw nothing |
//! | a stream that HTTP/2 refuses, or leaves out as the connection ends | rejected | the vendor did not look at it |
//! | sent, and no answer or half of one | unknown, or accepted if the half names the job | the vendor may have begun |
//! | 2xx with a job's number | accepted | |
//! | 2xx with the vendor's error envelope and no number | rejected | some vendors refuse under HTTP 200 |
//! | the same with a word or number for what would be a 5xx | unknown | as under that status |
//! | the same with a `Location` that leads to a job | unknown | one of the two is wrong |
//! | 2xx that is not what was documented | accepted if body or headers name the job, else unknown | the status says yes |
//! | 301, 302, 307, 308 | rejected, unless they lead to a job | the address moved, nothing was executed; it is not followed |
//! | other 3xx | unknown | 303 points to the result of a request that was carried out |
//! | 409 that names a job | unknown | the job may be the one that was asked for |
//! | any no by its status whose body names a job and complains of nothing | unknown | one of the two is wrong |
//! | other 4xx | rejected | the vendor, or what stands before it, calls the request wrong |
//! | 501, 505, 511 | rejected | the request was not understood or not let through |
//! | 503 with the vendor's envelope and a time to come back | rejected | the vendor asks for the same request again |
//! | other 5xx, 408, 499 | rejected if the envelope has a code we know for key, balance, content and the like, else unknown | a gateway may write it over a job that exists, and so may the vendor |
//!
//! An outcome that is unknown is never retried and never followed by another vendor. If the answer names a job all the
//! same, the error has its handle: asking costs nothing.

use bytes::Bytes;
use hailuo_runtime::{Answer, Cause, Failure, FailureKind, http::header::HeaderMap};

use crate::{
    error::{ErrorKind, Problem, Reason},
    exchange::{Adapter, Heard, Refusal},
    fields::{is_said, value_number, value_seconds},
    handle::JobHandle,
    request::Tier,
    rescue,
    vendor::Vendor,
};

/// How a submit ended.
pub(super) enum Verdict {
    Accepted(JobHandle),
    Rejected(Box<Problem>),
    Unknown(Box<Problem>),
}

impl Verdict {
    /// Whatever does not say that nothing was begun leaves it open.
    pub(super) fn of(problem: Problem) -> Self {
        match problem.reason() {
            Reason::NotSent | Reason::Refused => Self::Rejected(Box::new(problem)),
            _ => Self::Unknown(Box::new(problem)),
        }
    }
}

pub(super) struct Judge<'a> {
    pub(super) vendor: Vendor,
    pub(super) tier: Option<Tier>,
    pub(super) adapter: &'a dyn Adapter,
}

impl Judge<'_> {
    pub(super) fn judge(&self, outcome: Result<Answer<Option<JobHandle>>, Failure>) -> Verdict {
        match outcome {
            Ok(Answer { value: Some(handle), .. }) => Verdict::Accepted(handle),
            Ok(answer) => {
                self.odd(answer.status.as_u16(), &answer.headers, answer.raw.clone(), ErrorKind::Protocol, None)
            }
            Err(failure) => self.failed(failure),
        }
    }

    fn failed(&self, failure: Failure) -> Verdict {
        let status = failure.status().map(|status| status.as_u16());
        match (failure.kind(), status) {
            (FailureKind::NotSent, _) => {
                let kind = match failure.cause() {
                    Cause::Request => ErrorKind::InvalidRequest,
                    _ => ErrorKind::Network,
                };
                Verdict::of(Problem::new(self.vendor, Reason::NotSent, kind).because(failure))
            }
            (_, Some(status)) if !(200..300).contains(&status) => self.refused(status, failure),
            (_, Some(status)) => {
                let kind = kind_of_cause(failure.cause());
                let headers = failure.headers().clone();
                self.odd(status, &headers, failure.body().clone(), kind, Some(failure))
            }
            (_, None) => {
                let kind = kind_of_cause(failure.cause());
                Verdict::of(Problem::new(self.vendor, Reason::Unknown, kind).because(failure))
            }
        }
    }

    /// An answer whose status says yes and whose body says nothing that was documented.
    fn odd(&self, status: u16, headers: &HeaderMap, raw: Bytes, kind: ErrorKind, failure: Option<Failure>) -> Verdict {
        if let Some(handle) = self.named(&raw) {
            return Verdict::Accepted(handle);
        }
        let refusal = envelope(self.adapter, status, &raw);
        let header = |name: &str| headers.get(name)?.to_str().ok();
        let place = ["location", "content-location"].into_iter().find_map(|name| self.in_url(header(name)?));
        // A refusal may have a number, too.
        let number = self.adapter.id_header().and_then(header).and_then(|id| self.handle(id));
        let lead = match (&refusal, place.or(number.filter(|_| refusal.is_none()))) {
            (None, Some(handle)) => return Verdict::Accepted(handle),
            (_, lead) => lead,
        };
        let is_no = refusal.as_ref().is_some_and(|refusal| !tells_of_fault(refusal, &raw));
        let reason = if is_no && lead.is_none() { Reason::Refused } else { Reason::Unknown };
        let refusal = about_no_job(refusal.unwrap_or_else(|| Refusal::new(kind)), status);
        let mut problem = refusal.into_problem(self.vendor, reason).of_answer(Heard::new(Some(status), headers, raw));
        if let Some(failure) = failure {
            problem = problem.because(failure);
        }
        if let Some(handle) = lead {
            problem = problem.job(&handle);
        }
        Verdict::of(problem)
    }

    /// The job that a body names.
    fn named(&self, raw: &[u8]) -> Option<JobHandle> {
        self.handle(&rescue::id(raw, self.adapter.id_names(), self.adapter.id_in_url())?)
    }

    fn in_url(&self, url: &str) -> Option<JobHandle> {
        self.handle(&rescue::id_in_url(url, self.adapter.id_in_url(), false)?)
    }

    fn handle(&self, id: &str) -> Option<JobHandle> {
        JobHandle::of(self.vendor, id, self.tier).ok()
    }

    fn refused(&self, status: u16, failure: Failure) -> Verdict {
        let refusal = envelope(self.adapter, status, failure.body());
        let asks_to_wait = |refusal: &Refusal| failure.retry_after().or(refusal.retry_after).is_some();
        let handed = self.named(failure.body()).filter(|_| refusal.is_none() && !complains(failure.body()));
        let is_handed = handed.is_some();
        let lead = match status {
            300..=399 => failure.header("location").and_then(|url| self.in_url(url)).or(handed),
            409 | 500.. => self.named(failure.body()),
            _ => handed,
        };
        let is_rejected = match status {
            _ if is_handed => false,
            300..=399 | 409 if lead.is_some() => false,
            301 | 302 | 307 | 308 | 501 | 505 | 511 => true,
            400..=498 if status != 408 => true,
            503 if refusal.as_ref().is_some_and(asks_to_wait) => true,
            _ => refusal.as_ref().is_some_and(Refusal::is_decisive),
        };
        let reason = if is_rejected { Reason::Refused } else { Reason::Unknown };
        let refusal = about_no_job(refusal.unwrap_or_else(|| Refusal::bare(status, failure.body())), status);
        let problem = refusal.into_problem(self.vendor, reason);
        let mut problem = problem.of_answer(Heard::of_failure(&failure)).because(failure);
        if let Some(handle) = lead.filter(|_| !is_rejected) {
            problem = problem.job(&handle);
        }
        Verdict::of(problem)
    }
}

/// The vendor's own error envelope in an answer.
pub(super) fn envelope(adapter: &dyn Adapter, status: u16, raw: &[u8]) -> Option<Refusal> {
    let body = hailuo_runtime::value(raw)?;
    let inside = || body.as_object()?.values().find_map(|inner| adapter.read_error(status, inner));
    // Under a status that says yes, what is further inside may be about something else.
    let refusal = match adapter.read_error(status, &body) {
        None if !(200..300).contains(&status) => inside()?,
        found => found?,
    };
    let wait = refusal.retry_after.or_else(|| value_seconds(body.get("retry_after")));
    Some(refusal.heard(status, raw).after(wait))
}

/// What is not there, or takes no requests, is the path or the model: no job was asked for yet.
fn about_no_job(mut refusal: Refusal, status: u16) -> Refusal {
    match refusal.kind {
        ErrorKind::UnknownJob => refusal.kind = ErrorKind::Protocol,
        ErrorKind::InvalidRequest if status == 405 => refusal.kind = ErrorKind::Protocol,
        _ => {}
    }
    refusal
}

/// Whether an error says by a word that we know, or by a number, that the service failed: what had begun by then,
/// nobody knows.
fn tells_of_fault(refusal: &Refusal, raw: &[u8]) -> bool {
    let body = hailuo_runtime::value(raw).unwrap_or_default();
    let is_fault = |code| (500.0..600.0).contains(&code) || (50_000.0..60_000.0).contains(&code);
    let places = [&body, &body["error"], &body["status"]];
    let has_number = || places.iter().any(|place| value_number(place.get("code")).is_some_and(is_fault));
    matches!(refusal.kind, ErrorKind::VendorFault | ErrorKind::Timeout) && (refusal.known.is_some() || has_number())
}

/// Whether a body that is no envelope of the vendor's tells of an error all the same, or is no answer of a program.
fn complains(raw: &[u8]) -> bool {
    match hailuo_runtime::value(raw) {
        Some(body) => is_said(body.get("error")) || rescue::sentence(raw).is_some(),
        // What is cut says nothing else, as far as it goes; a page may name anything.
        None => !raw.trim_ascii_start().starts_with(b"{"),
    }
}

pub(super) fn kind_of_cause(cause: Cause) -> ErrorKind {
    match cause {
        Cause::Timeout => ErrorKind::Timeout,
        Cause::Request => ErrorKind::InvalidRequest,
        Cause::Json | Cause::Shape | Cause::Size | Cause::Status | Cause::Origin => ErrorKind::Protocol,
        _ => ErrorKind::Network,
    }
}
