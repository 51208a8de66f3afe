//! ModelsLab: the key in the body, a poll by POST, an id that may be a number, a string or missing, links to a video
//! that is not there yet, and errors that may come with status 200.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Errors, Manners, Refusal, Scene, failure_text};
use crate::{
    answer::{Answer, Content},
    contract::Problem,
    fault::{RetryPlace, Variant},
    job::{Failure, Stage},
    webhook::Hook,
};

pub(super) struct ModelsLab;

impl Manners for ModelsLab {
    fn id(&self, random: [u64; 2]) -> String {
        (100_000_000 + random[0] % 900_000_000).to_string()
    }

    fn accepted(&self, scene: &Scene<'_>, request: &Value) -> Answer {
        let mut body = json!({
            "status": "processing",
            "tip": "The video is there once it is processed; ask for it at fetch_result.",
            "eta": scene.eta,
            "message": "Try to fetch request after seconds estimated",
            "fetch_result": scene.poll_url(),
            "output": output(scene, None),
            "proxy_links": [],
            "future_links": [scene.video()],
            "meta": meta(request),
        });
        if !scene.is(Variant::NoId) {
            body["id"] = id(scene);
        }
        Answer::ok(body)
    }

    fn status(&self, scene: &Scene<'_>) -> Answer {
        match scene.stage {
            Stage::Queued | Stage::Running { .. } => Answer::ok(json!({
                "status": "processing",
                "id": id(scene),
                "message": "Your request is still processing. Try again later.",
                "tip": "Ask again after the seconds of eta.",
                "eta": scene.eta,
                "output": output(scene, None),
                "future_links": [scene.video()],
            })),
            Stage::Done { video } => {
                let video = video.then(|| scene.video());
                Answer::ok(json!({
                    "status": "success",
                    "id": id(scene),
                    "generationTime": 2.5,
                    "message": "",
                    "output": output(scene, video.as_deref()),
                    "proxy_links": video.into_iter().collect::<Vec<_>>(),
                }))
            }
            Stage::Failed(failure) => Answer::ok(json!({
                "status": "failed",
                "id": id(scene),
                "message": failure_text(failure),
                "output": output(scene, None),
            })),
            Stage::Cancelled => Answer::ok(json!({
                "status": "failed",
                "id": id(scene),
                "message": "The request was canceled.",
                "output": output(scene, None),
            })),
        }
    }

    fn hook(&self, _query: &[(String, String)], request: &Value) -> Option<Hook> {
        Hook::new(request.get("webhook")?.as_str()?, request.get("track_id"))
    }

    /// What a fetch would answer, with the client's own number for it. It is not signed.
    fn report(&self, scene: &Scene<'_>, hook: &Hook) -> Option<Value> {
        let Content::Json(mut body) = self.status(scene).content else {
            return None;
        };
        if let Some(track_id) = &hook.track_id {
            body["track_id"] = track_id.clone();
        }
        Some(body)
    }

    fn refusal(&self, refusal: &Refusal<'_>, scene: &Errors<'_>) -> Answer {
        let say = |status: StatusCode, message: &str| error(status, &json!(message));
        let mut answer = match *refusal {
            Refusal::MissingKey => say(StatusCode::UNAUTHORIZED, "The API key is required"),
            Refusal::WrongKey => say(StatusCode::UNAUTHORIZED, "Invalid API key"),
            Refusal::NoBalance => say(StatusCode::PAYMENT_REQUIRED, "Your wallet balance is not sufficient"),
            Refusal::RateLimited => say(StatusCode::TOO_MANY_REQUESTS, "Rate limit exceeded"),
            Refusal::ContentRefused => say(StatusCode::BAD_REQUEST, failure_text(Failure::Content)),
            Refusal::ImageUnreachable => say(StatusCode::BAD_REQUEST, failure_text(Failure::Image)),
            Refusal::Invalid(problems) => error(StatusCode::BAD_REQUEST, &by_field(problems)),
            Refusal::NotJson | Refusal::WrongMediaType => say(StatusCode::BAD_REQUEST, "The body is not valid JSON"),
            Refusal::TooLarge => say(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"),
            Refusal::UnknownPath => say(StatusCode::NOT_FOUND, "Not found"),
            Refusal::WrongMethod => say(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed"),
            Refusal::UnknownJob => say(StatusCode::NOT_FOUND, "Request not found"),
            Refusal::Fault(status) => say(status, "Something went wrong"),
        };
        if scene.is(Variant::Messege)
            && let Content::Json(Value::Object(body)) = &mut answer.content
            && let Some(message) = body.remove("message")
        {
            body.insert("messege".to_owned(), message);
        }
        if scene.is(Variant::ErrorsUnder200) {
            answer.status = StatusCode::OK;
        }
        answer
    }

    fn essentials(&self) -> &'static [&'static str] {
        &["status", "id", "output"]
    }

    fn id_fields(&self) -> &'static [&'static str] {
        &["id"]
    }

    fn retry_place(&self) -> RetryPlace {
        RetryPlace::Body
    }
}

fn id(scene: &Scene<'_>) -> Value {
    match scene.job.id.parse::<u64>() {
        Ok(number) if !scene.is(Variant::StringId) => json!(number),
        _ => json!(*scene.job.id),
    }
}

fn output(scene: &Scene<'_>, video: Option<&str>) -> Value {
    if scene.is(Variant::StringOutput) {
        json!(video.unwrap_or(""))
    } else {
        json!(video.into_iter().collect::<Vec<_>>())
    }
}

/// The order as ModelsLab repeats it, prompt included; a picture sent as data is left out.
fn meta(request: &Value) -> Value {
    let Value::Object(fields) = request else {
        return json!({});
    };
    fields
        .iter()
        .filter(|(name, value)| name.as_str() != "key" && value.as_str().is_none_or(|text| !text.starts_with("data:")))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect::<Map<_, _>>()
        .into()
}

fn error(status: StatusCode, message: &Value) -> Answer {
    Answer::json(status, json!({"status": "error", "message": message}))
}

/// ModelsLab reports refused fields as an object: the field's name and what is wrong with it.
fn by_field(problems: &[Problem]) -> Value {
    let mut fields = Map::new();
    for problem in problems {
        let name = problem.field().unwrap_or("request").to_owned();
        if let Value::Array(list) = fields.entry(name).or_insert_with(|| json!([])) {
            list.push(json!(problem.message));
        }
    }
    fields.into()
}
