//! The capability table of the workspace's README is the one that the code makes.

use std::{fs, path::Path};

use hailuo::Capabilities;

const BEGIN: &str = "<!-- capabilities -->";
const END: &str = "<!-- /capabilities -->";

/// What stands between the marks.
fn marked(readme: &str) -> Option<&str> {
    let (_, rest) = readme.split_once(BEGIN)?;
    Some(rest.split_once(END)?.0.trim())
}

#[test]
fn the_readme_shows_the_capabilities_of_the_code() {
    // Outside the workspace, in a published package, there is no such file.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let Ok(readme) = fs::read_to_string(path) else {
        return;
    };
    let table = Capabilities::table();
    let expected = table.trim();
    assert_eq!(marked(&readme), Some(expected), "put this between {BEGIN} and {END} of README.md:\n{expected}");
}

#[test]
fn the_marks_are_found() {
    assert_eq!(marked(&format!("a {BEGIN}\n| x |\n{END} b")), Some("| x |"));
    assert_eq!(marked("no marks"), None);
}
