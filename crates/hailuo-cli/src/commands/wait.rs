//! `wait`: until a job ends.

use std::sync::Arc;

use super::{hub_to_ask, one};
use crate::{
    args,
    exit::{Exit, Task},
    interrupt::Interrupt,
    make::Maker,
    output::Output,
    ui::{Ui, progress::Track},
};

pub(super) async fn run(ui: &Arc<Ui>, args: &args::Wait) -> anyhow::Result<Exit> {
    let (hub, handle) = hub_to_ask(ui, &args.one.connect, &args.one.job)?;
    let hub = Arc::new(hub);
    let client = hub.client_for(&handle)?;
    let interrupt = Interrupt::listen(ui)?;
    let maker = Maker { ui: Arc::clone(ui), hub, interrupt, timeout: args.timeout, task: Task::Wait, replaces: true };
    let track = Track::new(ui, Some(handle.vendor()));
    track.name(Some(handle.vendor()), handle.id());
    track.step("waiting");
    match maker.wait(&client, &handle, &track).await {
        Ok(video) => {
            track.end("done");
            one::show_video(ui, &video);
            Ok(Exit::Done)
        }
        Err(stop) => {
            track.end("not done");
            Ok(maker.show(&stop, &Output::Folder(std::path::PathBuf::new()), None))
        }
    }
}
