//! Finds what need not be compared: schemas that are equal on both sides, and lead to nothing that is not.
//!
//! Most of a contract stays as it was when a vendor changes, so that this is where most of the time is saved.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::engine::Engine;
use super::heirs::Heirs;
use super::operation::Op;
use super::value::same;

const SCHEMAS: &str = "/components/schemas";

/// The references to schemas that are equal on both sides, with everything that they lead to.
#[derive(Debug, Default)]
pub(super) struct Unchanged<'a> {
    references: HashSet<&'a str>,
}

impl<'a> Unchanged<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value, heirs: [&Heirs<'a>; 2]) -> Self {
        let schemas = |root: &'a Value| root.pointer(SCHEMAS).and_then(Value::as_object);
        let (Some(left), Some(right)) = (schemas(old), schemas(new)) else { return Self::default() };
        let mut users: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        let mut equal: HashMap<&'a str, &'a str> = HashMap::new();
        for (name, schema) in left {
            // A name that is written otherwise in a pointer is compared every time.
            let plain = !name.contains(['~', '/', '%']);
            let is_base = heirs.iter().any(|heirs| heirs.has(name));
            if plain && !is_base && right.get(name).is_some_and(|other| same(schema, other)) {
                for reference in references(schema) {
                    users.entry(component(reference).unwrap_or_default()).or_default().push(name);
                }
                equal.insert(name, name);
            }
        }
        let mut changed: Vec<&'a str> = users.keys().filter(|name| !equal.contains_key(*name)).copied().collect();
        while let Some(name) = changed.pop() {
            for user in users.remove(name).into_iter().flatten() {
                if equal.remove(user).is_some() {
                    changed.push(user);
                }
            }
        }
        Self { references: equal.into_values().collect() }
    }

    /// Whether the schema that a reference leads to need not be compared with its namesake.
    pub(super) fn covers(&self, reference: &str) -> bool {
        component(reference).is_some_and(|name| self.references.contains(name))
    }
}

impl<'a> Engine<'a> {
    /// Whether two operations are equal, with everything that they lead to.
    pub(super) fn is_unchanged(&self, a: Op<'a>, b: Op<'a>) -> bool {
        a.path == b.path
            && a.method == b.method
            && same(a.node.value, b.node.value)
            && ["parameters", "servers"].into_iter().all(|key| {
                match (a.around.value.get(key), b.around.value.get(key)) {
                    (Some(a), Some(b)) => {
                        same(a, b) && references(a).into_iter().all(|name| self.unchanged.covers(name))
                    }
                    (a, b) => a.is_none() && b.is_none(),
                }
            })
            && references(a.node.value).into_iter().all(|name| self.unchanged.covers(name))
    }
}

impl Engine<'_> {
    /// Whether two schemas without schemas inside are equal, and refer to nothing that is not.
    ///
    /// Deeper ones are not looked at here: they would be looked at again on every level.
    pub(super) fn is_unchanged_leaf(&self, a: &Value, b: &Value) -> bool {
        let flat = |value: &Value| match value {
            Value::Object(_) => false,
            Value::Array(items) => !items.iter().any(|item| item.is_object() || item.is_array()),
            _ => true,
        };
        let (Value::Object(a), Value::Object(b)) = (a, b) else { return false };
        a.len() == b.len()
            && a.iter().all(|(key, value)| {
                flat(value)
                    && b.get(key).is_some_and(|other| flat(other) && same(value, other))
                    && (key != "$ref" || value.as_str().is_some_and(|name| self.unchanged.covers(name)))
            })
    }
}

/// The component that a reference names as a whole.
fn component(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/components/schemas/").filter(|name| !name.contains(['/', '~', '%']))
}

/// Every reference in a value.
fn references(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) => rest.extend(items),
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                rest.extend(map.values());
            }
            _ => {}
        }
    }
    found
}
