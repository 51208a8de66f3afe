//! The steps of a video that all commands share: submit, wait, fetch, and stop where the user or an error says so.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use hailuo::{Client, Cost, Error, Event, ImageToVideo, Job, JobHandle, Reason, Submission, SubmitOptions, Video};

use crate::{
    args::Span,
    exit::{Exit, Task},
    hub::Hub,
    interrupt::Interrupt,
    mp4,
    output::Output,
    problem::{self, Report},
    ui::{
        Ui,
        progress::Track,
        record::{Clip, Fault, Record},
        text,
        violation::Input,
    },
};

/// Why there is no video.
pub(crate) enum Stop {
    /// It went wrong.
    Error(Box<Error>),
    /// The user does not want to wait any longer; the job goes on.
    Interrupted(JobHandle),
    /// The same, while the finished video was fetched.
    Cut(JobHandle),
    /// While the job was waited for, somebody has put another file where its video should be.
    InTheWay(JobHandle, PathBuf),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(Box::new(error))
    }
}

/// A video on this machine.
pub(crate) struct Made {
    pub(crate) video: Video,
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
    pub(crate) cost: Option<Cost>,
    facts: mp4::Facts,
}

/// What the steps need.
#[derive(Clone)]
pub(crate) struct Maker {
    pub(crate) ui: Arc<Ui>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) interrupt: Interrupt,
    pub(crate) timeout: Option<Span>,
    /// Whether it is for a job that is submitted here.
    pub(crate) task: Task,
    /// Whether a file that the user has named may be replaced, or has a name that no other video has.
    pub(crate) replaces: bool,
}

impl Maker {
    /// Submits a request, for a line of a batch or for none. It is not interrupted: what was sent may be paid for, and its
    /// answer names the job.
    pub(crate) async fn submit(
        &self,
        client: &Client,
        request: &ImageToVideo,
        line: Option<&str>,
        track: &Track,
    ) -> Result<Job, Error> {
        let _sending = self.interrupt.sending();
        track.step("submitting");
        let options = line.map_or_else(SubmitOptions::new, |line| SubmitOptions::new().label(line));
        let job = match client.submit_with(request, &options).await {
            Submission::Accepted(job) => job,
            Submission::Rejected(error) => return Err(error),
            // The vendor has the job and only the journal does not know it: waiting for it is the best that can be done.
            Submission::Unknown(error) => match error.handle().cloned() {
                Some(handle) if error.reason() == Some(Reason::NotRecorded) => {
                    self.ui.warn(&format!("the journal could not be told of this job; its handle is {handle}"));
                    client.resume(handle)?
                }
                _ => return Err(error),
            },
        };
        for error in job.refusals() {
            track.refused(error);
        }
        track.name(Some(job.handle().vendor()), job.handle().id());
        Ok(job)
    }

    /// Waits for a job's video.
    pub(crate) async fn wait(&self, client: &Client, handle: &JobHandle, track: &Track) -> Result<Video, Stop> {
        let _open = self.interrupt.open();
        let mut events = client.watch(handle, &self.hub.wait_options(handle, self.timeout));
        loop {
            let event = tokio::select! {
                biased;
                () = self.interrupt.stopped() => return Err(Stop::Interrupted(handle.clone())),
                event = events.next() => event,
            };
            match event {
                Some(Ok(Event::Done { video })) => return Ok(video),
                Some(event) => track.event(&event?),
                // The stream ends with the video or an error, so this is the video, told before.
                None => match events.video() {
                    Some(video) => return Ok(video.clone()),
                    None => return Err(Stop::Interrupted(handle.clone())),
                },
            }
        }
    }

    /// Waits for a job's video and fetches it.
    pub(crate) async fn fetch(
        &self,
        client: &Client,
        handle: &JobHandle,
        path: PathBuf,
        cost: Option<Cost>,
        track: &Track,
    ) -> Result<Made, Stop> {
        let video = match self.wait(client, handle, track).await {
            Err(Stop::Error(error)) => {
                self.keep_answer(&error, &path);
                return Err(Stop::Error(error));
            }
            other => other?,
        };
        if !self.replaces && path.exists() {
            return Err(Stop::InTheWay(handle.clone(), path));
        }
        let _open = self.interrupt.open();
        track.step("downloading");
        let bytes = tokio::select! {
            bytes = client.download(&video, &path) => bytes?,
            () = self.interrupt.stopped() => return Err(Stop::Cut(handle.clone())),
        };
        if let Some(store) = self.hub.store() {
            let absolute = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
            if store.keep_file(handle, &absolute.to_string_lossy()).is_err() {
                self.ui.warn("the journal could not be told where the video is");
            }
        }
        Ok(Made { facts: mp4::Facts::read(&path), video, path, bytes, cost })
    }

    /// The answer of a job that is done and has no video is worth money: it may say where the video is.
    fn keep_answer(&self, error: &Error, path: &Path) {
        let Some(raw) = error.raw().filter(|_| error.reason() == Some(Reason::NoVideo)) else {
            return;
        };
        let mut name = path.as_os_str().to_owned();
        name.push(".answer.json");
        if std::fs::write(&name, raw).is_ok() {
            self.ui.tell(format!("the vendor's answer is in {}", Path::new(&name).display()));
        }
    }

    /// Shows why there is no video, and how the command ends for it.
    pub(crate) fn show(&self, stop: &Stop, output: &Output, input: Option<&Input>) -> Exit {
        match stop {
            Stop::Error(error) => {
                let resume = error.handle().map(|handle| problem::resume(handle, file_of(output, handle).as_deref()));
                Report { ui: &self.ui, hub: Some(&self.hub), input, resume, task: self.task }.show(error)
            }
            Stop::Interrupted(handle) | Stop::Cut(handle) if self.hub.is_sandbox() => {
                self.stopped(handle, "wait", None, "stopped; the job ends with its sandbox");
                Exit::TimedOut
            }
            Stop::Interrupted(handle) => {
                let resume = problem::resume(handle, file_of(output, handle).as_deref());
                let words = "stopped waiting; the job goes on; to fetch its video later";
                self.stopped(handle, "wait", Some(&resume), words);
                Exit::TimedOut
            }
            Stop::Cut(handle) => {
                let resume = problem::resume(handle, file_of(output, handle).as_deref());
                let words = "stopped fetching; the video is paid for, and what arrived is kept; to go on";
                self.stopped(handle, "download", Some(&resume), words);
                Exit::TimedOut
            }
            Stop::InTheWay(handle, path) => {
                let resume = problem::resume(handle, None);
                let what = format!("{} exists by now and is not replaced", path.display());
                let words = "the video is paid for; to fetch it under another name";
                self.ui.record(&Record::Error(Fault {
                    message: &format!("{what}; {words}: {resume}"),
                    exit: Exit::Other.code(),
                    phase: "download",
                    vendor: Some(handle.vendor().slug()),
                    reason: Some("file_exists"),
                    may_have_been_charged: true,
                    handle: Some(handle),
                    resume: Some(&resume),
                    ..Fault::default()
                }));
                self.ui.tell(format!("{}: {what}", self.ui.style_err().red("error")));
                self.ui.more(words, Some(&resume));
                Exit::Other
            }
        }
    }

    fn stopped(&self, handle: &JobHandle, phase: &'static str, resume: Option<&str>, words: &str) {
        let message = resume.map_or_else(|| words.to_owned(), |resume| format!("{words}: {resume}"));
        self.ui.record(&Record::Error(Fault {
            message: &message,
            exit: Exit::TimedOut.code(),
            phase,
            vendor: Some(handle.vendor().slug()),
            reason: Some("interrupted"),
            may_have_been_charged: !self.hub.is_sandbox(),
            handle: Some(handle),
            resume,
            ..Fault::default()
        }));
        self.ui.tell(format!("{}: {words}", handle.vendor()));
        if let Some(resume) = resume {
            self.ui.note(format!("    {}", self.ui.style_err().bold(resume)));
        }
    }
}

/// The file that the user asked for; other names come about again by themselves.
fn file_of(output: &Output, handle: &JobHandle) -> Option<PathBuf> {
    match output {
        Output::Folder(folder) if folder.as_os_str().is_empty() => None,
        Output::Folder(folder) => Some(folder.join("")),
        _ => Some(output.path(handle)),
    }
}

impl Made {
    /// The object for programs.
    pub(crate) fn record(&self, ui: &Ui) {
        let handle = self.video.handle();
        let resolution = self.resolution();
        ui.record(&Record::Video(Clip {
            vendor: handle.vendor().slug(),
            job: handle.id(),
            handle,
            path: Some(&self.path.to_string_lossy()),
            url: &self.video.url,
            bytes: Some(self.bytes),
            content_type: self.video.content_type.as_deref(),
            duration: self.seconds(),
            resolution: resolution.as_deref(),
            width: self.facts.width.or(self.video.width),
            height: self.facts.height.or(self.video.height),
            cost: self.cost.as_ref(),
        }));
    }

    /// The file and what is known of it, for people.
    pub(crate) fn tell(&self, ui: &Ui, more: Option<String>) {
        ui.line(ui.style().bold(self.path.display()));
        let facts = [self.length(), self.lines(), self.size()].into_iter().chain(more);
        let facts: Vec<_> = facts.filter(|fact| !fact.is_empty()).collect();
        ui.say(&format!("  {}", facts.join(", ")));
    }

    /// The file's own word before the vendor's.
    fn seconds(&self) -> Option<f64> {
        self.facts.seconds.or(self.video.duration)
    }

    fn resolution(&self) -> Option<String> {
        let width = self.facts.width.or(self.video.width)?;
        Some(mp4::resolution(width, self.facts.height.or(self.video.height)?))
    }

    /// `6 s`, or nothing.
    pub(crate) fn length(&self) -> String {
        self.seconds().map_or_else(String::new, |seconds| format!("{} s", (seconds * 10.0).round() / 10.0))
    }

    /// `768P`, or nothing.
    pub(crate) fn lines(&self) -> String {
        self.resolution().unwrap_or_default()
    }

    /// `4.1 KB`.
    pub(crate) fn size(&self) -> String {
        text::bytes(self.bytes)
    }

    /// `$0.28`, or that it is not known.
    pub(crate) fn price(&self) -> String {
        self.cost.as_ref().map_or_else(|| "unknown".to_owned(), ToString::to_string)
    }
}
