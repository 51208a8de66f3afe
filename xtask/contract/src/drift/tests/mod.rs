//! Tests of the comparison: a corpus of cases, mutations of the real contracts, and arbitrary JSON.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod corpus;
mod hostile;
mod mirror;
mod mutants;
mod mutation;
mod pairs;
mod relies;
mod rules;
mod schema_mutants;
mod table;
