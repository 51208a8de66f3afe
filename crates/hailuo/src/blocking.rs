//! The client for programs without an async runtime.
//!
//! Every call runs on the calling thread; there is no thread in the background that could outlive the program's end. In a
//! tokio runtime of several threads a call may block one of them, best within `spawn_blocking`; in one of a single thread and
//! in a `LocalSet` it is refused.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::Path,
    sync::Arc,
};

use tokio::{
    runtime::{Handle, Runtime, RuntimeFlavor},
    task::block_in_place,
};

use crate::{
    Cancellation, DownloadOptions, Error, Event, Generation, ImageToVideo, JobHandle, SetupError, Submission,
    SubmitOptions, Video, WaitOptions,
};

/// A [`crate::Client`] whose calls block.
///
/// ```no_run
/// use hailuo::{Image, ImageToVideo, blocking};
///
/// let client = blocking::Client::from_env()?;
/// let request =
///     ImageToVideo::builder().image(Image::path("fox.jpg")).prompt("The fox turns its head.").build()?;
/// let video = client.run(client.generate(&request).save_to("fox.mp4"))?;
/// println!("{}", video.url);
/// # Ok::<(), hailuo::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Arc<Owned>,
}

/// A runtime that may be dropped inside another, where waiting for its end would panic.
struct Owned(Option<Runtime>);

impl Drop for Owned {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take_if(|_| Handle::try_current().is_ok()) {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    /// Makes a client's calls block.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if no runtime can be started, or inside one of a single thread, which blocking would stall. Each
    /// call has the latter error, too, and also in a `LocalSet`.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        where_one_may_block()?;
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(SetupError::Runtime)?;
        Ok(Self { client, runtime: Arc::new(Owned(Some(runtime))) })
    }

    /// A client for every vendor whose key is in the environment.
    ///
    /// # Errors
    ///
    /// As [`crate::Client::from_env`] and [`new`](Self::new).
    pub fn from_env() -> Result<Self, Error> {
        Self::new(crate::Client::from_env()?)
    }

    /// The client underneath, for what needs no waiting.
    pub fn client(&self) -> &crate::Client {
        &self.client
    }

    /// Submits a request.
    pub fn submit(&self, request: &ImageToVideo) -> Submission {
        self.submit_with(request, &SubmitOptions::new())
    }

    /// Submits a request with options.
    pub fn submit_with(&self, request: &ImageToVideo, options: &SubmitOptions) -> Submission {
        self.block_on(async { Ok(self.client.submit_with(request, options).await) })
            .unwrap_or_else(Submission::Rejected)
    }

    /// Waits for a job's video.
    ///
    /// # Errors
    ///
    /// As [`crate::Client::wait`].
    pub fn wait(&self, handle: &JobHandle) -> Result<Video, Error> {
        self.wait_with(handle, &WaitOptions::new())
    }

    /// Waits for a job's video with options.
    ///
    /// # Errors
    ///
    /// As [`crate::Client::wait`].
    pub fn wait_with(&self, handle: &JobHandle, options: &WaitOptions) -> Result<Video, Error> {
        self.block_on(self.client.wait_with(handle, options))
    }

    /// Asks once how a job is.
    ///
    /// # Errors
    ///
    /// As [`crate::Client::status`].
    pub fn status(&self, handle: &JobHandle) -> Result<Event, Error> {
        self.block_on(self.client.status(handle))
    }

    /// Asks the vendor to stop a job.
    ///
    /// # Errors
    ///
    /// As [`crate::Client::cancel`].
    pub fn cancel(&self, handle: &JobHandle) -> Result<Cancellation, Error> {
        self.block_on(self.client.cancel(handle))
    }

    /// Fetches a video into a file; returns its size.
    ///
    /// # Errors
    ///
    /// As [`crate::Client::download`].
    pub fn download(&self, video: &Video, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.download_with(video, path, &DownloadOptions::new())
    }

    /// Fetches a video with options; returns its size.
    ///
    /// # Errors
    ///
    /// As [`crate::Client::download`].
    pub fn download_with(
        &self,
        video: &Video,
        path: impl AsRef<Path>,
        options: &DownloadOptions,
    ) -> Result<u64, Error> {
        self.block_on(self.client.download_with(video, path, options))
    }

    /// Prepares everything at once; [`run`](Self::run) it.
    pub fn generate(&self, request: &ImageToVideo) -> Generation {
        self.client.generate(request)
    }

    /// Runs a generation to its end.
    ///
    /// # Errors
    ///
    /// As its phases: [`Error::Validate`], [`Error::Submit`], [`Error::Wait`], [`Error::Result`], [`Error::Download`].
    pub fn run(&self, generation: Generation) -> Result<Video, Error> {
        self.block_on(generation.into_future())
    }

    /// Runs a generation to its end, telling what happens.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn run_with(&self, generation: Generation, tell: impl FnMut(&Event)) -> Result<Video, Error> {
        self.block_on(generation.telling(tell))
    }

    fn block_on<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let is_inside = where_one_may_block()?;
        // It is there until it is dropped.
        let runtime = self.runtime.0.as_ref().ok_or(SetupError::OutsideRuntime)?;
        if !is_inside {
            return runtime.block_on(work);
        }
        // The other tasks of the thread go on elsewhere. Where they cannot, as in a `LocalSet`, tokio panics before it
        // begins, and there is no way to ask it.
        let mut work = Some(work);
        let begun = || block_in_place(|| work.take().map(|work| runtime.block_on(work)));
        match catch_unwind(AssertUnwindSafe(begun)) {
            Ok(done) => done.unwrap_or_else(|| Err(SetupError::InsideRuntime.into())),
            Err(_) if work.is_some() => Err(SetupError::InsideRuntime.into()),
            Err(panic) => resume_unwind(panic),
        }
    }
}

/// Whether this is inside a runtime; in one of a single thread tokio would panic.
fn where_one_may_block() -> Result<bool, Error> {
    match Handle::try_current() {
        Err(_) => Ok(false),
        Ok(runtime) if runtime.runtime_flavor() == RuntimeFlavor::MultiThread => Ok(true),
        Ok(_) => Err(SetupError::InsideRuntime.into()),
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Client").field(&self.client).finish()
    }
}
