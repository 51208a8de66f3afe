//! Help fits a screen and is what it was; the manual and completions are there.

use crate::home::{Home, assert_snapshot};

const COMMANDS: [&str; 15] = [
    "",
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
    "sandbox",
    "schema",
    "completions",
    "man",
];

#[test]
fn every_help_fits_a_screen() {
    let home = Home::new();
    for command in COMMANDS {
        let words: Vec<_> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let help = home.run(&words).exits(0).out;
        assert!(help.lines().count() <= 24, "{command} has {} lines", help.lines().count());
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
        assert_snapshot(&format!("help@{}", if command.is_empty() { "hailuo" } else { command }), &home, &help);
    }
}

#[test]
fn no_command_is_a_mistake_and_shows_help() {
    let ran = Home::new().run(&[]).exits(2);
    assert!(ran.err.contains("Usage: hailuo"), "{}", ran.err);
    Home::new().run(&["--version"]).exits(0);
    assert_eq!(Home::new().json(&["--version"]).exits(0).objects()[0]["version"], env!("CARGO_PKG_VERSION"));
    let help = Home::new().json(&["generate", "--help"]).exits(0).objects();
    assert!(help.len() == 1 && help[0]["text"].as_str().unwrap().contains("Usage: hailuo generate"));
}

#[test]
fn help_is_a_command_too() {
    let home = Home::new();
    let help = |args: &[&str]| home.run(args).exits(0).out;
    assert_eq!(help(&["help"]), help(&["--help"]));
    assert_eq!(help(&["help", "generate"]), help(&["generate", "--help"]));
    assert_eq!(home.json(&["help", "jobs"]).exits(0).objects().len(), 1);
    assert_eq!(home.run(&["--json", "help", "jobs"]).exits(0).objects().len(), 1);
    home.run(&["help", "frobnicate"]).exits(2);
}

#[test]
fn every_shell_gets_completions() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = home.run(&["completions", shell]).exits(0).out;
        assert!(script.contains("no-prompt-optimizer"), "{shell}");
        // Of these two, the scripts complete no values.
        let words = if matches!(shell, "powershell" | "elvish") { &[][..] } else { &["highwayapi", "1080P", "warn"] };
        for word in words {
            assert!(script.contains(word), "{shell} does not complete {word}");
        }
        assert_eq!(home.json(&["completions", shell]).exits(0).objects()[0]["shell"], shell);
    }
}

#[test]
fn the_manual_tells_exit_codes_and_environment() {
    let home = Home::new();
    let page = home.run(&["man"]).exits(0).out;
    for word in ["EXIT STATUS", "ENVIRONMENT", "FAL_KEY", "HAILUO_DATA_DIR", "NO_COLOR", "FILES"] {
        assert!(page.contains(word), "{word}");
    }
    let wrote = home.run(&["man", "pages"]).exits(0).out;
    assert_eq!(wrote.lines().count(), COMMANDS.len());
    assert!(home.work().join("pages").join("hailuo-generate.1").is_file());
}
