//! The union of an answer: one schema that every value of every branch fits into without loss.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::schema::{carry, is_any, referred, remove, without};
use super::unions::{OF_PLACE, base, branches, is_union, same_type};

/// The most schemas that are united in one document. Branches that share branches can multiply without end.
const MOST: usize = 200_000;

/// The most unions that are open at once: properties of properties.
const DEEPEST: usize = 64;

/// Unites the branches of unions.
pub struct Unite<'a> {
    schemas: &'a Map<String, Value>,
    /// The components that are being united, by level.
    open: Vec<BTreeSet<String>>,
    /// How many more schemas may be united.
    left: usize,
}

impl<'a> Unite<'a> {
    /// Branches are looked up in `schemas`.
    pub fn new(schemas: &'a Map<String, Value>) -> Self {
        Self { schemas, open: Vec::new(), left: MOST }
    }

    /// What has to be told about it.
    pub fn said(&self) -> Option<String> {
        (self.left == 0).then(|| {
            format!("what is united of more than {MOST} branches in answers is left open: it is handed over as JSON")
        })
    }

    /// The schema in the place of a union.
    pub fn union(&mut self, schema: &Value) -> Value {
        let mut united = self.unite([schema]);
        let tag = schema.pointer("/discriminator/propertyName").and_then(Value::as_str);
        if let (Some(tag), Some(properties)) = (tag, united.get_mut("properties").and_then(Value::as_object_mut)) {
            // A tag that each branch states with its own word is any of the words, and any word to come.
            properties.insert(tag.to_owned(), json!({ "type": "string" }));
        }
        remove(&mut united, OF_PLACE);
        carry(schema, &mut united, OF_PLACE);
        united
    }

    /// One schema for all that are given.
    fn unite<'b>(&mut self, all: impl IntoIterator<Item = &'b Value>) -> Value {
        if self.left == 0 || self.open.len() >= DEEPEST {
            return json!({});
        }
        let Some((entered, leaves)) = self.leaves(all) else { return json!({}) };
        self.open.push(entered);
        let united = self.unite_leaves(&leaves);
        self.open.pop();
        united
    }

    /// The schemas that the given ones come down to, unions and references taken apart, with the components that were
    /// entered; nothing, if one of them is open already, or if it is too much.
    fn leaves<'b>(&mut self, all: impl IntoIterator<Item = &'b Value>) -> Option<(BTreeSet<String>, Vec<Value>)> {
        let mut entered = BTreeSet::new();
        let mut leaves = Vec::new();
        let mut open: Vec<Value> = all.into_iter().cloned().collect();
        open.reverse();
        while let Some(schema) = open.pop() {
            self.left = self.left.saturating_sub(1);
            if self.left == 0 {
                return None;
            }
            let schema = match referred(&schema) {
                Some(name) if self.open.iter().any(|level| level.contains(&name)) => return None,
                Some(name) => {
                    if !entered.insert(name.clone()) {
                        continue;
                    }
                    self.schemas.get(&name).cloned().unwrap_or_else(|| json!({}))
                }
                None => schema,
            };
            if is_union(&schema) {
                open.extend(branches(&schema).cloned().collect::<Vec<_>>().into_iter().rev());
                let base = base(&schema);
                if base.get("properties").is_some() {
                    leaves.push(base);
                }
            } else {
                leaves.push(schema);
            }
        }
        Some((entered, leaves))
    }

    fn unite_leaves(&mut self, all: &[Value]) -> Value {
        if let [lone] = all {
            return lone.clone();
        }
        let kinds: Option<BTreeSet<&str>> = all.iter().map(|leaf| leaf.get("type").and_then(Value::as_str)).collect();
        let kinds: Vec<&str> = kinds.into_iter().flatten().collect();
        match kinds[..] {
            ["object"] => self.unite_objects(all),
            ["array"] => {
                let items: Vec<&Value> = all.iter().filter_map(|leaf| leaf.get("items")).collect();
                json!({ "type": "array", "items": self.unite_places(&items) })
            }
            ["string"] => same_type("string", &all.iter().collect::<Vec<_>>()),
            ["integer"] => json!({ "type": "integer" }),
            ["number"] | ["integer", "number"] => json!({ "type": "number" }),
            ["boolean"] => json!({ "type": "boolean" }),
            _ => json!({}),
        }
    }

    /// One schema for a place that is described several times.
    fn unite_places(&mut self, all: &[&Value]) -> Value {
        let mut shapes = BTreeSet::new();
        let distinct: Vec<&Value> = all.iter().copied().filter(|place| shapes.insert(shape(place))).collect();
        match distinct[..] {
            [lone] => lone.clone(),
            _ if distinct.iter().any(|place| is_any(place)) => json!({}),
            _ => self.unite(distinct),
        }
    }

    fn unite_objects(&mut self, all: &[Value]) -> Value {
        let mut places: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        let mut is_open = false;
        for leaf in all {
            let properties = leaf.get("properties").and_then(Value::as_object);
            is_open |=
                properties.is_none_or(Map::is_empty) || leaf.get("additionalProperties").is_some_and(Value::is_object);
            for (name, property) in properties.into_iter().flatten() {
                places.entry(name).or_default().push(property);
            }
        }
        let mut properties = Map::new();
        for (name, places) in places {
            let description = places.iter().find_map(|place| place.get("description")).cloned();
            let mut property = self.unite_places(&places);
            if let Some(map) = property.as_object_mut() {
                map.remove("description");
                map.extend(description.map(|text| ("description".to_owned(), text)));
            }
            properties.insert(name.to_owned(), property);
        }
        let mut united = json!({ "type": "object", "properties": properties });
        if is_open {
            united["additionalProperties"] = json!({});
        }
        united
    }
}

/// A schema without what is said of its place, as text to compare.
fn shape(schema: &Value) -> String {
    without(schema.clone(), &["description", "nullable"]).to_string()
}
