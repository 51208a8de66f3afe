//! Fixups: what a vendor's document says wrongly, mended by JSON Patches that know what they mend.
//!
//! A fixup stands in `fixups/NN-what.json`. Its guards say what the document must look like for the fixup to make
//! sense. If one fails, the vendor has changed the place or mended it, and a person has to look: nothing is patched
//! around it. Guards of a fixup are checked before its own patch, after the fixups of lower numbers, and they state all
//! that the patch writes over.

mod stated;

use std::collections::BTreeMap;

use json_patch::PatchOperation;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{Problem, load, pointer};

pub(crate) use stated::SHORT;
use stated::Stated;

/// One file of `fixups/`.
#[derive(Debug, Clone)]
pub struct Fixup {
    /// The file's name, `fixups/` included.
    pub name: String,
    /// Why the vendor's document is wrong.
    pub why: String,
    /// The documents it mends; empty for the only one there is.
    pub files: Vec<String>,
    guards: Vec<Guard>,
    patch: Vec<PatchOperation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    file: Option<Files>,
    why: String,
    guards: Vec<RawGuard>,
    patch: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Files {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGuard {
    at: String,
    #[serde(default, deserialize_with = "some")]
    equals: Option<Value>,
    #[serde(default)]
    absent: Option<bool>,
}

/// `"equals": null` is a value to compare with, not the lack of one.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[derive(Debug, Clone)]
struct Guard {
    at: String,
    /// The value that must be there; `None` if nothing may be.
    equals: Option<Value>,
}

/// Reads a fixup.
///
/// # Errors
/// It is not JSON, has an unknown field, no guard, no operation, or an operation that RFC 6902 does not know.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Fixup, Problem> {
    parse_value(load::load(bytes, Some(load::Format::Json)).map_err(|p| p.file(name))?)
        .map_err(|p| p.file(name))
        .map(|(why, files, guards, patch)| Fixup { name: name.to_owned(), why, files, guards, patch })
}

type Parts = (String, Vec<String>, Vec<Guard>, Vec<PatchOperation>);

fn parse_value(value: Value) -> Result<Parts, Problem> {
    const FIX: &str =
        "write it { \"file\", \"why\", \"guards\": [{ \"at\", \"equals\" or \"absent\": true }], \"patch\" }";
    let raw: Raw = serde_json::from_value(value).map_err(|e| Problem::new(e.to_string()).fix(FIX))?;
    if raw.why.trim().is_empty() {
        return Err(Problem::new("it does not say why").at("/why").fix("say what the vendor's document has wrong"));
    }
    if raw.guards.is_empty() {
        return Err(Problem::new("it has no guard, so it would go on when the vendor mends the place")
            .at("/guards")
            .fix("guard the value it replaces with `equals`, or the key it adds with `absent`"));
    }
    let mut guards = Vec::with_capacity(raw.guards.len());
    for (index, guard) in raw.guards.into_iter().enumerate() {
        let here = format!("/guards/{index}");
        pointer::segments(&guard.at).map_err(|p| p.at(here.clone()).fix(FIX))?;
        match (guard.equals, guard.absent) {
            (Some(value), None) => guards.push(Guard { at: guard.at, equals: Some(value) }),
            (None, Some(true)) => guards.push(Guard { at: guard.at, equals: None }),
            _ => {
                return Err(Problem::new("a guard has either `equals` or `\"absent\": true`").at(here).fix(FIX));
            }
        }
    }
    if raw.patch.is_empty() {
        return Err(Problem::new("it patches nothing").at("/patch").fix("delete it, or give it an operation"));
    }
    let mut patch = Vec::with_capacity(raw.patch.len());
    for (index, operation) in raw.patch.into_iter().enumerate() {
        patch.push(parse_operation(operation).map_err(|what| {
            Problem::new(what)
                .at(format!("/patch/{index}"))
                .fix("write it as RFC 6902 does: { \"op\": \"replace\", \"path\": \"/a/b\", \"value\": … }")
        })?);
    }
    let files = match raw.file {
        None => Vec::new(),
        Some(Files::One(file)) => vec![file],
        Some(Files::Many(files)) if files.is_empty() => {
            return Err(Problem::new("it names no document").at("/file").fix("name one, or leave `file` out"));
        }
        Some(Files::Many(files)) => files,
    };
    Ok((raw.why, files, guards, patch))
}

fn parse_operation(value: Value) -> Result<PatchOperation, String> {
    let Value::Object(map) = &value else {
        return Err("an operation is an object".to_owned());
    };
    let fields: &[&str] = match map.get("op").and_then(Value::as_str) {
        Some("add" | "replace" | "test") => &["op", "path", "value"],
        Some("remove") => &["op", "path"],
        Some("move" | "copy") => &["op", "path", "from"],
        _ => return Err("`op` is one of add, remove, replace, move, copy, test".to_owned()),
    };
    for field in fields {
        if !map.contains_key(*field) {
            return Err(format!("`{field}` is missing"));
        }
    }
    if let Some((field, _)) = pointer::sorted(map).into_iter().find(|(key, _)| !fields.contains(&key.as_str())) {
        return Err(format!("`{field}` has no meaning here"));
    }
    for field in ["path", "from"] {
        if let Some(Value::String(text)) = map.get(field) {
            pointer::segments(text).map_err(|p| p.what().to_owned())?;
        }
    }
    serde_json::from_value(value).map_err(|e| e.to_string())
}

/// Applies fixups in the order of their names to a vendor's documents, by file name. `main` are the documents that a
/// fixup without `file` may mean, if there is exactly one.
///
/// # Errors
/// A fixup names no document that there is, a guard fails, or an operation does not fit. The problem names the fixup
/// and the pointer.
pub fn apply(fixups: &[Fixup], documents: &mut BTreeMap<String, Value>, main: &[&str]) -> Result<(), Problem> {
    let mut ordered: Vec<&Fixup> = fixups.iter().collect();
    ordered.sort_by(|a, b| a.name.cmp(&b.name));
    for fixup in ordered {
        let targets: Vec<&str> = match (fixup.files.as_slice(), main) {
            ([], [only]) => vec![*only],
            ([], _) => {
                return Err(Problem::new(format!(
                    "it does not say which document it mends, and there are {}: {}",
                    main.len(),
                    main.join(", ")
                ))
                .file(&fixup.name)
                .at("/file")
                .fix("add \"file\" with one of them, or a list"));
            }
            (files, _) => files.iter().map(String::as_str).collect(),
        };
        for target in targets {
            let Some(document) = documents.get_mut(target) else {
                let known: Vec<&str> = documents.keys().map(String::as_str).collect();
                return Err(Problem::new(format!(
                    "it mends `{}`, which is not there; there are {}",
                    pointer::shorten(target, 60),
                    known.join(", ")
                ))
                .file(&fixup.name)
                .at("/file")
                .fix("correct the name, or delete the fixup"));
            };
            fixup.mend(target, document)?;
        }
    }
    Ok(())
}

/// The last of the fixups that wrote what stands at a pointer of a document, or something above it.
pub fn author<'a>(fixups: &'a [Fixup], target: &str, at: &str) -> Option<&'a Fixup> {
    let wrote = |operation: &PatchOperation| match operation {
        PatchOperation::Add(_) | PatchOperation::Replace(_) | PatchOperation::Move(_) | PatchOperation::Copy(_) => {
            pointer::is_at_or_below(at, operation.path().as_str())
        }
        PatchOperation::Remove(_) | PatchOperation::Test(_) => false,
    };
    let of_target = |fixup: &&Fixup| fixup.files.is_empty() || fixup.files.iter().any(|file| file == target);
    fixups.iter().filter(of_target).filter(|fixup| fixup.patch.iter().any(wrote)).max_by(|a, b| a.name.cmp(&b.name))
}

impl Fixup {
    fn mend(&self, target: &str, document: &mut Value) -> Result<(), Problem> {
        for guard in &self.guards {
            let found = pointer::get(document, &guard.at);
            let (at, expected, found) = match (&guard.equals, found) {
                (None, None) => continue,
                (Some(expected), Some(found)) => match stated::difference(&guard.at, expected, found) {
                    Some(difference) => difference,
                    None => continue,
                },
                (expected, found) => (guard.at.clone(), expected.as_ref(), found),
            };
            let expected = expected.map_or("nothing".to_owned(), pointer::brief);
            let what = match found {
                Some(found) => format!("expected {expected}, found {}", pointer::brief(found)),
                None => format!("expected {expected}, found nothing ({})", pointer::whereabouts(document, &at)),
            };
            return Err(Problem::new(format!(
                "a guard fails in {target}: {what}: the vendor has changed this place, or mended what the fixup mends \
                 ({})",
                pointer::shorten(self.why.trim(), 160)
            ))
            .file(&self.name)
            .at(at)
            .fix(
                "delete the fixup if the document is right now, or else fit its guards and patch to the new document",
            ));
        }
        let mut stated = Stated::by(&self.guards);
        for (index, operation) in self.patch.iter().enumerate() {
            if let Some(at) = stated.unstated(document, operation) {
                return Err(Problem::new(format!(
                    "operation {index} writes over what no guard states, in {target}: the vendor has added it, or nobody \
                     would hear of its changes"
                ))
                .file(&self.name)
                .at(at)
                .fix("look whether the fixup still fits, then guard the value with `equals`"));
            }
            if let Some(at) = is_lost(document, operation) {
                return Err(Problem::new(format!(
                    "operation {index} adds to what is only a reference, in {target}, where OpenAPI 3.0 reads nothing else: \
                     the vendor has changed this place"
                ))
                .file(&self.name)
                .at(at)
                .fix("write it where the reference leads to, with guards, or delete it if the document is right now"));
            }
            json_patch::patch(document, std::slice::from_ref(operation)).map_err(|e| {
                let at = e.path.to_string();
                Problem::new(format!(
                    "operation {index} does not fit {target}: {} ({}): the vendor has changed this place, or the fixup is \
                     wrong",
                    e.kind,
                    pointer::whereabouts(document, &at)
                ))
                .file(&self.name)
                .at(at)
                .fix("fit its guards and patch to the document, or delete it if the document is right now")
            })?;
            stated.note(operation);
        }
        Ok(())
    }
}

/// Where an operation adds something beside a `$ref` of OpenAPI 3.0.
fn is_lost(document: &Value, operation: &PatchOperation) -> Option<String> {
    let is_old = document.get("openapi").and_then(Value::as_str).is_some_and(|version| version.starts_with("3.0"));
    let (holder, _) = operation.path().as_str().rsplit_once('/').filter(|_| is_old)?;
    let adds = matches!(operation, PatchOperation::Add(_) | PatchOperation::Move(_) | PatchOperation::Copy(_));
    let refers = pointer::get(document, holder)?.get("$ref").is_some_and(Value::is_string);
    (adds && refers).then(|| holder.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use serde_json::json;

    use super::*;

    fn refusal(fixup: &Value) -> String {
        let fixup = match parse("fixups/01-x.json", fixup.to_string().as_bytes()) {
            Ok(fixup) => fixup,
            Err(problem) => return problem.to_string(),
        };
        let mut documents = BTreeMap::from([
            ("a.openapi.json".to_owned(), json!({"openapi": "3.0.3", "x": {"type": "object"}, "r": {"$ref": "#/x"}})),
            ("b.openapi.json".to_owned(), json!({"x": {"type": "array"}})),
        ]);
        let before = documents.clone();
        let main = ["a.openapi.json", "b.openapi.json"];
        let problem = apply(&[fixup], &mut documents, &main).unwrap_err().to_string();
        assert_eq!(documents["b.openapi.json"], before["b.openapi.json"]);
        problem
    }

    #[test]
    fn mends_the_documents_it_names_in_the_order_of_the_fixups_names() {
        crate::testing::run("fixup", |input| {
            let entries = |key: &str| input[key].as_object().cloned().unwrap_or_default().into_iter();
            let fixups = entries("fixups")
                .map(|(name, f)| parse(&name, f.to_string().as_bytes()))
                .collect::<Result<Vec<_>, _>>()?;
            let mut documents: BTreeMap<String, Value> = entries("documents").collect();
            let main: Vec<String> = documents.keys().filter(|name| name.contains(".openapi.")).cloned().collect();
            let main: Vec<&str> = main.iter().map(String::as_str).collect();
            apply(&fixups, &mut documents, &main)?;
            Ok(crate::testing::Outcome::Json(documents.into_iter().collect()))
        });
    }

    #[test]
    fn names_fixup_pointer_and_both_values_when_a_guard_fails() {
        let patch = json!([{"op": "remove", "path": "/x"}]);
        for (fixup, parts) in [
            (
                json!({"file": "b.openapi.json", "why": "w", "guards": [{"at": "/x/type", "equals": "object"}], "patch": patch}),
                &[
                    "fixups/01-x.json#/x/type",
                    "b.openapi.json",
                    "expected \"object\", found \"array\"",
                    "delete the fixup",
                ][..],
            ),
            (
                json!({"file": ["a.openapi.json", "b.openapi.json"], "why": "w", "guards": [{"at": "/x/type", "equals": "object"}], "patch": [{"op": "add", "path": "/y", "value": 1}]}),
                &["in b.openapi.json", "found \"array\""],
            ),
            (
                json!({"file": "b.openapi.json", "why": "w", "guards": [{"at": "/x/y/z", "equals": null}], "patch": patch}),
                &["expected null, found nothing (what exists of it: `/x`)"],
            ),
            (
                json!({"file": "b.openapi.json", "why": "w", "guards": [{"at": "/x", "absent": true}], "patch": patch}),
                &["expected nothing, found {\"type\":\"array\"}"],
            ),
            (
                json!({"file": "b.openapi.json", "why": "w", "guards": [{"at": "/x/type", "equals": "array"}], "patch": [{"op": "remove", "path": "/q"}]}),
                &["operation 0 does not fit b.openapi.json", "nothing of it exists", "fit its guards and patch"],
            ),
            (
                json!({"file": "a.openapi.json", "why": "w", "guards": [{"at": "/r/format", "absent": true}], "patch": [{"op": "add", "path": "/r/format", "value": "uri"}]}),
                &["fixups/01-x.json#/r", "operation 0 adds to what is only a reference, in a.openapi.json"],
            ),
        ] {
            let text = refusal(&fixup);
            for part in parts {
                assert!(text.contains(part), "{part} is not in: {text}");
            }
        }
    }

    #[test]
    fn refuses_a_fixup_that_is_not_well_formed() {
        let guards = json!([{"at": "/x", "absent": true}]);
        let patch = json!([{"op": "remove", "path": "/x"}]);
        for (fixup, part) in [
            (json!({"why": "w", "guards": guards, "patch": patch}), "does not say which document"),
            (json!({"file": "c.json", "why": "w", "guards": guards, "patch": patch}), "`c.json`, which is not there"),
            (json!({"file": [], "why": "w", "guards": guards, "patch": patch}), "names no document"),
            (json!({"why": "w", "guards": guards, "patch": patch, "note": 1}), "unknown field `note`"),
            (json!({"why": " ", "guards": guards, "patch": patch}), "does not say why"),
            (json!({"why": "w", "guards": [], "patch": patch}), "no guard"),
            (json!({"why": "w", "guards": [{"at": "/x"}], "patch": patch}), "either `equals`"),
            (json!({"why": "w", "guards": [{"at": "/x", "absent": false}], "patch": patch}), "either `equals`"),
            (
                json!({"why": "w", "guards": [{"at": "/x", "absent": true, "equals": 1}], "patch": patch}),
                "either `equals`",
            ),
            (json!({"why": "w", "guards": [{"at": "x", "absent": true}], "patch": patch}), "not a JSON pointer"),
            (json!({"why": "w", "guards": guards, "patch": []}), "patches nothing"),
            (json!({"why": "w", "guards": guards, "patch": [{"op": "merge", "path": "/x"}]}), "`op` is one of"),
            (json!({"why": "w", "guards": guards, "patch": [{"op": "add", "path": "/x"}]}), "`value` is missing"),
            (
                json!({"why": "w", "guards": guards, "patch": [{"op": "remove", "path": "/x", "value": 1}]}),
                "`value` has no meaning",
            ),
            (json!({"why": "w", "guards": guards, "patch": [{"op": "remove", "path": "x"}]}), "not a JSON pointer"),
        ] {
            let text = refusal(&fixup);
            assert!(text.contains(part), "{part} is not in: {text}");
            assert!(text.starts_with("fixups/01-x.json"), "{text}");
        }
    }
}
