//! A change in words: one line that a reviewer understands without the contract at hand.

use serde_json::{Map, Value};

use super::report::Change;
use super::rule::Rule;

/// What changed, without saying where: `longest text 2000 → 1500 characters`.
pub fn message(change: &Change) -> String {
    let is_forbidden = matches!(change.rule, Rule::ForbiddenAdded | Rule::ForbiddenRemoved);
    // Anything but values by name is a clause as it stands.
    let is_combination =
        |map: &Map<String, Value>| is_forbidden && !map.values().any(|v| v.is_array() || v.is_object());
    // A number and a text that look alike are told apart by their quotes.
    let is_alike = change.before.as_ref().map(word) == change.after.as_ref().map(word);
    let show = |value: Option<&Value>| match value {
        Some(value) if is_alike => clean(&value.to_string()),
        Some(Value::Object(map)) if is_combination(map) => combination(map),
        Some(value) => word(value),
        None => "nothing".to_owned(),
    };
    let mut text = String::new();
    let mut rest = change.rule.says();
    while let Some((before, (key, after))) = rest.split_once('{').and_then(|(a, b)| Some((a, b.split_once('}')?))) {
        text.push_str(before);
        match key {
            "before" => text.push_str(&show(change.before.as_ref())),
            "after" => text.push_str(&show(change.after.as_ref())),
            _ => text.push_str(&clean(change.name.as_deref().unwrap_or("something"))),
        }
        rest = after;
    }
    text.push_str(rest);
    if let Some(other) = &change.renamed {
        let went = change.at.new.is_none();
        let own = change.path.last().map_or("", String::as_str).trim_start_matches('.');
        // A level deeper, or out of there, and called what it was.
        let is_moved = !own.is_empty() && other.strip_suffix(own).is_some_and(|outer| outer.ends_with('.'));
        let hint = if is_moved { "; looks moved " } else { "; looks renamed " };
        text.push_str(hint);
        text.push_str(if went { "to " } else { "from " });
        text.push_str(&clean(other));
    }
    text
}

/// A value in a few characters.
fn word(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => clean(text.strip_prefix("#/components/schemas/").unwrap_or(text)),
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            items.iter().map(word).collect::<Vec<_>>().join(", ")
        }
        Value::Object(map) => match map.get("$ref").and_then(Value::as_str) {
            Some(reference) => clean(super::engine::short_name(reference)),
            None => clean(&value.to_string()),
        },
        other => clean(&other.to_string()),
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn combination(map: &Map<String, Value>) -> String {
    let mut parts: Vec<String> = map.iter().map(|(name, value)| format!("{} {}", clean(name), word(value))).collect();
    parts.sort_unstable();
    parts.join(" with ")
}

/// The longest text of a vendor that a line takes up, in characters.
const LONGEST: usize = 120;

/// A vendor's text without what could steer a terminal, and not longer than a line.
pub(super) fn clean(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => harmless(text.get(..end).unwrap_or_default()) + "…",
        None => harmless(text),
    }
}

/// A vendor's text without what could steer a terminal.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || is_invisible(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Marks that turn the direction of writing, or take no place at all.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
