//! The objects of `--json`, all of them. Their names and fields are stable: fields may be added, none changes meaning.
//!
//! No object holds a key, a prompt, a picture or a vendor's own words. A field that is not known is null, not absent.

mod batch;
mod can;

use std::time::SystemTime;

pub(crate) use batch::{Line, Summary, Total};
pub(crate) use can::Can;
use hailuo::{Code, Cost, Field, Fit, JobHandle, Vendor, Violation, Warning};
use hailuo_sandbox::{Entry, Host};
use serde::{Serialize, Serializer};

use super::violation::allowed;

/// One line of `--json`.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Record<'a> {
    /// A broken rule of the request, or something that a vendor cannot express.
    Violation(Broken<'a>),
    /// Something that is allowed but probably not meant.
    Warning(Doubt<'a>),
    /// A vendor that is not asked, and why: `no_key` or `cannot_express`.
    Skipped { vendor: &'a str, reason: &'a str, key_variable: Option<&'a str> },
    /// A vendor that has refused before another took the request.
    Refused { vendor: Option<&'a str>, kind: &'a str, status: Option<u16>, message: &'a str },
    /// What a video will cost at a vendor.
    Cost { vendor: &'a str, cost: Option<&'a Cost> },
    /// What a vendor would be sent.
    Fit(Fitted<'a>),
    /// A vendor has the job.
    Submitted { vendor: &'a str, job: &'a str, handle: &'a JobHandle, resume: &'a str },
    /// A job moved: `queued`, `running` or `unrecognized`.
    Progress { vendor: &'a str, job: &'a str, state: &'a str, position: Option<u64>, percent: Option<u8> },
    /// How a job is: `queued`, `running`, `done`, `failed`, `canceled` or `unknown`.
    Status {
        vendor: &'a str,
        job: &'a str,
        handle: &'a JobHandle,
        state: &'a str,
        position: Option<u64>,
        percent: Option<u8>,
    },
    /// A finished video.
    Video(Clip<'a>),
    /// The vendor will cancel the job, or did.
    Canceled { vendor: &'a str, job: &'a str, handle: &'a JobHandle },
    /// What a person has found out about an unknown job: `open`, or `none`.
    Settled(Settled<'a>),
    /// Something that went wrong.
    Error(Fault<'a>),
    /// What a vendor can do.
    Vendor(Can<'a>),
    /// What the journal knows of a job.
    Job(Known<'a>),
    /// What became of a line of a batch.
    Line(Line<'a>),
    /// The end of a batch.
    Summary(Summary),
    /// A vendor of the sandbox listens.
    Listening { vendor: &'a str, url: &'a str },
    /// A request to a vendor of the sandbox.
    Request(Asked<'a>),
    /// A line on the sandbox's stdin, and why it was not obeyed, if it was not.
    Obeyed { line: &'a str, error: Option<&'a str> },
    /// What a vendor of the sandbox was asked, at its end.
    Served { vendor: &'a str, requests: usize, jobs: usize, violations: usize },
    /// The help of a command.
    Help { text: &'a str },
    /// The version of this program.
    Version { version: &'a str },
    /// Completions for a shell.
    Completions { shell: &'a str, script: &'a str },
    /// A page of the manual.
    Man { name: &'a str, page: &'a str },
    /// Something that is wrong and stops nothing.
    Notice { message: &'a str },
    /// A file that was written.
    Wrote { path: &'a str },
}

/// A request to the sandbox, and what in it broke the vendor's contract.
#[derive(Debug, Serialize)]
pub(crate) struct Asked<'a> {
    vendor: &'a str,
    /// `api`, `files`, or `elsewhere`, which is no host of a vendor.
    host: &'a str,
    method: &'a str,
    path: &'a str,
    status: Option<u16>,
    job: Option<&'a str>,
    made_job: bool,
    fault: Option<&'a str>,
    wrong: Vec<Wrong<'a>>,
}

/// What broke a contract: where, which keyword of JSON Schema, and what about it.
#[derive(Debug, Serialize)]
pub(crate) struct Wrong<'a> {
    place: &'a str,
    pointer: &'a str,
    rule: &'a str,
    message: &'a str,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(entry: &'a Entry, violations: &'a [hailuo_sandbox::Violation]) -> Self {
        Self {
            vendor: entry.vendor.slug(),
            host: match entry.host {
                Host::Files => "files",
                Host::Elsewhere => "elsewhere",
                _ => "api",
            },
            method: &entry.method,
            path: &entry.path,
            status: entry.status,
            job: entry.job.as_deref(),
            made_job: entry.made_job,
            fault: entry.fault.as_deref(),
            wrong: violations
                .iter()
                .map(|violation| Wrong {
                    place: violation.place.word(),
                    pointer: &violation.pointer,
                    rule: &violation.rule,
                    message: &violation.message,
                })
                .collect(),
        }
    }
}

/// A broken rule, with its place in the prompt in bytes.
#[derive(Debug, Serialize)]
pub(crate) struct Broken<'a> {
    vendor: Option<Vendor>,
    line: Option<usize>,
    code: Code,
    field: Field,
    problem: &'a str,
    allowed: &'a str,
    span: Option<[usize; 2]>,
    count: Option<usize>,
}

impl<'a> Broken<'a> {
    pub(crate) fn new(vendor: Option<Vendor>, line: Option<usize>, violation: &'a Violation) -> Self {
        Self {
            vendor,
            line,
            code: violation.code(),
            field: violation.field(),
            problem: violation.problem(),
            allowed: allowed(violation, line),
            span: violation.span().map(|span| [span.start, span.end]),
            count: violation.count(),
        }
    }
}

/// A warning; `broken` is the rule that `--rules warn` let pass.
#[derive(Debug, Serialize)]
pub(crate) struct Doubt<'a> {
    pub(crate) vendor: Option<Vendor>,
    pub(crate) line: Option<usize>,
    #[serde(flatten)]
    pub(crate) warning: &'a Warning,
}

/// What a vendor would be sent beside prompt and picture.
#[derive(Debug, Serialize)]
pub(crate) struct Fitted<'a> {
    vendor: &'a str,
    ok: bool,
    tier: Option<&'a str>,
    duration: Option<u8>,
    resolution: Option<&'a str>,
    /// Sent though not set, because the vendor requires it.
    defaults: Vec<&'a str>,
    /// Set, and not sent, because the vendor makes it so anyway.
    implied: Vec<&'a str>,
    cost: Option<&'a Cost>,
}

impl<'a> Fitted<'a> {
    /// `None` stands for a request that the vendor cannot express, or that nobody would be sent as it is.
    pub(crate) fn new(vendor: Vendor, fit: Option<&'a Fit>) -> Self {
        Self {
            vendor: vendor.slug(),
            ok: fit.is_some(),
            tier: fit.and_then(|fit| fit.tier).map(hailuo::Tier::as_str),
            duration: fit.and_then(|fit| fit.duration).map(hailuo::Duration::seconds),
            resolution: fit.and_then(|fit| fit.resolution).map(hailuo::Resolution::as_str),
            defaults: fit.map(|fit| fit.defaults.iter().map(|sent| sent.field.as_str()).collect()).unwrap_or_default(),
            implied: fit.map(|fit| fit.implied.iter().map(|field| field.as_str()).collect()).unwrap_or_default(),
            cost: fit.and_then(|fit| fit.cost.as_ref()),
        }
    }
}

/// A video, and where it is on this machine if it was fetched.
#[derive(Debug, Serialize)]
pub(crate) struct Clip<'a> {
    pub(crate) vendor: &'a str,
    pub(crate) job: &'a str,
    pub(crate) handle: &'a JobHandle,
    pub(crate) path: Option<&'a str>,
    pub(crate) url: &'a str,
    pub(crate) bytes: Option<u64>,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) duration: Option<f64>,
    pub(crate) resolution: Option<&'a str>,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
    pub(crate) cost: Option<&'a Cost>,
}

/// An error.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Fault<'a> {
    /// What went wrong, and what to do.
    pub(crate) message: &'a str,
    pub(crate) exit: u8,
    /// `setup`, `validate`, `submit`, `wait`, `cancel`, `result`, `download`, `usage` or `local`.
    pub(crate) phase: &'a str,
    pub(crate) vendor: Option<&'a str>,
    pub(crate) reason: Option<&'a str>,
    pub(crate) kind: Option<&'a str>,
    pub(crate) status: Option<u16>,
    pub(crate) vendor_code: Option<&'a str>,
    pub(crate) request_id: Option<&'a str>,
    pub(crate) retry_after_seconds: Option<u64>,
    pub(crate) may_have_been_charged: bool,
    pub(crate) handle: Option<&'a JobHandle>,
    pub(crate) resume: Option<&'a str>,
}

/// What became of a job whose outcome was unknown.
#[derive(Debug, Serialize)]
pub(crate) struct Settled<'a> {
    pub(crate) number: i64,
    pub(crate) vendor: &'a str,
    pub(crate) state: &'a str,
    pub(crate) job: Option<&'a str>,
    pub(crate) handle: Option<&'a JobHandle>,
}

/// A line of the journal.
#[derive(Debug, Serialize)]
pub(crate) struct Known<'a> {
    pub(crate) number: i64,
    /// `submitting`, `unknown`, `open`, `done`, `failed`, `canceled` or `lost`.
    pub(crate) state: &'a str,
    pub(crate) vendor: &'a str,
    /// Of an unknown one the job that the vendor's answer names, which may be it.
    pub(crate) job: Option<&'a str>,
    pub(crate) handle: Option<&'a JobHandle>,
    #[serde(serialize_with = "unix_seconds")]
    pub(crate) at: SystemTime,
    pub(crate) path: Option<&'a str>,
    pub(crate) batch: Option<&'a str>,
    pub(crate) line: Option<u64>,
    /// The address, if it is not the vendor's own; `sandbox` for the built-in vendors.
    pub(crate) address: Option<&'a str>,
}

fn unix_seconds<S: Serializer>(at: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}
