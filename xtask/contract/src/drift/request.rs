//! What an operation takes: parameters, request bodies, and media types, which answers share.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::engine::{Engine, Sides, Spot};
use super::operation::Op;
use super::pairing::{self, Pairing};
use super::place::{Label, Node, Part};
use super::rule::{Direction, Rule};
use super::value::same_entries;
use crate::flatten::places;

/// A parameter of one of the documents.
#[derive(Debug, Clone, Copy)]
struct Parameter<'a> {
    location: &'a str,
    name: &'a str,
    node: Node<'a>,
}

impl<'a> Parameter<'a> {
    /// Its place and name; the names of headers have no case.
    fn key(&self) -> (&'a str, String) {
        let is_header = self.location == "header";
        (self.location, if is_header { self.name.to_ascii_lowercase() } else { self.name.to_owned() })
    }

    fn is_required(&self) -> bool {
        self.location == "path" || self.node.has_flag("required")
    }
}

impl<'a> Engine<'a> {
    /// Compares the parameters of an operation, with those of its path.
    pub(super) fn parameters(&mut self, a: Op<'a>, b: Op<'a>, spot: Spot) {
        let (Some(left), Some(right)) = (self.parameters_of(self.old, a), self.parameters_of(self.new, b)) else {
            let (x, y) = (self.child(a.node, "parameters"), self.child(b.node, "parameters"));
            return self.odd("parameters", x, y, spot);
        };
        let positions = [a, b].map(|op| places(op.path).into_iter().zip(0..).collect::<HashMap<&str, usize>>());
        let mut pairing = Pairing::new(left, right);
        pairing.by(false, |one, _| Some(one.key()));
        // The name of a part of the path is not sent.
        pairing.by(false, |one, is_new| {
            positions[usize::from(is_new)].get(one.name).filter(|_| one.location == "path").copied()
        });
        pairing.by(true, |one, _| Some(one.name.to_ascii_lowercase()));
        for (old, new) in pairing.pairs {
            let spot = self.parameter_spot(new, spot);
            self.parameter(old, new, spot);
        }
        self.unpaired(&pairing.gone, &pairing.come, spot);
    }

    fn unpaired(&mut self, gone: &[Parameter<'a>], come: &[Parameter<'a>], spot: Spot) {
        let schemas = |all: &[Parameter<'a>]| {
            all.iter()
                .map(|one| {
                    (one.name, Node { value: one.node.value.get("schema").unwrap_or(one.node.value), at: one.node.at })
                })
                .collect::<Vec<_>>()
        };
        let renamed = pairing::renamings(&schemas(gone), &schemas(come));
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

    /// All parameters that hold for an operation, by place and name; `None` when one of them has no name or no place.
    fn parameters_of(&mut self, root: &'a Value, op: Op<'a>) -> Option<Vec<Parameter<'a>>> {
        let mut all = BTreeMap::new();
        for around in [op.around, op.node] {
            let Some(list) = self.child(around, "parameters") else { continue };
            for (index, value) in list.value.as_array()?.iter().enumerate() {
                let at = self.trail.index(list.at, index);
                let node = self.follow(root, Node { value, at });
                let location = node.value.get("in")?.as_str()?;
                let name = node.value.get("name")?.as_str()?;
                let parameter = Parameter { location, name, node };
                all.insert(parameter.key(), parameter);
            }
        }
        Some(all.into_values().collect())
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
            self.schema_of(a, b, (old, new), spot);
            return;
        }
        let kind = |content: Option<Node<'a>>| content.and_then(|content| content.value.as_object()?.keys().next());
        let word = |content: Option<Node<'a>>| kind(content).map_or("text", String::as_str);
        let places = Sides::places(Some(old.at), Some(new.at));
        self.renamed(spot, changed, places, word(x), word(y));
        // What is written is compared, whichever way.
        let mut within = |content: Option<Node<'a>>| {
            let media = self.child(content?, kind(content)?)?;
            self.child(media, "schema")
        };
        let (x, y) = (within(x), within(y));
        self.schema_of(a.or(x), b.or(y), (old, new), spot);
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
        let (a, b) = match (x, y) {
            (Some(a), Some(b)) => (a, b),
            (None, None) => return,
            (Some(a), None) => {
                let rule = if a.has_flag("required") { Rule::RequiredBodyRemoved } else { Rule::OptionalBodyRemoved };
                self.change(spot, rule, Sides::of(x, None));
                return;
            }
            (None, Some(b)) => {
                let rule = if b.has_flag("required") { Rule::RequiredBodyAdded } else { Rule::OptionalBodyAdded };
                self.change(spot, rule, Sides::of(None, y));
                return;
            }
        };
        for (key, (x, y)) in self.objects("requestBody", a, b, spot) {
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
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for (media, (x, y)) in self.objects("content", a, b, spot) {
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
            if let Some((a, b)) = schemas.filter(|(a, b)| pairing::is_alike(*a, *b)) {
                let spot = self.inside(spot, Label::Within);
                self.later(a, b, spot);
            }
        }
    }

    fn media(&mut self, a: Node<'a>, b: Node<'a>, spot: Spot) {
        let spot = self.inside(spot, Label::Within);
        for (key, (x, y)) in self.objects("a media type", a, b, spot) {
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
