//! The command line: names, help, and the types of values. What a command does is in [`crate::commands`].
//!
//! Every help fits a screen of 24 lines by 80 columns; a test counts. What does not fit (exit codes, environment,
//! files) stands in the man page.

mod connect;
mod request;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use hailuo_sandbox::{Pace, Scripted};

pub(crate) use connect::Connect;
pub(crate) use request::RequestArgs;
pub(crate) use values::{BaseUrl, JobRef, Span, VendorChoice, check_address, vendor_choice};
use values::{Words, base_url, job_ref, number, span, vendor_order, vendors};

/// Videos from pictures with MiniMax Hailuo 2.3, at five vendors.
#[derive(Debug, Parser)]
#[command(
    name = "hailuo",
    bin_name = "hailuo",
    version,
    max_term_width = 80,
    disable_help_subcommand = true,
    infer_long_args = false,
    after_help = "Without a key: --sandbox. Exit codes and everything else: hailuo man"
)]
pub(crate) struct Cli {
    /// One JSON object per line instead of text
    #[arg(long, global = true, display_order = 900)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a video from a picture
    Generate(Generate),
    /// Make many videos, one per line of a file
    Batch(Batch),
    /// Check a request; nothing is sent
    Validate(Validate),
    /// Show what each vendor can do and costs
    Vendors,
    /// List the jobs this machine knows
    Jobs(Jobs),
    /// Ask how a job is
    Status(OneJob),
    /// Wait for a job to end
    Wait(Wait),
    /// Fetch a job's video, after waiting for it
    Download(Download),
    /// Cancel a job, where the vendor can
    Cancel(OneJob),
    /// Say what became of an unknown job
    Settle(Settle),
    /// Play the five vendors on this machine, until Ctrl-C
    Sandbox(Sandbox),
    /// Print the JSON Schema of a request
    Schema,
    /// Print completions for a shell
    #[command(hide = true)]
    Completions(Completions),
    /// Print the manual, or write its pages into a folder
    #[command(hide = true)]
    Man(Man),
}

/// Arguments of `generate`.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) request: RequestArgs,
    /// File or folder; with `all`, the vendor is added
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long)]
    pub(crate) force: bool,
    /// How long to wait; the job goes on [default: 30m]
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub(crate) timeout: Option<Span>,
    /// Pay for one video at each vendor of `all`
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// Built-in vendors: no key, no network, no charge
    #[arg(long, conflicts_with = "base_url")]
    pub(crate) sandbox: bool,
    #[command(flatten)]
    pub(crate) connect: Connect,
}

const BATCH_HELP: &str = "\
A line is a request as in `hailuo schema`, with `image_file` instead of `image`
for a picture on disk, and `vendor` for one of its own. Each is submitted once,
over all runs: stop it anywhere and run it again, and it goes on.";

/// Arguments of `batch`.
#[derive(Debug, Args)]
#[command(after_help = BATCH_HELP)]
pub(crate) struct Batch {
    /// One request per line, in JSON; - is stdin
    #[arg(value_name = "FILE.jsonl")]
    pub(crate) file: PathBuf,
    /// Folder for the videos
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Jobs at once
    #[arg(short, long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) concurrency: u16,
    /// In order of preference [default: all with a key]
    #[arg(short, long, value_name = "A,B", hide_possible_values = true, value_parser = Words(vendor_order, vendors))]
    pub(crate) vendor: Option<VendorChoice>,
    /// How firm the rules are: strict, warn or off
    #[arg(long, value_name = "MODE", default_value = "strict", hide_default_value = true, hide_possible_values = true, value_parser = Words(values::choice::<hailuo::RuleMode>, values::modes))]
    pub(crate) rules: hailuo::RuleMode,
    /// How long to wait; the job goes on [default: 30m]
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub(crate) timeout: Option<Span>,
    /// Take the lines for new ones, to make them again
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub(crate) series: String,
    /// Built-in vendors: no key, no network, no charge
    #[arg(long, conflicts_with = "base_url")]
    pub(crate) sandbox: bool,
    #[command(flatten)]
    pub(crate) connect: Connect,
}

/// Arguments of `validate`.
#[derive(Debug, Args)]
pub(crate) struct Validate {
    #[command(flatten)]
    pub(crate) request: RequestArgs,
}

/// Arguments of `jobs`.
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[derive(Debug, Args)]
pub(crate) struct Jobs {
    /// Only jobs that have not ended, as far as is known
    #[arg(long)]
    pub(crate) open: bool,
    /// Only jobs that have ended
    #[arg(long)]
    pub(crate) finished: bool,
    /// Only what may have been charged, and nobody knows
    #[arg(long)]
    pub(crate) unknown: bool,
    /// Show each handle in place of the id
    #[arg(long)]
    pub(crate) handles: bool,
    /// Only the newest [default: all]
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

/// Arguments of `status` and `cancel`.
#[derive(Debug, Args)]
pub(crate) struct OneJob {
    /// Handle of the job, or its number in `hailuo jobs`
    #[arg(value_name = "HANDLE", value_parser = job_ref)]
    pub(crate) job: JobRef,
    #[command(flatten)]
    pub(crate) connect: Connect,
}

/// Arguments of `wait`.
#[derive(Debug, Args)]
pub(crate) struct Wait {
    #[command(flatten)]
    pub(crate) one: OneJob,
    /// How long to wait; the job goes on [default: 30m]
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub(crate) timeout: Option<Span>,
}

/// Arguments of `download`.
#[derive(Debug, Args)]
pub(crate) struct Download {
    #[command(flatten)]
    pub(crate) one: OneJob,
    /// File, or folder, to write to
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long)]
    pub(crate) force: bool,
    /// How long to wait; the job goes on [default: 30m]
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub(crate) timeout: Option<Span>,
}

const SETTLE_HELP: &str = "\
Look at your account at the vendor first: what is settled with --none is sent
again by the batch it belongs to, and paid for again.";

/// Arguments of `settle`.
#[derive(Debug, Args)]
#[command(after_help = SETTLE_HELP)]
pub(crate) struct Settle {
    /// Number of the job in `hailuo jobs --unknown`
    #[arg(value_parser = number)]
    pub(crate) number: i64,
    #[command(flatten)]
    pub(crate) what: Found,
}

/// What a person has found.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Found {
    /// The vendor has it, under this id
    #[arg(long, value_name = "ID")]
    pub(crate) job: Option<String>,
    /// The vendor has no such job
    #[arg(long)]
    pub(crate) none: bool,
}

const SANDBOX_HELP: &str = "\
A fault is PHASE:KIND[=ARGUMENTS][@JOB][+SKIP][*TIMES], with phase submit, poll,
result, cancel, download or job. `fal/submit:drop-answer` takes fal's first job
and drops the connection; `poll:http=503*2` fails two polls at each vendor.
More may come on stdin through a pipe, a line each; `finish` there ends jobs.";

/// Arguments of `sandbox`.
#[derive(Debug, Args)]
#[command(after_help = SANDBOX_HELP)]
pub(crate) struct Sandbox {
    /// Only these vendors
    #[arg(short, long, value_name = "A,B", hide_possible_values = true, value_parser = Words(vendor_choice, vendors))]
    pub(crate) vendor: Option<VendorChoice>,
    /// Port of the first vendor; the rest follow it
    #[arg(short, long)]
    pub(crate) port: Option<u16>,
    /// The only right key; without it any is
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// How fast jobs move, as `2 polls` [default: 3s]
    #[arg(long, value_name = "PACE", default_value = "3s", hide_default_value = true)]
    pub(crate) pace: Pace,
    /// What goes wrong; may be repeated
    #[arg(short, long, value_name = "[VENDOR/]FAULT")]
    pub(crate) fault: Vec<Scripted>,
    /// Print lines to paste into another shell
    #[arg(long)]
    pub(crate) export: bool,
    /// Tell of each request and what in it is wrong, as on a terminal
    #[arg(long)]
    pub(crate) log: bool,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Which shell
    pub(crate) shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Folder to write hailuo.1, hailuo-generate.1 … into
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}
