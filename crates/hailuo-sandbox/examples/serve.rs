//! Serves the five vendors until stdin closes or Ctrl-C comes, for clients that are not written in Rust.
//!
//! `cargo run -p hailuo-sandbox --example serve -- [--pace PACE] [--fault [VENDOR/]FAULT]…`
//!
//! Prints a line `VENDOR=URL` per vendor, then an empty one; at the end, per vendor, how many submits came and how many
//! jobs they made, and what broke a contract.

use std::io::Write;

use hailuo_sandbox::{Builder, Sandbox, Vendor};
use tokio::io::AsyncReadExt;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = settings(std::env::args().skip(1))?.start().await?;
    let mut stdout = std::io::stdout();
    for vendor in sandbox.vendors() {
        writeln!(stdout, "{vendor}={}", sandbox.url(vendor))?;
    }
    writeln!(stdout)?;
    stdout.flush()?;
    let mut rest = Vec::new();
    let mut stdin = tokio::io::stdin();
    tokio::select! {
        read = stdin.read_to_end(&mut rest) => drop(read?),
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    for vendor in Vendor::ALL {
        writeln!(stdout, "{vendor} submits={}", sandbox.submits(vendor).len())?;
        writeln!(stdout, "{vendor} jobs={}", sandbox.jobs(vendor).len())?;
    }
    for violation in sandbox.violations() {
        writeln!(stdout, "violation: {violation}")?;
    }
    for mismatch in sandbox.mismatches() {
        writeln!(stdout, "mismatch: {mismatch}")?;
    }
    Ok(())
}

fn settings(mut arguments: impl Iterator<Item = String>) -> Result<Builder, Box<dyn std::error::Error>> {
    let mut builder = Sandbox::builder();
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
        builder = match argument.as_str() {
            "--pace" => builder.pace(value.parse()?),
            "--fault" => builder.script(value.parse()?),
            odd => return Err(format!("{odd} is unknown; there are --pace and --fault").into()),
        };
    }
    Ok(builder)
}
