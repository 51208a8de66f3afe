//! Schemas in one spelling of those that mean the same.

use serde_json::{Map, Value, json};

use super::order::{compare, plain_numbers, sort_keys};
use super::{patterns, types, unions};
use crate::{schema, stated};

/// Brings a schema and all below it into canonical form.
pub fn schema(value: &mut Value) {
    schema::visit_mut("", value, &mut |_, part| one(part));
    let sorted = sort_keys(value.take());
    *value = sorted;
}

/// Brings one schema into canonical form, but for the order of its keys; those below it are in it already.
pub(super) fn one(value: &mut Value) {
    if *value == Value::Bool(true) {
        *value = Value::Object(Map::new());
    }
    let Value::Object(map) = value else { return };
    drop_noise(map);
    patterns::unescaped(map);
    patterns::lengths(map);
    patterns::not_empty(map);
    // Each turn has fewer members than the one before, or ends the loop; the bound is for the reader's peace.
    for _ in 0..64 {
        types::ordered(map);
        words(map);
        types::narrow(map);
        types::drop_idle_limits(map);
        drop_defaults(map);
        let changed = unions::simplify(map);
        if !changed {
            break;
        }
    }
}

/// What says nothing of the values: titles, examples, comments, the vendor's extensions, an empty description.
fn drop_noise(map: &mut Map<String, Value>) {
    const NOISE: &[&str] = &[
        "$anchor",
        "$comment",
        "$defs",
        "$id",
        "$schema",
        "definitions",
        "example",
        "examples",
        "externalDocs",
        "title",
        "xml",
    ];
    let noisy: Vec<String> =
        map.keys().filter(|key| NOISE.contains(&key.as_str()) || key.starts_with("x-")).cloned().collect();
    let facts = stated::keep(map, &stated::OF_VALUES);
    for key in noisy {
        map.remove(&key);
    }
    map.extend(facts);
    prose(map, "description");
    if let Some(Value::Object(discriminator)) = map.get_mut("discriminator") {
        discriminator.retain(|key, _| key == "propertyName" || key == "mapping");
        if discriminator.get("mapping").and_then(Value::as_object).is_some_and(Map::is_empty) {
            discriminator.remove("mapping");
        }
    }
}

/// A text without the whitespace that says nothing; an empty one is removed. It becomes a comment in Rust, where a
/// carriage return that ends no line and marks that turn the direction of writing are errors.
pub(super) fn prose(map: &mut Map<String, Value>, key: &str) {
    let Some(Value::String(text)) = map.get_mut(key) else { return };
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = text.replace("\r\n", "\n").replace('\r', "\n").replace(turns, "");
    let trimmed = plain.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    let trimmed = trimmed.trim();
    if trimmed.is_empty() {
        map.remove(key);
    } else if trimmed != text {
        *text = String::from(trimmed);
    }
}

/// Numbers as JSON Schema compares them; enums, `required` and the like as the sets that they are.
fn words(map: &mut Map<String, Value>) {
    const LIMITS: &[&str] = &[
        "const",
        "default",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
    ];
    for key in LIMITS {
        if let Some(value) = map.get_mut(*key) {
            plain_numbers(value);
        }
    }
    if !map.contains_key("enum")
        && let Some(value) = map.remove("const")
    {
        map.insert("enum".to_owned(), json!([value]));
    }
    if let Some(Value::Array(values)) = map.get_mut("enum") {
        values.sort_by(compare);
        values.dedup();
        let only_null = matches!(values.as_slice(), [Value::Null]);
        if only_null && map.get("type").is_none_or(|t| t == "null") {
            map.remove("enum");
            map.insert("type".to_owned(), json!("null"));
        }
    }
    if let Some(Value::Array(names)) = map.get_mut("required") {
        sort_names(names);
    }
    if let Some(Value::Object(dependent)) = map.get_mut("dependentRequired") {
        for names in dependent.values_mut() {
            if let Value::Array(names) = names {
                sort_names(names);
            }
        }
        dependent.retain(|_, names| names.as_array().is_none_or(|names| !names.is_empty()));
    }
}

fn sort_names(names: &mut Vec<Value>) {
    names.sort_by(compare);
    names.dedup();
}

/// What is so without being said.
fn drop_defaults(map: &mut Map<String, Value>) {
    for key in ["minLength", "minItems", "minProperties"] {
        if map.get(key) == Some(&json!(0)) {
            map.remove(key);
        }
    }
    if map.get("minContains") == Some(&json!(1)) {
        map.remove("minContains");
    }
    for key in ["deprecated", "readOnly", "uniqueItems", "writeOnly"] {
        if map.get(key) == Some(&Value::Bool(false)) {
            map.remove(key);
        }
    }
    for key in ["required", "allOf", "anyOf", "oneOf", "prefixItems"] {
        if map.get(key).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            map.remove(key);
        }
    }
    for key in ["dependentRequired", "dependentSchemas", "patternProperties", "properties"] {
        if map.get(key).and_then(Value::as_object).is_some_and(Map::is_empty) {
            map.remove(key);
        }
    }
    if !map.contains_key("unevaluatedProperties") && map.get("additionalProperties").is_some_and(allows_all) {
        map.remove("additionalProperties");
    }
    // As long as no other part of an intersection says of what.
    let says_items = |part: &Value| part.get("items").is_some_and(|items| !allows_all(items));
    if let Some(Value::Array(parts)) = map.get_mut("allOf")
        && parts.iter().any(says_items)
    {
        for part in parts.iter_mut().filter(|part| !says_items(part)).filter_map(Value::as_object_mut) {
            part.remove("items");
        }
    }
    let is_list = match map.get("type") {
        Some(Value::String(name)) => name == "array",
        Some(Value::Array(names)) => names.contains(&json!("array")),
        _ => false,
    };
    // A list of anything is said with `items`, because OpenAPI 3.0 has no other way.
    if is_list && !["items", "prefixItems", "unevaluatedItems", "allOf", "$ref"].iter().any(|k| map.contains_key(*k)) {
        map.insert("items".to_owned(), json!({}));
    }
}

fn allows_all(schema: &Value) -> bool {
    matches!(schema, Value::Bool(true)) || schema.as_object().is_some_and(Map::is_empty)
}

/// Removes what documents a schema and all below it, without limiting its values. Defaults and marks stay.
pub fn without_docs(value: &mut Value) {
    schema::visit_mut("", value, &mut |_, part| {
        if let Value::Object(map) = part {
            for key in ["$comment", "description", "example", "examples", "externalDocs", "summary", "title"] {
                map.remove(key);
            }
        }
    });
}
