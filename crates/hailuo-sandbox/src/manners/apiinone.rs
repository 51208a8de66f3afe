//! API in One: two shapes of the answers, lower-case words at the end, and no documented place for the video.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Errors, Manners, Refusal, Scene, base32, failure_text, unix_seconds};
use crate::{
    answer::Answer,
    contract::Problem,
    fault::Variant,
    job::{Failure, Stage},
};

pub(super) struct ApiInOne;

impl Manners for ApiInOne {
    fn id(&self, random: [u64; 2]) -> String {
        format!("n51{}_hailuo", base32(random, 20))
    }

    fn accepted(&self, scene: &Scene<'_>, _request: &Value) -> Answer {
        if scene.is(Variant::Older) {
            return Answer::ok(older(scene, "pending"));
        }
        Answer::ok(json!({
            "code": 200,
            "message": "success",
            "data": {"task_id": *scene.job.id, "status": "IN_PROGRESS"},
        }))
    }

    fn status(&self, scene: &Scene<'_>) -> Answer {
        let is_older = scene.is(Variant::Older);
        let word = match scene.stage {
            Stage::Queued | Stage::Running { .. } if is_older => "pending",
            Stage::Queued | Stage::Running { .. } => "IN_PROGRESS",
            Stage::Done { .. } => "completed",
            Stage::Failed(_) | Stage::Cancelled => "failed",
        };
        let mut task = if is_older { older(scene, word) } else { json!({"task_id": *scene.job.id, "status": word}) };
        match scene.stage {
            Stage::Done { video: true } => {
                let (field, value) = if scene.is(Variant::AtUrl) {
                    ("url", json!(scene.video()))
                } else if scene.is(Variant::AtOutput) {
                    ("output", json!([scene.video()]))
                } else if scene.is(Variant::AtOutputObject) {
                    ("output", json!({"video_url": scene.video()}))
                } else if scene.is(Variant::AtVideos) {
                    ("videos", json!([{"url": scene.video()}]))
                } else {
                    ("video_url", json!(scene.video()))
                };
                task[field] = value;
            }
            Stage::Failed(failure) => {
                task["error"] = json!({
                    "code": 500,
                    "message": failure_text(failure),
                    "type": "generation_failed",
                });
            }
            _ => {}
        }
        if is_older { Answer::ok(task) } else { Answer::ok(json!({"code": 200, "message": "success", "data": task})) }
    }

    fn refusal(&self, refusal: &Refusal<'_>, _scene: &Errors<'_>) -> Answer {
        match *refusal {
            Refusal::MissingKey => envelope(StatusCode::UNAUTHORIZED, "authentication_error", "The API key is missing"),
            Refusal::WrongKey => envelope(StatusCode::UNAUTHORIZED, "authentication_error", "Invalid API key"),
            Refusal::NoBalance => {
                envelope(StatusCode::PAYMENT_REQUIRED, "insufficient_credits", "The credits are not sufficient")
            }
            Refusal::RateLimited => envelope(StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded", "Too many requests"),
            Refusal::ContentRefused => {
                envelope(StatusCode::BAD_REQUEST, "content_policy_violation", failure_text(Failure::Content))
            }
            Refusal::ImageUnreachable => {
                envelope(StatusCode::BAD_REQUEST, "invalid_image", failure_text(Failure::Image))
            }
            Refusal::Invalid(problems) => envelope(
                StatusCode::BAD_REQUEST,
                "invalid_request",
                &format!("Invalid parameters: {}", Problem::list(problems)),
            ),
            Refusal::NotJson => envelope(StatusCode::BAD_REQUEST, "invalid_request", "The body is not valid JSON"),
            Refusal::WrongMediaType => {
                envelope(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", "The body must be application/json")
            }
            Refusal::TooLarge => envelope(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request", "The body is too large"),
            Refusal::UnknownPath => envelope(StatusCode::NOT_FOUND, "not_found", "Not found"),
            Refusal::WrongMethod => envelope(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "Method not allowed"),
            Refusal::UnknownJob => envelope(StatusCode::NOT_FOUND, "not_found", "Task not found"),
            Refusal::Fault(status) => envelope(
                status,
                if status.is_server_error() { "server_error" } else { "invalid_request" },
                "The request failed",
            ),
        }
    }

    fn essentials(&self) -> &'static [&'static str] {
        &["data", "task_id", "id", "status", "video_url", "url", "output", "videos", "error"]
    }

    fn id_fields(&self) -> &'static [&'static str] {
        &["task_id", "id"]
    }
}

fn older(scene: &Scene<'_>, word: &str) -> Value {
    json!({
        "id": *scene.job.id,
        "status": word,
        "model": "hailuo/2-3-image-to-video-standard",
        "created_at": unix_seconds(),
    })
}

fn envelope(status: StatusCode, kind: &str, message: &str) -> Answer {
    Answer::json(status, json!({"error": {"code": status.as_u16(), "message": message, "type": kind}}))
}
