//! SeaArt: a queue like fal's with 200 on status, 202 on an early result, and an envelope of its own for errors.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Errors, Manners, Refusal, Scene, base32, failure_text};
use crate::{
    answer::Answer,
    contract::Problem,
    fault::Variant,
    job::{Failure, Stage},
};

pub(super) struct SeaArt;

impl Manners for SeaArt {
    fn id(&self, random: [u64; 2]) -> String {
        format!("mmsu_{}", base32(random, 24))
    }

    fn accepted(&self, scene: &Scene<'_>, _request: &Value) -> Answer {
        let url = job_url(scene);
        Answer::ok(json!({
            "request_id": *scene.job.id,
            "response_url": format!("{url}/response"),
            "status_url": format!("{url}/status"),
            "cancel_url": format!("{url}/cancel"),
            "queue_position": 0,
        }))
    }

    fn status(&self, scene: &Scene<'_>) -> Answer {
        let mut body = json!({
            "status": word(scene),
            "request_id": *scene.job.id,
            "response_url": format!("{}/response", job_url(scene)),
        });
        match scene.stage {
            Stage::Queued => body["queue_position"] = json!(0),
            Stage::Running { .. } => {}
            Stage::Done { .. } => body["metrics"] = json!({"inference_time": 2.5}),
            Stage::Failed(failure) => {
                body["error"] = error(scene, failure_text(failure));
                body["error_type"] = json!(error_type(failure));
            }
            Stage::Cancelled => {
                body["error"] = error(scene, "The task was canceled.");
                body["error_type"] = json!("CANCELED");
            }
        }
        Answer::ok(body)
    }

    fn result(&self, scene: &Scene<'_>) -> Answer {
        match scene.stage {
            Stage::Queued | Stage::Running { .. } => {
                Answer::json(StatusCode::ACCEPTED, json!({"request_id": *scene.job.id, "status": word(scene)}))
            }
            Stage::Done { video } => {
                let (width, height) = scene.job.clip.size();
                let outputs = if video {
                    json!([{
                        "type": "video",
                        "url": scene.video(),
                        "content_type": "video/mp4",
                        "file_name": format!("{}.mp4", scene.job.id),
                        "file_size": scene.job.clip.bytes(),
                        "duration": scene.job.clip.seconds(),
                        "width": width,
                        "height": height,
                    }])
                } else {
                    json!([])
                };
                Answer::ok(json!({
                    "request_id": *scene.job.id,
                    "outputs": outputs,
                    "metadata": {},
                }))
            }
            Stage::Failed(Failure::Vendor) => {
                envelope(StatusCode::INTERNAL_SERVER_ERROR, 50_001, failure_text(Failure::Vendor))
            }
            Stage::Failed(failure) => envelope(StatusCode::BAD_REQUEST, 40_031, failure_text(failure)),
            Stage::Cancelled => envelope(StatusCode::BAD_REQUEST, 40_009, "The task was canceled."),
        }
    }

    fn cancelled(&self, scene: &Scene<'_>, stopped: bool) -> Answer {
        if stopped {
            Answer::json(StatusCode::ACCEPTED, json!({"request_id": *scene.job.id, "status": "CANCELLATION_REQUESTED"}))
        } else {
            envelope(StatusCode::BAD_REQUEST, 40_008, "The task is over and can no longer be canceled.")
        }
    }

    fn refusal(&self, refusal: &Refusal<'_>, _scene: &Errors<'_>) -> Answer {
        match *refusal {
            Refusal::MissingKey => envelope(StatusCode::UNAUTHORIZED, 40_101, "The Authorization header is missing."),
            Refusal::WrongKey => envelope(StatusCode::UNAUTHORIZED, 40_102, "The API key is not valid."),
            Refusal::NoBalance => envelope(StatusCode::PAYMENT_REQUIRED, 40_201, "The balance is not sufficient."),
            Refusal::RateLimited => envelope(StatusCode::TOO_MANY_REQUESTS, 42_901, "Too many requests."),
            Refusal::ContentRefused => envelope(StatusCode::BAD_REQUEST, 40_031, failure_text(Failure::Content)),
            Refusal::ImageUnreachable => envelope(StatusCode::BAD_REQUEST, 40_032, failure_text(Failure::Image)),
            Refusal::Invalid(problems) => {
                envelope(StatusCode::BAD_REQUEST, 40_001, &format!("Invalid parameters: {}", Problem::list(problems)))
            }
            Refusal::NotJson => envelope(StatusCode::BAD_REQUEST, 40_002, "The body is not valid JSON."),
            Refusal::WrongMediaType => {
                envelope(StatusCode::UNSUPPORTED_MEDIA_TYPE, 41_501, "The body must be application/json.")
            }
            Refusal::TooLarge => envelope(StatusCode::PAYLOAD_TOO_LARGE, 41_301, "The body is too large."),
            Refusal::UnknownPath => envelope(StatusCode::NOT_FOUND, 40_400, "Not found."),
            Refusal::WrongMethod => envelope(StatusCode::METHOD_NOT_ALLOWED, 40_501, "Method not allowed."),
            Refusal::UnknownJob => envelope(StatusCode::NOT_FOUND, 40_401, "The task does not exist."),
            Refusal::Fault(status) => envelope(status, u32::from(status.as_u16()) * 100, "The request failed."),
        }
    }

    fn essentials(&self) -> &'static [&'static str] {
        &["status", "request_id", "outputs", "url", "error", "error_type"]
    }

    fn id_fields(&self) -> &'static [&'static str] {
        &["request_id"]
    }
}

fn job_url(scene: &Scene<'_>) -> String {
    format!("{}{}/requests/{}", scene.base, scene.job.path, scene.job.id)
}

fn word(scene: &Scene<'_>) -> String {
    let word = match scene.stage {
        Stage::Queued => "IN_QUEUE",
        Stage::Running { .. } => "IN_PROGRESS",
        Stage::Done { .. } | Stage::Failed(_) | Stage::Cancelled => "COMPLETED",
    };
    if scene.is(Variant::LowerCase) { word.to_ascii_lowercase() } else { word.to_owned() }
}

fn error(scene: &Scene<'_>, text: &str) -> Value {
    if scene.is(Variant::ErrorObject) { json!({"code": 50_001, "message": text}) } else { json!(text) }
}

fn envelope(status: StatusCode, code: u32, message: &str) -> Answer {
    Answer::json(status, json!({"status": {"code": code, "message": message, "error_code": code}, "data": null}))
}

fn error_type(failure: Failure) -> &'static str {
    match failure {
        Failure::Vendor => "INFERENCE_FAILURE",
        Failure::Content => "CONTENT_BLOCKED",
        Failure::NotStarted => "INFERENCE_TIMEOUT",
        Failure::Image | Failure::PromptTooLong | Failure::TooLongAt1080P => "REQUEST_INVALID",
    }
}
