//! A value that stands in another one now: the whole answer below `data`, and back.
//!
//! Property by property all of it would be gone, and something else there. That it was put into an envelope is one fact.

use std::collections::BTreeSet;

use serde_json::Value;

use super::engine::{Engine, Item, Sides, Spot, resolve};
use super::object::required;
use super::place::{Label, Node};
use super::rule::Rule;
use super::view::{Schemas, View};

/// Fewest properties by which a value is known again.
const FEWEST: usize = 2;

impl<'a> Engine<'a> {
    /// Compares a value with what stands in the other side's envelope, if it is that; `false` when it is not.
    pub(super) fn enveloped(&mut self, item: Item<'a>, schemas: Schemas<'_, 'a>) -> bool {
        let (old, new) = (schemas.old.reference, schemas.new.reference);
        if item.bare || matches!((old, new), (Some(a), Some(b)) if a.name == b.name) {
            return false;
        }
        let Item { old, new, spot, .. } = item;
        let may_have = |node: Node<'a>| ["$ref", "allOf", "properties"].iter().any(|key| node.value.get(key).is_some());
        if !may_have(old) || !may_have(new) {
            return false;
        }
        if let Some((name, inner)) = self.inside_of(self.new, new, (self.old, old)) {
            self.put([old, new, old, inner], name, true, spot);
            return true;
        }
        if let Some((name, inner)) = self.inside_of(self.old, old, (self.new, new)) {
            self.put([old, new, inner, new], name, false, spot);
            return true;
        }
        false
    }

    /// The property of an envelope that a value stands in: most of the value's properties are there, and most are not
    /// in the envelope itself.
    fn inside_of(
        &mut self,
        root: &'a Value,
        envelope: Node<'a>,
        (bare_root, bare): (&'a Value, Node<'a>),
    ) -> Option<(&'a str, Node<'a>)> {
        let own: BTreeSet<&str> = self.names(bare_root, bare)?;
        let outer = self.view(root, envelope);
        let properties = self.properties(&outer)?;
        let shared = |names: &BTreeSet<&str>| names.intersection(&own).count();
        let is_most = |count: usize| count * 2 > own.len();
        if own.len() < FEWEST || is_most(shared(&properties.keys().copied().collect())) {
            return None;
        }
        properties.into_iter().find_map(|(name, (parent, value))| {
            let inner = Node { value, at: self.trail.name(parent, name) };
            let names = self.names(root, inner)?;
            is_most(shared(&names)).then_some((name, inner))
        })
    }

    fn view(&mut self, root: &'a Value, node: Node<'a>) -> View<'a> {
        let mut view = View::new(node, &mut self.trail);
        view.open(root, &mut self.trail);
        view
    }

    /// The names of the properties that an object has.
    pub(super) fn names(&mut self, root: &'a Value, node: Node<'a>) -> Option<BTreeSet<&'a str>> {
        let view = self.view(root, node);
        Some(self.properties(&view)?.into_keys().collect())
    }

    /// Tells of the envelope, and compares what is in it with what was, or is, without one.
    fn put(&mut self, [old, new, x, y]: [Node<'a>; 4], name: &'a str, is_wrapped: bool, spot: Spot) {
        let (rule, root, envelope) =
            if is_wrapped { (Rule::Wrapped, self.new, new) } else { (Rule::Unwrapped, self.old, old) };
        self.named(spot, rule, Sides::places(Some(old.at), Some(new.at)), name);
        let view = self.view(root, envelope);
        let needed = required(&view).unwrap_or_default();
        for (other, (parent, value)) in self.properties(&view).unwrap_or_default() {
            if other == name {
                continue;
            }
            let node = Node { value, at: self.trail.name(parent, other) };
            let spot = self.inside(spot, Label::Property(other));
            let (rule, sides) = match (is_wrapped, needed.contains(other)) {
                (true, true) => (Rule::RequiredPropertyAdded, Sides::of(None, Some(node))),
                (true, false) => (Rule::OptionalPropertyAdded, Sides::of(None, Some(node))),
                (false, true) => (Rule::RequiredPropertyRemoved, Sides::of(Some(node), None)),
                (false, false) => (Rule::OptionalPropertyRemoved, Sides::of(Some(node), None)),
            };
            self.change(spot, rule, sides);
        }
        let spot = self.inside(spot, Label::Property(name));
        let refers = |node: Node<'a>| node.value.get("$ref").and_then(Value::as_str);
        let (x, y) = match (refers(x), refers(y)) {
            (Some(_), Some(_)) | (None, None) => (x, y),
            // Whether it has a name of its own is no matter here.
            _ => (self.target(self.old, x), self.target(self.new, y)),
        };
        self.later(x, y, spot);
    }

    fn target(&mut self, root: &'a Value, node: Node<'a>) -> Node<'a> {
        let name = node.value.get("$ref").and_then(Value::as_str);
        let found = name.and_then(|name| Some((name, resolve(root, name)?)));
        found.map_or(node, |(name, value)| Node { value, at: self.trail.start(name.trim_start_matches('#')) })
    }
}
