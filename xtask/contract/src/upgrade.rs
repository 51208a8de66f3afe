//! OpenAPI 3.0 to 3.1, losing nothing: `nullable` becomes a type, a boolean `exclusiveMinimum` a number, `example` a
//! list, `format: byte` an encoding. What JSON Schema's older drafts said otherwise (`items` as a list, `dependencies`)
//! is said as 2020-12 does.
//!
//! A 3.1 document passes as it is. Where it still has one of these spellings, which mean nothing in 3.1, it means what
//! its author meant by it. Only schemas are touched, never an example, a default, or a property that is called
//! `nullable`.

use serde_json::{Map, Value, json};

use crate::{Problem, load, schema};

/// What describes a schema without limiting its values: stays outside when a schema is wrapped.
pub(crate) const ANNOTATIONS: &[&str] =
    &["default", "deprecated", "description", "example", "examples", "externalDocs", "readOnly", "title", "writeOnly"];

/// Brings a document to OpenAPI 3.1.
///
/// # Errors
/// It is no OpenAPI document of 3.0 to 3.2, or `nullable` is no boolean.
pub fn upgrade(mut document: Value) -> Result<Value, Problem> {
    load::version(&document)?;
    schema::rewrite(&mut document, &mut |at, schema| upgrade_schema(at, schema))?;
    if let Some(slot) = document.get_mut("openapi") {
        *slot = json!("3.1.0");
    }
    Ok(document)
}

fn upgrade_schema(at: &str, schema: &mut Value) -> Result<(), Problem> {
    let Value::Object(map) = schema else { return Ok(()) };
    limits(map, "minimum", "exclusiveMinimum");
    limits(map, "maximum", "exclusiveMaximum");
    if let Some(example) = map.remove("example") {
        match map.get_mut("examples") {
            Some(Value::Array(examples)) => {
                if !examples.contains(&example) {
                    examples.insert(0, example);
                }
            }
            _ => {
                map.insert("examples".to_owned(), json!([example]));
            }
        }
    }
    if map.get("format").and_then(Value::as_str) == Some("byte") && !map.contains_key("contentEncoding") {
        map.remove("format");
        map.insert("contentEncoding".to_owned(), json!("base64"));
    }
    older_drafts(map);
    if is_branch(at)
        && map.get("nullable") == Some(&Value::Bool(true))
        && map.keys().all(|key| key == "nullable" || ANNOTATIONS.contains(&key.as_str()))
    {
        // As a schema it takes anything; as a branch of a union it is how null is written.
        map.remove("nullable");
        map.insert("type".to_owned(), json!("null"));
    }
    nullable(map)
}

/// Whether a schema stands in a union.
fn is_branch(at: &str) -> bool {
    let union = at.rsplit_once('/').filter(|(_, index)| index.bytes().all(|byte| byte.is_ascii_digit()));
    union.is_some_and(|(union, _)| union.ends_with("/oneOf") || union.ends_with("/anyOf"))
}

/// `minimum: 1, exclusiveMinimum: true` → `exclusiveMinimum: 1`.
fn limits(map: &mut Map<String, Value>, limit: &str, exclusive: &str) {
    let Some(&Value::Bool(excludes)) = map.get(exclusive) else { return };
    map.remove(exclusive);
    if excludes && let Some(value) = map.remove(limit) {
        map.insert(exclusive.to_owned(), value);
    }
}

fn older_drafts(map: &mut Map<String, Value>) {
    if let Some(Value::Array(_)) = map.get("items") {
        if let Some(items) = map.remove("items") {
            map.insert("prefixItems".to_owned(), items);
        }
        if let Some(rest) = map.remove("additionalItems") {
            map.insert("items".to_owned(), rest);
        }
    } else {
        // Without a list in `items` it never had a meaning.
        map.remove("additionalItems");
    }
    let Some(Value::Object(_)) = map.get("dependencies") else { return };
    if let Some(Value::Object(dependencies)) = map.remove("dependencies") {
        for (name, dependency) in dependencies {
            let keyword = if dependency.is_array() { "dependentRequired" } else { "dependentSchemas" };
            if let Value::Object(slot) = map.entry(keyword).or_insert_with(|| json!({})) {
                slot.insert(name, dependency);
            }
        }
    }
}

/// The keywords beside which a type that allows null would not suffice, since each must allow it too.
const IN_PLACE: &[&str] = &["$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

fn nullable(map: &mut Map<String, Value>) -> Result<(), Problem> {
    match map.get("nullable") {
        None => return Ok(()),
        Some(Value::Bool(_)) => {}
        Some(other) => {
            return Err(Problem::new(format!("`nullable` is {}, not true or false", crate::pointer::brief(other)))
                .fix("correct it with a fixup"));
        }
    }
    if map.remove("nullable") != Some(Value::Bool(true)) {
        return Ok(());
    }
    if IN_PLACE.iter().any(|keyword| map.contains_key(*keyword)) {
        let mut outer = Map::new();
        for key in ANNOTATIONS {
            if let Some(value) = map.remove(*key) {
                outer.insert((*key).to_owned(), value);
            }
        }
        let extensions: Vec<String> = map.keys().filter(|key| key.starts_with("x-")).cloned().collect();
        for key in extensions {
            if let Some(value) = map.remove(&key) {
                outer.insert(key, value);
            }
        }
        let inner = std::mem::take(map);
        outer.insert("anyOf".to_owned(), json!([inner, {"type": "null"}]));
        *map = outer;
        return Ok(());
    }
    match map.get_mut("type") {
        Some(Value::String(name)) if name != "null" => {
            let name = std::mem::take(name);
            map.insert("type".to_owned(), json!([name, "null"]));
        }
        Some(Value::Array(types)) if !types.contains(&json!("null")) => types.push(json!("null")),
        _ => {}
    }
    if let Some(Value::Array(words)) = map.get_mut("enum")
        && !words.contains(&Value::Null)
    {
        words.push(Value::Null);
    }
    if let Some(value) = map.get("const")
        && !value.is_null()
        && !map.contains_key("enum")
        && let Some(value) = map.remove("const")
    {
        map.insert("enum".to_owned(), json!([value, null]));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
