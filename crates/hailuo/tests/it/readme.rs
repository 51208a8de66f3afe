//! The workspace's README: its table of capabilities is the one that the code makes, and what it says to install is what
//! its program uses. And what lists the vendors where no compiler looks, lists all of them.

use std::{collections::BTreeSet, fs, path::Path};

use hailuo::{Capabilities, Vendor};

const BEGIN: &str = "<!-- capabilities -->";
const END: &str = "<!-- /capabilities -->";

/// What stands between the marks.
fn marked(readme: &str) -> Option<&str> {
    let (_, rest) = readme.split_once(BEGIN)?;
    Some(rest.split_once(END)?.0.trim())
}

/// The workspace's README; outside the workspace, in a published package, there is no such file.
fn readme() -> Option<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")).ok()
}

/// The code of the first fence of a language.
fn fence<'a>(readme: &'a str, language: &str) -> Option<&'a str> {
    let (_, rest) = readme.split_once(&format!("```{language}"))?;
    Some(rest.split_once("\n```")?.0)
}

#[test]
fn the_readme_installs_every_crate_that_its_program_uses() {
    let Some(readme) = readme() else { return };
    let (program, manifest) = (fence(&readme, "rust").unwrap(), fence(&readme, "toml").unwrap());
    let paths = program.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let crates: BTreeSet<&str> = paths
        .filter_map(|path| Some(path.split_once("::")?.0))
        .filter(|name| name.starts_with(char::is_lowercase) && *name != "std")
        .collect();
    assert_eq!(crates.iter().copied().collect::<Vec<_>>(), ["hailuo", "tokio"]);
    for name in crates {
        assert!(manifest.contains(&format!("\n{name} = ")), "{name} is not among what is to be installed:{manifest}");
    }
}

/// The sandbox has no client to compile it with.
#[test]
fn the_sandboxs_readme_shows_the_test_that_is_compiled_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(readme) = fs::read_to_string(root.join("../hailuo-sandbox/README.md")) else { return };
    let library = fs::read_to_string(root.join("src/lib.rs")).unwrap();
    let (_, example) = library.split_once("//! # Tests of your own").unwrap();
    let example = example.split("//! ```\n").nth(1).unwrap().lines();
    let shown =
        example.map(|line| line.strip_prefix("//! ").unwrap_or_default()).filter(|line| !line.starts_with("# "));
    assert_eq!(fence(&readme, "rust,ignore").unwrap().trim(), shown.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_readme_asks_for_the_rust_that_the_manifests_do() {
    let Some(readme) = readme() else { return };
    let needs = format!("Rust {} or later", env!("CARGO_PKG_RUST_VERSION"));
    assert!(readme.contains(&needs), "README.md does not say: {needs}");
}

#[test]
fn the_readme_shows_the_capabilities_of_the_code() {
    let Some(readme) = readme() else { return };
    let table = Capabilities::table();
    let expected = table.trim();
    assert_eq!(marked(&readme), Some(expected), "put this between {BEGIN} and {END} of README.md:\n{expected}");
}

#[test]
fn what_lists_the_vendors_lists_all_of_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if readme().is_none() {
        return;
    }
    for (file, line) in [
        ("README.md", "`SLUG`"),
        ("README.md", "ENV_VAR"),
        ("crates/hailuo/README.md", "`ENV_VAR`"),
        ("crates/hailuo/Cargo.toml", "default = [.*\"SLUG\""),
        ("crates/hailuo/src/lib.rs", "//! | .*`SLUG`"),
        ("crates/hailuo/src/lib.rs", "pub use hailuo_SLUG;"),
        ("crates/hailuo-cli/README.md", "`ENV_VAR`"),
        ("tests/lib.rs", "crates/hailuo-SLUG/README.md"),
        (".gitattributes", "crates/hailuo-SLUG/** linguist-generated"),
    ] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        for vendor in Vendor::ALL {
            let wanted = line.replace("SLUG", vendor.slug()).replace("ENV_VAR", vendor.env_var());
            let parts: Vec<&str> = wanted.split(".*").collect();
            let is_there = text.lines().any(|line| parts.iter().all(|part| line.contains(part)));
            assert!(is_there, "{file} has no line with {wanted} for {vendor}");
        }
    }
}

#[test]
fn the_marks_are_found() {
    assert_eq!(marked(&format!("a {BEGIN}\n| x |\n{END} b")), Some("| x |"));
    assert_eq!(marked("no marks"), None);
}
