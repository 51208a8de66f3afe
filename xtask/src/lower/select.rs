//! Leaves out what no client can send, operation by operation, and notes it.
//!
//! An optional parameter that cannot be sent is left out alone; a required one, or a body that nothing writes, takes its
//! operation with it. Which body is sent, and how, is for `bodies` to say. Headers that HTTP itself sets (`Accept`,
//! `Content-Type`, `Authorization`, …) are no parameters. That a path and its parameters agree, and that none of them is the
//! key, is the contract's to guarantee.

use contract::Problem;
use serde_json::{Map, Value, json};

use super::bodies::{self, Bodies};
use super::schema::{components, note, resolve, types_of};
use contract::names::is_header;

/// Headers that the client or HTTP itself writes.
const IMPLIED: &[&str] =
    &["accept", "authorization", "connection", "content-length", "content-type", "host", "transfer-encoding"];

/// The most parameters of a call. In its code each stands within the next, and whoever reads that has a stack that ends.
const MOST: usize = 1_000;

/// Keeps the operations a client can be made for, each with one body at most; one that takes a file in another body than
/// it takes everything else in becomes two.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let schemas = components(&document).cloned().unwrap_or_default();
    let context = Context {
        auth: document.pointer("/components/securitySchemes/key/x-auth").cloned().unwrap_or_default(),
        server: document.get("servers").and_then(first_url),
        schemas: &schemas,
    };
    let mut said = Vec::new();
    let mut with_files = Vec::new();
    let paths = document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .ok_or_else(|| Problem::new("the document has no paths").at("/paths").fix("describe the calls by a fixup"))?;
    for (path, item) in paths.iter_mut() {
        let Some(item) = item.as_object_mut() else { continue };
        item.retain(|method, operation| {
            let call = format!("{} {path}", method.to_uppercase());
            let chosen = match operation.as_object_mut() {
                Some(operation) if method != "trace" => context.select(operation, path, &call, &mut said),
                _ => Err("no client sends it".to_owned()),
            };
            match chosen {
                Ok(other) => with_files.extend(other.map(|other| (path.clone(), method.clone(), other))),
                Err(why) => {
                    said.push(format!("{call} is left out: {why}"));
                    return false;
                }
            }
            true
        });
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
    bodies::name_bodies(&mut document)?;
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

/// The first of some servers.
fn first_url(servers: &Value) -> Option<String> {
    Some(servers[0]["url"].as_str()?.trim_end_matches('/').to_owned())
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
        call: &str,
        said: &mut Vec<String>,
    ) -> Result<Option<Map<String, Value>>, String> {
        if path.contains('#') {
            return Err("what stands behind a `#` in its path is never sent".to_owned());
        }
        let host = operation.get("servers").and_then(first_url);
        if let Some(host) = host.filter(|host| self.server.as_ref() != Some(host)) {
            let (here, (there, root)) = (self.server.as_deref().map(origin), origin(&host));
            if here.map(|(here, _)| here) != Some(there) {
                return Err(format!("it is served by {host}, and the client talks to one server"));
            }
            operation.insert("x-root".to_owned(), json!(root));
        }
        self.parameters(operation, call, said)?;
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

    fn parameters(&self, operation: &mut Map<String, Value>, call: &str, said: &mut Vec<String>) -> Result<(), String> {
        let mut refused = None;
        let mut keep = |parameter: &Value| {
            let name = parameter["name"].as_str().unwrap_or_default();
            let place = parameter["in"].as_str().unwrap_or_default();
            if place == "header" && IMPLIED.contains(&name.to_ascii_lowercase().as_str()) {
                return false;
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
        match operation.get("parameters").and_then(Value::as_array).map_or(0, Vec::len) {
            count if count > MOST => Err(format!("it has {count} parameters, and no client sends more than {MOST}")),
            _ => Ok(()),
        }
    }

    /// Why a parameter cannot be sent.
    fn unsendable(&self, parameter: &Value) -> Option<&'static str> {
        let name = parameter["name"].as_str().unwrap_or_default();
        let place = parameter["in"].as_str().unwrap_or_default();
        let style = parameter["style"].as_str();
        let schema = resolve(&parameter["schema"], self.schemas);
        let types = types_of(schema);
        let is_object = types.contains(&"object") || schema.get("properties").is_some();
        match place {
            "cookie" => Some("is a cookie"),
            "path" if !matches!(style, None | Some("simple")) => Some("has a style other than `simple`"),
            "path" | "header" if is_object => Some("is an object"),
            "header" => (!is_header(name)).then_some("has a name that is no header name"),
            "query" if parameter.get("x-query").is_some() => None,
            "query" if style == Some("deepObject") || is_object => Some("is an object"),
            _ => None,
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
