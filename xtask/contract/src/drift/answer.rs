//! What an operation answers: statuses, headers, bodies, links.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::engine::{Engine, Sides, Spot};
use super::pairing;
use super::place::{Node, Part};
use super::rule::{Direction, Rule};

impl<'a> Engine<'a> {
    /// Compares the answers of an operation, status by status.
    pub(super) fn responses(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        let all = self.objects("responses", a, b, spot);
        // A status that is told apart no longer is one of its range, which came in its place; and the other way round.
        let range =
            |status: &str| all.get(&*format!("{}XX", status.get(..1)?)).map(|(x, y)| (x.is_some(), y.is_some()));
        let came_in_place = |status: &str| !status.ends_with("XX") && range(status) == Some((false, true));
        let went_for_it = |status: &str| !status.ends_with("XX") && range(status) == Some((true, false));
        for (status, (x, y)) in all.clone() {
            if status.starts_with("x-") {
                self.document(x, y);
                continue;
            }
            let spot = self.part(spot, Direction::Response, Part::Status(status));
            let success = status.starts_with('2');
            match (x, y) {
                (Some(x), Some(y)) => {
                    let (x, y) = (self.follow(self.old, x), self.follow(self.new, y));
                    self.response(status, x, y, spot);
                }
                (None, _) => {
                    let rule = if success { Rule::SuccessStatusAdded } else { Rule::ErrorStatusAdded };
                    if !went_for_it(status) {
                        self.named(spot, rule, Sides::of(None, y), status);
                    }
                    come.extend(y.filter(|_| success).map(|y| (status, y, spot)));
                }
                (_, None) => {
                    let rule = if success { Rule::SuccessStatusRemoved } else { Rule::ErrorStatusRemoved };
                    if !came_in_place(status) {
                        self.named(spot, rule, Sides::of(x, None), status);
                    }
                    gone.extend(x.filter(|_| success));
                }
            }
        }
        if let ([x], [(status, y, spot)]) = (&*gone, &*come) {
            let (x, y) = (self.follow(self.old, *x), self.follow(self.new, *y));
            if is_alike(x, y) {
                self.response(status, x, y, *spot);
            }
        }
    }

    fn response(&mut self, status: &'a str, a: Node<'a>, b: Node<'a>, spot: Spot) {
        for (key, (x, y)) in self.objects("an answer", a, b, spot) {
            match key {
                "content" => self.content(x, y, spot),
                "headers" => self.headers(status, x, y, spot),
                "links" => {
                    self.opaque(x, y, spot, [Rule::LinkAdded, Rule::LinkRemoved, Rule::LinkChanged]);
                }
                "$ref" => {}
                _ => self.unknown(key, x, y, spot),
            }
        }
    }

    fn headers(&mut self, status: &'a str, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        // The names of headers have no case.
        type Header<'a> = Option<(&'a str, Node<'a>)>;
        let mut headers: BTreeMap<String, (Header<'a>, Header<'a>)> = BTreeMap::new();
        for (name, (x, y)) in self.objects("headers", a, b, spot) {
            let sides = headers.entry(name.to_ascii_lowercase()).or_default();
            sides.0 = x.map(|x| (name, self.follow(self.old, x))).or(sides.0);
            sides.1 = y.map(|y| (name, self.follow(self.new, y))).or(sides.1);
        }
        for (x, y) in headers.into_values() {
            let Some((name, _)) = y.or(x) else { continue };
            let spot = self.part(spot, Direction::Response, Part::Header { status, name });
            match (x, y) {
                (Some((_, x)), Some((_, y))) => self.header(x, y, spot),
                (None, Some((_, y))) => {
                    let is_required = y.has_flag("required");
                    let rule = if is_required { Rule::RequiredHeaderAdded } else { Rule::OptionalHeaderAdded };
                    self.named(spot, rule, Sides::of(None, Some(y)), name);
                }
                (Some((_, x)), None) => {
                    let is_required = x.has_flag("required");
                    let rule = if is_required { Rule::RequiredHeaderRemoved } else { Rule::OptionalHeaderRemoved };
                    self.named(spot, rule, Sides::of(Some(x), None), name);
                }
                (None, None) => {}
            }
        }
    }

    fn header(&mut self, a: Node<'a>, b: Node<'a>, spot: Spot) {
        for (key, (x, y)) in self.keys(a, b) {
            match key {
                "required" => self.switch(x, y, spot, [Rule::HeaderBecameRequired, Rule::HeaderBecameOptional]),
                "deprecated" => self.switch(x, y, spot, [Rule::HeaderDeprecated, Rule::HeaderUndeprecated]),
                "style" | "explode" => self.word(x, y, spot, [Rule::HeaderSerializationChanged; 3]),
                "schema" | "content" | "$ref" => {}
                _ => self.unknown(key, x, y, spot),
            }
        }
        self.carried(a, b, Rule::HeaderSerializationChanged, spot);
    }
}

/// Whether two answers hold the same sort of thing, so that one may be the other under another status.
fn is_alike(a: Node<'_>, b: Node<'_>) -> bool {
    let (Some(a), Some(b)) = (content(a), content(b)) else { return false };
    a.iter().all(|(media, x)| {
        let schemas = x.get("schema").zip(b.get(media).and_then(|y| y.get("schema")));
        schemas.is_some_and(|(x, y)| pairing::is_alike(Node { value: x, at: 0 }, Node { value: y, at: 0 }))
    })
}

fn content(answer: Node<'_>) -> Option<&Map<String, Value>> {
    answer.value.get("content").and_then(Value::as_object).filter(|all| !all.is_empty())
}
