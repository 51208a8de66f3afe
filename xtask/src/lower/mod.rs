//! Lowering: makes a contract safe for progenitor.
//!
//! The contract says everything a vendor says; progenitor understands a part of OpenAPI 3.0 and is silently wrong about
//! some of the rest. Each pass below takes one such matter out of the document. A pass is one function from document to
//! document with cases of its own under `cases/lower/<pass>/`; what a pass leaves out on purpose it notes in the
//! document's `x-notes`, so that nothing is missing without a word. What the contract guarantees is not looked at again:
//! every `$ref` leads to a component, every place of a path has its parameter, and none of them is the key.
//!
//! What the generator must restore in the finished code travels in the lowered document: `x-wire-name` on a renamed
//! parameter, `x-wire-names` on a schema with renamed properties, `x-nulls` on one with properties that may be null or
//! nothing, `x-body` on an operation whose body is not plain JSON, `x-accept` on one whose answer is another dialect of
//! it, `x-query` on a parameter that is an object or JSON, `x-root` on an operation whose path is not written after the
//! base URL's but after another.

mod answers;
mod bodies;
mod branches;
mod combine;
mod directions;
mod heirs;
mod hoist;
mod idents;
mod keywords;
mod lenient;
mod names;
mod parameters;
mod references;
mod schema;
mod select;
mod spread;
mod style;
mod told;
mod types;
mod unions;
mod unite;

use contract::Problem;
use serde_json::Value;

pub use idents::{is_keyword, pascal, snake};
pub use schema::{note as add_notes, notes};
pub use select::as_sent;
pub use told::told;

/// One pass: a name for its cases and errors, and the function.
pub type Pass = (&'static str, fn(Value) -> Result<Value, Problem>);

/// The passes in the order they run.
pub const PASSES: &[Pass] = &[
    ("references", references::lower),
    ("heirs", heirs::lower),
    ("spread", spread::lower),
    ("select", select::lower),
    ("answers", answers::lower),
    ("directions", directions::lower),
    ("keywords", keywords::lower),
    ("types", types::lower),
    ("combine", combine::lower),
    ("unions", unions::lower),
    ("parameters", parameters::lower),
    ("hoist", hoist::lower),
    ("lenient", lenient::lower),
    ("branches", branches::lower),
    ("names", names::lower),
];

/// Lowers a contract to the OpenAPI 3.0.3 document that progenitor gets.
///
/// # Errors
/// A part of the contract cannot be lowered; the problem has the JSON pointer and a way out.
pub fn lower(contract: &Value) -> Result<Value, Problem> {
    if !contract.is_object() {
        return Err(Problem::new("the document is not an object").fix("give it `openapi`, `info` and `paths`"));
    }
    PASSES.iter().try_fold(contract.clone(), |document, (_, pass)| pass(document))
}
