//! Conjunctions: `allOf`, and what stands beside a `$ref`, member by member or as the one schema that it amounts to.
//!
//! Whether a schema is written as a base and what is added to it, or in one piece, changes nothing. Where the members of
//! both sides pair, they are compared pair by pair, so that a base is told once for all its heirs; where they do not, both
//! sides are read in one piece, as long as nothing is said twice.

use serde_json::{Map, Value};

use super::clauses::only_forbids;
use super::engine::{Engine, resolve};
use super::object::only_requires;
use super::place::{Node, Trail};
use super::rule::Rule;
use super::schema::{admits_everything, is_around};
use super::value::{is_documentation, same};
use super::view::{Layer, Schemas, Slot, View};

/// More parts than this are not put together.
const MOST: usize = 64;

impl<'a> Engine<'a> {
    /// Compares what `allOf` adds to a schema; clauses that only forbid are compared as such.
    pub(super) fn all_of(&mut self, schemas: Schemas<'_, 'a>) {
        let keyword = schemas.get("allOf");
        let (Some(mut left), Some(mut right)) = (self.conjuncts(keyword.old), self.conjuncts(keyword.new)) else {
            return self.malformed(keyword);
        };
        // Those are compared with what the schema requires itself.
        left.retain(|part| !only_requires(part.value));
        right.retain(|part| !only_requires(part.value));
        let (a, b) = self.nodes(keyword);
        let places = [a.unwrap_or(schemas.old.node).at, b.unwrap_or(schemas.new.node).at];
        let pairing = self.pair(left, right);
        self.compare_pairing(pairing, places, schemas.spot, [Rule::AllOfAdded, Rule::AllOfRemoved]);
    }

    pub(super) fn conjuncts(&mut self, slot: Option<Slot<'a>>) -> Option<Vec<Node<'a>>> {
        let Some(slot) = slot else { return Some(Vec::new()) };
        let list = slot.enter(&mut self.trail);
        let members = list.value.as_array()?.iter().enumerate();
        Some(
            members
                .filter(|(_, member)| !only_forbids(member))
                .map(|(index, value)| Node { value, at: self.trail.index(list.at, index) })
                .collect(),
        )
    }

    /// The schemas that one is made of: the members of its `allOf`, and the one that it refers to.
    fn parts(&mut self, view: &View<'a>) -> Option<Vec<Node<'a>>> {
        let mut parts = self.conjuncts(view.get("allOf"))?;
        parts.extend(view.node.value.get("$ref").map(|_| view.node));
        Some(parts)
    }

    /// Compares both sides in one piece; `false` where no conjunction came, went or changed its members, or where one of the
    /// two says more than one schema can.
    pub(super) fn in_one_piece(&mut self, schemas: Schemas<'_, 'a>) -> bool {
        let Schemas { old, new, spot, .. } = schemas;
        let (Some(left), Some(right)) = (self.parts(old), self.parts(new)) else { return false };
        if pieces(old, &left).max(pieces(new, &right)) < 2 {
            return false;
        }
        let refers = |view: &View<'a>| view.node.value.get("$ref").is_some();
        if refers(old) == refers(new) && self.pair(left, right).is_complete() {
            return false;
        }
        let pieces = one_piece(old.node, self.old, &mut self.trail).zip(one_piece(new.node, self.new, &mut self.trail));
        let Some((left, right)) = pieces else { return false };
        // What refers to itself would be unrolled for ever.
        let address = |node: Node<'a>| std::ptr::from_ref(node.value).addr();
        let anchor = self.places.anchor(spot.place);
        if self.flattened.insert((address(old.node), address(new.node), anchor, spot.clause)) {
            self.keywords(Schemas { old: &left, new: &right, ..schemas });
        }
        true
    }
}

/// How many pieces a schema is made of: its parts, and what it says beside them.
fn pieces(view: &View<'_>, parts: &[Node<'_>]) -> usize {
    let says = |key: &String| !matches!(key.as_str(), "$ref" | "allOf") && !is_around(key);
    parts.len() + usize::from(view.node.value.as_object().is_some_and(|map| map.keys().any(says)))
}

fn one_piece<'a>(node: Node<'a>, root: &'a Value, trail: &mut Trail<'a>) -> Option<View<'a>> {
    let mut view = View::empty(node);
    // The parts that are still to be looked at, the next one last.
    let mut parts = vec![node];
    while let Some(part) = parts.pop() {
        let map = part.value.as_object()?;
        let reference = map.get_key_value("$ref");
        let list = map.get_key_value("allOf").map(|(key, list)| Some((key, list.as_array()?)));
        let skip = match (reference, list) {
            (None, None) => None,
            (Some((key, name)), None) => {
                let name = name.as_str()?;
                let at = trail.start(name.trim_start_matches('#'));
                parts.push(Node { value: resolve(root, name)?, at });
                Some(key)
            }
            (None, Some(list)) => {
                let (key, list) = list?;
                let at = trail.name(part.at, key);
                for (index, value) in list.iter().enumerate().rev() {
                    parts.push(Node { value, at: trail.index(at, index) });
                }
                Some(key)
            }
            (Some(_), Some(_)) => return None,
        };
        // Alternatives of a part hold together with what stands beside them there.
        if !view.layers.is_empty() && ["anyOf", "oneOf"].into_iter().any(|key| map.contains_key(key)) {
            return None;
        }
        let skip = skip.map(|key| if key == "$ref" { "$ref" } else { "allOf" });
        if view.layers.len() >= MOST || !view.layers.iter().all(|above| is_one(above.map, map)) {
            return None;
        }
        view.layers.push(Layer { map, at: part.at, skip });
    }
    Some(view)
}

/// Whether two parts can be read as one schema: no keyword says something in each, unless it is the same, or adds up.
fn is_one(a: &Map<String, Value>, b: &Map<String, Value>) -> bool {
    let apart = |one: &Map<String, Value>, other: &Map<String, Value>| {
        one.iter().all(|(key, value)| match key.as_str() {
            "unevaluatedProperties" | "unevaluatedItems" => admits_everything(value),
            // Who inherits from a base with a discriminator is told apart by it.
            "discriminator" => false,
            "additionalProperties" => {
                admits_everything(value)
                    || !["properties", "patternProperties"].into_iter().any(|key| other.contains_key(key))
            }
            _ => true,
        })
    };
    let agree = |key: &str, value: &Value, other: &Value| match key {
        "$ref" | "allOf" | "required" | "not" => true,
        "properties" => {
            let (Some(these), Some(those)) = (value.as_object(), other.as_object()) else { return false };
            these.iter().all(|(name, schema)| those.get(name).is_none_or(|other| same(schema, other)))
        }
        _ => is_documentation(key) || same(value, other),
    };
    apart(a, b) && apart(b, a) && a.iter().all(|(key, value)| b.get(key).is_none_or(|other| agree(key, value, other)))
}
