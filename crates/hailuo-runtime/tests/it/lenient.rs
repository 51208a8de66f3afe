//! Any JSON at all is an answer.

use std::collections::BTreeMap;

use hailuo_runtime::Lenient;
use proptest::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Number, Value};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Video {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<Lenient<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<Lenient<i64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tags: Option<Lenient<Vec<Lenient<String>>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<Box<Lenient<Video>>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Either {
    Video(Video),
    Word(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Word {
    #[serde(rename = "a")]
    A,
    #[serde(rename = "b")]
    B,
}

fn json() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(Number::from),
        any::<f64>().prop_filter_map("a number", Number::from_f64),
    ];
    let text = prop_oneof![".{0,6}", "-?[0-9]{1,20}(\\.[0-9]{1,3})?(e[0-9]{1,3})?", "a|b|true|false| ?null|6s"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number.prop_map(Value::Number),
        text.prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let name = prop_oneof!["url|size|tags|next|a|b", ".{0,3}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map(name, inner, 0..4).prop_map(|map| Value::Object(Map::from_iter(map))),
        ]
    })
}

fn reads<T>(value: &Value) -> Result<(), TestCaseError>
where
    T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug,
{
    // Through text, a float may change in its last digit; what is compared is what was read of the same text.
    let text = value.to_string();
    let same: Value = serde_json::from_str(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let lenient: Lenient<T> = serde_json::from_str(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
    if let Some(other) = lenient.other() {
        prop_assert_eq!(other, &same);
    }
    if let Ok(known) = serde_json::from_value::<T>(same.clone())
        && !same.is_array()
    {
        prop_assert_eq!(lenient.known(), Some(&known), "what is a T is known");
    }
    let again: Lenient<T> = Lenient::from_value(lenient.to_value());
    prop_assert_eq!(&again, &lenient);
    let shown = format!("{lenient:?} {lenient:#?}");
    prop_assert!(shown.starts_with("Known(") || shown.starts_with("Other("));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn any_json_is_read_as_anything(value in json()) {
        reads::<String>(&value)?;
        reads::<i64>(&value)?;
        reads::<u8>(&value)?;
        reads::<f64>(&value)?;
        reads::<bool>(&value)?;
        reads::<Word>(&value)?;
        reads::<Either>(&value)?;
        reads::<Video>(&value)?;
        reads::<Vec<Lenient<String>>>(&value)?;
        reads::<Vec<Lenient<Video>>>(&value)?;
        reads::<Vec<i64>>(&value)?;
        reads::<BTreeMap<String, Lenient<i64>>>(&value)?;
        reads::<Value>(&value)?;
    }

    #[test]
    fn a_struct_of_lenient_fields_is_read_from_any_object(value in json().prop_filter("an object", Value::is_object)) {
        let read: Result<Video, _> = serde_json::from_str(&value.to_string());
        prop_assert!(read.is_ok(), "{read:?}");
    }
}
