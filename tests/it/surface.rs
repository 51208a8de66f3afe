//! What a vendor's API is, what is only inferred about it, and what its client leaves out: a reviewer reads a vendor's
//! change in these snapshots.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    process::Command,
};

use contract::drift::{Drift, Format, VendorDrift};

use crate::{contract_of, root, vendors};

/// Checks a snapshot of every vendor, named after the vendor alone; all are looked at, whichever fail, so that one run
/// leaves all of them to be reviewed.
fn for_each_vendor(check: impl Fn(&str)) {
    let mut failed = None;
    for slug in vendors() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_suffix(&slug);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_snapshot_path("../snapshots");
        let checked = catch_unwind(AssertUnwindSafe(|| settings.bind(|| check(&slug))));
        failed = checked.err().or(failed);
    }
    if let Some(failed) = failed {
        resume_unwind(failed);
    }
}

/// What git prints, or nothing without git.
fn git(arguments: &[&str]) -> Option<Vec<u8>> {
    let output = Command::new("git").args(arguments).current_dir(root()).output().ok()?;
    output.status.success().then_some(output.stdout)
}

/// Says what the contract's change means, since the commit in which its snapshot was last accepted; a test that passes
/// swallows it.
fn tell_drift(slug: &str, now: &serde_json::Value) {
    let accepted = git(&["log", "-1", "--format=%H", "--", &format!("tests/snapshots/surface@{slug}.snap")]);
    let commit = accepted.and_then(|hash| String::from_utf8(hash).ok()).unwrap_or_default();
    // Without git, or for a vendor that is new, the snapshot's own diff has to do.
    let before = git(&["show", &format!("{}:crates/hailuo-{slug}/openapi.json", commit.trim())]);
    let Some(before) = before.and_then(|contract| serde_json::from_slice(&contract).ok()) else { return };
    let found = VendorDrift::between(slug, &before, now);
    if found.is_drift() {
        let drift = Drift { vendors: vec![found], ..Drift::default() };
        #[expect(clippy::print_stdout, reason = "a failing test shows what it printed")]
        {
            println!("{}", drift.render(Format::Text { color: false }));
        }
    }
}

#[test]
fn every_fact_of_a_contract_is_a_line_of_its_surface() {
    for_each_vendor(|slug| {
        let contract = contract_of(slug);
        tell_drift(slug, &contract.document);
        insta::assert_snapshot!("surface", contract::surface::surface(&contract.document));
    });
}

#[test]
fn every_inferred_fact_is_listed_with_its_reason() {
    for_each_vendor(|slug| insta::assert_snapshot!("inferred", contract::surface::inferred(&contract_of(slug))));
}

#[test]
fn what_a_client_leaves_out_is_listed() {
    for_each_vendor(|slug| {
        let readme = std::fs::read_to_string(root().join(format!("crates/hailuo-{slug}/README.md"))).unwrap();
        let section = readme.split("\n## ").find(|section| section.starts_with("What the client leaves out"));
        let lines: Vec<&str> = section.into_iter().flat_map(str::lines).filter(|line| line.starts_with("- ")).collect();
        insta::assert_snapshot!("warnings", lines.join("\n"));
    });
}
