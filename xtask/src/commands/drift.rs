//! `cargo xtask drift [VENDOR…] [--base REV or DIR] [--format …]`: what changed since a revision, and whom it breaks.
//!
//! The working tree is compared with a revision, by default the one where the branch left `main`, or with a folder. Of the
//! working tree `specs/` counts: a crate that was not regenerated yet is made in memory.
//! Finding and judging changes is left to `contract::drift` and [`crate::rust_surface`]; this module
//! brings both states together, for this command and for those that write crates.

mod base;
mod version;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use contract::drift::{Bump, Drift, Format, Presence, RustDrift, VendorDrift};
use contract::salvage;
use contract::source::Source;
use serde_json::Value;

use crate::crate_files::Files;
use crate::{pipeline, rust_surface};
use base::Base;

/// Runs the command: 0 without drift, 4 with drift, 1 when a vendor could not be compared.
///
/// # Errors
/// There is no such base or vendor, or the output cannot be written.
pub fn run(root: &Path, vendors: &[String], base: Option<&str>, format: Format, out: &mut dyn Write) -> Result<u8> {
    let base = Base::find(root, base)?;
    let drift = since(root, vendors, &base)?;
    out.write_all(drift.render(format).as_bytes())?;
    Ok(drift.code())
}

fn since(root: &Path, vendors: &[String], base: &Base) -> Result<Drift> {
    let tree = Base::Folder(root.to_owned());
    let mut slugs: BTreeSet<String> = base.slugs()?;
    slugs.extend(tree.slugs()?);
    slugs.extend(contract::vendors(&root.join("specs")).unwrap_or_default());
    if let Some(unknown) = vendors.iter().find(|vendor| !slugs.contains(*vendor)) {
        let known: Vec<_> = slugs.into_iter().collect();
        bail!("there is no vendor {unknown:?}, neither here nor in {base}; there are {}", known.join(", "));
    }
    slugs.retain(|slug| vendors.is_empty() || vendors.contains(slug));
    let slugs: Vec<String> = slugs.into_iter().collect();
    let states = pipeline::each(&slugs, |slug| Ok(State::of_specs(root, &tree, slug)));
    let mut drift = Drift::default();
    for (slug, now) in slugs.iter().zip(states) {
        let now = now.map_err(anyhow::Error::new).flatten();
        let former = State::read(base, slug);
        if let (Ok(State { contract: None, .. }), Ok(State { contract: None, is_specified: false, .. })) =
            (&former, &now)
        {
            continue;
        }
        match former.and_then(|old| vendor(slug, &old, &now?)) {
            Ok(found) => drift.vendors.push(found),
            Err(error) => {
                let mut failure = format!("{error:#}");
                if !failure.starts_with(&format!("{slug}: ")) {
                    failure = format!("{slug}: {failure}");
                }
                if let Some(found) = salvaged(root, base, slug) {
                    failure = format!("{failure}; {}", salvage::WITHOUT);
                    drift.vendors.push(found);
                }
                drift.failures.push(failure);
            }
        }
    }
    let old = [base.read(version::FACADE)?, base.read(version::SANDBOX)?, base.read(version::COMMAND)?];
    finish(&mut drift, root, old.each_ref().map(Option::as_deref));
    Ok(drift)
}

/// What can be told of a vendor whose contract cannot be built here.
fn salvaged(root: &Path, base: &Base, slug: &str) -> Option<VendorDrift> {
    let now = contract::vendor::read(&root.join("specs").join(slug)).ok()?;
    let found = salvage::compare(slug, &base.spec(slug).ok()?, &now)?;
    found.is_drift().then_some(found)
}

/// Adds what the vendors' changes mean for the versions of the facade, the sandbox and the command, with the manifests that
/// they had.
pub fn finish(drift: &mut Drift, root: &Path, [facade, sandbox, command]: [Option<&str>; 3]) {
    drift.facade = version::following(root, "hailuo", version::FACADE, drift.bump(), facade);
    // The sandbox has the contracts, and no type that is made of them.
    let has_changed = |vendor: &VendorDrift| vendor.presence != Presence::Both || !vendor.report.is_empty();
    let bump = if drift.vendors.iter().any(has_changed) { Bump::Additive } else { Bump::None };
    drift.facade.extend(version::following(root, "hailuo-sandbox", version::SANDBOX, bump, sandbox));
    // Nobody compiles against the command: it is built anew with what the others became.
    let bump = if drift.facade.is_empty() { Bump::None } else { Bump::Additive };
    drift.facade.extend(version::following(root, "hailuo-cli", version::COMMAND, bump, command));
    for rust in drift.vendors.iter_mut().filter_map(|vendor| vendor.rust.as_mut()) {
        let requirement = rust.versions.first().and_then(|own| version::requirement(root, own));
        rust.versions.extend(requirement);
    }
}

/// Everything of one vendor that is compared, at one point in time.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// `openapi.json`.
    pub contract: Option<String>,
    /// `source.toml`.
    pub source: Option<String>,
    /// `src/generated.rs` and `src/lib.rs`.
    pub rust: Vec<String>,
    /// Whether `specs/` has a folder of the vendor.
    pub is_specified: bool,
}

impl State {
    /// The state that the files of a vendor's crate make, by their paths from the root of the repository.
    pub fn of_files(slug: &str, files: &Files, source: Option<String>) -> Self {
        let text = |name: &str| {
            let bytes = files.get(&format!("crates/hailuo-{slug}/{name}"))?;
            String::from_utf8(bytes.clone()).ok()
        };
        let rust = ["src/generated.rs", "src/lib.rs"].into_iter().filter_map(text).collect();
        Self { contract: text("openapi.json"), is_specified: source.is_some(), source, rust }
    }

    /// The state of a vendor as its files stand in a checkout of the repository.
    ///
    /// # Errors
    /// A file is there and cannot be read.
    pub fn of_tree(root: &Path, slug: &str) -> Result<Self> {
        Self::read(&Base::Folder(root.to_owned()), slug)
    }

    /// The state that a vendor's folder in `specs/` asks for: what is checked out, or what `regen` would make where the
    /// crate is behind.
    fn of_specs(root: &Path, tree: &Base, slug: &str) -> Result<Self> {
        let state = Self::read(tree, slug)?;
        let folder = root.join("specs").join(slug);
        if root.join("specs").is_dir() && !folder.is_dir() {
            // What is left of its crate is swept away by hand.
            return Ok(Self::default());
        }
        if !has_document(&folder) {
            return Ok(state);
        }
        let contract = contract::build(&folder)?;
        if state.contract.as_deref() == Some(&*contract::render(&contract.document)) {
            return Ok(state);
        }
        let made = pipeline::make(root, slug)?;
        Ok(Self::of_files(slug, &made.files, state.source))
    }

    fn read(base: &Base, slug: &str) -> Result<Self> {
        let source = base.read(&format!("specs/{slug}/source.toml"))?;
        let mut rust = Vec::new();
        for name in ["generated.rs", "lib.rs"] {
            rust.extend(base.read(&format!("crates/hailuo-{slug}/src/{name}"))?);
        }
        Ok(Self { contract: base.contract(slug)?, is_specified: source.is_some(), source, rust })
    }
}

/// Compares two states of one vendor.
///
/// # Errors
/// A file of one of them cannot be read for what it should be, or the new state was not generated.
pub fn vendor(slug: &str, old: &State, new: &State) -> Result<VendorDrift> {
    let source = new
        .source
        .as_deref()
        .map(Source::parse)
        .transpose()
        .map_err(|problem| anyhow::Error::new(problem.file(format!("specs/{slug}/source.toml"))))?;
    // An old source.toml may be of a form that nobody reads any more; then its rules are simply not asked about.
    let former = old.source.as_deref().and_then(|text| Source::parse(text).ok());
    let (before, after) = match (&old.contract, &new.contract) {
        (_, None) if new.is_specified => {
            bail!("crates/hailuo-{slug}/openapi.json is missing; `cargo xtask regen {slug}` makes it")
        }
        (_, None) => return Ok(VendorDrift::whole(slug, Presence::Gone)),
        (None, Some(after)) => (None, parse(slug, "here", after)?),
        (Some(before), Some(after)) => (Some(parse(slug, "in the base", before)?), parse(slug, "here", after)?),
    };
    let found = match &before {
        Some(before) => VendorDrift::between(slug, before, &after),
        None => VendorDrift::whole(slug, Presence::New),
    };
    let sources: Vec<&Source> = former.iter().chain(&source).collect();
    let mut found = found.relying(&sources, before.as_ref(), &after);
    if before.is_some() && !old.rust.is_empty() {
        let changes = rust_surface::compare(&read(slug, "the base's", &old.rust)?, &read(slug, "the new", &new.rust)?);
        found.rust = Some(RustDrift { changes, versions: Vec::new() });
        let versions = version::own(slug, found.bump(), old.source.as_deref(), new.source.as_deref());
        if let Some(rust) = &mut found.rust {
            rust.versions.extend(versions);
        }
    }
    Ok(found)
}

/// Whether a vendor's folder has anything that a contract could be made of.
fn has_document(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).any(|name| name.contains(".openapi."))
}

fn parse(slug: &str, place: &str, text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| {
        anyhow::anyhow!("crates/hailuo-{slug}/openapi.json {place} is not a contract: {error}; `cargo xtask regen {slug}` makes it anew")
    })
}

fn read(slug: &str, whose: &str, sources: &[String]) -> Result<Vec<rust_surface::Line>> {
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    rust_surface::surface(&sources).map_err(|error| {
        anyhow::anyhow!(
            "{whose} source of hailuo-{slug} is not Rust: {error}; `cargo xtask regen {slug}` makes it anew"
        )
    })
}

fn text(path: &Path) -> Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => bail!("{} is not UTF-8", path.display()),
        },
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => bail!("{} cannot be read: {error}", path.display()),
    }
}

#[cfg(test)]
mod tests;
