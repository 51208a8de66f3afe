//! Which components the operations reach, and which way each travels.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::pointer;
use crate::schema::{self, Direction};

/// The direction of every component schema that an operation reaches, by name.
///
/// A schema that inherits (`allOf`) from one that has a discriminator and no union of its own is reached with it: that
/// is how OpenAPI says that it may stand in its place.
pub fn reach(document: &Value) -> BTreeMap<String, Direction> {
    let graph = Graph::of(document);
    let mut directions: BTreeMap<String, Direction> = BTreeMap::new();
    let mut starts: Vec<(String, Direction)> = Vec::new();
    for root in schema::roots(document) {
        if schema::component_of(&root.pointer).is_some() || root.pointer.starts_with("/components/") {
            continue;
        }
        let Some(value) = pointer::get(document, &root.pointer) else { continue };
        for target in targets(value) {
            starts.push((target, root.direction));
        }
    }
    for wanted in [Direction::Request, Direction::Answer] {
        let mut seen: HashSet<&str> = HashSet::new();
        let mut open: Vec<&str> = starts
            .iter()
            .filter(|(_, direction)| *direction == wanted || *direction == Direction::Both)
            .map(|(name, _)| name.as_str())
            .collect();
        while let Some(name) = open.pop() {
            let Some((name, targets)) = graph.edges.get_key_value(name) else { continue };
            if !seen.insert(name) {
                continue;
            }
            open.extend(targets.iter().map(String::as_str));
        }
        for name in seen {
            let direction = directions.entry(name.to_owned()).or_insert(Direction::Neither);
            *direction = direction.and(wanted);
        }
    }
    directions
}

/// The components that each component refers to, itself or through its own subschemas, and the heirs that may stand in
/// its place.
struct Graph {
    edges: HashMap<String, Vec<String>>,
}

impl Graph {
    fn of(document: &Value) -> Self {
        let mut edges: HashMap<String, Vec<String>> = HashMap::new();
        let Some(components) = schema::components(document) else { return Self { edges } };
        let mut heirs: Vec<(String, String)> = Vec::new();
        for (name, value) in components {
            edges.insert(name.clone(), targets(value));
            let bases = schema::bases(value).filter_map(schema::component_of_ref);
            let bases = bases.filter(|base| components.get(base).is_some_and(schema::has_heirs));
            heirs.extend(bases.map(|base| (base, name.clone())));
        }
        for (base, heir) in heirs {
            if let Some(targets) = edges.get_mut(&base) {
                targets.push(heir);
            }
        }
        Self { edges }
    }
}

/// The components that a schema and its subschemas refer to.
fn targets(value: &Value) -> Vec<String> {
    let mut out = Vec::new();
    schema::visit("", value, &mut |_, schema| {
        out.extend(schema::references(schema).into_iter().filter_map(schema::component_of_ref));
    });
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tells_requests_from_answers_through_cycles_mappings_and_heirs() {
        let refer = |name: &str| json!({"schema": {"$ref": schema::ref_to(name)}});
        let document = json!({
            "paths": {"/a": {"post": {
                "parameters": [{"name": "p", "in": "query", "schema": {"$ref": "#/components/schemas/Word"}}],
                "requestBody": {"content": {"application/json": refer("Tree")}},
                "responses": {"200": {"content": {"application/json": refer("Answer")}}}
            }}},
            "components": {"schemas": {
                "Tree": {"properties": {"children": {"items": {"$ref": "#/components/schemas/Tree"}}, "file": {"$ref": "#/components/schemas/File"}}},
                "Answer": {"oneOf": [{"$ref": "#/components/schemas/File"}], "discriminator": {"propertyName": "t", "mapping": {"x": "#/components/schemas/Mapped"}}},
                "File": {}, "Word": {}, "Unused": {"$ref": "#/components/schemas/Word"},
                "Mapped": {"$ref": "#/components/schemas/Base"},
                "Base": {"discriminator": {"propertyName": "t"}},
                "Heir": {"allOf": [{"$ref": "#/components/schemas/Base"}]},
                "examples": {"example": {"$ref": "#/components/schemas/Unused"}}
            }}
        });
        let got = reach(&document);
        let expected = [
            ("Answer", Direction::Answer),
            ("Base", Direction::Answer),
            ("File", Direction::Both),
            ("Heir", Direction::Answer),
            ("Mapped", Direction::Answer),
            ("Tree", Direction::Request),
            ("Word", Direction::Request),
        ];
        assert_eq!(got, expected.map(|(name, direction)| (name.to_owned(), direction)).into());
    }
}
