//! HighwayAPI: one question for status and result, upper-case words with a prefix, a lifetime written as text.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Errors, Manners, Refusal, Scene, failure_text, uuid};
use crate::{
    answer::Answer,
    contract::Problem,
    fault::Variant,
    job::{Failure, Stage},
};

pub(super) struct HighwayApi;

impl Manners for HighwayApi {
    fn id(&self, random: [u64; 2]) -> String {
        uuid(random)
    }

    fn accepted(&self, scene: &Scene<'_>, _request: &Value) -> Answer {
        Answer::ok(json!({"task_id": *scene.job.id}))
    }

    fn status(&self, scene: &Scene<'_>) -> Answer {
        let (word, percent, reason) = match scene.stage {
            Stage::Queued => ("TASK_STATUS_QUEUED", 0, ""),
            Stage::Running { percent } => ("TASK_STATUS_PROCESSING", percent, ""),
            Stage::Done { .. } if scene.is(Variant::Succeeded) => ("TASK_STATUS_SUCCEEDED", 100, ""),
            Stage::Done { .. } => ("TASK_STATUS_SUCCEED", 100, ""),
            Stage::Failed(failure) => ("TASK_STATUS_FAILED", 100, failure_text(failure)),
            Stage::Cancelled => ("TASK_STATUS_FAILED", 100, "The task was canceled."),
        };
        let percent = if scene.is(Variant::ZeroProgress) { 0 } else { percent };
        let eta = if scene.stage.is_over() { 0 } else { scene.eta };
        let (percent, eta) = if scene.is(Variant::TextNumbers) {
            (json!(percent.to_string()), json!(eta.to_string()))
        } else {
            (json!(percent), json!(eta))
        };
        let videos = match scene.stage {
            Stage::Done { video: true } => json!([{
                "video_url": scene.video(),
                "video_url_ttl": "86400",
                "video_type": "mp4",
            }]),
            _ => json!([]),
        };
        Answer::ok(json!({
            "extra": {},
            "task": {
                "task_id": *scene.job.id,
                "task_type": "MINIMAX_HAILUO_2.3_I2V",
                "status": word,
                "reason": reason,
                "eta": eta,
                "progress_percent": percent,
            },
            "images": [],
            "videos": videos,
            "audios": [],
        }))
    }

    fn refusal(&self, refusal: &Refusal<'_>, _scene: &Errors<'_>) -> Answer {
        match *refusal {
            Refusal::MissingKey => envelope(StatusCode::UNAUTHORIZED, "MISSING_API_KEY", "The API key is missing."),
            Refusal::WrongKey => envelope(StatusCode::UNAUTHORIZED, "INVALID_API_KEY", "The API key is not valid."),
            Refusal::NoBalance => {
                envelope(StatusCode::FORBIDDEN, "BILLING_BALANCE_NOT_ENOUGH", "The balance is not sufficient.")
            }
            Refusal::RateLimited => {
                envelope(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMIT_EXCEEDED", "Too many requests.")
            }
            Refusal::ContentRefused => {
                envelope(StatusCode::BAD_REQUEST, "ILLEGAL_PROMPT", failure_text(Failure::Content))
            }
            Refusal::ImageUnreachable => {
                envelope(StatusCode::BAD_REQUEST, "INVALID_IMAGE_FORMAT", failure_text(Failure::Image))
            }
            Refusal::Invalid(problems) => {
                envelope(StatusCode::BAD_REQUEST, "INVALID_REQUEST_BODY", &Problem::list(problems))
            }
            Refusal::NotJson => {
                envelope(StatusCode::BAD_REQUEST, "INVALID_REQUEST_BODY", "The body is not valid JSON.")
            }
            Refusal::WrongMediaType => envelope(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "INVALID_REQUEST_BODY",
                "The body must be application/json.",
            ),
            Refusal::TooLarge => {
                envelope(StatusCode::PAYLOAD_TOO_LARGE, "IMAGE_FILE_EXCEEDS_MAX_SIZE", "The body is too large.")
            }
            Refusal::UnknownPath => envelope(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such path."),
            Refusal::WrongMethod => {
                envelope(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "The path has no such method.")
            }
            Refusal::UnknownJob => envelope(StatusCode::NOT_FOUND, "TASK_NOT_FOUND", "The task does not exist."),
            Refusal::Fault(status) => envelope(
                status,
                if status.is_server_error() { "INTERNAL_ERROR" } else { "INVALID_REQUEST_BODY" },
                "The request failed.",
            ),
        }
    }

    fn essentials(&self) -> &'static [&'static str] {
        &["task_id", "task", "status", "videos", "video_url", "reason"]
    }

    fn id_fields(&self) -> &'static [&'static str] {
        &["task_id"]
    }
}

fn envelope(status: StatusCode, reason: &str, message: &str) -> Answer {
    Answer::json(status, json!({"code": status.as_u16(), "reason": reason, "message": message, "metadata": {}}))
}
