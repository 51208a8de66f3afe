//! The state of one comparison: what is still to compare, what was found, and which operations reach it.
//!
//! Schemas are compared from a list of pairs, never by recursion. A schema under a name is compared once per partner and
//! direction, however many operations use it, so that the work stays near the size of the documents and cycles end.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use serde_json::Value;

use super::clauses::Clause;
use super::document::Component;
use super::heirs::Heirs;
use super::place::{At, Label, Node, PlaceId, Places, Root, Trail};
use super::report::{Change, Pointers, Reached, Report, Use};
use super::rule::{Direction, Rule};
use super::unchanged::Unchanged;
use super::value::{both_same, brief};
pub(super) use crate::pointer::resolve;

/// How many schemas of the other document one schema is compared with.
const PARTNERS: u32 = 6;
/// How deep schemas without a name are followed.
pub(super) const DEEPEST: u16 = 200;
/// How many shared schemas are visited to find the operations that reach one of them.
const FARTHEST: usize = 2048;

/// Where a comparison stands, for people and for judging.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) place: PlaceId,
    pub(super) direction: Option<Direction>,
    /// The clause whose inside is compared; changes there are judged through it.
    pub(super) clause: Option<usize>,
    pub(super) depth: u16,
}

/// Two schemas to compare.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) old: Node<'a>,
    pub(super) new: Node<'a>,
    pub(super) spot: Spot,
    /// Defaults, nullability and words for people are compared elsewhere.
    pub(super) bare: bool,
}

/// Both sides of a change.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sides<'a> {
    pub(super) old: Option<At>,
    pub(super) new: Option<At>,
    pub(super) before: Option<&'a Value>,
    pub(super) after: Option<&'a Value>,
}

impl<'a> Sides<'a> {
    pub(super) fn of(old: Option<Node<'a>>, new: Option<Node<'a>>) -> Self {
        Self {
            old: old.map(|node| node.at),
            new: new.map(|node| node.at),
            before: old.map(|node| node.value),
            after: new.map(|node| node.value),
        }
    }

    pub(super) fn both(old: Node<'a>, new: Node<'a>) -> Self {
        Self::of(Some(old), Some(new))
    }

    /// Something went; on the new side is what it stood in.
    pub(super) fn gone(node: Node<'a>, around: At) -> Self {
        Self { new: Some(around), ..Self::of(Some(node), None) }
    }

    /// Something came; on the old side is what it stands in now.
    pub(super) fn come(around: At, node: Node<'a>) -> Self {
        Self { old: Some(around), ..Self::of(None, Some(node)) }
    }

    /// The places without the values.
    pub(super) fn places(old: Option<At>, new: Option<At>) -> Self {
        Self { old, new, before: None, after: None }
    }
}

/// A change, before its pointers and uses are written out.
#[derive(Debug)]
pub(super) struct Found {
    rule: Rule,
    direction: Option<Direction>,
    place: PlaceId,
    old: Option<At>,
    new: Option<At>,
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
    pub(super) name: Option<String>,
    pub(super) renamed: Option<String>,
}

/// An operation, as far as a report names it.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) call: String,
    pub(super) role: Option<String>,
}

type SharedKey<'a> = (&'a str, &'a str, Option<Direction>, Option<usize>);

#[derive(Debug)]
pub(super) struct Engine<'a> {
    pub(super) old: &'a Value,
    pub(super) new: &'a Value,
    pub(super) trail: Trail<'a>,
    pub(super) places: Places<'a>,
    pub(super) operations: Vec<Operation>,
    pub(super) old_heirs: Heirs<'a>,
    pub(super) new_heirs: Heirs<'a>,
    pub(super) unchanged: Unchanged<'a>,
    pub(super) work: Vec<Item<'a>>,
    /// Components that differ, as long as nobody knows whether anything leads to them.
    pub(super) unseen: Vec<Component<'a>>,
    /// Where each shared schema is used.
    shared: Vec<Vec<PlaceId>>,
    known: HashMap<SharedKey<'a>, usize>,
    compared: HashSet<&'a str>,
    partners: HashMap<(&'a str, bool), u32>,
    renamed: HashSet<(&'a str, &'a str)>,
    /// Pairs of schemas that were compared in one piece, by where they are in memory, and below which place.
    pub(super) flattened: HashSet<(usize, usize, PlaceId, Option<usize>)>,
    pub(super) clauses: Vec<Clause<'a>>,
    found: Vec<Found>,
    documentation: Vec<(Option<At>, Option<At>)>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value) -> Self {
        let (old_heirs, new_heirs) = (Heirs::new(old), Heirs::new(new));
        Self {
            old,
            new,
            trail: Trail::new(),
            places: Places::new(),
            operations: Vec::new(),
            unchanged: Unchanged::new(old, new, [&old_heirs, &new_heirs]),
            old_heirs,
            new_heirs,
            work: Vec::new(),
            unseen: Vec::new(),
            shared: Vec::new(),
            known: HashMap::new(),
            compared: HashSet::new(),
            partners: HashMap::new(),
            renamed: HashSet::new(),
            flattened: HashSet::new(),
            clauses: Vec::new(),
            found: Vec::new(),
            documentation: Vec::new(),
        }
    }

    /// The spot for what concerns a place without a direction.
    pub(super) fn spot(place: PlaceId) -> Spot {
        Spot { place, direction: None, clause: None, depth: 0 }
    }

    pub(super) fn child(&mut self, node: Node<'a>, key: &'a str) -> Option<Node<'a>> {
        let value = node.value.as_object()?.get(key)?;
        Some(Node { value, at: self.trail.name(node.at, key) })
    }

    pub(super) fn inside(&mut self, spot: Spot, label: Label<'a>) -> Spot {
        Spot { place: self.places.add(spot.place, label), depth: spot.depth.saturating_add(1), ..spot }
    }

    /// Reports a change; inside a clause it counts for what it does to the clause.
    pub(super) fn change(&mut self, spot: Spot, rule: Rule, sides: Sides<'a>) -> Option<&mut Found> {
        if let Some(clause) = spot.clause {
            self.note(clause, rule.effect());
            return None;
        }
        self.found.push(Found {
            rule,
            direction: spot.direction,
            place: spot.place,
            old: sides.old,
            new: sides.new,
            before: sides.before.map(brief),
            after: sides.after.map(brief),
            name: None,
            renamed: None,
        });
        self.found.last_mut()
    }

    /// Reports a change that needs a name beside its place.
    pub(super) fn named(&mut self, spot: Spot, rule: Rule, sides: Sides<'a>, name: &str) {
        if let Some(found) = self.change(spot, rule, sides) {
            found.name = Some(name.to_owned());
        }
    }

    /// Compares two values that only people read.
    pub(super) fn document(&mut self, old: Option<Node<'a>>, new: Option<Node<'a>>) {
        if !both_same(old.map(|node| node.value), new.map(|node| node.value)) {
            self.documentation.push((old.map(|node| node.at), new.map(|node| node.at)));
        }
    }

    /// Compares two schemas later.
    pub(super) fn later(&mut self, old: Node<'a>, new: Node<'a>, spot: Spot) {
        self.work.push(Item { old, new, spot, bare: false });
    }

    /// Two schemas under names, reached from a spot: compared once, however often they are reached.
    pub(super) fn share(
        &mut self,
        old: (&'a str, Option<Node<'a>>),
        new: (&'a str, Option<Node<'a>>),
        spot: Spot,
        from: Sides<'a>,
    ) {
        let ((old_name, old_node), (new_name, new_node)) = (old, new);
        if old_name == new_name && self.unchanged.covers(old_name) {
            return;
        }
        let key = (component(old_name), component(new_name), spot.direction, spot.clause);
        if let Some(shared) = self.known.get(&key).and_then(|index| self.shared.get_mut(*index)) {
            shared.push(spot.place);
            return;
        }
        let (Some(old_node), Some(new_node)) = (old_node, new_node) else {
            if old_name != new_name || old_node.is_some() != new_node.is_some() {
                self.change(spot, Rule::ReferenceReplaced, from);
            }
            return;
        };
        if old_name != new_name {
            let tries = [self.partner(old_name, false), self.partner(new_name, true)];
            if tries.into_iter().any(|tries| tries > PARTNERS) {
                self.change(spot, Rule::ReferenceReplaced, from);
                return;
            }
        }
        let index = self.shared.len();
        let place = self.places.add(Places::DOCUMENT, Label::Shared(index));
        self.shared.push(vec![spot.place]);
        self.known.insert(key, index);
        self.compared.extend([key.0, key.1]);
        if old_name != new_name {
            let stayed = resolve(self.new, old_name).is_some() || resolve(self.old, new_name).is_some();
            if stayed {
                self.change(spot, Rule::ReferenceChanged, from);
            } else if self.renamed.insert((old_name, new_name)) {
                let sides = Sides::places(Some(old_node.at), Some(new_node.at));
                if let Some(found) = self.change(Self::spot(place), Rule::SchemaRenamed, sides) {
                    found.before = Some(short_name(old_name).into());
                    found.after = Some(short_name(new_name).into());
                }
            }
        }
        let inside = Spot { place, depth: 0, ..spot };
        self.later(old_node, new_node, inside);
        self.compare_heirs((old_name, old_node.at), (new_name, new_node.at), inside);
    }

    /// Whether a schema of the name was compared, so that something leads to it.
    pub(super) fn was_compared(&self, name: &str) -> bool {
        self.compared.contains(name)
    }

    fn partner(&mut self, name: &'a str, new: bool) -> u32 {
        let tries = self.partners.entry((name, new)).or_default();
        *tries += 1;
        *tries
    }

    /// The report, once everything was compared.
    pub(super) fn finish(mut self) -> Report {
        self.judge_clauses();
        let found = std::mem::take(&mut self.found);
        let mut reached = HashMap::new();
        let mut changes: Vec<Change> = found
            .into_iter()
            .map(|found| {
                let (root, path) = self.places.climb(found.place);
                let reached = match root {
                    Root::Shared(index) => {
                        Arc::clone(reached.entry(index).or_insert_with(|| Arc::new(self.reach(index))))
                    }
                    Root::Document => Arc::new(Reached { everywhere: true, ..Reached::default() }),
                    Root::Operation(..) => {
                        let uses = self.by(root, Vec::new()).into_iter().collect();
                        Arc::new(Reached { uses, ..Reached::default() })
                    }
                };
                Change {
                    rule: found.rule,
                    direction: found.direction,
                    verdict: found.rule.verdict(found.direction),
                    at: self.pointers(found.old, found.new),
                    before: found.before,
                    after: found.after,
                    name: found.name,
                    renamed: found.renamed,
                    reached,
                    path,
                }
            })
            .collect();
        changes.sort_by_cached_key(Change::order);
        let documentation: BTreeSet<Pointers> =
            self.documentation.iter().map(|(old, new)| self.pointers(*old, *new)).collect();
        Report { changes, documentation: documentation.into_iter().collect() }
    }

    fn pointers(&self, old: Option<At>, new: Option<At>) -> Pointers {
        Pointers { old: old.map(|at| self.trail.pointer(at)), new: new.map(|at| self.trail.pointer(at)) }
    }

    fn by(&self, root: Root<'a>, path: Vec<String>) -> Option<Use> {
        let Root::Operation(index, part) = root else { return None };
        let operation = self.operations.get(index)?;
        Some(Use {
            operation: operation.id.clone(),
            call: operation.call.clone(),
            role: operation.role.clone(),
            direction: part.map(|(direction, _)| direction),
            part: part.map(|(_, part)| part.describe()).unwrap_or_default(),
            path,
        })
    }

    /// The operations that reach a shared schema: its uses, and the uses of the shared schemas around them.
    fn reach(&self, index: usize) -> Reached {
        let mut uses = BTreeSet::new();
        let mut visited = HashSet::from([index]);
        let mut queue = VecDeque::from([(index, Vec::new())]);
        let mut more = false;
        while let Some((index, tail)) = queue.pop_front() {
            for place in self.shared.get(index).into_iter().flatten() {
                let (root, mut path) = self.places.climb(*place);
                path.extend(tail.iter().take(24).cloned());
                match root {
                    Root::Operation(..) => uses.extend(self.by(root, path)),
                    Root::Shared(around) if visited.len() >= FARTHEST => more |= !visited.contains(&around),
                    Root::Shared(around) if visited.insert(around) => queue.push_back((around, path)),
                    Root::Shared(_) | Root::Document => {}
                }
            }
        }
        // What only a webhook leads to concerns the document as a whole.
        Reached { everywhere: uses.is_empty() && !more, uses: uses.into_iter().collect(), more }
    }
}

/// The last segment of a reference.
pub(super) fn short_name(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// The name that a schema is compared under, whether a reference leads to it or a base.
fn component(reference: &str) -> &str {
    reference.strip_prefix("#/components/schemas/").unwrap_or(reference)
}
