//! The facts of schemas, and the lines they become.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use super::words::{UNIONS, forbidden, kind, limit, name, one_line_union};
use crate::canonical::text;
use crate::pointer::sorted;
use crate::schema::{Holds, component_of_ref, holds};
use crate::stated;

/// The lines written so far.
#[derive(Default)]
pub(super) struct Facts {
    out: String,
}

impl Facts {
    /// Begins a group of facts.
    pub(super) fn group(&mut self, title: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str("# ");
        self.push(title);
        self.out.push('\n');
    }

    /// One fact.
    pub(super) fn fact(&mut self, label: &str, what: &str) {
        self.push(label);
        self.out.push_str(": ");
        self.push(what);
        self.out.push('\n');
    }

    /// A text that must stay on its line.
    fn push(&mut self, text: &str) {
        if text.chars().any(char::is_control) {
            self.out.extend(text.escape_debug());
        } else {
            self.out.push_str(text);
        }
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// What a schema is, and everything it says; `required` where it is a property or a parameter.
    pub(super) fn schema(&mut self, label: &str, schema: &Value, required: Option<bool>) {
        let mark = match required {
            Some(true) => ", required",
            Some(false) => ", optional",
            None => "",
        };
        self.fact(label, &format!("{}{mark}", kind(schema)));
        self.details(label, schema);
    }

    /// Everything a schema says but what it is: first of itself, then of its parts.
    fn details(&mut self, label: &str, schema: &Value) {
        let Value::Object(map) = schema else { return };
        for (keyword, value) in sorted(map) {
            match keyword.as_str() {
                "description" | "title" | "examples" | "example" | "$comment" | "externalDocs" | "$ref" | "type" => {}
                "additionalProperties" if *value == Value::Bool(false) => self.fact(label, "no other properties"),
                "dependentRequired" => {
                    for (property, names) in value.as_object().map(sorted).unwrap_or_default() {
                        self.fact(label, &format!("{} needs {}", name(property), list(names)));
                    }
                }
                "discriminator" => self.discriminator(label, value),
                keyword if is_structure(keyword) => {}
                keyword if stated::is_fact(keyword) => self.stated(label, keyword, value),
                keyword => match limit(keyword, value) {
                    Some(what) => self.fact(label, &what),
                    None => self.fact(label, &format!("{} {}", name(keyword), text(value))),
                },
            }
        }
        for (keyword, value) in sorted(map) {
            if is_structure(keyword) {
                self.part(label, map, keyword, value);
            }
        }
    }

    /// What is stated in an extension.
    pub(super) fn stated(&mut self, label: &str, keyword: &str, value: &Value) {
        for (what, _, value) in stated::each(keyword, value) {
            let value = value.as_array().map_or_else(|| text(value), |_| list(value));
            self.fact(label, &format!("{what}: {value}"));
        }
    }

    /// What a keyword says of the parts of a value.
    fn part(&mut self, label: &str, map: &Map<String, Value>, keyword: &str, value: &Value) {
        match keyword {
            _ if !is_well_formed(keyword, value) => self.fact(label, &format!("{keyword} {}", text(value))),
            "properties" => self.properties(label, map, value),
            "required" => self.required(label, map, value),
            "items" => self.schema(&format!("{label}[]"), value, None),
            "prefixItems" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.schema(&format!("{label}[{index}]"), item, None);
                }
            }
            "contains" => self.schema(&format!("{label}[some]"), value, None),
            "additionalProperties" if *value == Value::Bool(false) => {}
            "additionalProperties" => self.schema(&format!("{label}.*"), value, None),
            "patternProperties" => self.each(value, |pattern| format!("{label}.*({})", text(&Value::from(pattern)))),
            "dependentSchemas" => self.each(value, |property| format!("{label} (with {})", name(property))),
            "propertyNames" => self.schema(&format!("{label} (names)"), value, None),
            "contentSchema" => self.schema(&format!("{label} (content)"), value, None),
            "anyOf" | "oneOf" if one_line_union(map, keyword).is_some() => {}
            "anyOf" | "oneOf" | "allOf" => self.union(label, keyword, value),
            "not" => self.not(label, value),
            _ => self.schema(&format!("{label} ({keyword})"), value, None),
        }
    }

    fn each(&mut self, value: &Value, label: impl Fn(&str) -> String) {
        for (key, schema) in value.as_object().map(sorted).unwrap_or_default() {
            self.schema(&label(key), schema, None);
        }
    }

    fn properties(&mut self, label: &str, map: &Map<String, Value>, properties: &Value) {
        let names = map.get("required").and_then(Value::as_array).into_iter().flatten();
        let required: HashSet<&str> = names.filter_map(Value::as_str).collect();
        for (property, schema) in properties.as_object().map(sorted).unwrap_or_default() {
            let is_required = required.contains(property.as_str());
            self.schema(&format!("{label}.{}", name(property)), schema, Some(is_required));
        }
    }

    /// The required properties of which nothing else is said here.
    fn required(&mut self, label: &str, map: &Map<String, Value>, required: &Value) {
        let properties = map.get("properties").and_then(Value::as_object);
        for property in required.as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !properties.is_some_and(|properties| properties.contains_key(property)) {
                self.fact(&format!("{label}.{}", name(property)), "required");
            }
        }
    }

    /// The members of a union, each named by what it is; the details of those that are no component follow them.
    fn union(&mut self, label: &str, keyword: &str, members: &Value) {
        let word = UNIONS.into_iter().find(|(k, _)| *k == keyword).map_or(keyword, |(_, word)| word);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for member in members.as_array().into_iter().flatten() {
            if let (Some(not), "allOf") = (lone_not(member), keyword)
                && let Some(what) = forbidden(not)
            {
                self.fact(label, &format!("forbidden: {what}"));
                continue;
            }
            let kind = kind(member);
            let count = seen.entry(kind.clone()).and_modify(|count| *count += 1).or_insert(1);
            let kind = if *count > 1 { format!("{kind} {count}") } else { kind };
            self.fact(label, &format!("{word} {kind}"));
            self.details(&format!("{label} ({word} {kind})"), member);
        }
    }

    fn not(&mut self, label: &str, value: &Value) {
        if let Some(what) = forbidden(value) {
            self.fact(label, &format!("forbidden: {what}"));
        } else {
            self.schema(&format!("{label} (not)"), value, None);
        }
    }

    fn discriminator(&mut self, label: &str, discriminator: &Value) {
        let property = discriminator.get("propertyName").and_then(Value::as_str).unwrap_or_default();
        self.fact(label, &format!("told apart by {}", name(property)));
        for (word, target) in discriminator.get("mapping").and_then(Value::as_object).map(sorted).unwrap_or_default() {
            let component = target.as_str().and_then(component_of_ref);
            let target = component.map_or_else(|| text(target), |component| name(&component));
            self.fact(label, &format!("{} {} means {target}", name(property), text(&Value::from(word.as_str()))));
        }
    }
}

/// Whether a keyword says something of the parts of a value, or of the value by way of other schemas.
fn is_structure(keyword: &str) -> bool {
    keyword == "required" || holds(keyword).is_some()
}

fn is_well_formed(keyword: &str, value: &Value) -> bool {
    match holds(keyword) {
        Some(Holds::One) => value.is_object() || value.is_boolean(),
        Some(Holds::List) => value.is_array(),
        Some(Holds::Map) => value.is_object(),
        None => value.as_array().is_some_and(|names| names.iter().all(Value::is_string)),
    }
}

/// The schema that a member forbids and does nothing else.
fn lone_not(member: &Value) -> Option<&Value> {
    let map = member.as_object()?;
    map.keys().all(|key| key == "not" || key == "description").then(|| map.get("not")).flatten()
}

fn list(names: &Value) -> String {
    let names = names.as_array().into_iter().flatten();
    names.map(|n| n.as_str().map_or_else(|| text(n), name)).collect::<Vec<_>>().join(", ")
}
