//! A field of an answer that is read whatever it holds.
//!
//! [`coerce`] knows what may stand for what; here is what became of a value, and how it is looked at.

mod coerce;
mod straight;

use std::fmt;

pub(crate) use coerce::{exactly, otherwise};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::Value;
pub(crate) use straight::straight;

/// What a vendor's answer holds in a place where its description promises a `T`.
///
/// Reading never fails on JSON: what is not a `T`, and cannot be taken for one, is [`Other`](Lenient::Other). Taken
/// for a `T` are a number or a boolean for a string, a string for a number or a boolean, a number without fraction
/// for an integer, a single element for a list of one, and an empty string for an empty list. So a vendor's slip, a
/// new word in an enumeration or a new shape of a field never loses the rest of an answer that was paid for.
///
/// ```
/// use hailuo_runtime::Lenient;
///
/// let id: Lenient<String> = serde_json::from_str("12345")?;
/// assert_eq!(id.known().map(String::as_str), Some("12345"));
///
/// let eta: Lenient<u32> = serde_json::from_str(r#""soon""#)?;
/// assert_eq!(eta.known(), None);
/// assert_eq!(eta.text().as_deref(), Some("soon"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub enum Lenient<T> {
    /// What the description promises.
    Known(T),
    /// Something else.
    Other(Value),
}

impl<T> Lenient<T> {
    /// The value, if it is what the description promises.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// The value, if it is what the description promises, by value.
    pub fn into_known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// What came instead of what the description promises.
    pub fn other(&self) -> Option<&Value> {
        match self {
            Self::Known(_) => None,
            Self::Other(value) => Some(value),
        }
    }
}

impl<T: Serialize> Lenient<T> {
    /// The text of a string, a number, a boolean or a word of an enumeration, known or not; `None` for all else.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Known(value) => coerce::text(serde_json::to_value(value).ok()?),
            Self::Other(value) => coerce::text(value.clone()),
        }
    }

    /// The value as JSON, known or not.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Known(value) => serde_json::to_value(value).unwrap_or_default(),
            Self::Other(value) => value.clone(),
        }
    }
}

impl<T: DeserializeOwned> Lenient<T> {
    /// Reads a value that is already JSON.
    pub fn from_value(value: Value) -> Self {
        coerce::read(value).map_or_else(Self::Other, Self::Known)
    }
}

impl<T> From<T> for Lenient<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T> Default for Lenient<T> {
    /// `null`.
    fn default() -> Self {
        Self::Other(Value::Null)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if straight::is_on() {
            return deserializer.deserialize_any(straight::Field::new());
        }
        Value::deserialize(deserializer).map(Self::from_value)
    }
}

impl<T: Serialize> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(serializer),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<T> fmt::Debug for Lenient<T> {
    /// The shape only: a vendor may echo what the user sent in any field.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(_) => write!(f, "Known({})", short(std::any::type_name::<T>())),
            Self::Other(Value::Null) => f.write_str("Other(null)"),
            Self::Other(Value::Bool(_)) => f.write_str("Other(boolean)"),
            Self::Other(Value::Number(_)) => f.write_str("Other(number)"),
            Self::Other(Value::String(text)) => write!(f, "Other(string of {} bytes)", text.len()),
            Self::Other(Value::Array(list)) => write!(f, "Other(list of {})", list.len()),
            Self::Other(Value::Object(object)) => write!(f, "Other(object of {})", object.len()),
        }
    }
}

/// A type's name without the paths of its parts: `Vec<Lenient<String>>`.
fn short(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(end) = rest.find(|c: char| !c.is_alphanumeric() && c != '_') {
        let (word, tail) = rest.split_at(end);
        if let Some(tail) = tail.strip_prefix("::") {
            rest = tail;
        } else {
            let next = tail.chars().next().map_or(0, char::len_utf8);
            out.push_str(word);
            out.push_str(&tail[..next]);
            rest = &tail[next..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use serde_json::json;

    use super::*;

    #[test]
    fn debug_shows_the_shape_and_not_the_content() {
        let known = Lenient::Known(vec![Lenient::Known("canary".to_owned())]);
        assert_eq!(format!("{known:?}"), "Known(Vec<Lenient<String>>)");
        for (value, expected) in [
            (json!(null), "Other(null)"),
            (json!(true), "Other(boolean)"),
            (json!(7), "Other(number)"),
            (json!("canary"), "Other(string of 6 bytes)"),
            (json!(["canary"]), "Other(list of 1)"),
            (json!({"canary": 1}), "Other(object of 1)"),
        ] {
            assert_eq!(format!("{:?}", Lenient::<String>::Other(value)), expected);
        }
    }

    #[test]
    fn text_is_there_for_whatever_reads_as_a_word() {
        assert_eq!(Lenient::Known("a".to_owned()).text().as_deref(), Some("a"));
        assert_eq!(Lenient::Known(6).text().as_deref(), Some("6"));
        assert_eq!(Lenient::Known(vec![6]).text(), None);
        assert_eq!(Lenient::<u8>::Other(json!("6s")).text().as_deref(), Some("6s"));
        assert_eq!(Lenient::<u8>::Other(json!(true)).text().as_deref(), Some("true"));
        assert_eq!(Lenient::<u8>::default().text(), None);
    }

    #[test]
    fn what_is_not_known_is_written_as_it_came() {
        for value in [json!(null), json!({"a": [1, "b"]}), json!([[]]), json!("x")] {
            let lenient: Lenient<u8> = serde_json::from_value(value.clone()).unwrap();
            assert_eq!(serde_json::to_value(&lenient).unwrap(), value);
            assert_eq!(lenient.to_value(), value);
        }
    }
}
