//! What became of the lines: said line by line, counted, and summed up.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use hailuo::{Cost, JobHandle, Vendor};
use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    exit::Exit,
    ui::{
        Ui,
        record::{Line, Record, Summary, Total},
        text,
    },
};

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Done,
    Open,
    Failed,
    Refused,
    Unknown,
    Invalid,
    NotStarted,
    Error,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Open => "open",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Invalid => "invalid",
            Self::NotStarted => "not_started",
            Self::Error => "error",
        }
    }

    const fn exit(self) -> Exit {
        match self {
            Self::Done => Exit::Done,
            Self::Open => Exit::TimedOut,
            Self::Failed => Exit::JobFailed,
            Self::Refused => Exit::Refused,
            Self::Unknown => Exit::Unknown,
            Self::Invalid => Exit::Invalid,
            Self::NotStarted | Self::Error => Exit::Other,
        }
    }
}

/// The end of a line, for now.
#[derive(Debug)]
pub(super) struct End {
    pub(super) state: State,
    pub(super) vendor: Option<Vendor>,
    pub(super) handle: Option<JobHandle>,
    pub(super) path: Option<String>,
    /// Of a job that a vendor took.
    pub(super) cost: Option<Cost>,
    pub(super) message: Option<String>,
}

impl End {
    pub(super) fn new(state: State, message: impl Into<Option<String>>) -> Self {
        Self { state, vendor: None, handle: None, path: None, cost: None, message: message.into() }
    }

    pub(super) fn at(mut self, vendor: Vendor) -> Self {
        self.vendor = Some(vendor);
        self
    }

    pub(super) fn job(mut self, handle: &JobHandle, cost: Option<Cost>) -> Self {
        self.vendor = Some(handle.vendor());
        self.handle = Some(handle.clone());
        self.cost = cost;
        self
    }
}

/// Counts the ends of lines.
pub(super) struct Tally {
    ui: Arc<Ui>,
    bar: Option<ProgressBar>,
    sums: Mutex<Sums>,
}

#[derive(Default)]
struct Sums {
    counts: BTreeMap<&'static str, usize>,
    exit: Option<Exit>,
    totals: BTreeMap<&'static str, (f64, f64)>,
    without_price: usize,
}

impl Tally {
    pub(super) fn new(ui: Arc<Ui>, lines: usize) -> Self {
        let bar = ui.bars().map(|bars| {
            let style = ProgressStyle::with_template("{pos}/{len} {wide_bar} {msg} {elapsed:>4}")
                .map_or_else(|_| ProgressStyle::default_bar(), |style| style.progress_chars("━╸ "));
            let bar = bars.add(ProgressBar::new(lines as u64).with_style(style));
            bar.enable_steady_tick(std::time::Duration::from_millis(500));
            bar
        });
        Self { ui, bar, sums: Mutex::default() }
    }

    /// Says and counts the end of a line.
    pub(super) fn end(&self, number: usize, key: Option<&str>, end: &End) {
        let message = {
            let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
            *sums.counts.entry(end.state.word()).or_default() += 1;
            sums.exit = Some(sums.exit.unwrap_or(Exit::Done).worse(end.state.exit()));
            match &end.cost {
                Some(cost) => {
                    let total = sums.totals.entry(cost.unit.as_str()).or_default();
                    total.0 += cost.min;
                    total.1 += cost.max;
                }
                // A lead is no job yet.
                None if end.handle.is_some() && end.state != State::Unknown => sums.without_price += 1,
                None => {}
            }
            sums.words()
        };
        self.ui.record(&Record::Line(Line {
            line: number,
            state: end.state.word(),
            key,
            vendor: end.vendor.map(Vendor::slug),
            job: end.handle.as_ref().map(JobHandle::id),
            handle: end.handle.as_ref(),
            path: end.path.as_deref(),
            cost: end.cost.as_ref(),
            message: end.message.as_deref(),
        }));
        if let Some(bar) = &self.bar {
            bar.inc(1);
            bar.set_message(message);
        }
        // A terminal has the bar; there only what went wrong is worth a line. The sum says how many were not begun.
        let is_plain = match end.state {
            State::Done => self.bar.is_some(),
            State::NotStarted => end.message.is_none(),
            _ => false,
        };
        if !is_plain {
            let vendor = end.vendor.map(|vendor| format!(", {vendor}")).unwrap_or_default();
            let more = end.message.as_ref().or(end.path.as_ref());
            let more = more.map(|more| format!(": {more}")).unwrap_or_default();
            let state = end.state.word().replace('_', " ");
            self.ui.tell(format!("line {number}{vendor}: {state}{more}"));
        }
    }

    /// Says how it all ended.
    pub(super) fn sum_up(&self, lines: usize) -> Exit {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        let exit = sums.exit.unwrap_or(Exit::Done);
        let count = |state: State| sums.counts.get(state.word()).copied().unwrap_or_default();
        let cost: Vec<_> =
            sums.totals.iter().map(|(unit, (min, max))| Total { min: cents(*min), max: cents(*max), unit }).collect();
        let words = if lines == 0 {
            "no lines".to_owned()
        } else {
            format!("{}: {}", text::count(lines, "line"), sums.words())
        };
        self.ui.say(&words);
        if let Some(words) = priced(&cost, sums.without_price) {
            self.ui.say(&words);
        }
        if count(State::Unknown) > 0 {
            self.ui.tell("Unknown lines may have been charged and are not sent again; see: hailuo jobs --unknown");
        }
        if count(State::Open) + count(State::NotStarted) + count(State::Error) + count(State::Refused) > 0 {
            self.ui.tell("To go on, run the same command again.");
        }
        self.ui.record(&Record::Summary(Summary {
            lines,
            done: count(State::Done),
            open: count(State::Open),
            failed: count(State::Failed),
            refused: count(State::Refused),
            unknown: count(State::Unknown),
            invalid: count(State::Invalid),
            not_started: count(State::NotStarted),
            other: count(State::Error),
            cost,
            without_price: sums.without_price,
            exit: exit.code(),
        }));
        exit
    }
}

impl Sums {
    /// `196 done, 2 failed`.
    fn words(&self) -> String {
        let words: Vec<_> =
            self.counts.iter().map(|(state, count)| format!("{count} {}", state.replace('_', " "))).collect();
        words.join(", ")
    }
}

/// Sums of prices have no more than cents, whatever binary fractions made of them.
fn cents(sum: f64) -> f64 {
    (sum * 100.0).round() / 100.0
}

fn priced(cost: &[Total], without_price: usize) -> Option<String> {
    let mut words: Vec<_> = cost
        .iter()
        .map(|total| {
            let is_usd = total.unit == "usd";
            let one = |sum: f64| if is_usd { format!("${sum:.2}") } else { format!("{sum} {}", total.unit) };
            if total.min < total.max { format!("{} to {}", one(total.min), one(total.max)) } else { one(total.min) }
        })
        .collect();
    if without_price > 0 {
        words.push(format!("{} without a published price", text::count(without_price, "job")));
    }
    (!words.is_empty()).then(|| format!("cost over all runs, as published: {}", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_summed_by_unit_and_never_converted() {
        let usd = Total { min: cents(0.28 * 3.0), max: cents(0.28 * 3.0), unit: "usd" };
        let credits = Total { min: 45.0, max: 85.0, unit: "credits" };
        assert_eq!(
            priced(&[credits, usd], 1).as_deref(),
            Some("cost over all runs, as published: 45 credits to 85 credits, $0.84, 1 job without a published price")
        );
        assert_eq!(priced(&[], 0), None);
    }
}
