//! Looks for what is paid for in answers that do not have the documented shape: a job's number in the bytes of a
//! submit's answer, a video's URL anywhere in a result.

use serde_json::Value;

/// The job's number in bytes that may be cut or otherwise no JSON: a string or number under one of the names at the
/// top, or the end of a URL, or under one of the names further inside.
pub(crate) fn id(raw: &[u8], names: &[&str], url_name: Option<&str>) -> Option<String> {
    let found = pairs(raw);
    let best = |name: &str| found.iter().filter(|pair| pair.name == name).min_by_key(|pair| pair.depth);
    let by_name = |deepest: usize| {
        let pairs = names.iter().filter_map(|name| best(name));
        pairs.filter(|pair| pair.depth <= deepest).map(|pair| pair.value.clone()).next()
    };
    by_name(1).or_else(|| best(url_name?).and_then(|pair| last_segment(&pair.value))).or_else(|| by_name(usize::MAX))
}

/// A job's word anywhere in an answer, the one least deep.
pub(crate) fn status(raw: &[u8]) -> Option<String> {
    let found = pairs(raw).into_iter().filter(|pair| matches!(pair.name.as_str(), "status" | "state" | "task_status"));
    found.min_by_key(|pair| pair.depth).map(|pair| pair.value)
}

/// The last part of a URL's path, if it could be a job's number.
pub(crate) fn last_segment(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.trim_end_matches('/');
    let last = path.rsplit('/').next()?;
    (path.contains('/') && last.chars().any(|c| c.is_ascii_digit())).then(|| last.to_owned())
}

struct Pair {
    depth: usize,
    name: String,
    value: String,
}

/// Names and scalar values, as far as the bytes go. Strings count only with their end, numbers only with what follows
/// them: half a number is another job's.
fn pairs(raw: &[u8]) -> Vec<Pair> {
    let mut found = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    let mut name: Option<String> = None;
    let mut last_string: Option<String> = None;
    while let Some(&byte) = raw.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => (depth, name, last_string) = (depth + 1, None, None),
            b'}' | b']' => (depth, name, last_string) = (depth.saturating_sub(1), None, None),
            b':' => name = last_string.take(),
            b',' => (name, last_string) = (None, None),
            b'"' => {
                let Some(length) = string_length(&raw[at..]) else {
                    break;
                };
                let text = serde_json::from_slice::<String>(&raw[at - 1..=at + length]).ok();
                at += length + 1;
                match (name.take(), text) {
                    (Some(name), Some(value)) => found.push(Pair { depth, name, value }),
                    (_, text) => last_string = text,
                }
            }
            b'0'..=b'9' | b'-' => {
                let start = at - 1;
                while raw.get(at).is_some_and(u8::is_ascii_digit) {
                    at += 1;
                }
                let is_whole = raw.get(at).is_some_and(|b| matches!(b, b',' | b'}' | b']') || b.is_ascii_whitespace());
                if let (Some(name), true) = (name.take(), is_whole) {
                    let value = String::from_utf8_lossy(&raw[start..at]).into_owned();
                    found.push(Pair { depth, name, value });
                }
            }
            _ => {}
        }
    }
    found
}

/// Length of a string's inside up to its closing quote.
fn string_length(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match *rest.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Names that lead to a video, best first.
const LEADING: [&str; 16] = [
    "video_url",
    "videos",
    "video",
    "output",
    "outputs",
    "url",
    "urls",
    "download_url",
    "file",
    "files",
    "result",
    "results",
    "data",
    "links",
    "proxy_links",
    "future_links",
];

/// Parts of names that lead to something else: the picture that was sent, a preview, the API's own URLs.
const MISLEADING: [&str; 14] = [
    "image", "thumb", "cover", "poster", "preview", "frame", "input", "meta", "param", "audio", "webhook", "callback",
    "fetch", "logs",
];

/// The URL of a video anywhere in an answer.
pub(crate) fn video_url(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => is_video_url(text).then_some(text),
        Value::Array(items) => items.iter().find_map(video_url),
        Value::Object(fields) => {
            let led = LEADING.iter().find_map(|name| video_url(fields.get(*name)?));
            led.or_else(|| {
                let others = fields.iter().filter(|(name, value)| {
                    let name = name.to_ascii_lowercase();
                    let is_api = name.ends_with("_url") && value.is_string() && !name.contains("video");
                    !is_api && !MISLEADING.iter().any(|part| name.contains(part))
                });
                others.map(|(_, value)| value).find_map(video_url)
            })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

pub(crate) fn is_video_url(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let is_picture = [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|ending| path.ends_with(ending));
    !is_picture && crate::rules::http_url(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_number_is_found_in_what_is_left_of_an_answer() {
        for (raw, expected) in [
            (r#"{"request_id":"abc","x":1}"#, Some("abc")),
            (r#"{"request_id":"abc","status_url":"https://cut"#, Some("abc")),
            (r#"{"request_id" : "a\u0062c" , "#, Some("abc")),
            (r#"{"data":{"request_id":"inner"},"request_id":"outer"}"#, Some("outer")),
            (r#"{"data":{"id":7}}"#, Some("7")),
            (r#"{"id":7,"request_id":"best"}"#, Some("best")),
            (r#"{"id":123456,"#, Some("123456")),
            (r#"{"id":12345"#, None),
            (r#"{"request_id":"ab"#, None),
            (r#"{"request_id":null}"#, None),
            (r#"{"prompt":"say \"request_id\":\"evil\"","a":1}"#, None),
            (r#"{"prompt":"request_id","a":"b"}"#, None),
            (r#"["request_id","abc"]"#, None),
            (r#"{"fetch_result":"https://x.example/v7/fetch/987"}"#, Some("987")),
            (r#"{"meta":{"id":3},"fetch_result":"https://x.example/v7/fetch/987"}"#, Some("987")),
            (r#"{"fetch_result":"https://x.example/v7/fetch/"}"#, None),
            ("<html>request_id</html>", None),
            ("", None),
            (r#"{"a":"\"#, None),
        ] {
            let found = id(raw.as_bytes(), &["request_id", "id"], Some("fetch_result"));
            assert_eq!(found.as_deref(), expected, "{raw}");
        }
    }

    #[test]
    fn a_word_is_found_wherever_the_vendor_put_it() {
        for (raw, expected) in [
            (r#"{"data":[{"status":"completed"}]}"#, Some("completed")),
            (r#"{"task":{"state":"x"},"status":"y"}"#, Some("y")),
            (r#"{"status":{"code":7}}"#, None),
            ("", None),
        ] {
            assert_eq!(status(raw.as_bytes()).as_deref(), expected, "{raw}");
        }
    }

    #[test]
    fn a_video_is_found_wherever_the_vendor_put_it() {
        let url = "https://cdn.example/v.mp4?sig=1";
        for answer in [
            json!({"url": url}),
            json!({"data": {"output": [url]}}),
            json!({"output": {"video": {"url": url}}}),
            json!({"image": "https://cdn.example/in", "videos": [{"video_url": url}]}),
            json!({"output": ["https://cdn.example/poster.png", url]}),
            json!({"task": {"something": {"video_url": url}}}),
            json!({"output": "", "future_links": [url]}),
        ] {
            assert_eq!(video_url(&answer), Some(url), "{answer}");
        }
    }

    #[test]
    fn what_is_no_video_is_not_taken_for_one() {
        for answer in [
            json!({}),
            json!({"output": []}),
            json!({"output": ""}),
            json!({"video": {"url": "file:///etc/passwd"}}),
            json!({"meta": {"init_image": "https://cdn.example/in"}}),
            json!({"status_url": "https://queue.example/status", "fetch_result": "https://x.example/1"}),
            json!({"thumbnail": "https://cdn.example/t"}),
            json!(null),
        ] {
            assert_eq!(video_url(&answer), None, "{answer}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_searched_without_panic(raw in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
                                                text in "[{}\\[\\]\":,0-9a-z\\\\ -]{0,200}") {
            let _ = id(&raw, &["id"], Some("fetch_result"));
            let _ = id(text.as_bytes(), &["id", "a"], Some("b"));
        }
    }
}
