//! The lines of a contract's file on which values stand, for annotations in a pull request.
//!
//! A contract's file is written with sorted keys, two spaces and one value per line, so that lines can be counted
//! without reading the file.

use std::collections::BTreeMap;

use serde_json::Value;

use super::engine::DEEPEST;
use crate::pointer;

/// A container that still has to be counted.
struct Open<'a> {
    value: &'a Value,
    keys: Vec<&'a str>,
    next: usize,
    pointer: usize,
}

/// The lines of the values that the pointers name, counted from 1.
pub(super) fn lines<'a>(document: &Value, pointers: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut found: BTreeMap<String, usize> = pointers.map(|pointer| (pointer.to_owned(), 0)).collect();
    if found.is_empty() {
        return found;
    }
    let mut line = 1;
    let mut pointer = String::new();
    let mut stack: Vec<Open<'_>> = Vec::new();
    let mut value = Some(document);
    loop {
        if let Some(here) = value.take() {
            if let Some(place) = found.get_mut(&pointer) {
                *place = line;
            }
            line += 1;
            let count = here.as_object().map_or_else(|| here.as_array().map_or(0, Vec::len), serde_json::Map::len);
            if count > 0 && stack.len() <= usize::from(DEEPEST) * 4 {
                let mut keys: Vec<&str> = here.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
                keys.sort_unstable();
                stack.push(Open { value: here, keys, next: 0, pointer: pointer.len() });
            }
        }
        let Some(open) = stack.last_mut() else { break };
        pointer.truncate(open.pointer);
        let index = open.next;
        open.next += 1;
        let child = match open.value {
            Value::Object(map) => {
                open.keys.get(index).and_then(|key| Some((map.get(*key)?, pointer::escape(key).into_owned())))
            }
            Value::Array(list) => list.get(index).map(|item| (item, index.to_string())),
            _ => None,
        };
        if let Some((item, name)) = child {
            pointer.push('/');
            pointer.push_str(&name);
            value = Some(item);
        } else {
            line += 1;
            stack.pop();
        }
    }
    found.retain(|_, line| *line > 0);
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lines_are_those_of_the_written_file() {
        let document = json!({"b": {"x": [1, {"y/z": true}], "e": {}, "f": []}, "a": null});
        let text = crate::render(&document);
        let pointers = ["/a", "/b", "/b/e", "/b/f", "/b/x/1/y~1z", "/b/x/0", "/nowhere"];
        let found = lines(&document, pointers.into_iter());
        let expected = [("/a", "\"a\""), ("/b", "\"b\""), ("/b/e", "\"e\""), ("/b/f", "\"f\""), ("/b/x/1/y~1z", "y/z")];
        for (pointer, needle) in expected {
            let line = text.lines().position(|line| line.contains(needle)).map(|line| line + 1);
            assert_eq!(found.get(pointer).copied(), line, "{pointer}");
        }
        assert_eq!(found.get("/nowhere"), None);
    }
}
