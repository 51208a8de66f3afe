//! What a schema says across its properties, in one spelling: a `not` of the combinations that it forbids.
//!
//! "1080P only with six seconds" can be a `not`, an `if` with a `then`, or alternatives of which one has to hold. Where the
//! values of the properties are named, what is forbidden is counted out, and written as a `not` wherever it stood as
//! something else. A clause that says more than that, or that forbids to leave something out, stays as it is.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::order::{compare, text};
use super::types::kind;
use super::unions::is_annotation;
use crate::{pointer, schema};

/// How many properties a clause may speak of, and how many combinations of their values are counted out.
const MOST: (usize, usize) = (4, 512);
/// How deep a clause is followed.
const DEEPEST: u8 = 12;

/// How many schemas are looked at for the clauses of one: unions of unions that lead back to themselves have no end.
const STEPS: u32 = 20_000;

/// A document whose clauses are read, as far as is worth it.
struct Reader<'v> {
    root: &'v Value,
    steps: Cell<u32>,
}

impl<'v> Reader<'v> {
    fn step(&self) -> Option<()> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        Some(())
    }

    fn target(&self, map: &Map<String, Value>) -> Option<&'v Value> {
        let component = schema::component_of_ref(map.get("$ref")?.as_str()?)?;
        self.root.get("components")?.get("schemas")?.get(component)
    }
}

/// What stands in a property's place.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Held<'a> {
    Nothing,
    /// A value that nobody names.
    Any,
    Is(&'a Value),
}

/// What each property holds that the clauses speak of.
type Places<'a> = BTreeMap<&'a str, Held<'a>>;

/// Whether a schema says anything across its properties in another way than by a plain `not`.
pub(super) fn is_candidate(schema: &Value) -> bool {
    let Some(map) = schema.as_object().filter(|map| map.get("properties").is_some_and(Value::is_object)) else {
        return false;
    };
    !["discriminator", "unevaluatedProperties", "$ref"].into_iter().any(|key| map.contains_key(key))
        && (["if", "anyOf", "oneOf", "dependentSchemas"].into_iter().any(|key| map.contains_key(key))
            || map.get("not").is_some_and(|not| !is_plain_not(not))
            || map
                .get("allOf")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .any(|part| is_clause(part) && !is_plain(part)))
}

/// Rewrites the clauses of the schemas at these pointers.
pub(super) fn rewrite(document: &mut Value, candidates: &[String]) {
    for at in candidates {
        let Some(map) = pointer::get(document, at).and_then(Value::as_object) else { continue };
        if let Some(schema) = rewritten(document, map)
            && let Some(place) = pointer::get_mut(document, at)
        {
            *place = Value::Object(schema);
        }
    }
}

/// The clauses of a schema: the keyword, with the position in a list, and what has to hold.
fn clauses(map: &Map<String, Value>) -> Vec<((&'static str, Option<usize>), Value)> {
    let part = |keys: &[&str]| -> Value {
        let parts = keys.iter().filter_map(|key| Some(((*key).to_owned(), map.get(*key)?.clone())));
        Value::Object(parts.collect())
    };
    let mut found = Vec::new();
    if map.contains_key("if") {
        found.push((("if", None), part(&["if", "then", "else"])));
    }
    for key in ["not", "anyOf", "oneOf", "dependentSchemas"] {
        if map.contains_key(key) {
            found.push(((key, None), part(&[key])));
        }
    }
    for (index, member) in map.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
        if is_clause(member) {
            found.push((("allOf", Some(index)), member.clone()));
        }
    }
    found
}

/// Whether a part of an `allOf` is a clause and nothing else.
fn is_clause(part: &Value) -> bool {
    part.as_object().is_some_and(|map| {
        ["if", "not", "anyOf", "oneOf"].into_iter().any(|key| map.contains_key(key))
            && map.keys().all(|key| {
                matches!(key.as_str(), "if" | "then" | "else" | "not" | "anyOf" | "oneOf") || is_annotation(key)
            })
    })
}

/// Whether a clause is a `not` of named values of required properties, or of several such.
fn is_plain(clause: &Value) -> bool {
    let not = clause.as_object().filter(|map| map.len() == 1).and_then(|map| map.get("not"));
    not.is_some_and(is_plain_not)
}

/// As [`is_plain`], of what stands under the `not`.
fn is_plain_not(not: &Value) -> bool {
    let is_words = |schema: &Value| schema.as_object().is_some_and(|map| map.keys().all(|key| key == "enum"));
    let is_combination = |clause: &Value| {
        clause.as_object().is_some_and(|map| {
            map.contains_key("required")
                && map.iter().all(|(key, value)| match key.as_str() {
                    "required" => true,
                    "properties" => value.as_object().is_some_and(|map| map.values().all(is_words)),
                    _ => false,
                })
        })
    };
    match not.get("anyOf").and_then(Value::as_array) {
        Some(several) => not.as_object().is_some_and(|map| map.len() == 1) && several.iter().all(is_combination),
        None => is_combination(not),
    }
}

/// The names that a clause speaks of.
fn names<'v>(reader: &Reader<'v>, clause: &'v Value, left: u8, found: &mut BTreeSet<&'v str>) {
    let (Some(left), Some(map), Some(())) = (left.checked_sub(1), clause.as_object(), reader.step()) else { return };
    found.extend(map.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str));
    found.extend(map.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).map(String::as_str));
    for key in ["not", "if", "then", "else"] {
        map.get(key).into_iter().for_each(|inner| names(reader, inner, left, found));
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        let members = map.get(key).and_then(Value::as_array).into_iter().flatten();
        members.for_each(|inner| names(reader, inner, left, found));
    }
    for (name, inner) in map.get("dependentSchemas").and_then(Value::as_object).into_iter().flatten() {
        found.insert(name);
        names(reader, inner, left, found);
    }
    if let Some(target) = reader.target(map) {
        names(reader, target, left, found);
    }
}

/// The values that a property's schema names; `None` where it names none.
fn domain<'v>(reader: &Reader<'v>, mut schema: &'v Value) -> Option<Vec<&'v Value>> {
    const TRUTHS: [&Value; 2] = [&Value::Bool(false), &Value::Bool(true)];
    for _ in 0..DEEPEST {
        let map = schema.as_object()?;
        if let Some(words) = map.get("enum").and_then(Value::as_array) {
            return Some(words.iter().collect());
        }
        if map.get("type").and_then(Value::as_str) == Some("boolean") {
            return Some(TRUTHS.to_vec());
        }
        schema = reader.target(map)?;
    }
    None
}

fn rewritten(root: &Value, map: &Map<String, Value>) -> Option<Map<String, Value>> {
    let reader = Reader { root, steps: Cell::new(STEPS) };
    let found = clauses(map);
    let declared = map.get("properties")?.as_object()?;
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut kept: Vec<&((&str, Option<usize>), Value)> = Vec::new();
    for clause in &found {
        let mut mentioned = BTreeSet::new();
        names(&reader, &clause.1, DEEPEST, &mut mentioned);
        let is_ours = !mentioned.is_empty() && mentioned.iter().all(|name| declared.contains_key(*name));
        let nothing: Places<'_> = mentioned.iter().map(|name| (*name, Held::Nothing)).collect();
        let of_its_own: Vec<&str> = mentioned.iter().copied().collect();
        // Tried with everything left out, and then by itself: what cannot be told, or forbids to leave something out,
        // stays, and keeps no other from being told.
        if is_ours
            && holds(&reader, &clause.1, &nothing, DEEPEST).is_some()
            && (is_plain(&clause.1) || forbidden(&reader, map, &of_its_own, &[&clause.1]).is_some())
        {
            told.extend(mentioned);
            kept.push(clause);
        }
    }
    if kept.iter().all(|(_, clause)| is_plain(clause)) {
        return None;
    }
    let told: Vec<&str> = told.into_iter().collect();
    let clauses: Vec<&Value> = kept.iter().map(|(_, clause)| clause).collect();
    let (choices, terms) = forbidden(&reader, map, &told, &clauses)?;
    let mut clauses: Vec<Value> = boxes(terms).iter().map(|one| clause(&told, &choices, one)).collect();
    clauses.sort_by_cached_key(text);
    let mut out = map.clone();
    let gone: BTreeSet<usize> = kept.iter().filter_map(|((_, index), _)| *index).collect();
    if let Some(Value::Array(members)) = out.get_mut("allOf") {
        let mut index = 0..members.len();
        members.retain(|_| index.next().is_some_and(|index| !gone.contains(&index)));
        if members.is_empty() {
            out.remove("allOf");
        }
    }
    for ((key, _), _) in kept.iter().filter(|((key, _), _)| *key != "allOf") {
        let keys: &[&str] = if *key == "if" { &["if", "then", "else"] } else { &[key] };
        for key in keys {
            out.remove(*key);
        }
    }
    let not = match clauses.len() {
        0 => return Some(out),
        1 => clauses.swap_remove(0),
        _ => json!({ "anyOf": clauses }),
    };
    // A `not` that says more than this stays in its place.
    if out.contains_key("not") {
        if let Value::Array(members) = out.entry("allOf").or_insert_with(|| json!([])) {
            members.push(json!({ "not": not }));
        }
    } else {
        out.insert("not".to_owned(), not);
    }
    Some(out)
}

/// What each property can hold, and the combinations of that which are forbidden.
type Forbidden<'v> = (Vec<Vec<Held<'v>>>, Vec<Vec<Option<Held<'v>>>>);

/// What clauses forbid of the properties that they speak of, with what each of these can hold; `None` where that cannot be
/// told, or where they forbid to leave something out.
fn forbidden<'v>(
    reader: &Reader<'v>,
    map: &'v Map<String, Value>,
    told: &[&'v str],
    clauses: &[&Value],
) -> Option<Forbidden<'v>> {
    if told.len() > MOST.0 {
        return None;
    }
    let declared = map.get("properties")?.as_object()?;
    let required: BTreeSet<&str> =
        map.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let choices: Vec<Vec<Held<'v>>> = told
        .iter()
        .map(|name| {
            let values = declared.get(*name).and_then(|schema| domain(reader, schema));
            let values = values.map_or_else(|| vec![Held::Any], |values| values.into_iter().map(Held::Is).collect());
            let nothing = (!required.contains(name)).then_some(Held::Nothing);
            nothing.into_iter().chain(values).collect()
        })
        .collect();
    let mut forbidden: Vec<Vec<Held<'v>>> = Vec::new();
    let all = product(&choices)?;
    for held in &all {
        let map: Places<'_> = told.iter().copied().zip(held.iter().copied()).collect();
        let mut is_fine = true;
        for clause in clauses {
            is_fine &= holds(reader, clause, &map, DEEPEST)?;
        }
        if !is_fine {
            forbidden.push(held.clone());
        }
    }
    let terms = terms(&choices, &all, &forbidden)?;
    Some((choices, terms))
}

fn product<'v>(choices: &[Vec<Held<'v>>]) -> Option<Vec<Vec<Held<'v>>>> {
    let mut all = vec![Vec::new()];
    for choice in choices {
        if all.len().saturating_mul(choice.len()) > MOST.1 {
            return None;
        }
        all = all.iter().flat_map(|held: &Vec<_>| choice.iter().map(|one| [&held[..], &[*one]].concat())).collect();
    }
    Some(all)
}

/// The smallest combinations of values that are there whose every completion is forbidden; `None` where they are not all
/// that is.
fn terms<'v>(
    choices: &[Vec<Held<'v>>],
    all: &[Vec<Held<'v>>],
    forbidden: &[Vec<Held<'v>>],
) -> Option<Vec<Vec<Option<Held<'v>>>>> {
    let covers = |term: &[Option<Held<'v>>], held: &[Held<'v>]| {
        term.iter().zip(held).all(|(wanted, held)| wanted.is_none_or(|wanted| wanted == *held))
    };
    let mut terms: Vec<Vec<Option<Held<'v>>>> = Vec::new();
    let mut sets: Vec<u32> = (1..1u32 << choices.len()).collect();
    sets.sort_by_key(|set| set.count_ones());
    for set in sets {
        let sets = choices.iter().enumerate().map(|(index, choice)| {
            let there = choice.iter().filter(|held| **held != Held::Nothing).map(|held| Some(*held));
            if set & (1 << index) == 0 { vec![None] } else { there.collect() }
        });
        let mut open: Vec<Vec<Option<Held<'v>>>> = vec![Vec::new()];
        for choice in sets {
            open = open.iter().flat_map(|term| choice.iter().map(|one| [&term[..], &[*one]].concat())).collect();
        }
        for term in open {
            let is_part = |one: &Vec<Option<Held<'v>>>| {
                one.iter().zip(&term).all(|(wanted, held)| wanted.is_none() || wanted == held)
            };
            let is_forbidden = || all.iter().filter(|held| covers(&term, held)).all(|held| forbidden.contains(held));
            if !terms.iter().any(is_part) && is_forbidden() {
                terms.push(term);
            }
        }
    }
    forbidden.iter().all(|held| terms.iter().any(|term| covers(term, held))).then_some(terms)
}

/// Combinations that differ in one property's value only, as one with several values of it.
fn boxes<'v>(terms: Vec<Vec<Option<Held<'v>>>>) -> Vec<Vec<Vec<Held<'v>>>> {
    let mut boxes: Vec<Vec<Vec<Held<'v>>>> =
        terms.into_iter().map(|term| term.into_iter().map(|one| one.into_iter().collect()).collect()).collect();
    let differs = |a: &[Vec<Held<'v>>], b: &[Vec<Held<'v>>]| {
        let mut places = a.iter().zip(b).enumerate().filter(|(_, (a, b))| a != b).map(|(place, _)| place);
        let place = places.next()?;
        (places.next().is_none() && !a[place].is_empty() && !b[place].is_empty()).then_some(place)
    };
    let mut from = 0;
    while from < boxes.len() {
        let pair = (from + 1..boxes.len()).find_map(|to| Some((to, differs(&boxes[from], &boxes[to])?)));
        match pair {
            Some((to, place)) => {
                let other = boxes.remove(to);
                boxes[from][place].extend(&other[place]);
                from = 0;
            }
            None => from += 1,
        }
    }
    boxes
}

/// What matches one set of combinations.
fn clause(told: &[&str], choices: &[Vec<Held<'_>>], one: &[Vec<Held<'_>>]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for ((name, held), choice) in told.iter().zip(one).zip(choices).filter(|((_, held), _)| !held.is_empty()) {
        required.push(*name);
        let mut words: Vec<Value> = held
            .iter()
            .filter_map(|held| if let Held::Is(value) = held { Some((*value).clone()) } else { None })
            .collect();
        words.sort_by(compare);
        let is_every = held.len() == choice.iter().filter(|held| **held != Held::Nothing).count();
        if !words.is_empty() && (!is_every || choice.len() == 1) {
            properties.insert((*name).to_owned(), json!({ "enum": words }));
        }
    }
    let mut clause = Map::new();
    if !properties.is_empty() {
        clause.insert("properties".to_owned(), Value::Object(properties));
    }
    clause.insert("required".to_owned(), json!(required));
    Value::Object(clause)
}

/// Whether a schema of an object holds for these properties; `None` where that cannot be told.
fn holds(reader: &Reader<'_>, schema: &Value, held: &Places<'_>, left: u8) -> Option<bool> {
    let left = left.checked_sub(1)?;
    reader.step()?;
    let map = match schema {
        Value::Bool(fine) => return Some(*fine),
        Value::Object(map) => map,
        _ => return None,
    };
    let mut is_fine = true;
    for (key, value) in map {
        is_fine &= match key.as_str() {
            "required" => {
                let mut there = true;
                for name in value.as_array()? {
                    there &= *held.get(name.as_str()?)? != Held::Nothing;
                }
                there
            }
            "properties" => {
                let mut all = true;
                for (name, schema) in value.as_object()? {
                    all &= fits(schema, *held.get(name.as_str())?, left)?;
                }
                all
            }
            "if" => {
                let branch = if holds(reader, value, held, left)? { "then" } else { "else" };
                map.get(branch).map_or(Some(true), |schema| holds(reader, schema, held, left))?
            }
            "dependentSchemas" => {
                let mut all = true;
                for (name, schema) in value.as_object()? {
                    all &= *held.get(name.as_str())? == Held::Nothing || holds(reader, schema, held, left)?;
                }
                all
            }
            "type" if value == "object" => true,
            "$ref" => holds(reader, reader.target(map)?, held, left)?,
            key if combines(key) => combined(key, value, &|schema| holds(reader, schema, held, left))?,
            key if is_annotation(key) || matches!(key, "then" | "else") => true,
            _ => return None,
        };
    }
    Some(is_fine)
}

/// Whether a keyword combines schemas to one.
fn combines(key: &str) -> bool {
    matches!(key, "not" | "allOf" | "anyOf" | "oneOf")
}

/// What such a keyword makes of what each of its schemas says.
fn combined(key: &str, value: &Value, says: &dyn Fn(&Value) -> Option<bool>) -> Option<bool> {
    if key == "not" {
        return says(value).map(|fine| !fine);
    }
    let each: Vec<bool> = value.as_array()?.iter().map(says).collect::<Option<_>>()?;
    let fine = each.iter().filter(|fine| **fine).count();
    Some(match key {
        "allOf" => fine == each.len(),
        "anyOf" => fine > 0,
        _ => fine == 1,
    })
}

/// Whether a property's schema takes what stands in its place.
fn fits(schema: &Value, held: Held<'_>, left: u8) -> Option<bool> {
    let left = left.checked_sub(1)?;
    let map = match (schema, held) {
        (_, Held::Nothing) => return Some(true),
        (Value::Bool(fine), _) => return Some(*fine),
        (Value::Object(map), _) => map,
        _ => return None,
    };
    let mut is_fine = true;
    for (key, limit) in map.iter().filter(|(key, _)| !is_annotation(key)) {
        if combines(key) {
            is_fine &= combined(key, limit, &|schema| fits(schema, held, left))?;
            continue;
        }
        let Held::Is(value) = held else { return None };
        let number = || Some((value.as_f64()?, limit.as_f64()?));
        is_fine &= match key.as_str() {
            "enum" => limit.as_array()?.contains(value),
            "type" => {
                let own = kind(value);
                let is_own = |name: &Value| name == own || (name == "number" && own == "integer");
                limit.as_array().map_or_else(|| is_own(limit), |names| names.iter().any(is_own))
            }
            "minimum" => number().is_none_or(|(value, limit)| value >= limit),
            "maximum" => number().is_none_or(|(value, limit)| value <= limit),
            "exclusiveMinimum" => number().is_none_or(|(value, limit)| value > limit),
            "exclusiveMaximum" => number().is_none_or(|(value, limit)| value < limit),
            _ => return None,
        };
    }
    Some(is_fine)
}
