//! Names that Rust can tell apart, and the document's last form.
//!
//! Two properties or parameters that are one Rust identifier, and parameters that collide with what progenitor names
//! itself, get names of their own; the name on the wire goes along and is put back into the generated code.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use contract::canonical::sort_keys;
use contract::flatten::with_places;
use contract::names::TAKEN;
use serde_json::{Map, Value, json};

use super::idents::{Unique, common, pascal, snake};
use super::schema::{components_mut, note, operations, operations_mut, remove, required, rewrite_all};

/// Identifiers that a generated builder uses itself.
const RESERVED: &[&str] = &["body", "body_map", "client", "header_map", "info", "new", "send", "value"];

/// Makes names unique and writes the document that progenitor reads.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    for (_, schema) in components_mut(&mut document)?.iter_mut() {
        name_properties(schema);
    }
    name_operations(&mut document);
    name_parameters(&mut document)?;
    rewrite_all(&mut document, &mut last_form);
    Ok(finish(document))
}

fn name_properties(schema: &mut Value) {
    let is_flattened = schema.get("additionalProperties").is_some_and(Value::is_object);
    let required = required(schema);
    remove(schema, &["required"]);
    let Some(map) = schema.as_object_mut() else { return };
    let Some(properties) = map.get_mut("properties").and_then(Value::as_object_mut) else { return };
    // What must be there and is not described is any value.
    for name in &required {
        properties.entry(name.clone()).or_insert_with(|| json!({}));
    }
    let mut names = Unique::default();
    if is_flattened {
        names.take("extra");
    }
    for (_, property) in properties.iter_mut() {
        keep_description(property);
    }
    let mut wire = Map::new();
    let mut renamed = BTreeMap::new();
    let kept = kept(properties.keys(), &mut names);
    for (name, property) in std::mem::take(properties) {
        if kept.contains(&name) {
            properties.insert(name, property);
        } else {
            let unique = snake(&names.name(&snake(&common(&name)), snake));
            wire.insert(unique.clone(), json!(name));
            renamed.insert(name, unique.clone());
            properties.insert(unique, property);
        }
    }
    if !required.is_empty() {
        let words: BTreeSet<&String> = required.iter().map(|name| renamed.get(name).unwrap_or(name)).collect();
        map.insert("required".to_owned(), json!(words));
    }
    for name in map.get_mut("x-nulls").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(unique) = name.as_str().and_then(|name| renamed.get(name)) {
            *name = json!(unique);
        }
    }
    if !wire.is_empty() {
        map.insert("x-wire-names".to_owned(), Value::Object(wire));
    }
}

/// The names that need no other. Of several that are one identifier, it is that of the one most like it: `active` keeps
/// it beside `_active`, and `birthDate` beside `_birthDate`.
fn kept<'n>(names: impl Iterator<Item = &'n String>, taken: &mut Unique) -> BTreeSet<String> {
    let is_plain = |name: &str| name.starts_with(char::is_alphabetic) && name.chars().all(char::is_alphanumeric);
    let mut names: Vec<&String> = names.filter(|name| common(name) == **name).collect();
    names.sort_by_cached_key(|name| (snake(name) != **name, !is_plain(name)));
    names.into_iter().filter(|name| taken.take(&snake(name))).cloned().collect()
}

/// What is said of a property beside a reference would be lost: OpenAPI 3.0 takes a reference alone.
fn keep_description(property: &mut Value) {
    let Some(map) = property.as_object_mut() else { return };
    if (map.contains_key("description") || map.contains_key("default"))
        && let Some(target) = map.remove("$ref")
    {
        map.insert("allOf".to_owned(), json!([{ "$ref": target }]));
    }
}

/// Operations that are one method or one builder in Rust get numbers, and so do those named like a client's own methods.
fn name_operations(document: &mut Value) {
    let mut methods = Unique::default();
    for method in TAKEN {
        methods.take(&pascal(&snake(method)));
    }
    let mut unique = Vec::new();
    for (path, method, operation) in operations(document) {
        let id = match operation["operationId"].as_str() {
            Some(id) if !id.is_empty() => snake(id),
            _ => snake(&format!("{method} {path}")),
        };
        unique.push(snake(&methods.name(&id, |id| pascal(&snake(id)))));
    }
    for ((_, _, operation), id) in operations_mut(document).zip(unique) {
        operation["operationId"] = json!(id);
    }
}

/// A name with words for the signs of comparison that some put behind it: of `Start`, `Start<` and `Start>` the signs are
/// all that tells them apart.
fn compared(name: &str) -> String {
    let signs = [("<=", " lte"), (">=", " gte"), ("!=", " ne"), ("<", " lt"), (">", " gt")];
    signs.iter().fold(name.to_owned(), |name, (sign, word)| name.replace(sign, word))
}

fn name_parameters(document: &mut Value) -> Result<(), Problem> {
    // A call that is renamed into one that is there already would take its place.
    let mut calls: BTreeSet<(String, String)> =
        operations(document).map(|(path, method, _)| (path.to_owned(), method.to_owned())).collect();
    let mut moved = Vec::new();
    for (path, method, operation) in operations_mut(document) {
        let mut names = Unique::default();
        for word in RESERVED {
            names.take(word);
        }
        let mut template = path.to_owned();
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else { continue };
        let name_of = |parameter: &Value| parameter["name"].as_str().unwrap_or_default().to_owned();
        let all: Vec<String> = parameters.iter().map(name_of).collect();
        let mut kept = kept(all.iter(), &mut names);
        for parameter in parameters {
            let name = name_of(parameter);
            let plain = common(&name);
            // Of two of one name, in two places, the first keeps it.
            if kept.remove(&name) {
                continue;
            }
            let place = parameter["in"].as_str().unwrap_or_default();
            let worded = compared(&plain);
            let wanted = if worded == plain { format!("{}_{place}", snake(&plain)) } else { snake(&worded) };
            if place != "path" {
                parameter["name"] = json!(snake(&names.name(&wanted, snake)));
                parameter["x-wire-name"] = json!(name);
                continue;
            }
            let unique = loop {
                let unique = snake(&names.name(&wanted, snake));
                renamed.insert(name.clone(), unique.clone());
                // A new name may be another place's old one.
                template = with_places(path, |name| renamed.get(name).map_or(name, String::as_str));
                if !calls.contains(&(template.clone(), method.to_owned())) {
                    break unique;
                }
            };
            parameter["name"] = json!(unique);
        }
        if template != path {
            calls.insert((template.clone(), method.to_owned()));
            moved.push((path.to_owned(), method.to_owned(), template));
        }
    }
    let paths = document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .ok_or_else(|| Problem::new("the document has no paths").at("/paths").fix("describe the calls by a fixup"))?;
    // Only this operation's template changes: the others keep the path as it is.
    for (path, method, template) in moved {
        let operation = paths.get_mut(&path).and_then(Value::as_object_mut).and_then(|item| item.remove(&method));
        let Some(operation) = operation else { continue };
        if let Some(item) = paths.entry(template).or_insert_with(|| json!({})).as_object_mut() {
            item.insert(method, operation);
        }
    }
    paths.retain(|_, item| item.as_object().is_some_and(|item| !item.is_empty()));
    Ok(())
}

/// The marks of earlier passes go, and a nullable reference is written as OpenAPI 3.0 writes it.
fn last_form(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    map.remove("x-answer");
    map.remove("x-name");
    if let Some(target) = map.remove("$ref") {
        let mut lone = Map::new();
        lone.insert("$ref".to_owned(), target);
        let is_nullable = map.get("nullable") == Some(&json!(true));
        *map = if is_nullable {
            let mut wrapped = Map::new();
            wrapped.insert("nullable".to_owned(), json!(true));
            wrapped.insert("allOf".to_owned(), json!([lone]));
            wrapped
        } else {
            lone
        };
        return;
    }
    if map.get("properties").is_some_and(|properties| properties.as_object().is_some_and(Map::is_empty)) {
        map.remove("properties");
    }
}

fn finish(mut document: Value) -> Value {
    let mut said = Vec::new();
    let info = &document["info"];
    let version = info["version"].as_str().unwrap_or("0");
    let ascii: String = version.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    let ascii = ascii.trim();
    if ascii != version.trim() {
        said.push("the version of the API is not plain ASCII; the client names it without the rest".to_owned());
    }
    let mut lowered = json!({
        "openapi": "3.0.3",
        "info": {
            "title": info["title"].as_str().unwrap_or("API"),
            "version": if ascii.is_empty() { "0" } else { ascii },
        },
        "components": {},
    });
    let mut paths = document.get_mut("paths").map(Value::take).unwrap_or_default();
    let schemas = document.pointer_mut("/components/schemas").map_or_else(|| json!({}), Value::take);
    for (_, item) in paths.as_object_mut().into_iter().flatten() {
        for (_, operation) in item.as_object_mut().into_iter().flatten() {
            let Some(operation) = operation.as_object_mut() else { continue };
            operation.retain(|key, value| match key.as_str() {
                "operationId" | "parameters" | "requestBody" | "responses" | "x-accept" | "x-body" | "x-root" => true,
                "deprecated" => value.is_boolean(),
                "summary" | "description" => value.is_string(),
                _ => false,
            });
        }
    }
    lowered["paths"] = paths;
    lowered["components"]["schemas"] = schemas;
    note(&mut lowered, super::notes(&document).into_iter().chain(said));
    // Whatever order the map type of this build keeps, the code is the same.
    sort_keys(lowered)
}
