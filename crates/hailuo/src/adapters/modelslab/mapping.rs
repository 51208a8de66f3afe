//! The mapping onto `hailuo-modelslab`.

use std::time::Duration;

use hailuo_modelslab::{Client, types};
use hailuo_runtime::{Answer, Failure};
use serde_json::Value;

use crate::{
    error::ErrorKind,
    exchange::{Adapter, Clip, Order, Pending, Refusal, Seen, Sending, State},
    fields::{text, value_seconds, value_text, word},
    handle::JobHandle,
    request,
    rescue::{self, InUrl},
    vendor::Vendor,
    words::{self, Word},
};

pub(crate) struct Mapping {
    pub(crate) client: Client,
}

impl Adapter for Mapping {
    fn submit(&self, order: &Order<'_>) -> Sending {
        use types::{ImageToVideoRequestDuration as Seconds, ImageToVideoRequestModelId as Model};
        let seconds = match order.fit.duration {
            Some(request::Duration::Ten) => Seconds::X10,
            _ => Seconds::X6,
        };
        let body = types::ImageToVideoRequest::builder()
            .model_id(Model::Hailuo2_3I2v)
            .init_image(order.media())
            .prompt(order.prompt())
            .duration(seconds)
            .webhook(order.webhook.map(str::to_owned));
        let (client, record) = self.client.recorded();
        let recorded = record.clone();
        let answer =
            async move { Ok(recorded.outcome(client.submit().body(body).send().await)?.map(|task| accepted(&task))) };
        Sending { record, answer: Box::pin(answer) }
    }

    fn poll(&self, handle: &JobHandle) -> Pending<Result<Seen, Failure>> {
        let (client, record) = self.client.recorded();
        let id = handle.id().to_owned();
        Box::pin(async move { record.outcome(client.status().id(id).send().await).map(|answer| seen(&answer)) })
    }

    /// `{status: "error", message}`, where the message may be misspelled or an object of field → complaints.
    fn read_error(&self, status: u16, body: &Value) -> Option<Refusal> {
        let word = body.get("status")?.as_str()?;
        (words::state(word) == Word::Failed).then(|| refusal(status, |name| body.get(name)))
    }

    fn id_names(&self) -> &'static [&'static str] {
        &["id"]
    }

    fn id_in_url(&self) -> InUrl {
        InUrl::After("fetch")
    }

    fn first_interval(&self) -> Duration {
        Duration::from_secs(5)
    }
}

/// The number is missing at times; then it stands at the end of `fetch_result`.
fn accepted(task: &types::Task) -> Option<JobHandle> {
    let at_end = || rescue::last_segment(&text(task.fetch_result.as_ref())?);
    let id = value_text(task.id.as_ref()).or_else(at_end)?;
    JobHandle::of(Vendor::ModelsLab, &id, None).ok()
}

fn seen(answer: &Answer<types::Task>) -> Seen {
    let task = &answer.value;
    let state = match word(text(task.status.as_ref()), &answer.raw) {
        Word::Queued => State::Queued { position: None },
        Word::Running => State::Running { percent: None, log: Vec::new() },
        Word::Done => State::Done(clip(task)),
        Word::Canceled => State::Canceled,
        Word::Failed => failed(task),
        Word::Unrecognized(word) => State::Unrecognized(word),
    };
    Seen::new(state, answer)
}

/// Errors come with HTTP 200: those about the question are not those about the job, whose own word is `failed`. An
/// `error` that blames nobody may pass.
fn failed(task: &types::Task) -> State {
    let refusal = refusal(0, |name| match name {
        "message" => task.message.as_ref(),
        "messege" => task.messege.as_ref(),
        "retry_after" => task.retry_after.as_ref(),
        _ => None,
    });
    let is_job = || text(task.status.as_ref()).is_some_and(|word| !word.trim().eq_ignore_ascii_case("error"));
    match refusal.kind {
        ErrorKind::Key | ErrorKind::RateLimit | ErrorKind::UnknownJob => State::Refused(refusal),
        ErrorKind::VendorFault if !is_job() => State::Refused(refusal),
        _ => State::Failed(refusal),
    }
}

fn refusal<'a>(status: u16, field: impl Fn(&'static str) -> Option<&'a Value>) -> Refusal {
    let complaints = field("message").or_else(|| field("messege"));
    let mut refusal = Refusal::read(&[], None, value_text(complaints), status);
    if complaints.is_some_and(Value::is_object) {
        refusal.kind = ErrorKind::InvalidRequest;
    }
    refusal.after(value_seconds(field("retry_after")))
}

/// `output` is a list, or text, or empty while only the other links are there.
fn clip(task: &types::Task) -> Clip {
    let links = [&task.output, &task.proxy_links, &task.future_links];
    let url = links.into_iter().flatten().find_map(rescue::video_url);
    Clip { url: url.map(str::to_owned), ..Clip::default() }
}
