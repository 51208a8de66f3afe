//! The committed contracts are for other people's tools too: what JSON Schema allows and common generators of clients
//! stumble over is not in them. openapi-python-client stops at words that differ by case only, openapi-generator gives
//! an enum the name of its property, and takes a list that may also be text for a list.

use std::collections::BTreeSet;

use contract::pointer;
use serde_json::Value;

use crate::{contract_of, vendors};

/// What a schema has that other generators make no working client of.
fn stumbles(at: &str, schema: &Value) -> Option<String> {
    let name = at.strip_prefix("/components/schemas/").unwrap_or_default();
    let properties = schema["properties"].as_object().into_iter().flatten();
    if let Some((property, _)) =
        properties.into_iter().find(|(property, of)| property.eq_ignore_ascii_case(name) && of["enum"].is_array())
    {
        return Some(format!("has the name of its enum {property}"));
    }
    let words: Vec<&str> = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if words.iter().map(|word| word.to_lowercase()).collect::<BTreeSet<_>>().len() < words.len() {
        return Some(format!("has words that differ by case only: {words:?}"));
    }
    let has_types = schema["type"].as_array().is_some_and(|types| types.len() > 1);
    (has_types && schema["items"].is_object() && !schema["type"].as_array()?.contains(&Value::from("null")))
        .then(|| "is a list or something else, which `anyOf` says plainer".to_owned())
}

#[test]
fn other_generators_find_nothing_to_stumble_over() {
    let mut found = Vec::new();
    for slug in vendors() {
        pointer::walk(&contract_of(&slug).document, &mut |at, value| {
            found.extend(stumbles(at, value).map(|why| format!("{slug}{at} {why}")));
        });
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_key_is_said_in_openapis_own_words_where_it_has_them() {
    for slug in vendors() {
        let contract = contract_of(&slug).document;
        let scheme = &contract["components"]["securitySchemes"]["key"];
        let auth = &scheme["x-auth"];
        assert_eq!(scheme["type"] == "http", auth["prefix"] == "Bearer ", "{slug}: {scheme}");
        // A mock server that was told to want a header would refuse a right request.
        assert_eq!(contract["security"] == serde_json::json!([]), auth["in"] == "body", "{slug}");
    }
}
