//! Submitting: at most one request per vendor and call, and a journal that knows of it.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    pin::Pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::{Duration, SystemTime},
};

use hailuo_runtime::Record;
use tokio::runtime::Handle;
use tracing::Instrument;

use super::{
    Client, Job,
    judge::{Judge, Verdict},
    unwind::{Panicked, told, unwound},
};
use crate::{
    error::{Error, ErrorKind, Exhausted, Problem, Reason, SetupError},
    exchange::{Order, Pending, Sending},
    journal::{Attempt, Journal, JournalError, Outcome},
    request::ImageToVideo,
    rules::{self, Fit, Violations},
    vendor::Vendor,
};

/// How a request was received.
///
/// There are three outcomes, because the third must not be mistaken for the second: a request that was sent and not
/// answered may be running, and paid for.
#[derive(Debug)]
#[must_use = "an accepted job is paid for"]
pub enum Submission {
    /// A vendor has the job.
    Accepted(Job),
    /// No vendor has it: refused, or never sent. Trying again, or elsewhere, is safe.
    Rejected(Error),
    /// Nobody knows, or the journal could not be told. The request may have been charged; it was not and will not be
    /// sent again. If the error has a handle, the job can be asked for.
    Unknown(Error),
}

impl Submission {
    /// The job, or either error, for `?`. [`Error::may_have_been_charged`] tells them apart.
    ///
    /// # Errors
    ///
    /// If no job is known for sure.
    pub fn into_result(self) -> Result<Job, Error> {
        match self {
            Self::Accepted(job) => Ok(job),
            Self::Rejected(error) | Self::Unknown(error) => Err(error),
        }
    }
}

/// Options of submitting.
#[derive(Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct SubmitOptions {
    webhook: Option<String>,
    label: Option<String>,
}

impl SubmitOptions {
    /// No webhook, no label.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the vendor to report the finished job to a URL, http or https. A vendor that has no webhook
    /// ([`Capabilities::webhook`](crate::Capabilities::webhook)) cannot express that: nothing is sent to it, and of several
    /// the next is asked. Only fal signs what it reports; a report of any other is a hint to ask for the job, which
    /// `JobHandle::of` finds by its number.
    pub fn webhook(mut self, url: impl Into<String>) -> Self {
        self.webhook = Some(url.into());
        self
    }

    /// Marks the attempt for the journal, with the line of a batch for example. It is not sent.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// The webhook's URL often has a secret in it.
impl fmt::Debug for SubmitOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubmitOptions").field("webhook", &self.webhook.is_some()).field("label", &self.label).finish()
    }
}

/// Tries the vendors in order until one has the job, or may have it.
pub(super) async fn in_order(client: &Client, request: &ImageToVideo, options: &SubmitOptions) -> Submission {
    let mut refusals = Vec::new();
    for &vendor in client.vendors() {
        let error = match at(client, vendor, request, options).await {
            Submission::Accepted(job) => return Submission::Accepted(job.after(refusals)),
            Submission::Rejected(error) => error,
            unknown @ Submission::Unknown(_) => return unknown,
        };
        tracing::warn!(vendor = vendor.slug(), kind = error.kind().as_str(), status = error.status(), "refused");
        let is_ours = error.kind() == ErrorKind::Setup || error.reason() == Some(Reason::NotRecordable);
        refusals.push(error);
        // What is wrong on this side is wrong for every vendor.
        if is_ours {
            break;
        }
    }
    let last = refusals.pop();
    Submission::Rejected(match last {
        Some(only) if refusals.is_empty() => only,
        last => {
            refusals.extend(last);
            Error::Exhausted(Exhausted { attempts: refusals })
        }
    })
}

async fn at(client: &Client, vendor: Vendor, request: &ImageToVideo, options: &SubmitOptions) -> Submission {
    let order = match order(vendor, request, options) {
        Ok(order) => order,
        Err(violations) => return Submission::Rejected(Error::invalid(vendor, violations)),
    };
    let adapter = match client.adapter(vendor) {
        Ok(adapter) => Arc::clone(adapter),
        Err(error) => return Submission::Rejected(error),
    };
    let Ok(runtime) = Handle::try_current() else {
        return Submission::Rejected(SetupError::OutsideRuntime.into());
    };
    let entry = match Entry::open(client.shared.journal.as_ref(), vendor, options) {
        Ok(entry) => entry,
        Err(error) => {
            let problem = Problem::new(vendor, Reason::NotRecordable, ErrorKind::Local).because(error);
            return Submission::Rejected(Error::Submit(Box::new(problem)));
        }
    };
    let Sending { record, answer } = adapter.submit(&order);
    let teller = Teller { vendor, entry, record, is_told: false };
    let tier = order.fit.tier;
    let verdict = async move { Judge { vendor, tier, adapter: adapter.as_ref() }.judge(answer.await) };
    let span = tracing::info_span!("hailuo.submit", vendor = vendor.slug());
    let verdict = Box::pin(unwound(verdict.instrument(span)));
    match (UnderWay { parts: Some((verdict, teller)), runtime }).await {
        Verdict::Accepted(handle) => Submission::Accepted(Job::new(client.clone(), handle)),
        Verdict::Rejected(problem) => Submission::Rejected(Error::Submit(problem)),
        Verdict::Unknown(problem) => Submission::Unknown(Error::Submit(problem)),
    }
}

/// What the vendor will be sent, or everything it cannot express.
fn order<'a>(vendor: Vendor, request: &'a ImageToVideo, options: &'a SubmitOptions) -> Result<Order<'a>, Violations> {
    let webhook = options.webhook.as_deref();
    let refused = webhook.and_then(|url| rules::check_webhook(vendor, url));
    match (Fit::new(vendor, request), refused) {
        (Ok(fit), None) => Ok(Order { request, fit, webhook }),
        (Ok(_), Some(violation)) => Err(Violations::new(vec![violation])),
        (Err(violations), refused) => Err(Violations::new(violations.into_iter().chain(refused).collect())),
    }
}

/// A number that no other attempt has, in this process or another.
fn unique() -> String {
    static PROCESS: OnceLock<u64> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let process = PROCESS.get_or_init(|| RandomState::new().hash_one(std::process::id()));
    format!("{process:016x}{:016x}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// How long after a withdrawal a request may still be seen to leave: a connection that had already taken it lets it
/// go at once or never.
const GRACE: Duration = Duration::from_secs(1);

/// A request under way. The journal is told in the same step in which the answer is read.
///
/// If nobody waits for it any more, it is withdrawn as long as nothing of it was sent; otherwise its answer is awaited
/// in the background, since it may be paid for.
struct UnderWay {
    parts: Option<(Pending<Result<Verdict, Panicked>>, Teller)>,
    runtime: Handle,
}

impl Future for UnderWay {
    /// The journal knows it.
    type Output = Verdict;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Verdict> {
        let Some((verdict, _)) = &mut self.parts else {
            return Poll::Pending;
        };
        let verdict = ready!(verdict.as_mut().poll(context));
        match self.parts.take() {
            Some((_, mut teller)) => Poll::Ready(teller.tell(verdict)),
            None => Poll::Pending,
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let Some((verdict, mut teller)) = self.parts.take() else {
            return;
        };
        // On a runtime that is being shut down these end at once, and the teller tells what is known.
        if teller.record.sent() {
            self.runtime.spawn(async move { teller.tell(verdict.await) });
        } else {
            drop(verdict);
            self.runtime.spawn(async move {
                tokio::time::sleep(GRACE).await;
                drop(teller);
            });
        }
    }
}

/// An attempt in the caller's journal.
struct Entry {
    journal: Arc<dyn Journal>,
    attempt: Attempt,
}

impl Entry {
    /// Tells the journal that a request is about to be sent; none if there is no journal to tell.
    fn open(
        journal: Option<&Arc<dyn Journal>>,
        vendor: Vendor,
        options: &SubmitOptions,
    ) -> Result<Option<Self>, JournalError> {
        let Some(journal) = journal else {
            return Ok(None);
        };
        let attempt = Attempt { id: unique(), vendor, label: options.label.clone(), at: SystemTime::now() };
        told(|| journal.submitting(&attempt))?;
        Ok(Some(Self { journal: Arc::clone(journal), attempt }))
    }
}

/// Tells the journal how an attempt ended, also when it is cut off.
struct Teller {
    vendor: Vendor,
    entry: Option<Entry>,
    record: Record,
    is_told: bool,
}

impl Teller {
    fn tell(&mut self, verdict: Result<Verdict, Panicked>) -> Verdict {
        let verdict = verdict.unwrap_or_else(|panicked| {
            let reason = if self.record.sent() { Reason::Unknown } else { Reason::NotSent };
            Verdict::of(Problem::new(self.vendor, reason, ErrorKind::Local).because(panicked))
        });
        let outcome = match &verdict {
            Verdict::Accepted(handle) => Outcome::Accepted(handle.clone()),
            Verdict::Rejected(_) => Outcome::Rejected,
            Verdict::Unknown(problem) => Outcome::Unknown(problem.handle().cloned()),
        };
        match (verdict, self.record_end(&outcome)) {
            (Verdict::Accepted(handle), Err(error)) => {
                let problem = Problem::new(self.vendor, Reason::NotRecorded, ErrorKind::Local);
                Verdict::of(problem.job(&handle).because(error))
            }
            // An attempt without an end counts as unknown in the journal, which is on the safe side.
            (verdict, _) => verdict,
        }
    }

    /// Without a journal, or if it fails, the log is the last place that can tell which job is paid for.
    fn record_end(&mut self, outcome: &Outcome) -> Result<(), JournalError> {
        self.is_told = true;
        if let Outcome::Accepted(handle) = outcome {
            tracing::info!(vendor = self.vendor.slug(), %handle, "accepted");
        }
        let Some(Entry { journal, attempt }) = &self.entry else {
            return Ok(());
        };
        told(|| journal.submitted(attempt, outcome)).inspect_err(|_| {
            let vendor = self.vendor.slug();
            match outcome {
                Outcome::Accepted(handle) => {
                    tracing::warn!(vendor, %handle, "the journal did not record an accepted job");
                }
                Outcome::Rejected | Outcome::Unknown(_) => {
                    tracing::warn!(vendor, "the journal did not record the end of an attempt");
                }
            }
        })
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        if self.is_told {
            return;
        }
        let outcome = if self.record.sent() { Outcome::Unknown(None) } else { Outcome::Rejected };
        // Whoever waited for it is gone; the log was told of a failure.
        let _ = self.record_end(&outcome);
    }
}
