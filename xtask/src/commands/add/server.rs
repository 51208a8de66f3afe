//! Where a document's requests go.

use std::collections::BTreeMap;

use contract::schema::operations;
use serde_json::Value;

use crate::http::is_url;

/// The base URL, and what has to be told about it.
pub struct Server {
    /// Scheme, host and path stem, without a trailing slash.
    pub base_url: String,
    /// What was guessed.
    pub guess: Option<String>,
}

/// The base URL of a document that was read from `spec`. One that names no host gets one that nobody has, so that no
/// key can go anywhere.
pub fn choose(document: &Value, slug: &str, spec: &str) -> Server {
    let servers: Vec<String> = document["servers"].as_array().into_iter().flatten().filter_map(filled_in).collect();
    let absolute: Vec<&String> = servers.iter().filter(|url| is_url(url)).collect();
    let secure = absolute.iter().find(|url| url.starts_with("https://")).or(absolute.first());
    if let Some(url) = secure {
        let guess = if absolute.len() > 1 {
            let others: Vec<&str> = absolute.iter().filter(|other| other != &url).map(|url| url.as_str()).collect();
            Some(format!("requests go to {url}; the document also names {}", others.join(", ")))
        } else if url.starts_with("http://") {
            Some(format!("requests, and the key, go to {url} without encryption, as the document says"))
        } else {
            let mut said =
                document["servers"].as_array().into_iter().flatten().filter_map(|server| server["url"].as_str());
            let is_as_said = said.any(|said| said.trim() == *url);
            (!is_as_said)
                .then(|| format!("requests go to {url}: the server's variables are filled in with their defaults"))
        };
        return Server { base_url: trimmed(url), guess };
    }
    if let Some(base_url) = of_most_calls(document) {
        let guess = Some(format!("requests go to {base_url}, as most calls do: the document names no host for all"));
        return Server { base_url, guess };
    }
    let relative = servers.first().map_or("/", String::as_str);
    if is_url(spec) {
        let base_url = trimmed(&joined(spec, relative));
        let guess =
            Some(format!("requests go to {base_url}: the document names no host, so it is the one it came from"));
        return Server { base_url, guess };
    }
    let base_url = trimmed(&joined(&format!("https://{slug}.invalid/"), relative));
    let guess = Some(format!(
        "the document names no host{}: set `base_url` in specs/{slug}/source.toml, which is {base_url} until then",
        incomplete(document).map(|url| format!(", only {url:?}")).unwrap_or_default()
    ));
    Server { base_url, guess }
}

/// The first absolute server, which nothing fills in.
fn incomplete(document: &Value) -> Option<&str> {
    let servers = document["servers"].as_array().into_iter().flatten();
    servers.filter_map(|server| server["url"].as_str()).find(|url| url.contains("://"))
}

/// The absolute server that the most paths or operations name for themselves.
fn of_most_calls(document: &Value) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (path, _, operation) in operations(document) {
        let servers = [operation, &document["paths"][path]].into_iter().find_map(|holder| holder["servers"].as_array());
        let url = servers.into_iter().flatten().find_map(filled_in);
        if let Some(url) = url.filter(|url| is_url(url)) {
            *counts.entry(trimmed(&url)).or_default() += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(url, _)| url)
}

/// A server's URL with its variables filled in with their defaults.
fn filled_in(server: &Value) -> Option<String> {
    let mut url = server["url"].as_str()?.trim().to_owned();
    for (name, variable) in server["variables"].as_object().into_iter().flatten() {
        if let Some(default) = variable["default"].as_str().or(variable["enum"][0].as_str()) {
            let place = format!("{{{name}}}");
            // `/prod` behind a slash, as AWS's API Gateway has it, is one slash.
            let behind_slash = default.strip_prefix('/').unwrap_or(default);
            url = url.replace(&format!("/{place}"), &format!("/{behind_slash}")).replace(&place, default);
        }
    }
    (!url.contains(['{', '}', '?', '#', '"', '<', '>', '\\']) && !url.contains(char::is_whitespace)).then_some(url)
}

fn trimmed(url: &str) -> String {
    url.trim_end_matches('/').to_owned()
}

/// A relative server, seen from where the document is.
fn joined(from: &str, relative: &str) -> String {
    let from = from.split(['?', '#']).next().unwrap_or(from);
    let (scheme, rest) = from.split_once("://").unwrap_or(("https", from));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some(other) = relative.strip_prefix("//") {
        return format!("{scheme}://{other}");
    }
    let mut segments: Vec<&str> = Vec::new();
    if !relative.starts_with('/') {
        segments.extend(path.split('/').filter(|segment| !segment.is_empty()));
        if !path.ends_with('/') {
            segments.pop();
        }
    }
    for segment in relative.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    format!("{scheme}://{host}/{}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn takes_the_first_server_that_a_key_can_be_sent_to() {
        let at = "https://docs.example/api/openapi.json";
        for (servers, spec, expected, is_guessed) in [
            (json!([{ "url": "https://api.example/v1/" }]), "a.json", "https://api.example/v1", false),
            (
                json!([{ "url": "http://a.example" }, { "url": "https://b.example" }]),
                "a.json",
                "https://b.example",
                true,
            ),
            (json!([{ "url": "http://a.example" }]), "a.json", "http://a.example", true),
            (
                json!([{ "url": "https://{region}.example/{v}", "variables": { "region": { "default": "eu" }, "v": { "default": "v2" } } }]),
                "a.json",
                "https://eu.example/v2",
                true,
            ),
            (
                json!([{ "url": "/v1" }, { "url": "https://{a}.example", "variables": { "a": { "default": "eu" } } }]),
                "a.json",
                "https://eu.example",
                true,
            ),
            (json!([{ "url": "https://{region}.example" }]), "a.json", "https://acme.invalid", true),
            (
                json!([{ "url": "https://{region}.example", "variables": { "region": { "enum": ["us", "eu"] } } }]),
                "a.json",
                "https://us.example",
                true,
            ),
            (
                json!([{ "url": "https://api.example/{stage}", "variables": { "stage": { "default": "/prod" } } }]),
                "a.json",
                "https://api.example/prod",
                true,
            ),
            (json!([{ "url": "/v1" }]), at, "https://docs.example/v1", true),
            (json!([{ "url": "../v1" }]), at, "https://docs.example/v1", true),
            (json!([{ "url": "v1" }]), at, "https://docs.example/api/v1", true),
            (json!([{ "url": "//api.example/v1" }]), at, "https://api.example/v1", true),
            (json!([{ "url": "/v1" }]), "a.json", "https://acme.invalid/v1", true),
            (json!([]), "a.json", "https://acme.invalid", true),
            (json!(null), at, "https://docs.example", true),
            (json!([{ "url": "https://" }]), "a.json", "https://acme.invalid/https:", true),
            (json!([{ "url": 5 }]), "a.json", "https://acme.invalid", true),
        ] {
            let server = choose(&json!({ "servers": servers }), "acme", spec);
            assert_eq!((server.base_url.as_str(), server.guess.is_some()), (expected, is_guessed), "{servers}");
        }
    }

    #[test]
    fn where_no_server_is_for_all_takes_the_one_of_most_calls() {
        let get = |url: &str| json!({ "responses": {}, "servers": [{ "url": url }] });
        let document = json!({
            "servers": [{ "url": "/" }],
            "paths": {
                "/a": { "get": get("https://a.example/v1"), "post": get("https://b.example") },
                "/b": { "servers": [{ "url": "https://b.example/" }], "get": { "responses": {} } },
                "/c": { "get": get("/relative") },
            },
        });
        let server = choose(&document, "acme", "a.json");
        assert_eq!(server.base_url, "https://b.example");
        assert!(server.guess.is_some_and(|guess| guess.contains("as most calls do")));
    }
}
