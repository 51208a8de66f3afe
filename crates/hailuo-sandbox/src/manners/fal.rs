//! fal, the queue host: 202 until done, no word for failure, short poll URLs beside the contract's long ones.

use std::{sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use ed25519_dalek::{Signer, SigningKey};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Errors, Manners, Refusal, Scene, failure_text, named, timestamp, unix_seconds, uuid};
use crate::{
    answer::{Answer, Content},
    contract::{Place, Problem},
    fault::Variant,
    job::{Failure, Order, Stage},
    webhook::Hook,
};

pub(super) struct Fal;

/// Says how many seconds a request may wait for its start, more than 0.1 of them.
const START_TIMEOUT: HeaderName = HeaderName::from_static("x-fal-request-timeout");

impl Manners for Fal {
    fn id(&self, random: [u64; 2]) -> String {
        uuid(random)
    }

    /// `/{owner}/{app}/requests/{id}…` stands for the endpoint's path and `/requests/{id}…`; and the result may be
    /// asked for with `/response` at the end, which some of fal's own examples do and its clients do not.
    fn canonical_path(&self, path: &str, submitted: &dyn Fn(&str) -> Option<Arc<str>>) -> Option<String> {
        let (app, rest) = path.split_once("/requests/")?;
        let (id, operation) = rest.split_once('/').unwrap_or((rest, ""));
        let is_short = app.bytes().filter(|byte| *byte == b'/').count() == 2;
        let app = if is_short { &*submitted(id)? } else { app };
        match operation {
            "" if rest != id => None,
            "" | "response" => Some([app, "/requests/", id].concat()),
            "status/stream" => Some([app, "/requests/", id, "/status"].concat()),
            _ => Some([app, "/requests/", rest].concat()),
        }
    }

    fn is_stream(&self, path: &str) -> bool {
        path.ends_with("/status/stream")
    }

    /// Official clients send `true` and `1` for the same.
    fn canonical_query(&self, name: &str, value: String) -> String {
        match (name, value.as_str()) {
            ("logs", "true" | "True") => "1".to_owned(),
            ("logs", "false" | "False") => "0".to_owned(),
            _ => value,
        }
    }

    fn start_by(&self, headers: &HeaderMap) -> Result<Option<Duration>, Problem> {
        let Some(value) = headers.get(START_TIMEOUT) else {
            return Ok(None);
        };
        let seconds = value.to_str().ok().and_then(|text| text.trim().parse::<f64>().ok());
        match seconds.filter(|seconds| *seconds > 0.1).map(Duration::try_from_secs_f64) {
            Some(Ok(limit)) => Ok(Some(limit)),
            _ => Err(Problem::new(
                Place::Header,
                START_TIMEOUT.as_str(),
                "exclusiveMinimum",
                "it is not a number of seconds above 0.1",
            )),
        }
    }

    /// There is no field for the resolution: the pro endpoint is the one that makes 1080P, of six seconds always.
    fn order(&self, path: &str, request: &Value) -> Order {
        let full_hd = path.contains("/pro/");
        let order = Order::read(request, ["/prompt", "/duration", "/resolution"]);
        Order { full_hd, ten_seconds: order.ten_seconds && !full_hd, ..order }
    }

    fn accepted(&self, scene: &Scene<'_>, _request: &Value) -> Answer {
        signed(Answer::ok(queue_status(scene, "IN_QUEUE")), &scene.job.id)
    }

    fn status(&self, scene: &Scene<'_>) -> Answer {
        let (code, word) = match scene.stage {
            Stage::Queued => (StatusCode::ACCEPTED, "IN_QUEUE"),
            Stage::Running { .. } => (StatusCode::ACCEPTED, "IN_PROGRESS"),
            Stage::Done { .. } | Stage::Failed(_) | Stage::Cancelled => (StatusCode::OK, "COMPLETED"),
        };
        let mut body = queue_status(scene, word);
        if scene.logs && scene.stage != Stage::Queued {
            body["logs"] = log_lines(scene.stage);
        }
        if scene.stage.is_over() && scene.stage != Stage::Failed(Failure::NotStarted) {
            body["metrics"] = json!({"inference_time": 2.5});
        }
        if !scene.is(Variant::SilentFailure) {
            match scene.stage {
                Stage::Failed(failure) => {
                    body["error"] = json!(failure_text(failure));
                    body["error_type"] = json!(error_type(failure));
                }
                Stage::Cancelled => {
                    body["error"] = json!("Request was cancelled.");
                    body["error_type"] = json!("client_cancelled");
                }
                _ => {}
            }
        }
        signed(Answer::json(code, body), &scene.job.id)
    }

    fn result(&self, scene: &Scene<'_>) -> Answer {
        let answer = match scene.stage {
            Stage::Queued | Stage::Running { .. } => {
                Answer::json(StatusCode::BAD_REQUEST, json!({"detail": "Request is still in progress"}))
            }
            Stage::Done { video: false } => Answer::ok(json!({"video": null})),
            Stage::Done { video: true } => Answer::ok(json!({"video": {
                "url": scene.video(),
                "content_type": "video/mp4",
                "file_name": "output.mp4",
                "file_size": scene.job.clip.bytes(),
            }})),
            Stage::Cancelled => failed(
                StatusCode::from_u16(499).unwrap_or(StatusCode::BAD_REQUEST),
                "Request was cancelled.",
                "client_cancelled",
            ),
            // The status and the last header are documented; that the type is this one of fal's two timeouts is inferred
            // from the name of the header that asks for it.
            Stage::Failed(Failure::NotStarted) => {
                failed(StatusCode::GATEWAY_TIMEOUT, failure_text(Failure::NotStarted), error_type(Failure::NotStarted))
                    .with(named("x-fal-request-timeout-type"), "user")
            }
            Stage::Failed(Failure::Vendor) => {
                failed(StatusCode::INTERNAL_SERVER_ERROR, failure_text(Failure::Vendor), "runner_server_error")
            }
            Stage::Failed(failure) => {
                let field = if failure == Failure::Image { "image_url" } else { "prompt" };
                let echo = scene.job.echo.as_deref().map(Value::from);
                complaints(&[complaint(
                    &[json!("body"), json!(field)],
                    failure_text(failure),
                    error_type(failure),
                    echo.as_ref(),
                )])
            }
        };
        signed(answer, &scene.job.id)
    }

    fn cancelled(&self, scene: &Scene<'_>, stopped: bool) -> Answer {
        let answer = if stopped {
            Answer::json(StatusCode::ACCEPTED, json!({"status": "CANCELLATION_REQUESTED"}))
        } else {
            Answer::json(StatusCode::BAD_REQUEST, json!({"status": "ALREADY_COMPLETED"}))
        };
        signed(answer, &scene.job.id)
    }

    fn hook(&self, query: &[(String, String)], _request: &Value) -> Option<Hook> {
        let (_, url) = query.iter().find(|(name, _)| name == "fal_webhook")?;
        Hook::new(url, None)
    }

    /// The result as the queue has it. Nothing is known of a report on a request that was canceled.
    fn report(&self, scene: &Scene<'_>, _hook: &Hook) -> Option<Value> {
        if scene.stage == Stage::Cancelled {
            return None;
        }
        let answer = self.result(scene);
        let Content::Json(payload) = answer.content else {
            return None;
        };
        let (status, error) = if answer.status.is_success() {
            ("OK", Value::Null)
        } else {
            ("ERROR", format!("Invalid status code: {}", answer.status.as_u16()).into())
        };
        let id = &*scene.job.id;
        Some(json!({"request_id": id, "gateway_request_id": id, "status": status, "error": error, "payload": payload}))
    }

    fn sign(&self, key: &SigningKey, job: &str, body: &[u8]) -> Vec<(HeaderName, String)> {
        let (user, now) = ("sandbox", unix_seconds());
        let digest = Bytes::copy_from_slice(&Sha256::digest(body));
        let message = format!("{job}\n{user}\n{now}\n{digest:x}");
        vec![
            (named("x-fal-webhook-request-id"), job.to_owned()),
            (named("x-fal-webhook-user-id"), user.to_owned()),
            (named("x-fal-webhook-timestamp"), now.to_string()),
            (named("x-fal-webhook-signature"), format!("{:x}", key.sign(message.as_bytes()))),
        ]
    }

    fn published(&self, key: &SigningKey) -> Option<(&'static str, Value)> {
        let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
        Some(("/.well-known/jwks.json", json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x}]})))
    }

    fn refusal(&self, refusal: &Refusal<'_>, scene: &Errors<'_>) -> Answer {
        let detail = |status: StatusCode, text: &str| Answer::json(status, json!({"detail": text}));
        let answer = match *refusal {
            Refusal::MissingKey => {
                detail(StatusCode::UNAUTHORIZED, "Authentication is required to access this application.")
            }
            Refusal::WrongKey => detail(StatusCode::UNAUTHORIZED, "No user found for Key ID and Secret"),
            Refusal::NoBalance => detail(
                StatusCode::FORBIDDEN,
                "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.",
            ),
            Refusal::RateLimited => detail(StatusCode::TOO_MANY_REQUESTS, "Too many requests."),
            Refusal::ContentRefused => complaints(&[complaint(
                &[json!("body"), json!("prompt")],
                failure_text(Failure::Content),
                error_type(Failure::Content),
                scene.request.and_then(|request| request.get("prompt")),
            )]),
            Refusal::ImageUnreachable => complaints(&[complaint(
                &[json!("body"), json!("image_url")],
                failure_text(Failure::Image),
                error_type(Failure::Image),
                scene.request.and_then(|request| request.get("image_url")),
            )]),
            Refusal::Invalid(problems) if problems.iter().any(|problem| problem.place == Place::Header) => {
                failed(StatusCode::BAD_REQUEST, "Invalid timeout header", "bad_request")
            }
            Refusal::Invalid(problems) => complaints(
                &problems
                    .iter()
                    .map(|problem| {
                        let input = scene.request.and_then(|body| body.pointer(&problem.pointer));
                        complaint(&location(problem), &problem.message, rule_word(problem), input)
                    })
                    .collect::<Vec<_>>(),
            ),
            Refusal::NotJson => {
                complaints(&[complaint(&[json!("body"), json!(0)], "JSON decode error", "json_invalid", None)])
            }
            Refusal::WrongMediaType => detail(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json."),
            Refusal::TooLarge => detail(StatusCode::PAYLOAD_TOO_LARGE, "Request body is too large."),
            Refusal::UnknownPath => detail(StatusCode::NOT_FOUND, "Path not found"),
            Refusal::WrongMethod => detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed"),
            Refusal::UnknownJob => Answer::json(StatusCode::NOT_FOUND, json!({"status": "NOT_FOUND"})),
            Refusal::Fault(status) => failed(status, "The request failed.", fault_type(status)),
        };
        signed(answer, &uuid(scene.random))
    }

    fn essentials(&self) -> &'static [&'static str] {
        &["status", "request_id", "video", "url", "error", "error_type", "detail"]
    }

    fn id_fields(&self) -> &'static [&'static str] {
        &["request_id"]
    }
}

fn queue_status(scene: &Scene<'_>, word: &str) -> Value {
    let mut app = scene.job.path.split('/').skip(1);
    let (owner, name) = (app.next().unwrap_or(""), app.next().unwrap_or(""));
    let url = [scene.base, "/", owner, "/", name, "/requests/", &scene.job.id].concat();
    // Polls are the most frequent requests of all: the strings are made once, not copied into the answer.
    let mut body = Map::new();
    body.insert("status".to_owned(), word.into());
    body.insert("request_id".to_owned(), (*scene.job.id).into());
    body.insert("status_url".to_owned(), [&url, "/status"].concat().into());
    body.insert("cancel_url".to_owned(), [&url, "/cancel"].concat().into());
    body.insert("response_url".to_owned(), url.into());
    // fal writes both whether or not it has anything to say: `null` for lines that nobody asked for, and an empty object
    // before there is anything to measure. Its Python client breaks where `logs` is missing.
    body.insert("logs".to_owned(), Value::Null);
    body.insert("metrics".to_owned(), Map::new().into());
    if word == "IN_QUEUE" {
        // How many are in front of it.
        body.insert("queue_position".to_owned(), 0.into());
    }
    body.into()
}

/// A log only grows: clients tell their users what has come to it.
fn log_lines(stage: Stage) -> Value {
    if stage == Stage::Failed(Failure::NotStarted) {
        return json!([]);
    }
    let reached = match stage {
        Stage::Running { percent } => percent,
        Stage::Done { .. } => 100,
        _ => 0,
    };
    let steps = [25, 50, 75, 100].into_iter().filter(|percent| *percent <= reached);
    std::iter::once("Loading the first frame".to_owned())
        .chain(steps.map(|percent| format!("Generating: {percent}%")))
        .map(|message| json!({"message": message, "level": "INFO", "source": "USER", "timestamp": timestamp()}))
        .collect()
}

fn signed(answer: Answer, id: &str) -> Answer {
    answer.with(named("x-fal-request-id"), id)
}

/// A failure of fal's own, which the same request may not meet again.
fn failed(status: StatusCode, detail: &str, error_type: &str) -> Answer {
    let retryable = if status.is_server_error() { "true" } else { "false" };
    Answer::json(status, json!({"detail": detail, "error_type": error_type}))
        .with(named("x-fal-error-type"), error_type)
        .with(named("x-fal-retryable"), retryable)
}

/// What the model says about an input: a list of complaints, each with the refused value.
fn complaints(list: &[Value]) -> Answer {
    Answer::json(StatusCode::UNPROCESSABLE_ENTITY, json!({"detail": list})).with(named("x-fal-retryable"), "false")
}

fn complaint(location: &[Value], message: &str, kind: &str, input: Option<&Value>) -> Value {
    let mut complaint = json!({
        "loc": location,
        "msg": message,
        "type": kind,
        "url": format!("https://docs.fal.ai/errors#{kind}"),
    });
    // A picture is too long to be sent back.
    if let Some(input) = input
        && input.as_str().is_none_or(|text| text.len() <= 16_384)
    {
        complaint["input"] = input.clone();
    }
    complaint
}

fn location(problem: &Problem) -> Vec<Value> {
    std::iter::once(problem.place.word())
        .chain(problem.pointer.split('/').skip(1))
        .map(|part| part.parse::<u32>().map_or_else(|_| json!(part), |index| json!(index)))
        .collect()
}

fn rule_word(problem: &Problem) -> &'static str {
    match problem.rule.as_str() {
        "required" => "missing",
        "maxLength" => "string_too_long",
        "minLength" => "string_too_short",
        "enum" | "const" => "literal_error",
        "format" => "url_parsing",
        "type" => "type_error",
        _ => "value_error",
    }
}

fn error_type(failure: Failure) -> &'static str {
    match failure {
        Failure::Vendor => "runner_server_error",
        Failure::Content => "content_policy_violation",
        Failure::Image => "file_download_error",
        Failure::NotStarted => "request_timeout",
        Failure::PromptTooLong => "string_too_long",
        Failure::TooLongAt1080P => "value_error",
    }
}

fn fault_type(status: StatusCode) -> &'static str {
    match status {
        StatusCode::GATEWAY_TIMEOUT => "request_timeout",
        StatusCode::SERVICE_UNAVAILABLE => "runner_scheduling_failure",
        StatusCode::BAD_GATEWAY => "runner_incomplete_response",
        status if status.is_server_error() => "internal_error",
        _ => "bad_request",
    }
}
