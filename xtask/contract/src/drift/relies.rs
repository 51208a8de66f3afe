//! Whether what a rule of the facade rests on is still so, wherever the contract says it now.
//!
//! A `[[relies]]` points into a contract. A vendor that gives a schema another name, or writes it in place, changes nothing
//! of what is asked for: so a schema that the pointer begins with is looked for where calls took it in the old contract.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use super::value::{brief, same, same_shape};
use super::vendor::BrokenRule;
use crate::pointer::{self, join, stated};
use crate::schema::{METHODS, children, component_of_ref};
use crate::source::Source;

/// Properties that have another name now.
pub(super) type Renamed<'r> = BTreeMap<&'r str, &'r str>;

/// The `[[relies]]` of a source that a contract contradicts; lists are compared as sets.
pub(super) fn broken_rules(
    source: &Source,
    old: Option<&Value>,
    new: &Value,
    renamed: &Renamed<'_>,
) -> Vec<BrokenRule> {
    source
        .relies
        .iter()
        .filter_map(|relies| {
            let places = old.map(|old| places(old, new, &relies.at, renamed)).unwrap_or_default();
            let places = if places.is_empty() { vec![relies.at.clone()] } else { places };
            let found: Vec<Vec<&Value>> = places.iter().map(|at| stated(new, at)).collect();
            let other = found.iter().flatten().find(|found| !agrees(&relies.value, found));
            (other.is_some() || found.iter().any(Vec::is_empty)).then(|| BrokenRule {
                rule: relies.rule.clone(),
                at: relies.at.clone(),
                relied: relies.value.clone(),
                found: other.map(|found| brief(found)),
                decided: false,
            })
        })
        .collect()
}

/// Whether a value is still the one that was relied on; the order of lists counts for nothing, as in a contract, nor does
/// whether numbers are written as text, and that nothing may be said as well, as `null`, takes no word away.
fn agrees(relied: &Value, found: &Value) -> bool {
    let words = found.as_array().map(|words| words.iter().filter(|word| !word.is_null()).cloned().collect());
    let found = words.map_or_else(|| found.clone(), Value::Array);
    let is_same = |a: &Value, b: &Value| same(a, b) || (!a.is_string() && same_shape(a, b));
    is_same(relied, &found) || is_same(&as_text(relied), &as_text(&found))
}

/// A value with its numbers as text.
fn as_text(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.to_string()),
        Value::Array(items) => items.iter().map(as_text).collect(),
        Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), as_text(field))).collect(),
        other => other.clone(),
    }
}

/// Where the calls that took what stands at a pointer of the old contract take it in the new one; empty where that is no
/// part of a component, no request leads there, or none of these calls is there any more.
fn places(old: &Value, new: &Value, at: &str, renamed: &Renamed<'_>) -> Vec<String> {
    let parts: Vec<&str> = at.splitn(5, '/').collect();
    let ["", "components", "schemas", name, rest] = parts[..] else { return Vec::new() };
    let Some(name) = pointer::unescape(name) else { return Vec::new() };
    let mut found = Vec::new();
    for (path, item) in pointer::entries(old.get("paths")) {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let Some((kind, way)) = way_to(old, operation, &name) else { continue };
            let Some(now) = call(new, path, method, operation) else { continue };
            let content = join(&now, "requestBody") + "/content";
            let kinds = pointer::entries(pointer::get(new, &content));
            let mut kinds: Vec<&str> = kinds.iter().map(|(kind, _)| kind.as_str()).collect();
            if kinds.is_empty() || kinds.contains(&kind) {
                kinds = vec![kind];
            }
            for kind in kinds {
                let schema = join(&content, kind) + "/schema";
                found.push(below(new, &schema, &format!("{way}/{rest}"), renamed));
            }
        }
    }
    found
}

/// Where a schema, or one that it holds a property deeper, states what stood at a pointer below it, be it of a property that
/// has another name now: whoever puts a request into an envelope, or some of its properties into one object, asks for the
/// same.
fn below(root: &Value, schema: &str, rest: &str, renamed: &Renamed<'_>) -> String {
    let direct = format!("{schema}{rest}");
    if !stated(root, &direct).is_empty() {
        return direct;
    }
    let properties = format!("{schema}/properties");
    let names = stated(root, &properties).into_iter().filter_map(Value::as_object).flat_map(serde_json::Map::keys);
    let deeper = names.map(|name| join(&properties, name) + rest);
    let now: Vec<Cow<'_, str>> = rest
        .split('/')
        .map(|step| {
            let now = pointer::unescape(step).and_then(|name| renamed.get(&*name).copied());
            now.map_or(Cow::Borrowed(step), pointer::escape)
        })
        .collect();
    let now = format!("{schema}{}", now.join("/"));
    deeper.chain([now]).filter(|at| !stated(root, at).is_empty()).min().unwrap_or(direct)
}

/// The pointer of the operation that an old one is now: the same call, or the one of the same name.
fn call(new: &Value, path: &str, method: &str, old: &Value) -> Option<String> {
    let paths = new.get("paths")?;
    let at = |path: &str, method: &str| join(&join("/paths", path), method);
    if paths.get(path).is_some_and(|item| item.get(method).is_some()) {
        return Some(at(path, method));
    }
    let id = old.get("operationId")?;
    pointer::entries(Some(paths)).into_iter().find_map(|(path, item)| {
        let is_it = |method: &&str| item.get(*method).and_then(|now| now.get("operationId")) == Some(id);
        METHODS.into_iter().find(is_it).map(|method| at(path, method))
    })
}

/// The media type of a request's body that leads to a component, and the shortest way there, without the references on it.
fn way_to<'v>(root: &'v Value, operation: &'v Value, component: &str) -> Option<(&'v str, String)> {
    let content = operation.get("requestBody").and_then(|body| body.get("content"));
    let bodies = pointer::entries(content).into_iter();
    let mut open: VecDeque<(&str, String, &Value)> =
        bodies.filter_map(|(kind, media)| Some((kind.as_str(), String::new(), media.get("schema")?))).collect();
    let mut known = BTreeSet::new();
    while let Some((kind, way, schema)) = open.pop_front() {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(component_of_ref) {
            if name == component {
                return Some((kind, way));
            }
            let target = pointer::get(root, &join("/components/schemas", &name));
            if let (Some(target), true) = (target, known.insert(name)) {
                open.push_back((kind, way.clone(), target));
            }
        }
        open.extend(children(schema).into_iter().map(|(step, child)| (kind, format!("{way}{step}"), child)));
    }
    None
}
