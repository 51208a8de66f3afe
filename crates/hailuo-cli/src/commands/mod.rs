//! One module per command, and what they share: opening the journal, and choosing vendors.

mod batch;
mod completions;
mod download;
mod generate;
mod jobs;
mod man;
mod one;
mod sandbox;
mod schema;
mod settle;
mod validate;
mod vendors;
mod wait;

use std::sync::Arc;

use anyhow::Context;
use hailuo::{JobHandle, Vendor};

use crate::{
    args::{Command, Connect, JobRef},
    exit::Exit,
    hub::Hub,
    store::Store,
    ui::{Ui, record::Record},
};

/// Does what the command line says.
pub(crate) async fn run(ui: &Arc<Ui>, command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Generate(args) => generate::run(ui, &args).await,
        Command::Batch(args) => batch::run(ui, &args).await,
        Command::Validate(args) => validate::run(ui, &args),
        Command::Vendors => vendors::run(ui),
        Command::Jobs(args) => jobs::run(ui, &args),
        Command::Status(args) => one::status(ui, &args).await,
        Command::Cancel(args) => one::cancel(ui, &args).await,
        Command::Wait(args) => wait::run(ui, &args).await,
        Command::Download(args) => download::run(ui, &args).await,
        Command::Settle(args) => settle::run(ui, &args),
        Command::Sandbox(args) => sandbox::run(ui, args).await,
        Command::Schema => schema::run(ui),
        Command::Completions(args) => completions::run(ui, &args),
        Command::Man(args) => man::run(ui, &args),
    }
}

/// The vendors for a run that makes videos: the journal has to work, unless nothing can be charged.
async fn hub_to_submit(ui: &Ui, connect: &Connect, is_sandbox: bool) -> anyhow::Result<Hub> {
    if !is_sandbox {
        let store = Store::open().context("nothing was sent: a paid job has to be written down")?;
        return Hub::open(ui, connect, Some(Arc::new(store)));
    }
    let store = match Store::open() {
        Ok(store) => Some(Arc::new(store)),
        Err(error) => {
            ui.warn(&format!("{error}; `hailuo jobs` will not know of this"));
            None
        }
    };
    Hub::sandboxed(store).await
}

/// The vendors for a run that asks about jobs, which a handle alone suffices for.
fn hub_to_ask(ui: &Ui, connect: &Connect, job: &JobRef) -> anyhow::Result<(Hub, JobHandle)> {
    let (store, trouble) = match Store::open() {
        Ok(store) => (Some(store), None),
        // A video that is paid for can be fetched to another disk than the one that is full.
        Err(error) => (Store::glance().ok(), Some(error)),
    };
    let handle = match job {
        JobRef::Handle(handle) => handle.clone(),
        JobRef::Number(number) => {
            let job = match (&store, &trouble) {
                (Some(store), _) => store.job(*number)?,
                (None, Some(error)) => anyhow::bail!("{error}"),
                (None, None) => None,
            };
            let job = job.with_context(|| format!("there is no job {number}; see: hailuo jobs"))?;
            job.handle.with_context(|| {
                format!(
                    "nobody knows whether {0} has job {number}, and its answer named none; look at your account at {0}",
                    job.vendor
                )
            })?
        }
    };
    if let Some(error) = trouble {
        ui.warn(&error.to_string());
    }
    let store = store.map(Arc::new);
    Ok((Hub::open(ui, connect, store)?, handle))
}

/// Those of some vendors that there is a key for, and the others, of which somebody hears who has named them.
fn with_keys(ui: &Ui, hub: &Hub, vendors: Vec<Vendor>, are_named: bool) -> anyhow::Result<(Vec<Vendor>, Vec<Vendor>)> {
    let (with, without): (Vec<_>, Vec<_>) = vendors.into_iter().partition(|vendor| hub.has(*vendor));
    for vendor in without.iter().filter(|_| are_named) {
        skip(ui, *vendor, "no_key", Some(vendor.env_var()), &how_to_get_a_key(*vendor));
    }
    anyhow::ensure!(
        !with.is_empty(),
        "there is no key; set {}, or try --sandbox, which needs none",
        without.iter().map(|vendor| vendor.env_var()).collect::<Vec<_>>().join(" or ")
    );
    Ok((with, without))
}

fn skip(ui: &Ui, vendor: Vendor, reason: &str, key_variable: Option<&str>, words: &str) {
    ui.record(&Record::Skipped { vendor: vendor.slug(), reason, key_variable });
    ui.tell(format!("{}: {words}", ui.style_err().yellow("skipped")));
}

/// What to say to somebody without a key.
fn how_to_get_a_key(vendor: Vendor) -> String {
    format!("no key for {vendor}: set {}", vendor.env_var())
}
