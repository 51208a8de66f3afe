//! Mends what a vendor's document has malformed, by fixups that say what they mend.
//!
//! Real documents are seldom as OpenAPI says: `required: true` stands on a property, a type is called `file`, a path has
//! `{id}` and no such parameter, a reference leads nowhere. None of it makes a client impossible. Here each such place is
//! found and gets a guarded change, grouped by what is wrong with it into files as a person would write them, so that a
//! vendor that mends the place is noticed. What is well-formed is never touched, and what a document means is not asked.
//! References to other files and to the network are left alone: what is missing there cannot be made up.

mod parameters;
mod parts;
mod references;
mod schemas;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::fixup::SHORT;
use crate::{Problem, pointer};

/// What is wrong with a place: a word for the file's name, and the sentence that says why it is mended.
pub type Why = (&'static str, &'static str);

/// A part that is left out or left open because nothing better is known.
const LAST: Why = ("left-out", "The document contradicts itself here, so the part is left out.");

/// How often a document is looked at again after it was mended: what was hidden in a mended place shows then.
const ROUNDS: usize = 8;

/// A document as it is after the fixups that were made for it.
#[derive(Debug, Clone)]
pub struct Mended {
    /// The document.
    pub document: Value,
    /// The fixups, by file name.
    pub fixups: BTreeMap<String, Vec<u8>>,
    /// What was mended, a line each.
    pub said: Vec<String>,
}

/// One change to one place.
struct Edit {
    why: Why,
    /// What must stand where for the change to make sense; nothing where it is `None`.
    guards: Vec<(String, Option<Value>)>,
    patch: Vec<Value>,
}

/// Collects the changes to a document. No two of them touch one place, or one a part of the other's.
struct Changes<'d> {
    document: &'d Value,
    edits: Vec<Edit>,
    /// Where something was moved to.
    moved: BTreeSet<String>,
}

impl<'d> Changes<'d> {
    fn new(document: &'d Value) -> Self {
        Self { document, edits: Vec::new(), moved: BTreeSet::new() }
    }

    /// Puts another value into a place, or takes it away.
    fn change(&mut self, why: Why, at: &str, after: Option<Value>) {
        let Some(before) = pointer::get(self.document, at) else { return };
        let patch = match &after {
            Some(value) => json!({ "op": "replace", "path": at, "value": value }),
            None => json!({ "op": "remove", "path": at }),
        };
        let guards =
            if after.is_some() { vec![(at.to_owned(), Some(before.clone()))] } else { vec![Self::guard(at, before)] };
        self.edits.push(Edit { why, guards, patch: vec![patch] });
    }

    fn replace(&mut self, why: Why, at: &str, value: Value) {
        self.change(why, at, Some(value));
    }

    fn remove(&mut self, why: Why, at: &str) {
        self.change(why, at, None);
    }

    /// Adds what is not there.
    fn add(&mut self, why: Why, at: &str, value: Value) {
        let patch = vec![json!({ "op": "add", "path": at, "value": value })];
        self.edits.push(Edit { why, guards: vec![(at.to_owned(), None)], patch });
    }

    /// Moves a place to where nothing is yet, as a value that differs in parts of its parts at most: only those are written
    /// anew, so that what the vendor changes elsewhere in it is not lost. Of several that would move to one place the first
    /// does, and the others are left out.
    fn rename(&mut self, why: Why, from: &str, to: &str, value: &Value) {
        let Some(before) = pointer::get(self.document, from) else { return };
        if !self.moved.insert(to.to_owned()) {
            return self.remove(why, from);
        }
        let guards = vec![Self::guard(from, before), (to.to_owned(), None)];
        let mut patch = vec![json!({ "op": "move", "from": from, "path": to })];
        for (name, part) in value.as_object().into_iter().flat_map(pointer::sorted) {
            for (key, value) in part.as_object().into_iter().flat_map(pointer::sorted) {
                if before[name].get(key) != Some(value) {
                    let at = pointer::join(&pointer::join(to, name), key);
                    patch.push(json!({ "op": "add", "path": at, "value": value }));
                }
            }
        }
        self.edits.push(Edit { why, guards, patch });
    }

    /// A guard on a place: its value, or a part that tells it where the whole is long.
    fn guard(at: &str, value: &Value) -> (String, Option<Value>) {
        if value.to_string().len() > SHORT {
            let mut open = vec![(at.to_owned(), value, 0)];
            while let Some((at, value, depth)) = open.pop() {
                match value {
                    Value::String(text) if !text.is_empty() && text.len() <= 200 => return (at, Some(value.clone())),
                    Value::Object(map) if depth < 4 => {
                        let entries = pointer::sorted(map).into_iter().rev();
                        open.extend(entries.map(|(key, value)| (pointer::join(&at, key), value, depth + 1)));
                    }
                    _ => {}
                }
            }
        }
        (at.to_owned(), Some(value.clone()))
    }
}

/// Mends every malformed place of a document that there is a way to mend. Fixups that are there already have numbers up
/// to `taken`.
pub fn mend(document: &Value, taken: usize) -> Mended {
    let mut mended = Mended { document: document.clone(), fixups: BTreeMap::new(), said: Vec::new() };
    let mut number = taken;
    for _ in 0..ROUNDS {
        let mut changes = Changes::new(&mended.document);
        parts::document(&mut changes);
        let edits = changes.edits;
        if edits.is_empty() {
            break;
        }
        number = mended.apply(edits, number);
    }
    mended
}

/// Leaves out the smallest part that a problem lies in and a client can do without: an operation, a path, or what a
/// schema says. `None` where there is no such part.
pub fn leave_out(document: &Value, problem: &Problem, taken: usize) -> Option<Mended> {
    if problem.is_unmendable() {
        return None;
    }
    let words = pointer::segments(problem.pointer()?).ok()?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let is_method = |word: &str| crate::schema::METHODS.contains(&word);
    let (part, value) = match words[..] {
        ["paths", path, method, ..] if is_method(method) => (vec!["paths", path, method], None),
        ["paths", path, ..] => (vec!["paths", path], None),
        ["components", "schemas", name, ..] => (vec!["components", "schemas", name], Some(json!({}))),
        ["components", section, name, ..] => (vec!["components", section, name], None),
        _ => return None,
    };
    let at = part.iter().fold(String::new(), |at, word| pointer::join(&at, word));
    let found = pointer::get(document, &at)?;
    if value.as_ref() == Some(found) {
        return None;
    }
    let mut changes = Changes::new(document);
    changes.change(LAST, &at, value);
    let edits = changes.edits;
    let mut mended = Mended { document: document.clone(), fixups: BTreeMap::new(), said: Vec::new() };
    mended.apply(edits, taken);
    mended.said = vec![format!("{at}: left out: {}", problem.what())];
    (!mended.fixups.is_empty()).then_some(mended)
}

impl Mended {
    /// Makes a fixup of all changes of one kind, and applies it. The number of the last one.
    fn apply(&mut self, edits: Vec<Edit>, mut number: usize) -> usize {
        let mut kinds: Vec<(Why, Vec<Edit>)> = Vec::new();
        for edit in edits {
            match kinds.iter_mut().find(|(why, _)| *why == edit.why) {
                Some((_, edits)) => edits.push(edit),
                None => kinds.push((edit.why, vec![edit])),
            }
        }
        for ((word, why), edits) in kinds {
            let places: Vec<&str> = edits
                .iter()
                .filter_map(|edit| edit.patch[0].get("from").unwrap_or(&edit.patch[0]["path"]).as_str())
                .collect();
            let shown = places.iter().take(3).map(|at| pointer::shorten(at, 120)).collect::<Vec<_>>().join(", ");
            let more = if places.len() > 3 { format!(" and {} more", places.len() - 3) } else { String::new() };
            let said = format!("{} ({shown}{more})", why.trim_end_matches('.'));
            let guard = |(at, value): &(String, Option<Value>)| match value {
                Some(value) => json!({ "at": at, "equals": value }),
                None => json!({ "at": at, "absent": true }),
            };
            let guards: Vec<Value> = edits.iter().flat_map(|edit| edit.guards.iter().map(guard)).collect();
            let patch: Vec<Value> = edits.into_iter().flat_map(|edit| edit.patch).collect();
            let Ok(operations) = serde_json::from_value::<json_patch::Patch>(json!(patch)) else { continue };
            // What cannot be applied is no fixup; the place is then refused, with its reason, by whoever reads it.
            if json_patch::patch(&mut self.document, &operations).is_err() {
                continue;
            }
            number += 1;
            let fixup = json!({ "why": why, "guards": guards, "patch": patch });
            self.fixups.insert(format!("fixups/{number:02}-{word}.json"), crate::render(&fixup).into_bytes());
            self.said.push(said);
        }
        number
    }
}

#[cfg(test)]
mod tests;
