//! `cargo xtask regen [--check] [VENDOR…]`: brings the generated crates up to date with `specs/`.
//!
//! Every vendor is tried, whatever happens to the others, and a line per vendor says how it fared.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use contract::Problem;
use contract::claims::Spec;
use contract::drift::{Drift, Format, VendorDrift};
use contract::pointer::stated;
use similar::TextDiff;

use super::drift::{self, State};
use super::{BROKEN, DIFFERS, DONE};
use crate::crate_files::{folder, sandbox_copy};
use crate::disk::{self, Stale};
use crate::lower;
use crate::pipeline::{self, Made};

/// The lines of a file's diff that are shown; the rest is counted.
const SHOWN: usize = 12;

/// Runs the command.
///
/// # Errors
/// `specs/` cannot be read, or the output cannot be written; a vendor's failure is told and not an error.
pub fn run(root: &Path, vendors: &[String], check: bool, out: &mut dyn Write) -> Result<u8> {
    if !check {
        disk::recover(root)?;
    }
    let slugs = super::choose(root, vendors)?;
    let mut drift = Drift::default();
    let outcomes = outcomes(root, &slugs, check, &mut drift);
    drift::finish(&mut drift, root, [None; 3]);
    let mut code = tell(&slugs, &outcomes, &drift, out)?;
    if vendors.is_empty() && tell_left_over(root, &slugs, out)? && check && code == DONE {
        code = DIFFERS;
    }
    disk::clear(root);
    if !drift.facade.is_empty() {
        write!(out, "\n{}", text(&Drift { facade: drift.facade, ..Drift::default() }))?;
    }
    for problem in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        writeln!(out, "\nerror: {problem:#}")?;
    }
    if outcomes.iter().flatten().any(|outcome| outcome.is_stale) {
        writeln!(out, "\nThe generated files are stale. `cargo xtask regen` mends them.")?;
    }
    Ok(code)
}

/// What becomes of each vendor, and the drift of all.
fn outcomes(root: &Path, slugs: &[String], check: bool, drift: &mut Drift) -> Vec<Result<Outcome>> {
    let made = pipeline::each(slugs, |slug| pipeline::make(root, slug));
    let outcome = |(slug, made): (&String, Result<Made, Problem>)| {
        let made = made?;
        let mut outcome = if check { report(root, slug, &made) } else { bring_up_to_date(root, slug, &made) }?;
        outcome.details.push_str(&dangling(slug, &made));
        drift.vendors.extend(outcome.drift.take());
        Ok(outcome)
    };
    slugs.iter().zip(made).map(outcome).collect()
}

/// Tells a line per vendor, and what is behind it; the exit code that follows.
fn tell(slugs: &[String], outcomes: &[Result<Outcome>], drift: &Drift, out: &mut dyn Write) -> Result<u8> {
    let width = slugs.iter().map(String::len).max().unwrap_or_default();
    let mut code = DONE;
    for (slug, outcome) in slugs.iter().zip(outcomes) {
        let Ok(Outcome { line, details, is_stale, .. }) = outcome else {
            writeln!(out, "{slug:width$}  failed")?;
            code = BROKEN;
            continue;
        };
        writeln!(out, "{slug:width$}  {line}")?;
        let vendors = drift.vendors.iter().filter(|vendor| vendor.slug == *slug).cloned().collect();
        for line in text(&Drift { vendors, ..Drift::default() }).lines() {
            writeln!(out, "  {line}")?;
        }
        write!(out, "{details}")?;
        if *is_stale && code == DONE {
            code = DIFFERS;
        }
    }
    Ok(code)
}

/// Tells of what has a crate and no folder any more; whether there is something.
fn tell_left_over(root: &Path, slugs: &[String], out: &mut dyn Write) -> Result<bool> {
    let width = slugs.iter().map(String::len).max().unwrap_or_default();
    let left_over = left_over(root, slugs);
    for slug in &left_over {
        writeln!(
            out,
            "{slug:width$}  left over: there is no specs/{slug}; bring it back, or remove {} and {}",
            folder(slug),
            sandbox_copy(slug)
        )?;
    }
    Ok(!left_over.is_empty())
}

/// The vendors that have a generated crate and no folder in `specs/`.
fn left_over(root: &Path, slugs: &[String]) -> Vec<String> {
    let crates = std::fs::read_dir(root.join("crates")).into_iter().flatten().flatten();
    let mut slugs: Vec<String> = crates
        .filter(|entry| entry.path().join("openapi.json").is_file())
        .filter_map(|entry| entry.file_name().to_str()?.strip_prefix("hailuo-").map(str::to_owned))
        .filter(|slug| !slugs.contains(slug))
        .collect();
    slugs.sort();
    slugs
}

struct Outcome {
    line: String,
    details: String,
    is_stale: bool,
    drift: Option<VendorDrift>,
}

fn bring_up_to_date(root: &Path, slug: &str, made: &Made) -> Result<Outcome> {
    let stale = disk::compare(root, &folder(slug), &made.files)?;
    let (mut line, mut details, mut drift) = ("unchanged".to_owned(), String::new(), None);
    if !stale.is_empty() {
        drift = drift_since(root, slug, made);
        details = newly_left_out(root, slug, made);
        disk::replace(root, &folder(slug), &made.files)?;
        line = format!("written: {}", count(&stale));
    }
    Ok(Outcome { line, details, is_stale: false, drift })
}

/// What the client leaves out, or has otherwise than the document, and the README that is there does not say yet.
fn newly_left_out(root: &Path, slug: &str, made: &Made) -> String {
    let said = std::fs::read_to_string(root.join(folder(slug)).join("README.md")).unwrap_or_default();
    let fresh: Vec<String> = lower::told(&made.lowered).into_iter().filter(|note| !said.contains(note)).collect();
    if fresh.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = fresh.iter().map(|note| format!("    - {note}\n")).collect();
    format!("  left out, or otherwise than the document says:\n{}", lines.concat())
}

/// What the change means for callers, if what was there before can still be read.
fn drift_since(root: &Path, slug: &str, made: &Made) -> Option<VendorDrift> {
    let source = std::fs::read_to_string(root.join("specs").join(slug).join("source.toml")).ok();
    let old = State { source: None, ..State::of_tree(root, slug).unwrap_or_default() };
    let new = State::of_files(slug, &made.files, source);
    // A crate that was half-written or full of merge markers is mended; there is nothing to compare it with.
    old.contract.as_ref()?;
    let found = drift::vendor(slug, &old, &new).ok()?;
    (found.is_drift() || !found.report.documentation.is_empty()).then_some(found)
}

fn text(drift: &Drift) -> String {
    drift.render(Format::Text { color: super::is_colored() })
}

/// What a vendor's claims point at that is not in its spec any more, and the rules' grounds that its contract does not have
/// there, with the lines of `source.toml` to mend: one for each place that is missing.
fn dangling(slug: &str, made: &Made) -> String {
    let contract = &made.contract;
    let is_there = |at: &str| match at.split_once('#') {
        Some(_) => contract.fact(at).is_ok(),
        None => !stated(&contract.document, at).is_empty(),
    };
    let grounds = contract.source.relies.iter().map(|relies| (relies.line, relies.at.as_str()));
    let grounds = grounds.filter(|(_, at)| !is_there(at));
    let mut missing: Vec<(&str, Vec<String>)> = Vec::new();
    for (line, at) in Spec::from(contract).dangling().into_iter().chain(grounds) {
        let ends = at.match_indices('/').skip(1).map(|(end, _)| &at[..end]);
        let place = ends.chain([at]).find(|at| !is_there(at)).unwrap_or(at);
        match missing.iter_mut().find(|(known, _)| *known == place) {
            Some((_, lines)) => lines.push(line.to_string()),
            None => missing.push((place, vec![line.to_string()])),
        }
    }
    if missing.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = missing
        .iter()
        .map(|(at, lines)| format!("    specs/{slug}/source.toml:{}: {at}\n", lines.join(", ")))
        .collect();
    format!(
        "  claims, inferences and [[relies]] that point at nothing: correct or remove them, then run `cargo xtask verify {slug}`\n{}",
        lines.concat()
    )
}

fn report(root: &Path, slug: &str, made: &Made) -> Result<Outcome> {
    let stale = disk::compare(root, &folder(slug), &made.files)?;
    let mut details = String::new();
    for one in &stale {
        let _ = writeln!(details, "  {}: {}", one.word(), one.path());
        if let (Stale::Changed(path), false) = (one, one.path().ends_with("generated.rs")) {
            let there = std::fs::read(root.join(path))?;
            let now = made.files.get(path).map(Vec::as_slice).unwrap_or_default();
            details.push_str(&diff(&String::from_utf8_lossy(&there), &String::from_utf8_lossy(now)));
        }
    }
    let line = if stale.is_empty() { "fresh".to_owned() } else { format!("stale: {}", count(&stale)) };
    Ok(Outcome { line, details, is_stale: !stale.is_empty(), drift: None })
}

fn count(stale: &[Stale]) -> String {
    let words: Vec<String> = ["changed", "missing", "extra"]
        .iter()
        .map(|word| (stale.iter().filter(|one| one.word() == *word).count(), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    words.join(", ")
}

/// The first changed lines between what is there and what should be.
fn diff(there: &str, now: &str) -> String {
    let diff = TextDiff::from_lines(there, now);
    let changes: Vec<_> = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal).collect();
    let mut text = String::new();
    for change in changes.iter().take(SHOWN) {
        let _ = write!(text, "    {}{}", change.tag(), change.value());
        if !change.value().ends_with('\n') {
            text.push('\n');
        }
    }
    if changes.len() > SHOWN {
        let _ = writeln!(text, "    … and {} more changed lines", changes.len() - SHOWN);
    }
    text
}
