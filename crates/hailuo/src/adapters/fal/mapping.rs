//! The mapping onto `hailuo-fal`. The URLs of an answer are followed, as fal asks; the long paths of the description
//! are the way where there is none.

use std::{any::Any, time::Duration};

use hailuo_fal::{Client, types};
use hailuo_runtime::progenitor_client::ClientInfo;
use hailuo_runtime::{Answer, Failure, Session, follow, follow_with, http::Method, run};
use serde_json::Value;
use types::{
    MinimaxHailuo23ProImageToVideoInput as ProInput, MinimaxHailuo23StandardImageToVideoInput as StandardInput,
    MinimaxHailuo23StandardImageToVideoInputDuration as Seconds,
};

use crate::{
    error::ErrorKind,
    event::LogLine,
    exchange::{
        Adapter, Cancellation, Clip, Order, Pending, Refusal, Seen, Sending, State, count, result_of_failure, text,
    },
    handle::{JobHandle, Step},
    request::{self, Tier},
    vendor::Vendor,
    words::{self, Word},
};

/// fal's documented words.
const CODES: &[(&str, ErrorKind)] = &[
    ("content_policy_violation", ErrorKind::Content),
    ("no_media_generated", ErrorKind::VendorFault),
    ("image_too_small", ErrorKind::InvalidRequest),
    ("image_too_large", ErrorKind::InvalidRequest),
    ("image_load_error", ErrorKind::ImageUnreachable),
    ("file_download_error", ErrorKind::ImageUnreachable),
    ("missing", ErrorKind::InvalidRequest),
    ("value_error", ErrorKind::InvalidRequest),
    ("string_too_long", ErrorKind::InvalidRequest),
    ("string_too_short", ErrorKind::InvalidRequest),
    ("literal_error", ErrorKind::InvalidRequest),
    ("bad_request", ErrorKind::InvalidRequest),
    ("request_timeout", ErrorKind::Timeout),
    ("startup_timeout", ErrorKind::Timeout),
    ("runner_scheduling_failure", ErrorKind::VendorFault),
    ("runner_disconnected", ErrorKind::VendorFault),
    ("runner_server_error", ErrorKind::VendorFault),
    ("internal_error", ErrorKind::VendorFault),
    ("client_cancelled", ErrorKind::Canceled),
];

#[derive(Clone)]
pub(crate) struct Mapping {
    pub(crate) client: Client,
}

impl Adapter for Mapping {
    fn client(&self) -> &dyn Any {
        &self.client
    }

    fn submit(&self, order: &Order) -> Sending {
        let (client, record) = self.client.recorded();
        let (recorded, webhook) = (record.clone(), order.webhook.clone());
        let (image, prompt, optimizer) = (order.media(), order.prompt(), order.request.prompt_optimizer);
        let accepted = accepted(self.client.inner(), order.fit.tier);
        macro_rules! submit {
            ($submit:ident, $body:expr) => {{
                let body = $body.image_url(image).prompt(prompt).prompt_optimizer(optimizer);
                Box::pin(async move {
                    let call = client.$submit().body(body);
                    let call = match webhook {
                        Some(url) => call.fal_webhook(url),
                        None => call,
                    };
                    Ok(run(recorded, call.send()).await?.map(accepted))
                })
            }};
        }
        let answer: Pending<_> = match (order.fit.tier, order.fit.duration) {
            (Some(Tier::Pro), _) => submit!(submit_pro, ProInput::builder()),
            (_, duration) => submit!(
                submit_standard,
                StandardInput::builder().duration(duration.map(|duration| match duration {
                    request::Duration::Six => Seconds::X6,
                    request::Duration::Ten => Seconds::X10,
                }))
            ),
        };
        Sending { record, answer }
    }

    fn poll(&self, handle: &JobHandle) -> Pending<Result<Seen, Failure>> {
        let (this, handle) = (self.clone(), handle.clone());
        Box::pin(async move {
            let answer = this.status(&handle).await?;
            let status = &answer.value;
            let code = text(status.error_type.as_ref());
            let error = status.error.as_ref().filter(|error| !error.to_value().is_null());
            let state = match words::state(&text(status.status.as_ref()).unwrap_or_default()) {
                Word::Queued => State::Queued { position: count(status.queue_position.as_ref()) },
                Word::Running => State::Running { percent: None, log: log(status) },
                Word::Done if code.is_none() && error.is_none() => return this.result(&handle).await,
                // There is no word for failure.
                Word::Done | Word::Failed => State::Failed(Refusal::read(CODES, code.as_deref(), text(error), 0)),
                Word::Canceled => State::Canceled,
                Word::Unrecognized(word) => State::Unrecognized(word),
            };
            Ok(Seen::new(state, &answer))
        })
    }

    fn cancel(&self, handle: &JobHandle) -> Option<Pending<Result<Cancellation, Failure>>> {
        let (this, handle) = (self.clone(), handle.clone());
        Some(Box::pin(async move {
            let (client, record) = this.client.recorded();
            let answer: Result<Answer<types::Cancellation>, _> = match (handle.path(Step::Cancel), handle.tier()) {
                (Some(path), _) => follow_with(&client, Method::PUT, path).await,
                (None, Some(Tier::Pro)) => run(record, client.cancel_pro().request_id(handle.id()).send()).await,
                (None, _) => run(record, client.cancel_standard().request_id(handle.id()).send()).await,
            };
            match answer {
                Ok(_) => Ok(Cancellation::Requested),
                Err(failure) if is_over(&failure) => Ok(Cancellation::TooLate),
                Err(failure) => Err(failure),
            }
        }))
    }

    /// `{detail: "…", error_type}`, or a list of complaints about the input in `detail`.
    fn read_error(&self, status: u16, body: &Value) -> Option<Refusal> {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let (detail, kind) = (body.get("detail"), text(body.get("error_type")));
        let first = detail.and_then(|detail| detail.get(0));
        let code = kind.or_else(|| text(first?.get("type")));
        let message = text(detail).or_else(|| text(first?.get("msg")));
        (detail.is_some() || code.is_some()).then(|| Refusal::read(CODES, code.as_deref(), message, status))
    }

    fn id_names(&self) -> &'static [&'static str] {
        &["request_id", "gateway_request_id"]
    }

    fn first_interval(&self) -> Duration {
        Duration::from_secs(2)
    }
}

impl Mapping {
    async fn status(&self, handle: &JobHandle) -> Result<Answer<types::QueueStatus>, Failure> {
        let (client, record) = self.client.recorded();
        match (handle.path(Step::Status), handle.tier()) {
            (Some(path), _) => {
                let sign = if path.contains('?') { '&' } else { '?' };
                follow(&client, &format!("{path}{sign}logs=1")).await
            }
            (None, Some(Tier::Pro)) => run(record, client.status_pro().request_id(handle.id()).logs(1).send()).await,
            (None, _) => run(record, client.status_standard().request_id(handle.id()).logs(1).send()).await,
        }
    }

    async fn result(&self, handle: &JobHandle) -> Result<Seen, Failure> {
        let (client, record) = self.client.recorded();
        let answer: Result<Answer<types::MinimaxHailuo23ProImageToVideoOutput>, _> =
            match (handle.path(Step::Result), handle.tier()) {
                (Some(path), _) => follow(&client, path).await,
                (None, Some(Tier::Pro)) => run(record, client.result_pro().request_id(handle.id()).send()).await,
                (None, _) => {
                    let answer = run(record, client.result_standard().request_id(handle.id()).send()).await;
                    answer.map(|answer| {
                        answer.map(|output| types::MinimaxHailuo23ProImageToVideoOutput { video: output.video })
                    })
                }
            };
        match answer {
            Ok(answer) => {
                let file = answer.value.video.as_ref().and_then(|video| video.known());
                let clip = file.map(|file| Clip {
                    url: text(file.url.as_ref()),
                    content_type: text(file.content_type.as_ref()),
                    size: count(file.file_size.as_ref()),
                    ..Clip::default()
                });
                Ok(Seen::new(State::Done(clip.unwrap_or_default()), &answer))
            }
            Err(failure) => match self.crashed(&failure) {
                Some(refusal) => Ok(Seen::of_failure(State::Failed(refusal), &failure)),
                None => result_of_failure(failure, self),
            },
        }
    }

    /// A runner that crashed is the job's end, though it looks like any server error.
    fn crashed(&self, failure: &Failure) -> Option<Refusal> {
        let body = serde_json::from_slice(failure.body()).ok()?;
        self.read_error(500, &body).filter(|refusal| refusal.known == Some("runner_server_error"))
    }
}

fn accepted(session: &Session, tier: Option<Tier>) -> impl FnOnce(types::QueueStatus) -> Option<JobHandle> + use<> {
    let base = session.base().clone();
    move |status| {
        let mut handle = JobHandle::of(Vendor::Fal, &text(status.request_id.as_ref())?, tier).ok()?;
        for (step, url) in [
            (Step::Status, &status.status_url),
            (Step::Result, &status.response_url),
            (Step::Cancel, &status.cancel_url),
        ] {
            handle.keep_url(step, text(url.as_ref()).as_deref(), &base);
        }
        Some(handle)
    }
}

fn is_over(failure: &Failure) -> bool {
    let body: Value = serde_json::from_slice(failure.body()).unwrap_or_default();
    body["status"].as_str().is_some_and(|word| word.eq_ignore_ascii_case("ALREADY_COMPLETED"))
}

fn log(status: &types::QueueStatus) -> Vec<LogLine> {
    let lines = status.logs.as_ref().and_then(|logs| logs.known());
    let lines = lines.into_iter().flatten().filter_map(|line| line.known());
    let line = |line: &types::LogLine| {
        Some(LogLine {
            message: text(line.message.as_ref())?,
            level: text(line.level.as_ref()),
            timestamp: text(line.timestamp.as_ref()),
        })
    };
    lines.filter_map(line).collect()
}
