//! Of the bodies that a vendor takes the one that the client sends, and how.
//!
//! To progenitor every body is JSON. What is really sent, a form, parts, a text or a file, stands in the operation's
//! `x-body`, by which the finished code is mended: `as`, the media type, and for a form the properties that are not
//! written as usual.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Map, Value, json};

use super::directions::follow;
use super::idents::{pascal, snake};
use super::schema::{
    components_mut, operations, operations_mut, redirect, referred, resolve, rewrite, rewrite_all, rust_type, types_in,
    types_of,
};
use super::select::{essence, is_media};
use super::style::Style;

/// How a body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Json,
    Form,
    Parts,
    Text,
    File,
}

impl Way {
    /// What the finished code has to know of it, if it is not plain JSON.
    fn sent(self, media_type: &str, media: &Value) -> Option<Value> {
        let is_header = media_type.bytes().all(|b| (0x20..0x7f).contains(&b));
        let is_one = is_header && !media_type.contains('*');
        Some(match self {
            Self::Json if essence(media_type) == "application/json" || !is_one => return None,
            Self::Json => json!({ "as": "json", "type": media_type }),
            Self::Form => json!({ "as": "form", "encodings": encodings(media, false) }),
            Self::Parts => json!({ "as": "parts", "encodings": encodings(media, true), "files": encoded_files(media) }),
            Self::Text => json!({ "as": "text", "type": if is_one { media_type } else { "text/plain" } }),
            Self::File => {
                json!({ "as": "file", "type": if is_header { media_type } else { "application/octet-stream" } })
            }
        })
    }
}

/// The rank of a form that has a file: such a thing goes into a form only as a part.
const WITH_FILES: u8 = 3;

/// What a vendor takes, and what the components say about it.
pub struct Bodies<'a> {
    pub auth: &'a Value,
    pub schemas: &'a Map<String, Value>,
}

impl Bodies<'_> {
    /// Gives an operation the one body that is sent.
    pub fn choose(&self, operation: &mut Map<String, Value>, call: &str, said: &mut Vec<String>) -> Result<(), String> {
        let Some(body) = operation.get("requestBody") else { return Ok(()) };
        let content = body.get("content").and_then(Value::as_object).cloned().unwrap_or_default();
        if content.is_empty() {
            operation.remove("requestBody");
            return Ok(());
        }
        let is_required = body["required"] == true;
        let description = body.get("description").cloned();
        let (media_type, media, way) = match self.best(&content) {
            Ok(chosen) => chosen,
            Err(why) if is_required => return Err(why),
            Err(why) => {
                said.push(format!("{call}: the optional body is left out: {why}"));
                operation.remove("requestBody");
                return Ok(());
            }
        };
        if way == Way::Form && !is_required && self.is_empty(&media["schema"]) {
            operation.remove("requestBody");
            return Ok(());
        }
        let schema = match way {
            Way::Text => json!({ "type": "string" }),
            Way::File => rust_type("hailuo_runtime::File", Vec::new()),
            _ => media.get("schema").cloned().unwrap_or_else(|| json!({})),
        };
        let mut lowered = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        if let Some(description) = description {
            lowered["description"] = description;
        }
        // What is the same in another media type is not missed.
        let others = content.iter().filter(|(_, other)| other["schema"] != media["schema"]);
        let others: Vec<&str> = others.map(|(media_type, _)| media_type.as_str()).collect();
        if !others.is_empty() {
            said.push(format!("{call}: the body is sent as {media_type}, not as {}", others.join(" or ")));
        }
        if way == Way::Text {
            said.push(format!("{call}: the body is text: {media_type}"));
        }
        // A body that demands something could not be left out anyway, whatever a document forgets to say.
        if !is_required && !self.demands(&media["schema"]) {
            said.push(format!("{call}: the body is optional for the vendor; the client always sends one"));
        }
        operation.insert("requestBody".to_owned(), lowered);
        if let Some(sent) = way.sent(media_type, media) {
            operation.insert("x-body".to_owned(), sent);
        }
        Ok(())
    }

    /// Takes what holds a file out of an operation that is sent without one, and gives the same operation with nothing
    /// else: a form in parts, or else the file itself.
    pub fn take_files(&self, operation: &mut Map<String, Value>, call: &str) -> Option<Map<String, Value>> {
        let content = operation.get("requestBody")?.get("content")?.as_object()?;
        let has_files = |way| matches!(way, Way::Parts | Way::File);
        if self.auth["in"] == "body" || self.best(content).is_ok_and(|(.., way)| has_files(way)) {
            return None;
        }
        let with_files = |wanted| {
            let is_wanted = |(media_type, media): &(&String, &Value)| match self.rank(media_type, &media["schema"]) {
                Some((WITH_FILES, Way::Parts)) => wanted == Way::Parts,
                Some((_, Way::File)) => wanted == Way::File && self.is_upload(media_type, media),
                _ => false,
            };
            let taken = content.iter().filter(is_wanted).map(|(media_type, media)| (media_type.clone(), media.clone()));
            Some(taken.collect::<Map<_, _>>()).filter(|taken| !taken.is_empty())
        };
        let (taken, word) = match with_files(Way::Parts) {
            Some(parts) => (parts, "files"),
            None => (with_files(Way::File)?, "file"),
        };
        let name = operation.get("operationId").and_then(Value::as_str).unwrap_or(call);
        let name = format!("{}_with_{word}", snake(name));
        let mut other = operation.clone();
        other.insert("operationId".to_owned(), json!(name));
        operation["requestBody"]["content"].as_object_mut()?.retain(|media_type, _| !taken.contains_key(media_type));
        other["requestBody"]["content"] = Value::Object(taken);
        Some(other)
    }

    /// The media type to send: JSON before its dialects before a form before anything else.
    fn best<'a>(&self, content: &'a Map<String, Value>) -> Result<(&'a str, &'a Value, Way), String> {
        let types = || content.keys().map(String::as_str).collect::<Vec<_>>().join(" or ");
        let (_, media_type, media, way) = content
            .iter()
            .filter_map(|(media_type, media)| {
                let (rank, way) = self.rank(media_type, &media["schema"])?;
                Some((rank, media_type.as_str(), media, way))
            })
            .min_by_key(|(rank, media_type, media, _)| (*rank, self.is_other_patch(media_type, media), *media_type))
            .ok_or_else(|| format!("its body is {}, which no client here sends", types()))?;
        if self.auth["in"] == "body" && (way != Way::Json || !self.is_object(&media["schema"])) {
            return Err("the key goes into a JSON object, and its body is none".to_owned());
        }
        Ok((media_type, media, way))
    }

    /// Whether a body is called a JSON Patch, which is a list, and is none: the patch that the object is merged with stands
    /// beside it.
    fn is_other_patch(&self, media_type: &str, media: &Value) -> bool {
        essence(media_type) == "application/json-patch+json"
            && !types_of(resolve(&media["schema"], self.schemas)).contains(&"array")
    }

    fn rank(&self, media_type: &str, schema: &Value) -> Option<(u8, Way)> {
        let essence = essence(media_type);
        let resolved = resolve(schema, self.schemas);
        match essence.as_str() {
            "application/json" => Some((0, Way::Json)),
            // Whatever it may be, and nothing is said of it: it is sent as it is.
            "*/*" | "application/*" if schema.is_null() || is_file(resolved) => Some((6, Way::File)),
            "*/*" | "application/*" => Some((1, Way::Json)),
            json if json.ends_with("+json") => Some((2, Way::Json)),
            "application/x-www-form-urlencoded" => self.is_object(schema).then_some((4, Way::Form)),
            "multipart/form-data" if self.is_object(schema) => {
                let properties = resolved.get("properties").and_then(Value::as_object);
                let has_file = properties.into_iter().flatten().any(|(_, property)| self.has_file(property, 0));
                Some((if has_file { WITH_FILES } else { 5 }, Way::Parts))
            }
            other if other.starts_with("multipart/") => None,
            other if is_text(other) => Some((7, Way::Text)),
            _ => Some((8, Way::File)),
        }
    }

    /// Whether a property of a form is a file, may be one, or is a list of them.
    fn has_file(&self, property: &Value, depth: usize) -> bool {
        let property = resolve(property, self.schemas);
        let branches =
            ["oneOf", "anyOf", "allOf"].iter().filter_map(|union| property.get(*union)?.as_array()).flatten();
        is_file(property)
            || depth < 4 && branches.chain(property.get("items")).any(|part| self.has_file(part, depth + 1))
    }

    /// Whether a body is a file, and not what else is sent in another form.
    fn is_upload(&self, media_type: &str, media: &Value) -> bool {
        if let Some(schema) = media.get("schema") {
            return is_file(resolve(schema, self.schemas));
        }
        // OpenAPI 3.1 leaves the schema of bytes out.
        let essence = essence(media_type);
        is_media(&essence) || essence == "application/octet-stream"
    }

    /// Whether an object has no property.
    fn is_empty(&self, schema: &Value) -> bool {
        let schema = resolve(schema, self.schemas);
        let says = |key: &str| schema.get(key).is_some_and(|said| *said != false);
        schema["properties"].as_object().is_none_or(Map::is_empty)
            && says("type")
            && !["additionalProperties", "allOf", "anyOf", "oneOf"].iter().any(|key| says(key))
    }

    /// Whether an object must have some property.
    fn demands(&self, schema: &Value) -> bool {
        let schema = resolve(schema, self.schemas);
        let own = |schema: &Value| schema["required"].as_array().is_some_and(|names| !names.is_empty());
        own(schema) || schema["allOf"].as_array().into_iter().flatten().any(|part| own(resolve(part, self.schemas)))
    }

    fn is_object(&self, schema: &Value) -> bool {
        types_of(resolve(schema, self.schemas)).iter().all(|t| matches!(*t, "object" | "null"))
    }
}

/// Whether a schema describes bytes as they are.
pub fn is_file(schema: &Value) -> bool {
    let Some(map) = schema.as_object() else { return false };
    let types = types_in(map);
    let says = |key: &str| map.get(key).and_then(Value::as_str);
    let is_text = says("contentMediaType").is_some_and(|kind| is_text(&essence(kind)) || kind.contains("json"));
    let is_binary = match says("contentEncoding") {
        // MIME's word for bytes that are not encoded at all.
        Some(encoding) => encoding.eq_ignore_ascii_case("binary"),
        None => {
            says("format") == Some("binary")
                || (says("contentMediaType").is_some() && says("format").is_none() && !is_text)
        }
    };
    is_binary && (types.is_empty() || types.contains(&"string"))
}

/// Whether what is of this media type is text that somebody wrote.
fn is_text(essence: &str) -> bool {
    const TEXT: &[&str] = &["xml", "yaml", "x-yaml", "x-ndjson", "ndjson", "jsonl", "graphql", "javascript", "sql"];
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    essence.starts_with("text/") || TEXT.iter().any(|word| subtype == *word || subtype.ends_with(&format!("+{word}")))
}

/// How the properties of a form are written, where it is not as usual.
fn encodings(media: &Value, is_parts: bool) -> Value {
    let mut all = Map::new();
    for (name, encoding) in media.get("encoding").and_then(Value::as_object).into_iter().flatten() {
        let concrete = content_types(encoding).find(|one| !one.contains('*'));
        let one = match (Style::of(encoding).encoding(), concrete) {
            (Some(style), _) => style,
            (None, Some(concrete)) if is_parts => json!({ "type": concrete }),
            (None, Some(concrete)) if essence(concrete).ends_with("json") => json!("json"),
            (None, _) => continue,
        };
        all.insert(name.clone(), one);
    }
    Value::Object(all)
}

/// A body that FastAPI named after the function, the path and the method (`Body_create_clip_v1_clips_post`) is the body of
/// its operation, as one without a name would be.
pub fn name_bodies(document: &mut Value) -> Result<(), Problem> {
    const METHODS: &[&str] = &["Delete", "Patch", "Post", "Put"];
    let mut bodies: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, _, operation) in operations(document) {
        let schema = operation.pointer("/requestBody/content/application~1json/schema").and_then(referred);
        let id = operation["operationId"].as_str().unwrap_or_default();
        if let Some(name) = schema.filter(|name| name.starts_with("Body_")) {
            bodies.entry(name).or_default().push(pascal(&format!("{id} body")));
        }
    }
    let schemas = components_mut(document)?;
    let taken: BTreeSet<String> = schemas.keys().map(|name| pascal(name)).collect();
    let mut renamed = BTreeMap::new();
    for (name, ids) in bodies {
        if let [id] = &ids[..]
            && METHODS.iter().any(|method| pascal(&name).ends_with(method))
            && !taken.contains(id)
            && let Some(schema) = schemas.remove(&name)
        {
            schemas.insert(id.clone(), schema);
            renamed.insert(name, id.clone());
        }
    }
    rewrite_all(document, &mut |schema| redirect(schema, &renamed));
    Ok(())
}

/// Marks what is a file in the schemas of bodies that are sent in parts.
pub fn mark_files(document: &mut Value) -> Result<(), Problem> {
    let mut reached = BTreeSet::new();
    let mut roots = Vec::new();
    for (_, _, operation) in operations_mut(document) {
        let Some(sent) = operation.get_mut("x-body").and_then(Value::as_object_mut) else { continue };
        // Only parts have it, and only until here.
        let Some(files) = sent.remove("files") else { continue };
        let files: Vec<String> =
            files.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        if let Some(schema) = operation.pointer_mut("/requestBody/content/application~1json/schema") {
            mark(schema);
            mark_encoded(schema, &files);
            roots.push((schema.clone(), files));
        }
    }
    for (root, files) in &roots {
        follow(document, root, &mut reached);
        let body = referred(root).and_then(|name| components_mut(document).ok()?.get_mut(&name));
        if let Some(body) = body {
            mark_encoded(body, files);
        }
    }
    if !reached.is_empty() {
        for (_, schema) in components_mut(document)?.iter_mut().filter(|(name, _)| reached.contains(*name)) {
            mark(schema);
        }
    }
    Ok(())
}

/// The properties of a form that are files by their encoding, whatever their schema leaves open.
fn encoded_files(media: &Value) -> Vec<&str> {
    let is_file = |encoding: &Value| {
        let kind = content_types(encoding).next().map(essence);
        kind.is_some_and(|kind| !is_text(&kind) && !kind.ends_with("json"))
    };
    let encodings = media.get("encoding").and_then(Value::as_object).into_iter().flatten();
    encodings.filter(|(_, encoding)| is_file(encoding)).map(|(name, _)| name.as_str()).collect()
}

/// The media types that an encoding allows.
fn content_types(encoding: &Value) -> impl Iterator<Item = &str> {
    encoding["contentType"].as_str().unwrap_or_default().split(',').map(str::trim).filter(|one| !one.is_empty())
}

fn mark_encoded(body: &mut Value, files: &[String]) {
    for name in files {
        let Some(mut property) = body.get_mut("properties").and_then(|properties| properties.get_mut(name)) else {
            continue;
        };
        if property.get("items").is_some() {
            property = &mut property["items"];
        }
        let is_open = types_of(property).iter().all(|t| matches!(*t, "string" | "null"));
        if is_open && !["$ref", "contentEncoding", "enum", "const"].iter().any(|key| property.get(*key).is_some()) {
            property["x-file"] = json!(true);
        }
    }
}

fn mark(schema: &mut Value) {
    rewrite(schema, &mut |schema| {
        if is_file(schema) {
            schema["x-file"] = json!(true);
        }
    });
}
