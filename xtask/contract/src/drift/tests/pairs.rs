//! Pairs of contracts that the corpus's one base has no place for: what must be reported of each, and nothing else.

use serde_json::{Value, json};

use crate::drift::drift;

/// A contract whose operation `make` takes a schema, with further schemas under names.
fn taking(schema: &Value, schemas: &Value) -> Value {
    let body = json!({ "content": { "application/json": { "schema": schema } } });
    json!({
        "openapi": "3.1.0",
        "paths": { "/made": { "post": { "operationId": "make", "requestBody": body, "responses": {} } } },
        "components": { "schemas": schemas },
    })
}

/// What is reported: rules with the operations they reach.
fn reported(old: &Value, new: &Value) -> Vec<String> {
    let report = drift(old, new);
    let line = |change: &crate::drift::Change| {
        let calls: Vec<&str> = change.reached.uses.iter().map(|by| by.operation.as_str()).collect();
        let calls = if change.reached.everywhere { "everywhere".to_owned() } else { calls.join(" ") };
        format!("{}: {calls}", change.id())
    };
    report.changes.iter().map(line).collect()
}

#[test]
fn a_clause_is_followed_to_the_schemas_it_leads_to() {
    let word = json!({ "$ref": "#/components/schemas/Word" });
    let clauses = [
        json!({ "not": word }),
        json!({ "not": { "properties": { "a": word }, "required": ["a"] } }),
        json!({ "not": { "anyOf": [{ "type": "object" }, word] } }),
        json!({ "allOf": [{ "not": { "type": "object" } }, { "not": word }] }),
    ];
    for clause in clauses {
        let contract = |limit: u32| taking(&clause, &json!({ "Word": { "type": "string", "maxLength": limit } }));
        let expected = ["request-forbidden-combination-narrowed: make"];
        assert_eq!(reported(&contract(9), &contract(5)), expected, "{clause}");
    }
}

#[test]
fn a_mapping_that_says_what_is_so_without_it_changes_nothing() {
    let schemas = json!({ "A": { "type": "object" }, "B": { "type": "object" } });
    let of = |mapping: Value| {
        let members = json!([{ "$ref": "#/components/schemas/A" }, { "$ref": "#/components/schemas/B" }]);
        taking(&json!({ "oneOf": members, "discriminator": { "propertyName": "kind", "mapping": mapping } }), &schemas)
    };
    let (bare, own) = (of(json!({})), of(json!({ "A": "#/components/schemas/A", "B": "#/components/schemas/B" })));
    assert!(reported(&bare, &own).is_empty() && reported(&own, &bare).is_empty());
    let other = of(json!({ "A": "#/components/schemas/B" }));
    assert_eq!(reported(&bare, &other), ["request-discriminator-value-added: make"]);
    assert_eq!(reported(&own, &other), ["request-discriminator-value-changed: make"]);
}

#[test]
fn values_are_told_apart_by_the_order_of_lists_and_by_every_key() {
    let rows = [
        (json!([1, 2]), json!([2, 1])),
        (json!({ "title": "a" }), json!({ "title": "b" })),
        (json!({ "x-a": 1 }), json!({})),
    ];
    for (before, after) in rows {
        let of = |schema: Value| taking(&schema, &json!({}));
        let only = |value: &Value| of(json!({ "const": value }));
        assert_eq!(reported(&only(&before), &only(&after)), ["request-const-changed: make"], "{before} {after}");
        let (both, one) = (of(json!({ "enum": [before, after, before] })), of(json!({ "enum": [after] })));
        assert_eq!(reported(&both, &one), ["request-enum-value-removed: make"], "{before} {after}");
    }
}

#[test]
fn a_name_that_is_a_word_of_documentation_elsewhere_is_a_name() {
    let parts = |kind: &str| {
        let mut contract = taking(&json!({ "type": "object" }), &json!({}));
        let encoding = json!({ "title": { "contentType": kind } });
        contract["paths"]["/made"]["post"]["requestBody"]["content"]["application/json"]["encoding"] = encoding;
        contract
    };
    let expected = ["request-encoding-changed: make"];
    assert_eq!(reported(&parts("text/plain"), &parts("application/json")), expected);

    let unused =
        |kind: &str| taking(&json!({}), &json!({ "A": { "patternProperties": { "title": { "type": kind } } } }));
    assert_eq!(reported(&unused("string"), &unused("integer")), ["unreached-component-changed: everywhere"]);
}

#[test]
fn what_is_compared_as_a_whole_is_compared_to_its_end() {
    let deep = |kind: &str| (0..40).fold(json!({ "type": kind }), |inner, _| json!({ "items": inner }));
    let long = |kind: &str| {
        let words: Vec<Value> = (0..5000).map(Value::from).collect();
        json!({ "properties": { "a": { "enum": words }, "b": { "type": kind } } })
    };
    for schema in [deep, long] {
        let unused = |kind: &str| taking(&json!({}), &json!({ "A": schema(kind) }));
        assert_eq!(reported(&unused("string"), &unused("integer")), ["unreached-component-changed: everywhere"]);
    }
}

#[test]
fn what_a_base_changes_in_one_piece_is_told_of_every_heir() {
    let parts = |more: bool| {
        let limits = if more {
            json!([{ "maxProperties": 4 }, { "minProperties": 1 }])
        } else {
            json!([{ "maxProperties": 5, "minProperties": 1 }])
        };
        let mut all = vec![json!({ "$ref": "#/components/schemas/Inner" })];
        all.extend(limits.as_array().into_iter().flatten().cloned());
        let heir = |name: &str| {
            let base = json!({ "$ref": "#/components/schemas/Base" });
            let own = json!({ "properties": { name: { "type": "string" } } });
            if more {
                json!({ "allOf": [base, own, { "required": [name] }] })
            } else {
                json!({ "allOf": [base, { "properties": own["properties"], "required": [name] }] })
            }
        };
        let schemas = json!({
            "Base": { "properties": { "inner": { "allOf": all } } }, "Inner": { "type": "object" },
            "A": heir("a"), "B": heir("b"),
        });
        let body = |name: &str| json!({ "properties": { name: { "$ref": format!("#/components/schemas/{name}") } } });
        taking(&json!({ "properties": { "a": body("A"), "b": body("B") } }), &schemas)
    };
    let expected = ["request-max-properties-decreased: make"; 2];
    assert_eq!(reported(&parts(false), &parts(true)), expected);
}

#[test]
fn what_the_vendor_sends_is_an_answer_and_what_it_is_told_a_request() {
    let item = |sent: &Value, told: &Value| {
        let content = |schema: &Value| json!({ "content": { "application/json": { "schema": schema } } });
        json!({ "post": { "requestBody": content(sent), "responses": { "200": content(told) } } })
    };
    let event = json!({ "$ref": "#/components/schemas/Event" });
    for (sent, told, direction) in [(&event, &json!({}), "response"), (&json!({}), &event, "request")] {
        let event = |kind: &str| json!({ "Event": { "type": kind } });
        let callback = |kind: &str| {
            let mut contract = taking(&json!({}), &event(kind));
            contract["paths"]["/made"]["post"]["callbacks"] = json!({ "done": { "{$url}": item(sent, told) } });
            contract
        };
        let expected = [format!("{direction}-type-changed: make")];
        assert_eq!(reported(&callback("string"), &callback("integer")), expected);

        let named = |kind: &str| {
            let mut contract = taking(&json!({}), &event(kind));
            contract["paths"]["/made"]["post"]["callbacks"] =
                json!({ "done": { "$ref": "#/components/callbacks/Done" } });
            contract["components"]["callbacks"] = json!({ "Done": { "{$url}": item(sent, told) } });
            contract
        };
        assert_eq!(reported(&named("string"), &named("integer")), expected);

        let webhook = |kind: &str| {
            let mut contract = taking(&json!({}), &event(kind));
            contract["webhooks"] = json!({ "done": item(sent, told) });
            contract
        };
        let expected = [format!("{direction}-type-changed: everywhere")];
        assert_eq!(reported(&webhook("string"), &webhook("integer")), expected);
    }
}
