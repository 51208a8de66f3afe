//! `batch`: a video per line of a file, each line submitted once over all runs.
//!
//! The store decides what may be done for a line ([`crate::store::lines::Claim`]), [`work`] does it.

mod identity;
mod lines;
mod object;
mod source;
mod tally;
mod work;

use std::sync::{Arc, Mutex, atomic::AtomicBool};

use anyhow::Context;
use hailuo::Vendor;
use tokio::{sync::Semaphore, task::JoinSet};

use self::{
    lines::Lines,
    source::{Other, Source},
    tally::{End, State, Tally},
    work::Run,
};
use super::{hub_to_submit, with_keys};
use crate::{
    args::{self, VendorChoice},
    exit::Exit,
    hub::Hub,
    interrupt::Interrupt,
    output,
    problem::Misuse,
    ui::Ui,
};

pub(super) async fn run(ui: &Arc<Ui>, args: &args::Batch) -> anyhow::Result<Exit> {
    let unread = || format!("{} cannot be read", args.file.display());
    if args.file.as_os_str() == "-" {
        ui.hint_at_stdin("the lines");
    }
    let source = Source::open(&args.file).with_context(unread)?;
    if let Some(other) = source.other().with_context(unread)? {
        return Err(refuse(other, &args.file).into());
    }
    let lines = Lines::new(source, &args.file, args.sandbox, &args.series, args.rules);
    let places = lines.find().with_context(unread)?;
    let again: Vec<_> = places.iter().filter(|place| place.is_again()).map(|place| place.number).collect();
    match again[..] {
        [] => {}
        [one] => ui.warn(&format!("line {one} says what a line before it said, and makes a video of its own")),
        [first, ..] => ui.warn(&format!(
            "{} lines, the first of them line {first}, say what a line before them said, and make a video each",
            again.len()
        )),
    }
    std::fs::create_dir_all(&args.out).with_context(|| format!("the folder {} cannot be made", args.out.display()))?;
    let out = args.out.canonicalize().with_context(|| format!("the folder {} cannot be used", args.out.display()))?;
    output::try_to_write(&out)?;
    let hub = hub_to_submit(ui, &args.connect, args.sandbox).await?;
    let store = Arc::clone(hub.store().context("a batch cannot do without its journal")?);
    store.check()?;
    let order = order(ui, &hub, args.vendor.as_ref())?;
    let batch = match &*args.file.to_string_lossy() {
        "-" => "stdin".to_owned(),
        _ => std::path::absolute(&args.file).unwrap_or_else(|_| args.file.clone()).display().to_string(),
    };
    let queue = Mutex::new((0..places.len()).collect());
    let interrupt = Interrupt::listen(ui)?;
    let run = Arc::new(Run {
        ui: Arc::clone(ui),
        hub: Arc::new(hub),
        store,
        tally: Tally::new(Arc::clone(ui), places.len()),
        lines,
        places,
        queue,
        halted: Mutex::default(),
        refused: Mutex::default(),
        stuck: AtomicBool::new(false),
        interrupt,
        sending: Semaphore::new(work::SENT_AT_ONCE),
        order,
        out,
        batch,
        timeout: args.timeout,
    });
    let mut workers = JoinSet::new();
    for _ in 0..usize::from(args.concurrency).min(run.places.len()) {
        let run = Arc::clone(&run);
        workers.spawn(async move {
            while let Some((at, end)) = run.next().await {
                run.end(at, &end);
            }
        });
    }
    let mut broken = Ok(());
    // What the others have sent is paid for: they go on.
    while let Some(worker) = workers.join_next().await {
        broken = broken.and(worker.context("a worker of the batch broke off"));
    }
    for at in run.rest() {
        run.end(at, &End::new(State::NotStarted, None));
    }
    let exit = run.tally.sum_up(run.places.len());
    broken.map(|()| exit)
}

/// Most lines of what was never meant as lines are no requests, and the others would be paid for.
fn refuse(other: Other, file: &std::path::Path) -> Misuse {
    let file = file.display();
    Misuse(match other {
        Other::Array => {
            format!("{file} is a JSON array; write each request on a line of its own, as jq -c '.[]' does")
        }
        Other::Utf16 => format!("{file} is UTF-16; save it as UTF-8"),
    })
}

/// The vendors for lines that name none.
fn order(ui: &Ui, hub: &Hub, choice: Option<&VendorChoice>) -> anyhow::Result<Vec<Vendor>> {
    let (order, _) = with_keys(ui, hub, VendorChoice::vendors(choice), choice.is_some())?;
    Ok(order)
}
