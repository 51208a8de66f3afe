//! The mapping onto `hailuo-apiinone`. Answers have their fields at the top or in `data`; both are looked at.

use std::time::Duration;

use hailuo_apiinone::{Client, types};
use hailuo_runtime::{Answer, Failure, Lenient};
use serde_json::Value;
use types::{
    ImageToVideoRequestDuration as Seconds, ImageToVideoRequestModel as Model, ImageToVideoRequestResolution as Lines,
};

use crate::{
    error::ErrorKind,
    exchange::{Adapter, Clip, Order, Pending, Refusal, Seen, Sending, State},
    fields::{is_said, is_yes, text, value_number, value_text, word},
    handle::JobHandle,
    request::{self, Resolution, Tier},
    rescue::InUrl,
    vendor::Vendor,
    words::Word,
};

/// The one documented word.
const CODES: &[(&str, ErrorKind)] = &[("invalid_request", ErrorKind::InvalidRequest)];

pub(crate) struct Mapping {
    pub(crate) client: Client,
}

impl Adapter for Mapping {
    fn submit(&self, order: &Order<'_>) -> Sending {
        let fit = &order.fit;
        let model = match fit.tier {
            Some(Tier::Pro) => Model::Hailuo2_3ImageToVideoPro,
            _ => Model::Hailuo2_3ImageToVideoStandard,
        };
        let seconds = fit.duration.map(|duration| match duration {
            request::Duration::Six => Seconds::X6,
            request::Duration::Ten => Seconds::X10,
        });
        let lines = fit.resolution.map(|resolution| match resolution {
            Resolution::P768 => Lines::X768p,
            Resolution::P1080 => Lines::X1080p,
        });
        let body = types::ImageToVideoRequest::builder()
            .model(model)
            .image(order.media())
            .prompt(order.prompt())
            .duration(seconds)
            .resolution(lines)
            .callback_url(order.webhook.map(str::to_owned));
        let (client, record) = self.client.recorded();
        let recorded = record.clone();
        let answer = async move {
            let tier = Some(if model == Model::Hailuo2_3ImageToVideoPro { Tier::Pro } else { Tier::Standard });
            let answer = recorded.outcome(client.submit().body(body).send().await)?;
            Ok(answer.map(|submitted| accepted(&submitted, tier)))
        };
        Sending { record, answer: Box::pin(answer) }
    }

    fn poll(&self, handle: &JobHandle) -> Pending<Result<Seen, Failure>> {
        let (client, record) = self.client.recorded();
        let id = handle.id().to_owned();
        Box::pin(async move {
            let answer = record.outcome(client.status().task_id(id).send().await)?;
            Ok(Seen::new(state(&answer), &answer))
        })
    }

    /// `{error: {code, message, type}}`, or a code that is not 200 beside a message.
    fn read_error(&self, status: u16, body: &Value) -> Option<Refusal> {
        let error = body.get("error").filter(|error| is_said(Some(error)));
        let fields = error.filter(|error| error.is_object()).unwrap_or(body);
        let code = value_number(fields.get("code"));
        let is_error = error.is_some() || code.is_some_and(|code| !is_yes(code));
        let stated = value_text(fields.get("code")).and_then(|code| code.parse().ok());
        let message = value_text(fields.get("message")).or_else(|| value_text(error));
        let kind = value_text(fields.get("type"));
        is_error.then(|| {
            let status = if (200..300).contains(&status) { stated.unwrap_or(status) } else { status };
            Refusal::read(CODES, kind.as_deref(), message, status)
        })
    }

    fn id_names(&self) -> &'static [&'static str] {
        &["task_id", "id"]
    }

    fn id_in_url(&self) -> InUrl {
        InUrl::After("tasks")
    }

    fn first_interval(&self) -> Duration {
        Duration::from_secs(3)
    }
}

fn accepted(submitted: &types::Submitted, tier: Option<Tier>) -> Option<JobHandle> {
    let inner = submitted.data.as_ref().and_then(Lenient::known);
    let id = inner.and_then(|data| text(data.task_id.as_ref())).or_else(|| text(submitted.id.as_ref()))?;
    JobHandle::of(Vendor::ApiInOne, &id, tier).ok()
}

fn state(answer: &Answer<types::Task>) -> State {
    let task = &answer.value;
    let inner = task.data.as_ref().and_then(Lenient::known);
    let found = inner.and_then(|data| text(data.status.as_ref())).or_else(|| text(task.status.as_ref()));
    let error = || inner.and_then(|data| data.error.as_ref()).or(task.error.as_ref());
    let said = || inner.and_then(|data| text(data.message.as_ref()));
    match word(found, &answer.raw) {
        Word::Queued => State::Queued { position: None },
        Word::Running => {
            let progress = inner.and_then(|data| data.progress.as_ref()).or(task.progress.as_ref());
            State::Running { percent: value_number(progress), log: Vec::new() }
        }
        // Where the URL stands is not documented: the whole answer is searched for it.
        Word::Done => State::Done(Clip::default()),
        Word::Canceled => State::Canceled,
        Word::Failed => {
            let message = value_text(error()).or_else(|| value_text(error()?.get("message"))).or_else(said);
            let code = error().and_then(|error| value_text(error.get("type")));
            State::Failed(Refusal::read(CODES, code.as_deref(), message, 0))
        }
        Word::Unrecognized(word) => State::Unrecognized(word),
    }
}
