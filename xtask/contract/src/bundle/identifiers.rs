//! What schemas are called by themselves: `$id`, `$anchor` and `$dynamicAnchor` of JSON Schema 2020-12.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::Place;
use crate::{pointer, schema};

/// The names that the schemas of all files give themselves.
#[derive(Default)]
pub(super) struct Identifiers {
    /// By the `$id` from its end on, since a relative reference names the end of one.
    ids: BTreeMap<String, Vec<Place>>,
    anchors: HashMap<(String, String), Vec<String>>,
    dynamic: HashMap<(String, String), Vec<String>>,
}

impl Identifiers {
    pub(super) fn of(files: &BTreeMap<String, Value>) -> Self {
        let mut found = Self::default();
        for (file, document) in files {
            if document.get("openapi").is_none() {
                schema::visit("", document, &mut |at, schema| found.note(file, at, schema));
                continue;
            }
            for root in schema::roots(document) {
                if let Some(value) = pointer::get(document, &root.pointer) {
                    schema::visit(&root.pointer, value, &mut |at, schema| found.note(file, at, schema));
                }
            }
        }
        found
    }

    fn note(&mut self, file: &str, at: &str, schema: &Value) {
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        if let Some(id) = text("$id") {
            let places = self.ids.entry(reversed(id.trim_end_matches('#'))).or_default();
            places.push((file.to_owned(), at.to_owned()));
        }
        for (key, anchors) in [("$anchor", &mut self.anchors), ("$dynamicAnchor", &mut self.dynamic)] {
            if let Some(name) = text(key) {
                anchors.entry((file.to_owned(), name.to_owned())).or_default().push(at.to_owned());
            }
        }
    }

    /// The one schema that calls itself so: by the whole of its `$id`, or, of a relative reference, by its end.
    pub(super) fn by_id(&self, wanted: &str) -> Option<&Place> {
        let only = |places: &'_ [Place]| places.len() == 1;
        if let Some(places) = self.ids.get(&reversed(wanted)) {
            return places.first().filter(|_| only(places));
        }
        if wanted.contains("://") {
            return None;
        }
        let end = reversed(&format!("/{}", wanted.trim_start_matches("./").trim_start_matches('/')));
        let ending_so = self.ids.range(end.clone()..).take_while(|(id, _)| id.starts_with(&end));
        let mut found = ending_so.flat_map(|(_, places)| places);
        found.next().filter(|_| found.next().is_none())
    }

    /// The places of a file, at or below `base`, that an anchor marks; a dynamic anchor is an anchor too.
    pub(super) fn anchored(&self, file: &str, base: &str, name: &str) -> Vec<&str> {
        let key = (file.to_owned(), name.to_owned());
        let all = [&self.anchors, &self.dynamic].into_iter().filter_map(|anchors| anchors.get(&key)).flatten();
        all.map(String::as_str).filter(|at| pointer::is_at_or_below(at, base)).collect()
    }

    /// The places of a file that a dynamic anchor marks.
    pub(super) fn dynamic(&self, file: &str, name: &str) -> &[String] {
        self.dynamic.get(&(file.to_owned(), name.to_owned())).map_or(&[], Vec::as_slice)
    }
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// Where a definition stands that a schema refers to as if it were a document of its own: `#/$defs/Size` means those of
/// the innermost schema around the reference that has them.
pub(crate) fn around(document: &Value, at: &str, fragment: &str) -> Option<String> {
    if !fragment.starts_with("/$defs/") && !fragment.starts_with("/definitions/") {
        return None;
    }
    let mut around = at;
    while let Some((outer, _)) = around.rsplit_once('/') {
        around = outer;
        let place = format!("{around}{fragment}");
        if matches!(pointer::get(document, &place), Some(Value::Object(_) | Value::Bool(_))) {
            return Some(place);
        }
    }
    None
}

/// Where a `$recursiveRef` of JSON Schema 2019-09 leads: to the schema around it that says `$recursiveAnchor`, or else to
/// the whole of the component or the file that it stands in.
pub(super) fn recursed(document: &Value, at: &str) -> Option<String> {
    let mut around = at;
    while let Some((outer, _)) = around.rsplit_once('/') {
        around = outer;
        if pointer::get(document, around)?.get("$recursiveAnchor") == Some(&Value::Bool(true)) {
            return Some(around.to_owned());
        }
    }
    if document.get("openapi").is_none() {
        return Some(String::new());
    }
    let name = at.strip_prefix("/components/schemas/")?.split('/').next()?;
    Some(format!("/components/schemas/{name}"))
}
