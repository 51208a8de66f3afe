//! JSON Schema 2020-12 types to those of OpenAPI 3.0: one type per schema, `nullable`, `enum`.
//!
//! Null is said of the place: a union that has it as a branch is nullable, and a component that may be null makes every
//! reference to it nullable, or typify would wrap it in a type of its own.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use contract::pointer::shorten;
use serde_json::{Map, Value, json};

use super::idents::{common, pascal};
use super::references::replace_aliases;
use super::schema::{
    Direction, components, components_mut, is_any, note, operations_mut, referred, rewrite, rewrite_all,
    rewrite_directed, roots_mut, types_in,
};
use super::unions;

/// Brings every schema's type down to OpenAPI 3.0.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let mut said = BTreeSet::new();
    write_null_in_place(&mut document);
    rewrite_directed(&mut document, &mut |schema, direction| {
        if let Some(map) = schema.as_object_mut() {
            fold_null_branch(map);
            constant(map);
            words(map, direction, &mut said);
            one_type(map, direction);
        }
    });
    move_null(&mut document)?;
    note(&mut document, said);
    Ok(document)
}

/// A component that can only be null is null wherever it is named: `oneOf: [Mood, Nothing]`.
fn write_null_in_place(document: &mut Value) {
    let is_null = |schema: &Value| {
        schema["type"] == "null"
            || schema.get("const") == Some(&Value::Null)
            || schema["enum"].as_array().is_some_and(|words| !words.is_empty() && words.iter().all(Value::is_null))
    };
    let nulls: BTreeSet<String> = components(document)
        .into_iter()
        .flatten()
        .filter(|(_, schema)| is_null(schema))
        .map(|(name, _)| name.clone())
        .collect();
    rewrite_all(document, &mut |schema| {
        if referred(schema).is_some_and(|name| nulls.contains(&name))
            && let Some(map) = schema.as_object_mut()
        {
            map.remove("$ref");
            map.insert("type".to_owned(), json!("null"));
        }
    });
}

/// `anyOf: [T, null]` says that T is nullable, and so does a union one of whose branches is.
fn fold_null_branch(map: &mut Map<String, Value>) {
    for union in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = map.get_mut(union) else { continue };
        // Children come first, so that a branch of null is `{"nullable": true}` by now.
        let is_null = |branch: &Value| is_any(branch) && branch.get("nullable") == Some(&json!(true));
        let mut has_null = branches.iter().any(is_null);
        branches.retain(|branch| !is_null(branch));
        for branch in branches.iter_mut().filter_map(Value::as_object_mut) {
            has_null |= branch.remove("nullable").is_some();
        }
        if !has_null {
            continue;
        }
        let lone = if branches.len() == 1 { branches.first().and_then(Value::as_object).cloned() } else { None };
        let is_empty = branches.is_empty();
        let is_bare = map.keys().all(|key| {
            matches!(key.as_str(), "description" | "nullable" | "discriminator" | "x-answer") || key == union
        });
        if is_empty || (is_bare && lone.is_some()) {
            map.remove(union);
        }
        if is_bare {
            for (key, value) in lone.into_iter().flatten() {
                map.entry(key).or_insert(value);
            }
        }
        map.insert("nullable".to_owned(), json!(true));
    }
}

fn constant(map: &mut Map<String, Value>) {
    if let Some(value) = map.remove("const") {
        map.entry("enum").or_insert_with(|| json!([value]));
    }
}

/// The longest word that is the name of a variant.
const LONGEST: usize = 1_000;

/// The words as a note shows them: the first of many, and each so far as it tells something.
fn shown(words: &[Value]) -> String {
    const MOST: usize = 12;
    let mut list: Vec<String> = words.iter().filter_map(Value::as_str).map(|word| shorten(word, 60)).collect();
    if list.len() > MOST {
        let more = list.len() - MOST;
        list.truncate(MOST);
        list.push(format!("and {more} more"));
    }
    list.join(", ")
}

/// Enums of strings and of integers stay; of anything else only the type does.
fn words(map: &mut Map<String, Value>, direction: Direction, said: &mut BTreeSet<String>) {
    let Some(Value::Array(mut words)) = map.remove("enum") else { return };
    if words.iter().any(Value::is_null) {
        words.retain(|word| !word.is_null());
        if words.is_empty() {
            map.insert("type".to_owned(), json!("null"));
            return;
        }
        map.insert("nullable".to_owned(), json!(true));
        if let Some(Value::Array(types)) = map.get_mut("type") {
            types.retain(|t| *t != "null");
        }
    }
    if types_in(map).contains(&"null") {
        map.insert("nullable".to_owned(), json!(true));
    }
    let mut kinds: Vec<&str> = words.iter().map(kind_of).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds[..] {
        ["string"] => {
            map.insert("type".to_owned(), json!("string"));
            let mut seen = BTreeSet::new();
            words.retain(|word| seen.insert(word.to_string()));
            let names: BTreeSet<String> = words.iter().filter_map(Value::as_str).map(pascal).collect();
            let is_name = |name: &String| name.len() <= LONGEST && common(name) == *name;
            if names.len() == words.len() && names.iter().all(is_name) {
                map.insert("enum".to_owned(), Value::Array(words));
            } else if direction == Direction::Request {
                said.insert(format!(
                    "an enum is a plain string, because its words cannot be told apart as names in Rust: {}",
                    shown(&words)
                ));
            }
        }
        // A vendor that says "integer" and lists strings, or the other way round, contradicts itself: the words win.
        ["integer"] if words.iter().all(Value::is_i64) => {
            map.insert("type".to_owned(), json!("integer"));
            map.insert("enum".to_owned(), Value::Array(words));
        }
        ["integer"] => {
            map.insert("type".to_owned(), json!("integer"));
        }
        ["number"] | ["integer", "number"] => {
            map.insert("type".to_owned(), json!("number"));
        }
        ["boolean"] => {
            map.insert("type".to_owned(), json!("boolean"));
        }
        [] => {}
        _ => {
            map.remove("type");
        }
    }
}

fn kind_of(word: &Value) -> &'static str {
    match word {
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_i64() || n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Null => "null",
    }
}

fn one_type(map: &mut Map<String, Value>, direction: Direction) {
    let mut types: Vec<String> = Vec::new();
    let mut is_nullable = false;
    for t in types_in(map) {
        match t {
            "null" => is_nullable = true,
            "string" | "integer" | "number" | "boolean" | "array" | "object"
                if !types.iter().any(|there| there == t) =>
            {
                types.push(t.to_owned());
            }
            _ => {}
        }
    }
    if is_nullable {
        map.insert("nullable".to_owned(), json!(true));
    }
    match &types[..] {
        [] if is_nullable => {
            map.remove("type");
        }
        [] => {
            map.remove("type");
            if map.contains_key("properties") || map.contains_key("additionalProperties") {
                map.insert("type".to_owned(), json!("object"));
            } else if map.contains_key("items") {
                map.insert("type".to_owned(), json!("array"));
            }
        }
        [one] => {
            map.insert("type".to_owned(), json!(one));
        }
        _ => several_types(map, types, direction),
    }
    match map.get("type").and_then(Value::as_str) {
        Some("array") => {
            map.entry("items").or_insert_with(|| json!({}));
            drop_keys(map, &["properties", "additionalProperties", "required", "enum"]);
        }
        Some("string" | "integer" | "number" | "boolean") => {
            drop_keys(map, &["items", "properties", "additionalProperties", "required"]);
        }
        _ => drop_keys(map, &["items"]),
    }
}

fn drop_keys(map: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        map.remove(*key);
    }
}

/// Several types: what is sent is one of them, what is answered is looked at.
fn several_types(map: &mut Map<String, Value>, mut types: Vec<String>, direction: Direction) {
    drop_keys(map, &["type", "format"]);
    if types.iter().any(|t| t == "number") {
        types.retain(|t| t != "integer");
    }
    if let [one] = &types[..] {
        map.insert("type".to_owned(), json!(one));
        return;
    }
    let rest: Vec<(&str, Value)> = ["properties", "required", "additionalProperties", "items"]
        .into_iter()
        .filter_map(|key| Some((key, map.remove(key)?)))
        .collect();
    let has_union = ["oneOf", "anyOf", "allOf", "$ref"].iter().any(|key| map.contains_key(*key));
    if direction == Direction::Answer || has_union {
        return;
    }
    types.sort();
    let branches: Vec<Value> = types
        .iter()
        .map(|t| {
            let mut branch = json!({ "type": t });
            for (key, value) in &rest {
                if (t == "object" && *key != "items") || (t == "array" && *key == "items") {
                    branch[*key] = value.clone();
                }
            }
            if t == "array" && branch.get("items").is_none() {
                branch["items"] = json!({});
            }
            branch
        })
        .collect();
    map.insert("oneOf".to_owned(), Value::Array(branches));
}

/// A component's null becomes one of the places that refer to it.
pub fn move_null(document: &mut Value) -> Result<(), Problem> {
    let nullable = nullable(components_mut(document)?);
    for (_, schema) in components_mut(document)?.iter_mut() {
        rewrite(schema, &mut |schema| mark(schema, &nullable));
        // What takes anything takes null as it is.
        if let (false, Some(map)) = (is_any(schema), schema.as_object_mut()) {
            map.remove("nullable");
        }
    }
    for (_, _, operation) in operations_mut(document) {
        for (_, _, schema) in roots_mut(operation) {
            rewrite(schema, &mut |schema| mark(schema, &nullable));
        }
    }
    // A union with null that has one branch left is that branch.
    replace_aliases(document)
}

fn mark(schema: &mut Value, nullable: &BTreeSet<String>) {
    if referred(schema).is_some_and(|name| nullable.contains(&name)) {
        schema["nullable"] = json!(true);
    }
    if let Some(map) = schema.as_object_mut() {
        fold_null_branch(map);
    }
}

/// The components that may be null: those that say so, and those that are, or are a union with, one that may.
fn nullable(schemas: &Map<String, Value>) -> BTreeSet<String> {
    let mut users: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    let mut open = Vec::new();
    for (name, schema) in schemas {
        if schema.get("nullable") == Some(&json!(true)) && !is_any(schema) {
            open.push(name.clone());
        }
        for target in unions::branches(schema).chain([schema]).filter_map(referred) {
            users.entry(target).or_default().push(name);
        }
    }
    while let Some(name) = open.pop() {
        if found.insert(name.clone()) {
            open.extend(users.get(&name).into_iter().flatten().map(|user| (*user).clone()));
        }
    }
    found
}
