//! The mapping onto `hailuo-seaart`.

use std::time::Duration;

use hailuo_runtime::{Answer, Failure, Lenient, follow, follow_with, http::Method, progenitor_client::ClientInfo};
use hailuo_seaart::{Client, types};
use serde_json::Value;
use types::ImageToVideoRequestResolution as Lines;
use url::Url;

use super::errors;
use crate::{
    exchange::{
        Adapter, Cancellation, Clip, Heard, Length, Order, Pending, Refusal, Seen, Sending, State, is_bare_yes,
        result_of, result_of_failure, says_too_late,
    },
    fields::{count, inner_error, is_said, text, word},
    handle::{JobHandle, Step},
    request::Resolution,
    rescue::{self, InUrl},
    vendor::Vendor,
    words::Word,
};

#[derive(Clone)]
pub(crate) struct Mapping {
    pub(crate) client: Client,
}

impl Adapter for Mapping {
    fn submit(&self, order: &Order<'_>) -> Sending {
        let (request, fit) = (order.request, &order.fit);
        let lines = fit.resolution.map(|resolution| match resolution {
            Resolution::P768 => Lines::X768p,
            Resolution::P1080 => Lines::X1080p,
        });
        let body = types::ImageToVideoRequest::builder()
            .first_frame_image(order.media())
            .prompt(request.prompt.clone())
            .duration(Length(fit.duration))
            .resolution(lines)
            .prompt_optimizer(request.prompt_optimizer)
            .fast_pretreatment(request.fast_pretreatment)
            .aigc_watermark(request.watermark);
        let (client, record) = self.client.recorded();
        let (recorded, base) = (record.clone(), self.client.inner().base().clone());
        let answer = async move {
            let answer = recorded.outcome(client.submit().body(body).send().await)?;
            Ok(answer.map(|submitted| accepted(&submitted, &base)))
        };
        Sending { record, answer: Box::pin(answer) }
    }

    fn poll(&self, handle: &JobHandle) -> Pending<Result<Seen, Failure>> {
        let (this, handle) = (self.clone(), handle.clone());
        Box::pin(async move {
            let (client, record) = this.client.recorded();
            let answer: Answer<types::TaskStatus> = match handle.path(Step::Status) {
                Some(path) => follow(&client, path).await?,
                None => record.outcome(client.status().request_id(handle.id()).send().await)?,
            };
            let status = &answer.value;
            let (code, error) = match &status.status {
                Some(_) => (text(status.error_type.as_ref()), status.error.clone()),
                None => inner_error(&answer.raw),
            };
            let error = error.as_ref().filter(|error| is_said(Some(error)));
            let state = match word(text(status.status.as_ref()), &answer.raw) {
                Word::Queued => State::Queued { position: count(status.queue_position.as_ref()) },
                Word::Running => State::Running { percent: None, log: Vec::new() },
                Word::Done if code.is_none() && error.is_none() => return result_of(|| this.result(&handle)).await,
                // There is no word for failure.
                Word::Done | Word::Failed => State::Failed(errors::of_job(code.as_deref(), error)),
                Word::Canceled => State::Canceled,
                Word::Unrecognized(word) => State::Unrecognized(word),
            };
            Ok(Seen::new(state, &answer))
        })
    }

    fn cancel(&self, handle: &JobHandle) -> Option<Pending<Result<(Cancellation, Heard), Failure>>> {
        let ((client, record), handle) = (self.client.recorded(), handle.clone());
        Some(Box::pin(async move {
            let answer: Result<Answer<types::Cancellation>, _> = match handle.path(Step::Cancel) {
                Some(path) => follow_with(&client, Method::PUT, path).await,
                None => record.outcome(client.cancel().request_id(handle.id()).send().await),
            };
            match answer {
                Ok(answer) if says_too_late(&answer.raw) => Ok((Cancellation::TooLate, Heard::of(&answer))),
                Ok(answer) => Ok((Cancellation::Requested, Heard::of(&answer))),
                Err(failure) if is_bare_yes(&failure) => Ok((Cancellation::Requested, Heard::default())),
                Err(failure) if errors::is_over(&failure) => Ok((Cancellation::TooLate, Heard::default())),
                Err(failure) => Err(failure),
            }
        }))
    }

    fn read_error(&self, status: u16, body: &Value) -> Option<Refusal> {
        errors::read(status, body)
    }

    fn id_names(&self) -> &'static [&'static str] {
        &["request_id"]
    }

    fn id_in_url(&self) -> InUrl {
        InUrl::After("requests")
    }

    fn first_interval(&self) -> Duration {
        Duration::from_secs(2)
    }
}

impl Mapping {
    async fn result(&self, handle: &JobHandle) -> Result<Seen, Failure> {
        let (client, record) = self.client.recorded();
        let answer: Result<Answer<types::Result>, _> = match handle.path(Step::Result) {
            Some(path) => follow(&client, path).await,
            None => record.outcome(client.result().request_id(handle.id()).send().await),
        };
        match answer {
            Ok(answer) => {
                let value = || hailuo_runtime::value(&answer.raw);
                let has_video = || value().is_some_and(|value| rescue::ready_video(&value).is_some());
                let state = match clip(&answer.value) {
                    // The status was ahead of the result.
                    None if answer.status == 202 && !has_video() => State::Running { percent: None, log: Vec::new() },
                    clip => State::Done(clip.unwrap_or_default()),
                };
                Ok(Seen::new(state, &answer))
            }
            Err(failure) => result_of_failure(failure, self),
        }
    }
}

fn accepted(submitted: &types::Submitted, base: &Url) -> Option<JobHandle> {
    let handle = JobHandle::of(Vendor::SeaArt, &text(submitted.request_id.as_ref())?, None).ok()?;
    let urls = [&submitted.status_url, &submitted.response_url, &submitted.cancel_url];
    Some(handle.following(urls.map(|url| text(url.as_ref())), base))
}

/// The video among the outputs, or else the first of them.
fn clip(result: &types::Result) -> Option<Clip> {
    let outputs: Vec<_> = result.outputs.as_ref()?.known()?.iter().filter_map(Lenient::known).collect();
    let is_video = |output: &&&types::Output| {
        [&output.type_, &output.content_type]
            .into_iter()
            .any(|kind| text(kind.as_ref()).is_some_and(|kind| kind.contains("video")))
    };
    let output = outputs.iter().find(is_video).or(outputs.first())?;
    Some(Clip {
        url: text(output.url.as_ref()),
        content_type: text(output.content_type.as_ref()),
        size: count(output.file_size.as_ref()),
        duration: output.duration.as_ref().and_then(Lenient::known).copied(),
        width: count(output.width.as_ref()),
        height: count(output.height.as_ref()),
        lives: None,
    })
}
