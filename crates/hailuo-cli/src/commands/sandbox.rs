//! `sandbox`: the five vendors on this machine, for as long as the command runs.

use std::sync::Arc;

use hailuo::Vendor;
use hailuo_sandbox::StartError;

use crate::{
    args::{self, VendorChoice},
    exit::Exit,
    hub::{address_variable, in_sandbox},
    interrupt::Interrupt,
    problem::Misuse,
    ui::{Ui, record::Record},
};

pub(super) async fn run(ui: &Arc<Ui>, args: args::Sandbox) -> anyhow::Result<Exit> {
    let vendors = match args.vendor {
        Some(VendorChoice::Order(order)) => order,
        _ => Vendor::ALL.to_vec(),
    };
    let played = vendors.iter().map(|vendor| in_sandbox(*vendor)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut builder = hailuo_sandbox::Sandbox::builder().vendors(played.iter().copied()).pace(args.pace);
    if let Some(port) = args.port.filter(|port| *port != 0) {
        for (above, vendor) in (0..).zip(&played) {
            let port = port.checked_add(above);
            let port = port.ok_or_else(|| Misuse("there are no ports above 65535; give a lower --port".to_owned()))?;
            builder = builder.port(*vendor, port);
        }
    }
    for fault in args.fault {
        builder = builder.script(fault);
    }
    let sandbox = builder.start().await.map_err(|error| match error {
        StartError::Unfit(_) | StartError::FitsNobody(_) => Misuse(error.to_string()).into(),
        other => anyhow::Error::from(other),
    })?;
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
    interrupt.stopped().await;
    for (vendor, played) in vendors.iter().zip(&played) {
        let requests = sandbox.requests(*played).len();
        let jobs = sandbox.jobs(*played).len();
        let violations = sandbox.violations().iter().filter(|violation| violation.vendor == *played).count();
        ui.record(&Record::Served { vendor: vendor.slug(), requests, jobs, violations });
        ui.tell(format!("{vendor}: {requests} requests, {jobs} jobs, {violations} violations of the contract"));
    }
    Ok(Exit::Done)
}
