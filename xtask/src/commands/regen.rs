//! `cargo xtask regen [--check] [VENDOR…]`: brings the generated crates up to date with `specs/`.
//!
//! Every vendor is tried, whatever happens to the others, and a line per vendor says how it fared.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use contract::Problem;
use similar::TextDiff;

use super::{BROKEN, DIFFERS, DONE};
use crate::crate_files::folder;
use crate::disk::{self, Stale};
use crate::pipeline::{self, Made};

/// The lines of a file's diff that are shown; the rest is counted.
const SHOWN: usize = 12;

/// Runs the command.
///
/// # Errors
/// `specs/` cannot be read, or the output cannot be written; a vendor's failure is told and not an error.
pub fn run(root: &Path, vendors: &[String], check: bool, out: &mut dyn Write) -> Result<u8> {
    let slugs = choose(root, vendors)?;
    if !check {
        disk::recover(root)?;
    }
    let made = pipeline::each(&slugs, |slug| pipeline::make(root, slug));
    let width = slugs.iter().map(String::len).max().unwrap_or_default();
    let mut code = DONE;
    let mut problems = Vec::new();
    for (slug, made) in slugs.iter().zip(made) {
        let outcome = made
            .map_err(anyhow::Error::new)
            .and_then(|made| if check { report(root, slug, &made) } else { bring_up_to_date(root, slug, &made) });
        match outcome {
            Ok(Outcome { line, details, is_stale }) => {
                writeln!(out, "{slug:width$}  {line}")?;
                write!(out, "{details}")?;
                if is_stale && code == DONE {
                    code = DIFFERS;
                }
            }
            Err(e) => {
                writeln!(out, "{slug:width$}  failed")?;
                problems.push(format!("{e:#}"));
                code = BROKEN;
            }
        }
    }
    disk::clear(root);
    for problem in problems {
        writeln!(out, "\nerror: {problem}")?;
    }
    if check && code == DIFFERS {
        writeln!(out, "\nThe generated files are stale. `cargo xtask regen` mends them.")?;
    }
    Ok(code)
}

/// The vendors to work on: those that were named, or all.
///
/// # Errors
/// `specs/` cannot be read, or has no such vendor.
pub fn choose(root: &Path, vendors: &[String]) -> Result<Vec<String>> {
    let all = contract::vendors(&root.join("specs")).context("specs/ cannot be listed")?;
    if vendors.is_empty() {
        return Ok(all);
    }
    for vendor in vendors {
        anyhow::ensure!(
            all.contains(vendor),
            "{}",
            Problem::new(format!("there is no vendor `{vendor}`"))
                .file("specs")
                .fix(format!("name one of {}, or add it: `cargo xtask add {vendor} --spec FILE`", all.join(", ")))
        );
    }
    let mut chosen = vendors.to_vec();
    chosen.sort();
    chosen.dedup();
    Ok(chosen)
}

struct Outcome {
    line: String,
    details: String,
    is_stale: bool,
}

fn bring_up_to_date(root: &Path, slug: &str, made: &Made) -> Result<Outcome> {
    let stale = disk::compare(root, &folder(slug), &made.files)?;
    if stale.is_empty() {
        return Ok(Outcome { line: "unchanged".to_owned(), details: String::new(), is_stale: false });
    }
    let before = std::fs::read_to_string(root.join(folder(slug)).join("openapi.json")).ok();
    disk::replace(root, &folder(slug), &made.files)?;
    let details = drift_since(before.as_deref(), made);
    Ok(Outcome { line: format!("written: {}", count(&stale)), details, is_stale: false })
}

/// What the change means, if the contract that was there before can still be read.
fn drift_since(before: Option<&str>, made: &Made) -> String {
    let _ = (before, made);
    String::new()
}

fn report(root: &Path, slug: &str, made: &Made) -> Result<Outcome> {
    let stale = disk::compare(root, &folder(slug), &made.files)?;
    let mut details = String::new();
    for one in &stale {
        details.push_str(&format!("  {}: {}\n", one.word(), one.path()));
        if let (Stale::Changed(path), false) = (one, one.path().ends_with("generated.rs")) {
            let there = std::fs::read(root.join(path))?;
            let now = made.files.get(path).map(Vec::as_slice).unwrap_or_default();
            details.push_str(&diff(&String::from_utf8_lossy(&there), &String::from_utf8_lossy(now)));
        }
    }
    let line = if stale.is_empty() { "fresh".to_owned() } else { format!("stale: {}", count(&stale)) };
    Ok(Outcome { line, details, is_stale: !stale.is_empty() })
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
        text.push_str(&format!("    {}{}", change.tag(), change.value()));
        if !change.value().ends_with('\n') {
            text.push('\n');
        }
    }
    if changes.len() > SHOWN {
        text.push_str(&format!("    … and {} more changed lines\n", changes.len() - SHOWN));
    }
    text
}
