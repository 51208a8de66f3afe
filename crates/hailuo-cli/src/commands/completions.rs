//! `completions`: what a shell needs to complete this command line.

use clap::CommandFactory;

use crate::{
    args::{Cli, Completions},
    exit::Exit,
    ui::{Ui, record::Record},
};

pub(super) fn run(ui: &Ui, args: &Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hailuo", &mut script);
    let script = String::from_utf8(script)?;
    if ui.is_json() {
        ui.record(&Record::Completions { shell: &args.shell.to_string(), script: &script });
    } else {
        ui.raw(script.trim_end());
    }
    Ok(Exit::Done)
}
