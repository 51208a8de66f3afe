//! Operations: which one became which, and what they take.

use std::collections::BTreeMap;

use serde_json::Value;

use super::engine::{Engine, Operation, Sides, Spot, resolve};
use super::limits::presence;
use super::pairing::Pairing;
use super::place::{Label, Node, Part, Places};
use super::rule::{Direction, Rule};
use super::value::{both_same, is_documentation, same, same_shape};
use crate::flatten::with_places;
use crate::schema::METHODS;
use crate::stated;

/// The keys of two objects, each with its value on either side.
pub(super) type Keys<'a> = BTreeMap<&'a str, (Option<Node<'a>>, Option<Node<'a>>)>;

/// The rules of a call that the vendor makes: it appears, disappears, changes.
pub(super) const CALLBACK: [Rule; 3] = [Rule::CallbackAdded, Rule::CallbackRemoved, Rule::CallbackChanged];

/// An operation of one of the documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Op<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) node: Node<'a>,
    /// The path's own part: parameters and servers for all its operations.
    pub(super) around: Node<'a>,
}

impl<'a> Op<'a> {
    fn text(&self, key: &str) -> Option<&'a str> {
        self.node.value.get(key)?.as_str()
    }

    fn describe(&self) -> Operation {
        Operation {
            id: self.text("operationId").unwrap_or_default().to_owned(),
            call: format!("{} {}", self.method.to_uppercase(), self.path),
            role: self.text("x-role").map(str::to_owned),
        }
    }
}

impl<'a> Engine<'a> {
    /// Compares all operations.
    pub(super) fn operations(&mut self, old: Option<Node<'a>>, new: Option<Node<'a>>) {
        let mut pairing = Pairing::new(self.list(self.old, old), self.list(self.new, new));
        pairing.by(false, |op, _| Some((op.path, op.method)));
        pairing.by(false, |op, _| Some((template(op.path), op.method)));
        pairing.by(false, |op, _| op.text("operationId"));
        for (a, b) in pairing.pairs {
            if self.is_unchanged(a, b) {
                continue;
            }
            let spot = self.introduce(b);
            self.operation(a, b, spot);
        }
        for op in pairing.gone {
            let spot = self.introduce(op);
            self.change(spot, Rule::OperationRemoved, Sides { before: None, ..Sides::of(Some(op.node), None) });
        }
        for op in pairing.come {
            let spot = self.introduce(op);
            self.change(spot, Rule::OperationAdded, Sides { after: None, ..Sides::of(None, Some(op.node)) });
        }
    }

    fn introduce(&mut self, op: Op<'a>) -> Spot {
        self.operations.push(op.describe());
        let label = Label::Operation(self.operations.len() - 1);
        Self::spot(self.places.add(Places::DOCUMENT, label))
    }

    fn list(&mut self, root: &'a Value, paths: Option<Node<'a>>) -> Vec<Op<'a>> {
        let mut all = Vec::new();
        let Some((paths, map)) = paths.and_then(|paths| Some((paths, paths.value.as_object()?))) else { return all };
        for (path, item) in map.iter().filter(|(path, _)| !path.starts_with("x-")) {
            let at = self.trail.name(paths.at, path);
            let around = self.follow(root, Node { value: item, at });
            for method in METHODS {
                if let Some(node) = self.child(around, method).filter(|node| node.value.is_object()) {
                    all.push(Op { path, method, node, around });
                }
            }
        }
        all.sort_by(|a, b| (a.path, a.method).cmp(&(b.path, b.method)));
        all
    }

    /// The target of references, for everything but schemas.
    pub(super) fn follow(&mut self, root: &'a Value, node: Node<'a>) -> Node<'a> {
        let mut node = node;
        for _ in 0..16 {
            let target =
                node.value.get("$ref").and_then(Value::as_str).and_then(|name| Some((name, resolve(root, name)?)));
            let Some((name, value)) = target else { break };
            node = Node { value, at: self.trail.start(name.trim_start_matches('#')) };
        }
        node
    }

    fn operation(&mut self, a: Op<'a>, b: Op<'a>, spot: Spot) {
        let places = Sides::places(Some(a.node.at), Some(b.node.at));
        if template(a.path) != template(b.path) {
            self.renamed(spot, Rule::OperationPathChanged, places, a.path, b.path);
        }
        if a.method != b.method {
            self.renamed(
                spot,
                Rule::OperationMethodChanged,
                places,
                &a.method.to_uppercase(),
                &b.method.to_uppercase(),
            );
        }
        for (key, (x, y)) in self.keys(a.node, b.node) {
            match key {
                "operationId" => self.word(x, y, spot, [Rule::OperationIdChanged; 3]),
                "x-role" => self.word(x, y, spot, [Rule::RoleAdded, Rule::RoleRemoved, Rule::RoleChanged]),
                "deprecated" => self.switch(x, y, spot, [Rule::OperationDeprecated, Rule::OperationUndeprecated]),
                "parameters" | "responses" | "requestBody" | "security" | "servers" => {}
                "callbacks" => {
                    for (name, x, y) in self.opaque(x, y, spot, CALLBACK) {
                        for (_, items) in self.keys(x, y) {
                            self.called_back(name, items, spot);
                        }
                    }
                }
                // What it states is what who calls it gets.
                _ if stated::is_fact(key) => {
                    let direction = (key != stated::PRICE).then_some(Direction::Request);
                    self.facts(key, x, y, Spot { direction, ..spot });
                }
                _ => self.unknown(key, x, y, spot),
            }
        }
        self.parameters(a, b, spot);
        self.body(a, b, spot);
        let responses = (self.child(a.node, "responses"), self.child(b.node, "responses"));
        self.responses(responses.0, responses.1, spot);
        self.servers_of(a, b, spot);
        self.security_of(a, b, spot);
    }

    /// Reports a change of a word that is not a value of the documents.
    pub(super) fn renamed(&mut self, spot: Spot, rule: Rule, sides: Sides<'a>, before: &str, after: &str) {
        if let Some(found) = self.change(spot, rule, sides) {
            found.before = Some(before.into());
            found.after = Some(after.into());
        }
    }

    /// The keys of two objects with their values, each key once.
    pub(super) fn keys(&mut self, a: impl Into<Option<Node<'a>>>, b: impl Into<Option<Node<'a>>>) -> Keys<'a> {
        let mut keys = Keys::new();
        let mut add = |node: Option<Node<'a>>, is_new: bool| {
            let Some((node, map)) = node.and_then(|node| Some((node, node.value.as_object()?))) else { return };
            for (key, value) in map {
                let sides = keys.entry(key).or_default();
                let side = if is_new { &mut sides.1 } else { &mut sides.0 };
                *side = Some(Node { value, at: self.trail.name(node.at, key) });
            }
        };
        add(a.into(), false);
        add(b.into(), true);
        keys
    }

    /// The keys of what has to be objects, as far as it is there. What is something else is told, and has no keys.
    pub(super) fn objects(
        &mut self,
        name: &str,
        a: impl Into<Option<Node<'a>>>,
        b: impl Into<Option<Node<'a>>>,
        spot: Spot,
    ) -> Keys<'a> {
        let (a, b) = (a.into(), b.into());
        if [a, b].into_iter().flatten().all(|node| node.value.is_object()) {
            return self.keys(a, b);
        }
        self.odd(name, a, b, spot);
        Keys::new()
    }

    /// A text that appears, disappears or changes.
    pub(super) fn word(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot, rules: [Rule; 3]) {
        if let Some(rule) = presence(rules, a.map(|a| a.value), b.map(|b| b.value), same) {
            self.change(spot, rule, Sides::of(a, b));
        }
    }

    /// A flag that is off where it is missing.
    pub(super) fn switch(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot, [on, off]: [Rule; 2]) {
        let is_on = |node: Option<Node<'a>>| node.is_some_and(|node| node.value == &Value::Bool(true));
        match (is_on(a), is_on(b)) {
            (false, true) => self.change(spot, on, Sides::of(a, b)),
            (true, false) => self.change(spot, off, Sides::of(a, b)),
            _ => return,
        };
    }

    /// A key that nobody knows, or that only people read.
    pub(super) fn unknown(&mut self, key: &str, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        if is_documentation(key) {
            return self.document(a, b);
        }
        let rules = [Rule::UnknownKeyAdded, Rule::UnknownKeyRemoved, Rule::UnknownKeyChanged];
        if let Some(rule) = presence(rules, a.map(|a| a.value), b.map(|b| b.value), same) {
            self.named(spot, rule, Sides::of(a, b), key);
        }
    }

    /// A key whose value is not of the form it should have.
    pub(super) fn odd(&mut self, key: &str, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        if !both_same(a.map(|a| a.value), b.map(|b| b.value)) {
            self.named(spot, Rule::MalformedChanged, Sides::of(a, b), key);
        }
    }

    /// Compares entries of a map as wholes: callbacks, links. Those that say the same on both sides are returned.
    pub(super) fn opaque(
        &mut self,
        a: Option<Node<'a>>,
        b: Option<Node<'a>>,
        spot: Spot,
        [added, removed, changed]: [Rule; 3],
    ) -> Vec<(&'a str, Node<'a>, Node<'a>)> {
        let mut alike = Vec::new();
        for (name, (x, y)) in self.objects("callbacks or links", a, b, spot) {
            let (x, y) = (x.map(|x| self.follow(self.old, x)), y.map(|y| self.follow(self.new, y)));
            let rule = match (x, y) {
                (Some(x), Some(y)) if same_shape(x.value, y.value) => {
                    self.document(Some(x), Some(y));
                    alike.push((name, x, y));
                    continue;
                }
                (Some(_), Some(_)) => changed,
                (None, _) => added,
                (_, None) => removed,
            };
            let spot = match spot.direction {
                Some(_) => spot,
                None => self.part(spot, Direction::Response, Part::Callback(name)),
            };
            self.named(Spot { direction: None, ..spot }, rule, Sides::of(x, y), name);
        }
        alike
    }

    /// Compares the schemas that a path item leads to whose calls the vendor makes: their bodies are what callers get, and
    /// the answers what callers give.
    pub(super) fn called_back(&mut self, name: &'a str, (a, b): (Option<Node<'a>>, Option<Node<'a>>), spot: Spot) {
        let (Some(a), Some(b)) = (a, b) else { return };
        let (a, b) = (self.follow(self.old, a), self.follow(self.new, b));
        for method in METHODS {
            let (Some(a), Some(b)) = (self.child(a, method), self.child(b, method)) else { continue };
            let received = self.part(spot, Direction::Response, Part::Callback(name));
            let (x, y) = (self.child(a, "requestBody"), self.child(b, "requestBody"));
            self.content_of(x, y, received);
            let (Some(a), Some(b)) = (self.child(a, "responses"), self.child(b, "responses")) else { continue };
            let given = self.part(spot, Direction::Request, Part::Callback(name));
            for (_, (x, y)) in self.keys(a, b) {
                self.content_of(x, y, given);
            }
        }
    }

    /// Compares what a body or an answer holds, and nothing beside it.
    fn content_of(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        let (Some(a), Some(b)) = (a, b) else { return };
        let (a, b) = (self.follow(self.old, a), self.follow(self.new, b));
        let (x, y) = (self.child(a, "content"), self.child(b, "content"));
        self.content(x, y, spot);
    }

    pub(super) fn part(&mut self, spot: Spot, direction: Direction, part: Part<'a>) -> Spot {
        let place = self.places.add(spot.place, Label::Part(direction, part));
        Spot { place, direction: Some(direction), ..spot }
    }
}

/// A path without the names of its parameters.
fn template(path: &str) -> String {
    with_places(path, |_| "")
}
