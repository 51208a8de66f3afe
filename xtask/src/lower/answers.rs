//! One success shape and one raw error per operation.
//!
//! progenitor knows one success type and one error type per operation and loses status and headers of what it cannot
//! decode. All success statuses become `2XX`, of the union of their shapes; every other status becomes a raw `default`
//! that the runtime reads. The error schemas stay as types, listed in `x-keep`, for those who decode an error's body.

use std::collections::BTreeSet;

use contract::Problem;
use serde_json::{Map, Value, json};

use super::idents::pascal;
use super::schema::{components, components_mut, is_any, note, operations_mut, referred, resolve};
use super::select::{essence, is_media};

/// Rewrites the answers of every operation.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let schemas = components(&document).cloned().unwrap_or_default();
    let mut kept: Vec<(String, Value)> = Vec::new();
    let mut said = Vec::new();
    for (path, method, operation) in operations_mut(&mut document) {
        let call = format!("{} {path}", method.to_uppercase());
        let name = pascal(operation["operationId"].as_str().unwrap_or(method));
        let responses = operation.get_mut("responses").map(Value::take).unwrap_or_default();
        let mut responses = responses.as_object().cloned().unwrap_or_default();
        // HTTP has no body there, whatever a document says.
        for status in ["204", "205"] {
            responses.get_mut(status).and_then(Value::as_object_mut).map(|response| response.remove("content"));
        }
        let is_success = |status: &str| status.starts_with('2');
        let has_success = responses.keys().any(|status| is_success(status));
        let mut success = Vec::new();
        for (status, response) in &responses {
            if is_success(status) || (status == "default" && !has_success) {
                success.push(response);
            } else if let Some(schema) = json_schema(response) {
                kept.push((format!("{name}Error"), schema.clone()));
            }
        }
        let shape = if method == "head" { Shape::Empty } else { shape(&success, &schemas) };
        let lowered = match shape {
            Shape::Json { schema, is_optional } => {
                if let Some(others) = other_types(&success) {
                    said.push(format!("{call}: the answer is read as JSON, not as {others}"));
                }
                if let (Some(dialects), Some(map)) = (dialects(&success), operation.as_object_mut()) {
                    map.insert("x-accept".to_owned(), json!(dialects));
                }
                let schema = if is_optional { json!({ "anyOf": [schema, { "type": "null" }] }) } else { schema };
                Some(json!({ "application/json": { "schema": schema } }))
            }
            Shape::Raw(what) => {
                said.push(format!("{call}: the answer is handed over as bytes: {what}"));
                Some(json!({ "*/*": { "schema": {} } }))
            }
            Shape::Empty => None,
        };
        let description = success.iter().find_map(|response| response["description"].as_str()).unwrap_or_default();
        let mut answer = json!({ "description": description });
        if let Some(content) = lowered {
            answer["content"] = content;
        }
        operation["responses"] = json!({
            "2XX": answer,
            "default": { "description": "Any other status, read by the runtime.", "content": { "*/*": { "schema": {} } } },
        });
    }
    let mut names = BTreeSet::new();
    let schemas = components_mut(&mut document)?;
    for (name, schema) in kept {
        names.insert(referred(&schema).unwrap_or_else(|| keep(schemas, &name, schema)));
    }
    document["x-keep"] = json!(names);
    note(&mut document, said);
    Ok(document)
}

enum Shape {
    Json { schema: Value, is_optional: bool },
    Raw(String),
    Empty,
}

fn shape(success: &[&Value], components: &Map<String, Value>) -> Shape {
    let mut schemas: Vec<Value> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    let mut is_optional = false;
    for response in success {
        let content = response.get("content").and_then(Value::as_object);
        match (json_schema(response), content) {
            (Some(schema), Some(content)) if is_of_file(resolve(&schema, components), content) => {
                others.extend(content.keys().map(String::as_str));
            }
            (Some(schema), _) => {
                if !schemas.contains(&schema) {
                    schemas.push(schema);
                }
            }
            (None, Some(content)) if !content.is_empty() => others.extend(content.keys().map(String::as_str)),
            _ => is_optional = true,
        }
    }
    if success.is_empty() {
        return Shape::Raw("the document does not say what it is".to_owned());
    }
    if !others.is_empty() {
        others.sort_unstable();
        others.dedup();
        others.retain(|media_type| !media_type.is_empty());
        let what = if others.is_empty() { "of no type that is named".to_owned() } else { others.join(" or ") };
        return Shape::Raw(format!("it is {what}"));
    }
    match schemas.len() {
        0 => Shape::Empty,
        1 => Shape::Json { schema: schemas.remove(0), is_optional },
        _ => Shape::Json { schema: json!({ "anyOf": schemas }), is_optional },
    }
}

/// The media types in which an answer that comes as JSON could come as well, and as something else: events, JSON's other
/// dialects.
fn other_types(success: &[&Value]) -> Option<String> {
    let types = success.iter().filter_map(|response| Some((json_schema(response)?, response["content"].as_object()?)));
    let others: BTreeSet<&str> = types
        .flat_map(|(json, content)| content.iter().filter(move |(_, media)| media.get("schema") != Some(&json)))
        .map(|(media_type, _)| media_type.as_str())
        .filter(|media_type| !media_type.contains('*') && essence(media_type) != "application/json")
        .collect();
    (!others.is_empty()).then(|| others.into_iter().collect::<Vec<_>>().join(" or "))
}

/// The schema of a JSON answer; an answer without a schema says nothing, which is a schema too.
fn json_schema(response: &Value) -> Option<Value> {
    let (_, media) = json_media(response)?;
    Some(media.get("schema").cloned().unwrap_or_else(|| json!({})))
}

/// The dialects of JSON to ask for, where no answer is plain JSON: a server may refuse to give anything else.
fn dialects(success: &[&Value]) -> Option<String> {
    let types: Vec<&str> =
        success.iter().filter_map(|response| json_media(response)).map(|(media_type, _)| media_type).collect();
    let is_dialect = |media_type: &&str| essence(media_type).ends_with("+json") && media_type.bytes().all(is_in_header);
    let first = types.first().filter(|_| types.iter().all(is_dialect))?;
    let mut all = vec![*first];
    for media_type in &types {
        if !all.contains(media_type) {
            all.push(media_type);
        }
    }
    Some(format!("{}, application/json;q=0.9", all.join(", ")))
}

fn is_in_header(byte: u8) -> bool {
    (0x20..0x7f).contains(&byte)
}

/// The media type and the rest of a JSON answer.
fn json_media(response: &Value) -> Option<(&str, &Value)> {
    let content: &Map<String, Value> = response.get("content")?.as_object()?;
    let (media_type, media) = content
        .iter()
        .filter(|(media_type, media)| match essence(media_type).as_str() {
            "application/json" => true,
            "*/*" | "application/*" => content.len() == 1 && !is_binary(&media["schema"]),
            other => other.ends_with("+json"),
        })
        .min_by_key(|(media_type, _)| (essence(media_type) != "application/json", media_type.as_str()))?;
    Some((media_type, media))
}

/// Whether what is called JSON are a file's bytes: it says so, or it is beside one and says no more than that it is text.
fn is_of_file(schema: &Value, content: &Map<String, Value>) -> bool {
    let is_text = is_any(schema) || (schema["type"] == "string" && schema.get("enum").is_none());
    schema["format"] == "binary" || (is_text && content.iter().any(is_file))
}

/// Whether a media type is a file's.
fn is_file((media_type, media): (&String, &Value)) -> bool {
    let essence = essence(media_type);
    is_media(&essence)
        || essence == "application/octet-stream"
        || (!essence.ends_with("json") && is_binary(&media["schema"]))
}

/// Whether a schema describes bytes rather than JSON.
fn is_binary(schema: &Value) -> bool {
    schema["format"] == "binary" || schema.get("contentMediaType").is_some() || schema.get("contentEncoding").is_some()
}

fn keep(schemas: &mut Map<String, Value>, base: &str, schema: Value) -> String {
    let mut name = base.to_owned();
    let mut number = 2u32;
    while schemas.get(&name).is_some_and(|there| *there != schema) {
        name = format!("{base}{number}");
        number += 1;
    }
    schemas.insert(name.clone(), schema);
    name
}
