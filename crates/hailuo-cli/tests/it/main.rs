//! The built command against a sandbox, as a user of an empty machine runs it.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod batch;
mod exit_codes;
#[cfg(unix)]
mod exit_table;
mod generate;
mod help;
mod home;
mod input;
mod jobs;
mod json;
mod leads;
mod marks;
mod monkey;
mod output;
mod secrets;
#[cfg(unix)]
mod signals;
