//! What people call types that JSON Schema calls otherwise.

use serde_json::{Value, json};

use crate::shape::keywords::TYPES;

/// The type that a word means, if it means one.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    let lower = word.trim().to_ascii_lowercase();
    if let Some(exact) = TYPES.iter().find(|known| **known == lower) {
        return Some(exact);
    }
    Some(match lower.as_str() {
        "str" | "text" | "char" | "character" | "varchar" | "date" | "date-time" | "datetime" | "time"
        | "timestamp" | "uuid" | "guid" | "uri" | "url" | "email" | "password" | "byte" | "bytes" | "binary"
        | "file" | "enum" | "base64" | "html" | "markdown" | "strings" => "string",
        "int" | "int32" | "int64" | "long" | "short" | "uint" | "uint32" | "uint64" | "bigint" | "unsigned" => {
            "integer"
        }
        "float" | "double" | "decimal" | "real" | "numeric" | "money" | "currency" => "number",
        "bool" => "boolean",
        "list" | "set" | "tuple" | "collection" => "array",
        "dict" | "dictionary" | "map" | "hash" | "struct" | "json" | "obj" => "object",
        "none" | "nil" => "null",
        _ => return None,
    })
}

/// What a `type` keyword should be; `None` if it should not be there, and the value itself if it is right.
pub(super) fn mended(value: &Value) -> Option<Value> {
    match value {
        Value::String(word) => meant(word).map(|word| json!(word)),
        Value::Array(words) => {
            let mut types: Vec<&str> = Vec::new();
            for word in words {
                let word = if word.is_null() { Some("null") } else { word.as_str().and_then(meant) }?;
                if !types.contains(&word) {
                    types.push(word);
                }
            }
            let same = types.len() == words.len();
            match &types[..] {
                [] => None,
                _ if same => Some(json!(types)),
                [one] => Some(json!(one)),
                _ => Some(json!(types)),
            }
        }
        _ => None,
    }
}
