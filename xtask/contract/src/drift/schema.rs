//! Compares two schemas: decides how they are to be read side by side, then hands each keyword to its module.

use serde_json::Value;

use super::engine::{DEEPEST, Engine, Item, Sides, Spot};
use super::place::{Label, Node};
use super::rule::Rule;
use super::value::{is_documentation, same};
use super::view::{Slot, View};

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
        if self.flat(&left, &right, spot, bare) {
            return;
        }
        if let (Some(a), Some(b)) = (left.reference, right.reference) {
            self.keywords(&left, &right, spot, bare);
            let target = |root, name: &'a str, engine: &mut Self| {
                let at = engine.trail.start(name.trim_start_matches('#'));
                super::engine::resolve(root, name).map(|value| Node { value, at })
            };
            let from = Sides::both(a.node, b.node);
            let a = (a.name, target(self.old, a.name, self));
            let b = (b.name, target(self.new, b.name, self));
            self.share(a, b, spot, from);
            return;
        }
        if self.wrap(&left, &right, spot, bare) {
            return;
        }
        match (left.reference, right.reference) {
            (Some(reference), None) => {
                self.change(
                    spot,
                    Rule::SchemaInlined,
                    Sides {
                        old: Some(reference.node.at),
                        new: Some(new.at),
                        before: Some(reference.node.value),
                        after: None,
                    },
                );
            }
            (None, Some(reference)) => {
                self.change(
                    spot,
                    Rule::SchemaNamed,
                    Sides {
                        old: Some(old.at),
                        new: Some(reference.node.at),
                        before: None,
                        after: Some(reference.node.value),
                    },
                );
            }
            _ => {}
        }
        let opened = left.reference.is_some() || right.reference.is_some();
        left.open(self.old, &mut self.trail);
        right.open(self.new, &mut self.trail);
        if !(opened && self.wrap(&left, &right, spot, bare)) {
            self.keywords(&left, &right, spot, bare);
        }
    }

    /// Compares the keywords of two schemas. A bare comparison leaves out what stands around a type.
    pub(super) fn keywords(&mut self, old: &View<'a>, new: &View<'a>, spot: Spot, bare: bool) {
        match (old.never, new.never) {
            (false, true) => return self.forbid(old, new, spot, Rule::ValueForbidden),
            (true, false) => return self.forbid(old, new, spot, Rule::ValueAllowed),
            _ => {}
        }
        if old.malformed || new.malformed {
            if !same(old.node.value, new.node.value) {
                self.named(spot, Rule::MalformedKeywordChanged, Sides::both(old.node, new.node), "a schema");
            }
            return;
        }
        let mut groups = Groups { types: old.nullable != new.nullable, ..Groups::default() };
        for (view, other, is_new) in [(old, new, false), (new, old, true)] {
            for (index, layer) in view.layers.iter().enumerate() {
                for (key, value) in layer.map {
                    let hidden = layer.skip == Some(key.as_str())
                        || view
                            .layers
                            .get(..index)
                            .is_some_and(|above| above.iter().any(|layer| layer.map.contains_key(key)));
                    if hidden || (bare && is_around(key)) {
                        continue;
                    }
                    let here = Slot { parent: layer.at, key, value };
                    let there = other.get(key);
                    if is_new && there.is_some() {
                        groups.mark(key);
                        continue;
                    }
                    let (a, b) = if is_new { (there, Some(here)) } else { (Some(here), there) };
                    if !groups.mark(key) {
                        self.keyword(key, a, b, (old, new), spot);
                    }
                }
            }
        }
        if groups.types {
            self.types(old, new, spot, bare);
        }
        if groups.object {
            self.object(old, new, spot);
        }
        if groups.union {
            self.unions(old, new, spot);
        }
        if groups.clauses {
            self.all_of(old, new, spot);
            self.forbidden(old, new, spot);
        }
        if groups.condition {
            self.condition(old, new, spot);
        }
    }

    /// Compares what stands around the type of two schemas that are spelled differently: nullability, defaults, words.
    pub(super) fn around(&mut self, old: &View<'a>, new: &View<'a>, spot: Spot, bare: bool) {
        if bare {
            return;
        }
        self.nullability(old, new, spot);
        for (view, other, is_new) in [(old, new, false), (new, old, true)] {
            for layer in &view.layers {
                for (key, value) in layer.map.iter().filter(|(key, _)| is_around(key)) {
                    let here = Some(Slot { parent: layer.at, key, value });
                    let there = other.get(key);
                    match is_new {
                        false => self.keyword(key, here, there, (old, new), spot),
                        true if there.is_none() => self.keyword(key, there, here, (old, new), spot),
                        true => {}
                    }
                }
            }
        }
    }

    fn forbid(&mut self, old: &View<'a>, new: &View<'a>, spot: Spot, rule: Rule) {
        self.change(spot, rule, Sides::both(old.node, new.node));
    }

    /// Compares one keyword that makes sense alone.
    fn keyword(
        &mut self,
        key: &'a str,
        old: Option<Slot<'a>>,
        new: Option<Slot<'a>>,
        views: (&View<'a>, &View<'a>),
        spot: Spot,
    ) {
        if is_documentation(key) {
            let (old, new) = (self.enter(old), self.enter(new));
            if spot.clause.is_none() {
                self.document(old, new);
            }
            return;
        }
        match key {
            "$ref" | "$defs" | "definitions" | "$schema" => {}
            "additionalProperties" | "unevaluatedProperties" => self.additional(key, old, new, views, spot),
            "items" | "unevaluatedItems" => {
                self.optional(old, new, views, spot, Label::Items, [Rule::ItemsSet, Rule::ItemsUnset]);
            }
            "contains" => {
                self.optional(old, new, views, spot, Label::Items, [Rule::ContainsSet, Rule::ContainsUnset]);
            }
            "propertyNames" => {
                let rules = [Rule::PropertyNamesSet, Rule::PropertyNamesUnset];
                self.optional(old, new, views, spot, Label::Names, rules);
            }
            "contentSchema" => {
                let rules = [Rule::ContentSchemaSet, Rule::ContentSchemaUnset];
                self.optional(old, new, views, spot, Label::Content, rules);
            }
            "prefixItems" => self.prefix_items(old, new, spot),
            "patternProperties" => {
                let rules = [Rule::PatternPropertyAdded, Rule::PatternPropertyRemoved];
                self.schemas_by_name(key, old, new, views, spot, rules);
            }
            "dependentSchemas" => {
                let rules = [Rule::DependentSchemaAdded, Rule::DependentSchemaRemoved];
                self.schemas_by_name(key, old, new, views, spot, rules);
            }
            "dependentRequired" => self.dependent_required(old, new, views, spot),
            "discriminator" => self.discriminator(old, new, views, spot),
            _ => self.limit(key, old, new, views, spot),
        }
    }

    pub(super) fn enter(&mut self, slot: Option<Slot<'a>>) -> Option<Node<'a>> {
        slot.map(|slot| slot.enter(&mut self.trail))
    }

    /// Both sides of a keyword; a side without the keyword is placed at its schema.
    pub(super) fn sides(
        &mut self,
        old: Option<Slot<'a>>,
        new: Option<Slot<'a>>,
        views: (&View<'a>, &View<'a>),
    ) -> Sides<'a> {
        let (a, b) = (self.enter(old), self.enter(new));
        Sides {
            old: Some(a.map_or(views.0.node.at, |node| node.at)),
            new: Some(b.map_or(views.1.node.at, |node| node.at)),
            before: a.map(|node| node.value),
            after: b.map(|node| node.value),
        }
    }

    /// A keyword that is not of the form it should have.
    pub(super) fn malformed(
        &mut self,
        key: &str,
        old: Option<Slot<'a>>,
        new: Option<Slot<'a>>,
        views: (&View<'a>, &View<'a>),
        spot: Spot,
    ) {
        let equal = match (old, new) {
            (Some(old), Some(new)) => same(old.value, new.value),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !equal {
            let sides = self.sides(old, new, views);
            self.named(spot, Rule::MalformedKeywordChanged, sides, key);
        }
    }

    /// A keyword whose value is one schema; without it, or with one that admits everything, anything goes.
    fn optional(
        &mut self,
        old: Option<Slot<'a>>,
        new: Option<Slot<'a>>,
        views: (&View<'a>, &View<'a>),
        spot: Spot,
        label: Label<'a>,
        [set, unset]: [Rule; 2],
    ) {
        let spot = self.inside(spot, label);
        let says = |slot: Option<Slot<'a>>| slot.is_some_and(|slot| !admits_everything(slot.value));
        let rule = match (says(old), says(new)) {
            (true, false) => unset,
            (false, true) => set,
            _ => {
                if let (Some(a), Some(b)) = (self.enter(old), self.enter(new)) {
                    self.later(a, b, spot);
                }
                return;
            }
        };
        let sides = self.sides(old, new, views);
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
            "allOf" | "not" => self.clauses = true,
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
    matches!(
        key,
        "$ref"
            | "additionalProperties"
            | "allOf"
            | "anyOf"
            | "const"
            | "contains"
            | "contentEncoding"
            | "contentMediaType"
            | "contentSchema"
            | "dependentRequired"
            | "dependentSchemas"
            | "else"
            | "enum"
            | "exclusiveMaximum"
            | "exclusiveMinimum"
            | "format"
            | "if"
            | "items"
            | "maxContains"
            | "maxItems"
            | "maxLength"
            | "maxProperties"
            | "maximum"
            | "minContains"
            | "minItems"
            | "minLength"
            | "minProperties"
            | "minimum"
            | "multipleOf"
            | "not"
            | "nullable"
            | "oneOf"
            | "pattern"
            | "patternProperties"
            | "prefixItems"
            | "properties"
            | "propertyNames"
            | "required"
            | "then"
            | "type"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "uniqueItems"
    )
}

/// Whether a schema says nothing about its values.
pub(super) fn admits_everything(schema: &Value) -> bool {
    match schema {
        Value::Bool(allowed) => *allowed,
        Value::Object(map) => !map.keys().any(|key| says_something(key)),
        _ => false,
    }
}
