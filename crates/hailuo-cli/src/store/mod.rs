//! What this machine knows of jobs: one SQLite file for single jobs and batches alike, shared by all processes.
//!
//! It holds no key, no prompt and no picture: a line of a batch is known by a hash. What a job may cost is decided
//! elsewhere; here stands what was tried, and how it ended ([`ledger`], [`answers`], [`jobs`]), and who works on which
//! line of a batch ([`lines`]).

mod answers;
mod error;
pub(crate) mod jobs;
pub(crate) mod ledger;
pub(crate) mod lines;
mod process;
mod schema;

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, TryLockError},
    time::{Duration, Instant},
};

use rusqlite::Connection;

use answers::Answer;
pub(crate) use error::StoreError;
use process::{Left, Process};

/// Address of the built-in vendors of one process; it ends with it.
const SANDBOX: &str = "sandbox:";

/// The tables.
const FILE: &str = "journal.sqlite3";

/// How long the opening of the store may take another process.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open store.
pub(crate) struct Store {
    path: PathBuf,
    connection: Mutex<Connection>,
    /// Answers that are in this process's file and not yet in the tables.
    answers: Mutex<Vec<Answer>>,
    process: Process,
}

/// Processes, by their numbers.
type Processes = HashSet<String>;

impl Store {
    /// Opens the store of this user, and makes it where there is none.
    pub(crate) fn open() -> Result<Self, StoreError> {
        Self::open_in(&folder()?)
    }

    /// Opens the store in a folder.
    pub(crate) fn open_in(folder: &Path) -> Result<Self, StoreError> {
        let in_folder = |error| StoreError::Folder(folder.to_owned(), error);
        make_private(folder).map_err(in_folder)?;
        // One process at a time makes the file: SQLite does not wait where a new file changes its mode.
        let guard = std::fs::File::create(folder.join("opening.lock")).map_err(in_folder)?;
        lock(&guard, folder)?;
        let path = folder.join(FILE);
        let connection = schema::open(&path).map_err(|error| error.of(&path))?;
        let process = Process::start(folder).map_err(in_folder)?;
        Self::with_what_is_left(path, connection, process)
    }

    /// Opens the store to look something up where nothing can be written: on a full disk, or a read-only one.
    pub(crate) fn glance() -> Result<Self, StoreError> {
        Self::glance_in(&folder()?)
    }

    fn glance_in(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        let process = Process::onlooker(folder);
        let is_alone = process.others()?.0.len() == 1;
        let connection = schema::copy(&path, is_alone).map_err(|error| error.of(&path))?;
        Self::with_what_is_left(path, connection, process)
    }

    fn with_what_is_left(path: PathBuf, connection: Connection, process: Process) -> Result<Self, StoreError> {
        let store = Self { path, connection: Mutex::new(connection), answers: Mutex::default(), process };
        store.with(|connection| store.inherit(connection))?;
        Ok(store)
    }

    /// Address of the built-in vendors of this process.
    pub(crate) fn sandbox(&self) -> String {
        format!("{SANDBOX}{}", self.process.id())
    }

    /// Whether an address is that of built-in vendors of another process, which nobody can ask here.
    pub(crate) fn is_out_of_reach(&self, address: &str) -> bool {
        is_sandbox(address) && address != self.sandbox()
    }

    /// Uses the tables. It may take the time of a disk, or of another process: other tasks go on meanwhile.
    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let result = tokio::task::block_in_place(|| {
            let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
            self.bring_in(&connection)?;
            work(&mut connection)
        })
        .map_err(|error: StoreError| error.of(&self.path));
        // Who came meanwhile has not waited.
        self.bring_in_if_free();
        result
    }

    /// Keeps an answer. It waits for nobody.
    fn answer(&self, answer: Answer) -> Result<(), StoreError> {
        let line = answer.line();
        // First here, where nothing can go wrong.
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).push(answer);
        let kept = self.process.append(&line);
        if kept.is_ok() {
            self.bring_in_if_free();
            return Ok(());
        }
        // The file could not take it; the tables may.
        self.with(|_| Ok(()))
    }

    /// Brings answers into the tables unless somebody uses them. In this process that one will then do it.
    fn bring_in_if_free(&self) {
        while !self.answers.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            let connection = match self.connection.try_lock() {
                Ok(connection) => connection,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => return,
            };
            // Those that could not be settled stay, and whoever comes next tries again.
            let brought = tokio::task::block_in_place(|| {
                connection.busy_timeout(schema::SHORT_PATIENCE)?;
                let brought = self.bring_in(&connection);
                connection.busy_timeout(schema::PATIENCE)?;
                brought
            });
            if brought.is_err() {
                return;
            }
        }
    }

    /// Brings answers into the tables. More may come while it does, and do not wait for it.
    fn bring_in(&self, connection: &Connection) -> Result<(), StoreError> {
        let answers = std::mem::take(&mut *self.answers.lock().unwrap_or_else(PoisonError::into_inner));
        let settled = Self::bring_all_in(connection, &answers);
        if settled.is_err() {
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).splice(0..0, answers);
        }
        settled
    }

    /// All of them or none.
    fn bring_all_in(connection: &Connection, answers: &[Answer]) -> Result<(), StoreError> {
        if answers.is_empty() {
            return Ok(());
        }
        let transaction = connection.unchecked_transaction()?;
        answers.iter().try_for_each(|answer| answer.settle(&transaction))?;
        Ok(transaction.commit()?)
    }

    /// Brings what this process has learned to the disk; at the end of it its own file goes away.
    fn is_on_disk(&self) -> bool {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        !self.process.has_said() || connection.query_row("PRAGMA wal_checkpoint", [], |_| Ok(())).is_ok()
    }

    /// Brings into the tables what processes that are gone got to know before they went, and tells which.
    fn inherit(&self, connection: &Connection) -> Result<Processes, StoreError> {
        let mut inherited = Processes::new();
        for mut gone in self.process.others()?.1 {
            let answers = Answer::read(&gone.text()?);
            if !answers.is_empty() {
                // The file goes away, so this has to stay.
                schema::durably(connection, |connection| Self::bring_all_in(connection, &answers))?;
            }
            inherited.insert(gone.id());
            // Who only looks has brought nothing into the file.
            if self.process.is_seen() {
                gone.remove();
            }
        }
        Ok(inherited)
    }

    /// Which processes run, or have gone since others were inherited from. It is asked after the tables were read, or
    /// when nobody else can write them: else one that has only just started would look like one that is gone.
    fn living(&self, inherited: &Processes) -> Result<Processes, StoreError> {
        let (mut living, left) = self.process.others()?;
        living.extend(left.iter().map(Left::id).filter(|id| !inherited.contains(id)));
        Ok(living)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.bring_in_if_free();
        let has_more = !self.answers.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        if has_more || !self.is_on_disk() {
            self.process.keep();
        }
    }
}

/// Waits for its turn, but not for a process that was stopped in the midst of it.
fn lock(guard: &std::fs::File, folder: &Path) -> Result<(), StoreError> {
    let start = Instant::now();
    loop {
        match guard.try_lock() {
            Ok(()) => return Ok(()),
            Err(std::fs::TryLockError::Error(error)) => return Err(StoreError::Folder(folder.to_owned(), error)),
            Err(std::fs::TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(std::fs::TryLockError::WouldBlock) => return Err(StoreError::Locked(folder.to_owned())),
        }
    }
}

/// Whether an address is that of built-in vendors.
pub(crate) fn is_sandbox(address: &str) -> bool {
    address.starts_with(SANDBOX)
}

/// Where the store of this user is.
fn folder() -> Result<PathBuf, StoreError> {
    use etcetera::BaseStrategy;
    match std::env::var_os("HAILUO_DATA_DIR") {
        Some(folder) if !folder.is_empty() => Ok(folder.into()),
        _ => Ok(etcetera::choose_base_strategy().map_err(|_| StoreError::NoHome)?.data_dir().join("hailuo")),
    }
}

/// A folder that only this user can look into.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::sync::Arc;

    use hailuo::{JobHandle, Outcome, Vendor};

    use super::*;
    use crate::store::jobs::State;

    fn begin(store: &Store, id: &str) {
        let connection = store.connection.lock().unwrap();
        let sql = "INSERT INTO attempts (id, process, vendor, address, at) VALUES (?1, ?2, 'fal', '', 1)";
        connection.execute(sql, [id, store.process.id()]).unwrap();
    }

    fn accepted(id: &str) -> Answer {
        Answer::new(id, &Outcome::Accepted(JobHandle::of(Vendor::Fal, id, None).unwrap()))
    }

    fn states(store: &Store) -> Vec<State> {
        store.jobs().unwrap().iter().map(|job| job.state).collect()
    }

    #[test]
    fn an_answer_does_not_wait_for_the_tables_and_outlasts_its_process() {
        let folder = tempfile::tempdir().unwrap();
        let first = Store::open_in(folder.path()).unwrap();
        begin(&first, "a1");
        begin(&first, "a2");
        let busy = first.connection.lock().unwrap();
        first.answer(accepted("a1")).unwrap();
        assert_eq!(first.answers.lock().unwrap().len(), 1, "the tables are in use");
        drop(busy);
        // As `kill -9` leaves it: nothing is dropped, and the lock is gone.
        let left = folder.path().join("running").join(first.process.id());
        let said = std::fs::read(&left).unwrap();
        drop(first);
        std::fs::write(&left, said).unwrap();
        let raw = Connection::open(folder.path().join("journal.sqlite3")).unwrap();
        raw.execute("UPDATE attempts SET outcome = NULL, handle = NULL, job = NULL", []).unwrap();
        let second = Store::open_in(folder.path()).unwrap();
        assert_eq!(states(&second), [State::Unknown, State::Open]);
        assert!(!left.exists(), "what it said is in the tables now");
    }

    /// Whoever finds `journal.sqlite3-wal` after a crash may well remove it.
    #[test]
    fn a_job_outlasts_the_tables_that_have_lost_its_attempt() {
        let folder = tempfile::tempdir().unwrap();
        let first = Store::open_in(folder.path()).unwrap();
        for (id, outcome) in [("a2", Outcome::Rejected), ("a3", Outcome::Unknown(None))] {
            first.answer(Answer::new(id, &outcome)).unwrap();
        }
        first.answer(accepted("a1").labeled(Some("k-1"))).unwrap();
        let left = folder.path().join("running").join(first.process.id());
        let said = std::fs::read(&left).unwrap();
        drop(first);
        std::fs::write(&left, said).unwrap();
        std::fs::remove_file(folder.path().join(FILE)).unwrap();
        let second = Store::open_in(folder.path()).unwrap();
        let jobs = second.jobs().unwrap();
        let known: Vec<_> = jobs.iter().map(|job| (job.state, job.handle.as_ref().unwrap().id())).collect();
        assert_eq!(known, [(State::Open, "a1")]);
        assert!(!left.exists());
        let line = lines::LineKey { key: "k-1", batch: "a.jsonl", number: 1 };
        assert!(matches!(second.claim(&line).unwrap(), lines::Claim::Resume(handle) if handle.id() == "a1"));
    }

    #[test]
    fn an_answer_that_the_tables_cannot_take_is_brought_in_by_the_next_process() {
        let folder = tempfile::tempdir().unwrap();
        let first = Store::open_in(folder.path()).unwrap();
        begin(&first, "a1");
        let other = Connection::open(folder.path().join("journal.sqlite3")).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        // It does not wait until the other has finished, who may be stopped.
        let start = Instant::now();
        first.answer(accepted("a1")).unwrap();
        drop(first);
        assert!(start.elapsed() < schema::PATIENCE / 2);
        other.execute_batch("ROLLBACK").unwrap();
        assert_eq!(states(&Store::open_in(folder.path()).unwrap()), [State::Open]);
    }

    #[test]
    fn an_answer_is_known_at_once_to_whoever_asks() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_in(folder.path()).unwrap();
        let other = Store::open_in(folder.path()).unwrap();
        begin(&store, "a1");
        assert_eq!((states(&store), states(&other)), (vec![State::Submitting], vec![State::Submitting]));
        store.answer(accepted("a1")).unwrap();
        assert_eq!((states(&store), states(&other)), (vec![State::Open], vec![State::Open]));
    }

    #[test]
    fn who_only_looks_sees_what_others_know_and_leaves_all_of_it_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let names = |folder: &Path| {
            let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
            names.collect::<std::collections::BTreeSet<_>>()
        };
        assert!(Store::glance_in(&folder.path().join("new")).is_err());
        assert_eq!(names(folder.path()).len(), 0);
        let first = Store::open_in(folder.path()).unwrap();
        begin(&first, "a1");
        begin(&first, "a2");
        let said = accepted("a1").line();
        assert_eq!(states(&Store::glance_in(folder.path()).unwrap()), [State::Submitting, State::Submitting]);
        let left = folder.path().join("running").join(first.process.id());
        drop(first);
        std::fs::write(&left, &said).unwrap();
        let (before, running) = (names(folder.path()), names(&folder.path().join("running")));
        for _ in 0..2 {
            let onlooker = Store::glance_in(folder.path()).unwrap();
            assert_eq!(states(&onlooker), [State::Unknown, State::Open]);
            drop(onlooker);
            assert_eq!((&before, &running), (&names(folder.path()), &names(&folder.path().join("running"))));
        }
        assert_eq!(std::fs::read_to_string(left).unwrap(), said);
    }

    #[test]
    fn the_job_that_may_be_an_unknown_one_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let first = Store::open_in(folder.path()).unwrap();
        let lead = JobHandle::of(Vendor::Fal, "lead", None).unwrap();
        for (id, outcome) in [
            ("a1", Outcome::Unknown(Some(lead.clone()))),
            ("a2", Outcome::Rejected),
            ("a3", Outcome::Accepted(lead)),
            ("a4", Outcome::Unknown(None)),
        ] {
            begin(&first, id);
            first.answer(Answer::new(id, &outcome)).unwrap();
        }
        // As `kill -9` leaves it before any of it is in the tables.
        let left = folder.path().join("running").join(first.process.id());
        let said = std::fs::read(&left).unwrap();
        drop(first);
        let known = |store: &Store| {
            let jobs = store.jobs().unwrap();
            let known = |job: &jobs::Job| (job.number, job.state, job.handle.as_ref().map(|job| job.id().to_owned()));
            jobs.iter().map(known).collect::<Vec<_>>()
        };
        let expected = [
            (4, State::Unknown, None),
            (3, State::Open, Some("lead".to_owned())),
            (1, State::Unknown, Some("lead".to_owned())),
        ];
        assert_eq!(known(&Store::open_in(folder.path()).unwrap()), expected);
        std::fs::write(&left, said).unwrap();
        let raw = Connection::open(folder.path().join("journal.sqlite3")).unwrap();
        raw.execute("UPDATE attempts SET outcome = NULL, handle = NULL, job = NULL", []).unwrap();
        assert_eq!(known(&Store::open_in(folder.path()).unwrap()), expected);
    }

    /// A request whose sender is gone is told to the journal while the runtime ends.
    #[test]
    fn an_answer_is_kept_while_the_runtime_ends() {
        struct Last(Arc<Store>);
        impl Drop for Last {
            fn drop(&mut self) {
                self.0.answer(accepted("a1")).unwrap();
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open_in(folder.path()).unwrap());
        begin(&store, "a1");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let last = Last(Arc::clone(&store));
        runtime.spawn(async move {
            let _last = last;
            std::future::pending::<()>().await;
        });
        drop(runtime);
        assert_eq!(states(&store), [State::Open]);
    }
}
