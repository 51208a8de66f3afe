//! A job: what was ordered, where it stands, what becomes of it. Which words a vendor has for that is in
//! [`crate::manners`].

use std::{sync::Arc, time::Duration};

use serde_json::Value;
use tokio::time::Instant;

use crate::{
    clip::Clip,
    fault::Kind,
    pace::{Pace, Progress},
    webhook::Hook,
};

/// A job of one vendor.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) number: u32,
    pub(crate) id: Arc<str>,
    /// The path, in the contract's form, that it was submitted by.
    pub(crate) path: Arc<str>,
    /// The number of the request in the journal that made it.
    pub(crate) request: u64,
    pub(crate) clip: Clip,
    pub(crate) fate: Fate,
    /// The prompt, of a job that the content check will refuse: some vendors echo it.
    pub(crate) echo: Option<Box<str>>,
    pub(crate) pace: Pace,
    pub(crate) since: Instant,
    /// How old it may become in the queue; then it fails.
    pub(crate) start_by: Option<Duration>,
    /// How often a client looked.
    pub(crate) looks: u32,
    pub(crate) cancelled: bool,
    /// How many URLs of the video have expired; part of the URL.
    pub(crate) expired: u32,
    /// Where its end is to be reported.
    pub(crate) hook: Option<Box<Hook>>,
}

/// What becomes of a job, settled when it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Video,
    NoVideo,
    Never,
    Fails(Failure),
}

/// Why a job fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    Vendor,
    Content,
    Image,
    /// It was not to wait for so long.
    NotStarted,
    /// The model behind all five takes no more than 2000 characters, whether or not the vendor says so.
    PromptTooLong,
    /// The model behind all five makes no ten seconds at 1080P, whether or not the vendor says so.
    TooLongAt1080P,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Queued,
    Running { percent: u8 },
    Done { video: bool },
    Failed(Failure),
    Cancelled,
}

impl Stage {
    pub(crate) const fn is_over(self) -> bool {
        !matches!(self, Self::Queued | Self::Running { .. })
    }
}

impl Job {
    /// Where its video is, on a file host at this origin.
    pub(crate) fn video_url(&self, files: &str) -> String {
        format!("{files}/files/{}/{}.mp4", self.id, self.expired)
    }

    pub(crate) fn age(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.since)
    }

    /// How long until it can be over by time alone; `None` if time alone does not end it.
    pub(crate) fn time_left(&self, now: Instant) -> Option<Duration> {
        let ends = || self.pace.total().filter(|_| self.fate != Fate::Never);
        let total = self.limit_met_in_queue().or_else(ends)?;
        // At least a tick: what is not over may be so by less than a clock shows.
        Some(total.saturating_sub(self.age(now)).max(Duration::from_millis(1)))
    }

    /// The age at which it fails because it still waits then.
    fn limit_met_in_queue(&self) -> Option<Duration> {
        self.start_by.filter(|limit| self.pace.progress(self.looks, *limit) == Progress::Queued)
    }

    pub(crate) fn stage(&self, now: Instant) -> Stage {
        if self.cancelled {
            return Stage::Cancelled;
        }
        if self.limit_met_in_queue().is_some_and(|limit| self.age(now) >= limit) {
            return Stage::Failed(Failure::NotStarted);
        }
        match (self.pace.progress(self.looks, self.age(now)), self.fate) {
            (Progress::Queued, _) => Stage::Queued,
            (Progress::Running { percent }, _) => Stage::Running { percent },
            (Progress::Done, Fate::Never) => Stage::Running { percent: 99 },
            (Progress::Done, Fate::Video) => Stage::Done { video: true },
            (Progress::Done, Fate::NoVideo) => Stage::Done { video: false },
            (Progress::Done, Fate::Fails(failure)) => Stage::Failed(failure),
        }
    }
}

impl Fate {
    /// The fate that a fault of the phase `job` asks for.
    pub(crate) fn of(kind: &Kind) -> Option<Self> {
        match kind {
            Kind::NeverEnds => Some(Self::Never),
            Kind::Fails => Some(Self::Fails(Failure::Vendor)),
            Kind::ContentRefused => Some(Self::Fails(Failure::Content)),
            Kind::ImageUnreachable => Some(Self::Fails(Failure::Image)),
            Kind::NoVideo => Some(Self::NoVideo),
            _ => None,
        }
    }
}

/// The part of an order that decides about the video.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) ten_seconds: bool,
    pub(crate) full_hd: bool,
    pub(crate) prompt_chars: usize,
}

impl Order {
    /// Reads a request that was found valid, by pointers to its prompt, length and resolution; what it does not say is the
    /// default of all five: 768P, 6 s.
    pub(crate) fn read(request: &Value, [prompt, duration, resolution]: [&str; 3]) -> Self {
        let text = |pointer: &str| match request.pointer(pointer) {
            Some(Value::String(text)) => text.trim_end_matches('s').to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        Self {
            ten_seconds: text(duration) == "10",
            full_hd: text(resolution).eq_ignore_ascii_case("1080P"),
            prompt_chars: request.pointer(prompt).and_then(Value::as_str).map_or(0, |prompt| prompt.chars().count()),
        }
    }

    pub(crate) const fn clip(self) -> Clip {
        match (self.full_hd, self.ten_seconds) {
            (true, _) => Clip::FullHd,
            (false, true) => Clip::Long,
            (false, false) => Clip::Short,
        }
    }

    /// Where the model itself would refuse, for the vendors whose contract does not.
    pub(crate) const fn fate(self, prompt_is_limited: bool) -> Fate {
        if self.full_hd && self.ten_seconds {
            Fate::Fails(Failure::TooLongAt1080P)
        } else if !prompt_is_limited && self.prompt_chars > 2000 {
            Fate::Fails(Failure::PromptTooLong)
        } else {
            Fate::Video
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Clip, Failure, Fate, Order};
    use crate::{Vendor, manners};
    use serde_json::json;

    #[test]
    fn an_order_is_read_in_every_vendors_spelling() {
        for (vendor, path, request, clip) in [
            (Vendor::Fal, "/x/pro/y", json!({"duration": "10"}), Clip::FullHd),
            (Vendor::Fal, "/x/standard/y", json!({"duration": "10"}), Clip::Long),
            (Vendor::Fal, "/x/standard/y", json!({}), Clip::Short),
            (Vendor::ModelsLab, "/x", json!({"duration": "6"}), Clip::Short),
            (Vendor::SeaArt, "/x", json!({"duration": 10, "resolution": "768P"}), Clip::Long),
            (Vendor::HighwayApi, "/x", json!({"resolution": "1080P"}), Clip::FullHd),
            (Vendor::ApiInOne, "/x", json!({"duration": "10"}), Clip::Long),
        ] {
            assert_eq!(manners::of(vendor).order(path, &request).clip(), clip, "{vendor} {request}");
        }
        let nested = json!({"input": {"text": "fog", "length": "10s"}});
        let order = Order::read(&nested, ["/input/text", "/input/length", "/input/quality"]);
        assert_eq!((order.clip(), order.prompt_chars), (Clip::Long, 3));
    }

    #[test]
    fn the_model_refuses_where_the_contract_is_silent() {
        let order = Order { ten_seconds: true, full_hd: true, prompt_chars: 5 };
        assert_eq!(order.fate(true), Fate::Fails(Failure::TooLongAt1080P));
        let order = Order { full_hd: false, prompt_chars: 2001, ..order };
        assert_eq!(order.fate(false), Fate::Fails(Failure::PromptTooLong));
        assert_eq!(order.fate(true), Fate::Video);
    }
}
