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
