//! `vendors`: what each can do, what it costs, and whether there is a key.

use hailuo::{Capabilities, Resolution, Tiers, Vendor};

use crate::{
    exit::Exit,
    keys::Keys,
    offers::{durations, prices, resolutions},
    ui::{
        Ui,
        record::{Can, Record},
        table::Table,
    },
};

pub(super) fn run(ui: &Ui) -> anyhow::Result<Exit> {
    let keys = Keys::load(ui, None)?;
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
    ui.line(table.render(ui.columns(), ui.style()));
    if ui.is_json() {
        return Ok(Exit::Done);
    }
    ui.line("");
    let switch = |option: &str, is_there: fn(&Capabilities) -> bool| {
        let has = |vendor: &Vendor| is_there(Capabilities::of(*vendor));
        let who: Vec<_> = Vendor::ALL.into_iter().filter(has).map(Vendor::name).collect();
        ui.say(&format!("{option}: {}", who.join(", ")));
    };
    switch("--no-prompt-optimizer", |can| can.prompt_optimizer.is_some());
    switch("--fast-pretreatment", |can| can.fast_pretreatment.is_some());
    switch("--watermark", |can| can.watermark.is_some());
    ui.say("All other values: hailuo vendors --json");
    Ok(Exit::Done)
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
