//! fal: two endpoints for two tiers, a queue whose URLs are to be followed, no word for failure.

#[cfg(feature = "fal")]
mod errors;
#[cfg(feature = "fal")]
mod mapping;

#[cfg(feature = "fal")]
pub(crate) use mapping::Mapping;

use crate::{
    capabilities::{Capabilities, Progress, Property, Tiers, Wire},
    cost::{Price, Unit},
    request::{Duration, Tier},
    rules::PROMPT_MAX_CHARS,
    vendor::Vendor,
};

/// fal pro has neither duration nor resolution: it makes 6 s at 1080P.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    vendor: Vendor::Fal,
    image: Property::required("image_url", Wire::Text),
    data_urls: true,
    prompt: Property::required("prompt", Wire::Text),
    prompt_max_chars: PROMPT_MAX_CHARS,
    duration: Some(Property::optional("duration", Wire::Text)),
    resolution: None,
    tiers: Tiers::Endpoint,
    prompt_optimizer: Some(Property::optional("prompt_optimizer", Wire::Flag)),
    fast_pretreatment: None,
    watermark: None,
    webhook: Some(Property::optional("fal_webhook", Wire::Query)),
    cancel: true,
    progress: &[Progress::Position, Progress::Log],
};

const SOURCE: &str = "fal's public model pages";

/// fal's prices per video.
pub(crate) const PRICES: &[Price] = &[
    Price::new(0.49, 0.49, Unit::Usd, SOURCE).tier(Tier::Pro),
    Price::new(0.28, 0.28, Unit::Usd, SOURCE).tier(Tier::Standard).duration(Duration::Six),
    Price::new(0.56, 0.56, Unit::Usd, SOURCE).tier(Tier::Standard).duration(Duration::Ten),
];
