//! `status` and `cancel`: one question about one job.

use hailuo::{Cancellation, Event, JobHandle};

use super::hub_to_ask;
use crate::{
    args::OneJob,
    exit::{Exit, Task},
    problem::{self, Report},
    ui::{
        Ui,
        progress::whole,
        record::{Clip, Fault, Record},
        text,
    },
};

pub(super) async fn status(ui: &Ui, args: &OneJob) -> anyhow::Result<Exit> {
    let (hub, handle) = hub_to_ask(ui, &args.connect, &args.job)?;
    let client = hub.client_for(&handle)?;
    let event = match client.status(&handle).await {
        Ok(event) => event,
        Err(error) => {
            if let Some(state) = ended(&error) {
                record(ui, &handle, state, None, None);
                ui.line(format!("{}: {state}", handle.vendor()));
            }
            return Ok(Report { ui, hub: Some(&hub), input: None, resume: None, task: Task::Ask }.show(&error));
        }
    };
    let name = handle.vendor();
    match event {
        Event::Queued { position } => {
            record(ui, &handle, "queued", position, None);
            let position = position.map(|position| format!(", position {position}")).unwrap_or_default();
            ui.line(format!("{name}: queued{position}"));
        }
        Event::Running { percent, .. } => {
            let percent = percent.map(whole);
            record(ui, &handle, "running", None, percent);
            let percent = percent.map(|percent| format!(", {percent} %")).unwrap_or_default();
            ui.line(format!("{name}: running{percent}"));
        }
        Event::Done { video } => {
            record(ui, &handle, "done", None, None);
            show_video(ui, &video);
        }
        Event::Unrecognized { word } => {
            record(ui, &handle, "unknown", None, None);
            ui.line(format!("{name}: in a state this hailuo does not know: {}", text::tame(&word, 40)));
        }
        _ => anyhow::bail!("{name} answered something that this hailuo does not know"),
    }
    Ok(Exit::Done)
}

/// How a job ended, if that is what the error is about.
fn ended(error: &hailuo::Error) -> Option<&'static str> {
    match (error, error.reason()) {
        (hailuo::Error::Result(_), Some(hailuo::Reason::Canceled)) => Some("canceled"),
        (hailuo::Error::Result(_), Some(hailuo::Reason::NoVideo)) => Some("done"),
        (hailuo::Error::Result(_), _) => Some("failed"),
        _ => None,
    }
}

fn record(ui: &Ui, handle: &JobHandle, state: &str, position: Option<u64>, percent: Option<u8>) {
    let (vendor, job) = (handle.vendor().slug(), handle.id());
    ui.record(&Record::Status { vendor, job, handle, state, position, percent });
}

/// A video that is at the vendor's.
pub(super) fn show_video(ui: &Ui, video: &hailuo::Video) {
    let handle = video.handle();
    let resolution = video.width.zip(video.height).map(|(width, height)| crate::mp4::resolution(width, height));
    ui.record(&Record::Video(Clip {
        vendor: handle.vendor().slug(),
        job: handle.id(),
        handle,
        path: None,
        url: &video.url,
        bytes: video.size,
        content_type: video.content_type.as_deref(),
        duration: video.duration,
        resolution: resolution.as_deref(),
        width: video.width,
        height: video.height,
        cost: None,
    }));
    ui.line(format!("{}: done", handle.vendor()));
    ui.line(&video.url);
}

pub(super) async fn cancel(ui: &Ui, args: &OneJob) -> anyhow::Result<Exit> {
    let (hub, handle) = hub_to_ask(ui, &args.connect, &args.job)?;
    let client = hub.client_for(&handle)?;
    match client.cancel(&handle).await {
        Ok(Cancellation::Requested) => {
            ui.record(&Record::Canceled { vendor: handle.vendor().slug(), job: handle.id(), handle: &handle });
            let vendor = handle.vendor();
            ui.line(format!("{vendor}: will cancel the job if it still can; to see whether it did:"));
            ui.line(format!("    hailuo status {handle}"));
            Ok(Exit::Done)
        }
        Ok(_) => {
            let what = format!("{} did not cancel the job: it is over", handle.vendor());
            let next = "to fetch its video, if it has one";
            let resume = problem::resume(&handle, None);
            ui.record(&Record::Error(Fault {
                message: &format!("{what}; {next}: {resume}"),
                exit: Exit::Refused.code(),
                phase: "cancel",
                vendor: Some(handle.vendor().slug()),
                reason: Some("too_late"),
                may_have_been_charged: true,
                handle: Some(&handle),
                resume: Some(&resume),
                ..Fault::default()
            }));
            ui.tell(format!("{}: {what}", ui.style_err().red("error")));
            ui.more(next, Some(&resume));
            Ok(Exit::Refused)
        }
        Err(error) => Ok(Report { ui, hub: Some(&hub), input: None, resume: None, task: Task::Ask }.show(&error)),
    }
}
