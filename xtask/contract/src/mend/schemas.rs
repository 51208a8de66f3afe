//! Schemas whose keywords do not hold what they must.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value, json};

use super::references::Target;
use super::{Changes, Why, references, types};
use crate::shape::keywords;
use crate::{pointer, schema};

const NO_SCHEMA: Why = ("schemas", "What stands here is no schema, so nothing is known of the value.");
const TYPE: Why = ("types", "JSON Schema has no such type.");
const REQUIRED: Why =
    ("required", "`required` is a list of names beside `properties`, and no mark of a single property.");
const KEYWORD: Why = ("keywords", "A keyword does not hold what JSON Schema says it holds.");
const UNION: Why = ("unions", "The parts of an intersection or union are a list of schemas.");
const DISCRIMINATOR: Why =
    ("discriminators", "A discriminator is an object that names a property and existing schemas.");

/// Looks at a schema and at those below it.
pub(super) fn schema(changes: &mut Changes<'_>, at: &str, value: &Value) {
    let map = match value {
        Value::Object(map) => map,
        Value::Bool(_) => return,
        _ => {
            // Somebody wrote a type's name, or an example.
            let named = value.as_str().and_then(types::meant).map(|word| json!({ "type": word }));
            changes.replace(NO_SCHEMA, at, named.unwrap_or_else(|| json!({})));
            return;
        }
    };
    match map.get("$ref") {
        Some(Value::String(reference)) => {
            if !references::schema(changes, at, reference) {
                return;
            }
        }
        Some(_) => changes.remove(KEYWORD, &pointer::join(at, "$ref")),
        None => {}
    }
    if let Some(stated) = map.get("type") {
        let right = types::mended(stated);
        if right.as_ref() != Some(stated) {
            changes.change(TYPE, &pointer::join(at, "type"), right);
        }
    }
    for (keyword, value) in pointer::sorted(map) {
        if !is_right(keyword, value) {
            changes.change(KEYWORD, &pointer::join(at, keyword), meant(keyword, value));
        }
    }
    required(changes, at, map);
    discriminator(changes, at, map);
    for (keyword, value) in pointer::sorted(map) {
        let here = pointer::join(at, keyword);
        match schema::holds(keyword) {
            Some(schema::Holds::One) => one(changes, &here, keyword, value),
            Some(schema::Holds::List) => list(changes, &here, value),
            Some(schema::Holds::Map) => match value {
                Value::Object(children) => {
                    for (name, child) in pointer::sorted(children) {
                        if keyword != "dependencies" || !child.is_array() {
                            schema(changes, &pointer::join(&here, name), child);
                        }
                    }
                }
                _ => changes.remove(KEYWORD, &here),
            },
            None => {}
        }
    }
}

/// Whether a keyword that holds no schema holds what it must, in OpenAPI 3.0 or in 3.1.
fn is_right(keyword: &str, value: &Value) -> bool {
    match keyword {
        // For these there is more to say than that they are wrong.
        "$ref" | "type" => true,
        "nullable" => value.is_boolean(),
        "exclusiveMinimum" | "exclusiveMaximum" => value.is_number() || value.is_boolean(),
        "enum" => value.as_array().is_some_and(|words| !words.is_empty()),
        "dependentRequired" => value
            .as_object()
            .is_some_and(|map| map.values().all(|v| v.as_array().is_some_and(|v| v.iter().all(Value::is_string)))),
        keyword => keywords::expected(keyword).is_none_or(|(_, fits)| fits(value)),
    }
}

/// What a keyword that is wrong was meant to hold, where that can be told.
fn meant(keyword: &str, value: &Value) -> Option<Value> {
    match (keyword, value) {
        ("title" | "description", Value::Number(_) | Value::Bool(_)) => Some(json!(value.to_string())),
        ("uniqueItems" | "readOnly" | "writeOnly" | "deprecated" | "nullable", value) => truth(value),
        ("enum", Value::String(_) | Value::Number(_) | Value::Bool(_)) => Some(json!([value])),
        ("title" | "description" | "format" | "pattern" | "enum" | "dependentRequired", _) => None,
        ("exclusiveMinimum" | "exclusiveMaximum", Value::String(text)) => number(text).or_else(|| truth(value)),
        (_, Value::String(text)) => number(text).filter(|right| is_right(keyword, right)),
        _ => None,
    }
}

/// `"true"` is meant as `true`.
pub(super) fn truth(value: &Value) -> Option<Value> {
    match value.as_str()?.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(json!(true)),
        "false" | "no" | "0" => Some(json!(false)),
        _ => None,
    }
}

fn number(text: &str) -> Option<Value> {
    let text = text.trim();
    text.parse::<i64>()
        .map(Value::from)
        .ok()
        .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number))
}

/// A property that marks itself as required is listed by its parent.
fn required(changes: &mut Changes<'_>, at: &str, map: &Map<String, Value>) {
    let mut marked: Vec<&String> = Vec::new();
    for (name, property) in map.get("properties").and_then(Value::as_object).into_iter().flat_map(pointer::sorted) {
        let is_marked =
            property.get("required").is_some_and(|mark| *mark == json!(true) || truth(mark) == Some(json!(true)));
        if is_marked {
            marked.push(name);
        }
    }
    let stated = map.get("required");
    let here = pointer::join(at, "required");
    let listed: Vec<&Value> =
        stated.and_then(Value::as_array).into_iter().flatten().filter(|n| n.is_string()).collect();
    let mut names: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    for name in listed.into_iter().cloned().chain(marked.into_iter().map(|name| json!(name))) {
        if seen.insert(name.to_string()) {
            names.push(name);
        }
    }
    match stated {
        None if names.is_empty() => {}
        None => changes.add(REQUIRED, &here, Value::Array(names)),
        Some(Value::Array(list)) if list.iter().all(Value::is_string) && names.len() <= list.len() => {}
        Some(_) if names.is_empty() => changes.remove(REQUIRED, &here),
        Some(_) => changes.replace(REQUIRED, &here, Value::Array(names)),
    }
}

fn one(changes: &mut Changes<'_>, here: &str, keyword: &str, value: &Value) {
    match value {
        Value::Object(_) | Value::Bool(_) => schema(changes, here, value),
        // A list of schemas is how older drafts described a list.
        Value::Array(members) if keyword == "items" && !members.is_empty() => list(changes, here, value),
        _ if keyword == "items" => schema(changes, here, if value.is_array() { &Value::Null } else { value }),
        other => changes.change(KEYWORD, here, truth(other)),
    }
}

fn list(changes: &mut Changes<'_>, here: &str, value: &Value) {
    let is_schema = |member: &Value| member.is_object() || member.is_boolean();
    let members: Vec<Value> = match value {
        Value::Array(members) => members.iter().filter(|member| is_schema(member)).cloned().collect(),
        // Some generators write a list as an object whose keys are numbers.
        Value::Object(map) if !map.is_empty() && map.keys().all(|key| key.parse::<u32>().is_ok()) => {
            map.values().filter(|member| is_schema(member)).cloned().collect()
        }
        Value::Object(_) => vec![value.clone()],
        _ => Vec::new(),
    };
    if members.is_empty() {
        changes.remove(UNION, here);
    } else if value.as_array().is_none_or(|list| list.len() != members.len()) {
        changes.replace(UNION, here, Value::Array(members));
    } else {
        for (index, member) in members.iter().enumerate() {
            schema(changes, &format!("{here}/{index}"), member);
        }
    }
}

fn discriminator(changes: &mut Changes<'_>, at: &str, map: &Map<String, Value>) {
    let Some(stated) = map.get("discriminator") else { return };
    let here = pointer::join(at, "discriminator");
    match stated {
        Value::String(name) if !name.is_empty() => {
            changes.replace(DISCRIMINATOR, &here, json!({ "propertyName": name }));
        }
        Value::Object(parts) if parts.get("propertyName").is_some_and(Value::is_string) => {
            let mapping = pointer::join(&here, "mapping");
            match parts.get("mapping") {
                None => {}
                // What stands in other files has another name here, and its words are lost with it.
                Some(Value::Object(words)) if words.values().any(is_of_another_file) => {
                    changes.remove(DISCRIMINATOR, &here);
                }
                Some(Value::Object(words)) => {
                    for (word, target) in pointer::sorted(words) {
                        if !leads_somewhere(changes.document, target) {
                            changes.remove(DISCRIMINATOR, &pointer::join(&mapping, word));
                        }
                    }
                }
                Some(_) => changes.remove(DISCRIMINATOR, &mapping),
            }
        }
        _ => changes.remove(DISCRIMINATOR, &here),
    }
}

/// Whether a mapping leads to another file. Whoever put its schemas into one document forgot the mapping.
fn is_of_another_file(target: &Value) -> bool {
    target.as_str().is_some_and(|target| !target.starts_with('#') && target.contains(['#', '/', '.']))
}

fn leads_somewhere(document: &Value, target: &Value) -> bool {
    let Some(target) = target.as_str() else { return false };
    match references::target(document, target) {
        Target::There(_) => true,
        Target::Nowhere => false,
        Target::Elsewhere if target.contains(['#', '/', '.']) => true,
        Target::Elsewhere => pointer::get(document, &pointer::join("/components/schemas", target)).is_some(),
    }
}
