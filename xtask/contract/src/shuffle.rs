//! For tests: the same document in another order, wherever order says nothing.

use serde_json::{Map, Value};

use crate::schema;

/// A small generator of the kind called xorshift: the same seed, the same order.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for index in (1..list.len()).rev() {
            list.swap(index, self.below(index + 1));
        }
    }
}

/// Shuffles keys, enums, `required`, types, members of unions, parameters, tags, and names some things otherwise.
pub(crate) fn shuffle(document: &Value, seed: u64) -> Value {
    let mut random = Random::new(seed);
    let mut out = document.clone();
    let mut change = |_: &str, part: &mut Value| {
        if let Value::Object(map) = part {
            for key in ["enum", "required", "type", "allOf", "anyOf", "oneOf"] {
                if let Some(Value::Array(list)) = map.get_mut(key) {
                    random.shuffle(list);
                }
            }
            noise(map, &mut random);
        }
    };
    schema::walk_mut(&mut out, &mut change);
    shuffle_operations(&mut out, &mut random);
    keys(out, &mut random)
}

/// Adds what says nothing, and spells what is there in another way.
fn noise(map: &mut Map<String, Value>, random: &mut Random) {
    match random.below(8) {
        0 => {
            map.insert("title".to_owned(), "Noise".into());
        }
        1 => {
            map.insert("x-noise".to_owned(), serde_json::json!({"type": "string"}));
        }
        2 if map.len() == 1 && map.contains_key("$ref") => {
            let inner = std::mem::take(map);
            map.insert("allOf".to_owned(), Value::Array(vec![Value::Object(inner)]));
        }
        3 => {
            map.insert("examples".to_owned(), Value::Array(Vec::new()));
        }
        4 => {
            if let Some(Value::String(name)) = map.get("type").cloned() {
                map.insert("type".to_owned(), Value::Array(vec![Value::String(name)]));
            }
        }
        _ => {}
    }
}

fn shuffle_operations(document: &mut Value, random: &mut Random) {
    let Some(Value::Object(paths)) = document.get_mut("paths") else { return };
    for item in paths.values_mut() {
        let Value::Object(item) = item else { continue };
        for holder in item.values_mut() {
            for key in ["parameters", "tags"] {
                if let Some(Value::Array(list)) = holder.get_mut(key) {
                    random.shuffle(list);
                }
            }
        }
        if let Some(Value::Array(list)) = item.get_mut("parameters") {
            random.shuffle(list);
        }
    }
}

/// Keys in another order, which shows where serde_json keeps the order of insertion.
fn keys(value: Value, random: &mut Random) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().collect();
            random.shuffle(&mut entries);
            Value::Object(entries.into_iter().map(|(key, value)| (key, keys(value, random))).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(|value| keys(value, random)).collect()),
        other => other,
    }
}
