//! The facade's journal, kept in the store.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, SystemTime},
};

use hailuo::{Attempt, Ending, JobHandle, Journal, JournalError, Outcome, Vendor};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError, answers::Answer, schema::durably};

/// Writes down what is tried, and where.
pub(crate) struct Ledger {
    store: Arc<Store>,
    /// Addresses that are not the vendor's own.
    addresses: HashMap<Vendor, String>,
}

impl Ledger {
    pub(crate) fn new(store: Arc<Store>, addresses: HashMap<Vendor, String>) -> Self {
        Self { store, addresses }
    }
}

impl Journal for Ledger {
    fn submitting(&self, attempt: &Attempt) -> Result<(), JournalError> {
        let address = self.addresses.get(&attempt.vendor).map_or("", String::as_str);
        Ok(self.store.begin(attempt, address)?)
    }

    fn submitted(&self, attempt: &Attempt, outcome: &Outcome) -> Result<(), JournalError> {
        Ok(self.store.answer(Answer::new(&attempt.id, outcome).labeled(attempt.label.as_deref()))?)
    }

    fn finished(&self, handle: &JobHandle, ending: Ending) -> Result<(), JournalError> {
        Ok(self.store.finish(handle, ending)?)
    }
}

impl Store {
    /// That a request is about to be sent has to outlast a power cut: forgotten, it would be sent, and paid for, again.
    fn begin(&self, attempt: &Attempt, address: &str) -> Result<(), StoreError> {
        let begin = |connection: &Connection| {
            connection.execute(
                "INSERT INTO attempts (id, process, vendor, address, line, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    attempt.id,
                    self.process.id(),
                    attempt.vendor.slug(),
                    address,
                    attempt.label,
                    milliseconds(attempt.at)
                ],
            )?;
            Ok(())
        };
        self.with(|connection| durably(connection, begin))
    }

    /// Writes down what a person has found out about an attempt whose outcome is unknown: the job, or that there is none.
    /// Tells whether it was unknown.
    pub(crate) fn settle(&self, number: i64, found: Option<&JobHandle>) -> Result<bool, StoreError> {
        let settle = |connection: &Connection| {
            let settled = connection.execute(
                "UPDATE attempts SET outcome = ?2, handle = ?3, job = ?4
                 WHERE number = ?1 AND ending IS NULL AND (outcome IS NULL OR outcome = 'unknown')",
                params![
                    number,
                    if found.is_some() { "accepted" } else { "rejected" },
                    found.map(ToString::to_string),
                    found.map(JobHandle::id)
                ],
            )?;
            Ok(settled > 0)
        };
        self.with(|connection| durably(connection, settle))
    }

    /// Jobs that were submitted elsewhere are none of this journal's business.
    fn finish(&self, handle: &JobHandle, ending: Ending) -> Result<(), StoreError> {
        let word = match ending {
            Ending::Done => "done",
            Ending::Failed => "failed",
            Ending::Canceled => "canceled",
            _ => return Ok(()),
        };
        self.with(|connection| {
            connection.execute(
                "UPDATE attempts SET ending = ?3 WHERE vendor = ?1 AND job = ?2",
                params![handle.vendor().slug(), handle.id(), word],
            )?;
            Ok(())
        })
    }

    /// Writes down where a job's video is.
    pub(crate) fn keep_file(&self, handle: &JobHandle, file: &str) -> Result<(), StoreError> {
        self.with(|connection| {
            connection.execute(
                "UPDATE attempts SET file = ?3 WHERE vendor = ?1 AND job = ?2",
                params![handle.vendor().slug(), handle.id(), file],
            )?;
            Ok(())
        })
    }

    /// The address a job was submitted to, if this machine did it; empty for the vendor's own.
    pub(crate) fn address_of(&self, handle: &JobHandle) -> Result<Option<String>, StoreError> {
        self.with(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT address FROM attempts WHERE vendor = ?1 AND job = ?2 ORDER BY number DESC LIMIT 1",
            )?;
            Ok(query.query_row(params![handle.vendor().slug(), handle.id()], |row| row.get(0)).optional()?)
        })
    }
}

/// Since 1970; beyond that range nothing is ever written.
pub(super) fn milliseconds(at: SystemTime) -> i64 {
    let since = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The inverse of [`milliseconds`].
pub(super) fn time(milliseconds: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default())
}
