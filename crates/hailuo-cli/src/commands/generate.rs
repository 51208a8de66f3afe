//! `generate`: from a picture to a video on the disk, at one vendor of several, or at each.

use std::sync::Arc;

use anyhow::Context;
use hailuo::{Client, Code, Cost, Fit, ImageToVideo, Reason, Vendor, Violations};

use super::{hub_to_submit, skip, with_keys};
use crate::{
    args::{self, VendorChoice},
    exit::{Exit, Task},
    hub::Hub,
    interrupt::Interrupt,
    make::{Made, Maker, Stop},
    output::Output,
    problem,
    request::Wanted,
    ui::{
        Ui,
        progress::Track,
        record::{Fault, Record},
        table::Table,
        text,
        violation::{self, Input},
    },
};

pub(super) async fn run(ui: &Arc<Ui>, args: &args::Generate) -> anyhow::Result<Exit> {
    let mut wanted = Wanted::new(ui, &args.request, args.sandbox)?;
    // The rules come before keys, vendors and money.
    let request = match wanted.build(&[]) {
        Ok(request) => request,
        Err(violations) => {
            violation::violations(ui, None, &violations, &wanted.input);
            if violations.has(Code::ImageRequired) {
                ui.tell("to try it without picture, key and network: hailuo generate --sandbox");
            }
            return Ok(Exit::Invalid);
        }
    };
    violation::warnings(ui, None, request.warnings(), &wanted.input);
    let is_each = args.request.vendor == Some(VendorChoice::All);
    let output = Output::new(args.output.as_deref(), is_each)?;
    let hub = hub_to_submit(ui, &args.connect, args.sandbox).await?;
    if hub.is_sandbox() {
        ui.tell("sandbox: the vendors are built in, and nothing is charged");
    }
    let Candidates { orders, skipped } = candidates(ui, &hub, args.request.vendor.as_ref(), &mut wanted)?;
    let Some(first) = orders.first() else {
        return Ok(Exit::Invalid);
    };
    let asked = || orders.iter().flat_map(|order| &order.fits).map(|fit| fit.vendor);
    if let Some(picture) = wanted.picture() {
        output.refuse_picture(picture, asked())?;
    }
    if !args.force {
        output.refuse_to_replace(asked())?;
    }
    if is_each && !hub.is_sandbox() {
        if let Some(exit) = ask_for_money(ui, &orders, args.yes) {
            return Ok(exit);
        }
    } else if !is_each {
        tell_costs(ui, first, args.request.vendor.is_some());
    }
    let interrupt = Interrupt::listen(ui)?;
    let maker = Maker {
        ui: Arc::clone(ui),
        hub: Arc::new(hub),
        interrupt,
        timeout: args.timeout,
        task: Task::Make,
        replaces: args.force || output.is_folder(),
    };
    if !is_each {
        return Ok(one(&maker, first, &output, &wanted.input).await);
    }
    let ends = each(&maker, orders, &output, &wanted.input).await?;
    let exit = ends.iter().fold(Exit::Done, |exit, end| exit.worse(end.exit));
    ui.line(table(ends, &skipped).render(ui.columns(), ui.style()));
    Ok(exit)
}

/// Vendors that are asked one after another for one video, and what each of them would be sent.
struct Order {
    fits: Vec<Fit>,
    client: Client,
    request: ImageToVideo,
}

impl Order {
    fn cost_at(&self, vendor: Vendor) -> Option<Cost> {
        self.fits.iter().find(|fit| fit.vendor == vendor).and_then(|fit| fit.cost.clone())
    }
}

struct Candidates {
    orders: Vec<Order>,
    /// Who is not asked, with the reason in two words.
    skipped: Vec<(Vendor, &'static str)>,
}

/// Who can be asked: those with a key that can express the request. The others are named, with the reason.
fn candidates(ui: &Ui, hub: &Hub, choice: Option<&VendorChoice>, wanted: &mut Wanted) -> anyhow::Result<Candidates> {
    let (with_key, without_key) = with_keys(ui, hub, VendorChoice::vendors(choice), choice.is_some())?;
    let mut skipped: Vec<_> =
        without_key.into_iter().filter(|_| choice.is_some()).map(|vendor| (vendor, "no key")).collect();
    let mut fitting = Vec::new();
    let mut refused = Vec::new();
    for vendor in with_key {
        match fit(wanted, vendor) {
            Ok(fit) => {
                violation::warnings(ui, Some(vendor), news(&fit, wanted), &wanted.input);
                fitting.push(fit);
            }
            Err(violations) => refused.push((vendor, violations)),
        }
    }
    // Somebody who named no vendor does not miss one that cannot do it, as long as another can.
    for (vendor, violations) in refused.iter().filter(|_| choice.is_some() || fitting.is_empty()) {
        violation::violations(ui, Some(*vendor), violations, &wanted.input);
        skipped.push((*vendor, "cannot do it"));
        skip(ui, *vendor, "cannot_express", None, &format!("{vendor} cannot express this request"));
    }
    let groups = match choice {
        Some(VendorChoice::All) => fitting.into_iter().map(|fit| vec![fit]).collect(),
        _ if fitting.is_empty() => Vec::new(),
        _ => vec![fitting],
    };
    let mut orders = Vec::new();
    for fits in groups {
        let vendors: Vec<_> = fits.iter().map(|fit| fit.vendor).collect();
        let client = hub.client(&vendors)?;
        let request = wanted.build(&vendors).map_err(hailuo::Error::from)?;
        orders.push(Order { fits, client, request });
    }
    Ok(Candidates { orders, skipped })
}

fn fit(wanted: &mut Wanted, vendor: Vendor) -> Result<Fit, Violations> {
    Fit::new(vendor, &wanted.build(&[vendor])?)
}

/// Warnings of one vendor: those of the request itself were shown before.
fn news<'a>(fit: &'a Fit, wanted: &mut Wanted) -> Vec<&'a hailuo::Warning> {
    let known = wanted.build(&[fit.vendor]).map(|request| request.warnings().to_vec()).unwrap_or_default();
    fit.warnings.iter().filter(|warning| !known.contains(warning)).collect()
}

/// Tells what each video costs; without `--yes` that is all.
fn ask_for_money(ui: &Ui, orders: &[Order], is_agreed: bool) -> Option<Exit> {
    ui.tell(format!("This makes {}:", text::count(orders.len(), "video")));
    for fit in orders.iter().flat_map(|order| &order.fits) {
        tell_cost_of(ui, fit);
    }
    if is_agreed {
        return None;
    }
    let message = "nothing was sent; to pay for it, run the same command with --yes";
    ui.record(&Record::Error(Fault { message, exit: Exit::Invalid.code(), phase: "usage", ..Fault::default() }));
    ui.tell(message);
    Some(Exit::Invalid)
}

/// What the video costs, and what it costs at the others that were named, who are asked only if the first refuses.
fn tell_costs(ui: &Ui, order: &Order, is_named: bool) {
    let mut fits = order.fits.iter();
    if let Some(fit) = fits.next() {
        tell_cost_of(ui, fit);
    }
    for fit in fits.filter(|_| is_named) {
        record_cost(ui, fit);
        ui.tell(format!("  or, if that refuses, {}: {}", fit.vendor, price(fit)));
    }
}

fn price(fit: &Fit) -> String {
    fit.cost
        .as_ref()
        .map_or_else(|| "price unknown".to_owned(), |cost| format!("{cost} ({}, {})", cost.source, cost.as_of))
}

fn tell_cost_of(ui: &Ui, fit: &Fit) {
    record_cost(ui, fit);
    ui.tell(format!("{}: {}", fit.vendor, price(fit)));
}

fn record_cost(ui: &Ui, fit: &Fit) {
    ui.record(&Record::Cost { vendor: fit.vendor.slug(), cost: fit.cost.as_ref() });
}

/// One video, from the first vendor that takes the request.
async fn one(maker: &Maker, order: &Order, output: &Output, input: &Input) -> Exit {
    let ui = &maker.ui;
    let track = Track::new(ui, order.fits.first().map(|fit| fit.vendor));
    match make(maker, order, output, &track).await {
        Ok(made) => {
            track.end("done");
            made.record(ui);
            made.tell(ui, Some(format!("price {}", made.price())));
            Exit::Done
        }
        Err(stop) => {
            track.end(last_word(&stop));
            maker.show(&stop, output, Some(input))
        }
    }
}

/// How it ended at one vendor of several.
struct End {
    vendor: Vendor,
    word: &'static str,
    exit: Exit,
    made: Option<Made>,
}

/// A video from each, all at the same time; an answer of one does not wait for the journal of another.
async fn each(maker: &Maker, orders: Vec<Order>, output: &Output, input: &Input) -> anyhow::Result<Vec<End>> {
    let mut running = Vec::new();
    for order in orders {
        let Some(vendor) = order.fits.first().map(|fit| fit.vendor) else { continue };
        // All are on the screen before the first one moves.
        let track = Track::new(&maker.ui, Some(vendor));
        running.push((vendor, order, track));
    }
    let running: Vec<_> = running
        .into_iter()
        .map(|(vendor, order, track)| {
            let (maker, output) = (maker.clone(), output.clone());
            let task = tokio::spawn(async move {
                let made = make(&maker, &order, &output, &track).await;
                track.end(made.as_ref().map_or_else(last_word, |_| "done"));
                made
            });
            (vendor, task)
        })
        .collect();
    let mut results = Vec::new();
    for (vendor, task) in running {
        results.push((vendor, task.await.with_context(|| format!("what was done for {vendor} broke off"))?));
    }
    // What is said of one stands together.
    let end = |(vendor, result): (Vendor, Result<Made, Stop>)| match result {
        Ok(made) => {
            made.record(&maker.ui);
            End { vendor, word: "done", exit: Exit::Done, made: Some(made) }
        }
        Err(stop) => End { vendor, word: last_word(&stop), exit: maker.show(&stop, output, Some(input)), made: None },
    };
    Ok(results.into_iter().map(end).collect())
}

async fn make(maker: &Maker, order: &Order, output: &Output, track: &Track) -> Result<Made, Stop> {
    let job = maker.submit(&order.client, &order.request, None, track).await?;
    let handle = job.handle();
    let path = output.path(handle);
    maker.ui.record(&Record::Submitted {
        vendor: handle.vendor().slug(),
        job: handle.id(),
        handle,
        resume: &problem::resume(handle, Some(&path)),
    });
    track.step("accepted");
    maker.fetch(&order.client, handle, path, order.cost_at(handle.vendor()), track).await
}

fn last_word(stop: &Stop) -> &'static str {
    match stop {
        Stop::Interrupted(_) | Stop::Cut(_) => "stopped",
        Stop::InTheWay(..) => "error",
        Stop::Error(error) => match Exit::of(error, Task::Make) {
            Exit::Refused => "refused",
            Exit::Unknown => "outcome unknown",
            Exit::JobFailed => "failed",
            Exit::TimedOut if error.reason() == Some(Reason::TimedOut) => "timed out",
            Exit::TimedOut => "not finished",
            _ => "error",
        },
    }
}

/// How it ended at each vendor, those that were not asked included.
fn table(ends: Vec<End>, skipped: &[(Vendor, &'static str)]) -> Table {
    let mut table = Table::new(&["vendor", "outcome", "video", "size", "price", "file"]);
    let mut ends: Vec<_> = ends.into_iter().map(|end| (end.vendor, end.word.to_owned(), end.made)).collect();
    ends.extend(skipped.iter().map(|(vendor, why)| (*vendor, format!("skipped, {why}"), None)));
    ends.sort_by_key(|(vendor, ..)| Vendor::ALL.iter().position(|other| other == vendor));
    for (vendor, word, made) in ends {
        let [video, size, price, file] = made.map_or_else(Default::default, |made| {
            let video = format!("{} {}", made.length(), made.lines()).trim().to_owned();
            [video, made.size(), made.price(), made.path.display().to_string()]
        });
        table.row([vendor.name().to_owned(), word, video, size, price, file]);
    }
    table
}
