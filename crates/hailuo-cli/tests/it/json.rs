//! The objects of every command, as programs have come to know them.

use hailuo_sandbox::{Pace, Sandbox, Vendor};

use crate::home::{Home, IMAGE, assert_snapshot};

#[test]
fn a_video_from_each_vendor() {
    for vendor in Vendor::ALL {
        let home = Home::with(Sandbox::builder().pace(Pace::polls(2)));
        let args = ["generate", "-i", IMAGE, "-p", "a fox [推进] [Pan left]", "-v", vendor.slug(), "-d", "6"];
        let ran = home.json(&args).exits(0);
        assert_snapshot(&format!("generate@{vendor}"), &home, &ran.out);
    }
}

#[test]
fn errors_of_every_phase() {
    let mut text = String::new();
    let home = Home::with_sandbox();
    for fault in
        ["submit:content-refused", "submit:drop-answer", "job:fails", "job:never-ends", "download:http=403*always"]
    {
        home.sandbox().fault(Vendor::SeaArt, fault.parse().unwrap()).unwrap();
        let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "seaart"];
        let more: &[&str] = if fault == "job:never-ends" { &["--timeout", "1s"] } else { &[] };
        let ran = home.json(&[&args[..], more].concat());
        for line in ran.out.lines().filter(|line| line.contains("\"type\":\"error\"")) {
            text.extend([fault, "\n", line, "\n"]);
        }
        home.sandbox().clear_faults(Vendor::SeaArt);
    }
    assert_snapshot("errors", &home, &text);
}

#[test]
fn questions_about_jobs() {
    let home = Home::with_sandbox();
    let made = home.json(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(0);
    let handle = made.of("submitted")[0]["handle"].as_str().unwrap().to_owned();
    home.sandbox().fault(Vendor::HighwayApi, "job:never-ends".parse().unwrap()).unwrap();
    let open = home.json(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "highwayapi", "--timeout", "1s"]).exits(6);
    let never = open.of("submitted")[0]["handle"].as_str().unwrap().to_owned();
    let mut text = String::new();
    for (args, code) in [
        (vec!["status", &handle], 0),
        (vec!["status", &never], 0),
        (vec!["wait", &handle], 0),
        (vec!["wait", &never, "--timeout", "1s"], 6),
        (vec!["download", &handle, "-o", "again.mp4"], 0),
        (vec!["cancel", &never], 3),
        (vec!["cancel", &handle], 3),
        (vec!["jobs"], 0),
    ] {
        let ran = home.json(&args).exits(code);
        // How often a running job is looked at depends on the clock.
        let lines = ran.out.lines().filter(|line| !line.contains("\"type\":\"progress\""));
        text.extend([args[0], "\n", &lines.collect::<Vec<_>>().join("\n"), "\n"]);
    }
    assert_snapshot("questions", &home, &text);
}

#[test]
fn what_vendors_can_do() {
    let home = Home::new();
    assert_snapshot("vendors@json", &home, &home.json(&["vendors"]).exits(0).out);
    assert_snapshot("vendors", &home, &home.run(&["vendors"]).exits(0).out);
}

#[test]
fn the_schema_is_one_line_for_programs_and_many_for_people() {
    let home = Home::new();
    let compact = home.json(&["schema"]).exits(0);
    assert_eq!(compact.out.lines().count(), 1);
    let pretty: serde_json::Value = serde_json::from_str(&home.run(&["schema"]).exits(0).out).unwrap();
    assert_eq!(pretty, compact.objects()[0]);
    assert_eq!(pretty["properties"]["prompt"]["maxLength"], 2000);
}

/// The enum of records is what can be printed; a type that a program has not heard of would be passed over.
#[test]
fn every_type_of_object_is_in_the_readme() {
    let records = include_str!("../../src/ui/record/mod.rs");
    let records = records.split("enum Record<'a> {").nth(1).unwrap().split("\n}").next().unwrap();
    let names: Vec<_> = records.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    let names = names.into_iter().filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let names: Vec<_> = names.map(|line| line.split([' ', '(', '{']).next().unwrap().to_lowercase()).collect();
    assert!(names.len() > 20, "{names:?}");
    let readme = include_str!("../../README.md");
    for name in names {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn a_batch() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::Fal, "submit:content-refused@2".parse().unwrap()).unwrap();
    home.write(
        "a.jsonl",
        format!(
            "{{\"image\":\"{IMAGE}\",\"prompt\":\"one\"}}\n\nnot json\n{{\"image\":\"{IMAGE}\",\"prompt\":\"\"}}\n"
        ),
    );
    let ran = home.json(&["batch", "a.jsonl", "--out", "v", "-v", "fal", "-c", "1"]).exits(2);
    let text = ran.out.replace(ran.of("line")[0]["key"].as_str().unwrap(), "[key]");
    assert_snapshot("batch", &home, &text);
}
