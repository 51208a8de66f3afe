//! Operations with what a contract has and nothing else: defaults unsaid, names of headers and media types in one
//! spelling, the key's own parameter gone. What stands in schemas is for `schemas`.

use std::collections::BTreeMap;

use serde_json::map::Entry;
use serde_json::{Map, Value, json};

use super::order::compare;
use super::schemas::prose;
use crate::source::{Place, Source};
use crate::{Problem, pointer, stated};

/// One flattened operation in canonical form.
pub(super) fn operation(here: &str, mut operation: Value, source: &Source) -> Result<Value, Problem> {
    let mut out = keep(&mut operation, &["description", "operationId", "security", "servers", "summary"]);
    prose(&mut out, "description");
    prose(&mut out, "summary");
    mark(&mut out, &operation, "deprecated");
    out.extend(operation.as_object().map(|map| stated::keep(map, &stated::OF_OPERATIONS)).unwrap_or_default());
    if let Some(Value::Array(mut tags)) = take(&mut operation, "tags") {
        tags.sort_by(compare);
        tags.dedup();
        if !tags.is_empty() {
            out.insert("tags".to_owned(), Value::Array(tags));
        }
    }
    let mut parameters: BTreeMap<(String, String), Value> = BTreeMap::new();
    let listed = match take(&mut operation, "parameters") {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    for parameter in listed {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (place, name) = (text("in"), text("name"));
        if !is_key(&place, &name, source) {
            parameters.insert((place.clone(), name), clean_parameter(here, parameter, &place)?);
        }
    }
    if !parameters.is_empty() {
        out.insert("parameters".to_owned(), Value::Array(parameters.into_values().collect()));
    }
    if let Some(mut body) = take(&mut operation, "requestBody") {
        let here = pointer::join(here, "requestBody");
        let mut clean = keep(&mut body, &["description"]);
        prose(&mut clean, "description");
        mark(&mut clean, &body, "required");
        content(&here, &mut clean, &mut body)?;
        out.insert("requestBody".to_owned(), Value::Object(clean));
    }
    let mut responses = Map::new();
    for (status, mut response) in entries(&mut operation, "responses") {
        let here = pointer::join(&pointer::join(here, "responses"), &status);
        let mut clean = keep(&mut response, &["description"]);
        // OpenAPI wants one, if only an empty one.
        prose(&mut clean, "description");
        clean.entry("description").or_insert_with(|| json!(""));
        headers(&here, &mut clean, &mut response)?;
        content(&here, &mut clean, &mut response)?;
        if responses.insert(status.replace('x', "X"), Value::Object(clean)).is_some() {
            return Err(twice(&here, &status));
        }
    }
    out.insert("responses".to_owned(), Value::Object(responses));
    Ok(Value::Object(out))
}

/// Whether a parameter is the key, which the client sends by itself.
fn is_key(place: &str, name: &str, source: &Source) -> bool {
    match source.auth.place {
        Place::Header => place == "header" && name.eq_ignore_ascii_case(&source.auth.name),
        Place::Query => place == "query" && name == source.auth.name,
        Place::Body => false,
    }
}

fn clean_parameter(here: &str, mut parameter: Value, place: &str) -> Result<Value, Problem> {
    let mut out = keep(&mut parameter, &["description", "in", "name"]);
    prose(&mut out, "description");
    for key in ["allowEmptyValue", "allowReserved", "deprecated", "required"] {
        mark(&mut out, &parameter, key);
    }
    styled(&mut out, &parameter, if matches!(place, "query" | "cookie") { "form" } else { "simple" });
    valued(here, &mut out, &mut parameter)?;
    Ok(Value::Object(out))
}

/// How a list or object is written, where it is not written as is the default.
fn styled(out: &mut Map<String, Value>, holder: &Value, default: &str) {
    let style = holder.get("style").and_then(Value::as_str).unwrap_or(default);
    if style != default {
        out.insert("style".to_owned(), json!(style));
    }
    let explodes = style == "form";
    if let Some(explode) = holder.get("explode").and_then(Value::as_bool)
        && explode != explodes
    {
        out.insert("explode".to_owned(), json!(explode));
    }
}

/// The schema of a parameter or header, or its content.
fn valued(here: &str, out: &mut Map<String, Value>, holder: &mut Value) -> Result<(), Problem> {
    match take(holder, "schema") {
        Some(schema) => {
            out.insert("schema".to_owned(), schema);
            Ok(())
        }
        None => content(here, out, holder),
    }
}

fn headers(here: &str, out: &mut Map<String, Value>, holder: &mut Value) -> Result<(), Problem> {
    let mut clean = Map::new();
    for (name, mut header) in entries(holder, "headers") {
        let here = pointer::join(&pointer::join(here, "headers"), &name);
        let mut one = keep(&mut header, &["description"]);
        prose(&mut one, "description");
        for key in ["deprecated", "required"] {
            mark(&mut one, &header, key);
        }
        styled(&mut one, &header, "simple");
        valued(&here, &mut one, &mut header)?;
        clean.insert(name.to_ascii_lowercase(), Value::Object(one));
    }
    if !clean.is_empty() {
        out.insert("headers".to_owned(), Value::Object(clean));
    }
    Ok(())
}

fn content(here: &str, out: &mut Map<String, Value>, holder: &mut Value) -> Result<(), Problem> {
    let mut clean = Map::new();
    for (kind, mut media) in entries(holder, "content") {
        let here = pointer::join(&pointer::join(here, "content"), &kind);
        let mut one = keep(&mut media, &["schema"]);
        let mut encodings = Map::new();
        for (property, mut encoding) in entries(&mut media, "encoding") {
            let mut clean = keep(&mut encoding, &["contentType"]);
            styled(&mut clean, &encoding, "form");
            mark(&mut clean, &encoding, "allowReserved");
            headers(&here, &mut clean, &mut encoding)?;
            if !clean.is_empty() {
                encodings.insert(property, Value::Object(clean));
            }
        }
        if !encodings.is_empty() {
            one.insert("encoding".to_owned(), Value::Object(encodings));
        }
        match clean.entry(media_type(&kind)) {
            Entry::Occupied(other) if *other.get() != Value::Object(one.clone()) => return Err(twice(&here, &kind)),
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(Value::Object(one));
            }
        }
    }
    if !clean.is_empty() {
        out.insert("content".to_owned(), Value::Object(clean));
    }
    Ok(())
}

/// `Text/Plain;Charset=UTF-8` → `text/plain; charset=utf-8`. JSON has no other charset than this, so there it is left
/// out.
pub(crate) fn media_type(kind: &str) -> String {
    let mut parts = kind.split(';').map(str::trim).filter(|part| !part.is_empty());
    let mut out = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_json = out.ends_with("/json") || out.ends_with("+json");
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if !name.trim().eq_ignore_ascii_case("charset") {
            out.push_str("; ");
            out.push_str(part);
        } else if !is_json {
            out.push_str("; charset=");
            out.push_str(&value.trim().trim_matches('"').to_ascii_lowercase());
        }
    }
    out
}

fn twice(here: &str, key: &str) -> Problem {
    Problem::new(format!("`{}` stands here twice, differently", pointer::shorten(key, 60)))
        .at(here)
        .fix("remove one of them, with a fixup if the document is published")
}

fn take(value: &mut Value, key: &str) -> Option<Value> {
    value.as_object_mut()?.remove(key)
}

/// The entries of an object, taken out of it, by key.
fn entries(value: &mut Value, key: &str) -> Vec<(String, Value)> {
    let mut entries: Vec<(String, Value)> = match take(value, key) {
        Some(Value::Object(map)) => map.into_iter().collect(),
        _ => Vec::new(),
    };
    entries.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    entries
}

fn keep(value: &mut Value, keys: &[&str]) -> Map<String, Value> {
    let mut out = Map::new();
    for key in keys {
        if let Some(value) = take(value, key) {
            out.insert((*key).to_owned(), value);
        }
    }
    out
}

/// Keeps a mark that is set.
fn mark(out: &mut Map<String, Value>, value: &Value, key: &str) {
    if value.get(key) == Some(&Value::Bool(true)) {
        out.insert(key.to_owned(), Value::Bool(true));
    }
}
