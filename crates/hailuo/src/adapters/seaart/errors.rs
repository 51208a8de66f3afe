//! What SeaArt says when it says no: `{status: {code, message, error_code}, data: null}`, or, of a job, `{error,
//! error_type}`.

use hailuo_runtime::Failure;
use serde_json::Value;

use crate::{error::ErrorKind, exchange::Refusal, fields::value_text};

/// SeaArt's documented words and numbers.
const CODES: &[(&str, ErrorKind)] = &[
    ("INFERENCE_FAILURE", ErrorKind::VendorFault),
    ("INFERENCE_TIMEOUT", ErrorKind::Timeout),
    ("REQUEST_INVALID", ErrorKind::InvalidRequest),
    ("CONTENT_BLOCKED", ErrorKind::Content),
    ("CANCELED", ErrorKind::Canceled),
    ("INTERNAL_SERVER_ERROR", ErrorKind::VendorFault),
    ("40201", ErrorKind::Balance),
    ("40202", ErrorKind::Balance),
    ("40203", ErrorKind::Balance),
    ("40204", ErrorKind::Balance),
    ("40205", ErrorKind::Balance),
    ("40206", ErrorKind::Balance),
    ("40207", ErrorKind::Balance),
    ("40208", ErrorKind::Balance),
];

/// Reads SeaArt's envelope, which has the same form when nothing is wrong.
pub(super) fn read(status: u16, body: &Value) -> Option<Refusal> {
    let Some(envelope) = body.get("status").filter(|envelope| envelope.is_object()) else {
        let refusal = told(status, value_text(body.get("error_type")).as_deref(), body.get("error"));
        return Some(refusal).filter(|refusal| refusal.known.is_some());
    };
    let code = value_text(envelope.get("error_code")).or_else(|| value_text(envelope.get("code")));
    let message = value_text(envelope.get("message"));
    let said = || [&code, &message].into_iter().flatten();
    let is_error = said().next().is_some() && !said().any(|said| is_yes(said));
    is_error.then(|| Refusal::read(CODES, code.as_deref(), message, status))
}

/// Whether a code, or the message beside it, says that nothing is wrong.
fn is_yes(code: &str) -> bool {
    let is_word = ["ok", "success"].iter().any(|word| code.eq_ignore_ascii_case(word));
    is_word || code.parse::<u64>().is_ok_and(|code| matches!(code, 0 | 200..=299))
}

/// What a job's status says of its failure; the error is text or an object.
pub(super) fn of_job(code: Option<&str>, error: Option<&Value>) -> Refusal {
    told(0, code, error)
}

/// Whether the answer to a cancel says that the job is over: a 400 that is no page and is not about whoever asks.
pub(super) fn is_over(failure: &Failure) -> bool {
    let body = hailuo_runtime::value(failure.body());
    let is_of_vendor = body.is_some() || failure.body().trim_ascii().is_empty();
    let refusal = body.and_then(|body| read(400, &body));
    let is_about_asker = refusal.is_some_and(|refusal| matches!(refusal.kind, ErrorKind::Key | ErrorKind::RateLimit));
    failure.status().is_some_and(|status| status == 400) && is_of_vendor && !is_about_asker
}

fn told(status: u16, code: Option<&str>, error: Option<&Value>) -> Refusal {
    let inner = |name| value_text(error?.get(name));
    let code = code.map(str::to_owned).or_else(|| inner("type"));
    Refusal::read(CODES, code.as_deref(), value_text(error).or_else(|| inner("message")), status)
}
