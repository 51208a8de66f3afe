//! Whether an answer is about the job that was asked for: a cache or a mix-up at a vendor must not pass for the video of
//! this one.

use serde_json::Value;

use crate::{exchange::Adapter, fields::value_text, handle::JobHandle, rescue};

/// An answer names another job than the one that was asked for.
#[derive(Debug, thiserror::Error)]
#[error("the answer is about another job")]
pub(super) struct Foreign;

/// Whether an answer names another job, and nowhere this one. What names none is about what was asked for; and so is what
/// names something of another kind than this job's number, for answers have numbers of requests, of rows and of nothing.
pub(super) fn is_foreign(adapter: &dyn Adapter, handle: &JobHandle, raw: &[u8]) -> bool {
    // Most answers tell by a glance.
    let names = adapter.id_names();
    let is_clear = |text: &str| {
        text.contains(&format!("\"{}\"", handle.id()))
            || !names.iter().any(|name| text.contains(&format!("\"{name}\"")))
    };
    if str::from_utf8(raw).is_ok_and(is_clear) {
        return false;
    }
    let Some(answer) = hailuo_runtime::value(raw) else { return false };
    let place = rescue::with_status(answer.get("task").unwrap_or(&answer)).unwrap_or(&answer);
    let numbers = names.iter().filter_map(|name| number(place.get(name)));
    let mut is_other = false;
    for number in numbers {
        if is_same(&number, handle.id()) {
            return false;
        }
        is_other |= kind(&number) == kind(handle.id());
    }
    is_other
}

/// A job's number, however it is written.
fn number(value: Option<&Value>) -> Option<String> {
    Some(value_text(value)?.trim().trim_matches('"').to_owned()).filter(|text| text.bytes().any(|byte| byte != b'0'))
}

fn is_same(one: &str, other: &str) -> bool {
    // More digits than a float keeps may have been lost on their way.
    let float = |text: &str| text.parse::<f64>().ok();
    one.eq_ignore_ascii_case(other) || float(one).is_some_and(|one| float(other) == Some(one))
}

/// What a number looks like: `0` if it is counted, `#` for a database's key, a UUID for example, and else what stands
/// between its parts, as `x_x` for `n51a_hailuo`.
fn kind(number: &str) -> String {
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return "0".to_owned();
    }
    if number.len() >= 16 && number.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-') {
        return "#".to_owned();
    }
    let mut kind = String::new();
    for c in number.chars().map(|c| if c.is_alphanumeric() { 'x' } else { c }) {
        if !(c == 'x' && kind.ends_with('x')) {
            kind.push(c);
        }
    }
    kind
}
