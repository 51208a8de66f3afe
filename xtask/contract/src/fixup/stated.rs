//! Whether a fixup's guards state what its patch writes over.
//!
//! Whatever a vendor changes in a place that is written over is lost: the contract stays as it was, and drift has nothing
//! to tell. So every value there has to stand in a guard, and only words for people may change unseen. What is left out
//! and not replaced is another matter: of that, where it is long, a part is enough.

use json_patch::PatchOperation;
use serde_json::Value;

use super::Guard;
use crate::drift::{holds_names, is_documentation};
use crate::pointer::{self, is_at_or_below};

/// A value that is left out has to be stated in full, up to as many characters of JSON.
pub(crate) const SHORT: usize = 1000;

/// The first place that an operation writes over and that no guard states. `written` are the places that the fixup itself
/// wrote before.
pub(super) fn unstated(
    document: &Value,
    operation: &PatchOperation,
    guards: &[Guard],
    written: &[String],
) -> Option<String> {
    let at = operation.path().as_str();
    if written.iter().any(|above| is_at_or_below(at, above)) {
        return None;
    }
    let before = match operation {
        PatchOperation::Test(_) => None,
        PatchOperation::Remove(_) => {
            pointer::get(document, at).filter(|before| before.to_string().len() <= SHORT || !has_part(guards, at))
        }
        PatchOperation::Replace(_) => pointer::get(document, at),
        // In a list they put something between, and write over nothing.
        PatchOperation::Add(_) | PatchOperation::Move(_) | PatchOperation::Copy(_) => {
            let (holder, _) = at.rsplit_once('/')?;
            pointer::get(document, holder).filter(|holder| holder.is_object()).and_then(|_| pointer::get(document, at))
        }
    };
    let (holder, name) = at.rsplit_once('/').unwrap_or_default();
    if is_word(name, has_names(holder)) {
        return None;
    }
    leaf(at, before?, guards)
}

/// A place of both values, with what stands there in each.
type Difference<'v> = (String, Option<&'v Value>, Option<&'v Value>);

/// The first place where a value is not what a guard expects; words for people do not count.
pub(super) fn difference<'v>(at: &str, expected: &'v Value, found: &'v Value) -> Option<Difference<'v>> {
    let names = has_names(at);
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = pointer::sorted(a).into_iter().chain(pointer::sorted(b)).map(|(key, _)| key);
            keys.filter(|key| !is_word(key, names)).find_map(|key| {
                let here = pointer::join(at, key);
                match (a.get(key), b.get(key)) {
                    (Some(a), Some(b)) => difference(&here, a, b),
                    (a, b) => Some((here, a, b)),
                }
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(index, (a, b))| difference(&format!("{at}/{index}"), a, b))
        }
        (a, b) => (a != b).then(|| (at.to_owned(), Some(a), Some(b))),
    }
}

fn leaf(at: &str, value: &Value, guards: &[Guard]) -> Option<String> {
    if guards.iter().any(|guard| guard.equals.is_some() && is_at_or_below(at, &guard.at)) {
        return None;
    }
    let names = has_names(at);
    match value {
        Value::Object(map) if map.keys().any(|key| !is_word(key, names)) => pointer::sorted(map)
            .into_iter()
            .filter(|(key, _)| !is_word(key, names))
            .find_map(|(key, value)| leaf(&pointer::join(at, key), value, guards)),
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().find_map(|(index, value)| leaf(&format!("{at}/{index}"), value, guards))
        }
        _ => Some(at.to_owned()),
    }
}

fn has_part(guards: &[Guard], at: &str) -> bool {
    guards.iter().any(|guard| guard.equals.is_some() && is_at_or_below(&guard.at, at))
}

fn is_word(key: &str, names: bool) -> bool {
    !names && is_documentation(key)
}

/// Whether the keys of the object at a pointer are names that the vendor gave.
fn has_names(at: &str) -> bool {
    let mut last = at.rsplit('/');
    let is_map = last.next().is_some_and(holds_names);
    is_map && !last.next().is_some_and(holds_names)
}
