//! References that lead nowhere in their own document.

use serde_json::{Value, json};

use super::{Changes, Why};
use crate::{bundle, names, pointer, schema};

const MISSPELLED: Why = ("references", "A reference does not lead to the schema that it names.");
const NOTHING: Why = ("references-to-nothing", "A reference leads to nothing, so nothing is known of the value.");

/// Where a reference leads.
pub(super) enum Target<'d> {
    /// To a value of the document.
    There(&'d Value),
    /// To no value of the document.
    Nowhere,
    /// To another file, or to an anchor.
    Elsewhere,
}

/// What a reference leads to.
pub(super) fn target<'d>(document: &'d Value, reference: &str) -> Target<'d> {
    if reference.strip_prefix('#').is_none_or(|fragment| !fragment.is_empty() && !fragment.starts_with('/')) {
        return Target::Elsewhere;
    }
    pointer::resolve(document, reference).map_or(Target::Nowhere, Target::There)
}

/// Mends the `$ref` of a schema; whether the schema is still to be looked at.
pub(super) fn schema(changes: &mut Changes<'_>, at: &str, reference: &str) -> bool {
    let document = changes.document;
    let component = |name: &str| schema::components(document)?.contains_key(name).then(|| schema::ref_to(name));
    if names::is_component(reference)
        && !reference.contains('.')
        && let Some(right) = component(reference)
    {
        changes.replace(MISSPELLED, &pointer::join(at, "$ref"), json!(right));
        return false;
    }
    match target(document, reference) {
        Target::Elsewhere | Target::There(Value::Object(_) | Value::Bool(_)) => true,
        _ if bundle::around(document, at, reference.trim_start_matches('#')).is_some() => true,
        _ => {
            let last = reference.rsplit('/').next().unwrap_or_default();
            match component(last).filter(|right| right != reference) {
                Some(right) => changes.replace(MISSPELLED, &pointer::join(at, "$ref"), json!(right)),
                None => changes.replace(NOTHING, at, json!({})),
            }
            false
        }
    }
}

/// Takes a part away that is a reference to nothing; whether there is one left to look at.
pub(super) fn part(changes: &mut Changes<'_>, at: &str, part: &Value, instead: Option<Value>) -> bool {
    let Some(Value::String(reference)) = part.get("$ref") else { return true };
    if let Target::Nowhere = target(changes.document, reference) {
        changes.change(NOTHING, at, instead);
    }
    false
}
