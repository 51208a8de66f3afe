//! One crate of the generated code of all cases, tested by one call of cargo.
//!
//! It shares the target folder, the lock file and the dependencies of the repository's own workspace, so that what was
//! built for that is not built again, and nothing is fetched that was not fetched for it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::Case;
use crate::cases;
use xtask::pipeline::Made;

const SERVER: &str = include_str!("server.rs");

/// Compiles the code of the cases and runs their tests.
pub fn test(cases: &[Case]) {
    let root = cases::repository();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("traps");
    let mut files = vec![
        ("Cargo.toml".to_owned(), manifest(&root)),
        ("Cargo.lock".to_owned(), fs::read_to_string(root.join("Cargo.lock")).unwrap()),
        ("tests/wire/server.rs".to_owned(), SERVER.to_owned()),
    ];
    let mut library =
        String::from("//! The generated code of all cases.\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n\n");
    let mut tests =
        String::from("//! The tests of all cases.\n#![deny(warnings)]\n#![allow(dead_code)]\n\nmod server;\n");
    for case in cases {
        let Ok(made) = &case.made else { continue };
        let name = case.name.replace('-', "_");
        for (path, bytes) in &made.files {
            let text = String::from_utf8(bytes.clone()).unwrap();
            if let Some(file) = path.strip_prefix("crates/hailuo-acme/src/") {
                // The README is of a crate, and a case is a module.
                let text = text.replace("#![doc = include_str!(\"../README.md\")]\n", "");
                files.push((format!("src/{name}/{}", file.replace("lib.rs", "mod.rs")), text));
            }
        }
        let _ = writeln!(library, "pub mod {name};");
        if let Some(example) = example(made) {
            // The example of its README is no test of its own: that it compiles is what is asked.
            files.push((
                format!("tests/wire/{name}_readme.rs"),
                example.replace("hailuo_acme", &format!("traps::{name}")),
            ));
            let _ = writeln!(tests, "mod {name}_readme;");
        }
        if let Ok(wire) = fs::read_to_string(case.folder.join("wire.rs")) {
            files.push((format!("tests/wire/{name}.rs"), wire));
            let _ = writeln!(tests, "mod {name};");
        }
    }
    files.push(("src/lib.rs".to_owned(), library));
    files.push(("tests/wire/main.rs".to_owned(), tests));
    write(&folder, &files);

    let target = root.join("target");
    let mut output = cargo(&folder, &target, true);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() && (text.contains("--offline") || text.contains("offline was specified")) {
        // A machine on which the workspace itself was never built.
        output = cargo(&folder, &target, false);
    }
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(&output.stdout)
    );
}

/// The code of a crate's README, without the marks of what a reader does not see.
fn example(made: &Made) -> Option<String> {
    let readme = std::str::from_utf8(&made.files["crates/hailuo-acme/README.md"]).unwrap();
    let (_, code) = readme.split_once("```rust,no_run\n")?;
    let (code, _) = code.split_once("```")?;
    Some(code.replace("\n# ", "\n"))
}

/// The manifest: the dependencies of the repository's workspace, with paths that lead there.
fn manifest(root: &Path) -> String {
    let text = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let workspace: toml::Table = toml::from_str(&text).unwrap();
    let mut dependencies = toml::Table::new();
    for name in ["hailuo-runtime", "progenitor-client", "reqwest", "serde", "serde_json", "tokio"] {
        let mut dependency = workspace["workspace"]["dependencies"][name].clone();
        if let Some(table) = dependency.as_table_mut() {
            if let Some(path) = table.get("path").and_then(toml::Value::as_str) {
                let path = root.join(path).to_str().unwrap().to_owned();
                table.insert("path".to_owned(), toml::Value::String(path));
            }
            if name == "tokio" {
                let features = ["macros", "rt"].map(|feature| toml::Value::String(feature.to_owned()));
                table.insert("features".to_owned(), toml::Value::Array(features.to_vec()));
            }
        }
        dependencies.insert(name.to_owned(), dependency);
    }
    let profile = workspace["profile"].clone();
    let manifest = toml::toml! {
        [workspace]

        [package]
        name = "traps"
        version = "0.0.0"
        edition = "2024"
        publish = false

        [lib]
        doctest = false

        [[test]]
        name = "wire"
    };
    let mut manifest = manifest;
    manifest.insert("dependencies".to_owned(), toml::Value::Table(dependencies));
    manifest.insert("profile".to_owned(), profile);
    toml::to_string(&manifest).unwrap()
}

/// Makes the folder hold the files. One that is there with the same text is not touched, so that cargo sees no change.
fn write(folder: &Path, files: &[(String, String)]) {
    for gone in ["src", "tests"].iter().flat_map(|part| everything(&folder.join(part))) {
        if !files.iter().any(|(path, _)| folder.join(path) == gone) {
            fs::remove_file(gone).unwrap();
        }
    }
    for (path, text) in files {
        let path = folder.join(path);
        // Cargo adds this package to the lock file; what it then holds is no change either.
        let is_kept = path.ends_with("Cargo.lock") && path.is_file() && is_newer(&path, &cases::repository());
        if !is_kept && !fs::read_to_string(&path).is_ok_and(|there| there == *text) {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        }
    }
}

fn is_newer(lock: &Path, root: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).unwrap();
    modified(lock) > modified(&root.join("Cargo.lock")) && modified(lock) > modified(&root.join("Cargo.toml"))
}

fn everything(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { everything(&path) } else { vec![path] }
        })
        .collect()
}

fn cargo(folder: &Path, target: &Path, is_offline: bool) -> Output {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["test", "--quiet", "--lib", "--test", "wire"]).current_dir(folder).env("CARGO_TARGET_DIR", target);
    if is_offline {
        command.arg("--offline");
    }
    // What the run of this test was told is not meant for the crate that it builds.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR" || name == "RUSTFLAGS" {
            command.env_remove(name);
        }
    }
    command.output().unwrap()
}
