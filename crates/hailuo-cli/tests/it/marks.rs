//! `validate`: everything at once, marked where it stands, and nothing sent.

use crate::home::{Home, IMAGE, PICTURE, assert_snapshot};

#[test]
fn a_request_with_many_faults_is_shown_with_each_of_them() {
    let home = Home::with_sandbox();
    // A GIF that calls itself a PNG.
    home.write("fox.png", b"GIF89a\x40\x01\x40\x01\x00\x00\x00");
    let prompt = format!("Go [Pan left], then {}.", "狐".repeat(2000));
    let args = ["validate", "-i", "fox.png", "-p", &prompt, "-d", "10", "-r", "1080P", "--watermark", "-v", "fal"];
    let ran = home.run(&args).exits(2);
    assert_snapshot("validate@marked", &home, &format!("{}---\n{}", ran.err, ran.out));
    let json = home.json(&args).exits(2);
    assert_snapshot("validate@json", &home, &json.out);
    assert!(!json.out.contains('狐'), "programs get places, not the prompt");
    assert_eq!(home.sandbox().journal().len(), 0);
}

#[test]
fn a_good_request_is_told_what_each_vendor_would_do() {
    let home = Home::new();
    let ran = home.run(&["validate", "-i", IMAGE, "-p", "a fox"]).exits(0);
    assert_snapshot("validate@good", &home, &ran.out);
    assert_eq!(ran.err, "");
}

#[test]
fn a_request_that_breaks_a_rule_is_a_yes_at_no_vendor() {
    let home = Home::new();
    let args = ["validate", "-i", IMAGE, "-p", "a fox", "-d", "10", "-r", "1080P"];
    let ran = home.run(&args).exits(2);
    assert_snapshot("validate@against_rules", &home, &ran.out);
    let fits = home.json(&args).exits(2).of("fit");
    assert!(fits.len() > 1 && fits.iter().all(|fit| fit["ok"] == false), "{fits:?}");
    // No mode of the rules makes up for a picture that is not there.
    let ran = home.run(&["validate", "-i", "no.png", "-p", "a fox"]).exits(2);
    assert_snapshot("validate@no_picture", &home, &ran.out);
}

#[test]
fn a_named_vendor_that_cannot_express_it_makes_it_invalid() {
    let home = Home::new();
    home.write("fox.png", PICTURE);
    let validate = |more: &[&str]| home.json(&[&["validate", "-i", "fox.png", "-p", "a fox"], more].concat());
    validate(&[]).exits(0);
    validate(&["-v", "all"]).exits(0);
    validate(&["-v", "fal"]).exits(0);
    validate(&["-v", "fal,apiinone"]).exits(2);
    let codes: Vec<_> =
        validate(&["-v", "apiinone"]).exits(2).of("violation").iter().map(|v| v["code"].clone()).collect();
    assert_eq!(codes, ["image_form_unsupported"]);
    validate(&["-v", "apiinone", "--rules", "warn"]).exits(0);
}

#[test]
fn rules_that_are_off_let_the_vendor_decide() {
    let home = Home::with_sandbox();
    let prompt = "x".repeat(2001);
    let generate = |rules: &str| home.json(&["generate", "-i", IMAGE, "-p", &prompt, "-v", "seaart", "--rules", rules]);
    generate("strict").exits(2);
    assert_eq!(home.sandbox().journal().len(), 0);
    let ran = generate("off").exits(3);
    assert_eq!(ran.of("error")[0]["phase"], "submit");
    assert_eq!(home.sandbox().journal().len(), 1);
    assert_eq!(generate("warn").exits(3).of("warning")[0]["broken"], "prompt_too_long");
}
