//! Every `$ref` names a component, stands alone, and leads to a schema in one step; every schema is an object.
//!
//! OpenAPI 3.0 ignores what stands beside a `$ref`, and progenitor takes the last word of a `$ref` for the name of a
//! component. So a pointer into the middle of a schema becomes a component of its own, structural neighbors of a
//! `$ref` become an `allOf`, and a component that is only a `$ref` is replaced by its target. `true` becomes `{}`, and a
//! property that cannot be there (`false`) goes.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Value, json};

use super::idents::pascal;
use super::schema::{
    carry, component_of, components, components_mut, redirect, ref_to, referred, rename_kept, rewrite, rewrite_all,
};

/// Straightens all references.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    rewrite_all(&mut document, &mut straighten);
    name_inner_targets(&mut document)?;
    replace_aliases(&mut document)?;
    Ok(document)
}

fn straighten(schema: &mut Value) {
    whole(schema);
    part_neighbors(schema);
    full_mapping(schema);
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
    carry(schema, &mut lone, &["description", "readOnly", "writeOnly", "contentMediaType", "format"]);
    *schema = lone;
}

/// A discriminator may name a component without saying where it is.
fn full_mapping(schema: &mut Value) {
    let mapping = schema.get_mut("discriminator").and_then(|d| d.get_mut("mapping")).and_then(Value::as_object_mut);
    for (_, target) in mapping.into_iter().flatten() {
        if let Some(name) = target.as_str().filter(|target| !target.contains(['#', '/'])) {
            *target = ref_to(name)["$ref"].clone();
        }
    }
}

fn name_inner_targets(document: &mut Value) -> Result<(), Problem> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    // A hoisted target may itself refer to the middle of a schema: until nothing new is found.
    loop {
        let mut found = BTreeSet::new();
        rewrite_all(document, &mut |schema| {
            if let Some(target) = schema.get("$ref").and_then(Value::as_str)
                && component_of(target).is_none()
                && !names.contains_key(target)
            {
                found.insert(target.to_owned());
            }
        });
        if found.is_empty() {
            break;
        }
        for target in found {
            let pointer = target.strip_prefix('#').unwrap_or(&target);
            let is_schema = |value: &&Value| !pointer.is_empty() && (value.is_object() || value.is_boolean());
            let mut schema = document.pointer(pointer).filter(is_schema).cloned().ok_or_else(|| {
                Problem::new(format!("the `$ref` {target} leads nowhere"))
                    .at(pointer)
                    .fix("point it at a schema of this document, or add the schema by a fixup")
            })?;
            rewrite(&mut schema, &mut straighten);
            let base: String = pointer
                .trim_start_matches("/components/schemas")
                .split('/')
                .filter(|word| !matches!(*word, "" | "properties" | "$defs" | "items" | "paths" | "content" | "schema"))
                .map(|word| pascal(&word.replace("~1", "-").replace("~0", "-")))
                .collect();
            let schemas = components_mut(document)?;
            let mut name = base.clone();
            let mut number = 2u32;
            while schemas.contains_key(&name) {
                name = format!("{base}{number}");
                number += 1;
            }
            schemas.insert(name.clone(), schema);
            names.insert(target, name);
        }
    }
    rewrite_all(document, &mut |schema| {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|target| names.get(target));
        if let Some(name) = name {
            schema["$ref"] = ref_to(name)["$ref"].clone();
        }
    });
    let mut missing = None;
    let known: BTreeSet<String> = components(document).into_iter().flatten().map(|(name, _)| name.clone()).collect();
    rewrite_all(document, &mut |schema| {
        if let Some(name) = referred(schema).filter(|name| !known.contains(name)) {
            missing.get_or_insert(name);
        }
    });
    missing.map_or(Ok(()), |name| {
        Err(Problem::new(format!("there is no schema `{name}`, and a `$ref` leads to it"))
            .at("/components/schemas")
            .fix("add the schema or point the `$ref` at another one, by a fixup if the document is published"))
    })
}

/// A component that is only another's name goes, and what referred to it refers to the other.
pub fn replace_aliases(document: &mut Value) -> Result<(), Problem> {
    let aliases: BTreeMap<String, String> = components(document)
        .into_iter()
        .flatten()
        .filter_map(|(name, schema)| Some((name.clone(), referred(schema)?)))
        .collect();
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    for name in aliases.keys() {
        let mut passed = BTreeSet::new();
        let mut target = name;
        while let Some(next) = aliases.get(target) {
            if let Some(known) = targets.get(target) {
                target = known;
                break;
            }
            if !passed.insert(target.clone()) {
                return Err(Problem::new("the schema is a `$ref` that leads back to itself")
                    .at(format!("/components/schemas/{name}"))
                    .fix("describe the value, or remove the schema by a fixup"));
            }
            target = next;
        }
        let target = target.clone();
        targets.extend(passed.into_iter().map(|name| (name, target.clone())));
    }
    rewrite_all(document, &mut |schema| redirect(schema, &targets));
    rename_kept(document, &targets);
    components_mut(document)?.retain(|name, _| !targets.contains_key(name));
    Ok(())
}
