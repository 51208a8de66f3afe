//! What a generated crate offers in Rust, a line per public item: the other half of what a reviewer reads.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use xtask::rust_surface;

use crate::cases;

#[test]
fn every_public_item_of_a_generated_crate_is_a_line() {
    let root = cases::repository();
    let mut failed = None;
    for slug in contract::vendors(&root.join("specs")).unwrap() {
        let source = root.join(format!("crates/hailuo-{slug}/src"));
        let texts = ["generated.rs", "lib.rs"].map(|name| fs::read_to_string(source.join(name)).unwrap());
        let lines = rust_surface::surface(&[texts[0].as_str(), texts[1].as_str()]).unwrap();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_suffix(&slug);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_snapshot_path("../../../tests/snapshots");
        let check = || settings.bind(|| insta::assert_snapshot!("api", rust_surface::render(&lines)));
        // All are looked at, whichever fail, so that one run leaves all of them to be reviewed.
        failed = catch_unwind(AssertUnwindSafe(check)).err().or(failed);
    }
    if let Some(failed) = failed {
        resume_unwind(failed);
    }
}
