//! Every elementary mutation of every node of a contract: drop, add, rename, retype, tighten, loosen.
//!
//! A mutant carries the name of its kind; what a report must say of the kind stands in [`table`](super::table).

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::schema_mutants;
use crate::drift::Direction;
use crate::schema;

/// A contract with one thing changed.
pub(super) struct Mutant {
    /// What was done, as the table calls it.
    pub(super) kind: String,
    /// Where.
    pub(super) at: String,
    /// The ways in which the place travels; `None` for a place without direction.
    pub(super) ways: BTreeSet<Option<Direction>>,
    pub(super) document: Value,
}

/// Makes the mutants of one contract, one at a time: all of them together would take much memory.
pub(super) struct Maker<'a> {
    pub(super) base: &'a Value,
    /// Of so many workers, the number of this one: it makes every so-manieth mutant.
    share: (usize, usize),
    turn: usize,
    see: &'a mut dyn FnMut(&Mutant),
}

impl Maker<'_> {
    /// One mutant: the value at the pointer, changed. A change that changes nothing makes none.
    pub(super) fn make(
        &mut self,
        kind: &str,
        at: &str,
        ways: &BTreeSet<Option<Direction>>,
        change: impl FnOnce(&mut Value) -> Option<()>,
    ) {
        self.turn += 1;
        if self.turn % self.share.1 != self.share.0 {
            return;
        }
        let mut document = self.base.clone();
        let done = document.pointer_mut(at).and_then(change).is_some();
        if done && document != *self.base {
            (self.see)(&Mutant { kind: kind.to_owned(), at: at.to_owned(), ways: ways.clone(), document });
        }
    }
}

pub(super) fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    value.as_object_mut()
}

/// Moves an entry of an object to another name.
pub(super) fn rename(map: &mut Map<String, Value>, old: &str, new: &str) -> Option<()> {
    let value = map.remove(old)?;
    map.insert(new.to_owned(), value);
    Some(())
}

/// Shows a worker's share of the mutants of a contract, one after another.
pub(super) fn mutants(base: &Value, share: (usize, usize), see: &mut dyn FnMut(&Mutant)) {
    let mut maker = Maker { base, share, turn: 0, see };
    document(&mut maker);
    operations(&mut maker);
    let mut places = Vec::new();
    schema::walk(base, &mut |pointer, node, direction| {
        let mut ways = BTreeSet::new();
        if direction.is_request() {
            ways.insert(Some(Direction::Request));
        }
        if direction.is_answer() {
            ways.insert(Some(Direction::Response));
        }
        places.push((pointer.to_owned(), node.clone(), ways));
    });
    for (pointer, node, ways) in &places {
        schema_mutants::of(&mut maker, pointer, node, ways);
    }
    components(&mut maker);
}

fn nowhere() -> BTreeSet<Option<Direction>> {
    BTreeSet::from([None])
}

fn requests() -> BTreeSet<Option<Direction>> {
    BTreeSet::from([Some(Direction::Request)])
}

fn answers() -> BTreeSet<Option<Direction>> {
    BTreeSet::from([Some(Direction::Response)])
}

fn document(maker: &mut Maker<'_>) {
    let no = nowhere();
    maker.make("rename server", "/servers/0/url", &no, |url| set(url, json!("https://elsewhere.example")));
    maker.make("add server", "/servers", &no, |all| push(all, json!({"url": "https://second.example"})));
    maker.make("drop server", "/servers", &no, |all| all.as_array_mut()?.pop().map(drop));
    if asks_for_a_key(maker) {
        maker.make("drop security", "", &no, |root| object(root)?.remove("security").map(drop));
        maker.make("add key", "/security", &no, |all| push(all, json!({"second": []})));
    }
    maker.make("add scope", "/security/0/key", &no, |all| push(all, json!("write")));
    let scheme = "/components/securitySchemes/key";
    maker.make("drop scheme", "/components/securitySchemes", &no, |all| object(all)?.remove("key").map(drop));
    maker.make("add scheme", "/components/securitySchemes", &no, |all| {
        object(all)?.insert("second".to_owned(), json!({"type": "http", "scheme": "bearer"}));
        Some(())
    });
    maker.make("retype scheme", &format!("{scheme}/type"), &no, |kind| set(kind, json!("openIdConnect")));
    maker.make("drop x-auth", scheme, &no, |all| object(all)?.remove("x-auth").map(drop));
    for (kind, field, other) in
        [("move key", "in", "query"), ("rename key", "name", "X-Other"), ("change prefix", "prefix", "Other ")]
    {
        maker.make(kind, &format!("{scheme}/x-auth"), &no, |auth| {
            let other = if auth.get(field).is_some_and(|now| now == other) { "header" } else { other };
            object(auth)?.insert(field.to_owned(), json!(other));
            Some(())
        });
    }
    maker.make("describe document", "/info", &no, |info| {
        object(info)?.insert("description".to_owned(), json!("Other words."));
        Some(())
    });
    maker.make("add unknown key", "", &no, |root| {
        object(root)?.insert("novelty".to_owned(), json!(true));
        Some(())
    });
}

#[expect(clippy::unnecessary_wraps, reason = "a change may fail, and says so by an option; this one never does")]
pub(super) fn set(place: &mut Value, value: Value) -> Option<()> {
    *place = value;
    Some(())
}

pub(super) fn push(place: &mut Value, value: Value) -> Option<()> {
    place.as_array_mut()?.push(value);
    Some(())
}

fn operations(maker: &mut Maker<'_>) {
    let no = nowhere();
    let paths: Vec<(String, Vec<String>)> = maker
        .base
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(path, item)| {
            (path.clone(), item.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect())
        })
        .collect();
    for (path, methods) in paths {
        let item = crate::pointer::join("/paths", &path);
        maker.make("rename path", "/paths", &no, |all| rename(object(all)?, &path, &format!("/moved{path}")));
        maker.make("add operation", &item, &no, |item| {
            object(item)?.insert(
                "head".to_owned(),
                json!({"operationId": "extra", "responses": {"200": {"description": "Here."}}}),
            );
            Some(())
        });
        for method in methods.iter().filter(|method| schema::METHODS.contains(&method.as_str())) {
            maker.make("drop operation", &item, &no, |item| object(item)?.remove(method).map(drop));
            maker.make("change method", &item, &no, |item| rename(object(item)?, method, "trace"));
            operation(maker, &format!("{item}/{method}"));
        }
    }
}

/// A contract whose key is in the body requires nothing by OpenAPI's own words.
fn asks_for_a_key(maker: &Maker<'_>) -> bool {
    maker.base["security"].as_array().is_some_and(|ways| !ways.is_empty())
}

fn operation(maker: &mut Maker<'_>, at: &str) {
    let (no, request, answer) = (nowhere(), requests(), answers());
    let Some(base) = maker.base.pointer(at).cloned() else { return };
    maker.make("rename operation", at, &no, |op| insert(op, "operationId", json!("renamed_operation")));
    maker.make("drop operationId", at, &no, |op| object(op)?.remove("operationId").map(drop));
    if base.get("x-role").is_some() {
        maker.make("drop role", at, &no, |op| object(op)?.remove("x-role").map(drop));
        maker.make("change role", at, &no, |op| insert(op, "x-role", json!("watch")));
    } else {
        maker.make("add role", at, &no, |op| insert(op, "x-role", json!("watch")));
    }
    if base.get("deprecated").is_some() {
        maker.make("undeprecate operation", at, &no, |op| object(op)?.remove("deprecated").map(drop));
    } else {
        maker.make("deprecate operation", at, &no, |op| insert(op, "deprecated", json!(true)));
    }
    if base.get("x-price").is_some() {
        maker.make("drop price", at, &no, |op| object(op)?.remove("x-price").map(drop));
        maker.make("add price", at, &no, |op| insert(op.get_mut("x-price")?, "novelty", json!(9)));
    }
    maker.make("describe operation", at, &no, |op| insert(op, "description", json!("Other words.")));
    maker.make("add unknown key", at, &no, |op| insert(op, "novelty", json!(true)));
    if base.get("security").is_none() && asks_for_a_key(maker) {
        maker.make("open operation", at, &no, |op| insert(op, "security", json!([])));
    }
    for (kind, required) in [("add optional parameter", false), ("add required parameter", true)] {
        maker.make(kind, at, &request, |op| {
            let all = object(op)?.entry("parameters").or_insert_with(|| json!([]));
            push(all, json!({"in": "query", "name": "novelty", "required": required, "schema": {"type": "string"}}))
        });
    }
    for (index, parameter) in base.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate() {
        self::parameter(maker, &format!("{at}/parameters"), index, parameter);
    }
    match base.get("requestBody") {
        Some(body) => self::body(maker, at, body),
        None => {
            for (kind, required) in [("add optional body", false), ("add required body", true)] {
                let body =
                    json!({"required": required, "content": {"application/json": {"schema": {"type": "object"}}}});
                maker.make(kind, at, &request, |op| insert(op, "requestBody", body));
            }
        }
    }
    maker.make("add success", &format!("{at}/responses"), &answer, |all| {
        insert(all, "299", json!({"description": "More."}))
    });
    maker.make("add error", &format!("{at}/responses"), &answer, |all| {
        insert(all, "418", json!({"description": "Less."}))
    });
    for (status, response) in base.get("responses").and_then(Value::as_object).into_iter().flatten() {
        self::response(maker, &format!("{at}/responses"), status, response);
    }
}

pub(super) fn insert(value: &mut Value, key: &str, new: Value) -> Option<()> {
    object(value)?.insert(key.to_owned(), new);
    Some(())
}

fn parameter(maker: &mut Maker<'_>, list: &str, index: usize, base: &Value) {
    let (request, at) = (requests(), format!("{list}/{index}"));
    let place = base.get("in").and_then(Value::as_str).unwrap_or_default();
    let required = base.get("required") == Some(&Value::Bool(true));
    let word = if required { "required" } else { "optional" };
    maker.make(&format!("drop {word} parameter"), list, &request, |all| {
        all.as_array_mut()?.remove(index);
        Some(())
    });
    maker.make("describe parameter", &at, &nowhere(), |one| insert(one, "description", json!("Other words.")));
    if place != "path" {
        maker.make(&format!("rename {word} parameter"), &at, &request, |one| insert(one, "name", json!("novelty")));
        maker.make("move parameter", &at, &request, |one| {
            insert(one, "in", json!(if place == "query" { "header" } else { "query" }))
        });
        if required {
            maker.make("unrequire parameter", &at, &request, |one| object(one)?.remove("required").map(drop));
        } else {
            maker.make("require parameter", &at, &request, |one| insert(one, "required", json!(true)));
        }
    }
    maker.make("deprecate parameter", &at, &request, |one| insert(one, "deprecated", json!(true)));
    maker.make("drop its schema", &at, &request, |one| object(one)?.remove("schema").map(drop));
    if base.get("style").is_none() {
        let other = if place == "query" { "pipeDelimited" } else { "matrix" };
        maker.make("restyle parameter", &at, &request, |one| insert(one, "style", json!(other)));
    }
}

fn body(maker: &mut Maker<'_>, operation: &str, base: &Value) {
    let (request, at) = (requests(), format!("{operation}/requestBody"));
    if base.get("required") == Some(&Value::Bool(true)) {
        maker.make("drop required body", operation, &request, |op| object(op)?.remove("requestBody").map(drop));
        maker.make("unrequire body", &at, &request, |body| object(body)?.remove("required").map(drop));
    } else {
        maker.make("drop optional body", operation, &request, |op| object(op)?.remove("requestBody").map(drop));
        maker.make("require body", &at, &request, |body| insert(body, "required", json!(true)));
    }
    content(maker, &at, base, &request);
}

fn response(maker: &mut Maker<'_>, all: &str, status: &str, base: &Value) {
    let (answer, at) = (answers(), crate::pointer::join(all, status));
    let kind = if status.starts_with('2') { "success" } else { "error" };
    maker.make(&format!("drop {kind}"), all, &answer, |all| object(all)?.remove(status).map(drop));
    let other = if kind == "success" { "299" } else { "418" };
    maker.make(&format!("rename {kind}"), all, &answer, |all| rename(object(all)?, status, other));
    maker.make("describe answer", &at, &nowhere(), |one| insert(one, "description", json!("Other words.")));
    content(maker, &at, base, &answer);
    maker.make("add optional header", &at, &answer, |one| {
        let all = object(one)?.entry("headers").or_insert_with(|| json!({}));
        insert(all, "x-novelty", json!({"schema": {"type": "string"}}))
    });
    for (name, header) in base.get("headers").and_then(Value::as_object).into_iter().flatten() {
        let (list, at) = (format!("{at}/headers"), crate::pointer::join(&format!("{at}/headers"), name));
        let required = header.get("required") == Some(&Value::Bool(true));
        let word = if required { "required" } else { "optional" };
        maker.make(&format!("drop {word} header"), &list, &answer, |all| object(all)?.remove(name).map(drop));
        if required {
            maker.make("unrequire header", &at, &answer, |one| object(one)?.remove("required").map(drop));
        } else {
            maker.make("require header", &at, &answer, |one| insert(one, "required", json!(true)));
        }
        maker.make("drop its schema", &at, &answer, |one| object(one)?.remove("schema").map(drop));
    }
}

fn content(maker: &mut Maker<'_>, holder: &str, base: &Value, ways: &BTreeSet<Option<Direction>>) {
    let list = format!("{holder}/content");
    for (media, value) in base.get("content").and_then(Value::as_object).into_iter().flatten() {
        maker.make("drop media type", &list, ways, |all| object(all)?.remove(media).map(drop));
        maker.make("rename media type", &list, ways, |all| rename(object(all)?, media, "application/novelty"));
        if value.get("schema").is_some() {
            let at = crate::pointer::join(&list, media);
            maker.make("drop its schema", &at, ways, |one| object(one)?.remove("schema").map(drop));
        }
    }
    maker.make("add media type", &list, ways, |all| insert(all, "application/novelty", json!({})));
}

/// Schemas under names: renamed together with every reference, dropped, added without use.
fn components(maker: &mut Maker<'_>) {
    let no = nowhere();
    let names: Vec<String> = maker
        .base
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect();
    for name in names {
        maker.make("rename schema", "", &no, |root| {
            rename(object(root.pointer_mut("/components/schemas")?)?, &name, "NoveltySchema")?;
            redirect(root, &schema::ref_to(&name), "#/components/schemas/NoveltySchema");
            Some(())
        });
    }
    maker.make("add schema", "/components/schemas", &no, |all| insert(all, "NoveltySchema", json!({"type": "string"})));
}

/// Changes every mention of a reference.
fn redirect(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) if text == old => new.clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(|item| redirect(item, old, new)),
        Value::Object(map) => map.values_mut().for_each(|item| redirect(item, old, new)),
        _ => {}
    }
}
