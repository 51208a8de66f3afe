//! One form for all documents that say the same: the contract.
//!
//! - Operations stand on their own (see `flatten`), have a name, and `x-role` where `source.toml` gives one.
//! - The first server, the title and the security scheme `key` are those of `source.toml`; a document that disagrees is a
//!   problem. An operation that needs another key or another host is left out, and noted; further servers, and what opens
//!   an operation in the key's stead, stand after these.
//! - What order does not matter is sorted: keys, `required`, `enum`, types, parameters, members of unions. What has
//!   several spellings has one: null beside a type is a list of types, null beside a reference an `anyOf`, an
//!   intersection of one is that one, and one of plain limits a schema with all of them, `const` an `enum` of one, a union
//!   of values an `enum`, `5.0` is `5`, a number whose multiples are whole an integer; an enum has the type of its words; a
//!   pattern that counts characters is a length, and so is a `not` of the empty text; what is forbidden across properties
//!   is a `not`; what is so by default is not said; a component that is only another's name is that other.
//!   The names of headers are in lower case.
//! - Component schemas that no operation reaches are dropped, so that a contract changes only when a call does.
//! - Documentation is `summary` and `description` of anything, and `tags` of operations: it stays, for the crate's docs,
//!   and drift reports it apart. Titles, examples, contacts, licenses and extensions that state no fact are dropped: they
//!   limit nothing, and vendors' generators shuffle them.
//! - A keyword that JSON Schema does not know stays: a vendor may mean something by it.

mod access;
mod aliases;
mod clauses;
mod clean;
mod operations;
mod order;
mod patterns;
mod schemas;
mod types;
mod unions;

use serde_json::{Map, Value, json};

pub(crate) use access::{address, is_in_body, restates};
pub(crate) use clean::media_type;
pub(crate) use operations::{Call, parse_call};
pub(crate) use order::{Sorted, compare, compare_numbers, plain_numbers};
pub use order::{sort_keys, text};
pub use schemas::{schema, without_docs};
pub(crate) use types::{LIMITS, imply, keeps};

use crate::source::Source;
use crate::{Problem, pointer, reach, schema as positions};

/// Brings a flat OpenAPI 3.1 document into canonical form. What cannot be part of the contract is appended to `left_out`,
/// a line each.
///
/// # Errors
/// The document and `source.toml` do not agree, or a place of the document contradicts another.
pub fn canonical(mut document: Value, source: &Source, left_out: &mut Vec<String>) -> Result<Value, Problem> {
    access::check_servers(document.get("servers"), source)?;
    access::check_security(&document, &source.auth)?;
    let everywhere = document.get("security").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut paths = match document.get_mut("paths").map(Value::take) {
        Some(Value::Object(paths)) => paths,
        _ => Map::new(),
    };
    for (path, item) in &mut paths {
        let Value::Object(methods) = item else { continue };
        let here = pointer::join("/paths", path);
        for (method, mut operation) in std::mem::take(methods) {
            let here = pointer::join(&here, &method);
            match admit(&document, &everywhere, &mut operation, source) {
                Ok(()) => {
                    methods.insert(method, clean::operation(&here, operation, source)?);
                }
                Err(why) => match listed(source, &method, path) {
                    Some(name) => {
                        return Err(Problem::new(format!("`{name}` {why}"))
                            .at(here)
                            .fix("remove it from [operations] of source.toml, or mend the document by a fixup"));
                    }
                    None => left_out.push(format!("{} {path}: it {why}", method.to_uppercase())),
                },
            }
        }
    }
    paths.retain(|_, item| item.as_object().is_some_and(|methods| !methods.is_empty()));
    operations::name(&mut paths, source)?;
    if paths.is_empty() {
        return Err(nothing_to_call(left_out));
    }
    let info = info(document.get("info"), source);
    let servers = document.get("servers").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let servers = access::servers(servers, &source.base_url).unwrap_or_else(|| json!([{ "url": source.base_url }]));
    let security = everywhere_needed(&document, &everywhere, &paths, source);
    for operation in paths.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        if let Value::Object(operation) = operation {
            operation.retain(|key, said| {
                !((key == "servers" && *said == servers) || (key == "security" && *said == security))
            });
        }
    }
    let schemas = match pointer::get_mut(&mut document, "/components/schemas").map(Value::take) {
        Some(Value::Object(schemas)) => schemas,
        _ => Map::new(),
    };
    let mut contract = json!({
        "openapi": "3.1.0",
        "info": info,
        "servers": servers,
        "security": security,
        "components": { "securitySchemes": { "key": access::scheme(&source.auth) } },
    });
    contract["paths"] = Value::Object(paths);
    for (name, scheme) in access::others(&document, &contract) {
        contract["components"]["securitySchemes"][name] = scheme;
    }
    contract["components"]["schemas"] = Value::Object(schemas);
    let mut across = Vec::new();
    positions::walk_mut(&mut contract, &mut |at, schema| {
        schemas::one(schema);
        if clauses::is_candidate(schema) {
            across.push(at.to_owned());
        }
    });
    aliases::replace(&mut contract);
    for root in positions::roots(&contract) {
        if let Some(schema) = pointer::get_mut(&mut contract, &root.pointer) {
            types::imply(schema);
        }
    }
    clauses::rewrite(&mut contract, &across);
    access::check_body_key(&contract, &source.auth)?;
    drop_unreached(&mut contract);
    Ok(sort_keys(contract))
}

/// What every operation needs that states nothing of its own, and what most state where the document leaves it to them.
/// Where nobody states anything, the key is what `source.toml` has, and whether it is needed nobody says.
fn everywhere_needed(document: &Value, stated: &[Value], paths: &Map<String, Value>, source: &Source) -> Value {
    let needs = |stated: &[Value]| access::requirements(document, stated, &source.auth);
    if !stated.is_empty() && access::companions(document, stated, &source.auth).is_some() {
        return needs(stated);
    }
    let operations = paths.values().filter_map(Value::as_object).flat_map(Map::values);
    let mut own = operations.filter_map(|operation| operation.get("security")).filter(|own| **own != json!([]));
    match own.next() {
        None => needs(&[json!({})]),
        Some(first) if own.all(|other| other == first) => first.clone(),
        Some(_) => needs(&[]),
    }
}

fn nothing_to_call(left_out: &[String]) -> Problem {
    let mut what = "the document has no operation that a client can call".to_owned();
    if !left_out.is_empty() {
        what.push_str(": ");
        what.push_str(&left_out[..left_out.len().min(3)].join("; "));
        if left_out.len() > 3 {
            what.push_str("; …");
        }
    }
    Problem::new(what).at("/paths").fix("check that it is the right document")
}

fn info(info: Option<&Value>, source: &Source) -> Value {
    let mut out = Map::new();
    out.insert("title".to_owned(), json!(source.title));
    let version = info.and_then(|i| i.get("version")).and_then(Value::as_str).unwrap_or_default();
    out.insert("version".to_owned(), json!(version));
    if let Some(description) = info.and_then(|i| i.get("description")) {
        out.insert("description".to_owned(), description.clone());
        schemas::prose(&mut out, "description");
    }
    Value::Object(out)
}

/// The name that `[operations]` gives a call.
fn listed<'s>(source: &'s Source, method: &str, path: &str) -> Option<&'s str> {
    let wanted = Some((method.to_uppercase(), path.to_owned()));
    source.operations.iter().find(|(_, listed)| parse_call(&listed.call) == wanted).map(|(name, _)| name.as_str())
}

/// Gives an operation what it needs to be called with the vendor's key on the vendor's host: its server, where that is
/// another path, and as parameters what goes beside the key (an account, an application). The error says why it cannot
/// be called so.
fn admit(document: &Value, everywhere: &[Value], operation: &mut Value, source: &Source) -> Result<(), String> {
    if let Some(Value::Array(servers)) = operation.as_object_mut().and_then(|operation| operation.remove("servers"))
        && let Some(url) = servers.iter().find_map(|server| server.get("url")?.as_str())
    {
        let Some(found) = access::servers(&servers, &source.base_url) else {
            return Err(format!("goes to `{}`, not to `{}`", pointer::shorten(url, 80), source.base_url));
        };
        operation["servers"] = found;
    }
    let own = operation.get("security").and_then(Value::as_array).cloned();
    if let Some(own) = &own {
        // Nothing as the only way is none.
        let is_open = own.iter().all(|way| way.as_object().is_some_and(Map::is_empty));
        operation["security"] = if is_open { json!([]) } else { access::requirements(document, own, &source.auth) };
    }
    let requirements = own.as_deref().unwrap_or(everywhere);
    if requirements.is_empty() {
        return Ok(());
    }
    let Some(companions) = access::companions(document, requirements, &source.auth) else {
        return Err(format!("authenticates by {}", access::describe(document, requirements)));
    };
    if let (false, Value::Object(map)) = (companions.is_empty(), operation)
        && let Value::Array(parameters) = map.entry("parameters").or_insert_with(|| json!([]))
    {
        let of = |parameter: &Value| (parameter["in"].clone(), parameter["name"].clone());
        for companion in companions {
            if !parameters.iter().any(|parameter| of(parameter) == of(&companion)) {
                parameters.push(companion);
            }
        }
    }
    Ok(())
}

fn drop_unreached(contract: &mut Value) {
    let reached = reach::reach(contract);
    let Some(Value::Object(components)) = contract.get_mut("components") else { return };
    if let Some(Value::Object(schemas)) = components.get_mut("schemas") {
        schemas.retain(|name, _| reached.contains_key(name));
        if schemas.is_empty() {
            components.remove("schemas");
        }
    }
}

/// The contract, or any flattened document, without its documentation: what two of them are compared by.
pub fn undocumented(document: &Value) -> Value {
    let mut out = document.clone();
    if let Some(Value::Object(info)) = out.get_mut("info") {
        info.remove("description");
    }
    for (_, _, operation) in positions::operations_mut(&mut out) {
        strip_operation(operation);
    }
    positions::walk_mut(&mut out, &mut |_, schema| {
        if let Value::Object(map) = schema {
            map.remove("description");
        }
    });
    out
}

fn strip_operation(operation: &mut Value) {
    let Value::Object(map) = operation else { return };
    for key in ["description", "summary", "tags"] {
        map.remove(key);
    }
    for parameter in map.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        strip_holder(parameter);
    }
    if let Some(body) = map.get_mut("requestBody") {
        strip_holder(body);
    }
    for response in map.get_mut("responses").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
        strip_holder(response);
    }
}

fn strip_holder(holder: &mut Value) {
    let Value::Object(map) = holder else { return };
    map.remove("description");
    for header in map.get_mut("headers").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
        strip_holder(header);
    }
}

/// Whether two flattened operations are the same call, whatever their documentation says.
pub(crate) fn same_operation(a: &Value, b: &Value) -> bool {
    let comparable = |operation: &Value| {
        let mut document = json!({ "paths": { "/": { "post": operation } } });
        positions::walk_mut(&mut document, &mut |_, schema| schemas::one(schema));
        text(&undocumented(&document))
    };
    comparable(a) == comparable(b)
}

#[cfg(test)]
mod tests;
