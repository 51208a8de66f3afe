//! `allOf` becomes one schema: the properties of all its parts.
//!
//! typify merges `allOf` too, but panics on parts it did not expect and takes over types by name. Here the parts are
//! laid over one another: properties and `required` are united, enums intersected, and where two parts contradict each
//! other the value is left open rather than wrong. A part that leads back to the schema itself adds nothing.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Map, Value, json};

use super::hoist::name_where;
use super::schema::{carry, components, components_mut, is_any, note, ref_to, referred, rewrite_all, without};

/// The most JSON values that are put together in one document. Parts that share parts can multiply without end.
const MOST: usize = 1_000_000;

/// The most components that are open at once: parts of parts of parts, or properties laid over properties.
const DEEPEST: usize = 64;

/// Lays the parts of every `allOf` over one another.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    rewrite_all(&mut document, &mut lone_reference);
    // Parts are copied into wholes; what stands in them by reference is not copied without end.
    name_where(&mut document, |schema| schema.get("allOf").is_some())?;
    let schemas = components(&document).cloned().unwrap_or_default();
    let mut combine = Combine::new(&schemas);
    for name in parts_first(&schemas) {
        let merged = combine.whole(&ref_to(&name));
        components_mut(&mut document)?.insert(name, merged);
    }
    let said = combine.said();
    note(&mut document, said);
    Ok(document)
}

/// The components that are put together, in an order in which the parts of each come before it where that is possible.
fn parts_first(schemas: &Map<String, Value>) -> Vec<String> {
    let parts = |name: &str| {
        let parts = schemas.get(name).and_then(|schema| schema["allOf"].as_array());
        parts.into_iter().flatten().filter_map(referred)
    };
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for (start, _) in schemas.iter().filter(|(_, schema)| schema.get("allOf").is_some()) {
        let mut open = vec![(start.clone(), false)];
        while let Some((name, is_done)) = open.pop() {
            if is_done {
                order.push(name);
            } else if schemas.get(&name).is_some_and(|schema| schema.get("allOf").is_some())
                && seen.insert(name.clone())
            {
                let parts: Vec<(String, bool)> = parts(&name).map(|part| (part, false)).collect();
                open.push((name, true));
                open.extend(parts);
            }
        }
    }
    order
}

/// `allOf` with a reference and nothing else is the reference.
fn lone_reference(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    let Some(Value::Array(parts)) = map.get("allOf") else { return };
    let is_place = map.keys().all(|key| matches!(key.as_str(), "description" | "nullable" | "allOf" | "x-answer"));
    let part = match &parts[..] {
        [part] if is_place && referred(part).is_some() => part.clone(),
        _ => return,
    };
    map.remove("allOf");
    for (key, value) in part.as_object().cloned().into_iter().flatten() {
        map.entry(key).or_insert(value);
    }
}

/// Puts schemas together.
pub struct Combine<'a> {
    schemas: &'a Map<String, Value>,
    /// Components without `allOf`, made so already.
    done: BTreeMap<String, Value>,
    /// The components that are being put together.
    open: BTreeSet<String>,
    /// The pairs of properties that are being laid over one another.
    pairs: BTreeSet<(Option<String>, Option<String>)>,
    /// Whether a component that is open was met again.
    is_circle: bool,
    /// How many more values may be put together.
    left: usize,
}

impl<'a> Combine<'a> {
    /// Parts are looked up in `schemas`.
    pub fn new(schemas: &'a Map<String, Value>) -> Self {
        Self {
            schemas,
            done: BTreeMap::new(),
            open: BTreeSet::new(),
            pairs: BTreeSet::new(),
            is_circle: false,
            left: MOST,
        }
    }

    /// What has to be told about it.
    pub fn said(&self) -> Option<String> {
        (self.left == 0).then(|| {
            format!("what is put together of more than {MOST} parts by `allOf` is left open: any JSON value fits")
        })
    }

    /// A schema without `allOf` that allows what `schema` allows.
    fn merged(&mut self, schema: &Value) -> Value {
        let Some(map) = schema.as_object() else { return schema.clone() };
        let mut one = map.clone();
        let Some(Value::Array(parts)) = one.remove("allOf") else { return schema.clone() };
        let is_nullable =
            one.remove("nullable").is_some() || parts.iter().all(|part| part.get("nullable") == Some(&json!(true)));
        let mut one = Value::Object(one);
        for part in &parts {
            let part = self.whole(part);
            one = self.overlay(one, without_place(part));
        }
        if let (true, Some(map)) = (is_nullable, one.as_object_mut()) {
            map.insert("nullable".to_owned(), json!(true));
        }
        one
    }

    /// The schema itself, or the component it refers to, without `allOf`.
    pub fn whole(&mut self, schema: &Value) -> Value {
        let Some(name) = referred(schema) else { return self.merged(schema) };
        if let Some(done) = self.done.get(&name) {
            return done.clone();
        }
        if self.open.len() >= DEEPEST || !self.open.insert(name.clone()) {
            self.is_circle = true;
            return json!({});
        }
        let is_circle = std::mem::take(&mut self.is_circle);
        let merged = self.schemas.get(&name).map(|target| self.merged(target)).unwrap_or_default();
        self.open.remove(&name);
        // What was put together inside a circle is right for this place only.
        if !self.is_circle {
            self.done.insert(name, merged.clone());
        }
        self.is_circle = !self.open.is_empty() && (self.is_circle || is_circle);
        merged
    }

    /// Both schemas at once.
    pub fn overlay(&mut self, a: Value, b: Value) -> Value {
        if a.get("x-rust-type").is_some() || b.get("x-rust-type").is_some() {
            return with_rust_type(a, b);
        }
        let (Value::Object(mut a), Value::Object(b)) = (a, b) else { return json!({}) };
        self.left = self.left.saturating_sub(b.values().map(size).sum::<usize>() + 1);
        if self.left == 0 {
            return json!({});
        }
        for (key, value) in b {
            let Some(there) = a.remove(&key) else {
                a.insert(key, value);
                continue;
            };
            if there == value {
                a.insert(key, there);
                continue;
            }
            let both = match (key.as_str(), there, value) {
                ("properties", Value::Object(mut mine), Value::Object(theirs)) => {
                    for (name, property) in theirs {
                        let property = match mine.remove(&name) {
                            Some(mine) => self.overlay_property(mine, property),
                            None => property,
                        };
                        mine.insert(name, property);
                    }
                    Some(Value::Object(mine))
                }
                ("required", Value::Array(mine), Value::Array(theirs)) => {
                    let names: BTreeSet<String> =
                        mine.iter().chain(&theirs).filter_map(Value::as_str).map(str::to_owned).collect();
                    Some(json!(names))
                }
                ("enum", Value::Array(mine), Value::Array(theirs)) => {
                    let theirs: BTreeSet<String> = theirs.iter().map(Value::to_string).collect();
                    let both: Vec<Value> = mine.into_iter().filter(|word| theirs.contains(&word.to_string())).collect();
                    (!both.is_empty()).then_some(Value::Array(both))
                }
                ("type", mine, theirs) => match (mine.as_str(), theirs.as_str()) {
                    (Some("integer"), Some("number")) | (Some("number"), Some("integer")) => Some(json!("integer")),
                    // Nothing is both; the description contradicts itself.
                    _ => return json!({}),
                },
                ("oneOf" | "anyOf", Value::Array(mine), Value::Array(theirs)) => self.product(&mine, &theirs),
                ("items", mine, theirs) => Some(self.overlay_property(mine, theirs)),
                ("additionalProperties", mine, theirs) => match (mine.is_object(), theirs.is_object()) {
                    (true, true) => Some(self.overlay_property(mine, theirs)),
                    (true, false) => Some(mine),
                    _ => Some(theirs),
                },
                ("nullable", ..) => None,
                (_, mine, _) => Some(mine),
            };
            if let Some(both) = both {
                a.insert(key, both);
            }
        }
        Value::Object(a)
    }

    /// Each branch of one union with each of the other; nothing, if that is too much.
    fn product(&mut self, mine: &[Value], theirs: &[Value]) -> Option<Value> {
        if mine.len().saturating_mul(theirs.len()) > 64 {
            return None;
        }
        let mut pairs = Vec::new();
        for x in mine {
            for y in theirs {
                pairs.push(self.overlay_property(x.clone(), y.clone()));
            }
        }
        Some(Value::Array(pairs))
    }

    /// Two parts that describe the same value, one or both by reference.
    fn overlay_property(&mut self, mut a: Value, mut b: Value) -> Value {
        if referred(&a).is_some() && referred(&a) == referred(&b) {
            return a;
        }
        // A part that says nothing of the value leaves the other's name to it; what it says of the place stays.
        if is_any(&a) {
            carry(&a, &mut b, &["description"]);
            return b;
        }
        if is_any(&b) {
            carry(&b, &mut a, &["description"]);
            return a;
        }
        if referred(&a).is_none() && referred(&b).is_none() {
            return self.overlay(a, b);
        }
        let pair = (referred(&a), referred(&b));
        if self.pairs.len() >= DEEPEST || !self.pairs.insert(pair.clone()) {
            return if pair.0.is_some() { a } else { b };
        }
        let is_nullable = a.get("nullable").is_some() && b.get("nullable").is_some();
        let description = a.get("description").or(b.get("description")).cloned();
        let (a, b) = (self.whole(&a), self.whole(&b));
        let mut both = self.overlay(without_place(a), without_place(b));
        self.pairs.remove(&pair);
        if let Some(map) = both.as_object_mut() {
            map.extend(description.map(|text| ("description".to_owned(), text)));
            map.extend(is_nullable.then(|| ("nullable".to_owned(), json!(true))));
        }
        both
    }
}

/// A type of the runtime and another schema at once: a picture is a text, and nothing else.
fn with_rust_type(a: Value, b: Value) -> Value {
    let (typed, other) = if a.get("x-rust-type").is_some() { (a, b) } else { (b, a) };
    let is_text = other["type"] == "string" || other.get("x-rust-type") == typed.get("x-rust-type");
    if is_any(&other) || is_text { typed } else { json!({}) }
}

/// How many values a value is made of.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// A part without what belongs to the component it comes from.
fn without_place(schema: Value) -> Value {
    without(schema, &["x-answer", "nullable"])
}
