//! What can be had at a vendor, and for how much, as lists.

use hailuo::{Capabilities, Cost, Duration, Resolution, Tier, Tiers, Vendor, rules};

/// Lengths that can be had at a vendor, in seconds.
pub(crate) fn durations(vendor: Vendor) -> Vec<u8> {
    match Capabilities::of(vendor).duration {
        Some(_) => rules::DURATIONS.map(Duration::seconds).to_vec(),
        None => vec![rules::DEFAULT_DURATION.seconds()],
    }
}

/// Resolutions that can be had at a vendor: by a field, or by a tier that makes it.
pub(crate) fn resolutions(vendor: Vendor) -> Vec<&'static str> {
    let can = Capabilities::of(vendor);
    if can.resolution.is_some() || can.tiers == Tiers::Endpoint {
        return rules::RESOLUTIONS.map(Resolution::as_str).to_vec();
    }
    vec![rules::DEFAULT_RESOLUTION.as_str()]
}

/// A kind of video and its price.
pub(crate) struct Offer {
    pub(crate) tier: Option<Tier>,
    pub(crate) duration: Duration,
    pub(crate) resolution: Resolution,
    pub(crate) cost: Cost,
}

/// Every price that a vendor publishes.
pub(crate) fn prices(vendor: Vendor) -> Vec<Offer> {
    let tiers = match Capabilities::of(vendor).tiers {
        Tiers::None => vec![None],
        _ => vec![Some(Tier::Standard), Some(Tier::Pro)],
    };
    let mut offers = Vec::new();
    for tier in tiers {
        for resolution in rules::RESOLUTIONS {
            for duration in rules::DURATIONS {
                // At fal a tier makes one resolution.
                let is_made = Capabilities::of(vendor).tiers != Tiers::Endpoint
                    || (tier == Some(Tier::Pro)) == (resolution == Resolution::P1080);
                if !is_made || !rules::is_allowed(duration, resolution) {
                    continue;
                }
                if let Some(cost) = Cost::of(vendor, tier, Some(duration), Some(resolution)) {
                    offers.push(Offer { tier, duration, resolution, cost });
                }
            }
        }
    }
    offers
}
