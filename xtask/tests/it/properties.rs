//! Whatever a document holds, lowering and generation give a client or a problem, and never panic.
//!
//! The documents are arbitrary JSON, arbitrary schemas in a whole document, and the traps' documents with some of their
//! nodes dropped, doubled or replaced by others.

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use contract::pointer;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use xtask::{client, lower};

use crate::cases;
use crate::sandbox::SOURCE;

/// The stack that the pipeline runs on.
const STACK: usize = 64 << 20;

fn on_a_large_stack(f: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(STACK).spawn(f).unwrap().join().unwrap();
}

/// So many cases, times what `PROPTEST_CASES` asks for.
fn config(cases: u32) -> Config {
    // The same documents on every machine; a failure prints the document it failed on.
    let cases = cases * Config::default().cases / 256;
    let max_shrink_iters = 4_000;
    Config {
        cases,
        max_shrink_iters,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..Config::default()
    }
}

/// Lowers and generates; a panic, or a problem of progenitor's where lowering promised there would be none, fails. So does
/// an operation that is neither in the client nor in the notes.
fn takes(document: &Value, is_promised: bool) -> Result<(), TestCaseError> {
    let outcome = catch_unwind(|| {
        lower::lower(document).map(|lowered| {
            let code = client::generate(&lowered);
            (lowered, code)
        })
    });
    match outcome {
        Err(_) => Err(TestCaseError::fail(format!("lowering panics on {document}"))),
        Ok(Ok((_, Err(problem)))) if is_promised => Err(TestCaseError::fail(format!("{problem} of {document}"))),
        Ok(Ok((lowered, Ok(code)))) => match lost(document, &lowered, &code)[..] {
            [] => Ok(()),
            ref lost => Err(TestCaseError::fail(format!("{} of {document}", lost.join(", ")))),
        },
        Ok(_) => Ok(()),
    }
}

/// The operations of a document, by method and by path without the names of its places.
fn calls(document: &Value) -> Vec<(String, &Value)> {
    contract::schema::operations(document).map(|(path, method, operation)| (call(method, path), operation)).collect()
}

fn call(method: &str, path: &str) -> String {
    format!("{} {}", method.to_uppercase(), contract::flatten::with_places(path, |_| ""))
}

/// The operations that are lost without a word, between the document and its client.
fn lost(document: &Value, lowered: &Value, code: &str) -> Vec<String> {
    let notes = lower::notes(lowered);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut lost = Vec::new();
    for (call, operation) in calls(lowered) {
        *found.entry(call).or_default() += 1;
        let id = operation["operationId"].as_str().unwrap_or_default();
        if !code.contains(&format!("pub fn {}(", lower::snake(id))) {
            lost.push(format!("`{id}` is no method"));
        }
    }
    for note in &notes {
        if let Some((method, path)) = note.split_once(" is left out: ").and_then(|(call, _)| call.split_once(' ')) {
            *found.entry(call(method, path)).or_default() += 1;
        }
    }
    for (call, _) in calls(document) {
        match found.get_mut(&call) {
            Some(count) if *count > 0 => *count -= 1,
            _ => lost.push(format!("{call} is lost")),
        }
    }
    lost
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        proptest::sample::select(WORDS).prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ]
}

/// Words that mean something to a schema, or to Rust.
const WORDS: &[&str] = &[
    "string",
    "integer",
    "number",
    "boolean",
    "array",
    "object",
    "null",
    "type",
    "properties",
    "items",
    "$ref",
    "enum",
    "const",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "required",
    "additionalProperties",
    "default",
    "nullable",
    "#/components/schemas/A",
    "#/components/schemas/B",
    "#/components/schemas/C/properties/a",
    "#",
    "a",
    "A",
    "self",
    "x-answer",
    "x-rust-type",
    "x-name",
    "discriminator",
    "propertyName",
    "mapping",
    "format",
    "uri",
    "image/*",
];

fn any_json() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key(), inner), 0..6).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    proptest::sample::select(&["a", "A", "b", "type", "a_b", "aB", "1", "", "default", "名"][..])
        .prop_map(str::to_owned)
}

/// Schemas as they may be: well formed, but of any combination of keywords.
fn schema() -> impl Strategy<Value = Value> {
    let reference = proptest::sample::select(&["A", "B", "C", "D"][..])
        .prop_map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
    let types = proptest::sample::select(&["string", "integer", "number", "boolean", "array", "object", "null"][..]);
    let leaf = prop_oneof![
        3 => reference,
        3 => types.clone().prop_map(|t| json!({ "type": t })),
        1 => prop::collection::vec(types, 1..4).prop_map(|types| json!({ "type": types })),
        1 => prop::collection::vec(scalar(), 1..4).prop_map(|words| json!({ "enum": words })),
        1 => prop::collection::vec(name(), 1..4).prop_map(|words| json!({ "type": "string", "enum": words })),
        1 => scalar().prop_map(|word| json!({ "const": word })),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(json!({})),
        1 => Just(json!({ "type": "string", "format": "uri", "contentMediaType": "image/*" })),
    ];
    leaf.prop_recursive(5, 48, 4, |inner| {
        let list = |inner: BoxedStrategy<Value>| prop::collection::vec(inner, 1..4);
        let part = |key: &'static str, strategy: BoxedStrategy<Value>| {
            prop_oneof![2 => Just(None), 1 => strategy.prop_map(move |value| Some((key.to_owned(), value)))]
        };
        let inner = inner.boxed();
        let properties = prop::collection::vec((name(), inner.clone()), 0..4)
            .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>()))
            .boxed();
        let required = prop::collection::vec(name(), 0..3).prop_map(|names| json!(names)).boxed();
        let all = |inner: &BoxedStrategy<Value>| list(inner.clone()).prop_map(Value::from).boxed();
        let more = prop_oneof![any::<bool>().prop_map(Value::from), inner.clone()].boxed();
        (
            part("properties", properties),
            part("required", required),
            part("items", inner.clone()),
            part("additionalProperties", more),
            part("allOf", all(&inner)),
            part("anyOf", all(&inner)),
            part("oneOf", all(&inner)),
            part("not", inner.clone()),
            part("discriminator", name().prop_map(|name| json!({ "propertyName": name })).boxed()),
            part("description", "\\PC{0,8}".prop_map(Value::from).boxed()),
        )
            .prop_map(|(a, b, c, d, e, f, g, h, i, j)| {
                Value::Object([a, b, c, d, e, f, g, h, i, j].into_iter().flatten().collect())
            })
    })
}

fn whole_document(schemas: [Value; 4], body: &Value, answer: &Value, parameter: &Value) -> Value {
    let [a, b, c, d] = schemas;
    json!({
        "openapi": "3.1.0",
        "info": { "title": "t", "version": "1" },
        "paths": { "/a/{id}": { "post": {
            "operationId": "submit",
            "parameters": [
                { "name": "id", "in": "path", "required": true, "schema": parameter },
                { "name": "q", "in": "query", "schema": parameter },
            ],
            "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
            "responses": {
                "200": { "description": "", "content": { "application/json": { "schema": answer } } },
                "202": { "description": "", "content": { "application/json": { "schema": parameter } } },
                "400": { "description": "", "content": { "application/json": { "schema": body } } },
            },
        } } },
        "components": { "schemas": { "A": a, "B": b, "C": c, "D": d } },
    })
}

#[test]
fn arbitrary_json_is_lowered_or_refused() {
    on_a_large_stack(|| {
        TestRunner::new(config(1_000)).run(&any_json(), |document| takes(&document, false)).unwrap();
        let with_schemas = (any_json(), any_json(), any_json()).prop_map(|(schemas, body, answer)| {
            let mut document = whole_document([json!({}), json!({}), json!({}), json!({})], &body, &answer, &json!({}));
            document["components"]["schemas"] = schemas;
            document
        });
        TestRunner::new(config(500)).run(&with_schemas, |document| takes(&document, false)).unwrap();
    });
}

#[test]
fn documents_of_any_schemas_become_clients() {
    on_a_large_stack(|| {
        let documents = ([schema(), schema(), schema(), schema()], schema(), schema(), schema())
            .prop_map(|(schemas, body, answer, parameter)| whole_document(schemas, &body, &answer, &parameter));
        TestRunner::new(config(100)).run(&documents, |document| takes(&document, true)).unwrap();
    });
}

/// Names of a path's places that become one identifier, or that a renamed one takes.
const PLACES: &[&str] = &["body", "Body", "body_path", "body_path2", "body-path", "id", "ID", "new", "new_path", "ꟁ"];

#[test]
fn of_paths_whose_places_are_named_alike_no_call_is_lost() {
    on_a_large_stack(|| {
        let place = || proptest::sample::select(PLACES);
        let calls = prop::collection::vec((place(), place(), any::<bool>(), any::<bool>()), 1..8);
        let documents = calls.prop_map(|calls| {
            let mut paths = json!({});
            for (a, b, is_post, has_two) in calls {
                let places = if has_two && a != b { vec![a, b] } else { vec![a] };
                let parameters: Vec<Value> = places
                    .iter()
                    .map(|name| json!({ "in": "path", "name": name, "required": true, "schema": { "type": "string" } }))
                    .collect();
                let path = format!("/{{{}}}", places.join("}/{"));
                paths[path][if is_post { "post" } else { "get" }] =
                    json!({ "operationId": "x", "parameters": parameters, "responses": { "204": { "description": "" } } });
            }
            json!({ "openapi": "3.1.0", "info": { "title": "t", "version": "1" }, "paths": paths })
        });
        TestRunner::new(config(200)).run(&documents, |document| takes(&document, true)).unwrap();
    });
}

/// One change of a document.
fn mutate(document: &mut Value, at: &str, how: u8, other: &Value) {
    let Some((parent, key)) = at.rsplit_once('/') else { return };
    let key = pointer::unescape(key).unwrap().into_owned();
    match pointer::get_mut(document, parent) {
        Some(Value::Object(map)) => match how % 3 {
            0 => {
                map.remove(&key);
            }
            1 => {
                map.insert(key, other.clone());
            }
            _ => {
                if let Some(value) = map.get(&key).cloned() {
                    map.insert(key.to_uppercase(), value);
                }
            }
        },
        Some(Value::Array(items)) => {
            if let Ok(index) = key.parse::<usize>() {
                match how % 3 {
                    0 => {
                        items.remove(index);
                    }
                    1 => items[index] = other.clone(),
                    _ => items.push(items[index].clone()),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn mutated_documents_become_clients_or_are_refused() {
    on_a_large_stack(|| {
        let mut documents = Vec::new();
        for folder in cases::list(&cases::folder().join("traps")) {
            for path in cases::list(&folder) {
                let format = contract::load::format_of(&cases::name(&path));
                if cases::name(&path).starts_with("openapi.") {
                    documents.push(contract::load::load(&std::fs::read(&path).unwrap(), format).unwrap());
                }
            }
        }
        let mutants = (0..documents.len(), prop::collection::vec((any::<u32>(), any::<u8>(), any_json()), 1..4))
            .prop_map(|(index, mutations)| {
                let mut document = documents[index].clone();
                for (at, how, other) in mutations {
                    let mut found = Vec::new();
                    pointer::walk(&document, &mut |at, _| found.push(at.to_owned()));
                    let at = found[at as usize % found.len()].clone();
                    mutate(&mut document, &at, how, &other);
                }
                document
            });
        TestRunner::new(config(100))
            .run(&mutants, |document| {
                let files = contract::Files::from([
                    ("source.toml".to_owned(), SOURCE.as_bytes().to_vec()),
                    ("a.openapi.json".to_owned(), document.to_string().into_bytes()),
                ]);
                match catch_unwind(|| contract::build_files("acme", &files)) {
                    Err(_) => Err(TestCaseError::fail(format!("the contract panics on {document}"))),
                    Ok(Ok(contract)) => takes(&contract.document, true),
                    Ok(Err(_)) => Ok(()),
                }
            })
            .unwrap();
    });
}
