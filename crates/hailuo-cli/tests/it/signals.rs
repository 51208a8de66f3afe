//! Ctrl-C, once and twice, and kill -9: what was paid for is never forgotten.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, Stdio},
};

use hailuo_sandbox::{Host, Pace, Sandbox, Vendor};

use crate::home::{Home, IMAGE};

const GENERATE: [&str; 7] = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"];

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// Reads what a command says until it says something.
fn until(reader: &mut impl BufRead, words: &str) -> String {
    let mut said = String::new();
    while !said.contains(words) {
        assert!(reader.read_line(&mut said).unwrap() > 0, "it never said {words:?}: {said}");
    }
    said
}

#[test]
fn ctrl_c_stops_waiting_and_prints_a_command_that_goes_on() {
    let home = Home::with(Sandbox::builder().pace(Pace::polls(6)));
    let mut child = home.start(&[&GENERATE[..], &["-o", "my fox.mp4"]].concat());
    let mut err = BufReader::new(child.stderr.take().unwrap());
    until(&mut err, "accepted");
    signal(&child, "-INT");
    let mut rest = String::new();
    err.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(6), "{rest}");
    let resume = rest.lines().find_map(|line| line.trim().strip_prefix("hailuo ")).unwrap().to_owned();
    assert!(resume.ends_with(" -o 'my fox.mp4'"), "{resume}");
    let words: Vec<_> = resume.trim_end_matches(" -o 'my fox.mp4'").split(' ').chain(["-o", "my fox.mp4"]).collect();
    home.run(&words).exits(0);
    assert_eq!(home.videos("").len(), 1);
    assert_eq!(home.sandbox().jobs(Vendor::Fal).len(), 1);
}

#[test]
fn ctrl_c_stops_a_download_that_goes_on_later() {
    let home = Home::with(Sandbox::builder().pace(Pace::INSTANT));
    home.sandbox().fault(Vendor::Fal, "download:stall".parse().unwrap()).unwrap();
    let mut child = home.start(&[&GENERATE[..], &["-o", "fox.mp4"]].concat());
    let mut err = BufReader::new(child.stderr.take().unwrap());
    until(&mut err, "downloading");
    while home.sandbox().requests_to(Host::Files).is_empty() {
        std::thread::yield_now();
    }
    signal(&child, "-INT");
    let mut rest = String::new();
    err.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(6), "{rest}");
    assert!(rest.contains("the video is paid for"), "{rest}");
    let resume = rest.lines().find_map(|line| line.trim().strip_prefix("hailuo ")).unwrap().to_owned();
    home.run(&resume.split(' ').collect::<Vec<_>>()).exits(0);
    assert_eq!((home.videos("").len(), home.sandbox().jobs(Vendor::Fal).len()), (1, 1));
}

#[test]
fn ctrl_c_waits_for_the_answer_to_a_submit_and_a_second_one_does_not() {
    let home = Home::with_sandbox();
    home.sandbox().fault(Vendor::Fal, "submit:hang".parse().unwrap()).unwrap();
    let mut child = home.start(&GENERATE);
    let mut err = BufReader::new(child.stderr.take().unwrap());
    // The request is being sent; the sandbox knows when it has arrived.
    until(&mut err, "submitting");
    while home.sandbox().jobs(Vendor::Fal).is_empty() {
        std::thread::yield_now();
    }
    signal(&child, "-INT");
    until(&mut err, "may be paid for");
    signal(&child, "-INT");
    assert_eq!(child.wait().unwrap().code(), Some(4));
    let jobs = home.json(&["jobs", "--unknown"]).exits(0).of("job");
    assert_eq!(jobs.len(), 1);
}

/// As `timeout` sends it to a command and to the command's group.
#[test]
fn a_signal_that_comes_twice_at_once_is_one() {
    let home = Home::with(Sandbox::builder().pace(Pace::polls(6)));
    home.sandbox().fault(Vendor::Fal, "submit:delay=1s".parse().unwrap()).unwrap();
    let child = home.start(&GENERATE);
    while home.sandbox().jobs(Vendor::Fal).is_empty() {
        std::thread::yield_now();
    }
    let both = format!("kill -TERM {0} && kill -INT {0}", child.id());
    assert!(Command::new("sh").args(["-c", &both]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(6), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(home.json(&["jobs", "--open"]).exits(0).of("job").len(), 1);
}

#[test]
fn after_kill_9_the_journal_knows_what_may_have_been_paid_for() {
    let home = Home::with(Sandbox::builder().pace(Pace::polls(6)));
    // In the middle of a submit.
    home.sandbox().fault(Vendor::Fal, "submit:hang".parse().unwrap()).unwrap();
    let mut child = home.start(&GENERATE);
    while home.sandbox().jobs(Vendor::Fal).is_empty() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // While waiting.
    let mut child = home.start(&GENERATE);
    until(&mut BufReader::new(child.stderr.take().unwrap()), "accepted");
    child.kill().unwrap();
    child.wait().unwrap();
    let jobs = home.json(&["jobs"]).exits(0).of("job");
    let states: Vec<_> = jobs.iter().map(|job| job["state"].clone()).collect();
    assert_eq!(states, ["unknown", "open"]);
    home.run(&["download", "2"]).exits(0);
    assert_eq!(home.videos("").len(), 1);
    assert_eq!(home.json(&["jobs", "--finished"]).exits(0).of("job").len(), 1);
}

#[test]
fn a_served_sandbox_ends_with_a_report() {
    let home = Home::new();
    let mut child = home.start(&["sandbox", "--pace", "1 poll", "--fault", "fal/submit:content-refused"]);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let last = Vendor::ALL.last().unwrap();
    let said = until(&mut out, &format!("{last}="));
    let urls: Vec<_> = said.lines().map(|line| line.split_once('=').unwrap()).collect();
    let slugs: Vec<_> = urls.iter().map(|(slug, _)| *slug).collect();
    assert_eq!(slugs, Vendor::ALL.map(Vendor::slug));
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal,seaart", "-o", "fox.mp4"];
    let addresses: Vec<_> = said.lines().flat_map(|line| ["--base-url", line]).collect();
    home.run(&[&args[..], &addresses].concat()).exits(0);
    // The journal knows where the job is; no address is needed any more.
    home.run(&["download", "2", "-o", "again.mp4"]).exits(0);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let report = String::from_utf8(output.stderr).unwrap();
    assert!(report.contains("SeaArt: ") && report.contains(", 1 job, 0 violations"), "{report}");
    assert!(!report.contains("POST"), "requests are told of on a terminal, or when asked: {report}");
}

#[test]
fn a_served_sandbox_obeys_lines_on_stdin_and_outlives_them() {
    let home = Home::new();
    for (args, answers) in [
        (&["sandbox", "-v", "seaart"][..], ["ok: seaart/submit:http=418", "error: \"nonsense\" is not a fault"]),
        (
            &["sandbox", "-v", "seaart", "--json"],
            [
                r#"{"type":"obeyed","line":"seaart/submit:http=418","error":null}"#,
                r#"{"type":"obeyed","line":"nonsense","error":"\"nonsense\" is not a fault"#,
            ],
        ),
    ] {
        let mut command = home.command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let said = until(&mut out, "http://");
        child.stdin.take().unwrap().write_all(b"seaart/submit:http=418\n\nnonsense\n").unwrap();
        let told = until(&mut out, "nonsense");
        assert!(answers.iter().all(|answer| told.contains(answer)), "{told}");
        let url = said.split_once("http://").unwrap().1.trim().trim_end_matches("\"}");
        let answer = order(&format!("http://{url}"), &format!(r#"{{"first_frame_image":"{IMAGE}"}}"#));
        assert!(answer.starts_with("HTTP/1.1 418"), "{answer}");
        signal(&child, "-INT");
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
    }
}

fn order_without_a_picture(url: &str) -> String {
    order(url, r#"{"prompt":"a fox"}"#)
}

/// Sends an order, and comes back with the answer.
fn order(url: &str, body: &str) -> String {
    let (host, base) = url.trim_start_matches("http://").split_once('/').unwrap_or((url, ""));
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST /{base}/v1/queue/minimax_hailuo_23_i2v HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer key\r\n\
         content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_served_sandbox_takes_the_key_that_it_was_given_and_no_other() {
    for (key, status) in [("key", "400"), ("another", "401")] {
        let home = Home::new();
        let mut child = home.start(&["sandbox", "-v", "seaart", "--log", "--key", key]);
        let said = until(&mut BufReader::new(child.stdout.take().unwrap()), "seaart=");
        let answer = order_without_a_picture(said.trim().split_once('=').unwrap().1);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{key}: {answer}");
        signal(&child, "-INT");
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
    }
}

#[test]
fn a_served_sandbox_tells_what_is_wrong_with_the_requests_of_other_clients() {
    let home = Home::new();
    for is_logged in [false, true] {
        let log: &[&str] = if is_logged { &["--log"] } else { &[] };
        let mut child = home.start(&[&["sandbox", "-v", "seaart"], log].concat());
        let said = until(&mut BufReader::new(child.stdout.take().unwrap()), "seaart=");
        for _ in 0..2 {
            let answer = order_without_a_picture(said.trim().split_once('=').unwrap().1);
            assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        }
        signal(&child, "-INT");
        let report = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
        let wrong = "submit, body /first_frame_image: a required field is missing";
        assert!(report.contains(&format!("2 violations of the contract\n  2 × {wrong}")), "{report}");
        let line = format!("seaart: POST /model/v1/queue/minimax_hailuo_23_i2v: 400\n  {wrong}\n");
        assert_eq!(report.matches(&line).count(), if is_logged { 2 } else { 0 }, "{report}");
    }
    let mut child = home.start(&["sandbox", "-v", "seaart", "--log", "--json"]);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let listening: serde_json::Value = serde_json::from_str(&until(&mut out, "listening")).unwrap();
    let _ = order_without_a_picture(listening["url"].as_str().unwrap());
    let request: serde_json::Value = serde_json::from_str(&until(&mut out, "request")).unwrap();
    signal(&child, "-INT");
    assert_eq!(child.wait_with_output().unwrap().stderr, b"");
    assert_eq!(
        request,
        serde_json::json!({
            "type": "request", "vendor": "seaart", "host": "api", "method": "POST",
            "path": "/model/v1/queue/minimax_hailuo_23_i2v", "status": 400, "job": null, "made_job": false,
            "fault": null, "wrong": [{
                "place": "body", "pointer": "/first_frame_image", "rule": "required",
                "message": "a required field is missing",
            }],
        })
    );
}
