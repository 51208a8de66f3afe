//! What each operation is called and what it is for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::source::{Role, Source};
use crate::{Problem, names, pointer, schema};

/// Method in capitals, path.
type Call<'d> = (String, &'d str);

/// Gives every operation its name and role.
///
/// A name comes from `[operations]`; or else from the document's `operationId`, in snake_case, where it is unique and
/// no keyword; or else from method and path.
pub(super) fn name(paths: &mut Map<String, Value>, source: &Source) -> Result<(), Problem> {
    let mut ids: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut roles: BTreeMap<(String, String), Role> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    {
        let calls = calls(paths);
        for (name, operation) in &source.operations {
            let here = format!("operations.{name}");
            if !names::is_method(name) {
                return Err(problem(&here, "the name of an operation is snake_case, and no keyword of Rust")
                    .fix("choose another name"));
            }
            let call = parse_call(&operation.call)
                .ok_or_else(|| problem(&here, "`call` is a method and a path: `POST /v1/videos`").fix("correct it"))?;
            let Some(found) = calls.keys().find(|(method, path)| *method == call.0 && *path == call.1) else {
                let known: Vec<String> = calls.keys().map(|(method, path)| format!("{method} {path}")).collect();
                return Err(problem(
                    &here,
                    &format!(
                        "there is no {} in the document; it has {}",
                        operation.call,
                        pointer::shorten(&known.join(", "), 1500)
                    ),
                )
                .fix("correct the call; if the vendor has dropped the operation, remove it here"));
            };
            let key = (found.0.clone(), found.1.to_owned());
            if let Some(other) = ids.insert(key.clone(), name.clone()) {
                return Err(problem(&here, &format!("{} is called `{other}` already", operation.call))
                    .fix("keep one of the two names"));
            }
            taken.insert(name.clone());
            roles.extend(operation.role.map(|role| (key, role)));
        }
        let mut wanted: BTreeMap<String, Vec<&Call<'_>>> = BTreeMap::new();
        for (call, id) in &calls {
            if !ids.contains_key(&(call.0.clone(), call.1.to_owned()))
                && let Some(id) = id
            {
                wanted.entry(names::snake(id)).or_default().push(call);
            }
        }
        for (name, callers) in wanted {
            if let [(method, path)] = callers.as_slice()
                && names::is_method(&name)
                && taken.insert(name.clone())
            {
                ids.insert((method.clone(), (*path).to_owned()), name);
            }
        }
        let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
        for (method, path) in calls.keys() {
            let key = (method.clone(), (*path).to_owned());
            if ids.contains_key(&key) {
                continue;
            }
            let base = names::from_call(method, path);
            let mut name = base.clone();
            let number = numbers.entry(base.clone()).or_insert(1_u64);
            while !names::is_method(&name) || !taken.insert(name.clone()) {
                *number += 1;
                name = format!("{base}_{number}");
            }
            ids.insert(key, name);
        }
    }
    for (path, item) in paths.iter_mut() {
        for method in schema::METHODS {
            let Some(Value::Object(operation)) = item.get_mut(method) else { continue };
            let key = (method.to_uppercase(), path.clone());
            if let Some(id) = ids.remove(&key) {
                operation.insert("operationId".to_owned(), json!(id));
            }
            match roles.get(&key) {
                Some(role) => operation.insert("x-role".to_owned(), json!(role)),
                None => operation.remove("x-role"),
            };
        }
    }
    Ok(())
}

fn problem(here: &str, what: &str) -> Problem {
    Problem::new(format!("[{here}]: {what}")).file("source.toml")
}

/// Every operation with the `operationId` it has.
fn calls(paths: &Map<String, Value>) -> BTreeMap<Call<'_>, Option<&str>> {
    let mut out = BTreeMap::new();
    for (path, item) in paths {
        for method in schema::METHODS {
            if let Some(operation) = item.get(method) {
                let id = operation.get("operationId").and_then(Value::as_str);
                out.insert((method.to_uppercase(), path.as_str()), id);
            }
        }
    }
    out
}

/// `post /v1/videos` → `POST`, `/v1/videos`.
pub(crate) fn parse_call(call: &str) -> Option<(String, &str)> {
    let (method, path) = call.trim().split_once(' ')?;
    let (method, path) = (method.to_ascii_uppercase(), path.trim());
    (path.starts_with('/') && schema::METHODS.contains(&method.to_ascii_lowercase().as_str())).then_some((method, path))
}
