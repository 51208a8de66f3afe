//! A contract as text, one line per fact, so that the difference of two reads like release notes.
//!
//! Every line stands for itself: it begins with the place it speaks of (`submit body.prompt`, `Task.output[].url`), so
//! that a line of a diff needs no neighbor to be understood. A change of one fact changes one line; facts never share
//! one, except a property's type and whether it is required. Nothing is hashed or counted, and nothing stands twice:
//! a component's facts stand under its own name, and where it is used only the name does. Documentation is no fact.
//!
//! Places: `.name` is a property, `[]` the elements of a list, `[0]` one of them, `.*` the properties that have no
//! name of their own.

mod facts;
mod words;

use serde_json::{Map, Value};

use crate::canonical::{is_in_body, restates, text};
use crate::reach::reach;
use crate::schema::{self, Direction};
use crate::{Contract, pointer, stated};
use facts::Facts;
use words::name;

/// The facts of a contract. A document that is not canonical is rendered as far as it is understood.
pub fn surface(document: &Value) -> String {
    let mut facts = Facts::default();
    general(&mut facts, document);
    for (path, method, operation) in schema::operations(document) {
        describe_operation(&mut facts, method, path, operation);
    }
    let reached = reach(document);
    for (component, schema) in schema::components(document).map(pointer::sorted).unwrap_or_default() {
        let direction = match reached.get(component) {
            Some(Direction::Request) => "sent",
            Some(Direction::Answer) => "received",
            Some(Direction::Both) => "sent and received",
            Some(Direction::Neither) | None => "not used",
        };
        let label = name(component);
        facts.group(&format!("schema {label} ({direction})"));
        facts.schema(&label, schema, None);
    }
    facts.finish()
}

/// What a contract's `source.toml` says without the vendor's page: one fact a line, with the reason.
pub fn inferred(contract: &Contract) -> String {
    let mut lines: Vec<String> = Vec::new();
    for inferred in &contract.source.inferred {
        let why = inferred.why.split_whitespace().collect::<Vec<_>>().join(" ");
        for at in &inferred.at {
            let value = match contract.fact(at) {
                Ok((_, value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)))) => {
                    format!(" = {}", text(value))
                }
                _ => String::new(),
            };
            lines.push(format!("{at}{value}: {why}\n"));
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines.concat()
}

fn string<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// Whose description it is, where requests go, where the key goes.
fn general(facts: &mut Facts, document: &Value) {
    if let Some(info) = document.get("info") {
        if let Some(title) = string(info, "title") {
            facts.fact("vendor", title);
        }
        if let Some(version) = string(info, "version") {
            facts.fact("version of the vendor's description", version);
        }
    }
    if let Some(version) = string(document, "openapi") {
        facts.fact("openapi", version);
    }
    servers(facts, "server", document);
    let is_told = |security: &&Value| !is_in_body(document) || **security != Value::Array(Vec::new());
    if let Some(security) = document.get("security").filter(is_told) {
        facts.fact("every operation needs", &requirement(security));
    }
    for (id, scheme) in pointer::entries(pointer::get(document, "/components/securitySchemes")) {
        let label = name(id);
        if let Some(auth) = scheme.get("x-auth") {
            let place = string(auth, "in").unwrap_or("nowhere");
            let key = name(string(auth, "name").unwrap_or_default());
            let prefix = match string(auth, "prefix") {
                Some(prefix) if !prefix.is_empty() => format!(", after {}", text(&Value::from(prefix))),
                Some(_) => String::new(),
                None => ", with no prefix stated".to_owned(),
            };
            facts.fact(&label, &format!("goes into the {place} as {key}{prefix}"));
        }
        let said: &[&str] = if restates(scheme) { &["in", "name", "scheme", "type"] } else { &[] };
        let parts: Vec<String> = pointer::entries(Some(scheme))
            .into_iter()
            .filter(|(key, _)| !matches!(key.as_str(), "description" | "x-auth") && !said.contains(&key.as_str()))
            .map(|(key, value)| format!("{key} {}", text(value)))
            .collect();
        if !parts.is_empty() {
            facts.fact(&format!("security scheme {label}"), &parts.join(", "));
        }
    }
}

fn servers(facts: &mut Facts, label: &str, holder: &Value) {
    for server in holder.get("servers").and_then(Value::as_array).into_iter().flatten() {
        facts.fact(label, string(server, "url").unwrap_or("none"));
    }
}

/// `[{"key": []}]` → `key`; `[]` → `no key`.
fn requirement(security: &Value) -> String {
    let Value::Array(ways) = security else { return text(security) };
    let ways: Vec<String> = ways
        .iter()
        .map(|way| {
            let parts: Vec<String> = pointer::entries(Some(way))
                .into_iter()
                .map(|(scheme, scopes)| match scopes {
                    Value::Array(scopes) if scopes.is_empty() => name(scheme),
                    scopes => format!("{} {}", name(scheme), text(scopes)),
                })
                .collect();
            if parts.is_empty() { "no key".to_owned() } else { parts.join(" and ") }
        })
        .collect();
    if ways.is_empty() { "no key".to_owned() } else { ways.join(" or ") }
}

fn describe_operation(facts: &mut Facts, method: &str, path: &str, operation: &Value) {
    let id = string(operation, "operationId").map_or_else(|| format!("{method} {path}"), name);
    facts.group(&format!("operation {id}"));
    facts.fact(&id, &format!("{} {path}", method.to_uppercase()));
    if let Some(role) = operation.get("x-role") {
        facts.fact(&id, &format!("role {}", role.as_str().map_or_else(|| text(role), name)));
    }
    if operation.get("deprecated") == Some(&Value::Bool(true)) {
        facts.fact(&id, "deprecated");
    }
    if let Some(security) = operation.get("security") {
        facts.fact(&id, &format!("needs {}", requirement(security)));
    }
    for keyword in stated::OF_OPERATIONS {
        operation.get(keyword).into_iter().for_each(|value| facts.stated(&id, keyword, value));
    }
    servers(facts, &format!("{id}: server"), operation);
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let place = string(parameter, "in").unwrap_or("nowhere");
        let label = format!("{id} {place} {}", name(string(parameter, "name").unwrap_or_default()));
        valued(facts, &label, parameter);
    }
    if let Some(body) = operation.get("requestBody") {
        let label = format!("{id} body");
        let required = body.get("required") == Some(&Value::Bool(true));
        facts.fact(&label, if required { "required" } else { "optional" });
        content(facts, &label, body);
    }
    for (status, response) in pointer::entries(operation.get("responses")) {
        let label = format!("{id} answer {}", name(status));
        if response.get("content").is_none() {
            facts.fact(&label, "no body");
        }
        content(facts, &label, response);
        headers(facts, &label, response);
    }
}

/// A parameter or header.
fn valued(facts: &mut Facts, label: &str, holder: &Value) {
    let required = holder.get("required") == Some(&Value::Bool(true));
    match holder.get("schema") {
        Some(schema) => facts.schema(label, schema, Some(required)),
        None => facts.fact(label, if required { "required" } else { "optional" }),
    }
    for (key, word) in [
        ("allowEmptyValue", "may be empty"),
        ("allowReserved", "reserved characters are not encoded"),
        ("deprecated", "deprecated"),
    ] {
        if holder.get(key) == Some(&Value::Bool(true)) {
            facts.fact(label, word);
        }
    }
    for key in ["style", "explode"] {
        if let Some(value) = holder.get(key) {
            facts.fact(label, &format!("{key} {}", value.as_str().map_or_else(|| text(value), name)));
        }
    }
    content(facts, label, holder);
}

fn headers(facts: &mut Facts, label: &str, holder: &Value) {
    for (header, value) in pointer::entries(holder.get("headers")) {
        valued(facts, &format!("{label} header {}", name(header)), value);
    }
}

/// Media types. The schema of `application/json` stands at the place itself; others name their type.
fn content(facts: &mut Facts, label: &str, holder: &Value) {
    for (kind, media) in pointer::entries(holder.get("content")) {
        let place = if kind == "application/json" { label.to_owned() } else { format!("{label} ({})", name(kind)) };
        match media.get("schema") {
            Some(schema) => facts.schema(&place, schema, None),
            None => facts.fact(&place, "a body without a schema"),
        }
        for (property, encoding) in pointer::entries(media.get("encoding")) {
            let place = format!("{place}.{} encoding", name(property));
            let rest: Map<String, Value> = pointer::entries(Some(encoding))
                .into_iter()
                .filter(|(key, _)| key.as_str() != "headers")
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            facts.fact(&place, &text(&Value::Object(rest)));
            headers(facts, &place, encoding);
        }
    }
}

#[cfg(test)]
mod tests;
