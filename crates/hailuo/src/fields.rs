//! Single fields of answers, whichever way a vendor has written them.

use std::time::Duration;

use hailuo_runtime::{
    Lenient,
    http::header::{HeaderMap, HeaderName},
};
use serde_json::Value;

use crate::{
    rescue,
    words::{self, Word},
};

/// A field's text, whatever scalar it is.
pub(crate) fn text<T: serde::Serialize>(field: Option<&Lenient<T>>) -> Option<String> {
    field?.text().filter(|text| !text.is_empty())
}

/// A value's text, if it is a text or a number and says anything.
pub(crate) fn value_text(value: Option<&Value>) -> Option<String> {
    let scalar = value.filter(|value| value.is_string() || value.is_number())?;
    Lenient::<()>::Other(scalar.clone()).text().filter(|text| !text.trim().is_empty())
}

/// Whether a field says anything: vendors write null, false, 0, empty text or an empty object for "no error".
pub(crate) fn is_said(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(text)) => !matches!(text.trim(), "" | "false" | "null" | "None"),
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
        Some(_) => true,
    }
}

/// What a job's word says; if it is not where it should be, one is looked for anywhere in the answer.
pub(crate) fn word(found: Option<String>, raw: &[u8]) -> Word {
    words::state(&found.or_else(|| rescue::status(raw)).unwrap_or_default())
}

/// What is wrong with a job, `error_type` and `error`, where its word is further inside an answer than documented.
pub(crate) fn inner_error(raw: &[u8]) -> (Option<String>, Option<Value>) {
    let answer = hailuo_runtime::value(raw).unwrap_or_default();
    let told = |name: &str| rescue::with_status(&answer)?.get(name).filter(|value| is_said(Some(value)));
    (value_text(told("error_type")), told("error").cloned())
}

/// A value's number, also if it is written as text.
pub(crate) fn value_number(value: Option<&Value>) -> Option<f64> {
    value_text(value)?.trim().trim_end_matches('%').parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether a code says that nothing is wrong: 0, or one like HTTP's.
pub(crate) fn is_yes(code: f64) -> bool {
    code == 0.0 || (200.0..300.0).contains(&code)
}

/// A time that a vendor counts in seconds.
pub(crate) fn value_seconds(value: Option<&Value>) -> Option<Duration> {
    Duration::try_from_secs_f64(value_number(value)?).ok()
}

/// A field's count, unless it is negative.
pub(crate) fn count<N: TryFrom<i64>>(field: Option<&Lenient<i64>>) -> Option<N> {
    N::try_from(*field?.known()?).ok()
}

/// The vendor's number of the HTTP request, if it looks like one.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    static NAMES: [HeaderName; 3] = [
        HeaderName::from_static("x-fal-request-id"),
        HeaderName::from_static("x-request-id"),
        HeaderName::from_static("x-trace-id"),
    ];
    let text = |name| headers.get(name)?.to_str().ok();
    NAMES
        .iter()
        .find_map(text)
        .filter(|id| id.len() <= 128 && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c)))
        .map(str::to_owned)
}
