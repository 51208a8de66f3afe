//! Contract against contract: what changed, which operations it reaches, and whom it breaks.
//!
//! [`drift`] compares two contracts in the canonical form that the rest of this library makes. It is a pure function
//! of both and takes any JSON: what is not a contract is compared as far as it is one. Its work is linear in their size,
//! but where an `allOf` is read in one piece: a base that was put together is compared once per heir.
//! [`Rule`] lists every kind of change with its verdicts. Reading contracts, knowing git and writing files are left to
//! others; so is reading the generated Rust, whose changes [`VendorDrift`] carries beside the report.

mod answer;
mod clauses;
mod conjunction;
mod document;
mod engine;
mod envelope;
mod facts;
mod format;
mod heirs;
mod limits;
mod lines;
mod object;
mod operation;
mod pairing;
mod place;
mod relies;
mod report;
mod request;
mod rule;
mod schema;
mod semver;
mod table;
mod types;
mod unchanged;
mod union;
mod value;
mod vendor;
mod view;
mod words;

#[cfg(test)]
mod tests;

use serde_json::Value;

pub use format::{Format, UnknownFormat};
pub use report::{Change, Pointers, Reached, Report, Use};
pub use rule::{Direction, Effect, Rule, Scope, Verdict};
pub use semver::{Bump, next_version, reaches as version_reaches};
pub(crate) use value::{holds_names, is_documentation};
pub use vendor::{BrokenRule, Drift, Presence, RustChange, RustDrift, VendorDrift, VersionChange};
pub use words::message;

/// Compares two contracts.
///
/// Order, examples, titles and a vendor's own extensions make no change; words for people are counted apart.
///
/// ```
/// use contract::drift::{Verdict, drift};
/// use serde_json::json;
///
/// let contract = |limit: u32| {
///     json!({"openapi": "3.1.0", "paths": {"/v": {"post": {
///         "operationId": "submit",
///         "requestBody": {"content": {"application/json": {"schema": {
///             "type": "object", "properties": {"prompt": {"type": "string", "maxLength": limit}}
///         }}}},
///         "responses": {"200": {"description": "Taken."}}
///     }}}})
/// };
/// let report = drift(&contract(2000), &contract(1500));
/// assert_eq!(report.changes[0].id(), "request-max-length-decreased");
/// assert_eq!(report.changes[0].verdict, Verdict::Breaking);
/// assert!(drift(&contract(2000), &contract(2000)).is_empty());
/// ```
pub fn drift(old: &Value, new: &Value) -> Report {
    if value::same(old, new) {
        return Report::default();
    }
    let mut engine = engine::Engine::new(old, new);
    engine.documents();
    engine.run();
    engine.unreached();
    engine.finish()
}
