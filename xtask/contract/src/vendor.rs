//! A vendor's folder, from files to contract.
//!
//! The whole is a pure function of the files' names and bytes: no clock, no host, no absolute path. Every [`Problem`]
//! names the vendor, and the file relative to the repository's root.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::fixup::{self, Fixup};
use crate::source::Source;
use crate::{Problem, bundle, canonical, downgrade, flatten, load, merge, names, pointer, settle, shape, upgrade};

/// The files of a vendor's folder, by name: `source.toml`, `hailuo.openapi.json`, `fixups/01-logs.json`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What is made of a vendor's folder.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The vendor's slug.
    pub slug: String,
    /// Its `source.toml`.
    pub source: Source,
    /// The contract itself: OpenAPI 3.1 in canonical form.
    pub document: Value,
    /// The vendor's documents and schemas by file name, after the fixups, otherwise as they are.
    pub documents: BTreeMap<String, Value>,
    /// The names of the files of [`Contract::documents`] that are OpenAPI documents.
    pub main: Vec<String>,
    /// What the documents describe and the contract does not, a line each, with the reason.
    pub left_out: Vec<String>,
}

impl Contract {
    /// The fact that a claim or an inference of `source.toml` points at: the file it stands in, and its value.
    ///
    /// # Errors
    /// There is no such file or no such pointer, or the file is not named and there are several.
    pub fn fact(&self, at: &str) -> Result<(&str, &Value), Problem> {
        let (file, at) = pointer::locate(at)?;
        let (name, document) = match (file, self.main.as_slice()) {
            (Some(file), _) => self.documents.get_key_value(file).ok_or_else(|| {
                Problem::new(format!("there is no `{}` in the folder", pointer::shorten(file, 80)))
                    .fix("correct the file's name")
            })?,
            (None, [only]) => {
                self.documents.get_key_value(only).ok_or_else(|| Problem::new(format!("there is no `{only}`")))?
            }
            (None, _) => {
                return Err(Problem::new(format!("`#{at}` does not say which of {} it means", self.main.join(", ")))
                    .fix("write the file's name before `#`"));
            }
        };
        match pointer::get(document, at) {
            Some(value) => Ok((name, value)),
            None => {
                Err(Problem::new(format!("nothing stands at this pointer ({})", pointer::whereabouts(document, at)))
                    .file(name)
                    .at(at))
            }
        }
    }
}

/// Builds the contract of a folder under `specs/`. The folder's name is the slug.
///
/// # Errors
/// The first problem of any stage.
pub fn build(folder: &Path) -> Result<Contract, Problem> {
    let slug = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    build_files(slug, &read(folder)?)
}

/// Builds the contract of files in memory.
///
/// # Errors
/// The first problem of any stage.
pub fn build_files(slug: &str, files: &Files) -> Result<Contract, Problem> {
    check_slug(slug).map_err(|problem| problem.file(format!("specs/{slug}")).vendor(slug))?;
    assemble(slug, files).map_err(|problem| problem.in_folder(&format!("specs/{slug}")).vendor(slug))
}

/// The vendors under `specs/`, sorted: every folder in it, also one whose name [`build`] refuses.
///
/// # Errors
/// The folder cannot be read.
pub fn vendors(specs: &Path) -> Result<Vec<String>, Problem> {
    let unreadable = |e: std::io::Error| Problem::new(format!("it cannot be read: {e}")).file("specs");
    let mut slugs = Vec::new();
    for entry in std::fs::read_dir(specs).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || !entry.path().is_dir() {
            continue;
        }
        slugs.push(name);
    }
    slugs.sort_unstable();
    Ok(slugs)
}

/// Checks that a name can be folder, crate, feature and module.
///
/// # Errors
/// It has anything but lower-case letters, digits, `-` and `_`, or does not start with a letter.
pub fn check_slug(slug: &str) -> Result<(), Problem> {
    if names::is_slug(slug) {
        return Ok(());
    }
    Err(Problem::new(format!("`{}` cannot name a vendor", pointer::shorten(slug, 70)))
        .fix("use lower-case letters, digits, `-` and `_`, a letter first, at most 64"))
}

/// Reads a vendor's folder.
///
/// # Errors
/// A file cannot be read, is too large, or its name is not text. The problem names the vendor and the file.
pub fn read(folder: &Path) -> Result<Files, Problem> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut files = Files::new();
    read_into(folder, "", &mut files).map_err(|problem| problem.in_folder(&format!("specs/{name}")).vendor(name))?;
    Ok(files)
}

fn read_into(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), Problem> {
    let unreadable = |name: &str, e: &std::io::Error| {
        let name = if name.is_empty() { "source.toml" } else { name };
        Problem::new(format!("it cannot be read: {e}"))
            .file(name)
            .fix("check that the file is there, and its permissions")
    };
    for entry in std::fs::read_dir(folder).map_err(|e| unreadable(prefix, &e))? {
        let entry = entry.map_err(|e| unreadable(prefix, &e))?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            return Err(
                Problem::new(format!("the name `{}` is not UTF-8", name.to_string_lossy())).fix("rename the file")
            );
        };
        if name.starts_with('.') {
            continue;
        }
        let key = format!("{prefix}{name}");
        let metadata = std::fs::metadata(entry.path()).map_err(|e| unreadable(&key, &e))?;
        if metadata.is_dir() && prefix.is_empty() && name == "fixups" {
            read_into(&entry.path(), "fixups/", files)?;
        } else if metadata.is_dir() {
            return Err(unknown(&key));
        } else {
            load::check_size(metadata.len()).map_err(|p| p.file(&key))?;
            let bytes = std::fs::read(entry.path()).map_err(|e| unreadable(&key, &e))?;
            files.insert(key, bytes);
        }
    }
    Ok(())
}

/// What a file is, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Source,
    OpenApi,
    Schema,
    Fixup,
}

fn role(name: &str) -> Option<Role> {
    let ends = |what: &str| {
        ["json", "yaml", "yml"]
            .iter()
            .any(|e| name.strip_suffix(e).and_then(|n| n.strip_suffix(what)).is_some_and(|n| !n.is_empty()))
    };
    match name.strip_prefix("fixups/") {
        Some(fixup) => {
            let digits = fixup.bytes().take_while(u8::is_ascii_digit).count();
            let what = fixup[digits..].strip_prefix('-').and_then(|rest| rest.strip_suffix(".json"));
            (digits >= 2 && what.is_some_and(|what| !what.is_empty())).then_some(Role::Fixup)
        }
        None if name == "source.toml" => Some(Role::Source),
        None if ends(".openapi.") => Some(Role::OpenApi),
        None if ends(".schema.") => Some(Role::Schema),
        None => None,
    }
}

fn unknown(name: &str) -> Problem {
    Problem::new("a file of this name has no meaning here").file(name).fix(
        "a vendor's folder has source.toml, NAME.openapi.json (or .yaml), NAME.schema.json and fixups/NN-what.json; \
         rename or remove it",
    )
}

fn assemble(slug: &str, files: &Files) -> Result<Contract, Problem> {
    let mut documents: BTreeMap<String, Value> = BTreeMap::new();
    let mut main: Vec<String> = Vec::new();
    let mut fixups: Vec<Fixup> = Vec::new();
    for (name, bytes) in files {
        match role(name).ok_or_else(|| unknown(name))? {
            Role::Source => {}
            role @ (Role::OpenApi | Role::Schema) => {
                let mut document = load::load(bytes, load::format_of(name)).map_err(|p| p.file(name))?;
                if role == Role::OpenApi {
                    downgrade::downgrade(&mut document).map_err(|p| p.file(name))?;
                    main.push(name.clone());
                }
                documents.insert(name.clone(), document);
            }
            Role::Fixup => fixups.push(fixup::parse(name, bytes)?),
        }
    }
    let source = read_source(files)?;
    for name in source.documents.keys() {
        if !main.contains(name) {
            return Err(Problem::new(format!(
                "[documents]: there is no `{}` in the folder",
                pointer::shorten(name, 80)
            ))
            .file("source.toml")
            .fix("correct the name, or fetch the document"));
        }
    }
    for (name, published) in &source.documents {
        let Some(document) = documents.get_mut(name) else { continue };
        settle::order_parameters(document);
        if published.null_is_absent {
            settle::drop_null(document);
        }
    }
    let main_names: Vec<&str> = main.iter().map(String::as_str).collect();
    fixup::apply(&fixups, &mut documents, &main_names)?;
    let mut left_out = Vec::new();
    let mut flat: BTreeMap<String, Value> = BTreeMap::new();
    for name in &main {
        let mut prepare = || {
            let document = upgrade::upgrade(bundle::bundle(name, &documents)?)?;
            shape::check(&document)?;
            flatten::flatten(&document, &mut left_out)
        };
        flat.insert(name.clone(), prepare().map_err(|p| by_fixup(p, &fixups, name).file(name))?);
    }
    let merged = merge::merge(flat)?;
    let document = canonical::canonical(merged, &source, &mut left_out).map_err(|problem| match main.as_slice() {
        [only] => problem.file(only),
        _ => problem,
    })?;
    left_out.sort_unstable();
    left_out.dedup();
    Ok(Contract { slug: slug.to_owned(), source, document, documents, main, left_out })
}

/// What is wrong with a document after its fixups stands in no document if a fixup wrote it: that is to be corrected.
fn by_fixup(problem: Problem, fixups: &[Fixup], document: &str) -> Problem {
    match problem.pointer().and_then(|at| fixup::author(fixups, document, at)) {
        Some(fixup) => {
            let fix = format!("correct {}, which wrote this", fixup.name);
            problem.fix_instead(fix)
        }
        None => problem,
    }
}

/// Reads the `source.toml` among a vendor's files.
///
/// # Errors
/// It is missing, no TOML, or says something that cannot be.
pub fn read_source(files: &Files) -> Result<Source, Problem> {
    const FILE: &str = "source.toml";
    let Some(bytes) = files.get(FILE) else {
        return Err(Problem::new("the file is missing")
            .file(FILE)
            .fix("write it; another vendor's shows each field in use"));
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Problem::new("the file is not UTF-8").file(FILE).fix("save it as UTF-8"))?;
    let source = Source::parse(text).map_err(|p| p.file(FILE))?;
    source.check().map_err(|p| p.file(FILE))?;
    Ok(source)
}

#[cfg(test)]
mod tests;
