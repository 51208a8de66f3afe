//! The command `hailuo`: videos from pictures, at five vendors, or without a key in a sandbox.
//!
//! It reads the command line ([`args`]), does what it says ([`commands`]) by way of the facade, and shows it
//! ([`ui`]). What was tried, and may have been paid for, is kept in a file ([`store`]). Rules, waiting and mapping are
//! the facade's.

mod args;
mod commands;
mod exit;
mod hub;
mod interrupt;
mod keys;
mod make;
mod mp4;
mod offers;
mod output;
mod problem;
mod request;
mod store;
mod ui;

use std::{ffi::OsString, io, process::ExitCode, sync::Arc, time::Duration};

use clap::{Parser, error::ErrorKind};

use crate::{
    args::Cli,
    exit::{Exit, Task},
    problem::{Misuse, Report},
    ui::{
        Ui,
        record::{Fault, Record},
    },
};

fn main() -> ExitCode {
    let cli = match Cli::try_parse_from(arguments()) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let ui = Arc::new(Ui::new(cli.json));
    // A thread that may wait for the disk stays for as long as the command lasts: where the system has no more of them,
    // tokio panics if there is none.
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = match builder.enable_all().thread_keep_alive(Duration::MAX).build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&ui, &error.into()).into(),
    };
    drop(runtime.spawn_blocking(|| ()));
    let exit = runtime.block_on(commands::run(&ui, cli.command)).unwrap_or_else(|error| failed(&ui, &error));
    told(&ui, exit).into()
}

/// The command line. `hailuo help generate` is another way to say `hailuo generate --help`.
fn arguments() -> Vec<OsString> {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    let command = arguments.iter().skip(1).position(|word| word != "--json").map(|at| at + 1);
    if let Some(at) = command.filter(|at| arguments[*at] == "help") {
        arguments.remove(at);
        arguments.push("--help".into());
    }
    arguments
}

/// How a command ends whose results were told, or could not be.
fn told(ui: &Ui, exit: Exit) -> Exit {
    if ui.has_told_all() { exit } else { exit.worse(Exit::Other) }
}

/// A command line that cannot be read, or one that asks for help.
fn usage(error: &clap::Error) -> ExitCode {
    let exit = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Done,
        _ => Exit::Invalid,
    };
    if std::env::args_os().any(|arg| arg == "--json") {
        let text = error.to_string();
        let ui = Ui::new(true);
        match error.kind() {
            ErrorKind::DisplayHelp => ui.record(&Record::Help { text: text.trim_end() }),
            ErrorKind::DisplayVersion => ui.record(&Record::Version { version: env!("CARGO_PKG_VERSION") }),
            _ => ui.record(&Record::Error(Fault {
                message: &sentence(&text),
                exit: exit.code(),
                phase: "usage",
                ..Fault::default()
            })),
        }
        return told(&ui, exit).into();
    }
    match error.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => exit.worse(Exit::Other).into(),
        _ => exit.into(),
    }
}

/// What clap says of a mistake, on one line and without its hints at the usage.
fn sentence(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let lines = lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"));
    let words: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    words.join(" ").replace(" tip: ", "; ").trim_start_matches("error: ").to_owned()
}

/// An error that no command has dealt with.
fn failed(ui: &Ui, error: &anyhow::Error) -> Exit {
    if let Some(error) = error.downcast_ref::<hailuo::Error>() {
        return Report { ui, hub: None, input: None, resume: None, task: Task::Ask }.show(error);
    }
    let mut words: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        // Some say their cause themselves, or are said again by it.
        if words.last().is_none_or(|last| !last.ends_with(&cause) && !cause.ends_with(last)) {
            words.push(cause);
        }
    }
    let message = words.join(": ");
    let (exit, phase) = if error.is::<Misuse>() { (Exit::Invalid, "usage") } else { (Exit::Other, "local") };
    ui.record(&Record::Error(Fault { message: &message, exit: exit.code(), phase, ..Fault::default() }));
    ui.tell(format!("{}: {message}", ui.style_err().red("error")));
    exit
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::args::Cli;

    fn said(words: &[&str]) -> String {
        let read = Cli::try_parse_from(["hailuo"].iter().chain(words));
        read.err().map(|error| super::sentence(&error.to_string())).unwrap_or_default()
    }

    #[test]
    fn a_mistake_on_the_command_line_is_one_sentence_that_says_all() {
        for (words, sentence) in [
            (&["batch"][..], "the following required arguments were not provided: --out <DIR> <FILE.jsonl>"),
            (&["vendors", "x"], "unexpected argument 'x' found"),
            (
                &["generate", "--vendr", "fal"],
                "unexpected argument '--vendr' found; a similar argument exists: '--vendor'",
            ),
            (
                &["completions", "tcsh"],
                "invalid value 'tcsh' for '<SHELL>' [possible values: bash, elvish, fish, powershell, zsh]; \
                 a similar value exists: 'zsh'",
            ),
        ] {
            assert_eq!(said(words), sentence);
        }
    }
}
