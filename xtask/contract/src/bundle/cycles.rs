//! Schemas that are nothing but each other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{Problem, pointer, schema};

/// Refuses schemas that refer to each other and to nothing else, in a circle: `A` is `B`, and `B` is `A`. A circle
/// through a property or a list is a recursive type, and fine.
pub(super) fn refuse_empty(document: &Value) -> Result<(), Problem> {
    let Some(components) = schema::components(document) else { return Ok(()) };
    let edges: BTreeMap<&str, Vec<String>> =
        components.iter().map(|(name, schema)| (name.as_str(), in_place_targets(schema))).collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in edges.keys() {
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_path: BTreeSet<&str> = BTreeSet::from([*start]);
        while let Some((name, next)) = path.last_mut() {
            let targets = edges.get(name).map_or(&[][..], Vec::as_slice);
            let step = if done.contains(name) { None } else { targets.get(*next) };
            let Some(target) = step else {
                on_path.remove(name);
                done.insert(name);
                path.pop();
                continue;
            };
            *next += 1;
            let Some((target, _)) = edges.get_key_value(target.as_str()) else { continue };
            if !on_path.insert(target) {
                let from = path.iter().position(|(name, _)| name == target).unwrap_or(0);
                let mut circle: Vec<&str> = path[from..].iter().map(|(name, _)| *name).collect();
                circle.push(target);
                if circle.len() > 8 {
                    circle.splice(4..circle.len() - 3, ["…"]);
                }
                return Err(Problem::new(format!("these schemas only refer to each other: {}", circle.join(" → ")))
                    .at(pointer::join("/components/schemas", target))
                    .fix("say what the type is, with a fixup if the document is published")
                    .unmendable());
            }
            path.push((target, 0));
        }
    }
    Ok(())
}

/// The components that must be understood before this schema can be: its own `$ref`, and those of its parts.
fn in_place_targets(schema: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let Value::Object(map) = schema else { continue };
        if let Some(Value::String(reference)) = map.get("$ref") {
            out.extend(schema::component_of_ref(reference));
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            open.extend(map.get(keyword).and_then(Value::as_array).into_iter().flatten());
        }
        for keyword in ["not", "if", "then", "else"] {
            open.extend(map.get(keyword));
        }
    }
    out
}
