//! Components that are only other names of components.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::schema;

/// Points what refers to a component's other name at the component itself. A name by which a discriminator tells a member
/// of its union stays, for it is sent; so do names that lead back to themselves, which is for others to tell.
pub(super) fn replace(contract: &mut Value) {
    let mut aliases: BTreeMap<String, String> = schema::components(contract)
        .into_iter()
        .flatten()
        .filter_map(|(name, schema)| {
            let map = schema.as_object()?;
            let is_bare = map.keys().all(|key| matches!(key.as_str(), "$ref" | "description"));
            Some((name.clone(), target(map).filter(|_| is_bare)?))
        })
        .collect();
    if aliases.is_empty() {
        return;
    }
    schema::walk(contract, &mut |_, schema, _| {
        if schema.get("discriminator").is_some() {
            let members = ["anyOf", "oneOf"].into_iter().filter_map(|union| schema.get(union)?.as_array()).flatten();
            for kind in members.filter_map(|member| target(member.as_object()?)) {
                aliases.remove(&kind);
            }
        }
    });
    if let Ok(ends) = schema::ends(&aliases) {
        schema::walk_mut(contract, &mut |_, schema| schema::redirect(schema, &ends));
    }
}

fn target(map: &Map<String, Value>) -> Option<String> {
    schema::component_of_ref(map.get("$ref")?.as_str()?)
}
