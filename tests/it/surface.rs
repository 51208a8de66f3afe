//! What a vendor's API is, what is only inferred about it, and what its client leaves out: a reviewer reads a vendor's
//! change in these snapshots.

use contract::drift::{Drift, Format, VendorDrift};

use crate::{VENDORS, root};

/// Settings under which a snapshot is named after its vendor alone.
fn for_vendor(slug: &str, check: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_suffix(slug);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("../snapshots");
    settings.bind(check);
}

/// Says what the contract's change since the last commit means; a test that passes swallows it.
fn tell_drift(slug: &str, now: &serde_json::Value) {
    let before = std::process::Command::new("git")
        .args(["show", &format!("HEAD:crates/hailuo-{slug}/openapi.json")])
        .current_dir(root())
        .output();
    // Without git, or for a vendor that is new, the snapshot's own diff has to do.
    let Some(before) = before.ok().and_then(|output| serde_json::from_slice(&output.stdout).ok()) else { return };
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
    for slug in VENDORS {
        let contract = contract::build(&root().join("specs").join(slug)).unwrap();
        tell_drift(slug, &contract.document);
        for_vendor(slug, || insta::assert_snapshot!("surface", contract::surface::surface(&contract.document)));
    }
}

#[test]
fn every_inferred_fact_is_listed_with_its_reason() {
    for slug in VENDORS {
        let contract = contract::build(&root().join("specs").join(slug)).unwrap();
        for_vendor(slug, || insta::assert_snapshot!("inferred", contract::surface::inferred(&contract)));
    }
}

#[test]
fn what_a_client_leaves_out_is_listed() {
    for slug in VENDORS {
        let readme = std::fs::read_to_string(root().join(format!("crates/hailuo-{slug}/README.md"))).unwrap();
        let section = readme.split("\n## ").find(|section| section.starts_with("What the client leaves out"));
        let lines: Vec<&str> = section.into_iter().flat_map(str::lines).filter(|line| line.starts_with("- ")).collect();
        for_vendor(slug, || insta::assert_snapshot!("warnings", lines.join("\n")));
    }
}
