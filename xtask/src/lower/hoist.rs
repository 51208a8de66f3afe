//! Every object, enum and union has a name of its own.
//!
//! typify names an inline schema after its place and, when that name is taken, uses whatever has it, unchecked. Here
//! every schema that becomes a Rust type is a component under a name that is unique as a Rust identifier, made of its
//! parent's name and its place: stable as long as the document is. Plain values, on the other hand, need no name: a
//! component that is only a string or a number is written where it is used.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Map, Value, json};

use super::directions::reach;
use super::idents::{Unique, pascal};
use super::schema::{
    Direction, carry, children, components_mut, direction_of, is_any, note, operations_mut, redirect, ref_to, referred,
    remove, rename_kept, rewrite, rewrite_all, roots_mut, without,
};
use super::types::move_null;

/// The most lists and maps that may stand in one another. What is deeper no compiler would take.
const DEEPEST: usize = 16;

/// An object that demands properties and describes none stays a map, into which the caller puts them.
fn forget_bare_demands(schema: &mut Value) {
    if let Some(map) = schema.as_object_mut()
        && map.get("properties").and_then(Value::as_object).is_none_or(Map::is_empty)
    {
        map.remove("required");
    }
}

/// A parameter that is not given is left out; null has no textual form.
fn forget_null_in_parameters(document: &mut Value) {
    for (_, _, operation) in operations_mut(document) {
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(schema) = parameter.get_mut("schema") {
                rewrite(schema, &mut |schema| remove(schema, &["nullable"]));
            }
        }
    }
}

/// Names that the code of the types needs for itself.
const RESERVED: &[&str] =
    &["AsRef", "Clone", "Default", "Err", "From", "Into", "None", "Ok", "Some", "ToString", "TryFrom", "TryInto"];

/// Names every schema that becomes a type.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    move_null(&mut document)?;
    write_plain_values_in_place(&mut document)?;
    rewrite_all(&mut document, &mut forget_bare_demands);
    forget_null_in_parameters(&mut document);
    // What was copied into wholes is not needed any more, and must not keep its name from them.
    let (requests, answers) = reach(&document);
    components_mut(&mut document)?.retain(|name, _| requests.contains(name) || answers.contains(name));
    rename_components(&mut document)?;
    let mut said = None;
    rewrite_all(&mut document, &mut |schema| {
        if lists_in(schema) > DEEPEST {
            *schema = json!({});
            said = Some(format!("what stands in more than {DEEPEST} lists is handed over as JSON"));
        }
    });
    name_where(&mut document, becomes_type)?;
    note(&mut document, said);
    Ok(document)
}

/// How many lists and maps stand in one another here.
fn lists_in(schema: &Value) -> usize {
    let (mut schema, mut depth) = (schema, 0);
    while let Some(inner) =
        ["items", "additionalProperties"].iter().find_map(|key| schema.get(*key).filter(|inner| inner.is_object()))
    {
        schema = inner;
        depth += 1;
    }
    depth
}

/// Makes every inline schema that `is_named` a component.
pub fn name_where(document: &mut Value, is_named: fn(&Value) -> bool) -> Result<(), Problem> {
    let schemas = components_mut(document)?;
    let mut hoist =
        Hoist { names: Unique::default(), made: Map::new(), copies: BTreeMap::new(), is_answer: false, is_named };
    for name in schemas.keys().map(String::as_str).chain(RESERVED.iter().copied()) {
        hoist.names.take(&pascal(name));
    }
    for (name, mut schema) in std::mem::take(schemas) {
        hoist.is_answer = direction_of(&schema) == Direction::Answer;
        hoist.children(&mut schema, &name);
        hoist.made.insert(name, schema);
    }
    for (_, method, operation) in operations_mut(document) {
        let id = operation["operationId"].as_str().unwrap_or(method).to_owned();
        for (hint, direction, schema) in roots_mut(operation) {
            hoist.is_answer = direction == Direction::Answer;
            hoist.schema(schema, &pascal(&format!("{id} {hint}")));
        }
    }
    *components_mut(document)? = hoist.made;
    Ok(())
}

struct Hoist {
    names: Unique,
    made: Map<String, Value>,
    /// The names of what brought one, by the whole of it: its copies are one component.
    copies: BTreeMap<String, String>,
    is_answer: bool,
    is_named: fn(&Value) -> bool,
}

impl Hoist {
    /// Replaces a schema that is to be named by a reference to the component it is now.
    fn schema(&mut self, schema: &mut Value, place: &str) {
        let brought = schema.get("x-name").and_then(Value::as_str);
        let copy = brought.map(|_| format!("{} {schema}", self.is_answer));
        let place = brought.unwrap_or(place).to_owned();
        if !(self.is_named)(schema) {
            self.children(schema, &place);
            return;
        }
        let known = copy.as_ref().and_then(|copy| self.copies.get(copy).cloned());
        let is_known = known.is_some();
        let name = known.unwrap_or_else(|| self.names.name(&place, pascal));
        let mut whole = schema.take();
        if !is_known {
            self.copies.extend(copy.map(|copy| (copy, name.clone())));
            self.children(&mut whole, &name);
        }
        let mut reference = ref_to(&name);
        carry(&whole, &mut reference, &["description", "nullable"]);
        remove(&mut whole, &["x-name", "nullable"]);
        if let (true, Some(map)) = (self.is_answer, whole.as_object_mut()) {
            map.insert("x-answer".to_owned(), json!(true));
        }
        if !is_known {
            self.made.insert(name, whole);
        }
        *schema = reference;
    }

    fn children(&mut self, schema: &mut Value, name: &str) {
        let Some(map) = schema.as_object_mut() else { return };
        for (key, value) in map.iter_mut() {
            match key.as_str() {
                "properties" => {
                    for (property, schema) in value.as_object_mut().into_iter().flatten() {
                        // Most properties are plain values, and need no name to be made.
                        if (self.is_named)(schema) || !children(schema).is_empty() {
                            self.schema(schema, &format!("{name}{}", pascal(property)));
                        }
                    }
                }
                "items" => self.schema(value, &format!("{name}Item")),
                "additionalProperties" if value.is_object() => self.schema(value, &format!("{name}Value")),
                "oneOf" | "anyOf" | "allOf" => {
                    let Some(branches) = value.as_array_mut() else { continue };
                    let words = words(branches);
                    let is_named = self.is_named;
                    let is_list = |branch: &Value| branch.get("items").is_some_and(is_named);
                    let has_one_list = branches.iter().filter(|branch| is_list(branch)).count() == 1;
                    for (number, branch) in branches.iter_mut().enumerate() {
                        if has_one_list && is_list(branch) {
                            // What stands in the only list is the item of the whole.
                            self.schema(branch, name);
                            continue;
                        }
                        let word = words.get(&number).map_or_else(|| format!("Variant{}", number + 1), |w| pascal(w));
                        self.schema(branch, &format!("{name}{word}"));
                    }
                }
                "x-rust-type" => {
                    let parameters = value.get_mut("parameters").and_then(Value::as_array_mut);
                    for parameter in parameters.into_iter().flatten() {
                        self.schema(parameter, &format!("{name}Item"));
                    }
                }
                _ => {}
            }
        }
    }
}

/// The words by which the inline branches of a union are told apart, by their position: names that stay when the vendor
/// adds a branch.
fn words(branches: &[Value]) -> BTreeMap<usize, String> {
    let objects: Vec<(usize, &Map<String, Value>)> =
        branches.iter().enumerate().filter_map(|(number, branch)| Some((number, own_properties(branch)?))).collect();
    let by = |tag: &String| {
        let words: Option<BTreeMap<usize, String>> = objects
            .iter()
            .map(|(number, properties)| Some((*number, lone_word(properties.get(tag)?)?.to_owned())))
            .collect();
        let mut words = words?;
        let names: Vec<String> = words.values().map(|word| pascal(word)).collect();
        words.retain(|_, word| names.iter().filter(|name| **name == pascal(word)).count() == 1);
        (words.len() * 2 > objects.len() && are_names(&words)).then_some(words)
    };
    let tagged = objects.first().and_then(|(_, first)| first.keys().find_map(by));
    let mut words = tagged.unwrap_or_else(|| demanded(branches, &objects));
    let enums: Vec<(usize, &Value)> =
        branches.iter().enumerate().filter(|(_, branch)| branch.get("enum").is_some()).collect();
    for (number, branch) in &enums {
        let word = lone_word(branch).or((enums.len() == 1).then_some("word"));
        words.extend(word.map(|word| (*number, word.to_owned())));
    }
    Some(words).filter(are_names).unwrap_or_default()
}

/// The properties that a branch states itself, or that are added to what it is put together of.
fn own_properties(branch: &Value) -> Option<&Map<String, Value>> {
    let parts = branch.get("allOf").and_then(Value::as_array).into_iter().flatten();
    std::iter::once(branch).chain(parts).find_map(|schema| schema.get("properties")?.as_object())
}

/// By the position of an object, the first property that it demands and no other does.
fn demanded(branches: &[Value], objects: &[(usize, &Map<String, Value>)]) -> BTreeMap<usize, String> {
    let demands =
        |number: usize| branches[number]["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let of_object = |number: usize| {
        let others = || objects.iter().map(|(other, _)| *other).filter(|other| *other != number);
        let is_own = |name: &&str| !others().any(|other| demands(other).any(|there| there == *name));
        demands(number).find(is_own).map(str::to_owned)
    };
    objects.iter().filter_map(|(number, _)| Some((*number, of_object(*number)?))).collect()
}

/// The only word that a schema allows.
fn lone_word(schema: &Value) -> Option<&str> {
    match schema.get("enum")?.as_array()?.as_slice() {
        [Value::String(word)] => Some(word),
        _ => None,
    }
}

/// Whether the words are different names in Rust.
fn are_names(words: &BTreeMap<usize, String>) -> bool {
    let names: BTreeSet<String> = words.values().map(|word| pascal(word)).collect();
    names.len() == words.len() && !names.contains("X")
}

/// Whether typify makes a named type of the schema.
fn becomes_type(schema: &Value) -> bool {
    let has_properties =
        schema.get("properties").and_then(Value::as_object).is_some_and(|properties| !properties.is_empty());
    let is_closed_object = schema["type"] == "object" && schema.get("additionalProperties") == Some(&json!(false));
    has_properties || is_closed_object || schema.get("enum").is_some() || schema.get("oneOf").is_some()
}

/// Components whose names are one Rust name get numbers.
fn rename_components(document: &mut Value) -> Result<(), Problem> {
    let mut names = Unique::default();
    for name in RESERVED {
        names.take(name);
    }
    let schemas = components_mut(document)?;
    let mut renamed = BTreeMap::new();
    for (name, schema) in std::mem::take(schemas) {
        let unique = names.name(&name, pascal);
        schemas.insert(unique.clone(), schema);
        if unique != name {
            renamed.insert(name, unique);
        }
    }
    rewrite_all(document, &mut |schema| redirect(schema, &renamed));
    rename_kept(document, &renamed);
    Ok(())
}

/// A component that is a plain value, or only another's name, needs no type; typify would make a wrapper of it.
fn write_plain_values_in_place(document: &mut Value) -> Result<(), Problem> {
    let is_plain = |schema: &Value| {
        let is_scalar = matches!(schema["type"].as_str(), Some("string" | "integer" | "number" | "boolean"));
        let parameters = schema.pointer("/x-rust-type/parameters").and_then(Value::as_array);
        (is_scalar && schema.get("enum").is_none())
            || is_any(schema)
            || parameters.is_some_and(Vec::is_empty)
            || referred(schema).is_some()
    };
    let mut plain = BTreeMap::new();
    components_mut(document)?.retain(|name, schema| {
        if !is_plain(schema) {
            return true;
        }
        plain.insert(name.clone(), without(schema.take(), &["x-answer"]));
        false
    });
    rewrite_all(document, &mut |schema| {
        // A name may be that of another name; a circle of names says nothing.
        let mut passed = BTreeSet::new();
        while let Some(name) = referred(schema) {
            let Some(value) = plain.get(&name) else { return };
            if !passed.insert(name) {
                *schema = json!({});
                return;
            }
            let mut value = value.clone();
            carry(schema, &mut value, &["description", "nullable"]);
            *schema = value;
        }
    });
    Ok(())
}
