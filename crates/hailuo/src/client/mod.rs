//! The client: keys in, videos out, for one vendor or several in order of preference.

mod builder;
mod events;
mod generate;
mod job;
mod judge;
mod own;
mod poll;
mod submit;
mod unwind;
mod wait;

use std::{any::Any, fmt, path::Path, sync::Arc, time::Duration};

use tokio::sync::Semaphore;

pub use builder::ClientBuilder;
pub(crate) use builder::MakeHttp;
pub use events::Events;
pub use generate::Generation;
pub use job::Job;
pub use submit::{Submission, SubmitOptions};
pub use wait::WaitOptions;

use crate::{
    download::{self, DownloadOptions, Fetcher, Fetching},
    error::{Error, ErrorKind, Problem, Reason, SetupError},
    event::Event,
    exchange::{self, Access, Adapter, Cancellation},
    handle::JobHandle,
    journal::Journal,
    request::ImageToVideo,
    rules::Fit,
    vendor::Vendor,
    video::Video,
};

/// Talks to the vendors it has keys for.
///
/// ```no_run
/// # async fn example() -> Result<(), hailuo::Error> {
/// use hailuo::{Client, Image, ImageToVideo};
///
/// let client = Client::from_env()?;
/// let request =
///     ImageToVideo::builder().image(Image::path("fox.jpg")).prompt("The fox turns its head.").build()?;
/// let video = client.generate(&request).save_to("fox.mp4").await?;
/// println!("{}", video.url);
/// # Ok(())
/// # }
/// ```
///
/// Cheap to clone. With keys for several vendors it has an order of preference: the next is tried only if the one
/// before refused the request or was never reached, never after an outcome that nobody knows.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    order: Arc<[Vendor]>,
}

struct Shared {
    adapters: Vec<Connected>,
    journal: Option<Arc<dyn Journal>>,
    fetcher: Fetcher,
}

/// A vendor that there is a key for.
struct Connected {
    vendor: Vendor,
    access: Access,
    /// Ten thousand waiting jobs must not open ten thousand connections at once.
    polls: Semaphore,
}

/// Questions under way at a time, per vendor.
const POLLS: usize = 64;

impl Client {
    /// Starts a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// A client for one vendor.
    ///
    /// # Errors
    ///
    /// If the key cannot be sent, or the vendor's feature is off.
    pub fn new(vendor: Vendor, key: impl Into<hailuo_runtime::SecretString>) -> Result<Self, Error> {
        Self::builder().key(vendor, key).build()
    }

    /// A client for every vendor whose key is in the environment, in the order of [`Vendor::ALL`].
    ///
    /// # Errors
    ///
    /// If there is no key at all, or one that cannot be sent.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().env().build()
    }

    /// The vendors it tries, in order.
    pub fn vendors(&self) -> &[Vendor] {
        &self.order
    }

    /// The same client with another order of preference; vendors left out are not submitted to.
    ///
    /// ```
    #[doc = include_str!("example.txt")]
    /// use hailuo::Vendor;
    ///
    /// assert_eq!(client.vendors(), [Vendor::Fal, Vendor::SeaArt]);
    /// let job = client.with_order([Vendor::SeaArt])?.submit(&request).await.into_result()?;
    /// assert_eq!(job.handle().vendor(), Vendor::SeaArt);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If it has no key for one of them.
    pub fn with_order(&self, order: impl IntoIterator<Item = Vendor>) -> Result<Self, Error> {
        let order: Arc<[Vendor]> = order.into_iter().collect();
        for vendor in order.iter() {
            self.adapter(*vendor)?;
        }
        if order.is_empty() {
            return Err(SetupError::NoKey { looked_for: Vec::new() }.into());
        }
        Ok(Self { shared: Arc::clone(&self.shared), order })
    }

    /// What a vendor would be sent, what is sent though it was not set, warnings and cost. Nothing is sent.
    ///
    /// ```
    #[doc = include_str!("example.txt")]
    /// use hailuo::Unit;
    ///
    /// // The cheapest first, of those that can do it and say so in dollars.
    /// let mut prices = Vec::new();
    /// for &vendor in client.vendors() {
    ///     let cost = client.validate(vendor, &request).ok().and_then(|fit| fit.cost);
    ///     prices.extend(cost.filter(|cost| cost.unit == Unit::Usd).map(|cost| (vendor, cost.max)));
    /// }
    /// prices.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    /// let client = client.with_order(prices.into_iter().map(|(vendor, _)| vendor))?;
    /// # assert_eq!(client.vendors(), [hailuo::Vendor::Fal]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the vendor cannot express the request.
    pub fn validate(&self, vendor: Vendor, request: &ImageToVideo) -> Result<Fit, Error> {
        Fit::new(vendor, request).map_err(|violations| Error::invalid(vendor, violations))
    }

    /// Submits a request; see [`Submission`] for the three ways it can end.
    ///
    /// ```
    #[doc = include_str!("example.txt")]
    /// use hailuo::Submission;
    ///
    /// match client.submit(&request).await {
    ///     Submission::Accepted(job) => println!("keep this: {}", job.handle()),
    ///     Submission::Rejected(error) => println!("nothing was charged: {error}"),
    ///     Submission::Unknown(error) => println!("for a person to look at: {error}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn submit(&self, request: &ImageToVideo) -> Submission {
        self.submit_with(request, &SubmitOptions::new()).await
    }

    /// Submits a request with options.
    ///
    /// Dropping the future before anything was sent sends nothing. Dropping it later does not stop the request: its
    /// answer is awaited in the background and told to the journal.
    pub async fn submit_with(&self, request: &ImageToVideo, options: &SubmitOptions) -> Submission {
        submit::in_order(self, request, options).await
    }

    /// Everything at once: checks, submits, waits, and fetches the video if asked to.
    ///
    /// ```
    #[doc = include_str!("example.txt")]
    /// let video = client.generate(&request).save_to(&path).await?;
    /// assert_eq!(video.size, Some(std::fs::metadata(&path)?.len()));
    /// # Ok(())
    /// # }
    /// ```
    pub fn generate(&self, request: &ImageToVideo) -> Generation {
        Generation::new(self.clone(), request.clone())
    }

    /// A job from its handle, of this process or another.
    ///
    /// ```
    #[doc = include_str!("example.txt")]
    /// let token = client.submit(&request).await.into_result()?.handle().to_string();
    /// // Later, elsewhere:
    /// let job = client.resume(token.parse()?)?;
    /// let video = job.wait().await?;
    /// client.download(&video, &path).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the client has no key for the handle's vendor.
    pub fn resume(&self, handle: JobHandle) -> Result<Job, Error> {
        self.adapter(handle.vendor())?;
        Ok(Job::new(self.clone(), handle))
    }

    /// Waits for a job's video.
    ///
    /// # Errors
    ///
    /// [`Error::Wait`] if the job cannot be asked about or time runs out, [`Error::Result`] if the job failed. Both
    /// have the handle.
    pub async fn wait(&self, handle: &JobHandle) -> Result<Video, Error> {
        self.wait_with(handle, &WaitOptions::new()).await
    }

    /// Waits for a job's video with options.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait).
    pub async fn wait_with(&self, handle: &JobHandle, options: &WaitOptions) -> Result<Video, Error> {
        wait::for_video(self.clone(), handle.clone(), *options, events::Queue::none()).await
    }

    /// Waits for a job's video, telling what happens meanwhile.
    ///
    /// ```
    #[doc = include_str!("example.txt")]
    /// use hailuo::{Event, WaitOptions};
    ///
    /// let job = client.submit(&request).await.into_result()?;
    /// let mut events = client.watch(job.handle(), &WaitOptions::new());
    /// while let Some(event) = events.next().await {
    ///     match event? {
    ///         Event::Queued { position } => println!("queued, {position:?} before it"),
    ///         Event::Running { percent, .. } => println!("running, {percent:?} %"),
    ///         _ => {}
    ///     }
    /// }
    /// assert!(events.video().is_some());
    /// # Ok(())
    /// # }
    /// ```
    pub fn watch(&self, handle: &JobHandle, options: &WaitOptions) -> Events {
        let (client, handle, options) = (self.clone(), handle.clone(), *options);
        Events::new(|queue| wait::for_video(client, handle, options, queue))
    }

    /// Asks once how a job is: [`Event::Queued`], [`Event::Running`], [`Event::Unrecognized`] or [`Event::Done`].
    ///
    /// # Errors
    ///
    /// [`Error::Wait`] if the question fails, [`Error::Result`] if the job did.
    pub async fn status(&self, handle: &JobHandle) -> Result<Event, Error> {
        poll::once(self, handle).await
    }

    /// Asks the vendor to stop a job. Whether it did, waiting tells.
    ///
    /// ```
    #[doc = include_str!("example.txt")]
    /// use hailuo::{Cancellation, ErrorKind};
    ///
    /// let job = client.submit(&request).await.into_result()?;
    /// assert_eq!(client.cancel(job.handle()).await?, Cancellation::Requested);
    /// assert_eq!(job.wait().await.unwrap_err().kind(), ErrorKind::Canceled);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Cancel`], with [`Reason::NotCancelable`] where the vendor has no such call.
    pub async fn cancel(&self, handle: &JobHandle) -> Result<Cancellation, Error> {
        let adapter = self.adapter(handle.vendor())?;
        let vendor = handle.vendor();
        let Some(call) = adapter.cancel(handle) else {
            let problem = Problem::new(vendor, Reason::NotCancelable, ErrorKind::InvalidRequest);
            return Err(Error::Cancel(Box::new(problem.job(handle))));
        };
        let problem = match unwind::unwound(call).await {
            Ok(Ok((cancellation, heard))) => {
                let refusal = judge::envelope(adapter.as_ref(), heard.status.unwrap_or_default(), &heard.raw)
                    .or_else(|| exchange::denied(&heard.raw));
                match refusal.filter(|_| cancellation == Cancellation::Requested) {
                    Some(refusal) => poll::turned_down(vendor, refusal, heard),
                    None => return Ok(cancellation),
                }
            }
            Ok(Err(failure)) => poll::problem(vendor, adapter.as_ref(), failure),
            Err(panicked) => Problem::new(vendor, Reason::NoAnswer, ErrorKind::Local).because(panicked),
        };
        Err(Error::Cancel(Box::new(problem.job(handle))))
    }

    /// Fetches a video into a file, which appears under its name only when it is whole.
    ///
    /// No key goes along. If the vendor no longer serves a video there, the job is asked for a fresh URL.
    ///
    /// ```
    #[doc = include_str!("example.txt")]
    /// use std::time::Duration;
    /// use hailuo::DownloadOptions;
    ///
    /// let video = client.generate(&request).await?;
    /// let options = DownloadOptions::new().max_bytes(100_000_000).timeout(Duration::from_secs(600));
    /// let bytes = client.download_with(&video, &path, &options).await?;
    /// println!("{bytes} bytes of {}", video.content_type.as_deref().unwrap_or("a video"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Download`], with the handle; [`Reason::Incomplete`] keeps what arrived for the next try.
    pub async fn download(&self, video: &Video, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.download_with(video, path, &DownloadOptions::new()).await
    }

    /// Fetches a video with options.
    ///
    /// # Errors
    ///
    /// As [`download`](Self::download).
    pub async fn download_with(
        &self,
        video: &Video,
        path: impl AsRef<Path>,
        options: &DownloadOptions,
    ) -> Result<u64, Error> {
        self.fetch(video, path.as_ref(), options, &events::Queue::none()).await
    }

    async fn fetch(
        &self,
        video: &Video,
        path: &Path,
        options: &DownloadOptions,
        queue: &events::Queue,
    ) -> Result<u64, Error> {
        let fetch = |video: Video| async move {
            let tell = |bytes, total| queue.push(Event::Downloading { bytes, total });
            let fetcher = &self.shared.fetcher;
            let save = download::save(Fetching { fetcher, video: &video, path, options, tell: &tell });
            unwind::unwound(save).await.unwrap_or_else(|panicked| {
                let handle = video.handle();
                let problem = Problem::new(handle.vendor(), Reason::File, ErrorKind::Local);
                Err(Error::Download(Box::new(problem.job(handle).because(panicked))))
            })
        };
        let first = fetch(video.clone()).await;
        let saved = match first {
            Err(error) if matches!(error.reason(), Some(Reason::Gone | Reason::NotAVideo)) => {
                match self.wait_with(video.handle(), &fresh_options()).await {
                    Ok(fresh) if fresh.url != video.url => {
                        // What stays behind harms nobody.
                        let _ = unwind::unwound(download::forget(path, &video.url, &fresh.url)).await;
                        fetch(fresh).await
                    }
                    _ => Err(error),
                }
            }
            other => other,
        }?;
        queue.push(Event::Saved { bytes: saved });
        Ok(saved)
    }

    fn connected(&self, vendor: Vendor) -> Result<&Connected, Error> {
        let found = self.shared.adapters.iter().find(|connected| connected.vendor == vendor);
        found.ok_or_else(|| SetupError::NotConfigured(vendor).into())
    }

    fn adapter(&self, vendor: Vendor) -> Result<&Arc<dyn Adapter>, Error> {
        self.connected(vendor).map(|connected| &connected.access.adapter)
    }

    pub(crate) fn client_of<T: Any>(&self, vendor: Vendor) -> Option<&T> {
        self.connected(vendor).ok()?.access.client.downcast_ref()
    }
}

/// How a job that is done is asked for a fresh URL: what is not answered is asked again, but there is nothing to wait for.
fn fresh_options() -> WaitOptions {
    WaitOptions::new().first_interval(Duration::from_secs(1)).failure_budget(3).timeout(Duration::from_mins(5))
}

/// The vendors by name; no key.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("vendors", &self.order).finish_non_exhaustive()
    }
}
