//! `vendors`: what each can do, what it costs, and whether there is a key.

use hailuo::{Capabilities, Cost, Duration, Property, Resolution, Tier, Tiers, Vendor, rules};

use crate::{
    args::Connect,
    exit::Exit,
    keys::Keys,
    ui::{
        Ui,
        record::{Can, Record},
        table::Table,
        text,
    },
};

pub(super) fn run(ui: &Ui) -> anyhow::Result<Exit> {
    let keys = Keys::load(ui, Connect::default().key_file.as_deref())?;
    let mut table = Table::new(&["", "picture", "10 s", "1080P", "tiers", "cancel", "key", "price of a video"]);
    for vendor in Vendor::ALL {
        ui.record(&Record::Vendor(Can::new(vendor, keys.has(vendor))));
        let can = Capabilities::of(vendor);
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        table.row([
            vendor.name().to_owned(),
            if can.data_urls { "URL, file" } else { "URL" }.to_owned(),
            yes(durations(vendor).contains(&10)),
            yes(resolutions(vendor).contains(&Resolution::P1080.as_str())),
            yes(can.tiers != Tiers::None),
            yes(can.cancel),
            yes(keys.has(vendor)),
            price(vendor),
        ]);
    }
    ui.line(table.render(ui.width(), ui.style()));
    if ui.is_json() {
        return Ok(Exit::Done);
    }
    ui.line("");
    let switches = [
        ("--no-prompt-optimizer", Field::Optimizer),
        ("--fast-pretreatment", Field::Pretreatment),
        ("--watermark", Field::Watermark),
    ];
    for (option, field) in switches {
        let who: Vec<_> =
            Vendor::ALL.into_iter().filter(|vendor| field.of(*vendor).is_some()).map(Vendor::name).collect();
        ui.line(text::wrap(&format!("{option}: {}", who.join(", ")), ui.width(), "  "));
    }
    ui.line(text::wrap("All other values: hailuo vendors --json", ui.width(), "  "));
    Ok(Exit::Done)
}

/// A switch that only some vendors have.
#[derive(Clone, Copy)]
enum Field {
    Optimizer,
    Pretreatment,
    Watermark,
}

impl Field {
    fn of(self, vendor: Vendor) -> Option<Property> {
        let can = Capabilities::of(vendor);
        match self {
            Self::Optimizer => can.prompt_optimizer,
            Self::Pretreatment => can.fast_pretreatment,
            Self::Watermark => can.watermark,
        }
    }
}

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

/// The span of a vendor's prices.
fn price(vendor: Vendor) -> String {
    let offers = prices(vendor);
    let Some(mut whole) = offers.first().map(|offer| offer.cost.clone()) else {
        return "unknown".to_owned();
    };
    for offer in &offers {
        whole.min = whole.min.min(offer.cost.min);
        whole.max = whole.max.max(offer.cost.max);
    }
    whole.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_told_from_the_least_to_the_most() {
        let told = Vendor::ALL.map(price);
        assert_eq!(told, ["unknown", "$0.28 to $0.56", "unknown", "unknown", "30 to 85 credits"]);
    }
}
