//! The mapping onto `hailuo-highwayapi`.

use std::time::Duration;

use hailuo_highwayapi::{Client, types};
use hailuo_runtime::{Answer, Failure, Lenient};
use serde_json::Value;
use types::ImageToVideoRequestResolution as Lines;

use crate::{
    error::ErrorKind,
    exchange::{Adapter, Clip, Length, Order, Pending, Refusal, Seen, Sending, State, doomed_by},
    fields::{is_yes, text, value_number, value_seconds, value_text, word},
    handle::JobHandle,
    request::Resolution,
    rescue::InUrl,
    vendor::Vendor,
    words::Word,
};

/// HighwayAPI's documented words.
const CODES: &[(&str, ErrorKind)] = &[
    ("INVALID_REQUEST_BODY", ErrorKind::InvalidRequest),
    ("IMAGE_FILE_EXCEEDS_MAX_SIZE", ErrorKind::InvalidRequest),
    ("INVALID_IMAGE_FORMAT", ErrorKind::InvalidRequest),
    ("ILLEGAL_PROMPT", ErrorKind::Content),
    ("ILLEGAL_IMAGE_CONTENT", ErrorKind::Content),
    ("MISSING_API_KEY", ErrorKind::Key),
    ("INVALID_API_KEY", ErrorKind::Key),
    ("BILLING_BALANCE_NOT_ENOUGH", ErrorKind::Balance),
    ("TASK_NOT_FOUND", ErrorKind::UnknownJob),
    ("RATE_LIMIT_EXCEEDED", ErrorKind::RateLimit),
    (TASK_FAILED, ErrorKind::VendorFault),
];

const TASK_FAILED: &str = "TASK_FAILED";

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
        let mut body = types::ImageToVideoRequest::builder()
            .image(order.media())
            .prompt(order.prompt())
            .duration(Length(fit.duration))
            .resolution(lines)
            .enable_prompt_expansion(request.prompt_optimizer)
            .fast_pretreatment(request.fast_pretreatment);
        if let Some(url) = order.webhook {
            body = body.extra(types::Extra::builder().webhook(types::Webhook::builder().url(url.to_owned())));
        }
        let (client, record) = self.client.recorded();
        let recorded = record.clone();
        let answer = async move {
            let answer = recorded.outcome(client.submit().body(body).send().await)?;
            Ok(answer.map(|submitted| JobHandle::of(Vendor::HighwayApi, &text(submitted.task_id.as_ref())?, None).ok()))
        };
        Sending { record, answer: Box::pin(answer) }
    }

    fn poll(&self, handle: &JobHandle) -> Pending<Result<Seen, Failure>> {
        let (this, id) = (self.clone(), handle.id().to_owned());
        Box::pin(async move {
            let (client, record) = this.client.recorded();
            match record.outcome(client.status().task_id(id).send().await) {
                Ok(answer) => Ok(seen(&answer)),
                // Any crash may be told so, too.
                Err(failure) => doomed_by(&[(500, TASK_FAILED)], failure, &this),
            }
        })
    }

    /// `{code, reason, message, metadata}`.
    fn read_error(&self, status: u16, body: &Value) -> Option<Refusal> {
        let reason = value_text(body.get("reason"))?;
        // A code that says yes is not taken back by its own name.
        if value_number(body.get("code")).is_some_and(is_yes) {
            return None;
        }
        Some(Refusal::read(CODES, Some(&reason), value_text(body.get("message")), status))
    }

    fn id_names(&self) -> &'static [&'static str] {
        &["task_id"]
    }

    fn id_in_url(&self) -> InUrl {
        InUrl::Query("task_id")
    }

    fn first_interval(&self) -> Duration {
        Duration::from_secs(3)
    }
}

fn seen(answer: &Answer<types::Task>) -> Seen {
    let task = answer.value.task.as_ref().and_then(Lenient::known);
    let state = match word(task.and_then(|task| text(task.status.as_ref())), &answer.raw) {
        Word::Queued => State::Queued { position: None },
        Word::Running => State::Running {
            percent: value_number(task.and_then(|task| task.progress_percent.as_ref())),
            log: Vec::new(),
        },
        Word::Done => State::Done(clip(&answer.value).unwrap_or_default()),
        Word::Canceled => State::Canceled,
        Word::Failed => {
            let reason = task.and_then(|task| text(task.reason.as_ref()));
            State::Failed(Refusal::read(CODES, reason.as_deref(), reason.clone(), 0))
        }
        Word::Unrecognized(word) => State::Unrecognized(word),
    };
    Seen::new(state, answer)
}

/// How long the URL lives is text with a number of seconds.
fn clip(task: &types::Task) -> Option<Clip> {
    let video = task.videos.as_ref()?.known()?.iter().find_map(Lenient::known)?;
    let kind = text(video.video_type.as_ref());
    Some(Clip {
        url: text(video.video_url.as_ref()),
        content_type: kind.map(|kind| if kind.contains('/') { kind } else { format!("video/{kind}") }),
        lives: value_seconds(video.video_url_ttl.as_ref()),
        ..Clip::default()
    })
}
