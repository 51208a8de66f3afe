//! Answers that are JSON but for a slip that servers are known for.

use serde_json::Value;

/// Words that some writers of JSON use and no reader takes, with what is meant.
const WORDS: [(&str, &str); 7] = [
    ("NaN", "null"),
    ("Infinity", "null"),
    ("-Infinity", "null"),
    ("undefined", "null"),
    ("None", "null"),
    ("True", "true"),
    ("False", "false"),
];

/// How deep an answer may be nested: less than serde_json reads. What lies deeper is of no use to anybody.
const DEEPEST: usize = 100;

/// The value of a text that is JSON but for such words, a comma too many, bytes that are no UTF-8, or characters in a
/// string that should have been escaped. What is nested too deep, and a number that no float can hold, is read as
/// `null`. What is cut stays unreadable: nobody knows what stood there.
pub(crate) fn mended(json: &[u8]) -> Option<Value> {
    let text = String::from_utf8_lossy(json);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_ref();
    let mut depth = 0_usize;
    while let Some(next) = rest.chars().next() {
        let taken = match next {
            '"' => string(rest, &mut out)?,
            ',' if rest[1..].trim_start().starts_with(['}', ']']) => 1,
            '{' | '[' if depth == DEEPEST => {
                out.push_str("null");
                nested(rest)?
            }
            '{' | '[' => {
                depth += 1;
                out.push(next);
                1
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                out.push(next);
                1
            }
            _ if is_number(rest) => {
                let end = rest[1..].find(|c: char| !is_of_number(c)).map_or(rest.len(), |end| end + 1);
                let is_endless = rest[..end].parse().is_ok_and(f64::is_infinite);
                out.push_str(if is_endless { "null" } else { &rest[..end] });
                end
            }
            'A'..='Z' | 'a'..='z' | '-' => {
                let end = rest[1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(rest.len(), |end| end + 1);
                let meant = WORDS.iter().find(|(word, _)| *word == &rest[..end]);
                out.push_str(meant.map_or(&rest[..end], |(_, meant)| meant));
                end
            }
            other => {
                out.push(other);
                other.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    serde_json::from_str(&out).ok()
}

/// The object in a text that has something before it, or after it, that is no part of it: a warning of the server's own,
/// the name of an event, a blank document. A page is none, whatever stands in it.
pub(crate) fn embedded(text: &[u8]) -> Option<Value> {
    let (before, object) = text.split_at(text.iter().position(|byte| *byte == b'{')?);
    let before = String::from_utf8_lossy(before).to_ascii_lowercase();
    if ["<html", "<!doctype", "<head", "<script", "<style"].iter().any(|tag| before.contains(tag)) {
        return None;
    }
    let object = String::from_utf8_lossy(object);
    mended(object[..nested(&object)?].as_bytes())
}

fn is_number(rest: &str) -> bool {
    rest.strip_prefix('-').unwrap_or(rest).starts_with(|c: char| c.is_ascii_digit())
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-')
}

/// How long the object or list is that a text begins with.
fn nested(rest: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = rest.as_bytes();
    loop {
        match bytes.get(at)? {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b'"' => {
                at += 1;
                while *bytes.get(at)? != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Copies a string with its quotes, as JSON has it; returns how long it was.
fn string(rest: &str, out: &mut String) -> Option<usize> {
    out.push('"');
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, next)) = chars.next() {
        match next {
            '"' => {
                out.push('"');
                return Some(at + 1);
            }
            '\\' => {
                let (_, escaped) = chars.next()?;
                match escaped {
                    'u' => out.push_str(&unicode(&rest[at..], &mut chars)),
                    '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => out.extend(['\\', escaped]),
                    other => out.push(other),
                }
            }
            control if control < ' ' => out.push_str(&quoted(&control.to_string())),
            other => out.push(other),
        }
    }
    None
}

/// An escape of a code unit, or of the two that make one character; half a character is one that cannot be shown.
fn unicode(rest: &str, chars: &mut impl Iterator<Item = (usize, char)>) -> String {
    let unit = |at: usize| {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (units, length) = match (unit(0), unit(6)) {
        (Some(high @ 0xD800..0xDC00), Some(low @ 0xDC00..0xE000)) => (vec![high, low], 12),
        (Some(unit), _) => (vec![unit], 6),
        (None, _) => return char::REPLACEMENT_CHARACTER.to_string(),
    };
    // The backslash and the letter are taken already.
    chars.take(length - 2).for_each(drop);
    quoted(&String::from_utf16_lossy(&units))
}

/// A text as JSON writes it, without its quotes. A text can always be written.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).map(|quoted| quoted[1..quoted.len() - 1].to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn known_slips_are_mended() {
        for (text, expected) in [
            (&br#"{"a":NaN,"b":-Infinity,"c":[Infinity]}"#[..], Some(json!({"a": null, "b": null, "c": [null]}))),
            (br#"{"a":None,"b":True,"c":False,}"#, Some(json!({"a": null, "b": true, "c": false}))),
            (br#"{"a":[1,2, ] , }"#, Some(json!({"a": [1, 2]}))),
            (b"{\"a\":\"x\xff\"}", Some(json!({"a": "x\u{fffd}"}))),
            (b"{\"a\":\"x\n\ty\0\"}", Some(json!({"a": "x\n\ty\0"}))),
            (
                br#"{"a":"\ud83d","b":"\ud83e\udd8a","c":"\u0041\u"}"#,
                Some(json!({"a": "\u{fffd}", "b": "\u{1f98a}", "c": "A\u{fffd}"})),
            ),
            (br#"{"a":"it\'s NaN, \"so\", -5"}"#, Some(json!({"a": "it's NaN, \"so\", -5"}))),
            (br#"{"a":-5,"b":1e-7}"#, Some(json!({"a": -5, "b": 1e-7}))),
            (br#"{"a":[1e999,-1E+999,2],"b":-1.5}"#, Some(json!({"a": [null, null, 2], "b": -1.5}))),
            (br#"{"a":"x"#, None),
            (br#"{"a":1"#, None),
            (br#"{"a":"x\"#, None),
            (br#"{"a":nothing}"#, None),
            (b"<html>NaN</html>", None),
            (b"", None),
        ] {
            assert_eq!(mended(text), expected, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn an_object_is_found_among_what_is_no_part_of_it() {
        for (text, expected) in [
            ("<br />\n<b>Warning</b>: x in y.php on line 7<br />\n{\"id\":7}", Some(json!({"id": 7}))),
            ("event: message\ndata: {\"id\":7}\n\n", Some(json!({"id": 7}))),
            ("{\"id\":7}<!-- 3 ms -->", Some(json!({"id": 7}))),
            ("{\"id\":7}{\"id\":8}", Some(json!({"id": 7}))),
            (")]}',\n{\"id\":7}", Some(json!({"id": 7}))),
            ("data: {\"id\":7,\"eta\":NaN,}\n", Some(json!({"id": 7, "eta": null}))),
            ("ok: {\"id\":7", None),
            ("<!DOCTYPE html><script>{\"id\":7}</script>", None),
            ("body {color: red} {\"id\":7}", None),
            ("no object", None),
            ("", None),
        ] {
            assert_eq!(embedded(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_left_out() {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"[{"]\\\"}":["#, "]}]")] {
            for depth in [20, 100_000] {
                let text = format!(r#"{{"deep":{}1{},"id":7}}"#, open.repeat(depth), close.repeat(depth));
                let read = mended(text.as_bytes());
                assert_eq!(read.map(|read| read["id"] == 7), Some(true), "{open} {depth}");
                assert_eq!(mended(&text.as_bytes()[..text.len() - depth]), None, "{open} {depth}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_tried_without_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
                                             text in "[{}\\[\\]\":,0-9a-zN\\\\u狐 -]{0,200}") {
            let _ = mended(&bytes);
            let _ = embedded(&bytes);
            let _ = mended(text.as_bytes());
            let _ = embedded(text.as_bytes());
            let _ = mended(format!("\"{text}\"").as_bytes());
        }
    }
}
