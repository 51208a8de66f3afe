//! What the vendors' pages show as complete requests is valid against the contracts; placeholders are not.

use contract::pointer;
use hailuo::{Capabilities, Vendor};
use serde_json::json;

use crate::contract_of;

/// A judge of the body of one operation: the whole contract as root, and a `$ref` to the body's schema.
fn judge(slug: &str, path: &str) -> jsonschema::Validator {
    let mut contract = contract_of(slug).document;
    let pointer = pointer::join("/paths", path) + "/post/requestBody/content/application~1json/schema";
    assert!(contract.pointer(&pointer).is_some(), "{slug} has no body at {pointer}");
    contract["$ref"] = json!(format!("#{pointer}"));
    jsonschema::draft202012::new(&contract).unwrap()
}

const FAL_PRO: &str = "/fal-ai/minimax/hailuo-2.3/pro/image-to-video";

#[test]
fn complete_bodies_are_valid() {
    let cases = [
        (
            "modelslab",
            "/video-fusion/image-to-video",
            json!({ "key": "k", "model_id": "Hailuo-2.3-i2v", "init_image": "https://example.com/a.jpg",
                    "prompt": "Fog drifts over a castle.", "duration": "6" }),
        ),
        ("fal", FAL_PRO, json!({ "prompt": "A rider lands a jump.", "image_url": "https://example.com/a.jpg" })),
        (
            "fal",
            FAL_PRO,
            json!({ "prompt": "A rider lands a jump.", "prompt_optimizer": true, "image_url": "https://example.com/a.jpg" }),
        ),
        (
            "seaart",
            "/v1/queue/minimax_hailuo_23_i2v",
            json!({ "first_frame_image": "https://example.com/a.webp", "prompt": "An apple turns.", "duration": 6,
                    "resolution": "768P" }),
        ),
        (
            "apiinone",
            "/videos/generations",
            json!({ "model": "hailuo/2-3-image-to-video-standard", "prompt": "A dog runs.",
                    "image": "https://example.com/a.jpg", "duration": "6", "resolution": "768P" }),
        ),
        (
            "highwayapi",
            "/v3/async/minimax-hailuo-2.3-i2v",
            json!({ "prompt": "A dog runs.", "image": "https://example.com/a.jpg", "duration": 6, "resolution": "768P",
                    "enable_prompt_expansion": true, "fast_pretreatment": true }),
        ),
    ];
    for (slug, path, body) in cases {
        let judge = judge(slug, path);
        let errors: Vec<String> = judge.iter_errors(&body).map(|e| e.masked().to_string()).collect();
        assert!(errors.is_empty(), "{slug}: {errors:?}");
    }
}

#[test]
fn a_body_of_placeholders_is_not() {
    let body = json!({ "prompt": "<string>", "image": "<string>", "duration": 123, "resolution": "<string>",
                       "enable_prompt_expansion": true, "fast_pretreatment": true });
    assert!(!judge("highwayapi", "/v3/async/minimax-hailuo-2.3-i2v").is_valid(&body));
}

#[test]
fn ten_seconds_at_1080p_is_the_one_forbidden_pair() {
    let cases = [
        ("seaart", "/v1/queue/minimax_hailuo_23_i2v", "first_frame_image"),
        ("highwayapi", "/v3/async/minimax-hailuo-2.3-i2v", "image"),
    ];
    for (slug, path, image) in cases {
        let judge = judge(slug, path);
        for duration in [None, Some(6), Some(10)] {
            for resolution in [None, Some("768P"), Some("1080P")] {
                let mut body = json!({ "prompt": "p", image: "https://example.com/a.jpg" });
                if let Some(duration) = duration {
                    body["duration"] = json!(duration);
                }
                if let Some(resolution) = resolution {
                    body["resolution"] = json!(resolution);
                }
                let is_allowed = (duration, resolution) != (Some(10), Some("1080P"));
                assert_eq!(judge.is_valid(&body), is_allowed, "{slug}: {duration:?} at {resolution:?}");
            }
        }
    }
}

#[test]
fn a_prompt_may_be_as_long_as_the_facade_says_where_the_vendor_says_so_too() {
    let cases = [
        (Vendor::SeaArt, "/v1/queue/minimax_hailuo_23_i2v", "first_frame_image"),
        (Vendor::HighwayApi, "/v3/async/minimax-hailuo-2.3-i2v", "image"),
    ];
    for (vendor, path, image) in cases {
        let judge = judge(vendor.slug(), path);
        let most = Capabilities::of(vendor).prompt_max_chars;
        for (count, is_allowed) in [(most, true), (most + 1, false)] {
            let body = json!({ "prompt": "推".repeat(count), image: "https://example.com/a.jpg" });
            assert_eq!(judge.is_valid(&body), is_allowed, "{vendor}: {count} characters");
        }
    }
}
