//! Keywords that make sense alone: limits, formats, patterns, defaults, flags, and what nobody knows.

use std::cmp::Ordering;

use serde_json::Value;

use super::engine::Engine;
use super::rule::Rule;
use super::types::same_text;
use super::value::same;
use super::view::{Keyword, Schemas, Slot, View};
use crate::canonical::{LIMITS, compare_numbers, keeps};

/// The rules of a limit: it appears, disappears, gets smaller, gets larger.
type Limit = [Rule; 4];

/// The limits by keyword; the number says what value means the same as no limit.
fn limit_of(key: &str) -> Option<(Limit, Option<u64>)> {
    use Rule as R;
    Some(match key {
        "maxLength" => ([R::MaxLengthSet, R::MaxLengthUnset, R::MaxLengthDecreased, R::MaxLengthIncreased], None),
        "minLength" => ([R::MinLengthSet, R::MinLengthUnset, R::MinLengthDecreased, R::MinLengthIncreased], Some(0)),
        "maxItems" => ([R::MaxItemsSet, R::MaxItemsUnset, R::MaxItemsDecreased, R::MaxItemsIncreased], None),
        "minItems" => ([R::MinItemsSet, R::MinItemsUnset, R::MinItemsDecreased, R::MinItemsIncreased], Some(0)),
        "maxProperties" => {
            ([R::MaxPropertiesSet, R::MaxPropertiesUnset, R::MaxPropertiesDecreased, R::MaxPropertiesIncreased], None)
        }
        "minProperties" => (
            [R::MinPropertiesSet, R::MinPropertiesUnset, R::MinPropertiesDecreased, R::MinPropertiesIncreased],
            Some(0),
        ),
        "maximum" => ([R::MaximumSet, R::MaximumUnset, R::MaximumDecreased, R::MaximumIncreased], None),
        "minimum" => ([R::MinimumSet, R::MinimumUnset, R::MinimumDecreased, R::MinimumIncreased], None),
        "exclusiveMaximum" => (
            [
                R::ExclusiveMaximumSet,
                R::ExclusiveMaximumUnset,
                R::ExclusiveMaximumDecreased,
                R::ExclusiveMaximumIncreased,
            ],
            None,
        ),
        "exclusiveMinimum" => (
            [
                R::ExclusiveMinimumSet,
                R::ExclusiveMinimumUnset,
                R::ExclusiveMinimumDecreased,
                R::ExclusiveMinimumIncreased,
            ],
            None,
        ),
        "maxContains" => {
            ([R::MaxContainsSet, R::MaxContainsUnset, R::MaxContainsDecreased, R::MaxContainsIncreased], None)
        }
        "minContains" => {
            ([R::MinContainsSet, R::MinContainsUnset, R::MinContainsDecreased, R::MinContainsIncreased], Some(1))
        }
        _ => return None,
    })
}

/// The rules of a text: it appears, disappears, changes.
fn text_of(key: &str) -> Option<[Rule; 3]> {
    use Rule as R;
    Some(match key {
        "format" => [R::FormatSet, R::FormatUnset, R::FormatChanged],
        "pattern" => [R::PatternSet, R::PatternUnset, R::PatternChanged],
        "contentMediaType" => [R::ContentMediaTypeSet, R::ContentMediaTypeUnset, R::ContentMediaTypeChanged],
        "contentEncoding" => [R::ContentEncodingSet, R::ContentEncodingUnset, R::ContentEncodingChanged],
        _ => return None,
    })
}

/// The rules of a flag that is off where it is missing: it goes on, it goes off.
fn flag_of(key: &str) -> Option<[Rule; 2]> {
    use Rule as R;
    Some(match key {
        "uniqueItems" => [R::UniqueItemsSet, R::UniqueItemsUnset],
        "readOnly" => [R::ReadOnlySet, R::ReadOnlyUnset],
        "writeOnly" => [R::WriteOnlySet, R::WriteOnlyUnset],
        "deprecated" => [R::PropertyDeprecated, R::PropertyUndeprecated],
        _ => return None,
    })
}

impl<'a> Engine<'a> {
    /// Compares a keyword that has no schemas in it.
    pub(super) fn limit(&mut self, keyword: Keyword<'_, 'a>) {
        let key = keyword.key;
        if let Some(twin) = twin_of(key).map(|twin| keyword.of.get(twin)) {
            match (keyword.old, keyword.new, twin.old, twin.new) {
                (None, Some(new), Some(old), None) => return self.bound(old, new, keyword.of),
                // It is told where the other keyword comes by.
                (Some(_), None, None, Some(_)) => return,
                _ => {}
            }
        }
        let (a, b) = keyword.values();
        let rule = if let Some((rules, nothing)) = limit_of(key) {
            limit_rule(rules, nothing, a, b)
        } else if let Some(rules) = text_of(key) {
            text_rule(key, rules, a, b)
        } else if let Some(rules) = flag_of(key) {
            flag_rule(rules, a, b)
        } else {
            match key {
                "multipleOf" => multiple_rule(a, b),
                "default" => {
                    let types = keyword.of.get("type").values();
                    // That the type is another one says it of the default too.
                    let equal = |a: &Value, b: &Value| same(a, b) || (types.0 != types.1 && same_text(a, b));
                    Ok(presence([Rule::DefaultSet, Rule::DefaultUnset, Rule::DefaultChanged], a, b, equal))
                }
                _ => {
                    use Rule::{UnknownKeywordAdded, UnknownKeywordChanged, UnknownKeywordRemoved};
                    let rules = [UnknownKeywordAdded, UnknownKeywordRemoved, UnknownKeywordChanged];
                    Ok(presence(rules, a, b, same))
                }
            }
        };
        let is_moot = match (keyword.old, keyword.new) {
            (None, Some(limit)) => keeps_to(keyword.of.old, keyword.of.new, key, limit.value),
            (Some(limit), None) => keeps_to(keyword.of.new, keyword.of.old, key, limit.value),
            _ => false,
        };
        match rule {
            Ok(None) => {}
            // That the words came or went says it all.
            Ok(Some(_)) if is_moot => {}
            Ok(Some(rule)) => {
                let sides = self.sides(keyword);
                self.named(keyword.of.spot, rule, sides, key);
            }
            Err(Malformed) => self.malformed(keyword),
        }
    }

    /// Compares a bound that is inclusive on one side and exclusive on the other.
    fn bound(&mut self, old: Slot<'a>, new: Slot<'a>, schemas: Schemas<'_, 'a>) {
        let keyword = schemas.between(old.key, new.key);
        let is_upper = new.key.ends_with("aximum");
        let is_whole = |view: &View<'a>| view.get("type").is_some_and(|slot| only_integers(slot.value));
        let (Some(a), Some(b)) = (old.value.as_f64(), new.value.as_f64()) else {
            return self.malformed(keyword);
        };
        let is_exclusive = |slot: Slot<'a>| slot.key.starts_with("exclusive");
        let step = if is_whole(schemas.old) && is_whole(schemas.new) && a.fract() == 0.0 && b.fract() == 0.0 {
            1.0
        } else {
            0.0
        };
        // How far values may go; of whole numbers, an exclusive bound is the inclusive one beside it.
        let reach = |slot: Slot<'a>, bound: f64| {
            let bound = if is_upper { bound } else { -bound };
            if is_exclusive(slot) { bound - step } else { bound }
        };
        let strictness = if step > 0.0 { Ordering::Equal } else { is_exclusive(old).cmp(&is_exclusive(new)) };
        let farther = reach(new, b).partial_cmp(&reach(old, a)).map(|order| order.then(strictness));
        let rule = match (farther, is_upper) {
            (Some(Ordering::Less), true) => Rule::MaximumDecreased,
            (Some(Ordering::Greater), true) => Rule::MaximumIncreased,
            (Some(Ordering::Less), false) => Rule::MinimumIncreased,
            (Some(Ordering::Greater), false) => Rule::MinimumDecreased,
            _ => return,
        };
        let sides = self.sides(keyword);
        let sign = if is_upper { '<' } else { '>' };
        let written = |slot: Slot<'a>| {
            if is_exclusive(slot) { Value::from(format!("{sign}{}", slot.value)) } else { slot.value.clone() }
        };
        if let Some(found) = self.change(schemas.spot, rule, sides) {
            found.before = Some(written(old));
            found.after = Some(written(new));
        }
    }
}

/// The keyword that sets the same bound the other way.
fn twin_of(key: &str) -> Option<&'static str> {
    Some(match key {
        "maximum" => "exclusiveMaximum",
        "exclusiveMaximum" => "maximum",
        "minimum" => "exclusiveMinimum",
        "exclusiveMinimum" => "minimum",
        _ => return None,
    })
}

fn only_integers(types: &Value) -> bool {
    match types {
        Value::Array(types) => types.iter().all(|one| one == "integer" || one == "null"),
        one => one == "integer",
    }
}

/// Whether a schema names words where the other names none, and they all keep to a limit of that one.
fn keeps_to(view: &View<'_>, other: &View<'_>, key: &str, limit: &Value) -> bool {
    let named = |view: &View<'_>| view.get("enum").or(view.get("const")).is_some();
    let Some(limit) = limit.as_number().filter(|_| named(view) && !named(other) && LIMITS.contains(&key)) else {
        return false;
    };
    let words = view.get("enum").and_then(|slot| slot.value.as_array());
    let constant = view.get("const").map(|slot| slot.value);
    words.into_iter().flatten().chain(constant).all(|word| keeps(word, key, limit))
}

/// A keyword's value is not of the form it should have.
struct Malformed;

type Found = Result<Option<Rule>, Malformed>;

/// The rule of something that appears, disappears or changes.
pub(super) fn presence(
    [set, unset, changed]: [Rule; 3],
    old: Option<&Value>,
    new: Option<&Value>,
    equal: impl Fn(&Value, &Value) -> bool,
) -> Option<Rule> {
    match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some(set),
        (Some(_), None) => Some(unset),
        (Some(old), Some(new)) => (!equal(old, new)).then_some(changed),
    }
}

fn limit_rule(
    [set, unset, less, more]: Limit,
    nothing: Option<u64>,
    old: Option<&Value>,
    new: Option<&Value>,
) -> Found {
    let number = |value: Option<&Value>| match value {
        None => Ok(None),
        Some(Value::Number(number)) => {
            Ok(Some(number.clone()).filter(|number| nothing.is_none() || number.as_u64() != nothing))
        }
        Some(_) => Err(Malformed),
    };
    Ok(match (number(old)?, number(new)?) {
        (None, None) => None,
        (None, Some(_)) => Some(set),
        (Some(_), None) => Some(unset),
        (Some(old), Some(new)) => match compare_numbers(&new, &old) {
            Ordering::Less => Some(less),
            Ordering::Equal => None,
            Ordering::Greater => Some(more),
        },
    })
}

fn text_rule(key: &str, rules: [Rule; 3], old: Option<&Value>, new: Option<&Value>) -> Found {
    if [old, new].into_iter().flatten().any(|value| !value.is_string()) {
        return Err(Malformed);
    }
    let rule = presence(rules, old, new, |old, new| old == new);
    let widths = match (key, old.and_then(Value::as_str), new.and_then(Value::as_str)) {
        ("format", Some(old), Some(new)) => width(old).zip(width(new)),
        _ => None,
    };
    Ok(match widths {
        Some(((family, old), (other, new))) if family == other && old < new => Some(Rule::FormatGeneralized),
        Some(((family, old), (other, new))) if family == other && old > new => Some(Rule::FormatSpecialized),
        _ => rule,
    })
}

/// The formats of numbers that contain each other.
fn width(format: &str) -> Option<(char, u8)> {
    Some(match format {
        "int8" => ('i', 8),
        "int16" => ('i', 16),
        "int32" => ('i', 32),
        "int64" => ('i', 64),
        "uint8" => ('u', 8),
        "uint16" => ('u', 16),
        "uint32" => ('u', 32),
        "uint64" => ('u', 64),
        "float" => ('f', 32),
        "double" => ('f', 64),
        _ => return None,
    })
}

fn flag_rule([set, unset]: [Rule; 2], old: Option<&Value>, new: Option<&Value>) -> Found {
    let flag = |value: Option<&Value>| value.map_or(Ok(false), |value| value.as_bool().ok_or(Malformed));
    Ok(match (flag(old)?, flag(new)?) {
        (false, true) => Some(set),
        (true, false) => Some(unset),
        _ => None,
    })
}

fn multiple_rule(old: Option<&Value>, new: Option<&Value>) -> Found {
    let number = |value: Option<&Value>| match value {
        None => Ok(None),
        Some(value) => value.as_f64().filter(|number| *number > 0.0 && number.is_finite()).map(Some).ok_or(Malformed),
    };
    let multiple = |big: f64, small: f64| {
        let times = (big / small).round();
        times >= 1.0 && (times * small - big).abs() <= big * 1e-12
    };
    Ok(match (number(old)?, number(new)?) {
        (None, None) => None,
        (None, Some(_)) => Some(Rule::MultipleOfSet),
        (Some(_), None) => Some(Rule::MultipleOfUnset),
        (Some(old), Some(new)) if multiple(new, old) && multiple(old, new) => None,
        (Some(old), Some(new)) if multiple(new, old) => Some(Rule::MultipleOfTightened),
        (Some(old), Some(new)) if multiple(old, new) => Some(Rule::MultipleOfLoosened),
        _ => Some(Rule::MultipleOfChanged),
    })
}
