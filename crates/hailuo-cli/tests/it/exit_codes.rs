//! Each exit code, what is said with it, and the worst of several.

use hailuo_sandbox::Vendor;

use crate::home::{Home, IMAGE, PICTURE, Ran};

fn generate(home: &Home, vendor: &str, more: &[&str]) -> Ran {
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", vendor];
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
        // The shortest there is, where it has to run out.
        let more: &[&str] = if reason == "timed_out" { &["--timeout", "1s"] } else { &[] };
        let ran = generate(&home, "fal", more).exits(code);
        let error = &ran.of("error")[0];
        assert_eq!(error["reason"], reason, "{fault}");
        assert_eq!(error["exit"], code, "{fault}");
        assert_eq!(error["may_have_been_charged"], is_charged, "{fault}");
        assert_eq!(error["resume"].is_string(), code == 6, "{fault}");
        if reason == "no_video" {
            let job = &home.sandbox().jobs(Vendor::Fal)[0].id;
            assert!(error["message"].as_str().unwrap().contains(&**job), "{error}");
        }
        assert_eq!(home.sandbox().submits(Vendor::Fal).len(), 1, "{fault}");
    }
}

/// A key that is no longer accepted is noticed, though the next vendor does the work.
#[test]
fn who_has_refused_before_is_told() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::Fal, "submit:no-balance*always".parse().unwrap()).unwrap();
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal,seaart", "-o", "fox.mp4", "--force"];
    let ran = home.run(&args).exits(0);
    assert!(ran.err.contains("refused: fal refused: the balance is used up"), "{}", ran.err);
    let ran = home.json(&args).exits(0);
    let refused = &ran.of("refused")[0];
    assert_eq!((&refused["vendor"], &refused["kind"]), (&"fal".into(), &"balance".into()), "{}", ran.out);
    assert_eq!(ran.of("video")[0]["vendor"], "seaart");
}

#[test]
fn that_nothing_was_charged_is_told_once() {
    let home = Home::with_sandbox();
    for vendor in Vendor::ALL {
        home.sandbox().refuse(vendor);
    }
    for vendors in ["fal", "fal,seaart"] {
        let ran = home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", vendors]).exits(1);
        let told = ran.err.matches("nothing was charged").count();
        assert_eq!(told, vendors.split(',').count(), "{}", ran.err);
        assert!(ran.err.contains("check the address that was given, or try again later"), "{}", ran.err);
    }
}

#[test]
fn a_key_that_was_given_and_not_accepted_is_to_be_checked_and_not_to_be_set() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::Fal, "submit:http=401".parse().unwrap()).unwrap();
    let ran = home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(3);
    assert!(ran.err.contains("check FAL_KEY, in the environment or in the key file"), "{}", ran.err);
}

#[test]
fn an_address_without_the_vendors_path_is_told_as_such() {
    let home = Home::with_sandbox();
    let address = format!("seaart={}", home.sandbox().url(Vendor::SeaArt).trim_end_matches("/model"));
    let ran = home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "seaart", "--base-url", &address]).exits(3);
    assert!(ran.err.contains("https://cloud.seaart.ai/model, path included"), "{}", ran.err);
    // As by a host that takes only https.
    home.sandbox().fault(Vendor::SeaArt, "submit:redirect=308".parse().unwrap()).unwrap();
    let ran = home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "seaart"]).exits(3);
    assert!(ran.err.contains("https://cloud.seaart.ai/model, path included"), "{}", ran.err);
}

/// What may become of one vendor's video: how it comes about, the word in the table, and the code.
const ENDS: [(&str, &str, i32); 6] = [
    ("", "done", 0),
    ("refuse", "error", 1),
    ("submit:content-refused*always", "refused", 3),
    ("submit:drop-answer*always", "outcome unknown", 4),
    ("job:fails*always", "failed", 5),
    // Without a clock: it runs out in a test of its own.
    ("poll:http=401*always", "not finished", 6),
];

/// How it ends at each vendor, by its place in [`ENDS`].
type Ends = [usize; Vendor::ALL.len()];

/// Makes these ends come about, and asks all vendors. The table's cells are told by vendor.
fn all_vendors(ends: &Ends) -> (i32, Vec<(String, String)>) {
    let home = Home::with_sandbox();
    for (vendor, end) in Vendor::ALL.into_iter().zip(ends) {
        match ENDS[*end].0 {
            "" => {}
            "refuse" => home.sandbox().refuse(vendor),
            fault => home.sandbox().fault(vendor, fault.parse().unwrap()).unwrap(),
        }
    }
    let ran = home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "all", "--yes"]);
    let mut cells = Vec::new();
    let names = hailuo::Vendor::ALL.map(hailuo::Vendor::name);
    for line in ran.out.lines() {
        let Some(name) = names.into_iter().find(|name| line.starts_with(&format!("{name} "))) else { continue };
        let rest = line[name.len()..].trim_start();
        cells.push((name.to_owned(), rest.split("  ").next().unwrap().to_owned()));
    }
    assert_eq!(cells.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), names, "{}", ran.out);
    let videos = ends.iter().filter(|end| **end == 0).count();
    assert_eq!(home.videos("").len(), videos, "{}{}", ran.out, ran.err);
    (ran.code, cells)
}

#[test]
fn with_all_vendors_each_ends_for_itself_and_the_worst_is_told() {
    // Each end at each vendor once, among others that end well; then several at once.
    let alone = (1..ENDS.len())
        .flat_map(|end| (0..Vendor::ALL.len()).map(move |at| std::array::from_fn(|i| if i == at { end } else { 0 })));
    let together = [
        &[1, 2, 3, 4, 5][..],
        &[5, 4, 3, 2, 1],
        &[1, 2],
        &[2, 1, 5],
        &[5, 4, 1, 2],
        &[4, 3, 0, 5, 1],
        &[2, 2, 2, 2, 2],
        &[],
    ];
    // Those that are not named end well.
    let together = together.map(|ends| std::array::from_fn(|at| ends.get(at).copied().unwrap_or_default()));
    let cases: Vec<Ends> = alone.chain(together).collect();
    let work = |cases: &[Ends]| {
        for ends in cases {
            let (code, cells) = all_vendors(ends);
            let worst = [4, 5, 6, 3, 1, 0].into_iter().find(|code| ends.iter().any(|end| ENDS[*end].2 == *code));
            assert_eq!(Some(code), worst, "{ends:?}: {cells:?}");
            for ((vendor, word), end) in cells.iter().zip(ends) {
                assert_eq!(word, ENDS[*end].1, "{vendor} in {ends:?}");
            }
        }
    };
    std::thread::scope(|scope| {
        for part in cases.chunks(cases.len().div_ceil(4)) {
            scope.spawn(|| work(part));
        }
    });
}

#[test]
fn with_all_vendors_those_that_are_not_asked_are_in_the_table_too() {
    let mut home = Home::with_sandbox();
    home.set("HAILUO_SEAART_URL", "https://seaart.example");
    home.write("fox.png", PICTURE);
    let ran = home.run(&["generate", "-i", "fox.png", "-p", "a fox", "-v", "all", "--yes"]).exits(0);
    let line = |name: &str| ran.out.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert_eq!(line("SeaArt"), "SeaArt      skipped, no key");
    assert_eq!(line("API in One"), "API in One  skipped, cannot do it");
    assert!(line("fal").contains("done"), "{}", ran.out);
}

#[test]
fn programs_are_told_of_each_vendor_and_the_worst_by_the_code() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::ModelsLab, "submit:content-refused".parse().unwrap()).unwrap();
    home.sandbox().fault(Vendor::Fal, "submit:drop-answer".parse().unwrap()).unwrap();
    let ran = generate(&home, "all", &["--yes"]).exits(4);
    let mut told: Vec<_> =
        ran.of("error").iter().map(|error| (error["vendor"].clone(), error["exit"].clone())).collect();
    told.extend(ran.of("video").iter().map(|video| (video["vendor"].clone(), 0.into())));
    let code = |vendor| match vendor {
        Vendor::ModelsLab => 3,
        Vendor::Fal => 4,
        _ => 0,
    };
    assert_eq!(told, Vendor::ALL.map(|vendor| (vendor.slug().into(), code(vendor).into())));
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
        &["generate", "--sandbox", "--base-url", "fal=http://localhost"],
        &["generate", "--sandbox", "--output", "-"],
        &["status", "hailuo1.fal"],
        &["batch", "x.jsonl"],
        &["frobnicate"],
    ] {
        home.run(args).exits(2);
        let ran = home.json(args).exits(2);
        assert_eq!(ran.objects()[0]["phase"], "usage", "{args:?}");
    }
}
