//! A base with a discriminator stands for its heirs.
//!
//! OpenAPI has two ways to say that a value is one of several: a union, and a schema with a discriminator from which
//! others inherit by `allOf`. The second looks like a plain object, and the fields of the heirs would be lost. Here such
//! a base becomes the union that it means, under its own name; what the heirs inherit is its plain half, `…Base`. Where
//! a union names the heirs itself, the words that the base maps to them tell them apart.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Map, Value, json};

use super::schema::{
    carry, component_of, components, components_mut, escape, free_name, note, ref_to, referred, rewrite_all,
};
use super::unions::{branches, is_union};

/// The most heirs that a union is made of. A base of all things is better kept as what all things share.
const MOST: usize = 60;

/// Makes unions of bases.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    let Some(schemas) = components(&document) else { return Ok(document) };
    let family = Family::of(schemas);
    let mut said = Vec::new();
    let mut unions: BTreeMap<String, Value> = BTreeMap::new();
    let mut plain: BTreeMap<String, String> = BTreeMap::new();
    for base in &family.bases {
        match family.descendants(base).len() {
            0 => {}
            count if count > MOST => said.push(format!(
                "`{base}` has {count} heirs, and is only what they share: their own properties are not read or sent in its place"
            )),
            _ => {
                plain.insert(base.clone(), free_name(schemas, format!("{base}Base")));
            }
        }
    }
    let mut told = Vec::new();
    for base in plain.keys() {
        let union = family.union(base, &plain);
        // A word that is only a schema's name is no reason to keep the caller from setting another.
        if !mapping(family.schemas, base).is_empty() {
            let mut members = family.descendants(base);
            members.insert(base.clone());
            told.push((members, union["discriminator"].clone()));
        }
        unions.insert(base.clone(), union);
    }
    let schemas = components_mut(&mut document)?;
    for (_, schema) in schemas.iter_mut() {
        for part in schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(name) = referred(part).and_then(|name| plain.get(&name)) {
                part["$ref"] = ref_to(name)["$ref"].clone();
            }
        }
    }
    for (base, union) in unions {
        let Some(mut own) = schemas.insert(base.clone(), union) else { continue };
        if let (Some(map), Some(name)) = (own.as_object_mut(), plain.get(&base)) {
            map.remove("discriminator");
            schemas.insert(name.clone(), own);
        }
    }
    if !told.is_empty() {
        rewrite_all(&mut document, &mut |schema| tell_apart(schema, &told));
    }
    note(&mut document, said);
    Ok(document)
}

/// Gives a union of members of one family the discriminator of its base.
fn tell_apart(schema: &mut Value, told: &[(BTreeSet<String>, Value)]) {
    if !is_union(schema) || schema.get("discriminator").is_some() {
        return;
    }
    let branches: Option<BTreeSet<String>> =
        branches(schema).filter(|branch| branch["type"] != "null").map(referred).collect();
    let Some(branches) = branches.filter(|branches| branches.len() > 1) else { return };
    if let Some((_, discriminator)) = told.iter().find(|(members, _)| branches.is_subset(members)) {
        schema["discriminator"] = discriminator.clone();
    }
}

/// Who inherits from whom.
struct Family<'d> {
    schemas: &'d Map<String, Value>,
    /// The components with a discriminator and no union of their own.
    bases: BTreeSet<String>,
    /// Parent to heirs.
    heirs: BTreeMap<String, BTreeSet<String>>,
}

impl<'d> Family<'d> {
    fn of(schemas: &'d Map<String, Value>) -> Self {
        let tag = |schema: &Value| schema.pointer("/discriminator/propertyName").is_some_and(Value::is_string);
        let bases: BTreeSet<String> = schemas
            .iter()
            .filter(|(_, schema)| tag(schema) && !is_union(schema))
            .map(|(name, _)| name.clone())
            .collect();
        let mut heirs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut add = |parent: String, heir: &String| heirs.entry(parent).or_default().insert(heir.clone());
        if !bases.is_empty() {
            for (name, schema) in schemas {
                for parent in schema["allOf"].as_array().into_iter().flatten().filter_map(referred) {
                    add(parent, name);
                }
            }
            for base in &bases {
                for (_, target) in mapping(schemas, base) {
                    if target != *base && schemas.contains_key(&target) {
                        add(base.clone(), &target);
                    }
                }
            }
        }
        Self { schemas, bases, heirs }
    }

    /// Everyone who inherits from a base, however far.
    fn descendants(&self, base: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![base];
        while let Some(name) = open.pop() {
            for heir in self.heirs.get(name).into_iter().flatten() {
                if heir != base && found.insert(heir.clone()) {
                    open.push(heir);
                }
            }
        }
        found
    }

    /// The union of a base's heirs and of the base itself, with the word of each.
    fn union(&self, base: &str, plain: &BTreeMap<String, String>) -> Value {
        let own = &self.schemas[base];
        let tag = own.pointer("/discriminator/propertyName").and_then(Value::as_str).unwrap_or_default();
        let descendants = self.descendants(base);
        // Bases between the two may have words of their own for what inherits from them.
        let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for speaker in descendants.iter().map(String::as_str).chain([base]).filter(|name| self.bases.contains(*name)) {
            for (word, target) in mapping(self.schemas, speaker) {
                words.entry(target).or_default().insert(word);
            }
        }
        let known = self.stated(own, tag);
        let is_unmapped = !mapping(self.schemas, base).is_empty() && !words.contains_key(base);
        let mut branches = Vec::new();
        let mut mapped = Map::new();
        for name in descendants.iter().map(String::as_str).chain([base]) {
            let said = words.remove(name).unwrap_or_else(|| match self.own_word(name, tag) {
                Some(word) => BTreeSet::from([word]),
                None => BTreeSet::from([name.to_owned()]),
            });
            // A base that its own words do not know, or its mapping does not, is never met by itself.
            if name == base && (is_unmapped || known.as_ref().is_some_and(|known| said.is_disjoint(known))) {
                continue;
            }
            let target = ref_to(plain.get(name).map_or(name, String::as_str));
            mapped.extend(said.into_iter().map(|word| (word, target["$ref"].clone())));
            branches.push(target);
        }
        let mut union = json!({ "oneOf": branches, "discriminator": { "propertyName": tag, "mapping": mapped } });
        carry(own, &mut union, &["description", "nullable"]);
        union
    }

    /// The one word that an heir itself says its tag has.
    fn own_word(&self, name: &str, tag: &str) -> Option<String> {
        let schema = self.schemas.get(name)?;
        let parts = schema["allOf"].as_array().into_iter().flatten().filter(|part| referred(part).is_none());
        parts.chain([schema]).find_map(|part| {
            let words: Vec<String> = self.stated(part, tag)?.into_iter().collect();
            <[String; 1]>::try_from(words).ok().map(|[word]| word)
        })
    }

    /// The words that a schema says its tag may have.
    fn stated(&self, schema: &Value, tag: &str) -> Option<BTreeSet<String>> {
        let property = schema.pointer(&format!("/properties/{}", escape(tag)))?;
        let property = super::schema::resolve(property, self.schemas);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match (property.get("const").and_then(text), property.get("enum").and_then(Value::as_array)) {
            (Some(word), _) => Some(BTreeSet::from([word])),
            (None, Some(words)) => Some(words.iter().filter_map(text).collect()),
            _ => None,
        }
    }
}

/// The words of a base's mapping, with the components that they mean.
fn mapping(schemas: &Map<String, Value>, base: &str) -> Vec<(String, String)> {
    let words = schemas.get(base).and_then(|schema| schema.pointer("/discriminator/mapping"));
    let words = words.and_then(Value::as_object).into_iter().flatten();
    words.filter_map(|(word, target)| Some((word.clone(), component_of(target.as_str()?)?))).collect()
}
