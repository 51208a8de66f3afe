//! Tests of what is read and what is refused, byte by byte.

#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fmt::Write;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn refusal(bytes: &[u8], format: Option<Format>) -> String {
    load(bytes, format)
        .map_or_else(|problem| problem.to_string(), |value| format!("was read as {}", pointer::brief(&value)))
}

#[test]
fn reads_json_and_yaml() {
    for (text, expected) in [
        ("{\"a\": [1, -2, 0.5, 1e3, true, null, \"\\u00e9\"]}", json!({"a": [1, -2, 0.5, 1000.0, true, null, "é"]})),
        ("\u{feff}{}", json!({})),
        ("  [18446744073709551615]", json!([18_446_744_073_709_551_615_u64])),
        (
            "openapi: 3.1.0\nx: 3.0\nresponses:\n  200: {a: yes, b: 'no'}\n  default: ~\n",
            json!({"openapi": "3.1.0", "x": 3.0, "responses": {"200": {"a": "yes", "b": "no"}, "default": null}}),
        ),
        (
            "- 0x10\n- 0o17\n- 017\n- +5\n- -.5\n- 1.\n- 1e3\n- 1_000\n- 2020-01-01\n- .e1\n- 0x\n- ''\n-\n",
            json!([16, 15, 17, 5, -0.5, 1.0, 1000.0, "1_000", "2020-01-01", ".e1", "0x", "", null]),
        ),
        ("- !!str 5\n- !!int '5'\n- ! 5\n- !!float 5.5\n- True\n- NULL\n", json!(["5", 5, "5", 5.5, true, null])),
        (
            "a: &x {b: [1]}\nc: *x\nd: [*x, *x]\n",
            json!({"a": {"b": [1]}, "c": {"b": [1]}, "d": [{"b": [1]}, {"b": [1]}]}),
        ),
        (
            "base: &b {x: 1, y: 2}\nm:\n  <<: *b\n  y: 3\nn:\n  <<: [*b, {z: 4}]\n",
            json!({"base": {"x": 1, "y": 2}, "m": {"x": 1, "y": 3}, "n": {"x": 1, "y": 2, "z": 4}}),
        ),
        ("&k key: v\nother: *k\n", json!({"key": "v", "other": "key"})),
        ("a: |\n  one\n  two\nb: >-\n  one\n  two\n", json!({"a": "one\ntwo\n", "b": "one two"})),
        ("# a comment\n---\na: 1\n...\n", json!({"a": 1})),
        (
            "a:\n   value:\n     {\n       \"b\": [\n  1,\n{ \"c\": \"x\" }\n  ]\n   }\n   other: 2\n",
            json!({"a": {"value": {"b": [1, {"c": "x"}]}, "other": 2}}),
        ),
        ("{a: 1}", json!("it is no JSON")),
    ] {
        let format = text.starts_with("{a").then_some(Format::Json);
        match (load(text.as_bytes(), format), expected) {
            (Ok(value), expected) => assert_eq!(value, expected, "{text}"),
            (Err(_), Value::String(_)) => {}
            (Err(problem), _) => unreachable!("{text}: {problem}"),
        }
    }
    assert_eq!(load(b"{a: 1}", Some(Format::Yaml)).unwrap(), json!({"a": 1}));
}

#[test]
fn refuses_what_is_no_document_and_says_why() {
    let json = Some(Format::Json);
    for (bytes, format, expected) in [
        (&b""[..], None, "the file is empty"),
        (b" \n\t", json, "the file is empty"),
        (b"{\"a\": \xff}", None, "not UTF-8: byte 6"),
        (b"\xff\xfe{\x00", None, "UTF-16"),
        (b"<!DOCTYPE html><html><head><title>\n Log in </title>", json, "a web page titled \"Log in\""),
        (b"<html><body>x", None, "a web page, not"),
        (b"<?xml version=\"1.0\"?><a/>", None, "XML or HTML"),
        (b"{\"a\": 1", None, "line 1, column 7: EOF"),
        (b"{\n\"a\": {\"b\": tru}}", None, "#/a/b: line 2, column 15: expected ident"),
        (b"{} {}", None, "line 1, column 4: trailing characters"),
        (
            b"{\"a\": {\"b\": 1,\n \"c\": [{\"d\": 0, \"d\": 1}]}}",
            None,
            "#/a/c/0/d: line 2, column 19: the key `d` stands twice",
        ),
        (b"{\"a\": 1e999}", None, "number out of range"),
        (b"openapi: 3.1.0", json, "name the file `.yaml`"),
        (
            b"a: 1\nb:\n  c: 1\n  c: 2\n",
            None,
            "#/b: line 4, column 3: the key `c` stands twice in one object; keep one of the two",
        ),
        (b"a: [1\n", None, "line 2"),
        (b"a: .inf", None, "JSON has no number `.inf`; write it as JSON would"),
        (b"a: .nan", None, "JSON has no number"),
        (b"? [a]\n: b", None, "no key in JSON"),
        (b"a: !mine 1", None, "the tag `!mine` has no meaning"),
        (b"a: !!int x", None, "has no meaning"),
        (b"a: !!set {b}", None, "has no meaning"),
        (b"a: &x [*x]", None, "an alias refers to a value that contains it"),
        (b"a: *x", None, "line 1"),
        (b"a: 1\n---\nb: 2", None, "a file is one; put each document into a file of its own"),
        (b"x:\n  <<: 5", None, "`<<` takes a mapping"),
        (b"# nothing\n", None, "the file holds no document"),
    ] {
        let text = refusal(bytes, format);
        assert!(text.contains(expected), "{expected} is not in: {text}");
    }
}

#[test]
fn refuses_ten_thousand_levels_without_touching_the_stack() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
    for text in [
        deep("[", "]"),
        deep("{\"a\":", "}"),
        format!("x: {}", deep("[", "]")),
        deep("- ", ""),
        (0..10_000).fold(String::new(), |mut out, depth| {
            out.extend(std::iter::repeat_n(' ', depth.min(300)));
            out.push_str("a:\n");
            out
        }),
    ] {
        let refused = refusal(text.as_bytes(), None);
        assert!(
            refused.ends_with("; keep only the operations that a client needs") || refused.contains("twice"),
            "{refused}"
        );
    }
}

#[test]
fn reads_as_deep_as_it_says_and_no_deeper() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    for format in [Format::Json, Format::Yaml] {
        assert!(load(nested(MAX_DEPTH).as_bytes(), Some(format)).is_ok(), "{format:?}");
        assert!(refusal(nested(MAX_DEPTH + 1).as_bytes(), Some(format)).contains("too deep"), "{format:?}");
    }
}

#[test]
fn refuses_a_document_that_grows_by_its_aliases() {
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..12 {
        writeln!(bomb, "a{level}: &a{level} [{}]", vec![format!("*a{}", level - 1); 9].join(",")).unwrap();
    }
    assert!(refusal(bomb.as_bytes(), None).contains("too many nodes"));
    let mut tower = "a0: &a0 [x]\n".to_owned();
    for level in 1..200 {
        writeln!(tower, "a{level}: &a{level} [*a{}]", level - 1).unwrap();
    }
    assert!(refusal(tower.as_bytes(), None).contains("too deep"));
}

#[test]
fn refuses_more_bytes_and_nodes_than_it_says() {
    assert!(refusal(&vec![b' '; 50 << 20], None).contains("50 MB"));
    assert!(refusal(format!("[{}1]", "1,".repeat(MAX_NODES)).as_bytes(), None).contains("too many nodes"));
}

#[test]
fn tells_openapi_from_everything_else() {
    for (document, expected) in [
        (json!({"openapi": "3.0.4"}), Ok(Version::V3_0)),
        (json!({"openapi": "3.0"}), Ok(Version::V3_0)),
        (json!({"openapi": 3.1}), Ok(Version::V3_1)),
        (json!({"openapi": "3.1.1"}), Ok(Version::V3_1)),
        (json!({"openapi": "3.10.0"}), Err("OpenAPI 3.10.0 is not supported")),
        (json!({"openapi": "3.2.0"}), Ok(Version::V3_2)),
        (json!({"openapi": "3.3.0"}), Err("OpenAPI 3.3.0 is not supported")),
        (json!({"openapi": null}), Err("OpenAPI null is not supported")),
        (json!({"swagger": "2.0"}), Err("Swagger 2.0")),
        (json!({"swagger": 2}), Err("Swagger 2,")),
        (json!({"detail": "not found", "code": 1}), Err("it has no `openapi`, but `code`, `detail`")),
        (json!({"asyncapi": "3.0.0", "channels": {}}), Err("this is AsyncAPI")),
        (json!({"info": {"name": "Acme"}, "item": []}), Err("this is a Postman collection")),
        (json!({"title": "Acme", "baseUri": "https://a.example"}), Err("this is RAML")),
        (json!({"discoveryVersion": "v1", "rest": {}}), Err("this is a Google discovery document")),
        (json!({"data": {"__schema": {}}}), Err("this is a GraphQL schema")),
        (json!({"$schema": "x", "type": "object", "properties": {}}), Err("this is a JSON Schema")),
        (json!({"paths": {}, "components": {}}), Err("say it at the top")),
        (json!({}), Err("nothing at all")),
        (json!([]), Err("not an object")),
    ] {
        match (version(&document), expected) {
            (Ok(version), Ok(expected)) => assert_eq!(version, expected),
            (Err(problem), Err(expected)) => assert!(problem.to_string().contains(expected), "{problem}"),
            (got, _) => unreachable!("{document}: {got:?}"),
        }
    }
}

#[test]
fn knows_formats_by_name() {
    for (name, format) in [
        ("a.json", Some(Format::Json)),
        ("a.YAML", Some(Format::Yaml)),
        ("a.b.yml", Some(Format::Yaml)),
        ("a.toml", None),
        ("json", None),
    ] {
        assert_eq!(format_of(name), format, "{name}");
    }
}

/// Bytes that look like a document: the marks of JSON and YAML, some words, and anything else.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let mark = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        ",",
        "\"",
        "'",
        "\\",
        "\n",
        "\n  ",
        "- ",
        "? ",
        "&a ",
        "*a",
        "<<",
        "!!int ",
        "|\n",
        ">-\n",
        "#",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\t",
        "\r",
        "\u{feff}",
        "0x",
        "1e999",
        "-",
        "null",
        "~",
        "openapi",
        "\\ud800",
        "<html>",
    ]);
    let piece = prop_oneof![
        8 => mark.prop_map(|text| text.as_bytes().to_vec()),
        1 => "\\PC{0,4}".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..3),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused_with_a_reason(bytes in any_bytes()) {
        for format in [None, Some(Format::Json), Some(Format::Yaml)] {
            match load(&bytes, format) {
                Ok(value) if format == Some(Format::Json) => {
                    let json = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
                    prop_assert_eq!(serde_json::from_slice::<Value>(json).ok(), Some(value));
                }
                // What was read can be written and read again.
                Ok(value) => prop_assert_eq!(load(value.to_string().as_bytes(), Some(Format::Json)).ok(), Some(value)),
                Err(problem) => prop_assert!(!problem.what().is_empty()),
            }
        }
    }

    #[test]
    fn a_damaged_document_is_read_or_refused_with_a_reason(
        at in any::<prop::sample::Index>(),
        length in 0_usize..9,
        other in any_bytes(),
    ) {
        let json = json!({ "openapi": "3.1.0", "paths": { "/a": { "get": { "x": ["é", null, 0.5, "a\nb"] } } } }).to_string();
        let yaml = "openapi: 3.1.0\npaths: &p\n  /a:\n    get: {x: [\"é\", ~, 0.5]}\n    text: |\n      one\n      two\nagain: *p\n";
        for (text, format) in [(json.as_str(), Format::Json), (yaml, Format::Yaml)] {
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            let damaged = [&text.as_bytes()[..start], &other, &text.as_bytes()[end..]].concat();
            if let Err(problem) = load(&damaged, Some(format)) {
                prop_assert!(!problem.what().is_empty());
            }
        }
    }
}
