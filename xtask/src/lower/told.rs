//! The notes as people read them: what holds for many calls is said once, with the calls behind it.

use std::collections::BTreeMap;

use contract::schema::METHODS;
use serde_json::Value;

use super::schema::notes;

/// The most calls of which the same is said one by one.
const MOST: usize = 3;

/// What stands behind a call that is not in the client.
const LEFT_OUT: &str = " is left out";

/// The document's notes, those together that say the same.
pub fn told(document: &Value) -> Vec<String> {
    let notes = notes(document);
    let mut calls: BTreeMap<(bool, &str), Vec<&str>> = BTreeMap::new();
    for (call, key) in notes.iter().filter_map(|note| parts(note)) {
        calls.entry(key).or_default().push(call);
    }
    let mut told = Vec::new();
    for note in &notes {
        let Some((call, key)) = parts(note) else {
            told.push(note.clone());
            continue;
        };
        let calls = &calls[&key];
        if calls.len() <= MOST {
            told.push(note.clone());
        } else if calls.first() == Some(&call) {
            let (is_left_out, what) = key;
            let because = if is_left_out { "left out, because " } else { "" };
            told.push(format!("{because}{what}: {}", calls.join("; ")));
        }
    }
    told
}

/// The call that a note is about, whether it is left out, and what is said of it.
fn parts(note: &str) -> Option<(&str, (bool, &str))> {
    let (call, what) = note.split_once(": ")?;
    let (method, _) = call.split_once(' ')?;
    let is_call = METHODS.contains(&method.to_ascii_lowercase().as_str()) || method == "webhook";
    let known = call.strip_suffix(LEFT_OUT);
    is_call.then(|| (known.unwrap_or(call), (known.is_some(), what)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_holds_for_many_calls_is_said_once() {
        let mut notes = vec!["an enum is a plain string: a, b".to_owned()];
        for path in ["/a", "/b", "/c:go", "/d"] {
            notes.push(format!("POST {path}: it is text"));
            notes.push(format!("GET {path} is left out: it is a cookie"));
        }
        notes.extend(["a", "b", "c"].map(|name| format!("webhook {name}: a call that the vendor makes")));
        assert_eq!(
            told(&json!({ "x-notes": notes })),
            [
                "an enum is a plain string: a, b",
                "it is text: POST /a; POST /b; POST /c:go; POST /d",
                "left out, because it is a cookie: GET /a; GET /b; GET /c:go; GET /d",
                "webhook a: a call that the vendor makes",
                "webhook b: a call that the vendor makes",
                "webhook c: a call that the vendor makes",
            ]
        );
    }
}
