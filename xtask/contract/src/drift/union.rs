//! Alternatives: `anyOf`, `oneOf`, discriminators.
//!
//! Alternatives have no names, so they are paired: by the schema they refer to, by shape, by a tag, by type, and last by
//! being the only ones left.

use std::collections::BTreeMap;

use serde_json::Value;

use super::engine::{Engine, Item, Sides, Spot, resolve, short_name};
use super::pairing::Pairing;
use super::place::{Label, Node};
use super::rule::Rule;
use super::schema::is_around;
use super::types::{kind, kind_of, limits};
use super::value::fingerprint;
use super::view::{Keyword, Layer, Schemas, Union, View};

impl<'a> Engine<'a> {
    /// Compares unions that stand on both sides, or beside other keywords.
    pub(super) fn unions(&mut self, schemas: Schemas<'_, 'a>) {
        let spot = schemas.spot;
        let (left, right) = (schemas.old.unions(), schemas.new.unions());
        if let ([a], [b]) = (&*left, &*right) {
            if a.slot.key != b.slot.key && !(are_exclusive(self.old, a) && are_exclusive(self.new, b)) {
                let rule = if b.slot.key == "oneOf" { Rule::UnionBecameOneOf } else { Rule::UnionBecameAnyOf };
                let sides = self.sides(schemas.between(a.slot.key, b.slot.key));
                self.change(spot, rule, Sides::places(sides.old, sides.new));
            }
            return self.members(a, b, spot);
        }
        for key in ["anyOf", "oneOf"] {
            let keyword = schemas.get(key);
            let of_key = |union: &&Union<'a>| union.slot.key == key;
            let rule = match (left.iter().find(of_key), right.iter().find(of_key)) {
                (Some(a), Some(b)) => {
                    self.members(a, b, spot);
                    continue;
                }
                (Some(a), None) if keyword.new.is_none() && !a.members.is_empty() => Rule::UnionUnset,
                (None, Some(b)) if keyword.old.is_none() && !b.members.is_empty() => Rule::UnionSet,
                _ => {
                    self.malformed(keyword);
                    continue;
                }
            };
            let sides = self.sides(keyword);
            self.change(spot, rule, sides);
        }
    }

    fn members(&mut self, old: &Union<'a>, new: &Union<'a>, spot: Spot) {
        let places = [old.slot.enter(&mut self.trail).at, new.slot.enter(&mut self.trail).at];
        let (left, right) = (old.nodes(&mut self.trail), new.nodes(&mut self.trail));
        let pairing = self.pair(left, right);
        self.compare_pairing(pairing, places, spot, [Rule::UnionMemberAdded, Rule::UnionMemberRemoved]);
    }

    /// Compares the members that pair, and reports the others.
    pub(super) fn compare_pairing(
        &mut self,
        pairing: Pairing<Node<'a>>,
        places: [u32; 2],
        spot: Spot,
        [added, removed]: [Rule; 2],
    ) {
        for (a, b) in pairing.pairs {
            let spot = self.inside(spot, Label::Alternative(label(b)));
            self.later(a, b, spot);
        }
        for node in pairing.gone {
            self.change(spot, removed, Sides::gone(node, places[1]));
        }
        for node in pairing.come {
            self.change(spot, added, Sides::come(places[0], node));
        }
    }

    /// Compares a single schema with a union or conjunction that it may be one member of; `false` when it is not.
    pub(super) fn wrap(&mut self, schemas: Schemas<'_, 'a>) -> bool {
        let Schemas { old, new, spot, .. } = schemas;
        let (single, many, many_is_new) = match (self.many(old), self.many(new)) {
            (None, Some(many)) => (old, many, true),
            (Some(many), None) => (new, many, false),
            _ => return false,
        };
        let is_conjunction = many.rules[0] == Rule::AllOfAdded;
        let has_list = if is_conjunction { single.get("allOf").is_some() } else { !single.unions().is_empty() };
        let empty = single.layers.iter().all(|layer| layer.map.keys().all(|key| is_around(key)));
        if has_list || single.never || single.malformed || (empty && single.reference.is_none()) {
            return false;
        }
        if let Some(extra) = spelled_out(single, &many) {
            self.around(schemas);
            for node in extra {
                self.member_alone(node, schemas, many.rules, many_is_new);
            }
            return true;
        }
        let by_type = (!is_conjunction)
            .then(|| type_by_type(single, if many_is_new { new } else { old }, &many.members))
            .flatten();
        if let Some([single, many]) = by_type {
            self.around(schemas);
            let (old, new) = if many_is_new { (&single, &many) } else { (&many, &single) };
            self.keywords(Schemas { old, new, spot, bare: true });
            return true;
        }
        let pairing = self.pair(vec![single.core], many.members);
        let Some((_, member)) = pairing.pairs.first().copied() else {
            if single.reference.is_some() || is_conjunction {
                return false;
            }
            self.around(schemas);
            self.change(spot, Rule::TypeChanged, Sides::both(old.node, new.node));
            return true;
        };
        self.around(schemas);
        let inside = self.inside(spot, Label::Within);
        let (a, b) = if many_is_new { (single.core, member) } else { (member, single.core) };
        self.work.push(Item { old: a, new: b, spot: inside, bare: true });
        for node in pairing.come {
            self.member_alone(node, schemas, many.rules, many_is_new);
        }
        true
    }

    /// A member that stands beside the one that the other side has alone.
    fn member_alone(
        &mut self,
        node: Node<'a>,
        schemas: Schemas<'_, 'a>,
        [added, removed]: [Rule; 2],
        many_is_new: bool,
    ) {
        let (rule, sides) = if many_is_new {
            (added, Sides::come(schemas.old.node.at, node))
        } else {
            (removed, Sides::gone(node, schemas.new.node.at))
        };
        self.change(schemas.spot, rule, sides);
    }

    /// The members of a schema that is nothing but one union, or one conjunction.
    fn many(&mut self, view: &View<'a>) -> Option<Many<'a>> {
        if view.reference.is_some() {
            return None;
        }
        let mut keys = view.keys().filter(|key| !is_around(key));
        let (key, None) = (keys.next()?, keys.next()) else { return None };
        if key == "allOf" {
            let slot = view.get(key)?;
            let members = self.conjuncts(Some(slot))?;
            let all = slot.value.as_array()?.len();
            return (members.len() == all && all > 1)
                .then_some(Many { members, rules: [Rule::AllOfAdded, Rule::AllOfRemoved] });
        }
        let unions = view.unions();
        let union = unions.first().filter(|union| !union.members.is_empty())?;
        let members = union.nodes(&mut self.trail);
        Some(Many { members, rules: [Rule::UnionMemberAdded, Rule::UnionMemberRemoved] })
    }

    /// Compares what tells alternatives apart.
    pub(super) fn discriminator(&mut self, keyword: Keyword<'_, 'a>) {
        let spot = keyword.of.spot;
        let sides = self.sides(keyword);
        let (Some(a), Some(b)) = keyword.values() else {
            let rule = if keyword.old.is_some() { Rule::DiscriminatorUnset } else { Rule::DiscriminatorSet };
            let name = |value: Option<&'a Value>| value.and_then(|value| value.get("propertyName")).or(value);
            self.change(spot, rule, Sides { before: name(sides.before), after: name(sides.after), ..sides });
            return;
        };
        let (Some(before), Some(after)) = (a.get("propertyName"), b.get("propertyName")) else {
            return self.malformed(keyword);
        };
        if before != after {
            let sides = Sides { before: Some(before), after: Some(after), ..sides };
            self.change(spot, Rule::DiscriminatorChanged, sides);
        }
        let mapping = |value: &'a Value| -> BTreeMap<&'a str, &'a Value> {
            let map = value.get("mapping").and_then(Value::as_object);
            map.into_iter().flatten().map(|(name, target)| (name.as_str(), target)).collect()
        };
        let (left, right) = (mapping(a), mapping(b));
        for name in left.keys().chain(right.keys().filter(|name| !left.contains_key(*name))) {
            let (before, after) = (left.get(name).copied(), right.get(name).copied());
            let sides = Sides { before, after, ..sides };
            match (before, after) {
                (Some(before), Some(after)) if before == after || self.is_renaming(before, after) => {}
                (None, Some(after)) if is_implied(name, after, self.old) => {}
                (Some(before), None) if is_implied(name, before, self.new) => {}
                (Some(_), Some(_)) => self.named(spot, Rule::DiscriminatorValueChanged, sides, name),
                (None, _) => self.named(spot, Rule::DiscriminatorValueAdded, sides, name),
                (_, None) => self.named(spot, Rule::DiscriminatorValueRemoved, sides, name),
            }
        }
    }

    /// Whether two values of a mapping name one schema, before and after it was renamed.
    fn is_renaming(&self, before: &Value, after: &Value) -> bool {
        let gone = |root, name: &Value| name.as_str().is_some_and(|name| resolve(root, name).is_none());
        let there = |root, name: &Value| name.as_str().is_some_and(|name| resolve(root, name).is_some());
        there(self.old, before) && gone(self.new, before) && there(self.new, after) && gone(self.old, after)
    }

    pub(super) fn pair(&self, old: Vec<Node<'a>>, new: Vec<Node<'a>>) -> Pairing<Node<'a>> {
        let mut pairing = Pairing::new(old, new);
        pairing.by(false, |node, _| reference(node));
        pairing.by(false, |node, is_new| {
            let root = if is_new { self.new } else { self.old };
            Some(fingerprint(reference(node).and_then(|name| resolve(root, name)).unwrap_or(node.value)))
        });
        // A default stands around a union as well as in a member of it.
        pairing.by(false, |node, _| {
            let mut bare = node.value.as_object()?.clone();
            bare.retain(|key, _| !is_around(key));
            Some(fingerprint(&Value::Object(bare)))
        });
        pairing.by(true, |node, is_new| {
            let root = if is_new { self.new } else { self.old };
            tag(reference(node).and_then(|name| resolve(root, name)).unwrap_or(node.value))
        });
        pairing.by(true, |node, _| kind(node));
        if let ([a], [b]) = (&*pairing.gone, &*pairing.come)
            && reference(*a).is_none()
            && reference(*b).is_none()
            && !pairing.pairs.is_empty()
        {
            pairing.last();
        }
        pairing
    }
}

/// Whether a kind that a mapping has means the schema of its own name, which it means without the mapping.
fn is_implied(kind: &str, target: &Value, without: &Value) -> bool {
    target.as_str().is_some_and(|target| short_name(target) == kind && resolve(without, target).is_some())
}

/// The members of a union or conjunction, and the rules for one more and one less.
struct Many<'a> {
    members: Vec<Node<'a>>,
    rules: [Rule; 2],
}

/// `type: [integer, string]` spelled as a union: the members beside those of one type each; `None` when it is not that.
fn spelled_out<'a>(single: &View<'a>, many: &Many<'a>) -> Option<Vec<Node<'a>>> {
    let types = kind(single.core).filter(|_| is_plain(single.core) && many.rules[0] == Rule::UnionMemberAdded)?;
    let (plain, rest): (Vec<Node<'a>>, Vec<Node<'a>>) = many.members.iter().copied().partition(|node| is_plain(*node));
    let all = plain.iter().filter_map(|node| kind(*node)).fold(0, |all, one| all | one);
    (plain.len() > 1 && all == types).then_some(rest)
}

/// `type: [array, string]` with limits, and a union that says the same type by type: both as the keywords they have beside
/// the types, each of which holds for one type wherever it stands; `None` when it is not that.
fn type_by_type<'a>(single: &View<'a>, many: &View<'a>, members: &[Node<'a>]) -> Option<[View<'a>; 2]> {
    let mut of_many = View::empty(many.node);
    let mut all = 0;
    for member in members {
        let (map, one) = (member.value.as_object()?, kind(*member)?);
        let is_own = |key: &String| key == "type" || is_around(key) || limits(key).is_some_and(|of| one & of == one);
        if all & one != 0 || !map.keys().all(is_own) {
            return None;
        }
        all |= one;
        of_many.layers.push(Layer { map, at: member.at, skip: Some("type") });
    }
    let mut of_single = View::empty(single.node);
    of_single.layers.clone_from(&single.layers);
    of_single.layers.last_mut()?.skip = Some("type");
    (kind(single.core) == Some(all)).then_some([of_single, of_many])
}

/// Whether no value fits two alternatives, for each is of a type of its own.
fn are_exclusive(root: &Value, union: &Union<'_>) -> bool {
    let mut taken = 0;
    union.members.iter().all(|(_, member)| {
        let target = member.get("$ref").and_then(|name| resolve(root, name.as_str()?));
        let Some(own) = kind_of(target.unwrap_or(member)) else { return false };
        let is_new = taken & own == 0;
        taken |= own;
        is_new
    })
}

/// Whether a schema says its type and nothing else.
fn is_plain(node: Node<'_>) -> bool {
    node.value
        .as_object()
        .is_some_and(|map| map.contains_key("type") && map.keys().all(|key| key == "type" || is_around(key)))
}

fn reference(node: Node<'_>) -> Option<&str> {
    node.value.get("$ref")?.as_str()
}

fn label(node: Node<'_>) -> Option<&str> {
    reference(node).map(short_name)
}

/// The properties with one possible value that tell an object from its siblings.
fn tag(schema: &Value) -> Option<u64> {
    let properties = schema.get("properties")?.as_object()?;
    let mut tags: Vec<(&str, u64)> = properties
        .iter()
        .filter_map(|(name, schema)| {
            let single = || schema.get("enum")?.as_array().filter(|all| all.len() == 1)?.first();
            Some((name.as_str(), fingerprint(schema.get("const").or_else(single)?)))
        })
        .collect();
    tags.sort_unstable();
    (!tags.is_empty()).then(|| {
        fingerprint(&Value::from(tags.iter().map(|(name, print)| format!("{name}={print}")).collect::<Vec<_>>()))
    })
}
