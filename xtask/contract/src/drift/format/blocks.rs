//! Changes that are told together: those of one place, and those that are the same in many.
//!
//! A parameter that a hundred operations share stands in each of them, since that is how calls are made. Its change is one
//! change to a reader.

use std::collections::HashMap;

use crate::drift::report::{Branch, Change, tree};
use crate::drift::words::message;

/// How many pointers are shown of a change that is in many places.
const POINTERS: usize = 3;

/// The changes of one place, and those of other places that read the same.
pub(super) struct Block<'a> {
    /// The places, the first one shown; all have as many changes, in one order.
    places: Vec<Vec<&'a Change>>,
}

impl<'a> Block<'a> {
    /// Puts together what reads the same, in the order of what comes first.
    pub(super) fn all(changes: &[&'a Change]) -> Vec<Self> {
        let mut places: Vec<Vec<&'a Change>> = Vec::new();
        for change in changes {
            match places.last_mut().filter(|place| place.last().is_some_and(|last| is_same_place(last, change))) {
                Some(place) => place.push(change),
                None => places.push(vec![change]),
            }
        }
        let mut known: HashMap<Vec<(String, String, String)>, usize> = HashMap::new();
        let mut blocks: Vec<Self> = Vec::new();
        for place in places {
            let words = place.iter().map(|change| (change.subject(), change.id(), message(change))).collect();
            let index = *known.entry(words).or_insert(blocks.len());
            match blocks.get_mut(index) {
                Some(block) => block.places.push(place),
                None => blocks.push(Self { places: vec![place] }),
            }
        }
        blocks
    }

    /// The changes of the first place, each with its pointers, and how many are not shown.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&'a Change, Vec<&'a str>, Option<String>)> {
        let first = self.places.first().map(Vec::as_slice).unwrap_or_default();
        first.iter().enumerate().map(|(index, change)| {
            let pointers: Vec<&str> =
                self.places.iter().filter_map(|place| Some(place.get(index)?.at.either())).collect();
            let (shown, more) = super::shown(&pointers, POINTERS);
            (*change, shown.to_vec(), more)
        })
    }

    /// The first change of all.
    pub(super) fn first(&self) -> Option<&'a Change> {
        self.places.first()?.first().copied()
    }

    /// Whether every operation reaches the place.
    pub(super) fn is_everywhere(&self) -> bool {
        self.first().is_some_and(|change| change.reached.everywhere)
    }

    /// The operations that reach the places.
    pub(super) fn tree(&self) -> Vec<Branch<'a>> {
        self.places.iter().filter_map(|place| place.first()).flat_map(|change| tree(change)).collect()
    }
}

fn is_same_place(a: &Change, b: &Change) -> bool {
    a.path == b.path && a.reached == b.reached
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use crate::drift::{Drift, Format, VendorDrift};

    /// Operations that share a parameter, the last one with a limit of its own.
    fn contract(limit: u32, others: u32) -> Value {
        let call = |limit: u32| {
            json!({ "get": {
                "parameters": [{ "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": limit } }],
                "responses": { "200": { "description": "" } },
            } })
        };
        let mut paths: Map<String, Value> = (0..5).map(|index| (format!("/{index}"), call(limit))).collect();
        paths.insert("/other".to_owned(), call(others));
        json!({ "openapi": "3.1.0", "info": { "title": "t", "version": "1" }, "paths": paths })
    }

    #[test]
    fn what_is_the_same_in_many_places_is_told_once_with_all_operations() {
        let drift = VendorDrift::between("many", &contract(100, 100), &contract(50, 40));
        let drift = Drift { vendors: vec![drift], ..Drift::default() };
        for format in [Format::Text { color: false }, Format::Markdown] {
            let page = drift.render(format);
            assert_eq!(page.matches("largest number 100 → 50").count(), 1, "{page}");
            assert_eq!(page.matches("largest number 100 → 40").count(), 1, "{page}");
            assert_eq!(page.matches("and 2 more").count(), 1, "{page}");
            assert!(page.contains("#/paths/~12/get/") || page.contains("`/paths/~12/get/"), "{page}");
            assert!(!page.contains("/paths/~13/get/"), "{page}");
        }
        let page = drift.render(Format::Text { color: false });
        assert!(page.starts_with("many: 2 breaking in 6 places\n"), "{page}");
        let calls: Vec<&str> = page.lines().filter(|line| line.starts_with("      (GET")).collect();
        assert_eq!(calls.len(), 6, "{page}");
        assert_eq!(drift.render(Format::Json).matches("request-maximum-decreased").count(), 6);
    }
}
