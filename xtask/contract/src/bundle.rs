//! References of schemas: every one is brought into the form `#/components/schemas/NAME`, and leads somewhere.
//!
//! A `$ref` to a neighboring file, or into the middle of a document, becomes a component: `x.schema.json` is `X`,
//! `x.schema.json#/$defs/Y` is `Y`, `#/components/schemas/Foo/properties/bar` is `FooBar`. If a name is taken, the
//! file's stem goes before it, then a number after it. A schema may also be referred to by what it calls itself (`$id`,
//! `$anchor`), a `$dynamicRef` is a `$ref` where only one schema bears its anchor, and a `$recursiveRef` one to the
//! schema around it. References of parameters, bodies and responses are for `flatten`.

mod cycles;
mod identifiers;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::{Problem, load, names, pointer, schema};

pub(crate) use identifiers::around;
use identifiers::{Identifiers, recursed};

/// A place: the file, and the pointer in it.
type Place = (String, String);

/// Makes a document whole. `files` are the vendor's documents by name, `name` among them.
///
/// # Errors
/// A reference leads nowhere, to the network, or only to other references. The problem names file and pointer.
pub fn bundle(name: &str, files: &BTreeMap<String, Value>) -> Result<Value, Problem> {
    let Some(original) = files.get(name) else {
        return Err(Problem::new(format!("there is no `{name}`")));
    };
    let bundler = Bundler { main: name, files, identifiers: OnceCell::new() };
    let names = bundler.names(original)?;
    let mut document = original.clone();
    rename_components(&mut document, &names, name);
    for (place, component) in &names {
        if is_own_component(place, name) {
            continue;
        }
        if let (Some(target), Some(components)) = (bundler.value(place), schema::components_mut(&mut document)) {
            components.insert(component.clone(), target.clone());
        }
    }
    bundler.redirect(&mut document, &names)?;
    cycles::refuse_empty(&document)?;
    Ok(document)
}

/// Whether a place is a component of the document itself.
fn is_own_component(place: &Place, main: &str) -> bool {
    place.0 == main && schema::component_of(&place.1).is_some()
}

/// Gives the document's own components the names that OpenAPI allows.
fn rename_components(document: &mut Value, names: &HashMap<Place, String>, main: &str) {
    let Some(Value::Object(schemas)) = pointer::get_mut(document, "/components/schemas") else { return };
    for (place, component) in names {
        if place.0 == main
            && let Some(old) = schema::component_of(&place.1)
            && old != *component
            && let Some(value) = schemas.remove(&old)
        {
            schemas.insert(component.clone(), value);
        }
    }
}

/// References that lead somewhere else on each way there; here they have one target.
const DYNAMIC: &[&str] = &["$dynamicRef", "$recursiveRef"];

/// What says how a schema is found, and nothing of a value.
const BOOKKEEPING: &[&str] =
    &["$defs", "definitions", "$id", "$schema", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary"];

struct Bundler<'a> {
    main: &'a str,
    files: &'a BTreeMap<String, Value>,
    /// Made when a reference is by such a name; most documents have none.
    identifiers: OnceCell<Identifiers>,
}

impl<'a> Bundler<'a> {
    fn value(&self, place: &Place) -> Option<&'a Value> {
        pointer::get(self.files.get(&place.0)?, &place.1)
    }

    /// The name of every component that there will be: the document's own, and those made of other targets.
    fn names(&self, original: &'a Value) -> Result<HashMap<Place, String>, Problem> {
        let mut targets: HashSet<Place> = HashSet::new();
        let mut names: HashMap<Place, String> = HashMap::new();
        let mut fresh = names::Namer::default();
        let mut odd: Vec<(Place, String)> = Vec::new();
        for (name, _) in schema::components(original).map(pointer::sorted).unwrap_or_default() {
            let place = (self.main.to_owned(), pointer::join("/components/schemas", name));
            if names::is_component(name) {
                fresh.take(name);
                names.insert(place, name.clone());
            } else {
                odd.push((place, name.clone()));
            }
        }
        for (place, name) in odd {
            let name = fresh.free(&[names::pascal(&name)]);
            names.insert(place, name);
        }
        let mut open: Vec<Place> = Vec::new();
        let mut budget = load::MAX_NODES;
        for root in schema::roots(original) {
            let place = (self.main.to_owned(), root.pointer);
            self.collect(&place, &mut targets, &mut open, &mut budget)?;
        }
        while let Some(place) = open.pop() {
            if !is_own_component(&place, self.main) {
                self.collect(&place, &mut targets, &mut open, &mut budget)?;
            }
        }
        // In the order of the places, because of names that two of them want.
        let mut targets: Vec<Place> = targets.into_iter().collect();
        targets.sort_unstable();
        for place in targets {
            let wanted = candidates(&place, self.main);
            names.entry(place).or_insert_with(|| fresh.free(&wanted));
        }
        Ok(names)
    }

    /// Notes what a schema refers to.
    fn collect(
        &self,
        place: &Place,
        targets: &mut HashSet<Place>,
        open: &mut Vec<Place>,
        budget: &mut usize,
    ) -> Result<(), Problem> {
        let Some(value) = self.value(place) else { return Ok(()) };
        let mut problem = None;
        let mut nodes = 0;
        schema::visit(&place.1, value, &mut |here, schema| {
            nodes += 1;
            if problem.is_some() {
                return;
            }
            match self.resolve_all(&place.0, here, schema) {
                Ok(found) => {
                    for (_, target) in found {
                        if !targets.contains(&target) {
                            targets.insert(target.clone());
                            open.push(target);
                        }
                    }
                }
                Err(e) => problem = Some(e),
            }
        });
        if let Some(problem) = problem {
            return Err(problem);
        }
        *budget = budget.checked_sub(nodes).ok_or_else(|| {
            Problem::new("its references, taken apart, make too large a document")
                .file(&place.0)
                .fix("keep only the operations that a client needs")
        })?;
        Ok(())
    }

    /// The references of one schema and where they lead: the pointer of each reference within it, and the target.
    fn resolve_all(&self, file: &str, here: &str, schema: &Value) -> Result<Vec<(String, Place)>, Problem> {
        let Value::Object(map) = schema else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        if let Some(Value::String(reference)) = map.get("$ref") {
            let at = format!("{here}/$ref");
            out.push(("/$ref".to_owned(), self.resolve(file, &at, reference)?));
        }
        for key in DYNAMIC {
            let Some(Value::String(reference)) = map.get(*key) else { continue };
            let at = format!("{here}/{key}");
            if map.contains_key("$ref") {
                return Err(Problem::new(format!("a `$ref` and a `{key}` stand beside each other"))
                    .file(file)
                    .at(at)
                    .fix("keep one of them, with a fixup if the document is published"));
            }
            let target = if *key == "$dynamicRef" {
                self.resolve_dynamic(file, &at, reference)?
            } else {
                self.resolve_recursive(file, &at, reference)?
            };
            out.push((format!("/{key}"), target));
        }
        for (tag, target) in schema::mapping(map).map(pointer::sorted).unwrap_or_default() {
            let Value::String(target) = target else { continue };
            let relative = pointer::join("/discriminator/mapping", tag);
            let at = format!("{here}{relative}");
            let by_name = (self.main.to_owned(), pointer::join("/components/schemas", target));
            let place = if file == self.main && names::is_component(target) && self.value(&by_name).is_some() {
                by_name
            } else if target.contains(['#', '/']) || self.files.contains_key(target) {
                self.resolve(file, &at, target)?
            } else {
                return Err(Problem::new(format!("there is no schema `{}`", pointer::shorten(target, 60)))
                    .file(file)
                    .at(at)
                    .fix("correct the mapping or add the schema, with a fixup if the document is published"));
            };
            out.push((relative, place));
        }
        Ok(out)
    }

    fn identifiers(&self) -> &Identifiers {
        self.identifiers.get_or_init(|| Identifiers::of(self.files))
    }

    /// A `$dynamicRef` leads to the outermost schema on the way there that bears its anchor. Where one schema bears it,
    /// that is the one, whatever the way.
    fn resolve_dynamic(&self, file: &str, at: &str, reference: &str) -> Result<Place, Problem> {
        if let Some(name) = reference.strip_prefix('#').filter(|name| !name.is_empty() && !name.starts_with('/')) {
            let places = self.identifiers().dynamic(file, name);
            if places.len() > 1 {
                return Err(Problem::new(format!(
                    "`{}` leads to one of {} schemas, and which one is only known of each value",
                    pointer::shorten(reference, 60),
                    places.len()
                ))
                .file(file)
                .at(at)
                .fix("refer to the schema by `$ref`, with a fixup if the document is published"));
            }
        }
        self.resolve(file, at, reference)
    }

    fn resolve_recursive(&self, file: &str, at: &str, reference: &str) -> Result<Place, Problem> {
        let document = self.files.get(file).filter(|_| reference == "#");
        let place = document.and_then(|document| recursed(document, at)).ok_or_else(|| {
            Problem::new("no schema around the `$recursiveRef` is marked with `$recursiveAnchor`")
                .file(file)
                .at(at)
                .fix("refer to the schema by `$ref`, with a fixup if the document is published")
        })?;
        Ok((file.to_owned(), place))
    }

    /// The place of an anchor in a file, at or below `base`.
    fn resolve_anchor(&self, file: &str, base: &str, name: &str) -> Result<Place, String> {
        match self.identifiers().anchored(file, base, name)[..] {
            [place] => Ok((file.to_owned(), place.to_owned())),
            [] => Err(format!("refers to the anchor `{}`, which no schema bears", pointer::shorten(name, 60))),
            ref several => Err(format!(
                "refers to the anchor `{}`, which {} schemas bear",
                pointer::shorten(name, 60),
                several.len()
            )),
        }
    }

    fn resolve(&self, file: &str, at: &str, reference: &str) -> Result<Place, Problem> {
        const ANCHOR: &str = "correct the anchor or refer by JSON pointer, with a fixup if the document is published";
        let problem = |what: String| Problem::new(what).file(file).at(at);
        let shown = pointer::shorten(reference, 100);
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let by_id =
            if path.is_empty() || self.files.contains_key(path) { None } else { self.identifiers().by_id(path) };
        if let Some((file, base)) = by_id {
            let fragment = pointer::percent_decoded(fragment).unwrap_or_default();
            if !fragment.is_empty() && !fragment.starts_with('/') {
                return self
                    .resolve_anchor(file, base, &fragment)
                    .map_err(|what| problem(format!("`{shown}` {what}")).fix(ANCHOR));
            }
            let place = (file.clone(), normalized(&format!("{base}{fragment}")));
            if matches!(self.value(&place), Some(Value::Object(_) | Value::Bool(_))) {
                return Ok(place);
            }
        }
        if path.starts_with("//") || path.contains(':') {
            return Err(problem(format!("`{shown}` refers to the network"))
                .fix("save that schema beside the document as `NAME.schema.json`, and refer to it by this name")
                .unmendable());
        }
        let path = pointer::percent_decoded(path.strip_prefix("./").unwrap_or(path));
        let fragment = pointer::percent_decoded(fragment);
        let (Some(path), Some(fragment)) = (path, fragment) else {
            return Err(problem(format!("`{shown}` is no valid reference")).fix("correct its percent-encoding"));
        };
        let target = if path.is_empty() { file.to_owned() } else { path.into_owned() };
        let Some(document) = self.files.get(&target) else {
            return Err(problem(format!("`{shown}` refers to a file that is not there"))
                .fix("put the file beside the document as `NAME.schema.json`, or correct the reference")
                .unmendable());
        };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self
                .resolve_anchor(&target, "", &fragment)
                .map_err(|what| problem(format!("`{shown}` {what}")).fix(ANCHOR));
        }
        match pointer::get(document, &fragment) {
            Some(Value::Object(_) | Value::Bool(_)) => Ok((target, normalized(&fragment))),
            Some(_) => Err(problem(format!("`{shown}` refers to something that is no schema"))
                .fix("correct the reference, with a fixup if the document is published")),
            None => match around(document, at, &fragment).filter(|_| target == file) {
                Some(place) => Ok((target, normalized(&place))),
                None => {
                    Err(problem(format!("`{shown}` refers to nothing ({})", pointer::whereabouts(document, &fragment)))
                        .fix("correct the reference or add the schema, with a fixup if the document is published"))
                }
            },
        }
    }

    /// Points every reference at its component. What was taken from other files still has the references of there.
    fn redirect(&self, document: &mut Value, names: &HashMap<Place, String>) -> Result<(), Problem> {
        let mut origins: HashMap<&str, (&str, &str)> = HashMap::new();
        for (place, component) in names {
            origins.insert(component, (&place.0, &place.1));
        }
        for root in schema::roots(document) {
            let component = schema::component_of(&root.pointer);
            let (file, base) = match component.as_deref().and_then(|name| origins.get(name)) {
                Some((file, base)) => (*file, *base),
                None => (self.main, root.pointer.as_str()),
            };
            let Some(value) = pointer::get_mut(document, &root.pointer) else { continue };
            schema::rewrite_schema(base, value, &mut |here, schema| {
                for (relative, target) in self.resolve_all(file, here, schema)? {
                    let Some(name) = names.get(&target) else { continue };
                    if let Some(slot) = pointer::get_mut(schema, &relative) {
                        *slot = Value::String(schema::ref_to(name));
                    }
                }
                if let Value::Object(map) = schema {
                    for key in DYNAMIC {
                        if let Some(target) = map.remove(*key) {
                            map.insert("$ref".to_owned(), target);
                        }
                    }
                    for keyword in BOOKKEEPING {
                        map.remove(*keyword);
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// Names for a target, the best first.
fn candidates(place: &Place, main: &str) -> [String; 2] {
    const STRUCTURE: &[&str] = &[
        "components",
        "schemas",
        "paths",
        "properties",
        "$defs",
        "definitions",
        "schema",
        "content",
        "responses",
        "allOf",
        "anyOf",
        "oneOf",
        "patternProperties",
    ];
    let stem = names::pascal(stem(&place.0));
    let segments = pointer::segments(&place.1).unwrap_or_default();
    let words: Vec<&str> = segments.iter().map(String::as_str).filter(|word| !STRUCTURE.contains(word)).collect();
    let exact = match words.as_slice() {
        [word] if names::is_component(word) => (*word).to_owned(),
        words => words.iter().map(|word| names::pascal(word)).collect(),
    };
    if place.0 == main {
        [exact, "Schema".to_owned()]
    } else if exact.is_empty() {
        [stem.clone(), format!("{stem}Schema")]
    } else {
        let prefixed = format!("{stem}{}", names::pascal(&exact));
        [exact, prefixed]
    }
}

/// `standard.openapi.json` → `standard`.
pub(crate) fn stem(file: &str) -> &str {
    file.split('.').next().unwrap_or(file)
}

/// The same pointer in the one spelling that escapes only what must be.
fn normalized(fragment: &str) -> String {
    match pointer::segments(fragment) {
        Ok(segments) => segments.iter().fold(String::new(), |mut out, segment| {
            pointer::push(&mut out, segment);
            out
        }),
        Err(_) => fragment.to_owned(),
    }
}

#[cfg(test)]
mod tests;
