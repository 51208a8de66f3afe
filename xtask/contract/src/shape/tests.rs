//! Tests of malformed documents: a good one, and everything that can be wrong with it.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a failing test may panic")]

use serde_json::json;

use super::*;

fn good() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://example.com", "variables": {"v": {"default": "1"}}}],
        "security": [{"k": []}, {}],
        "paths": {
            "x-own": 1,
            "/a/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "post": {
                    "operationId": "a",
                    "tags": ["t"],
                    "parameters": [{"$ref": "#/components/parameters/P"}],
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}, "encoding": {"a": {"explode": true}}}}},
                    "responses": {"200": {"description": "", "headers": {"h": {"schema": true}}}, "4XX": {"description": ""}, "default": {"$ref": "#/components/responses/R"}, "x-own": 1},
                },
            },
        },
        "components": {
            "schemas": {"A": {
                "type": ["object", "null"], "required": ["a", "a"], "minProperties": 1.0, "enum": [null], "dependentRequired": {"a": ["b"]},
                "properties": {"a": {"type": "number", "multipleOf": 0.1, "maximum": 1, "oneOf": [false]}},
                "discriminator": {"propertyName": "a", "mapping": {"x": "A"}},
            }},
            "parameters": {"P": {"name": "p", "in": "query", "content": {"application/json": {}}}},
            "responses": {"R": {"description": ""}},
            "securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": "K"}},
        },
    })
}

#[test]
fn takes_a_well_formed_document() {
    check(&good()).unwrap();
}

/// Puts a value into a place, which need not have been there.
fn set(document: &mut Value, at: &str, value: Value) {
    let (holder, key) = at.rsplit_once('/').unwrap();
    let key = pointer::unescape(key).unwrap();
    match document.pointer_mut(holder).unwrap() {
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        holder => holder[key.as_ref()] = value,
    }
}

#[test]
fn names_the_pointer_of_everything_malformed() {
    let post = "/paths/~1a~1{id}/post";
    let schema = "/components/schemas/A";
    let cases: Vec<(String, Value, &str)> = [
        ("/info", json!(1), "an object"),
        ("/info/version", json!(1.0), "a string"),
        ("/servers", json!({}), "a list"),
        ("/servers/0", json!("x"), "an object"),
        ("/servers/0/url", json!(null), "a string"),
        ("/servers/0/variables/v", json!("1"), "an object"),
        ("/security", json!({"k": []}), "a list"),
        ("/security/0/k", json!("all"), "a list"),
        ("/paths", json!([]), "an object"),
        ("/paths/~1a~1{id}", json!(null), "an object"),
        ("/paths/~1a~1{id}/parameters", json!({}), "a list"),
        ("/paths/~1a~1{id}/parameters/0", json!("id"), "an object"),
        ("/paths/~1a~1{id}/parameters/0/name", json!(""), "a name"),
        ("/paths/~1a~1{id}/parameters/0/in", json!("body"), "path, query, header or cookie"),
        ("/paths/~1a~1{id}/parameters/0/required", json!("yes"), "true or false"),
        ("/paths/~1a~1{id}/parameters/0/schema", json!("string"), "a schema"),
        ("/components", json!([]), "an object"),
        ("/components/schemas", json!([]), "an object"),
        ("/components/schemas/A", json!("object"), "a schema"),
        ("/components/parameters/P/content", json!([]), "an object"),
        ("/components/securitySchemes/k", json!(1), "an object"),
        ("/components/securitySchemes/k/in", json!(1), "a string"),
    ]
    .into_iter()
    .map(|(pointer, value, expected)| (pointer.to_owned(), value, expected))
    .chain(
        [
            ("", json!([]), "an object"),
            ("/operationId", json!(5), "a string"),
            ("/deprecated", json!("no"), "true or false"),
            ("/tags", json!("t"), "a list"),
            ("/tags/0", json!(1), "a string"),
            ("/security", json!("k"), "a list"),
            ("/servers", json!("k"), "a list"),
            ("/parameters/0/$ref", json!(1), "a string"),
            ("/requestBody", json!([]), "an object"),
            ("/requestBody/content/application~1json", json!([]), "an object"),
            ("/requestBody/content/application~1json/schema", json!(1), "a schema"),
            ("/requestBody/content/application~1json/encoding/a/explode", json!(1), "true or false"),
            ("/responses", json!([]), "an object"),
            ("/responses/200", json!("ok"), "an object"),
            ("/responses/200/headers/h", json!(true), "an object"),
            ("/responses/600", json!({}), "no status code"),
            ("/responses/2X0", json!({}), "no status code"),
            ("/responses/ok", json!({}), "no status code"),
        ]
        .map(|(pointer, value, expected)| (format!("{post}{pointer}"), value, expected)),
    )
    .chain(
        [
            ("/type", json!("file"), "one of array"),
            ("/type", json!([]), "one of array"),
            ("/type", json!(["string", 1]), "one of array"),
            ("/required", json!(true), "a list"),
            ("/required/0", json!(1), "a property's name"),
            ("/minProperties", json!(-1), "a whole number"),
            ("/maxLength", json!(1.5), "a whole number"),
            ("/maxLength", json!("5"), "a whole number"),
            ("/enum", json!([]), "at least one value"),
            ("/enum", json!("a"), "a list"),
            ("/allOf", json!([]), "at least one schema"),
            ("/allOf", json!({}), "a list"),
            ("/anyOf", json!(["string"]), "a schema"),
            ("/items", json!([{}]), "a schema"),
            ("/not", json!(null), "a schema"),
            ("/properties", json!([]), "an object"),
            ("/properties/a", json!(null), "a schema"),
            ("/properties/a/multipleOf", json!(0), "greater than 0"),
            ("/properties/a/maximum", json!("1"), "a number"),
            ("/properties/a/exclusiveMaximum", json!(true), "a number"),
            ("/properties/a/pattern", json!(1), "a string"),
            ("/properties/a/$ref", json!({}), "a string"),
            ("/properties/a/readOnly", json!(0), "true or false"),
            ("/properties/a/oneOf/0", json!(1), "a schema"),
            ("/dependentRequired/a", json!("b"), "a list"),
            ("/discriminator", json!("a"), "an object"),
            ("/discriminator/propertyName", json!(1), "a string"),
            ("/discriminator/mapping/x", json!({}), "a string"),
        ]
        .map(|(pointer, value, expected)| (format!("{schema}{pointer}"), value, expected)),
    )
    .collect();
    for (at, value, expected) in cases {
        let mut document = good();
        set(&mut document, &at, value.clone());
        let problem = check(&document).expect_err(&format!("{at} = {value}"));
        let named = problem.pointer().unwrap();
        assert!(named.starts_with(&at) || named == &at[..at.rfind('/').unwrap()], "{at}: {problem}");
        assert!(problem.what().contains(expected), "{at} = {value}: {problem}");
    }
}

#[test]
fn names_what_is_missing() {
    for (at, key) in [
        ("", "info"),
        ("", "paths"),
        ("/servers/0", "url"),
        ("/paths/~1a~1{id}/parameters/0", "name"),
        ("/paths/~1a~1{id}/parameters/0", "in"),
        ("/paths/~1a~1{id}/parameters/0", "schema"),
        ("/paths/~1a~1{id}/post/requestBody", "content"),
        ("/components/securitySchemes/k", "type"),
        ("/components/schemas/A/discriminator", "propertyName"),
    ] {
        let mut document = good();
        document.pointer_mut(at).and_then(Value::as_object_mut).unwrap().remove(key).unwrap();
        let problem = check(&document).unwrap_err();
        assert_eq!(problem.pointer(), Some(at), "{problem}");
        assert!(problem.what().contains(&format!("`{key}` is missing")), "{problem}");
    }
}

#[test]
fn refuses_a_path_without_a_slash() {
    let mut document = good();
    set(&mut document, "/paths/a", json!({}));
    assert!(check(&document).unwrap_err().what().contains("does not start with `/`"));
}
