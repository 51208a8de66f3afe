//! The handle on a running sandbox: its URLs, its faults, and what it has seen.

use std::{fmt, sync::Arc, thread::JoinHandle};

use tokio::{sync::oneshot, time::Instant};

use crate::{
    Builder, StartError, Unfit, Vendor,
    desk::Desk,
    entry::{Entry, Host, Violation},
    fault::{Fault, Phase},
    gate::Gate,
    job::Stage,
    journal::Journal,
    pace::Pace,
    webhook::Delivery,
};

/// The vendors, running on 127.0.0.1 until this is dropped.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use hailuo_sandbox::{Sandbox, Vendor};
///
/// let sandbox = Sandbox::start().await?;
/// let base_url = sandbox.url(Vendor::Fal);
/// // … point a client at `base_url`, and then:
/// assert_eq!(sandbox.jobs(Vendor::Fal).len(), 0);
/// assert_eq!(sandbox.violations(), []);
/// # assert!(base_url.starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
pub struct Sandbox {
    pub(crate) desks: Arc<[Arc<Desk>]>,
    pub(crate) journal: Arc<Journal>,
    pub(crate) elsewhere: Arc<Gate>,
    pub(crate) elsewhere_url: String,
    pub(crate) refusing: Arc<Gate>,
    pub(crate) thread: Option<Thread>,
}

/// The thread of a sandbox that has one of its own; ends when this is dropped.
pub(crate) struct Thread {
    stop: Option<oneshot::Sender<()>>,
    handle: Option<JoinHandle<()>>,
}

impl Thread {
    pub(crate) fn new(stop: oneshot::Sender<()>, handle: JoinHandle<()>) -> Self {
        Self { stop: Some(stop), handle: Some(handle) }
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(handle) = self.handle.take() {
            // The thread does nothing that could panic; and if it did, it is gone all the same.
            let _ = handle.join();
        }
    }
}

/// A job that a vendor made, and would have charged for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JobRecord {
    /// The vendor.
    pub vendor: Vendor,
    /// Its number, counted from 1 for each vendor.
    pub number: u32,
    /// Its id, as text.
    pub id: String,
    /// The number of the journal's entry that made it.
    pub request: u64,
    /// Where it stands.
    pub state: JobState,
    /// How often a client asked for its status or result.
    pub looks: u32,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JobState {
    /// Waiting.
    Queued,
    /// Running.
    Running,
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Stopped by a request.
    Cancelled,
}

impl Sandbox {
    /// Starts all five vendors on free ports, within the tokio runtime this is called in.
    ///
    /// # Errors
    ///
    /// [`StartError`], if no port is free or there is no runtime.
    pub async fn start() -> Result<Self, StartError> {
        Builder::default().start().await
    }

    /// Starts with other settings.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Stops at once, and waits until what it had to do is done.
    pub async fn stop(self) {
        drop(self);
        // The connections' tasks were aborted; they are gone when the runtime has had its turn.
        tokio::task::yield_now().await;
    }

    /// The vendors that are played.
    pub fn vendors(&self) -> impl Iterator<Item = Vendor> {
        self.desks.iter().map(|desk| desk.vendor)
    }

    fn desk(&self, vendor: Vendor) -> Option<&Arc<Desk>> {
        self.desks.iter().find(|desk| desk.vendor == vendor)
    }

    /// The base URL to give a client instead of the vendor's own: `http://127.0.0.1:PORT` and the base path of the
    /// contract's server, without a slash at its end. Of a vendor that is not played, a URL that refuses connections.
    pub fn url(&self, vendor: Vendor) -> String {
        self.desk(vendor).map_or_else(|| self.refused_url(vendor), |desk| desk.base.clone())
    }

    /// The origin of the vendor's file host, where its videos are.
    pub fn files_url(&self, vendor: Vendor) -> String {
        self.desk(vendor).map_or_else(|| self.refused_url(vendor), |desk| desk.files.clone())
    }

    /// The origin of a host that belongs to no vendor: where redirects and false URLs lead.
    pub fn elsewhere_url(&self) -> &str {
        &self.elsewhere_url
    }

    /// A base URL at which every connection is refused, as long as the sandbox lives.
    pub fn refused_url(&self, vendor: Vendor) -> String {
        let path = self.desk(vendor).map_or("", |desk| desk.contract.base_path.as_str());
        format!("http://{}{path}", self.refusing.address())
    }

    /// Adds a fault.
    ///
    /// # Errors
    ///
    /// [`Unfit`], if it could never strike this vendor, or if the vendor is not played.
    pub fn fault(&self, vendor: Vendor, fault: Fault) -> Result<(), Box<Unfit>> {
        fault.check(vendor).map_err(Box::new)?;
        match self.desk(vendor) {
            Some(desk) => desk.add_fault(fault),
            None => return Err(Box::new(Unfit { vendor, fault, why: "it is not played here" })),
        }
        Ok(())
    }

    pub(crate) fn script(&self, vendor: Option<Vendor>, fault: &Fault) -> Result<(), StartError> {
        if let Some(vendor) = vendor {
            self.fault(vendor, fault.clone())?;
            return Ok(());
        }
        let (mut fits, mut reasons) = (false, Vec::new());
        for vendor in self.vendors() {
            match self.fault(vendor, fault.clone()) {
                Ok(()) => fits = true,
                Err(unfit) if reasons.contains(&unfit.why) => {}
                Err(unfit) => reasons.push(unfit.why),
            }
        }
        if fits { Ok(()) } else { Err(StartError::FitsNobody { fault: fault.clone(), why: reasons.join(", or ") }) }
    }

    /// The faults that can still strike, with the strikes each has left.
    pub fn pending_faults(&self, vendor: Vendor) -> Vec<Fault> {
        self.desk(vendor).map_or_else(Vec::new, |desk| desk.state().script.pending())
    }

    /// Removes all faults, gives revoked keys back and ends outages. What has become of a job stays.
    pub fn clear_faults(&self, vendor: Vendor) {
        if let Some(desk) = self.desk(vendor) {
            let mut state = desk.state();
            state.script.clear();
            state.revoked.clear();
        }
        self.accept(vendor);
    }

    /// From now on the vendor's API refuses connections, and those it has break.
    pub fn refuse(&self, vendor: Vendor) {
        if let Some(desk) = self.desk(vendor) {
            desk.api_gate.refuse(None, None);
        }
    }

    /// Ends an outage of the vendor's API and of its file host.
    pub fn accept(&self, vendor: Vendor) {
        if let Some(desk) = self.desk(vendor) {
            desk.api_gate.accept();
            desk.files_gate.accept();
        }
    }

    /// Sets how fast jobs move that are made from now on.
    pub fn set_pace(&self, vendor: Vendor, pace: Pace) {
        if let Some(desk) = self.desk(vendor) {
            desk.state().pace = pace;
        }
    }

    /// The jobs a vendor made, in order.
    pub fn jobs(&self, vendor: Vendor) -> Vec<JobRecord> {
        let now = Instant::now();
        self.desk(vendor).map_or_else(Vec::new, |desk| {
            desk.state()
                .jobs
                .iter()
                .map(|job| JobRecord {
                    vendor,
                    number: job.number,
                    id: job.id.to_string(),
                    request: job.request,
                    state: match job.stage(now) {
                        Stage::Queued => JobState::Queued,
                        Stage::Running { .. } => JobState::Running,
                        Stage::Done { .. } => JobState::Done,
                        Stage::Failed(_) => JobState::Failed,
                        Stage::Cancelled => JobState::Cancelled,
                    },
                    looks: job.looks,
                })
                .collect()
        })
    }

    /// Lets the jobs that are on their way come to their end: whoever looks next finds them done, or failed where a fault
    /// says so. One that never ends goes on.
    pub fn finish(&self, vendor: Vendor) {
        if let Some(desk) = self.desk(vendor) {
            let now = Instant::now();
            let mut state = desk.state();
            let under_way = state.jobs.iter_mut().filter(|job| !job.stage(now).is_over());
            under_way.for_each(|job| job.pace = Pace::INSTANT);
            drop(state);
            desk.reports.jobs_moved();
        }
    }

    /// What a vendor has reported to webhooks so far, in the order in which it was answered. fal and ModelsLab report, to
    /// URLs on this machine only; fal's signature is checked by the keys at `/.well-known/jwks.json` of its
    /// [`url`](Self::url).
    pub fn deliveries(&self, vendor: Vendor) -> Vec<Delivery> {
        self.desk(vendor).map_or_else(Vec::new, |desk| desk.reports.done())
    }

    /// Every request to any of the hosts, in the order in which they were answered.
    pub fn journal(&self) -> Vec<Entry> {
        self.journal.entries(|_| true)
    }

    /// The requests to one vendor's API.
    pub fn requests(&self, vendor: Vendor) -> Vec<Entry> {
        self.journal.entries(|entry| entry.vendor == vendor && entry.host == Host::Api)
    }

    /// The requests to one vendor's API that were meant to make a job.
    pub fn submits(&self, vendor: Vendor) -> Vec<Entry> {
        self.journal
            .entries(|entry| entry.vendor == vendor && entry.host == Host::Api && entry.phase == Some(Phase::Submit))
    }

    /// The requests to one of the hosts, of all vendors.
    pub fn requests_to(&self, host: Host) -> Vec<Entry> {
        self.journal.entries(|entry| entry.host == host)
    }

    /// How many requests were received, those included that the journal has dropped.
    pub fn received(&self) -> u64 {
        self.journal.received()
    }

    /// What in the requests broke a contract.
    pub fn violations(&self) -> Vec<Violation> {
        self.journal.violations()
    }

    /// What in the sandbox's own answers, before any fault, broke a contract: a bug of this crate, or a contract that
    /// has changed. A test of a client may assert that there is none.
    pub fn mismatches(&self) -> Vec<Violation> {
        self.journal.mismatches()
    }

    /// Forgets the requests, violations and mismatches so far; jobs and faults stay.
    pub fn clear_journal(&self) {
        self.journal.clear();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        for desk in self.desks.iter() {
            desk.api_gate.shut();
            desk.files_gate.shut();
            desk.reports.shut();
        }
        self.elsewhere.shut();
        self.refusing.shut();
        drop(self.thread.take());
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.desks.iter().map(|desk| (desk.vendor.slug(), &desk.base))).finish()
    }
}
