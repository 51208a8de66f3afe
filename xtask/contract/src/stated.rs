//! What a vendor states of an operation or a value and OpenAPI has no word for: prices, pictures, camera commands.
//!
//! A spec says it in extensions of these names, which a contract keeps and drift compares; a vendor's other extensions are
//! nobody's business.

use serde_json::{Map, Value};

use crate::canonical::{compare, plain_numbers};

/// What a call costs, by case.
pub const PRICE: &str = "x-price";
/// The extensions that state something of an operation: what it costs, whether it is offered, what it makes.
pub const OF_OPERATIONS: [&str; 3] = ["x-availability", PRICE, "x-resolution"];
/// The extensions that state something of a value: the words and how many of them a text may hold, the limits of a picture.
pub const OF_VALUES: [&str; 3] = ["x-camera", "x-camera-together", "x-picture"];

/// Whether an extension states a fact.
pub fn is_fact(key: &str) -> bool {
    OF_OPERATIONS.contains(&key) || OF_VALUES.contains(&key)
}

/// What is stated, one by one: what to call it, its key where there are several, and its value.
pub fn each<'v>(key: &'v str, value: &'v Value) -> Vec<(String, Option<&'v str>, &'v Value)> {
    let name = key.strip_prefix("x-").unwrap_or(key);
    match value {
        Value::Object(map) => crate::pointer::sorted(map)
            .into_iter()
            .map(|(case, value)| (format!("{name}, {case}"), Some(case.as_str()), value))
            .collect(),
        one => vec![(name.to_owned(), None, one)],
    }
}

/// Takes the facts out of the extensions that are left of something, in one order; what is of another form is none.
pub fn keep(from: &Map<String, Value>, keys: &[&str]) -> Map<String, Value> {
    let mut out = Map::new();
    for key in keys {
        if let Some(mut value) = from.get(*key).and_then(plain) {
            plain_numbers(&mut value);
            out.insert((*key).to_owned(), value);
        }
    }
    out
}

fn plain(value: &Value) -> Option<Value> {
    match value {
        Value::Object(map) if !map.is_empty() => {
            let entry = |(case, value): (&String, &Value)| Some((case.clone(), words(value)?));
            Some(Value::Object(map.iter().map(entry).collect::<Option<_>>()?))
        }
        other => words(other),
    }
}

/// A scalar, or a list of them as the set that it is.
fn words(value: &Value) -> Option<Value> {
    let is_scalar = |value: &Value| !matches!(value, Value::Array(_) | Value::Object(_) | Value::Null);
    match value {
        Value::Array(list) if list.iter().all(is_scalar) => {
            let mut list = list.clone();
            list.sort_by(compare);
            list.dedup();
            Some(Value::Array(list))
        }
        one => is_scalar(one).then(|| one.clone()),
    }
}
