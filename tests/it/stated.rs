//! What a page states about pictures and camera commands, for which JSON Schema has no word, is what the facade's rules
//! say: a vendor that changes 20 MB to 10 fails a test by the rule's name.

use std::collections::BTreeSet;

use hailuo::{Camera, Fit, ImageFormat, ImageToVideo, Tier, Vendor, rules};
use serde_json::{Value, json};

use crate::{contract_of, vendors};

/// Every value under a keyword in the vendors' documents, with its vendor.
fn stated(keyword: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for slug in vendors() {
        for document in contract_of(&slug).documents.values() {
            contract::pointer::walk(document, &mut |at, value| {
                if at.ends_with(&format!("/{keyword}")) {
                    found.push((slug.clone(), value.clone()));
                }
            });
        }
    }
    found
}

/// The names that pages give the formats, in upper case.
fn formats() -> BTreeSet<&'static str> {
    let names = |format: &ImageFormat| -> &'static [&'static str] {
        match format {
            ImageFormat::Jpeg => &["JPG", "JPEG"],
            ImageFormat::Png => &["PNG"],
            ImageFormat::WebP => &["WEBP"],
            other => panic!("{other:?} has no name here"),
        }
    };
    rules::IMAGE_FORMATS.iter().flat_map(names).copied().collect()
}

#[test]
fn the_limits_of_pictures_are_those_that_pages_state() {
    let ratio = |(width, height): (u32, u32)| json!(format!("{width}:{height}"));
    let pictures = stated("x-picture");
    assert!(!pictures.is_empty());
    for (slug, picture) in pictures {
        for (limit, value) in picture.as_object().unwrap() {
            let (rule, said) = match limit.as_str() {
                "below-megabytes" => ("IMAGE_MAX_BYTES", json!(rules::IMAGE_MAX_BYTES >> 20)),
                "short-side-over" => ("IMAGE_SHORT_SIDE_OVER", json!(rules::IMAGE_SHORT_SIDE_OVER)),
                "narrowest" => ("IMAGE_MIN_RATIO", ratio(rules::IMAGE_MIN_RATIO)),
                "widest" => ("IMAGE_MAX_RATIO", ratio(rules::IMAGE_MAX_RATIO)),
                "formats" => {
                    let named: BTreeSet<String> =
                        value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_uppercase()).collect();
                    assert!(
                        named.iter().map(String::as_str).eq(formats()),
                        "{slug} takes {named:?}, and hailuo::rules::IMAGE_FORMATS says {:?}",
                        rules::IMAGE_FORMATS
                    );
                    continue;
                }
                other => panic!("{slug} states `{other}` of a picture, which no rule of the facade is held against"),
            };
            assert_eq!(*value, said, "{slug} states {limit} {value}, and hailuo::rules::{rule} says otherwise");
        }
    }
}

#[test]
fn each_of_them_is_the_ground_of_a_rule() {
    let mut seen = 0;
    for slug in vendors() {
        let contract = contract_of(&slug);
        contract::pointer::walk(&contract.document, &mut |at, value| {
            let is_fact = at.contains("/x-picture/") || at.ends_with("/x-camera") || at.ends_with("/x-camera-together");
            if is_fact && !at.contains("/formats/") {
                let rests = contract.source.relies.iter().any(|relies| relies.at == at);
                assert!(rests, "{slug} states {value} at {at}, and no [[relies]] of its source.toml rests on it");
                seen += 1;
            }
        });
    }
    assert!(seen > 0);
}

#[test]
fn the_camera_commands_are_those_that_pages_state() {
    let words: BTreeSet<&str> = Camera::ALL.iter().map(|camera| camera.word()).collect();
    let lists = stated("x-camera");
    assert_eq!(lists.len(), 2, "{lists:?}");
    for (slug, list) in lists {
        let stated: BTreeSet<&str> = list.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
        assert_eq!(stated, words, "{slug} states other commands than hailuo::Camera has");
    }
    for (slug, together) in stated("x-camera-together") {
        let most = json!(rules::CAMERA_MAX_TOGETHER);
        assert_eq!(together, most, "{slug} recommends other than hailuo::rules::CAMERA_MAX_TOGETHER");
    }
}

#[test]
fn the_resolution_that_fal_pro_makes_is_the_one_its_page_states() {
    for (slug, resolution) in stated("x-resolution") {
        assert_eq!(slug, "fal", "{resolution} is held against no rule of the facade");
        let resolution = resolution.as_str().unwrap().to_uppercase().parse().unwrap();
        let request = ImageToVideo::builder().image("https://example.com/a.jpg").prompt("A.").resolution(resolution);
        assert_eq!(Fit::new(Vendor::Fal, &request.build().unwrap()).unwrap().tier, Some(Tier::Pro));
    }
}
