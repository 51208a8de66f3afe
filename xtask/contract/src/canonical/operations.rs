//! What each operation is called and what it is for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::source::Source;
use crate::{Problem, names, pointer, schema};

/// A method in capitals and a path.
pub(crate) type Call = (String, String);

/// Gives every operation its name and role.
///
/// A name comes from `[operations]`; or else from the document's `operationId`, in snake_case, where it is unique and
/// no keyword; or else from method and path.
pub(super) fn name(paths: &mut Map<String, Value>, source: &Source) -> Result<(), Problem> {
    let calls = calls(paths);
    let mut ids = listed(&calls, source)?;
    let mut taken: BTreeSet<String> = ids.values().cloned().collect();
    let mut wanted: BTreeMap<String, Vec<&Call>> = BTreeMap::new();
    for (call, id) in &calls {
        if let (Some(id), false) = (id, ids.contains_key(call)) {
            wanted.entry(names::snake(id)).or_default().push(call);
        }
    }
    for (name, callers) in wanted {
        if let [call] = callers.as_slice()
            && names::is_method(&name)
            && taken.insert(name.clone())
        {
            ids.insert((*call).clone(), name);
        }
    }
    let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
    for call in calls.into_keys() {
        if ids.contains_key(&call) {
            continue;
        }
        let base = names::from_call(&call.0, &call.1);
        let mut name = base.clone();
        let number = numbers.entry(base.clone()).or_insert(1);
        while !names::is_method(&name) || !taken.insert(name.clone()) {
            *number += 1;
            name = format!("{base}_{number}");
        }
        ids.insert(call, name);
    }
    for (path, item) in paths.iter_mut() {
        for method in schema::METHODS {
            let Some(Value::Object(operation)) = item.get_mut(method) else { continue };
            let Some(id) = ids.remove(&(method.to_uppercase(), path.clone())) else { continue };
            match source.operations.get(&id).and_then(|listed| listed.role) {
                Some(role) => operation.insert("x-role".to_owned(), json!(role)),
                None => operation.remove("x-role"),
            };
            operation.insert("operationId".to_owned(), json!(id));
        }
    }
    Ok(())
}

/// How far two paths go together, and whether the method is the same.
fn likeness(a: &Call, b: &Call) -> (usize, bool) {
    (a.1.bytes().zip(b.1.bytes()).take_while(|(a, b)| a == b).count(), a.0 == b.0)
}

/// The names that `[operations]` gives.
fn listed(calls: &BTreeMap<Call, Option<String>>, source: &Source) -> Result<BTreeMap<Call, String>, Problem> {
    let mut ids = BTreeMap::new();
    for (name, operation) in &source.operations {
        let problem = |what: &str| Problem::new(format!("[operations.{name}]: {what}")).file("source.toml");
        if !names::is_method(name) {
            return Err(
                problem("the name of an operation is snake_case, and no keyword of Rust").fix("choose another name")
            );
        }
        let Some(call) = parse_call(&operation.call) else {
            return Err(problem("`call` is a method and a path: `POST /v1/videos`").fix("correct it"));
        };
        if !calls.contains_key(&call) {
            let mut known: Vec<&Call> = calls.keys().collect();
            known.sort_by_key(|other| std::cmp::Reverse(likeness(other, &call)));
            let known: Vec<String> = known.into_iter().map(|(method, path)| format!("{method} {path}")).collect();
            let known = pointer::shorten(&known.join(", "), 400);
            return Err(problem(&format!("there is no {} in the document; it has {known}", operation.call))
                .fix("correct the call; if the vendor has dropped the operation, remove it here"));
        }
        if let Some(other) = ids.insert(call, name.clone()) {
            return Err(
                problem(&format!("{} is called `{other}` already", operation.call)).fix("keep one of the two names")
            );
        }
    }
    Ok(ids)
}

/// Every operation with the `operationId` it has.
fn calls(paths: &Map<String, Value>) -> BTreeMap<Call, Option<String>> {
    let mut out = BTreeMap::new();
    for (path, item) in paths {
        for method in schema::METHODS {
            if let Some(operation) = item.get(method) {
                let id = operation.get("operationId").and_then(Value::as_str).map(str::to_owned);
                out.insert((method.to_uppercase(), path.clone()), id);
            }
        }
    }
    out
}

/// `post /v1/videos` → `POST`, `/v1/videos`.
pub(crate) fn parse_call(call: &str) -> Option<Call> {
    let (method, path) = call.trim().split_once(' ')?;
    let path = path.trim();
    let is_call = path.starts_with('/') && schema::METHODS.contains(&method.to_ascii_lowercase().as_str());
    is_call.then(|| (method.to_ascii_uppercase(), path.to_owned()))
}
