//! The objects of a batch.

use hailuo::{Cost, JobHandle};
use serde::Serialize;

/// A line of a batch.
#[expect(clippy::struct_field_names, reason = "the names are those of the JSON")]
#[derive(Debug, Serialize)]
pub(crate) struct Line<'a> {
    pub(crate) line: usize,
    /// `done`, `invalid`, `refused`, `unknown`, `failed`, `open`, `error` or `not_started`.
    pub(crate) state: &'a str,
    /// The same in all runs, whatever becomes of the lines around it.
    pub(crate) key: Option<&'a str>,
    pub(crate) vendor: Option<&'a str>,
    pub(crate) job: Option<&'a str>,
    pub(crate) handle: Option<&'a JobHandle>,
    pub(crate) path: Option<&'a str>,
    pub(crate) cost: Option<&'a Cost>,
    pub(crate) message: Option<&'a str>,
}

/// The end of a batch.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Summary {
    pub(crate) lines: usize,
    pub(crate) done: usize,
    pub(crate) open: usize,
    pub(crate) failed: usize,
    pub(crate) refused: usize,
    pub(crate) unknown: usize,
    pub(crate) invalid: usize,
    pub(crate) not_started: usize,
    pub(crate) other: usize,
    /// What the jobs that vendors took should have cost, over all runs, as far as prices are known.
    pub(crate) cost: Vec<Total>,
    /// Jobs whose price is not known.
    pub(crate) without_price: usize,
    pub(crate) exit: u8,
}

/// A sum in one unit at one vendor's prices.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Total {
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) unit: &'static str,
}
