//! The mapping onto `hailuo-fal`. The URLs of an answer are followed, as fal asks; the long paths of the description
//! are the way where there is none.

use std::time::Duration;

use hailuo_fal::{Client, types};
use hailuo_runtime::{
    Answer, Failure, Lenient, Session, follow, follow_with, http::Method, progenitor_client::ClientInfo,
};
use serde_json::Value;
use types::{
    MinimaxHailuo23ProImageToVideoInput as ProInput, MinimaxHailuo23StandardImageToVideoInput as StandardInput,
    MinimaxHailuo23StandardImageToVideoInputDuration as Seconds,
};

use super::errors;
use crate::{
    event::LogLine,
    exchange::{
        Adapter, Cancellation, Clip, Heard, LONGEST_MESSAGE, Order, Pending, Refusal, Seen, Sending, State, doomed_by,
        is_bare_yes, result_of, result_of_failure, says_too_late,
    },
    fields::{count, inner_error, is_said, text, value_text, word},
    handle::{JobHandle, Step},
    request::{self, Tier},
    rescue::InUrl,
    vendor::Vendor,
    words::{self, Word},
};

#[derive(Clone)]
pub(crate) struct Mapping {
    pub(crate) client: Client,
}

impl Adapter for Mapping {
    fn submit(&self, order: &Order<'_>) -> Sending {
        let (client, record) = self.client.recorded();
        let (recorded, webhook) = (record.clone(), order.webhook.map(str::to_owned));
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
                    Ok(recorded.outcome(call.send().await)?.map(accepted))
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
            let (code, error) = match &status.status {
                Some(_) => (text(status.error_type.as_ref()), status.error.as_ref().map(Lenient::to_value)),
                None => inner_error(&answer.raw),
            };
            let error = error.filter(|error| is_said(Some(error)));
            let state = match word(text(status.status.as_ref()), &answer.raw) {
                Word::Queued => State::Queued { position: count(status.queue_position.as_ref()) },
                Word::Running => State::Running { percent: None, log: log(status) },
                Word::Done if code.is_none() && error.is_none() => return result_of(|| this.result(&handle)).await,
                // There is no word for failure.
                Word::Done | Word::Failed => State::Failed(errors::of_job(code.as_deref(), value_text(error.as_ref()))),
                Word::Canceled => State::Canceled,
                Word::Unrecognized(word) => State::Unrecognized(word),
            };
            Ok(Seen::new(state, &answer))
        })
    }

    fn cancel(&self, handle: &JobHandle) -> Option<Pending<Result<(Cancellation, Heard), Failure>>> {
        let (this, handle) = (self.clone(), handle.clone());
        Some(Box::pin(async move {
            let (client, record) = this.client.recorded();
            let answer: Result<Answer<types::Cancellation>, _> = match (handle.path(Step::Cancel), handle.tier()) {
                (Some(path), _) => follow_with(&client, Method::PUT, path).await,
                (None, Some(Tier::Pro)) => record.outcome(client.cancel_pro().request_id(handle.id()).send().await),
                (None, _) => record.outcome(client.cancel_standard().request_id(handle.id()).send().await),
            };
            match answer {
                Ok(answer) if says_too_late(&answer.raw) => Ok((Cancellation::TooLate, Heard::of(&answer))),
                Ok(answer) => Ok((Cancellation::Requested, Heard::of(&answer))),
                Err(failure) if is_bare_yes(&failure) => Ok((Cancellation::Requested, Heard::default())),
                Err(failure) if says_too_late(failure.body()) => Ok((Cancellation::TooLate, Heard::default())),
                Err(failure) => Err(failure),
            }
        }))
    }

    fn read_error(&self, status: u16, body: &Value) -> Option<Refusal> {
        errors::read(status, body)
    }

    fn id_names(&self) -> &'static [&'static str] {
        &["request_id", "gateway_request_id"]
    }

    fn id_in_url(&self) -> InUrl {
        InUrl::After("requests")
    }

    fn id_header(&self) -> Option<&'static str> {
        Some("x-fal-request-id")
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
            (None, Some(Tier::Pro)) => record.outcome(client.status_pro().request_id(handle.id()).logs(1).send().await),
            (None, _) => record.outcome(client.status_standard().request_id(handle.id()).logs(1).send().await),
        }
    }

    async fn result(&self, handle: &JobHandle) -> Result<Seen, Failure> {
        let (client, record) = self.client.recorded();
        // Both endpoints answer alike, and each with a type of its own.
        let pro = |output: types::MinimaxHailuo23ProImageToVideoOutput| output.video;
        let standard = |output: types::MinimaxHailuo23StandardImageToVideoOutput| output.video;
        let answer = match (handle.path(Step::Result), handle.tier()) {
            (Some(path), _) => follow(&client, path).await.map(|answer| answer.map(pro)),
            (None, Some(Tier::Pro)) => {
                record.outcome(client.result_pro().request_id(handle.id()).send().await).map(|answer| answer.map(pro))
            }
            (None, _) => record
                .outcome(client.result_standard().request_id(handle.id()).send().await)
                .map(|answer| answer.map(standard)),
        };
        match answer {
            Ok(answer) => {
                let file = answer.value.as_ref().and_then(|video| video.known());
                let clip = file.map(|file| Clip {
                    url: text(file.url.as_ref()),
                    content_type: text(file.content_type.as_ref()),
                    size: count(file.file_size.as_ref()),
                    ..Clip::default()
                });
                Ok(Seen::new(State::Done(clip.unwrap_or_default()), &answer))
            }
            Err(failure) => match errors::crash(&failure) {
                Some(refusal) => Ok(Seen::of_failure(State::Failed(refusal), &failure)),
                None => doomed_by(errors::ENDS, failure, self).or_else(|failure| result_of_failure(failure, self)),
            },
        }
    }
}

fn accepted(session: &Session, tier: Option<Tier>) -> impl FnOnce(types::QueueStatus) -> Option<JobHandle> + use<> {
    let base = session.base().clone();
    move |status| {
        let handle = JobHandle::of(Vendor::Fal, &text(status.request_id.as_ref())?, tier).ok()?;
        let urls = [&status.status_url, &status.response_url, &status.cancel_url];
        Some(handle.following(urls.map(|url| text(url.as_ref())), &base))
    }
}

fn log(status: &types::QueueStatus) -> Vec<LogLine> {
    let lines = status.logs.as_ref().and_then(|logs| logs.known());
    let lines = lines.into_iter().flatten().filter_map(|line| line.known());
    let line = |line: &types::LogLine| {
        Some(LogLine {
            message: words::printable(&text(line.message.as_ref())?, LONGEST_MESSAGE),
            level: text(line.level.as_ref()).map(|word| words::printable(&word, 64)),
            timestamp: text(line.timestamp.as_ref()).map(|word| words::printable(&word, 64)),
        })
    };
    lines.filter_map(line).collect()
}
