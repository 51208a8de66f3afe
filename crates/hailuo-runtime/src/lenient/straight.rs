//! Reads an answer straight from its text, without building a value of every field first.
//!
//! Nearly every answer is what its description promises. Such a one is read in one pass; at the first surprise that a
//! pass cannot take back (a property that comes twice, a list in the place of an object) it gives up, and
//! [`decode`](crate::decode) reads the answer anew by way of values. Both ways lead to the same result.

use std::{cell::Cell, fmt, marker::PhantomData};

use serde::{
    de::{
        DeserializeOwned, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::MapAccessDeserializer,
    },
    forward_to_deserialize_any,
};
use serde_json::Value;

use super::Lenient;

thread_local! {
    /// Whether fields on this thread are read straight: serde gives a type no other way to know how it is read.
    static ON: Cell<bool> = const { Cell::new(false) };
}

/// Whether the field that is about to be read is part of a [`straight`] pass.
pub(super) fn is_on() -> bool {
    ON.get()
}

/// Reads an object in one pass, or not at all.
pub(crate) fn straight<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    if !json.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let _off = Off(ON.replace(true));
    serde_json::from_slice(json).ok()
}

/// Puts back what was there before, also when reading panics.
struct Off(bool);
impl Drop for Off {
    fn drop(&mut self) {
        ON.set(self.0);
    }
}

/// Visits whatever stands in a field's place.
pub(super) struct Field<T>(PhantomData<T>);

impl<T> Field<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

/// A scalar as the type itself takes it, or else as what may stand for it.
macro_rules! scalars {
    ($($visit:ident $scalar:ty;)+) => {$(
        fn $visit<E: Error>(self, scalar: $scalar) -> Result<Self::Value, E> {
            let known = T::deserialize(IntoDeserializer::<serde_json::Error>::into_deserializer(scalar));
            Ok(known.map_or_else(|_| Lenient::from_value(Value::from(scalar)), Lenient::Known))
        }
    )+};
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Field<T> {
    type Value = Lenient<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    scalars! {
        visit_bool bool;
        visit_i64 i64;
        visit_u64 u64;
        visit_f64 f64;
        visit_str &str;
    }

    fn visit_unit<E: Error>(self) -> Result<Lenient<T>, E> {
        Ok(Lenient::from_value(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Lenient<T>, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Lenient<T>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Lenient<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Lenient::Known)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Lenient<T>, A::Error> {
        T::deserialize(Items(items)).map(Lenient::Known)
    }
}

/// A list, which is no struct: derived code would fill one from it by position.
struct Items<A>(A);

impl<'de, A: SeqAccess<'de>> Deserializer<'de> for Items<A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_seq(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, A::Error> {
        Err(A::Error::custom("not an object"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fmt::Debug};

    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;
    use crate::lenient::exactly;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Task {
        #[serde(default)]
        id: Option<Lenient<String>>,
        #[serde(default)]
        count: Option<Lenient<i64>>,
        #[serde(default)]
        part: Option<Lenient<f64>>,
        #[serde(default)]
        flag: Option<Lenient<bool>>,
        #[serde(default)]
        list: Option<Lenient<Vec<Lenient<String>>>>,
        #[serde(default)]
        inner: Option<Lenient<Box<Task>>>,
        #[serde(default)]
        map: Option<Lenient<BTreeMap<String, Lenient<i64>>>>,
        #[serde(default)]
        any: Option<Value>,
    }

    /// Whatever can be read straight reads as it would by way of values.
    fn agree<T: DeserializeOwned + PartialEq + Debug>(json: &str) -> Result<(), TestCaseError> {
        let value: Value = serde_json::from_str(json).map_err(|error| TestCaseError::fail(error.to_string()))?;
        if let Some(read) = straight::<T>(json.as_bytes()) {
            prop_assert_eq!(Some(read), exactly(&value).ok(), "{}", json);
        }
        prop_assert!(!is_on());
        Ok(())
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e20..1e20).prop_map(Value::from),
            (-9_i64..9).prop_map(Value::from),
            prop_oneof![Just(""), Just("a"), Just("7"), Just("7.0"), Just("true"), Just("\u{72d0}\"")]
                .prop_map(Value::from),
        ];
        let name = prop::sample::select(vec!["id", "count", "part", "flag", "list", "inner", "map", "any", "new"]);
        scalar.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(name.clone().prop_map(str::to_owned), inner, 0..6)
                    .prop_map(|map| Value::from(map.into_iter().collect::<serde_json::Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn both_ways_read_the_same(value in any_json()) {
            agree::<Task>(&value.to_string())?;
            agree::<Lenient<Vec<Lenient<Task>>>>(&value.to_string())?;
        }
    }

    #[test]
    fn a_healthy_answer_is_read_in_one_pass() {
        let json =
            r#"{"id":7,"count":"5","part":1,"flag":"true","list":"a","map":{"a":1},"inner":{"id":"x","new":[{}]}}"#;
        assert!(straight::<Task>(json.as_bytes()).is_some());
        for json in [r#"{"id":"a","id":"b"}"#, r#"{"inner":["a"]}"#, r#"{"id":{"a":1}}"#] {
            assert!(straight::<Task>(json.as_bytes()).is_none(), "{json}");
        }
    }
}
