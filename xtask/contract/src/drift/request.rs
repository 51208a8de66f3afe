//! What an operation takes: parameters, request bodies, and media types, which answers share.

use std::collections::BTreeMap;

use serde_json::Value;

use super::engine::{Engine, Sides, Spot};
use super::operation::{Op, placeholders};
use super::place::{Label, Node, Part};
use super::rename;
use super::rule::{Direction, Rule};
use super::value::same_entries;

/// A parameter of one of the documents.
#[derive(Debug, Clone, Copy)]
struct Parameter<'a> {
    location: &'a str,
    name: &'a str,
    node: Node<'a>,
}

impl Parameter<'_> {
    fn is_required(&self) -> bool {
        self.location == "path" || self.node.value.get("required") == Some(&Value::Bool(true))
    }
}

type Parameters<'a> = BTreeMap<(&'a str, String), Parameter<'a>>;

impl<'a> Engine<'a> {
    /// Compares the parameters of an operation, with those of its path.
    pub(super) fn parameters(&mut self, a: Op<'a>, b: Op<'a>, spot: Spot) {
        let (Some(mut left), Some(mut right)) = (self.parameters_of(self.old, a), self.parameters_of(self.new, b))
        else {
            let (x, y) = (self.child(a.node, "parameters"), self.child(b.node, "parameters"));
            return self.odd("parameters", x, y, spot);
        };
        let mut pairs = Vec::new();
        let both: Vec<_> = left.keys().filter(|key| right.contains_key(*key)).cloned().collect();
        for key in both {
            pairs.extend(left.remove(&key).zip(right.remove(&key)));
        }
        let names = |op: Op<'a>| placeholders(op.path);
        for (old, new) in names(a).into_iter().zip(names(b)) {
            let (x, y) = (("path", old.to_owned()), ("path", new.to_owned()));
            if left.contains_key(&x) && right.contains_key(&y) {
                pairs.extend(left.remove(&x).zip(right.remove(&y)));
            }
        }
        let moved: Vec<_> = left
            .values()
            .filter_map(|old| {
                let mut others = right.values().filter(|new| new.name.eq_ignore_ascii_case(old.name));
                let other = others.next().filter(|_| others.next().is_none())?;
                let alone = left.values().filter(|same| same.name.eq_ignore_ascii_case(old.name)).count() == 1;
                alone.then_some((*old, *other))
            })
            .collect();
        for (old, new) in &moved {
            left.retain(|_, one| one.node.at != old.node.at);
            right.retain(|_, one| one.node.at != new.node.at);
        }
        for (old, new) in pairs.into_iter().chain(moved) {
            let spot = self.parameter_spot(new, spot);
            self.parameter(old, new, spot);
        }
        self.unpaired(&left, &right, spot);
    }

    fn unpaired(&mut self, left: &Parameters<'a>, right: &Parameters<'a>, spot: Spot) {
        let list = |all: &Parameters<'a>| all.values().copied().collect::<Vec<_>>();
        let (gone, come) = (list(left), list(right));
        let schemas = |all: &[Parameter<'a>]| {
            all.iter()
                .map(|one| {
                    (one.name, Node { value: one.node.value.get("schema").unwrap_or(one.node.value), at: one.node.at })
                })
                .collect::<Vec<_>>()
        };
        let renamed = rename::pairs(&schemas(&gone), &schemas(&come));
        for (index, one) in gone.iter().enumerate() {
            let rule = if one.is_required() { Rule::RequiredParameterRemoved } else { Rule::OptionalParameterRemoved };
            let other = renamed.iter().find(|pair| pair.0 == index).and_then(|pair| come.get(pair.1));
            let spot = self.parameter_spot(*one, spot);
            if let Some(found) = self.change(spot, rule, Sides::of(Some(one.node), None)) {
                found.renamed = other.map(|other| other.name.to_owned());
            }
        }
        for (index, one) in come.iter().enumerate() {
            let rule = if one.is_required() { Rule::RequiredParameterAdded } else { Rule::OptionalParameterAdded };
            let other = renamed.iter().find(|pair| pair.1 == index).and_then(|pair| gone.get(pair.0));
            let spot = self.parameter_spot(*one, spot);
            if let Some(found) = self.change(spot, rule, Sides::of(None, Some(one.node))) {
                found.renamed = other.map(|other| other.name.to_owned());
            }
            if let Some(other) = other {
                let schemas = self.child(other.node, "schema").zip(self.child(one.node, "schema"));
                if let Some((a, b)) = schemas {
                    self.later(a, b, spot);
                }
            }
        }
    }

    fn parameter_spot(&mut self, one: Parameter<'a>, spot: Spot) -> Spot {
        self.part(spot, Direction::Request, Part::Parameter { location: one.location, name: one.name })
    }

    /// All parameters that hold for an operation; `None` when one of them has no name or no place.
    fn parameters_of(&mut self, root: &'a Value, op: Op<'a>) -> Option<Parameters<'a>> {
        let mut all = Parameters::new();
        for around in [op.around, op.node] {
            let Some(list) = self.child(around, "parameters") else { continue };
            for (index, value) in list.value.as_array()?.iter().enumerate() {
                let at = self.trail.index(list.at, index);
                let node = self.follow(root, Node { value, at });
                let location = node.value.get("in")?.as_str()?;
                let name = node.value.get("name")?.as_str()?;
                let key = if location == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
                all.insert((location, key), Parameter { location, name, node });
            }
        }
        Some(all)
    }

    fn parameter(&mut self, old: Parameter<'a>, new: Parameter<'a>, spot: Spot) {
        let places = Sides::places(Some(old.node.at), Some(new.node.at));
        if old.location != new.location {
            self.renamed(spot, Rule::ParameterMoved, places, old.location, new.location);
        }
        if old.location == "path" && new.location == "path" && old.name != new.name {
            let api = Spot { direction: None, ..spot };
            self.renamed(api, Rule::PathParameterRenamed, places, old.name, new.name);
        }
        match (old.is_required(), new.is_required()) {
            (false, true) => self.change(spot, Rule::ParameterBecameRequired, places),
            (true, false) => self.change(spot, Rule::ParameterBecameOptional, places),
            _ => None,
        };
        self.style(old, new, places, spot);
        for (key, (x, y)) in self.keys(old.node, new.node) {
            match key {
                "name" | "in" | "required" | "style" | "explode" | "schema" | "content" | "$ref" => {}
                "deprecated" => self.switch(x, y, spot, [Rule::ParameterDeprecated, Rule::ParameterUndeprecated]),
                "allowReserved" => self.switch(x, y, spot, [Rule::ParameterReservedChanged; 2]),
                "allowEmptyValue" => {
                    self.switch(x, y, spot, [Rule::ParameterEmptyAllowed, Rule::ParameterEmptyForbidden]);
                }
                _ => self.unknown(key, x, y, spot),
            }
        }
        self.carried(old.node, new.node, Rule::ParameterSerializationChanged, spot);
    }

    fn style(&mut self, old: Parameter<'a>, new: Parameter<'a>, places: Sides<'a>, spot: Spot) {
        let style = |one: &Parameter<'a>| {
            let usual = if matches!(one.location, "query" | "cookie") { "form" } else { "simple" };
            one.node.value.get("style").and_then(Value::as_str).unwrap_or(usual)
        };
        let explode = |one: &Parameter<'a>| {
            one.node.value.get("explode").and_then(Value::as_bool).unwrap_or(style(one) == "form")
        };
        if style(&old) != style(&new) && old.location == new.location {
            self.renamed(spot, Rule::ParameterStyleChanged, places, style(&old), style(&new));
        } else if explode(&old) != explode(&new) && old.location == new.location {
            let word = |one| if explode(one) { "true" } else { "false" };
            self.renamed(spot, Rule::ParameterExplodeChanged, places, word(&old), word(&new));
        }
    }

    /// Compares what carries the value of a parameter or header: a schema, or a media type.
    pub(super) fn carried(&mut self, old: Node<'a>, new: Node<'a>, changed: Rule, spot: Spot) {
        let (a, b) = (self.child(old, "schema"), self.child(new, "schema"));
        let (x, y) = (self.child(old, "content"), self.child(new, "content"));
        if x.is_some() == y.is_some() {
            self.content(x, y, spot);
        } else {
            let word = |content: bool| if content { "a media type" } else { "text" };
            let places = Sides::places(Some(old.at), Some(new.at));
            self.renamed(spot, changed, places, word(x.is_some()), word(y.is_some()));
        }
        self.schema_of(a, b, (old, new), spot);
    }

    /// Compares a schema that may be missing on one side.
    fn schema_of(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, around: (Node<'a>, Node<'a>), spot: Spot) {
        match (a, b) {
            (Some(a), Some(b)) => self.later(a, b, spot),
            (Some(a), None) => {
                self.change(spot, Rule::SchemaUnset, Sides::gone(a, around.1.at));
            }
            (None, Some(b)) => {
                self.change(spot, Rule::SchemaSet, Sides::come(around.0.at, b));
            }
            (None, None) => {}
        }
    }

    /// Compares request bodies.
    pub(super) fn body(&mut self, a: Op<'a>, b: Op<'a>, spot: Spot) {
        let (x, y) = (self.child(a.node, "requestBody"), self.child(b.node, "requestBody"));
        let x = x.map(|node| self.follow(self.old, node));
        let y = y.map(|node| self.follow(self.new, node));
        let spot = self.part(spot, Direction::Request, Part::Body);
        let required = |node: Node<'a>| node.value.get("required") == Some(&Value::Bool(true));
        let (a, b) = match (x, y) {
            (Some(a), Some(b)) => (a, b),
            (None, None) => return,
            (Some(a), None) => {
                let rule = if required(a) { Rule::RequiredBodyRemoved } else { Rule::OptionalBodyRemoved };
                self.change(spot, rule, Sides::of(x, None));
                return;
            }
            (None, Some(b)) => {
                let rule = if required(b) { Rule::RequiredBodyAdded } else { Rule::OptionalBodyAdded };
                self.change(spot, rule, Sides::of(None, y));
                return;
            }
        };
        if !a.value.is_object() || !b.value.is_object() {
            return self.odd("requestBody", x, y, spot);
        }
        for (key, (x, y)) in self.keys(a, b) {
            match key {
                "required" => self.switch(x, y, spot, [Rule::BodyBecameRequired, Rule::BodyBecameOptional]),
                "content" => self.content(x, y, spot),
                "$ref" => {}
                _ => self.unknown(key, x, y, spot),
            }
        }
    }

    /// Compares the media types of a body.
    pub(super) fn content(&mut self, a: Option<Node<'a>>, b: Option<Node<'a>>, spot: Spot) {
        if [a, b].into_iter().flatten().any(|node| !node.value.is_object()) {
            return self.odd("content", a, b, spot);
        }
        let nothing = Node { value: &Value::Null, at: 0 };
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for (media, (x, y)) in self.keys(a.unwrap_or(nothing), b.unwrap_or(nothing)) {
            match (x, y) {
                (Some(x), Some(y)) => self.media(x, y, spot),
                (None, _) => {
                    self.named(spot, Rule::MediaTypeAdded, Sides::of(None, y), media);
                    come.extend(y);
                }
                (_, None) => {
                    self.named(spot, Rule::MediaTypeRemoved, Sides::of(x, None), media);
                    gone.extend(x);
                }
            }
        }
        if let ([a], [b]) = (&*gone, &*come) {
            let schemas = self.child(*a, "schema").zip(self.child(*b, "schema"));
            if let Some((a, b)) = schemas.filter(|(a, b)| rename::is_alike(*a, *b)) {
                let spot = self.inside(spot, Label::Within);
                self.later(a, b, spot);
            }
        }
    }

    fn media(&mut self, a: Node<'a>, b: Node<'a>, spot: Spot) {
        if !a.value.is_object() || !b.value.is_object() {
            return self.odd("a media type", Some(a), Some(b), spot);
        }
        let spot = self.inside(spot, Label::Within);
        for (key, (x, y)) in self.keys(a, b) {
            match key {
                "schema" => self.schema_of(x, y, (a, b), spot),
                "encoding" => match (x, y) {
                    (Some(x), Some(y)) if same_entries(x.value, y.value) => self.document(Some(x), Some(y)),
                    _ => {
                        self.change(spot, Rule::EncodingChanged, Sides::of(x, y));
                    }
                },
                _ => self.unknown(key, x, y, spot),
            }
        }
    }
}
