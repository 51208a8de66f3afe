//! What a vendor states beside what OpenAPI has words for, fact by fact: prices, the limits of pictures.

use std::collections::BTreeMap;

use serde_json::Value;

use super::engine::{Engine, Sides, Spot};
use super::place::Node;
use super::rule::Rule;
use super::value::same;
use crate::stated;

impl<'a> Engine<'a> {
    /// Compares what one extension states.
    pub(super) fn facts(&mut self, key: &'a str, old: Option<Node<'a>>, new: Option<Node<'a>>, spot: Spot) {
        type Stated<'a> = BTreeMap<String, Node<'a>>;
        let each = |engine: &mut Self, node: Option<Node<'a>>| -> Stated<'a> {
            let Some(node) = node else { return Stated::new() };
            let stated = stated::each(key, node.value).into_iter();
            stated
                .map(|(name, case, value)| {
                    let at = case.map_or(node.at, |case| engine.trail.name(node.at, case));
                    (name, Node { value, at })
                })
                .collect()
        };
        let (left, right) = (each(self, old), each(self, new));
        let is_price = key == stated::PRICE;
        for name in left.keys().chain(right.keys().filter(|name| !left.contains_key(*name))) {
            let (a, b) = (left.get(name).copied(), right.get(name).copied());
            let rule = match (a, b) {
                (Some(a), Some(b)) if same(a.value, b.value) => continue,
                (Some(a), Some(b)) => {
                    if let (Value::Array(before), Value::Array(after)) = (a.value, b.value) {
                        self.stated_words(name, (a, before), (b, after), spot);
                        continue;
                    }
                    if is_price { Rule::PriceChanged } else { Rule::FactChanged }
                }
                (None, _) if is_price => Rule::PriceStated,
                (None, _) => Rule::FactStated,
                (_, None) if is_price => Rule::PriceUnstated,
                (_, None) => Rule::FactUnstated,
            };
            self.named(spot, rule, Sides::of(a, b), name);
        }
    }

    fn stated_words(
        &mut self,
        name: &str,
        (a, before): (Node<'a>, &'a [Value]),
        (b, after): (Node<'a>, &'a [Value]),
        spot: Spot,
    ) {
        let without = |all: &'a [Value], other: &'a [Value]| all.iter().filter(|word| !other.contains(word));
        let places = Sides::places(Some(a.at), Some(b.at));
        for word in without(before, after) {
            self.named(spot, Rule::FactWordRemoved, Sides { before: Some(word), ..places }, name);
        }
        for word in without(after, before) {
            self.named(spot, Rule::FactWordAdded, Sides { after: Some(word), ..places }, name);
        }
    }
}
