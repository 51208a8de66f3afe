//! What the Markdown documents lead to is there: links and their anchors, paths, commands of xtask, examples.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{contract_of, root, vendors};

/// The Markdown documents that are written by hand, with their texts.
fn documents() -> Vec<(PathBuf, String)> {
    let folders = ["", "docs", "crates/hailuo", "crates/hailuo-runtime", "crates/hailuo-sandbox", "crates/hailuo-cli"];
    let files = folders.into_iter().flat_map(|folder| fs::read_dir(root().join(folder)).unwrap());
    let pages = files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "md"));
    pages.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// What follows a mark, up to what cannot be part of it.
fn after<'a>(text: &'a str, mark: &str, is_part: impl Fn(char) -> bool + Copy) -> Vec<&'a str> {
    text.split(mark).skip(1).map(|rest| rest.split(|c| !is_part(c)).next().unwrap_or_default()).collect()
}

/// The anchors of a page, as GitHub makes them of headings.
fn anchors(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    headings.map(|heading| heading.to_lowercase().replace(|c| !plain(c), "").replace(' ', "-")).collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut links = 0;
    for (page, text) in documents() {
        for link in after(&text, "](", |c| c != ')').into_iter().filter(|link| !link.starts_with("http")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            assert!(target.exists(), "{}: {link} leads to nothing", page.display());
            let is_there = anchor.is_empty() || anchors(&target).iter().any(|heading| heading == anchor);
            assert!(is_there, "{}: {link} leads to no heading", page.display());
            links += 1;
        }
    }
    assert!(links > 5, "{links}");
}

#[test]
fn every_path_command_and_example_that_is_named_is_there() {
    let root = root();
    let mut named = 0;
    for (page, text) in documents() {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
        let folders = ["crates/", "docs/", "specs/", "tests/", "xtask/", ".github/"];
        let code = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
        // Acme is the vendor that the page on adding one makes.
        let mut paths: Vec<String> = code
            .filter(|word| folders.iter().any(|folder| word.starts_with(folder)))
            .filter(|word| word.chars().all(is_plain) && !word.contains("acme"))
            .map(str::to_owned)
            .collect();
        let commands = after(&text, "cargo xtask ", |c| c.is_ascii_lowercase());
        paths.extend(commands.iter().map(|verb| format!("xtask/src/commands/{verb}.rs")));
        let examples = after(&text, "-p hailuo --example ", is_plain);
        paths.extend(examples.iter().map(|name| format!("crates/hailuo/examples/{name}.rs")));
        for path in paths {
            assert!(root.join(&path).exists(), "{} names {path}, which is not there", page.display());
            named += 1;
        }
    }
    assert!(named > 40, "{named}");
}

#[test]
fn the_readme_of_the_command_has_the_address_that_each_of_its_options_stands_for() {
    let readme = fs::read_to_string(root().join("crates/hailuo-cli/README.md")).unwrap();
    for slug in vendors() {
        let address = format!("`{}`", contract_of(&slug).source.base_url);
        assert!(readme.contains(&address), "crates/hailuo-cli/README.md does not have {address} of {slug}");
    }
}

#[test]
fn every_package_holds_the_licenses() {
    let root = root();
    let mut packages = 0;
    for folder in fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path()) {
        for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
            assert!(text == fs::read_to_string(root.join(name)).unwrap(), "{}/{name}", folder.display());
        }
        packages += 1;
    }
    assert!(packages >= 9, "{packages}");
}
