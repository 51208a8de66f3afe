//! Every `$ref` stands alone, and leads to a schema in one step; every schema is an object.
//!
//! OpenAPI 3.0 ignores what stands beside a `$ref`. So structural neighbors of a `$ref` become an `allOf`, and a component
//! that is only a `$ref` is replaced by its target. `true` becomes `{}`, and a property that cannot be there (`false`)
//! goes. That a `$ref` names a component is the contract's to guarantee.

use std::collections::BTreeMap;

use contract::Problem;
use contract::schema::ends;
use serde_json::{Value, json};

use super::schema::{carry, components, components_mut, redirect, referred, rename_kept, rewrite_all};

/// Straightens all references.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    rewrite_all(&mut document, &mut |schema| {
        whole(schema);
        part_neighbors(schema);
    });
    replace_aliases(&mut document)?;
    Ok(document)
}

/// Keywords that shape a value; beside a `$ref` they narrow it.
const STRUCTURAL: &[&str] =
    &["properties", "allOf", "anyOf", "oneOf", "enum", "const", "items", "additionalProperties"];

fn whole(schema: &mut Value) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        // Children come first: a `false` is an impossible schema by now.
        properties.retain(|_, property| !is_impossible(property));
    }
    for union in ["anyOf", "oneOf"] {
        if let Some(branches) = schema.get_mut(union).and_then(Value::as_array_mut) {
            branches.retain(|branch| !is_impossible(branch));
        }
    }
    match schema {
        Value::Object(_) => {}
        Value::Bool(false) => *schema = json!({ "not": {} }),
        _ => *schema = json!({}),
    }
}

/// Whether nothing fits the schema.
fn is_impossible(schema: &Value) -> bool {
    schema.as_object().is_some_and(|map| map.len() == 1) && schema.get("not") == Some(&json!({}))
}

fn part_neighbors(schema: &mut Value) {
    let mut lone = json!({});
    carry(schema, &mut lone, &["$ref"]);
    let Some(map) = schema.as_object_mut().filter(|_| lone["$ref"].is_string()) else { return };
    map.remove("$ref");
    if map.keys().any(|key| STRUCTURAL.contains(&key.as_str())) {
        let mut all = vec![lone];
        if let Some(Value::Array(more)) = map.remove("allOf") {
            all.extend(more);
        }
        map.insert("allOf".to_owned(), Value::Array(all));
        return;
    }
    // These are about the place and not about the target, and later passes read them.
    carry(schema, &mut lone, &["description", "deprecated", "readOnly", "writeOnly", "contentMediaType", "format"]);
    *schema = lone;
}

/// A component that is only another's name goes, and what referred to it refers to the other.
pub fn replace_aliases(document: &mut Value) -> Result<(), Problem> {
    let aliases: BTreeMap<String, String> = components(document)
        .into_iter()
        .flatten()
        .filter_map(|(name, schema)| Some((name.clone(), referred(schema)?)))
        .collect();
    let targets = ends(&aliases).map_err(|name| {
        Problem::new("the schema is a `$ref` that leads back to itself")
            .at(format!("/components/schemas/{name}"))
            .fix("describe the value, or remove the schema by a fixup")
    })?;
    rewrite_all(document, &mut |schema| redirect(schema, &targets));
    rename_kept(document, &targets);
    components_mut(document)?.retain(|name, _| !targets.contains_key(name));
    Ok(())
}
