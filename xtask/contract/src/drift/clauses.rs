//! Clauses across properties: `not`, and conditions with `if`.
//!
//! A `not` that names values of required properties is read as the combinations it forbids, and each combination that
//! came or went is reported. Any other `not` is judged by its inside, upside down: what tightens the inside loosens the
//! whole.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::engine::{Engine, Sides, Spot};
use super::pairing::Pairing;
use super::place::{Label, Node};
use super::rule::{Effect, Rule};
use super::value::{fingerprint, is_documentation, same};
use super::view::{Schemas, View};

/// More combinations than this are not written out one by one.
const MOST: usize = 256;
/// What stands for a property that has to be there, with whatever value.
const ANY: &str = "any value";

/// Which rules speak for a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClauseKind {
    /// A `not`: what tightens its inside loosens the whole.
    Not,
    /// An `if`: any change of its inside changes when the rest holds.
    If,
}

/// A clause, and what is known of how its inside changed.
#[derive(Debug)]
pub(super) struct Clause<'a> {
    kind: ClauseKind,
    spot: Spot,
    sides: Sides<'a>,
    tighter: bool,
    looser: bool,
}

impl<'a> Engine<'a> {
    /// Compares what two schemas forbid.
    pub(super) fn forbidden(&mut self, schemas: Schemas<'_, 'a>) {
        let Schemas { old, new, spot, .. } = schemas;
        let (left, right) = (self.clauses_of(old), self.clauses_of(new));
        if left.is_empty() && right.is_empty() {
            return;
        }
        if let (Some(a), Some(b)) = (combinations(&left), combinations(&right)) {
            return self.combinations((&a, &left), (&b, &right), schemas);
        }
        let mut pairing = Pairing::new(left, right);
        pairing.by(false, |node, _| Some(fingerprint(node.value)));
        pairing.last();
        // Clauses that read the same may lead to schemas that do not.
        for (a, b) in pairing.pairs {
            let inside = self.clause(ClauseKind::Not, spot, Sides::both(a, b));
            self.later(a, b, inside);
        }
        for node in pairing.gone {
            self.change(spot, Rule::ForbiddenRemoved, Sides::gone(node, new.node.at));
        }
        for node in pairing.come {
            self.change(spot, Rule::ForbiddenAdded, Sides::come(old.node.at, node));
        }
    }

    fn combinations(
        &mut self,
        (old, left): (&Combinations, &[Node<'a>]),
        (new, right): (&Combinations, &[Node<'a>]),
        schemas: Schemas<'_, 'a>,
    ) {
        // The clause that forbids it, or else the first one, or else the schema.
        let place = |clauses: &[Node<'a>], forbidden: Option<&(usize, Map<String, Value>)>, view: &View<'a>| {
            let clause = clauses.get(forbidden.map_or(0, |(index, _)| *index));
            Some(clause.unwrap_or(&view.node).at)
        };
        let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let (a, b) = (old.get(key), new.get(key));
            // With a word that came or went itself, a combination was not, or is not, to be had anyway.
            let is_moot = |combination: &Map<String, Value>, here: &View<'a>, there: &View<'a>| {
                is_named(here, combination) && !is_named(there, combination)
            };
            let rule = match (a, b) {
                (Some((_, gone)), None) if !is_moot(gone, schemas.old, schemas.new) => Rule::ForbiddenRemoved,
                (None, Some((_, come))) if !is_moot(come, schemas.new, schemas.old) => Rule::ForbiddenAdded,
                _ => continue,
            };
            let sides = Sides::places(place(left, a, schemas.old), place(right, b, schemas.new));
            if let Some(found) = self.change(schemas.spot, rule, sides) {
                found.before = a.map(|(_, combination)| combination.clone().into());
                found.after = b.map(|(_, combination)| combination.clone().into());
            }
        }
    }

    /// Every schema that the view says must not match, wherever it stands.
    fn clauses_of(&mut self, view: &View<'a>) -> Vec<Node<'a>> {
        let mut found = Vec::new();
        for layer in &view.layers {
            if let Some((key, value)) = layer.map.get_key_value("not") {
                found.push(Node { value, at: self.trail.name(layer.at, key) });
            }
            let members = layer.map.get_key_value("allOf").filter(|(key, _)| layer.skip != Some(key.as_str()));
            let Some((key, Value::Array(members))) = members else { continue };
            let list = self.trail.name(layer.at, key);
            for (index, member) in members.iter().enumerate().filter(|(_, member)| only_forbids(member)) {
                if let Some((key, value)) = member.as_object().and_then(|map| map.get_key_value("not")) {
                    let at = self.trail.index(list, index);
                    found.push(Node { value, at: self.trail.name(at, key) });
                }
            }
        }
        let flat = |engine: &mut Self, node: Node<'a>| -> Vec<Node<'a>> {
            let map =
                node.value.as_object().filter(|map| map.keys().all(|key| key == "anyOf" || is_documentation(key)));
            let Some((key, Value::Array(members))) = map.and_then(|map| map.get_key_value("anyOf")) else {
                return vec![node];
            };
            let list = engine.trail.name(node.at, key);
            members
                .iter()
                .enumerate()
                .map(|(index, value)| Node { value, at: engine.trail.index(list, index) })
                .collect()
        };
        found.into_iter().flat_map(|node| flat(self, node)).collect()
    }

    /// Compares `if`, `then` and `else`.
    pub(super) fn condition(&mut self, schemas: Schemas<'_, 'a>) {
        let spot = self.inside(schemas.spot, Label::Within);
        for key in ["if", "then", "else"] {
            let keyword = schemas.get(key);
            let rule = match self.nodes(keyword) {
                (None, None) => continue,
                (Some(_), None) => Rule::ConditionRemoved,
                (None, Some(_)) => Rule::ConditionAdded,
                (Some(a), Some(b)) => {
                    let spot = if key == "if" { self.clause(ClauseKind::If, spot, Sides::both(a, b)) } else { spot };
                    self.later(a, b, spot);
                    continue;
                }
            };
            let sides = self.sides(keyword);
            self.named(spot, rule, sides, key);
        }
    }

    /// A clause whose inside is compared under the spot that is returned.
    fn clause(&mut self, kind: ClauseKind, spot: Spot, sides: Sides<'a>) -> Spot {
        self.clauses.push(Clause { kind, spot, sides, tighter: false, looser: false });
        Spot { clause: Some(self.clauses.len() - 1), depth: spot.depth.saturating_add(1), ..spot }
    }

    /// Notes what a change inside a clause does to it.
    pub(super) fn note(&mut self, clause: usize, effect: Effect) {
        if let Some(clause) = self.clauses.get_mut(clause) {
            clause.tighter |= matches!(effect, Effect::Tightens | Effect::Differs);
            clause.looser |= matches!(effect, Effect::Loosens | Effect::Differs);
        }
    }

    /// Clauses inside clauses come later in the list, so that going backwards judges the inner ones first.
    pub(super) fn judge_clauses(&mut self) {
        while let Some(clause) = self.clauses.pop() {
            let inside = match (clause.tighter, clause.looser) {
                (false, false) => continue,
                (true, true) => Effect::Differs,
                (true, false) => Effect::Tightens,
                (false, true) => Effect::Loosens,
            };
            let rule = match (clause.kind, inside.flipped()) {
                (ClauseKind::If, _) => Rule::ConditionChanged,
                (ClauseKind::Not, Effect::Tightens) => Rule::ForbiddenWidened,
                (ClauseKind::Not, Effect::Loosens) => Rule::ForbiddenNarrowed,
                (ClauseKind::Not, _) => Rule::ForbiddenChanged,
            };
            self.change(clause.spot, rule, clause.sides);
        }
    }
}

/// Whether a member of an `allOf` does nothing but forbid.
pub(super) fn only_forbids(member: &Value) -> bool {
    member
        .as_object()
        .is_some_and(|map| map.contains_key("not") && map.keys().all(|key| key == "not" || is_documentation(key)))
}

/// Forbidden combinations by their text, with the clause that forbids them.
type Combinations = BTreeMap<String, (usize, Map<String, Value>)>;

/// What the clauses forbid, written out; `None` when a clause says more than that.
fn combinations(clauses: &[Node<'_>]) -> Option<Combinations> {
    let mut all = Combinations::new();
    for (index, clause) in clauses.iter().enumerate() {
        for combination in written_out(clause.value)? {
            let key = Value::Object(combination.clone()).to_string();
            all.entry(key).or_insert((index, combination));
            if all.len() > MOST {
                return None;
            }
        }
    }
    Some(all)
}

/// Whether a combination can be said at all: no value of it is missing among those that its property names.
fn is_named(view: &View<'_>, combination: &Map<String, Value>) -> bool {
    let words = |name: &str| {
        view.layers.iter().find_map(|layer| layer.map.get("properties")?.get(name)?.get("enum")?.as_array())
    };
    combination
        .iter()
        .all(|(name, value)| value == ANY || words(name).is_none_or(|words| words.iter().any(|word| same(word, value))))
}

/// The combinations that one clause forbids.
fn written_out(clause: &Value) -> Option<Vec<Map<String, Value>>> {
    let map = clause.as_object()?;
    let known = |key: &String| matches!(key.as_str(), "required" | "properties") || is_documentation(key);
    let object = |key: &String| key == "type" && map.get("type").is_some_and(|value| value == "object");
    if !map.keys().all(|key| known(key) || object(key)) {
        return None;
    }
    let required = map.get("required")?.as_array()?;
    let names: BTreeSet<&str> = required.iter().map(Value::as_str).collect::<Option<_>>()?;
    let empty = Map::new();
    let properties = map.get("properties").map_or(Some(&empty), Value::as_object)?;
    if names.is_empty() || properties.keys().any(|name| !names.contains(name.as_str())) {
        return None;
    }
    let mut all = vec![Map::new()];
    for name in names {
        let any = Value::from(ANY);
        let values = properties.get(name).map_or_else(|| Some(vec![&any]), named_values)?;
        if all.len().saturating_mul(values.len()) > MOST {
            return None;
        }
        all = all
            .iter()
            .flat_map(|combination| {
                values.iter().map(|value| {
                    let mut longer = combination.clone();
                    longer.insert(name.to_owned(), (*value).clone());
                    longer
                })
            })
            .collect();
    }
    Some(all)
}

/// The scalars that a schema names, when it does nothing else.
fn named_values(schema: &Value) -> Option<Vec<&Value>> {
    let map = schema.as_object()?;
    if !map.keys().all(|key| matches!(key.as_str(), "const" | "enum" | "type") || is_documentation(key)) {
        return None;
    }
    let values: Vec<&Value> = match (map.get("const"), map.get("enum")) {
        (Some(value), None) => vec![value],
        (None, Some(Value::Array(values))) => values.iter().collect(),
        _ => return None,
    };
    let scalar = |value: &&Value| !matches!(value, Value::Array(_) | Value::Object(_));
    let typed = |value: &&Value| map.get("type").is_none_or(|name| has_type(value, name));
    (!values.is_empty() && values.iter().all(|value| scalar(value) && typed(value))).then_some(values)
}

fn has_type(value: &Value, name: &Value) -> bool {
    match (name.as_str(), value) {
        (Some("string"), Value::String(_)) | (Some("boolean"), Value::Bool(_)) | (Some("number"), Value::Number(_)) => {
            true
        }
        (Some("integer"), Value::Number(number)) => number.is_i64() || number.is_u64(),
        _ => false,
    }
}
