//! One base contract, one patch per case, and what a person expects of it.
//!
//! `cases/drift/changes` holds what must be reported, with the rules and verdicts written by hand; `cases/drift/same`
//! holds what must not; `cases/drift/reports` holds the golden reports.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

use super::mirror;
use crate::canonical::undocumented;
use crate::drift::{Drift, Format, Report, Rule, VendorDrift, Verdict, drift};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    #[serde(default, rename = "why")]
    _why: String,
    patch: json_patch::Patch,
    expect: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    rule: String,
    verdict: String,
    #[serde(default)]
    reaches: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Same {
    #[serde(default, rename = "why")]
    _why: String,
    patch: json_patch::Patch,
    documentation: usize,
    /// Whether the contract, and the code with it, keeps which way it is written.
    #[serde(default)]
    kept: bool,
}

pub(super) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases/drift")
}

pub(super) fn base() -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join("base.json")).unwrap()).unwrap()
}

/// The cases of a folder by name.
fn cases<T: for<'a> Deserialize<'a>>(kind: &str) -> Vec<(String, T)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder().join(kind)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let case = serde_json::from_str(&fs::read_to_string(&path).unwrap());
            (name.clone(), case.unwrap_or_else(|error| panic!("{name}: {error}")))
        })
        .collect()
}

/// Says a figure on the stream itself, so that it is seen of a test that passes too.
fn tell(figure: &str) {
    std::io::stderr().write_all(figure.as_bytes()).unwrap();
}

fn patched(name: &str, patch: &json_patch::Patch) -> Value {
    let mut document = base();
    json_patch::patch(&mut document, patch).unwrap_or_else(|error| panic!("{name}: {error}"));
    document
}

/// Rule, verdict and operations of each change, as the cases write them.
fn found(report: &Report) -> Vec<(String, String, BTreeSet<String>)> {
    let mut all: Vec<_> = report
        .changes
        .iter()
        .map(|change| {
            let operations = change.reached.uses.iter().map(|by| by.operation.clone()).collect();
            (change.id(), change.verdict.to_string(), operations)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn every_change_of_the_corpus_is_judged_as_a_person_judged_it() {
    let base = base();
    let mut wrong = Vec::new();
    let cases = cases::<Changed>("changes");
    for (name, case) in &cases {
        let report = drift(&base, &patched(name, &case.patch));
        let mut expected: Vec<_> =
            case.expect.iter().map(|e| (e.rule.clone(), e.verdict.clone(), e.reaches.clone())).collect();
        expected.sort();
        let found = found(&report);
        if found != expected {
            wrong.push(format!("{name}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 150, "the corpus has {} changes", cases.len());
    tell(&format!("corpus: {} changes, each judged as it was written by hand\n", cases.len()));
}

#[test]
fn what_is_no_change_is_none() {
    let base = base();
    let mut wrong = Vec::new();
    let cases = cases::<Same>("same");
    for (name, case) in &cases {
        let report = drift(&base, &patched(name, &case.patch));
        if !report.is_empty() || report.documentation.len() != case.documentation {
            wrong.push(format!("{name}: {:?} {:?}", found(&report), report.documentation));
        }
        let expected = (case.documentation > 0).then_some(Verdict::Documentation);
        assert!(!report.is_empty() || report.verdict() == expected, "{name}");
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 40, "the corpus has {} cases without a change", cases.len());
    tell(&format!("corpus: {} edits that are no change, none of them reported\n", cases.len()));
}

#[test]
fn every_case_backwards_is_its_mirror_image() {
    let base = base();
    let mut wrong = Vec::new();
    for (name, case) in cases::<Changed>("changes") {
        let new = patched(&name, &case.patch);
        let differences = mirror::differences(&drift(&base, &new), &drift(&new, &base));
        if !differences.is_empty() {
            wrong.push(format!("{name}\n  {}", differences.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_change_of_the_corpus_is_told_as_its_golden_report_tells_it() {
    let base = base();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder().join("reports"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let cases = cases::<Changed>("changes");
    settings.bind(|| {
        for (name, case) in &cases {
            let vendor = VendorDrift::between("example", &base, &patched(name, &case.patch));
            let drift = Drift { vendors: vec![vendor], ..Drift::default() };
            insta::assert_snapshot!(name.as_str(), drift.render(Format::Text { color: false }));
        }
    });
    let reports = fs::read_dir(folder().join("reports")).unwrap();
    let golden: BTreeSet<String> = reports
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|file| file.strip_suffix(".snap").map(str::to_owned))
        .collect();
    let known: BTreeSet<String> = cases.into_iter().map(|(name, _)| name).collect();
    let orphans: Vec<_> = golden.difference(&known).collect();
    assert!(orphans.is_empty(), "reports without a case: {orphans:?}");
}

/// The source of the corpus's vendor.
const SOURCE: &str = r#"
kind = "authored"
title = "Clips"
version = "0.1.0"
base_url = "https://api.example.com/v1"
url = "https://example.com/docs"
date = "2026-11-21"
[auth]
in = "header"
name = "Authorization"
prefix = "Bearer "
[operations]
submit = { call = "POST /clips", role = "submit" }
status = { call = "GET /clips/{id}", role = "poll" }
result = { call = "GET /clips/{id}/result", role = "fetch" }
cancel = { call = "DELETE /clips/{id}", role = "cancel" }
"#;

/// A document of the corpus as the contract that the whole front half makes of it.
pub(super) fn contract(document: &Value) -> Value {
    let files = crate::Files::from([
        ("source.toml".to_owned(), SOURCE.as_bytes().to_vec()),
        ("clips.openapi.json".to_owned(), document.to_string().into_bytes()),
    ]);
    crate::build_files("clips", &files).unwrap_or_else(|problem| panic!("{problem}")).document
}

/// What code is made from, apart from its comments.
fn made_from(contract: &Value) -> (Value, Value) {
    let contract = undocumented(contract);
    (contract["paths"].clone(), contract["components"].clone())
}

#[test]
fn what_is_no_change_is_none_after_the_whole_pipeline() {
    let base = contract(&base());
    for (name, case) in cases::<Same>("same") {
        let new = contract(&patched(&name, &case.patch));
        let report = drift(&base, &new);
        assert!(report.is_empty(), "{name}: {:?}", found(&report));
        assert_eq!(made_from(&new) != made_from(&base), case.kept, "{name}: whether the code changes");
    }
}

/// The rules that the cases of the corpus bring up.
pub(super) fn rules() -> BTreeSet<Rule> {
    let base = base();
    let reports =
        cases::<Changed>("changes").into_iter().map(|(name, case)| drift(&base, &patched(&name, &case.patch)));
    reports.flat_map(|report| report.changes).map(|change| change.rule).collect()
}
