//! Many lines, each submitted once, however often the command is stopped and run again.

use std::{collections::HashMap, fmt::Write as _, process::Stdio};

use hailuo_sandbox::{Pace, Sandbox, Vendor};

use crate::home::{Home, IMAGE, PICTURE};

/// Stopped once, a batch leaves nothing unknown; stopped twice, no more than what was on its way.
#[cfg(unix)]
#[test]
fn a_batch_that_is_stopped_once_or_twice_goes_on_where_it_was() {
    const LINES: usize = 40;
    for (signals, most_unknown) in [(&["-INT"][..], 0), (&["-TERM"], 0), (&["-INT", "-INT"], 4)] {
        let home = Home::with(Sandbox::builder().pace(Pace::polls(2)));
        home.write("a.jsonl", lines(LINES));
        let args = ["batch", "a.jsonl", "--out", "v", "--concurrency", "8"];
        let mut child = home.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while home.sandbox().received() < 25 {
            std::thread::yield_now();
        }
        for signal in signals {
            // The second may come when all is over.
            std::process::Command::new("kill").args([signal, &*child.id().to_string()]).status().unwrap();
        }
        let code = child.wait().unwrap().code();
        assert!(matches!(code, Some(1 | 4 | 6)), "{signals:?}: {code:?}");
        let known = home.json(&["jobs"]).exits(0).of("job");
        let made: usize = jobs(home.sandbox()).values().sum();
        assert!(made < LINES && known.len() >= made, "{signals:?}: {made} made, {} known", known.len());
        let summary = home.json(&args).of("summary").remove(0);
        let count = |what: &str| usize::try_from(summary[what].as_u64().unwrap()).unwrap();
        assert_eq!(count("done") + count("unknown"), LINES, "{signals:?}: {summary}");
        assert!(count("unknown") <= most_unknown, "{signals:?}: {summary}");
        assert!(jobs(home.sandbox()).values().all(|made| *made == 1), "a line was paid for twice");
    }
}

#[test]
fn a_vendor_that_refuses_what_another_takes_is_told_of_once() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::Fal, "submit:http=401*always".parse().unwrap()).unwrap();
    let line = format!(r#"{{"image":"{IMAGE}","prompt":"a fox"}}"#);
    home.write("a.jsonl", [line.as_str(); 4].join("\n"));
    let ran = home.run(&["batch", "a.jsonl", "--out", "v", "-v", "fal,seaart"]).exits(0);
    assert_eq!(ran.err.matches("fal refused: the key is not accepted").count(), 1, "{}", ran.err);
    assert_eq!(home.videos("v").len(), 4, "{}", ran.err);
}

/// Lines for all vendors in turn, told apart by their prompts.
fn lines(count: usize) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let vendor = Vendor::ALL[number % Vendor::ALL.len()];
        writeln!(text, r#"{{"image":"{IMAGE}","prompt":"fox {number}","vendor":"{vendor}"}}"#).unwrap();
        text
    })
}

/// How many jobs the sandbox made for each prompt.
fn jobs(sandbox: &Sandbox) -> HashMap<String, usize> {
    let mut jobs = HashMap::new();
    for vendor in Vendor::ALL {
        for submit in sandbox.submits(vendor).into_iter().filter(|submit| submit.made_job) {
            let prompt = submit.body.json().unwrap()["prompt"].as_str().unwrap().to_owned();
            *jobs.entry(prompt).or_default() += 1;
        }
    }
    jobs
}

/// Numbers without pattern, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are worth looking at, with --nocapture")]
fn kill_9_at_twenty_moments_never_makes_a_second_job_for_a_line() {
    const LINES: usize = 200;
    let home = Home::with(Sandbox::builder().pace(Pace::INSTANT));
    home.write("a.jsonl", lines(LINES));
    let args = ["batch", "a.jsonl", "--out", "v", "--concurrency", "8"];
    let mut random = Random(4711);
    let mut killed = 0;
    for _ in 0..20 {
        let mut child = home.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // So many requests later, whatever is being done then.
        let moment = home.sandbox().received() + random.below(60);
        while home.sandbox().received() < moment && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        }
        child.wait().unwrap();
    }
    assert!(killed >= 15, "only {killed} were killed in the middle");
    let ran = home.json(&args);
    let summary = ran.of("summary").remove(0);
    let count = |what: &str| usize::try_from(summary[what].as_u64().unwrap()).unwrap();
    assert_eq!(count("done") + count("unknown"), LINES, "{summary}");
    println!("{LINES} lines, killed {killed} times: {} videos, {} unknown", count("done"), count("unknown"));
    // At most so many requests are on their way at a time; answers that came are not among the unknown.
    assert!(count("unknown") <= 4 * killed, "{summary}");
    assert_eq!(ran.code, if count("unknown") > 0 { 4 } else { 0 });
    assert_eq!(home.videos("v").len(), count("done"));
    let jobs = jobs(home.sandbox());
    assert!(jobs.values().all(|made| *made == 1), "a line was paid for twice");
    assert!((count("done")..=LINES).contains(&jobs.len()), "{} jobs, {summary}", jobs.len());
    let known = home.json(&["jobs"]).exits(0);
    assert_eq!(known.of("job").iter().filter(|job| job["state"] == "unknown").count(), count("unknown"));
    assert_eq!(home.sandbox().violations(), []);
}

#[test]
fn two_processes_share_the_lines_and_the_one_that_lives_takes_over() {
    let home = Home::with_sandbox();
    home.write("a.jsonl", lines(40));
    let args = ["batch", "a.jsonl", "--out", "v", "--json"];
    let mut children = [home.start(&args), home.start(&args), home.start(&args)];
    while home.sandbox().received() < 20 {
        std::thread::yield_now();
    }
    children[0].kill().unwrap();
    let [first, others @ ..] = children;
    first.wait_with_output().unwrap();
    for child in others {
        let ran = crate::home::Ran::from(child.wait_with_output().unwrap());
        let summary = ran.of("summary").remove(0);
        let done = summary["done"].as_u64().unwrap() + summary["unknown"].as_u64().unwrap();
        assert_eq!(done, 40, "{summary}");
    }
    let jobs = jobs(home.sandbox());
    assert!(jobs.values().all(|made| *made == 1), "a line was paid for twice");
}

#[test]
fn a_line_that_was_refused_is_tried_again_and_one_that_failed_is_not() {
    let home = Home::with_sandbox();
    home.write("a.jsonl", lines(5));
    let sandbox = home.sandbox();
    sandbox.fault(Vendor::ModelsLab, "submit:content-refused".parse().unwrap()).unwrap();
    sandbox.fault(Vendor::SeaArt, "job:fails".parse().unwrap()).unwrap();
    sandbox.fault(Vendor::HighwayApi, "submit:drop-answer".parse().unwrap()).unwrap();
    let args = ["batch", "a.jsonl", "--out", "v"];
    let states = |code: i32| -> Vec<String> {
        let mut lines = home.json(&args).exits(code).of("line");
        lines.sort_by_key(|line| line["line"].as_u64());
        lines.iter().map(|line| line["state"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(states(4), ["refused", "done", "failed", "unknown", "done"]);
    assert_eq!(states(4), ["done", "done", "failed", "unknown", "done"]);
    assert!(jobs(sandbox).values().all(|made| *made == 1));
    let ran = home.json(&[&args[..], &["--series", "second take"]].concat()).exits(0);
    assert_eq!(ran.of("summary")[0]["done"], 5);
}

#[test]
fn a_busy_vendor_is_asked_again_and_a_wrong_key_stops_the_rest() {
    let home = Home::with_sandbox();
    let of_fal = |range: std::ops::Range<usize>| {
        range.fold(String::new(), |mut text, number| {
            writeln!(text, r#"{{"image":"{IMAGE}","prompt":"fox {number}"}}"#).unwrap();
            text
        })
    };
    home.write("a.jsonl", of_fal(0..3));
    home.sandbox().fault(Vendor::Fal, "submit:rate-limit=1s*2".parse().unwrap()).unwrap();
    let ran = home.json(&["batch", "a.jsonl", "--out", "v", "-v", "fal"]).exits(0);
    assert_eq!(ran.of("summary")[0]["done"], 3);
    home.write("b.jsonl", of_fal(3..23));
    home.sandbox().fault(Vendor::Fal, "submit:no-balance*always".parse().unwrap()).unwrap();
    let before = home.sandbox().submits(Vendor::Fal).len();
    let ran = home.json(&["batch", "b.jsonl", "--out", "v", "-v", "fal", "-c", "2"]).exits(3);
    let summary = &ran.of("summary")[0];
    assert_eq!(summary["refused"].as_u64().unwrap() + summary["not_started"].as_u64().unwrap(), 20);
    assert!(home.sandbox().submits(Vendor::Fal).len() - before <= 2, "an empty account is not asked twenty times");
}

#[test]
fn one_vendor_without_money_does_not_stop_lines_that_another_takes() {
    let home = Home::with_sandbox();
    let text = (0..6).fold(String::new(), |mut text, number| {
        writeln!(text, r#"{{"image":"{IMAGE}","prompt":"fox {number}"}}"#).unwrap();
        text
    });
    home.write("a.jsonl", text);
    home.sandbox().fault(Vendor::Fal, "submit:content-refused*1".parse().unwrap()).unwrap();
    home.sandbox().fault(Vendor::SeaArt, "submit:no-balance*always".parse().unwrap()).unwrap();
    let ran = home.json(&["batch", "a.jsonl", "--out", "v", "-v", "fal,seaart", "-c", "1"]).exits(3);
    let summary = &ran.of("summary")[0];
    assert_eq!((summary["done"].as_u64(), summary["refused"].as_u64()), (Some(5), Some(1)), "{summary}");
}

#[test]
fn videos_that_are_gone_from_the_folder_are_fetched_again_for_nothing() {
    let home = Home::with_sandbox();
    home.write("fox.png", PICTURE);
    home.write("a.jsonl", r#"{"image_file":"fox.png","prompt":"one","vendor":["fal","seaart"]}"#);
    home.json(&["batch", "a.jsonl", "--out", "v"]).exits(0);
    std::fs::remove_file(&home.videos("v")[0]).unwrap();
    home.json(&["batch", "a.jsonl", "--out", "v"]).exits(0);
    home.json(&["batch", "a.jsonl", "--out", "elsewhere"]).exits(0);
    assert_eq!((home.videos("v").len(), home.videos("elsewhere").len()), (1, 1));
    assert_eq!(home.sandbox().jobs(Vendor::Fal).len(), 1);
}

#[test]
fn the_built_in_sandbox_makes_a_batch_and_charges_nothing_later() {
    let home = Home::with_sandbox();
    home.write("a.jsonl", lines(2));
    home.json(&["batch", "a.jsonl", "--out", "v", "--sandbox"]).exits(0);
    assert_eq!(home.sandbox().journal().len(), 0);
    // What the sandbox made is not what the vendors made.
    home.json(&["batch", "a.jsonl", "--out", "v"]).exits(0);
    assert_eq!(jobs(home.sandbox()).len(), 2);
    assert_eq!(home.videos("v").len(), 4);
    // Videos of a sandbox that is gone cannot be fetched into another folder, but made again for nothing.
    home.json(&["batch", "a.jsonl", "--out", "w", "--sandbox"]).exits(0);
    assert_eq!(home.videos("w").len(), 2);
}

#[test]
fn no_more_is_paid_for_when_the_videos_cannot_be_written_any_more() {
    let home = Home::with(Sandbox::builder().pace(Pace::polls(u32::MAX)));
    home.write(
        "a.jsonl",
        (0..20).fold(String::new(), |mut text, number| {
            writeln!(text, r#"{{"image":"{IMAGE}","prompt":"fox {number}","vendor":"fal"}}"#).unwrap();
            text
        }),
    );
    let args = ["batch", "a.jsonl", "--out", "v", "-c", "2"];
    let child = home.start(&[&args[..], &["--json"]].concat());
    while home.sandbox().jobs(Vendor::Fal).iter().filter(|job| job.looks > 0).count() < 2 {
        std::thread::yield_now();
    }
    std::fs::remove_dir_all(home.work().join("v")).unwrap();
    home.sandbox().finish(Vendor::Fal);
    home.sandbox().set_pace(Vendor::Fal, Pace::INSTANT);
    let ran = crate::home::Ran::from(child.wait_with_output().unwrap()).exits(1);
    let sum = &ran.of("summary")[0];
    assert_eq!((sum["other"].as_u64(), sum["not_started"].as_u64()), (Some(2), Some(18)), "{sum}");
    assert_eq!(ran.of("notice").len(), 1);
    // What is paid for is fetched by the next run, and the rest is made.
    home.json(&args).exits(0);
    assert_eq!((home.videos("v").len(), home.sandbox().jobs(Vendor::Fal).len()), (20, 20));
}

/// Not even root can write there.
#[cfg(target_os = "linux")]
#[test]
fn nothing_is_sent_if_the_videos_could_not_be_written() {
    let home = Home::with_sandbox();
    home.write("a.jsonl", lines(3));
    let ran = home.run(&["batch", "a.jsonl", "--out", "/proc"]).exits(1);
    assert!(ran.err.contains("nothing can be written into the folder /proc"), "{}", ran.err);
    assert_eq!(home.sandbox().journal().len(), 0);
}

#[test]
fn a_file_that_is_not_there_or_has_no_lines_is_told() {
    let home = Home::with_sandbox();
    let ran = home.run(&["batch", "no.jsonl", "--out", "v"]).exits(1);
    assert!(ran.err.contains("no.jsonl cannot be read"), "{}", ran.err);
    home.write("empty.jsonl", "\n  \n");
    assert_eq!(home.run(&["batch", "empty.jsonl", "--out", "v"]).exits(0).out, "no lines\n");
}
