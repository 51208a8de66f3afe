//! Cases: `{ "source": fields of source.toml, "document": … }` in; the contract, and what was left out, come out.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test may panic")]

use serde_json::{Value, json};

use super::{canonical, schema, text};
use crate::source::Source;
use crate::testing::{self, Outcome, inputs, run};
use crate::{Problem, flatten, render, shuffle, vendor};

fn contract(document: &Value, source: &Source, left_out: &mut Vec<String>) -> Result<Value, Problem> {
    canonical(flatten::flatten(document, left_out)?, source, left_out)
}

#[test]
fn every_document_has_one_contract() {
    run("canonical", |input| {
        let mut left_out = Vec::new();
        let document = contract(&input["document"], &testing::source(input.get("source")), &mut left_out)?;
        Ok(Outcome::Json(json!({ "contract": document, "left_out": left_out })))
    });
}

/// The documents of the cases, and those of the vendors of this repository, before they become contracts.
fn documents() -> Vec<(String, Value, Source)> {
    let mut out: Vec<(String, Value, Source)> = inputs("canonical")
        .into_iter()
        .map(|(case, input)| (case, input["document"].clone(), testing::source(input.get("source"))))
        .collect();
    let specs = testing::folder("../../../specs");
    for slug in vendor::vendors(&specs).unwrap_or_else(|e| panic!("{e}")) {
        let contract = vendor::build(&specs.join(&slug)).unwrap_or_else(|e| panic!("{e}"));
        out.push((slug, contract.document, contract.source));
    }
    out
}

#[test]
fn a_contract_is_its_own_contract() {
    for (name, document, source) in documents() {
        let Ok(once) = contract(&document, &source, &mut Vec::new()) else { continue };
        assert_eq!(render(&contract(&once, &source, &mut Vec::new()).unwrap()), render(&once), "{name}");
    }
}

#[test]
fn shuffling_what_has_no_order_changes_no_byte() {
    for (name, document, source) in documents() {
        let Ok(expected) = contract(&document, &source, &mut Vec::new()) else { continue };
        for seed in 0..8 {
            let shuffled = shuffle::shuffle(&document, seed);
            let got =
                contract(&shuffled, &source, &mut Vec::new()).unwrap_or_else(|e| panic!("{name}, seed {seed}: {e}"));
            assert_eq!(render(&got), render(&expected), "{name}, seed {seed}");
        }
    }
}

/// Each line has spellings of one meaning; the first is the form that all of them get.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn equivalent_spellings_are_one() {
    let file = json!({"$ref": "#/components/schemas/File"});
    let nil = json!({"type": "null"});
    for spellings in [
        vec![
            json!({"type": ["string", "null"], "maxLength": 5}),
            json!({"type": ["null", "string"], "maxLength": 5}),
            json!({"anyOf": [{"type": "string", "maxLength": 5}, nil]}),
            json!({"oneOf": [nil, {"maxLength": 5.0, "type": ["string"]}]}),
            json!({"anyOf": [{"type": "string", "maxLength": 5}, {"const": null}]}),
            json!({"anyOf": [{"type": "string", "maxLength": 5}, {"enum": [null], "title": "None"}], "title": "T"}),
            json!({"allOf": [{"anyOf": [{"type": "string", "maxLength": 5}, nil]}]}),
        ],
        vec![
            json!({"type": "string", "minLength": 1, "maxLength": 2000}),
            json!({"type": "string", "pattern": r"^[\s\S]{1,2000}$"}),
            json!({"type": "string", "pattern": r"^(?:.|\n){1,2000}$", "maxLength": 3000}),
            json!({"type": "string", "pattern": "(?s)^.{0,2000}$", "minLength": 1}),
            json!({"type": "string", "pattern": r"^[^]+$", "maxLength": 2000, "minLength": 0}),
            json!({"type": "string", "not": {"const": ""}, "maxLength": 2000}),
            json!({"type": "string", "not": {"type": "string", "enum": [""]}, "maxLength": 2000, "minLength": 1}),
        ],
        vec![
            json!({"type": "integer", "enum": [6, 10], "default": 6}),
            json!({"type": "integer", "default": 6, "allOf": [{"enum": [10, 6]}]}),
            json!({"default": 6, "allOf": [{"type": "integer"}, {"enum": [6, 10]}]}),
            json!({"default": 6, "enum": [6, 10], "anyOf": [{"type": "integer", "title": "T"}]}),
        ],
        vec![
            json!({"allOf": [{"items": {"type": "string"}, "maxItems": 3}, {"type": "array"}]}),
            json!({"allOf": [{"type": "array", "items": {}}, {"maxItems": 3, "items": {"type": "string"}}]}),
        ],
        vec![
            json!({"type": ["string", "null"], "format": "uri", "x-camera-together": 3}),
            json!({"anyOf": [{"type": "string", "format": "uri", "x-camera-together": 3}, nil]}),
            json!({"anyOf": [{"type": "string", "format": "uri"}, nil], "x-camera-together": 3}),
        ],
        vec![
            json!({"type": "string", "minLength": 1, "maxLength": 2000, "pattern": "^.*$"}),
            json!({"type": "string", "pattern": "^.{1,2000}$"}),
            json!({"type": "string", "pattern": "^(.{1,2000})$"}),
            json!({"type": "string", "pattern": "^.+$", "maxLength": 2000}),
        ],
        vec![json!({"type": "string"}), json!({"type": "string", "pattern": r"^[\s\S]*$"})],
        vec![
            json!({"type": "string", "pattern": r"^https://\\/"}),
            json!({"type": "string", "pattern": r"^https:\/\/\\\/"}),
        ],
        vec![
            json!({"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string"}]}),
            json!({"type": "string", "anyOf": [{"type": "string"}, {"type": "string", "enum": ["a"]}]}),
        ],
        vec![
            json!({"type": "integer", "enum": [6, 10]}),
            json!({"type": "integer", "enum": [6, 10], "minimum": 6, "exclusiveMaximum": 11, "multipleOf": 2}),
            json!({"type": "number", "enum": [6, 10], "maximum": 10.5, "maxLength": 1}),
        ],
        vec![
            json!({"type": ["string", "null"], "enum": ["a", "bb", null]}),
            json!({"type": ["string", "null"], "enum": ["a", "bb", null], "minLength": 1, "maxLength": 2}),
        ],
        vec![
            json!({"type": "string", "minLength": 5, "maxLength": 5}),
            json!({"type": "string", "pattern": r"^[\w\W]{5}$"}),
        ],
        vec![
            json!({"enum": ["a", "b", null], "type": ["string", "null"]}),
            json!({"anyOf": [{"enum": ["b", "a"], "type": "string"}, nil]}),
            json!({"enum": [null, "b", "a", "b"], "type": ["string", "null"]}),
        ],
        vec![
            json!({"anyOf": [file, nil]}),
            json!({"oneOf": [nil, file]}),
            json!({"anyOf": [{"allOf": [file]}, nil]}),
            json!({"anyOf": [{"anyOf": [file, nil]}, nil]}),
        ],
        vec![
            json!({"$ref": "#/components/schemas/File", "description": "D"}),
            json!({"allOf": [file], "description": "D"}),
            json!({"allOf": [{"$ref": "#/components/schemas/File", "description": "D"}], "title": "T"}),
            json!({"anyOf": [{"oneOf": [file]}], "description": "D", "x-order": 1}),
        ],
        vec![
            json!({"$ref": "#/components/schemas/File", "maxProperties": 3}),
            json!({"allOf": [file], "maxProperties": 3}),
        ],
        vec![
            json!({"oneOf": [file, {"type": "integer"}, nil], "default": 1}),
            json!({"oneOf": [nil, {"type": "integer"}, file], "default": 1}),
            json!({"anyOf": [{"oneOf": [{"type": "integer"}, file]}, nil], "default": 1}),
        ],
        vec![
            json!({"anyOf": [file, {"type": "integer"}, nil]}),
            json!({"anyOf": [{"anyOf": [{"type": "integer"}, file]}, nil]}),
            json!({"anyOf": [file, {"type": "integer"}, file, nil]}),
        ],
        vec![
            json!({"allOf": [file, {"type": "object"}]}),
            json!({"allOf": [{"type": "object"}, file]}),
            json!({"allOf": [{"type": "object"}, {"allOf": [file, {"type": "object"}]}]}),
        ],
        vec![json!({"type": "null"}), json!({"const": null}), json!({"enum": [null]}), json!({"anyOf": [nil, nil]})],
        vec![json!({"enum": ["x"], "type": "string"}), json!({"const": "x", "type": ["string"]})],
        vec![json!({"enum": [6, 10], "type": "integer"}), json!({"enum": [10.0, 6], "type": "integer"})],
        vec![
            json!({"enum": [6, 10], "type": "integer", "default": 6}),
            json!({"enum": [10, 6], "type": "number", "default": 6.0}),
            json!({"enum": [10, 6], "type": ["string", "number"], "default": 6}),
        ],
        vec![json!({"type": "number"}), json!({"type": ["integer", "number"]})],
        vec![
            json!({"type": ["integer", "null"], "minimum": 1}),
            json!({"type": ["number", "null"], "minimum": 1, "multipleOf": 1.0}),
            json!({"type": ["integer", "null"], "minimum": 1, "multipleOf": 1}),
        ],
        vec![json!({"type": "integer", "multipleOf": 8}), json!({"type": "number", "multipleOf": 8})],
        vec![
            json!({"type": ["boolean", "null"], "default": true}),
            json!({"type": ["boolean", "null"], "enum": [true, null, false], "default": true}),
        ],
        vec![
            json!({"type": ["integer", "string", "null"], "description": "D"}),
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}, nil], "description": "D"}),
            json!({"oneOf": [nil, {"type": ["integer", "string"]}], "description": "D"}),
        ],
        vec![
            json!({"type": "object", "properties": {"a": {}}}),
            json!({
                "type": "object", "properties": {"a": true}, "required": [], "additionalProperties": true,
                "minProperties": 0, "deprecated": false, "readOnly": false, "patternProperties": {}, "title": "T",
                "examples": [1], "example": 2, "$comment": "c", "x-own": {"type": "null"}, "description": " \n"
            }),
            json!({"type": "object", "properties": {"a": {"title": "A"}}, "additionalProperties": {}}),
        ],
        vec![
            json!({"type": "array", "items": {}}),
            json!({"type": "array"}),
            json!({"type": "array", "items": true, "minItems": 0}),
        ],
        vec![json!({"contains": {}}), json!({"contains": true, "minContains": 1.0})],
        vec![json!({"description": "a\nb"}), json!({"description": "\n a \r\nb\t\n"})],
        vec![
            json!({"required": ["a", "b"], "dependentRequired": {"a": ["b", "c"]}}),
            json!({"required": ["b", "a", "b"], "dependentRequired": {"a": ["c", "b"], "b": []}}),
        ],
    ] {
        are_one(&spellings);
    }
}

/// As [`equivalent_spellings_are_one`].
#[test]
fn a_union_of_values_is_an_enum() {
    let nil = json!({"type": "null"});
    for spellings in [
        vec![
            json!({"enum": ["a", "b"], "type": "string"}),
            json!({"anyOf": [{"const": "b", "type": "string"}, {"const": "a", "type": "string"}]}),
            json!({"type": "string", "oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]}),
            json!({"oneOf": [{"type": "string", "enum": ["b"]}, {"type": ["string"], "enum": ["a"]}]}),
        ],
        vec![
            json!({"enum": ["a", "b", null], "type": ["string", "null"], "default": "a"}),
            json!({"oneOf": [{"type": "string", "const": "a"}, nil, {"type": "string", "const": "b"}], "default": "a"}),
        ],
        vec![
            json!({"enum": [1, "a", "b"], "description": "D\n- \"a\": A.\n- \"b\": B."}),
            json!({
                "anyOf": [{"const": "b", "description": "B."}, {"const": "a", "description": "A."}, {"const": 1}],
                "description": "D"
            }),
        ],
    ] {
        are_one(&spellings);
    }
}

fn are_one(spellings: &[Value]) {
    let canonical = text(&spellings[0]);
    for spelling in spellings {
        let mut value = spelling.clone();
        schema(&mut value);
        assert_eq!(text(&value), canonical, "from {spelling}");
    }
}

/// Each value is looked for among the others, of which there may be as many as a document has room for.
#[test]
fn a_union_of_many_values_costs_no_more_than_they_are() {
    let values: Vec<Value> = (0..200_000).map(|number| json!({"const": format!("word {number}")})).collect();
    let mut union = json!({"oneOf": values});
    schema(&mut union);
    assert_eq!(union["enum"].as_array().map(Vec::len), Some(values.len()));
}

/// Pairs that mean something else stay apart.
#[test]
fn different_meanings_stay_apart() {
    for (a, b) in [
        (json!({"type": "string"}), json!({"type": ["string", "null"]})),
        (
            json!({"oneOf": [{"type": "integer"}, {"type": "number"}]}),
            json!({"anyOf": [{"type": "integer"}, {"type": "number"}]}),
        ),
        (json!({"type": "object", "additionalProperties": false}), json!({"type": "object"})),
        (json!({"properties": {"title": {"type": "string"}}}), json!({"properties": {}})),
        (json!({"properties": {"x-own": {"type": "string"}}}), json!({})),
        (json!({"enum": ["1"]}), json!({"enum": [1]})),
        (
            json!({"type": "string", "maxLength": 3}),
            json!({"maxLength": 3, "allOf": [{"maxLength": 5, "type": "string"}]}),
        ),
        (json!({"minLength": 1}), json!({"not": {"enum": ["", "a"]}})),
        (json!({"minLength": 1}), json!({"not": {"type": "string"}})),
        (
            json!({"type": "string", "anyOf": [{"maxLength": 3}, {"type": "string", "format": "uri"}]}),
            json!({"anyOf": [{"maxLength": 3}, {"type": "string", "format": "uri"}]}),
        ),
        (json!({"enum": [6, 10]}), json!({"enum": [6, 10], "maximum": 9})),
        (json!({"enum": [6, 10]}), json!({"enum": [6, 10], "multipleOf": 4})),
        (json!({"enum": ["a", "bb"]}), json!({"enum": ["a", "bb"], "maxLength": 1})),
        (json!({"enum": [1]}), json!({"enum": [true]})),
        (json!({"default": null, "type": "string"}), json!({"type": "string"})),
        (
            json!({"prefixItems": [{"type": "string"}, {"type": "null"}]}),
            json!({"prefixItems": [{"type": "null"}, {"type": "string"}]}),
        ),
        (json!({"not": {"required": ["a", "b"]}}), json!({"not": {"required": ["a"]}})),
        (json!({"oneOf": [{"type": "string"}, {"type": "string"}]}), json!({"type": "string"})),
        (
            json!({"enum": ["a"], "anyOf": [{"type": "string"}, {"type": "null"}]}),
            json!({"enum": ["a", null], "type": ["string", "null"]}),
        ),
        (
            json!({"allOf": [{"properties": {"a": {}}, "additionalProperties": false}], "properties": {"b": {}}}),
            json!({"properties": {"a": {}, "b": {}}, "additionalProperties": false}),
        ),
        (json!({"oneOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}), json!({"enum": ["a", "b", "c"]})),
        (
            json!({"anyOf": [{"enum": ["a"], "type": "string"}, {"enum": ["a"], "type": "integer"}]}),
            json!({"enum": ["a"], "type": "string"}),
        ),
        (json!({"anyOf": [{"enum": ["a"]}, {"type": "string"}]}), json!({"enum": ["a"]})),
        (
            json!({"type": "string", "anyOf": [{"const": 1, "type": "integer"}]}),
            json!({"type": "integer", "enum": [1]}),
        ),
        (json!({"type": "number", "multipleOf": 0.5}), json!({"type": "number"})),
        (json!({"type": "number", "multipleOf": 1, "format": "double"}), json!({"type": "integer"})),
        (json!({"enum": [6, 10], "type": "string"}), json!({"enum": [6, 10], "type": "integer"})),
        (json!({"enum": ["a"], "type": ["string", "null"]}), json!({"enum": ["a"], "type": "string"})),
        (json!({"enum": [true], "type": "boolean"}), json!({"type": "boolean"})),
        (json!({"foo": 1}), json!({})),
        (json!({"minLength": 1}), json!({})),
        (json!({"default": 9_007_199_254_740_993_i64}), json!({"default": 9_007_199_254_740_992_i64})),
        (json!(false), json!({})),
    ] {
        let (mut one, mut other) = (a.clone(), b.clone());
        schema(&mut one);
        schema(&mut other);
        assert_ne!(text(&one), text(&other), "{a} and {b}");
    }
}

/// A schema with two properties that the clauses below speak of, as the contract has it.
fn across(schema: &Value, clauses: &Value) -> Value {
    let mut request = schema.clone();
    request.as_object_mut().unwrap().extend(clauses.as_object().unwrap().clone());
    let body = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Request"}}}});
    let pair = json!({
        "required": ["length", "size"], "properties": {"length": {"const": 10}, "size": {"const": "large"}}
    });
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "paths": {"/videos": {"post": {"requestBody": body, "responses": {"200": {"description": ""}}}}},
        "components": {"schemas": {"Request": request, "Pair": pair, "Size": {"enum": ["small", "large", "huge"]}}},
    });
    let contract = contract(&document, &testing::source(None), &mut Vec::new()).unwrap();
    contract["components"]["schemas"]["Request"].clone()
}

/// Each line has spellings of one clause; the first is the form that all of them get.
#[test]
fn what_is_forbidden_across_properties_is_a_not_of_it() {
    let schema = json!({"type": "object", "properties": {
        "length": {"type": "integer", "enum": [6, 10]}, "size": {"$ref": "#/components/schemas/Size"},
        "loud": {"type": "boolean"}, "text": {"type": "string"}
    }});
    let pair = |length: Value, size: Value| json!({"required": ["length", "size"], "properties": {"length": length, "size": size}});
    let ten = || json!({"enum": [10]});
    let of_size = |size: &str| json!({"required": ["size"], "properties": {"size": {"const": size}}});
    let six = || json!({"properties": {"length": {"const": 6}}});
    for spellings in [
        vec![
            json!({"not": pair(ten(), json!({"enum": ["large"]}))}),
            json!({"not": {"$ref": "#/components/schemas/Pair"}}),
            json!({"not": {"type": "object", "allOf": [of_size("large"), {"required": ["length"], "properties": {"length": {"minimum": 7}}}]}}),
            json!({"if": of_size("large"), "then": six()}),
            json!({"if": of_size("large"), "then": {"properties": {"length": {"maximum": 6}}}, "else": true}),
            json!({"if": pair(ten(), json!({"const": "large"})), "then": false}),
            json!({"allOf": [{"if": {"required": ["length"], "properties": {"length": ten()}}, "then": {"properties": {"size": {"not": {"const": "large"}}}}}]}),
            json!({"anyOf": [six(), {"properties": {"size": {"enum": ["small", "huge"]}}}]}),
            json!({"allOf": [{"anyOf": [six(), {"not": of_size("large")}]}]}),
            json!({"dependentSchemas": {"size": {"anyOf": [six(), {"not": of_size("large")}]}}}),
        ],
        vec![
            json!({"not": pair(ten(), json!({"enum": ["huge", "large"]}))}),
            json!({"if": {"required": ["size"], "properties": {"size": {"enum": ["large", "huge"]}}}, "then": six()}),
            json!({"allOf": [{"if": of_size("large"), "then": six()}, {"if": of_size("huge"), "then": six()}]}),
            json!({"anyOf": [six(), {"properties": {"size": {"const": "small"}}}]}),
        ],
        vec![
            json!({"not": {"required": ["length", "text"], "properties": {"length": ten()}}}),
            json!({"if": {"required": ["text"]}, "then": six()}),
        ],
        vec![
            json!({"not": {"required": ["loud", "text"]}}),
            json!({"if": {"required": ["loud"]}, "then": {"properties": {"text": false}}}),
            json!({"not": {"allOf": [{"required": ["loud"]}, {"required": ["text"]}]}}),
        ],
    ] {
        let first = across(&schema, &spellings[0]);
        assert_eq!(first["not"], across(&schema, &json!({"not": first["not"]}))["not"]);
        for spelling in &spellings {
            assert_eq!(text(&across(&schema, spelling)), text(&first), "from {spelling}");
        }
    }
}

/// Clauses that forbid to leave something out, or that speak of what nobody can count out.
#[test]
fn a_clause_that_says_more_stays_as_it_is() {
    let schema = json!({"type": "object", "properties": {
        "length": {"type": "integer", "enum": [6, 10]}, "text": {"type": "string"}
    }});
    for clause in [
        json!({"anyOf": [{"required": ["length"]}, {"required": ["text"]}]}),
        json!({"if": {"required": ["length"]}, "then": {"required": ["text"]}}),
        json!({"if": {"properties": {"text": {"pattern": "^a"}}}, "then": {"properties": {"length": {"enum": [6]}}}}),
        json!({"if": {"required": ["other"]}, "then": {"properties": {"length": {"enum": [6]}}}}),
        json!({"dependentSchemas": {"length": {"required": ["text"]}}}),
    ] {
        let mut beside = clause.clone();
        beside["allOf"] = json!([{"if": {"required": ["text"]}, "then": {"properties": {"length": {"const": 6}}}}]);
        let not = json!({"required": ["length", "text"], "properties": {"length": {"enum": [10]}}});
        assert_eq!(across(&schema, &beside)["not"], not, "beside {clause}");
        let whole = across(&schema, &clause);
        for (key, value) in clause.as_object().unwrap() {
            assert_eq!(&whole[key], value, "{clause}");
        }
    }
}

/// Read to its end, this union of unions would take for ever.
#[test]
fn alternatives_that_lead_back_to_themselves_stay_as_they_are() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let heirs: Vec<String> = (0..60).map(|number| format!("Heir{number}")).collect();
    let union: Vec<Value> = heirs.iter().map(|name| to(name)).collect();
    let mut schemas = json!({"Base": {"properties": {"kind": {"enum": heirs}}, "oneOf": union}});
    for name in &heirs {
        schemas[name] = json!({"allOf": [to("Base"), {"properties": {"kind": {"const": name}}}]});
    }
    let body = json!({"content": {"application/json": {"schema": to("Base")}}});
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "paths": {"/videos": {"post": {"requestBody": body, "responses": {"200": {"description": ""}}}}},
        "components": {"schemas": schemas},
    });
    let contract = contract(&document, &testing::source(None), &mut Vec::new()).unwrap();
    assert_eq!(contract["components"]["schemas"]["Base"]["oneOf"].as_array().unwrap().len(), 60);
}

#[test]
fn an_address_is_written_in_many_ways() {
    for (url, same) in [
        ("HTTPS://API.Example.com:443/V1", "https://api.example.com/V1"),
        ("http://a.example:80", "http://a.example"),
        ("http://a.example:443/x", "http://a.example:443/x"),
        ("https://a.example:8443/x?Y", "https://a.example:8443/x?Y"),
        ("https://{Region}.a.example/x", "https://{Region}.a.example/x"),
        ("/V1", "/V1"),
    ] {
        assert_eq!(super::access::address(url), same);
    }
    let server = json!({"url": "https://API.example.com:443/v2"});
    let elsewhere = super::access::on_the_same_host(&server, "https://api.example.com/v1");
    assert_eq!(elsewhere.as_deref(), Some("https://api.example.com/v2"));
}
