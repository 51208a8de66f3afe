//! The prices that a vendor's page states, and that claims hold against it, are those that the facade quotes.

use std::collections::BTreeSet;

use contract::schema::operations;
use hailuo::{Cost, Duration, Resolution, Tier, Unit, Vendor};

use crate::{contract_of, vendors};

/// The prices of a vendor's operations, by case, as its spec has them.
fn stated(slug: &str) -> Vec<(String, f64)> {
    let contract = contract_of(slug);
    let operations = contract.documents.values().flat_map(operations);
    let prices = operations.filter_map(|(.., operation)| operation["x-price"].as_object()).flatten();
    prices.map(|(case, price)| (case.clone(), price.as_f64().unwrap())).collect()
}

fn quoted(tier: Tier, duration: Duration, resolution: Resolution) -> Cost {
    let cost = Cost::of(Vendor::ApiInOne, Some(tier), Some(duration), Some(resolution)).unwrap();
    assert_eq!(cost.unit, Unit::Credits);
    cost
}

#[test]
fn the_prices_of_api_in_one_are_what_its_page_states() {
    let standard = quoted(Tier::Standard, Duration::Six, Resolution::P768);
    let longer = quoted(Tier::Standard, Duration::Ten, Resolution::P768);
    let sharper = quoted(Tier::Standard, Duration::Six, Resolution::P1080);
    let pro = quoted(Tier::Pro, Duration::Six, Resolution::P768);
    for cost in [&standard, &longer, &sharper] {
        assert!(cost.max <= cost.min, "{cost} is not one price");
    }
    let mut cases = BTreeSet::new();
    for (case, price) in stated("apiinone") {
        let quoted = match case.as_str() {
            "standard, 6 s at 768P" => vec![standard.min],
            "standard, otherwise" => vec![longer.min, sharper.min],
            "pro, least" => vec![pro.min],
            "pro, most" => vec![pro.max],
            other => panic!("the facade quotes no price for {other}"),
        };
        for quoted in quoted {
            assert!(
                (quoted - price).abs() < f64::EPSILON,
                "{case}: the spec has {price}, PRICES in crates/hailuo/src/adapters/apiinone/mod.rs {quoted}"
            );
        }
        cases.insert(case);
    }
    assert_eq!(cases.len(), 4, "{cases:?}");
}

#[test]
fn no_other_vendor_states_a_price_that_nothing_is_held_against() {
    let with_prices: Vec<String> = vendors().into_iter().filter(|slug| !stated(slug).is_empty()).collect();
    assert_eq!(with_prices, ["apiinone"]);
}
