//! A document that is spread over files becomes one: what it refers to in the files beside it is put into its components.
//!
//! A path, or an operation, comes into its own place. Everything else becomes a component of its kind, named after what
//! the reference ends with, or after its file. Only files at or below the document's folder are read.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use contract::names::Namer;
use contract::pointer::{self, shorten};
use contract::{Problem, load, schema};
use serde_json::{Map, Value, json};

/// The most parts that are taken from other files.
const MOST: usize = 20_000;

/// The most paths and operations that stand in one another's places.
const DEEPEST: usize = 16;

/// What holds values and no references, whatever it looks like.
const VALUES: &[&str] = &["const", "default", "enum", "example", "examples"];

/// What holds parts under names of their own: there `x-` begins a name, elsewhere an extension, such as samples of code
/// that are in files nobody sends along.
const NAMED: &[&str] = &[
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "schemas",
    "parameters",
    "responses",
    "headers",
    "links",
    "securitySchemes",
    "requestBodies",
    "callbacks",
    "pathItems",
    "webhooks",
    "mapping",
];

/// A place: the file, by its path from the document's folder, and the pointer in it.
type Place = (PathBuf, String);

/// The document with what it refers to in other files, and how many those are; nothing, if it refers to none.
///
/// # Errors
/// A file cannot be read, is not below the document's folder, or has nothing at the pointer.
pub fn gather(spec: &Path, document: &Value) -> Result<Option<(Value, usize)>, Problem> {
    let main = PathBuf::from(spec.file_name().unwrap_or_default());
    let components = document.get("components").cloned().unwrap_or_else(|| json!({}));
    let is_well_formed = components.as_object().is_some_and(|kinds| kinds.values().all(Value::is_object));
    if !is_well_formed {
        return Ok(None);
    }
    let mut gather = Gather {
        folder: spec.parent().unwrap_or(Path::new("")).to_owned(),
        files: BTreeMap::from([(main.clone(), document.clone())]),
        main: main.clone(),
        places: BTreeMap::new(),
        namers: BTreeMap::new(),
        made: Vec::new(),
        left: MOST,
        depth: 0,
    };
    gather.own_components(&components);
    let mut whole = document.clone();
    gather.visit(&main, "", ("", ""), &mut whole)?;
    while let Some((kind, name, mut value, (file, at))) = gather.made.pop() {
        gather.visit(&file, &at, (&kind, &name), &mut value)?;
        whole["components"][kind.as_str()][name.as_str()] = value;
    }
    let count = gather.files.len() - 1;
    Ok((count > 0).then_some((whole, count)))
}

struct Gather {
    folder: PathBuf,
    main: PathBuf,
    files: BTreeMap<PathBuf, Value>,
    /// Where what stands in another file is in the one document.
    places: BTreeMap<Place, String>,
    /// Who gives components their names, by kind.
    namers: BTreeMap<String, Namer>,
    /// The components that are still to be put in.
    made: Vec<(String, String, Value, Place)>,
    left: usize,
    /// How many are coming into their places.
    depth: usize,
}

impl Gather {
    /// Components keep their names. One that is nothing but a reference to another file is where that is.
    fn own_components(&mut self, components: &Value) {
        for (kind, own) in pointer::entries(Some(components)) {
            for (name, component) in pointer::entries(Some(own)) {
                self.namers.entry(kind.clone()).or_default().take(name);
                let lone = component.as_object().filter(|map| map.len() == 1);
                let Some(reference) = lone.and_then(|map| map.get("$ref")?.as_str()) else { continue };
                if let Some(place) = place(&self.main, reference).filter(|(file, _)| *file != self.main) {
                    let here = pointer::join(&pointer::join("/components", kind), name);
                    self.places.entry(place).or_insert(here);
                }
            }
        }
    }

    /// Brings every reference of a value into the one document. The value stands under `key` of `holder`.
    fn visit(&mut self, file: &Path, at: &str, (holder, key): (&str, &str), value: &mut Value) -> Result<(), Problem> {
        let is_property = holder == "properties";
        let is_extension = key.starts_with("x-") && !NAMED.contains(&holder);
        if (VALUES.contains(&key) && !is_property) || is_extension {
            return Ok(());
        }
        if let Some(reference) = value.get("$ref").and_then(Value::as_str).map(str::to_owned)
            && let Some(place) = place(file, &reference)
            && (place.0 != self.main || file != self.main)
        {
            return self.refer(file, at, (holder, key), value, &reference, place);
        }
        match value {
            Value::Object(map) => {
                for (name, value) in map.iter_mut() {
                    let at = pointer::join(at, name);
                    let is_target = |word: &str| is_file(word) || file != self.main && word.starts_with('#');
                    if key == "mapping" && !is_property && value.as_str().is_some_and(is_target) {
                        let mut lone = json!({ "$ref": value.take() });
                        self.visit(file, &at, ("schemas", name), &mut lone)?;
                        *value = lone["$ref"].take();
                    } else {
                        self.visit(file, &at, (if is_property { "" } else { key }, name), value)?;
                    }
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter_mut().enumerate() {
                    self.visit(file, &pointer::join(at, &index.to_string()), (key, ""), value)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn refer(
        &mut self,
        file: &Path,
        at: &str,
        (holder, key): (&str, &str),
        value: &mut Value,
        reference: &str,
        place: Place,
    ) -> Result<(), Problem> {
        if place.0 == self.main {
            value["$ref"] = json!(format!("#{}", place.1));
            return Ok(());
        }
        let is_in_place = file == self.main && self.places.get(&place).is_some_and(|there| there == at);
        let kind = if is_in_place { None } else { kind(holder, key) };
        if let (Some(_), Some(there)) = (kind, self.places.get(&place)) {
            value["$ref"] = json!(format!("#{there}"));
            return Ok(());
        }
        let target = self.target(&place).map_err(|what| {
            Problem::new(format!("`{}` {what}", shorten(reference, 100)))
                .file(self.folder.join(file).display().to_string())
                .at(pointer::join(at, "$ref"))
                .fix(
                    "correct the reference, or put the files together, as `redocly bundle` does, and add that document",
                )
                .unmendable()
        })?;
        let Some(kind) = kind else {
            // It comes into this place, together with what stands beside the reference.
            let beside = value.as_object_mut().map(std::mem::take).unwrap_or_default();
            *value = target;
            let (file, there) = place;
            self.depth += 1;
            self.visit(&file, &there, (holder, key), value)?;
            self.depth -= 1;
            let others: Map<String, Value> = beside.into_iter().filter(|(name, _)| name != "$ref").collect();
            value.as_object_mut().into_iter().for_each(|map| map.extend(others.clone()));
            return Ok(());
        };
        let name = self.name(kind, &place);
        let there = pointer::join(&pointer::join("/components", kind), &name);
        value["$ref"] = json!(format!("#{there}"));
        self.places.insert(place.clone(), there);
        self.made.push((kind.to_owned(), name, target, place));
        Ok(())
    }

    /// What stands at a place; or else what is wrong with it.
    fn target(&mut self, (path, at): &Place) -> Result<Value, String> {
        self.left =
            self.left.checked_sub(1).ok_or(format!("is one of more than {MOST} references into other files"))?;
        if self.depth > DEEPEST {
            return Err("is part of a chain of references that does not end".to_owned());
        }
        if !matches!(path.components().next(), Some(Component::Normal(_))) {
            return Err("leads out of the document's folder".to_owned());
        }
        if !self.files.contains_key(path) {
            let there = self.folder.join(path);
            let size =
                std::fs::metadata(&there).map_err(|e| format!("refers to a file that cannot be read: {e}"))?.len();
            load::check_size(size)
                .map_err(|problem| format!("refers to a file that is too large: {}", problem.what()))?;
            let bytes = std::fs::read(&there).map_err(|e| format!("refers to a file that cannot be read: {e}"))?;
            let format = load::format_of(&path.to_string_lossy());
            let read = load::load(&bytes, format)
                .map_err(|problem| format!("refers to a malformed file: {}", problem.what()))?;
            self.files.insert(path.clone(), read);
        }
        let found = self.files.get(path).and_then(|document| pointer::get(document, at));
        found.filter(|found| found.is_object()).cloned().ok_or_else(|| "refers to nothing".to_owned())
    }

    /// A name that no component of the kind has.
    fn name(&mut self, kind: &str, (path, at): &Place) -> String {
        let stem = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let stem = stem.split('.').next().unwrap_or_default().to_owned();
        let last = pointer::segments(at).ok().and_then(|mut segments| segments.pop()).unwrap_or(stem);
        let plain: String =
            last.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
        self.namers.entry(kind.to_owned()).or_default().free(&[plain])
    }
}

/// The place that a reference in a file names, if it is one in a file.
fn place(file: &Path, reference: &str) -> Option<Place> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if path.contains(':') || path.starts_with("//") {
        return None;
    }
    let path = if path.is_empty() { file.to_owned() } else { file.parent()?.join(path.replace("%20", " ")) };
    Some((plain(&path), fragment.trim_end_matches('/').to_owned()))
}

/// The components that what stands there belongs to; nothing, if it has to stand there itself.
fn kind(holder: &str, key: &str) -> Option<&'static str> {
    Some(match (holder, key) {
        ("properties", _) => "schemas",
        ("paths" | "pathItems" | "webhooks" | "callbacks", _) => return None,
        ("parameters", _) => "parameters",
        ("responses", _) => "responses",
        ("headers", _) => "headers",
        ("links", _) => "links",
        ("securitySchemes", _) => "securitySchemes",
        ("requestBodies", _) | (_, "requestBody") => "requestBodies",
        (_, key) if schema::METHODS.contains(&key) => return None,
        _ => "schemas",
    })
}

/// Whether a word of a mapping is a file's and not a component's name.
fn is_file(word: &str) -> bool {
    let path = word.split('#').next().unwrap_or_default();
    !path.is_empty() && (path.contains('/') || load::format_of(path).is_some())
}

/// A path without `.` and without `..` but at its start.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
