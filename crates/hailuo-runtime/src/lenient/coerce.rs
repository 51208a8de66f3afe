//! What may stand for what in an answer.

use std::cell::Cell;

use serde::{
    de::{DeserializeOwned, Deserializer, Error as _, Visitor},
    forward_to_deserialize_any,
};
use serde_json::{Error, Number, Value};

/// Reads `value` as a `T`, or as what may be taken for one; gives it back if it is neither.
pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Value> {
    if let Ok(known) = exactly(&value) {
        return Ok(known);
    }
    match otherwise(&value) {
        Some(known) => Ok(known),
        None => one_element(value),
    }
}

/// Reads another spelling of a scalar as a `T`.
pub(crate) fn otherwise<T: DeserializeOwned>(value: &Value) -> Option<T> {
    alternatives(value).iter().flatten().find_map(|value| exactly(value).ok())
}

/// The text of a scalar.
pub(super) fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => written(&number),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Other spellings of a scalar, the likelier first.
fn alternatives(value: &Value) -> [Option<Value>; 2] {
    match value {
        Value::Number(number) => [written(number).map(Value::String), integer(number)],
        Value::Bool(flag) => [Some(Value::String(flag.to_string())), None],
        Value::String(text) if text.is_empty() => [Some(Value::Array(Vec::new())), None],
        Value::String(text) => {
            let scalar: Option<Value> = serde_json::from_str(text.trim()).ok();
            match scalar {
                Some(Value::Number(number)) => [Some(Value::Number(number.clone())), integer(&number)],
                Some(flag @ Value::Bool(_)) => [Some(flag), None],
                _ => [None, None],
            }
        }
        Value::Null | Value::Array(_) | Value::Object(_) => [None, None],
    }
}

/// A number's text. 12.0 is the number 12 of a writer that does not know integers; of one with more digits than a float
/// keeps nobody knows the last ones.
fn written(number: &Number) -> Option<String> {
    match integer(number) {
        Some(integer) => Some(integer.to_string()),
        None if number.is_f64() && number.as_f64().is_none_or(|float| float.fract() == 0.0) => None,
        None => Some(number.to_string()),
    }
}

/// The integer that a number with a point stands for: 12 for 12.0.
fn integer(number: &Number) -> Option<Value> {
    let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0)?;
    // Beyond 2^53 a float no longer says which integer it means.
    let exact = float.abs() <= 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "there is no fraction, and the range was looked at")]
    exact.then_some(Value::from(float as i64))
}

/// How many lists of one element are made in one another. Where lists are made of lists of their own kind there is
/// always one more.
const MOST_MADE: u8 = 8;

thread_local! {
    /// How many lists of one element are being made in one another on this thread.
    static MADE: Cell<u8> = const { Cell::new(0) };
}

/// A list of the value alone. `null` is no element, and a list is no element of one.
fn one_element<T: DeserializeOwned>(value: Value) -> Result<T, Value> {
    let made = MADE.get();
    if made == MOST_MADE || matches!(value, Value::Null | Value::Array(_)) {
        return Err(value);
    }
    let list = Value::Array(vec![value]);
    MADE.set(made + 1);
    let read = exactly(&list);
    MADE.set(made);
    read.map_err(|_| match list {
        Value::Array(mut list) => list.pop().unwrap_or_default(),
        other => other,
    })
}

/// Reads `value` as a `T`, without taking anything for something else.
pub(crate) fn exactly<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(Exactly(value))
}

/// Reads a value as serde_json does, but for one thing: a list is no struct.
///
/// Derived code fills a struct's fields from a list by position, so that `[]` would be read as a struct in which every
/// field is absent, and a list of objects as a struct whose first field is the first object.
struct Exactly<'a>(&'a Value);

impl<'de> Deserializer<'de> for Exactly<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.0.is_object() {
            self.0.deserialize_struct(name, fields, visitor)
        } else {
            Err(Error::custom("not an object"))
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use std::{collections::BTreeMap, fmt::Debug};

    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::*;
    use crate::Lenient;

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    struct Video {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        url: Option<Lenient<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<Lenient<i64>>,
    }

    #[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
    #[serde(transparent)]
    struct Wrapped(Video);

    /// A list of lists of its own kind, to any depth.
    #[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
    #[serde(transparent)]
    struct Deep(Vec<Lenient<Deep>>);

    #[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
    enum Word {
        #[serde(rename = "IN_QUEUE")]
        InQueue,
    }

    /// Reads every value as a `T`, once straight from text and once from a value, and compares what was known.
    fn check<T>(cases: &[(Value, Option<T>)])
    where
        T: DeserializeOwned + Serialize + PartialEq + Debug + Clone,
    {
        for (value, expected) in cases {
            let lenient: Lenient<T> = serde_json::from_str(&value.to_string()).unwrap();
            assert_eq!(lenient.known(), expected.as_ref(), "{value}");
            assert_eq!(Lenient::from_value(value.clone()), lenient, "{value}");
            match &lenient {
                Lenient::Known(_) => assert_eq!(lenient.other(), None),
                Lenient::Other(other) => assert_eq!(other, value),
            }
            let again: Lenient<T> = serde_json::from_value(serde_json::to_value(&lenient).unwrap()).unwrap();
            assert_eq!(again, lenient, "{value} survives a round trip");
        }
    }

    #[test]
    fn scalars_stand_for_one_another() {
        let text = |text: &str| Some(text.to_owned());
        check::<String>(&[
            (json!("a"), text("a")),
            (json!(""), text("")),
            (json!(5), text("5")),
            (json!(-1.5), text("-1.5")),
            (json!(7.0), text("7")),
            (json!(1.234_567_890_123_456_7e22), None),
            (json!(u64::MAX), text("18446744073709551615")),
            (json!(true), text("true")),
            (json!(["a"]), None),
            (json!({"a": 1}), None),
            (json!(null), None),
        ]);
        check::<i64>(&[
            (json!(5), Some(5)),
            (json!("5"), Some(5)),
            (json!(" -5 "), Some(-5)),
            (json!(5.0), Some(5)),
            (json!("5.0"), Some(5)),
            (json!(5.5), None),
            (json!("6s"), None),
            (json!(""), None),
            (json!(u64::MAX), None),
            (json!(1e300), None),
            (json!([5]), None),
        ]);
        check::<u8>(&[(json!("255"), Some(255)), (json!(256), None), (json!("-1"), None)]);
        check::<f64>(&[(json!(1), Some(1.0)), (json!("1.5"), Some(1.5)), (json!("NaN"), None), (json!("1e999"), None)]);
        check::<bool>(&[
            (json!(true), Some(true)),
            (json!("false"), Some(false)),
            (json!("yes"), None),
            (json!(1), None),
        ]);
        check::<Word>(&[(json!("IN_QUEUE"), Some(Word::InQueue)), (json!("PAUSED"), None), (json!(7), None)]);
    }

    #[test]
    fn one_element_stands_for_a_list() {
        let words = |words: &[&str]| Some(words.iter().map(|word| Lenient::Known((*word).to_owned())).collect());
        check::<Vec<Lenient<String>>>(&[
            (json!(["a", "b"]), words(&["a", "b"])),
            (json!("a"), words(&["a"])),
            (json!(5), words(&["5"])),
            (json!(""), words(&[])),
            (json!([]), words(&[])),
            (json!([1, true]), words(&["1", "true"])),
            (json!(null), None),
        ]);
        let video = Video { url: Some(Lenient::Known("u".to_owned())), size: None };
        check::<Vec<Lenient<Video>>>(&[(json!({"url": "u"}), Some(vec![Lenient::Known(video)]))]);
    }

    #[test]
    fn what_is_no_list_of_lists_without_end_is_kept() {
        let lists = |text: &str| serde_json::from_str::<Lenient<Deep>>(text).unwrap();
        assert_eq!(lists("[[], [[]]]").to_value(), json!([[], [[]]]));
        for (text, element) in [("5", "5"), (r#"[{"a": 1}]"#, r#"{"a":1}"#)] {
            let kept = lists(text).to_value().to_string();
            assert_eq!(kept.trim_matches(['[', ']']), element, "{text}");
        }
    }

    #[test]
    fn only_an_object_is_a_struct() {
        let video = Video { url: Some(Lenient::Known("7".to_owned())), size: Some(Lenient::Other(json!("big"))) };
        check::<Video>(&[
            (json!({"url": 7, "size": "big", "new": [1]}), Some(video)),
            (json!({}), Some(Video::default())),
            (json!({"url": null}), Some(Video::default())),
            (json!([]), None),
            (json!(["u", 1]), None),
            (json!([{"url": "u"}]), None),
            (json!(""), None),
            (json!("u"), None),
        ]);
        check::<Wrapped>(&[(json!({}), Some(Wrapped(Video::default()))), (json!([]), None)]);
        check::<BTreeMap<String, Lenient<u8>>>(&[(json!([]), None), (json!(""), None)]);
    }
}
