//! What may come of an answer, from what was written alone: the vendors' facts and HTTP, and nothing of the client's.

use hailuo::Vendor;
use serde_json::Value;

use super::{
    body::words,
    mutation::AGAIN,
    reply::{Reply, When},
};
use crate::healthy::{VIDEO, id};

/// What may come of a submit.
#[derive(Debug, PartialEq)]
pub(super) enum Due {
    /// The job, under this number, and nothing else.
    Accepted(&'static str),
    /// A job that the answer names, or nobody knows.
    NotRejected,
    /// Anything; if a job, one that the answer names.
    Open,
}

pub(super) fn submitted(vendor: Vendor, reply: &Reply) -> Due {
    if reply.arrives_whole() && is_yes(reply) && reply.body.said().is_some_and(|said| names_job_in(vendor, said)) {
        return Due::Accepted(id(vendor));
    }
    if may_refuse(vendor, reply) { Due::Open } else { Due::NotRejected }
}

fn is_yes(reply: &Reply) -> bool {
    reply.code.starts_with('2') && reply.code != "204"
}

/// Whether the documented place has the job's number.
fn names_job_in(vendor: Vendor, said: &Value) -> bool {
    let place: &[&str] = match vendor {
        Vendor::ModelsLab => &["id"],
        Vendor::Fal | Vendor::SeaArt => &["request_id"],
        Vendor::HighwayApi => &["task_id"],
        Vendor::ApiInOne => &["data", "task_id"],
        other => panic!("{other}"),
    };
    let found = at(said, place);
    found.is_some_and(|found| match found {
        Value::String(text) => text == id(vendor),
        Value::Number(number) => vendor == Vendor::ModelsLab && number.to_string() == id(vendor),
        _ => false,
    })
}

/// The value in a place, if the way there is the only one.
fn at<'v>(said: &'v Value, place: &[&str]) -> Option<&'v Value> {
    place.iter().try_fold(said, |value, name| {
        let fields = value.as_object()?;
        if fields.contains_key(&format!("{AGAIN}{name}")) { None } else { fields.get(*name) }
    })
}

/// Whether status or words say that no job was begun.
fn may_refuse(vendor: Vendor, reply: &Reply) -> bool {
    let place = |name: &str| reply.header(name).is_some_and(|place| place.contains(id(vendor)));
    let said = reply.body.said();
    let names_job =
        said.is_some_and(|said| names_job_in(vendor, said)) || place("location") || place("content-location");
    match reply.code.parse::<u16>() {
        Ok(200..=299) => said.is_some_and(|said| is_refusal(vendor, said) && !names_job),
        Ok(301 | 302 | 307 | 308) => !place("location"),
        // Only who has read it can know that the conflict is with the very job.
        Ok(409) => !(reply.arrives_whole() && said.is_some_and(|said| names_job_in(vendor, said))),
        Ok(300..=399 | 408 | 499) => is_decisive(vendor, reply),
        Ok(400..=498 | 501 | 505 | 511) => true,
        Ok(503) => said.is_some_and(|said| is_refusal(vendor, said)),
        Ok(500..) => is_decisive(vendor, reply),
        _ => false,
    }
}

/// Whether it is the vendor's error envelope.
fn is_refusal(vendor: Vendor, said: &Value) -> bool {
    let text = |name: &str| said[name].as_str().is_some_and(|text| !text.trim().is_empty());
    let is_bad = |code: &Value| {
        let number = code.as_f64().or_else(|| code.as_str()?.trim().parse().ok());
        number.is_some_and(|number| number != 0.0 && !(200.0..300.0).contains(&number))
    };
    match vendor {
        Vendor::ModelsLab => matches!(said["status"].as_str(), Some("error" | "failed")),
        Vendor::Fal => is_said(&said["detail"]) || text("error_type"),
        Vendor::SeaArt => {
            let status = &said["status"];
            is_bad(&status["code"]) || is_said(&status["error_code"]) || is_said(&status["message"])
        }
        Vendor::HighwayApi => is_said(&said["reason"]) || is_bad(&said["code"]),
        Vendor::ApiInOne => is_said(&said["error"]) || is_bad(&said["code"]),
        other => panic!("{other}"),
    }
}

/// Whether a field says anything at all.
fn is_said(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

/// Whether the answer has a word of the vendor's that says: not this request.
fn is_decisive(vendor: Vendor, reply: &Reply) -> bool {
    let words: &[&str] = match vendor {
        Vendor::Fal => &["content_policy_violation"],
        Vendor::SeaArt => &["40201"],
        Vendor::HighwayApi => &["ILLEGAL_PROMPT"],
        Vendor::ApiInOne => &["invalid_request"],
        _ => &[],
    };
    let text = reply.body.document.as_ref().map(Value::to_string).unwrap_or_default();
    words.iter().any(|word| text.contains(word))
}

/// What must be seen of a job, given what was answered to the question and, at two vendors, to that for the result.
#[derive(Debug, PartialEq)]
pub(super) enum Seen {
    /// The video.
    Done,
    /// Not the video.
    NotDone,
    /// Anything; if the video, one that an answer names.
    Open,
}

pub(super) fn seen(vendor: Vendor, own: &str, status: &Reply, result: &Reply) -> Seen {
    let said = |reply: &Reply| reply.body.said().filter(|_| reply.arrives_whole() && is_yes(reply)).cloned();
    let Some(told) = said(status) else { return Seen::Open };
    let place: &[&str] = match vendor {
        Vendor::HighwayApi => &["task", "status"],
        Vendor::ApiInOne => &["data", "status"],
        _ => &["status"],
    };
    let word = at(&told, place).and_then(Value::as_str);
    let [done, .., failed, canceled, _] = words(vendor);
    if word == Some(failed) || word == Some(canceled) {
        return Seen::NotDone;
    }
    if word != Some(done) {
        return Seen::Open;
    }
    let answer = match vendor {
        Vendor::Fal | Vendor::SeaArt => {
            let has_failed = |name: &str| at(&told, &[name]).and_then(Value::as_str).is_some_and(|text| text.len() > 1);
            if has_failed("error") || has_failed("error_type") {
                return Seen::NotDone;
            }
            let says_error = |name: &str| !matches!(told.get(name), None | Some(Value::Null));
            if ["error", "error_type", "detail"].into_iter().any(says_error) {
                return Seen::Open;
            }
            match said(result) {
                Some(answer) if result.code != "202" => answer,
                _ => return Seen::Open,
            }
        }
        _ => told.clone(),
    };
    let is_own = [&told, &answer].into_iter().all(|said| !may_name_another(vendor, own, said));
    if has_video(vendor, &answer) && is_own { Seen::Done } else { Seen::Open }
}

/// Whether the documented place has what may be the number of another job; what is short is none, unless all are counted.
fn may_name_another(vendor: Vendor, own: &str, answer: &Value) -> bool {
    let named = match vendor {
        Vendor::ModelsLab => &answer["id"],
        Vendor::Fal | Vendor::SeaArt => &answer["request_id"],
        Vendor::HighwayApi => &answer["task"]["task_id"],
        Vendor::ApiInOne => &answer["data"]["task_id"],
        other => panic!("{other}"),
    };
    let named = named.as_str().map_or_else(|| named.to_string(), str::to_owned);
    let is_counted = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    named != own && if is_counted(own) { is_counted(&named) && named != "0" } else { named.len() > 5 }
}

/// Whether the documented place has the video's URL.
fn has_video(vendor: Vendor, answer: &Value) -> bool {
    let found = match vendor {
        Vendor::ModelsLab => at(answer, &["output"]).and_then(|output| output.get(0)),
        Vendor::Fal => at(answer, &["video", "url"]),
        Vendor::SeaArt => {
            let output = at(answer, &["outputs"]).and_then(|outputs| outputs.get(0));
            output.filter(|output| output["type"] == "video").and_then(|output| at(output, &["url"]))
        }
        Vendor::HighwayApi => at(answer, &["videos"]).and_then(|videos| at(videos.get(0)?, &["video_url"])),
        Vendor::ApiInOne => at(answer, &["data", "output", "video"]),
        other => panic!("{other}"),
    };
    found.is_some_and(|found| found == VIDEO)
}

/// Whether a wish was granted: by a status alone, or with words that can be read and are no refusal.
pub(super) fn is_granted(vendor: Vendor, reply: &Reply) -> bool {
    let is_no = |said: &Value| is_refusal(vendor, said) || !matches!(said.get("error_type"), None | Some(Value::Null));
    let is_readable = reply.body.said().is_some_and(|said| said.is_object() && !is_no(said));
    reply.arrives_whole() && is_yes(reply) && (is_readable || reply.body.bytes().is_empty())
}

/// Whether a text stands, as one word, in what was written.
pub(super) fn is_named(word: &str, replies: &[&Reply]) -> bool {
    replies.iter().any(|reply| is_in(word, &reply.whole()) || is_in(word, &reply.body.bytes()))
}

/// Whether a word is in a text, and no part of another: a number is none of a longer one.
fn is_in(word: &str, text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text).replace('\0', "");
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "_-".contains(c));
    text.match_indices(word)
        .any(|(at, _)| !is_part(text[..at].chars().next_back()) && !is_part(text[at + word.len()..].chars().next()))
}

/// Whether a vendor that answers so has read anything of the request.
pub(super) fn has_read(reply: &Reply) -> bool {
    reply.when == When::Read
}

/// Whether a question may be asked once more, where its answer points to.
pub(super) fn is_moved(reply: &Reply) -> bool {
    matches!(reply.code, "301" | "302" | "303" | "307" | "308") && reply.header("location").is_some()
}
