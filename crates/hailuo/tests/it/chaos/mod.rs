//! Hostile and merely odd vendors, made up by proptest: whatever they write on a connection, and whenever, a paid job is
//! not lost, not mistaken, not paid twice, and no secret is shown.
//!
//! [`vendor`] plays what [`reply`] describes and [`replies`] makes, byte for byte; [`body`] is the right answer, or that
//! with any damage ([`mutation`]). [`oracle`] knows from what was written alone what may come of it, and [`witness`] holds
//! the client to it, in a [`session`] of calls on a [`clock`] that waits for packets, or `blocking`. [`waits`] and
//! [`files`] have vendors and rules of their own.
//!
//! A few cases run with the other tests. `PROPTEST_CASES` says how many there are to be.

#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod clock;
mod files;
mod mutation;
mod oracle;
mod replies;
mod reply;
mod session;
mod vendor;
mod waits;
mod witness;

use proptest::test_runner::Config;

/// So many cases, or as many as `PROPTEST_CASES` says.
fn cases(few: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config { cases: asked.unwrap_or(few), failure_persistence: None, ..Config::default() }
}
