//! Unions and intersections in one spelling of those that mean the same.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::order::text;
use super::schemas::without_docs;
use crate::stated;
use crate::upgrade::ANNOTATIONS;

/// Simplifies the unions of a schema whose members are in canonical form; whether anything changed.
pub(super) fn simplify(map: &mut Map<String, Value>) -> bool {
    lone_member(map)
        | plain_parts(map)
        | null_member(map)
        | said_by_members(map)
        | bare_types(map)
        | named_values(map)
        | members(map)
}

pub(super) fn is_annotation(key: &str) -> bool {
    ANNOTATIONS.contains(&key)
}

/// Whether a keyword says something of a value that no union or intersection around it touches.
fn is_beside(key: &str) -> bool {
    is_annotation(key) || stated::is_fact(key)
}

/// A union or intersection of one is that one, where nothing but documentation stands beside it, or where the member is
/// only a reference.
fn lone_member(map: &mut Map<String, Value>) -> bool {
    let mut changed = false;
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let Some(Value::Array(list)) = map.get(keyword) else { continue };
        let [Value::Object(member)] = list.as_slice() else { continue };
        let alone = map.keys().all(|key| key == keyword || is_annotation(key));
        let refers = member.keys().all(|key| key == "$ref" || is_annotation(key)) && !map.contains_key("$ref");
        if alone || refers {
            let member = member.clone();
            map.remove(keyword);
            for (key, value) in member {
                map.entry(key).or_insert(value);
            }
            changed = true;
        }
    }
    changed
}

/// Keywords that mean the same whatever stands beside them.
const BY_THEMSELVES: &[&str] = &[
    "contentEncoding",
    "contentMediaType",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "type",
    "uniqueItems",
];

/// What the parts of an intersection, or the only member of a union, say by such keywords is said in one schema, as long
/// as none is said twice, differently.
fn plain_parts(map: &mut Map<String, Value>) -> bool {
    let mut changed = false;
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let Some(Value::Array(parts)) = map.get(keyword).filter(|_| !map.contains_key("$ref")) else { continue };
        if keyword != "allOf" && parts.len() != 1 {
            continue;
        }
        let mut whole = map.clone();
        whole.remove(keyword);
        let is_plain = parts.iter().all(|part| {
            part.as_object().is_some_and(|part| {
                part.iter().all(|(key, value)| {
                    let said = whole.entry(key.clone()).or_insert_with(|| value.clone());
                    is_beside(key) || (BY_THEMSELVES.contains(&key.as_str()) && said == value)
                })
            })
        });
        if is_plain {
            *map = whole;
            changed = true;
        }
    }
    changed
}

/// Keywords that mean something else beside some others.
const TOGETHER: &[&str] = &[
    "additionalProperties",
    "contains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "items",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Whether a keyword limits values of one type only, so that it lets null pass, or can be made to.
fn is_of_one_type(key: &str) -> bool {
    BY_THEMSELVES.contains(&key) || TOGETHER.contains(&key)
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
        && schema.as_object().is_some_and(|map| map.keys().all(|key| key == "type" || is_annotation(key)))
}

/// A union of something and null, in one spelling: a list of types where there is a type, `anyOf` of a reference and
/// null where there is a reference, one more member where there is a union.
fn null_member(map: &mut Map<String, Value>) -> bool {
    let mut changed = false;
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(list)) = map.get(keyword) else { continue };
        let others: Vec<&Value> = list.iter().filter(|member| !is_null(member)).collect();
        let ([Value::Object(other)], true) = (others.as_slice(), list.len() > 1) else { continue };
        // What limits values beside the union limits them together with it, and is better left alone.
        let alone = map.keys().all(|key| key == keyword || is_beside(key));
        let inline = other.contains_key("type") && other.keys().all(|key| is_of_one_type(key) || is_beside(key));
        if alone && (inline || union_of(other).is_some()) {
            let other = with_null(other.clone());
            map.remove(keyword);
            for (key, value) in other {
                map.entry(key).or_insert(value);
            }
            changed = true;
        } else if keyword == "oneOf"
            && !map.contains_key("anyOf")
            && let Some(list) = map.remove(keyword)
        {
            map.insert("anyOf".to_owned(), list);
            changed = true;
        }
    }
    changed
}

/// A schema of a type, or a union, that allows null too.
fn with_null(mut map: Map<String, Value>) -> Map<String, Value> {
    let null = || json!("null");
    if let Some(members) = union_of(&map).and_then(|union| map.get_mut(union)).and_then(Value::as_array_mut) {
        if !members.iter().any(is_null) {
            members.push(json!({"type": "null"}));
        }
        return map;
    }
    match map.get_mut("type") {
        Some(Value::Array(names)) if !names.contains(&null()) => names.push(null()),
        Some(name @ Value::String(_)) => {
            let name_alone = name.take();
            *name = json!([name_alone, "null"]);
        }
        _ => {}
    }
    if let Some(Value::Array(values)) = map.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    map
}

/// A type beside a union whose members all say theirs, each of them within it, says nothing.
fn said_by_members(map: &mut Map<String, Value>) -> bool {
    let names = |value: Option<&Value>| -> Vec<String> {
        let several = value.and_then(Value::as_array).into_iter().flatten();
        several.chain(value).filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let around = names(map.get("type"));
    let is_within =
        |name: &String| around.contains(name) || (name == "integer" && around.iter().any(|n| n == "number"));
    let is_said = |member: &Value| {
        let own = names(member.get("type"));
        !own.is_empty() && own.iter().all(is_within)
    };
    let says_all = ["anyOf", "oneOf"].into_iter().any(|union| {
        let members = map.get(union).and_then(Value::as_array);
        members.is_some_and(|members| !members.is_empty() && members.iter().all(is_said))
    });
    says_all && !around.is_empty() && map.remove("type").is_some()
}

/// A union of nothing but types is a list of types.
fn bare_types(map: &mut Map<String, Value>) -> bool {
    let mut changed = false;
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(list)) = map.get(keyword) else { continue };
        let mut names: Vec<&Value> = Vec::new();
        let bare = list.iter().all(|member| {
            let Some(kind) = member.as_object().filter(|m| m.len() == 1).and_then(|m| m.get("type")) else {
                return false;
            };
            match kind {
                Value::Array(several) => names.extend(several),
                one => names.push(one),
            }
            true
        });
        // An integer is a number too, and so fits two members of a `oneOf`, as does what stands in it twice.
        let distinct = names.iter().enumerate().all(|(index, name)| !names[..index].contains(name))
            && !(names.contains(&&json!("integer")) && names.contains(&&json!("number")));
        if bare && !names.is_empty() && !map.contains_key("type") && (keyword == "anyOf" || distinct) {
            let names = json!(names);
            map.remove(keyword);
            map.insert("type".to_owned(), names);
            changed = true;
        }
    }
    changed
}

/// A union of nothing but values is an enum; what is said of each value is said of the enum.
fn named_values(map: &mut Map<String, Value>) -> bool {
    let mut changed = false;
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(list)) = map.get(keyword).filter(|_| !map.contains_key("enum")) else { continue };
        let (nulls, members): (Vec<&Value>, Vec<&Value>) = list.iter().partition(|member| is_null(member));
        let Some(kind) = members.first().map(|member| member.get("type").or(map.get("type"))) else { continue };
        let is_named = |member: &&Value| {
            let own = member.get("type").or(map.get("type"));
            own == kind
                && member.get("enum").is_some_and(Value::is_array)
                && member.as_object().is_some_and(|member| {
                    member.keys().all(|key| matches!(key.as_str(), "description" | "enum" | "type"))
                })
        };
        let values: Vec<&Value> =
            members.iter().filter_map(|member| member.get("enum")?.as_array()).flatten().collect();
        // What fits two members of a `oneOf` is none of it.
        let mut texts = HashSet::new();
        let mut distinct = || values.iter().all(|value| texts.insert(text(value)));
        let is_apart = map.get("type").is_none_or(|around| kind == Some(around) && nulls.is_empty());
        if !members.iter().all(is_named) || !is_apart || (keyword == "oneOf" && !distinct()) {
            continue;
        }
        let mut said: Vec<String> = members
            .iter()
            .filter_map(|member| {
                let words = member.get("enum")?.as_array()?.iter().map(text).collect::<Vec<_>>();
                Some(format!("- {}: {}", words.join(", "), member.get("description")?.as_str()?))
            })
            .collect();
        said.sort_unstable();
        said.splice(..0, map.get("description").and_then(Value::as_str).map(str::to_owned));
        let mut plain = Map::new();
        plain.extend(kind.map(|kind| ("type".to_owned(), kind.clone())));
        plain.insert("enum".to_owned(), json!(values));
        let plain = if nulls.is_empty() { plain } else { with_null(plain) };
        map.remove(keyword);
        map.extend(plain);
        if !said.is_empty() {
            map.insert("description".to_owned(), json!(said.join("\n")));
        }
        changed = true;
    }
    changed
}

/// The union that a schema is and nothing else.
fn union_of(map: &Map<String, Value>) -> Option<&'static str> {
    let union = ["anyOf", "oneOf"].into_iter().find(|keyword| map.contains_key(*keyword))?;
    map.keys().all(|key| key == union || key == "discriminator" || is_annotation(key)).then_some(union)
}

/// Members in one order, null last, and none twice. Two equal members of a `oneOf` would allow nothing, and stay.
fn members(map: &mut Map<String, Value>) -> bool {
    let mut changed = false;
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let Some(Value::Array(list)) = map.get_mut(keyword) else { continue };
        let length = list.len();
        let mut flat = Vec::with_capacity(length);
        for member in std::mem::take(list) {
            match member {
                // A union in a union, or an intersection in an intersection, is one.
                Value::Object(mut inner) if keyword != "oneOf" && inner.len() == 1 && inner.contains_key(keyword) => {
                    if let Some(Value::Array(inner)) = inner.remove(keyword) {
                        flat.extend(inner);
                    }
                }
                other => flat.push(other),
            }
        }
        let mut keyed: Vec<((bool, String, String), Value)> = flat
            .into_iter()
            .map(|member| {
                let mut bare = member.clone();
                without_docs(&mut bare);
                ((is_null(&member), text(&bare), text(&member)), member)
            })
            .collect();
        keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
        if keyword != "oneOf" {
            keyed.dedup_by(|(a, _), (b, _)| a.1 == b.1);
        }
        list.extend(keyed.into_iter().map(|(_, member)| member));
        changed |= list.len() != length;
    }
    changed
}
