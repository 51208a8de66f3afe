//! The mutations of a schema, keyword by keyword.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::mutants::{Maker, insert, object, push, rename, set};
use crate::drift::Direction;
use crate::drift::schema::{admits_everything, is_around};

type Ways = BTreeSet<Option<Direction>>;

/// Adds the mutants of the schema at a pointer. What stands inside a `not` is mutated together with it.
pub(super) fn of(maker: &mut Maker<'_>, at: &str, node: &Value, ways: &Ways) {
    if at.contains("/not/") || at.ends_with("/not") || at.contains("/if/") || at.ends_with("/if") {
        return;
    }
    let Some(map) = node.as_object() else { return };
    if ways.is_empty() {
        return;
    }
    let mut mark = |kind: &str, key: &'static str, value: Value| maker.make(kind, at, ways, |s| insert(s, key, value));
    if !map.contains_key("deprecated") {
        mark("deprecate", "deprecated", json!(true));
    }
    if !map.contains_key("readOnly") {
        mark("make read-only", "readOnly", json!(true));
    }
    if !map.contains_key("writeOnly") {
        mark("make write-only", "writeOnly", json!(true));
    }
    if !map.contains_key("x-picture") {
        mark("state fact", "x-picture", json!({"novelty": 9}));
    }
    mark("add unknown keyword", "novelty", json!(7));
    mark("describe", "description", json!("Other words."));
    if map.contains_key("$ref") {
        reference(maker, at, ways);
        return;
    }
    types(maker, at, node, ways);
    words(maker, at, node, ways);
    texts(maker, at, node, ways);
    limits(maker, at, node, ways);
    properties(maker, at, node, ways);
    lists(maker, at, node, ways);
    unions(maker, at, node, ways);
    forbidden(maker, at, node, ways);
}

/// How a kind of mutation is called in a member of a list that is paired by what its members are.
fn kind_in(kind: &str, at: &str) -> String {
    match at.rsplit('/').nth(1) {
        Some("anyOf" | "oneOf") => format!("{kind} of alternative"),
        Some("allOf") => format!("{kind} of conjunct"),
        _ => kind.to_owned(),
    }
}

/// How dropping a keyword is called where nothing is left of the schema then.
fn kind_of_dropping(kind: &str, at: &str, node: &Value, key: &str) -> String {
    let last = node.as_object().is_some_and(|map| map.keys().all(|other| other == key || is_around(other)));
    let mut segments = at.rsplit('/');
    match (last, segments.next(), segments.next()) {
        (false, ..) | (_, _, Some("properties")) => kind.to_owned(),
        (_, Some(holder @ ("items" | "contains" | "propertyNames" | "contentSchema")), _) => format!("drop {holder}"),
        (_, Some("additionalProperties"), _) => "unrestrict others".to_owned(),
        _ => kind.to_owned(),
    }
}

fn reference(maker: &mut Maker<'_>, at: &str, ways: &Ways) {
    maker.make(&kind_in("break reference", at), at, ways, |s| insert(s, "$ref", json!("#/components/schemas/Nowhere")));
    if !at.contains("/anyOf/") && !at.contains("/oneOf/") {
        maker
            .make(&kind_in("make nullable", at), at, ways, |s| set(s, json!({"anyOf": [s.clone(), {"type": "null"}]})));
        maker.make(&kind_in("add alternative", at), at, ways, |s| {
            set(s, json!({"anyOf": [s.clone(), {"type": "array", "items": {"type": "boolean"}, "minItems": 9}]}))
        });
    }
    maker.make(&kind_in("add conjunct", at), at, ways, |s| set(s, json!({"allOf": [s.clone(), {"minProperties": 9}]})));
}

/// The non-null types of a schema, and whether `null` is among them.
fn type_of(node: &Value) -> (Vec<&str>, bool) {
    let all: Vec<&str> = match node.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    (all.iter().copied().filter(|one| *one != "null").collect(), all.contains(&"null"))
}

fn types(maker: &mut Maker<'_>, at: &str, node: &Value, ways: &Ways) {
    let (types, null) = type_of(node);
    if node.get("type").is_none() || types.is_empty() {
        return;
    }
    let with = |list: Vec<&str>, null: bool| {
        let mut list: Vec<&str> = list;
        if null {
            list.push("null");
        }
        match &*list {
            [one] => json!(one),
            _ => json!(list),
        }
    };
    let suffix = kind_in("", at);
    let alternative = suffix == " of alternative";
    let Some(other) = ["boolean", "array", "string"].into_iter().find(|other| !types.contains(other)) else { return };
    maker.make(&format!("retype{suffix}"), at, ways, |s| insert(s, "type", with(vec![other], null)));
    // Beside words, a type says nothing of its own.
    let has_words = node.get("enum").or(node.get("const")).is_some();
    let mut wider = types.clone();
    wider.push(other);
    if !has_words {
        maker.make(&format!("widen type{suffix}"), at, ways, |s| insert(s, "type", with(wider, null)));
    }
    if !alternative && !has_words {
        let kind = kind_of_dropping("widen type", at, node, "type");
        maker.make(&kind, at, ways, |s| object(s)?.remove("type").map(drop));
    }
    if types.len() > 1 {
        maker.make(&format!("narrow type{suffix}"), at, ways, |s| insert(s, "type", with(types[1..].to_vec(), null)));
    }
    if types.contains(&"integer") && !types.contains(&"number") && !has_words {
        let wider = types.iter().map(|one| if *one == "integer" { "number" } else { one }).collect();
        maker.make(&format!("widen type{suffix}"), at, ways, |s| insert(s, "type", with(wider, null)));
    }
    if types.contains(&"number") {
        let narrower = types.iter().map(|one| if *one == "number" { "integer" } else { one }).collect();
        maker.make(&format!("narrow type{suffix}"), at, ways, |s| insert(s, "type", with(narrower, null)));
    }
    if !alternative {
        let kind = if null { "make not nullable" } else { "make nullable" };
        maker.make(kind, at, ways, |s| insert(s, "type", with(types.clone(), !null)));
    }
}

fn words(maker: &mut Maker<'_>, at: &str, node: &Value, ways: &Ways) {
    let (types, _) = type_of(node);
    let novelty = if types.contains(&"string") || types.is_empty() { json!("novelty") } else { json!(4711) };
    match node.get("enum").and_then(Value::as_array) {
        Some(all) => {
            let at = format!("{at}/enum");
            maker.make("add word", &at, ways, |list| push(list, novelty.clone()));
            for index in 0..all.len() {
                if all.len() > 1 {
                    maker.make("drop word", &at, ways, |list| {
                        list.as_array_mut()?.remove(index);
                        Some(())
                    });
                }
                let kind = if all.len() > 1 { "rename word" } else { "rename only word" };
                maker.make(kind, &at, ways, |list| set(list.get_mut(index)?, novelty.clone()));
            }
            let at = at.trim_end_matches("/enum");
            let kind = kind_of_dropping("drop enum", at, node, "enum");
            maker.make(&kind, at, ways, |s| object(s)?.remove("enum").map(drop));
        }
        None if node.get("const").is_some() => {
            maker.make("rename only word", at, ways, |s| insert(s, "const", novelty));
            maker.make("drop const", at, ways, |s| object(s)?.remove("const").map(drop));
        }
        None if types.contains(&"string") => {
            maker.make("add enum", at, ways, |s| insert(s, "enum", json!(["novelty", "other"])));
        }
        None => {}
    }
    match node.get("default") {
        Some(_) => {
            maker.make("drop default", at, ways, |s| object(s)?.remove("default").map(drop));
            maker.make("change default", at, ways, |s| insert(s, "default", json!("novelty")));
        }
        None => maker.make("add default", at, ways, |s| insert(s, "default", json!("novelty"))),
    }
}

fn texts(maker: &mut Maker<'_>, at: &str, node: &Value, ways: &Ways) {
    let string = type_of(node).0.contains(&"string");
    for (key, value) in [
        ("format", "novelty"),
        ("pattern", "^novelty$"),
        ("contentMediaType", "text/novelty"),
        ("contentEncoding", "novelty"),
    ] {
        if node.get(key).is_some() {
            let kind = kind_of_dropping(&format!("drop {key}"), at, node, key);
            maker.make(&kind, at, ways, |s| object(s)?.remove(key).map(drop));
            maker.make(&format!("change {key}"), at, ways, |s| insert(s, key, json!(value)));
        } else if string {
            maker.make(&format!("add {key}"), at, ways, |s| insert(s, key, json!(value)));
        }
    }
}

fn limits(maker: &mut Maker<'_>, at: &str, node: &Value, ways: &Ways) {
    let (types, _) = type_of(node);
    let number: &[&str] = &["integer", "number"];
    for (key, upper, kinds) in [
        ("maxLength", true, &["string"] as &[&str]),
        ("minLength", false, &["string"]),
        ("maximum", true, number),
        ("minimum", false, number),
        ("exclusiveMaximum", true, number),
        ("exclusiveMinimum", false, number),
        ("maxItems", true, &["array"]),
        ("minItems", false, &["array"]),
        ("maxProperties", true, &["object"]),
        ("minProperties", false, &["object"]),
    ] {
        let Some(now) = node.get(key).and_then(Value::as_f64) else {
            if node.get(key).is_none() && kinds.iter().any(|kind| types.contains(kind)) {
                maker.make(&format!("add {key}"), at, ways, |s| insert(s, key, json!(3)));
            }
            continue;
        };
        let (less, more) = if upper { ("tighten", "loosen") } else { ("loosen", "tighten") };
        maker.make(&format!("{more} {key}"), at, ways, |s| insert(s, key, json!(now + 1.0)));
        if now >= 2.0 || key.contains("imum") {
            maker.make(&format!("{less} {key}"), at, ways, |s| insert(s, key, json!(now - 1.0)));
        }
        maker.make(&format!("drop {key}"), at, ways, |s| object(s)?.remove(key).map(drop));
    }
    if types.contains(&"number") || types.contains(&"integer") {
        match node.get("multipleOf").and_then(Value::as_f64) {
            None => maker.make("add multipleOf", at, ways, |s| insert(s, "multipleOf", json!(2))),
            Some(now) => {
                maker.make("drop multipleOf", at, ways, |s| object(s)?.remove("multipleOf").map(drop));
                maker.make("tighten multipleOf", at, ways, |s| insert(s, "multipleOf", json!(now * 2.0)));
                maker.make("loosen multipleOf", at, ways, |s| insert(s, "multipleOf", json!(now / 2.0)));
            }
        }
    }
    if types.contains(&"array") {
        let unique = node.get("uniqueItems") == Some(&Value::Bool(true));
        let kind = if unique { "drop uniqueItems" } else { "add uniqueItems" };
        maker.make(kind, at, ways, |s| insert(s, "uniqueItems", json!(!unique)));
    }
}

fn properties(maker: &mut Maker<'_>, at: &str, node: &Value, ways: &Ways) {
    if type_of(node).0 != ["object"] && node.get("properties").is_none() {
        return;
    }
    let required: Vec<&str> =
        node.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let declared = node.get("properties").and_then(Value::as_object);
    for (name, _) in declared.into_iter().flatten() {
        let needed = required.contains(&name.as_str());
        let word = if needed { "required" } else { "optional" };
        maker.make(&format!("drop {word} property"), at, ways, |s| {
            object(s.get_mut("properties")?)?.remove(name)?;
            without(s, name);
            Some(())
        });
        maker.make(&format!("rename {word} property"), at, ways, |s| {
            rename(object(s.get_mut("properties")?)?, name, "novelty")?;
            if without(s, name) {
                push(s.get_mut("required")?, json!("novelty"))?;
            }
            Some(())
        });
        if needed {
            maker.make("unrequire property", at, ways, |s| without(s, name).then_some(()));
        } else {
            maker.make("require property", at, ways, |s| {
                push(object(s)?.entry("required").or_insert_with(|| json!([])), json!(name))
            });
        }
    }
    for (kind, needed) in [("add optional property", false), ("add required property", true)] {
        maker.make(kind, at, ways, |s| {
            insert(object(s)?.entry("properties").or_insert_with(|| json!({})), "novelty", json!({"type": "string"}))?;
            if needed {
                push(object(s)?.entry("required").or_insert_with(|| json!([])), json!("novelty"))?;
            }
            Some(())
        });
    }
    let schema = json!({"type": "string"});
    match node.get("additionalProperties") {
        None | Some(Value::Bool(true)) => {
            maker.make("forbid others", at, ways, |s| insert(s, "additionalProperties", json!(false)));
            maker.make("restrict others", at, ways, |s| insert(s, "additionalProperties", schema));
        }
        Some(Value::Bool(false)) => {
            maker.make("allow others", at, ways, |s| object(s)?.remove("additionalProperties").map(drop));
        }
        Some(_) => {
            maker.make("unrestrict others", at, ways, |s| object(s)?.remove("additionalProperties").map(drop));
            maker.make("forbid others", at, ways, |s| insert(s, "additionalProperties", json!(false)));
        }
    }
}

/// Takes a name out of `required`; whether it was there.
fn without(schema: &mut Value, name: &str) -> bool {
    let Some(all) = schema.get_mut("required").and_then(Value::as_array_mut) else { return false };
    let before = all.len();
    all.retain(|one| one != name);
    all.len() < before
}

fn lists(maker: &mut Maker<'_>, at: &str, node: &Value, ways: &Ways) {
    if node.get("items").is_some_and(|items| !admits_everything(items)) {
        maker.make("drop items", at, ways, |s| object(s)?.remove("items").map(drop));
    } else if node.get("items").is_none_or(|items| *items == json!({})) && type_of(node).0 == ["array"] {
        maker.make("add items", at, ways, |s| insert(s, "items", json!({"type": "boolean"})));
    }
    if let Some(all) = node.get("prefixItems").and_then(Value::as_array) {
        let at = format!("{at}/prefixItems");
        maker.make("drop prefix item", &at, ways, |list| list.as_array_mut()?.pop().map(drop));
        maker.make("add prefix item", &at, ways, |list| push(list, json!({"type": "boolean"})));
        assert!(!all.is_empty(), "an empty prefixItems is not canonical");
    }
    for (key, kind) in
        [("contains", "contains"), ("propertyNames", "propertyNames"), ("contentSchema", "contentSchema")]
    {
        if node.get(key).is_some() {
            maker.make(&format!("drop {kind}"), at, ways, |s| object(s)?.remove(key).map(drop));
        }
    }
    for (key, kind) in [
        ("patternProperties", "pattern property"),
        ("dependentSchemas", "dependent schema"),
        ("dependentRequired", "dependent required"),
    ] {
        for (name, _) in node.get(key).and_then(Value::as_object).into_iter().flatten() {
            maker.make(&format!("drop {kind}"), at, ways, |s| object(s.get_mut(key)?)?.remove(name).map(drop));
        }
    }
}

fn are_of_a_type_each(root: &Value, all: &[Value]) -> bool {
    let word = |member: &Value| {
        let target = member.get("$ref").and_then(|name| root.pointer(name.as_str()?.trim_start_matches('#')));
        let name = target.unwrap_or(member).get("type")?.as_str()?;
        Some(if name == "integer" { "number" } else { name }.to_owned())
    };
    let words: Option<BTreeSet<String>> = all.iter().map(word).collect();
    words.is_some_and(|words| words.len() == all.len())
}

fn unions(maker: &mut Maker<'_>, at: &str, node: &Value, ways: &Ways) {
    for (key, other) in [("anyOf", "oneOf"), ("oneOf", "anyOf")] {
        let Some(all) = node.get(key).and_then(Value::as_array) else { continue };
        let list = format!("{at}/{key}");
        let nulls = all.iter().filter(|one| **one == json!({"type": "null"})).count();
        for (index, member) in all.iter().enumerate() {
            let is_null = *member == json!({"type": "null"});
            let kind = if is_null { "make not nullable" } else { "drop alternative" };
            if is_null || all.len() - nulls > 1 {
                maker.make(kind, &list, ways, |list| {
                    list.as_array_mut()?.remove(index);
                    Some(())
                });
            }
        }
        if all.len() - nulls > 1 {
            maker.make("add alternative", &list, ways, |list| {
                push(list, json!({"type": "array", "items": {"type": "boolean"}, "minItems": 9}))
            });
            let kind = if key == "anyOf" { "any to one" } else { "one to any" };
            // Alternatives of a type each exclude each other, and which of the two it is says nothing.
            if !are_of_a_type_each(maker.base, all) {
                maker.make(kind, at, ways, |s| rename(object(s)?, key, other));
            }
            if nulls == 0 {
                maker.make("make nullable", &list, ways, |list| push(list, json!({"type": "null"})));
            }
        }
    }
    if let Some(all) = node.get("allOf").and_then(Value::as_array).filter(|all| all.len() > 1) {
        let list = format!("{at}/allOf");
        for index in 0..all.len() {
            maker.make("drop conjunct", &list, ways, |list| {
                list.as_array_mut()?.remove(index);
                Some(())
            });
        }
        maker.make("add conjunct", &list, ways, |list| push(list, json!({"minProperties": 9})));
    }
    if node.get("discriminator").is_some() {
        maker.make("drop discriminator", at, ways, |s| object(s)?.remove("discriminator").map(drop));
        maker.make("rename tag", at, ways, |s| insert(s.get_mut("discriminator")?, "propertyName", json!("novelty")));
    }
}

fn forbidden(maker: &mut Maker<'_>, at: &str, node: &Value, ways: &Ways) {
    let Some(not) = node.get("not") else {
        let names: Vec<&String> =
            node.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name).collect();
        if let [first, second, ..] = &*names {
            maker.make("forbid combination", at, ways, |s| insert(s, "not", json!({"required": [first, second]})));
        }
        return;
    };
    maker.make("allow combination", at, ways, |s| object(s)?.remove("not").map(drop));
    let at = format!("{at}/not");
    for (name, schema) in not.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let place = crate::pointer::join(&format!("{at}/properties"), name);
        maker.make("change combination", &place, ways, |s| set(s, json!({"enum": ["novelty"]})));
        if let Some(words) = schema.get("enum") {
            let mut more = words.clone();
            push(&mut more, json!("novelty"));
            maker.make("forbid combination", &place, ways, |s| set(s, json!({"enum": more})));
        }
        maker.make("forbid more", &at, ways, |s| without(s, name).then_some(()));
        maker.make("drop from clause", &at, ways, |s| object(s.get_mut("properties")?)?.remove(name).map(drop));
    }
}
