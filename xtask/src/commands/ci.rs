//! `cargo xtask ci`: everything that has to pass before a change lands.
//!
//! It begins with what `cargo xtask test` does, and does nothing twice. What a tool adds that not everyone has is done
//! where the tool is, and said where it is not.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

use super::{BROKEN, DONE, regen, test};
use crate::steps::{Step, run_all};

/// Runs the command.
///
/// # Errors
/// The output cannot be written.
pub fn run(root: &Path, out: &mut dyn Write) -> Result<u8> {
    // A check leaves no files behind.
    let mut steps: Vec<Step> = test::steps().into_iter().map(|step| step.env("INSTA_UPDATE", "no")).collect();
    let xtask = ["--manifest-path", "xtask/Cargo.toml"];
    let format = ["fmt", "--all", "--check"];
    let lint = ["clippy", "--workspace", "--all-targets", "--all-features", "--locked"];
    let strictly = ["--", "-D", "warnings"];
    let document = ["doc", "--workspace", "--no-deps", "--all-features", "--locked"];
    steps.extend([
        Step::cargo("formatting", &format),
        Step::cargo("formatting of xtask", &[&format[..], &xtask].concat()),
        Step::cargo("lints", &[&lint[..], &strictly].concat()),
        Step::cargo("lints of xtask", &[&lint[..], &xtask, &strictly].concat()),
        Step::cargo("documentation", &document).env("RUSTDOCFLAGS", "-D warnings"),
        Step::cargo("documentation of xtask", &[&document[..], &xtask].concat()).env("RUSTDOCFLAGS", "-D warnings"),
    ]);
    let alone = ["check", "-p", "hailuo", "--locked", "--no-default-features"];
    steps.push(Step::cargo("the facade without vendors", &alone));
    for vendor in facade_vendors(root)? {
        let features = format!("--features={vendor}");
        let name = format!("the facade with {vendor} alone");
        steps.push(Step::cargo(&name, &[&alone[..], &[features.as_str()]].concat()));
    }
    let package = ["package", "--workspace", "--exclude", "hailuo-tests", "--no-verify", "--allow-dirty", "--locked"];
    let deny = |name, arguments: &[&str]| {
        let step = Step::cargo(name, arguments);
        step.optional("cargo deny --version", "it checks licenses, sources and duplicate versions")
    };
    steps.extend([
        Step::cargo("packages", &package),
        // It says itself which of fal's clients could not be had.
        Step::program("the vendors' official clients against the sandbox", "sh", &["xtask/referees/run.sh"])
            .optional("sh -c true", "it runs them where python3 or node is"),
        deny("licenses and sources", &["deny", "check"]),
        deny(
            "licenses and sources of xtask",
            &["deny", "--manifest-path", "xtask/Cargo.toml", "check", "--config", "deny.toml"],
        ),
    ]);
    let are_steps_fine = run_all(root, &steps, out)?;
    writeln!(out, "\n== generated files: cargo xtask regen --check")?;
    let is_fresh = regen::run(root, &[], true, out)? == DONE;
    writeln!(out, "{}   generated files", if is_fresh { "passed" } else { "FAILED" })?;
    Ok(if are_steps_fine && is_fresh { DONE } else { BROKEN })
}

/// The vendors that the facade knows: what its feature `default` switches on.
fn facade_vendors(root: &Path) -> Result<Vec<String>> {
    let path = "crates/hailuo/Cargo.toml";
    let text = fs::read_to_string(root.join(path)).with_context(|| format!("{path} cannot be read"))?;
    let manifest: toml::Table = toml::from_str(&text).with_context(|| format!("{path} is not a manifest"))?;
    let default = manifest.get("features").and_then(|features| features.get("default")?.as_array());
    let default = default.with_context(|| format!("{path} has no feature `default`"))?;
    Ok(default.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
}
