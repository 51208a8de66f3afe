//! Objects and lists: properties, what is required, what else may stand there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::engine::{Engine, Sides, Spot};
use super::pairing::renamings;
use super::place::{At, Label, Node};
use super::rule::{Direction, Rule};
use super::schema::admits_everything;
use super::value::is_documentation;
use super::view::{Keyword, Schemas, Slot, View};

/// The properties of a schema: where they stand, and their schemas.
pub(super) type Properties<'a> = BTreeMap<&'a str, (At, &'a Value)>;

impl<'a> Engine<'a> {
    /// Compares `properties` and `required`, which make sense only together.
    pub(super) fn object(&mut self, schemas: Schemas<'_, 'a>) {
        let Schemas { old, new, spot, .. } = schemas;
        let (Some(left), Some(right)) = (self.properties(old), self.properties(new)) else {
            return self.malformed(schemas.get("properties"));
        };
        let (Some(before), Some(after)) = (required(old), required(new)) else {
            return self.malformed(schemas.get("required"));
        };
        let mut gone = Vec::new();
        let mut come = Vec::new();
        for (name, (parent, value)) in &left {
            let here = Node { value, at: self.trail.name(*parent, name) };
            let stays = stays_out(value, spot.direction);
            if let Some((parent, value)) = right.get(name) {
                if stays && stays_out(value, spot.direction) {
                    continue;
                }
                let there = Node { value, at: self.trail.name(*parent, name) };
                let spot = self.inside(spot, Label::Property(name));
                self.requiredness(
                    before.contains(name),
                    after.contains(name),
                    Sides::places(Some(here.at), Some(there.at)),
                    spot,
                );
                self.later(here, there, spot);
            } else if !stays {
                gone.push((*name, here));
            }
        }
        for (name, (parent, value)) in &right {
            if !left.contains_key(name) && !stays_out(value, spot.direction) {
                come.push((*name, Node { value, at: self.trail.name(*parent, name) }));
            }
        }
        let renamed = renamings(&gone, &come);
        // What is a level deeper now, or was, is there still.
        let (into, out_of) = (self.deeper(self.new, &come, &gone), self.deeper(self.old, &gone, &come));
        for (index, (name, node)) in gone.iter().enumerate() {
            let rule =
                if before.contains(name) { Rule::RequiredPropertyRemoved } else { Rule::OptionalPropertyRemoved };
            let other = renamed.iter().find(|pair| pair.0 == index).and_then(|pair| come.get(pair.1));
            let spot = self.inside(spot, Label::Property(name));
            if let Some(found) = self.change(spot, rule, Sides::of(Some(*node), None)) {
                found.renamed = other.map(|(name, _)| (*name).to_owned()).or_else(|| into.get(name).cloned());
            }
        }
        for (index, (name, node)) in come.iter().enumerate() {
            let rule = if after.contains(name) { Rule::RequiredPropertyAdded } else { Rule::OptionalPropertyAdded };
            let other = renamed.iter().find(|pair| pair.1 == index).and_then(|pair| gone.get(pair.0));
            let spot = self.inside(spot, Label::Property(name));
            if let Some(found) = self.change(spot, rule, Sides::of(None, Some(*node))) {
                found.renamed = other.map(|(name, _)| (*name).to_owned()).or_else(|| out_of.get(name).cloned());
            }
            if let Some((_, other)) = other {
                self.later(*other, *node, spot);
            }
        }
        // What is required without a schema of its own.
        for name in before.symmetric_difference(&after) {
            if !left.contains_key(name) && !right.contains_key(name) {
                let sides = self.sides(schemas.get("required"));
                let spot = self.inside(spot, Label::Property(name));
                let sides = Sides::places(sides.old, sides.new);
                self.requiredness(before.contains(name), after.contains(name), sides, spot);
            }
        }
    }

    /// Where the properties of one side are in those of the other: `options.seed` for `seed`.
    fn deeper(
        &mut self,
        root: &'a Value,
        around: &[(&'a str, Node<'a>)],
        wanted: &[(&'a str, Node<'a>)],
    ) -> BTreeMap<&'a str, String> {
        let mut found = BTreeMap::new();
        if wanted.is_empty() {
            return found;
        }
        for (outer, node) in around {
            let Some(names) = self.names(root, *node) else { continue };
            for (name, _) in wanted.iter().filter(|(name, _)| names.contains(name)) {
                found.entry(*name).or_insert_with(|| format!("{outer}.{name}"));
            }
        }
        found
    }

    fn requiredness(&mut self, before: bool, after: bool, sides: Sides<'a>, spot: Spot) {
        match (before, after) {
            (false, true) => self.change(spot, Rule::PropertyBecameRequired, sides),
            (true, false) => self.change(spot, Rule::PropertyBecameOptional, sides),
            _ => None,
        };
    }

    pub(super) fn properties(&mut self, view: &View<'a>) -> Option<Properties<'a>> {
        let mut all = BTreeMap::new();
        for layer in &view.layers {
            let Some((key, value)) = layer.map.get_key_value("properties") else { continue };
            let at = self.trail.name(layer.at, key);
            for (name, schema) in value.as_object()? {
                all.entry(name.as_str()).or_insert((at, schema));
            }
        }
        Some(all)
    }

    /// Compares what is said of properties without a schema of their own.
    pub(super) fn additional(&mut self, keyword: Keyword<'_, 'a>) {
        let (Some(a), Some(b)) = (Additional::read(keyword.old), Additional::read(keyword.new)) else {
            return self.malformed(keyword);
        };
        let spot = keyword.of.spot;
        let rule = match (a, b) {
            (Additional::None, Additional::None) => return,
            (_, Additional::None) => Rule::AdditionalForbidden,
            (Additional::None, _) => Rule::AdditionalAllowed,
            (Additional::Any, Additional::Some) => Rule::AdditionalRestricted,
            (Additional::Some, Additional::Any) => Rule::AdditionalUnrestricted,
            (Additional::Any, Additional::Any) | (Additional::Some, Additional::Some) => {
                if let (Some(a), Some(b)) = self.nodes(keyword) {
                    let spot = self.inside(spot, Label::Values);
                    self.later(a, b, spot);
                }
                return;
            }
        };
        let sides = self.sides(keyword);
        let spot = self.inside(spot, Label::Values);
        self.change(spot, rule, sides);
    }

    /// Compares keywords whose value is an object of schemas: `patternProperties`, `dependentSchemas`.
    pub(super) fn schemas_by_name(&mut self, keyword: Keyword<'_, 'a>, [added, removed]: [Rule; 2]) {
        let sides = self.sides(keyword);
        let (Some(a), Some(b)) = (entries(keyword.old), entries(keyword.new)) else {
            return self.malformed(keyword);
        };
        for name in a.keys().chain(b.keys().filter(|name| !a.contains_key(*name))) {
            let here =
                a.get(name).map(|value| Node { value, at: self.trail.name(sides.old.unwrap_or_default(), name) });
            let there =
                b.get(name).map(|value| Node { value, at: self.trail.name(sides.new.unwrap_or_default(), name) });
            let spot = self.inside(keyword.of.spot, Label::Property(name));
            match (here, there) {
                (Some(here), Some(there)) => self.later(here, there, spot),
                (None, _) => self.named(spot, added, Sides::of(None, there), name),
                (_, None) => self.named(spot, removed, Sides::of(here, None), name),
            }
        }
    }

    /// Compares `dependentRequired`, entry by entry.
    pub(super) fn dependent_required(&mut self, keyword: Keyword<'_, 'a>) {
        let pairs = |slot: Option<Slot<'a>>| -> Option<BTreeSet<(&'a str, &'a str)>> {
            let mut all = BTreeSet::new();
            for (name, others) in entries(slot)? {
                for other in others.as_array()? {
                    all.insert((name, other.as_str()?));
                }
            }
            Some(all)
        };
        let (Some(a), Some(b)) = (pairs(keyword.old), pairs(keyword.new)) else {
            return self.malformed(keyword);
        };
        let sides = self.sides(keyword);
        let sides = Sides::places(sides.old, sides.new);
        for (name, other) in a.symmetric_difference(&b) {
            let spot = self.inside(keyword.of.spot, Label::Property(name));
            let removed = a.contains(&(*name, *other));
            let rule = if removed { Rule::DependentRequiredRemoved } else { Rule::DependentRequiredAdded };
            if let Some(found) = self.change(spot, rule, sides) {
                found.name = Some((*name).to_owned());
                let side = if removed { &mut found.before } else { &mut found.after };
                *side = Some((*other).into());
            }
        }
    }

    /// Compares `prefixItems`, position by position.
    pub(super) fn prefix_items(&mut self, keyword: Keyword<'_, 'a>) {
        let list = |engine: &mut Self, node: Option<Node<'a>>| -> Vec<Node<'a>> {
            let Some(node) = node else { return Vec::new() };
            let items = node.value.as_array().map(Vec::as_slice).unwrap_or_default();
            items
                .iter()
                .enumerate()
                .map(|(index, value)| Node { value, at: engine.trail.index(node.at, index) })
                .collect()
        };
        let (old, new) = self.nodes(keyword);
        let (a, b) = (list(self, old), list(self, new));
        for index in 0..a.len().max(b.len()) {
            let spot = self.inside(keyword.of.spot, Label::Item(index));
            match (a.get(index), b.get(index)) {
                (Some(a), Some(b)) => self.later(*a, *b, spot),
                (a, None) => {
                    self.named(spot, Rule::PrefixItemRemoved, Sides::of(a.copied(), None), &index.to_string());
                }
                (None, b) => {
                    self.named(spot, Rule::PrefixItemAdded, Sides::of(None, b.copied()), &index.to_string());
                }
            }
        }
    }
}

/// What may stand beside the declared properties.
enum Additional {
    Any,
    None,
    Some,
}

impl Additional {
    fn read(slot: Option<Slot<'_>>) -> Option<Self> {
        match slot.map(|slot| slot.value) {
            None => Some(Self::Any),
            Some(Value::Bool(false)) => Some(Self::None),
            Some(value) if admits_everything(value) => Some(Self::Any),
            Some(Value::Object(_)) => Some(Self::Some),
            Some(_) => None,
        }
    }
}

/// The entries of an object; `None` when there is something else.
fn entries(slot: Option<Slot<'_>>) -> Option<BTreeMap<&str, &Value>> {
    match slot {
        None => Some(BTreeMap::new()),
        Some(slot) => Some(slot.value.as_object()?.iter().map(|(name, value)| (name.as_str(), value)).collect()),
    }
}

/// Whether a property never goes this way: one of answers only, in a request, or one of requests only, in an answer.
fn stays_out(schema: &Value, direction: Option<Direction>) -> bool {
    let key = match direction {
        Some(Direction::Request) => "readOnly",
        Some(Direction::Response) => "writeOnly",
        None => return false,
    };
    schema.get(key) == Some(&Value::Bool(true))
}

/// The names that a schema requires, be it in a part of an `allOf` that says nothing else; `None` when they are not names.
pub(super) fn required<'a>(view: &View<'a>) -> Option<BTreeSet<&'a str>> {
    let mut all = BTreeSet::new();
    for layer in &view.layers {
        let parts = layer.map.get("allOf").filter(|_| layer.skip != Some("allOf")).and_then(Value::as_array);
        let parts = parts.into_iter().flatten().filter(|part| only_requires(part));
        for value in layer.map.get("required").into_iter().chain(parts.filter_map(|part| part.get("required"))) {
            for name in value.as_array()? {
                all.insert(name.as_str()?);
            }
        }
    }
    Some(all)
}

/// Whether a part of an `allOf` says what is required, and nothing else.
pub(super) fn only_requires(part: &Value) -> bool {
    part.as_object().is_some_and(|map| {
        map.contains_key("required") && map.keys().all(|key| key == "required" || is_documentation(key))
    })
}
