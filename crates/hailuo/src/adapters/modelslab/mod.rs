//! ModelsLab: the key in the body, errors with HTTP 200, one tier and no resolution.

#[cfg(feature = "modelslab")]
mod mapping;

#[cfg(feature = "modelslab")]
pub(crate) use mapping::Mapping;

use crate::{
    capabilities::{Capabilities, Property, Tiers, Wire},
    cost::Price,
    rules::PROMPT_MAX_CHARS,
    vendor::Vendor,
};

/// The page types the picture as a file and sends a URL; a data URL is inferred.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    vendor: Vendor::ModelsLab,
    image: Property::required("init_image", Wire::Text),
    data_urls: true,
    prompt: Property::required("prompt", Wire::Text),
    prompt_max_chars: PROMPT_MAX_CHARS,
    duration: Some(Property::required("duration", Wire::Text)),
    resolution: None,
    tiers: Tiers::None,
    prompt_optimizer: None,
    fast_pretreatment: None,
    watermark: None,
    webhook: Some(Property::optional("webhook", Wire::Text)),
    cancel: false,
    progress: &[],
};

/// No price was found.
pub(crate) const PRICES: &[Price] = &[];
