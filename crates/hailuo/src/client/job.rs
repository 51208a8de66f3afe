//! A job with the client that can ask about it.

use std::sync::Arc;

use super::{Client, Events, WaitOptions};
use crate::{
    error::Error,
    event::Event,
    exchange::{Cancellation, Pending},
    handle::JobHandle,
    video::Video,
};

/// A job that a vendor has accepted. Dropping it does not stop the job.
///
/// `job.await` is short for `job.wait().await`.
#[derive(Debug, Clone)]
#[must_use = "the job is paid for; keep its handle or wait for it"]
pub struct Job {
    client: Client,
    handle: JobHandle,
    pub(super) refusals: Vec<Arc<Error>>,
}

impl Job {
    pub(super) fn new(client: Client, handle: JobHandle) -> Self {
        Self { client, handle, refusals: Vec::new() }
    }

    pub(super) fn after(mut self, refusals: Vec<Error>) -> Self {
        self.refusals = refusals.into_iter().map(Arc::new).collect();
        self
    }

    /// What the vendors said that were asked before this one, in their order: a key that is no longer accepted shows
    /// here while the next vendor does the work.
    pub fn refusals(&self) -> &[Arc<Error>] {
        &self.refusals
    }

    /// What finds the job again in any process.
    pub fn handle(&self) -> &JobHandle {
        &self.handle
    }

    /// Waits for the video.
    ///
    /// # Errors
    ///
    /// As [`Client::wait`].
    pub async fn wait(&self) -> Result<Video, Error> {
        self.client.wait(&self.handle).await
    }

    /// Waits for the video with options.
    ///
    /// # Errors
    ///
    /// As [`Client::wait`].
    pub async fn wait_with(&self, options: &WaitOptions) -> Result<Video, Error> {
        self.client.wait_with(&self.handle, options).await
    }

    /// Waits for the video, telling what happens meanwhile.
    pub fn watch(&self, options: &WaitOptions) -> Events {
        self.client.watch(&self.handle, options)
    }

    /// Asks once how the job is.
    ///
    /// # Errors
    ///
    /// As [`Client::status`].
    pub async fn status(&self) -> Result<Event, Error> {
        self.client.status(&self.handle).await
    }

    /// Asks the vendor to stop the job.
    ///
    /// # Errors
    ///
    /// As [`Client::cancel`].
    pub async fn cancel(&self) -> Result<Cancellation, Error> {
        self.client.cancel(&self.handle).await
    }
}

impl IntoFuture for Job {
    type Output = Result<Video, Error>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.wait().await })
    }
}
