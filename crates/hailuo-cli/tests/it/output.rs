//! Where results go: pipes that nobody reads, disks that are full.

use std::{fs::File, process::Stdio};

use crate::home::{Home, IMAGE, Ran};

const GENERATE: [&str; 7] = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"];

/// Not even root can write more than nothing there.
#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_told_by_every_command() {
    let home = Home::with_sandbox();
    let full = |args: &[&str]| -> Ran {
        let full = File::options().write(true).open("/dev/full").unwrap();
        home.command(args).stdout(full).output().unwrap().into()
    };
    for args in [
        &["schema"][..],
        &["vendors"],
        &["vendors", "--json"],
        &["jobs"],
        &["man"],
        &["completions", "fish"],
        &["validate", "-i", IMAGE, "-p", "a fox"],
        &["--help"],
        &["generate", "--help", "--json"],
        &["--version"],
        &GENERATE,
    ] {
        let ran = full(args).exits(1);
        let is_help_of_clap = args[0].starts_with("--");
        assert!(is_help_of_clap || ran.err.contains("No space left on device"), "{args:?}: {}", ran.err);
    }
    // The work is done all the same, and what is worse is told by the code.
    assert_eq!(home.videos("").len(), 1);
    full(&["validate", "-i", IMAGE, "-p", ""]).exits(2);
    full(&["frobnicate", "--json"]).exits(2);
}

#[test]
fn a_reader_that_went_away_ends_nothing() {
    let home = Home::with_sandbox();
    for args in [&["man"][..], &["schema"], &["vendors", "--json"], &GENERATE, &["jobs"], &["--help"]] {
        let mut child = home.start(args);
        drop((child.stdout.take(), child.stderr.take()));
        let status = child.wait().unwrap();
        assert!(status.success(), "{args:?}: {status}");
    }
    assert_eq!(home.videos("").len(), 1);
    let mut command = home.command(&GENERATE);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{status}");
}
