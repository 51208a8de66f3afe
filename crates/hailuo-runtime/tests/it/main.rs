//! The runtime against a server of bytes on loopback: what leaves, how often, and what comes back of it.

#![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

mod authentication;
mod client;
mod following;
mod lenient;
mod limits;
mod mock;
mod once;
mod outcomes;
mod secrets;
