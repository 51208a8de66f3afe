//! Operations that stand on their own: path-level parameters and servers moved into them, and every reference of a
//! parameter, body, answer, header or path resolved. References of schemas stay.
//!
//! What is no part of a call that a client makes (webhooks, callbacks, links, examples) is left out here, and noted.
//! So are header parameters that are none: OpenAPI says that `Accept`, `Content-Type` and `Authorization` as
//! parameters have no meaning.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{Problem, load, pointer, schema};

/// Flattens an OpenAPI 3.1 document whose shape was checked. What was left out is appended to `left_out`, a line each.
///
/// # Errors
/// A reference leads nowhere or in a circle; a path and its parameters do not agree; a parameter stands twice.
pub fn flatten(document: &Value, left_out: &mut Vec<String>) -> Result<Value, Problem> {
    let mut flattener = Flattener { document, budget: load::MAX_NODES, left_out };
    let mut paths = Map::new();
    for (path, item) in pointer::entries(document.get("paths")) {
        if path.starts_with("x-") {
            continue;
        }
        let here = pointer::join("/paths", path);
        let item = flattener.item(&here, path, item)?;
        if !item.is_empty() {
            paths.insert(path.clone(), Value::Object(item));
        }
    }
    for (name, _) in pointer::entries(document.get("webhooks")) {
        flattener.left_out.push(format!("webhook {name}: a call that the vendor makes"));
    }
    let mut out = Map::new();
    for key in ["openapi", "info", "servers", "security"] {
        if let Some(value) = document.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    out.insert("paths".to_owned(), Value::Object(paths));
    let mut components = Map::new();
    for section in ["schemas", "securitySchemes"] {
        if let Some(Value::Object(map)) = document.get("components").and_then(|c| c.get(section)) {
            components.insert(section.to_owned(), Value::Object(map.clone()));
        }
    }
    if let Some(Value::Object(schemes)) = components.get_mut("securitySchemes") {
        for (name, scheme) in schemes.iter_mut() {
            let here = pointer::join("/components/securitySchemes", name);
            *scheme = flattener.resolved(&here, scheme)?.1.clone();
        }
    }
    if !components.is_empty() {
        out.insert("components".to_owned(), Value::Object(components));
    }
    Ok(Value::Object(out))
}

struct Flattener<'d, 'n> {
    document: &'d Value,
    budget: usize,
    left_out: &'n mut Vec<String>,
}

impl<'d> Flattener<'d, '_> {
    /// The value itself, or what its `$ref` leads to, with its pointer.
    fn resolved<'v>(&mut self, here: &str, value: &'v Value) -> Result<(String, &'v Value), Problem>
    where
        'd: 'v,
    {
        let mut at = here.to_owned();
        let mut found: &'v Value = value;
        let mut hops = 0;
        while let Some(Value::String(reference)) = found.get("$ref") {
            let problem = |what: String| {
                Problem::new(what)
                    .at(pointer::join(&at, "$ref"))
                    .fix("correct the reference, with a fixup if the document is published")
            };
            let shown = pointer::shorten(reference, 100);
            let Some(fragment) = reference.strip_prefix('#').and_then(pointer::percent_decoded) else {
                return Err(problem(format!(
                    "`{shown}` leads out of the document, and only schemas may stand in other files"
                ))
                .unmendable());
            };
            let Some(target) = pointer::get(self.document, &fragment) else {
                let whereabouts = pointer::whereabouts(self.document, &fragment);
                return Err(problem(format!("`{shown}` refers to nothing ({whereabouts})")));
            };
            hops += 1;
            if hops > 64 {
                return Err(problem(format!("`{shown}` is part of a chain of references that does not end")));
            }
            at = fragment.into_owned();
            found = target;
        }
        if hops > 0 {
            let nodes = load::weight(found);
            self.budget = self.budget.checked_sub(nodes).ok_or_else(|| {
                Problem::new("its references, resolved, make too large a document")
                    .at(here)
                    .fix("keep only the operations that a client needs")
            })?;
        }
        if !found.is_object() {
            return Err(Problem::new(format!("expected an object, found {}", pointer::brief(found))).at(at));
        }
        Ok((at, found))
    }

    fn item(&mut self, here: &str, path: &str, item: &'d Value) -> Result<Map<String, Value>, Problem> {
        let (at, resolved) = self.resolved(here, item)?;
        let mut out = Map::new();
        let shared = self.parameters(&at, resolved.get("parameters"))?;
        for method in schema::METHODS {
            // A path item may refer to another and have operations beside the reference.
            let (at, operation) = match (item.get(method), resolved.get(method)) {
                (Some(operation), _) => (pointer::join(here, method), operation),
                (None, Some(operation)) => (pointer::join(&at, method), operation),
                (None, None) => continue,
            };
            let Value::Object(operation) = operation else {
                return Err(Problem::new("an operation is an object").at(at));
            };
            let servers = operation.get("servers").or_else(|| resolved.get("servers"));
            let mut flat = self.operation(&at, method, path, operation, shared.clone())?;
            if let Some(servers) = servers {
                flat.insert("servers".to_owned(), servers.clone());
            }
            out.insert(method.to_owned(), Value::Object(flat));
        }
        let unknown = pointer::entries(Some(resolved)).into_iter().filter(|(method, operation)| {
            let is_known = schema::METHODS.contains(&method.as_str());
            !is_known && !method.starts_with("x-") && operation.get("responses").is_some()
        });
        for (method, _) in unknown.chain(pointer::entries(resolved.get("additionalOperations"))) {
            self.left_out.push(format!("{} {path}: a method that no client here sends", method.to_uppercase()));
        }
        Ok(out)
    }

    fn operation(
        &mut self,
        here: &str,
        method: &str,
        path: &str,
        operation: &'d Map<String, Value>,
        mut parameters: BTreeMap<(String, String), Value>,
    ) -> Result<Map<String, Value>, Problem> {
        let mut out = Map::new();
        for (key, value) in pointer::sorted(operation) {
            match key.as_str() {
                "parameters" | "servers" => {}
                "requestBody" => {
                    let (at, body) = self.resolved(&pointer::join(here, key), value)?;
                    out.insert(key.clone(), Value::Object(self.holder(&at, body)?));
                }
                "responses" => {
                    let mut responses = Map::new();
                    for (status, response) in pointer::entries(Some(value)) {
                        if status.starts_with("x-") {
                            continue;
                        }
                        let (at, response) =
                            self.resolved(&pointer::join(&pointer::join(here, key), status), response)?;
                        responses.insert(status.clone(), Value::Object(self.holder(&at, response)?));
                    }
                    out.insert(key.clone(), Value::Object(responses));
                }
                "callbacks" => {
                    for (name, _) in pointer::entries(Some(value)) {
                        let line =
                            format!("{} {path}, callback {name}: a call that the vendor makes", method.to_uppercase());
                        self.left_out.push(line);
                    }
                }
                _ => {
                    out.insert(key.clone(), value.clone());
                }
            }
        }
        parameters.extend(self.parameters(here, operation.get("parameters"))?);
        check_template(here, path, &parameters)?;
        if !parameters.is_empty() {
            out.insert("parameters".to_owned(), Value::Array(parameters.into_values().collect()));
        }
        Ok(out)
    }

    /// Parameters by place and name.
    fn parameters(&mut self, here: &str, list: Option<&Value>) -> Result<BTreeMap<(String, String), Value>, Problem> {
        let mut out = BTreeMap::new();
        let Some(Value::Array(list)) = list else { return Ok(out) };
        for (index, parameter) in list.iter().enumerate() {
            let here = format!("{here}/parameters/{index}");
            let (at, parameter) = self.resolved(&here, parameter)?;
            let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let (place, mut name) = (text("in"), text("name"));
            if place == "header" {
                // The names of headers have no case.
                name.make_ascii_lowercase();
                if matches!(name.as_str(), "accept" | "content-type" | "authorization") {
                    continue;
                }
            }
            let mut parameter = self.holder(&at, parameter)?;
            parameter.insert("name".to_owned(), json!(name));
            if place == "path" {
                parameter.insert("required".to_owned(), json!(true));
            }
            let parameter = Value::Object(parameter);
            match out.insert((place, name), parameter.clone()) {
                Some(other) if other != parameter => {
                    return Err(Problem::new("a parameter of this name and place stands here twice")
                        .at(here)
                        .fix("remove one of them, with a fixup if the document is published"));
                }
                _ => {}
            }
        }
        Ok(out)
    }

    /// A body, answer, header or parameter without examples and links, its headers resolved.
    fn holder(&mut self, here: &str, holder: &Value) -> Result<Map<String, Value>, Problem> {
        let mut out = holder.as_object().cloned().unwrap_or_default();
        for key in ["example", "examples", "links"] {
            out.remove(key);
        }
        if let Some(Value::Object(headers)) = out.remove("headers") {
            let base = pointer::join(here, "headers");
            let mut resolved = Map::new();
            for (name, header) in pointer::sorted(&headers) {
                let lower = name.to_ascii_lowercase();
                if lower == "content-type" {
                    continue;
                }
                let at_header = pointer::join(&base, name);
                let (at, header) = {
                    let (at, header) = self.resolved(&at_header, header)?;
                    (at, header.clone())
                };
                let header = Value::Object(self.holder(&at, &header)?);
                if resolved.insert(lower, header).is_some() {
                    return Err(Problem::new("a header of this name stands here twice, for their names have no case")
                        .at(at_header)
                        .fix("remove one of them, with a fixup if the document is published"));
                }
            }
            if !resolved.is_empty() {
                out.insert("headers".to_owned(), Value::Object(resolved));
            }
        }
        if let Some(Value::Object(content)) = out.get_mut("content") {
            let content_here = pointer::join(here, "content");
            for (kind, media) in content.iter_mut() {
                let here = pointer::join(&content_here, kind);
                let Value::Object(media) = media else { continue };
                media.remove("example");
                media.remove("examples");
                let Some(Value::Object(encodings)) = media.get_mut("encoding") else { continue };
                for (name, encoding) in encodings.iter_mut() {
                    let here = pointer::join(&pointer::join(&here, "encoding"), name);
                    *encoding = Value::Object(self.holder(&here, encoding)?);
                }
            }
        }
        Ok(out)
    }
}

/// The parameters that a path has in braces.
pub fn places(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

/// A path with other names in its places, all put in at once.
pub fn with_places<'p>(path: &'p str, name: impl Fn(&'p str) -> &'p str) -> String {
    let mut parts = path.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (place, rest) = part.split_at(part.find('}').unwrap_or(part.len()));
        out.push('{');
        out.push_str(name(place));
        out.push_str(rest);
    }
    out
}

/// The parameters that a path has in braces, each once, or else what is wrong with its braces.
pub(crate) fn template(path: &str) -> Result<BTreeSet<&str>, String> {
    let places = places(path);
    let opened = path.matches('{').count();
    if opened != places.len() || opened != path.matches('}').count() || places.contains(&"") {
        return Err("the path has a brace without its partner".to_owned());
    }
    let mut names = BTreeSet::new();
    match places.into_iter().find(|name| !names.insert(*name)) {
        Some(twice) => Err(format!("the path has `{{{twice}}}` twice")),
        None => Ok(names),
    }
}

fn check_template(here: &str, path: &str, parameters: &BTreeMap<(String, String), Value>) -> Result<(), Problem> {
    const FIX: &str = "make path and parameters agree, with a fixup if the document is published";
    let names = template(path).map_err(|what| Problem::new(what).at(here).fix(FIX))?;
    for name in &names {
        if !parameters.contains_key(&("path".to_owned(), (*name).to_owned())) {
            return Err(Problem::new(format!("the path has `{{{name}}}`, and the operation no such parameter"))
                .at(here)
                .fix(FIX));
        }
    }
    for (place, name) in parameters.keys() {
        if place == "path" && !names.contains(name.as_str()) {
            return Err(Problem::new(format!("the path has no `{{{name}}}` for the parameter `{name}`"))
                .at(here)
                .fix(FIX));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
