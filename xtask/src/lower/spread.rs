//! An object in a query becomes one parameter per property.
//!
//! progenitor knows values and lists. An object that a query carries is, on the wire, its properties by themselves:
//! `filter[a]=1` in the style `deepObject`, `a=1` in the style `form`. A union of an object and a plain value has both.
//! What has no fixed names, or is JSON as a whole, stays one parameter, and `x-query` says how the runtime writes it.
//! OpenAPI leaves open how a list is written in `deepObject`: within an object its name is repeated,
//! `filter[a]=1&filter[a]=2`; by itself it is `a[]=1&a[]=2`, as by those who invented the brackets.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Map, Value, json};

use super::combine::Combine;
use super::schema::{carry, components, note, operations_mut, remove, required, types_of};
use super::select::essence;
use super::style::Style;
use super::unions;

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
        for mut parameter in std::mem::take(parameters) {
            let mut parts = Parts { schemas: &schemas, all: Vec::new(), places: BTreeMap::new() };
            parts.of_parameter(&mut parameter);
            let mut parts = parts.all;
            let name = parameter["name"].as_str().unwrap_or_default();
            let is_taken_apart = !parts.is_empty();
            parts.retain(|part| {
                let part = part["name"].as_str().unwrap_or_default();
                let is_new = part == name || taken.insert(part.to_owned());
                if !is_new {
                    said.push(format!(
                        "{call}: `{part}` of the object `{name}` has no setter of its own: another parameter is sent as `{part}`"
                    ));
                }
                is_new
            });
            if !is_taken_apart {
                spread.push(parameter);
                continue;
            }
            said.push(format!("{call}: the object `{name}` is given by its properties, a setter each"));
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
    all: Vec<Value>,
    /// Where the part of a name stands.
    places: BTreeMap<String, usize>,
}

impl Parts<'_> {
    fn of_parameter(&mut self, parameter: &mut Value) {
        if parameter["in"] != "query" {
            return;
        }
        if let Some(schema) = json_content(parameter) {
            parameter["schema"] = schema;
            parameter["x-query"] = json!("json");
            remove(parameter, &["content"]);
            return;
        }
        let (Some(name), Some(schema), None) =
            (parameter["name"].as_str().map(str::to_owned), parameter.get("schema"), parameter.get("content"))
        else {
            return;
        };
        let style = Style::of(parameter);
        let (is_deep, encoding) = (style.is_deep(), style.encoding());
        let is_required = parameter["required"] == true;
        let schema = Combine::new(self.schemas).whole(schema);
        let branches: Vec<Value> =
            unions::branches(&schema).map(|branch| Combine::new(self.schemas).whole(branch)).collect();
        if branches.is_empty() && is_deep && types_of(&schema).contains(&"array") {
            parameter["name"] = json!(format!("{name}[]"));
            remove(parameter, &["style", "explode"]);
            return;
        }
        if !is_object(&schema) && branches.is_empty() && types_of(&schema).len() == 1 {
            // A plain value has no brackets, whatever its style is called.
            if is_deep {
                remove(parameter, &["style"]);
            }
            return;
        }
        let is_one_value = !is_deep && encoding.is_some();
        if is_object(&schema) || branches.iter().any(is_object) || is_deep {
            parameter["x-query"] = encoding.unwrap_or_else(|| json!("spread"));
        }
        if is_one_value {
            return;
        }
        if !branches.is_empty() {
            self.of_union(&name, &branches, parameter, is_deep);
        } else if has_only_names(&schema) {
            self.properties(&name, &schema, is_deep, is_required, 1);
        }
    }

    /// The properties of every object of a union, and the parameter itself for what is no object.
    fn of_union(&mut self, name: &str, branches: &[Value], parameter: &Value, is_deep: bool) {
        let is_required = parameter["required"] == true && branches.len() == 1;
        let (objects, others): (Vec<&Value>, Vec<&Value>) =
            branches.iter().filter(|branch| branch["type"] != "null").partition(|branch| is_object(branch));
        for object in objects {
            self.properties(name, object, is_deep, is_required, 1);
        }
        if let (false, Some(plain)) = (self.all.is_empty(), others.first()) {
            let schema = if others.len() == 1 { (*plain).clone() } else { json!({ "anyOf": others }) };
            let mut part = parameter.clone();
            part["schema"] = schema;
            part["required"] = json!(false);
            remove(&mut part, &["style", "explode", "x-query"]);
            self.all.push(part);
        }
    }

    fn properties(&mut self, prefix: &str, schema: &Value, is_deep: bool, is_required: bool, depth: usize) {
        let demanded = required(schema);
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let wire = if is_deep { format!("{prefix}[{name}]") } else { name.clone() };
            let is_required = is_required && demanded.contains(name);
            let whole = Combine::new(self.schemas).whole(property);
            if is_object(&whole) && is_deep && depth < DEEPEST && has_only_names(&whole) {
                self.properties(&wire, &whole, is_deep, is_required, depth + 1);
                continue;
            }
            let is_list_of_parts = whole.get("items").is_some_and(|items| {
                let items = Combine::new(self.schemas).whole(items);
                is_object(&items) || types_of(&items).contains(&"array")
            });
            let mut part = json!({ "name": wire, "in": "query", "required": is_required, "schema": property });
            if is_object(&whole) || is_list_of_parts {
                part["x-query"] = json!(if is_deep { "brackets" } else { "json" });
            }
            carry(property, &mut part, &["description"]);
            self.add(part);
        }
    }

    /// Adds a part; what branches of a union call by one name is any of what they say of it.
    fn add(&mut self, mut part: Value) {
        let name = part["name"].as_str().unwrap_or_default();
        let place = *self.places.entry(name.to_owned()).or_insert(self.all.len());
        let Some(there) = self.all.get_mut(place) else {
            self.all.push(part);
            return;
        };
        let (mine, theirs) = (there["schema"].take(), part["schema"].take());
        let is_new = match mine["anyOf"].as_array() {
            Some(all) if mine.as_object().is_some_and(|mine| mine.len() == 1) => !all.contains(&theirs),
            _ => mine != theirs,
        };
        there["schema"] = match mine {
            mine if !is_new => mine,
            mine => json!({ "anyOf": [mine, theirs] }),
        };
    }
}

/// The schema of a parameter that is JSON as a whole.
fn json_content(parameter: &Value) -> Option<Value> {
    let content = parameter.get("content")?.as_object()?;
    let (_, media) = content.iter().find(|(media_type, _)| essence(media_type) == "application/json")?;
    media.get("schema").cloned()
}

/// Whether the properties are all that an object has.
fn has_only_names(schema: &Value) -> bool {
    schema.get("properties").is_some() && !schema.get("additionalProperties").is_some_and(Value::is_object)
}

fn is_object(schema: &Value) -> bool {
    types_of(schema).contains(&"object") || schema.get("properties").is_some()
}
