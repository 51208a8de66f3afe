//! Several documents of one vendor, as one.
//!
//! Components that are equal but for their documentation are shared. Of unequal ones of one name the first document by
//! file name keeps it, the other's takes its file's stem as prefix: `QueueStatus` of `standard.openapi.json` becomes
//! `StandardQueueStatus`, and so does every component of a shared name that refers to it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::drift::is_documentation;
use crate::{Problem, bundle, canonical, names, pointer, schema};

/// Merges flattened documents by file name.
///
/// # Errors
/// There is none; or two of them describe one operation differently, or disagree on where requests go or how they are
/// authenticated.
pub fn merge(documents: BTreeMap<String, Value>) -> Result<Value, Problem> {
    let mut documents_in_order = documents.into_iter();
    let Some((first, mut merged)) = documents_in_order.next() else {
        return Err(Problem::new("there is no OpenAPI document").fix("put one into the folder, as `NAME.openapi.json`"));
    };
    let mut owners: BTreeMap<(String, String), String> = BTreeMap::new();
    note_operations(&mut owners, &merged, &first);
    for (file, mut document) in documents_in_order {
        agree(&merged, &first, &document, &file)?;
        let renamed = renames(&merged, &document, &file);
        rename(&mut document, &renamed);
        add_schemas(&mut merged, &document);
        add_paths(&mut merged, &document, &file, &owners)?;
        note_operations(&mut owners, &document, &file);
        for key in ["servers", "security"] {
            if is_empty(merged.get(key))
                && let (Some(value), Value::Object(root)) = (document.get(key), &mut merged)
            {
                root.insert(key.to_owned(), value.clone());
            }
        }
    }
    Ok(merged)
}

fn note_operations(owners: &mut BTreeMap<(String, String), String>, document: &Value, file: &str) {
    for (path, method, _) in schema::operations(document) {
        owners.entry((path.to_owned(), method.to_owned())).or_insert_with(|| file.to_owned());
    }
}

fn is_empty(value: Option<&Value>) -> bool {
    value.and_then(Value::as_array).is_none_or(Vec::is_empty)
}

/// Servers and authentication must be the same where both documents state them.
fn agree(merged: &Value, first: &str, document: &Value, file: &str) -> Result<(), Problem> {
    let servers = |document: &Value| -> BTreeSet<String> {
        let list = document.get("servers").and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|server| {
            Some(canonical::address(server.get("url")?.as_str()?.trim_end_matches('/')).into_owned())
        })
        .collect()
    };
    let schemes = |document: &Value| -> BTreeSet<String> {
        let list = document.get("security").and_then(Value::as_array).into_iter().flatten();
        let names = list.filter_map(Value::as_object).flat_map(Map::keys);
        names
            .map(|name| {
                let scheme = pointer::get(document, &pointer::join("/components/securitySchemes", name));
                let says = pointer::entries(scheme).into_iter().filter(|(key, _)| !is_documentation(key));
                canonical::text(&says.map(|(key, value)| (key.clone(), value.clone())).collect())
            })
            .collect()
    };
    for (what, at, ours, theirs) in [
        ("send requests to", "/servers", servers(merged), servers(document)),
        ("authenticate by", "/security", schemes(merged), schemes(document)),
    ] {
        if !ours.is_empty() && !theirs.is_empty() && ours != theirs {
            let list =
                |set: &BTreeSet<String>| pointer::shorten(&set.iter().cloned().collect::<Vec<_>>().join(", "), 160);
            return Err(Problem::new(format!(
                "this document and {first} {what} different places: {} and {}",
                list(&theirs),
                list(&ours)
            ))
            .file(file)
            .at(at)
            .fix("make them agree by a fixup, or keep the documents as two vendors"));
        }
    }
    Ok(())
}

/// The new names of the components that cannot keep theirs.
fn renames(merged: &Value, document: &Value, file: &str) -> BTreeMap<String, String> {
    let empty = Map::new();
    let (ours, theirs) = (schema::components(merged).unwrap_or(&empty), schema::components(document).unwrap_or(&empty));
    let mut differing: BTreeSet<&str> = BTreeSet::new();
    let mut referrers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, schema) in theirs {
        let Some(other) = ours.get(name) else { continue };
        if comparable(schema) != comparable(other) {
            differing.insert(name);
        }
        schema::visit("", schema, &mut |_, part| {
            for target in schema::references(part).into_iter().filter_map(schema::component_of_ref) {
                referrers.entry(target).or_default().push(name);
            }
        });
    }
    // What refers to a component that is renamed is no longer equal either.
    let mut open: Vec<&str> = differing.iter().copied().collect();
    while let Some(name) = open.pop() {
        for referrer in referrers.get(name).into_iter().flatten() {
            if differing.insert(referrer) {
                open.push(referrer);
            }
        }
    }
    let mut namer = names::Namer::default();
    ours.keys().chain(theirs.keys()).for_each(|name| namer.take(name));
    let prefix = names::pascal(bundle::stem(file));
    differing
        .into_iter()
        .map(|name| {
            let wanted = format!("{prefix}{}", names::pascal(name));
            (name.to_owned(), namer.free(&[wanted]))
        })
        .collect()
}

/// What two components are compared by: their canonical form without documentation.
fn comparable(schema: &Value) -> String {
    let mut schema = schema.clone();
    canonical::schema(&mut schema);
    canonical::imply(&mut schema);
    canonical::without_docs(&mut schema);
    canonical::text(&schema)
}

fn rename(document: &mut Value, renamed: &BTreeMap<String, String>) {
    if renamed.is_empty() {
        return;
    }
    schema::walk_mut(document, &mut |_, schema| schema::redirect(schema, renamed));
    if let Some(schemas) = schema::components_mut(document) {
        for (old, new) in renamed {
            if let Some(value) = schemas.remove(old) {
                schemas.insert(new.clone(), value);
            }
        }
    }
}

fn add_schemas(merged: &mut Value, document: &Value) {
    for section in ["schemas", "securitySchemes"] {
        let Some(Value::Object(theirs)) = document.get("components").and_then(|c| c.get(section)) else { continue };
        let Value::Object(root) = &mut *merged else { return };
        let components = root.entry("components").or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(components) = components else { return };
        let ours = components.entry(section).or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(ours) = ours else { return };
        for (name, value) in theirs {
            if !ours.contains_key(name) {
                ours.insert(name.clone(), value.clone());
            }
        }
    }
}

fn add_paths(
    merged: &mut Value,
    document: &Value,
    file: &str,
    owners: &BTreeMap<(String, String), String>,
) -> Result<(), Problem> {
    let Some(Value::Object(ours)) = merged.get_mut("paths") else { return Ok(()) };
    for (path, item) in pointer::entries(document.get("paths")) {
        let slot = ours.entry(path.clone()).or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(slot) = slot else { continue };
        for (method, operation) in pointer::entries(Some(item)) {
            match slot.get(method) {
                None => {
                    slot.insert(method.clone(), operation.clone());
                }
                Some(other) if canonical::same_operation(other, operation) => {}
                Some(_) => {
                    let key = (path.clone(), method.clone());
                    let owner = owners.get(&key).map_or("another document", String::as_str);
                    return Err(Problem::new(format!(
                        "{} {path} is described here and, differently, in {owner}",
                        method.to_uppercase()
                    ))
                    .file(file)
                    .at(pointer::join(&pointer::join("/paths", path), method))
                    .fix("remove one of them with a fixup"));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
