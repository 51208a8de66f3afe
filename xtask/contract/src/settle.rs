//! Puts a published document into one form before its fixups, whose guards and patches name places: what a vendor's
//! generator writes one way today and another tomorrow, with the same meaning, must not look like a change.
//!
//! Parameters stand in lists, and their order says nothing. And some generators declare an optional field as
//! `anyOf: [T, null]` in one release and as T in another; whether a document's generator is one of them stands in
//! `source.toml`. What is required keeps its `null`, and so does everything that is no property: there it says something.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Puts the parameters of paths and operations in order of place and name; references stand in front.
pub fn order_parameters(document: &mut Value) {
    let word = |parameter: &Value, key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let sort = |holder: &mut Value| {
        if let Some(Value::Array(list)) = holder.get_mut("parameters") {
            list.sort_by_cached_key(|parameter| {
                (word(parameter, "$ref"), word(parameter, "in"), word(parameter, "name"))
            });
        }
    };
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (_, item) in paths.into_iter().flatten() {
        sort(item);
        item.as_object_mut().into_iter().flatten().for_each(|(_, operation)| sort(operation));
    }
}

/// Takes `null` from every property that is not required.
pub fn drop_null(document: &mut Value) {
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                optional_properties(map);
                open.extend(map.values_mut());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

fn optional_properties(schema: &mut Map<String, Value>) {
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let required: BTreeSet<String> = required.filter_map(|name| name.as_str().map(str::to_owned)).collect();
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !required.contains(*name)) {
        if let Value::Object(property) = property {
            without_null(property);
        }
    }
}

fn without_null(property: &mut Map<String, Value>) {
    let mut took = property.remove("nullable").is_some_and(|flag| flag == true);
    if let Some(Value::Array(types)) = property.get_mut("type") {
        let before = types.len();
        types.retain(|name| name != "null");
        took |= types.len() < before;
        if let [only] = types.as_slice() {
            let only = only.clone();
            property.insert("type".to_owned(), only);
        }
    }
    for key in ["anyOf", "oneOf"] {
        let Some(Value::Array(members)) = property.get_mut(key) else { continue };
        let before = members.len();
        members.retain(|member| !is_null(member));
        took |= members.len() < before;
        if members.len() == before || members.len() != 1 {
            continue;
        }
        // What stands beside the union speaks of the place, and wins over what the member says of itself.
        if let Some(Value::Array(mut members)) = property.remove(key)
            && let Some(Value::Object(member)) = members.pop()
        {
            for (word, value) in member {
                property.entry(word).or_insert(value);
            }
        }
    }
    if let Some(Value::Array(words)) = property.get_mut("enum").filter(|_| took) {
        words.retain(|word| !word.is_null());
    }
    if took && property.get("default").is_some_and(Value::is_null) {
        property.remove("default");
    }
}

fn is_null(schema: &Value) -> bool {
    schema.as_object().is_some_and(|schema| {
        schema.get("type").is_some_and(|name| name == "null")
            || (schema.len() == 1 && schema.get("const").is_some_and(Value::is_null))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parameters_stand_in_one_order() {
        let parameter = |place: &str, name: &str| json!({"in": place, "name": name});
        let [id, logs, trace] = [parameter("path", "id"), parameter("query", "logs"), parameter("query", "trace")];
        for list in [[&id, &logs, &trace], [&trace, &id, &logs]] {
            let mut document = json!({"paths": {"/a": {"parameters": list, "get": {"parameters": list}}}});
            order_parameters(&mut document);
            let ordered = json!([id, logs, trace]);
            assert_eq!(document["paths"]["/a"], json!({"parameters": ordered, "get": {"parameters": ordered}}));
        }
    }

    #[test]
    fn an_optional_property_is_the_same_with_null_and_without_it() {
        let plain = json!({"type": "string", "title": "A"});
        for nullable in [
            json!({"anyOf": [{"type": "string"}, {"type": "null"}], "title": "A"}),
            json!({"oneOf": [{"type": "null"}, {"type": "string", "title": "other"}], "title": "A", "default": null}),
            json!({"type": ["string", "null"], "title": "A"}),
            json!({"type": "string", "nullable": true, "title": "A"}),
            plain.clone(),
        ] {
            let mut document = json!({"components": {"schemas": {"S": {"properties": {"a": nullable}}}}});
            drop_null(&mut document);
            assert_eq!(document["components"]["schemas"]["S"]["properties"]["a"], plain);
        }
    }

    #[test]
    fn references_and_unions_stay_what_they_are() {
        let mut schema = json!({"properties": {
            "a": {"anyOf": [{"$ref": "#/x"}, {"type": "null"}], "description": "d"},
            "b": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
            "c": {"type": ["string", "null"], "enum": ["x", null]},
        }});
        drop_null(&mut schema);
        assert_eq!(
            schema["properties"],
            json!({
                "a": {"$ref": "#/x", "description": "d"},
                "b": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
                "c": {"type": "string", "enum": ["x"]},
            })
        );
    }

    #[test]
    fn what_is_required_or_no_property_keeps_its_null() {
        let schema = json!({
            "required": ["a"],
            "properties": {"a": {"type": ["string", "null"]}, "b": {"type": "array", "items": {"type": ["string", "null"]}}},
        });
        let mut same = schema.clone();
        drop_null(&mut same);
        assert_eq!(same, schema);
    }
}
