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
mod output;
mod problem;
mod request;
mod store;
mod ui;

use std::{process::ExitCode, sync::Arc};

use clap::{Parser, error::ErrorKind};

use crate::{
    args::Cli,
    exit::Exit,
    problem::Report,
    ui::{
        Ui,
        record::{Fault, Record},
        text,
    },
};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let ui = Arc::new(Ui::new(cli.json));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&ui, &error.into()).into(),
    };
    let exit = runtime.block_on(commands::run(&ui, cli.command)).unwrap_or_else(|error| failed(&ui, &error));
    exit.into()
}

/// A command line that cannot be read, or one that asks for help.
fn usage(error: &clap::Error) -> ExitCode {
    let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if !is_help && std::env::args_os().any(|arg| arg == "--json") {
        let text = error.to_string();
        let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
        let exit = Exit::Invalid.code();
        Ui::new(true).record(&Record::Error(Fault { message, exit, phase: "usage", ..Fault::default() }));
        return Exit::Invalid.into();
    }
    // Nothing can be done about a stream that is gone.
    let _ = error.print();
    if is_help { Exit::Done.into() } else { Exit::Invalid.into() }
}

/// An error that no command has dealt with.
fn failed(ui: &Ui, error: &anyhow::Error) -> Exit {
    if let Some(error) = error.downcast_ref::<hailuo::Error>() {
        return Report { ui, hub: None, input: None, resume: None, is_question: false }.show(error);
    }
    let message = error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ");
    let exit = Exit::Other.code();
    ui.record(&Record::Error(Fault { message: &message, exit, phase: "local", ..Fault::default() }));
    ui.note(format!("{}: {}", ui.style_err().red("error"), text::wrap(&message, ui.width(), "  ")));
    Exit::Other
}
