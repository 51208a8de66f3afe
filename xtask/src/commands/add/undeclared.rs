//! Where the key goes by a document that declares no scheme: by the parameter or the property that its calls take.

use std::collections::{BTreeMap, BTreeSet};

use contract::names::is_header;
use contract::schema::operations;
use contract::source::{Auth, Place};
use serde_json::Value;

use super::auth::{Choice, authorization, prefix_in, resolved};

/// Names that a property with the key bears.
const KEYS: &[&str] =
    &["key", "api_key", "apikey", "apiKey", "api-key", "api_token", "access_key", "access_token", "token"];

/// How the name of a parameter with the key ends, in lower case, whatever a vendor puts before it.
const ENDINGS: &[&str] =
    &["api-key", "apikey", "api-token", "access-key", "access-token", "auth-token", "secret-key", "api-secret"];

/// Its whole name, where that is too short a word to be an ending.
const NAMES: &[&str] = &["key", "x-key", "token", "x-token"];

/// The key's place, if what the calls take tells it.
pub fn choose(document: &Value) -> Option<Choice> {
    if let Some(name) = body_key(document) {
        return Some(Choice {
            guess: Some(format!("the key goes into the body as `{name}`: every request demands that property")),
            auth: Auth { place: Place::Body, name, prefix: String::new() },
        });
    }
    let (place, name, said) = parameter(document)?;
    let auth = if name.eq_ignore_ascii_case("authorization") {
        authorization(&format!("{} ", prefix_in(&said).as_deref().unwrap_or("Bearer")))
    } else {
        Auth { place, name, prefix: String::new() }
    };
    let (name, prefix) = (&auth.name, auth.prefix.trim_end());
    let colon = if prefix.is_empty() { "" } else { ": " };
    let place = if place == Place::Header { "header" } else { "query parameter" };
    Some(Choice {
        guess: Some(format!(
            "the key goes into the {place} `{name}{colon}{prefix}`: most calls take it as a parameter"
        )),
        auth,
    })
}

/// The header or query parameter that is named like a key and that at least half of the operations take, and what the
/// document says of it.
fn parameter(document: &Value) -> Option<(Place, String, String)> {
    let mut counts: BTreeMap<(bool, &str), (usize, &Value)> = BTreeMap::new();
    let mut all = 0;
    for (path, _, operation) in operations(document) {
        all += 1;
        let mut met = BTreeSet::new();
        let holders = [operation, &document["paths"][path]];
        for parameter in holders.into_iter().filter_map(|holder| holder["parameters"].as_array()).flatten() {
            let parameter = resolved(document, parameter);
            let (Some(name), Some(place)) = (parameter["name"].as_str(), parameter["in"].as_str()) else { continue };
            let is_query = place == "query";
            if matches!(place, "header" | "query") && is_key(name, is_query) && met.insert((is_query, name)) {
                counts.entry((is_query, name)).or_insert((0, parameter)).0 += 1;
            }
        }
    }
    let ((is_query, name), (count, parameter)) =
        counts.into_iter().max_by_key(|((is_query, name), (count, _))| (*count, !is_query, name.contains("secret")))?;
    let places = ["/description", "/example", "/schema/description", "/schema/example", "/schema/default"];
    let said: Vec<&str> = places.iter().filter_map(|place| parameter.pointer(place)?.as_str()).collect();
    let place = if is_query { Place::Query } else { Place::Header };
    (2 * count >= all).then(|| (place, name.to_owned(), said.join(" ")))
}

fn is_key(name: &str, is_query: bool) -> bool {
    let plain = name.to_ascii_lowercase().replace('_', "-");
    let is_named = ENDINGS.iter().any(|ending| plain.ends_with(ending)) || NAMES.contains(&plain.as_str());
    if is_query { is_named } else { (is_named || plain == "authorization") && is_header(name) }
}

/// The property that every JSON body demands as a string and that is named like a key.
fn body_key(document: &Value) -> Option<String> {
    let mut common: Option<BTreeSet<String>> = None;
    for (_, _, operation) in operations(document) {
        let body = resolved(document, &operation["requestBody"]);
        let Some(schema) = body.pointer("/content/application~1json/schema") else { continue };
        let mut demanded = BTreeSet::new();
        demands(document, schema, 0, &mut demanded);
        common = Some(match common {
            Some(common) => common.intersection(&demanded).cloned().collect(),
            None => demanded,
        });
    }
    let common = common?;
    KEYS.iter().find(|key| common.contains(**key)).map(|key| (*key).to_owned())
}

/// The string properties that an object must have.
fn demands(document: &Value, schema: &Value, depth: usize, found: &mut BTreeSet<String>) {
    if depth > 8 {
        return;
    }
    let schema = resolved(document, schema);
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let property = resolved(document, &schema["properties"][name]);
        if property["type"] == "string" {
            found.insert(name.to_owned());
        }
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        demands(document, part, depth + 1, found);
    }
    if let Some(target) = schema.get("$ref") {
        demands(document, &serde_json::json!({ "$ref": target }), depth + 1, found);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn chosen(document: &Value) -> String {
        choose(document).map_or("nothing".to_owned(), |Choice { auth, .. }| {
            format!("{:?} {} {:?}", auth.place, auth.name, auth.prefix)
        })
    }

    #[test]
    fn a_property_that_every_body_demands_is_the_key() {
        let body =
            |schema: Value| json!({ "requestBody": { "content": { "application/json": { "schema": schema } } } });
        let own = json!({ "type": "object", "required": ["key"], "properties": { "key": { "type": "string" } } });
        let mut document = json!({
            "paths": {
                "/a": { "post": body(own.clone()) },
                "/b": { "post": body(json!({ "allOf": [{ "$ref": "#/components/schemas/Base" }, { "type": "object" }] })) },
                "/c": { "get": {} },
            },
            "components": { "schemas": { "Base": own } },
        });
        assert_eq!(chosen(&document), "Body key \"\"");
        document["paths"]["/d"]["post"] =
            body(json!({ "type": "object", "properties": { "key": { "type": "string" } } }));
        assert_eq!(chosen(&document), "nothing");
    }

    #[test]
    fn a_parameter_that_most_calls_take_is_the_key() {
        let header = |name: &str| json!({ "in": "header", "name": name, "schema": { "type": "string" } });
        let query = |name: &str| json!({ "in": "query", "name": name, "schema": { "type": "string" } });
        let with = |field: &str, text: &str| {
            let mut parameter = header("authorization");
            parameter[field] = json!(text);
            parameter
        };
        for (parameter, expected) in [
            (header("x-api-key"), "Header x-api-key \"\""),
            (header("XI_API_KEY"), "Header XI_API_KEY \"\""),
            (header("x-key"), "Header x-key \"\""),
            (query("api_key"), "Query api_key \"\""),
            (header("authorization"), "Header Authorization \"Bearer \""),
            (with("example", "Key abc"), "Header Authorization \"Key \""),
            (with("description", "The word Token, and the token."), "Header Authorization \"Token \""),
            (header("Idempotency-Key"), "nothing"),
            (header("the api key"), "nothing"),
            (query("page_token"), "nothing"),
            (query("authorization"), "nothing"),
        ] {
            let document = json!({ "paths": { "/a": {
                "get": { "parameters": [parameter] },
                "put": { "parameters": [{ "$ref": "#/components/parameters/K" }] },
                "post": {},
            } }, "components": { "parameters": { "K": parameter } } });
            assert_eq!(chosen(&document), expected, "{parameter}");
            let rare = json!({ "paths": { "/a": {
                "get": { "parameters": [parameter, parameter] }, "put": {}, "post": {},
            } } });
            assert_eq!(chosen(&rare), "nothing", "{parameter}");
            // What is no method is no operation either.
            let of_the_path =
                json!({ "paths": { "/a": { "parameters": [parameter], "get": {}, "x-a": {}, "x-b": {}, "x-c": {} } } });
            assert_eq!(chosen(&of_the_path), expected, "{parameter}");
        }
        let both = json!({ "paths": { "/a": { "get": { "parameters": [query("api_secret"), query("token")] } } } });
        assert_eq!(chosen(&both), "Query api_secret \"\"");
    }
}
