//! What holds for the workspace as a whole.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod bodies;
mod decoding;
mod documents;
mod foreign;
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

/// The contract that a vendor's folder of `specs` makes.
fn contract_of(slug: &str) -> contract::Contract {
    contract::build(&root().join("specs").join(slug)).unwrap()
}
