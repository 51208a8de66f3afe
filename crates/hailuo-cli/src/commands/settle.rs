//! `settle`: a person has looked at the vendor's account, and says what became of an unknown job. Nothing is asked.

use anyhow::Context;
use hailuo::JobHandle;

use crate::{
    args,
    exit::Exit,
    problem::Misuse,
    store::{
        Store,
        jobs::{Job, State},
    },
    ui::{
        Ui,
        record::{Record, Settled},
    },
};

pub(super) fn run(ui: &Ui, args: &args::Settle) -> anyhow::Result<Exit> {
    let number = args.number;
    let store = Store::open()?;
    let job = store.job(number)?.with_context(|| format!("there is no job {number}; see: hailuo jobs"))?;
    let handle = args.what.job.as_deref().map(|id| handle(&job, id)).transpose()?;
    // The store looks again: another process may have settled it meanwhile.
    if job.state != State::Unknown || !store.settle(number, handle.as_ref())? {
        return Err(Misuse(format!("job {number} is not unknown but {}; see: hailuo jobs", job.state.word())).into());
    }
    let vendor = job.vendor;
    ui.record(&Record::Settled(Settled {
        number,
        vendor: vendor.slug(),
        state: if handle.is_some() { State::Open.word() } else { "none" },
        job: handle.as_ref().map(JobHandle::id),
        handle: handle.as_ref(),
    }));
    match handle {
        Some(_) => {
            ui.line(format!("{vendor} has job {number}; to fetch its video:"));
            ui.line(format!("    hailuo download {number}"));
        }
        None => ui.line(format!("{vendor} has no job {number}; its request may be sent anew")),
    }
    Ok(Exit::Done)
}

/// The job of an id. If the vendor's answer has named it before, more may be known of it than the id.
fn handle(job: &Job, id: &str) -> anyhow::Result<JobHandle> {
    if let Some(lead) = job.handle.as_ref().filter(|lead| lead.id() == id.trim()) {
        return Ok(lead.clone());
    }
    let refuse = |_| Misuse(format!("{} could not have given a job such an id", job.vendor));
    Ok(JobHandle::of(job.vendor, id, None).map_err(refuse)?)
}
