//! The lines of manifests that state a version, and how they have to read after a change.

use std::path::Path;

use contract::drift::{Bump, VersionChange, next_version, version_reaches};
use toml_edit::{Document, TableLike};

/// A version in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stated {
    line: usize,
    text: String,
    version: String,
}

/// The line of `source.toml` for the version of a vendor's crate.
pub(super) fn own(slug: &str, bump: Bump, old: Option<&str>, new: Option<&str>) -> Option<VersionChange> {
    let new = stated(new?, "", "version")?;
    let old = old.and_then(|text| stated(text, "", "version")).map_or_else(|| new.version.clone(), |old| old.version);
    change(&format!("hailuo-{slug}"), format!("specs/{slug}/source.toml"), bump, old, new)
}

/// The facade's manifest.
pub(super) const FACADE: &str = "crates/hailuo/Cargo.toml";

/// The sandbox's manifest.
pub(super) const SANDBOX: &str = "crates/hailuo-sandbox/Cargo.toml";

/// The command's manifest.
pub(super) const COMMAND: &str = "crates/hailuo-cli/Cargo.toml";

/// The line of the manifest of a package that follows the vendors, and the one by which others depend on it.
pub(super) fn following(root: &Path, package: &str, file: &str, bump: Bump, old: Option<&str>) -> Vec<VersionChange> {
    let Some(now) = read(root, file).and_then(|text| stated(&text, "package", "version")) else { return Vec::new() };
    let old = old.and_then(|text| stated(text, "package", "version"));
    let old = old.map_or_else(|| now.version.clone(), |old| old.version);
    let own = change(package, file.to_owned(), bump, old, now);
    let requirement = own.as_ref().and_then(|own| requirement(root, own));
    own.into_iter().chain(requirement).collect()
}

/// The line of the root manifest by which the workspace depends on a package whose version changes. A requirement like
/// `0.1.0` takes in every later `0.1`: it has to change with a breaking version only.
pub(super) fn requirement(root: &Path, own: &VersionChange) -> Option<VersionChange> {
    if own.bump != Bump::Breaking {
        return None;
    }
    let now = stated(&read(root, "Cargo.toml")?, "workspace.dependencies", &own.package)?;
    change(&own.package, "Cargo.toml".to_owned(), own.bump, own.old.clone(), now)
}

fn change(package: &str, file: String, bump: Bump, old: String, now: Stated) -> Option<VersionChange> {
    if bump == Bump::None {
        return None;
    }
    let least = next_version(&old, bump)?;
    let after = if version_reaches(&now.version, &least) {
        now.text.clone()
    } else {
        now.text.replacen(&format!("\"{}\"", now.version), &format!("\"{least}\""), 1)
    };
    Some(VersionChange { package: package.to_owned(), bump, old, least, file, line: now.line, before: now.text, after })
}

fn read(root: &Path, file: &str) -> Option<String> {
    super::text(&root.join(file)).ok().flatten()
}

/// The line of a section that gives a key a version: `version = "0.1.0"`, or `key = { …, version = "0.1.0" }`.
fn stated(text: &str, section: &str, key: &str) -> Option<Stated> {
    let document = Document::parse(text).ok()?;
    let mut table: &dyn TableLike = document.as_table();
    for name in section.split('.').filter(|name| !name.is_empty()) {
        table = table.get(name)?.as_table_like()?;
    }
    let item = table.get(key)?;
    let value = item.as_table_like().map_or(Some(item), |inner| inner.get("version"))?.as_value()?;
    let line = text.get(..value.span()?.start)?.matches('\n').count();
    Some(Stated { line: line + 1, text: text.lines().nth(line)?.to_owned(), version: value.as_str()?.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_its_section_only() {
        let text =
            "# version = \"9\"\n[a]\nversion = \"1.0.0\"\n[package]\nname = \"x\"\nversion   = \"0.1.0\" # ours\n";
        let found = stated(text, "package", "version").map(|stated| (stated.line, stated.version));
        assert_eq!(found, Some((6, "0.1.0".to_owned())));
        assert_eq!(stated(text, "", "version"), None);
        assert_eq!(stated("version.workspace = true", "", "version"), None);
        let table = "[workspace.dependencies]\nhailuo-fal = { path = \"crates/hailuo-fal\", version = \"0.3.0\" }\n";
        let found = stated(table, "workspace.dependencies", "hailuo-fal").map(|stated| stated.version);
        assert_eq!(found.as_deref(), Some("0.3.0"));
        assert_eq!(stated(table, "workspace.dependencies", "hailuo"), None);
    }

    #[test]
    fn a_version_that_was_raised_already_is_enough() {
        let change = |new: &str| own("fal", Bump::Breaking, Some("version = \"0.1.0\""), Some(new));
        let stale = change("version = \"0.1.9\" # ours");
        assert_eq!(stale.map(|change| change.after).as_deref(), Some("version = \"0.2.0\" # ours"));
        assert!(change("version = \"0.2.0\"").is_some_and(|change| change.is_done()));
        assert_eq!(own("fal", Bump::None, None, Some("version = \"0.1.0\"")), None);
    }
}
