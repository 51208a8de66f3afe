//! What fal says when it says no: `{detail: "…", error_type}`, or a list of complaints about the input in `detail`.

use hailuo_runtime::Failure;
use serde_json::Value;

use crate::{error::ErrorKind, exchange::Refusal, fields::is_said};

/// fal's documented words.
const CODES: &[(&str, ErrorKind)] = &[
    ("content_policy_violation", ErrorKind::Content),
    ("no_media_generated", ErrorKind::VendorFault),
    ("image_too_small", ErrorKind::InvalidRequest),
    ("image_too_large", ErrorKind::InvalidRequest),
    ("image_load_error", ErrorKind::ImageUnreachable),
    ("file_download_error", ErrorKind::ImageUnreachable),
    ("missing", ErrorKind::InvalidRequest),
    ("value_error", ErrorKind::InvalidRequest),
    ("string_too_long", ErrorKind::InvalidRequest),
    ("string_too_short", ErrorKind::InvalidRequest),
    ("literal_error", ErrorKind::InvalidRequest),
    ("bad_request", ErrorKind::InvalidRequest),
    ("request_timeout", ErrorKind::Timeout),
    ("startup_timeout", ErrorKind::Timeout),
    ("runner_scheduling_failure", ErrorKind::VendorFault),
    ("runner_connection_timeout", ErrorKind::VendorFault),
    ("runner_connection_refused", ErrorKind::VendorFault),
    ("runner_connection_error", ErrorKind::VendorFault),
    ("runner_disconnected", ErrorKind::VendorFault),
    ("runner_incomplete_response", ErrorKind::VendorFault),
    ("runner_server_error", ErrorKind::VendorFault),
    ("internal_error", ErrorKind::VendorFault),
    ("client_cancelled", ErrorKind::Canceled),
];

/// Words of a result, at their documented statuses, by which fal gave up on the job after attempts of its own; a result
/// that is only out of reach may be told so, too.
pub(super) const ENDS: &[(u16, &str)] = &[
    (504, "request_timeout"),
    (504, "startup_timeout"),
    (503, "runner_scheduling_failure"),
    (503, "runner_connection_timeout"),
    (503, "runner_connection_refused"),
    (503, "runner_connection_error"),
    (503, "runner_disconnected"),
    (502, "runner_incomplete_response"),
];

/// Reads fal's envelope.
pub(super) fn read(status: u16, body: &Value) -> Option<Refusal> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let (detail, kind) = (body.get("detail"), text(body.get("error_type")).filter(|kind| !kind.trim().is_empty()));
    let first = detail.and_then(|detail| detail.get(0)).or(detail);
    let code = kind.or_else(|| text(first?.get("type")));
    let message = text(detail).or_else(|| text(first?.get("msg")));
    (is_said(detail) || code.is_some()).then(|| Refusal::read(CODES, code.as_deref(), message, status))
}

/// What a job's status says of its failure.
pub(super) fn of_job(code: Option<&str>, message: Option<String>) -> Refusal {
    Refusal::read(CODES, code, message, 0)
}

/// A runner that crashed is the job's end, though its result looks like any server error.
pub(super) fn crash(failure: &Failure) -> Option<Refusal> {
    let body = hailuo_runtime::value(failure.body())?;
    read(500, &body).filter(|refusal| refusal.known == Some("runner_server_error"))
}
