//! What can still be told of a vendor whose contract cannot be built any more.
//!
//! Where a fixup's guard fails, an operation is gone, or a document contradicts `source.toml`, a person has to look, and
//! wants to see what changed. Both states of the folder are compared as their documents stand: without fixups, with the
//! operations where they seem to be now and without those that seem to be nowhere, with the host and the key's place that
//! the document states. What is found is for reading; nothing is generated from it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::canonical::{Call, parse_call};
use crate::drift::VendorDrift;
use crate::source::{Auth, Place, Source};
use crate::{Contract, Files, build_files, load, schema};

/// What a report says of such a comparison.
pub const WITHOUT: &str = "what changed is compared all the same, as the documents stand without fixups";

/// Compares the documents of two states of a vendor's folder, if they can be read at all.
pub fn compare(slug: &str, old: &Files, new: &Files) -> Option<VendorDrift> {
    let (old, new) = (bare(slug, old)?, bare(slug, new)?);
    let drift = VendorDrift::between(slug, &old.document, &new.document);
    Some(drift.relying(&[&old.source, &new.source], Some(&old.document), &new.document))
}

fn bare(slug: &str, files: &Files) -> Option<Contract> {
    let mut files = files.clone();
    let mut source = Source::parse(std::str::from_utf8(files.get("source.toml")?).ok()?).ok()?;
    if files.keys().any(|name| name.starts_with("fixups/")) {
        files.retain(|name, _| !name.starts_with("fixups/"));
        // They may rest on what a fixup adds.
        source.relies.clear();
    }
    let documents: Vec<Value> = files
        .iter()
        .filter(|(name, _)| name.contains(".openapi."))
        .filter_map(|(name, bytes)| load::load(bytes, load::format_of(name)).ok())
        .collect();
    find_operations(&mut source, &documents);
    // What the document contradicts is taken from it, in the order of what is likelier.
    let moved = documents.iter().find_map(base_url).unwrap_or_else(|| source.base_url.clone());
    let auth = documents.iter().find_map(auth).unwrap_or_else(|| source.auth.clone());
    let here = (source.base_url.clone(), source.auth.clone());
    let ways = [here.clone(), (moved.clone(), here.1), (here.0, auth.clone()), (moved, auth)];
    ways.into_iter().find_map(|(base_url, auth)| {
        let source = Source { base_url, auth, ..source.clone() };
        files.insert("source.toml".to_owned(), toml::to_string(&source).ok()?.into_bytes());
        build_files(slug, &files).ok()
    })
}

/// Leads the operations of a source that are not in its documents to what they seem to be now, and forgets the others.
fn find_operations(source: &mut Source, documents: &[Value]) {
    let all = documents.iter().flat_map(schema::operations);
    let mut free: BTreeSet<Call> = all.map(|(path, method, _)| (method.to_uppercase(), path.to_owned())).collect();
    let listed: BTreeMap<String, Call> =
        source.operations.iter().filter_map(|(name, listed)| Some((name.clone(), parse_call(&listed.call)?))).collect();
    let (here, lost): (Vec<_>, Vec<_>) = listed.into_iter().partition(|(_, call)| free.remove(call));
    let mut found: BTreeMap<Call, Vec<String>> = BTreeMap::new();
    for (name, call) in &lost {
        if let Some(now) = nearest(call, &free) {
            found.entry(now.clone()).or_default().push(name.clone());
        }
    }
    source.operations.retain(|name, _| {
        here.iter().any(|(known, _)| known == name) || found.values().any(|names| names.as_slice() == [name.as_str()])
    });
    for ((method, path), names) in found {
        if let [name] = names.as_slice()
            && let Some(operation) = source.operations.get_mut(name)
        {
            operation.call = format!("{method} {path}");
        }
    }
}

/// The one call that an operation has most in common with: its path by another method, or its method on a path that has
/// most parts of it, in one order.
fn nearest<'c>(call: &Call, free: &'c BTreeSet<Call>) -> Option<&'c Call> {
    let parts = |path: &str| -> Vec<String> {
        let plain = |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
        path.split('/').skip(1).map(plain).collect()
    };
    let own = parts(&call.1);
    let distance = |other: &Call| {
        let theirs = parts(&other.1);
        let (most, least) = (own.len().max(theirs.len()), own.len().min(theirs.len()));
        let same = if own.len() == theirs.len() {
            own.iter().zip(&theirs).filter(|(a, b)| a == b).count()
        } else if own.ends_with(&theirs) || theirs.ends_with(&own) {
            least
        } else {
            return None;
        };
        let moved = most - same + usize::from(call.0 != other.0);
        (same == least || same * 2 >= most).then_some(moved).filter(|moved| *moved <= 2)
    };
    let mut near: Vec<(usize, &Call)> = free.iter().filter_map(|other| Some((distance(other)?, other))).collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(first, best), (second, _), ..] if first < second => Some(best),
        _ => None,
    }
}

/// The host that a document sends requests to.
fn base_url(document: &Value) -> Option<String> {
    let url = document["servers"][0]["url"].as_str()?;
    url.contains("://").then(|| url.trim_end_matches('/').to_owned())
}

/// Where a document says that the key goes.
fn auth(document: &Value) -> Option<Auth> {
    let requirement = document["security"][0].as_object()?;
    let scheme = &document["components"]["securitySchemes"][requirement.keys().next()?];
    let text = |key: &str| scheme[key].as_str().unwrap_or_default();
    let (place, name, prefix) = match (text("type"), text("in"), text("scheme").to_ascii_lowercase().as_str()) {
        ("apiKey", "header", _) => (Place::Header, text("name"), ""),
        ("apiKey", "query", _) => (Place::Query, text("name"), ""),
        ("http", _, "bearer") => (Place::Header, "Authorization", "Bearer "),
        _ => return None,
    };
    Some(Auth { place, name: name.to_owned(), prefix: prefix.to_owned() })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use serde_json::json;

    use super::*;
    use crate::testing;

    fn files(path: &str, limit: u32, guard: u32) -> Files {
        let document = json!({
            "openapi": "3.1.0",
            "info": { "title": "t", "version": "1" },
            "paths": { path: { "post": {
                "requestBody": { "content": { "application/json": { "schema": {
                    "type": "object", "properties": { "prompt": { "type": "string", "maxLength": limit } },
                } } } },
                "responses": { "200": { "description": "" } },
            } } },
        });
        let at = format!("/paths/{}/post/requestBody/content/application~1json/schema", path.replace('/', "~1"));
        let fixup = json!({
            "why": "w",
            "guards": [{ "at": format!("{at}/properties/prompt/maxLength"), "equals": guard }],
            "patch": [{ "op": "add", "path": format!("{at}/additionalProperties"), "value": false }],
        });
        let mut source = toml::to_string(&testing::source(None)).unwrap();
        source.push_str("\n[operations.submit]\ncall = \"POST /videos\"\nrole = \"submit\"\n");
        [
            ("source.toml", source),
            ("a.openapi.json", document.to_string()),
            ("fixups/01-closed.json", fixup.to_string()),
        ]
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .into()
    }

    fn rules(old: &Files, new: &Files) -> Vec<String> {
        let mut rules: Vec<String> =
            compare("example", old, new).unwrap().report.changes.iter().map(crate::drift::Change::id).collect();
        rules.sort();
        rules
    }

    #[test]
    fn what_changed_is_told_although_a_guard_fails() {
        let (old, new) = (files("/videos", 2000, 2000), files("/videos", 1500, 2000));
        assert!(build_files("example", &new).is_err());
        assert_eq!(rules(&old, &new), ["request-max-length-decreased"]);
        assert_eq!(rules(&old, &old), [""; 0]);
    }

    #[test]
    fn what_changed_is_told_although_an_operation_is_gone() {
        let (old, new) = (files("/videos", 2000, 2000), files("/clips", 2000, 2000));
        assert!(build_files("example", &new).is_err());
        assert_eq!(rules(&old, &new), ["operation-added", "operation-removed"]);
    }

    #[test]
    fn an_operation_is_found_where_it_seems_to_have_gone() {
        let old = files("/videos", 2000, 2000);
        for path in ["/v2/videos", "/api/v2/videos"] {
            let new = files(path, 1500, 2000);
            assert!(build_files("example", &new).is_err());
            assert_eq!(rules(&old, &new), ["operation-path-changed", "request-max-length-decreased"], "{path}");
        }
        let with = |document: &str| {
            let mut files = old.clone();
            files.insert("a.openapi.json".to_owned(), document.as_bytes().to_vec());
            files
        };
        let document = String::from_utf8(old["a.openapi.json"].clone()).unwrap();
        let put = with(&document.replace("\"post\"", "\"put\""));
        assert_eq!(rules(&old, &put), ["operation-method-changed"]);
        // Of two that are as near, nobody knows which.
        let mut two: Value = serde_json::from_str(&document).unwrap();
        two["paths"]["/videos"]["put"] = two["paths"]["/videos"]["post"].take();
        two["paths"]["/videos"]["delete"] = two["paths"]["/videos"]["put"].clone();
        two["paths"]["/videos"].as_object_mut().unwrap().remove("post");
        let two = rules(&old, &with(&two.to_string()));
        assert_eq!(two, ["operation-added", "operation-added", "operation-removed"]);
    }

    #[test]
    fn a_host_and_a_key_that_a_document_states_otherwise_are_told() {
        let old = files("/videos", 2000, 2000);
        let stated = |server: &str, name: &str| {
            let mut files = old.clone();
            let mut document: Value = serde_json::from_slice(&files["a.openapi.json"]).unwrap();
            document["servers"] = json!([{ "url": server }]);
            document["security"] = json!([{ "k": [] }]);
            document["components"]["securitySchemes"]["k"] = json!({ "type": "apiKey", "in": "query", "name": name });
            files.insert("a.openapi.json".to_owned(), document.to_string().into_bytes());
            assert!(build_files("example", &files).is_err());
            files
        };
        let told = rules(&old, &stated("https://elsewhere.example", "token"));
        for rule in ["key-name-changed", "key-place-changed", "server-changed"] {
            assert!(told.iter().any(|told| told == rule), "{told:?}");
        }
        assert!(!rules(&old, &stated("https://api.example.com/v1", "token")).contains(&"server-changed".to_owned()));
    }

    #[test]
    fn what_cannot_be_read_is_not_compared() {
        let (old, mut new) = (files("/videos", 2000, 2000), files("/videos", 2000, 2000));
        new.insert("a.openapi.json".to_owned(), b"<html>".to_vec());
        assert!(compare("example", &old, &new).is_none());
    }
}
