//! Lines of batches: who works on which, and what may still be done for one.
//!
//! A line is claimed before it is worked on. The claim of a process that is gone is worth nothing, but what that
//! process tried is not forgotten: a line with an attempt whose outcome is unknown is never submitted again.

use hailuo::JobHandle;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::{
    Processes, Store, StoreError,
    jobs::{COLUMNS, Job, Raw, State, judge},
};
use crate::ui::text;

/// A line of a batch.
pub(crate) struct LineKey<'a> {
    /// The same in all runs.
    pub(crate) key: &'a str,
    /// The file, for people.
    pub(crate) batch: &'a str,
    /// The number in it, for people.
    pub(crate) number: usize,
}

/// What may be done for a line.
#[derive(Debug)]
pub(crate) enum Claim {
    /// Nobody has it: it may be submitted, by this process only.
    Free,
    /// A vendor has the job: it may be waited for, by this process only.
    Resume(JobHandle),
    /// There is a video.
    Done(JobHandle, Job),
    /// The vendor gave up, or the job was canceled.
    Failed(Job),
    /// It may have been charged.
    Unknown(Job),
    /// Another process works on it.
    Busy,
}

impl Store {
    /// Checks that what is known of lines is found: a line that a damaged index has lost would be paid for again.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        self.with(|connection| {
            let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            match verdict.as_str() {
                "ok" => Ok(()),
                damage => Err(StoreError::Damaged(self.path.clone(), text::tame(damage, 100))),
            }
        })
    }

    /// Takes a line for this process, unless another one has it.
    pub(crate) fn claim(&self, line: &LineKey<'_>) -> Result<Claim, StoreError> {
        self.with(|connection| {
            let inherited = self.inherit(connection)?;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let living = self.living(&inherited)?;
            let claim = self.take(&transaction, line, &living)?;
            if !matches!(claim, Claim::Busy) {
                transaction.commit()?;
            }
            Ok(claim)
        })
    }

    fn take(&self, tables: &Connection, line: &LineKey<'_>, living: &Processes) -> Result<Claim, StoreError> {
        let owner: Option<Option<String>> = tables
            .prepare_cached("SELECT process FROM lines WHERE key = ?1")?
            .query_row([line.key], |row| row.get(0))
            .optional()?;
        if let Some(Some(owner)) = owner
            && owner != self.process.id()
            && living.contains(&owner)
        {
            return Ok(Claim::Busy);
        }
        tables
            .prepare_cached(
                "INSERT INTO lines (key, batch, number, process) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (key) DO UPDATE SET batch = ?2, number = ?3, process = ?4",
            )?
            .execute(params![
                line.key,
                line.batch,
                i64::try_from(line.number).unwrap_or(i64::MAX),
                self.process.id()
            ])?;
        let latest = tables
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM attempts WHERE line = ?1 AND outcome IS NOT 'rejected'
                 ORDER BY number DESC LIMIT 1"
            ))?
            .query_row([line.key], Raw::read)
            .optional()?;
        let Some(raw) = latest else {
            return Ok(Claim::Free);
        };
        // A vendor this version does not know may have taken it all the same.
        let job = judge(raw, Some((line.batch.to_owned(), line.number as u64)), living).ok_or(StoreError::Lost)?;
        Ok(match (job.state, job.handle.clone()) {
            (State::Lost, _) => Claim::Free,
            (State::Done, Some(handle)) => Claim::Done(handle, job),
            (State::Open, Some(handle)) => Claim::Resume(handle),
            (State::Failed | State::Canceled, _) => Claim::Failed(job),
            (State::Submitting, _) => Claim::Busy,
            (State::Unknown | State::Done | State::Open, _) => Claim::Unknown(job),
        })
    }

    /// Lets go of a line, so that another process need not wait for this one's end.
    pub(crate) fn release(&self, key: &str) -> Result<(), StoreError> {
        self.with(|connection| {
            connection.execute(
                "UPDATE lines SET process = NULL WHERE key = ?1 AND process = ?2",
                params![key, self.process.id()],
            )?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::{collections::HashMap, sync::Arc, time::SystemTime};

    use hailuo::{Ending, Journal, Vendor};

    use super::*;
    use crate::store::ledger::Ledger;

    const LINE: LineKey<'static> = LineKey { key: "k-1", batch: "a.jsonl", number: 1 };

    /// Attempts can only be made by a client; this one tells its journal of one and ends it.
    fn attempt(store: &Arc<Store>, address: Option<String>, outcome: Option<&str>) {
        let (process, at) = (store.process.id().to_owned(), 1);
        let handle = JobHandle::of(Vendor::Fal, "7", None).unwrap();
        let is_accepted = outcome == Some("accepted");
        let connection = store.connection.lock().unwrap();
        connection
            .execute(
                "INSERT INTO attempts (id, process, vendor, address, line, at, outcome, handle, job)
                 VALUES (hex(randomblob(8)), ?1, 'fal', ?2, 'k-1', ?3, ?4, ?5, ?6)",
                params![
                    process,
                    address.unwrap_or_default(),
                    at,
                    outcome,
                    is_accepted.then(|| handle.to_string()),
                    is_accepted.then(|| handle.id())
                ],
            )
            .unwrap();
    }

    fn word(claim: &Claim) -> &'static str {
        match claim {
            Claim::Free => "free",
            Claim::Resume(_) => "resume",
            Claim::Done(..) => "done",
            Claim::Failed(_) => "failed",
            Claim::Unknown(_) => "unknown",
            Claim::Busy => "busy",
        }
    }

    #[test]
    fn what_a_process_left_behind_decides_what_may_be_done() {
        for (outcome, in_sandbox, next) in [
            (Some("rejected"), false, "free"),
            (Some("accepted"), false, "resume"),
            (Some("unknown"), false, "unknown"),
            (None, false, "unknown"),
            (Some("accepted"), true, "free"),
            (None, true, "free"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let first = Arc::new(Store::open_in(folder.path()).unwrap());
            assert_eq!(word(&first.claim(&LINE).unwrap()), "free");
            attempt(&first, in_sandbox.then(|| first.sandbox()), outcome);
            let second = Store::open_in(folder.path()).unwrap();
            assert_eq!(word(&second.claim(&LINE).unwrap()), "busy", "{outcome:?}");
            drop(first);
            assert_eq!(word(&second.claim(&LINE).unwrap()), next, "{outcome:?}, {in_sandbox}");
        }
    }

    /// It was not there yet when another looked who works, and is at the tables before it.
    #[test]
    fn a_process_that_has_only_just_started_keeps_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let slow = Store::open_in(folder.path()).unwrap();
        let tables = Connection::open(folder.path().join("journal.sqlite3")).unwrap();
        tables.execute_batch("BEGIN IMMEDIATE").unwrap();
        let left = folder.path().join("running").join("7-killed");
        std::fs::write(&left, "").unwrap();
        std::thread::scope(|scope| {
            let claim = scope.spawn(|| slow.claim(&LINE));
            // What is left behind goes away as soon as somebody looks.
            while left.exists() {
                std::thread::yield_now();
            }
            let quick = Store::open_in(folder.path()).unwrap();
            let row = "INSERT INTO lines (key, batch, number, process) VALUES ('k-1', 'a.jsonl', 1, ?1)";
            tables.execute(row, [quick.process.id()]).unwrap();
            tables.execute_batch("COMMIT").unwrap();
            assert_eq!(word(&claim.join().unwrap().unwrap()), "busy");
        });
    }

    /// SQLite itself notices hardly any of it: it has no sums of what it keeps.
    #[test]
    fn a_line_is_not_forgotten_whichever_byte_around_its_name_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let first = Arc::new(Store::open_in(folder.path()).unwrap());
        first.claim(&LINE).unwrap();
        attempt(&first, None, Some("accepted"));
        drop(first);
        let path = folder.path().join("journal.sqlite3");
        let whole = std::fs::read(&path).unwrap();
        let claim = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            let store = Store::open_in(folder.path())?;
            store.check().and_then(|()| store.claim(&LINE))
        };
        assert_eq!(word(&claim(&whole).unwrap()), "resume");
        let names = whole.windows(3).enumerate().filter(|(_, bytes)| *bytes == b"k-1").map(|(at, _)| at);
        let places: Vec<_> = names.flat_map(|at| at - 12..at + 8).collect();
        assert!(places.len() >= 60, "the line, its attempt, and the index that leads to it");
        for at in places {
            let mut damaged = whole.clone();
            damaged[at] ^= 1 << (at % 8);
            let claimed = claim(&damaged);
            assert!(!matches!(claimed, Ok(Claim::Free)), "byte {at}");
        }
    }

    #[test]
    fn a_released_line_goes_to_the_next_who_asks() {
        let folder = tempfile::tempdir().unwrap();
        let first = Arc::new(Store::open_in(folder.path()).unwrap());
        let second = Store::open_in(folder.path()).unwrap();
        first.claim(&LINE).unwrap();
        attempt(&first, None, Some("accepted"));
        assert_eq!(word(&second.claim(&LINE).unwrap()), "busy");
        second.release(LINE.key).unwrap();
        assert_eq!(word(&second.claim(&LINE).unwrap()), "busy");
        first.release(LINE.key).unwrap();
        assert_eq!(word(&second.claim(&LINE).unwrap()), "resume");
    }

    #[test]
    fn the_journal_of_the_facade_is_kept_and_an_end_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open_in(folder.path()).unwrap());
        store.claim(&LINE).unwrap();
        attempt(&store, None, Some("accepted"));
        let ledger = Ledger::new(Arc::clone(&store), HashMap::new());
        let handle = JobHandle::of(Vendor::Fal, "7", None).unwrap();
        ledger.finished(&handle, Ending::Done).unwrap();
        store.keep_file(&handle, "/videos/7.mp4").unwrap();
        assert_eq!(word(&store.claim(&LINE).unwrap()), "done");
        let jobs = store.jobs().unwrap();
        assert_eq!(jobs.len(), 1);
        assert_eq!((jobs[0].state, jobs[0].file.as_deref()), (State::Done, Some("/videos/7.mp4")));
        assert_eq!(jobs[0].line, Some(("a.jsonl".to_owned(), 1)));
        assert!(jobs[0].at < SystemTime::now());
        assert_eq!(store.address_of(&handle).unwrap().as_deref(), Some(""));
        assert!(store.address_of(&JobHandle::of(Vendor::Fal, "8", None).unwrap()).unwrap().is_none());
        assert_eq!(store.job(jobs[0].number).unwrap().map(|job| job.number), Some(jobs[0].number));
    }
}
