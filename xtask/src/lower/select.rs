//! Leaves out what no client can send, operation by operation, and notes it.
//!
//! An optional parameter that cannot be sent is left out alone; a required one, or a body that nothing writes, takes its
//! operation with it. Which body is sent, and how, is for `bodies` to say. Headers that HTTP itself sets (`Accept`,
//! `Content-Type`, `Authorization`, …) are no parameters, and neither is the key, wherever it goes. A place in the path
//! that has no parameter gets one.

use std::collections::BTreeSet;

use contract::Problem;
use serde_json::{Map, Value, json};

use super::bodies::{self, Bodies};
use super::schema::{components, note, resolve, types_of};
use contract::flatten::places;
use contract::names::is_header;
use contract::schema::METHODS;

/// Headers that the client or HTTP itself writes.
const IMPLIED: &[&str] =
    &["accept", "authorization", "connection", "content-length", "content-type", "host", "transfer-encoding"];

/// Keeps the operations a client can be made for, each with one body at most; one that takes a file in another body than
/// it takes everything else in becomes two.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let schemas = components(&document).cloned().unwrap_or_default();
    let context = Context {
        auth: document.pointer("/components/securitySchemes/key/x-auth").cloned().unwrap_or_default(),
        server: server(&document),
        schemas: &schemas,
    };
    let mut said = Vec::new();
    let mut with_files = Vec::new();
    let paths = document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .ok_or_else(|| Problem::new("the document has no paths").at("/paths").fix("describe the calls by a fixup"))?;
    for (path, item) in paths.iter_mut() {
        let elsewhere = server(item);
        let Some(item) = item.as_object_mut() else { continue };
        let methods: Vec<String> = item.keys().cloned().collect();
        for method in methods {
            if !METHODS.contains(&method.as_str()) {
                item.remove(&method);
                continue;
            }
            let call = format!("{} {path}", method.to_uppercase());
            let chosen = match item.get_mut(&method).and_then(Value::as_object_mut) {
                Some(_) if method == "trace" => Err("no client sends it".to_owned()),
                Some(operation) => context.select(operation, path, elsewhere.as_deref(), &call, &mut said),
                None => Err("it is not an object".to_owned()),
            };
            match chosen {
                Ok(Some(other)) => with_files.push((path.clone(), method, other)),
                Ok(None) => {}
                Err(why) => {
                    said.push(format!("{call} is left out: {why}"));
                    item.remove(&method);
                }
            }
        }
    }
    for (path, method, operation) in with_files {
        let item = paths.entry(format!("{path}{ALSO}")).or_insert_with(|| json!({}));
        item[method] = Value::Object(operation);
    }
    paths.retain(|_, item| item.as_object().is_some_and(|item| !item.is_empty()));
    if paths.is_empty() {
        let why = if said.is_empty() { "it has none".to_owned() } else { said.join("; ") };
        return Err(Problem::new(format!("no operation is left to make a client of: {why}"))
            .at("/paths")
            .fix("describe at least one call that a client can send, by a fixup if the document is published"));
    }
    bodies::mark_files(&mut document)?;
    note(&mut document, said);
    Ok(document)
}

/// Stands behind the path of an operation that another one of the same path and method stands beside. No path of a
/// vendor's has it: what stands behind a `#` is never sent.
const ALSO: &str = "#also";

/// A path of the lowered document as it is sent.
pub fn as_sent(text: &str) -> String {
    text.replace(ALSO, "")
}

/// The server that a document, a path or an operation names first.
fn server(part: &Value) -> Option<String> {
    Some(part.pointer("/servers/0/url")?.as_str()?.trim_end_matches('/').to_owned())
}

/// A URL's scheme and host, and the path from there on.
fn origin(url: &str) -> (&str, &str) {
    let start = url.find("://").map_or(0, |at| at + 3);
    url.split_at(url[start..].find('/').map_or(url.len(), |at| start + at))
}

struct Context<'a> {
    auth: Value,
    server: Option<String>,
    schemas: &'a Map<String, Value>,
}

impl Context<'_> {
    fn select(
        &self,
        operation: &mut Map<String, Value>,
        path: &str,
        elsewhere: Option<&str>,
        call: &str,
        said: &mut Vec<String>,
    ) -> Result<Option<Map<String, Value>>, String> {
        if path.contains('#') {
            return Err("what stands behind a `#` in its path is never sent".to_owned());
        }
        let own = operation.get("servers").map(|servers| server(&json!({ "servers": servers })));
        let host = own.unwrap_or_else(|| elsewhere.map(str::to_owned));
        if let Some(host) = host.filter(|host| self.server.as_ref() != Some(host)) {
            let (here, (there, root)) = (self.server.as_deref().map(origin), origin(&host));
            if here.map(|(here, _)| here) != Some(there) {
                return Err(format!("it is served by {host}, and the client talks to one server"));
            }
            operation.insert("x-root".to_owned(), json!(root));
        }
        self.parameters(operation, path, call, said)?;
        let bodies = Bodies { auth: &self.auth, schemas: self.schemas };
        let mut with_files = bodies.take_files(operation, call);
        bodies.choose(operation, call, said)?;
        if let Some(other) = &mut with_files {
            bodies.choose(other, call, said)?;
            let name = other.get("operationId").and_then(Value::as_str).unwrap_or_default();
            said.push(format!("{call}: `{name}` sends the body that holds a file"));
        }
        Ok(with_files)
    }

    fn parameters(
        &self,
        operation: &mut Map<String, Value>,
        path: &str,
        call: &str,
        said: &mut Vec<String>,
    ) -> Result<(), String> {
        let known = places(path);
        let mut missing: BTreeSet<&str> = known.iter().copied().collect();
        let mut refused = None;
        let mut keep = |parameter: &Value| {
            let name = parameter["name"].as_str().unwrap_or_default();
            let place = parameter["in"].as_str().unwrap_or_default();
            if self.is_implied(name, place) {
                return false;
            }
            if place == "path" {
                missing.remove(name);
                if !known.contains(&name) {
                    said.push(format!("{call}: the path parameter `{name}` is left out: the path has no place for it"));
                    return false;
                }
            }
            let Some(why) = self.unsendable(parameter) else {
                if let Some(content) = parameter.get("content").and_then(Value::as_object) {
                    let types: Vec<&str> = content.keys().map(String::as_str).collect();
                    said.push(format!("{call}: the {place} parameter `{name}` is text: {}", types.join(" or ")));
                }
                return true;
            };
            if parameter["required"] == true || place == "path" {
                refused.get_or_insert(format!("its required {place} parameter `{name}` {why}"));
            } else {
                said.push(format!("{call}: the optional {place} parameter `{name}` is left out: it {why}"));
            }
            false
        };
        if let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) {
            parameters.retain(&mut keep);
        }
        if let Some(why) = refused {
            return Err(why);
        }
        if !missing.is_empty() {
            let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
            for name in missing {
                said.push(format!("{call}: the place `{name}` in the path has no description; it takes any text"));
                if let Some(parameters) = parameters.as_array_mut() {
                    parameters
                        .push(json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
                }
            }
        }
        Ok(())
    }

    /// Whether the parameter is a header of HTTP itself, or the key.
    fn is_implied(&self, name: &str, place: &str) -> bool {
        let is_auth = self.auth["in"] == place
            && self.auth["name"]
                .as_str()
                .is_some_and(|key| if place == "header" { key.eq_ignore_ascii_case(name) } else { key == name });
        is_auth || (place == "header" && IMPLIED.contains(&name.to_ascii_lowercase().as_str()))
    }

    /// Why a parameter cannot be sent.
    fn unsendable(&self, parameter: &Value) -> Option<&'static str> {
        let name = parameter["name"].as_str().unwrap_or_default();
        let place = parameter["in"].as_str().unwrap_or_default();
        let style = parameter["style"].as_str();
        let schema = resolve(&parameter["schema"], self.schemas);
        let types = types_of(schema);
        let is_object = types.contains(&"object") || schema.get("properties").is_some();
        if name.is_empty() {
            return Some("has no name");
        }
        match place {
            "cookie" => Some("is a cookie"),
            "path" if !matches!(style, None | Some("simple")) => Some("has a style other than `simple`"),
            "path" | "header" if is_object => Some("is an object"),
            "header" => (!is_header(name)).then_some("has a name that is no header name"),
            "query" if parameter.get("x-query").is_some() => None,
            "query" if style == Some("deepObject") || is_object => Some("is an object"),
            "query" | "path" => None,
            _ => Some("stands in no known place"),
        }
    }
}

/// A media type without its parameters, in lower case.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is a picture's, a video's or a sound's.
pub fn is_media(media_type: &str) -> bool {
    ["image/", "video/", "audio/"].iter().any(|kind| media_type.starts_with(kind))
}
