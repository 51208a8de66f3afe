//! Tests of the generator as a whole: cases that are files, hostile documents, and the commands that write.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod add;
mod api;
mod cases;
mod fetch;
mod hostile;
mod lower_cases;
mod properties;
mod regen;
mod sandbox;
mod traps;
mod verify;
