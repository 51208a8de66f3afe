//! Serves the five vendors until stdin closes or Ctrl-C comes, for clients that are not written in Rust.
//!
//! `cargo run -p hailuo-sandbox --example serve -- [--pace PACE] [--key VENDOR=KEY] [--fault [VENDOR/]FAULT]`, the latter
//! two as often as wanted.
//!
//! Prints a line `VENDOR=URL` per vendor, then an empty one. A line on stdin is one more fault, or another thing that
//! `Sandbox::obey` knows; each is answered by a line. At the end it tells, per vendor, how many submits came and how many
//! jobs they made, and what broke a contract.

use std::io::Write;

use hailuo_sandbox::{Builder, Sandbox};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, BufReader};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<()> {
    let sandbox = settings(std::env::args().skip(1))?.start().await?;
    serve(&sandbox, BufReader::new(tokio::io::stdin()), std::io::stdout()).await
}

/// Does what its input says until that ends.
pub(crate) async fn serve(sandbox: &Sandbox, input: impl AsyncBufRead + Unpin, mut output: impl Write) -> Result<()> {
    for vendor in sandbox.vendors() {
        writeln!(output, "{vendor}={}", sandbox.url(vendor))?;
    }
    writeln!(output)?;
    output.flush()?;
    let mut lines = input.lines();
    loop {
        let line = tokio::select! {
            line = lines.next_line() => line?,
            interrupted = tokio::signal::ctrl_c() => { interrupted?; None }
        };
        let Some(line) = line else { break };
        match sandbox.obey(&line) {
            Ok(()) => writeln!(output, "ok: {}", line.trim())?,
            Err(error) => writeln!(output, "error: {error}")?,
        }
        output.flush()?;
    }
    for vendor in sandbox.vendors() {
        writeln!(output, "{vendor} submits={}", sandbox.submits(vendor).len())?;
        writeln!(output, "{vendor} jobs={}", sandbox.jobs(vendor).len())?;
    }
    for violation in sandbox.violations() {
        writeln!(output, "violation: {violation}")?;
    }
    for mismatch in sandbox.mismatches() {
        writeln!(output, "mismatch: {mismatch}")?;
    }
    Ok(())
}

fn settings(mut arguments: impl Iterator<Item = String>) -> Result<Builder> {
    let mut builder = Sandbox::builder();
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
        builder = match argument.as_str() {
            "--pace" => builder.pace(value.parse()?),
            "--key" => {
                let (vendor, key) = value.split_once('=').ok_or("a key is VENDOR=KEY")?;
                builder.key(vendor.parse()?, key)
            }
            "--fault" => builder.script(value.parse()?),
            odd => return Err(format!("{odd} is unknown; there are --pace, --key and --fault").into()),
        };
    }
    Ok(builder)
}
