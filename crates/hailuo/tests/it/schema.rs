//! The JSON Schema of the request, and a judge that is not our code.

use hailuo::{ImageToVideo, rules};
use serde_json::{Value, json};

#[test]
fn the_schema_is_what_users_have_seen() {
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_json_snapshot!("request_schema", ImageToVideo::schema());
    });
}

#[test]
fn the_schema_and_the_rules_agree() {
    let schema = ImageToVideo::schema();
    let judge = jsonschema::draft202012::new(&schema).unwrap();
    let with = |fields: Value| {
        let mut request = json!({ "image": "https://example.com/a.png" });
        for (name, value) in fields.as_object().unwrap() {
            request[name] = value.clone();
        }
        request
    };
    let cases = [
        json!({}),
        json!({"prompt": "x"}),
        json!({"prompt": ""}),
        json!({"prompt": "狐".repeat(2000)}),
        json!({"prompt": "狐".repeat(2001)}),
        json!({"prompt": null}),
        json!({"duration": 6}),
        json!({"duration": 10}),
        json!({"duration": 7}),
        json!({"duration": "6"}),
        json!({"resolution": "1080P"}),
        json!({"resolution": "1080p"}),
        json!({"duration": 6, "resolution": "768P"}),
        json!({"duration": 10, "resolution": "768P"}),
        json!({"duration": 6, "resolution": "1080P"}),
        json!({"duration": 10, "resolution": "1080P"}),
        json!({"duration": 10, "resolution": null}),
        json!({"tier": "pro"}),
        json!({"tier": "Pro"}),
        json!({"prompt_optimizer": true, "fast_pretreatment": false, "watermark": true}),
        json!({"watermark": 1}),
        json!({"seed": 1}),
        json!({"image": "ftp://example.com"}),
        json!({"image": null}),
    ];
    for fields in cases {
        let request = with(fields.clone());
        assert_eq!(judge.is_valid(&request), serde_json::from_value::<ImageToVideo>(request).is_ok(), "{fields}");
    }
    assert!(!judge.is_valid(&json!({})));
}

#[test]
fn the_schema_states_the_constants() {
    let schema = ImageToVideo::schema();
    let facts = rules::facts();
    for (pointer, rule) in [
        ("/properties/prompt/minLength", "PROMPT_MIN_CHARS"),
        ("/properties/prompt/maxLength", "PROMPT_MAX_CHARS"),
        ("/not", "MATRIX"),
    ] {
        assert_eq!(schema.pointer(pointer), Some(&facts[rule]), "{rule}");
    }
}
