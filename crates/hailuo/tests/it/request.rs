//! The request as JSON.

use hailuo::{Duration, ImageToVideo, ImageToVideoBuilder, Resolution, RuleMode, Tier};
use serde_json::json;

use crate::pictures::png;

fn full() -> ImageToVideo {
    ImageToVideo::builder()
        .image("https://example.com/a.png")
        .prompt("一只狐狸 [推进]")
        .duration(Duration::Six)
        .resolution(Resolution::P1080)
        .tier(Tier::Pro)
        .prompt_optimizer(false)
        .fast_pretreatment(true)
        .watermark(false)
        .build()
        .unwrap()
}

#[test]
fn what_is_written_is_read_back() {
    let pictured = ImageToVideo::builder().image(png(1024, 768)).build().unwrap();
    for request in [full(), pictured] {
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<ImageToVideo>(&text).unwrap(), request.clone());
    }
    insta::assert_snapshot!(
        serde_json::to_string(&full()).unwrap(),
        @r#"{"image":"https://example.com/a.png","prompt":"一只狐狸 [推进]","duration":6,"resolution":"1080P","tier":"pro","prompt_optimizer":false,"fast_pretreatment":true,"watermark":false}"#
    );
}

#[test]
fn json_is_held_to_the_same_rules_all_at_once() {
    let broken = serde_json::from_value::<ImageToVideo>(json!({
        "image": "ftp://example.com", "prompt": "", "duration": 7, "resolution": "4K", "tier": 1
    }))
    .unwrap_err()
    .to_string();
    for code in ["image_url_scheme", "prompt_empty", "duration_unknown", "resolution_unknown", "tier_unknown"] {
        assert!(broken.contains(code), "{broken}");
    }
}

#[test]
fn json_that_is_no_request_is_refused() {
    for (name, value) in [
        ("an unknown field", json!({"image": "https://example.com", "seed": 7})),
        ("no picture", json!({"prompt": "x"})),
        ("a picture that is no text", json!({"image": {"path": "/etc/passwd"}})),
        ("6 as text", json!({"image": "https://example.com", "duration": "6"})),
        ("6 with a fraction", json!({"image": "https://example.com", "duration": 6.5})),
        ("small letters", json!({"image": "https://example.com", "resolution": "768p"})),
        ("a flag as text", json!({"image": "https://example.com", "watermark": "true"})),
        ("a list", json!([])),
    ] {
        assert!(serde_json::from_value::<ImageToVideo>(value).is_err(), "{name}");
    }
}

#[test]
fn null_is_unset() {
    let request: ImageToVideo = serde_json::from_value(json!({
        "image": "https://example.com", "prompt": null, "duration": null, "watermark": null
    }))
    .unwrap();
    assert_eq!((request.prompt(), request.duration(), request.watermark()), (None, None, None));
}

#[test]
fn the_mode_can_be_chosen_for_json_too_but_no_word_is_invented() {
    let read = |value| serde_json::from_value::<ImageToVideoBuilder>(value).unwrap();
    let long = read(json!({"image": "https://example.com", "prompt": "x".repeat(2001)}));
    assert!(long.clone().build().is_err());
    assert!(long.rules(RuleMode::Off).build().is_ok());
    let odd = read(json!({"image": "https://example.com", "duration": 7}));
    assert!(odd.rules(RuleMode::Off).build().is_err());
}
