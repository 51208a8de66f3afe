//! Bodies: a vendor's right answer, its refusal, either with any damage, and what is no JSON at all.

use hailuo::Vendor;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::mutation::{Mutation, mutation, written};
use crate::{
    canary::PROMPT,
    healthy::{VIDEO, accepted, id},
};

/// A body, and the document that it is the text of, if it is one.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub(super) document: Option<Value>,
    dress: Dress,
    noise: &'static [u8],
}

/// How the document is written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Dress {
    Plain,
    Pretty,
    Marked,
    Padded,
    /// After a warning of the server's own.
    Warned,
    Twice,
    Event,
    Utf16,
    /// From here on nobody must find it.
    Lines,
    Page,
    Noise,
}

/// Bodies that have nothing to do with the question.
const NOISE: [&[u8]; 12] = [
    b"",
    b"null",
    b"OK",
    b"{",
    b"[]",
    b"\xff\xfe\x00",
    b"\0\0\0\0",
    b"<!DOCTYPE html><html><head><title>502</title></head><body>request_id: 5, task_id: 6</body></html>",
    b"{\"status\":\"ok\"",
    b"\"\\ud83d\"",
    b"true false null",
    b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
];

impl Body {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let Some(document) = self.document.as_ref().filter(|_| self.dress != Dress::Noise) else {
            return self.noise.to_vec();
        };
        let text = written(document);
        let around = |before: &[u8], after: &[u8]| [before, &text, after].concat();
        match self.dress {
            Dress::Plain | Dress::Noise => text,
            Dress::Pretty => text.split_inclusive(|byte| *byte == b'{').collect::<Vec<_>>().join(&b"\r\n\t "[..]),
            Dress::Marked => around(b"\xEF\xBB\xBF", b""),
            Dress::Padded => around(b" \r\n\t", b"\n\n  "),
            Dress::Warned => around(b"<br />\n<b>Warning</b>: x in y.php on line 7<br />\n", b"\n"),
            Dress::Utf16 => String::from_utf8_lossy(&text).encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Dress::Twice => around(b"", &text),
            Dress::Lines => around(b"{\"ping\":1}\n", b"\n{\"ping\":2}\n"),
            Dress::Event => around(b"event: message\ndata: ", b"\n\n"),
            Dress::Page => around(b"<html><pre>", b"</pre></html>"),
        }
    }

    /// The document, if it is what the bytes say first.
    pub(super) fn said(&self) -> Option<&Value> {
        let is_text = !matches!(self.dress, Dress::Lines | Dress::Page | Dress::Noise);
        self.document.as_ref().filter(|_| is_text)
    }
}

fn dress() -> impl Strategy<Value = Dress> {
    prop_oneof![
        12 => Just(Dress::Plain),
        4 => prop::sample::select(vec![Dress::Pretty, Dress::Marked, Dress::Padded, Dress::Warned]),
        4 => prop::sample::select(vec![Dress::Utf16, Dress::Twice, Dress::Lines, Dress::Event, Dress::Page]),
        2 => Just(Dress::Noise),
    ]
}

fn body(documents: Vec<(u32, Value)>) -> impl Strategy<Value = Body> {
    let documents = documents.into_iter().map(|(weight, document)| (weight, Just(document).boxed())).collect();
    let document = prop::strategy::Union::new_weighted(documents);
    let changes = prop_oneof![1 => Just(Vec::new()), 2 => prop::collection::vec(mutation(), 0..4)];
    (document, changes, dress(), prop::sample::select(NOISE.to_vec())).prop_map(
        |(mut document, changes, dress, noise): (Value, Vec<Mutation>, _, _)| {
            for change in changes {
                change.apply(&mut document);
            }
            Body { document: Some(document), dress, noise }
        },
    )
}

/// What a vendor may answer to a submit.
pub(super) fn submitted(vendor: Vendor) -> BoxedStrategy<Body> {
    let refused = refusals(vendor).into_iter().map(|document| (1, document));
    body([(8, accepted(vendor))].into_iter().chain(refused).collect()).boxed()
}

/// What a vendor may answer to the question how a job is.
pub(super) fn status(vendor: Vendor) -> BoxedStrategy<Body> {
    let refused = refusals(vendor).into_iter().map(|document| (1, document));
    let told = words(vendor).into_iter().enumerate();
    let told = told.map(|(index, word)| (if index == 0 { 8 } else { 1 }, told_of(vendor, word)));
    // Where there is no word for failure.
    let mut unsaid = told_of(vendor, words(vendor)[0]);
    unsaid["error"] = json!("Runner crashed");
    unsaid["error_type"] = json!("INFERENCE_FAILURE");
    body(told.chain(refused).chain([(1, unsaid)]).collect()).boxed()
}

/// What a vendor may answer to the question for the result, where that is another question.
pub(super) fn result(vendor: Vendor) -> BoxedStrategy<Body> {
    let refused = refusals(vendor).into_iter().map(|document| (1, document));
    let early = told_of(vendor, words(vendor)[2]);
    body([(8, finished(vendor)), (1, early)].into_iter().chain(refused).collect()).boxed()
}

/// What a vendor may answer to the wish to cancel.
pub(super) fn canceled(vendor: Vendor) -> BoxedStrategy<Body> {
    let refused = refusals(vendor).into_iter().map(|document| (1, document));
    body([(4, json!({"status": "CANCELLATION_REQUESTED"}))].into_iter().chain(refused).collect()).boxed()
}

/// The vendor's words: for done first, then for the other states.
pub(super) fn words(vendor: Vendor) -> [&'static str; 6] {
    match vendor {
        Vendor::ModelsLab => ["success", "processing", "processing", "failed", "error", "RECONSIDERING"],
        Vendor::Fal | Vendor::SeaArt => ["COMPLETED", "IN_QUEUE", "IN_PROGRESS", "FAILED", "CANCELED", "RECONSIDERING"],
        Vendor::HighwayApi => [
            "TASK_STATUS_SUCCEED",
            "TASK_STATUS_QUEUED",
            "TASK_STATUS_PROCESSING",
            "TASK_STATUS_FAILED",
            "TASK_STATUS_CANCELED",
            "RECONSIDERING",
        ],
        Vendor::ApiInOne => ["completed", "pending", "IN_PROGRESS", "failed", "canceled", "RECONSIDERING"],
        other => panic!("{other}"),
    }
}

/// The vendor's answer to a question, with a word; with the video, where it stands in the same answer.
fn told_of(vendor: Vendor, word: &str) -> Value {
    let mut told = match vendor {
        Vendor::Fal | Vendor::SeaArt => json!({"request_id": id(vendor), "queue_position": 3, "logs": [
            {"message": "step 1", "level": "INFO", "source": "USER", "timestamp": "2026-11-28T10:00:00Z"}]}),
        _ => finished(vendor),
    };
    let place = match vendor {
        Vendor::HighwayApi => &mut told["task"]["status"],
        Vendor::ApiInOne => &mut told["data"]["status"],
        _ => &mut told["status"],
    };
    *place = word.into();
    told
}

/// The answer with the video.
fn finished(vendor: Vendor) -> Value {
    match vendor {
        Vendor::ModelsLab => json!({
            "status": "success", "id": 123_456_789, "output": [VIDEO], "generationTime": 61.5, "message": "",
            "meta": {"init_image": "https://cdn.example/in.png", "prompt": PROMPT, "id": 5}, "eta": "0",
        }),
        Vendor::Fal => json!({
            "video": {"url": VIDEO, "content_type": "video/mp4", "file_size": 5, "file_name": "fox.mp4"},
            "prompt": PROMPT,
        }),
        Vendor::SeaArt => json!({"request_id": id(vendor), "metadata": {"input": PROMPT}, "outputs": [{
            "type": "video", "url": VIDEO, "content_type": "video/mp4", "file_size": 5, "duration": 6.0,
            "width": 1366, "height": 768,
        }]}),
        Vendor::HighwayApi => json!({
            "extra": {"seed": "7"}, "images": [], "audios": [],
            "task": {"task_id": id(vendor), "status": "", "reason": "", "progress_percent": 100, "eta": 0},
            "videos": [{"video_url": VIDEO, "video_url_ttl": "3600", "video_type": "mp4"}],
        }),
        Vendor::ApiInOne => json!({"code": 200, "message": "success", "data": {
            "task_id": id(vendor), "status": "completed", "progress": 100, "output": {"video": VIDEO},
        }}),
        other => panic!("{other}"),
    }
}

/// The vendor's own ways to say no, some of which quote the prompt.
fn refusals(vendor: Vendor) -> Vec<Value> {
    match vendor {
        Vendor::ModelsLab => vec![
            json!({"status": "error", "messege": "Your wallet balance is too low"}),
            json!({"status": "failed", "message": {"prompt": [PROMPT]}, "retry_after": 30}),
        ],
        Vendor::Fal => vec![
            json!({"detail": [{"loc": ["body", "prompt"], "msg": PROMPT, "type": "content_policy_violation", "input": PROMPT}]}),
            json!({"detail": "Runner crashed", "error_type": "runner_server_error"}),
        ],
        Vendor::SeaArt => vec![
            json!({"status": {"code": 40201, "message": "no balance", "error_code": "40201"}, "data": null}),
            json!({"status": {"code": 500, "message": PROMPT, "error_code": "INTERNAL_SERVER_ERROR"}, "data": null}),
        ],
        Vendor::HighwayApi => vec![
            json!({"code": 400, "reason": "ILLEGAL_PROMPT", "message": PROMPT, "metadata": {}}),
            json!({"code": 500, "reason": "TASK_FAILED", "message": "sorry", "metadata": {"retry_after": "5"}}),
        ],
        Vendor::ApiInOne => vec![
            json!({"error": {"code": 400, "message": PROMPT, "type": "invalid_request"}}),
            json!({"code": 503, "message": "busy"}),
        ],
        other => panic!("{other}"),
    }
}
