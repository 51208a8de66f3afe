//! The types of a schema as narrow as its values leave them: whether a type stands beside an `enum`, and which numbers it
//! takes, changes nothing of what is admitted.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value, json};

use super::order::compare_numbers;

/// The types in one order, null last; a list of one is that one.
pub(super) fn ordered(map: &mut Map<String, Value>) {
    let Some(Value::Array(list)) = map.get_mut("type") else { return };
    let mut names: Vec<String> = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    names.sort_unstable_by_key(|name| (name == "null", name.clone()));
    names.dedup();
    if names.iter().any(|name| name == "number") {
        names.retain(|name| name != "integer");
    }
    let value = if let [only] = names.as_slice() { json!(only) } else { json!(names) };
    map.insert("type".to_owned(), value);
}

/// Leaves the types that a value can have: those of an enum's words, integers where only whole multiples are taken.
/// Whether null is among them is left as it is said.
pub(super) fn narrow(map: &mut Map<String, Value>) {
    let mut names: Vec<String> = match map.get("type") {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => return,
    };
    let whole = map.get("multipleOf").and_then(Value::as_u64).filter(|step| *step > 0);
    let words = map.get("enum").and_then(Value::as_array).filter(|words| !words.is_empty());
    let kinds: Option<BTreeSet<&str>> = words.map(|words| words.iter().map(kind).collect());
    for name in &mut names {
        let only_whole = kinds.as_ref().is_some_and(|kinds| kinds.contains("integer") && !kinds.contains("number"));
        // A format such as `double` is one of the type that is said.
        if name == "number" && (only_whole || (whole.is_some() && !map.contains_key("format"))) {
            "integer".clone_into(name);
        }
    }
    if whole == Some(1) && !names.iter().any(|name| name == "number") {
        map.remove("multipleOf");
    }
    let possible = |name: &String| name == "null" || kinds.as_ref().is_none_or(|kinds| kinds.contains(name.as_str()));
    // What contradicts itself is left to whoever reads it.
    if names.iter().any(|name| name != "null" && possible(name)) {
        names.retain(possible);
    }
    let is_any_truth = names.iter().any(|name| name == "boolean")
        && map.get("enum").and_then(Value::as_array).is_some_and(|words| {
            let all = |kind: &str| words.iter().filter(|word| self::kind(word) == kind).count();
            all("boolean") == 2 && all("boolean") + all("null") == words.len() && names.len() == 1 + all("null")
        });
    if is_any_truth {
        map.remove("enum");
    }
    map.insert("type".to_owned(), json!(names));
    ordered(map);
}

/// Drops the limits that every word of an enum keeps to: beside such words they say nothing.
pub(super) fn drop_idle_limits(map: &mut Map<String, Value>) {
    let Some(words) = map.get("enum").and_then(Value::as_array).filter(|words| !words.is_empty()) else { return };
    let is_idle = |key: &&str| {
        let Some(Value::Number(limit)) = map.get(*key) else { return false };
        words.iter().all(|word| keeps(word, key, limit))
    };
    let idle: Vec<&str> = LIMITS.into_iter().filter(is_idle).collect();
    for key in idle {
        map.remove(key);
    }
}

/// The limits of one value, a text or a number.
pub(crate) const LIMITS: [&str; 7] =
    ["exclusiveMaximum", "exclusiveMinimum", "maxLength", "maximum", "minLength", "minimum", "multipleOf"];

/// Whether a word keeps to a limit, be it that the limit speaks of another type.
pub(crate) fn keeps(word: &Value, key: &str, limit: &Number) -> bool {
    let is_of_texts = key.ends_with("Length");
    let order = match word {
        Value::String(word) if is_of_texts => compare_numbers(&word.chars().count().into(), limit),
        Value::Number(word) if key == "multipleOf" => {
            let (word, step) = (word.as_i64(), limit.as_i64().filter(|step| *step > 0));
            return word.zip(step).is_some_and(|(word, step)| word % step == 0);
        }
        Value::Number(word) if !is_of_texts => compare_numbers(word, limit),
        _ => return true,
    };
    match key {
        "minLength" | "minimum" => order.is_ge(),
        "maxLength" | "maximum" => order.is_le(),
        "exclusiveMinimum" => order.is_gt(),
        _ => order.is_lt(),
    }
}

/// Says the type of an enum whose words have one, null apart, where nothing else of the schema could; below clauses, which
/// name values without describing them, it is not needed.
pub(crate) fn imply(schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    for (key, value) in map.iter_mut() {
        match (key.as_str(), value) {
            ("properties" | "patternProperties", Value::Object(schemas)) => schemas.values_mut().for_each(imply),
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(schemas)) => schemas.iter_mut().for_each(imply),
            ("items" | "additionalProperties", one) => imply(one),
            _ => {}
        }
    }
    if ["type", "$ref", "allOf", "anyOf", "oneOf"].into_iter().any(|key| map.contains_key(key)) {
        return;
    }
    let Some(words) = map.get("enum").and_then(Value::as_array) else { return };
    let mut kinds: BTreeSet<&str> = words.iter().map(kind).collect();
    let has_null = kinds.remove("null");
    if kinds.contains("number") {
        kinds.remove("integer");
    }
    let mut names: Vec<&str> = kinds.into_iter().collect();
    if names.len() == 1 {
        names.extend(has_null.then_some("null"));
        let names = json!(names);
        map.insert("type".to_owned(), names);
        narrow(map);
    }
}

/// The type of a value, the narrowest that it has.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
