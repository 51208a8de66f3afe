//! The sandbox seen from outside, by a plain HTTP client and by raw sockets.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod arbitrary;
mod browsers;
mod client;
mod faults;
mod files;
mod journal;
mod judge;
mod lifecycle;
mod manners;
mod rounds;
mod serve;
mod webhook;
