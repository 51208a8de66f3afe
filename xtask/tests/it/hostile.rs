//! Documents that are made to harm: each gets an error of one paragraph, or a crate, in little time and memory.

use std::fmt::Write as _;

use contract::Problem;
use serde_json::{Map, Value, json};
use xtask::commands::{BROKEN, DONE, add};
use xtask::{client, lower, pipeline};

use crate::sandbox::{Sandbox, said};

fn document(schemas: &Value, body: &Value, answer: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "t", "version": "1" },
        "paths": { "/a": { "post": {
            "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
            "responses": { "200": { "description": "", "content": { "application/json": { "schema": answer } } } },
        } } },
        "components": { "schemas": schemas },
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// `add`s a document, on the same stack as the command.
fn added(bytes: &[u8], file: &str) -> (u8, String) {
    let sandbox = Sandbox::new();
    let spec = sandbox.write(file, bytes);
    let (code, text) = said(|out| add::run(sandbox.root(), "acme", &spec, out));
    if code == BROKEN {
        assert!(sandbox.files().is_empty(), "{text}");
        let paragraph = text.strip_suffix("\nNothing was written.\n").unwrap();
        assert!(paragraph.starts_with("error: ") && !paragraph.contains('\n'), "{text}");
        assert!(paragraph.len() < 3_000, "{}", &paragraph[..300]);
    }
    (code, text)
}

/// A chain of schemas, each made of the next by `part`.
fn chain(length: usize, part: impl Fn(usize, Value) -> Value) -> Value {
    let mut schemas = Map::new();
    for number in 0..length {
        schemas.insert(format!("S{number}"), part(number, reference(&format!("S{}", number + 1))));
    }
    schemas.insert(format!("S{length}"), json!({ "type": "object", "properties": { "end": { "type": "string" } } }));
    Value::Object(schemas)
}

#[test]
fn what_is_no_document_is_refused_with_its_place() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep_keys = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    let deep_yaml = (0..10_000).fold(String::new(), |mut text, depth| {
        let _ = writeln!(text, "{}a:", " ".repeat(depth % 200));
        text
    });
    let bomb = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]\ng: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f]\nh: [*g, *g, *g, *g, *g, *g, *g, *g, *g]\n";
    for (bytes, file, parts) in [
        (deep.into_bytes(), "a.json", &["nested too deep"][..]),
        (deep_keys.into_bytes(), "a.json", &["nested too deep"]),
        (deep_yaml.into_bytes(), "a.yaml", &["a.yaml"]),
        (bomb.as_bytes().to_vec(), "a.yaml", &["a.yaml"]),
        (b"{\"openapi\": \"3.0.3\xff\"}".to_vec(), "a.json", &["not UTF-8"]),
        (b"\xff\xfe{\0}\0".to_vec(), "a.json", &["UTF-16"]),
        (b"{\"openapi\": \"3.0.3\", \"paths\": {\"/a\": {}, \"/a\": {}}}".to_vec(), "a.json", &["line 1", "/paths"]),
        (b"\n<html><head><title>Sign in</title></head></html>".to_vec(), "a.json", &["web page"]),
        (vec![b' '; 50 << 20], "a.json", &["50 MB"]),
        (vec![0; 1 << 20], "a.json", &["a.json"]),
    ] {
        let (code, text) = added(&bytes, file);
        assert_eq!(code, BROKEN, "{text}");
        for part in parts.iter().chain(&["acme", file]) {
            assert!(text.contains(part), "`{part}` is not in {text}");
        }
    }
}

#[test]
fn schemas_in_circles_are_types_or_refused() {
    for (schemas, is_taken) in [
        (
            json!({ "A": { "type": "object", "properties": { "a": reference("A"), "l": { "type": "array", "items": reference("B") } } }, "B": { "type": "object", "additionalProperties": reference("A") } }),
            true,
        ),
        (json!({ "A": { "type": "array", "items": reference("A") } }), true),
        (json!({ "A": { "oneOf": [{ "type": "string" }, { "type": "array", "items": reference("A") }] } }), true),
        (
            json!({ "A": { "allOf": [reference("B"), { "properties": { "a": reference("A") } }] }, "B": { "type": "object", "properties": { "b": reference("A") } } }),
            true,
        ),
        (json!({ "A": reference("A") }), false),
        (json!({ "A": reference("B"), "B": reference("A") }), false),
        (json!({ "A": { "anyOf": [reference("B")] }, "B": { "allOf": [reference("A")] } }), false),
    ] {
        let document = document(&schemas, &reference("A"), &reference("A"));
        let (code, text) = added(document.to_string().as_bytes(), "a.json");
        assert_eq!(code == DONE, is_taken, "{text}");
        if !is_taken {
            assert!(text.contains("#/components/schemas/A"), "{text}");
        }
    }
}

/// Lowers a document that is past the loader, on the stack of the pipeline.
fn lowered(document: &Value) -> Result<Value, Problem> {
    pipeline::each(&["acme".to_owned()], |_| lower::lower(document)).pop().unwrap()
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

#[test]
fn parts_of_parts_do_not_multiply() {
    let doubled = |keyword: &'static str| {
        chain(
            40,
            move |number, next| json!({ keyword: [next.clone(), { "type": "object", "properties": { format!("p{number}"): next } }, next] }),
        )
    };
    let inherited = chain(
        1_000,
        |number, next| json!({ "allOf": [next, { "properties": { format!("p{number}"): { "type": "string" } } }] }),
    );
    let unions = chain(60, |number, next| {
        json!({ "oneOf": [
            { "type": "object", "properties": { "x": next, format!("p{number}"): next } },
            { "type": "object", "properties": { "x": { "type": "object", "properties": { "y": next } } } },
        ] })
    });
    for schemas in [doubled("allOf"), doubled("anyOf"), doubled("oneOf"), inherited, unions] {
        for document in [
            document(&schemas, &reference("S0"), &json!({ "type": "string" })),
            document(&schemas, &json!({ "type": "string" }), &reference("S0")),
        ] {
            let made = lowered(&document).unwrap();
            assert!(size(&made) < 40 * size(&document) + 3_000_000, "{} of {}", size(&made), size(&document));
        }
    }
}

#[test]
fn long_chains_do_not_overflow_the_stack() {
    let length = 2_000;
    for schemas in [
        chain(length, |_, next| next),
        chain(length, |_, next| json!({ "type": "object", "properties": { "next": next } })),
        chain(length, |_, next| json!({ "allOf": [next, { "required": ["end"] }] })),
        chain(length, |_, next| json!({ "anyOf": [next, { "type": "null" }] })),
        chain(length, |_, next| json!({ "oneOf": [next, { "type": "string" }] })),
        chain(length, |_, next| json!({ "type": "array", "items": next })),
    ] {
        let document = document(&schemas, &reference("S0"), &reference("S0"));
        assert!(lowered(&document).is_ok());
    }
}

#[test]
fn thousands_of_one_thing_are_no_square() {
    let count = 5_000;
    let alike: Map<String, Value> = (0..count)
        .map(|n| (format!("a{}", "-".repeat(n % 500) + &n.to_string()), json!({ "type": "string" })))
        .collect();
    let same: Map<String, Value> = (0..500).map(|n| ("-".repeat(n) + "a", json!({ "type": "string" }))).collect();
    let words: Vec<String> = (0..count).map(|n| format!("word {n}")).collect();
    let branches: Vec<Value> = (0..2_000)
        .map(|n| json!({ "type": "object", "properties": { format!("p{n}"): { "type": "integer" } } }))
        .collect();
    for schema in [
        json!({ "type": "object", "properties": alike, "required": alike.keys().collect::<Vec<_>>() }),
        json!({ "type": "object", "properties": same }),
        json!({ "type": "string", "enum": words }),
        json!({ "oneOf": branches }),
    ] {
        let document = document(&json!({ "A": schema }), &reference("A"), &reference("A"));
        assert!(lowered(&document).is_ok());
    }
}

#[test]
fn a_call_with_more_parameters_than_its_code_could_nest_is_left_out() {
    let one = |number: u32| json!({ "name": format!("q{number}"), "in": "query", "schema": { "type": "string" } });
    let mut document = document(&json!({}), &json!({ "type": "string" }), &json!({ "type": "string" }));
    document["paths"]["/many"]["get"] = json!({ "parameters": (0..20_000).map(one).collect::<Vec<_>>(), "responses": { "204": { "description": "" } } });
    let (code, text) = added(document.to_string().as_bytes(), "a.json");
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains("GET /many is left out: it has 20000 parameters"), "{text}");
}

#[test]
fn a_document_that_progenitor_panics_on_is_a_problem() {
    let nameless = json!({ "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "paths": { "/a": { "get": {
        "operationId": "a",
        "responses": { "200": { "description": "", "content": { "application/json": {} } } },
    } } } });
    let problem = client::generate(&nameless).unwrap_err().to_string();
    assert!(problem.contains("progenitor panics on the document") && problem.contains("fixup"), "{problem}");
    let refused = json!({ "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "paths": { "/a": { "get": { "responses": {} } } } });
    let problem = client::generate(&refused).unwrap_err().to_string();
    assert!(problem.contains("progenitor refuses the document"), "{problem}");
    let problem = client::generate(&json!({ "openapi": 3 })).unwrap_err().to_string();
    assert!(problem.contains("not OpenAPI 3.0"), "{problem}");
}

#[test]
fn a_large_document_becomes_a_crate() {
    let schemas: Map<String, Value> = (0..60)
        .map(|n| {
            let properties: Map<String, Value> = (0..20)
                .map(|p| {
                    (
                        format!("property_{p}"),
                        if p == 0 {
                            reference(&format!("Type{}", (n + 1) % 60))
                        } else {
                            json!({ "type": "string", "description": "x".repeat(200) })
                        },
                    )
                })
                .collect();
            (format!("Type{n}"), json!({ "type": "object", "properties": properties }))
        })
        .collect();
    let document = document(&Value::Object(schemas), &reference("Type0"), &reference("Type7"));
    let (code, text) = added(document.to_string().as_bytes(), "a.json");
    assert_eq!(code, DONE, "{text}");
}
