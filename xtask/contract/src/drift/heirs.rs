//! Schemas that may stand in the place of another without being named there.
//!
//! In OpenAPI a schema with a discriminator and no union of its own is a base: whatever takes it over by `allOf` may
//! come in its place. Such heirs are the alternatives of a union that is written nowhere.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::engine::{Engine, Sides, Spot, resolve, short_name};
use super::place::{At, Label, Node};
use super::rule::Rule;
use crate::schema;

/// The heirs of each base, by the names that references use: their pointers, and what they are.
#[derive(Debug, Default)]
pub(super) struct Heirs<'a> {
    of: HashMap<&'a str, BTreeMap<&'a str, &'a Value>>,
    names: HashSet<&'a str>,
    bases: HashSet<&'a str>,
}

impl<'a> Heirs<'a> {
    /// Finds all heirs of a document.
    pub(super) fn new(root: &'a Value) -> Self {
        let components = schema::components(root);
        let mut of: HashMap<&'a str, BTreeMap<&'a str, &'a Value>> = HashMap::new();
        for (name, schema) in components.into_iter().flatten() {
            for base in schema::bases(schema) {
                if resolve(root, base).is_some_and(schema::has_heirs) {
                    of.entry(base).or_default().insert(name, schema);
                }
            }
        }
        let names = of.values().flat_map(BTreeMap::keys).copied().collect();
        let bases = of.keys().map(|base| short_name(base)).collect();
        Self { of, names, bases }
    }

    /// Whether a component, by its plain name, has heirs.
    pub(super) fn has(&self, name: &str) -> bool {
        self.bases.contains(name)
    }

    fn get(&self, base: &str) -> BTreeMap<&'a str, &'a Value> {
        self.of.get(base).cloned().unwrap_or_default()
    }
}

impl<'a> Engine<'a> {
    /// Compares the heirs of two bases that were just found to belong together.
    pub(super) fn compare_heirs(&mut self, old: (&'a str, At), new: (&'a str, At), spot: Spot) {
        let (left, right) = (self.old_heirs.get(old.0), self.new_heirs.get(new.0));
        for name in left.keys().chain(right.keys().filter(|name| !left.contains_key(*name))) {
            let node = |engine: &mut Self, value: Option<&&'a Value>| {
                let value = *value?;
                let components = engine.trail.start("/components/schemas");
                Some(Node { value, at: engine.trail.name(components, name) })
            };
            let (x, y) = (node(self, left.get(name)), node(self, right.get(name)));
            match (x, y) {
                (Some(x), Some(y)) => {
                    let spot = self.inside(spot, Label::Alternative(Some(name)));
                    self.share((name, Some(x)), (name, Some(y)), spot, Sides::both(x, y));
                }
                (None, Some(y)) => {
                    self.change(spot, Rule::UnionMemberAdded, Sides::come(old.1, y));
                }
                (Some(x), None) => {
                    self.change(spot, Rule::UnionMemberRemoved, Sides::gone(x, new.1));
                }
                (None, None) => {}
            }
        }
    }

    /// Whether a schema is an heir, and so reached through its base.
    pub(super) fn is_heir(&self, reference: &str) -> bool {
        let name = short_name(reference);
        self.old_heirs.names.contains(name) || self.new_heirs.names.contains(name)
    }
}
