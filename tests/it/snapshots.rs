//! No snapshot is left that no test looks at: insta itself passes over those.

use std::collections::BTreeSet;

use crate::{root, vendors};

#[test]
fn every_snapshot_belongs_to_a_test() {
    let expected: BTreeSet<String> = ["api", "surface", "inferred", "warnings"]
        .iter()
        .flat_map(|name| vendors().into_iter().map(move |slug| format!("{name}@{slug}.snap")))
        .collect();
    let there: BTreeSet<String> = std::fs::read_dir(root().join("tests/snapshots"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "snap"))
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(there, expected);
}
