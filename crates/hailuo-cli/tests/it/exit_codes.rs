//! Each exit code, what is said with it, and the worst of several.

use hailuo_sandbox::Vendor;

use crate::home::{Home, IMAGE, Ran};

fn generate(home: &Home, vendor: &str, more: &[&str]) -> Ran {
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "--timeout", "2s", "-v", vendor];
    home.json(&[&args[..], more].concat())
}

#[test]
fn each_outcome_has_its_code() {
    for (fault, code, reason, is_charged) in [
        ("submit:content-refused", 3, "refused", false),
        ("submit:no-balance", 3, "refused", false),
        ("submit:http=401", 3, "refused", false),
        ("submit:drop-answer", 4, "unknown", true),
        ("submit:html=502", 4, "unknown", true),
        ("job:fails", 5, "job_failed", true),
        ("job:no-video", 5, "no_video", true),
        ("job:never-ends", 6, "timed_out", true),
    ] {
        let home = Home::with_sandbox();
        home.sandbox().fault(Vendor::Fal, fault.parse().unwrap()).unwrap();
        let ran = generate(&home, "fal", &[]).exits(code);
        let error = &ran.of("error")[0];
        assert_eq!(error["reason"], reason, "{fault}");
        assert_eq!(error["exit"], code, "{fault}");
        assert_eq!(error["may_have_been_charged"], is_charged, "{fault}");
        assert_eq!(error["resume"].is_string(), code == 6, "{fault}");
        assert_eq!(home.sandbox().submits(Vendor::Fal).len(), 1, "{fault}");
    }
}

#[test]
fn of_several_the_worst_is_told() {
    let home = Home::with_sandbox();
    let faults = [
        (Vendor::ModelsLab, "submit:content-refused*always"),
        (Vendor::HighwayApi, "job:never-ends*always"),
        (Vendor::SeaArt, "job:fails*always"),
        (Vendor::Fal, "submit:drop-answer*always"),
    ];
    for ((vendor, fault), code) in faults.into_iter().zip([3, 6, 5, 4]) {
        home.sandbox().fault(vendor, fault.parse().unwrap()).unwrap();
        let ran = generate(&home, "all", &["--yes"]).exits(code);
        assert!(ran.of("video").iter().any(|video| video["vendor"] == "apiinone"), "the good ones are made");
    }
}

#[test]
fn a_vendor_that_cannot_be_reached_is_neither_a_refusal_nor_unknown() {
    let home = Home::with_sandbox();
    home.sandbox().refuse(Vendor::Fal);
    let ran = generate(&home, "fal", &[]).exits(1);
    assert_eq!(ran.of("error")[0]["reason"], "not_sent");
}

#[test]
fn a_missing_key_names_the_variable_and_the_sandbox() {
    let home = Home::new();
    let ran = home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(1);
    assert!(ran.err.contains("FAL_KEY") && ran.err.contains("--sandbox"), "{}", ran.err);
}

#[test]
fn a_command_line_that_cannot_be_read_is_an_invalid_request() {
    let home = Home::new();
    for args in [
        &["generate", "--vendor", "notfal"][..],
        &["generate", "--duration", "6s"],
        &["generate", "--resolution", "720P"],
        &["status", "hailuo1.fal"],
        &["batch", "x.jsonl"],
        &["frobnicate"],
    ] {
        home.run(args).exits(2);
        let ran = home.json(args).exits(2);
        assert_eq!(ran.objects()[0]["phase"], "usage", "{args:?}");
    }
}
