//! Comparing, fingerprinting and abridging JSON values without recursion that a hostile document could drive deep.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use serde_json::{Map, Value};

use crate::canonical::compare_numbers;
use crate::load::MAX_DEPTH;

/// Keys that say something to people and nothing to programs.
pub(crate) fn is_documentation(key: &str) -> bool {
    matches!(
        key,
        "description" | "title" | "summary" | "example" | "examples" | "externalDocs" | "$comment" | "xml" | "tags"
    ) || key.starts_with("x-")
}

/// Keys whose value is an object that has names for keys, not words of a specification.
pub(crate) fn holds_names(key: &str) -> bool {
    matches!(
        key,
        "properties"
            | "patternProperties"
            | "dependentSchemas"
            | "$defs"
            | "definitions"
            | "schemas"
            | "encoding"
            | "headers"
            | "responses"
            | "parameters"
            | "mapping"
    )
}

/// Whether two values are equal; numbers by value, so that `1` equals `1.0`.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    let mut rest = vec![(a, b)];
    while let Some((a, b)) = rest.pop() {
        let equal = match (a, b) {
            (Value::Object(a), Value::Object(b)) => {
                a.len() == b.len()
                    && a.iter().all(|(key, value)| {
                        let other = b.get(key);
                        rest.extend(other.map(|other| (value, other)));
                        other.is_some()
                    })
            }
            (Value::Array(a), Value::Array(b)) => {
                rest.extend(a.iter().zip(b));
                a.len() == b.len()
            }
            (Value::Number(a), Value::Number(b)) => compare_numbers(a, b).is_eq(),
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Null, Value::Null) => true,
            _ => false,
        };
        if !equal {
            return false;
        }
    }
    true
}

/// Whether two values are equal, or both missing.
pub(super) fn both_same(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// How deep a fingerprint looks; below, only the kind of a value counts.
const DEPTH: usize = 24;
/// How many values a fingerprint covers at most.
const BUDGET: u32 = 4096;

/// A number that is equal for two schemas of one shape: documentation and order do not count.
///
/// Two schemas of one fingerprint may still differ, far down or by chance: it is good for pairing, not for judging.
pub(super) fn fingerprint(value: &Value) -> u64 {
    let mut budget = BUDGET;
    hash(value, DEPTH, &mut budget, false)
}

fn hash(value: &Value, depth: usize, budget: &mut u32, names: bool) -> u64 {
    let mut hasher = DefaultHasher::new();
    *budget = budget.saturating_sub(1);
    let shallow = depth == 0 || *budget == 0;
    match value {
        Value::Null => 0u8.hash(&mut hasher),
        Value::Bool(bool) => (1u8, bool).hash(&mut hasher),
        // Both spellings of a number meet in one.
        Value::Number(number) => (2u8, number.as_f64().map(f64::to_bits)).hash(&mut hasher),
        Value::String(string) => (3u8, string).hash(&mut hasher),
        Value::Array(items) if shallow => (4u8, items.len()).hash(&mut hasher),
        Value::Object(map) if shallow => (5u8, map.len()).hash(&mut hasher),
        Value::Array(items) => {
            let sum = items.iter().fold(0u64, |sum, item| sum.wrapping_add(hash(item, depth - 1, budget, false)));
            (4u8, items.len(), sum).hash(&mut hasher);
        }
        Value::Object(map) => {
            let mut sum = 0u64;
            for (key, item) in map.iter().filter(|(key, _)| names || !is_documentation(key)) {
                let mut entry = DefaultHasher::new();
                (key, hash(item, depth - 1, budget, !names && holds_names(key))).hash(&mut entry);
                sum = sum.wrapping_add(entry.finish());
            }
            (5u8, sum).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// Whether two values differ in documentation, and in the order of lists, at most.
pub(super) fn same_shape(a: &Value, b: &Value) -> bool {
    whole(a, false) == whole(b, false)
}

/// The same of two objects whose keys are names.
pub(super) fn same_entries(a: &Value, b: &Value) -> bool {
    whole(a, true) == whole(b, true)
}

/// A fingerprint of all that a document can hold.
fn whole(value: &Value, names: bool) -> u64 {
    let mut budget = u32::MAX;
    hash(value, MAX_DEPTH, &mut budget, names)
}

/// What stands for the part of a value that a report leaves out.
const CUT: &str = "…";

/// A value short enough for a report: strings, lists, objects and nesting are cut.
pub(super) fn brief(value: &Value) -> Value {
    let mut budget = 48;
    abridge(value, 5, &mut budget)
}

fn abridge(value: &Value, depth: u32, budget: &mut u32) -> Value {
    let compound = matches!(value, Value::Array(_) | Value::Object(_));
    if *budget == 0 || (compound && depth == 0) {
        return Value::String(CUT.to_owned());
    }
    *budget -= 1;
    match value {
        Value::String(string) if string.chars().nth(160).is_some() => {
            Value::String(string.chars().take(159).chain(CUT.chars()).collect())
        }
        Value::Array(items) => {
            let mut list = Vec::new();
            for item in items {
                list.push(abridge(item, depth - 1, budget));
                if *budget == 0 {
                    break;
                }
            }
            if list.len() < items.len() && list.last().is_none_or(|last| last != CUT) {
                list.push(CUT.into());
            }
            Value::Array(list)
        }
        Value::Object(map) => {
            let mut keys: Vec<_> =
                map.keys().filter(|key| !matches!(key.as_str(), "description" | "examples")).collect();
            keys.sort_unstable();
            let mut short = Map::new();
            for key in keys {
                if *budget == 0 {
                    short.insert(CUT.to_owned(), CUT.into());
                    break;
                }
                if let Some(item) = map.get(key) {
                    short.insert(key.clone(), abridge(item, depth - 1, budget));
                }
            }
            Value::Object(short)
        }
        scalar => scalar.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_equal_by_value() {
        assert!(same(&json!({"a": [1, 2.0]}), &json!({"a": [1.0, 2]})));
        assert!(!same(&json!(u64::MAX), &json!(u64::MAX - 1)));
        assert!(!same(&json!(1), &json!("1")));
    }

    #[test]
    fn a_fingerprint_ignores_order_and_documentation() {
        let a = json!({"type": "string", "enum": ["a", "b"], "description": "x", "x-order": 1});
        let b = json!({"enum": ["b", "a"], "type": "string"});
        assert_eq!(fingerprint(&a), fingerprint(&b));
        assert_eq!(fingerprint(&json!({"maximum": 5})), fingerprint(&json!({"maximum": 5.0})));
        assert_ne!(fingerprint(&a), fingerprint(&json!({"enum": ["b", "c"], "type": "string"})));
    }

    #[test]
    fn a_fingerprint_counts_properties_that_are_named_like_documentation() {
        let a = json!({"properties": {"title": {"type": "string"}}});
        assert_ne!(fingerprint(&a), fingerprint(&json!({"properties": {}})));
    }

    #[test]
    fn a_brief_value_is_small_and_says_so() {
        let long = json!({"enum": (0..1000).collect::<Vec<_>>(), "pattern": "x".repeat(10_000)});
        let short = brief(&long).to_string();
        assert!(short.len() < 600, "{short}");
        assert!(short.contains('…'));
        assert_eq!(brief(&json!({"type": "string", "maxLength": 3})), json!({"type": "string", "maxLength": 3}));
    }
}
