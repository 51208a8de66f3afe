//! Each lowering pass by itself: `cases/lower/PASS/CASE.in.json` goes in, `CASE.out.json` must come out.
//!
//! A new case is a new file. What comes out where no `out.json` is yet is printed; `XTASK_BLESS=1 cargo test` writes it,
//! for the author to read before it is committed. A document that a pass refuses has `{"problem": …}` for its output.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use xtask::lower::PASSES;

use crate::cases;

#[test]
fn every_pass_makes_of_its_cases_what_they_say() {
    let is_blessing = std::env::var_os("XTASK_BLESS").is_some();
    let mut complaints = Vec::new();
    for (pass, lower) in PASSES {
        let folder = cases::folder().join("lower").join(pass);
        let inputs: Vec<_> =
            cases::list(&folder).into_iter().filter(|path| cases::name(path).ends_with(".in.json")).collect();
        assert!(inputs.len() > 1, "the pass {pass} has hardly any cases");
        for input in inputs {
            let case = cases::name(&input).replace(".in.json", "");
            let expected = folder.join(format!("{case}.out.json"));
            let made = match lower(read(&input)) {
                Ok(document) => document,
                Err(problem) => json!({ "problem": problem.to_string() }),
            };
            if expected.is_file() && read(&expected) == made {
                continue;
            }
            let text = contract::render(&made);
            if is_blessing {
                fs::write(&expected, text).unwrap();
            } else {
                complaints.push(format!("{pass}/{case} gives\n{text}"));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_case_is_of_a_pass_and_has_both_halves() {
    for folder in cases::list(&cases::folder().join("lower")) {
        let pass = cases::name(&folder);
        assert!(PASSES.iter().any(|(name, _)| *name == pass), "there is no pass {pass}");
        for path in cases::list(&folder) {
            let name = cases::name(&path);
            let other = if name.ends_with(".in.json") {
                name.replace(".in.json", ".out.json")
            } else {
                name.replace(".out.json", ".in.json")
            };
            assert!(other != name && folder.join(&other).is_file(), "{pass}/{name} has no {other}");
        }
    }
}

#[test]
fn every_pass_leaves_what_it_made_as_it_is() {
    // What a pass has lowered it finds lowered: a pass that runs twice does not go on.
    for (pass, lower) in PASSES.iter().filter(|(pass, _)| ["references", "keywords", "types", "combine"].contains(pass))
    {
        for path in cases::list(&cases::folder().join("lower").join(pass)) {
            if cases::name(&path).ends_with(".out.json") {
                let once = read(&path);
                if once.get("problem").is_none() {
                    assert_eq!(lower(once.clone()).unwrap(), once, "{}", path.display());
                }
            }
        }
    }
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
