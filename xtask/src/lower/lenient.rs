//! Answers are read leniently: every property may be missing, null or something else than it should be.
//!
//! A property of a schema that is answered becomes `Option<Lenient<T>>`, and so does each element of a list or map:
//! `Lenient` holds the value as `T` when it is one, or as it came. A vendor's new enum word, a number for a string or a
//! field that went missing then costs that field and not the whole answer, which may be a paid job's only trace.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Map, Value, json};

use super::schema::{
    Direction, carry, component_of, components_mut, direction_of, each_ref, is_any, operations_mut, referred, remove,
    required, roots_mut, rust_type, without,
};

/// Makes the answers lenient, and what is sent able to say "an empty list".
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let schemas = components_mut(&mut document)?;
    let circles = circles(schemas);
    for (name, schema) in schemas.iter_mut() {
        let circle = circles.get(name);
        match direction_of(schema) {
            Direction::Answer => Lenient { circle }.component(schema),
            Direction::Request => {
                tell_null_from_nothing(schema);
                demand_value_or_null(schema);
                keep_empty_lists(schema);
                box_what_leads_back(schema, circle);
            }
        }
    }
    let is_struct = |schema: &Value| schema.get("properties").is_some() || schema["additionalProperties"] == false;
    let has_builder: BTreeSet<String> =
        schemas.iter().filter(|(_, schema)| is_struct(schema)).map(|(name, _)| name.clone()).collect();
    for (_, _, operation) in operations_mut(&mut document) {
        for (_, direction, schema) in roots_mut(operation) {
            if direction == Direction::Answer {
                Lenient { circle: None }.elements(schema);
            }
        }
        // progenitor has no setter for an optional parameter that has a builder.
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten();
        for schema in parameters.filter_map(|parameter| parameter.get_mut("schema")) {
            if referred(schema).is_some_and(|name| has_builder.contains(&name)) {
                *schema = rust_type("std::boxed::Box", vec![schema.take()]);
            }
        }
    }
    Ok(document)
}

struct Lenient<'a> {
    /// The components that lead back to this one: a reference to one of them needs a box.
    circle: Option<&'a BTreeSet<String>>,
}

impl Lenient<'_> {
    fn component(&self, schema: &mut Value) {
        let demanded = required(schema);
        remove(schema, &["required"]);
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            for (_, property) in properties.iter_mut() {
                self.property(property);
            }
            // What is promised and not described is anything.
            for name in demanded {
                properties.entry(name).or_insert_with(|| json!({}));
            }
        }
        self.elements(schema);
    }

    fn property(&self, schema: &mut Value) {
        self.elements(schema);
        described(schema, |schema| self.wrap(schema));
    }

    /// The elements of a list and the values of a map are lenient too.
    fn elements(&self, schema: &mut Value) {
        for key in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get_mut(key).filter(|inner| inner.is_object()) {
                self.elements(inner);
                self.wrap(inner);
            }
        }
    }

    fn wrap(&self, schema: &mut Value) {
        if is_any(schema) || schema.get("x-rust-type").is_some() {
            return;
        }
        let mut inner = plain(schema.take());
        if leads_back(&inner, self.circle) {
            inner = rust_type("std::boxed::Box", vec![inner]);
        }
        *schema = rust_type("hailuo_runtime::Lenient", vec![inner]);
    }
}

/// Puts something around a schema, which keeps its description.
fn described(schema: &mut Value, wrap: impl FnOnce(&mut Value)) {
    let mut said = json!({});
    carry(schema, &mut said, &["description"]);
    wrap(schema);
    carry(&said, schema, &["description"]);
}

/// What goes inside: what it is for, and that it may be null, is said around it.
fn plain(schema: Value) -> Value {
    without(schema, &["description", "nullable"])
}

/// Whether a schema refers to a component that leads back to where it stands: it needs a box.
fn leads_back(schema: &Value, circle: Option<&BTreeSet<String>>) -> bool {
    referred(schema).is_some_and(|name| circle.is_some_and(|circle| circle.contains(&name)))
}

/// typify boxes an optional part from outside, so that one that is not set is sent as null.
fn box_what_leads_back(schema: &mut Value, circle: Option<&BTreeSet<String>>) {
    let required = required(schema);
    for (name, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        if leads_back(property, circle) && !required.contains(name) {
            described(property, |part| *part = rust_type("std::boxed::Box", vec![plain(part.take())]));
        }
    }
}

/// For every component the components that can be reached from it and lead back to it.
fn circles(schemas: &Map<String, Value>) -> BTreeMap<String, BTreeSet<String>> {
    let direct: BTreeMap<&String, BTreeSet<String>> = schemas
        .iter()
        .map(|(name, schema)| {
            let mut targets = BTreeSet::new();
            each_ref(schema, &mut |target| targets.extend(component_of(target)));
            (name, targets)
        })
        .collect();
    let components = strongly_connected(&direct);
    let mut circles = BTreeMap::new();
    for component in components {
        let is_circle = component.len() > 1
            || component.iter().any(|name| direct.get(name).is_some_and(|targets| targets.contains(name)));
        if is_circle {
            for name in &component {
                circles.insert(name.clone(), component.clone());
            }
        }
    }
    circles
}

/// The strongly connected components of a graph, without recursion (Kosaraju).
fn strongly_connected(direct: &BTreeMap<&String, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for &start in direct.keys() {
        let mut open = vec![(start.clone(), false)];
        while let Some((name, is_done)) = open.pop() {
            if is_done {
                order.push(name);
            } else if seen.insert(name.clone()) {
                open.push((name.clone(), true));
                open.extend(direct.get(&name).into_iter().flatten().map(|next| (next.clone(), false)));
            }
        }
    }
    let mut back: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (&from, targets) in direct {
        for to in targets {
            back.entry(to).or_default().push(from);
        }
    }
    let mut assigned = BTreeSet::new();
    let mut found = Vec::new();
    for name in order.iter().rev() {
        let mut component = BTreeSet::new();
        let mut open = vec![name.as_str()];
        while let Some(name) = open.pop() {
            if assigned.insert(name.to_owned()) {
                component.insert(name.to_owned());
                open.extend(back.get(name).into_iter().flatten());
            }
        }
        if !component.is_empty() {
            found.push(component);
        }
    }
    found
}

/// The properties that may be left out and may be null: `x-nulls`, for who mends the code.
fn tell_null_from_nothing(schema: &mut Value) {
    let required = required(schema);
    let names: Vec<&String> = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, property)| !required.contains(*name) && (property["nullable"] == true || is_any(property)))
        .map(|(name, _)| name)
        .collect();
    if !names.is_empty() {
        schema["x-nulls"] = json!(names);
    }
}

/// typify takes a type of the runtime as it is, whether null may stand in its place or not.
fn demand_value_or_null(schema: &mut Value) {
    let required = required(schema);
    for (name, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        if required.contains(name) && property["nullable"] == true && property.get("x-rust-type").is_some() {
            described(property, |value| *value = rust_type("std::option::Option", vec![value.take()]));
        }
    }
}

/// typify leaves an optional list out when it is empty; nullable, it is left out only when it is not set.
fn keep_empty_lists(schema: &mut Value) {
    let required = required(schema);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, property) in properties.iter_mut() {
            let is_list =
                property["type"] == "array" || (property["type"] == "object" && property.get("properties").is_none());
            if is_list && !required.contains(name) {
                property["nullable"] = json!(true);
            }
        }
    }
}
