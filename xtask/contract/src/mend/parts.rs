//! Everything of a document that is no schema and no list of parameters.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::schemas::truth;
use super::{Changes, Why, parameters, references, schemas};
use crate::shape::{MARKS, is_status};
use crate::{canonical, flatten, pointer, schema};

const INFO: Why = ("info", "A document says what it describes, and which version of it.");
const SERVERS: Why = ("servers", "Servers are a list of objects with a `url`.");
const SECURITY: Why = ("security", "A requirement names security schemes of the document, each with a list of scopes.");
const EMPTY: Why = ("empty-parts", "What stands here is no such part of a document.");
const PATHS: Why = ("paths", "A path begins with `/`, has each parameter once and in braces, and no query.");
const OPERATION: Why = ("operations", "A field of an operation does not hold what OpenAPI says it holds.");
const BODY: Why = ("request-bodies", "A request's body is described by the content it may have.");
const STATUS: Why = ("statuses", "A status is three digits, a class like `2XX`, or `default`.");
const TWICE: Why = ("media-types", "A media type stands once, in whatever spelling; its first description is kept.");
const RESPONSE: Why = ("responses", "An answer is described by an object with its content.");

/// Looks at the whole document.
pub(super) fn document(changes: &mut Changes<'_>) {
    let Value::Object(root) = changes.document else { return };
    info(changes, root);
    servers(changes, "", root);
    security(changes, "", root);
    components(changes, root);
    match root.get("paths") {
        Some(Value::Object(paths)) => {
            for (path, item) in pointer::sorted(paths) {
                if !path.starts_with("x-") {
                    path_item(changes, paths, path, item);
                }
            }
        }
        Some(_) => changes.replace(EMPTY, "/paths", json!({})),
        None => {}
    }
}

fn info(changes: &mut Changes<'_>, root: &Map<String, Value>) {
    match root.get("info") {
        Some(Value::Object(info)) => {
            for key in ["title", "version", "description", "summary"] {
                let at = pointer::join("/info", key);
                match info.get(key) {
                    None | Some(Value::String(_)) => {}
                    Some(value @ (Value::Number(_) | Value::Bool(_))) => {
                        changes.replace(INFO, &at, json!(value.to_string()));
                    }
                    Some(_) => changes.remove(INFO, &at),
                }
            }
        }
        Some(_) => changes.replace(INFO, "/info", json!({ "title": "", "version": "0" })),
        None => changes.add(INFO, "/info", json!({ "title": "", "version": "0" })),
    }
}

fn servers(changes: &mut Changes<'_>, owner: &str, holder: &Map<String, Value>) {
    let Some(stated) = holder.get("servers") else { return };
    let one = |server: &Value| -> Option<Value> {
        let mut server = match server {
            Value::String(url) => return Some(json!({ "url": url })),
            Value::Object(map) if map.get("url").is_some_and(Value::is_string) => map.clone(),
            _ => return None,
        };
        if server.get("description").is_some_and(|text| !text.is_string()) {
            server.remove("description");
        }
        match server.get_mut("variables") {
            Some(Value::Object(variables)) => {
                variables.retain(|_, variable| variable.is_object());
                for variable in variables.values_mut() {
                    let default = variable.get("default").filter(|default| !default.is_string());
                    if let Some(text) = default.map(ToString::to_string) {
                        variable["default"] = json!(text);
                    }
                }
            }
            Some(_) => {
                server.remove("variables");
            }
            None => {}
        }
        Some(Value::Object(server))
    };
    let right: Vec<Value> = match stated {
        Value::Array(list) => list.iter().filter_map(one).collect(),
        other => one(other).into_iter().collect(),
    };
    if *stated != Value::Array(right.clone()) {
        changes.replace(SERVERS, &pointer::join(owner, "servers"), Value::Array(right));
    }
}

fn security(changes: &mut Changes<'_>, owner: &str, holder: &Map<String, Value>) {
    let Some(stated) = holder.get("security") else { return };
    let schemes = pointer::get(changes.document, "/components/securitySchemes");
    let is_known = |name: &str| schemes.and_then(|schemes| schemes.get(name)).is_some();
    let one = |requirement: &Value| -> Option<Value> {
        let mut out = Map::new();
        match requirement {
            Value::Object(map) => {
                for (name, scopes) in map.iter().filter(|(name, _)| is_known(name)) {
                    let scopes = if scopes.is_array() { scopes.clone() } else { json!([]) };
                    out.insert(name.clone(), scopes);
                }
                // One of which nothing is left was never met by nothing.
                return (map.is_empty() || !out.is_empty()).then_some(Value::Object(out));
            }
            Value::String(name) if is_known(name) => {
                out.insert(name.clone(), json!([]));
            }
            _ => return None,
        }
        Some(Value::Object(out))
    };
    let at = pointer::join(owner, "security");
    let right: Vec<Value> = match stated {
        Value::Array(list) => list.iter().filter_map(one).collect(),
        other => one(other).into_iter().collect(),
    };
    if *stated != Value::Array(right.clone()) {
        // An empty list would say that no key is needed.
        changes.change(SECURITY, &at, (!right.is_empty()).then_some(Value::Array(right)));
    }
}

fn components(changes: &mut Changes<'_>, root: &Map<String, Value>) {
    let Some(stated) = root.get("components") else { return };
    let Value::Object(components) = stated else {
        changes.replace(EMPTY, "/components", json!({}));
        return;
    };
    for (section, value) in pointer::sorted(components) {
        let at = pointer::join("/components", section);
        let Value::Object(entries) = value else {
            if !section.starts_with("x-") {
                changes.replace(EMPTY, &at, json!({}));
            }
            continue;
        };
        for (name, value) in pointer::sorted(entries) {
            let here = pointer::join(&at, name);
            match section.as_str() {
                "schemas" => schemas::schema(changes, &here, value),
                "parameters" => {
                    let right = if value.get("$ref").is_some() {
                        Some(value.clone())
                    } else {
                        // Whether it stands in a path is not known of a component.
                        parameters::single(value, &BTreeSet::new(), &mut None)
                    };
                    if right.as_ref() != Some(value) {
                        changes.change(EMPTY, &here, right);
                    } else if let Some(schema) = value.get("schema") {
                        schemas::schema(changes, &pointer::join(&here, "schema"), schema);
                    }
                }
                "requestBodies" => body(changes, &here, value),
                "responses" => response(changes, &here, value),
                "headers" => header(changes, &here, value),
                "securitySchemes" => scheme(changes, &here, value),
                "pathItems" if !value.is_object() => changes.remove(EMPTY, &here),
                _ => {}
            }
        }
    }
}

fn scheme(changes: &mut Changes<'_>, at: &str, value: &Value) {
    let Value::Object(map) = value else {
        changes.remove(SECURITY, at);
        return;
    };
    if !map.contains_key("$ref") && !map.get("type").is_some_and(Value::is_string) {
        changes.remove(SECURITY, at);
        return;
    }
    for key in ["name", "in", "scheme", "description"] {
        if map.get(key).is_some_and(|value| !value.is_string()) {
            changes.remove(SECURITY, &pointer::join(at, key));
        }
    }
}

fn path_item(changes: &mut Changes<'_>, paths: &Map<String, Value>, path: &str, item: &Value) {
    let at = pointer::join("/paths", path);
    let Value::Object(map) = item else {
        changes.remove(EMPTY, &at);
        return;
    };
    if !path.starts_with('/') {
        let right = format!("/{path}");
        if paths.contains_key(&right) {
            changes.remove(PATHS, &at);
        } else {
            changes.rename(PATHS, &at, &pointer::join("/paths", &right), item);
        }
        return;
    }
    if !references::part(changes, &at, item, None) {
        return;
    }
    let Ok(template) = flatten::template(path) else {
        changes.remove(PATHS, &at);
        return;
    };
    if let Some((stem, query)) = path.split_once('?').filter(|(_, query)| query.contains('{')) {
        match without_query(map, query).filter(|_| !paths.contains_key(stem)) {
            Some(item) => changes.rename(PATHS, &at, &pointer::join("/paths", stem), &item),
            None => changes.remove(PATHS, &at),
        }
        return;
    }
    if let Some(right) = in_braces(changes.document, path, map).filter(|right| !paths.contains_key(right)) {
        changes.rename(PATHS, &at, &pointer::join("/paths", &right), item);
        return;
    }
    servers(changes, &at, map);
    if map.get("parameters").is_some_and(|list| !list.is_array()) {
        changes.remove(EMPTY, &pointer::join(&at, "parameters"));
        return;
    }
    let shared = parameters::list(changes, &at, map, &template, None);
    for method in schema::METHODS {
        let here = pointer::join(&at, method);
        match map.get(method) {
            Some(Value::Object(one)) => operation(changes, &here, one, &template, &shared),
            Some(_) => changes.remove(EMPTY, &here),
            None => {}
        }
    }
}

/// The path with braces around its parameters, where frameworks have other marks: `/:id`, `/<id>`, `/<int:id>`. `None` if
/// it has no such mark of a parameter that the operations take.
fn in_braces(document: &Value, path: &str, item: &Map<String, Value>) -> Option<String> {
    if !path.contains(['<', ':']) {
        return None;
    }
    let lists = item.values().map(|part| &part["parameters"]).chain(item.get("parameters"));
    let taken: BTreeSet<&str> = lists
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|parameter| match parameter["$ref"].as_str() {
            Some(reference) => pointer::resolve(document, reference),
            None => Some(parameter),
        })
        .filter(|parameter| parameter["in"] == "path")
        .filter_map(|parameter| parameter["name"].as_str())
        .collect();
    let name_of = |segment: &str| -> Option<String> {
        let marked = segment.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        let name = marked.map(|inner| inner.rsplit(':').next().unwrap_or(inner)).or(segment.strip_prefix(':'))?;
        taken.contains(name).then(|| format!("{{{name}}}"))
    };
    let segments = path.split('/').map(|segment| name_of(segment).unwrap_or_else(|| segment.to_owned()));
    Some(segments.collect::<Vec<_>>().join("/")).filter(|right| right != path)
}

/// A path item whose path had `?a={a}`: these are parameters of the query.
fn without_query(item: &Map<String, Value>, query: &str) -> Option<Value> {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for part in query.split('&') {
        let (name, value) = part.split_once('=')?;
        names.insert(value.strip_prefix('{')?.strip_suffix('}')?, name);
    }
    let mut item = item.clone();
    for method in schema::METHODS {
        let Some(Value::Object(operation)) = item.get_mut(method) else { continue };
        let list = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut()?;
        for (variable, name) in &names {
            let is_it = |parameter: &Value| parameter["name"] == **variable || parameter["name"] == **name;
            match list.iter_mut().find(|parameter| is_it(parameter)) {
                Some(parameter) => {
                    parameter["name"] = json!(name);
                    parameter["in"] = json!("query");
                }
                None => list.push(json!({ "name": name, "in": "query", "schema": { "type": "string" } })),
            }
        }
    }
    Some(Value::Object(item))
}

fn operation(
    changes: &mut Changes<'_>,
    at: &str,
    operation: &Map<String, Value>,
    template: &BTreeSet<&str>,
    shared: &BTreeMap<(String, String), Value>,
) {
    for key in ["operationId", "summary", "description"] {
        if operation.get(key).is_some_and(|value| !value.is_string()) {
            changes.remove(OPERATION, &pointer::join(at, key));
        }
    }
    if let Some(value) = operation.get("deprecated").filter(|value| !value.is_boolean()) {
        changes.change(OPERATION, &pointer::join(at, "deprecated"), truth(value));
    }
    match operation.get("tags") {
        None => {}
        Some(Value::Array(tags)) if tags.iter().all(Value::is_string) => {}
        Some(Value::Array(tags)) => {
            let right: Vec<Value> = tags.iter().filter(|tag| tag.is_string()).cloned().collect();
            changes.replace(OPERATION, &pointer::join(at, "tags"), Value::Array(right));
        }
        Some(other) => {
            let right = other.as_str().map(|tag| json!([tag]));
            changes.change(OPERATION, &pointer::join(at, "tags"), right);
        }
    }
    servers(changes, at, operation);
    security(changes, at, operation);
    if operation.get("parameters").is_some_and(|list| !list.is_array()) {
        changes.remove(OPERATION, &pointer::join(at, "parameters"));
    } else {
        parameters::list(changes, at, operation, template, Some(shared));
    }
    if let Some(value) = operation.get("requestBody") {
        body(changes, &pointer::join(at, "requestBody"), value);
    }
    let here = pointer::join(at, "responses");
    match operation.get("responses") {
        None => {}
        Some(Value::Object(statuses)) => {
            for (status, value) in pointer::sorted(statuses).into_iter().filter(|(status, _)| !status.starts_with("x-"))
            {
                one_status(changes, &here, statuses, status, value);
            }
        }
        Some(_) => changes.remove(RESPONSE, &here),
    }
}

fn one_status(changes: &mut Changes<'_>, here: &str, statuses: &Map<String, Value>, status: &str, value: &Value) {
    let at = pointer::join(here, status);
    if is_status(status) {
        response(changes, &at, value);
        return;
    }
    let digits: String = status.trim().chars().take(3).collect();
    let right = if status.eq_ignore_ascii_case("default") { "default".to_owned() } else { digits };
    if is_status(&right) && !statuses.contains_key(&right) {
        changes.rename(STATUS, &at, &pointer::join(here, &right), value);
    } else {
        changes.remove(STATUS, &at);
    }
}

fn body(changes: &mut Changes<'_>, at: &str, value: &Value) {
    let Value::Object(map) = value else {
        changes.remove(BODY, at);
        return;
    };
    if !references::part(changes, at, value, None) {
        return;
    }
    if let Some(value) = map.get("required").filter(|value| !value.is_boolean()) {
        changes.change(BODY, &pointer::join(at, "required"), truth(value));
    }
    described(changes, at, map);
    let content_at = pointer::join(at, "content");
    match (map.get("content"), map.get("schema")) {
        (None, Some(schema)) => changes.add(BODY, &content_at, json!({ "application/json": { "schema": schema } })),
        (None, None) => changes.add(BODY, &content_at, json!({})),
        (Some(Value::Object(_)), _) => content(changes, at, value),
        (Some(_), _) => changes.replace(BODY, &content_at, json!({})),
    }
}

fn response(changes: &mut Changes<'_>, at: &str, value: &Value) {
    let Value::Object(map) = value else {
        changes.replace(RESPONSE, at, json!({ "description": value.as_str().unwrap_or_default() }));
        return;
    };
    if !references::part(changes, at, value, Some(json!({ "description": "" }))) {
        return;
    }
    described(changes, at, map);
    match map.get("headers") {
        None => {}
        Some(Value::Object(headers)) => {
            for (name, value) in pointer::sorted(headers) {
                header(changes, &pointer::join(&pointer::join(at, "headers"), name), value);
            }
        }
        Some(_) => changes.remove(RESPONSE, &pointer::join(at, "headers")),
    }
    let content_at = pointer::join(at, "content");
    match (map.get("content"), map.get("schema")) {
        (None, Some(schema)) if schema.is_object() => {
            changes.add(RESPONSE, &content_at, json!({ "application/json": { "schema": schema } }));
        }
        (Some(Value::Object(_)), _) => content(changes, at, value),
        (Some(_), _) => changes.remove(RESPONSE, &content_at),
        (None, _) => {}
    }
}

fn described(changes: &mut Changes<'_>, at: &str, map: &Map<String, Value>) {
    if map.get("description").is_some_and(|text| !text.is_string()) {
        changes.remove(OPERATION, &pointer::join(at, "description"));
    }
}

fn header(changes: &mut Changes<'_>, at: &str, value: &Value) {
    let Value::Object(map) = value else {
        changes.remove(RESPONSE, at);
        return;
    };
    if !references::part(changes, at, value, None) {
        return;
    }
    for key in MARKS {
        if let Some(value) = map.get(key).filter(|value| !value.is_boolean()) {
            changes.change(RESPONSE, &pointer::join(at, key), truth(value));
        }
    }
    for key in ["description", "style"] {
        if map.get(key).is_some_and(|value| !value.is_string()) {
            changes.remove(RESPONSE, &pointer::join(at, key));
        }
    }
    if let Some(schema) = map.get("schema") {
        schemas::schema(changes, &pointer::join(at, "schema"), schema);
    }
    content(changes, at, value);
}

/// Looks at the media types that a parameter, body, answer or header may have.
pub(super) fn content(changes: &mut Changes<'_>, holder: &str, value: &Value) {
    let Some(Value::Object(content)) = value.get("content") else { return };
    let at = pointer::join(holder, "content");
    let mut seen: BTreeMap<String, &Value> = BTreeMap::new();
    for (kind, media) in pointer::sorted(content) {
        let here = pointer::join(&at, kind);
        match seen.insert(canonical::media_type(kind), media) {
            Some(other) if other != media => {
                changes.remove(TWICE, &here);
                continue;
            }
            _ => {}
        }
        let Value::Object(map) = media else {
            changes.replace(EMPTY, &here, json!({}));
            continue;
        };
        if let Some(schema) = map.get("schema") {
            let schema_at = pointer::join(&here, "schema");
            if schema.is_null() {
                changes.remove(EMPTY, &schema_at);
            } else {
                schemas::schema(changes, &schema_at, schema);
            }
        }
        let is_right = |encoding: &Value| {
            encoding.as_object().is_some_and(|map| {
                map.values().all(|encoding| {
                    encoding.is_object()
                        && ["contentType", "style"].iter().all(|key| encoding.get(key).is_none_or(Value::is_string))
                        && ["explode", "allowReserved"]
                            .iter()
                            .all(|key| encoding.get(key).is_none_or(Value::is_boolean))
                })
            })
        };
        if map.get("encoding").is_some_and(|encoding| !is_right(encoding)) {
            changes.remove(EMPTY, &pointer::join(&here, "encoding"));
        }
    }
}
