//! The generator and the commands of `cargo xtask`.
//!
//! [`pipeline`] makes a vendor's crate in memory; [`disk`] puts it where it belongs; [`commands`] are what a maintainer
//! types. What reads, renders and compares contracts is the crate `contract`.

pub mod client;
pub mod commands;
pub mod crate_files;
pub mod disk;
pub mod http;
pub mod lower;
pub mod pipeline;
pub mod rust_surface;
pub mod steps;
