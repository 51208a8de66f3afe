//! Patterns in one spelling, and what limits nothing but how long a text is as the limit that it is.

use serde_json::{Map, Value, json};

/// Every character, as people write it; a dot alone is none of them, for it leaves out line breaks.
const ANY: [&str; 11] = [
    r"[\s\S]",
    r"[\S\s]",
    r"[\d\D]",
    r"[\D\d]",
    r"[\w\W]",
    r"[\W\w]",
    "[^]",
    r"(.|\n)",
    r"(?:.|\n)",
    r"(.|\s)",
    r"(?:.|\s)",
];
/// What is left to say where a dot is repeated: that the text is of one line.
const ONE_LINE: &str = "^.*$";

/// A slash needs no backslash in JSON Schema, though it does between slashes, where many patterns come from.
pub(super) fn unescaped(map: &mut Map<String, Value>) {
    let Some(Value::String(pattern)) = map.get_mut("pattern") else { return };
    let mut out = String::with_capacity(pattern.len());
    let mut is_escaped = false;
    for c in pattern.chars() {
        if is_escaped && c == '/' {
            out.pop();
        }
        out.push(c);
        is_escaped = c == '\\' && !is_escaped;
    }
    *pattern = out;
}

/// Says by `minLength` and `maxLength` what a pattern says of the length, and keeps what it says beside that.
pub(super) fn lengths(map: &mut Map<String, Value>) {
    let Some((least, most, is_one_line)) = map.get("pattern").and_then(Value::as_str).and_then(read) else { return };
    if is_one_line {
        map.insert("pattern".to_owned(), json!(ONE_LINE));
    } else {
        map.remove("pattern");
    }
    at_least(map, least);
    match (most, map.get("maxLength").map(Value::as_u64)) {
        (Some(most), None) => drop(map.insert("maxLength".to_owned(), json!(most))),
        (Some(most), Some(Some(stated))) if most < stated => drop(map.insert("maxLength".to_owned(), json!(most))),
        _ => {}
    }
}

/// Says by `minLength` that a text must not be the empty one.
pub(super) fn not_empty(map: &mut Map<String, Value>) {
    let is_of_texts = |key: &String, value: &Value| key == "enum" && *value == json!([""]) || key == "type";
    let not = map.get("not").and_then(Value::as_object);
    if not.is_some_and(|not| not.contains_key("enum") && not.iter().all(|(key, value)| is_of_texts(key, value))) {
        map.remove("not");
        at_least(map, 1);
    }
}

fn at_least(map: &mut Map<String, Value>, least: u64) {
    match map.get("minLength").map(Value::as_u64) {
        None if least > 0 => drop(map.insert("minLength".to_owned(), json!(least))),
        Some(Some(stated)) if stated < least => drop(map.insert("minLength".to_owned(), json!(least))),
        _ => {}
    }
}

/// How many characters at least and at most, and whether none of them may be a line break.
fn read(pattern: &str) -> Option<(u64, Option<u64>, bool)> {
    let (every, pattern) = pattern.strip_prefix("(?s)").map_or((false, pattern), |rest| (true, rest));
    let mut inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
    if let Some(bare) = inner.strip_prefix("(?:").or_else(|| inner.strip_prefix('(')).and_then(|i| i.strip_suffix(')'))
        && !bare.contains(['(', ')', '|'])
    {
        inner = bare;
    }
    let (rest, is_one_line) = match ANY.iter().find_map(|any| inner.strip_prefix(any)) {
        Some(rest) => (rest, false),
        None => (inner.strip_prefix('.')?, !every),
    };
    let (least, most) = match rest {
        "" => (1, Some(1)),
        "?" => (0, Some(1)),
        "*" => (0, None),
        "+" => (1, None),
        counted => {
            let counted = counted.strip_prefix('{')?.strip_suffix('}')?;
            let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
            match counted.split_once(',') {
                None => (number(counted)?, Some(number(counted)?)),
                Some((least, "")) => (number(least)?, None),
                Some((least, most)) => (number(least)?, Some(number(most)?)),
            }
        }
    };
    Some((least, most, is_one_line))
}
