//! What the journal knows, whoever asks.

use hailuo_sandbox::{Sandbox, Vendor};

use crate::home::{Home, IMAGE};

#[test]
fn open_finished_and_unknown_jobs_are_told_apart() {
    let home = Home::with_sandbox();
    let generate = |vendor: &str| home.json(&["generate", "-i", IMAGE, "-p", "a fox", "-v", vendor]).code;
    // Its job is on its way, and nobody waits for it.
    home.sandbox().fault(Vendor::HighwayApi, "poll:http=401".parse().unwrap()).unwrap();
    home.sandbox().fault(Vendor::SeaArt, "submit:drop-answer".parse().unwrap()).unwrap();
    home.sandbox().fault(Vendor::ModelsLab, "submit:content-refused".parse().unwrap()).unwrap();
    assert_eq!(["fal", "highwayapi", "seaart", "modelslab"].map(generate), [0, 6, 4, 3]);
    let listed = |filter: &[&str]| -> Vec<String> {
        let jobs = home.json(&[&["jobs"], filter].concat()).exits(0).of("job");
        jobs.iter()
            .map(|job| format!("{} {}", job["vendor"].as_str().unwrap(), job["state"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(listed(&[]), ["fal done", "highwayapi open", "seaart unknown"]);
    assert_eq!(listed(&["--open"]), ["highwayapi open"]);
    assert_eq!(listed(&["--finished"]), ["fal done"]);
    assert_eq!(listed(&["--unknown"]), ["seaart unknown"]);
    assert_eq!(listed(&["--open", "--unknown", "-n", "1"]), ["seaart unknown"]);
    let ran = home.run(&["jobs", "--handles"]).exits(0);
    assert!(ran.out.contains("hailuo1.fal.") && ran.err.contains("may have been charged"), "{}{}", ran.out, ran.err);
}

/// A home with a key for fal, and where fal is, which the home does not know.
fn with_fal_elsewhere() -> (Home, Sandbox, String) {
    let mut home = Home::new();
    let sandbox = Sandbox::builder().start_blocking().unwrap();
    home.set("FAL_KEY", "any");
    let base_url = format!("fal={}", sandbox.url(Vendor::Fal));
    (home, sandbox, base_url)
}

#[test]
fn a_job_is_found_where_it_was_submitted() {
    let (home, _sandbox, base_url) = with_fal_elsewhere();
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "--base-url", &base_url]).exits(0);
    // No address is given now, and the vendor's own is never asked: this test has no network.
    assert_eq!(home.json(&["status", "1"]).exits(0).of("status")[0]["state"], "done");
    home.run(&["download", "#1", "-o", "again.mp4"]).exits(0);
    assert_eq!(home.videos("").len(), 2);
    let ran = home.run(&["status", "2"]).exits(1);
    assert!(ran.err.contains("hailuo jobs"), "{}", ran.err);
}

/// On a full disk SQLite can make no file beside the journal, and on a read-only one nobody can.
#[cfg(unix)]
#[test]
fn a_journal_that_cannot_be_written_is_read_and_no_more_is_paid_for() {
    for hindered in ["journal.sqlite3-shm", "opening.lock"] {
        let (home, sandbox, base_url) = with_fal_elsewhere();
        let generate = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "--base-url", &base_url];
        home.run(&generate).exits(0);
        let folder = home.work().join("../.local/share/hailuo");
        let file = folder.join(hindered);
        let _ = std::fs::remove_file(&file);
        std::os::unix::fs::symlink("/nowhere/at/all", &file).unwrap();
        for (args, code) in [
            (&["jobs"][..], 0),
            (&["status", "1"], 0),
            (&["wait", "1"], 0),
            (&["download", "1", "-o", "again.mp4"], 0),
            (&["settle", "1", "--none"], 1),
            (&generate, 1),
        ] {
            let ran = home.run(args).exits(code);
            assert!(ran.err.contains("journal"), "{args:?}: {}", ran.err);
        }
        assert_eq!((home.videos("").len(), sandbox.submits(Vendor::Fal).len()), (2, 1));
        // What another process has not yet brought into the file would be missing.
        std::fs::write(folder.join("journal.sqlite3-wal"), "more").unwrap();
        let _ = std::fs::remove_file(folder.join("journal.sqlite3-shm"));
        std::os::unix::fs::symlink("/nowhere/at/all", folder.join("journal.sqlite3-shm")).unwrap();
        home.run(&["jobs"]).exits(1);
    }
}

#[test]
fn a_video_that_was_not_fetched_is_pointed_out_until_it_is() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::Fal, "download:http=403*always".parse().unwrap()).unwrap();
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(1);
    let ran = home.run(&["jobs"]).exits(0);
    assert!(ran.out.contains("done, not fetched") && ran.err.contains("hailuo download"), "{}{}", ran.out, ran.err);
    home.sandbox().clear_faults(Vendor::Fal);
    home.run(&["download", "1"]).exits(0);
    let ran = home.run(&["jobs"]).exits(0);
    assert!(!ran.out.contains("not fetched") && ran.err.is_empty(), "{}{}", ran.out, ran.err);
}

#[test]
fn of_a_job_that_has_ended_it_is_not_said_that_it_goes_on() {
    let home = Home::with_sandbox();
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(0);
    home.sandbox().refuse(Vendor::Fal);
    let error = home.json(&["status", "1"]).exits(1).of("error").remove(0);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("says nothing of the job; to fetch its video later: hailuo download"), "{error}");
}

#[test]
fn a_cancel_that_was_not_answered_says_how_to_find_out() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::Fal, "poll:http=401".parse().unwrap()).unwrap();
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(6);
    home.sandbox().fault(Vendor::Fal, "cancel:drop-answer".parse().unwrap()).unwrap();
    let error = home.json(&["cancel", "1"]).exits(1).of("error").remove(0);
    let resume = error["resume"].as_str().unwrap();
    assert!(resume.starts_with("hailuo status hailuo1.fal."), "{error}");
    assert!(error["message"].as_str().unwrap().starts_with("fal gave no usable answer: "), "{error}");
    home.run(&resume.split(' ').skip(1).collect::<Vec<_>>()).exits(5);
    home.sandbox().refuse(Vendor::Fal);
    let error = home.json(&["cancel", "1"]).exits(1).of("error").remove(0);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("the job goes on") && !message.contains("charged"), "{error}");
}

#[test]
fn a_cancel_that_is_refused_says_that_the_job_goes_on() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::Fal, "poll:http=401".parse().unwrap()).unwrap();
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(6);
    for (fault, advice) in [
        ("cancel:http=401", "check FAL_KEY, in the environment or in the key file; the job goes on"),
        ("cancel:rate-limit=1s", "the job goes on; try again later"),
        ("cancel:http=409", "; the job goes on"),
    ] {
        home.sandbox().fault(Vendor::Fal, fault.parse().unwrap()).unwrap();
        let error = home.json(&["cancel", "1"]).exits(3).of("error").remove(0);
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(advice) && !message.contains("charged"), "{fault}: {error}");
    }
}

#[test]
fn a_job_of_a_sandbox_that_is_gone_says_so() {
    let home = Home::new();
    home.run(&["generate", "--sandbox", "--vendor", "apiinone"]).exits(0);
    let ran = home.run(&["status", "1"]).exits(1);
    assert!(ran.err.contains("hailuo sandbox"), "{}", ran.err);
}

#[test]
fn without_jobs_there_are_none() {
    let home = Home::new();
    assert_eq!(home.run(&["jobs"]).exits(0).out, "no jobs\n");
    assert_eq!(home.json(&["jobs"]).exits(0).out, "");
}
