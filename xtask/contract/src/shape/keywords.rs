//! The keywords of JSON Schema: whether each holds what it must.

use serde_json::{Map, Value};

use super::{check_schema_value, each, list, missing, object, strings, wrong};
use crate::{Problem, pointer, schema};

/// Checks the keywords of one schema, not of those below it.
pub(super) fn check(here: &str, schema: &Value) -> Result<(), Problem> {
    let Value::Object(map) = schema else { return Ok(()) };
    for (keyword, value) in pointer::sorted(map) {
        if let Some((expected, fits)) = expected(keyword)
            && !fits(value)
        {
            return Err(wrong(&pointer::join(here, keyword), expected, value));
        }
    }
    if let Some(words) = map.get("enum") {
        let here = pointer::join(here, "enum");
        if list(&here, words)?.is_empty() {
            return Err(wrong(&here, "at least one value", words));
        }
    }
    if let Some(required) = map.get("required") {
        check_names(&pointer::join(here, "required"), required)?;
    }
    each(here, map, "dependentRequired", &check_names)?;
    for (keyword, value) in pointer::sorted(map) {
        let here = pointer::join(here, keyword);
        match schema::holds(keyword) {
            Some(schema::Holds::One) => check_schema_value(&here, value)?,
            Some(schema::Holds::List) => {
                let members = list(&here, value)?;
                if members.is_empty() {
                    return Err(wrong(&here, "at least one schema", value));
                }
                for (index, member) in members.iter().enumerate() {
                    check_schema_value(&format!("{here}/{index}"), member)?;
                }
            }
            Some(schema::Holds::Map) => {
                for (name, member) in pointer::sorted(object(&here, value)?) {
                    check_schema_value(&pointer::join(&here, name), member)?;
                }
            }
            None => {}
        }
    }
    check_discriminator(here, map)
}

/// Whether a value is what a keyword has to hold.
type Fits = fn(&Value) -> bool;

/// What a keyword that holds neither schemas nor names has to hold, and whether a value is that.
pub(crate) fn expected(keyword: &str) -> Option<(&'static str, Fits)> {
    Some(match keyword {
        "$comment" | "$ref" | "contentEncoding" | "contentMediaType" | "description" | "format" | "pattern"
        | "title" => ("a string", Value::is_string),
        "deprecated" | "readOnly" | "uniqueItems" | "writeOnly" => ("true or false", Value::is_boolean),
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" => ("a number", Value::is_number),
        "multipleOf" => ("a number greater than 0", |value| value.as_f64().is_some_and(|number| number > 0.0)),
        "maxContains" | "maxItems" | "maxLength" | "maxProperties" | "minContains" | "minItems" | "minLength"
        | "minProperties" => ("a whole number, 0 or more", is_count),
        "type" => ("one of array, boolean, integer, null, number, object, string", is_type),
        _ => return None,
    })
}

/// The types of JSON Schema.
pub(crate) const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

fn is_type(value: &Value) -> bool {
    let is_one = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    match value {
        Value::Array(types) => !types.is_empty() && types.iter().all(is_one),
        one => is_one(one),
    }
}

fn check_names(here: &str, names: &Value) -> Result<(), Problem> {
    for (index, name) in list(here, names)?.iter().enumerate() {
        if !name.is_string() {
            return Err(wrong(&format!("{here}/{index}"), "a property's name", name));
        }
    }
    Ok(())
}

fn check_discriminator(here: &str, map: &Map<String, Value>) -> Result<(), Problem> {
    let Some(discriminator) = map.get("discriminator") else { return Ok(()) };
    let here = pointer::join(here, "discriminator");
    let discriminator = object(&here, discriminator)?;
    if !discriminator.contains_key("propertyName") {
        return Err(missing(&here, "propertyName"));
    }
    strings(&here, discriminator, &["propertyName"])?;
    each(&here, discriminator, "mapping", &|here, target| {
        if target.is_string() { Ok(()) } else { Err(wrong(here, "a string", target)) }
    })
}

/// `5`, and `5.0`, which JSON Schema holds to be the same.
fn is_count(value: &Value) -> bool {
    value.as_u64().is_some() || value.as_f64().is_some_and(|n| n >= 0.0 && n.fract() == 0.0)
}
