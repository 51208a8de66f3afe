//! How long making crates takes, as ratios within one run: against progenitor and prettyplease alone on the same lowered
//! documents, and against the size of a document.
//!
//! `cargo bench --bench pipeline`. It fails when the whole pipeline of all vendors, or `add` without compiling, takes more
//! than one and a half times as long as those two alone, or when twice the operations take much more than twice the time.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use xtask::commands::{DONE, add};
use xtask::{client, pipeline};

/// The most that the pipeline may cost, in times of progenitor and prettyplease alone.
const MOST: f64 = 1.5;
/// The most that doubling a document may cost; two is linear.
const GROWTH: f64 = 2.6;
/// How long each comparison is measured.
const LONG: Duration = Duration::from_secs(15);

fn main() -> ExitCode {
    // Tests of all targets run this too, where figures would mean nothing.
    if !std::env::args().any(|arg| arg == "--bench") {
        return ExitCode::SUCCESS;
    }
    // Documents nest, and so do the functions that walk them.
    let measured = std::thread::Builder::new().stack_size(64 << 20).spawn(|| vendors() & documents());
    match measured.map(std::thread::JoinHandle::join) {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// The whole pipeline of all vendors, one after the other.
fn vendors() -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default();
    let slugs = contract::vendors(&root.join("specs")).unwrap_or_default();
    let lowered: Vec<Value> =
        slugs.iter().filter_map(|slug| pipeline::make(&root, slug).ok()).map(|made| made.lowered).collect();
    assert!(!slugs.is_empty() && lowered.len() == slugs.len(), "there are no vendors to measure");
    let mut make_all = || {
        for slug in &slugs {
            drop(black_box(pipeline::make(&root, slug)));
        }
    };
    let mut generate_all = || {
        for document in &lowered {
            drop(black_box(client::generate_alone(document)));
        }
    };
    let [whole, alone] = in_turns(&mut || {}, [&mut make_all, &mut generate_all]);
    let ratio = whole.as_secs_f64() / alone.as_secs_f64();
    println!("{} vendors", slugs.len());
    println!("  progenitor and prettyplease alone  {alone:>10.1?}");
    println!("  the whole pipeline                 {whole:>10.1?}  {ratio:.2} × (at most {MOST})");
    ratio <= MOST
}

/// `add` of documents of 200 operations and of twice and four times as many.
fn documents() -> bool {
    let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("there is no temporary folder: {e}"));
    let root = folder.path();
    let mut before: Option<f64> = None;
    let mut is_fine = true;
    for operations in [200, 400, 800] {
        let spec = root.join(format!("{operations}.json"));
        fs::write(&spec, document(operations).to_string()).unwrap_or_else(|e| panic!("{}: {e}", spec.display()));
        let lowered = lowered(root, &spec);
        let slug = ["acme".to_owned()];
        let [whole, alone] = in_turns(
            &mut || empty(root),
            [&mut || assert!(added(root, &spec), "the document is refused"), &mut || {
                // On a thread like the one that `add` uses: a new thread begins without memory of its own.
                drop(black_box(pipeline::each(&slug, |_| client::generate_alone(&lowered))));
            }],
        );
        let ratio = whole.as_secs_f64() / alone.as_secs_f64();
        let growth = before.map(|before| whole.as_secs_f64() / before);
        let words = growth.map(|growth| format!(", {growth:.2} × the half")).unwrap_or_default();
        println!("{operations} operations: alone {alone:.1?}, add {whole:.1?}, {ratio:.2} × (at most {MOST}){words}");
        is_fine &= ratio <= MOST && growth.is_none_or(|growth| growth <= GROWTH);
        before = Some(whole.as_secs_f64());
    }
    is_fine
}

/// Makes a repository that has no vendor.
fn empty(root: &Path) {
    for part in ["specs", "crates"] {
        let _ = fs::remove_dir_all(root.join(part));
        let _ = fs::create_dir(root.join(part));
    }
}

/// Makes folder and crate of a document.
fn added(root: &Path, spec: &Path) -> bool {
    let spec = spec.to_string_lossy();
    add::run(root, "acme", &spec, &mut std::io::sink()).is_ok_and(|code| code == DONE)
}

fn lowered(root: &Path, spec: &Path) -> Value {
    empty(root);
    assert!(added(root, spec), "the document is refused");
    let made = pipeline::make(root, "acme").unwrap_or_else(|problem| panic!("{problem}"));
    let folder: PathBuf = root.join("crates");
    assert!(folder.is_dir());
    made.lowered
}

/// The shortest run of each, taken in turns, so that whatever else the machine does meets both. What prepares a run is
/// not measured.
fn in_turns(prepare: &mut dyn FnMut(), mut work: [&mut dyn FnMut(); 2]) -> [Duration; 2] {
    let mut best = [Duration::MAX; 2];
    let start = Instant::now();
    let mut rounds = 0;
    while rounds < 3 || start.elapsed() < LONG {
        for (run, best) in work.iter_mut().zip(&mut best) {
            prepare();
            let begin = Instant::now();
            run();
            *best = begin.elapsed().min(*best);
        }
        rounds += 1;
    }
    best
}

/// A document of many operations: each with a request and an answer of its own, and an error that all share.
fn document(operations: u32) -> Value {
    let refer =
        |name: &str| json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } });
    let mut paths = Map::new();
    let mut schemas = Map::new();
    schemas.insert("Error".to_owned(), json!({ "type": "object", "properties": { "message": { "type": "string" } } }));
    for index in 0..operations {
        paths.insert(
            format!("/things/{index}/{{id}}"),
            json!({ "post": {
                "operationId": format!("make_{index}"),
                "parameters": [
                    { "in": "path", "name": "id", "required": true, "schema": { "type": "string" } },
                    { "in": "query", "name": "limit", "schema": { "type": "integer", "maximum": 100 } },
                ],
                "requestBody": { "required": true, "content": refer(&format!("Request{index}")) },
                "responses": {
                    "200": { "description": "Made.", "content": refer(&format!("Answer{index}")) },
                    "default": { "description": "Not made.", "content": refer("Error") },
                },
            } }),
        );
        let mut properties = Map::new();
        for number in 0..8 {
            let property = json!({ "type": "string", "maxLength": 40, "description": "A field." });
            properties.insert(format!("field_{number}"), property);
        }
        properties.insert("kind".to_owned(), json!({ "type": "string", "enum": ["one", "two", "three"] }));
        properties
            .insert("inner".to_owned(), json!({ "type": "object", "properties": { "a": { "type": "integer" } } }));
        let schema = json!({ "type": "object", "required": ["kind"], "properties": properties });
        schemas.insert(format!("Request{index}"), schema.clone());
        schemas.insert(format!("Answer{index}"), schema);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Many", "version": "1" },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}
