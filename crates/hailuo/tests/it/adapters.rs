//! What the adapters' source must not have.

use std::{fs, path::Path};

/// The mapping of every vendor, as text.
fn mappings() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/adapters");
    let mut found = Vec::new();
    for vendor in hailuo::Vendor::ALL {
        for file in fs::read_dir(folder.join(vendor.slug())).unwrap() {
            let path = file.unwrap().path();
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// The string literals of a source file, comments left out.
fn literals(source: &str) -> Vec<&str> {
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).collect()
}

#[test]
fn no_adapter_holds_a_path_or_calls_reqwest() {
    assert!(mappings().len() >= 10);
    for (path, source) in mappings() {
        for literal in literals(&source) {
            assert!(!literal.starts_with('/') && !literal.contains("://"), "{path}: {literal:?}");
        }
        let code: Vec<_> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        assert!(!code.join("\n").contains("reqwest"), "{path}");
    }
}

#[test]
fn a_path_would_be_found() {
    assert_eq!(literals("// \"/a\"\nlet x = \"/v1/queue\"; let y = 'c';"), ["/v1/queue"]);
}

#[test]
fn no_mapping_waits_retries_or_spawns() {
    for (path, source) in mappings() {
        for word in ["sleep", "retry(", "spawn", "loop {", "Instant"] {
            assert!(!source.contains(word), "{path}: {word}");
        }
    }
}
