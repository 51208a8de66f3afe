//! Walking a document's schemas: what all passes share.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
pub use contract::pointer::escape;
pub use contract::schema::component_of_ref as component_of;
use contract::schema::{Holds, holds};
pub use contract::schema::{components, operations, operations_mut, redirect};
use serde_json::{Map, Value, json};

use super::select::as_sent;

/// Whether a schema is part of what is sent or of what is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Parameters and request bodies.
    Request,
    /// Answers, errors included.
    Answer,
}

/// Adds lines to the document's notes: what is not in the client, and why.
pub fn note(document: &mut Value, texts: impl IntoIterator<Item = String>) {
    let mut known: BTreeSet<String> = notes(document).into_iter().collect();
    let texts = texts.into_iter().map(|text| as_sent(&text));
    let fresh: Vec<Value> = texts.filter(|text| known.insert(text.clone())).map(Value::String).collect();
    if fresh.is_empty() {
        return;
    }
    if let Some(map) = document.as_object_mut() {
        let notes = map.entry("x-notes").or_insert_with(|| json!([]));
        if let Some(notes) = notes.as_array_mut() {
            notes.extend(fresh);
        }
    }
}

/// The lines that were noted.
pub fn notes(document: &Value) -> Vec<String> {
    document
        .get("x-notes")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|n| n.as_str().map(str::to_owned))
        .collect()
}

/// The component schemas, made if there are none.
///
/// # Errors
/// `components` or `components/schemas` is something else than an object.
pub fn components_mut(document: &mut Value) -> Result<&mut Map<String, Value>, Problem> {
    contract::schema::components_mut(document).ok_or_else(|| {
        Problem::new("the component schemas are not an object")
            .at("/components/schemas")
            .fix("correct the document, with a fixup if it is published")
    })
}

/// The schemas of an operation: parameters and bodies, with a hint for a name and their direction.
pub fn roots_mut(operation: &mut Value) -> Vec<(String, Direction, &mut Value)> {
    let mut roots = Vec::new();
    for (key, part) in operation.as_object_mut().into_iter().flatten() {
        match key.as_str() {
            "parameters" => {
                for parameter in part.as_array_mut().into_iter().flatten() {
                    let name = parameter["name"].as_str().unwrap_or("parameter").to_owned();
                    if let Some(schema) = parameter.get_mut("schema") {
                        roots.push((name, Direction::Request, schema));
                    }
                }
            }
            "requestBody" => {
                for schema in contents_mut(part) {
                    roots.push(("body".to_owned(), Direction::Request, schema));
                }
            }
            "responses" => {
                for (status, response) in part.as_object_mut().into_iter().flatten() {
                    let name = if status == "2XX" { "answer".to_owned() } else { format!("answer {status}") };
                    for schema in contents_mut(response) {
                        roots.push((name.clone(), Direction::Answer, schema));
                    }
                }
            }
            _ => {}
        }
    }
    roots
}

fn contents_mut(part: &mut Value) -> impl Iterator<Item = &mut Value> {
    part.get_mut("content")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
        .filter_map(|(_, media)| media.get_mut("schema"))
}

/// The schemas of an operation, with their direction.
pub fn roots(operation: &Value) -> Vec<(Direction, &Value)> {
    let mut roots = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        roots.extend(parameter.get("schema").map(|schema| (Direction::Request, schema)));
    }
    roots.extend(contents(&operation["requestBody"]).map(|schema| (Direction::Request, schema)));
    for (_, response) in operation["responses"].as_object().into_iter().flatten() {
        roots.extend(contents(response).map(|schema| (Direction::Answer, schema)));
    }
    roots
}

fn contents(part: &Value) -> impl Iterator<Item = &Value> {
    part.get("content").and_then(Value::as_object).into_iter().flatten().filter_map(|(_, media)| media.get("schema"))
}

/// Applies `f` to every schema below and including `schema`, children first.
pub fn rewrite(schema: &mut Value, f: &mut dyn FnMut(&mut Value)) {
    for child in children_mut(schema) {
        rewrite(child, f);
    }
    f(schema);
}

/// Applies `f` to every schema of the document, children first: components, then operations.
pub fn rewrite_all(document: &mut Value, f: &mut dyn FnMut(&mut Value)) {
    rewrite_directed(document, &mut |schema, _| f(schema));
}

/// Applies `f` to every schema of the document with its direction, children first; components are marked `x-answer`.
pub fn rewrite_directed(document: &mut Value, f: &mut dyn FnMut(&mut Value, Direction)) {
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for (_, schema) in schemas.into_iter().flatten() {
        let direction = direction_of(schema);
        rewrite(schema, &mut |schema| f(schema, direction));
    }
    for (_, _, operation) in operations_mut(document) {
        for (_, direction, schema) in roots_mut(operation) {
            rewrite(schema, &mut |schema| f(schema, direction));
        }
    }
}

/// The direction of a component, once directions are split.
pub fn direction_of(component: &Value) -> Direction {
    if component.get("x-answer") == Some(&Value::Bool(true)) { Direction::Answer } else { Direction::Request }
}

/// The schemas directly below a schema, the parameters of a runtime type among them.
pub fn children_mut(schema: &mut Value) -> Vec<&mut Value> {
    let mut children = Vec::new();
    for (key, value) in schema.as_object_mut().into_iter().flatten() {
        match holds(key) {
            Some(Holds::Map) => children.extend(value.as_object_mut().into_iter().flatten().map(|(_, v)| v)),
            Some(Holds::One) if value.is_object() => children.push(value),
            Some(Holds::List) => children.extend(value.as_array_mut().into_iter().flatten()),
            None if key == "x-rust-type" => {
                let parameters = value.get_mut("parameters").and_then(Value::as_array_mut);
                children.extend(parameters.into_iter().flatten());
            }
            _ => {}
        }
    }
    children
}

/// As [`children_mut`], to be read.
pub fn children(schema: &Value) -> Vec<&Value> {
    let mut children = Vec::new();
    for (key, value) in schema.as_object().into_iter().flatten() {
        match holds(key) {
            Some(Holds::Map) => children.extend(value.as_object().into_iter().flatten().map(|(_, v)| v)),
            Some(Holds::One) if value.is_object() => children.push(value),
            Some(Holds::List) => children.extend(value.as_array().into_iter().flatten()),
            None if key == "x-rust-type" => {
                children.extend(value.get("parameters").and_then(Value::as_array).into_iter().flatten());
            }
            _ => {}
        }
    }
    children
}

/// Calls `f` with the target of every `$ref` at or below `schema`.
pub fn each_ref(schema: &Value, f: &mut dyn FnMut(&str)) {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        f(target);
    }
    for child in children(schema) {
        each_ref(child, f);
    }
}

/// The `$ref` that names a component.
pub fn ref_to(name: &str) -> Value {
    json!({ "$ref": contract::schema::ref_to(name) })
}

/// The component a schema is a `$ref` to.
pub fn referred(schema: &Value) -> Option<String> {
    component_of(schema.get("$ref")?.as_str()?)
}

/// The schema, or the component it is a `$ref` to.
pub fn resolve<'a>(schema: &'a Value, schemas: &'a Map<String, Value>) -> &'a Value {
    let mut schema = schema;
    // A component may be a `$ref` itself; a circle of them is no schema.
    for _ in 0..8 {
        match referred(schema).and_then(|name| schemas.get(&name)) {
            Some(target) => schema = target,
            None => break,
        }
    }
    schema
}

/// Takes over what another schema says by some keywords.
pub fn carry(from: &Value, to: &mut Value, keys: &[&str]) {
    let Some(to) = to.as_object_mut() else { return };
    to.extend(keys.iter().filter_map(|key| Some(((*key).to_owned(), from.get(*key)?.clone()))));
}

/// Takes some keywords out of a schema.
pub fn remove(schema: &mut Value, keys: &[&str]) {
    if let Some(map) = schema.as_object_mut() {
        map.retain(|key, _| !keys.contains(&key.as_str()));
    }
}

/// A schema without some keywords.
pub fn without(mut schema: Value, keys: &[&str]) -> Value {
    remove(&mut schema, keys);
    schema
}

/// The properties that a schema demands.
pub fn required(schema: &Value) -> BTreeSet<String> {
    let names = schema["required"].as_array().into_iter().flatten();
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// A name that no component has.
pub fn free_name(schemas: &Map<String, Value>, mut wanted: String) -> String {
    while schemas.contains_key(&wanted) {
        wanted.push('_');
    }
    wanted
}

/// Gives the components that `x-keep` names their new names.
pub fn rename_kept(document: &mut Value, names: &BTreeMap<String, String>) {
    for name in document.get_mut("x-keep").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(new) = name.as_str().and_then(|name| names.get(name)) {
            *name = json!(new);
        }
    }
}

/// A type of the runtime, or of the standard library, in the place of a schema.
pub fn rust_type(path: &str, parameters: Vec<Value>) -> Value {
    let krate = path.split("::").next().unwrap_or(path).replace('_', "-");
    json!({ "x-rust-type": { "crate": krate, "version": "*", "path": path, "parameters": parameters } })
}

/// Whether the schema is the named type of the runtime.
pub fn is_rust_type(schema: &Value, path: &str) -> bool {
    schema.pointer("/x-rust-type/path").and_then(Value::as_str) == Some(path)
}

/// The words of a `type` keyword, whether one or several.
pub fn types_of(schema: &Value) -> Vec<&str> {
    schema.as_object().map(types_in).unwrap_or_default()
}

/// As [`types_of`].
pub fn types_in(map: &Map<String, Value>) -> Vec<&str> {
    match map.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Whether the schema says nothing about its value.
pub fn is_any(schema: &Value) -> bool {
    match schema {
        Value::Bool(says) => *says,
        Value::Object(map) => {
            map.keys().all(|key| matches!(key.as_str(), "description" | "nullable" | "title" | "x-answer"))
        }
        _ => false,
    }
}
