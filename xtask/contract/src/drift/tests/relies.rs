//! Rules of the facade and what they rest on: which are told as broken after a vendor's edit, and which hold.

use serde_json::{Value, json};

use crate::drift::VendorDrift;
use crate::{Contract, Files, build_files};

const SOURCE: &str = r#"
kind = "authored"
title = "Clips"
version = "0.1.0"
base_url = "https://api.example.com/v1"
url = "https://example.com/docs"
date = "2026-11-21"
auth = { in = "header", name = "Authorization", prefix = "Bearer " }
operations.submit = { call = "POST /clips", role = "submit" }

[[relies]]
at = "/components/schemas/Request/properties/prompt/maxLength"
value = 2000
rule = "MOST"

[[relies]]
at = "/components/schemas/Request/properties/length/enum"
value = [6, 10]
rule = "LENGTHS"

[[relies]]
at = "/components/schemas/Request/not"
value = { required = ["length", "size"], properties = { length = { enum = [10] }, size = { enum = ["large"] } } }
rule = "PAIR"

[[relies]]
at = "/components/schemas/Inner/properties/loud/default"
value = true
rule = "LOUD"
"#;

fn request() -> Value {
    json!({
        "type": "object", "required": ["prompt"],
        "properties": {
            "prompt": {"type": "string", "maxLength": 2000}, "length": {"type": "integer", "enum": [6, 10]},
            "size": {"type": "string", "enum": ["small", "large"]}, "inner": {"$ref": "#/components/schemas/Inner"}
        },
        "not": {"required": ["length", "size"], "properties": {"length": {"const": 10}, "size": {"const": "large"}}}
    })
}

fn inner() -> Value {
    json!({"type": "object", "properties": {"loud": {"type": "boolean", "default": true}}})
}

fn built(kind: &str, schema: &Value, schemas: &Value) -> Contract {
    let body = json!({"content": {kind: {"schema": schema}}});
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "paths": {"/clips": {"post": {"requestBody": body, "responses": {"200": {"description": ""}}}}},
        "components": {"schemas": schemas}
    });
    let files = Files::from([
        ("source.toml".to_owned(), SOURCE.as_bytes().to_vec()),
        ("clips.openapi.json".to_owned(), document.to_string().into_bytes()),
    ]);
    build_files("clips", &files).unwrap_or_else(|problem| panic!("{problem}"))
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn a_rule_is_broken_where_a_call_takes_something_else_and_nowhere_else() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let old = built("application/json", &to("Request"), &json!({"Request": request(), "Inner": inner()}));
    let edited = |at: &str, value: Value| {
        let mut request = request();
        match request.pointer_mut(at) {
            Some(place) => *place = value,
            None => request[at.trim_start_matches('/')] = value,
        }
        request
    };
    let prompt = |value: Value| edited("/properties/prompt", value);
    let length = |value: Value| edited("/properties/length", value);
    let without = |key: &str| {
        let mut request = request();
        request.as_object_mut().map(|map| map.remove(key));
        request
    };
    let pair = |key: &str, value: Value| {
        let mut request = without("not");
        request.as_object_mut().map(|map| map.insert(key.to_owned(), value));
        request
    };
    let renamed = |most: u32| {
        let mut request = without("prompt");
        request["properties"].as_object_mut().map(|map| map.remove("prompt"));
        request["properties"]["text~"] = json!({"type": "string", "maxLength": most});
        request["required"] = json!(["text~"]);
        request
    };
    let part = |name: &str, value: Value| json!({"required": [name], "properties": {name: value}});
    let json_kind = "application/json";
    let rows: Vec<(&str, Value, Value, &[&str])> = vec![
        // The same, said elsewhere or otherwise.
        (json_kind, to("Clip"), json!({"Clip": request(), "Inner": inner()}), &[]),
        (json_kind, request(), json!({"Inner": inner()}), &[]),
        (json_kind, edited("/properties/inner", inner()), json!({}), &[]),
        ("multipart/form-data", request(), json!({"Inner": inner()}), &[]),
        (
            json_kind,
            json!({"allOf": [to("Clip"), {"description": "D"}]}),
            json!({"Clip": request(), "Inner": inner()}),
            &[],
        ),
        (
            json_kind,
            prompt(json!({"anyOf": [{"$ref": "#/components/schemas/P"}, {"type": "null"}]})),
            json!({"P": {"type": "string", "maxLength": 2000}, "Inner": inner()}),
            &[],
        ),
        (
            json_kind,
            length(json!({"type": ["integer", "null"], "enum": [10, 6, null]})),
            json!({"Inner": inner()}),
            &[],
        ),
        (json_kind, length(json!({"type": "string", "enum": ["6", "10"]})), json!({"Inner": inner()}), &[]),
        (json_kind, prompt(json!({"type": "string", "pattern": "^.{1,2000}$"})), json!({"Inner": inner()}), &[]),
        (json_kind, length(json!({"oneOf": [{"const": 6}, {"const": 10}]})), json!({"Inner": inner()}), &[]),
        (
            json_kind,
            pair(
                "not",
                json!({"allOf": [part("length", json!({"const": 10})), part("size", json!({"const": "large"}))]}),
            ),
            json!({"Inner": inner()}),
            &[],
        ),
        (json_kind, pair("if", part("size", json!({"const": "large"}))), json!({"Inner": inner()}), &["PAIR"]),
        (
            json_kind,
            pair(
                "anyOf",
                json!([{"properties": {"length": {"const": 6}}}, {"properties": {"size": {"const": "small"}}}]),
            ),
            json!({"Inner": inner()}),
            &[],
        ),
        // The same, of a property that is called otherwise.
        (json_kind, renamed(2000), json!({"Inner": inner()}), &[]),
        // The same, in an envelope.
        (
            json_kind,
            json!({"type": "object", "properties": {"input": request(), "hook": {"type": "string"}}}),
            json!({"Inner": inner()}),
            &[],
        ),
        // Something else.
        (json_kind, renamed(1500), json!({"Inner": inner()}), &["MOST"]),
        (
            json_kind,
            json!({"type": "object", "properties": {"input": prompt(json!({"type": "string", "maxLength": 1500}))}}),
            json!({"Inner": inner()}),
            &["MOST"],
        ),
        (json_kind, prompt(json!({"type": "string", "maxLength": 1500})), json!({"Inner": inner()}), &["MOST"]),
        (
            json_kind,
            prompt(json!({"type": "string", "pattern": r"^[\s\S]{1,1500}$"})),
            json!({"Inner": inner()}),
            &["MOST"],
        ),
        (json_kind, prompt(json!({"type": "string"})), json!({"Request": request(), "Inner": inner()}), &["MOST"]),
        (json_kind, length(json!({"type": "integer", "enum": [6, 10, 12]})), json!({"Inner": inner()}), &["LENGTHS"]),
        (json_kind, without("not"), json!({"Inner": inner()}), &["PAIR"]),
        (
            json_kind,
            to("Clip"),
            json!({"Clip": pair("not", part("size", json!({"const": "large"}))), "Inner": inner()}),
            &["PAIR"],
        ),
        (
            json_kind,
            request(),
            json!({"Inner": {"type": "object", "properties": {"loud": {"type": "boolean", "default": false}}}}),
            &["LOUD"],
        ),
    ];
    for (kind, schema, schemas, expected) in rows {
        let new = built(kind, &schema, &schemas);
        let drift = VendorDrift::between("clips", &old.document, &new.document);
        let drift = drift.relying(&[&old.source, &new.source], Some(&old.document), &new.document);
        let broken: Vec<&str> = drift.broken.iter().map(|broken| broken.rule.as_str()).collect();
        assert_eq!(broken, expected, "{kind}: {schema} with {schemas}");
    }
}
