//! An object in a query becomes one parameter per property.
//!
//! progenitor knows values and lists. An object that a query carries is, on the wire, its properties by themselves:
//! `filter[a]=1` in the style `deepObject`, `a=1` in the style `form`. A union of an object and a plain value has both.
//! What has no fixed names, or no one way to be written, stays an object, which `select` leaves out.

use std::collections::BTreeSet;

use contract::Problem;
use serde_json::{Map, Value, json};

use super::combine::Combine;
use super::schema::{components, note, operations_mut, types_of};

/// The most brackets that stand behind one another: `a[b][c]`.
const DEEPEST: usize = 3;

/// Takes every object of a query apart.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let schemas = components(&document).cloned().unwrap_or_default();
    let mut said = Vec::new();
    for (path, method, operation) in operations_mut(&mut document) {
        let call = format!("{} {path}", method.to_uppercase());
        let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else { continue };
        let mut taken: BTreeSet<String> = names_in_query(parameters).map(str::to_owned).collect();
        let mut spread = Vec::new();
        for parameter in std::mem::take(parameters) {
            let mut parts = Parts { schemas: &schemas, parts: Vec::new(), left_out: Vec::new() };
            parts.of_parameter(&parameter);
            let Parts { mut parts, left_out, .. } = parts;
            let name = parameter["name"].as_str().unwrap_or_default();
            parts.retain(|part| {
                let part = part["name"].as_str().unwrap_or_default();
                part == name || taken.insert(part.to_owned())
            });
            if parts.is_empty() {
                spread.push(parameter);
                continue;
            }
            said.push(format!("{call}: the object `{name}` is given by its properties, a setter each"));
            said.extend(left_out.iter().map(|part| {
                format!("{call}: `{part}` is left out: it is a list or an object within the object `{name}`")
            }));
            spread.append(&mut parts);
        }
        *parameters = spread;
    }
    note(&mut document, said);
    Ok(document)
}

fn names_in_query(parameters: &[Value]) -> impl Iterator<Item = &str> {
    parameters.iter().filter(|parameter| parameter["in"] == "query").filter_map(|parameter| parameter["name"].as_str())
}

/// What an object comes down to.
struct Parts<'a> {
    schemas: &'a Map<String, Value>,
    parts: Vec<Value>,
    left_out: Vec<String>,
}

impl Parts<'_> {
    fn of_parameter(&mut self, parameter: &Value) {
        let (Some(name), Some(schema)) = (parameter["name"].as_str(), parameter.get("schema")) else { return };
        if parameter["in"] != "query" || parameter.get("content").is_some() {
            return;
        }
        let style = parameter["style"].as_str().unwrap_or("form");
        let is_deep = style == "deepObject";
        if !is_deep && (style != "form" || parameter["explode"] == false) {
            return;
        }
        let is_required = parameter["required"] == true;
        let schema = Combine::new(self.schemas).whole(schema);
        let branches: Vec<&Value> =
            ["oneOf", "anyOf"].iter().filter_map(|union| schema.get(*union)?.as_array()).flatten().collect();
        if branches.is_empty() {
            self.properties(name, &schema, is_deep, is_required, 1);
            return;
        }
        let whole: Vec<Value> = branches.iter().map(|branch| Combine::new(self.schemas).whole(branch)).collect();
        let (objects, others): (Vec<&Value>, Vec<&Value>) =
            whole.iter().filter(|branch| branch["type"] != "null").partition(|branch| is_object(branch));
        for object in &objects {
            self.properties(name, object, is_deep, is_required && whole.len() == 1, 1);
        }
        if let (false, Some(plain)) = (self.parts.is_empty(), others.first()) {
            let schema = if others.len() == 1 { (*plain).clone() } else { json!({ "anyOf": others }) };
            let mut part = parameter.clone();
            part["schema"] = schema;
            part["required"] = json!(false);
            if let Some(part) = part.as_object_mut() {
                part.remove("style");
                part.remove("explode");
            }
            self.parts.push(part);
        }
    }

    fn properties(&mut self, prefix: &str, schema: &Value, is_deep: bool, is_required: bool, depth: usize) {
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let wire = if is_deep { format!("{prefix}[{name}]") } else { name.clone() };
            let is_required =
                is_required && schema["required"].as_array().is_some_and(|names| names.iter().any(|n| n == name));
            let whole = Combine::new(self.schemas).whole(property);
            if is_object(&whole) && is_deep && depth < DEEPEST && whole.get("properties").is_some() {
                self.properties(&wire, &whole, is_deep, is_required, depth + 1);
                continue;
            }
            if is_object(&whole) || types_of(&whole).contains(&"array") {
                self.left_out.push(wire);
                continue;
            }
            let mut part = json!({ "name": wire, "in": "query", "required": is_required, "schema": property });
            if let Some(text) = property.get("description") {
                part["description"] = text.clone();
            }
            self.parts.push(part);
        }
    }
}

fn is_object(schema: &Value) -> bool {
    types_of(schema).contains(&"object") || schema.get("properties").is_some()
}
