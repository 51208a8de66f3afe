//! Keeps the keywords that shape a Rust type, and no others.
//!
//! Limits, patterns and formats go: rules are the facade's, a request type must be able to carry what a vendor's page
//! forbids, and an answer is taken as it comes. Defaults go, or they would be sent and so pinned to the day of the
//! generation. Cross-field clauses (`not`, `if`, a union of bare `required` lists) go, since typify makes empty types
//! of them. The contract keeps all of it. A request property that holds a picture as a URL (`format: uri` with
//! `contentMediaType: image/…`) takes the runtime's `Media`, and one that is a part of a form with a file in it `File`.

use contract::Problem;
use serde_json::{Map, Value, json};

use super::schema::{Direction, is_any, rewrite_directed, rust_type, types_in, without};
use super::select::is_media;

const KEPT: &[&str] = &[
    "$ref",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "enum",
    "const",
    "description",
    "discriminator",
    "nullable",
    "x-rust-type",
    "x-answer",
];

/// Strips every schema to what shapes a type.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    rewrite_directed(&mut document, &mut |schema, direction| {
        if let Some(map) = schema.as_object_mut() {
            strip(map, direction);
        }
    });
    Ok(document)
}

/// What a vendor deprecates is said where it is described: a property, a parameter.
pub fn say_deprecated(map: &mut Map<String, Value>) {
    if map.remove("deprecated") != Some(json!(true)) {
        return;
    }
    let said = map.get("description").and_then(Value::as_str).unwrap_or_default().trim();
    let is_said = said.to_lowercase().contains("deprecated");
    let text = match said {
        "" => "Deprecated.".to_owned(),
        said if is_said => said.to_owned(),
        said => format!("Deprecated. {said}"),
    };
    map.insert("description".to_owned(), json!(text));
}

fn strip(map: &mut Map<String, Value>, direction: Direction) {
    say_deprecated(map);
    if let Some(typed) = of_runtime(map, direction) {
        *map = typed;
        return;
    }
    free_names(map);
    one_item(map);
    keep_what_types_say(map, direction);
    let has_properties =
        map.get("properties").and_then(Value::as_object).is_some_and(|properties| !properties.is_empty());
    if let Some(more) = map.get("additionalProperties") {
        let is_closed = *more == false && !has_properties && direction == Direction::Request;
        if !more.is_object() && !is_closed {
            map.remove("additionalProperties");
        }
    }
    drop_clauses(map, has_properties);
    if !map.contains_key("anyOf") && !map.contains_key("oneOf") {
        map.remove("discriminator");
    }
}

/// What is sent as a type of the runtime's.
fn of_runtime(map: &Map<String, Value>, direction: Direction) -> Option<Map<String, Value>> {
    let path = match direction {
        Direction::Request if is_picture(map) => "hailuo_runtime::Media",
        Direction::Request if map.contains_key("x-file") => "hailuo_runtime::File",
        Direction::Request | Direction::Answer => return None,
    };
    let mut typed = rust_type(path, Vec::new());
    if let Some(description) = map.get("description") {
        typed["description"] = description.clone();
    }
    if types_in(map).contains(&"null") {
        typed["nullable"] = json!(true);
    }
    typed.as_object().cloned()
}

/// Limits go; the width of an integer is part of its type when it is sent, and an answer takes what fits the widest.
fn keep_what_types_say(map: &mut Map<String, Value>, direction: Direction) {
    let format = map.get("format").and_then(Value::as_str).map(str::to_owned);
    let is_never_negative = !map.get("minimum").and_then(Value::as_f64).is_some_and(|least| least < 0.0);
    let is_unsigned =
        format.as_deref() == Some("uint64") || (is_never_negative && map.get("maximum").is_some_and(exceeds_i64));
    map.retain(|key, _| KEPT.contains(&key.as_str()));
    if direction == Direction::Answer || !types_in(map).contains(&"integer") {
        return;
    }
    match format.as_deref() {
        _ if is_unsigned => map.insert("format".to_owned(), json!("uint64")),
        Some(format @ ("int32" | "int64")) => map.insert("format".to_owned(), json!(format)),
        _ => None,
    };
}

/// Takes the branches and parts out that only tie a value's properties together.
fn drop_clauses(map: &mut Map<String, Value>, has_properties: bool) {
    let is_scalar = types_in(map).iter().any(|t| !matches!(*t, "object" | "array" | "null"));
    let is_shaped = has_properties || map.contains_key("type") || map.contains_key("$ref") || map.contains_key("allOf");
    for union in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = map.get_mut(union) else { continue };
        // A branch that takes any text leaves nothing of the others' words.
        let is_void = is_scalar && branches.iter().any(is_clause);
        if is_shaped {
            branches.retain(|branch| !is_clause(branch));
        }
        if is_void || branches.iter().all(is_clause) {
            map.remove(union);
        }
    }
    if let Some(Value::Array(parts)) = map.get_mut("allOf") {
        parts.retain(|part| !is_any(part));
        if parts.is_empty() {
            map.remove("allOf");
        }
    }
}

/// Whether the value is a picture (a video, a sound) by its URL, a data URL among them.
fn is_picture(map: &Map<String, Value>) -> bool {
    let is_media = map.get("contentMediaType").and_then(Value::as_str).is_some_and(is_media);
    let is_url = map.get("format").and_then(Value::as_str).is_some_and(|f| matches!(f, "uri" | "url" | "iri"));
    let types = types_in(map);
    is_media && is_url && (types.is_empty() || types.contains(&"string"))
}

/// Whether a limit is beyond what an `i64` holds, u64's own as a script rounds it among them.
fn exceeds_i64(limit: &Value) -> bool {
    match limit.as_u64() {
        Some(most) => i64::try_from(most).is_err(),
        None => limit.as_f64().is_some_and(|most| most >= 9.3e18),
    }
}

/// The items of a list are of one schema: that of its places, if they have the same, or else any.
fn one_item(map: &mut Map<String, Value>) {
    let places = map.remove("prefixItems");
    if places.is_none() && map.get("items").is_none_or(Value::is_object) {
        return;
    }
    let bare = |schema: &Value| without(schema.clone(), &["description"]);
    let beyond = map.get("items").filter(|items| items.is_object());
    let mut all: Vec<Value> =
        places.as_ref().and_then(Value::as_array).into_iter().flatten().chain(beyond).map(bare).collect();
    all.dedup();
    let one = if all.len() == 1 { all.remove(0) } else { json!({}) };
    map.insert("items".to_owned(), one);
}

/// Properties with names after a pattern, or that no part of the schema names, become the values of a map.
fn free_names(map: &mut Map<String, Value>) {
    let others = map.remove("unevaluatedProperties");
    if let Some(others) = others.filter(|others| others.is_object() && !is_any(others) && others.get("not").is_none()) {
        map.entry("additionalProperties").or_insert(others);
    }
    let Some(Value::Object(patterns)) = map.remove("patternProperties") else { return };
    let mut schemas: Vec<Value> = patterns.into_iter().map(|(_, schema)| schema).collect();
    schemas.extend(map.get("additionalProperties").filter(|more| more.is_object()).cloned());
    schemas.dedup();
    if !schemas.is_empty() {
        let more = if schemas.len() == 1 { schemas.remove(0) } else { json!({}) };
        map.insert("additionalProperties".to_owned(), more);
    }
}

/// Whether a branch only narrows its neighbors: a bare `required`, or nothing at all.
fn is_clause(branch: &Value) -> bool {
    branch.as_object().is_some_and(|map| map.keys().all(|key| matches!(key.as_str(), "required" | "description")))
}
