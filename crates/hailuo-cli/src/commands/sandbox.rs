//! `sandbox`: the five vendors on this machine, for as long as the command runs.

use std::{collections::BTreeMap, io::IsTerminal, sync::Arc};

use hailuo_sandbox::{StartError, Violation};

use crate::{
    args::{self, VendorChoice},
    exit::Exit,
    hub::{address_variable, in_sandbox},
    interrupt::Interrupt,
    problem::Misuse,
    ui::{
        Ui,
        record::{Asked, Record},
        text,
    },
};

pub(super) async fn run(ui: &Arc<Ui>, args: args::Sandbox) -> anyhow::Result<Exit> {
    let vendors = VendorChoice::vendors(args.vendor.as_ref());
    let played = vendors.iter().map(|vendor| in_sandbox(*vendor)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut builder = hailuo_sandbox::Sandbox::builder().vendors(played.iter().copied()).pace(args.pace);
    if let Some(port) = args.port.filter(|port| *port != 0) {
        for (above, vendor) in (0..).zip(&played) {
            let port = port.checked_add(above);
            let port = port.ok_or_else(|| Misuse("there are no ports above 65535; give a lower --port".to_owned()))?;
            builder = builder.port(*vendor, port);
        }
    }
    if let Some(key) = args.key {
        builder = played.iter().fold(builder, |builder, vendor| builder.key(*vendor, key.as_str()));
    }
    for fault in args.fault {
        builder = builder.script(fault);
    }
    // Unasked only where somebody reads it: a pipe that nobody empties would fill up, and the sandbox stand still.
    let is_logged = args.log || (std::io::stderr().is_terminal() && !ui.is_json());
    if is_logged {
        let ui = Arc::clone(ui);
        builder = builder.on_request(move |entry, violations| {
            ui.record(&Record::Request(Asked::new(entry, violations)));
            ui.note(entry);
            for violation in violations {
                ui.note(format_args!("  {}", wrong(violation)));
            }
        });
    }
    let sandbox = Arc::new(builder.start().await.map_err(|error| match error {
        StartError::Unfit(_) | StartError::FitsNobody { .. } => Misuse(error.to_string()).into(),
        other => anyhow::Error::from(other),
    })?);
    let interrupt = Interrupt::listen(ui)?;
    for (vendor, played) in vendors.iter().zip(&played) {
        let url = sandbox.url(*played);
        ui.record(&Record::Listening { vendor: vendor.slug(), url: &url });
        if args.export {
            ui.line(format!("export {}={url}", address_variable(*vendor)));
        } else {
            ui.line(format!("{}={url}", vendor.slug()));
        }
    }
    if !std::io::stdin().is_terminal() {
        obey(ui, &sandbox);
    }
    interrupt.stopped().await;
    for (vendor, played) in vendors.iter().zip(&played) {
        let requests = sandbox.requests(*played).len();
        let jobs = sandbox.jobs(*played).len();
        let mut violations = sandbox.violations();
        violations.retain(|violation| violation.vendor == *played);
        ui.record(&Record::Served { vendor: vendor.slug(), requests, jobs, violations: violations.len() });
        let count = violations.len();
        let counted =
            [(requests, "request"), (jobs, "job"), (count, "violation")].map(|(n, noun)| text::count(n, noun));
        ui.tell(format!("{vendor}: {} of the contract", counted.join(", ")));
        let mut kinds = BTreeMap::<_, usize>::new();
        for violation in &violations {
            *kinds.entry(wrong(violation)).or_default() += 1;
        }
        for (kind, times) in kinds.iter().take(KINDS) {
            ui.tell(format!("  {times} × {kind}"));
        }
        if kinds.len() > KINDS {
            ui.tell(format!("  and {} other kinds", kinds.len() - KINDS));
        }
    }
    Ok(Exit::Done)
}

/// Does what the lines on stdin say, and answers each, for a client in another language. Its end is not the sandbox's: in
/// the background there is no stdin.
fn obey(ui: &Arc<Ui>, sandbox: &Arc<hailuo_sandbox::Sandbox>) {
    let (ui, sandbox) = (Arc::clone(ui), Arc::clone(sandbox));
    // A task that reads stdin could not be stopped.
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok).filter(|line| !line.trim().is_empty()) {
            let line = line.trim();
            let error = sandbox.obey(line).err().map(|error| error.to_string());
            ui.record(&Record::Obeyed { line, error: error.as_deref() });
            ui.line(error.map_or_else(|| format!("ok: {line}"), |error| format!("error: {error}")));
        }
    });
}

/// How many kinds of violations are told per vendor at the end.
const KINDS: usize = 10;

/// What is wrong with a request, without saying which one.
fn wrong(violation: &Violation) -> String {
    let Violation { operation, place, pointer, message, .. } = violation;
    let operation = operation.as_deref().unwrap_or("no operation");
    let place = [place.word(), pointer].join(" ");
    format!("{operation}, {}: {message}", place.trim_end())
}
