//! Lists what documents say about requests: one fact per server, security scheme, path, operation, media type,
//! parameter, property, required mark, limit, default, word of an enum and forbidden value.
//!
//! JSON Schema has no word for what a picture may be, or for words that may stand inside a text. A spec written from a
//! page says so in `x-picture`, an object of limits, `x-camera`, a list of words, and `x-camera-together`. What a call
//! costs stands in an operation's `x-price`, by case, whether the vendor offers it in `x-availability`, and what it makes
//! where it cannot be asked for in `x-resolution`. They are facts like any other, and the contract has them too.
//!
//! What stands in answers is no fact here: nobody is charged for reading an answer wrong. That a path parameter is
//! required and that a schema with properties is an object is said by their place and is no fact either.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use crate::pointer::escape;
use crate::schema::{METHODS, children};

/// One thing that documents say about requests.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Where it stands: `FILE#/json/pointer`.
    pub at: String,
    /// What sort of fact it is.
    pub kind: FactKind,
    /// What is said: a name, a word, a limit.
    pub value: Value,
}

/// The sorts of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactKind {
    /// Where requests go.
    Server,
    /// A part of where the key goes.
    Key,
    /// A path.
    Path,
    /// A method of a path.
    Operation,
    /// The media type of a body.
    MediaType,
    /// A parameter's name.
    Parameter,
    /// Where a parameter goes, or that it is required.
    ParameterMark,
    /// A property's name.
    Property,
    /// That a property is required.
    Required,
    /// One word of a list of words.
    Word,
    /// Any other keyword of a schema: a type, a limit, a default.
    Keyword,
    /// That a combination is forbidden, where nothing in the clause is a fact of its own.
    Forbidden,
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keyword = self.at.rsplit('/').next().unwrap_or_default();
        let value = self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned);
        match self.kind {
            FactKind::Server => write!(f, "the server {value}"),
            FactKind::Key => write!(f, "the key's {keyword} {value}"),
            FactKind::Path => write!(f, "the path {value}"),
            FactKind::Operation => write!(f, "the method {value}"),
            FactKind::MediaType => write!(f, "the media type {value}"),
            FactKind::Parameter => write!(f, "the parameter `{value}`"),
            FactKind::Property => write!(f, "the field `{value}`"),
            FactKind::Required => write!(f, "that `{value}` is required"),
            FactKind::Word => write!(f, "the word `{value}`"),
            FactKind::ParameterMark | FactKind::Keyword => write!(f, "the {keyword} {value}"),
            FactKind::Forbidden => write!(f, "a forbidden combination"),
        }
    }
}

/// The keywords that are a fact by themselves.
const KEYWORDS: [&str; 26] = [
    "type",
    "const",
    "default",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minContains",
    "maxContains",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "contentMediaType",
    "contentEncoding",
    "nullable",
    "readOnly",
    "writeOnly",
    "x-camera-together",
];

/// Every fact about the requests of a vendor, ordered by place.
///
/// `main` names the OpenAPI documents; the others are schemas that they refer to.
pub fn facts(documents: &BTreeMap<String, Value>, main: &[String]) -> Vec<Fact> {
    let mut walk = Walk { documents, facts: Vec::new(), seen: BTreeSet::new(), open: Vec::new() };
    for file in main {
        let root = format!("{file}#");
        walk.servers(&root);
        walk.keys(&root);
        walk.paths(&root);
    }
    while let Some((at, negated)) = walk.open.pop() {
        walk.schema(&at, negated);
    }
    walk.facts.sort_by(|a, b| a.at.cmp(&b.at));
    walk.facts.dedup_by(|a, b| a.at == b.at);
    walk.facts
}

struct Walk<'a> {
    documents: &'a BTreeMap<String, Value>,
    facts: Vec<Fact>,
    seen: BTreeSet<(String, bool)>,
    /// The schemas still to look at, and whether what they say is forbidden. A list, not a recursion: schemas may be
    /// nested as deep as a document likes.
    open: Vec<(String, bool)>,
}

impl<'a> Walk<'a> {
    fn add(&mut self, at: String, kind: FactKind, value: impl Into<Value>) {
        self.facts.push(Fact { at, kind, value: value.into() });
    }

    fn value(&self, at: &str) -> Option<&'a Value> {
        let (file, pointer) = at.split_once('#')?;
        self.documents.get(file)?.pointer(pointer)
    }

    /// Where the `$ref` of what stands at a place leads.
    fn target(&self, at: &str, value: &Value) -> Option<String> {
        let reference = value.get("$ref")?.as_str()?;
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let file = match file.strip_prefix("./").unwrap_or(file) {
            "" => at.split_once('#')?.0,
            file => self.documents.get_key_value(file)?.0,
        };
        Some(format!("{file}#{pointer}"))
    }

    /// What a place leads to, references followed: `$ref`s of anything but schemas stand for what they name.
    fn follow(&self, mut at: String) -> Option<(String, &'a Value)> {
        for _ in 0..16 {
            let value = self.value(&at)?;
            match self.target(&at, value) {
                Some(target) => at = target,
                None => return Some((at, value)),
            }
        }
        None
    }

    fn servers(&mut self, pointer: &str) {
        let pointer = format!("{pointer}/servers");
        for (index, server) in list(self.value(&pointer)).enumerate() {
            if let Some(url) = server.get("url").and_then(Value::as_str) {
                self.add(format!("{pointer}/{index}/url"), FactKind::Server, url);
            }
        }
    }

    fn keys(&mut self, root: &str) {
        let schemes = format!("{root}/components/securitySchemes");
        for (name, _) in entries(self.value(&schemes)) {
            let pointer = format!("{schemes}/{}", escape(name));
            let Some((pointer, scheme)) = self.follow(pointer) else { continue };
            let parts: &[&str] = match scheme.get("type").and_then(Value::as_str) {
                Some("apiKey") => &["in", "name"],
                Some("http") => &["scheme"],
                _ => &["type"],
            };
            for part in parts {
                if let Some(value) = scheme.get(part) {
                    self.add(format!("{pointer}/{part}"), FactKind::Key, value.clone());
                }
            }
        }
    }

    fn paths(&mut self, root: &str) {
        for (path, _) in entries(self.value(&format!("{root}/paths"))).filter(|(path, _)| path.starts_with('/')) {
            let at = format!("{root}/paths/{}", escape(path));
            self.add(at.clone(), FactKind::Path, path.as_str());
            let Some((item_at, item)) = self.follow(at) else { continue };
            self.servers(&item_at);
            self.parameters(&item_at);
            for method in METHODS.iter().filter(|m| item.get(**m).is_some()) {
                let at = format!("{item_at}/{method}");
                self.add(at.clone(), FactKind::Operation, *method);
                for keyword in ["x-availability", "x-resolution"] {
                    if let Some(stated) = item.pointer(&format!("/{method}/{keyword}")) {
                        self.add(format!("{at}/{keyword}"), FactKind::Keyword, stated.clone());
                    }
                }
                for (case, price) in entries(item.pointer(&format!("/{method}/x-price"))) {
                    self.add(format!("{at}/x-price/{}", escape(case)), FactKind::Keyword, price.clone());
                }
                self.servers(&at);
                self.parameters(&at);
                if let Some((body, _)) = self.follow(format!("{at}/requestBody")) {
                    self.content(&body, FactKind::MediaType);
                }
            }
        }
    }

    fn parameters(&mut self, pointer: &str) {
        let count = list(self.value(&format!("{pointer}/parameters"))).count();
        for index in 0..count {
            let Some((at, parameter)) = self.follow(format!("{pointer}/parameters/{index}")) else { continue };
            let Some(name) = parameter.get("name") else { continue };
            let place = parameter.get("in").and_then(Value::as_str);
            if place != Some("path") {
                if let Some(place) = place {
                    self.add(format!("{at}/in"), FactKind::ParameterMark, place);
                }
                if parameter.get("required") == Some(&Value::Bool(true)) {
                    self.add(format!("{at}/required"), FactKind::ParameterMark, true);
                }
            }
            self.open.push((format!("{at}/schema"), false));
            self.content(&at, FactKind::ParameterMark);
            self.add(at, FactKind::Parameter, name.clone());
        }
    }

    fn content(&mut self, pointer: &str, kind: FactKind) {
        let content = format!("{pointer}/content");
        for (media_type, _) in entries(self.value(&content)) {
            let at = format!("{content}/{}", escape(media_type));
            self.open.push((format!("{at}/schema"), false));
            self.add(at, kind, media_type.as_str());
        }
    }

    fn schema(&mut self, pointer: &str, negated: bool) {
        let Some(value) = self.value(pointer) else { return };
        let Some(schema) = value.as_object() else { return };
        if !self.seen.insert((pointer.to_owned(), negated)) {
            return;
        }
        if let Some(target) = self.target(pointer, value) {
            self.open.push((target, negated));
        }
        for keyword in KEYWORDS {
            match schema.get(keyword) {
                None | Some(Value::Bool(false)) if keyword != "default" && keyword != "const" => {}
                Some(Value::String(t)) if keyword == "type" && t == "object" && schema.contains_key("properties") => {}
                Some(value) => self.add(format!("{pointer}/{keyword}"), FactKind::Keyword, value.clone()),
                None => {}
            }
        }
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            if schema.get(keyword) == Some(&Value::Bool(false)) {
                self.add(format!("{pointer}/{keyword}"), FactKind::Keyword, false);
            }
        }
        for keyword in ["enum", "x-camera"] {
            for (index, word) in list(schema.get(keyword)).enumerate() {
                self.add(format!("{pointer}/{keyword}/{index}"), FactKind::Word, word.clone());
            }
        }
        for (limit, value) in entries(schema.get("x-picture")) {
            self.add(format!("{pointer}/x-picture/{}", escape(limit)), FactKind::Keyword, value.clone());
        }
        // Inside `not`, properties and required marks only say which combination is meant; the values in it are facts.
        if !negated {
            for (index, name) in list(schema.get("required")).enumerate() {
                self.add(format!("{pointer}/required/{index}"), FactKind::Required, name.clone());
            }
            for (name, _) in entries(schema.get("properties")) {
                self.add(format!("{pointer}/properties/{}", escape(name)), FactKind::Property, name.as_str());
            }
        }
        for (below, _) in children(value) {
            // What is defined counts where something refers to it.
            if !below.starts_with("/$defs/") && !below.starts_with("/definitions/") {
                let negated = negated || below == "/not";
                self.open.push((format!("{pointer}{below}"), negated));
            }
        }
        if let Some(clause) = schema.get("not") {
            let speaks = entries(clause.get("properties")).next().is_some();
            if !speaks {
                self.add(format!("{pointer}/not"), FactKind::Forbidden, clause.clone());
            }
        }
    }
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
