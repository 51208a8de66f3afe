//! From bytes to a JSON value: JSON or YAML, within limits that keep a hostile document from harming the machine.
//!
//! What the value means is for the next stages; here it is only certain that it is one document, that no key stands
//! twice in an object, that it is nested no deeper than [`MAX_DEPTH`], and has no more than [`MAX_NODES`] nodes.
//! [`version`] tells an OpenAPI document from anything else that a vendor's server may answer.

mod json;
mod yaml;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Problem, pointer};

/// The largest document that is read, in bytes.
pub const MAX_BYTES: usize = 32 << 20;
/// The deepest nesting that is read. Every later stage may recurse this far.
pub const MAX_DEPTH: usize = 120;
/// The most nodes that a document may have, YAML aliases expanded, references of parameters and responses resolved.
pub const MAX_NODES: usize = 2_000_000;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JSON, RFC 8259.
    Json,
    /// YAML 1.2, as far as JSON can say the same.
    Yaml,
}

/// The version of OpenAPI that a document says it is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0.
    V3_0,
    /// OpenAPI 3.1.
    V3_1,
    /// OpenAPI 3.2.
    V3_2,
}

/// Reads a document; without a format it is JSON if it starts with `{` or `[`.
///
/// # Errors
/// It is too large, empty, not UTF-8, a web page, malformed, nested too deep, or a key stands twice. The problem names
/// line and column, and the JSON pointer where one is known.
pub fn load(bytes: &[u8], format: Option<Format>) -> Result<Value, Problem> {
    check_size(bytes.len() as u64)?;
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).map_err(|e| {
        let what = match bytes {
            [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => "the file is UTF-16, not UTF-8".to_owned(),
            _ => format!("the file is not UTF-8: byte {} begins no character", e.valid_up_to()),
        };
        Problem::new(what).fix("save it as UTF-8, or fetch it again")
    })?;
    check_conflict(text)?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Problem::new("the file is empty").fix("fetch it again, or write the document"));
    }
    if start.starts_with('<') {
        return Err(markup(start));
    }
    let format = format.unwrap_or(if start.starts_with(['{', '[']) { Format::Json } else { Format::Yaml });
    match format {
        Format::Json => json::parse(text),
        Format::Yaml => yaml::parse(text),
    }
}

/// Refuses a text in which a merge has left both sides of a conflict: a parser would only stumble over the first mark.
pub(crate) fn check_conflict(text: &str) -> Result<(), Problem> {
    let mut lines = text.lines();
    let Some(first) = lines.position(|line| line.starts_with("<<<<<<< ")) else {
        return Ok(());
    };
    let Some(more) = lines.position(|line| line.starts_with(">>>>>>> ")) else {
        return Ok(());
    };
    Err(Problem::new(format!("line {}: a merge has left a conflict here, to line {}", first + 1, first + more + 2))
        .fix("keep one side or put both together, and remove the marks"))
}

/// Refuses a file by its size, before it is read.
///
/// # Errors
/// It is larger than [`MAX_BYTES`].
pub fn check_size(bytes: u64) -> Result<(), Problem> {
    if bytes > MAX_BYTES as u64 {
        return Err(Problem::new(format!(
            "the file has {} MB, and no more than {} MB are read",
            bytes.div_ceil(1 << 20),
            MAX_BYTES >> 20
        ))
        .fix("keep only the operations that a client needs"));
    }
    Ok(())
}

/// What a copy of a value costs, in nodes: a long text counts for several.
pub(crate) fn weight(value: &Value) -> usize {
    let text = |text: &str| text.len() / 32;
    1 + match value {
        Value::String(string) => text(string),
        Value::Array(list) => list.iter().map(weight).sum(),
        Value::Object(map) => map.iter().map(|(key, value)| text(key) + weight(value)).sum(),
        _ => 0,
    }
}

/// The format that a file's name promises.
pub fn format_of(name: &str) -> Option<Format> {
    let extension = name.rsplit_once('.')?.1;
    match extension.to_ascii_lowercase().as_str() {
        "json" => Some(Format::Json),
        "yaml" | "yml" => Some(Format::Yaml),
        _ => None,
    }
}

/// The version of an OpenAPI document.
///
/// # Errors
/// The value is no OpenAPI document, or of a version that is not supported.
pub fn version(document: &Value) -> Result<Version, Problem> {
    let Value::Object(map) = document else {
        return Err(Problem::new("this is no OpenAPI document: it is not an object").fix("fetch it again"));
    };
    if let Some(version) = map.get("swagger") {
        return Err(Problem::new(format!("this is Swagger {}, not OpenAPI 3", plain(version)))
            .at("/swagger")
            .fix("convert it to OpenAPI 3 (swagger2openapi or editor.swagger.io do), and keep the result"));
    }
    match map.get("openapi") {
        Some(stated) if is_version(stated, "3.0") => Ok(Version::V3_0),
        Some(stated) if is_version(stated, "3.1") => Ok(Version::V3_1),
        Some(stated) if is_version(stated, "3.2") => Ok(Version::V3_2),
        Some(other) => Err(Problem::new(format!("OpenAPI {} is not supported, 3.0 to 3.2 are", plain(other)))
            .at("/openapi")
            .fix("convert the document to OpenAPI 3.1, or ask the vendor for it")),
        None => {
            let keys = pointer::sorted(map).into_iter().take(5);
            let keys: Vec<String> = keys.map(|(key, _)| format!("`{}`", pointer::shorten(key, 30))).collect();
            if let Some((what, fix)) = other_format(map) {
                return Err(Problem::new(format!("this is {what}, not an OpenAPI document")).fix(fix));
            }
            let found = if keys.is_empty() { "nothing at all".to_owned() } else { keys.join(", ") };
            Err(Problem::new(format!("this is no OpenAPI document: it has no `openapi`, but {found}"))
                .fix("check the address it was fetched from"))
        }
    }
}

/// What else describes an API, or something near it, by the keys that give it away; and what makes OpenAPI of it.
fn other_format(map: &Map<String, Value>) -> Option<(&'static str, &'static str)> {
    const ASK: &str = "ask the vendor for the OpenAPI document it belongs to";
    const FORMATS: &[(&[&str], &str, &str)] = &[
        (&["asyncapi"], "AsyncAPI, which describes messages", "take the description of the vendor's HTTP API"),
        (
            &["arazzo"],
            "Arazzo, which describes the order of calls",
            "take the document that its `sourceDescriptions` name",
        ),
        (
            &["overlay", "actions"],
            "an OpenAPI Overlay",
            "apply it to the document that it `extends`, and take the result",
        ),
        (&["info", "item"], "a Postman collection", "export it as OpenAPI, which Postman and `postman-to-openapi` do"),
        (&["_type", "resources"], "an Insomnia export", "export it as OpenAPI"),
        (&["discoveryVersion"], "a Google discovery document", "convert it to OpenAPI 3, or ask the vendor for that"),
        (
            &["rootUrl", "servicePath"],
            "a Google discovery document",
            "convert it to OpenAPI 3, or ask the vendor for that",
        ),
        (&["openrpc"], "OpenRPC, which describes JSON-RPC", "take the description of the vendor's HTTP API"),
        (&["smithy"], "a Smithy model", "build it with the plug-in `openapi`, and take the result"),
        (&["log"], "a recording of traffic (HAR)", "take the vendor's OpenAPI document"),
        (&["baseUri", "title"], "RAML", "convert it to OpenAPI 3 (the AMF tools do), and take the result"),
        (&["$schema", "properties"], "a JSON Schema", "write the document around it, and refer to it from there"),
        (
            &["paths", "components"],
            "an OpenAPI document without its version",
            "say it at the top: `\"openapi\": \"3.0.3\"`",
        ),
        (&["paths", "info"], "an OpenAPI document without its version", "say it at the top: `\"openapi\": \"3.0.3\"`"),
        (&["components", "info"], "a part of an OpenAPI document", ASK),
    ];
    let is_graphql = map.contains_key("__schema") || map.get("data").is_some_and(|data| data.get("__schema").is_some());
    if is_graphql {
        return Some(("a GraphQL schema", "take the description of the vendor's HTTP API"));
    }
    let known = FORMATS.iter().find(|(keys, ..)| keys.iter().all(|key| map.contains_key(*key)));
    known.map(|(_, what, fix)| (*what, *fix))
}

/// `3.1`, `3.1.0`, and the number that YAML makes of an unquoted `3.1`; not `3.10.0`.
fn is_version(stated: &Value, wanted: &str) -> bool {
    let text = match stated {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return false,
    };
    text.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A value for a sentence: strings without their quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => pointer::shorten(text, 30),
        other => pointer::brief(other),
    }
}

/// What to say of a web page or an XML file.
fn markup(text: &str) -> Problem {
    let head: String = text.chars().take(4096).collect();
    let lower = head.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|at| {
        let rest = &head[at..];
        let rest = &rest[rest.find('>')? + 1..];
        let title = rest[..rest.find('<')?].split_whitespace().collect::<Vec<_>>().join(" ");
        (!title.is_empty()).then(|| pointer::shorten(&title, 60))
    });
    let what = match title {
        Some(title) => format!("this is a web page titled \"{title}\", not an OpenAPI document"),
        None if lower.contains("<html") || lower.contains("<!doctype html") || lower.contains("<body") => {
            "this is a web page, not an OpenAPI document".to_owned()
        }
        None => "this is XML or HTML, not JSON or YAML".to_owned(),
    };
    Problem::new(what).fix("check the address it was fetched from; it may ask for a login")
}

/// The problem of a place in a text.
fn syntax(line: usize, column: usize, what: &str, trail: Option<String>) -> Problem {
    let problem = Problem::new(format!("line {line}, column {column}: {what}"));
    match trail {
        Some(pointer) => problem.at(pointer),
        None => problem,
    }
}

const TOO_DEEP: &str = "it is nested too deep (120 levels are read)";
const TOO_MANY: &str = "it has too many nodes (2,000,000 are read, aliases expanded)";

#[cfg(test)]
mod tests;
