//! `cargo xtask fetch [VENDOR…] [--from DIR]`: brings the documents that vendors publish up to date.
//!
//! The documents come from the network, or from a folder of downloaded ones: `DIR/VENDOR/FILE`, `DIR/VENDOR-FILE`, or
//! `DIR/FILE`, where FILE is the document's name in `specs/VENDOR/`. What came is looked at before anything is written:
//! whether it is the document it claims to be, what it changes, and whether the fixups still fit. A document that is
//! another one is not taken. One that no longer fits its fixups is: the vendor changed, and whoever mends the fixups
//! needs it.

mod identity;
mod provenance;

use std::io::Write;
use std::path::Path;

use anyhow::{Result, ensure};
use contract::drift::{Drift, Format, VendorDrift};
use contract::source::Kind;
use contract::{Contract, Files, Problem, salvage, vendor};

use super::{BROKEN, DONE, add};
use crate::{disk, http, pipeline};

/// Runs the command.
///
/// # Errors
/// There is no such vendor or folder, or the output cannot be written; a vendor's failure is told and not an error.
pub fn run(root: &Path, vendors: &[String], from: Option<&Path>, out: &mut dyn Write) -> Result<u8> {
    disk::recover(root)?;
    let slugs = super::choose(root, vendors)?;
    if let Some(folder) = from {
        ensure!(folder.is_dir(), "{} is not a folder; --from takes a folder of downloaded documents", folder.display());
    }
    let today = add::today();
    let fetched = pipeline::each(&slugs, |slug| fetch(root, slug, !vendors.is_empty(), from, &today));
    let width = slugs.iter().map(String::len).max().unwrap_or_default();
    let (mut code, mut details, mut drift) = (DONE, Vec::new(), Drift::default());
    let (mut broken, mut writes) = (Vec::new(), Vec::new());
    for (slug, fetched) in slugs.iter().zip(fetched) {
        match fetched {
            Ok(fetched) => {
                writeln!(out, "{slug:width$}  {}", fetched.line)?;
                broken.extend(fetched.problem.map(|problem| (slug, problem)));
                drift.vendors.extend(fetched.drift);
                writes.extend(fetched.files.map(|files| (slug, files)));
            }
            Err(problem) => {
                writeln!(out, "{slug:width$}  failed")?;
                details.push(format!("{problem}\nNothing of {slug} was written."));
            }
        }
    }
    drift.vendors.retain(|vendor| vendor.is_drift() || !vendor.report.documentation.is_empty());
    if !drift.vendors.is_empty() {
        let color = super::is_colored();
        writeln!(out, "\n{}", drift.render(Format::Text { color }).trim_end())?;
        code = drift.code();
    }
    for (slug, problem) in &broken {
        let is_compared = drift.vendors.iter().any(|vendor| vendor.slug == **slug);
        let above = if is_compared { format!("; above, {}", salvage::WITHOUT) } else { String::new() };
        details.push(format!("{problem}{above}"));
    }
    let mut written: Vec<&str> = Vec::new();
    for (slug, files) in &writes {
        match disk::replace_spec(root, slug, files) {
            Ok(()) => written.push(slug),
            Err(e) => details.push(format!("{slug}: {e:#}")),
        }
    }
    disk::clear(root);
    for detail in &details {
        writeln!(out, "\nerror: {detail}")?;
        code = BROKEN;
    }
    if !written.is_empty() {
        let first = if broken.is_empty() { "" } else { "correct what is said above, then " };
        writeln!(
            out,
            "\nWritten: specs/{}. Next: {first}`cargo xtask regen {}`.",
            written.join(", specs/"),
            written.join(" ")
        )?;
    }
    Ok(code)
}

/// How fetching fared for one vendor.
struct Fetched {
    line: String,
    /// What changed, if it could be compared.
    drift: Option<VendorDrift>,
    /// Why the contract cannot be built any more.
    problem: Option<Problem>,
    /// The folder as it is to be, if it is to change.
    files: Option<Files>,
}

/// Who names a vendor expects something of the folder; where all are asked, it may be for others.
fn fetch(root: &Path, slug: &str, is_named: bool, from: Option<&Path>, today: &str) -> Result<Fetched, Problem> {
    let before = vendor::read(&root.join("specs").join(slug))?;
    let source = vendor::read_source(&before).map_err(|p| p.in_folder(&format!("specs/{slug}")).vendor(slug))?;
    if source.kind == Kind::Authored || source.documents.is_empty() {
        let line = "publishes no document; `cargo xtask verify` holds its spec against its page".to_owned();
        return Ok(Fetched { line, drift: None, problem: None, files: None });
    }
    let mut after = before.clone();
    let (mut taken, mut missing) = (Vec::new(), Vec::new());
    for (file, document) in &source.documents {
        let here = |problem: Problem| problem.vendor(slug).file(format!("specs/{slug}/{file}"));
        let bytes = match from {
            Some(folder) => {
                let Some(path) = saved(folder, slug, file) else {
                    missing.push(file.as_str());
                    continue;
                };
                std::fs::read(&path)
                    .map_err(|e| here(Problem::new(format!("{} cannot be read: {e}", path.display()))))?
            }
            None => download(&document.url).map_err(here)?,
        };
        identity::check(&bytes, before.get(file).map(Vec::as_slice), file).map_err(here)?;
        if before.get(file) != Some(&bytes) || !document.fetched {
            provenance::note(&mut after, file, &bytes, today).map_err(here)?;
            taken.push(file.as_str());
        }
        after.insert(file.clone(), bytes);
    }
    if taken.is_empty() {
        let line = if missing.len() == source.documents.len() {
            let wanted: Vec<_> = missing.iter().map(|file| format!("{slug}-{file}")).collect();
            let line = format!("none of its documents is in the folder: no {}", wanted.join(", no "));
            if is_named {
                return Err(Problem::new(line).vendor(slug).fix("put one there under that name"));
            }
            line
        } else {
            "unchanged".to_owned()
        };
        return Ok(Fetched { line, drift: None, problem: None, files: None });
    }
    let mut line = format!("fetched {}", taken.join(", "));
    if !missing.is_empty() {
        line = format!("{line}; not in the folder: {}", missing.join(", "));
    }
    let (drift, problem) = compare(slug, &before, &after);
    Ok(Fetched { line, drift, problem, files: Some(after) })
}

fn download(url: &str) -> Result<Vec<u8>, Problem> {
    let is_placeholder = url.split('/').nth(2).is_some_and(|host| host.ends_with(".invalid"));
    if is_placeholder || !http::is_url(url) {
        return Err(Problem::new(format!("nobody knows where it is served: its `url` is `{url}`"))
            .fix("set `url` under [documents] in source.toml, or download it and use `--from DIR`"));
    }
    http::get(url).map_err(|e| {
        Problem::new(format!("it cannot be fetched: {e:#}"))
            .fix("download it by hand and run the command with `--from DIR`")
    })
}

fn saved(folder: &Path, slug: &str, file: &str) -> Option<std::path::PathBuf> {
    [folder.join(slug).join(file), folder.join(format!("{slug}-{file}")), folder.join(file)]
        .into_iter()
        .find(|path| path.is_file())
}

/// What changes between two states of a vendor's folder, and what is wrong with the second.
fn compare(slug: &str, before: &Files, after: &Files) -> (Option<VendorDrift>, Option<Problem>) {
    match contract::build_files(slug, after) {
        Ok(new) => {
            let drift = contract::build_files(slug, before).ok().map(|old| between(slug, &old, &new));
            (drift, None)
        }
        Err(problem) => (salvage::compare(slug, before, after), Some(problem)),
    }
}

fn between(slug: &str, old: &Contract, new: &Contract) -> VendorDrift {
    VendorDrift::between(slug, &old.document, &new.document).relying(
        &[&old.source, &new.source],
        Some(&old.document),
        &new.document,
    )
}
