//! Reads, renders and compares the contracts of vendors' APIs.
//!
//! [`vendor`] makes a contract of a vendor's folder: it is [`load`], [`mod@downgrade`], [`settle`], [`fixup`],
//! [`bundle`], [`upgrade`], [`shape`], [`flatten`], [`mod@merge`] and [`canonical`], one after another, on documents
//! that are walked with [`mod@pointer`], [`schema`] and [`reach`]. [`surface`] prints a contract a fact a line,
//! [`drift`] compares two, [`salvage`] compares what cannot become one any more. [`claims`] holds the facts against the
//! vendor's page, and [`mend`] writes the fixups that a new vendor's document needs.

pub mod bundle;
pub mod canonical;
pub mod claims;
pub mod downgrade;
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
mod stated;
pub mod surface;
#[cfg(test)]
mod testing;
pub mod upgrade;
pub mod vendor;

pub use problem::Problem;
pub use render::render;
pub use vendor::{Contract, Files, build, build_files, vendors};
