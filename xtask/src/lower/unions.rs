//! `oneOf` and `anyOf`: told apart by their tag when sent, united when answered.
//!
//! typify ignores discriminators and takes the first branch that fits. An answer's branches all fit, since answers are
//! read leniently; so an answer's union becomes one struct with the properties of all branches, and nothing is lost. A
//! union that is sent stays a union: each branch gets its tag as a property with one word, and branches that typify
//! cannot tell apart become one.

use std::collections::{BTreeMap, BTreeSet};

use contract::Problem;
use serde_json::{Map, Value, json};

use super::combine::Combine;
use super::hoist::name_where;
use super::idents::pascal;
use super::schema::{
    Direction, carry, components, components_mut, direction_of, escape, is_any, is_rust_type, note, referred, required,
    resolve, rewrite_all, without,
};
use super::unite::Unite;

/// Rewrites every union.
pub fn lower(mut document: Value) -> Result<Value, Problem> {
    rewrite_all(&mut document, &mut flatten);
    // Branches are copied; what stands in them by reference is not copied without end.
    name_where(&mut document, is_union)?;
    let schemas = components(&document).cloned().unwrap_or_default();
    let mut answers = Unite::new(&schemas);
    let mut requests = Requests {
        schemas: &schemas,
        combine: Combine::new(&schemas),
        is_cut: false,
        tagged: BTreeMap::new(),
        whole: BTreeSet::new(),
        copied: BTreeMap::new(),
    };
    let components = components_mut(&mut document)?;
    for (_, schema) in components.iter_mut().filter(|(_, schema)| is_union(schema)) {
        *schema = match direction_of(schema) {
            Direction::Answer => answers.union(schema),
            Direction::Request => requests.union(schema),
        };
    }
    let Requests { tagged, combine, is_cut, .. } = requests;
    let cut = is_cut.then(|| format!("a union of more than {MOST} branches is left open: any JSON value fits"));
    for (name, (tag, word)) in tagged {
        if let Some(schema) = components.get_mut(&name) {
            set_tag(schema, &tag, &word);
        }
    }
    rewrite_all(&mut document, &mut settle);
    let said: Vec<String> = answers.said().into_iter().chain(combine.said()).chain(cut).collect();
    note(&mut document, said);
    Ok(document)
}

/// Whether the schema is a union.
pub fn is_union(schema: &Value) -> bool {
    ["oneOf", "anyOf"].iter().any(|union| schema.get(*union).and_then(Value::as_array).is_some_and(|b| !b.is_empty()))
}

/// A branch that is nothing but a union gives its branches to the union it stands in.
fn flatten(schema: &mut Value) {
    if !is_union(schema) {
        return;
    }
    let Some(map) = schema.as_object_mut() else { return };
    let mut flat = Vec::new();
    for union in ["oneOf", "anyOf"] {
        let Some(Value::Array(own)) = map.remove(union) else { continue };
        for branch in own {
            let is_bare = is_union(&branch)
                && branch
                    .as_object()
                    .is_some_and(|map| map.keys().all(|key| matches!(key.as_str(), "oneOf" | "anyOf" | "description")));
            if is_bare { flat.extend(branches(&branch).cloned()) } else { flat.push(branch) }
        }
    }
    let mut seen = BTreeSet::new();
    flat.retain(|branch| seen.insert(branch.to_string()));
    map.insert("oneOf".to_owned(), Value::Array(flat));
}

/// A union that is more than its branches would be merged by typify, in its own way and without end: what is beside
/// the branches stays, or else the branches.
fn settle(schema: &mut Value) {
    if let Some(map) = schema.as_object_mut().filter(|map| map.contains_key("oneOf") || map.contains_key("anyOf")) {
        if let Some(branches) = map.remove("anyOf") {
            map.entry("oneOf").or_insert(branches);
        }
        if map.contains_key("properties") || map.contains_key("$ref") || map.contains_key("x-rust-type") {
            map.remove("oneOf");
        } else {
            map.retain(|key, _| matches!(key.as_str(), "oneOf" | "description" | "nullable" | "x-answer" | "x-name"));
        }
    }
}

/// The branches of a union.
pub fn branches(schema: &Value) -> impl DoubleEndedIterator<Item = &Value> {
    ["oneOf", "anyOf"].into_iter().filter_map(|union| schema.get(union)?.as_array()).flatten()
}

/// The schema without its union.
pub fn base(schema: &Value) -> Value {
    without(schema.clone(), &["oneOf", "anyOf", "discriminator"])
}

/// The most branches that unions of unions may come to.
const MOST: usize = 1_000;

struct Requests<'a> {
    schemas: &'a Map<String, Value>,
    combine: Combine<'a>,
    /// Whether a union had more branches than that.
    is_cut: bool,
    /// The components that get a tag themselves, with the tag and its word.
    tagged: BTreeMap<String, (String, String)>,
    /// The components that keep several words of a tag.
    whole: BTreeSet<String>,
    /// The components that were copied under their own names, with the word of the copy.
    copied: BTreeMap<String, String>,
}

impl Requests<'_> {
    fn union(&mut self, schema: &Value) -> Value {
        let mut base = base(schema);
        let discriminator = schema.get("discriminator");
        let tag = discriminator.and_then(|d| d["propertyName"].as_str());
        forget_tag(&mut base, tag);
        let mut all: Vec<Value> = branches(schema).cloned().collect();
        if let Some(mut plain) = self.plain(&all) {
            carry(&base, &mut plain, OF_PLACE);
            return plain;
        }
        let has_base =
            ["properties", "additionalProperties"].iter().any(|key| base.get(*key).is_some_and(Value::is_object))
                || self.requires_more(&base, &all);
        if has_base || tag.is_some() {
            let Some(leaves) = self.leaves(all) else {
                let mut any = json!({});
                carry(&base, &mut any, OF_PLACE);
                return any;
            };
            all = leaves;
        }
        let mut one_of = Vec::new();
        for branch in all {
            match tag {
                Some(tag) => one_of.extend(self.tagged(&branch, tag, discriminator, has_base)),
                None => one_of.push(branch),
            }
        }
        if has_base {
            for branch in &mut one_of {
                let name = branch.get("x-name").cloned();
                let whole = self.combine.whole(branch);
                *branch = self.combine.overlay(without_place(&base), whole);
                if let (Some(name), Some(map)) = (name, branch.as_object_mut()) {
                    map.insert("x-name".to_owned(), name);
                }
            }
        }
        if let Some(mut plain) = self.plain(&one_of) {
            carry(&base, &mut plain, OF_PLACE);
            return plain;
        }
        self.unite_alike(&mut one_of);
        let mut union = match &one_of[..] {
            [lone] => lone.clone(),
            _ => json!({ "oneOf": one_of }),
        };
        carry(&base, &mut union, OF_PLACE);
        union
    }

    /// The branches, with those of a union in the place of a reference to it; nothing, if they are too many.
    fn leaves(&mut self, all: Vec<Value>) -> Option<Vec<Value>> {
        let mut seen = BTreeSet::new();
        let mut leaves = Vec::new();
        let mut open: Vec<(Value, Value)> = all.into_iter().rev().map(|branch| (json!({}), branch)).collect();
        while let Some((prefix, branch)) = open.pop() {
            // What was on the way already adds nothing: a union that is one of its own branches.
            if !seen.insert(branch.to_string()) {
                continue;
            }
            if seen.len() > MOST {
                self.is_cut = true;
                return None;
            }
            let target = resolve(&branch, self.schemas).clone();
            if is_union(&target) {
                let prefix = self.combine.overlay(prefix, without_place(&base(&target)));
                open.extend(branches(&target).rev().map(|branch| (prefix.clone(), branch.clone())));
            } else if is_any(&prefix) {
                leaves.push(branch);
            } else {
                let whole = self.combine.whole(&branch);
                leaves.push(self.combine.overlay(prefix, whole));
            }
        }
        Some(leaves)
    }

    /// The one schema that does for all branches, where typify could not tell them apart.
    fn plain(&self, branches: &[Value]) -> Option<Value> {
        let resolved: Vec<&Value> = branches.iter().map(|branch| resolve(branch, self.schemas)).collect();
        if resolved.iter().any(|branch| is_any(branch)) {
            return Some(json!({}));
        }
        let is_picture = |branch: &&Value| is_rust_type(branch, "hailuo_runtime::Media");
        if let Some(media) = resolved.iter().copied().find(|branch| is_picture(branch)) {
            let is_text = |branch: &&Value| is_picture(branch) || branch["type"] == "string";
            if resolved.iter().all(is_text) {
                return Some(media.clone());
            }
        }
        let kinds: BTreeSet<Option<&str>> = resolved.iter().map(|b| b.get("type").and_then(Value::as_str)).collect();
        match kinds.iter().copied().collect::<Vec<_>>()[..] {
            [Some("integer"), Some("number")] => Some(json!({ "type": "number" })),
            [Some(kind @ ("string" | "integer" | "number" | "boolean"))] => Some(same_type(kind, &resolved)),
            _ => None,
        }
    }

    /// Branches of one plain type among others, such as the URL and the data URL of a picture, are one branch: nobody
    /// could tell of a text which of them it is.
    fn unite_alike(&self, branches: &mut Vec<Value>) {
        for kind in ["string", "integer", "number", "boolean"] {
            let alike = |branch: &Value| resolve(branch, self.schemas)["type"] == kind;
            let of_kind: Vec<Value> = branches.iter().filter(|branch| alike(branch)).cloned().collect();
            if of_kind.len() < 2 {
                continue;
            }
            let Some(one) = self.plain(&of_kind) else { continue };
            let first = branches.iter().position(alike).unwrap_or_default();
            branches.retain(|branch| !alike(branch));
            branches.insert(first, one);
        }
    }

    /// Whether the base demands properties that a branch has and does not demand itself.
    fn requires_more(&self, base: &Value, branches: &[Value]) -> bool {
        let wanted = required(base);
        let lacks = |branch: &Value| {
            let branch = resolve(branch, self.schemas);
            let (own, demanded) = (branch["properties"].as_object(), required(branch));
            wanted.difference(&demanded).any(|name| own.is_some_and(|own| own.contains_key(name)))
        };
        !wanted.is_empty() && branches.iter().any(lacks)
    }

    /// A branch with its tag as a property of one word; several, if the discriminator maps several words to it.
    fn tagged(&mut self, branch: &Value, tag: &str, discriminator: Option<&Value>, is_copied: bool) -> Vec<Value> {
        let Some(name) = referred(branch) else { return vec![branch.clone()] };
        // Only an object can have a tag.
        let Some(schema) = self.schemas.get(&name).filter(|schema| schema["type"] == "object") else {
            return vec![branch.clone()];
        };
        let mapping = discriminator.and_then(|d| d.get("mapping")).and_then(Value::as_object);
        let mut words: Vec<String> = mapping
            .into_iter()
            .flatten()
            .filter(|(_, target)| **target == branch["$ref"])
            .map(|(word, _)| word.clone())
            .collect();
        words.sort();
        let stated = schema.pointer(&format!("/properties/{}", escape(tag)));
        let stated = stated.and_then(|property| resolve(property, self.schemas)["enum"].as_array());
        let own: BTreeSet<&str> = stated.into_iter().flatten().filter_map(Value::as_str).collect();
        if words.is_empty() {
            // Without a mapping the word is the schema's name, unless the schema itself states others.
            words = if own.is_empty() || own.contains(name.as_str()) {
                vec![name.clone()]
            } else {
                own.iter().map(|word| (*word).to_owned()).collect()
            };
        }
        let demands = schema["required"].as_array().is_some_and(|names| names.iter().any(|name| name == tag));
        let says_all = words.len() > 1 && demands && own == words.iter().map(String::as_str).collect();
        if says_all && !is_copied && !self.tagged.contains_key(&name) {
            // It says itself which of its words it is.
            self.whole.insert(name);
            return vec![branch.clone()];
        }
        if let ([word], true) = (&words[..], !is_copied && !self.whole.contains(&name)) {
            let here = (tag.to_owned(), word.clone());
            if self.tagged.get(&name).is_none_or(|there| *there == here) {
                self.tagged.insert(name, here);
                return vec![branch.clone()];
            }
        }
        // The one copy of what is not itself a branch elsewhere can have its name.
        let is_itself = self.tagged.contains_key(&name) || self.whole.contains(&name);
        let is_lone = match &words[..] {
            [word] if !is_itself => self.copied.entry(name.clone()).or_insert_with(|| word.clone()) == word,
            _ => false,
        };
        words
            .into_iter()
            .map(|word| {
                let mut copy = schema.clone();
                set_tag(&mut copy, tag, &word);
                let is_plain = is_lone || word == name;
                copy["x-name"] = json!(if is_plain { name.clone() } else { format!("{name}{}", pascal(&word)) });
                copy
            })
            .collect()
    }
}

/// Branches of one plain type: their words together, or any value of the type.
pub fn same_type(kind: &str, branches: &[&Value]) -> Value {
    let lists: Option<Vec<&Vec<Value>>> = branches.iter().map(|branch| branch.get("enum")?.as_array()).collect();
    let mut one = json!({ "type": kind });
    if let Some(lists) = lists {
        let words: BTreeMap<String, &Value> =
            lists.into_iter().flatten().map(|word| (word.to_string(), word)).collect();
        let names: BTreeSet<String> = words.values().map(|word| pascal(word.as_str().unwrap_or_default())).collect();
        if kind != "string" || names.len() == words.len() {
            one["enum"] = words.into_values().cloned().collect();
        }
    }
    one
}

/// A base that has nothing but the tag adds nothing to branches that get one each.
fn forget_tag(base: &mut Value, tag: Option<&str>) {
    let (Some(map), Some(tag)) = (base.as_object_mut(), tag) else { return };
    let is_lone = |properties: &Map<String, Value>| properties.keys().all(|name| name == tag);
    if map.get("properties").and_then(Value::as_object).is_some_and(is_lone) {
        map.remove("properties");
        if let Some(required) = map.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|name| name != tag);
        }
    }
}

/// What is said of a place, and stays there when the schema is replaced.
pub const OF_PLACE: &[&str] = &["description", "nullable", "x-answer"];

fn without_place(base: &Value) -> Value {
    without(base.clone(), &["description", "nullable"])
}

fn set_tag(schema: &mut Value, tag: &str, word: &str) {
    let Some(map) = schema.as_object_mut() else { return };
    map.insert("type".to_owned(), json!("object"));
    if let Some(properties) = map.entry("properties").or_insert_with(|| json!({})).as_object_mut() {
        let mut one = json!({ "type": "string", "enum": [word] });
        if let Some(description) = properties.get(tag).and_then(|property| property.get("description")) {
            one["description"] = description.clone();
        }
        properties.insert(tag.to_owned(), one);
    }
    if let Some(required) = map.entry("required").or_insert_with(|| json!([])).as_array_mut()
        && !required.iter().any(|name| name == tag)
    {
        required.push(json!(tag));
    }
}
