//! Every rule, in every mode.

use hailuo::{
    Code, Duration, Image, ImageToVideo, ImageToVideoBuilder, Resolution, RuleMode, Warning, WarningCode, rules,
};
use proptest::prelude::*;

use crate::pictures::{jpeg, png, webp};

const URL: &str = "https://example.com/a.png";

fn codes(builder: ImageToVideoBuilder) -> Vec<&'static str> {
    match builder.build() {
        Ok(_) => Vec::new(),
        Err(violations) => violations.iter().map(|v| v.code().as_str()).collect(),
    }
}

fn of_image(image: impl Into<Image>) -> Vec<&'static str> {
    codes(ImageToVideo::builder().image(image))
}

#[test]
fn pictures_are_judged_by_their_bytes() {
    let padded = |mut bytes: Vec<u8>, length: usize| {
        bytes.resize(length, 0);
        bytes
    };
    let limit = usize::try_from(rules::IMAGE_MAX_BYTES).unwrap();
    for (name, bytes, expected) in [
        ("png", png(1024, 768), vec![]),
        ("jpeg", jpeg(1024, 768), vec![]),
        ("webp", webp(1024, 768), vec![]),
        ("301 pixels", png(301, 301), vec![]),
        ("300 pixels", png(300, 400), vec!["image_too_small"]),
        ("2:5", png(400, 1000), vec![]),
        ("narrower than 2:5", png(400, 1001), vec!["image_ratio"]),
        ("5:2", png(1000, 400), vec![]),
        ("wider than 5:2", png(1001, 400), vec!["image_ratio"]),
        ("a huge size", png(u32::MAX, 400), vec!["image_ratio"]),
        ("small and wide", png(1000, 100), vec!["image_too_small", "image_ratio"]),
        ("one byte less than 20 MB", padded(png(1024, 768), limit - 1), vec![]),
        ("20 MB", padded(png(1024, 768), limit), vec!["image_too_large"]),
        ("20 MB of nothing", vec![0; limit], vec!["image_too_large", "image_format"]),
        ("nothing", vec![], vec!["image_empty"]),
        ("a gif", b"GIF89a".to_vec(), vec!["image_format"]),
        ("a page", b"<html>".to_vec(), vec!["image_format"]),
        ("a cut png", png(1024, 768)[..18].to_vec(), vec!["image_damaged"]),
        ("no pixels", png(0, 768), vec!["image_damaged"]),
    ] {
        assert_eq!(of_image(bytes), expected, "{name}");
    }
}

#[test]
fn urls_must_be_http_and_data_urls_whole() {
    for (text, expected) in [
        ("https://example.com/a.png", vec![]),
        ("HTTP://example.com", vec![]),
        ("https://b\u{fc}cher.example/\u{fc}.png?a=b#c", vec![]),
        ("ftp://example.com/a.png", vec!["image_url_scheme"]),
        ("file:///etc/passwd", vec!["image_url_scheme"]),
        ("javascript:alert(1)", vec!["image_url_scheme"]),
        ("C:\\cat.png", vec!["image_url_scheme"]),
        ("cat.png", vec!["image_url_invalid"]),
        ("/cat.png", vec!["image_url_invalid"]),
        ("", vec!["image_url_invalid"]),
        ("https://", vec!["image_url_invalid"]),
        ("https://example.com/a b.png", vec!["image_url_invalid"]),
        (" https://example.com/a.png", vec!["image_url_invalid"]),
        ("https://example.com/a\n.png", vec!["image_url_invalid"]),
        ("data:image/png;base64,!!!", vec!["image_data_url"]),
        ("data:image/png,abc", vec!["image_data_url"]),
        ("data:image/png;base64,", vec!["image_empty"]),
        ("data:image/png;base64,R0lGODlh", vec!["image_format"]),
    ] {
        assert_eq!(of_image(text), expected, "{text}");
    }
}

#[test]
fn a_file_is_read_by_its_bytes_and_not_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.jpg");
    std::fs::write(&path, png(1024, 768)).unwrap();
    let request = ImageToVideo::builder().image(Image::path(&path)).build().unwrap();
    assert_eq!(request.image().content_type(), "image/png");
    assert_eq!(request.image().dimensions(), Some((1024, 768)));
    assert_eq!(of_image(folder.path()), ["image_unreadable"]);
    assert_eq!(of_image(folder.path().join("none.png")), ["image_unreadable"]);
    let large = folder.path().join("large.png");
    std::fs::File::create(&large).unwrap().set_len(rules::IMAGE_MAX_BYTES).unwrap();
    assert_eq!(of_image(large.as_path()), ["image_too_large"]);
}

#[test]
fn a_missing_file_is_an_error_in_every_mode() {
    for mode in [RuleMode::Strict, RuleMode::Warn, RuleMode::Off] {
        let builder = ImageToVideo::builder().image(Image::path("/does/not/exist")).rules(mode);
        assert_eq!(codes(builder), ["image_unreadable"]);
        assert_eq!(codes(ImageToVideo::builder().rules(mode)), ["image_required"]);
    }
}

#[test]
fn a_png_called_jpeg_is_sent_as_png_with_a_warning() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let url = format!("data:image/jpeg;base64,{}", STANDARD.encode(png(1024, 768)));
    let request = ImageToVideo::builder().image(url).build().unwrap();
    assert_eq!(request.image().content_type(), "image/png");
    assert_eq!(request.warnings()[0].code(), WarningCode::ImageMislabeled);
}

#[test]
fn doubtful_pictures_raise_warnings() {
    let mut near = png(1024, 768);
    near.resize(20_000_000, 0);
    for (image, code) in [
        (Image::bytes(near), WarningCode::ImageNearLimit),
        (Image::url("http://127.0.0.1:8080/a.png"), WarningCode::ImagePrivateHost),
        (Image::url("http://[::ffff:10.0.0.1]/a.png"), WarningCode::ImagePrivateHost),
        (Image::url("http://nas.local/a.png"), WarningCode::ImagePrivateHost),
    ] {
        let request = ImageToVideo::builder().image(image).build().unwrap();
        assert_eq!(request.warnings()[0].code(), code);
    }
    let request = ImageToVideo::builder().image(URL).build().unwrap();
    assert_eq!(request.warnings(), []);
}

#[test]
fn a_prompt_of_blanks_raises_a_warning() {
    for (prompt, expected) in [
        (" ", &[WarningCode::PromptBlank][..]),
        ("\u{3000}\n\t", &[WarningCode::PromptBlank]),
        (" .", &[]),
        ("狐", &[]),
    ] {
        let request = ImageToVideo::builder().image(URL).prompt(prompt).build().unwrap();
        let codes: Vec<_> = request.warnings().iter().map(Warning::code).collect();
        assert_eq!(codes, expected, "{prompt:?}");
    }
}

#[test]
fn all_violations_come_together_by_field() {
    let broken = ImageToVideo::builder()
        .image("ftp://example.com")
        .prompt("")
        .duration(Duration::Ten)
        .resolution(Resolution::P1080)
        .build()
        .unwrap_err();
    insta::assert_snapshot!(broken.to_string().replace("; ", "\n"), @r"
    image has a URL that is neither http nor https
    allowed: http, https or a data URL [image_url_scheme]
    prompt is empty
    allowed: 1 to 2000 characters [prompt_empty]
    duration cannot be 10 s at 1080P
    allowed: 6 or 10 s at 768P, 6 s at 1080P [duration_not_at_resolution]
    ");
}

#[test]
fn a_prompt_too_long_tells_its_count_and_where_the_rest_begins() {
    let prompt = "狐".repeat(2050);
    let broken = ImageToVideo::builder().image(URL).prompt(prompt).build().unwrap_err();
    let violation = broken.iter().next().unwrap();
    assert_eq!(violation.code(), Code::PromptTooLong);
    assert_eq!(violation.count(), Some(2050));
    assert_eq!(violation.span(), Some(6000..6150));
    insta::assert_snapshot!(
        violation.problem(),
        @"has 2050 characters, 50 too many; character 2001 begins at byte 6000"
    );
}

#[test]
fn warn_lets_everything_pass_and_says_what_and_off_says_nothing() {
    let build = |mode| {
        ImageToVideo::builder()
            .image("ftp://example.com")
            .prompt("x".repeat(2001))
            .duration(Duration::Ten)
            .resolution(Resolution::P1080)
            .rules(mode)
            .build()
    };
    assert!(build(RuleMode::Strict).is_err());
    let warned = build(RuleMode::Warn).unwrap();
    let broken: Vec<_> = warned.warnings().iter().filter_map(hailuo::Warning::broken).collect();
    assert_eq!(broken, [Code::ImageUrlScheme, Code::PromptTooLong, Code::DurationNotAtResolution]);
    let off = build(RuleMode::Off).unwrap();
    assert_eq!(off.warnings(), []);
    assert_eq!(off.prompt().map(str::len), Some(2001));
}

#[test]
fn the_matrix_is_exactly_as_the_vendors_state_it() {
    for (duration, resolution, allowed) in [
        (Some(Duration::Six), Some(Resolution::P768), true),
        (Some(Duration::Ten), Some(Resolution::P768), true),
        (Some(Duration::Six), Some(Resolution::P1080), true),
        (Some(Duration::Ten), Some(Resolution::P1080), false),
        (Some(Duration::Ten), None, true),
        (None, Some(Resolution::P1080), true),
        (None, None, true),
    ] {
        let mut builder = ImageToVideo::builder().image(URL);
        if let Some(duration) = duration {
            builder = builder.duration(duration);
        }
        if let Some(resolution) = resolution {
            builder = builder.resolution(resolution);
        }
        assert_eq!(builder.build().is_ok(), allowed, "{duration:?} {resolution:?}");
    }
}

#[test]
fn every_code_has_a_word_of_its_own() {
    let mut words: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    words.extend(WarningCode::ALL.iter().map(|code| code.as_str()));
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all);
}

#[test]
fn neither_prompt_nor_picture_is_shown() {
    let request = ImageToVideo::builder().image("https://canary.example/a.png").prompt("canary");
    let broken = request.clone().prompt("canary".repeat(1000)).build().unwrap_err();
    let shown = format!("{request:?} {:?} {broken} {broken:?}", request.clone().build().unwrap());
    assert!(!shown.contains("canary"), "{shown}");
}

/// Text in several scripts, with everything that could be mistaken for something else.
fn prompts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zA-Z ]{0,40}",
        "[\u{4e00}-\u{9fff}]{0,40}",
        "[\u{0400}-\u{04ff}]{0,40}",
        "[\u{0600}-\u{06ff}]{0,40}",
        "[\u{1f300}-\u{1f6ff}\u{200d}\u{fe0f}]{0,40}",
        "[\\[\\]，,左移推进]{0,40}",
        "\\PC{0,40}",
    ];
    proptest::collection::vec(word, 0..80).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_prompt_is_too_long_exactly_above_2000_characters(prompt in prompts()) {
        let count = prompt.chars().count();
        let broken = codes(ImageToVideo::builder().image(URL).prompt(prompt.clone()));
        let expected = match count {
            0 => vec!["prompt_empty"],
            1..=2000 => vec![],
            _ => vec!["prompt_too_long"],
        };
        prop_assert_eq!(broken, expected);
    }

    #[test]
    fn the_span_of_a_long_prompt_cuts_it_to_2000(prompt in prompts(), more in "\\PC{2001,2100}") {
        let prompt = prompt + &more;
        let broken = ImageToVideo::builder().image(URL).prompt(prompt.clone()).build().unwrap_err();
        let span = broken.iter().next().and_then(hailuo::Violation::span).unwrap();
        prop_assert_eq!(prompt[..span.start].chars().count(), 2000);
        prop_assert_eq!(span.end, prompt.len());
    }

    #[test]
    fn any_text_as_a_picture_is_judged_without_panic(text in "\\PC{0,200}") {
        let _ = of_image(text.as_str());
        let _ = of_image(format!("data:{text}"));
        let _ = of_image(format!("data:image/png;base64,{text}"));
        let _ = of_image(format!("https://{text}"));
    }
}
