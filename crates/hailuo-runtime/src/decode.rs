//! Reads the JSON of an answer into a generated type, more forgivingly than derived code does by itself.

use progenitor_client::{Error, ResponseValue};
use reqwest::{
    Response,
    header::{CONTENT_TYPE, HeaderMap},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    lenient::{exactly, otherwise, straight},
    mend::{embedded, mended},
    received::{Received, whole},
    record::Ending,
};

/// Reads an answer's body as a `T`; generated code calls it in the place of `ResponseValue::from_response`.
///
/// It differs in what it takes: a property that comes twice counts with its last value and does not lose the answer, a
/// byte order mark is skipped, an empty body reads as `null`, a list is never taken for a struct, and what is JSON but
/// for a slip (`NaN`, a byte that is no UTF-8, a line break in a text) or but for its wrapping (a text that holds the
/// JSON, a list of the one object, a warning before it) is read all the same. A number, a truth or a text that is all
/// there is may be written as another of them, as in a field, and `null` is an empty list. Where any value or a text
/// will do, a body that is neither called JSON nor a page is one.
///
/// # Errors
///
/// [`Error::ResponseBodyError`] when the body did not come whole, [`Error::InvalidResponsePayload`] when it is not the
/// JSON of a `T`.
pub async fn decode<T, E>(mut response: Response) -> Result<ResponseValue<T>, Error<E>>
where
    T: DeserializeOwned,
{
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    let bytes = match Received::take(&mut response) {
        Some(Received { bytes, ending: Ending::Whole, .. }) => bytes,
        Some(cut) => whole(cut.beside(response)).bytes().await.map_err(Error::ResponseBodyError)?,
        None => response.bytes().await.map_err(Error::ResponseBodyError)?,
    };
    match from_bytes(&bytes).or_else(|error| plain(&headers, &bytes).ok_or(error)) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => Err(Error::InvalidResponsePayload(bytes, error)),
    }
}

/// What is not called JSON, and is no page either, is its own text where any value or a text will do. Frameworks
/// describe as JSON what a function hands over as it is.
fn plain<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Option<T> {
    let said = headers.get(CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
    if ["json", "html"].iter().any(|other| said.contains(other)) {
        return None;
    }
    exactly(&Value::from(std::str::from_utf8(bytes).ok()?)).ok()
}

/// More values than any answer has, and fewer than would fill a machine's memory: a value takes some hundred bytes, its
/// text two.
const MOST_VALUES: usize = 250_000;

/// Whether a body has so many values that it is none to be read. Only a large one can.
fn is_crowded(bytes: &[u8]) -> bool {
    bytes.len() > MOST_VALUES && bytes.iter().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() > MOST_VALUES
}

/// Text without the byte order mark that some servers begin it with.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    if is_crowded(bytes) {
        return Err(serde::de::Error::custom("too many values"));
    }
    let json = without_mark(bytes);
    // Straight from the text, if it is as it should be; only a surprise is worth building a value first.
    if let Some(value) = straight(json) {
        return Ok(value);
    }
    match serde_json::from_slice(json) {
        Ok(value) => unwrapped(&value, DEEPEST).or_else(|error| instead(&value).ok_or(error)),
        Err(error) if json.trim_ascii().is_empty() => exactly(&Value::Null).map_err(|_| error),
        Err(error) => slipped(json).and_then(|value| unwrapped(&value, DEEPEST).ok()).ok_or(error),
    }
}

/// What stands alone in a body is read as it would be in a field: `"5"` for a number. And `null` is a list without
/// elements, as some languages write one; not of a single element, since that could as well be an error or a wrapping.
fn instead<T: DeserializeOwned>(value: &Value) -> Option<T> {
    match value {
        Value::Null => exactly(&Value::Array(Vec::new())).ok(),
        value => otherwise(value),
    }
}

/// Reads a body as whatever JSON it is, as forgivingly as [`decode`] does and without the wrapping that it may have.
///
/// ```
/// let value = hailuo_runtime::value(br#"[{"status":"done","eta":NaN}]"#);
/// assert_eq!(value, Some(serde_json::json!({"status": "done", "eta": null})));
/// ```
pub fn value(bytes: &[u8]) -> Option<Value> {
    if is_crowded(bytes) {
        return None;
    }
    let json = without_mark(bytes);
    let mut value = serde_json::from_slice(json).ok().or_else(|| slipped(json))?;
    for _ in 0..DEEPEST {
        match inside(&value) {
            Some(inner) => value = inner,
            None => break,
        }
    }
    Some(value)
}

/// The value of a text that is JSON but for a slip, or but for what stands around it.
fn slipped(json: &[u8]) -> Option<Value> {
    mended(json).or_else(|| embedded(json))
}

/// How many wrappings are taken off an answer.
const DEEPEST: usize = 3;

/// The value itself, or what it is only the wrapping of: a text that is JSON, or a list of one object.
fn unwrapped<T: DeserializeOwned>(value: &Value, deepest: usize) -> Result<T, serde_json::Error> {
    let error = match exactly(value) {
        Ok(known) => return Ok(known),
        Err(error) => error,
    };
    let inner = inside(value).filter(|_| deepest > 0);
    inner.and_then(|inner| unwrapped(&inner, deepest - 1).ok()).ok_or(error)
}

/// What a value is the wrapping of.
fn inside(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) if text.trim_start().starts_with(['{', '[', '"']) => {
            serde_json::from_str(text).ok().or_else(|| mended(text.as_bytes()))
        }
        Value::Array(items) => match items.as_slice() {
            [only @ Value::Object(_)] => Some(only.clone()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::Lenient;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Task {
        #[serde(default)]
        id: Option<Lenient<String>>,
    }

    #[test]
    fn an_answer_is_read_if_it_can_be() {
        let task = |id: &str| Some(Task { id: Some(Lenient::Known(id.to_owned())) });
        for (json, expected) in [
            (r#"{"id":"a"}"#, task("a")),
            (r#"{"id":"a","id":7}"#, task("7")),
            ("\u{feff}{\"id\":\"a\"}", task("a")),
            ("{}", Some(Task { id: None })),
            ("[\"a\"]", None),
            (r#"[{"id":"a"}]"#, task("a")),
            (r#"[{"id":"a"},{"id":"b"}]"#, None),
            (r#""{\"id\":\"a\"}""#, task("a")),
            (r#""a""#, None),
            (r#"{"id":"a","eta":NaN}"#, task("a")),
            (r#"{"id":"a","eta":[-Infinity,],}"#, task("a")),
            ("{\"id\":\"a\",\"log\":\"two\nlines\"}", task("a")),
            (r#"{"id":"a","log":"\ud83d"}"#, task("a")),
            (r#"{"id":"a","log":"half"#, None),
            (r#"{"id":"a""#, None),
            ("[]", None),
            ("null", None),
            ("", None),
            ("{\"id\":\"a\"} x", task("a")),
            ("Warning: x\n{\"id\":\"a\"}", task("a")),
            ("Warning: x\n[\"a\"]", None),
        ] {
            assert_eq!(from_bytes::<Task>(json.as_bytes()).ok(), expected, "{json}");
        }
        assert_eq!(from_bytes::<Option<Task>>(b" \n").ok(), Some(None));
        assert_eq!(from_bytes::<bool>(b"\"true\"").ok(), Some(true));
        assert_eq!(from_bytes::<i64>(b"\"5\"").ok(), from_bytes(b"5.0").ok());
        assert_eq!(from_bytes::<String>(b"12").ok().as_deref(), Some("12"));
        assert_eq!(from_bytes::<Vec<Lenient<Task>>>(b"null").ok(), Some(Vec::new()));
        for json in ["", "NaN", r#"{"error":"busy"}"#, "true"] {
            assert_eq!(from_bytes::<Vec<Lenient<Task>>>(json.as_bytes()).ok(), None, "{json}");
        }
        let crowded = format!(r#"{{"id":"a","log":[{}1]}}"#, "[],".repeat(MOST_VALUES));
        assert!(from_bytes::<Task>(crowded.as_bytes()).is_err() && value(crowded.as_bytes()).is_none());
        let long = format!(r#"{{"id":"a","log":"{}"}}"#, "fox".repeat(MOST_VALUES));
        assert_eq!(from_bytes::<Task>(long.as_bytes()).ok(), task("a"));
        let bytes = b"{\"id\":\"a\",\"log\":\"\xff\xfe\"}";
        assert_eq!(from_bytes::<Task>(bytes).ok(), task("a"));
        assert!(from_bytes::<Vec<u8>>(b"[1]").is_ok());
    }

    #[test]
    fn a_text_that_is_not_called_json_is_a_text_where_that_will_do() {
        for (content_type, body, is_value) in [
            (Some("text/vtt; charset=utf-8"), &b"WEBVTT {"[..], true),
            (Some("Text/Plain"), b"done", true),
            (Some("video/mp4"), b"\xff\xd8", false),
            (Some("application/json"), b"done", false),
            (Some("text/html"), b"<p>", false),
            (None, b"done", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.extend(content_type.map(|said| (CONTENT_TYPE, reqwest::header::HeaderValue::from_static(said))));
            let text = String::from_utf8_lossy(body);
            let value = plain::<Value>(&headers, body);
            assert_eq!(value, is_value.then(|| text.as_ref().into()), "{content_type:?} {text}");
            assert_eq!(plain::<String>(&headers, body).is_some(), is_value, "{content_type:?} {text}");
            assert_eq!(plain::<Option<Task>>(&headers, body), None, "{content_type:?} {text}");
        }
    }
}
