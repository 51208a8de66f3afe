//! Looks for what is paid for in answers that do not have the documented shape: a job's number in the bytes of a
//! submit's answer, a video's URL anywhere in a result. And for what an error says to people.

mod said;
mod scan;

use serde_json::Value;

pub(crate) use said::sentence;
use scan::pairs;

/// How a vendor's URLs name a job.
#[derive(Debug, Clone, Copy)]
pub(crate) enum InUrl {
    /// By the part of the path that follows this one.
    After(&'static str),
    /// By this parameter of the query.
    Query(&'static str),
}

/// The job's number in bytes that may be cut or otherwise no JSON: a string or number under one of the names at the
/// top, or in a URL, or under one of the names further inside.
pub(crate) fn id(raw: &[u8], names: &[&str], in_url: InUrl) -> Option<String> {
    let found = pairs(raw, &|name| names.iter().any(|known| is_same(name, known)) || leads_to_job(name));
    let usable = || found.iter().filter(|pair| !pair.is_aside);
    let best = |name: &str| {
        let candidates = usable().filter(|pair| !pair.is_cut && is_same(&pair.name, name));
        candidates.min_by_key(|pair| (pair.depth, pair.name != name))
    };
    let by_name = |deepest: usize| {
        let pairs = names.iter().filter_map(|name| best(name)).filter(|pair| pair.depth <= deepest);
        pairs.map(|pair| pair.value.trim()).find(|value| !value.is_empty()).map(str::to_owned)
    };
    let by_url = || {
        let mut urls = usable().filter(|pair| leads_to_job(&pair.name));
        urls.find_map(|pair| id_in_url(&pair.value, in_url, pair.is_cut))
    };
    by_name(1).or_else(by_url).or_else(|| by_name(usize::MAX))
}

/// Whether two names are one: `taskId` is `task_id`.
fn is_same(name: &str, known: &str) -> bool {
    fn plain(name: &str) -> impl Iterator<Item = u8> {
        name.bytes().filter(|byte| !matches!(byte, b'_' | b'-')).map(|byte| byte.to_ascii_lowercase())
    }
    plain(name).eq(plain(known))
}

/// Whether a URL of this name is one of the job's own.
fn leads_to_job(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_url = ["url", "uri", "href", "location", "link", "fetch_result"].iter().any(|end| name.ends_with(end));
    is_url && !MISLEADING.iter().any(|part| name.contains(part) && *part != "fetch")
}

/// The number of the job that a URL is about. Of one that is cut only what is surely whole counts.
pub(crate) fn id_in_url(url: &str, in_url: InUrl, is_cut: bool) -> Option<String> {
    let url = url.split('#').next().unwrap_or_default();
    let (path, query) = url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query)));
    let (id, is_last) = match in_url {
        InUrl::After(part) => {
            let mut parts = path.split('/').skip(1).skip_while(|found| *found != part).skip(1);
            (parts.next()?, parts.next().is_none() && query.is_none())
        }
        InUrl::Query(name) => {
            let mut pairs = query?.split('&').skip_while(|pair| pair.split('=').next() != Some(name));
            (pairs.next()?.split_once('=')?.1, pairs.next().is_none())
        }
    };
    (!(is_cut && is_last)).then(|| number(id))?
}

/// A job's number as it stands in a URL, without the quotes that a URL in a text in a text ends with.
fn number(part: &str) -> Option<String> {
    let part = part.trim().trim_end_matches(['"', '\'', '>', ')', ']', '}']);
    let is_number = part.chars().any(|c| c.is_ascii_digit())
        && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~:@".contains(c));
    is_number.then(|| part.to_owned())
}

/// A job's word anywhere in an answer, the one least deep.
pub(crate) fn status(raw: &[u8]) -> Option<String> {
    let is_word = |name: &str| matches!(name, "status" | "state" | "task_status");
    let found = pairs(raw, &is_word).into_iter().filter(|pair| !pair.is_cut && !pair.is_aside);
    found.min_by_key(|pair| pair.depth).map(|pair| pair.value)
}

/// The object in an answer that has the job's word, where that is not the answer itself.
pub(crate) fn with_status(answer: &Value) -> Option<&Value> {
    let inner = match answer {
        Value::Object(fields) if fields.get("status").is_some_and(Value::is_string) => return Some(answer),
        Value::Object(fields) => ["data", "result", "response"].iter().find_map(|name| fields.get(*name)),
        Value::Array(items) => items.first(),
        _ => None,
    };
    inner.and_then(with_status)
}

/// The last part of a URL's path, if it could be a job's number.
pub(crate) fn last_segment(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.trim_end_matches('/');
    let last = path.rsplit('/').next()?;
    path.contains('/').then(|| number(last))?
}

/// How many names say that it is a video.
const CALLED: usize = 3;

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

/// An answer in which texts that hold JSON are what they hold.
pub(crate) fn unwrapped(value: Value) -> Value {
    match value {
        Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
            serde_json::from_str(&text).map_or(Value::String(text), unwrapped)
        }
        Value::Array(items) => items.into_iter().map(unwrapped).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, unwrapped(value))).collect(),
        other => other,
    }
}

/// The URL of a video anywhere in an answer: what is called one, or else what ends like one, or else any that may be one.
pub(crate) fn video_url(value: &Value) -> Option<&str> {
    called_video(value)
        .or_else(|| found(value, &|text| is_video_url(text) && ends_like_a_video(text)))
        .or_else(|| found(value, &is_video_url))
}

/// The URL of a video that is there for sure, whatever word the vendor has for it: it is called one, or the output, and
/// ends like one. Links to what is only to come do not count.
pub(crate) fn ready_video(value: &Value) -> Option<&str> {
    const OUTPUT: [&str; 2] = ["output", "outputs"];
    let is_ready = |text: &str| is_video_url(text) && ends_like_a_video(text);
    let place = with_status(value).unwrap_or(value);
    let output = || OUTPUT.iter().find_map(|name| found(place.get(*name)?, &is_ready));
    called_video(value).filter(|url| is_ready(url)).or_else(output)
}

fn called_video(value: &Value) -> Option<&str> {
    match value {
        Value::Array(items) => items.iter().find_map(called_video),
        Value::Object(fields) => {
            let named = LEADING[..CALLED].iter().find_map(|name| found(fields.get(*name)?, &is_video_url));
            named.or_else(|| fields.iter().filter(|field| may_lead(*field)).find_map(|(_, value)| called_video(value)))
        }
        _ => None,
    }
}

fn found<'v>(value: &'v Value, is_it: &impl Fn(&str) -> bool) -> Option<&'v str> {
    match value {
        Value::String(text) => is_it(text).then_some(text),
        Value::Array(items) => items.iter().find_map(|item| found(item, is_it)),
        Value::Object(fields) => {
            let led = LEADING.iter().find_map(|name| found(fields.get(*name)?, is_it));
            led.or_else(|| fields.iter().filter(|field| may_lead(*field)).find_map(|(_, value)| found(value, is_it)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Whether a field may lead to a video, by its name.
fn may_lead((name, value): (&String, &Value)) -> bool {
    let name = name.to_ascii_lowercase();
    let is_api = name.ends_with("_url")
        && !name.contains("video")
        && value.as_str().is_some_and(|text| !ends_like_a_video(text));
    !is_api && !MISLEADING.iter().any(|part| name.contains(part))
}

/// Whether a text is the URL of something that is no picture; a path on the vendor's own origin counts.
fn is_video_url(text: &str) -> bool {
    let path = path(text);
    let is_picture = [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|ending| path.ends_with(ending));
    // A path is taken for one only if it names a file: `/v1/tasks` is none.
    let is_path = path.starts_with('/') && ends_like_a_video(text);
    let is_whole = || ["http://", "https://"].iter().any(|scheme| path.starts_with(scheme)) && is_url(text);
    !is_picture && (is_path || is_whole())
}

fn ends_like_a_video(text: &str) -> bool {
    let path = path(text);
    [".mp4", ".mov", ".webm", ".m4v"].iter().any(|ending| path.ends_with(ending))
}

/// A URL without its query, in lower case.
fn path(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_url(text: &str) -> bool {
    url::Url::parse(text.trim()).is_ok_and(|url| url.has_host())
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
            (r#"{"data":{"requestId":"inner"}}"#, Some("inner")),
            (r#"{"requestId":"another","request_id":"best"}"#, Some("best")),
            (r#"{"request_id":["first","second"]}"#, Some("first")),
            (r#"{"data":["request_id":"bent"],"x":1}"#, Some("bent")),
            (r#"{"request_id":["x":"bent"]}"#, None),
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
            // Wrapped in a text, once or twice, also if that is cut.
            (r#""{\"request_id\":\"abc\"}""#, Some("abc")),
            (r#"{"data":"{\"request_id\":\"abc\",\"x"#, Some("abc")),
            (r#"{"result":"{\"data\":\"{\\\"id\\\":7}\"}"}"#, Some("7")),
            (r#"{"prompt":"{\"request_id\":\"evil\"}"}"#, None),
            ("data: {\"request_id\":\"abc\"}\n\n", Some("abc")),
            ("<br />Warning: x in y.php on line 7\n{\"request_id\":\"abc\"}", Some("abc")),
            // Blanks, fractions, and more digits than a float keeps.
            (r#"{"request_id":" abc "}"#, Some("abc")),
            (r#"{"request_id":"","id":7.0}"#, Some("7")),
            (r#"{"id":7.5}"#, None),
            (r#"{"id":12345678901234567890123}"#, Some("12345678901234567890123")),
            // An error's number is no job's.
            (r#"{"error":{"message":"no","id":"err_1"}}"#, None),
            (r#"{"user":{"id":5},"task":{"id":6}}"#, Some("6")),
            // Only a URL names the job.
            (r#"{"status_url":"https://x.example/fetch/a7/status"}"#, Some("a7")),
            (r#"{"status_url":"https://x.example/fetch/a7/sta"#, Some("a7")),
            (r#"{"status_url":"https://x.example/fetch/a7"#, None),
            (r#"{"image_url":"https://x.example/fetch/a7/b"}"#, None),
            // A URL in a text in a text, and what is no number at all.
            (r#"{"status_url":"\"https://x.example/fetch/a7\""}"#, Some("a7")),
            (r#"{"status_url":"<https://x.example/fetch/a7>"}"#, Some("a7")),
            (r#"{"status_url":"https://x.example/fetch/a7%22b"}"#, None),
            (r#"{"status_url":"https://x.example/fetch/{id7"}"#, None),
        ] {
            let found = id(raw.as_bytes(), &["request_id", "id"], InUrl::After("fetch"));
            assert_eq!(found.as_deref(), expected, "{raw}");
        }
    }

    #[test]
    fn an_invalid_byte_costs_no_more_than_its_own_text() {
        let raw = b"{\"log\":\"\xff\xfe\",\"request_id\":\"abc\",\"x\":\"\xff\"}";
        assert_eq!(id(raw, &["request_id"], InUrl::After("fetch")).as_deref(), Some("abc"));
    }

    #[test]
    fn a_job_is_found_in_the_query_of_its_url() {
        for (url, is_cut, expected) in [
            ("https://x.example/task-result?task_id=a7", false, Some("a7")),
            ("/task-result?a=b&task_id=a7&c=d#e", true, Some("a7")),
            ("https://x.example/task-result?task_id=a7", true, None),
            ("https://x.example/task-result?task_idea=a7", false, None),
            ("https://x.example/task-result", false, None),
        ] {
            assert_eq!(id_in_url(url, InUrl::Query("task_id"), is_cut).as_deref(), expected, "{url}");
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
            // By its name, or else by its end, before what could be anything.
            json!({"result": "https://api.example/tasks/7/status", "data": {"output": {"video": url}}}),
            json!({"result": "https://api.example/tasks/7/status", "data": {"files": [url]}}),
            json!({"output": "https://cdn.example/7.mp4", "data": {"video_url": url}}),
        ] {
            assert_eq!(video_url(&answer), Some(url), "{answer}");
        }
        let relative = json!({"status": "/v1/tasks", "video": {"url": "/files/v.mp4?sig=1"}});
        assert_eq!(video_url(&relative), Some("/files/v.mp4?sig=1"));
    }

    #[test]
    fn a_video_that_is_there_needs_no_word_for_it() {
        let url = "https://cdn.example/v.mp4?sig=1";
        for (answer, is_ready) in [
            (json!({"status": "READY", "videos": [{"video_url": url}]}), true),
            (json!({"data": {"state": 3, "video": {"url": url}}}), true),
            (json!({"status": "ready", "output": [url], "future_links": []}), true),
            (json!({"code": 200, "data": {"status": "ready", "output": url}}), true),
            (json!({"status": "upscaling", "output": [], "future_links": [url], "proxy_links": [url]}), false),
            (json!({"status": "upscaling", "video": {"url": "https://queue.example/7"}}), false),
            (json!({"status": "upscaling", "input": {"video": url}, "result": url}), false),
        ] {
            assert_eq!(ready_video(&answer), Some(url).filter(|_| is_ready), "{answer}");
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
            let _ = id(&raw, &["id"], InUrl::After("fetch"));
            let _ = id(text.as_bytes(), &["id", "a"], InUrl::Query("b"));
        }
    }
}
