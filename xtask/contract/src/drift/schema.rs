//! Compares two schemas: decides how they are to be read side by side, then hands each keyword to its module.

use serde_json::Value;

use super::engine::{DEEPEST, Engine, Item, Sides, resolve};
use super::place::{Label, Node};
use super::rule::Rule;
use super::types::{is_retyped, limits};
use super::value::{both_same, is_documentation, same};
use super::view::{Keyword, Schemas, Slot, View};
use crate::schema::holds;
use crate::shape::keywords::expected;
use crate::stated;

/// Which parts of two schemas are compared together, because their keywords make sense only together.
#[expect(clippy::struct_excessive_bools, reason = "a set of marks, each set on its own")]
#[derive(Debug, Default)]
struct Groups {
    types: bool,
    object: bool,
    union: bool,
    clauses: bool,
    condition: bool,
}

impl<'a> Engine<'a> {
    /// Compares what is left to compare.
    pub(super) fn run(&mut self) {
        while let Some(item) = self.work.pop() {
            if !self.is_unchanged_leaf(item.old.value, item.new.value) {
                self.schema(item);
            }
        }
    }

    fn schema(&mut self, item: Item<'a>) {
        let Item { old, new, spot, bare } = item;
        if spot.depth > DEEPEST {
            if !same(old.value, new.value) {
                self.change(spot, Rule::TooDeepChanged, Sides::both(old, new));
            }
            return;
        }
        let mut left = View::new(old, &mut self.trail);
        let mut right = View::new(new, &mut self.trail);
        let schemas = Schemas { old: &left, new: &right, spot, bare };
        if self.in_one_piece(schemas) || self.enveloped(item, schemas) {
            return;
        }
        if let (Some(a), Some(b)) = (left.reference, right.reference) {
            self.keywords(schemas);
            let target = |root, name: &'a str, engine: &mut Self| {
                let at = engine.trail.start(name.trim_start_matches('#'));
                resolve(root, name).map(|value| Node { value, at })
            };
            let from = Sides::both(a.node, b.node);
            let a = (a.name, target(self.old, a.name, self));
            let b = (b.name, target(self.new, b.name, self));
            self.share(a, b, spot, from);
            return;
        }
        if self.wrap(schemas) {
            return;
        }
        let (was, is) = (left.reference, right.reference);
        if was.is_none() && is.is_none() {
            // Nothing to open.
            return self.keywords(schemas);
        }
        left.open(self.old, &mut self.trail);
        right.open(self.new, &mut self.trail);
        let opened = Schemas { old: &left, new: &right, spot, bare };
        match (was, is) {
            // That the type is another one says it all.
            _ if is_retyped(opened) => {}
            (Some(a), None) => {
                self.change(spot, Rule::SchemaInlined, Sides::gone(a.node, new.at));
            }
            (None, Some(b)) => {
                self.change(spot, Rule::SchemaNamed, Sides::come(old.at, b.node));
            }
            _ => {}
        }
        let schemas = Schemas { old: &left, new: &right, spot, bare };
        if !self.wrap(schemas) {
            self.keywords(schemas);
        }
    }

    /// Compares the keywords of two schemas.
    pub(super) fn keywords(&mut self, schemas: Schemas<'_, 'a>) {
        let Schemas { old, new, spot, bare } = schemas;
        let both = Sides::both(old.node, new.node);
        if old.never != new.never {
            let rule = if new.never { Rule::ValueForbidden } else { Rule::ValueAllowed };
            self.change(spot, rule, both);
            return;
        }
        if old.malformed || new.malformed {
            if !same(old.node.value, new.node.value) {
                self.named(spot, Rule::MalformedKeywordChanged, both, "a schema");
            }
            return;
        }
        let mut groups = Groups { types: old.nullable != new.nullable, ..Groups::default() };
        // Where no type is left, what was said of one is gone with it: that the type is another one says it all.
        let is_retyped = is_retyped(schemas);
        for key in schemas.keys().filter(|key| !(bare && is_around(key))) {
            if is_retyped && limits(key).is_some() {
                continue;
            }
            if !groups.mark(key) {
                self.keyword(schemas.get(key));
            }
        }
        if groups.types {
            self.types(schemas);
        }
        if groups.object {
            self.object(schemas);
        }
        if groups.union {
            self.unions(schemas);
        }
        if groups.clauses {
            self.all_of(schemas);
            self.forbidden(schemas);
        }
        if groups.condition {
            self.condition(schemas);
        }
    }

    /// Compares what stands around the type of two schemas that are spelled differently: nullability, defaults, words.
    pub(super) fn around(&mut self, schemas: Schemas<'_, 'a>) {
        if schemas.bare {
            return;
        }
        self.nullability(schemas);
        for key in schemas.keys().filter(|key| is_around(key)) {
            self.keyword(schemas.get(key));
        }
    }

    /// Compares one keyword that makes sense alone.
    fn keyword(&mut self, keyword: Keyword<'_, 'a>) {
        if stated::is_fact(keyword.key) {
            let (old, new) = self.nodes(keyword);
            return self.facts(keyword.key, old, new, keyword.of.spot);
        }
        if is_documentation(keyword.key) {
            let (old, new) = self.nodes(keyword);
            if keyword.of.spot.clause.is_none() {
                self.document(old, new);
            }
            return;
        }
        match keyword.key {
            "$ref" | "$defs" | "definitions" | "$schema" => {}
            "additionalProperties" | "unevaluatedProperties" => self.additional(keyword),
            "items" | "unevaluatedItems" => {
                self.optional(keyword, Label::Items, [Rule::ItemsSet, Rule::ItemsUnset]);
            }
            "contains" => self.optional(keyword, Label::Items, [Rule::ContainsSet, Rule::ContainsUnset]),
            "propertyNames" => {
                self.optional(keyword, Label::Names, [Rule::PropertyNamesSet, Rule::PropertyNamesUnset]);
            }
            "contentSchema" => {
                self.optional(keyword, Label::Content, [Rule::ContentSchemaSet, Rule::ContentSchemaUnset]);
            }
            "prefixItems" => self.prefix_items(keyword),
            "patternProperties" => {
                self.schemas_by_name(keyword, [Rule::PatternPropertyAdded, Rule::PatternPropertyRemoved]);
            }
            "dependentSchemas" => {
                self.schemas_by_name(keyword, [Rule::DependentSchemaAdded, Rule::DependentSchemaRemoved]);
            }
            "dependentRequired" => self.dependent_required(keyword),
            "discriminator" => self.discriminator(keyword),
            _ => self.limit(keyword),
        }
    }

    pub(super) fn nodes(&mut self, keyword: Keyword<'_, 'a>) -> (Option<Node<'a>>, Option<Node<'a>>) {
        let Keyword { old, new, .. } = keyword;
        (old.map(|slot| slot.enter(&mut self.trail)), new.map(|slot| slot.enter(&mut self.trail)))
    }

    /// Both sides of a keyword; a side without the keyword is placed at its schema.
    pub(super) fn sides(&mut self, keyword: Keyword<'_, 'a>) -> Sides<'a> {
        let (a, b) = self.nodes(keyword);
        Sides {
            old: Some(a.unwrap_or(keyword.of.old.node).at),
            new: Some(b.unwrap_or(keyword.of.new.node).at),
            before: a.map(|node| node.value),
            after: b.map(|node| node.value),
        }
    }

    /// A keyword that is not of the form it should have.
    pub(super) fn malformed(&mut self, keyword: Keyword<'_, 'a>) {
        let (a, b) = keyword.values();
        if !both_same(a, b) {
            let sides = self.sides(keyword);
            self.named(keyword.of.spot, Rule::MalformedKeywordChanged, sides, keyword.key);
        }
    }

    /// A keyword whose value is one schema; without it, or with one that admits everything, anything goes.
    fn optional(&mut self, keyword: Keyword<'_, 'a>, label: Label<'a>, [set, unset]: [Rule; 2]) {
        let spot = self.inside(keyword.of.spot, label);
        let says = |slot: Option<Slot<'a>>| slot.is_some_and(|slot| !admits_everything(slot.value));
        let rule = match (says(keyword.old), says(keyword.new)) {
            (true, false) => unset,
            (false, true) => set,
            _ => {
                if let (Some(a), Some(b)) = self.nodes(keyword) {
                    self.later(a, b, spot);
                }
                return;
            }
        };
        let sides = self.sides(keyword);
        self.change(spot, rule, sides);
    }
}

impl Groups {
    /// Notes the group of a keyword; `false` for one that stands alone.
    fn mark(&mut self, key: &str) -> bool {
        match key {
            "type" | "enum" | "const" | "nullable" => self.types = true,
            "properties" | "required" => self.object = true,
            "anyOf" | "oneOf" => {
                self.union = true;
                self.types = true;
            }
            "allOf" => {
                self.clauses = true;
                self.object = true;
            }
            "not" => self.clauses = true,
            "if" | "then" | "else" => self.condition = true,
            _ => return false,
        }
        true
    }
}

/// Keywords that say something about a place rather than about a type.
pub(super) fn is_around(key: &str) -> bool {
    matches!(key, "default" | "deprecated" | "readOnly" | "writeOnly" | "discriminator") || is_documentation(key)
}

/// Whether a keyword is one that JSON Schema, or OpenAPI, lets limit values.
fn says_something(key: &str) -> bool {
    let is_known = holds(key).is_some() || expected(key).is_some();
    let is_limit = is_known && !is_around(key) && !matches!(key, "$defs" | "definitions");
    is_limit || matches!(key, "const" | "dependentRequired" | "enum" | "nullable" | "required")
}

/// Whether a schema says nothing about its values.
pub(super) fn admits_everything(schema: &Value) -> bool {
    match schema {
        Value::Bool(allowed) => *allowed,
        Value::Object(map) => !map.keys().any(|key| says_something(key)),
        _ => false,
    }
}
