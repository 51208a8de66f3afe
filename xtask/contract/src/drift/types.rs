//! Types, nullability and the values a schema names: `type`, `enum`, `const`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::engine::{Engine, Sides};
use super::place::Node;
use super::rule::Rule;
use super::value::{fingerprint, same};
use super::view::{Schemas, View, is_null};

const NAMES: [&str; 6] = ["string", "integer", "number", "boolean", "object", "array"];
const INTEGER: u8 = 1 << 1;
const NUMBER: u8 = 1 << 2;

/// The types of a schema, `null` apart: a number takes integers too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Types {
    mask: u8,
    null: bool,
}

impl Types {
    /// The types that a `type` keyword lists; `None` when it is not of the form it should have.
    fn read(value: &Value) -> Option<Self> {
        let one = |word: &Value| {
            let word = word.as_str()?;
            if word == "null" {
                return Some(Self { mask: 0, null: true });
            }
            let bit = NAMES.iter().position(|name| *name == word)?;
            let mask = 1 << bit;
            Some(Self { mask: if mask == NUMBER { NUMBER | INTEGER } else { mask }, null: false })
        };
        match value {
            Value::Array(words) => words.iter().try_fold(Self { mask: 0, null: false }, |sum, word| {
                let one = one(word)?;
                Some(Self { mask: sum.mask | one.mask, null: sum.null | one.null })
            }),
            word => one(word),
        }
    }
}

impl<'a> Engine<'a> {
    /// Compares types, nullability and named values.
    pub(super) fn types(&mut self, schemas: Schemas<'_, 'a>) {
        let keyword = schemas.get("type");
        let (a, b) = keyword.values();
        let (left, right) = (a.map(Types::read), b.map(Types::read));
        if left == Some(None) || right == Some(None) {
            self.malformed(keyword);
        }
        let (left, right) = (left.flatten(), right.flatten());
        let rule = match masks(schemas, left.map(|types| types.mask), right.map(|types| types.mask)) {
            (Some(x), Some(y)) if x == y => None,
            (Some(x), Some(y)) if x | y == y => Some(Rule::TypeGeneralized),
            (Some(x), Some(y)) if x | y == x => Some(Rule::TypeSpecialized),
            (Some(_), Some(_)) => Some(Rule::TypeChanged),
            (Some(_), None) if b.is_none() => Some(Rule::TypeGeneralized),
            (None, Some(_)) if a.is_none() => Some(Rule::TypeSpecialized),
            _ => None,
        };
        if let Some(rule) = rule {
            let sides = self.sides(keyword);
            if let Some(found) = self.change(schemas.spot, rule, sides) {
                found.before.get_or_insert_with(|| "any".into());
                found.after.get_or_insert_with(|| "any".into());
            }
        }
        if !schemas.bare {
            self.nullability(schemas);
        }
        self.words(schemas);
    }

    /// Compares whether two schemas admit `null`, as far as both say anything about their types.
    pub(super) fn nullability(&mut self, schemas: Schemas<'_, 'a>) {
        if let (Some(before), Some(after)) = (nullable(schemas.old), nullable(schemas.new))
            && before != after
        {
            let rule = if after { Rule::BecameNullable } else { Rule::BecameNotNullable };
            let sides = self.sides(schemas.get("type"));
            self.change(schemas.spot, rule, Sides::places(sides.old, sides.new));
        }
    }

    /// Compares the sets of values that schemas name.
    fn words(&mut self, schemas: Schemas<'_, 'a>) {
        let spot = schemas.spot;
        let keyword = schemas.get("enum");
        if [keyword.old, keyword.new].into_iter().flatten().any(|slot| !slot.value.is_array()) {
            return self.malformed(keyword);
        }
        match (Words::read(schemas.old), Words::read(schemas.new)) {
            (None, None) => {}
            (None, Some(words)) => {
                let rule = if words.constant { Rule::ConstSet } else { Rule::EnumSet };
                let sides = self.sides(schemas.get(words.key()));
                self.change(spot, rule, sides);
            }
            (Some(words), None) => {
                let rule = if words.constant { Rule::ConstUnset } else { Rule::EnumUnset };
                let sides = self.sides(schemas.get(words.key()));
                self.change(spot, rule, sides);
            }
            (Some(x), Some(y)) => {
                let places = self.sides(schemas.between(x.key(), y.key()));
                let (mut gone, mut come) = (x.without(&y), y.without(&x));
                if x.mask() & y.mask() == 0 {
                    // That the type is another one says it of all words.
                    gone.retain(|word| !y.all().any(|other| same_text(word, other)));
                    come.retain(|word| !x.all().any(|other| same_text(word, other)));
                }
                if let ([before], [after], 1, 1) = (&*gone, &*come, x.all().count(), y.all().count()) {
                    let sides = Sides { before: Some(before), after: Some(after), ..places };
                    self.change(spot, Rule::ConstChanged, sides);
                    return;
                }
                for value in gone {
                    self.change(spot, Rule::EnumValueRemoved, Sides { before: Some(value), after: None, ..places });
                }
                for value in come {
                    self.change(spot, Rule::EnumValueAdded, Sides { before: None, after: Some(value), ..places });
                }
            }
        }
    }
}

/// Whether two schemas have types, and none in common.
pub(super) fn is_retyped(schemas: Schemas<'_, '_>) -> bool {
    let (a, b) = schemas.get("type").values();
    let mask = |types: Option<&Value>| types.and_then(Types::read).map(|types| types.mask);
    matches!(masks(schemas, mask(a), mask(b)), (Some(a), Some(b)) if a & b == 0 && a != 0 && b != 0)
}

/// The types of both sides, as narrow as their words leave them: beside words, a type says nothing of its own.
fn masks(schemas: Schemas<'_, '_>, old: Option<u8>, new: Option<u8>) -> (Option<u8>, Option<u8>) {
    let words = (Words::read(schemas.old), Words::read(schemas.new));
    if old.is_none() && new.is_none() {
        return (None, None);
    }
    let narrow = |types: Option<u8>, words: Option<&Words<'_>>, is_compared: bool| match (types, words) {
        (Some(types), Some(words)) if is_compared && types & words.mask() != 0 => Some(types & words.mask()),
        (None, Some(words)) if is_compared => Some(words.mask()).filter(|mask| *mask != 0),
        (types, _) => types,
    };
    let (a, b) = (words.0.as_ref(), words.1.as_ref());
    let both = a.is_some() && b.is_some();
    (narrow(old, a, both || old.is_none()), narrow(new, b, both || new.is_none()))
}

/// The values that a schema names, `null` apart, each once. A fingerprint finds them: of lists and objects, several may
/// share one.
struct Words<'a> {
    values: BTreeMap<u64, Vec<&'a Value>>,
    constant: bool,
}

impl<'a> Words<'a> {
    fn read(view: &View<'a>) -> Option<Self> {
        if let Some(slot) = view.get("const") {
            return Some(Self {
                values: BTreeMap::from([(fingerprint(slot.value), vec![slot.value])]),
                constant: true,
            });
        }
        let mut words = Self { values: BTreeMap::new(), constant: false };
        for word in view.get("enum")?.value.as_array()?.iter().filter(|word| !word.is_null()) {
            let alike = words.values.entry(fingerprint(word)).or_default();
            if !alike.iter().any(|one| same(one, word)) {
                alike.push(word);
            }
        }
        Some(words)
    }

    fn all(&self) -> impl Iterator<Item = &'a Value> {
        self.values.values().flatten().copied()
    }

    /// The values that the other does not name.
    fn without(&self, other: &Self) -> Vec<&'a Value> {
        let names = |word: &Value| {
            other.values.get(&fingerprint(word)).is_some_and(|alike| alike.iter().any(|one| same(one, word)))
        };
        self.all().filter(|word| !names(word)).collect()
    }

    /// The types of the values.
    fn mask(&self) -> u8 {
        let bit = |value: &Value| match value {
            Value::Null => 0,
            Value::Bool(_) => 1 << 3,
            Value::Number(number) if is_whole(number) => INTEGER,
            Value::Number(_) => NUMBER,
            Value::String(_) => 1,
            Value::Array(_) => 1 << 5,
            Value::Object(_) => 1 << 4,
        };
        self.all().fold(0, |mask, value| mask | bit(value))
    }

    fn key(&self) -> &'static str {
        if self.constant { "const" } else { "enum" }
    }
}

/// Whether two values are written alike but for their type: `6` and `"6"`.
pub(super) fn same_text(a: &Value, b: &Value) -> bool {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    text(a).is_some_and(|a| text(b) == Some(a))
}

fn is_whole(number: &serde_json::Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// Whether a schema admits `null`; `None` when it says nothing about its type.
fn nullable(view: &View<'_>) -> Option<bool> {
    let types = view.get("type").and_then(|slot| Types::read(slot.value));
    let unions = view.unions();
    let words = view.get("enum").and_then(|slot| slot.value.as_array());
    let constant = view.get("const").map(|slot| slot.value);
    let says =
        types.is_some() || view.reference.is_some() || !unions.is_empty() || words.is_some() || constant.is_some();
    let flag = view.get("nullable").is_some_and(|slot| slot.value == &Value::Bool(true));
    let named = words.is_some_and(|words| words.iter().any(Value::is_null)) || constant.is_some_and(Value::is_null);
    let listed = types.map_or(named, |types| types.null);
    says.then_some(view.nullable || flag || listed || unions.iter().any(|union| union.nullable))
}

/// The kind of a schema for pairing alternatives: its types, or the kind of what it names.
pub(super) fn kind(node: Node<'_>) -> Option<u8> {
    kind_of(node.value)
}

/// The types of a schema, `null` apart.
pub(super) fn kind_of(schema: &Value) -> Option<u8> {
    let map = schema.as_object()?;
    if is_null(schema) {
        return None;
    }
    map.get("type").and_then(Types::read).map(|types| types.mask)
}

/// The types that a keyword limits, where it leaves all others alone.
pub(super) fn limits(key: &str) -> Option<u8> {
    let name = match key {
        "maxLength" | "minLength" | "pattern" | "format" | "contentMediaType" | "contentEncoding" => "string",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => "number",
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties" => "object",
        "items" | "prefixItems" | "contains" | "minItems" | "maxItems" | "uniqueItems" => "array",
        _ => return None,
    };
    Types::read(&name.into()).map(|types| types.mask)
}
