//! The list of jobs: what was tried, and what has become of it as far as is known.

use std::time::SystemTime;

use hailuo::{JobHandle, Vendor};
use rusqlite::Row;

use super::{Processes, Store, StoreError, is_sandbox, ledger::time};

/// What has become of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It is being sent right now, by a process that runs.
    Submitting,
    /// Nobody knows whether the vendor has a job.
    Unknown,
    /// The vendor has the job; its end was not seen.
    Open,
    /// There is a video.
    Done,
    /// The vendor gave up.
    Failed,
    /// It was canceled.
    Canceled,
    /// It went away with the built-in vendors that had it; nothing was charged.
    Lost,
}

impl State {
    /// The word for people and programs.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Submitting => "submitting",
            Self::Unknown => "unknown",
            Self::Open => "open",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Lost => "lost",
        }
    }

    pub(crate) const fn is_open(self) -> bool {
        matches!(self, Self::Submitting | Self::Open)
    }

    pub(crate) const fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Canceled | Self::Lost)
    }
}

/// An attempt that a vendor has, had or may have taken.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) number: i64,
    pub(crate) state: State,
    pub(crate) vendor: Vendor,
    pub(crate) handle: Option<JobHandle>,
    pub(crate) at: SystemTime,
    pub(crate) file: Option<String>,
    /// Empty for the vendor's own.
    pub(crate) address: String,
    /// File and line of a batch.
    pub(crate) line: Option<(String, u64)>,
}

/// A row before the process that wrote it was looked at.
pub(super) struct Raw {
    pub(super) number: i64,
    pub(super) process: String,
    pub(super) vendor: String,
    pub(super) address: String,
    pub(super) at: i64,
    pub(super) outcome: Option<String>,
    pub(super) handle: Option<String>,
    pub(super) ending: Option<String>,
    pub(super) file: Option<String>,
}

pub(super) const COLUMNS: &str =
    "attempts.number, attempts.process, vendor, address, at, outcome, handle, ending, file";

impl Raw {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get(0)?,
            process: row.get(1)?,
            vendor: row.get(2)?,
            address: row.get(3)?,
            at: row.get(4)?,
            outcome: row.get(5)?,
            handle: row.get(6)?,
            ending: row.get(7)?,
            file: row.get(8)?,
        })
    }
}

impl Store {
    /// Every attempt that was not rejected, newest first.
    pub(crate) fn jobs(&self) -> Result<Vec<Job>, StoreError> {
        self.list("", [])
    }

    /// The job of a number.
    pub(crate) fn job(&self, number: i64) -> Result<Option<Job>, StoreError> {
        Ok(self.list("AND attempts.number = ?1", [number])?.pop())
    }

    fn list(&self, condition: &str, values: impl rusqlite::Params) -> Result<Vec<Job>, StoreError> {
        let (living, raws) = self.with(|connection| {
            let inherited = self.inherit(connection)?;
            let mut query = connection.prepare_cached(&format!(
                "SELECT {COLUMNS}, lines.batch, lines.number FROM attempts LEFT JOIN lines ON lines.key = attempts.line
                 WHERE outcome IS NOT 'rejected' {condition} ORDER BY attempts.number DESC"
            ))?;
            let found = query.query_map(values, |row| {
                let batch: Option<String> = row.get(9)?;
                let line: Option<i64> = row.get(10)?;
                let line = line.and_then(|line| u64::try_from(line).ok());
                Ok((Raw::read(row)?, batch.zip(line)))
            })?;
            let raws = found.collect::<Result<Vec<_>, _>>()?;
            Ok((self.living(&inherited)?, raws))
        })?;
        Ok(raws.into_iter().filter_map(|(raw, line)| judge(raw, line, &living)).collect())
    }
}

/// What has become of an attempt, `None` for a vendor that this version does not know.
pub(super) fn judge(raw: Raw, line: Option<(String, u64)>, living: &Processes) -> Option<Job> {
    let vendor = raw.vendor.parse().ok()?;
    let handle = raw.handle.as_deref().and_then(|handle| handle.parse().ok());
    let is_gone = || !living.contains(&raw.process);
    let state = match (raw.outcome.as_deref(), raw.ending.as_deref()) {
        (_, Some("done")) => State::Done,
        (_, Some("failed")) => State::Failed,
        (_, Some("canceled")) => State::Canceled,
        _ if is_sandbox(&raw.address) && is_gone() => State::Lost,
        (Some("accepted"), _) => State::Open,
        (None, _) if !is_gone() => State::Submitting,
        _ => State::Unknown,
    };
    let (number, at, file, address) = (raw.number, time(raw.at), raw.file, raw.address);
    Some(Job { number, state, vendor, handle, at, file, address, line })
}
