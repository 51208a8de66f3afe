//! What holds for the workspace as a whole.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a test panics where it fails, and is read where it stands"
)]

mod bodies;
mod decoding;
mod loopback;
mod prices;
mod redirects;
mod relies;
mod snapshots;
mod stated;
mod surface;

use std::path::{Path, PathBuf};

/// The slugs of all vendors.
fn vendors() -> Vec<String> {
    contract::vendors(&root().join("specs")).unwrap()
}

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
