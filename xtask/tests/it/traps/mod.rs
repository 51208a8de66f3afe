//! The traps: documents that progenitor refuses, panics on or is silently wrong about, through the whole pipeline.
//!
//! A case is a folder `cases/traps/NAME` with a document `openapi.json` or `openapi.yaml`, the expectations
//! `expect.toml` (see [`Expect`]), a `source.toml` where the usual one does not do, and, where the wire tells what types
//! cannot, tests `wire.rs` that talk to a server on loopback. The generated code of all cases is compiled, without
//! warnings, as modules of one crate, and their tests are run with it.

mod scratch;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use contract::Problem;
use serde::Deserialize;
use xtask::pipeline::{self, Made};

use crate::cases;
use crate::sandbox::SOURCE;

/// What is expected of a case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// The trap, in a sentence.
    #[allow(dead_code, reason = "for whoever reads the case")]
    why: String,
    /// The document is refused as a whole, and the problem has each of these texts.
    #[serde(default)]
    refused: Vec<String>,
    /// The client's methods, all of them.
    #[serde(default)]
    operations: Vec<String>,
    /// Each is part of a line that tells what the client does not have.
    #[serde(default)]
    left_out: Vec<String>,
    /// Each is part of the generated code, white space aside.
    #[serde(default)]
    code: Vec<String>,
    /// None is part of the generated code.
    #[serde(default)]
    no_code: Vec<String>,
    /// Each is part of the contract, white space aside: lowering takes out of the client only.
    #[serde(default)]
    contract: Vec<String>,
}

struct Case {
    name: String,
    folder: PathBuf,
    expect: Expect,
    made: Result<Made, Problem>,
}

fn load() -> Vec<Case> {
    let folders = cases::list(&cases::folder().join("traps")).into_iter().filter(|path| path.is_dir());
    folders.map(|folder| load_one(&folder)).collect()
}

fn load_one(folder: &Path) -> Case {
    let name = cases::name(folder);
    let mut files = contract::Files::new();
    files.insert("source.toml".to_owned(), SOURCE.as_bytes().to_vec());
    let mut expect = None;
    for path in cases::list(folder) {
        let bytes = std::fs::read(&path).unwrap();
        match cases::name(&path).as_str() {
            "expect.toml" => {
                let text = std::str::from_utf8(&bytes).unwrap();
                expect = Some(toml::from_str(text).unwrap_or_else(|e| panic!("{name}/expect.toml: {e}")));
            }
            "wire.rs" => {}
            "source.toml" => {
                files.insert("source.toml".to_owned(), bytes);
            }
            file => {
                files.insert(file.replace("openapi.", "case.openapi."), bytes);
            }
        }
    }
    let expect: Expect = expect.unwrap_or_else(|| panic!("{name} has no expect.toml"));
    let made = pipeline::each(&["acme".to_owned()], |slug| {
        contract::build_files(slug, &files).and_then(pipeline::from_contract)
    })
    .pop()
    .unwrap();
    Case { name, folder: folder.to_owned(), expect, made }
}

/// The text without the white space that a formatter puts where it likes.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(",)", ")").replace(",>", ">")
}

fn generated(made: &Made) -> &str {
    std::str::from_utf8(&made.files["crates/hailuo-acme/src/generated.rs"]).unwrap()
}

fn complaints(case: &Case) -> Vec<String> {
    let mut complaints = Vec::new();
    let expect = &case.expect;
    let made = match &case.made {
        Ok(made) if expect.refused.is_empty() => made,
        Ok(_) => return vec!["the document is not refused".to_owned()],
        Err(problem) => {
            let text = problem.to_string();
            if expect.refused.is_empty() {
                return vec![format!("the document is refused: {text}")];
            }
            let missing = expect.refused.iter().filter(|part| !text.contains(part.as_str()));
            return missing.map(|part| format!("{part:?} is not in the problem: {text}")).collect();
        }
    };
    let operations = contract::schema::operations(&made.lowered);
    let operations: BTreeSet<&str> =
        operations.filter_map(|(.., operation)| operation["operationId"].as_str()).collect();
    let expected: BTreeSet<&str> = expect.operations.iter().map(String::as_str).collect();
    if operations != expected {
        complaints.push(format!("the operations are {operations:?}"));
    }
    let notes: Vec<String> = made.contract.left_out.iter().cloned().chain(xtask::lower::notes(&made.lowered)).collect();
    for part in &expect.left_out {
        if !notes.iter().any(|note| note.contains(part.as_str())) {
            complaints.push(format!("{part:?} is in none of the notes {notes:#?}"));
        }
    }
    let code = squeezed(generated(made));
    for part in &expect.code {
        if !code.contains(&squeezed(part)) {
            complaints.push(format!("the code has no `{part}`"));
        }
    }
    for part in &expect.no_code {
        if code.contains(&squeezed(part)) {
            complaints.push(format!("the code has `{part}`"));
        }
    }
    let contract = squeezed(&made.rendered);
    for part in &expect.contract {
        if !contract.contains(&squeezed(part)) {
            complaints.push(format!("the contract has no `{part}`"));
        }
    }
    complaints
}

#[test]
fn every_trap_is_lowered_or_refused_as_its_case_says() {
    let cases = load();
    assert!(cases.len() > 40, "the cases are gone: {} are left", cases.len());
    let complaints: Vec<String> = cases
        .iter()
        .flat_map(|case| complaints(case).into_iter().map(move |complaint| format!("{}: {complaint}", case.name)))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_code_of_all_traps_compiles_without_warnings_and_is_right_on_the_wire() {
    scratch::test(&load());
}
