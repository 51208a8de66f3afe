//! The facade from outside.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod fit;
mod happy;
mod pictures;
mod request;
mod rules;
mod schema;
mod stage;
