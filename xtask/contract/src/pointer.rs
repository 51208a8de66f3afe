//! JSON pointers (RFC 6901): made, read, followed. Everything that names a place in a document, or refers to one, does it
//! with these.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::Problem;

/// A segment as it stands in a pointer: `~` and `/` escaped.
pub fn escape(segment: &str) -> Cow<'_, str> {
    if segment.contains(['~', '/']) {
        Cow::Owned(segment.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(segment)
    }
}

/// A segment of a pointer as the key it names; `None` if a `~` is followed by neither `0` nor `1`.
pub fn unescape(segment: &str) -> Option<Cow<'_, str>> {
    if !segment.contains('~') {
        return Some(Cow::Borrowed(segment));
    }
    let mut out = String::with_capacity(segment.len());
    let mut chars = segment.chars();
    while let Some(c) = chars.next() {
        match c {
            '~' => match chars.next() {
                Some('0') => out.push('~'),
                Some('1') => out.push('/'),
                _ => return None,
            },
            c => out.push(c),
        }
    }
    Some(Cow::Owned(out))
}

/// Appends a segment, escaped, to a pointer.
pub fn push(pointer: &mut String, segment: &str) {
    pointer.push('/');
    pointer.push_str(&escape(segment));
}

/// The pointer of a child.
pub fn join(pointer: &str, segment: &str) -> String {
    let mut out = String::with_capacity(pointer.len() + segment.len() + 1);
    out.push_str(pointer);
    push(&mut out, segment);
    out
}

/// What a document says at a pointer, wherever it says so: references on the way are followed, the parts of an `allOf` are
/// taken for one, and so is the one alternative beside null. No value is looked at twice for the same rest of the way, however references multiply or turn.
pub fn stated<'a>(document: &'a Value, pointer: &str) -> Vec<&'a Value> {
    let keys = segments(pointer).unwrap_or_default();
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![(document, keys.as_slice())];
    while let Some((here, keys)) = open.pop() {
        if !seen.insert((std::ptr::from_ref(here), keys.len())) {
            continue;
        }
        let Some((first, rest)) = keys.split_first() else {
            found.push(here);
            continue;
        };
        let target = here.get("$ref").and_then(|reference| resolve(document, reference.as_str()?));
        let parts = here.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let unions = ["anyOf", "oneOf"].into_iter().filter_map(|union| {
            let mut others = here.get(union)?.as_array()?.iter().filter(|one| one.get("type") != Some(&"null".into()));
            others.next().filter(|_| others.next().is_none())
        });
        open.extend(unions.chain(parts.rev()).chain(target).map(|part| (part, keys)));
        open.extend(here.get(first).or_else(|| here.get(index(first)?)).map(|child| (child, rest)));
    }
    found
}

/// Whether a pointer is another one, or leads to something below it.
pub fn is_at_or_below(pointer: &str, above: &str) -> bool {
    pointer.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The keys and indices that a pointer names, unescaped.
///
/// # Errors
/// The text is not a JSON pointer: it is not empty and has no leading `/`, or it has a stray `~`.
pub fn segments(pointer: &str) -> Result<Vec<String>, Problem> {
    if pointer.is_empty() {
        return Ok(Vec::new());
    }
    let Some(rest) = pointer.strip_prefix('/') else {
        return Err(Problem::new(format!("`{pointer}` is not a JSON pointer")).fix("begin it with `/`"));
    };
    rest.split('/')
        .map(|segment| {
            unescape(segment).map(Cow::into_owned).ok_or_else(|| {
                Problem::new(format!("`{pointer}` is not a JSON pointer"))
                    .fix("write `~` as `~0`, and `/` in a key as `~1`")
            })
        })
        .collect()
}

/// The value at a pointer.
pub fn get<'v>(document: &'v Value, pointer: &str) -> Option<&'v Value> {
    let mut value = document;
    for segment in keys(pointer)? {
        let key = unescape(segment)?;
        value = match value {
            Value::Object(map) => map.get(key.as_ref())?,
            Value::Array(list) => list.get(index(&key)?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// The value that a reference within the document leads to: `#/components/schemas/File`.
pub fn resolve<'v>(document: &'v Value, reference: &str) -> Option<&'v Value> {
    get(document, &percent_decoded(reference.strip_prefix('#')?)?)
}

/// The text of a URL's part; `None` if its percent-encoding is broken.
pub(crate) fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            out.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok().map(Cow::Owned)
}

/// The value at a pointer, to be changed.
pub fn get_mut<'v>(document: &'v mut Value, pointer: &str) -> Option<&'v mut Value> {
    let mut value = document;
    for segment in keys(pointer)? {
        let key = unescape(segment)?;
        value = match value {
            Value::Object(map) => map.get_mut(key.as_ref())?,
            Value::Array(list) => list.get_mut(index(&key)?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// The segments of a pointer, escaped as they are; `None` if it is none.
fn keys(pointer: &str) -> Option<impl Iterator<Item = &str>> {
    let rest = if pointer.is_empty() { None } else { Some(pointer.strip_prefix('/')?) };
    Some(rest.into_iter().flat_map(|rest| rest.split('/')))
}

/// An index as RFC 6901 writes it.
fn index(key: &str) -> Option<usize> {
    let plain = key.bytes().all(|b| b.is_ascii_digit()) && (key.len() == 1 || !key.starts_with('0'));
    if plain { key.parse().ok() } else { None }
}

/// Visits every node, parents first, keys in order.
pub fn walk(document: &Value, visit: &mut dyn FnMut(&str, &Value)) {
    descend(&mut String::new(), document, visit);
}

fn descend(pointer: &mut String, value: &Value, visit: &mut dyn FnMut(&str, &Value)) {
    visit(pointer, value);
    let length = pointer.len();
    match value {
        Value::Object(map) => {
            for (key, child) in sorted(map) {
                push(pointer, key);
                descend(pointer, child, visit);
                pointer.truncate(length);
            }
        }
        Value::Array(list) => {
            for (index, child) in list.iter().enumerate() {
                push(pointer, &index.to_string());
                descend(pointer, child, visit);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// The entries of an object by key. What serde_json itself yields depends on a feature that any dependency may switch
/// on.
pub fn sorted(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_unstable_by_key(|(key, _)| key.as_str());
    entries
}

/// The entries of a value by key, if it is an object.
pub fn entries(value: Option<&Value>) -> Vec<(&String, &Value)> {
    value.and_then(Value::as_object).map(sorted).unwrap_or_default()
}

/// Splits `FILE#/pointer` or `#/pointer` into file and pointer.
///
/// # Errors
/// There is no `#`, or what follows it is not a JSON pointer.
pub fn locate(at: &str) -> Result<(Option<&str>, &str), Problem> {
    let Some((file, pointer)) = at.split_once('#') else {
        return Err(
            Problem::new(format!("`{at}` names no place")).fix("write it `FILE#/json/pointer` or `#/json/pointer`")
        );
    };
    segments(pointer)?;
    Ok(((!file.is_empty()).then_some(file), pointer))
}

/// The longest part of a pointer that exists.
pub fn nearest<'p>(document: &Value, pointer: &'p str) -> &'p str {
    let mut end = pointer.len();
    while end > 0 && get(document, &pointer[..end]).is_none() {
        end = pointer[..end].rfind('/').unwrap_or(0);
    }
    &pointer[..end]
}

/// What to say of a pointer that leads nowhere: how much of it exists.
pub(crate) fn whereabouts(document: &Value, pointer: &str) -> String {
    match nearest(document, pointer) {
        "" => "nothing of it exists".to_owned(),
        part => format!("what exists of it: `{}`", shorten(part, 100)),
    }
}

/// A value in a few words, for a message: at most 80 characters of its JSON.
pub fn brief(value: &Value) -> String {
    shorten(&value.to_string(), 80)
}

/// A text cut to so many characters, on one line.
pub fn shorten(text: &str, limit: usize) -> String {
    let one_line = |c: char| if c.is_control() { ' ' } else { c };
    if text.chars().count() <= limit {
        return text.chars().map(one_line).collect();
    }
    let mut out: String = text.chars().map(one_line).take(limit).collect();
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use serde_json::json;

    use super::*;

    #[test]
    fn escapes_and_unescapes_every_key() {
        for (key, escaped) in [("", ""), ("a", "a"), ("a/b", "a~1b"), ("~1", "~01"), ("~", "~0"), ("é/", "é~1")] {
            assert_eq!(escape(key), escaped);
            assert_eq!(unescape(escaped).unwrap(), key);
        }
        assert!(unescape("~").is_none());
        assert!(unescape("~2").is_none());
    }

    #[test]
    fn what_is_stated_at_a_pointer_may_stand_behind_a_reference_or_in_a_part() {
        let document = json!({
            "a": {"b": {"$ref": "#/c", "d": 1}, "allOf": [{"b": {"d": 2}}, {"$ref": "#/c"}]},
            "c": {"d": 3, "e": [4], "allOf": [{"$ref": "#/c"}, {"$ref": "#/nowhere"}]}
        });
        for (pointer, values) in [("/a/b/d", json!([1, 3])), ("/a/b/e/0", json!([4])), ("/a/e", json!([[4]]))] {
            let mut found = stated(&document, pointer);
            found.dedup();
            assert!(values.as_array().unwrap().iter().all(|value| found.contains(&value)), "{pointer}: {found:?}");
        }
        assert!(stated(&document, "/a/f").is_empty());
        // Each leads to the next by two hundred ways.
        let mut wide = json!({"end": {"f": 5}});
        for (name, next) in [("a", "b"), ("b", "c"), ("c", "d"), ("d", "end")] {
            let parts = vec![json!({"$ref": format!("#/{next}")}); 200];
            wide[name] = json!({ "allOf": parts });
        }
        assert_eq!(stated(&wide, "/a/f"), [&json!(5)]);
    }

    #[test]
    fn walks_every_node_with_its_pointer() {
        let document = json!({"b": [true], "a/x": {"c": 1}});
        let mut seen = Vec::new();
        walk(&document, &mut |pointer, value| {
            assert_eq!(get(&document, pointer), Some(value));
            assert_eq!(document.pointer(pointer), Some(value));
            seen.push(pointer.to_owned());
        });
        assert_eq!(seen, ["", "/a~1x", "/a~1x/c", "/b", "/b/0"]);
        for nowhere in ["b", "/b/00", "/b/+0", "/b/1", "/b/0/x", "/b/-", "/~", "/a~1x/"] {
            assert_eq!(get(&document, nowhere), None, "{nowhere}");
            assert_eq!(get_mut(&mut document.clone(), nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn finds_the_nearest_ancestor_that_exists() {
        let document = json!({"a": {"b": 1}});
        for (pointer, expected) in [("/a/b", "/a/b"), ("/a/c/d", "/a"), ("/x", ""), ("", "")] {
            assert_eq!(nearest(&document, pointer), expected);
        }
    }

    #[test]
    fn locates_with_and_without_a_file() {
        assert_eq!(locate("x.json#/a").unwrap(), (Some("x.json"), "/a"));
        assert_eq!(locate("#").unwrap(), (None, ""));
        assert!(locate("/a").is_err());
        assert!(locate("#a").is_err());
    }

    #[test]
    fn shortens_long_values() {
        assert_eq!(brief(&json!("a\nb")), r#""a\nb""#);
        assert_eq!(brief(&json!("é".repeat(300))).chars().count(), 81);
        assert_eq!(brief(&json!("é".repeat(78))).chars().count(), 80);
    }
}
