//! HighwayAPI: one call tells state and result, numbers come as text.

#[cfg(feature = "highwayapi")]
mod mapping;

#[cfg(feature = "highwayapi")]
pub(crate) use mapping::Mapping;

use crate::{
    capabilities::{Capabilities, Progress, Property, Tiers, Wire},
    cost::Price,
    rules::PROMPT_MAX_CHARS,
    vendor::Vendor,
};

/// The webhook is inferred from a sister vendor's documentation.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    vendor: Vendor::HighwayApi,
    image: Property::required("image", Wire::Text),
    data_urls: true,
    prompt: Property::required("prompt", Wire::Text),
    prompt_max_chars: PROMPT_MAX_CHARS,
    duration: Some(Property::optional("duration", Wire::Integer)),
    resolution: Some(Property::optional("resolution", Wire::Text)),
    tiers: Tiers::None,
    prompt_optimizer: Some(Property::optional("enable_prompt_expansion", Wire::Flag)),
    fast_pretreatment: Some(Property::optional("fast_pretreatment", Wire::Flag)),
    watermark: None,
    webhook: Some(Property::optional("extra.webhook.url", Wire::Text)),
    cancel: false,
    progress: &[Progress::Percent],
};

/// No price was found.
pub(crate) const PRICES: &[Price] = &[];
