//! Every mutant of every real contract is reported, under the rule of its kind and with the right verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::PathBuf;

use serde_json::Value;

use super::mirror;
use super::mutants::{Mutant, mutants};
use super::table::TABLE;
use crate::drift::{Direction, Report, Scope, drift};
use crate::surface::surface;

/// Keys of a document or operation that OpenAPI does not know are dropped on the way to a contract, so that the surface
/// text of one has no place for them. The comparison takes any document, and reports them.
const LEFT_OUT: &str = "add unknown key";

/// The contracts of the vendors, as their `specs/` say them, and the base of the corpus, which says more.
fn contracts() -> BTreeMap<String, Value> {
    let specs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let mut all: BTreeMap<String, Value> = crate::vendors(&specs)
        .unwrap()
        .into_iter()
        .map(|slug| {
            let contract = crate::build(&specs.join(&slug)).unwrap();
            (slug, contract.document)
        })
        .collect();
    assert!(all.len() >= 5, "there are {} vendors", all.len());
    all.insert("corpus".to_owned(), super::corpus::contract(&super::corpus::base()));
    all
}

/// The rules and verdicts that a line of the table asks for, in the directions of the mutant.
fn asked(says: &[super::table::Says], mutant: &Mutant) -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for (stem, request, answer) in says {
        for way in &mutant.ways {
            let (prefix, verdict) = match way {
                None => ("", request),
                Some(Direction::Request) => ("request-", request),
                Some(Direction::Response) => ("response-", answer),
            };
            all.insert((format!("{prefix}{stem}"), verdict.to_string()));
        }
    }
    all
}

fn told(report: &Report) -> BTreeSet<(String, String)> {
    report.changes.iter().map(|change| (change.id(), change.verdict.to_string())).collect()
}

/// Why a report of a mutant is wrong, if it is.
fn misjudged(base: &Value, facts: &str, mutant: &Mutant) -> Option<String> {
    let report = drift(base, &mutant.document);
    let lines: Vec<_> = TABLE.iter().filter(|(kind, _)| *kind == mutant.kind).collect();
    assert!(!lines.is_empty(), "the table does not know {:?}", mutant.kind);
    let told = told(&report);
    if !lines.iter().any(|(_, says)| asked(says, mutant) == told) {
        let asked = lines.first().map(|(_, says)| asked(says, mutant));
        return Some(format!("expected {asked:?}, found {told:?}"));
    }
    let only_words = lines.iter().all(|(_, says)| says.is_empty());
    if only_words && report.documentation.is_empty() {
        return Some("the documentation that changed is not counted".to_owned());
    }
    if !only_words && mutant.kind != LEFT_OUT && surface(&mutant.document) == facts {
        return Some("the surface text is the same".to_owned());
    }
    let differences = mirror::differences(&report, &drift(&mutant.document, base));
    (!differences.is_empty()).then(|| format!("the way back differs: {}", differences.join("; ")))
}

#[test]
fn every_mutant_of_every_contract_is_judged_rightly() {
    let mut wrong = Vec::new();
    let mut figures = Vec::new();
    let (mut made, mut reported, mut misjudgments) = (0, 0, 0);
    for (slug, base) in contracts() {
        assert!(drift(&base, &base).is_empty(), "{slug} differs from itself");
        let facts = surface(&base);
        let all = mutants(&base);
        let before = wrong.len();
        let mut seen = 0;
        for mutant in &all {
            if let Some(why) = misjudged(&base, &facts, mutant) {
                wrong.push(format!("{slug}: {} at {}: {why}", mutant.kind, mutant.at));
            } else {
                seen += 1;
            }
        }
        let bad = wrong.len() - before;
        figures.push(format!("  {slug}: {} mutants made, {seen} reported as they are, {bad} misjudged", all.len()));
        made += all.len();
        reported += seen;
        misjudgments += bad;
    }
    let kinds: BTreeSet<&str> = TABLE.iter().map(|(kind, _)| *kind).collect();
    let text = format!(
        "mutation test: {made} mutants of {} kinds made, {reported} reported as they are, {misjudgments} misjudged\n{}\n",
        kinds.len(),
        figures.join("\n")
    );
    // Written to the stream itself, so that the figures are seen of a test that passes too.
    std::io::stderr().write_all(text.as_bytes()).unwrap();
    assert!(wrong.is_empty(), "{text}{}", wrong.join("\n"));
}

#[test]
fn the_table_asks_for_rules_that_exist() {
    let stems: BTreeSet<String> = crate::drift::Rule::ALL
        .iter()
        .flat_map(|rule| rule.directions().iter().map(|direction| rule.id(*direction)))
        .map(|id| id.trim_start_matches("request-").trim_start_matches("response-").to_owned())
        .collect();
    for (kind, says) in TABLE {
        for (stem, ..) in *says {
            assert!(stems.contains(*stem), "{kind}: {stem}");
        }
    }
    assert!(crate::drift::Rule::ALL.iter().any(|rule| rule.scope() == Scope::Schema));
}
#[test]
fn zz_time() {
    let (mut a,mut b,mut c,mut n)=(0u128,0,0,0);
    for (_slug, base) in contracts() {
        let t=std::time::Instant::now();
        let all = mutants(&base); n+=all.len();
        a+=t.elapsed().as_micros();
        let t=std::time::Instant::now();
        for m in all.iter().take(300) { std::hint::black_box(drift(&base,&m.document)); }
        b+=t.elapsed().as_micros();
        let t=std::time::Instant::now();
        for m in all.iter().take(300) { std::hint::black_box(surface(&m.document)); }
        c+=t.elapsed().as_micros();
    }
    println!("make {a} for {n}; drift {b} surface {c} for 1800");
}
