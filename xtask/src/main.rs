//! Reads the command line and runs the command it names.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use contract::drift::Format;
use xtask::commands;

/// Maintains the generated crates of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the generated crates up to date with specs/.
    Regen {
        /// Only say what is stale; write nothing.
        #[arg(long)]
        check: bool,
        /// The vendors to work on; all if none is named.
        vendors: Vec<String>,
    },
    /// Make a new vendor's folder in specs/ from an OpenAPI document, and its crate.
    Add {
        /// The vendor's name in folders, crates and features: lower-case letters and digits.
        slug: String,
        /// The document, a file or a URL.
        #[arg(long)]
        spec: String,
    },
    /// Say what changed since a revision, and whom it breaks.
    Drift {
        /// A git revision, or a folder; where the branch left main if none is given.
        #[arg(long)]
        base: Option<String>,
        /// text, markdown, json or github.
        #[arg(long, default_value = "text")]
        format: Format,
        /// The vendors to look at; all if none is named.
        vendors: Vec<String>,
    },
    /// Bring the documents that vendors publish up to date.
    Fetch {
        /// A folder of downloaded documents, `<vendor>-<file>` as `<file>` in specs/<vendor>, instead of the network.
        #[arg(long)]
        from: Option<PathBuf>,
        /// The vendors to work on; all that publish a document if none is named.
        vendors: Vec<String>,
    },
    /// Hold every claim that a spec rests on against the vendor's page.
    Verify {
        /// A folder of saved pages, `<vendor>.txt`, `.md` or `.html`, instead of the network.
        #[arg(long)]
        from: Option<PathBuf>,
        /// The vendors to look at; all if none is named.
        vendors: Vec<String>,
    },
    /// Run all tests of both workspaces.
    Test,
    /// Run everything that has to pass before a change lands, beginning with the tests.
    Ci,
}

fn main() -> ExitCode {
    let mut out = io::stdout().lock();
    match run(Cli::parse(), &mut out) {
        Ok(code) => ExitCode::from(code),
        // Whoever read the output, such as `head`, has seen enough.
        Err(e) if e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) => {
            ExitCode::from(commands::BROKEN)
        }
        Err(e) => {
            let _ = writeln!(io::stderr(), "error: {e:#}");
            ExitCode::from(commands::BROKEN)
        }
    }
}

fn run(cli: Cli, out: &mut dyn Write) -> Result<u8> {
    let root = root();
    match cli.command {
        Command::Regen { check, vendors } => commands::regen::run(&root, &vendors, check, out),
        Command::Add { slug, spec } => commands::add::run(&root, &slug, &spec, out),
        Command::Drift { base, format, vendors } => {
            commands::drift::run(&root, &vendors, base.as_deref(), format.colored(commands::is_colored()), out)
        }
        Command::Fetch { from, vendors } => commands::fetch::run(&root, &vendors, from.as_deref(), out),
        Command::Verify { from, vendors } => commands::verify::run(&root, &vendors, from.as_deref(), out),
        Command::Test => commands::test::run(&root, out),
        Command::Ci => commands::ci::run(&root, out),
    }
}

/// The repository's root: the folder above this package, of which `cargo run` says where it is now. It was elsewhere when
/// this was compiled, if the clone was moved since, or shares its target folder with another one.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR");
    let here = here.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().unwrap_or(&here).to_owned()
}
