//! Running other programs one after the other, and saying how each fared.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};

/// A program to run.
#[derive(Debug, Clone)]
pub struct Step {
    name: String,
    program: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    /// What tells that the program is there; a step without it is always run.
    needs: Option<(String, String)>,
}

impl Step {
    /// A call of cargo.
    pub fn cargo(name: &str, arguments: &[&str]) -> Self {
        Self::program(name, "cargo", arguments)
    }

    /// A call of any program.
    pub fn program(name: &str, program: &str, arguments: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            program: program.to_owned(),
            arguments: arguments.iter().map(|a| (*a).to_owned()).collect(),
            environment: Vec::new(),
            needs: None,
        }
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Skips the step, and says so, where `probe` cannot be run; `what` is what the step adds.
    #[must_use]
    pub fn optional(mut self, probe: &str, what: &str) -> Self {
        self.needs = Some((probe.to_owned(), what.to_owned()));
        self
    }
}

/// Runs all steps, whatever happens to the ones before; false if one failed.
///
/// # Errors
/// The output cannot be written.
pub fn run_all(root: &Path, steps: &[Step], out: &mut dyn Write) -> Result<bool> {
    let mut lines = Vec::new();
    let mut is_fine = true;
    for step in steps {
        if let Some((probe, what)) = &step.needs
            && !succeeds(probe)
        {
            lines.push(format!("skipped  {}: `{probe}` is not here; {what}", step.name));
            continue;
        }
        writeln!(out, "== {}: {} {}", step.name, step.program, step.arguments.join(" "))?;
        out.flush()?;
        let started = Instant::now();
        let status = Command::new(&step.program)
            .args(&step.arguments)
            .envs(step.environment.iter().map(|(name, value)| (name, value)))
            // What the run of xtask itself was told is not meant for the programs it starts.
            .env_remove("CARGO_MANIFEST_DIR")
            .current_dir(root)
            .stdin(Stdio::null())
            .status()
            .with_context(|| format!("`{}` cannot be run", step.program));
        let seconds = started.elapsed().as_secs();
        match status {
            Ok(status) if status.success() => lines.push(format!("passed   {} ({seconds} s)", step.name)),
            Ok(status) => {
                is_fine = false;
                lines.push(format!("FAILED   {} ({status})", step.name));
            }
            Err(e) => {
                is_fine = false;
                lines.push(format!("FAILED   {}: {e:#}", step.name));
            }
        }
    }
    writeln!(out)?;
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(is_fine)
}

/// Whether a command line of plain words runs and succeeds.
pub fn succeeds(command_line: &str) -> bool {
    let mut words = command_line.split_whitespace();
    words.next().is_some_and(|program| {
        Command::new(program)
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    })
}
