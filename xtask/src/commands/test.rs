//! `cargo xtask test`: all tests of both workspaces.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::{BROKEN, DONE};
use crate::steps::{Step, run_all};

/// The tests, as steps. A snapshot that differs fails its test and leaves what it would be beside it, to be reviewed.
pub fn steps() -> Vec<Step> {
    let test = ["test", "--workspace", "--all-features", "--no-fail-fast", "--locked"];
    vec![
        Step::cargo("tests", &test),
        Step::cargo("tests of xtask", &[&test[..], &["--manifest-path", "xtask/Cargo.toml"]].concat()),
    ]
}

/// Runs the command.
///
/// # Errors
/// The output cannot be written.
pub fn run(root: &Path, out: &mut dyn Write) -> Result<u8> {
    Ok(if run_all(root, &steps(), out)? { DONE } else { BROKEN })
}
