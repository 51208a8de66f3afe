//! JSON by serde_json's parser, with our own limits, and with the duplicate keys that it would drop.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{MAX_DEPTH, MAX_NODES, TOO_DEEP, TOO_MANY, syntax};
use crate::{Problem, pointer};

/// Parses a text that must be one JSON value.
pub(super) fn parse(text: &str) -> Result<Value, Problem> {
    let state = State { nodes: Cell::new(0), trail: RefCell::new(Vec::new()) };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Seed { state: &state, depth: 0 }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    parsed.map_err(|e| {
        let message = e.to_string();
        let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
        let what = if what.starts_with("recursion limit") { TOO_DEEP } else { what };
        let mut trail = String::new();
        for key in state.trail.borrow().iter().rev() {
            pointer::push(&mut trail, key);
        }
        let fix = match what {
            TOO_DEEP | TOO_MANY => "keep only the operations that a client needs",
            _ if looks_like_yaml(text) => "name the file `.yaml` if it is YAML",
            _ => "correct the JSON, or fetch the document again",
        };
        syntax(e.line(), e.column(), what, (!trail.is_empty()).then_some(trail)).fix(fix)
    })
}

fn looks_like_yaml(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic() || c == '#' || c == '-')
}

/// What all levels of one parse share: the node count, and the keys from an error outwards.
struct State {
    nodes: Cell<usize>,
    trail: RefCell<Vec<String>>,
}

struct Seed<'s> {
    state: &'s State,
    depth: usize,
}

impl Seed<'_> {
    fn inner<E: Error>(&self) -> Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom(TOO_DEEP));
        }
        Ok(Seed { state: self.state, depth: self.depth + 1 })
    }

    fn mark(&self, key: String) {
        self.state.trail.borrow_mut().push(key);
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let nodes = self.state.nodes.get() + 1;
        if nodes > MAX_NODES {
            return Err(D::Error::custom(TOO_MANY));
        }
        self.state.nodes.set(nodes);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number that JSON cannot hold"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            match access.next_element_seed(self.inner()?) {
                Ok(Some(value)) => list.push(value),
                Ok(None) => return Ok(Value::Array(list)),
                Err(e) => {
                    self.mark(list.len().to_string());
                    return Err(e);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            if map.contains_key(&key) {
                let error =
                    A::Error::custom(format!("the key `{}` stands twice in one object", pointer::shorten(&key, 60)));
                self.mark(key);
                return Err(error);
            }
            match access.next_value_seed(self.inner()?) {
                Ok(value) => {
                    map.insert(key, value);
                }
                Err(e) => {
                    self.mark(key);
                    return Err(e);
                }
            }
        }
        Ok(Value::Object(map))
    }
}
