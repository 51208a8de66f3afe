//! Command lines that nobody would write: whatever they are, the command ends with a code of the table, says why in JSON,
//! and never panics.

use std::process::Stdio;

use crate::home::{Home, IMAGE, PICTURE, Ran};

const COMMANDS: [&str; 16] = [
    "generate",
    "generate",
    "batch",
    "validate",
    "vendors",
    "jobs",
    "status",
    "wait",
    "download",
    "cancel",
    "settle",
    "schema",
    "completions",
    "man",
    "help",
    "sandbox",
];

/// A job that no vendor has; one that no vendor could have; and one of a vendor that does not exist.
const HANDLES: [&str; 3] = [
    "hailuo1.seaart.eyJpZCI6Im1tc3VfNDcxMSIsImF0IjoxNzk1MjE5MjAwMDAwfQ",
    "hailuo1.fal.eyJpZCI6Ii4uIiwiYXQiOjB9",
    "hailuo1.acme.eyJpZCI6IjciLCJhdCI6MH0",
];

/// Words that fit nowhere, or not together.
const WORDS: [&str; 20] = [
    "",
    "no.png",
    "-1",
    "--",
    "-",
    "#2",
    "x",
    "fal=x",
    "--none",
    "--job",
    "bash",
    "--help",
    "-V",
    "--pace",
    "--fault",
    "[推进] \u{202e}狐狸\n",
    HANDLES[0],
    HANDLES[1],
    HANDLES[2],
    "--sandbox",
];

/// Options that a command has, with good values and bad ones.
fn options(command: &str) -> &'static [&'static [&'static str]] {
    match command {
        "generate" => &[
            &["-v", "fal"],
            &["-v", "all"],
            &["-v", "seaart,fal"],
            &["-v", "acme"],
            &["-d", "6"],
            &["-d", "7"],
            &["-d", "10"],
            &["-r", "768P"],
            &["-r", "1080P"],
            &["-t", "pro"],
            &["--watermark"],
            &["--no-prompt-optimizer"],
            &["--rules", "off"],
            &["--rules", "warn"],
            &["-o", "v/"],
            &["-o", "fox.mp4"],
            &["-o", "no/fox.mp4"],
            &["--force"],
            &["--yes"],
            &["--sandbox"],
            &["--base-url", "fal=http://127.0.0.1:1"],
            &["--key-file", "keys"],
            &["--timeout", "1m"],
            &["--timeout", "soon"],
        ],
        "validate" => &[
            &["-v", "fal"],
            &["-v", "apiinone"],
            &["-d", "10"],
            &["-r", "1080P"],
            &["-t", "standard"],
            &["--watermark"],
            &["--fast-pretreatment"],
            &["--rules", "off"],
            &["--rules", "loose"],
        ],
        "batch" => &[
            &["-c", "2"],
            &["-c", "0"],
            &["--series", "x"],
            &["-v", "highwayapi"],
            &["-v", "all"],
            &["--sandbox"],
            &["--rules", "warn"],
            &["--key-file", "no"],
        ],
        "status" | "cancel" => &[&["--base-url", "fal=http://127.0.0.1:1"], &["--key-file", "keys"]],
        "wait" => &[&["--timeout", "1m"], &["--timeout", "x"], &["--key-file", "keys"]],
        "download" => &[&["-o", "v/"], &["-o", "fox.mp4"], &["-o", "no/fox.mp4"], &["--force"], &["--timeout", "1m"]],
        "jobs" => &[&["--open"], &["--finished"], &["--unknown"], &["--handles"], &["-n", "1"], &["-n", "x"]],
        "completions" => &[&["bash"], &["fish"], &["tcsh"]],
        "man" => &[&["pages"], &["fox.png"]],
        "help" => &[&["jobs"], &["generate"], &["x"]],
        "sandbox" => &[&["-v", "fal"], &["--pace", "1s"], &["--fault", "job:fails"], &["--fault", "x"]],
        _ => &[],
    }
}

/// Numbers without pattern, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Runs it and says with which code it ended.
fn check(home: &Home, args: &[&str]) -> i32 {
    // Without anybody to stop it, a sandbox would serve for ever; its port is taken by another.
    let url = home.sandbox().url(hailuo_sandbox::Vendor::Fal);
    let port = url.rsplit(':').next().unwrap();
    let args: Vec<_> = if args[0] == "sandbox" { [args, &["--port", port]].concat() } else { args.to_vec() };
    let mut command = home.command(&[&["--json"], &args[..]].concat());
    let ran = Ran::from(command.stdin(Stdio::null()).output().unwrap());
    assert!((0..=6).contains(&ran.code), "{args:?}: {}\n{}{}", ran.code, ran.out, ran.err);
    assert_eq!(ran.err, "", "{args:?}");
    let objects = ran.objects();
    assert!(objects.iter().all(|object| object["type"].is_string()), "{args:?}: {}", ran.out);
    let says_why = |object: &serde_json::Value| object["exit"] == ran.code || object["type"] == "violation";
    assert!(ran.code == 0 || objects.iter().any(says_why), "{args:?}: {}", ran.out);
    ran.code
}

#[test]
fn any_command_line_ends_with_a_code_and_its_reason() {
    let home = Home::with_sandbox();
    home.write("fox.png", PICTURE);
    home.write("keys", "FAL_KEY=x\nno key");
    home.write("a.jsonl", format!("{{\"image\":\"{IMAGE}\",\"prompt\":\"a fox\"}}\nx\n[]\n"));
    let mut random = Random(4711);
    let mut seen = [0; 7];
    for _ in 0..250 {
        let command = COMMANDS[random.below(COMMANDS.len())];
        let mut args = vec![command];
        if random.below(8) > 0 {
            args.extend(match command {
                "generate" | "validate" => &["-i", IMAGE, "-p", "a fox"][..],
                "batch" => &["a.jsonl", "--out", "v"],
                "status" | "wait" | "download" | "cancel" => &["1"],
                "settle" => &["1", "--none"],
                _ => &[],
            });
        }
        for _ in 0..random.below(4) {
            let options = options(command);
            if options.is_empty() || random.below(6) == 0 {
                args.push(WORDS[random.below(WORDS.len())]);
            } else {
                args.extend(options[random.below(options.len())]);
            }
        }
        seen[usize::try_from(check(&home, &args)).unwrap()] += 1;
    }
    // It is not always the same mistake.
    assert!(seen[0] > 50 && seen[1] > 10 && seen[2] > 50 && seen[3] > 0, "{seen:?}");
}
