//! The object that tells what a vendor can do.

use hailuo::{Capabilities, Cost, Property, Tiers, Vendor};
use serde::Serialize;

use crate::offers::{durations, prices, resolutions};

/// A vendor's capabilities.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Serialize)]
pub(crate) struct Can<'a> {
    vendor: &'a str,
    name: &'a str,
    key_variable: &'a str,
    has_key: bool,
    picture: &'a [&'a str],
    prompt_required: bool,
    durations: Vec<u8>,
    resolutions: Vec<&'a str>,
    tiers: &'a [&'a str],
    prompt_optimizer: bool,
    fast_pretreatment: bool,
    watermark: bool,
    webhook: bool,
    cancel: bool,
    prices: Vec<Tariff<'a>>,
}

/// A price for a kind of video.
#[derive(Debug, Serialize)]
struct Tariff<'a> {
    tier: Option<&'a str>,
    duration: u8,
    resolution: &'a str,
    #[serde(flatten)]
    price: Cost,
}

impl Can<'_> {
    pub(crate) fn new(vendor: Vendor, has_key: bool) -> Self {
        let can = Capabilities::of(vendor);
        let has = |property: Option<Property>| property.is_some();
        Self {
            vendor: vendor.slug(),
            name: vendor.name(),
            key_variable: vendor.env_var(),
            has_key,
            picture: if can.data_urls { &["url", "bytes"] } else { &["url"] },
            prompt_required: can.prompt.required,
            durations: durations(vendor),
            resolutions: resolutions(vendor),
            tiers: if can.tiers == Tiers::None { &[] } else { &["standard", "pro"] },
            prompt_optimizer: has(can.prompt_optimizer),
            fast_pretreatment: has(can.fast_pretreatment),
            watermark: has(can.watermark),
            webhook: has(can.webhook),
            cancel: can.cancel,
            prices: prices(vendor)
                .into_iter()
                .map(|offer| Tariff {
                    tier: offer.tier.map(hailuo::Tier::as_str),
                    duration: offer.duration.seconds(),
                    resolution: offer.resolution.as_str(),
                    price: offer.cost,
                })
                .collect(),
        }
    }
}
