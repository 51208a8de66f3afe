//! Where in an OpenAPI document schemas stand, and where in a schema its subschemas do.
//!
//! Everything that changes or reads schemas walks with these, so that a property called `nullable`, or an example that
//! looks like a schema, is never taken for one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::{Problem, pointer, reach};

/// Which way a schema travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Only from the client to the vendor.
    Request,
    /// Only from the vendor to the client.
    Answer,
    /// Both ways.
    Both,
    /// Neither: no operation reaches it.
    Neither,
}

impl Direction {
    /// Whether a client sends it.
    pub fn is_request(self) -> bool {
        matches!(self, Self::Request | Self::Both)
    }

    /// Whether a vendor sends it.
    pub fn is_answer(self) -> bool {
        matches!(self, Self::Answer | Self::Both)
    }

    /// The direction of what stands in both places.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (a, Self::Neither) => a,
            (Self::Neither, b) => b,
            (a, b) if a == b => a,
            _ => Self::Both,
        }
    }
}

/// What a keyword of JSON Schema holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// One schema.
    One,
    /// A list of schemas.
    List,
    /// Schemas by name.
    Map,
}

/// What a keyword holds, if it holds schemas. `items` as a list, `definitions` and `dependencies` are of older drafts.
pub fn holds(keyword: &str) -> Option<Holds> {
    Some(match keyword {
        "additionalItems"
        | "additionalProperties"
        | "contains"
        | "contentSchema"
        | "else"
        | "if"
        | "items"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Holds::One,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Holds::List,
        "$defs" | "definitions" | "dependencies" | "dependentSchemas" | "patternProperties" | "properties" => {
            Holds::Map
        }
        _ => return None,
    })
}

/// The methods that a path item may have.
pub const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

/// A schema that is part of no other, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Its JSON pointer.
    pub pointer: String,
    /// Which way it travels. `Neither` for a component, whose direction is where it is referred to from.
    pub direction: Direction,
}

/// The subschemas of a schema, by their pointers relative to it, in a stable order.
pub fn children(schema: &Value) -> Vec<(String, &Value)> {
    let mut out = Vec::new();
    let Value::Object(map) = schema else { return out };
    for (keyword, value) in pointer::sorted(map) {
        let Some(holds) = holds(keyword) else { continue };
        let base = pointer::join("", keyword);
        match (holds, value) {
            (Holds::One | Holds::List, Value::Array(list)) => {
                for (index, child) in list.iter().enumerate() {
                    out.push((pointer::join(&base, &index.to_string()), child));
                }
            }
            (Holds::Map, Value::Object(children)) => {
                for (name, child) in pointer::sorted(children) {
                    if is_schema(child) {
                        out.push((pointer::join(&base, name), child));
                    }
                }
            }
            (Holds::One, child) if is_schema(child) => out.push((base, child)),
            _ => {}
        }
    }
    out
}

fn is_schema(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Bool(_))
}

/// Visits a schema and all below it, parents first. References are not followed.
pub fn visit<'v>(pointer: &str, schema: &'v Value, see: &mut dyn FnMut(&str, &'v Value)) {
    see(pointer, schema);
    for (relative, child) in children(schema) {
        visit(&format!("{pointer}{relative}"), child, see);
    }
}

/// Visits every schema of a document, parents first, with its pointer and the way it travels.
pub fn walk<'v>(document: &'v Value, see: &mut dyn FnMut(&str, &'v Value, Direction)) {
    let reached = reach::reach(document);
    for root in roots(document) {
        let Some(schema) = pointer::get(document, &root.pointer) else { continue };
        let direction = match component_of(&root.pointer) {
            Some(name) => reached.get(&name).copied().unwrap_or(Direction::Neither),
            None => root.direction,
        };
        visit(&root.pointer, schema, &mut |pointer, schema| see(pointer, schema, direction));
    }
}

/// Visits a schema and all below it, children first, to be changed.
pub fn visit_mut(pointer: &str, schema: &mut Value, change: &mut dyn FnMut(&str, &mut Value)) {
    if let Value::Object(map) = schema {
        let mut keywords: Vec<String> = map.keys().filter(|k| holds(k).is_some()).cloned().collect();
        keywords.sort_unstable();
        for keyword in keywords {
            let base = pointer::join(pointer, &keyword);
            match (holds(&keyword), map.get_mut(&keyword)) {
                (Some(Holds::One | Holds::List), Some(Value::Array(list))) => {
                    for (index, child) in list.iter_mut().enumerate() {
                        visit_mut(&pointer::join(&base, &index.to_string()), child, change);
                    }
                }
                (Some(Holds::Map), Some(Value::Object(children))) => {
                    let mut names: Vec<String> = children.keys().cloned().collect();
                    names.sort_unstable();
                    for name in names {
                        if let Some(child) = children.get_mut(&name)
                            && is_schema(child)
                        {
                            visit_mut(&pointer::join(&base, &name), child, change);
                        }
                    }
                }
                (Some(Holds::One), Some(child)) if is_schema(child) => visit_mut(&base, child, change),
                _ => {}
            }
        }
    }
    change(pointer, schema);
}

/// Visits every schema of a document, children first, to be changed.
pub fn walk_mut(document: &mut Value, change: &mut dyn FnMut(&str, &mut Value)) {
    for root in roots(document) {
        if let Some(schema) = pointer::get_mut(document, &root.pointer) {
            visit_mut(&root.pointer, schema, change);
        }
    }
}

/// As [`walk_mut`], with a change that may fail; what comes after a failure is left as it is.
///
/// # Errors
/// The first problem of `change`, with the schema's pointer unless it names another.
pub fn rewrite(
    document: &mut Value,
    change: &mut dyn FnMut(&str, &mut Value) -> Result<(), Problem>,
) -> Result<(), Problem> {
    until_problem(change, |change| walk_mut(document, change))
}

/// As [`visit_mut`], with a change that may fail.
///
/// # Errors
/// As [`rewrite`].
pub fn rewrite_schema(
    pointer: &str,
    schema: &mut Value,
    change: &mut dyn FnMut(&str, &mut Value) -> Result<(), Problem>,
) -> Result<(), Problem> {
    until_problem(change, |change| visit_mut(pointer, schema, change))
}

fn until_problem(
    change: &mut dyn FnMut(&str, &mut Value) -> Result<(), Problem>,
    visit: impl FnOnce(&mut dyn FnMut(&str, &mut Value)),
) -> Result<(), Problem> {
    let mut problem = None;
    visit(&mut |pointer, schema| {
        if problem.is_none() {
            problem = change(pointer, schema).err().map(|found| found.at(pointer));
        }
    });
    problem.map_or(Ok(()), Err)
}

/// The component that a pointer like `/components/schemas/File` names, if it names one and nothing below it.
pub fn component_of(pointer: &str) -> Option<String> {
    let rest = pointer.strip_prefix("/components/schemas/")?;
    if rest.contains('/') {
        return None;
    }
    Some(pointer::unescape(rest)?.into_owned())
}

/// The component that a `$ref` like `#/components/schemas/File` names.
pub fn component_of_ref(reference: &str) -> Option<String> {
    component_of(reference.strip_prefix('#')?)
}

/// The `$ref` to a component.
pub fn ref_to(component: &str) -> String {
    format!("#/components/schemas/{}", pointer::escape(component))
}

/// Points the references of one schema to components, not of those below it, at other components.
pub fn redirect(schema: &mut Value, names: &BTreeMap<String, String>) {
    let point = |slot: &mut Value| {
        if let Some(name) = slot.as_str().and_then(component_of_ref).and_then(|name| names.get(&name)) {
            *slot = Value::String(ref_to(name));
        }
    };
    let Value::Object(map) = schema else { return };
    map.get_mut("$ref").map(point);
    let mapping = map.get_mut("discriminator").and_then(|discriminator| discriminator.get_mut("mapping"));
    mapping.and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut).for_each(point);
}

/// Where names lead that stand for other names, in as many steps as it takes.
///
/// # Errors
/// The name of one that leads back to itself.
pub fn ends(aliases: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, String> {
    let mut ends: BTreeMap<String, String> = BTreeMap::new();
    for name in aliases.keys() {
        let mut passed = BTreeSet::new();
        let mut target = name;
        let end = loop {
            let Some(next) = aliases.get(target) else { break target.clone() };
            if let Some(known) = ends.get(target) {
                break known.clone();
            }
            if !passed.insert(target) {
                return Err(name.clone());
            }
            target = next;
        };
        ends.extend(passed.into_iter().map(|name| (name.clone(), end.clone())));
    }
    Ok(ends)
}

/// The component schemas of a document.
pub fn components(document: &Value) -> Option<&Map<String, Value>> {
    document.get("components")?.get("schemas")?.as_object()
}

/// The component schemas of a document, made if there are none; `None` if something else stands in their place.
pub fn components_mut(document: &mut Value) -> Option<&mut Map<String, Value>> {
    let components = document.as_object_mut()?.entry("components").or_insert_with(|| Value::Object(Map::new()));
    components.as_object_mut()?.entry("schemas").or_insert_with(|| Value::Object(Map::new())).as_object_mut()
}

/// The operations of a document: path, method, operation.
pub fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    pointer::entries(document.get("paths")).into_iter().flat_map(|(path, item)| {
        METHODS.into_iter().filter_map(move |method| {
            let operation = item.get(method).filter(|operation| operation.is_object())?;
            Some((path.as_str(), method, operation))
        })
    })
}

/// The operations of a document, to be changed.
pub fn operations_mut(document: &mut Value) -> impl Iterator<Item = (&str, &str, &mut Value)> {
    let items = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    items.flat_map(|(path, item)| {
        item.as_object_mut()
            .into_iter()
            .flatten()
            .filter(|(method, operation)| METHODS.contains(&method.as_str()) && operation.is_object())
            .map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    })
}

/// Every schema of a document that is part of no other, in a stable order.
pub fn roots(document: &Value) -> Vec<Root> {
    let mut finder = Finder { out: Vec::new() };
    let components = document.get("components");
    let section = |name: &str| components.and_then(|c| c.get(name)).and_then(Value::as_object);
    for (name, direction) in [
        ("schemas", Direction::Neither),
        ("parameters", Direction::Request),
        ("requestBodies", Direction::Request),
        ("responses", Direction::Answer),
        ("headers", Direction::Answer),
        ("callbacks", Direction::Both),
        ("pathItems", Direction::Both),
    ] {
        let Some(map) = section(name) else { continue };
        let base = format!("/components/{name}");
        for (key, value) in pointer::sorted(map) {
            let here = pointer::join(&base, key);
            match name {
                "schemas" if is_schema(value) => finder.push(here, direction),
                "parameters" | "headers" => finder.parameter(&here, value, direction),
                "requestBodies" => finder.content(&here, value, direction),
                "responses" => finder.response(&here, value, direction),
                "callbacks" => finder.paths(&here, Some(value)),
                "pathItems" => finder.item(&here, value),
                _ => {}
            }
        }
    }
    finder.paths("/paths", document.get("paths"));
    finder.paths("/webhooks", document.get("webhooks"));
    finder.out
}

struct Finder {
    out: Vec<Root>,
}

impl Finder {
    fn push(&mut self, pointer: String, direction: Direction) {
        self.out.push(Root { pointer, direction });
    }

    fn paths(&mut self, base: &str, paths: Option<&Value>) {
        each(base, paths, &mut |here, item| self.item(here, item));
    }

    fn item(&mut self, base: &str, item: &Value) {
        self.parameters(base, item);
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                self.operation(&pointer::join(base, method), operation);
            }
        }
    }

    fn operation(&mut self, base: &str, operation: &Value) {
        self.parameters(base, operation);
        if let Some(body) = operation.get("requestBody") {
            self.content(&pointer::join(base, "requestBody"), body, Direction::Request);
        }
        each(&pointer::join(base, "responses"), operation.get("responses"), &mut |here, response| {
            self.response(here, response, Direction::Answer);
        });
        each(&pointer::join(base, "callbacks"), operation.get("callbacks"), &mut |here, callback| {
            self.paths(here, Some(callback));
        });
    }

    fn parameters(&mut self, base: &str, holder: &Value) {
        let Some(Value::Array(list)) = holder.get("parameters") else { return };
        for (index, parameter) in list.iter().enumerate() {
            self.parameter(&format!("{base}/parameters/{index}"), parameter, Direction::Request);
        }
    }

    fn parameter(&mut self, base: &str, parameter: &Value, direction: Direction) {
        if parameter.get("schema").is_some_and(is_schema) {
            self.push(pointer::join(base, "schema"), direction);
        }
        self.content(base, parameter, direction);
    }

    fn response(&mut self, base: &str, response: &Value, direction: Direction) {
        self.headers(base, response, direction);
        self.content(base, response, direction);
    }

    fn headers(&mut self, base: &str, holder: &Value, direction: Direction) {
        each(&pointer::join(base, "headers"), holder.get("headers"), &mut |here, header| {
            self.parameter(here, header, direction);
        });
    }

    fn content(&mut self, base: &str, holder: &Value, direction: Direction) {
        each(&pointer::join(base, "content"), holder.get("content"), &mut |here, media| {
            if media.get("schema").is_some_and(is_schema) {
                self.push(pointer::join(here, "schema"), direction);
            }
            each(&pointer::join(here, "encoding"), media.get("encoding"), &mut |here, encoding| {
                self.headers(here, encoding, direction);
            });
        });
    }
}

/// Visits the entries of an object, if it is one, in a stable order.
fn each(base: &str, object: Option<&Value>, see: &mut dyn FnMut(&str, &Value)) {
    let Some(map) = object.and_then(Value::as_object) else { return };
    for (key, value) in pointer::sorted(map) {
        see(&pointer::join(base, key), value);
    }
}

/// The references of one schema, not of those below it: `$ref`, and the discriminator's mapping.
pub fn references(schema: &Value) -> Vec<&str> {
    let mut out = Vec::new();
    let Value::Object(map) = schema else { return out };
    if let Some(Value::String(reference)) = map.get("$ref") {
        out.push(reference.as_str());
    }
    if let Some(mapping) = mapping(map) {
        out.extend(pointer::sorted(mapping).into_iter().filter_map(|(_, target)| target.as_str()));
    }
    out
}

/// The references by which a schema takes others over: its own, and those of its `allOf`.
pub fn bases(schema: &Value) -> impl Iterator<Item = &str> {
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten().chain([schema]);
    parts.filter_map(|part| part.get("$ref")?.as_str())
}

/// Whether a schema has heirs: with a discriminator and no union of its own, whatever takes it over may stand in its place.
pub fn has_heirs(schema: &Value) -> bool {
    schema.get("discriminator").is_some() && schema.get("oneOf").is_none() && schema.get("anyOf").is_none()
}

/// The mapping of a schema's discriminator.
pub fn mapping(schema: &Map<String, Value>) -> Option<&Map<String, Value>> {
    schema.get("discriminator")?.get("mapping")?.as_object()
}

#[cfg(test)]
mod tests;
