//! What is sent says its only word by itself, and a branch of a union takes nothing that is another's.
//!
//! What a request must have, and what can be one word only, such as the tag of a branch, need not be set by the caller.
//! And where a request is read from JSON, the first branch that fits is taken, so a branch fits only what has no other
//! property: otherwise properties of the branch that was meant would be dropped without a word.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Map, Value, json};

use super::schema::{Direction, component_of, components_mut, direction_of, each_ref, referred};
use super::unions;

/// Tells the branches of requests apart.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let schemas = components_mut(&mut document)?;
    let is_sent = |schema: &&Value| direction_of(schema) == Direction::Request;
    let branches: BTreeSet<String> =
        schemas.values().filter(is_sent).flat_map(unions::branches).filter_map(referred).collect();
    let lone_words = lone_words(schemas);
    for schema in schemas.values_mut().filter(|schema| direction_of(schema) == Direction::Request) {
        say_tag(schema, &lone_words);
    }
    for name in reached(branches, schemas) {
        let Some(schema) = schemas.get_mut(&name).and_then(Value::as_object_mut) else { continue };
        if schema.contains_key("properties") {
            schema.entry("additionalProperties").or_insert(json!(false));
        }
    }
    Ok(document)
}

/// The components that lie in these.
fn reached(branches: BTreeSet<String>, schemas: &Map<String, Value>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = branches.into_iter().collect();
    while let Some(name) = open.pop() {
        if let Some(schema) = schemas.get(&name).filter(|_| !reached.contains(&name)) {
            each_ref(schema, &mut |target| open.extend(component_of(target)));
            reached.insert(name);
        }
    }
    reached
}

/// The enums that have one word.
fn lone_words(schemas: &Map<String, Value>) -> BTreeMap<String, Value> {
    let lone = |schema: &Value| match schema.get("enum")?.as_array()?.as_slice() {
        [word] if word.is_string() => Some(word.clone()),
        _ => None,
    };
    schemas.iter().filter_map(|(name, schema)| Some((name.clone(), lone(schema)?))).collect()
}

/// Makes what an object must have, and what can be one word only, a default. typify has one only for what is not
/// demanded, and always sends that.
fn say_tag(schema: &mut Value, lone_words: &BTreeMap<String, Value>) {
    let Some(Value::Array(mut required)) = schema.get("required").cloned() else { return };
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    required.retain(|name| {
        let property = name.as_str().and_then(|name| properties.get_mut(name));
        let Some(property) = property.filter(|property| property.get("nullable") != Some(&json!(true))) else {
            return true;
        };
        let Some(word) = referred(property).and_then(|lone| lone_words.get(&lone)) else { return true };
        property["default"] = word.clone();
        false
    });
    schema["required"] = Value::Array(required);
}
