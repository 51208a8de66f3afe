//! Damage to a JSON document: fields dropped, renamed, retyped, nested, doubled; and what JSON texts hold that no
//! [`Value`] can, which stands as a mark in the value until it is [`written`].

use hailuo::Vendor;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::vendor::elsewhere;
use crate::{
    canary::{MARK, PROMPT},
    healthy::id,
    stage::KEY,
};

/// One change to one place.
#[derive(Debug, Clone)]
pub(super) struct Mutation {
    /// Which place, counted through the whole document and around again.
    at: usize,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    Drop,
    Set(Value),
    Rename(&'static str),
    InList,
    InObject,
    AsText,
    /// The same name once more, before or after.
    Again(Value),
    Add(&'static str, Value),
}

/// Before a name: this one is there already.
pub(super) const AGAIN: &str = "@@again@@";

type Mark = (&'static str, fn() -> Vec<u8>);

/// Marks, and the JSON texts that they stand for.
const MARKS: [Mark; 9] = [
    ("@@lists@@", || [vec![b'['; 100_000], vec![b']'; 100_000]].concat()),
    ("@@objects@@", || ["{\"id\":".repeat(10_000), "1".into(), "}".repeat(10_000)].concat().into()),
    ("@@long@@", || format!("\"{}\"", "狐".repeat(20_000)).into()),
    ("@@nan@@", || b"NaN".to_vec()),
    ("@@infinite@@", || b"1e999".to_vec()),
    ("@@digits@@", || b"12345678901234567890123.50".to_vec()),
    ("@@surrogate@@", || br#""\ud83d x""#.to_vec()),
    ("@@control@@", || b"\"\0\n\x1b[2J\"".to_vec()),
    ("@@bytes@@", || b"\"\xff\xfe\"".to_vec()),
];

fn value() -> impl Strategy<Value = Value> {
    let plain = vec![
        Value::Null,
        json!(""),
        json!(0),
        json!(false),
        json!([]),
        json!({}),
        json!(" "),
        json!("x"),
        json!("null"),
        json!("7"),
        json!(-1),
        json!(7.5),
        json!(1e300),
        json!(u64::MAX),
        json!(true),
        json!([null]),
        json!([[]]),
        json!({"id": 5, "status": "x"}),
        json!("2026-11-28"),
        json!("\u{202e}\u{feff}"),
    ];
    let secret = vec![json!(PROMPT), json!(format!("bad input: {PROMPT}")), json!(KEY), json!(MARK)];
    let marks: Vec<Value> = MARKS.iter().map(|(mark, _)| json!(mark)).collect();
    let astray =
        Vendor::ALL.map(|vendor| json!(format!("{}/requests/{}/status", elsewhere().url, id(vendor)))).to_vec();
    prop_oneof![6 => prop::sample::select(plain), 1 => prop::sample::select(astray), 2 => prop::sample::select(secret), 1 => prop::sample::select(marks)]
}

/// Names that mean something elsewhere, or to other vendors.
const NAMES: [&str; 16] = [
    "extra",
    "meta",
    "user",
    "message",
    "logs",
    "metrics",
    "input",
    "code",
    "data",
    "detail",
    "reason",
    "result",
    "queue_position",
    "progress",
    "progress_percent",
    "x",
];

pub(super) fn mutation() -> impl Strategy<Value = Mutation> {
    let name = || prop::sample::select(NAMES.to_vec());
    let change = prop_oneof![
        2 => (name(), value()).prop_map(|(name, value)| Change::Add(name, value)),
        2 => Just(Change::Drop),
        3 => value().prop_map(Change::Set),
        1 => name().prop_map(Change::Rename),
        1 => Just(Change::InList),
        1 => Just(Change::InObject),
        1 => Just(Change::AsText),
        1 => value().prop_map(Change::Again),
    ];
    (0_usize..40, change).prop_map(|(at, change)| Mutation { at, change })
}

impl Mutation {
    pub(super) fn apply(&self, document: &mut Value) {
        let mut left = self.at % size(document).max(1);
        self.visit(document, &mut left);
    }

    /// Goes through the document to the place that is meant; tells whether it was there.
    fn visit(&self, value: &mut Value, left: &mut usize) -> bool {
        match value {
            Value::Object(fields) => {
                for name in fields.keys().cloned().collect::<Vec<_>>() {
                    if *left == 0 {
                        self.change_field(fields, &name);
                        return true;
                    }
                    *left -= 1;
                    if fields.get_mut(&name).is_some_and(|value| self.visit(value, left)) {
                        return true;
                    }
                }
                false
            }
            Value::Array(items) => {
                for index in 0..items.len() {
                    if *left == 0 {
                        if matches!(self.change, Change::Drop) {
                            items.remove(index);
                        } else {
                            self.change_value(&mut items[index]);
                        }
                        return true;
                    }
                    *left -= 1;
                    if self.visit(&mut items[index], left) {
                        return true;
                    }
                }
                false
            }
            _ => false,
        }
    }

    fn change_field(&self, fields: &mut Map<String, Value>, name: &str) {
        match &self.change {
            Change::Drop => drop(fields.remove(name)),
            Change::Rename(other) => {
                let value = fields.remove(name).unwrap_or_default();
                fields.insert((*other).to_owned(), value);
            }
            Change::Again(value) => drop(fields.insert(format!("{AGAIN}{name}"), value.clone())),
            Change::Add(other, value) => {
                fields.entry(*other).or_insert_with(|| value.clone());
            }
            _ => {
                if let Some(value) = fields.get_mut(name) {
                    self.change_value(value);
                }
            }
        }
    }

    fn change_value(&self, value: &mut Value) {
        *value = match &self.change {
            Change::Set(other) => other.clone(),
            Change::InList => json!([value.take()]),
            Change::InObject => json!({"value": value.take()}),
            Change::AsText => json!(value.to_string()),
            Change::Drop | Change::Rename(_) | Change::Again(_) | Change::Add(..) => return,
        };
    }
}

/// How many places a document has.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.values().map(|value| 1 + size(value)).sum(),
        Value::Array(items) => items.iter().map(|value| 1 + size(value)).sum(),
        _ => 0,
    }
}

/// The document's text, with what the marks stand for.
pub(super) fn written(document: &Value) -> Vec<u8> {
    let text = document.to_string().replace(AGAIN, "");
    MARKS.iter().fold(text.into_bytes(), |text, (mark, meant)| {
        let mark = format!("\"{mark}\"");
        let Ok(whole) = std::str::from_utf8(&text) else { return replaced(&text, mark.as_bytes(), &meant()) };
        if whole.contains(&mark) { replaced(&text, mark.as_bytes(), &meant()) } else { text }
    })
}

fn replaced(text: &[u8], mark: &[u8], meant: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.windows(mark.len()).position(|window| window == mark) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(meant);
        rest = &rest[at + mark.len()..];
    }
    out.extend_from_slice(rest);
    out
}
