//! Tests of which places are schemas, and which way they travel.

#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use serde_json::json;

use super::*;

/// Schemas that look like places of schemas, and places that look like schemas.
fn document() -> Value {
    json!({
        "paths": {"/a": {
            "parameters": [{"schema": {"type": "string"}, "example": {"type": "no schema"}}],
            "post": {
                "parameters": [{"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Both"}}}}],
                "requestBody": {"content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Sent"},
                    "encoding": {"a": {"headers": {"x": {"schema": true}}}}
                }}},
                "responses": {"200": {
                    "headers": {"x": {"schema": {"type": "integer"}}},
                    "content": {"application/json": {"schema": {"anyOf": [{"$ref": "#/components/schemas/Both"}, {"not": {}}]}}}
                }},
            },
        }},
        "components": {"schemas": {
            "Both": {"properties": {"items": {"items": {"enum": [{"items": {}}]}}, "default": {"default": {"not": {}}}}},
            "Sent": {"dependencies": {"a": ["b"], "c": {"then": false}}},
            "Unused": {},
        }},
    })
}

#[test]
fn visits_every_schema_once_with_its_direction() {
    let document = document();
    let mut seen = Vec::new();
    walk(&document, &mut |pointer, schema, direction| {
        assert_eq!(document.pointer(pointer).unwrap(), schema);
        seen.push(format!("{direction:?} {pointer}"));
    });
    let post = "/paths/~1a/post";
    assert_eq!(
        seen,
        [
            "Both /components/schemas/Both".to_owned(),
            "Both /components/schemas/Both/properties/default".to_owned(),
            "Both /components/schemas/Both/properties/items".to_owned(),
            "Both /components/schemas/Both/properties/items/items".to_owned(),
            "Request /components/schemas/Sent".to_owned(),
            "Request /components/schemas/Sent/dependencies/c".to_owned(),
            "Request /components/schemas/Sent/dependencies/c/then".to_owned(),
            "Neither /components/schemas/Unused".to_owned(),
            "Request /paths/~1a/parameters/0/schema".to_owned(),
            format!("Request {post}/parameters/0/content/application~1json/schema"),
            format!("Request {post}/requestBody/content/application~1json/schema"),
            format!("Request {post}/requestBody/content/application~1json/encoding/a/headers/x/schema"),
            format!("Answer {post}/responses/200/headers/x/schema"),
            format!("Answer {post}/responses/200/content/application~1json/schema"),
            format!("Answer {post}/responses/200/content/application~1json/schema/anyOf/0"),
            format!("Answer {post}/responses/200/content/application~1json/schema/anyOf/1"),
            format!("Answer {post}/responses/200/content/application~1json/schema/anyOf/1/not"),
        ]
    );
}

#[test]
fn rewrites_the_same_places_children_first() {
    let mut visited = Vec::new();
    let mut document = document();
    walk(&document, &mut |pointer, _, _| visited.push(pointer.to_owned()));
    let mut rewritten: Vec<String> = Vec::new();
    rewrite(&mut document, &mut |pointer, schema| {
        assert!(!rewritten.iter().any(|done| pointer.starts_with(&format!("{done}/"))), "{pointer}");
        rewritten.push(pointer.to_owned());
        *schema = json!(true);
        Ok(())
    })
    .unwrap();
    visited.sort();
    rewritten.sort();
    assert_eq!(rewritten, visited);
}

#[test]
fn a_problem_of_a_schema_names_its_pointer() {
    let problem = rewrite(&mut document(), &mut |_, _| Err(Problem::new("no"))).unwrap_err();
    assert_eq!(problem.pointer(), Some("/components/schemas/Both/properties/default"));
}

#[test]
fn directions_add_up() {
    use Direction::{Answer, Both, Neither, Request};
    for (a, b, expected) in [
        (Request, Answer, Both),
        (Request, Neither, Request),
        (Neither, Answer, Answer),
        (Both, Request, Both),
        (Neither, Neither, Neither),
    ] {
        assert_eq!(a.and(b), expected);
        assert_eq!(b.and(a), expected);
    }
    assert!(Both.is_request() && Both.is_answer() && !Neither.is_request() && !Request.is_answer());
}

#[test]
fn names_components_by_pointer_and_reference() {
    for (pointer, component) in [
        ("/components/schemas/A", Some("A")),
        ("/components/schemas/a~1b", Some("a/b")),
        ("/components/schemas/A/properties/b", None),
        ("/components/parameters/A", None),
    ] {
        assert_eq!(component_of(pointer).as_deref(), component);
        assert_eq!(component_of_ref(&format!("#{pointer}")).as_deref(), component);
        assert_eq!(component_of_ref(pointer), None);
    }
    assert_eq!(component_of_ref(&ref_to("a/~b")).unwrap(), "a/~b");
}
