//! Whether a document is shaped as OpenAPI 3.1 says, as far as the later stages rely on it.
//!
//! Every malformed place is a [`Problem`] with its pointer here, so that no later stage has to doubt what it reads.
//! What a document means, and whether it can become Rust, is not asked here.

pub(crate) mod keywords;

use serde_json::{Map, Value};

use crate::{Problem, pointer, schema};

/// Checks an OpenAPI 3.1 document.
///
/// # Errors
/// The first malformed place, in the order of the pointers.
pub fn check(document: &Value) -> Result<(), Problem> {
    let root = object("", document)?;
    match root.get("info") {
        Some(info) => {
            let info = object("/info", info)?;
            strings("/info", info, &["title", "version", "description", "summary"])?;
        }
        None => return Err(missing("", "info")),
    }
    if let Some(servers) = root.get("servers") {
        check_servers("/servers", servers)?;
    }
    if let Some(security) = root.get("security") {
        check_security("/security", security)?;
    }
    if let Some(components) = root.get("components") {
        check_components(components)?;
    }
    match root.get("paths") {
        Some(paths) => {
            for (path, item) in pointer::sorted(object("/paths", paths)?) {
                if path.starts_with("x-") {
                    continue;
                }
                let here = pointer::join("/paths", path);
                if !path.starts_with('/') {
                    return Err(Problem::new(format!(
                        "the path `{}` does not start with `/`",
                        pointer::shorten(path, 80)
                    ))
                    .at(here)
                    .fix("move it to its right name with a fixup"));
                }
                check_item(&here, item)?;
            }
        }
        None if root.contains_key("webhooks") || root.contains_key("components") => {
            return Err(missing("", "paths").fix("this document describes no call that a client can make"));
        }
        None => return Err(missing("", "paths")),
    }
    let mut problem = None;
    for root in schema::roots(document) {
        let Some(value) = pointer::get(document, &root.pointer) else { continue };
        schema::visit(&root.pointer, value, &mut |here, schema| {
            if problem.is_none() {
                problem = keywords::check(here, schema).err();
            }
        });
    }
    problem.map_or(Ok(()), Err)
}

fn wrong(here: &str, expected: &str, found: &Value) -> Problem {
    Problem::new(format!("expected {expected}, found {}", pointer::brief(found)))
        .at(here)
        .fix("correct the document, with a fixup if it is published")
}

fn missing(here: &str, key: &str) -> Problem {
    Problem::new(format!("`{key}` is missing")).at(here).fix("add it, with a fixup if the document is published")
}

fn object<'v>(here: &str, value: &'v Value) -> Result<&'v Map<String, Value>, Problem> {
    value.as_object().ok_or_else(|| wrong(here, "an object", value))
}

fn list<'v>(here: &str, value: &'v Value) -> Result<&'v Vec<Value>, Problem> {
    value.as_array().ok_or_else(|| wrong(here, "a list", value))
}

/// Checks that keys, where present, hold strings.
fn strings(here: &str, map: &Map<String, Value>, keys: &[&str]) -> Result<(), Problem> {
    typed(here, map, keys, "a string", Value::is_string)
}

fn booleans(here: &str, map: &Map<String, Value>, keys: &[&str]) -> Result<(), Problem> {
    typed(here, map, keys, "true or false", Value::is_boolean)
}

fn typed(
    here: &str,
    map: &Map<String, Value>,
    keys: &[&str],
    expected: &str,
    fits: fn(&Value) -> bool,
) -> Result<(), Problem> {
    for key in keys {
        if let Some(value) = map.get(*key)
            && !fits(value)
        {
            return Err(wrong(&pointer::join(here, key), expected, value));
        }
    }
    Ok(())
}

/// Checks every entry of an object that a key may hold.
fn each(
    here: &str,
    map: &Map<String, Value>,
    key: &str,
    check: &dyn Fn(&str, &Value) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let Some(value) = map.get(key) else { return Ok(()) };
    let here = pointer::join(here, key);
    for (name, value) in pointer::sorted(object(&here, value)?) {
        if !name.starts_with("x-") || key != "responses" {
            check(&pointer::join(&here, name), value)?;
        }
    }
    Ok(())
}

/// Whether an object is only a reference; if so, that it is a well-formed one.
fn is_reference(here: &str, map: &Map<String, Value>) -> Result<bool, Problem> {
    match map.get("$ref") {
        None => Ok(false),
        Some(Value::String(_)) => Ok(true),
        Some(other) => Err(wrong(&pointer::join(here, "$ref"), "a string", other)),
    }
}

fn check_servers(here: &str, servers: &Value) -> Result<(), Problem> {
    for (index, server) in list(here, servers)?.iter().enumerate() {
        let here = format!("{here}/{index}");
        let server = object(&here, server)?;
        strings(&here, server, &["url", "description"])?;
        if !server.contains_key("url") {
            return Err(missing(&here, "url"));
        }
        each(&here, server, "variables", &|here, variable| {
            let variable = object(here, variable)?;
            strings(here, variable, &["default"])
        })?;
    }
    Ok(())
}

fn check_security(here: &str, security: &Value) -> Result<(), Problem> {
    for (index, requirement) in list(here, security)?.iter().enumerate() {
        let here = format!("{here}/{index}");
        for (scheme, scopes) in pointer::sorted(object(&here, requirement)?) {
            list(&pointer::join(&here, scheme), scopes)?;
        }
    }
    Ok(())
}

fn check_components(components: &Value) -> Result<(), Problem> {
    let here = "/components";
    let components = object(here, components)?;
    each(here, components, "schemas", &check_schema_value)?;
    each(here, components, "parameters", &check_parameter)?;
    each(here, components, "requestBodies", &check_body)?;
    each(here, components, "responses", &check_response)?;
    each(here, components, "headers", &check_header)?;
    each(here, components, "pathItems", &check_item)?;
    each(here, components, "securitySchemes", &|here, scheme| {
        let scheme = object(here, scheme)?;
        if !is_reference(here, scheme)? && !scheme.contains_key("type") {
            return Err(missing(here, "type"));
        }
        strings(here, scheme, &["type", "name", "in", "scheme", "description"])
    })
}

fn check_item(here: &str, item: &Value) -> Result<(), Problem> {
    let item = object(here, item)?;
    is_reference(here, item)?;
    check_parameters(here, item)?;
    if let Some(servers) = item.get("servers") {
        check_servers(&pointer::join(here, "servers"), servers)?;
    }
    for method in schema::METHODS {
        if let Some(operation) = item.get(method) {
            check_operation(&pointer::join(here, method), operation)?;
        }
    }
    Ok(())
}

fn check_parameters(here: &str, holder: &Map<String, Value>) -> Result<(), Problem> {
    let Some(parameters) = holder.get("parameters") else { return Ok(()) };
    let here = pointer::join(here, "parameters");
    for (index, parameter) in list(&here, parameters)?.iter().enumerate() {
        check_parameter(&format!("{here}/{index}"), parameter)?;
    }
    Ok(())
}

fn check_operation(here: &str, operation: &Value) -> Result<(), Problem> {
    let operation = object(here, operation)?;
    strings(here, operation, &["operationId", "summary", "description"])?;
    booleans(here, operation, &["deprecated"])?;
    check_parameters(here, operation)?;
    if let Some(tags) = operation.get("tags") {
        let here = pointer::join(here, "tags");
        for (index, tag) in list(&here, tags)?.iter().enumerate() {
            if !tag.is_string() {
                return Err(wrong(&format!("{here}/{index}"), "a string", tag));
            }
        }
    }
    if let Some(servers) = operation.get("servers") {
        check_servers(&pointer::join(here, "servers"), servers)?;
    }
    if let Some(security) = operation.get("security") {
        check_security(&pointer::join(here, "security"), security)?;
    }
    if let Some(body) = operation.get("requestBody") {
        check_body(&pointer::join(here, "requestBody"), body)?;
    }
    // An operation need not say what it answers.
    let Some(responses) = operation.get("responses") else { return Ok(()) };
    let responses_here = pointer::join(here, "responses");
    let statuses = object(&responses_here, responses)?;
    for (status, _) in pointer::sorted(statuses) {
        if !status.starts_with("x-") && !is_status(status) {
            return Err(Problem::new(format!("`{}` is no status code", pointer::shorten(status, 40)))
                .at(pointer::join(&responses_here, status))
                .fix("a status is three digits, like 200, a class, like 2XX, or `default`"));
        }
    }
    each(here, operation, "responses", &check_response)
}

/// `200`, `2XX`, `default`.
pub(crate) fn is_status(text: &str) -> bool {
    match text.as_bytes() {
        [b'1'..=b'5', a, b] => {
            (a.is_ascii_digit() && b.is_ascii_digit()) || (matches!(a, b'x' | b'X') && matches!(b, b'x' | b'X'))
        }
        _ => text == "default",
    }
}

fn check_parameter(here: &str, parameter: &Value) -> Result<(), Problem> {
    let map = object(here, parameter)?;
    if is_reference(here, map)? {
        return Ok(());
    }
    for key in ["name", "in"] {
        match map.get(key) {
            Some(Value::String(text)) if !text.is_empty() => {}
            Some(other) => return Err(wrong(&pointer::join(here, key), "a name", other)),
            None => return Err(missing(here, key)),
        }
    }
    match map.get("in").and_then(Value::as_str) {
        Some("path" | "query" | "header" | "cookie") => {}
        _ => {
            return Err(wrong(&pointer::join(here, "in"), "path, query, header or cookie", &map["in"]));
        }
    }
    check_valued(here, map)?;
    if !map.contains_key("schema") && !map.contains_key("content") {
        return Err(missing(here, "schema"));
    }
    Ok(())
}

fn check_header(here: &str, header: &Value) -> Result<(), Problem> {
    let map = object(here, header)?;
    if is_reference(here, map)? { Ok(()) } else { check_valued(here, map) }
}

/// What a parameter or a header is marked with.
pub(crate) const MARKS: [&str; 5] = ["required", "deprecated", "explode", "allowReserved", "allowEmptyValue"];

/// What parameters and headers share.
fn check_valued(here: &str, map: &Map<String, Value>) -> Result<(), Problem> {
    strings(here, map, &["description", "style"])?;
    booleans(here, map, &MARKS)?;
    if let Some(schema) = map.get("schema") {
        check_schema_value(&pointer::join(here, "schema"), schema)?;
    }
    check_content(here, map)
}

fn check_body(here: &str, body: &Value) -> Result<(), Problem> {
    let map = object(here, body)?;
    if is_reference(here, map)? {
        return Ok(());
    }
    strings(here, map, &["description"])?;
    booleans(here, map, &["required"])?;
    if !map.contains_key("content") {
        return Err(missing(here, "content"));
    }
    check_content(here, map)
}

fn check_response(here: &str, response: &Value) -> Result<(), Problem> {
    let map = object(here, response)?;
    if is_reference(here, map)? {
        return Ok(());
    }
    strings(here, map, &["description"])?;
    each(here, map, "headers", &check_header)?;
    check_content(here, map)
}

fn check_content(here: &str, holder: &Map<String, Value>) -> Result<(), Problem> {
    each(here, holder, "content", &|here, media| {
        let media = object(here, media)?;
        if let Some(schema) = media.get("schema") {
            check_schema_value(&pointer::join(here, "schema"), schema)?;
        }
        each(here, media, "encoding", &|here, encoding| {
            let encoding = object(here, encoding)?;
            strings(here, encoding, &["contentType", "style"])?;
            booleans(here, encoding, &["explode", "allowReserved"])?;
            each(here, encoding, "headers", &check_header)
        })
    })
}

fn check_schema_value(here: &str, schema: &Value) -> Result<(), Problem> {
    match schema {
        Value::Object(_) | Value::Bool(_) => Ok(()),
        other => Err(wrong(here, "a schema", other)),
    }
}

#[cfg(test)]
mod tests;
