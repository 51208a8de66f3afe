//! What people put in: files and pipes of all kinds, and names that are no text.

use std::{io::Write, process::Stdio};

use hailuo_sandbox::Vendor;

use crate::home::{Home, IMAGE, PICTURE, Ran};

/// Runs a command that is told something on stdin.
fn told(home: &Home, args: &[&str], stdin: &[u8]) -> Ran {
    let mut command = home.command(args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who has heard enough does not listen to the end.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap().into()
}

fn line(prompt: &str) -> String {
    format!("{{\"image\":\"{IMAGE}\",\"prompt\":\"{prompt}\",\"vendor\":\"fal\"}}\n")
}

fn prompts(home: &Home) -> Vec<String> {
    let submits = home.sandbox().submits(Vendor::Fal);
    submits.iter().map(|submit| submit.body.json().unwrap()["prompt"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_prompt_on_stdin_loses_what_editors_put_around_it_and_nothing_else() {
    let home = Home::with_sandbox();
    let args = ["generate", "-i", IMAGE, "-p", "-", "-v", "fal"];
    for text in ["\u{feff}one\r\ntwo\r\n", "one\r\ntwo\n\n", "one\r\ntwo"] {
        told(&home, &args, text.as_bytes()).exits(0);
    }
    assert_eq!(prompts(&home), ["one\r\ntwo"; 3]);
    for (bytes, why) in [(vec![b'x'; 3 << 20], "longer than 1 MB"), (b"\xff\xfeo\0".to_vec(), "not UTF-8")] {
        let ran = told(&home, &args, &bytes).exits(2);
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    assert_eq!(prompts(&home).len(), 3);
}

#[test]
fn a_prompt_that_begins_with_a_dash_is_sent_and_an_option_is_not_taken_for_one() {
    let home = Home::with_sandbox();
    home.run(&["generate", "-i", IMAGE, "-v", "fal", "-p", "-5 degrees"]).exits(0);
    let ran = home.run(&["generate", "-i", IMAGE, "-p", "--watermark", "-v", "fal"]).exits(2);
    assert!(ran.err.contains("option and no prompt"), "{}", ran.err);
    assert_eq!(prompts(&home), ["-5 degrees"]);
}

#[test]
fn a_picture_may_come_through_a_pipe() {
    let home = Home::with_sandbox();
    let args = ["generate", "-p", "a fox", "-v", "fal", "-i"];
    told(&home, &[&args[..], &["-"]].concat(), PICTURE).exits(0);
    #[cfg(unix)]
    told(&home, &[&args[..], &["/dev/stdin"]].concat(), PICTURE).exits(0);
    let submits = home.sandbox().submits(Vendor::Fal);
    assert!(submits.iter().all(|submit| submit.body.pictures.len() == 1 && submit.body.pictures[0].is(PICTURE)));
    let sent = submits.len();
    let validate = ["validate", "-v", "fal", "-p", "a fox", "-i", "-"];
    let large = [PICTURE, &vec![0; 21 << 20]].concat();
    for (bytes, why) in [(&b"GIF89a"[..], "image_format"), (b"", "image_empty"), (&large, "image_too_large")] {
        let ran = told(&home, &validate, bytes).exits(2);
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    let ran = told(&home, &["generate", "-i", "-", "-p", "-"], PICTURE).exits(2);
    assert!(ran.err.contains("cannot both come from stdin"), "{}", ran.err);
    assert_eq!(home.sandbox().submits(Vendor::Fal).len(), sent);
}

#[test]
fn a_batch_may_come_through_a_pipe_and_is_the_same_batch_when_it_comes_again() {
    let home = Home::with_sandbox();
    home.write("fox.png", PICTURE);
    let lines = format!(
        "\u{feff}{}\r\n{}{{\"image_file\":\"fox.png\",\"prompt\":\"three\",\"vendor\":\"fal\"}}",
        line("one").trim_end(),
        line("two")
    );
    told(&home, &["batch", "-", "--out", "v"], lines.as_bytes()).exits(0);
    assert_eq!(home.videos("v").len(), 3);
    let jobs = home.run(&["jobs"]).exits(0).out;
    assert!(jobs.contains("stdin:1"), "{jobs}");
    // Another way to write the same, and the same lines in a file.
    #[cfg(unix)]
    told(&home, &["batch", "/dev/stdin", "--out", "v"], lines.as_bytes()).exits(0);
    home.write("a.jsonl", &lines);
    home.run(&["batch", "a.jsonl", "--out", "v"]).exits(0);
    assert_eq!(home.sandbox().jobs(Vendor::Fal).len(), 3);
    assert_eq!(told(&home, &["batch", "-", "--out", "v"], b"").exits(0).out, "no lines\n");
}

#[test]
fn equal_lines_of_a_batch_are_told_for_each_costs_a_video() {
    let home = Home::with_sandbox();
    for (lines, words) in [
        ([line("one"), line("two")].concat(), None),
        ([line("one"), line("two"), line("one")].concat(), Some("line 3 says what a line before it said")),
        ([line("one"), line("one"), line("one")].concat(), Some("2 lines, the first of them line 2, say")),
    ] {
        let ran = told(&home, &["batch", "-", "--out", "v"], lines.as_bytes()).exits(0);
        assert_eq!(words.is_some(), ran.err.contains("warning"), "{}", ran.err);
        assert!(ran.err.contains(words.unwrap_or_default()), "{}", ran.err);
    }
    assert_eq!(home.sandbox().jobs(Vendor::Fal).len(), 4);
}

#[test]
fn a_file_that_is_not_one_request_per_line_is_refused_as_a_whole() {
    let home = Home::with_sandbox();
    let array = format!("[\n{},\n{}]\n", line("one").trim_end(), line("two"));
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(line("one").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, why) in [(array.into_bytes(), "as jq -c '.[]' does"), (utf16, "save it as UTF-8")] {
        home.write("a.json", bytes);
        let ran = home.run(&["batch", "a.json", "--out", "v"]).exits(2);
        assert!(ran.err.replace("\n  ", " ").contains(why), "{}", ran.err);
        assert_eq!(home.json(&["batch", "a.json", "--out", "v"]).exits(2).of("error")[0]["phase"], "usage");
    }
    assert_eq!(home.sandbox().journal().len(), 0);
}

#[test]
fn a_line_that_could_be_read_in_two_ways_is_not_sent() {
    let home = Home::with_sandbox();
    let twice = line("one").replace("\"prompt\"", "\"prompt\":\"two\",\"prompt\"");
    let cut = line("four").replace("}\n", "\n");
    home.write("a.jsonl", [twice, line("three"), cut].concat());
    let ran = home.run(&["batch", "a.jsonl", "--out", "v"]).exits(2);
    assert!(
        ran.err.contains("a field twice: prompt") && ran.err.contains("a request stands on one line"),
        "{}",
        ran.err
    );
    assert_eq!(prompts(&home), ["three"]);
}

#[test]
fn no_video_takes_the_place_of_its_picture() {
    let home = Home::with_sandbox();
    home.write("fox.png", PICTURE);
    let output = format!("../{}/fox.png", home.work().file_name().unwrap().to_string_lossy());
    let args = ["generate", "-i", "fox.png", "-p", "a fox", "-v", "fal", "--force", "-o", &output];
    let ran = home.run(&args).exits(2);
    assert!(ran.err.contains("is the picture"), "{}", ran.err);
    assert_eq!(std::fs::read(home.work().join("fox.png")).unwrap(), PICTURE);
    assert_eq!(home.sandbox().journal().len(), 0);
}

#[test]
fn an_address_that_is_none_is_told_as_such_and_not_as_a_missing_key() {
    let mut home = Home::new();
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"];
    for url in ["fal=", "fal=queue.fal.run", "fal=ftp://127.0.0.1", "fal=http://"] {
        let ran = home.run(&[&args[..], &["--base-url", url]].concat()).exits(2);
        assert!(ran.err.contains("not an http or https URL"), "{url}: {}", ran.err);
    }
    home.set("HAILUO_FAL_URL", "127.0.0.1:7301");
    let ran = home.run(&args).exits(1);
    assert!(ran.err.contains("HAILUO_FAL_URL"), "{}", ran.err);
}

/// An empty variable of a shell is no file without a name.
#[test]
fn an_empty_picture_is_a_mistake_on_the_command_line() {
    let ran = Home::new().run(&["generate", "-i", "", "-p", "a fox", "--sandbox"]).exits(2);
    assert!(ran.err.contains("a value is required for '--image"), "{}", ran.err);
}

#[test]
fn a_fault_that_fits_nobody_is_a_mistake_on_the_command_line() {
    for fault in ["modelslab/cancel:http=500", "fal/submit:refuse*2", "download:invalid-json"] {
        let ran = Home::new().run(&["sandbox", "--fault", fault]).exits(2);
        assert!(ran.err.contains("fit"), "{fault}: {}", ran.err);
    }
    let ran = Home::new().run(&["sandbox", "--port", "65533"]).exits(2);
    assert!(ran.err.contains("65535"), "{}", ran.err);
}

/// Nothing says that a file's name is text.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_work_for_pictures_videos_and_batches() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let home = Home::with_sandbox();
    let name = |bytes: &'static [u8]| OsStr::from_bytes(bytes);
    std::fs::write(home.work().join(name(b"f\xff.png")), PICTURE).unwrap();
    std::fs::write(home.work().join(name(b"b\xff.jsonl")), line("a fox")).unwrap();
    let run = |args: &[&OsStr]| -> Ran { home.command(&[]).args(args).output().unwrap().into() };
    let [generate, batch, image, prompt, vendor, output, out] =
        ["generate", "batch", "-i", "-p", "-v", "-o", "--out"].map(OsStr::new);
    let asked = [image, name(b"f\xff.png"), prompt, OsStr::new("a fox"), vendor, OsStr::new("fal")];
    run(&[&[generate][..], &asked, &[output, name(b"v\xff.mp4")]].concat()).exits(0);
    run(&[batch, name(b"b\xff.jsonl"), out, name(b"d\xff")]).exits(0);
    assert_eq!(home.videos("").len(), 1);
    assert_eq!(std::fs::read_dir(home.work().join(name(b"d\xff"))).unwrap().count(), 1);
    // A shell takes the command that goes on as it stands.
    home.sandbox().fault(Vendor::Fal, "download:http=403*always".parse().unwrap()).unwrap();
    let ran = run(&[&[generate][..], &asked, &[output, name(b"w\xff.mp4")]].concat()).exits(1);
    let resume = ran.err.lines().find_map(|line| line.trim().strip_prefix("hailuo ")).unwrap().to_owned();
    assert!(resume.ends_with(r" -o $'w\377.mp4'"), "{resume}");
}
