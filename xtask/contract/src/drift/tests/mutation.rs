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

/// What came of the mutants of one contract.
struct Outcome {
    figure: String,
    made: usize,
    wrong: Vec<String>,
}

fn judge(slug: &str, base: &Value) -> Outcome {
    assert!(drift(base, base).is_empty(), "{slug} differs from itself");
    let facts = surface(base);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let work = &|worker: usize| {
        let (mut made, mut wrong) = (0, Vec::new());
        mutants(base, (worker, workers), &mut |mutant| {
            made += 1;
            let why = misjudged(base, &facts, mutant);
            wrong.extend(why.map(|why| format!("{slug}: {} at {}: {why}", mutant.kind, mutant.at)));
        });
        (made, wrong)
    };
    let (made, wrong) = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        let parts = threads.into_iter().map(|thread| thread.join().unwrap());
        parts.fold((0, Vec::new()), |(made, wrong), part| (made + part.0, [wrong, part.1].concat()))
    });
    let bad = wrong.len();
    let figure = format!("  {slug}: {made} mutants made, {} reported as they are, {bad} misjudged", made - bad);
    Outcome { figure, made, wrong }
}

#[test]
fn every_mutant_of_every_contract_is_judged_rightly() {
    let outcomes: Vec<Outcome> = contracts().iter().map(|(slug, base)| judge(slug, base)).collect();
    let made: usize = outcomes.iter().map(|outcome| outcome.made).sum();
    let wrong: Vec<&String> = outcomes.iter().flat_map(|outcome| &outcome.wrong).collect();
    let kinds: BTreeSet<&str> = TABLE.iter().map(|(kind, _)| *kind).collect();
    let figures: Vec<&str> = outcomes.iter().map(|outcome| outcome.figure.as_str()).collect();
    let text = format!(
        "mutation test: {made} mutants of {} kinds made, {} reported as they are, {} misjudged\n{}\n",
        kinds.len(),
        made - wrong.len(),
        wrong.len(),
        figures.join("\n")
    );
    // Written to the stream itself, so that the figures are seen of a test that passes too.
    std::io::stderr().write_all(text.as_bytes()).unwrap();
    assert!(wrong.is_empty(), "{text}{}", wrong.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"));
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
