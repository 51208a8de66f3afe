//! `cargo xtask test`: all tests of both workspaces.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::{BROKEN, DONE};
use crate::steps::{Step, run_all};

/// The tests, as steps.
pub fn steps() -> Vec<Step> {
    vec![
        Step::cargo("tests", &["test", "--workspace", "--locked"]).env("INSTA_UPDATE", "no"),
        Step::cargo("tests of xtask", &["test", "--workspace", "--locked", "--manifest-path", "xtask/Cargo.toml"])
            .env("INSTA_UPDATE", "no"),
    ]
}

/// Runs the command.
///
/// # Errors
/// The output cannot be written.
pub fn run(root: &Path, out: &mut dyn Write) -> Result<u8> {
    Ok(if run_all(root, &steps(), out)? { DONE } else { BROKEN })
}
