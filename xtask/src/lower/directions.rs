//! A schema is sent or answered, never both, and every schema is one of the two.
//!
//! What is sent is strict, what is answered is read leniently; a component used both ways is split, and its answered
//! copy gets `Answer` at the end of its name. What only the vendor sets (`readOnly`) is not sent, what only the caller
//! sets (`writeOnly`) is not answered, and a key that goes into the body is the runtime's to send. Components that
//! nothing reaches are dropped.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Value, json};

use super::schema::{
    Direction, component_of, components, components_mut, each_ref, free_name, operations, operations_mut, redirect,
    ref_to, referred, rename_kept, rewrite, roots, roots_mut,
};

/// Splits and prunes the components.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let (requests, answers) = reach(&document);
    let read_only = Marked::of(&document, "readOnly");
    let write_only = Marked::of(&document, "writeOnly");
    let schemas = components_mut(&mut document)?;
    let copy = |name: &String| (name.clone(), free_name(schemas, format!("{name}Answer")));
    let copies: BTreeMap<String, String> = requests.intersection(&answers).map(copy).collect();
    let mut answered = BTreeMap::new();
    for name in &answers {
        let Some(schema) = schemas.get(name).cloned() else { continue };
        answered.insert(copies.get(name).unwrap_or(name).clone(), schema);
    }
    schemas.retain(|name, _| requests.contains(name));
    for (_, schema) in schemas.iter_mut() {
        read_only.drop_from(schema);
    }
    for (name, mut schema) in answered {
        write_only.drop_from(&mut schema);
        rewrite(&mut schema, &mut |schema| redirect(schema, &copies));
        if let Some(map) = schema.as_object_mut() {
            map.insert("x-answer".to_owned(), json!(true));
        }
        schemas.insert(name, schema);
    }
    for (_, _, operation) in operations_mut(&mut document) {
        for (_, direction, schema) in roots_mut(operation) {
            match direction {
                Direction::Request => read_only.drop_from(schema),
                Direction::Answer => {
                    write_only.drop_from(schema);
                    rewrite(schema, &mut |schema| redirect(schema, &copies));
                }
            }
        }
    }
    rename_kept(&mut document, &copies);
    take_out_key(&mut document)?;
    Ok(document)
}

/// The components reached from requests, and those reached from answers; what is in `x-keep` counts as answered.
pub fn reach(document: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut requests = BTreeSet::new();
    let mut answers = BTreeSet::new();
    for (_, _, operation) in operations(document) {
        for (direction, schema) in roots(operation) {
            let set = match direction {
                Direction::Request => &mut requests,
                Direction::Answer => &mut answers,
            };
            follow(document, schema, set);
        }
    }
    for name in document["x-keep"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        follow(document, &ref_to(name), &mut answers);
    }
    (requests, answers)
}

/// The components that a schema leads to.
pub fn follow(document: &Value, schema: &Value, reached: &mut BTreeSet<String>) {
    let mut open = Vec::new();
    each_ref(schema, &mut |target| open.extend(component_of(target)));
    while let Some(name) = open.pop() {
        let Some(schema) = components(document).and_then(|schemas| schemas.get(&name)) else { continue };
        if reached.insert(name) {
            each_ref(schema, &mut |target| open.extend(component_of(target)));
        }
    }
}

/// The properties that have a mark.
struct Marked {
    mark: &'static str,
    /// By component: its own, and those of the parts that it is put together of.
    known: BTreeMap<String, BTreeSet<String>>,
}

impl Marked {
    fn of(document: &Value, mark: &'static str) -> Self {
        let mut marked = Self { mark, known: BTreeMap::new() };
        let mut has_more = true;
        while has_more {
            has_more = false;
            for (name, schema) in components(document).into_iter().flatten() {
                let names = marked.names(schema);
                if marked.known.get(name).map_or(0, BTreeSet::len) != names.len() {
                    marked.known.insert(name.clone(), names);
                    has_more = true;
                }
            }
        }
        marked
    }

    fn names(&self, schema: &Value) -> BTreeSet<String> {
        if let Some(name) = referred(schema) {
            return self.known.get(&name).cloned().unwrap_or_default();
        }
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        self.own(schema).chain(parts.flat_map(|part| self.names(part))).collect()
    }

    fn own(&self, schema: &Value) -> impl Iterator<Item = String> {
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        properties
            .filter(|(_, property)| property.get(self.mark) == Some(&Value::Bool(true)))
            .map(|(name, _)| name.clone())
    }

    fn drop_from(&self, schema: &mut Value) {
        // What one part marks, another must not demand.
        rewrite(schema, &mut |schema| {
            if schema.get("allOf").is_some() {
                demand_no_more(schema, &self.names(schema));
            }
        });
        rewrite(schema, &mut |schema| {
            let dropped: Vec<String> = self.own(schema).collect();
            for name in dropped {
                remove_property(schema, &name);
            }
        });
    }
}

fn demand_no_more(schema: &mut Value, names: &BTreeSet<String>) {
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|word| !word.as_str().is_some_and(|word| names.contains(word)));
    }
    for part in schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
        demand_no_more(part, names);
    }
}

fn remove_property(schema: &mut Value, name: &str) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.remove(name);
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|word| word != name);
    }
}

/// Takes a key that goes into the body out of every body; a body that held nothing else is the runtime's to make.
fn take_out_key(document: &mut Value) -> Result<(), Problem> {
    let auth = document.pointer("/components/securitySchemes/key/x-auth");
    let Some(key) = auth.filter(|auth| auth["in"] == "body").and_then(|auth| auth["name"].as_str()).map(str::to_owned)
    else {
        return Ok(());
    };
    let mut bodies = BTreeSet::new();
    for (_, _, operation) in operations_mut(document) {
        let Some(schema) = operation.pointer_mut("/requestBody/content/application~1json/schema") else { continue };
        match referred(schema) {
            Some(name) => {
                bodies.insert(name);
            }
            None => strip(schema, &key),
        }
    }
    let schemas = components_mut(document)?;
    // A body may be put together of components by `allOf`.
    let mut open: Vec<String> = bodies.iter().cloned().collect();
    while let Some(name) = open.pop() {
        let Some(schema) = schemas.get_mut(&name) else { continue };
        strip(schema, &key);
        for part in ["allOf", "anyOf", "oneOf"] {
            for branch in schema.get(part).and_then(Value::as_array).into_iter().flatten() {
                open.extend(referred(branch).filter(|name| bodies.insert(name.clone())));
            }
        }
    }
    let emptied: BTreeSet<String> =
        bodies.into_iter().filter(|name| schemas.get(name).is_some_and(is_empty_object)).collect();
    for (_, _, operation) in operations_mut(document) {
        let is_empty = operation.pointer("/requestBody/content/application~1json/schema").is_some_and(|schema| {
            match referred(schema) {
                Some(name) => emptied.contains(&name),
                None => is_empty_object(schema),
            }
        });
        if let (true, Some(operation)) = (is_empty, operation.as_object_mut()) {
            operation.remove("requestBody");
        }
    }
    Ok(())
}

fn strip(schema: &mut Value, key: &str) {
    remove_property(schema, key);
    for part in ["allOf", "anyOf", "oneOf"] {
        for branch in schema.get_mut(part).and_then(Value::as_array_mut).into_iter().flatten() {
            remove_property(branch, key);
        }
    }
}

fn is_empty_object(schema: &Value) -> bool {
    let has = |key: &str| schema.get(key).is_some();
    schema.get("properties").and_then(Value::as_object).is_some_and(serde_json::Map::is_empty)
        && !(has("allOf") || has("anyOf") || has("oneOf"))
        && !schema.get("additionalProperties").is_some_and(Value::is_object)
}
