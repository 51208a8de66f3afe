//! SeaArt: a queue much like fal's, with words in either case and every switch of the model.

#[cfg(feature = "seaart")]
mod errors;
#[cfg(feature = "seaart")]
mod mapping;

#[cfg(feature = "seaart")]
pub(crate) use mapping::Mapping;

use crate::{
    capabilities::{Capabilities, Progress, Property, Tiers, Wire},
    cost::Price,
    rules::PROMPT_MAX_CHARS,
    vendor::Vendor,
};

/// The page lost the names of the last two switches: `fast_pretreatment` is documented elsewhere, `aigc_watermark` is
/// inferred from the model's own API.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    vendor: Vendor::SeaArt,
    image: Property::required("first_frame_image", Wire::Text),
    data_urls: true,
    prompt: Property::optional("prompt", Wire::Text),
    prompt_max_chars: PROMPT_MAX_CHARS,
    duration: Some(Property::optional("duration", Wire::Integer)),
    resolution: Some(Property::optional("resolution", Wire::Text)),
    tiers: Tiers::None,
    prompt_optimizer: Some(Property::optional("prompt_optimizer", Wire::Flag)),
    fast_pretreatment: Some(Property::optional("fast_pretreatment", Wire::Flag)),
    watermark: Some(Property::optional("aigc_watermark", Wire::Flag)),
    webhook: None,
    cancel: true,
    progress: &[Progress::Position],
};

/// No price was found.
pub(crate) const PRICES: &[Price] = &[];
