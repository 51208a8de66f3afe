//! The table of exit codes: every command that talks to a vendor × everything that can go wrong. It is written by hand,
//! and the README's is the same in words.

use std::{collections::BTreeSet, io::Read, process::Stdio};

use hailuo_sandbox::{Builder, Pace, Sandbox, Vendor};
use serde_json::Value;

use crate::home::{Home, IMAGE, Ran};

/// One that can cancel and has a request of its own for the result.
const VENDOR: Vendor = Vendor::SeaArt;

/// A job that no vendor has.
const NOBODYS: &str = "hailuo1.seaart.eyJpZCI6Im1tc3VfNDcxMSIsImF0IjoxNzk1MjE5MjAwMDAwfQ";

const COMMANDS: [&str; 6] = ["generate", "batch", "status", "wait", "download", "cancel"];

/// What goes wrong.
#[derive(Debug, Clone, Copy)]
enum Cause {
    Nothing,
    /// Faults of the sandbox, apart by blanks.
    Faults(&'static str),
    NoKey,
    /// Nobody listens.
    Unreachable,
    /// The vendor does not know the job.
    UnknownJob,
    /// 10 s at 1080P, or what is no handle.
    Invalid,
    /// The job takes longer than there is time.
    NoTime,
    /// Ctrl-C while a job is waited for.
    Interrupted,
    JournalUnusable,
    NowhereToWrite,
    FileExists,
}

/// The cell does not apply: the command makes no job, or asks for none, or has no such option.
const NONE: i32 = -1;

/// Killed by the signal, as any program that has nothing to tidy up.
const SIGNAL: i32 = -2;

use Cause::{
    Faults, FileExists, Interrupted, Invalid, JournalUnusable, NoKey, NoTime, Nothing, NowhereToWrite, UnknownJob,
    Unreachable,
};

#[rustfmt::skip]
const TABLE: &[(&str, Cause, [i32; COMMANDS.len()])] = &[
    //                                                                        generate batch status  wait download cancel
    ("all goes well",           Nothing,                                              [0, 0,     0,     0,    0,     0]),
    ("key missing",             NoKey,                                                [1, 1,     1,     1,    1,     1]),
    ("key refused",             Faults("submit:http=401 poll:http=401 cancel:http=401"), [3, 3,  3,     3,    3,     3]),
    // The job that was submitted is paid for, whatever the vendor says now.
    ("key revoked meanwhile",   Faults("poll:http=401*always"),                       [6, 6,     3,     3,    3,  NONE]),
    ("unknown job",             UnknownJob,                                        [NONE, NONE,  3,     3,    3,     3]),
    ("job forgotten meanwhile", Faults("poll:http=404*always"),                       [6, 6,     3,     3,    3,  NONE]),
    ("content refused",         Faults("submit:content-refused"),                     [3, 3,  NONE,  NONE, NONE,  NONE]),
    ("balance empty",           Faults("submit:no-balance"),                          [3, 3,  NONE,  NONE, NONE,  NONE]),
    // A batch asks again.
    ("too many requests",       Faults("submit:rate-limit=1s poll:rate-limit=1s cancel:rate-limit=1s"), [3, 0, 3, 0,  0, 3]),
    ("vendor fault",            Faults("submit:http=500 poll:http=500 cancel:http=500"), [4, 4,  1,     0,    0,     1]),
    ("answer that is a page",   Faults("submit:html=200 poll:html=200 cancel:html=200"), [4, 4,  1,     0,    0,     1]),
    ("outcome unknown",         Faults("submit:drop-answer"),                         [4, 4,  NONE,  NONE, NONE,  NONE]),
    ("answer lost",             Faults("poll:drop-answer cancel:drop-answer"),        [0, 0,     1,     0,    0,     1]),
    // A batch asks for a minute.
    ("network down",            Unreachable,                                          [1, NONE,  1,     6,    6,     1]),
    ("invalid request",         Invalid,                                              [2, 2,     2,     2,    2,     2]),
    ("job failed",              Faults("job:fails"),                                  [5, 5,     5,     5,    5,     3]),
    ("done without a video",    Faults("job:no-video"),                               [5, 5,     5,     5,    5,     3]),
    ("out of time",             NoTime,                                               [6, 6,     0,     6,    6,     0]),
    ("video not served",        Faults("download:http=403*always"),                   [1, 1,     0,     0,    1,  NONE]),
    // Without a journal nothing is paid for; a job is found by its handle all the same.
    ("journal unusable",        JournalUnusable,                                      [1, 1,     0,     0,    0,     0]),
    ("nowhere to write",        NowhereToWrite,                                       [1, 1,  NONE,  NONE,    1,  NONE]),
    ("file exists",             FileExists,                                           [1, NONE,  NONE,  NONE, 1,  NONE]),
    ("interrupted",             Interrupted,                                          [6, 6, SIGNAL,    6,    6, SIGNAL]),
];

#[test]
fn every_command_ends_as_the_table_says_whatever_goes_wrong() {
    let cells: Vec<_> = TABLE
        .iter()
        .flat_map(|(what, cause, codes)| {
            COMMANDS.into_iter().zip(codes).map(move |(command, code)| (*what, *cause, command, *code))
        })
        .filter(|(.., code)| *code != NONE && !(*code == SIGNAL && ignores_interrupts()))
        .collect();
    let differing = |cells: &[(&str, Cause, &str, i32)]| {
        let mut differing = Vec::new();
        for (what, cause, command, code) in cells {
            let ran = cell(*cause, command);
            if ran.code != *code {
                let Ran { code: seen, out, err } = ran;
                differing.push(format!("{command}, {what}: {seen} and not {code}\n{out}{err}"));
            } else if !is_told(&ran) {
                differing.push(format!("{command}, {what}: programs are not told {code}\n{}", ran.out));
            }
        }
        differing
    };
    // Waiting for what does not come is most of the time.
    let differing = std::thread::scope(|scope| {
        let parts = cells.chunks(cells.len().div_ceil(4)).map(|part| scope.spawn(move || differing(part)));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// Whether the tests run where Ctrl-C is switched off, as a shell does for what it starts in the background. Programs
/// inherit that, and are not killed by it.
fn ignores_interrupts() -> bool {
    const SIGINT: u64 = 1 << (2 - 1);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & SIGINT != 0)
}

#[test]
fn the_manual_of_a_command_names_the_codes_of_the_table_and_no_others() {
    let home = Home::new();
    home.run(&["man", "pages"]).exits(0);
    for (at, command) in COMMANDS.into_iter().enumerate() {
        let page = std::fs::read_to_string(home.work().join(format!("pages/hailuo-{command}.1"))).unwrap();
        let exits = page.split(".SH").find(|section| section.contains("EXIT STATUS")).unwrap();
        let named: Vec<i32> = exits.lines().filter_map(|line| line.strip_prefix("\\fB")?[..1].parse().ok()).collect();
        let codes: BTreeSet<_> = TABLE.iter().map(|(.., codes)| codes[at]).filter(|code| *code >= 0).collect();
        assert_eq!(named, codes.into_iter().collect::<Vec<_>>(), "{command}");
    }
}

/// Whether programs are told the code, in an error, the sum of a batch or a broken rule.
fn is_told(ran: &Ran) -> bool {
    let objects = ran.objects();
    if ran.code <= 0 {
        return objects.iter().all(|object| object["type"].is_string());
    }
    let is_rule = |object: &Value| ran.code == 2 && object["type"] == "violation";
    objects.iter().any(|object| object["exit"] == ran.code || is_rule(object))
}

/// Brings it about, and runs the command.
fn cell(cause: Cause, command: &str) -> Ran {
    let asks = !matches!(command, "generate" | "batch");
    let mut home = match cause {
        NoKey => Home::new(),
        _ => Home::with(builder(cause)),
    };
    let mut job = NOBODYS.to_owned();
    if asks && !matches!(cause, NoKey | UnknownJob) {
        job = submitted(&home, cause, command);
    }
    match cause {
        Faults(faults) => {
            // The fates of jobs were set before.
            for fault in faults.split(' ').filter(|fault| !asks || !fault.starts_with("job:")) {
                home.sandbox().fault(VENDOR, fault.parse().unwrap()).unwrap();
            }
        }
        Unreachable => home.sandbox().refuse(VENDOR),
        Invalid => "nonsense".clone_into(&mut job),
        JournalUnusable => {
            home.write("file", "");
            let file = home.work().join("file").to_string_lossy().into_owned();
            home.set("HAILUO_DATA_DIR", &file);
        }
        FileExists => home.write("fox.mp4", "a video that was paid for"),
        _ => {}
    }
    let args = args(cause, command, &job, &home);
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    match cause {
        Interrupted => interrupted(&home, &args),
        _ => home.json(&args),
    }
}

/// A job that takes its time where that matters.
fn builder(cause: Cause) -> Builder {
    let polls = if matches!(cause, Nothing | Faults(_) | JournalUnusable) { 1 } else { u32::MAX };
    Sandbox::builder().pace(Pace::polls(polls))
}

/// A job of this vendor that is on its way, or over if the fault says so.
fn submitted(home: &Home, cause: Cause, command: &str) -> String {
    let fates: Vec<_> = match cause {
        Faults(faults) => faults.split(' ').filter(|fault| fault.starts_with("job:")).collect(),
        _ => Vec::new(),
    };
    for fate in &fates {
        home.sandbox().fault(VENDOR, fate.parse().unwrap()).unwrap();
    }
    // Whoever has no key any more does not wait.
    home.sandbox().fault(VENDOR, "poll:http=401".parse().unwrap()).unwrap();
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", VENDOR.slug()];
    let handle = home.json(&args).exits(6).of("submitted")[0]["handle"].as_str().unwrap().to_owned();
    // A job that is over cannot be canceled, and a question that is asked once has to find it so.
    let is_over = !fates.is_empty() && matches!(command, "cancel" | "status");
    if is_over {
        home.json(&["wait", &handle]).exits(5);
    }
    handle
}

fn args(cause: Cause, command: &str, job: &str, home: &Home) -> Vec<String> {
    let mut args = vec![command.to_owned()];
    let mut add = |words: &[&str]| args.extend(words.iter().map(|word| (*word).to_owned()));
    let is_invalid = matches!(cause, Invalid);
    match command {
        "generate" => {
            add(&["-i", IMAGE, "-p", "a fox", "-v", VENDOR.slug()]);
            if is_invalid {
                add(&["-d", "10", "-r", "1080P"]);
            }
        }
        "batch" => {
            let more = if is_invalid { r#","duration":10,"resolution":"1080P""# } else { "" };
            home.write("a.jsonl", format!(r#"{{"image":"{IMAGE}","prompt":"a fox","vendor":"{VENDOR}"{more}}}"#));
            add(&["a.jsonl"]);
        }
        _ => add(&[job]),
    }
    let has_file = matches!(command, "generate" | "batch" | "download");
    let output = if command == "batch" { "--out" } else { "-o" };
    match cause {
        NowhereToWrite => {
            home.write("no-folder", "");
            add(&[output, "no-folder/fox.mp4"]);
        }
        FileExists => add(&[output, "fox.mp4"]),
        _ if command == "batch" => add(&[output, "v"]),
        _ => {}
    }
    // What never comes is waited for as short as possible; everything else as long as it takes.
    let waits = has_file || command == "wait";
    if waits && (matches!(cause, NoTime) || (matches!(cause, Unreachable) && command != "generate")) {
        add(&["--timeout", "1s"]);
    }
    args
}

/// Sends Ctrl-C when the vendor has been asked about the job.
fn interrupted(home: &Home, args: &[&str]) -> Ran {
    use std::os::unix::process::ExitStatusExt;
    let asks_once = matches!(args[0], "status" | "cancel");
    if asks_once {
        home.sandbox().fault(VENDOR, "poll:hang".parse().unwrap()).unwrap();
        home.sandbox().fault(VENDOR, "cancel:hang".parse().unwrap()).unwrap();
    }
    let submits = usize::from(matches!(args[0], "generate" | "batch"));
    let before = home.sandbox().received() + submits as u64;
    let mut child =
        home.command(&[args, &["--json"]].concat()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    while home.sandbox().received() <= before {
        std::thread::yield_now();
    }
    assert!(std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    let status = child.wait().unwrap();
    let code = status.code().unwrap_or_else(|| if status.signal() == Some(2) { SIGNAL } else { NONE });
    Ran { code, out, err: String::new() }
}
