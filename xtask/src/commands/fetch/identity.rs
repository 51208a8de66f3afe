//! Whether what was fetched is the document it claims to be.

use std::collections::BTreeSet;

use contract::pointer::shorten;
use contract::{Problem, load};
use serde_json::Value;

/// Checks fetched bytes, against the document that was there before where there was one.
///
/// # Errors
/// The bytes are no OpenAPI document, or that of another endpoint.
pub fn check(bytes: &[u8], before: Option<&[u8]>, file: &str) -> Result<(), Problem> {
    let read = |bytes: &[u8]| load::load(bytes, load::format_of(file));
    let document = read(bytes).map_err(|problem| if is_yaml(bytes) { other_format(file) } else { problem })?;
    load::version(&document)?;
    let Some(before) = before.and_then(|before| read(before).ok()) else { return Ok(()) };
    let another = |what: String| {
        Problem::new(what).fix("check the address it was fetched from, and the name of the file; to take it all the same, put it there by hand")
    };
    if let (Some(old), Some(new)) = (endpoint(&before), endpoint(&document))
        && old != new
    {
        return Err(another(format!(
            "this is the document of `{}`, not of `{}`",
            shorten(new, 100),
            shorten(old, 100)
        )));
    }
    let (old, new) = (paths(&before), paths(&document));
    if !old.is_empty() && old.is_disjoint(&new) {
        let shown = |paths: &BTreeSet<&str>| {
            paths.iter().next().map_or("nothing".to_owned(), |path| format!("`{}`", shorten(path, 100)))
        };
        return Err(another(format!(
            "this describes another API: it has {}, and no path of the document that was there, {}",
            shown(&new),
            shown(&old)
        )));
    }
    Ok(())
}

/// Whether bytes that are no JSON are an OpenAPI document all the same.
fn is_yaml(bytes: &[u8]) -> bool {
    load::load(bytes, Some(load::Format::Yaml)).is_ok_and(|document| load::version(&document).is_ok())
}

fn other_format(file: &str) -> Problem {
    let stem = file.strip_suffix(".json").unwrap_or(file);
    Problem::new("the vendor serves YAML now, and the file's name says JSON").fix(format!(
        "rename the file to {stem}.yaml, write that name wherever source.toml and the fixups have {file}, set `format = \"yaml\"`, then \
         fetch again"
    ))
}

/// The endpoint that a vendor's extension of `info` names.
fn endpoint(document: &Value) -> Option<&str> {
    let info = document["info"].as_object()?;
    info.iter().filter(|(key, _)| key.starts_with("x-")).find_map(|(_, extension)| extension["endpointId"].as_str())
}

fn paths(document: &Value) -> BTreeSet<&str> {
    document["paths"].as_object().into_iter().flatten().map(|(path, _)| path.as_str()).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    fn document(endpoint: &str, path: &str) -> Vec<u8> {
        json!({
            "openapi": "3.0.4",
            "info": { "title": "t", "version": "1", "x-acme-metadata": { "endpointId": endpoint } },
            "paths": { path: {} },
        })
        .to_string()
        .into_bytes()
    }

    #[test]
    fn what_is_no_document_or_another_one_is_not_taken() {
        let there = document("acme/pro", "/pro");
        for (bytes, part) in [
            (b"".to_vec(), "empty"),
            (b"<!DOCTYPE html><title>Sign in</title>".to_vec(), "web page"),
            (b"{\"openapi\": ".to_vec(), "line 1"),
            (b"{\"error\": \"not found\"}".to_vec(), "no OpenAPI document"),
            (b"[]".to_vec(), "no OpenAPI document"),
            (document("acme/standard", "/pro"), "the document of `acme/standard`, not of `acme/pro`"),
            (document("acme/pro", "/other"), "another API: it has `/other`"),
            (b"\xff\xfe{".to_vec(), "UTF-16"),
            (b"openapi: 3.1.0\npaths: {}\n".to_vec(), "rename the file to pro.openapi.yaml"),
            (b"Not found".to_vec(), "line 1"),
        ] {
            let problem = check(&bytes, Some(&there), "pro.openapi.json").unwrap_err().to_string();
            assert!(problem.contains(part), "{problem}");
        }
    }

    #[test]
    fn the_same_document_with_other_words_is_taken() {
        let there = document("acme/pro", "/pro");
        assert!(check(&there, Some(&there), "pro.openapi.json").is_ok());
        assert!(check(&there, None, "pro.openapi.json").is_ok());
        assert!(check(&there, Some(b"broken"), "pro.openapi.json").is_ok());
        let yaml = b"openapi: 3.1.0\ninfo: {title: other, version: '2'}\npaths: {/pro: {}, /new: {}}\n";
        assert!(check(yaml, Some(b"openapi: 3.0.3\npaths: {/pro: {}}\n"), "pro.openapi.yaml").is_ok());
    }
}
