//! YAML 1.2 (core schema) to JSON, from the parser's events and without recursion.
//!
//! Keys become strings as they are written (`200:` is `"200"`); `<<` merges, since older documents use it. What JSON
//! cannot say (infinity, a list as a key, a tag of the author's own) is refused with line and column.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::{Map, Number, Value};

use super::{MAX_DEPTH, MAX_NODES, TOO_DEEP, TOO_MANY, syntax, weight};
use crate::{Problem, pointer};

/// How many bytes are parsed again, at most, for the sake of lines that are indented too little.
const PATIENCE: usize = 64 << 20;
/// How far such a line is moved: more than anything is indented by.
const PADDING: usize = 256;

/// Parses a text that must be one YAML document.
///
/// Between braces and brackets most parsers do not care how a line is indented, and people paste JSON there as it is.
/// YAML and the parser used here do care, so a line that it stumbles upon is moved to the right.
pub(super) fn parse(text: &str) -> Result<Value, Problem> {
    let refused = match parse_strictly(text) {
        Ok(value) => return Ok(value),
        Err(refused) => *refused,
    };
    let padding = " ".repeat(PADDING);
    let mut lines: Vec<Cow<'_, str>> = text.split_inclusive('\n').map(Cow::Borrowed).collect();
    let mut left = PATIENCE;
    let mut shallow = refused.shallow;
    while let Some(line) = shallow
        && let Some(rest) = left.checked_sub(text.len())
        && let Some(slot) = line.checked_sub(1).and_then(|index| lines.get_mut(index))
    {
        left = rest;
        *slot = Cow::Owned(format!("{padding}{slot}"));
        shallow = match parse_strictly(&lines.concat()) {
            Ok(value) => return Ok(value),
            Err(again) => again.shallow.filter(|next| *next > line),
        };
    }
    Err(refused.problem)
}

/// Why a text was refused.
struct Refused {
    problem: Problem,
    /// The line that is only indented too little, if that is all.
    shallow: Option<usize>,
}

fn parse_strictly(text: &str) -> Result<Value, Box<Refused>> {
    let refuse = |problem: Problem| Box::new(Refused { problem, shallow: None });
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| {
            let (line, column) = (e.marker().line(), e.marker().col() + 1);
            let Unfit { what, fix } = match e.info() {
                info if info.starts_with("recursion limit") => too_large(TOO_DEEP),
                info => Unfit { what: info.to_owned(), fix: "correct the YAML" },
            };
            let problem = builder.problem(line, column, &what).fix(fix);
            let shallow = e.info().starts_with("invalid indentation").then_some(line);
            Box::new(Refused { problem, shallow })
        })?;
        builder.take(event).map_err(|Unfit { what, fix }| {
            refuse(builder.problem(span.start.line(), span.start.col() + 1, &what).fix(fix))
        })?;
    }
    let nothing = || refuse(Problem::new("the file holds no document").fix("fetch it again, or write the document"));
    builder.root.ok_or_else(nothing)
}

/// What JSON cannot say, and what to do about it.
struct Unfit {
    what: String,
    fix: &'static str,
}

impl From<String> for Unfit {
    fn from(what: String) -> Self {
        Self { what, fix: "write it as JSON would" }
    }
}

fn too_large(what: &str) -> Unfit {
    Unfit { what: what.to_owned(), fix: "keep only the operations that a client needs" }
}

#[derive(Default)]
struct Builder {
    frames: Vec<Frame>,
    root: Option<Value>,
    documents: usize,
    nodes: usize,
    anchors: HashMap<usize, (Value, usize)>,
}

enum Frame {
    List { items: Vec<Value>, anchor: usize },
    Object { map: Map<String, Value>, key: Option<String>, merges: Vec<Value>, anchor: usize },
}

impl Builder {
    fn problem(&self, line: usize, column: usize, what: &str) -> Problem {
        let mut trail = String::new();
        for frame in &self.frames {
            match frame {
                Frame::List { items, .. } => pointer::push(&mut trail, &items.len().to_string()),
                Frame::Object { key: Some(key), .. } => pointer::push(&mut trail, key),
                Frame::Object { key: None, .. } => {}
            }
        }
        syntax(line, column, what, (!trail.is_empty()).then_some(trail))
    }

    fn take(&mut self, event: Event<'_>) -> Result<(), Unfit> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let what = "a second document begins here, and a file is one".to_owned();
                    return Err(Unfit { what, fix: "put each document into a file of its own" });
                }
                Ok(())
            }
            Event::SequenceStart(anchor, tag) => {
                known(tag.as_deref(), "seq")?;
                self.open(Frame::List { items: Vec::new(), anchor })
            }
            Event::MappingStart(anchor, tag) => {
                known(tag.as_deref(), "map")?;
                self.open(Frame::Object { map: Map::new(), key: None, merges: Vec::new(), anchor })
            }
            Event::SequenceEnd | Event::MappingEnd => match self.frames.pop() {
                Some(Frame::List { items, anchor }) => self.close(Value::Array(items), anchor),
                Some(Frame::Object { mut map, merges, anchor, .. }) => {
                    for merged in merges {
                        merge(&mut map, merged)?;
                    }
                    self.close(Value::Object(map), anchor)
                }
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let Some((value, nodes)) = self.anchors.get(&anchor) else {
                    return Err("an alias refers to a value that contains it".to_owned().into());
                };
                let nodes = *nodes;
                if self.nodes + nodes > MAX_NODES {
                    return Err(too_large(TOO_MANY));
                }
                if self.frames.len() + depth(value) > MAX_DEPTH {
                    return Err(too_large(TOO_DEEP));
                }
                let value = value.clone();
                self.nodes += nodes;
                self.put(value)
            }
            Event::Scalar(text, style, anchor, tag) => {
                if self.expects_key() {
                    if anchor > 0 {
                        self.anchors.insert(anchor, (Value::String(text.clone().into_owned()), 1));
                    }
                    return self.put(Value::String(text.into_owned()));
                }
                let value = scalar(&text, style, tag.as_deref())?;
                self.close(value, anchor)
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn open(&mut self, frame: Frame) -> Result<(), Unfit> {
        if self.expects_key() {
            return Err("a list or a mapping is no key in JSON".to_owned().into());
        }
        if self.frames.len() >= MAX_DEPTH {
            return Err(too_large(TOO_DEEP));
        }
        self.frames.push(frame);
        Ok(())
    }

    fn expects_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Object { key: None, .. }))
    }

    /// A finished value, kept for its aliases if it has an anchor.
    fn close(&mut self, value: Value, anchor: usize) -> Result<(), Unfit> {
        if anchor > 0 {
            let nodes = weight(&value);
            self.nodes += nodes;
            if self.nodes > MAX_NODES {
                return Err(too_large(TOO_MANY));
            }
            self.anchors.insert(anchor, (value.clone(), nodes));
        }
        self.put(value)
    }

    fn put(&mut self, value: Value) -> Result<(), Unfit> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(too_large(TOO_MANY));
        }
        match self.frames.last_mut() {
            None => self.root = Some(value),
            Some(Frame::List { items, .. }) => items.push(value),
            Some(Frame::Object { map, key: slot @ None, .. }) => {
                let Value::String(key) = value else {
                    return Err("this key is no string in JSON".to_owned().into());
                };
                if map.contains_key(&key) {
                    let what = format!("the key `{}` stands twice in one object", pointer::shorten(&key, 60));
                    return Err(Unfit { what, fix: "keep one of the two" });
                }
                *slot = Some(key);
            }
            Some(Frame::Object { map, key, merges, .. }) => match key.take() {
                Some(key) if key == "<<" => merges.push(value),
                Some(key) => {
                    map.insert(key, value);
                }
                None => {}
            },
        }
        Ok(())
    }
}

/// YAML 1.1's merge key: what is not there yet is taken over.
fn merge(map: &mut Map<String, Value>, merged: Value) -> Result<(), String> {
    match merged {
        Value::Object(entries) => {
            for (key, value) in entries {
                map.entry(key).or_insert(value);
            }
            Ok(())
        }
        Value::Array(list) => list.into_iter().try_for_each(|entry| match entry {
            Value::Object(_) => merge(map, entry),
            _ => Err("`<<` takes a mapping or a list of mappings".to_owned()),
        }),
        _ => Err("`<<` takes a mapping or a list of mappings".to_owned()),
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Refuses a tag that is not the expected one of YAML's own.
fn known(tag: Option<&Tag>, expected: &str) -> Result<(), String> {
    match tag {
        None => Ok(()),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == expected => Ok(()),
        Some(tag) => Err(unknown(tag)),
    }
}

fn unknown(tag: &Tag) -> String {
    format!("the tag `{}{}` has no meaning here", pointer::shorten(&tag.handle, 40), pointer::shorten(&tag.suffix, 40))
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    match tag {
        Some(tag) if tag.is_yaml_core_schema() => {
            let value = resolve(text)?;
            match (tag.suffix.as_str(), &value) {
                ("str", _) => Ok(Value::String(text.to_owned())),
                ("null", Value::Null) | ("bool", Value::Bool(_)) | ("float", Value::Number(_)) => Ok(value),
                ("int", Value::Number(number)) if !number.is_f64() => Ok(value),
                _ => Err(unknown(tag)),
            }
        }
        Some(tag) if matches!((tag.handle.as_str(), tag.suffix.as_str()), ("!", "") | ("", "!")) => {
            Ok(Value::String(text.to_owned()))
        }
        Some(tag) => Err(unknown(tag)),
        None if style == ScalarStyle::Plain => resolve(text),
        None => Ok(Value::String(text.to_owned())),
    }
}

/// A plain scalar by the core schema.
fn resolve(text: &str) -> Result<Value, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        _ => {}
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Err(format!("JSON has no number `{text}`"));
    }
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Ok(Value::String(text.to_owned()));
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return Ok(match u64::from_str_radix(digits, radix) {
                Ok(number) if !digits.starts_with('+') => number.into(),
                _ => Value::String(text.to_owned()),
            });
        }
    }
    if unsigned.bytes().all(|b| b.is_ascii_digit()) {
        let digits = text.strip_prefix('+').unwrap_or(text);
        if let Ok(number) = digits.parse::<i64>() {
            return Ok(number.into());
        }
        if let Ok(number) = digits.parse::<u64>() {
            return Ok(number.into());
        }
    }
    if is_float(unsigned) {
        let number = text.parse::<f64>().ok().and_then(Number::from_f64);
        return number
            .map(Value::Number)
            .ok_or_else(|| format!("JSON cannot hold the number `{}`", pointer::shorten(text, 40)));
    }
    Ok(Value::String(text.to_owned()))
}

/// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && digits(fraction),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => !mantissa.is_empty() && digits(mantissa),
    };
    mantissa_fits && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent))
}
