//! The words for keywords, types and names.

use serde_json::{Map, Value};

use crate::canonical::text;
use crate::schema;

/// A name as it stands in a line: as it is, or quoted if it could be mistaken for part of the line.
pub(super) fn name(name: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"\"'`.,:;[]()*".contains(c);
    if !name.is_empty() && (name.chars().all(plain) || is_media_type(name)) {
        name.to_owned()
    } else {
        text(&Value::from(name))
    }
}

/// `image/*` and `application/vnd.api+json` cannot be mistaken for anything.
fn is_media_type(name: &str) -> bool {
    name.split_once('/').is_some_and(|(kind, subtype)| {
        !kind.is_empty()
            && kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '*')
            && subtype.chars().all(|c| c.is_ascii_alphanumeric() || "+-._*".contains(c))
    })
}

/// What a schema is, in words: its reference, its types, its unions.
pub(super) fn kind(schema: &Value) -> String {
    let map = match schema {
        Value::Object(map) => map,
        Value::Bool(false) => return "nothing at all".to_owned(),
        Value::Bool(true) => return "anything".to_owned(),
        other => return text(other),
    };
    let mut words = Vec::new();
    if let Some(reference) = map.get("$ref") {
        let component = reference.as_str().and_then(schema::component_of_ref);
        words.push(component.map_or_else(|| text(reference), |component| name(&component)));
    }
    match map.get("type") {
        Some(Value::String(one)) => words.push(type_word(one)),
        Some(Value::Array(several)) => {
            let several: Vec<String> =
                several.iter().map(|one| one.as_str().map_or_else(|| text(one), type_word)).collect();
            words.push(several.join(" or "));
        }
        Some(other) => words.push(text(other)),
        None => {}
    }
    for (keyword, word) in UNIONS {
        match one_line_union(map, keyword) {
            Some(union) => words.push(union),
            None if map.contains_key(keyword) => words.push(format!("{word} several")),
            None => {}
        }
    }
    if words.is_empty() { "anything".to_owned() } else { words.join(", ") }
}

/// The unions and what they are called.
pub(super) const UNIONS: [(&str, &str); 3] = [("anyOf", "any of"), ("oneOf", "one of"), ("allOf", "all of")];

/// A union of schemas of which nothing is said but what they are: `Tree or null`, `either Cat or Dog`.
pub(super) fn one_line_union(map: &Map<String, Value>, keyword: &str) -> Option<String> {
    let before = match keyword {
        "anyOf" => "",
        "oneOf" => "either ",
        _ => return None,
    };
    let members = map.get(keyword)?.as_array()?;
    let mut words = Vec::with_capacity(members.len());
    for member in members {
        let member = member.as_object()?;
        let mut said = member.iter().filter(|(key, _)| *key != "description");
        match (said.next(), said.next()) {
            (Some((key, Value::String(value))), None) if key == "$ref" => {
                words.push(name(&schema::component_of_ref(value)?));
            }
            (Some((key, Value::String(value))), None) if key == "type" => words.push(type_word(value)),
            _ => return None,
        }
    }
    Some(format!("{before}{}", words.join(" or ")))
}

fn type_word(name: &str) -> String {
    match name {
        "array" => "list".to_owned(),
        other => self::name(other),
    }
}

/// A keyword and its value as a sentence, where the keyword is a limit or mark of its own.
pub(super) fn limit(keyword: &str, value: &Value) -> Option<String> {
    let shown = text(value);
    let counted = |one: &str, many: &str| if shown == "1" { format!("1 {one}") } else { format!("{shown} {many}") };
    Some(match (keyword, value) {
        ("maxLength", _) => format!("at most {}", counted("character", "characters")),
        ("minLength", _) => format!("at least {}", counted("character", "characters")),
        ("maxItems", _) => format!("at most {}", counted("element", "elements")),
        ("minItems", _) => format!("at least {}", counted("element", "elements")),
        ("maxProperties", _) => format!("at most {}", counted("property", "properties")),
        ("minProperties", _) => format!("at least {}", counted("property", "properties")),
        ("maximum", _) => format!("at most {shown}"),
        ("minimum", _) => format!("at least {shown}"),
        ("exclusiveMaximum", _) => format!("less than {shown}"),
        ("exclusiveMinimum", _) => format!("more than {shown}"),
        ("multipleOf", _) => format!("a multiple of {shown}"),
        ("maxContains", _) => format!("at most {shown} such elements"),
        ("minContains", _) => format!("at least {shown} such elements"),
        ("uniqueItems", Value::Bool(true)) => "no element twice".to_owned(),
        ("pattern", Value::String(pattern)) => format!("matches {}", one_line(pattern)),
        ("format", Value::String(format)) => format!("format {}", name(format)),
        ("contentMediaType", Value::String(kind)) => format!("content is {}", name(kind)),
        ("contentEncoding", Value::String(encoding)) => format!("content is encoded as {}", name(encoding)),
        ("enum", Value::Array(values)) => {
            format!("one of {}", values.iter().map(text).collect::<Vec<_>>().join(", "))
        }
        ("const", _) => format!("is {shown}"),
        ("default", _) => format!("default {shown}"),
        ("deprecated", Value::Bool(true)) => "deprecated".to_owned(),
        ("readOnly", Value::Bool(true)) => "only received".to_owned(),
        ("writeOnly", Value::Bool(true)) => "only sent".to_owned(),
        _ => return None,
    })
}

/// A pattern as it is, unless it would break the line.
fn one_line(pattern: &str) -> String {
    if pattern.chars().any(char::is_control) { text(&Value::from(pattern)) } else { format!("/{pattern}/") }
}

/// A `not` that forbids properties or their values together, as a sentence: `duration 10 with resolution "1080P"`.
/// `None` if it forbids something else.
pub(super) fn forbidden(not: &Value) -> Option<String> {
    let map = not.as_object()?;
    if !map.keys().all(|key| matches!(key.as_str(), "required" | "properties" | "description")) {
        return None;
    }
    let empty = Map::new();
    let properties = match map.get("properties") {
        Some(properties) => properties.as_object()?,
        None => &empty,
    };
    let mut required: Vec<&str> = Vec::new();
    for property in map.get("required").and_then(Value::as_array).into_iter().flatten() {
        required.push(property.as_str()?);
    }
    required.sort_unstable();
    required.dedup();
    if required.is_empty() {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    for property in &required {
        match properties.get(*property) {
            Some(schema) => parts.push(format!("{} {}", name(property), values(schema)?)),
            None => parts.push(name(property)),
        }
    }
    let mut optional: Vec<&String> = properties.keys().filter(|key| !required.contains(&key.as_str())).collect();
    optional.sort_unstable();
    for property in optional {
        parts.push(format!("{} {} or none", name(property), values(&properties[property])?));
    }
    Some(parts.join(" with "))
}

/// The values of a schema that is nothing but an enumeration.
fn values(schema: &Value) -> Option<String> {
    let map = schema.as_object()?;
    if !map.keys().all(|key| matches!(key.as_str(), "const" | "enum" | "description")) || map.len() > 2 {
        return None;
    }
    match (map.get("enum"), map.get("const")) {
        (Some(Value::Array(values)), None) => Some(values.iter().map(text).collect::<Vec<_>>().join(" or ")),
        (None, Some(value)) => Some(text(value)),
        _ => None,
    }
}
