//! Parameters take types that go onto the wire as the vendor reads them.
//!
//! A path parameter is a `PathSegment`, which refuses what would climb the URL and takes a list as well. A list that is
//! not repeated becomes one delimited value; a number is written without a decimal point when it has none. What has no
//! one textual form is a string, and the caller writes it.

use contract::Problem;
use serde_json::{Map, Value, json};

use super::keywords::say_deprecated;
use super::schema::{carry, components, operations_mut, resolve, rust_type};
use super::style::Style;
use super::unions;

/// Gives every parameter a type that the wire has.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let schemas = components(&document).cloned().unwrap_or_default();
    for (_, _, operation) in operations_mut(&mut document) {
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(map) = parameter.as_object_mut() {
                say_deprecated(map);
            }
            let place = parameter["in"].as_str().unwrap_or_default().to_owned();
            // A header is not repeated: the only style that it has is a list with commas.
            let separator = if place == "query" { Style::of(parameter).separator() } else { Some(',') };
            let schema = parameter.get("schema").cloned().unwrap_or_else(|| json!({}));
            let union = one_or_several(resolve(&schema, &schemas), &schemas);
            let resolved = union.as_ref().unwrap_or_else(|| resolve(&schema, &schemas));
            let lowered = if parameter.get("x-query").is_some() {
                schema.clone()
            } else if place == "path" {
                in_path(&schema, resolved)
            } else if resolved["type"] == "array" {
                let item = &resolved["items"];
                list(plain(item, resolve(item, &schemas)), separator)
            } else {
                plain(&schema, resolved)
            };
            let mut one = json!({
                "name": parameter["name"],
                "in": place,
                "required": parameter["required"] == true || place == "path",
                "schema": lowered,
            });
            carry(parameter, &mut one, &["description", "x-query"]);
            *parameter = one;
        }
    }
    Ok(document)
}

/// The list of a union of a value and a list: one value is written as a list of one is. What are not values of the list's
/// own type are words in it.
fn one_or_several(schema: &Value, schemas: &Map<String, Value>) -> Option<Value> {
    let (lists, values): (Vec<&Value>, Vec<&Value>) =
        unions::branches(schema).map(|branch| resolve(branch, schemas)).partition(|branch| branch["type"] == "array");
    let [list] = lists[..] else { return None };
    let item = resolve(&list["items"], schemas);
    let is_word = |value: &Value| matches!(value["type"].as_str(), Some("string" | "integer" | "number" | "boolean"));
    if values.is_empty() || !is_word(item) || !values.iter().all(|value| is_word(value)) {
        return None;
    }
    if values.iter().all(|value| value["type"] == item["type"]) {
        return Some(list.clone());
    }
    Some(json!({ "type": "array", "items": { "type": "string" } }))
}

fn in_path(schema: &Value, resolved: &Value) -> Value {
    match resolved["type"].as_str() {
        Some("integer" | "boolean" | "number") => plain(schema, resolved),
        Some("string") if is_safe_enum(resolved) => schema.clone(),
        _ => rust_type("hailuo_runtime::PathSegment", Vec::new()),
    }
}

/// Whether every word of an enum can stand in a path.
fn is_safe_enum(schema: &Value) -> bool {
    schema.get("enum").and_then(Value::as_array).is_some_and(|words| {
        words.iter().filter_map(Value::as_str).all(|word| !matches!(word, "" | "." | "..") && !word.contains('%'))
    })
}

/// A value with one textual form.
fn plain(schema: &Value, resolved: &Value) -> Value {
    match resolved["type"].as_str() {
        Some("number") => rust_type("hailuo_runtime::Decimal", Vec::new()),
        // typify's enums of integers have no textual form.
        Some("integer") if resolved.get("enum").is_some() => json!({ "type": "integer" }),
        Some("string" | "integer" | "boolean") => schema.clone(),
        _ => json!({ "type": "string" }),
    }
}

fn list(item: Value, separator: Option<char>) -> Value {
    let wrapper = match separator {
        None => return json!({ "type": "array", "items": item }),
        Some(' ') => "hailuo_runtime::SpaceSeparated",
        Some('|') => "hailuo_runtime::PipeSeparated",
        Some(_) => "hailuo_runtime::CommaSeparated",
    };
    rust_type(wrapper, vec![item])
}
