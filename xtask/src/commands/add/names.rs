//! Short names for operations that the document does not name.

use std::collections::{BTreeMap, BTreeSet};

use contract::names::{is_method, snake};
use contract::schema::operations;
use serde_json::Value;

/// The operations of a contract: name, and method with path.
pub fn calls(contract: &Value) -> Vec<(String, String)> {
    let named = operations(contract).filter_map(|(path, method, operation)| {
        Some((operation["operationId"].as_str()?.to_owned(), format!("{} {path}", method.to_uppercase())))
    });
    let mut calls: Vec<_> = named.collect();
    calls.sort_by(|a, b| a.1.cmp(&b.1));
    calls
}

/// A name for every operation of the contract. One that the document names keeps its name, but for what a framework put
/// behind it; another is called after the end of its path where that is enough to tell it apart, then with its method
/// before it, then by the whole path.
pub fn short(contract: &Value, document: &Value) -> Vec<(String, String)> {
    let calls = calls(contract);
    let mut functions: BTreeMap<String, u32> = BTreeMap::new();
    for (name, call) in &calls {
        *functions.entry(function(document, call).unwrap_or_else(|| name.clone())).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut named: BTreeMap<&str, String> = BTreeMap::new();
    for (name, call) in calls.iter().filter(|(_, call)| is_named(document, call)) {
        let function = function(document, call).filter(|function| functions[function] == 1);
        for name in function.iter().chain([name]) {
            if taken.insert(name.clone()) {
                named.insert(call, name.clone());
                break;
            }
        }
    }
    for candidate in [end, method_and_end] {
        let mut wanted: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (_, call) in calls.iter().filter(|(_, call)| !named.contains_key(call.as_str())) {
            wanted.entry(candidate(call)).or_default().push(call);
        }
        for (name, callers) in wanted {
            if let [call] = callers[..]
                && is_method(&name)
                && taken.insert(name.clone())
            {
                named.insert(call, name);
            }
        }
    }
    calls
        .iter()
        .map(|(default, call)| {
            let name = named.remove(call.as_str()).unwrap_or_else(|| {
                // A short name may have taken the name of a longer path.
                let mut name = default.clone();
                let mut number = 2u32;
                while !taken.insert(name.clone()) {
                    name = format!("{default}_{number}");
                    number += 1;
                }
                name
            });
            (name, call.clone())
        })
        .collect()
}

/// Whether the document itself names the operation.
fn is_named(document: &Value, call: &str) -> bool {
    id(document, call).is_some()
}

/// The operation's name in the document.
fn id<'a>(document: &'a Value, call: &str) -> Option<&'a str> {
    let (method, path) = call.split_once(' ')?;
    document["paths"][path][method.to_lowercase()]["operationId"].as_str().filter(|id| !id.is_empty())
}

/// The function's name alone, where FastAPI put path and method behind it: `get_clip_v1_clips__id__get`.
fn function(document: &Value, call: &str) -> Option<String> {
    let (method, path) = call.split_once(' ')?;
    // A path that stands several times has a query behind it, which FastAPI does not know.
    let path = path.split('?').next().unwrap_or_default();
    let path: String = path.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let name = snake(id(document, call)?.strip_suffix(&format!("{path}_{}", method.to_lowercase()))?);
    is_method(&name).then_some(name)
}

/// The last word of the path: `GET /v1/queue/{id}/status` is `status`.
fn end(call: &str) -> String {
    let (_, path) = call.split_once(' ').unwrap_or_default();
    snake(path.rsplit('/').find(|segment| !segment.is_empty() && !segment.contains('{')).unwrap_or_default())
}

fn method_and_end(call: &str) -> String {
    let (method, path) = call.split_once(' ').unwrap_or_default();
    let end = end(call);
    if end.is_empty() {
        return contract::names::from_call(method, path);
    }
    let by = path.rsplit('/').next().unwrap_or_default().split_once('{').and_then(|(_, rest)| rest.split_once('}'));
    let by = by.map(|(name, _)| format!("_by_{}", snake(name))).unwrap_or_default();
    format!("{}_{end}{by}", method.to_lowercase())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named(calls: &[(&str, &str, Option<&str>)]) -> Vec<String> {
        let mut document = json!({ "paths": {} });
        let mut contract = json!({ "paths": {} });
        for (method, path, id) in calls {
            document["paths"][*path][*method] = id.map_or(json!({}), |id| json!({ "operationId": id }));
            let default = id.map_or_else(|| contract::names::from_call(method, path), snake);
            contract["paths"][*path][*method] = json!({ "operationId": default });
        }
        short(&contract, &document).into_iter().map(|(name, call)| format!("{name} = {call}")).collect()
    }

    #[test]
    fn a_queue_gets_one_word_each() {
        let base = "/acme/video/pro/image-to-video";
        let one = format!("{base}/requests/{{id}}");
        let status = format!("{one}/status");
        let cancel = format!("{one}/cancel");
        assert_eq!(
            named(&[("post", base, None), ("get", &one, None), ("get", &status, None), ("put", &cancel, None)]),
            [
                format!("requests = GET {one}"),
                format!("status = GET {status}"),
                format!("image_to_video = POST {base}"),
                format!("cancel = PUT {cancel}"),
            ]
        );
    }

    #[test]
    fn what_a_word_does_not_tell_apart_gets_its_method_too() {
        assert_eq!(
            named(&[("get", "/tasks", None), ("post", "/tasks", None), ("get", "/tasks/{id}", None)]),
            ["get_tasks = GET /tasks", "get_tasks_by_id = GET /tasks/{id}", "post_tasks = POST /tasks"]
        );
        assert_eq!(
            named(&[("get", "/a/tasks", None), ("get", "/b/tasks", None)]),
            ["get_a_tasks = GET /a/tasks", "get_b_tasks = GET /b/tasks"]
        );
    }

    #[test]
    fn a_name_that_ends_with_its_path_and_method_is_the_function_before_them() {
        assert_eq!(
            named(&[
                ("get", "/v1/clips/{clip_id}", Some("get_clip_v1_clips__clip_id__get")),
                ("post", "/v1/clips", Some("create_v1_clips_post")),
                ("get", "/v2/clips?beta=true", Some("list_v2_clips_get")),
                ("get", "/v1/clips", Some("list_v1_clips_get")),
                ("get", "/type", Some("type_type_get")),
                ("delete", "/x", Some("_x_delete")),
                ("get", "/own", Some("create")),
                ("get", "/files?beta=true", Some("beta_files_files_get")),
            ]),
            [
                "x_delete = DELETE /x",
                "beta_files = GET /files?beta=true",
                "create = GET /own",
                "type_type_get = GET /type",
                "list_v1_clips_get = GET /v1/clips",
                "get_clip = GET /v1/clips/{clip_id}",
                "list_v2_clips_get = GET /v2/clips?beta=true",
                "create_v1_clips_post = POST /v1/clips",
            ]
        );
    }

    #[test]
    fn the_documents_own_names_stay_and_are_not_taken_by_others() {
        assert_eq!(
            named(&[("get", "/x/new", None), ("get", "/status", None), ("get", "/y", Some("status"))]),
            ["get_status = GET /status", "get_new = GET /x/new", "status = GET /y"]
        );
        assert_eq!(
            named(&[("get", "/", None), ("post", "/", None), ("get", "/{id}", None)]),
            ["get_root = GET /", "get_by_id = GET /{id}", "post_root = POST /"]
        );
    }
}
