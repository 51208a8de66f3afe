//! What an answer says to people, in whatever shape the framework or the gateway that wrote it has.
//!
//! It is a vendor's own text and may quote what was sent: it is kept for whoever asks, and shown by nothing here.

use serde_json::Value;

use crate::words::{self, Word};

/// Names of sentences, those that go into detail first.
const NAMES: [&str; 15] = [
    "errors",
    "detail",
    "message",
    "messege",
    "msg",
    "error_message",
    "error_msg",
    "errormessage",
    "error_description",
    "fail_reason",
    "failure_reason",
    "reason",
    "description",
    "error",
    "title",
];

/// What an answer may be wrapped in.
const WRAPPINGS: [&str; 7] = ["data", "result", "response", "body", "status", "task", "output"];

/// How deep is looked.
const DEEPEST: usize = 5;
/// Most sentences of one list.
const MOST: usize = 5;
/// Longest text that is a sentence by itself, without a name, in bytes.
const LONGEST: usize = 1000;

/// The sentence of an answer, if there is one: under its name in JSON, or the whole of a short text that is no page.
pub(crate) fn sentence(raw: &[u8]) -> Option<String> {
    match hailuo_runtime::value(raw) {
        Some(value) => said(&value, DEEPEST),
        None => text(std::str::from_utf8(raw).ok().filter(|text| text.len() <= LONGEST)?),
    }
}

fn said(value: &Value, deepest: usize) -> Option<String> {
    let deepest = deepest.checked_sub(1)?;
    match value {
        Value::String(said) => text(said),
        Value::Array(items) => joined(items.iter().filter_map(|item| said(item, deepest))),
        Value::Object(fields) => {
            let field = |wanted: &&str| fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            let named = NAMES.iter().filter_map(field).find_map(|(_, value)| {
                let by_field = || complaints(value, deepest);
                said(value, deepest).or_else(by_field)
            });
            named.or_else(|| {
                let inner = WRAPPINGS.iter().filter_map(field).map(|(_, value)| value);
                inner.filter(|value| !value.is_string()).find_map(|value| said(value, deepest))
            })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// An object of field → complaints, as frameworks that check forms write it.
fn complaints(value: &Value, deepest: usize) -> Option<String> {
    let is_text =
        |value: &Value| value.is_string() || value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
    let fields = value.as_object().filter(|fields| fields.values().all(is_text))?;
    joined(fields.iter().filter_map(|(name, value)| Some(format!("{name}: {}", said(value, deepest)?))))
}

fn joined(sentences: impl Iterator<Item = String>) -> Option<String> {
    let sentences: Vec<_> = sentences.take(MOST).collect();
    Some(sentences.join("; ")).filter(|text| !text.is_empty())
}

/// A text that tells something: a page is for browsers, and "success" is no complaint.
fn text(said: &str) -> Option<String> {
    let said = said.trim();
    let is_yes = || said.eq_ignore_ascii_case("ok") || words::state(said) == Word::Done;
    (!said.is_empty() && !said.starts_with('<') && !is_yes()).then(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_in_what_frameworks_write() {
        for (raw, expected) in [
            (r#"{"detail":"no"}"#, Some("no")),
            (r#"{"detail":[{"type":"t","loc":["body","prompt"],"msg":"too long","input":"a fox"}]}"#, Some("too long")),
            (r#"{"detail":[{"msg":"one"},{"msg":"two"}]}"#, Some("one; two")),
            (
                r#"{"message":"The given data was invalid.","errors":{"prompt":["too long"],"image":"gone"}}"#,
                Some("image: gone; prompt: too long"),
            ),
            (r#"{"message":{"prompt":["too long"]}}"#, Some("prompt: too long")),
            (r#"{"error":"no"}"#, Some("no")),
            (r#"{"error":{"message":"no","type":"t","param":null}}"#, Some("no")),
            (r#"{"timestamp":"2026","status":400,"error":"Bad Request","message":"no","path":"/x"}"#, Some("no")),
            (r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"no"}"#, Some("no")),
            (r#"{"title":"Bad Request","status":400}"#, Some("Bad Request")),
            (r#"{"errors":[{"message":"no","code":"E1"}]}"#, Some("no")),
            (r#"{"code":3,"message":"no","details":[]}"#, Some("no")),
            (r#"{"code":400,"msg":"no","data":null}"#, Some("no")),
            (r#"{"__type":"ValidationException","Message":"no"}"#, Some("no")),
            (r#"{"code":200,"message":"success","data":{"status":"failed","fail_reason":"no"}}"#, Some("no")),
            (r#"{"status":{"code":1,"message":"no"},"data":null}"#, Some("no")),
            (r#"{"data":{"error":{"message":"no"}}}"#, Some("no")),
            (r#""no""#, Some("no")),
            ("no\n", Some("no")),
            // What was sent is no sentence, nor is a word for the state of a job.
            (r#"{"prompt":"a fox","input":{"message":"a fox"}}"#, None),
            (r#"{"status":"failed","data":"a fox","error":null,"message":"","detail":[]}"#, None),
            (r#"{"error":{"code":7}}"#, None),
            ("<html><body>502</body></html>", None),
            ("", None),
        ] {
            assert_eq!(sentence(raw.as_bytes()).as_deref(), expected, "{raw}");
        }
        let deep = format!("{}\"no\"{}", "[".repeat(50), "]".repeat(50));
        assert_eq!(sentence(deep.as_bytes()), None);
        assert_eq!(sentence("no ".repeat(1000).as_bytes()), None);
    }
}
