//! The details of an error in a phase that talks to a vendor.

use std::{error::Error, fmt, time::Duration};

use bytes::Bytes;

use super::{ErrorKind, Reason};
#[cfg(feature = "_client")]
use crate::exchange::Heard;
use crate::{handle::JobHandle, vendor::Vendor};

/// What happened at a vendor, and what came back.
pub struct Problem {
    vendor: Vendor,
    reason: Reason,
    kind: ErrorKind,
    handle: Option<JobHandle>,
    status: Option<u16>,
    code: Option<String>,
    /// A word of the vendor's that this crate knows, and may therefore show.
    known_code: Option<&'static str>,
    message: Option<String>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    raw: Option<Bytes>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Problem {
    /// The vendor.
    pub fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// What happened.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// What is to blame.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The job, if there is one.
    pub fn handle(&self) -> Option<&JobHandle> {
        self.handle.as_ref()
    }

    /// The HTTP status of the answer.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The vendor's word for the error, for programs: ASCII without spaces, at most 64 characters, never a sentence.
    pub fn vendor_code(&self) -> Option<&str> {
        self.code.as_deref().or(self.known_code)
    }

    /// The vendor's words for people. They may quote the prompt.
    pub fn vendor_message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The vendor's number of the HTTP request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How long the vendor asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The answer as it came. It may quote the prompt.
    pub fn raw(&self) -> Option<&[u8]> {
        self.raw.as_deref()
    }
}

/// How adapters and phases put a problem together.
#[cfg(feature = "_client")]
impl Problem {
    pub(crate) fn new(vendor: Vendor, reason: Reason, kind: ErrorKind) -> Self {
        Self {
            vendor,
            reason,
            kind,
            handle: None,
            status: None,
            code: None,
            known_code: None,
            message: None,
            request_id: None,
            retry_after: None,
            raw: None,
            source: None,
        }
    }

    pub(crate) fn with_reason(mut self, reason: Reason) -> Self {
        self.reason = reason;
        self
    }

    pub(crate) fn job(mut self, handle: &JobHandle) -> Self {
        self.handle = Some(handle.clone());
        self
    }

    pub(crate) fn answered(mut self, status: Option<u16>) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn coded(mut self, known: Option<&'static str>, code: Option<String>) -> Self {
        self.known_code = known;
        self.code = code;
        self
    }

    pub(crate) fn said(mut self, message: Option<String>) -> Self {
        self.message = message;
        self
    }

    /// With what the answer says beside the vendor's own words.
    pub(crate) fn of_answer(mut self, heard: Heard) -> Self {
        self.status = heard.status;
        self.request_id = heard.request_id;
        self.retry_after = heard.retry_after.or(self.retry_after);
        self.with_raw(heard.raw)
    }

    pub(crate) fn under(mut self, request_id: Option<String>) -> Self {
        self.request_id = request_id;
        self
    }

    pub(crate) fn after(mut self, retry_after: Option<Duration>) -> Self {
        self.retry_after = retry_after;
        self
    }

    pub(crate) fn with_raw(mut self, raw: Bytes) -> Self {
        self.raw = Some(raw).filter(|raw| !raw.is_empty());
        self
    }

    pub(crate) fn because(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

/// `fal refused: prompt or picture is not allowed (HTTP 422, content_policy_violation); change the prompt or the
/// picture`. `{:#}` ends before the advice.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.vendor)?;
        // What is unknown is whether the job that the answer names is the one that was asked for.
        let is_lead = self.reason == Reason::Unknown && self.handle.is_some();
        f.write_str(match (self.reason, &self.handle) {
            (Reason::Unknown, Some(_)) => {
                "may have taken the request and charged for it, and its answer names a job that may be it"
            }
            // It is a question about a job that was not sent, and the job may well have been charged.
            (Reason::NotSent, Some(_)) => "was not reached",
            (reason, _) => reason.words(),
        })?;
        let is_said = matches!(
            (self.reason, self.kind),
            (Reason::TimedOut, ErrorKind::Timeout)
                | (Reason::Canceled, ErrorKind::Canceled)
                | (Reason::NoVideo | Reason::NotAVideo | Reason::Gone, ErrorKind::Protocol)
                | (Reason::NotCancelable | Reason::TooLarge, _)
        );
        if !is_said {
            write!(f, ": {}", self.kind.words())?;
        }
        match (self.status, self.known_code) {
            (Some(status), Some(code)) => write!(f, " (HTTP {status}, {code})")?,
            (Some(status), None) => write!(f, " (HTTP {status})")?,
            (None, Some(code)) => write!(f, " ({code})")?,
            (None, None) => {}
        }
        if let Some(wait) = self.retry_after.filter(|wait| !wait.is_zero()) {
            write!(f, "; it asks to wait {} s", wait.as_secs_f64().ceil())?;
        }
        if f.alternate() {
            return Ok(());
        }
        let is_place = matches!(self.status, Some(300..=399 | 404 | 405));
        let advice = match (self.reason.advice(), self.kind) {
            _ if is_lead => "ask for that job with the handle before submitting again",
            (Some(advice), _) => advice,
            // Nobody is there who takes requests.
            (None, ErrorKind::Protocol) if is_place => match self.raw {
                Some(_) => "check the base URL, path included; the answer is in `raw`",
                None => "check the base URL, path included",
            },
            (None, ErrorKind::Protocol) if self.raw.is_none() => "the vendor may have changed its API",
            (None, ErrorKind::InvalidRequest) if self.reason == Reason::NotSent => "see the source of this error",
            (None, ErrorKind::InvalidRequest) if self.message.is_none() => match self.raw {
                Some(_) => "the vendor gives no reason that can be read; the answer is in `raw`",
                None => "the vendor gives no reason",
            },
            (None, kind) => kind.advice(),
        };
        write!(f, "; {advice}")
    }
}

/// Sizes instead of words and bytes.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("vendor", &self.vendor)
            .field("reason", &self.reason)
            .field("kind", &self.kind)
            .field("handle", &self.handle)
            .field("status", &self.status)
            .field("code", &self.known_code)
            .field("message_bytes", &self.message.as_ref().map(String::len))
            .field("request_id", &self.request_id)
            .field("retry_after", &self.retry_after)
            .field("raw_bytes", &self.raw.as_ref().map(Bytes::len))
            .field("source", &self.source)
            .finish()
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(all(test, feature = "_client"))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn an_unknown_outcome_says_whether_the_answer_names_a_job() {
        let unknown = || Problem::new(Vendor::Fal, Reason::Unknown, ErrorKind::VendorFault).answered(Some(500));
        let handle = JobHandle::of(Vendor::Fal, "7", None).unwrap();
        for (problem, words) in [
            (unknown(), "its answer tells no job: the service failed (HTTP 500); look for the job at the vendor"),
            (
                unknown().job(&handle),
                "its answer names a job that may be it: the service failed (HTTP 500); ask for that job",
            ),
        ] {
            assert!(problem.to_string().contains(words), "{problem}");
        }
    }

    #[test]
    fn what_happened_can_be_told_without_advice() {
        let busy = |wait| {
            let busy = Problem::new(Vendor::Fal, Reason::Refused, ErrorKind::RateLimit).answered(Some(429));
            crate::Error::Submit(Box::new(busy.after(Some(Duration::from_millis(wait)))))
        };
        // A wait of no time is none to speak of.
        assert_eq!(format!("{:#}", busy(0)), "fal refused: too many requests (HTTP 429)");
        let busy = busy(4200);
        assert_eq!(format!("{busy:#}"), "fal refused: too many requests (HTTP 429); it asks to wait 5 s");
        assert!(busy.to_string().starts_with(&format!("{busy:#}; ")), "{busy}");
    }

    #[test]
    fn a_request_to_a_place_where_nobody_takes_any_leads_to_the_base_url() {
        let refused =
            |status| Problem::new(Vendor::SeaArt, Reason::Refused, ErrorKind::Protocol).answered(Some(status));
        for (status, advice) in
            [(404, "; check the base URL, path included;"), (307, "; check the base"), (418, "; the answer is")]
        {
            let refused = refused(status).with_raw("<html>".into());
            assert!(refused.to_string().contains(advice), "{refused}");
        }
    }

    #[test]
    fn nobody_is_sent_to_look_where_nothing_is() {
        let refused = |kind| Problem::new(Vendor::Fal, Reason::Refused, kind).answered(Some(405));
        let told = |text: &str| Some(text.to_owned());
        for (problem, advice) in [
            (refused(ErrorKind::Protocol), "; check the base URL, path included"),
            (refused(ErrorKind::Protocol).answered(Some(418)), "; the vendor may have changed its API"),
            (refused(ErrorKind::InvalidRequest), "; the vendor gives no reason"),
            (refused(ErrorKind::InvalidRequest).with_raw("<html>".into()), "that can be read; the answer is in `raw`"),
            (refused(ErrorKind::InvalidRequest).said(told("no")), "; the vendor's own words are in `vendor_message`"),
            (refused(ErrorKind::InvalidRequest).with_reason(Reason::NotSent), "; see the source of this error"),
        ] {
            assert!(problem.to_string().ends_with(advice), "{problem}");
        }
    }

    #[test]
    fn only_of_a_request_that_was_not_sent_it_is_said_that_nothing_was_charged() {
        let unreached = || Problem::new(Vendor::Fal, Reason::NotSent, ErrorKind::Network);
        assert!(unreached().to_string().contains("nothing was charged"));
        let handle = JobHandle::of(Vendor::Fal, "7", None).unwrap();
        assert!(unreached().job(&handle).to_string().starts_with("fal was not reached: the connection failed;"));
    }
}
