//! An outcome that is unknown, with an answer that names a job all the same: it is written down, shown, and can be asked
//! for and fetched.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    process::Stdio,
};

use hailuo_sandbox::{Pace, Sandbox, Vendor};

use crate::home::{Home, IMAGE};

/// A host that answers each of so many requests with a conflict that names the job. Its address.
fn conflict(job: &str, requests: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = format!(r#"{{"detail":"this was asked for before","request_id":"{job}"}}"#);
    std::thread::spawn(move || {
        for stream in listener.incoming().take(requests) {
            let mut reader = BufReader::new(stream.unwrap());
            let (mut line, mut length) = (String::new(), 0);
            while reader.read_line(&mut line).unwrap() > 2 {
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            reader.read_exact(&mut vec![0; length]).unwrap();
            let head = format!(
                "HTTP/1.1 409 Conflict\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            reader.get_mut().write_all((head + &body).as_bytes()).unwrap();
        }
    });
    url
}

/// A job of the sandbox's fal that this home knows nothing of.
fn somebodys_job(home: &Home) -> String {
    let other = Home::new();
    let base_url = format!("fal={}", home.sandbox().url(Vendor::Fal));
    other.json(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "--base-url", &base_url]).exits(0);
    home.sandbox().jobs(Vendor::Fal)[0].id.clone()
}

#[test]
fn a_lead_is_kept_and_leads_to_the_video() {
    let home = Home::with_sandbox();
    let job = somebodys_job(&home);
    let base_url = format!("fal={}", conflict(&job, 2));
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "--base-url", &base_url];
    let ran = home.run(&args).exits(4);
    assert!(
        ran.err.contains("names a job that may be it") && ran.err.contains("hailuo download hailuo1.fal."),
        "{}",
        ran.err
    );
    let error = home.json(&args).exits(4).of("error").remove(0);
    assert!(error["resume"].as_str().unwrap().starts_with("hailuo download hailuo1.fal."), "{error}");
    let listed = home.json(&["jobs", "--unknown"]).exits(0).of("job");
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().all(|known| known["job"] == *job && known["handle"].is_string()), "{listed:?}");
    let ran = home.run(&["jobs"]).exits(0);
    assert!(ran.out.contains(&job) && ran.err.contains("hailuo status NUMBER"), "{}{}", ran.out, ran.err);
    // Asked for by its number: the sandbox has it, and its end is the end of the matter.
    assert_eq!(home.json(&["status", "1"]).exits(0).of("status")[0]["state"], "done");
    home.run(&["download", "2", "-o", "fox.mp4"]).exits(0);
    assert_eq!(home.videos("").len(), 1);
    assert_eq!(home.json(&["jobs", "--unknown"]).exits(0).of("job").len(), 0);
}

#[test]
fn a_lead_to_nowhere_stays_unknown() {
    let home = Home::with_sandbox();
    let base_url = format!("fal={}", conflict("764cabcf-b745-4b3e-ae38-1200304cf45b", 1));
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "--base-url", &base_url]).exits(4);
    home.run(&["status", "1"]).exits(3);
    home.run(&["download", "1"]).exits(3);
    assert_eq!(home.json(&["jobs", "--unknown"]).exits(0).of("job").len(), 1);
}

#[test]
fn a_line_with_a_lead_is_not_submitted_again_and_takes_the_video_once_it_was_asked_for() {
    let home = Home::with_sandbox();
    let job = somebodys_job(&home);
    let base_url = format!("fal={}", conflict(&job, 1));
    home.write("a.jsonl", format!(r#"{{"image":"{IMAGE}","prompt":"a fox","vendor":"fal"}}"#));
    let batch = ["batch", "a.jsonl", "--out", "v"];
    let line = home.json(&[&batch[..], &["--base-url", &base_url]].concat()).exits(4).of("line").remove(0);
    assert_eq!((line["state"].as_str(), line["job"].as_str()), (Some("unknown"), Some(&*job)));
    let ran = home.json(&batch).exits(4);
    let (line, sum) = (&ran.of("line")[0], &ran.of("summary")[0]);
    assert_eq!((line["state"].as_str(), line["job"].as_str()), (Some("unknown"), Some(&*job)));
    assert!(line["message"].as_str().unwrap().ends_with("hailuo status 1"), "{line}");
    assert_eq!(sum["without_price"], 0, "whether it cost anything is not known");
    home.run(&["status", "1"]).exits(0);
    assert_eq!(home.json(&batch).exits(0).of("line")[0]["state"], "done");
    assert_eq!((home.videos("v").len(), home.sandbox().jobs(Vendor::Fal).len()), (1, 1));
}

#[test]
fn a_lead_outlasts_kill_9_while_another_vendor_is_waited_for() {
    let home = Home::with(Sandbox::builder().pace(Pace::polls(u32::MAX)));
    let base_url = format!("fal={}", conflict("764cabcf-b745-4b3e-ae38-1200304cf45b", 1));
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "all", "--yes", "--base-url", &base_url];
    let mut child = home.command(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(said.any(|line| line.contains("fal: outcome unknown")));
    child.kill().unwrap();
    child.wait().unwrap();
    let listed = home.json(&["jobs", "--unknown"]).exits(0).of("job");
    let leads: Vec<_> =
        listed.iter().filter(|known| known["vendor"] == "fal").map(|known| known["job"].clone()).collect();
    assert_eq!(leads, ["764cabcf-b745-4b3e-ae38-1200304cf45b"]);
}

#[test]
fn a_person_who_has_looked_says_what_became_of_an_unknown_job() {
    let home = Home::with_sandbox();
    home.write("a.jsonl", ["one", "two"].map(line_for).concat());
    home.sandbox().fault(Vendor::Fal, "submit:drop-answer".parse().unwrap()).unwrap();
    home.sandbox().fault(Vendor::Fal, "submit:html=502".parse().unwrap()).unwrap();
    let batch = ["batch", "a.jsonl", "--out", "v", "-c", "1"];
    home.json(&batch).exits(4);
    let id = home.sandbox().jobs(Vendor::Fal)[0].id.clone();
    assert_eq!(home.json(&batch).exits(4).of("summary")[0]["unknown"], 2);
    // The vendor's account has one of them.
    let settled = home.json(&["settle", "1", "--job", &id]).exits(0).of("settled").remove(0);
    assert_eq!((settled["state"].as_str(), settled["job"].as_str()), (Some("open"), Some(&*id)));
    assert_eq!(home.json(&["settle", "#2", "--none"]).exits(0).of("settled")[0]["state"], "none");
    assert_eq!(home.json(&batch).exits(0).of("summary")[0]["done"], 2);
    assert_eq!((home.videos("v").len(), home.sandbox().jobs(Vendor::Fal).len()), (2, 2));
    // What is known is not settled, nor what nobody could have given.
    for (args, code, why) in [
        (&["1", "--none"][..], 2, "not unknown but done"),
        (&["2", "--none"], 1, "there is no job 2"),
        (&["9", "--job", "x"], 1, "there is no job 9"),
        (&["1"], 2, "--job <ID>|--none"),
        (&["1", "--none", "--job", "x"], 2, "cannot be used with"),
        (&["x", "--none"], 2, "no number of a job"),
    ] {
        let ran = home.run(&[&["settle"], args].concat()).exits(code);
        assert!(ran.err.contains(why), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_job_that_is_being_submitted_is_not_settled() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::Fal, "submit:hang".parse().unwrap()).unwrap();
    let mut child = home.start(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]);
    while home.sandbox().jobs(Vendor::Fal).is_empty() {
        std::thread::yield_now();
    }
    let ran = home.run(&["settle", "1", "--none"]).exits(2);
    assert!(ran.err.contains("not unknown but submitting"), "{}", ran.err);
    child.kill().unwrap();
    child.wait().unwrap();
    for id in ["", "a/b", ".."] {
        home.run(&["settle", "1", "--job", id]).exits(2);
    }
    home.run(&["settle", "1", "--job", &home.sandbox().jobs(Vendor::Fal)[0].id]).exits(0);
    home.run(&["download", "1"]).exits(0);
}

fn line_for(prompt: &str) -> String {
    format!("{{\"image\":\"{IMAGE}\",\"prompt\":\"{prompt}\",\"vendor\":\"fal\"}}\n")
}
