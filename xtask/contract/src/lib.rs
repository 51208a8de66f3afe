//! Reads, renders and compares the contracts of vendors' APIs.

pub mod bundle;
pub mod canonical;
pub mod claims;
pub mod drift;
pub mod fixup;
pub mod flatten;
pub mod load;
pub mod mend;
pub mod merge;
pub mod names;
pub mod pointer;
mod problem;
pub mod reach;
pub mod render;
pub mod salvage;
pub mod schema;
pub mod settle;
pub mod shape;
#[cfg(test)]
mod shuffle;
pub mod source;
pub mod surface;
#[cfg(test)]
mod testing;
pub mod upgrade;
pub mod vendor;

pub use problem::Problem;
pub use render::render;
pub use vendor::{Contract, Files, build, build_files, vendors};
