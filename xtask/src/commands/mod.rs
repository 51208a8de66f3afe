//! The commands, a file each; each gives the exit code: 0 done, 4 something differs, 1 something is broken.

pub mod add;
pub mod ci;
pub mod drift;
pub mod fetch;
pub mod regen;
pub mod test;
pub mod verify;

use std::io::IsTerminal;
use std::path::Path;

use anyhow::{Context, Result};
use contract::Problem;

/// Everything is as it should be.
pub const DONE: u8 = 0;
/// Something failed or is broken.
pub const BROKEN: u8 = 1;
/// Something differs: stale files, drift, a claim that is gone.
pub const DIFFERS: u8 = 4;

/// Whether what is printed may have colors: on a terminal that shows them, unless `NO_COLOR` is set to something.
pub fn is_colored() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    std::io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}

/// The vendors to work on: those that were named, or all.
///
/// # Errors
/// `specs/` cannot be read, or has no such vendor.
fn choose(root: &Path, vendors: &[String]) -> Result<Vec<String>> {
    let all = contract::vendors(&root.join("specs")).context("specs/ cannot be listed")?;
    if vendors.is_empty() {
        return Ok(all);
    }
    for vendor in vendors {
        anyhow::ensure!(
            all.contains(vendor),
            "{}",
            Problem::new(format!("there is no vendor `{vendor}`"))
                .file("specs")
                .fix(format!("name one of {}, or add it: `cargo xtask add {vendor} --spec FILE`", all.join(", ")))
        );
    }
    let mut chosen = vendors.to_vec();
    chosen.sort();
    chosen.dedup();
    Ok(chosen)
}
