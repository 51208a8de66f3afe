//! A line as an object, and what is wrong with one that is none.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::lines::Unreadable;

/// Reads a line. No error quotes it.
pub(super) fn parse(line: &[u8]) -> Result<Map<String, Value>, Unreadable> {
    let text = std::str::from_utf8(line).map_err(|_| Unreadable::NotText)?;
    let text = text.trim_start_matches('\u{feff}');
    match serde_json::from_str(text) {
        // Which of two values was meant cannot be known, and it is paid for.
        Ok(Value::Object(object)) => match serde_json::from_str(text) {
            Ok(Names { twice: Some(name) }) => Err(Unreadable::Twice(Some(name).filter(|name| is_name(name)))),
            _ => Ok(object),
        },
        Ok(_) => Err(Unreadable::NotAnObject),
        Err(error) if error.is_eof() => Err(Unreadable::CutShort),
        Err(error) => Err(Unreadable::NotJson(error.column())),
    }
}

/// Whether a text looks like the name of a field. What stands in its place may as well be a prompt.
pub(super) fn is_name(name: &str) -> bool {
    name.len() <= 24 && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
}

/// The names of an object: one that stands there twice.
struct Names {
    twice: Option<String>,
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
                let mut seen: Vec<String> = Vec::new();
                let mut twice = None;
                while let Some((name, IgnoredAny)) = map.next_entry::<String, _>()? {
                    if seen.contains(&name) {
                        twice.get_or_insert(name);
                    } else if seen.len() < 100 {
                        // The schema has fewer; whatever this is, it is refused for its other names.
                        seen.push(name);
                    }
                }
                Ok(Names { twice })
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_stands_there_twice_is_told_by_its_name() {
        for (line, error) in [
            (r#"{"prompt":"a","prompt":"b"}"#, Unreadable::Twice(Some("prompt".to_owned()))),
            (r#"{"prompt":"a","x":{"y":1,"y":2},"prompt":"a"}"#, Unreadable::Twice(Some("prompt".to_owned()))),
            (r#"{"a fox runs":"a","a fox runs":"b"}"#, Unreadable::Twice(None)),
        ] {
            assert_eq!(parse(line.as_bytes()), Err(error), "{line}");
        }
        assert!(parse(br#"{"prompt":"a","x":{"prompt":1}}"#).is_ok());
    }

    #[test]
    fn a_line_that_ends_too_early_is_told_as_such() {
        for (line, error) in [
            (&b"{"[..], Unreadable::CutShort),
            (b"  \"prompt\": \"x\",", Unreadable::NotJson(11)),
            (b"{\"prompt\":\"s3cret\"", Unreadable::CutShort),
            (b"\xff", Unreadable::NotText),
            (b"[]", Unreadable::NotAnObject),
        ] {
            assert_eq!(parse(line), Err(error), "{}", String::from_utf8_lossy(line));
        }
    }
}
