//! What no vendor should send, and somebody will: arbitrary JSON, cycles, depth, size.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{corpus, mirror};
use crate::drift::{Drift, Format, VendorDrift, drift};

/// JSON of any shape, with the words of OpenAPI in it, so that it gets far.
fn arbitrary() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "$ref",
        "additionalProperties",
        "allOf",
        "anyOf",
        "components",
        "const",
        "content",
        "default",
        "dependentRequired",
        "discriminator",
        "enum",
        "headers",
        "if",
        "in",
        "items",
        "key",
        "mapping",
        "maxLength",
        "multipleOf",
        "name",
        "not",
        "oneOf",
        "parameters",
        "paths",
        "post",
        "prefixItems",
        "properties",
        "propertyName",
        "requestBody",
        "required",
        "responses",
        "schema",
        "schemas",
        "security",
        "securitySchemes",
        "servers",
        "then",
        "type",
        "url",
        "x-auth",
    ]);
    let text = prop_oneof![
        word.clone().prop_map(str::to_owned),
        prop::sample::select(vec!["string", "object", "null", "#/components/schemas/a", "#", "200", "/a/{b}", ""])
            .prop_map(str::to_owned),
        ".{0,6}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        let key = prop_oneof![3 => word.clone().prop_map(str::to_owned), 1 => text.clone()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// All places of a document.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = vec![(String::new(), value)];
    while let Some((pointer, value)) = rest.pop() {
        match value {
            Value::Object(map) => {
                rest.extend(map.iter().map(|(key, item)| (crate::pointer::join(&pointer, key), item)));
            }
            Value::Array(items) => {
                rest.extend(items.iter().enumerate().map(|(index, item)| (format!("{pointer}/{index}"), item)));
            }
            _ => {}
        }
        found.push(pointer);
    }
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_two_values_are_compared(a in arbitrary(), b in arbitrary()) {
        prop_assert!(drift(&a, &a).is_empty());
        let (there, back) = (drift(&a, &b), drift(&b, &a));
        prop_assert_eq!(mirror::differences(&there, &back), Vec::<String>::new());
    }

    #[test]
    fn a_contract_with_anything_anywhere_is_compared_and_told(
        wild in arbitrary(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
    ) {
        let base = corpus::base();
        let all = pointers(&base);
        let mut document = base.clone();
        for place in places {
            if let Some(value) = document.pointer_mut(place.get::<String>(&all)) {
                *value = wild.clone();
            }
        }
        let report = drift(&base, &document);
        prop_assert_eq!(report.verdict().is_none(), base == document || report == drift(&base, &base));
        prop_assert_eq!(mirror::differences(&report, &drift(&document, &base)), Vec::<String>::new());
        let all = Drift { vendors: vec![VendorDrift::between("wild", &base, &document)], ..Drift::default() };
        for name in Format::NAMES {
            let text = all.render(name.parse().unwrap());
            prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{} {:?}", name, text);
        }
    }
}

/// A document whose one request has the schema, with further components.
fn requesting(schema: &Value, components: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "paths": {"/a": {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}}},
        "components": {"schemas": components}
    })
}

#[test]
fn references_in_a_circle_end() {
    let circle = |limit: u32| {
        requesting(
            &json!({"$ref": "#/components/schemas/A"}),
            &json!({
                "A": {"$ref": "#/components/schemas/B"},
                "B": {"$ref": "#/components/schemas/A"},
                "C": {"properties": {"c": {"$ref": "#/components/schemas/C"}, "d": {"maxLength": limit}}}
            }),
        )
    };
    assert!(drift(&circle(1), &circle(1)).is_empty());
    let inline = requesting(&json!({"type": "string"}), &json!({}));
    assert!(!drift(&circle(1), &inline).is_empty());
    assert!(!drift(&inline, &circle(1)).is_empty());
}

#[test]
fn a_schema_that_contains_itself_is_reported_once() {
    let tree = |limit: u32| {
        let reference = json!({"$ref": "#/components/schemas/Tree"});
        requesting(
            &reference,
            &json!({"Tree": {"properties": {"left": reference, "right": reference, "name": {"maxLength": limit}}}}),
        )
    };
    let report = drift(&tree(2), &tree(1));
    assert_eq!(report.changes.len(), 1);
    assert_eq!(report.changes[0].id(), "request-max-length-decreased");
}

#[test]
fn ten_thousand_levels_need_no_stack() {
    // The values themselves need a deep stack to be dropped; comparing them must not.
    let nested = |word: &str| {
        let mut schema = json!({"maxLength": word.len()});
        for _ in 0..10_000 {
            schema = Value::Object(Map::from_iter([("items".to_owned(), schema)]));
        }
        let mut document = requesting(&Value::Null, &json!({}));
        *document.pointer_mut("/paths/~1a/post/requestBody/content/application~1json/schema").unwrap() = schema;
        document
    };
    let (a, b) = (std::mem::ManuallyDrop::new(nested("long")), std::mem::ManuallyDrop::new(nested("x")));
    let compare = std::thread::Builder::new().stack_size(256 * 1024);
    let report = std::thread::scope(|scope| {
        compare.spawn_scoped(scope, || (drift(&a, &b), drift(&a, &a))).unwrap().join().unwrap()
    });
    assert_eq!(
        report.0.changes.len(),
        1,
        "{:?}",
        report.0.changes.iter().map(super::super::Change::id).collect::<Vec<_>>()
    );
    assert_eq!(report.0.changes[0].id(), "request-nested-too-deep-changed");
    assert!(report.1.is_empty());
}

#[test]
fn references_that_multiply_are_followed_once() {
    // Each schema refers to the next one ten times: ten to the sixtieth paths, sixty schemas.
    let bomb = |limit: u32| {
        let mut all = Map::new();
        for level in 0..60 {
            let next = json!({"$ref": format!("#/components/schemas/L{}", level + 1)});
            let properties: Map<String, Value> = (0..10).map(|i| (format!("p{i}"), next.clone())).collect();
            all.insert(format!("L{level}"), json!({"properties": properties}));
        }
        all.insert("L60".to_owned(), json!({"maxLength": limit}));
        requesting(&json!({"$ref": "#/components/schemas/L0"}), &Value::Object(all))
    };
    let report = drift(&bomb(2), &bomb(1));
    assert_eq!(report.changes.len(), 1);
    let path = report.changes[0].path(&report.changes[0].reached.uses[0]);
    assert!(path.len() < 200, "{path}");
}

#[test]
fn a_union_of_everything_against_another_is_no_square() {
    let union = |offset: usize| {
        let all: Vec<Value> =
            (0..2000).map(|i| json!({"type": "object", "required": [format!("r{}", i + offset)]})).collect();
        requesting(&json!({"oneOf": all}), &json!({}))
    };
    let report = drift(&union(0), &union(5000));
    assert_eq!(report.changes.len(), 4000);
}

/// Markdown without its code spans: a span ends at as many backticks as it began with.
fn outside_code(markdown: &str) -> String {
    let mut plain = String::new();
    for line in markdown.lines() {
        let mut rest = line;
        while let Some(start) = rest.find('`') {
            plain.push_str(&rest[..start]);
            let fence = rest[start..].chars().take_while(|c| *c == '`').count();
            let inside = &rest[start + fence..];
            let ends = |at: usize| {
                let run = inside[at..].chars().take_while(|c| *c == '`').count();
                run == fence && !inside[..at].ends_with('`')
            };
            if let Some(end) = inside.match_indices('`').map(|(at, _)| at).find(|at| ends(*at)) {
                rest = &inside[end + fence..];
            } else {
                // What opens no span is text.
                plain.push_str(&rest[start..start + fence]);
                rest = inside;
            }
        }
        plain.push_str(rest);
        plain.push('\n');
    }
    plain
}

#[test]
fn text_of_a_vendor_steers_neither_terminal_nor_workflow_nor_comment() {
    let evil = "x\u{1b}[31m\r\n::error::gotcha\u{202e}`|<img src=x>@everyone```";
    let with = |words: Vec<&str>| requesting(&json!({"type": "string", "enum": words, "format": evil}), &json!({}));
    let mut old = with(vec!["a"]);
    let new = with(vec!["a", evil, "a\u{202e}b"]);
    let path = old.pointer_mut("/paths").unwrap().as_object_mut().unwrap();
    path.insert(format!("/{evil}"), json!({"get": {"operationId": evil, "responses": {}}}));
    let all = Drift { vendors: vec![VendorDrift::between("evil", &old, &new)], ..Drift::default() };
    let mut texts = String::new();
    for name in Format::NAMES {
        let text = all.render(name.parse().unwrap());
        assert!(!text.contains(['\u{1b}', '\r', '\u{202e}']), "{name}: {text:?}");
        writeln!(texts, "{name}\n{text}").unwrap();
    }
    assert!(!texts.lines().any(|line| line.starts_with("::error::gotcha")), "{texts}");
    let github = all.render(Format::Github);
    assert!(github.lines().all(|line| line.starts_with("::error ") || line.starts_with("::notice ")), "{github}");
    let rows = all.render(Format::Markdown);
    let plain = outside_code(&rows);
    for bad in ["@everyone", "<img", "gotcha"] {
        assert!(!plain.contains(bad), "{bad} stands outside of code: {rows}");
    }
    assert!(rows.lines().filter(|line| line.starts_with("| ")).all(|line| line.ends_with(" |")), "{rows}");
}
