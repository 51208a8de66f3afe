//! `download`: a job's video onto the disk, after waiting for it if need be.

use std::sync::Arc;

use super::hub_to_ask;
use crate::{
    args,
    exit::{Exit, Task},
    interrupt::Interrupt,
    make::Maker,
    output::Output,
    ui::{Ui, progress::Track},
};

pub(super) async fn run(ui: &Arc<Ui>, args: &args::Download) -> anyhow::Result<Exit> {
    let (hub, handle) = hub_to_ask(ui, &args.one.connect, &args.one.job)?;
    let output = Output::new(args.output.as_deref(), false)?;
    if !args.force {
        output.refuse_to_replace([handle.vendor()])?;
    }
    let hub = Arc::new(hub);
    let client = hub.client_for(&handle)?;
    let interrupt = Interrupt::listen(ui)?;
    let maker = Maker {
        ui: Arc::clone(ui),
        hub,
        interrupt,
        timeout: args.timeout,
        task: Task::Wait,
        replaces: args.force || output.is_folder(),
    };
    let track = Track::new(ui, Some(handle.vendor()));
    track.name(Some(handle.vendor()), handle.id());
    track.step("waiting");
    match maker.fetch(&client, &handle, output.path(&handle), None, &track).await {
        Ok(made) => {
            track.end("done");
            made.record(ui);
            made.tell(ui, None);
            Ok(Exit::Done)
        }
        Err(stop) => {
            track.end("not done");
            Ok(maker.show(&stop, &output, None))
        }
    }
}
