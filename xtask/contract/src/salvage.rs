//! What can still be told of a vendor whose contract cannot be built any more.
//!
//! Where a fixup's guard fails or an operation is gone, a person has to look, and wants to see what changed. Both states
//! of the folder are compared as their documents stand: without fixups, and without names for operations that are not
//! there. What is found is for reading; nothing is generated from it.

use serde_json::Value;

use crate::canonical::parse_call;
use crate::drift::VendorDrift;
use crate::source::Source;
use crate::{Contract, Files, build_files, load};

/// What was left out on both sides, for a report.
pub const WITHOUT: &str = "what changed is compared all the same, without the fixups and the operations that are gone";

/// Compares the documents of two states of a vendor's folder, if they can be read at all.
pub fn compare(slug: &str, old: &Files, new: &Files) -> Option<VendorDrift> {
    let (old, new) = (bare(slug, old)?, bare(slug, new)?);
    let drift = VendorDrift::between(slug, &old.document, &new.document);
    Some(drift.relying(&[&old.source, &new.source], &new.document))
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
    source.operations.retain(|_, operation| {
        parse_call(&operation.call).is_some_and(|(method, path)| {
            documents.iter().any(|document| document["paths"][path].get(method.to_lowercase()).is_some())
        })
    });
    files.insert("source.toml".to_owned(), toml::to_string(&source).ok()?.into_bytes());
    build_files(slug, &files).ok()
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
    fn what_cannot_be_read_is_not_compared() {
        let (old, mut new) = (files("/videos", 2000, 2000), files("/videos", 2000, 2000));
        new.insert("a.openapi.json".to_owned(), b"<html>".to_vec());
        assert!(compare("example", &old, &new).is_none());
    }
}
