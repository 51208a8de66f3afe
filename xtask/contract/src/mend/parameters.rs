//! Lists of parameters, and whether they and their path agree.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::references::Target;
use super::schemas::truth;
use super::{Changes, Why, parts, references, schemas, types};
use crate::pointer;
use crate::shape::MARKS;

const LIST: Why = ("parameters", "A parameter has a name, a place and a schema, and stands once in a list.");
const TEMPLATE: Why = ("path-parameters", "Every `{name}` of a path is a parameter of its operations, and no other.");
const BODY: Why = ("bodies", "A body is no parameter since OpenAPI 3.");

/// A parameter's place and name.
type Key = (String, String);

/// Looks at the parameters of a path item or of one of its operations. `inherited` are those of the path item, for an
/// operation. The parameters that are there afterwards.
pub(super) fn list(
    changes: &mut Changes<'_>,
    owner: &str,
    holder: &Map<String, Value>,
    template: &BTreeSet<&str>,
    inherited: Option<&BTreeMap<Key, Value>>,
) -> BTreeMap<Key, Value> {
    let at = pointer::join(owner, "parameters");
    let mut known: BTreeMap<Key, Value> = BTreeMap::new();
    let mut kept: Vec<Value> = Vec::new();
    let mut body = None;
    let mut why = None;
    let stated = holder.get("parameters");
    for parameter in stated.and_then(Value::as_array).into_iter().flatten() {
        let Some((key, value)) = mended(changes.document, parameter, template, &mut body) else {
            why.get_or_insert(LIST);
            continue;
        };
        if key.0 == "path" && !template.contains(key.1.as_str()) {
            why.get_or_insert(TEMPLATE);
            continue;
        }
        match known.get(&key) {
            Some(there) if *there != value => {
                why.get_or_insert(LIST);
                continue;
            }
            _ => {}
        }
        if value != *parameter {
            why.get_or_insert(LIST);
        }
        kept.push(value.clone());
        known.insert(key, value);
    }
    if let Some(inherited) = inherited {
        for name in template {
            let key = ("path".to_owned(), (*name).to_owned());
            if !known.contains_key(&key) && !inherited.contains_key(&key) {
                let value = json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
                kept.push(value.clone());
                known.insert(key, value);
                why.get_or_insert(TEMPLATE);
            }
        }
        if let Some(body) = body.filter(|_| !holder.contains_key("requestBody")) {
            changes.add(BODY, &pointer::join(owner, "requestBody"), body);
        }
    }
    match (stated, why) {
        (Some(Value::Array(parameters)), None) => {
            for (index, parameter) in parameters.iter().enumerate() {
                if parameter.get("$ref").is_none() {
                    let here = format!("{at}/{index}");
                    if let Some(schema) = parameter.get("schema") {
                        schemas::schema(changes, &pointer::join(&here, "schema"), schema);
                    }
                    parts::content(changes, &here, parameter);
                }
            }
        }
        (None, None) => {}
        (None, Some(why)) => changes.add(why, &at, Value::Array(kept)),
        (Some(_), why) if kept.is_empty() => changes.remove(why.unwrap_or(LIST), &at),
        (Some(_), why) => changes.replace(why.unwrap_or(LIST), &at, Value::Array(kept)),
    }
    known
}

/// A parameter as it should be, with its key; `None` if there can be no such parameter.
fn mended(
    document: &Value,
    parameter: &Value,
    template: &BTreeSet<&str>,
    body: &mut Option<Value>,
) -> Option<(Key, Value)> {
    let map = parameter.as_object()?;
    if let Some(Value::String(reference)) = map.get("$ref") {
        let found = match references::target(document, reference) {
            Target::There(found) => found,
            Target::Nowhere => return None,
            Target::Elsewhere => return Some(((String::new(), reference.clone()), parameter.clone())),
        };
        // A component may be mended itself; here only what it is called matters.
        let text = |key: &str| found.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        return Some(((text("in"), text("name")), parameter.clone()));
    }
    single(parameter, template, body).map(|value| {
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let name = if text("in") == "header" { text("name").to_ascii_lowercase() } else { text("name") };
        ((text("in"), name), value)
    })
}

/// A parameter that is no reference, as it should be.
pub(super) fn single(parameter: &Value, template: &BTreeSet<&str>, body: &mut Option<Value>) -> Option<Value> {
    let mut map = parameter.as_object()?.clone();
    let name = match map.get("name") {
        Some(Value::String(name)) if !name.is_empty() => name.clone(),
        Some(name @ (Value::Number(_) | Value::Bool(_))) => name.to_string(),
        _ if map.get("in") == Some(&json!("body")) => "body".to_owned(),
        _ => return None,
    };
    let stated = map.get("in").and_then(Value::as_str).unwrap_or_default();
    let place = match stated.to_ascii_lowercase().as_str() {
        known @ ("path" | "query" | "header" | "cookie") => known.to_owned(),
        "body" => {
            let schema = map.get("schema").cloned().unwrap_or_else(|| json!({}));
            *body = Some(json!({
                "required": map.get("required") == Some(&json!(true)),
                "content": { "application/json": { "schema": schema } },
            }));
            return None;
        }
        "formdata" => {
            add_field(body, name, parameter);
            return None;
        }
        _ if template.contains(name.as_str()) => "path".to_owned(),
        _ => "query".to_owned(),
    };
    map.insert("name".to_owned(), json!(name));
    map.insert("in".to_owned(), json!(place));
    for key in MARKS {
        if let Some(value) = map.get(key).filter(|value| !value.is_boolean()).cloned() {
            match truth(&value) {
                Some(right) => map.insert(key.to_owned(), right),
                None => map.remove(key),
            };
        }
    }
    for key in ["description", "style"] {
        if map.get(key).is_some_and(|value| !value.is_string()) {
            map.remove(key);
        }
    }
    if map.get("content").is_some_and(|content| content.as_object().is_none_or(Map::is_empty)) {
        map.remove("content");
    }
    match map.get("schema") {
        Some(Value::Object(_) | Value::Bool(_)) => {}
        None if map.contains_key("content") => {}
        other => {
            let named = other.and_then(Value::as_str).and_then(types::meant).map(|word| json!({ "type": word }));
            let schema = named.unwrap_or_else(|| beside(&mut map));
            map.insert("schema".to_owned(), schema);
        }
    }
    Some(Value::Object(map))
}

/// A field of a form, which a file makes one of several parts.
fn add_field(body: &mut Option<Value>, name: String, parameter: &Value) {
    const FORM: &str = "application/x-www-form-urlencoded";
    const PARTS: &str = "multipart/form-data";
    let is_file = parameter["type"] == "file";
    let form = body.get_or_insert_with(
        || json!({ "required": true, "content": { FORM: { "schema": { "type": "object", "properties": {} } } } }),
    );
    let Some(content) = form["content"].as_object_mut() else { return };
    if is_file && let Some(fields) = content.remove(FORM) {
        content.insert(PARTS.to_owned(), fields);
    }
    let Some(media) = content.get_mut(if content.contains_key(PARTS) { PARTS } else { FORM }) else { return };
    let schema = &mut media["schema"];
    let field = parameter.as_object().cloned().map_or_else(|| json!({}), |mut map| beside(&mut map));
    schema["properties"][&name] = field;
    if parameter["required"] == true {
        match schema.get_mut("required").and_then(Value::as_array_mut) {
            Some(required) => required.push(json!(name)),
            None => schema["required"] = json!([name]),
        }
    }
}

/// The schema whose keywords stand in the parameter itself, as they did before OpenAPI 3.
fn beside(map: &mut Map<String, Value>) -> Value {
    let mut schema = Map::new();
    for key in ["type", "format", "items", "enum", "default", "minimum", "maximum", "minLength", "maxLength", "pattern"]
    {
        if let Some(value) = map.remove(key) {
            schema.insert(key.to_owned(), value);
        }
    }
    if schema.is_empty() {
        schema.insert("type".to_owned(), json!("string"));
    }
    Value::Object(schema)
}
