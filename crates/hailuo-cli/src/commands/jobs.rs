//! `jobs`: what this machine knows of jobs, whoever started them and however it ended.

use std::time::SystemTime;

use hailuo::{JobHandle, Vendor};

use crate::{
    args,
    exit::Exit,
    store::{self, Store, jobs::Job},
    ui::{
        Ui,
        record::{Known, Record},
        table::Table,
        text,
    },
};

pub(super) fn run(ui: &Ui, args: &args::Jobs) -> anyhow::Result<Exit> {
    let store = match Store::open() {
        Ok(store) => store,
        Err(error) => match Store::glance() {
            Ok(store) => {
                ui.warn(&error.to_string());
                store
            }
            Err(_) => return Err(error.into()),
        },
    };
    let is_any = !(args.open || args.finished || args.unknown);
    let is_wanted = |job: &Job| {
        is_any
            || (args.open && job.state.is_open())
            || (args.finished && job.state.is_finished())
            || (args.unknown && !job.state.is_open() && !job.state.is_finished())
    };
    let jobs: Vec<_> = store.jobs()?.into_iter().filter(is_wanted).take(args.limit.unwrap_or(usize::MAX)).collect();
    // The newest stands last, where a terminal leaves the eye.
    for job in jobs.iter().rev() {
        ui.record(&Record::Job(known(job)));
    }
    if ui.is_json() {
        return Ok(Exit::Done);
    }
    if jobs.is_empty() {
        ui.line("no jobs");
        return Ok(Exit::Done);
    }
    ui.line(table(&jobs, args.handles).render(ui.columns(), ui.style()));
    let unknown = || jobs.iter().filter(|job| job.state == store::jobs::State::Unknown);
    if unknown().next().is_some() {
        ui.tell(
            "An unknown job may have been charged, and is not sent again by itself. Look at your account at the vendor, \
             and say what you have found: hailuo settle NUMBER",
        );
    }
    if unknown().any(|job| job.handle.is_some()) {
        ui.tell(
            "Where one has a job beside it, the vendor's answer named that job, which may be it. \
             To ask: hailuo status NUMBER",
        );
    }
    if jobs.iter().any(is_left_there) {
        ui.tell("Fetch a video while the vendor still has it: hailuo download NUMBER");
    }
    Ok(Exit::Done)
}

/// Whether a video is paid for and nobody has brought it here. What the built-in vendors had went away with them.
fn is_left_there(job: &Job) -> bool {
    job.state == store::jobs::State::Done && job.file.is_none() && !store::is_sandbox(&job.address)
}

fn known(job: &Job) -> Known<'_> {
    Known {
        number: job.number,
        state: job.state.word(),
        vendor: job.vendor.slug(),
        job: job.handle.as_ref().map(JobHandle::id),
        handle: job.handle.as_ref(),
        at: job.at,
        path: job.file.as_deref(),
        batch: job.line.as_ref().map(|(file, _)| file.as_str()),
        line: job.line.as_ref().map(|(_, number)| *number),
        address: place(job),
    }
}

/// Where a job is, if not at the vendor's own address.
fn place(job: &Job) -> Option<&str> {
    match job.address.as_str() {
        "" => None,
        address if store::is_sandbox(address) => Some("sandbox"),
        address => Some(address),
    }
}

fn table(jobs: &[Job], with_handles: bool) -> Table {
    let now = SystemTime::now();
    let last = if with_handles { "handle" } else { "job" };
    let mut table = Table::new(&["#", "state", "vendor", "age", "line", "place", last]);
    for job in jobs.iter().rev() {
        let shown = match &job.handle {
            Some(handle) if with_handles => handle.to_string(),
            Some(handle) => text::tame(handle.id(), 40),
            None => String::new(),
        };
        table.row([
            job.number.to_string(),
            if is_left_there(job) { "done, not fetched" } else { job.state.word() }.to_owned(),
            Vendor::name(job.vendor).to_owned(),
            text::age(job.at, now),
            job.line.as_ref().map(|(file, number)| line(file, *number)).unwrap_or_default(),
            place(job).map(|place| place.trim_start_matches("http://").to_owned()).unwrap_or_default(),
            shown,
        ]);
    }
    table
}

/// `prompts.jsonl:17`.
fn line(file: &str, number: u64) -> String {
    let name = std::path::Path::new(file).file_name().unwrap_or_default().to_string_lossy();
    format!("{}:{number}", text::tame(&name, 20))
}
