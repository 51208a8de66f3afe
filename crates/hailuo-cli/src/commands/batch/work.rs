//! One line after another: what may be done for it is done, and its end is told.
//!
//! A refusal, or a vendor that cannot be reached, is tried again, since nothing was charged; an unknown outcome is not,
//! in this run or another.

use std::{
    collections::{HashSet, VecDeque},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use hailuo::{Client, Cost, Error, ErrorKind, Fit, JobHandle, Reason, Vendor};
use tokio::{sync::Semaphore, task::block_in_place, time::sleep};

use super::{
    super::how_to_get_a_key,
    lines::{Invalid, Lines, Place, Ready},
    tally::{End, State, Tally},
};
use crate::{
    args::Span,
    exit::{Exit, Task},
    hub::Hub,
    interrupt::Interrupt,
    make::{Maker, Stop},
    output::try_to_write,
    problem,
    store::{
        Store,
        jobs::Job,
        lines::{Claim, LineKey},
    },
    ui::{Ui, progress::Track, record::Record, violation},
};

/// How often a line is tried again that nobody charged for.
const TRIES: u32 = 6;
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// How many requests are on their way at the same time, however many jobs run: what a crash leaves unknown.
pub(super) const SENT_AT_ONCE: usize = 4;
/// How long until one looks again whether another process still works on a line.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// What the workers share.
pub(super) struct Run {
    pub(super) ui: Arc<Ui>,
    pub(super) hub: Arc<Hub>,
    pub(super) store: Arc<Store>,
    pub(super) tally: Tally,
    pub(super) lines: Lines,
    pub(super) places: Vec<Place>,
    /// Lines that are not begun, by their place in `places`.
    pub(super) queue: Mutex<VecDeque<usize>>,
    /// Orders of vendors that will refuse every line: the key is wrong, or the account empty.
    pub(super) halted: Mutex<HashSet<Vec<Vendor>>>,
    /// Who has refused what another vendor then took, as far as that was told.
    pub(super) refused: Mutex<HashSet<(Option<Vendor>, ErrorKind)>>,
    /// Whether a video could not be written: the next ones would be paid for and not be here either.
    pub(super) stuck: AtomicBool,
    pub(super) interrupt: Interrupt,
    pub(super) sending: Semaphore,
    pub(super) order: Vec<Vendor>,
    pub(super) out: PathBuf,
    pub(super) batch: String,
    pub(super) timeout: Option<Span>,
}

impl Run {
    /// Works on the next line that can be worked on; none when there is nothing left to do.
    pub(super) async fn next(&self) -> Option<(usize, End)> {
        loop {
            if self.interrupt.is_stopped() || self.stuck.load(SeqCst) {
                return None;
            }
            let at = lock(&self.queue).pop_front()?;
            let place = &self.places[at];
            let key = match &place.key {
                Ok(key) => key,
                Err(error) => return Some((at, self.invalid(place, Invalid::Line(error.clone())))),
            };
            if let Some(end) = self.work(place, key).await {
                if let Err(error) = self.store.release(key) {
                    // It costs others a little patience.
                    self.ui.warn(&format!("{error}"));
                }
                return Some((at, end));
            }
            lock(&self.queue).push_back(at);
            tokio::select! {
                () = sleep(LOOK_AGAIN) => {}
                () = self.interrupt.stopped() => {}
            }
        }
    }

    /// Tells the end of a line.
    pub(super) fn end(&self, at: usize, end: &End) {
        let place = &self.places[at];
        self.tally.end(place.number, place.key.as_deref().ok(), end);
    }

    /// Lines that were not begun.
    pub(super) fn rest(&self) -> Vec<usize> {
        let mut rest: Vec<_> = lock(&self.queue).drain(..).collect();
        rest.sort_unstable();
        rest
    }

    /// Does for a line what may be done; none if another process works on it.
    async fn work(&self, place: &Place, key: &str) -> Option<End> {
        let claim = self.store.claim(&LineKey { key, batch: &self.batch, number: place.number });
        let known = |job: &Job, state, message: &str| {
            let end = End::new(state, message.to_owned()).at(job.vendor);
            match &job.handle {
                Some(handle) => end.job(handle, self.cost(place, handle)),
                None => end,
            }
        };
        Some(match claim {
            Err(error) => End::new(State::Error, error.to_string()),
            Ok(Claim::Busy) => return None,
            Ok(Claim::Free) => self.submit(place, key).await,
            Ok(Claim::Resume(handle)) => self.resume(place, key, &handle).await,
            Ok(Claim::Done(handle, job)) => match job.file.filter(|file| self.is_here(Path::new(file))) {
                Some(file) => {
                    let mut end = End::new(State::Done, None).job(&handle, self.cost(place, &handle));
                    end.path = Some(file);
                    end
                }
                // It went away with the vendors that made it, and nothing was paid for it.
                None if self.store.is_out_of_reach(&job.address) => self.submit(place, key).await,
                None => self.resume(place, key, &handle).await,
            },
            Ok(Claim::Failed(job)) => {
                known(&job, State::Failed, "the job ended without a video; --series NAME makes the line anew")
            }
            Ok(Claim::Unknown(job)) => {
                let message = match &job.handle {
                    None => "it was sent in an earlier run that did not learn the answer; it may have been charged"
                        .to_owned(),
                    Some(_) => format!(
                        "it was sent in an earlier run, and the answer names a job that may be it: hailuo status {}",
                        job.number
                    ),
                };
                let end = End::new(State::Unknown, message).at(job.vendor);
                match &job.handle {
                    Some(handle) => end.job(handle, None),
                    None => end,
                }
            }
        })
    }

    /// Whether a video that was made before is where this run would put it.
    fn is_here(&self, file: &Path) -> bool {
        file.is_file()
            && file.parent().and_then(|parent| parent.canonicalize().ok()).is_some_and(|parent| parent == self.out)
    }

    fn cost(&self, place: &Place, handle: &JobHandle) -> Option<Cost> {
        let request = self.read(place).ok()?;
        Fit::new(handle.vendor(), &request.request).ok()?.cost
    }

    /// The request of a line. Its picture may take the time of a disk: other tasks go on meanwhile.
    fn read(&self, place: &Place) -> Result<Ready, Invalid> {
        block_in_place(|| self.lines.request(place))
    }

    async fn submit(&self, place: &Place, key: &str) -> End {
        let request = match self.read(place) {
            Ok(request) => request,
            Err(invalid) => return self.invalid(place, invalid),
        };
        let order: Vec<_> = match &request.vendors {
            Some(vendors) => vendors.iter().copied().filter(|vendor| self.hub.has(*vendor)).collect(),
            None => self.order.clone(),
        };
        let Some(first) = order.first().copied() else {
            let who = request.vendors.as_deref().unwrap_or_default().first().copied();
            return End::new(State::Error, who.map(how_to_get_a_key));
        };
        if lock(&self.halted).contains(&order) {
            return End::new(State::NotStarted, "the vendor has refused the key or the account before".to_owned())
                .at(first);
        }
        let client = match self.hub.client(&order) {
            Ok(client) => client,
            Err(error) => return self.ended(&error, &request),
        };
        violation::warnings(&self.ui, None, request.request.warnings(), &request.input);
        let job = match self.submit_until_taken(&client, &request, key).await {
            Ok(job) => job,
            Err(None) => return End::new(State::NotStarted, None).at(first),
            Err(Some(error)) => {
                if is_hopeless(&error) {
                    lock(&self.halted).insert(order);
                }
                return self.ended(&error, &request);
            }
        };
        for error in job.refusals() {
            let what = (error.vendor(), error.kind());
            if lock(&self.refused).insert(what) {
                self.ui.warn(&format!("{}; another vendor has taken the line", problem::message(error)));
            }
        }
        let handle = job.handle();
        let cost = Fit::new(handle.vendor(), &request.request).ok().and_then(|fit| fit.cost);
        // The picture is not needed any more, and there may be many.
        drop(request);
        let path = self.path(place, key, handle);
        self.ui.record(&Record::Submitted {
            vendor: handle.vendor().slug(),
            job: handle.id(),
            handle,
            resume: &problem::resume(handle, Some(&path)),
        });
        self.fetch(&client, handle, path, cost).await
    }

    /// Submits a line, again and again while nobody charges for it; no error if the run is stopped before it is sent.
    async fn submit_until_taken(
        &self,
        client: &Client,
        request: &Ready,
        key: &str,
    ) -> Result<hailuo::Job, Option<Error>> {
        let (maker, track) = (self.maker(), Track::silent(&self.ui));
        let mut tries = 0;
        loop {
            tries += 1;
            let submitted = {
                // The semaphore is never closed; without a permit all would go on as well.
                let _permit = self.sending.acquire().await;
                if self.interrupt.is_stopped() || self.stuck.load(SeqCst) {
                    return Err(None);
                }
                maker.submit(client, &request.request, Some(key), &track).await
            };
            let error = match submitted {
                Ok(job) => return Ok(job),
                Err(error) => error,
            };
            // Only what was not charged can be tried again.
            if !error.is_retryable() || error.may_have_been_charged() || tries >= TRIES {
                return Err(Some(error));
            }
            let pause =
                error.retry_after().unwrap_or_else(|| Duration::from_secs(1 << tries.min(6))).min(LONGEST_PAUSE);
            tokio::select! {
                () = sleep(pause) => {}
                () = self.interrupt.stopped() => return Err(None),
            }
        }
    }

    async fn resume(&self, place: &Place, key: &str, handle: &JobHandle) -> End {
        let cost = self.cost(place, handle);
        match self.hub.client_for(handle) {
            Ok(client) => self.fetch(&client, handle, self.path(place, key, handle), cost).await,
            Err(error) => End::new(State::Open, format!("{error:#}")).job(handle, cost),
        }
    }

    async fn fetch(&self, client: &Client, handle: &JobHandle, path: PathBuf, cost: Option<Cost>) -> End {
        let track = Track::silent(&self.ui);
        match self.maker().fetch(client, handle, path, cost.clone(), &track).await {
            Ok(made) => {
                let mut end = End::new(State::Done, None).job(handle, cost);
                end.path = Some(made.path.display().to_string());
                end
            }
            Err(Stop::Interrupted(handle) | Stop::Cut(handle) | Stop::InTheWay(handle, _)) => {
                End::new(State::Open, None).job(&handle, cost)
            }
            Err(Stop::Error(error)) => {
                if self.is_disk_unusable(&error) && !self.stuck.swap(true, SeqCst) {
                    self.ui.warn("a video could not be written, so no more lines are begun");
                }
                let state = match *error {
                    Error::Result(_) => State::Failed,
                    Error::Wait(_) => State::Open,
                    _ => State::Error,
                };
                End::new(state, problem::message(&error)).job(handle, cost)
            }
        }
    }

    /// Whether the next video cannot be written either, as against one that has something in its way.
    fn is_disk_unusable(&self, error: &Error) -> bool {
        use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
        let is_full = |cause: &std::io::Error| matches!(cause.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem);
        error.reason() == Some(Reason::File)
            && (causes.filter_map(|cause| cause.downcast_ref()).any(is_full) || try_to_write(&self.out).is_err())
    }

    /// The end of a line that no vendor has, as far as is known.
    fn ended(&self, error: &Error, request: &Ready) -> End {
        let exit = Exit::of(error, Task::Make);
        let state = match exit {
            Exit::Unknown => State::Unknown,
            Exit::Refused => State::Refused,
            Exit::Invalid => State::Invalid,
            _ => State::Error,
        };
        if let Error::Validate(invalid) = error {
            violation::violations(&self.ui, invalid.vendor, &invalid.violations, &request.input);
        }
        let message = match error {
            // The violations were told with their places.
            Error::Validate(_) => "this vendor cannot express it".to_owned(),
            _ => problem::message(error),
        };
        let end = End::new(state, message);
        // A lead.
        if let (Exit::Unknown, Some(handle)) = (exit, error.handle()) {
            return end.job(handle, None);
        }
        match error.vendor() {
            Some(vendor) => end.at(vendor),
            None => end,
        }
    }

    fn invalid(&self, place: &Place, invalid: Invalid) -> End {
        match invalid {
            Invalid::Line(error) => End::new(State::Invalid, format!("it {error}")),
            Invalid::Rules(violations) => {
                let input = self.lines.input(place);
                violation::violations(&self.ui, None, &violations, &input);
                End::new(State::Invalid, "it breaks a rule".to_owned())
            }
            Invalid::File(error) => End::new(State::Error, format!("{error}; run it again")),
        }
    }

    /// `0017-fal-3f9a2b1c.mp4`: in the order of the file, and never the name of another line.
    fn path(&self, place: &Place, key: &str, handle: &JobHandle) -> PathBuf {
        let (hash, count) = key.rsplit_once('-').unwrap_or((key, "1"));
        let short = hash.get(..8).unwrap_or(hash);
        let count = if count == "1" { String::new() } else { format!("-{count}") };
        self.out.join(format!("{:04}-{}-{short}{count}.mp4", place.number, handle.vendor().slug()))
    }

    fn maker(&self) -> Maker {
        Maker {
            ui: Arc::clone(&self.ui),
            hub: Arc::clone(&self.hub),
            interrupt: self.interrupt.clone(),
            timeout: self.timeout,
            task: Task::Make,
            replaces: true,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether every line will be refused like this one: the key is wrong, or the account empty, at each vendor.
fn is_hopeless(error: &Error) -> bool {
    match error {
        Error::Exhausted(exhausted) => exhausted.attempts.iter().all(is_hopeless),
        _ => matches!(error.kind(), ErrorKind::Key | ErrorKind::Balance),
    }
}
