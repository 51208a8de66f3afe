//! Whether a fixup's guards state what its patch writes over.
//!
//! Whatever a vendor changes in a place that is written over is lost: the contract stays as it was, and drift has nothing
//! to tell. So every value there has to stand in a guard, and only words for people may change unseen. What is left out
//! and not replaced is another matter: of that, where it is long, a part is enough.

use std::collections::BTreeSet;

use json_patch::PatchOperation;
use serde_json::Value;

use super::Guard;
use crate::drift::{holds_names, is_documentation};
use crate::pointer;

/// A value that is left out has to be stated in full, up to as many characters of JSON.
pub(crate) const SHORT: usize = 1000;

/// The places that a fixup's guards state, and those that it wrote itself.
pub(super) struct Stated<'g> {
    guarded: BTreeSet<&'g str>,
    written: BTreeSet<String>,
}

impl<'g> Stated<'g> {
    /// What guards state before anything is written.
    pub(super) fn by(guards: &'g [Guard]) -> Self {
        let guarded = guards.iter().filter(|guard| guard.equals.is_some()).map(|guard| guard.at.as_str()).collect();
        Self { guarded, written: BTreeSet::new() }
    }

    /// Notes that an operation was done.
    pub(super) fn note(&mut self, operation: &PatchOperation) {
        self.written.insert(operation.path().to_string());
    }

    /// The first place that an operation writes over and that no guard states.
    pub(super) fn unstated(&self, document: &Value, operation: &PatchOperation) -> Option<String> {
        let at = operation.path().as_str();
        if from_the_root(at).any(|above| self.written.contains(above)) {
            return None;
        }
        let before = match operation {
            PatchOperation::Test(_) => None,
            PatchOperation::Remove(_) => {
                pointer::get(document, at).filter(|before| before.to_string().len() <= SHORT || !self.has_part(at))
            }
            PatchOperation::Replace(_) => pointer::get(document, at),
            // In a list they put something between, and write over nothing.
            PatchOperation::Add(_) | PatchOperation::Move(_) | PatchOperation::Copy(_) => {
                let (holder, _) = at.rsplit_once('/')?;
                pointer::get(document, holder)
                    .filter(|holder| holder.is_object())
                    .and_then(|_| pointer::get(document, at))
            }
        };
        let (holder, name) = at.rsplit_once('/').unwrap_or_default();
        if is_word(name, has_names(holder)) {
            return None;
        }
        self.leaf(at, before?)
    }

    /// The first place of a value that no guard states.
    fn leaf(&self, at: &str, value: &Value) -> Option<String> {
        if from_the_root(at).any(|above| self.guarded.contains(above)) {
            return None;
        }
        let names = has_names(at);
        match value {
            Value::Object(map) if map.keys().any(|key| !is_word(key, names)) => pointer::sorted(map)
                .into_iter()
                .filter(|(key, _)| !is_word(key, names))
                .find_map(|(key, value)| self.leaf(&pointer::join(at, key), value)),
            Value::Array(items) if !items.is_empty() => {
                items.iter().enumerate().find_map(|(index, value)| self.leaf(&format!("{at}/{index}"), value))
            }
            _ => Some(at.to_owned()),
        }
    }

    fn has_part(&self, at: &str) -> bool {
        let below = format!("{at}/");
        let next = self.guarded.range(below.as_str()..).next();
        self.guarded.contains(at) || next.is_some_and(|guard| guard.starts_with(&below))
    }
}

/// A pointer and all that it stands below.
fn from_the_root(at: &str) -> impl Iterator<Item = &str> {
    at.match_indices('/').map(|(end, _)| &at[..end]).chain([at])
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

fn is_word(key: &str, names: bool) -> bool {
    !names && is_documentation(key)
}

/// Whether the keys of the object at a pointer are names that the vendor gave.
fn has_names(at: &str) -> bool {
    let mut last = at.rsplit('/');
    let is_map = last.next().is_some_and(holds_names);
    is_map && !last.next().is_some_and(holds_names)
}
