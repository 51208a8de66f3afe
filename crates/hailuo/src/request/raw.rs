//! The request as JSON has it, before any rule was looked at.
//!
//! A wrong word for a choice is kept, not refused at once, so that it is reported together with everything else.

use std::fmt::Display;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Duration, ImageToVideoBuilder, Resolution, Tier};
use crate::{
    image::Image,
    rules::{Code, Field, Violation},
};

/// A picture to be set in motion by Hailuo 2.3, and how. Values that are absent or null take the vendor's default.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(
    rename = "ImageToVideo",
    extend("not" = crate::rules::forbidden_pair())
)]
pub(super) struct Raw {
    /// The first frame, a URL or a base64 data URL: JPEG, PNG or WebP under 20 MB, short side over 300 px, 2:5 to 5:2.
    #[schemars(required)]
    image: Option<Image>,
    /// What shall happen. Camera commands stand in square brackets, such as `[推进]`.
    #[schemars(length(min = 1, max = 2000))]
    prompt: Option<String>,
    /// Length in seconds; 10 goes with 768P only. Default 6.
    #[schemars(with = "Option<Duration>")]
    duration: Option<Value>,
    /// Resolution; 1080P goes with 6 seconds only. Default 768P.
    #[schemars(with = "Option<Resolution>")]
    resolution: Option<Value>,
    /// Quality tier, at vendors that sell two.
    #[schemars(with = "Option<Tier>")]
    tier: Option<Value>,
    /// Whether the vendor may rewrite the prompt. Default true.
    prompt_optimizer: Option<bool>,
    /// Whether that rewriting shall be quick. Default false.
    fast_pretreatment: Option<bool>,
    /// Whether the video carries a watermark. Default false.
    watermark: Option<bool>,
}

impl From<Raw> for ImageToVideoBuilder {
    fn from(raw: Raw) -> Self {
        let mut malformed = Vec::new();
        let duration =
            choice(raw.duration, Field::Duration, Code::DurationUnknown, &crate::rules::DURATIONS, &mut malformed);
        let resolution = choice(
            raw.resolution,
            Field::Resolution,
            Code::ResolutionUnknown,
            &crate::rules::RESOLUTIONS,
            &mut malformed,
        );
        let tier = choice(raw.tier, Field::Tier, Code::TierUnknown, &[Tier::Standard, Tier::Pro], &mut malformed);
        Self {
            image: raw.image,
            prompt: raw.prompt,
            duration,
            resolution,
            tier,
            prompt_optimizer: raw.prompt_optimizer,
            fast_pretreatment: raw.fast_pretreatment,
            watermark: raw.watermark,
            malformed,
            ..Self::default()
        }
    }
}

fn choice<T: for<'de> Deserialize<'de> + Display>(
    value: Option<Value>,
    field: Field,
    code: Code,
    allowed: &[T],
    malformed: &mut Vec<Violation>,
) -> Option<T> {
    let value = value.filter(|value| !value.is_null())?;
    if let Ok(known) = T::deserialize(value) {
        return Some(known);
    }
    let words: Vec<_> = allowed.iter().map(ToString::to_string).collect();
    malformed.push(Violation::new(code, field, "is not a value that exists", words.join(" or ")));
    None
}
