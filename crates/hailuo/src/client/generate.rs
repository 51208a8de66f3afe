//! Everything at once: check, submit, wait, fetch.

use std::path::{Path, PathBuf};

use super::{Client, Events, SubmitOptions, WaitOptions, events::Queue, submit, wait};
use crate::{
    download::DownloadOptions, error::Error, event::Event, exchange::Pending, request::ImageToVideo, video::Video,
};

/// A video in the making; `.await` it, or follow its [`events`](Self::events). Nothing happens before.
#[derive(Debug, Clone)]
#[must_use = "nothing happens until it is awaited"]
pub struct Generation {
    client: Client,
    request: ImageToVideo,
    path: Option<PathBuf>,
    submit: SubmitOptions,
    wait: WaitOptions,
    download: DownloadOptions,
}

impl Generation {
    pub(super) fn new(client: Client, request: ImageToVideo) -> Self {
        Self {
            client,
            request,
            path: None,
            submit: SubmitOptions::new(),
            wait: WaitOptions::new(),
            download: DownloadOptions::new(),
        }
    }

    /// Fetches the video into a file.
    pub fn save_to(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_owned());
        self
    }

    /// Sets the options of submitting.
    pub fn submit_options(mut self, options: SubmitOptions) -> Self {
        self.submit = options;
        self
    }

    /// Sets the options of waiting.
    pub fn wait_options(mut self, options: WaitOptions) -> Self {
        self.wait = options;
        self
    }

    /// Sets the options of fetching.
    pub fn download_options(mut self, options: DownloadOptions) -> Self {
        self.download = options;
        self
    }

    /// Starts, and tells what happens.
    pub fn events(self) -> Events {
        Events::new(|queue| self.run(queue))
    }

    /// Runs to the end and tells what happens to a function, for callers to whom a stream is too much.
    ///
    /// # Errors
    ///
    /// As awaiting it.
    pub async fn telling(self, mut tell: impl FnMut(&Event)) -> Result<Video, Error> {
        let queue = Queue::new();
        let mut run = Box::pin(self.run(queue.clone()));
        std::future::poll_fn(move |context| {
            let polled = run.as_mut().poll(context);
            while let Some(event) = queue.pop() {
                tell(&event);
            }
            polled
        })
        .await
    }

    async fn run(self, queue: Queue) -> Result<Video, Error> {
        let job = submit::in_order(&self.client, &self.request, &self.submit).await.into_result()?;
        let handle = job.handle().clone();
        for error in job.refusals {
            queue.push(Event::Refused { error });
        }
        queue.push(Event::Accepted { handle: handle.clone() });
        let video = wait::for_video(self.client.clone(), handle, self.wait, queue.clone()).await?;
        if let Some(path) = &self.path {
            self.client.fetch(&video, path, &self.download, &queue).await?;
        }
        Ok(video)
    }
}

impl IntoFuture for Generation {
    type Output = Result<Video, Error>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run(Queue::none()))
    }
}
