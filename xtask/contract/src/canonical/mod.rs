//! One form for all documents that say the same: the contract.
//!
//! - Operations stand on their own (see `flatten`), have a name, and `x-role` where `source.toml` gives one.
//! - The server, the title and the one security scheme `key` are those of `source.toml`; a document that disagrees is a
//!   problem. An operation that needs another key or another host is left out, and noted.
//! - What order does not matter is sorted: keys, `required`, `enum`, types, parameters, members of unions. What has
//!   several spellings has one: null beside a type is a list of types, null beside a reference an `anyOf`, an
//!   intersection of one is that one, `const` an `enum` of one, `5.0` is `5`; what is so by default is not said.
//!   The names of headers are in lower case.
//! - Component schemas that no operation reaches are dropped, so that a contract changes only when a call does.
//! - Documentation is `summary` and `description` of anything, and `tags` of operations: it stays, for the crate's docs,
//!   and drift reports it apart. Titles, examples, contacts, licenses and the vendor's extensions are dropped: they
//!   limit nothing, and vendors' generators shuffle them.
//! - A keyword that JSON Schema does not know stays: a vendor may mean something by it.

mod access;
mod operations;
mod order;
mod schemas;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

pub(crate) use order::write_scalar;
pub use order::{sort_keys, text};
pub use schemas::{schema, without_docs};

use crate::source::{Place, Source};
use crate::{Problem, flatten, pointer, reach, schema as positions};

/// Brings an OpenAPI 3.1 document whose shape was checked into canonical form. What cannot be part of the contract is
/// appended to `left_out`, a line each.
///
/// # Errors
/// The document and `source.toml` do not agree, or a place of the document contradicts another.
pub fn canonical(document: &Value, source: &Source, left_out: &mut Vec<String>) -> Result<Value, Problem> {
    let document = flatten::flatten(document, left_out)?;
    access::check_servers(document.get("servers"), source)?;
    access::check_security(&document, &source.auth)?;
    let mut paths = Map::new();
    for (path, item) in entries(document.get("paths")) {
        let mut methods = Map::new();
        for (method, operation) in entries(Some(item)) {
            let call = format!("{} {path}", method.to_uppercase());
            let here = pointer::join(&pointer::join("/paths", path), method);
            if let Some(why) = foreign(&document, operation, source) {
                if let Some(name) = listed(source, &call) {
                    return Err(Problem::new(format!("`{name}` {why}"))
                        .at(here)
                        .fix("remove it from [operations] of source.toml, or mend the document by a fixup"));
                }
                left_out.push(format!("{call}: it {why}"));
                continue;
            }
            methods.insert(method.clone(), Value::Object(clean_operation(&here, operation, source)?));
        }
        if !methods.is_empty() {
            paths.insert(path.clone(), Value::Object(methods));
        }
    }
    operations::name(&mut paths, source)?;
    if paths.is_empty() {
        return Err(Problem::new("the document has no operation that a client can call")
            .at("/paths")
            .fix("check that it is the right document"));
    }
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut contract = json!({
        "openapi": "3.1.0",
        "info": info(document.get("info"), source),
        "servers": [{ "url": source.base_url }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": { "key": access::scheme(&source.auth) } },
    });
    positions::rewrite(&mut contract, &mut |_, schema| {
        schemas::one(schema);
        Ok(())
    })?;
    access::check_body_key(&contract, &source.auth)?;
    drop_unreached(&mut contract);
    Ok(sort_keys(contract))
}

fn entries(value: Option<&Value>) -> Vec<(&String, &Value)> {
    value.and_then(Value::as_object).map(pointer::sorted).unwrap_or_default()
}

fn info(info: Option<&Value>, source: &Source) -> Value {
    let mut out = Map::new();
    out.insert("title".to_owned(), json!(source.title));
    let version = info.and_then(|i| i.get("version")).and_then(Value::as_str).unwrap_or_default();
    out.insert("version".to_owned(), json!(version));
    if let Some(description) = info.and_then(|i| i.get("description")) {
        out.insert("description".to_owned(), description.clone());
        schemas::prose(&mut out, "description");
    }
    Value::Object(out)
}

/// The name that `[operations]` gives a call.
fn listed<'s>(source: &'s Source, call: &str) -> Option<&'s str> {
    let wanted = operations::parse_call(call)?;
    source
        .operations
        .iter()
        .find(|(_, operation)| operations::parse_call(&operation.call).is_some_and(|c| c == wanted))
        .map(|(name, _)| name.as_str())
}

/// Why an operation cannot be called with the vendor's key on the vendor's host.
fn foreign(document: &Value, operation: &Value, source: &Source) -> Option<String> {
    if let Some(Value::Array(servers)) = operation.get("servers") {
        let urls: Vec<&str> = servers.iter().filter_map(|server| server.get("url")?.as_str()).collect();
        if !urls.is_empty() && !urls.iter().any(|url| access::leads_to(url, &source.base_url)) {
            return Some(format!("goes to `{}`, not to `{}`", pointer::shorten(urls[0], 80), source.base_url));
        }
    }
    if let Some(Value::Array(requirements)) = operation.get("security")
        && !requirements.is_empty()
        && !access::can_be_met(document, requirements, &source.auth)
    {
        return Some(format!("authenticates by {}", access::describe(document, requirements)));
    }
    None
}

fn clean_operation(here: &str, operation: &Value, source: &Source) -> Result<Map<String, Value>, Problem> {
    let mut out = keep(operation, &["description", "operationId", "summary"]);
    schemas::prose(&mut out, "description");
    schemas::prose(&mut out, "summary");
    mark(&mut out, operation, "deprecated");
    if operation.get("security").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        out.insert("security".to_owned(), json!([]));
    }
    if let Some(Value::Array(tags)) = operation.get("tags") {
        let mut tags = tags.clone();
        tags.sort_by(order::compare);
        tags.dedup();
        if !tags.is_empty() {
            out.insert("tags".to_owned(), Value::Array(tags));
        }
    }
    let mut parameters: BTreeMap<(String, String), Value> = BTreeMap::new();
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (place, name) = (text("in"), text("name"));
        if !is_key(&place, &name, source) {
            parameters.insert((place.clone(), name), Value::Object(clean_parameter(here, parameter, &place)?));
        }
    }
    if !parameters.is_empty() {
        out.insert("parameters".to_owned(), Value::Array(parameters.into_values().collect()));
    }
    if let Some(body) = operation.get("requestBody") {
        let here = pointer::join(here, "requestBody");
        let mut clean = keep(body, &["description"]);
        schemas::prose(&mut clean, "description");
        mark(&mut clean, body, "required");
        content(&here, &mut clean, body)?;
        out.insert("requestBody".to_owned(), Value::Object(clean));
    }
    let mut responses = Map::new();
    for (status, response) in entries(operation.get("responses")) {
        let here = pointer::join(&pointer::join(here, "responses"), status);
        let mut clean = keep(response, &["description"]);
        // OpenAPI wants one, if only an empty one.
        schemas::prose(&mut clean, "description");
        clean.entry("description").or_insert_with(|| json!(""));
        headers(&here, &mut clean, response)?;
        content(&here, &mut clean, response)?;
        responses.insert(status.replace('x', "X"), Value::Object(clean));
    }
    out.insert("responses".to_owned(), Value::Object(responses));
    Ok(out)
}

/// Whether a parameter is the key, which the client sends by itself.
fn is_key(place: &str, name: &str, source: &Source) -> bool {
    match source.auth.place {
        Place::Header => place == "header" && name.eq_ignore_ascii_case(&source.auth.name),
        Place::Query => place == "query" && name == source.auth.name,
        Place::Body => false,
    }
}

fn clean_parameter(here: &str, parameter: &Value, place: &str) -> Result<Map<String, Value>, Problem> {
    let mut out = keep(parameter, &["description", "in", "name"]);
    schemas::prose(&mut out, "description");
    for key in ["allowEmptyValue", "allowReserved", "deprecated", "required"] {
        mark(&mut out, parameter, key);
    }
    styled(&mut out, parameter, if matches!(place, "query" | "cookie") { "form" } else { "simple" });
    if let Some(schema) = parameter.get("schema") {
        out.insert("schema".to_owned(), schema.clone());
    } else {
        content(here, &mut out, parameter)?;
    }
    Ok(out)
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

fn headers(here: &str, out: &mut Map<String, Value>, holder: &Value) -> Result<(), Problem> {
    let mut clean = Map::new();
    for (name, header) in entries(holder.get("headers")) {
        let here = pointer::join(&pointer::join(here, "headers"), name);
        let mut one = keep(header, &["description"]);
        schemas::prose(&mut one, "description");
        for key in ["deprecated", "required"] {
            mark(&mut one, header, key);
        }
        styled(&mut one, header, "simple");
        if let Some(schema) = header.get("schema") {
            one.insert("schema".to_owned(), schema.clone());
        } else {
            content(&here, &mut one, header)?;
        }
        clean.insert(name.to_ascii_lowercase(), Value::Object(one));
    }
    if !clean.is_empty() {
        out.insert("headers".to_owned(), Value::Object(clean));
    }
    Ok(())
}

fn content(here: &str, out: &mut Map<String, Value>, holder: &Value) -> Result<(), Problem> {
    let mut clean = Map::new();
    for (kind, media) in entries(holder.get("content")) {
        let here = pointer::join(&pointer::join(here, "content"), kind);
        let mut one = keep(media, &["schema"]);
        let mut encodings = Map::new();
        for (property, encoding) in entries(media.get("encoding")) {
            let mut clean = keep(encoding, &["contentType"]);
            styled(&mut clean, encoding, "form");
            mark(&mut clean, encoding, "allowReserved");
            headers(&here, &mut clean, encoding)?;
            if !clean.is_empty() {
                encodings.insert(property.clone(), Value::Object(clean));
            }
        }
        if !encodings.is_empty() {
            one.insert("encoding".to_owned(), Value::Object(encodings));
        }
        let one = Value::Object(one);
        match clean.insert(media_type(kind), one.clone()) {
            Some(other) if other != one => {
                return Err(Problem::new(format!("`{}` stands here twice, differently", pointer::shorten(kind, 60)))
                    .at(here)
                    .fix("remove one of them, with a fixup if the document is published"));
            }
            _ => {}
        }
    }
    if !clean.is_empty() {
        out.insert("content".to_owned(), Value::Object(clean));
    }
    Ok(())
}

/// `Text/Plain;Charset=UTF-8` → `text/plain; charset=utf-8`. JSON has no other charset than this, so there it is left
/// out.
fn media_type(kind: &str) -> String {
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

fn keep(value: &Value, keys: &[&str]) -> Map<String, Value> {
    let mut out = Map::new();
    for key in keys {
        if let Some(value) = value.get(*key) {
            out.insert((*key).to_owned(), value.clone());
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

fn drop_unreached(contract: &mut Value) {
    let reached = reach::reach(contract);
    let Some(Value::Object(components)) = contract.get_mut("components") else { return };
    if let Some(Value::Object(schemas)) = components.get_mut("schemas") {
        schemas.retain(|name, _| reached.contains_key(name));
        if schemas.is_empty() {
            components.remove("schemas");
        }
    }
}

/// The contract, or any flattened document, without its documentation: what two of them are compared by.
pub fn undocumented(document: &Value) -> Value {
    let mut out = document.clone();
    if let Some(Value::Object(info)) = out.get_mut("info") {
        info.remove("description");
    }
    if let Some(Value::Object(paths)) = out.get_mut("paths") {
        for item in paths.values_mut() {
            for method in positions::METHODS {
                if let Some(operation) = item.get_mut(method) {
                    strip_operation(operation);
                }
            }
        }
    }
    let mut change = |_: &str, schema: &mut Value| {
        if let Value::Object(map) = schema {
            map.remove("description");
        }
        Ok(())
    };
    // The closure cannot fail, and so neither can this.
    let _ = positions::rewrite(&mut out, &mut change);
    out
}

fn strip_operation(operation: &mut Value) {
    let Value::Object(map) = operation else { return };
    for key in ["description", "summary", "tags"] {
        map.remove(key);
    }
    for parameter in map.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        strip_holder(parameter);
    }
    if let Some(body) = map.get_mut("requestBody") {
        strip_holder(body);
    }
    for response in map.get_mut("responses").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
        strip_holder(response);
    }
}

fn strip_holder(holder: &mut Value) {
    let Value::Object(map) = holder else { return };
    map.remove("description");
    for header in map.get_mut("headers").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
        strip_holder(header);
    }
}

/// Whether two flattened operations are the same call, whatever their documentation says.
pub(crate) fn same_operation(a: &Value, b: &Value) -> bool {
    let comparable = |operation: &Value| {
        let mut document = json!({ "paths": { "/": { "post": operation } } });
        let mut change = |_: &str, schema: &mut Value| {
            schemas::one(schema);
            Ok(())
        };
        // The closure cannot fail, and so neither can this.
        let _ = positions::rewrite(&mut document, &mut change);
        text(&undocumented(&document))
    };
    comparable(a) == comparable(b)
}

#[cfg(test)]
mod tests;
