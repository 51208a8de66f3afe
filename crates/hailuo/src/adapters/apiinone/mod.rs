//! API in One: two sub-models, credits, and a finished task whose body nobody documents.

#[cfg(feature = "apiinone")]
mod mapping;

#[cfg(feature = "apiinone")]
pub(crate) use mapping::Mapping;

use crate::{
    capabilities::{Capabilities, Progress, Property, Tiers, Wire},
    cost::{Price, Unit},
    request::{Duration, Resolution, Tier},
    rules::PROMPT_MAX_CHARS,
    vendor::Vendor,
};

/// Whether a data URL is taken is not known, so only URLs are sent.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    vendor: Vendor::ApiInOne,
    image: Property::required("image", Wire::Text),
    data_urls: false,
    prompt: Property::required("prompt", Wire::Text),
    prompt_max_chars: PROMPT_MAX_CHARS,
    duration: Some(Property::optional("duration", Wire::Text)),
    resolution: Some(Property::optional("resolution", Wire::Text)),
    tiers: Tiers::Model,
    prompt_optimizer: None,
    fast_pretreatment: None,
    watermark: None,
    webhook: Some(Property::optional("callback_url", Wire::Text)),
    cancel: false,
    progress: &[Progress::Percent],
};

const SOURCE: &str = "API in One's model page";

/// The page gives the pro sub-model as a range without saying which video costs what.
pub(crate) const PRICES: &[Price] = &[
    Price::new(30.0, 30.0, Unit::Credits, SOURCE)
        .tier(Tier::Standard)
        .duration(Duration::Six)
        .resolution(Resolution::P768),
    Price::new(45.0, 45.0, Unit::Credits, SOURCE).tier(Tier::Standard).duration(Duration::Ten),
    Price::new(45.0, 45.0, Unit::Credits, SOURCE).tier(Tier::Standard).resolution(Resolution::P1080),
    Price::new(45.0, 85.0, Unit::Credits, SOURCE).tier(Tier::Pro),
];
