//! Where requests go and how they are authenticated: what `source.toml` says, held against what the document says.
//!
//! The contract states what `source.toml` says. A document that says otherwise is a problem and not silently overruled,
//! because that is how a vendor's change of host or key would be lost.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::order::{compare, text};
use crate::source::{Auth, Place, Source};
use crate::{Problem, pointer, schema};

/// The only security scheme of a contract.
pub(super) fn scheme(auth: &Auth) -> Value {
    let place = match auth.place {
        Place::Header => "header",
        Place::Query => "query",
        Place::Body => "body",
    };
    let description = match auth.place {
        // OpenAPI has no word for a key in the body.
        Place::Body => format!("The key is sent as the property `{}` of the body, not as this header.", auth.name),
        Place::Header if auth.prefix.is_empty() => format!("The header `{}` holds the key.", auth.name),
        Place::Header => format!("The header `{}` holds `{}` and the key.", auth.name, auth.prefix),
        Place::Query => format!("The query parameter `{}` holds the key.", auth.name),
    };
    let mut scheme: Map<String, Value> =
        standard(place, &auth.name, &auth.prefix).into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    scheme.insert("description".to_owned(), json!(description));
    scheme.insert("x-auth".to_owned(), json!({ "in": place, "name": auth.name, "prefix": auth.prefix }));
    Value::Object(scheme)
}

/// Who has to bring the key, and what opens an operation in its stead, of one list of requirements: the key with the
/// scopes it needs, nothing where the document says that nothing will do, and other schemes by what they are. By OpenAPI's
/// own words everybody has to, but where the key is an ordinary property of the body: a scheme of its name is a placeholder
/// there, and whoever took it at its word would refuse a right request.
pub(super) fn requirements(document: &Value, stated: &[Value], auth: &Auth) -> Value {
    let is_in_body = auth.place == Place::Body;
    let mut ways: Vec<Value> = Vec::new();
    for way in stated.iter().filter_map(Value::as_object) {
        let mut named = Map::new();
        let has_key = beside(document, way, auth).is_some();
        for (name, scopes) in way {
            let Some(scheme) = scheme_called(document, name) else { continue };
            if is_in_body {
                if scheme.get("name").and_then(Value::as_str) != Some(&auth.name) {
                    named.insert(other(scheme).0, sorted_scopes(scopes));
                }
            } else if is_met(scheme, auth) {
                named.insert("key".to_owned(), sorted_scopes(scopes));
            } else if !has_key {
                // What goes beside the key is a parameter.
                named.insert(other(scheme).0, sorted_scopes(scopes));
            }
        }
        ways.push(Value::Object(named));
    }
    if is_in_body {
        if ways.iter().any(|way| *way == json!({})) {
            ways.clear();
        }
    } else if !ways.iter().any(|way| way.get("key").is_some()) {
        ways.push(json!({ "key": [] }));
    }
    // Of two schemes that put the key where it goes, the one that needs less.
    let alone = |way: &Value| way.as_object().filter(|way| way.len() == 1)?.get("key")?.as_array().map(Vec::len);
    let least = ways.iter().filter_map(alone).min();
    ways.retain(|way| alone(way).is_none() || alone(way) == least);
    ways.sort_by_cached_key(text);
    ways.dedup();
    Value::Array(ways)
}

fn sorted_scopes(scopes: &Value) -> Value {
    let mut scopes = scopes.as_array().cloned().unwrap_or_default();
    scopes.sort_by(compare);
    scopes.dedup();
    Value::Array(scopes)
}

fn scheme_called<'v>(document: &'v Value, name: &str) -> Option<&'v Map<String, Value>> {
    pointer::get(document, &pointer::join("/components/securitySchemes", name))?.as_object()
}

/// The schemes beside the key's that requirements of a contract name.
pub(super) fn others(document: &Value, contract: &Value) -> Map<String, Value> {
    let own = schema::operations(contract).filter_map(|(_, _, operation)| operation.get("security"));
    let ways = own.chain(contract.get("security")).filter_map(Value::as_array).flatten().filter_map(Value::as_object);
    let named: BTreeSet<&String> = ways.flat_map(Map::keys).collect();
    let all = pointer::entries(pointer::get(document, "/components/securitySchemes")).into_iter();
    all.filter_map(|(_, scheme)| Some(other(scheme.as_object()?))).filter(|(name, _)| named.contains(name)).collect()
}

/// Another scheme than the key's, under a name that says what it is, however the vendor calls it.
fn other(scheme: &Map<String, Value>) -> (String, Value) {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    let (kind, place, scheme_name) = (text("type"), text("in"), text("scheme").to_ascii_lowercase());
    let name = if place == "header" { text("name").to_ascii_lowercase() } else { text("name").to_owned() };
    let (label, said) = match kind {
        "apiKey" => (format!("{place}_{name}"), json!({ "type": kind, "in": place, "name": name })),
        "http" => (format!("http_{scheme_name}"), json!({ "type": kind, "scheme": scheme_name })),
        "oauth2" => (kind.to_owned(), json!({ "type": kind, "flows": {} })),
        "openIdConnect" => (kind.to_owned(), json!({ "type": kind, "openIdConnectUrl": text("openIdConnectUrl") })),
        _ => (kind.to_owned(), json!({ "type": kind })),
    };
    (label.replace(|c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c), "_"), said)
}

/// What OpenAPI itself can say of where a key goes.
fn standard(place: &str, name: &str, prefix: &str) -> Vec<(&'static str, Value)> {
    let in_authorization = place == "header" && name.eq_ignore_ascii_case("authorization");
    if in_authorization && prefix.trim().eq_ignore_ascii_case("bearer") {
        return vec![("type", json!("http")), ("scheme", json!("bearer"))];
    }
    api_key(place, name)
}

fn api_key(place: &str, name: &str) -> Vec<(&'static str, Value)> {
    let place = if place == "query" { place } else { "header" };
    vec![("type", json!("apiKey")), ("in", json!(place)), ("name", json!(name))]
}

/// Whether what a security scheme says in OpenAPI's own words follows from its `x-auth`.
pub(crate) fn restates(scheme: &Value) -> bool {
    let Some(auth) = scheme.get("x-auth") else { return false };
    let text = |key: &str| auth.get(key).and_then(Value::as_str).unwrap_or_default();
    let (place, name) = (text("in"), text("name"));
    let said = |all: Vec<(&str, Value)>| all.iter().all(|(key, value)| scheme.get(key) == Some(value));
    said(standard(place, name, text("prefix"))) || said(api_key(place, name))
}

/// Whether the key of a contract goes into the body.
pub(crate) fn is_in_body(contract: &Value) -> bool {
    contract.pointer("/components/securitySchemes/key/x-auth/in").and_then(Value::as_str) == Some("body")
}

/// Checks that the document sends requests where `source.toml` says.
pub(super) fn check_servers(servers: Option<&Value>, source: &Source) -> Result<(), Problem> {
    let Some(Value::Array(list)) = servers else { return Ok(()) };
    let urls: Vec<&str> = list.iter().filter_map(|server| server.get("url")?.as_str()).collect();
    let is_base = |url: &str| leads_to(url, &source.base_url);
    // A variable may be filled in with nothing.
    let is_base_filled_in = |server| filled_in(server).is_some_and(|url| is_base(&url));
    if urls.is_empty()
        || is_nobodys(&source.base_url)
        || urls.iter().any(|url| is_base(url))
        || list.iter().any(is_base_filled_in)
    {
        return Ok(());
    }
    let shown =
        urls.iter().take(3).map(|url| format!("`{}`", pointer::shorten(url, 80))).collect::<Vec<_>>().join(", ");
    Err(Problem::new(format!("requests go to {shown}, but to `{}` by source.toml", source.base_url))
        .at("/servers")
        .fix("if the vendor has moved, change `base_url` of source.toml; otherwise mend the document by a fixup"))
}

/// Whether a base URL stands there until somebody knows the right one: its host is one that nobody can have.
fn is_nobodys(base: &str) -> bool {
    let host = base.split_once("://").map_or(base, |(_, rest)| rest).split(['/', ':']).next().unwrap_or_default();
    host.ends_with(".invalid")
}

/// Whether a server is the base URL: the same, a part of it from the host's root on, or equal once its variables are
/// filled in.
pub(super) fn leads_to(server: &str, base: &str) -> bool {
    let (server, base) = (address(server), address(base));
    let (server, base) = (server.trim_end_matches('/'), base.trim_end_matches('/'));
    // `//host/path` leaves the scheme to whoever reads it.
    let (server, base) = match server.strip_prefix("//") {
        Some(host) => (host, base.split_once("://").map_or(base, |(_, rest)| rest)),
        None => (server, base),
    };
    let has_host = server.contains("://") || !base.contains("://");
    if !has_host && !server.starts_with('{') {
        let path = base.split_once("://").map_or(base, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        return server.trim_start_matches(['/', '.']) == path;
    }
    let mut rest = base;
    for (index, part) in server.split('{').enumerate() {
        let literal = match part.split_once('}') {
            Some((_, literal)) if index > 0 => literal,
            _ => part,
        };
        if index == 0 {
            let Some(after) = rest.strip_prefix(literal) else { return false };
            rest = after;
        } else if literal.is_empty() {
            rest = "";
        } else {
            let Some(at) = rest.find(literal) else { return false };
            rest = &rest[at + literal.len()..];
        }
    }
    rest.is_empty()
}

/// A URL with its scheme and host in small letters and without the port that its scheme has anyway.
pub(crate) fn address(url: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = url.split_once("://") else { return Cow::Borrowed(url) };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    // The name of a variable is no host.
    if host.contains('{') {
        return Cow::Borrowed(url);
    }
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let port = if scheme == "https" { ":443" } else { ":80" };
    Cow::Owned(format!("{scheme}://{}{path}", host.strip_suffix(port).unwrap_or(&host)))
}

/// How many URLs one server stands for at most.
const MOST_URLS: usize = 16;

/// Where requests may go: to the base URL, or where the list has it not to another path on its host, and to what else the
/// list has, as the objects of a contract. `None` where it leads somewhere else only.
pub(super) fn servers(list: &[Value], base: &str) -> Option<Value> {
    let stated = list.iter().filter_map(|server| server.get("url")?.as_str().map(str::to_owned));
    let all: Vec<String> = stated.chain(list.iter().flat_map(each_url)).collect();
    let first = if all.is_empty() || all.iter().any(|url| leads_to(url, base)) {
        base.to_owned()
    } else {
        // The same host, from another path on: the key may go there.
        list.iter().find_map(|server| on_the_same_host(server, base))?
    };
    let others: BTreeSet<String> =
        list.iter().flat_map(each_url).map(|url| absolute(&url, base)).filter(|url| !leads_to(url, &first)).collect();
    let all = std::iter::once(first).chain(others);
    Some(all.map(|url| json!({ "url": url })).collect())
}

/// The URLs that a server stands for: its variables filled in with their defaults, and with every word they can be.
fn each_url(server: &Value) -> Vec<String> {
    let Some(url) = server.get("url").and_then(Value::as_str) else { return Vec::new() };
    let mut urls = vec![url.trim_end_matches('/').to_owned()];
    for (name, variable) in pointer::entries(server.get("variables")) {
        let words = variable.get("enum").and_then(Value::as_array).into_iter().flatten();
        let words: BTreeSet<&str> = words.chain(variable.get("default")).filter_map(Value::as_str).collect();
        let name = format!("{{{name}}}");
        let filled = urls.iter().flat_map(|url| words.iter().map(|word| url.replace(&name, word)));
        urls = filled.take(MOST_URLS).collect();
    }
    urls
}

/// A URL that may leave scheme and host to where its document came from.
fn absolute(url: &str, base: &str) -> String {
    let base = address(base);
    let host =
        base.split_once("://").map_or(0, |(scheme, rest)| scheme.len() + 3 + rest.find('/').unwrap_or(rest.len()));
    match url.strip_prefix('/') {
        Some(path) if !path.starts_with('/') => format!("{}{url}", &base[..host]),
        _ => address(url).into_owned(),
    }
}

/// The URL of a server, its variables filled in with their defaults.
fn filled_in(server: &Value) -> Option<String> {
    let mut url = server.get("url")?.as_str()?.trim_end_matches('/').to_owned();
    for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), variable.get("default")?.as_str()?);
    }
    Some(url)
}

/// The URL of a server, its variables filled in with their defaults, if it is on the host of the base URL.
pub(super) fn on_the_same_host(server: &Value, base: &str) -> Option<String> {
    let (url, base) = (filled_in(server)?, address(base));
    let url = address(&url);
    let (scheme, rest) = base.split_once("://")?;
    let host = rest.split('/').next()?;
    let path = url.strip_prefix(&format!("{scheme}://{host}")).unwrap_or(&url);
    let is_plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-._~".contains(&b));
    let is_path = path.is_empty() || (path.starts_with('/') && !path.contains("//") && !path.contains(".."));
    (is_plain && is_path).then(|| format!("{scheme}://{host}{path}"))
}

/// What has to be sent beside the key of `source.toml`, as parameters: the other keys of that requirement, of several of
/// which any is enough, that needs the fewest. `None` if no requirement can be met.
pub(super) fn companions(document: &Value, requirements: &[Value], auth: &Auth) -> Option<Vec<Value>> {
    requirements.iter().filter_map(|requirement| beside(document, requirement.as_object()?, auth)).min_by_key(Vec::len)
}

fn beside(document: &Value, requirement: &Map<String, Value>, auth: &Auth) -> Option<Vec<Value>> {
    let mut others = Vec::new();
    let mut has_key = requirement.is_empty();
    for (name, _) in pointer::sorted(requirement) {
        let scheme = scheme_called(document, name)?;
        let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
        if is_met(scheme, auth) {
            has_key = true;
        } else if text("type") == "apiKey" && matches!(text("in"), "header" | "query") && !text("name").is_empty() {
            let mut name = text("name").to_owned();
            if text("in") == "header" {
                name.make_ascii_lowercase();
            }
            let mut parameter =
                json!({ "name": name, "in": text("in"), "required": true, "schema": { "type": "string" } });
            if !text("description").is_empty() {
                parameter["description"] = json!(text("description"));
            }
            others.push(parameter);
        } else {
            return None;
        }
    }
    has_key.then_some(others)
}

fn is_met(scheme: &Map<String, Value>, auth: &Auth) -> bool {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    let in_authorization = auth.place == Place::Header && auth.name.eq_ignore_ascii_case("authorization");
    match (text("type"), auth.place) {
        // OpenAPI cannot say it, so whatever stands there is a way around.
        (_, Place::Body) => true,
        ("apiKey", Place::Header) => text("in") == "header" && text("name").eq_ignore_ascii_case(&auth.name),
        ("apiKey", Place::Query) => text("in") == "query" && text("name") == auth.name,
        ("http", _) => in_authorization && auth.prefix.trim().eq_ignore_ascii_case(text("scheme")),
        ("oauth2" | "openIdConnect", _) => in_authorization,
        _ => false,
    }
}

/// Checks that the document's own requirements can be met.
pub(super) fn check_security(document: &Value, auth: &Auth) -> Result<(), Problem> {
    let Some(Value::Array(requirements)) = document.get("security") else { return Ok(()) };
    for (index, requirement) in requirements.iter().enumerate() {
        for name in requirement.as_object().into_iter().flat_map(Map::keys) {
            if pointer::get(document, &pointer::join("/components/securitySchemes", name)).is_none() {
                return Err(Problem::new(format!("there is no security scheme `{}`", pointer::shorten(name, 60)))
                    .at(pointer::join(&format!("/security/{index}"), name))
                    .fix("add it under components, with a fixup if the document is published"));
            }
        }
    }
    // Operations that state another requirement are looked at one by one.
    let mut own = schema::operations(document).filter_map(|(_, _, operation)| operation.get("security")?.as_array());
    let can_be_met = |requirements: &Vec<Value>| companions(document, requirements, auth).is_some();
    if requirements.is_empty() || can_be_met(requirements) || own.any(can_be_met) {
        return Ok(());
    }
    let place = match auth.place {
        Place::Header => "header",
        Place::Query => "query parameter",
        Place::Body => "body's property",
    };
    Err(Problem::new(format!(
        "the document authenticates by {}, but source.toml by the {place} `{}`",
        describe(document, requirements),
        auth.name
    ))
    .at("/security")
    .fix("if the vendor has changed it, change [auth] of source.toml; otherwise mend the document by a fixup"))
}

/// The ways that a list of requirements names, for a sentence.
pub(super) fn describe(document: &Value, requirements: &[Value]) -> String {
    let ways: BTreeSet<String> = requirements
        .iter()
        .filter_map(Value::as_object)
        .map(|requirement| {
            let mut names: Vec<&String> = requirement.keys().collect();
            names.sort_unstable();
            let each: Vec<String> = names
                .into_iter()
                .map(|name| {
                    let scheme = pointer::get(document, &pointer::join("/components/securitySchemes", name));
                    let text = |key: &str| {
                        scheme.and_then(|s| s.get(key)).and_then(Value::as_str).map(|t| pointer::shorten(t, 40))
                    };
                    match (text("in"), text("name"), text("scheme")) {
                        (Some(place), Some(key), _) => format!("`{}` ({place} `{key}`)", pointer::shorten(name, 40)),
                        (_, _, Some(scheme)) => format!("`{}` (HTTP {scheme})", pointer::shorten(name, 40)),
                        _ => format!("`{}`", pointer::shorten(name, 40)),
                    }
                })
                .collect();
            if each.is_empty() { "nothing".to_owned() } else { each.join(" and ") }
        })
        .collect();
    pointer::shorten(&ways.into_iter().collect::<Vec<_>>().join(" or "), 200)
}

/// Checks that a key in the body is a property of some request, so that there is a place to send it in.
pub(super) fn check_body_key(document: &Value, auth: &Auth) -> Result<(), Problem> {
    if auth.place != Place::Body {
        return Ok(());
    }
    let found = schema::roots(document).into_iter().any(|root| {
        root.direction.is_request()
            && root.pointer.contains("/requestBody/content/")
            && pointer::get(document, &root.pointer).is_some_and(|schema| has_property(document, schema, &auth.name))
    });
    if found {
        return Ok(());
    }
    Err(Problem::new(format!("no request's body has the property `{}` that holds the key by source.toml", auth.name))
        .fix("correct [auth] of source.toml, or add the property by a fixup"))
}

/// Whether a schema names a property, itself or through references and `allOf`.
fn has_property(document: &Value, schema: &Value, name: &str) -> bool {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        if schema.get("properties").is_some_and(|properties| properties.get(name).is_some()) {
            return true;
        }
        open.extend(schema.get("allOf").and_then(Value::as_array).into_iter().flatten());
        if let Some(target) = schema.get("$ref").and_then(Value::as_str).and_then(schema::component_of_ref)
            && seen.insert(target.clone())
        {
            open.extend(schema::components(document).and_then(|schemas| schemas.get(&target)));
        }
    }
    false
}
