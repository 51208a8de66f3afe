//! Cases as files: `cases/<module>/<case>.in.json` goes in, `.out.json`, `.out.txt` or `.err.txt` is what must come out.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test may panic")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::source::Source;
use crate::{Problem, load, render};

/// What came out of a case.
pub(crate) enum Outcome {
    /// A document.
    Json(Value),
    /// A text.
    Text(String),
}

/// The folder of a module's cases.
pub(crate) fn folder(module: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(module)
}

/// The names and inputs of a module's cases.
pub(crate) fn inputs(module: &str) -> Vec<(String, Value)> {
    let mut inputs = Vec::new();
    for entry in std::fs::read_dir(folder(module)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if let Some(case) = name.strip_suffix(".in.json") {
            let input = load::load(&std::fs::read(&path).unwrap(), None).unwrap_or_else(|e| panic!("{name}: {e}"));
            inputs.push((case.to_owned(), input));
        }
    }
    assert!(!inputs.is_empty(), "there is no case in cases/{module}");
    inputs.sort_by(|a, b| a.0.cmp(&b.0));
    inputs
}

/// Runs every case of a module, and reports all that differ.
pub(crate) fn run(module: &str, act: impl Fn(&Value) -> Result<Outcome, Problem>) {
    let mut report = String::new();
    let mut expected_files = Vec::new();
    for (case, input) in inputs(module) {
        let (kind, text) = match act(&input) {
            Ok(Outcome::Json(value)) => ("out.json", render::render(&value)),
            Ok(Outcome::Text(text)) => ("out.txt", text),
            Err(problem) => ("err.txt", format!("{problem}\n")),
        };
        let file = format!("{case}.{kind}");
        let path = folder(module).join(&file);
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if expected != text {
            writeln!(report, "cases/{module}/{file} is\n{expected}\nand came out as\n{text}").unwrap();
        }
        expected_files.push(file);
    }
    for entry in std::fs::read_dir(folder(module)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_result = name.contains(".out.") || name.contains(".err.");
        if is_result && !expected_files.contains(&name) {
            writeln!(report, "cases/{module}/{name} belongs to no case that ends so").unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
}

/// A `source.toml` with the given fields over plain ones.
pub(crate) fn source(fields: Option<&Value>) -> Source {
    let mut source = json!({
        "kind": "authored", "title": "Vendor", "version": "0.1.0", "base_url": "https://api.example.com/v1",
        "url": "https://example.com/docs", "date": "2026-01-02",
        "auth": {"in": "header", "name": "Authorization", "prefix": "Bearer "},
    });
    for (key, value) in fields.and_then(Value::as_object).into_iter().flatten() {
        source[key] = value.clone();
    }
    serde_json::from_value(source).unwrap()
}
