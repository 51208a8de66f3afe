//! What can be set before a sandbox starts, and how it starts.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex},
    thread,
};

use tokio::{runtime::Handle, sync::oneshot};

use crate::{
    InvalidFault, Sandbox, Scripted, Unfit, Vendor,
    contract::{Contract, ContractError},
    desk::{Desk, State},
    elsewhere,
    entry::{Entry, Violation},
    fault::Fault,
    files,
    gate::Gate,
    journal::{Journal, Watcher},
    manners,
    pace::Pace,
    random::Random,
    sandbox::Thread,
    webhook::{self, Reports},
    wire,
};

/// A sandbox before it starts. Without any setting it plays all five vendors on free ports, takes any key, and finishes
/// a job in three seconds.
///
/// ```no_run
/// # async fn start() -> Result<(), hailuo_sandbox::StartError> {
/// use hailuo_sandbox::{Fault, Kind, Pace, Phase, Sandbox, Vendor};
///
/// let sandbox = Sandbox::builder()
///     .vendors([Vendor::Fal, Vendor::SeaArt])
///     .port(Vendor::Fal, 8080)
///     .key(Vendor::Fal, "the-only-right-key")
///     .pace(Pace::polls(2))
///     .fault(Vendor::SeaArt, Fault::at(Phase::Submit, Kind::Stall))
///     .start()
///     .await?;
/// # drop(sandbox);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    vendors: Option<Vec<Vendor>>,
    ports: HashMap<Vendor, u16>,
    keys: HashMap<Vendor, Key>,
    contracts: HashMap<Vendor, String>,
    pace: Pace,
    faults: Vec<(Option<Vendor>, Fault)>,
    journal_limit: Option<usize>,
    watcher: Option<Watcher>,
    seed: Option<u64>,
}

/// A key that no `Debug` shows.
#[derive(Clone)]
struct Key(String);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(crate::KEY_MARK)
    }
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A port could not be taken.
    #[error(
        "port {port} of 127.0.0.1 could not be taken for {vendor}; end what holds it, or give 0 for any that is free"
    )]
    Port {
        /// Whose port.
        vendor: Vendor,
        /// The port that was asked for; 0 for any.
        port: u16,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A contract cannot be used.
    #[error(transparent)]
    Contract(#[from] ContractError),
    /// A fault does not fit its vendor.
    #[error(transparent)]
    Unfit(#[from] Box<Unfit>),
    /// A fault fits none of the vendors that are played.
    #[error("`{fault}` fits none of the vendors: {why}")]
    FitsNobody {
        /// What was asked for.
        fault: Fault,
        /// Why it could never strike any of them.
        why: String,
    },
    /// [`Builder::start`] was called outside a tokio runtime.
    #[error("there is no tokio runtime here; use start_blocking")]
    NoRuntime,
    /// The thread or runtime of [`Builder::start_blocking`] could not be made.
    #[error("the sandbox's own runtime could not be made")]
    Runtime(#[source] io::Error),
}

impl Builder {
    /// Plays only these vendors.
    #[must_use]
    pub fn vendors(mut self, vendors: impl IntoIterator<Item = Vendor>) -> Self {
        let mut vendors: Vec<_> = vendors.into_iter().collect();
        vendors.sort_unstable();
        vendors.dedup();
        self.vendors = Some(vendors);
        self
    }

    /// Serves a vendor's API on this port; 0 takes any that is free.
    #[must_use]
    pub fn port(mut self, vendor: Vendor, port: u16) -> Self {
        self.ports.insert(vendor, port);
        self
    }

    /// Makes this key the only right one. Without it, any key but an empty one is right.
    #[must_use]
    pub fn key(mut self, vendor: Vendor, key: impl Into<String>) -> Self {
        self.keys.insert(vendor, Key(key.into()));
        self
    }

    /// How fast the jobs of all vendors move; [`Sandbox::set_pace`] is for one of them.
    #[must_use]
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// Adds a fault; [`Sandbox::fault`] adds more later.
    #[must_use]
    pub fn fault(mut self, vendor: Vendor, fault: Fault) -> Self {
        self.faults.push((Some(vendor), fault));
        self
    }

    /// Adds a fault for all vendors that it fits, or for the one it names.
    #[must_use]
    pub fn script(mut self, scripted: Scripted) -> Self {
        self.faults.push((scripted.vendor, scripted.fault));
        self
    }

    /// Adds faults from text: [`Scripted`]s, separated by spaces or lines.
    ///
    /// # Errors
    ///
    /// [`InvalidFault`] for the first that is none.
    pub fn scripts(mut self, text: &str) -> Result<Self, InvalidFault> {
        for scripted in text.split_whitespace() {
            self = self.script(scripted.parse()?);
        }
        Ok(self)
    }

    /// Judges by this contract, an OpenAPI 3.1 document as `regen` writes it, instead of the one this crate was built
    /// with.
    #[must_use]
    pub fn contract(mut self, vendor: Vendor, document: impl Into<String>) -> Self {
        self.contracts.insert(vendor, document.into());
        self
    }

    /// How many requests, and how many violations, the journal keeps before it drops the oldest; 100,000 if nothing is
    /// said.
    #[must_use]
    pub fn journal_limit(mut self, requests: usize) -> Self {
        self.journal_limit = Some(requests);
        self
    }

    /// Tells of each request before it is answered, and of what in it broke the contract: for a log, or for what a test
    /// does in between. It must not wait for another request.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use hailuo_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder()
    ///     .on_request(|entry, violations| {
    ///         eprintln!("{entry}"); // fal: GET /fal-ai/minimax/requests/0b49…/status?logs=1: 202, job 0b49…
    ///         violations.iter().for_each(|violation| eprintln!("  {violation}"));
    ///     })
    ///     .start()
    ///     .await?;
    /// # drop(sandbox);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn on_request(mut self, watch: impl Fn(&Entry, &[Violation]) + Send + Sync + 'static) -> Self {
        self.watcher = Some(Watcher(Arc::new(watch)));
        self
    }

    /// Makes the same ids in every run.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Starts within the tokio runtime this is called in.
    ///
    /// # Errors
    ///
    /// [`StartError`], if a port is taken, a contract or a fault cannot be used, or there is no runtime.
    #[expect(clippy::unused_async, reason = "starting may have to wait one day, and it needs a runtime today")]
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let runtime = Handle::try_current().map_err(|_| StartError::NoRuntime)?;
        self.start_on(&runtime, None)
    }

    /// Starts on a thread of its own, for programs and tests without an async runtime.
    ///
    /// # Errors
    ///
    /// As [`Self::start`], and if the thread cannot be made.
    pub fn start_blocking(self) -> Result<Sandbox, StartError> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(StartError::Runtime)?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::Builder::new()
            .name("hailuo-sandbox".to_owned())
            // The sender is dropped, not used: either way there is nothing left to serve.
            .spawn(move || drop(runtime.block_on(stopped)))
            .map_err(StartError::Runtime)?;
        self.start_on(&handle, Some(Thread::new(stop, thread)))
    }

    fn start_on(self, runtime: &Handle, thread: Option<Thread>) -> Result<Sandbox, StartError> {
        let vendors = self.vendors.clone().unwrap_or_else(|| Vendor::ALL.to_vec());
        let journal = Arc::new(Journal::new(self.journal_limit.unwrap_or(100_000), self.watcher.clone()));
        let first = vendors.first().copied().unwrap_or(Vendor::Fal);
        let bind = |vendor, port, open| {
            Gate::bind(port, runtime, open).map_err(|source| StartError::Port { vendor, port, source })
        };
        let elsewhere = bind(first, 0, true)?;
        let refusing = bind(first, 0, false)?;
        // Another name for the same machine: a client that compares hosts must find another one.
        let elsewhere_url = format!("http://localhost:{}", elsewhere.address().port());
        let random = self.seed.map_or_else(Random::from_system, Random::seeded);
        let (mut desks, mut reports) = (Vec::new(), Vec::new());
        for vendor in &vendors {
            let vendor = *vendor;
            let contract = match self.contracts.get(&vendor) {
                Some(document) => Arc::new(Contract::read(vendor, document)?),
                None => Contract::built_in(vendor)?,
            };
            let key = self.keys.get(&vendor).map(|key| key.0.clone());
            if let Some(key) = &key {
                journal.secrets().learn(key);
            }
            let port = self.ports.get(&vendor).copied().unwrap_or(0);
            let seed = random.next();
            let (own_reports, due) = Reports::new(&Random::seeded(!seed));
            reports.push(due);
            let (api_gate, files_gate) = (bind(vendor, port, true)?, bind(vendor, 0, true)?);
            let origin = format!("http://{}", api_gate.address());
            desks.push(Arc::new(Desk {
                vendor,
                manners: manners::of(vendor),
                base: format!("{origin}{}", contract.base_path),
                contract,
                origin,
                files: format!("http://{}", files_gate.address()),
                elsewhere: format!("{elsewhere_url}/{vendor}"),
                api_gate,
                files_gate,
                journal: Arc::clone(&journal),
                key,
                random: Random::seeded(seed),
                reports: own_reports,
                state: Mutex::new(State { pace: self.pace, ..State::default() }),
            }));
        }
        let desks: Arc<[Arc<Desk>]> = desks.into();
        let sandbox = Sandbox { desks: Arc::clone(&desks), journal, elsewhere, elsewhere_url, refusing, thread };
        for (vendor, fault) in self.faults {
            sandbox.script(vendor, &fault)?;
        }
        for (desk, due) in desks.iter().zip(reports) {
            runtime.spawn(webhook::run(Arc::clone(desk), due));
            runtime.spawn(wire::serve(Arc::clone(&desk.api_gate), desk.router()));
            runtime.spawn(wire::serve(Arc::clone(&desk.files_gate), files::router(Arc::clone(desk))));
        }
        runtime.spawn(wire::serve(Arc::clone(&sandbox.elsewhere), elsewhere::router(desks)));
        Ok(sandbox)
    }
}
