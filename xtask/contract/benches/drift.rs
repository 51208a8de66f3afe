//! How long comparing takes, as ratios within one run: against parsing both sides, and against the size of a document.
//!
//! `cargo bench -p contract --bench drift`. It fails when comparing the vendors' contracts takes more than five times
//! as long as parsing them, or when twice the operations take much more than twice the time.

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use contract::drift::drift;
use serde_json::{Map, Value, json};

/// The most that comparing may cost, in times of parsing both sides.
const MOST: f64 = 5.0;
/// The most that doubling a document may cost; two is linear.
const GROWTH: f64 = 2.6;

fn main() -> ExitCode {
    // Tests of all targets run this too, where figures would mean nothing.
    if !std::env::args().any(|arg| arg == "--bench") {
        return ExitCode::SUCCESS;
    }
    let contracts = contracts();
    assert!(!contracts.is_empty(), "there is no specs/ to read contracts from");
    let texts: Vec<(String, String)> = contracts
        .iter()
        .map(|document| (document.to_string(), edited(document.clone(), "prompt").to_string()))
        .collect();
    let parse = || texts.iter().map(|(old, new)| (value(old), value(new))).collect::<Vec<_>>();
    let parsed = parse();
    let parsing = fastest(|| {
        black_box(parse());
    });
    let comparing = fastest(|| {
        for (old, new) in &parsed {
            black_box(drift(old, new));
        }
    });
    let reported: usize = parsed.iter().map(|(old, new)| drift(old, new).changes.len()).sum();
    let same = fastest(|| {
        for (old, _) in &parsed {
            black_box(drift(old, &old.clone()));
        }
    });
    let ratio = comparing.as_secs_f64() / parsing.as_secs_f64();
    println!("{} contracts, {reported} changes", parsed.len());
    println!("  parsing both sides  {parsing:>10.1?}");
    println!("  comparing           {comparing:>10.1?}  {ratio:.2} × parsing (at most {MOST})");
    println!("  comparing with self {same:>10.1?}");
    let mut fine = ratio <= MOST;
    let sizes: Vec<(u32, Value, Value)> =
        [200, 400, 800].into_iter().map(|size| (size, document(size, 2000), document(size, 1500))).collect();
    // In turns, so that whatever else the machine does meets all of them.
    let mut times = vec![Duration::MAX; sizes.len()];
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(6) {
        for ((_, old, new), best) in sizes.iter().zip(&mut times) {
            let begin = Instant::now();
            black_box(drift(old, new));
            *best = begin.elapsed().min(*best);
        }
    }
    let mut before: Option<f64> = None;
    for ((size, old, new), time) in sizes.iter().zip(times) {
        let changes = drift(old, new).changes.len();
        let growth = before.map(|before| time.as_secs_f64() / before);
        let words = growth.map(|growth| format!(", {growth:.2} × the half")).unwrap_or_default();
        println!("{size} operations, {changes} changes: {time:.1?}{words}");
        fine &= growth.is_none_or(|growth| growth <= GROWTH);
        before = Some(time.as_secs_f64());
    }
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The shortest of many runs: what the work takes when nothing disturbs it.
fn fastest(mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    let mut best = Duration::MAX;
    let mut rounds = 0;
    while rounds < 10 || start.elapsed() < Duration::from_secs(2) {
        let begin = Instant::now();
        run();
        best = best.min(begin.elapsed());
        rounds += 1;
    }
    best
}

fn contracts() -> Vec<Value> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let slugs = contract::vendors(&specs).unwrap_or_default();
    slugs.iter().filter_map(|slug| contract::build(&specs.join(slug)).ok()).map(|built| built.document).collect()
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// The document with one property of every schema limited anew, so that there is something to report everywhere.
fn edited(mut document: Value, property: &str) -> Value {
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for (_, schema) in schemas.into_iter().flatten() {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, value) in properties.into_iter().flatten() {
            let Some(value) = value.as_object_mut() else { continue };
            if name == property || value.get("type").is_some_and(|kind| kind == "string") {
                value.insert("maxLength".to_owned(), json!(777));
            }
        }
    }
    document
}

/// A document of many operations: each with a request and an answer of its own, and an error that all share. One more has
/// as many parameters, which stand elsewhere when the limit is another.
fn document(operations: u32, limit: u32) -> Value {
    let refer =
        |name: String| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
    let mut paths = Map::new();
    let mut schemas = Map::new();
    schemas.insert(
        "Error".to_owned(),
        json!({"type": "object", "properties": {"message": {"type": "string", "maxLength": limit}}}),
    );
    for index in 0..operations {
        paths.insert(
            format!("/things/{index}/{{id}}"),
            json!({"post": {
                "operationId": format!("make_{index}"),
                "parameters": [
                    {"in": "path", "name": "id", "required": true, "schema": {"type": "string"}},
                    {"in": "query", "name": "limit", "schema": {"type": "integer", "maximum": limit}}
                ],
                "requestBody": {"required": true, "content": refer(format!("Request{index}"))},
                "responses": {
                    "200": {"description": "Made.", "content": refer(format!("Answer{index}"))},
                    "default": {"description": "Not made.", "content": refer("Error".to_owned())}
                }
            }}),
        );
        let mut properties = Map::new();
        for number in 0..12 {
            properties.insert(
                format!("field_{number}"),
                json!({"type": "string", "maxLength": 40, "description": "A field."}),
            );
        }
        properties.insert("prompt".to_owned(), json!({"type": "string", "maxLength": limit}));
        let schema = json!({"type": "object", "required": ["prompt"], "properties": properties});
        schemas.insert(format!("Request{index}"), schema.clone());
        schemas.insert(format!("Answer{index}"), schema);
    }
    let place = if limit < 2000 { "header" } else { "query" };
    let parameters: Vec<Value> = (0..operations)
        .map(|index| json!({"in": place, "name": format!("p{index}"), "schema": {"type": "string"}}))
        .collect();
    paths.insert("/many".to_owned(), json!({"get": {"parameters": parameters, "responses": {}}}));
    json!({"openapi": "3.1.0", "paths": paths, "components": {"schemas": schemas}})
}
