//! `cargo xtask add SLUG --spec FILE-or-URL`: any vendor's OpenAPI document becomes a folder in `specs/` and a crate.
//!
//! Everything is made in memory first, and written only when all of it succeeded; a document that cannot be used leaves
//! nothing behind but the reasons. What the document does not say (where the key goes, what the operations are for) is
//! guessed where there is a good guess, and the guesses stand in `source.toml` with a comment to check. What the document
//! has malformed is mended by guarded fixups, and the report lists them.

mod auth;
mod gather;
mod names;
mod scaffold;
mod server;
mod today;
mod undeclared;

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use contract::mend::{self, Mended};
use contract::pointer::shorten;
use contract::{Contract, Files, Problem, downgrade, load, settle};
use serde_json::Value;

use super::{BROKEN, DONE};
use crate::crate_files::folder;
use crate::pipeline::{self, Made};
use crate::{disk, http, lower};

pub use today::today;

/// Names that are crates of this workspace, features of the facade, or Rust's own.
const RESERVED: &[&str] = &[
    "alloc", "blocking", "cli", "core", "default", "macros", "runtime", "sandbox", "std", "test", "tests", "webhook",
    "xtask",
];

/// The most parts of a document that are left out one by one before the whole is refused.
const MOST_LEFT_OUT: usize = 50;

/// The most columns that the names of operations are lined up in.
const WIDEST: usize = 60;

/// Runs the command.
///
/// # Errors
/// The output cannot be written; a document that cannot be used is told and not an error.
pub fn run(root: &Path, slug: &str, spec: &str, out: &mut dyn Write) -> Result<u8> {
    let made = disk::recover(root).and_then(|()| make(root, slug, spec));
    match made.and_then(|added| write(root, slug, &added).map(|()| added)) {
        Ok(added) => {
            report(slug, &added, out)?;
            Ok(DONE)
        }
        Err(e) => {
            writeln!(out, "error: {e:#}")?;
            writeln!(out, "Nothing was written.")?;
            Ok(BROKEN)
        }
    }
}

/// What the command makes: the folder in `specs/`, and the crate.
struct Added {
    specs: Files,
    made: Made,
    guesses: Vec<String>,
    mended: Vec<String>,
}

fn make(root: &Path, slug: &str, spec: &str) -> Result<Added> {
    check_slug(root, slug)?;
    let bytes = read(slug, spec)?;
    let slugs = [slug.to_owned()];
    let mut made = pipeline::each(&slugs, |slug| from_bytes(slug, spec, &bytes));
    let added = made.pop().context("the pipeline gave nothing")??;
    Ok(added)
}

/// Everything that is made of the document's bytes.
fn from_bytes(slug: &str, spec: &str, bytes: &[u8]) -> Result<Added, Problem> {
    let in_document = |problem: Problem| problem.vendor(slug).file(spec);
    let format = load::format_of(spec.split(['?', '#']).next().unwrap_or(spec));
    let (mut document, mut format) = parse(bytes, format).map_err(in_document)?;
    load::version(&document).map_err(in_document)?;
    let mut bytes = Cow::Borrowed(bytes);
    let mut said = Vec::new();
    if !http::is_url(spec)
        && let Some((whole, count)) = gather::gather(Path::new(spec), &document).map_err(|p| p.vendor(slug))?
    {
        format = load::Format::Json;
        bytes = Cow::Owned(contract::render(&whole).into_bytes());
        document = whole;
        said.push(format!(
            "the document refers to {count} other files: specs/{slug}/{slug}.openapi.json is all of them together"
        ));
    }
    downgrade::downgrade(&mut document).map_err(in_document)?;
    // Fixups name places in what they will meet.
    settle::order_parameters(&mut document);
    let mut mended = Mended { document, fixups: Files::new(), said: Vec::new() };
    let mut is_mended = false;
    // What is well-formed is taken as it is. Otherwise what is malformed is mended, and then, as long as something is
    // still in the way, the part that it lies in is left out.
    let mut last = None;
    for _ in 0..=MOST_LEFT_OUT {
        let problem = match of_document(slug, spec, &bytes, format, &mended) {
            Ok(mut added) => {
                added.guesses.splice(0..0, said);
                return Ok(added);
            }
            Err(problem) => problem,
        };
        let taken = mended.fixups.len();
        let more = if is_mended {
            mend::leave_out(&mended.document, &problem, taken)
        } else {
            is_mended = true;
            let all = mend::mend(&mended.document, taken);
            if all.fixups.is_empty() { mend::leave_out(&mended.document, &problem, taken) } else { Some(all) }
        };
        let Some(more) = more else { return Err(problem) };
        last = Some(problem);
        mended.document = more.document;
        mended.fixups.extend(more.fixups);
        mended.said.extend(more.said);
    }
    let last = last.map(|problem| format!("; the last: {}", problem.what())).unwrap_or_default();
    Err(Problem::new(format!("more than {MOST_LEFT_OUT} parts of the document are in the way of a client{last}"))
        .vendor(slug)
        .file(spec)
        .fix("check it with a validator of OpenAPI, and take the calls that a client needs"))
}

/// Everything that is made of the document, as it is after its fixups.
fn of_document(slug: &str, spec: &str, bytes: &[u8], format: load::Format, mended: &Mended) -> Result<Added, Problem> {
    let in_document = |problem: Problem| problem.vendor(slug).file(spec);
    let scaffold = scaffold::Scaffold::new(slug, spec, bytes, format, &mended.document).map_err(in_document)?;
    let files = |names: &[(String, String)]| {
        let mut files = scaffold.files(names);
        files.extend(mended.fixups.clone());
        files
    };
    // Names come from a first build: it knows which operations the contract has, and how they are called by default.
    let first = contract::build_files(slug, &files(&[]))?;
    let names = names::short(&first.document, &mended.document);
    let specs = files(&names);
    let contract = contract::build_files(slug, &specs)?;
    let made = pipeline::from_contract(contract)?;
    Ok(Added { specs, made, guesses: scaffold.guesses, mended: mended.said.clone() })
}

/// A document by the format its name promises, or else by the one it looks like.
fn parse(bytes: &[u8], format: Option<load::Format>) -> Result<(Value, load::Format), Problem> {
    let looks_like_json =
        bytes.iter().find(|b| !b.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(b)) == Some(&b'{');
    let likely = if looks_like_json { load::Format::Json } else { load::Format::Yaml };
    let format = format.unwrap_or(likely);
    load::load(bytes, Some(format)).map(|document| (document, format))
}

fn check_slug(root: &Path, slug: &str) -> Result<()> {
    let problem = |what: &str, fix: &str| Problem::new(what.to_owned()).vendor(slug).fix(fix.to_owned());
    let is_plain = slug.starts_with(|c: char| c.is_ascii_lowercase())
        && slug.len() <= 32
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !is_plain {
        return Err(Problem::new("this cannot name a vendor in folders, crates, features and modules alike")
            .vendor(shorten(slug, 40))
            .fix("use lower-case letters and digits, a letter first, at most 32")
            .into());
    }
    if RESERVED.contains(&slug) || lower::is_keyword(slug) {
        return Err(problem("the name is taken: by Rust, or by this workspace", "choose another one").into());
    }
    for place in [format!("specs/{slug}"), folder(slug)] {
        if root.join(&place).exists() {
            return Err(problem(
                &format!("{place} is there already"),
                &format!(
                    "to bring its crate up to date run `cargo xtask regen {slug}`; to start anew, remove it first"
                ),
            )
            .into());
        }
    }
    Ok(())
}

fn read(slug: &str, spec: &str) -> Result<Vec<u8>> {
    if http::is_url(spec) {
        return http::get(spec);
    }
    let metadata = std::fs::metadata(spec).with_context(|| format!("{spec} cannot be read"))?;
    anyhow::ensure!(metadata.is_file(), "{spec} is not a file; --spec takes an OpenAPI document, by file or by URL");
    load::check_size(metadata.len()).map_err(|p| p.vendor(slug).file(spec))?;
    std::fs::read(spec).with_context(|| format!("{spec} cannot be read"))
}

/// Puts both folders where they belong, or neither.
fn write(root: &Path, slug: &str, added: &Added) -> Result<()> {
    let place = format!("specs/{slug}");
    let written = disk::replace_spec(root, slug, &added.specs)
        .and_then(|()| disk::replace(root, &folder(slug), &added.made.files));
    if written.is_err() {
        // Neither folder was there before; what of them was made goes with what could not be made.
        for path in added.made.files.keys() {
            let _ = std::fs::remove_file(root.join(path));
        }
        for folder in [place, folder(slug)] {
            let _ = std::fs::remove_dir_all(root.join(folder));
        }
    }
    disk::clear(root);
    written
}

fn report(slug: &str, added: &Added, out: &mut dyn Write) -> Result<()> {
    let Added { specs, made, guesses, mended } = added;
    let Contract { document, source, .. } = &made.contract;
    for name in specs.keys() {
        writeln!(out, "made specs/{slug}/{name}")?;
    }
    writeln!(out, "made {} ({} files)", folder(slug), made.files.len())?;
    writeln!(out, "\noperations, at {}:", source.base_url)?;
    let calls = names::calls(document);
    let width = calls.iter().map(|(name, _)| name.len()).max().unwrap_or_default().min(WIDEST);
    for (name, call) in &calls {
        writeln!(out, "  {name:width$}  {call}")?;
    }
    let notes = lower::told(&made.lowered);
    if !notes.is_empty() {
        writeln!(out, "\nleft out, or otherwise than the document says:")?;
        for note in notes {
            writeln!(out, "  - {note}")?;
        }
    }
    if !mended.is_empty() {
        writeln!(out, "\nmalformed, and mended by specs/{slug}/fixups:")?;
        for line in mended {
            writeln!(out, "  - {line}")?;
        }
    }
    if !guesses.is_empty() {
        writeln!(out, "\nguessed, so check it:")?;
        for guess in guesses {
            writeln!(out, "  - {guess}")?;
        }
    }
    writeln!(
        out,
        "\nnext:
  - check specs/{slug}/source.toml: the names of the operations, and which of them submits, polls, fetches, cancels (`role`)
  - mend what the document says wrongly by specs/{slug}/fixups/NN-what.json, then run `cargo xtask regen {slug}`
  - run `cargo check -p hailuo-{slug}`, which enters the crate into Cargo.lock, and commit both
  - to offer it in `hailuo`, write its adapter and add the feature `{slug}`; docs/adding-a-vendor.md says how"
    )?;
    Ok(())
}
