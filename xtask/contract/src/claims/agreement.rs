//! Whether what a page says agrees with what a spec says, by the place in the spec.
//!
//! A page writes for people: `int`, `6 or 10`, an example instead of a type. The rules here say which of that means the
//! same as the spec, and nothing else does.

use serde_json::Value;

use crate::pointer::segments;

/// Compares the capture of a claim with the value at the claim's pointer.
///
/// # Errors
/// They do not agree; the text is what the spec says.
pub(super) fn agree(at: &str, value: &Value, said: &str) -> Result<(), String> {
    let pointer = at.split_once('#').map_or(at, |(_, pointer)| pointer);
    let tokens = segments(pointer).unwrap_or_default();
    let last = tokens.last().map_or("", String::as_str);
    let said = said.trim();

    let agrees = match (tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), value) {
        (["paths", path], _) => is_path(said, path),
        // A call of curl that names no method is a GET.
        (["paths", _, method], Value::Object(_)) => {
            said.eq_ignore_ascii_case(method) || (*method == "get" && said == "curl")
        }
        (["components", "securitySchemes", _, "scheme"] | [.., "x-availability"], Value::String(word)) => {
            said.eq_ignore_ascii_case(word)
        }
        ([.., "type"], Value::String(name)) => is_type(said, name),
        ([.., "type"], Value::Array(names)) => names.iter().filter_map(Value::as_str).any(|name| is_type(said, name)),
        ([.., "format"], Value::String(format)) if format == "uri" => is_url(said),
        ([.., "contentMediaType"], Value::String(range)) => is_media_type(said, range),
        ([.., "required"], Value::Array(names)) => names.iter().any(|name| name == said),
        ([.., "parameters", _], Value::Object(parameter)) => parameter.get("name").is_some_and(|name| name == said),
        (_, Value::Object(_)) => said == last,
        // A page may say how many there are.
        (_, Value::Array(words)) if is_count(said) && !words.iter().any(|w| is_count(&word(w))) => {
            said.parse() == Ok(words.len())
        }
        (_, Value::Array(words)) => same_words(said, words),
        (_, Value::String(text)) => said == text,
        (_, Value::Bool(flag)) => said.eq_ignore_ascii_case(if *flag { "true" } else { "false" }),
        (_, Value::Number(number)) => is_number(said, number),
        (_, Value::Null) => said.eq_ignore_ascii_case("null"),
    };
    if agrees { Ok(()) } else { Err(spoken(value, last)) }
}

/// What is new of the words on a page: the names that the spec does not know. Of a list, which has to be the same, all.
pub(super) fn strange<'a>(value: &Value, said: &[&'a str]) -> Vec<&'a str> {
    match value {
        Value::Object(names) => said.iter().filter(|said| !names.contains_key(**said)).copied().collect(),
        _ => said.to_vec(),
    }
}

fn is_count(said: &str) -> bool {
    !said.is_empty() && said.bytes().all(|b| b.is_ascii_digit())
}

/// Compares the words that a claim finds one by one with the list, or with the names, at the claim's pointer. Names may
/// stand elsewhere on the page: there it counts that the page has none that the spec does not know. Words that are
/// `inferred` may be missing.
///
/// # Errors
/// They do not agree, or the pointer leads to no list; the text is what the spec says.
pub(super) fn agree_each(value: &Value, said: &[&str], inferred: &[&Value]) -> Result<(), String> {
    let (known, is_open): (Vec<String>, bool) = match value {
        Value::Array(words) => (words.iter().map(word).collect(), false),
        Value::Object(names) => (names.keys().cloned().collect(), true),
        _ => return Err("no list".to_owned()),
    };
    let on_page = |known: &String| said.contains(&known.as_str()) || inferred.iter().any(|w| word(w) == *known);
    let agrees = !said.is_empty()
        && said.iter().all(|said| known.iter().any(|known| known == said))
        && (is_open || known.iter().all(on_page));
    if agrees { Ok(()) } else { Err(known.join(", ")) }
}

/// What a spec says, as a finding shows it.
fn spoken(value: &Value, last: &str) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(parameter) => {
            parameter.get("name").and_then(Value::as_str).map_or_else(|| last.to_owned(), str::to_owned)
        }
        Value::Array(words) => words.iter().map(word).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// A path, with or without its first slash, or an example of it: a call that has something in place of `{id}`.
pub(super) fn is_path(said: &str, path: &str) -> bool {
    let (said, path) = (said.trim_start_matches('/').split('/'), path.trim_start_matches('/').split('/'));
    let is_part = |(said, part): (&str, &str)| {
        said == part || (part.starts_with('{') && part.ends_with('}') && !said.is_empty() && !said.starts_with('{'))
    };
    said.clone().count() == path.clone().count() && said.zip(path).all(is_part)
}

/// A type by its name, by another language's name of it, or by an example in JSON.
fn is_type(said: &str, name: &str) -> bool {
    let by_name = match said.to_ascii_lowercase().as_str() {
        "int" => name == "integer",
        "bool" => name == "boolean",
        "float" | "double" => name == "number",
        "str" | "text" => name == "string",
        "list" => name == "array",
        "map" | "dict" => name == "object",
        other => other == name,
    };
    by_name
        || match serde_json::from_str::<Value>(said) {
            Ok(Value::String(_)) => name == "string",
            Ok(Value::Bool(_)) => name == "boolean",
            Ok(Value::Number(n)) => name == "number" || (name == "integer" && !n.is_f64()),
            Ok(Value::Array(_)) => name == "array",
            Ok(Value::Object(_)) => name == "object",
            Ok(Value::Null) => name == "null",
            Err(_) => false,
        }
}

/// The word for a URL, or one of them as an example.
fn is_url(said: &str) -> bool {
    matches!(said.to_ascii_lowercase().as_str(), "url" | "urls" | "uri" | "uris" | "link" | "links")
        || said.starts_with("https://")
        || said.starts_with("http://")
}

/// A media type within the range, or the word for all of them.
fn is_media_type(said: &str, range: &str) -> bool {
    let said = said.to_ascii_lowercase();
    match range.split_once('/') {
        Some((kind, "*")) => {
            said.split_once('/').is_some_and(|(k, rest)| k == kind && !rest.is_empty())
                || said.strip_suffix('s').unwrap_or(&said) == kind
                || (kind == "image" && matches!(said.as_str(), "picture" | "pictures" | "photo" | "photos"))
        }
        _ => said == range,
    }
}

/// The same words in any order, however a sentence strings them together.
fn same_words(said: &str, words: &[Value]) -> bool {
    let mut said: Vec<&str> = said
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'))
        .map(|w| w.trim_matches(|c| matches!(c, '`' | '"' | '\'' | '“' | '”' | '.' | '[' | ']')))
        .filter(|w| !matches!(*w, "" | "or" | "and" | "/"))
        .collect();
    let mut words: Vec<String> = words.iter().map(word).collect();
    said.sort_unstable();
    said.dedup();
    words.sort_unstable();
    said.iter().eq(&words)
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The same number, thousands set apart or not.
fn is_number(said: &str, number: &serde_json::Number) -> bool {
    let mut groups = said.split([',', '_', '\u{202f}', '\u{a0}']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    if rest.iter().any(|g| g.len() != 3 || !g.bytes().all(|b| b.is_ascii_digit())) {
        return false;
    }
    let plain = format!("{first}{}", rest.concat());
    match serde_json::from_str::<serde_json::Number>(&plain) {
        Ok(page) => page == *number || (page.is_f64() || number.is_f64()) && page.as_f64() == number.as_f64(),
        Err(_) => false,
    }
}
