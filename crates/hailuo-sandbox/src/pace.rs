//! How fast a job moves from queued to running to done. What a vendor calls these is in `manners`.

use std::{fmt, str::FromStr, time::Duration};

use crate::span;

/// How fast jobs move: by the number of times a client looks, or by tokio's clock (which a test can pause).
///
/// ```
/// use hailuo_sandbox::Pace;
/// use std::time::Duration;
///
/// assert_eq!(Pace::polls(2), "2 polls".parse()?);
/// assert_eq!(Pace::time(Duration::from_secs(3)), "3s".parse()?);
/// # Ok::<(), hailuo_sandbox::InvalidPace>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pace {
    /// A job is queued for so many looks, running for so many more, then done.
    Polls {
        /// Looks that find the job in the queue.
        queued: u32,
        /// Looks after those that find it running.
        running: u32,
    },
    /// A job is queued for so long, running for so long after that, then done.
    Time {
        /// How long it waits.
        queued: Duration,
        /// How long it runs.
        running: Duration,
    },
}

impl Pace {
    /// The first look already finds the job done.
    pub const INSTANT: Self = Self::polls(0);

    /// `count` looks find the job unfinished, the first half of them in the queue; the next finds it done.
    pub const fn polls(count: u32) -> Self {
        let queued = count.div_ceil(2);
        Self::Polls { queued, running: count - queued }
    }

    /// The job takes this long, a third of it in the queue.
    pub const fn time(total: Duration) -> Self {
        let queued = match total.checked_div(3) {
            Some(third) => third,
            None => Duration::ZERO,
        };
        Self::Time { queued, running: total.saturating_sub(queued) }
    }

    /// How long a job takes, where that is a matter of time.
    pub(crate) fn total(self) -> Option<Duration> {
        match self {
            Self::Polls { .. } => None,
            Self::Time { queued, running } => Some(queued.saturating_add(running)),
        }
    }

    /// Where a job stands that was looked at `looks` times before and is `age` old.
    pub(crate) fn progress(self, looks: u32, age: Duration) -> Progress {
        let (at, queued, running) = match self {
            Self::Polls { queued, running } => (f64::from(looks), f64::from(queued), f64::from(running)),
            Self::Time { queued, running } => (age.as_secs_f64(), queued.as_secs_f64(), running.as_secs_f64()),
        };
        if at < queued {
            Progress::Queued
        } else if at < queued + running {
            Progress::Running { percent: percent((at - queued) / running) }
        } else {
            Progress::Done
        }
    }

    /// How many seconds a job of this age still takes, for the vendors that say so.
    pub(crate) fn seconds_left(self, age: Duration) -> u64 {
        self.total().map_or(1, |total| span::whole_seconds(total.saturating_sub(age)).max(1))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the fraction lies between 0 and 1")]
fn percent(fraction: f64) -> u8 {
    (fraction * 100.0).clamp(1.0, 99.0) as u8
}

/// Three seconds: long enough to be seen moving, short enough to wait for.
impl Default for Pace {
    fn default() -> Self {
        Self::time(Duration::from_secs(3))
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Polls { queued, running } => {
                write!(f, "{} polls", u64::from(*queued) + u64::from(*running))
            }
            Self::Time { queued, running } => f.write_str(&span::show(queued.saturating_add(*running))),
        }
    }
}

/// The text is neither a number of polls (`2 polls`) nor a length of time (`3s`).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a pace: write a number of polls (\"2 polls\") or a time (\"3s\", \"500ms\")")]
pub struct InvalidPace(String);

impl FromStr for Pace {
    type Err = InvalidPace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let count = text.strip_suffix("polls").or_else(|| text.strip_suffix("poll")).map(str::trim_end);
        match count {
            Some(count) => count.parse().ok().map(Self::polls),
            None => span::parse(text).map(Self::time),
        }
        .ok_or_else(|| InvalidPace(text.to_owned()))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    Queued,
    Running { percent: u8 },
    Done,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::{Pace, Progress};
    use std::time::Duration;

    #[test]
    fn by_polls_a_job_is_queued_then_running_then_done() {
        let stages: Vec<_> = (0..5).map(|looks| Pace::polls(3).progress(looks, Duration::ZERO)).collect();
        assert_eq!(
            stages,
            [Progress::Queued, Progress::Queued, Progress::Running { percent: 1 }, Progress::Done, Progress::Done]
        );
        assert_eq!(Pace::INSTANT.progress(0, Duration::ZERO), Progress::Done);
    }

    #[test]
    fn by_time_looks_do_not_count() {
        let pace = Pace::time(Duration::from_secs(3));
        for (millis, expected) in [
            (0, Progress::Queued),
            (999, Progress::Queued),
            (1000, Progress::Running { percent: 1 }),
            (2000, Progress::Running { percent: 50 }),
            (3000, Progress::Done),
        ] {
            assert_eq!(pace.progress(1000, Duration::from_millis(millis)), expected, "{millis} ms");
        }
        assert_eq!(pace.seconds_left(Duration::from_millis(1500)), 2);
    }

    #[test]
    fn a_pace_may_be_as_slow_as_there_are_numbers() {
        for pace in [
            Pace::time(Duration::MAX),
            Pace::Time { queued: Duration::MAX, running: Duration::MAX },
            Pace::polls(u32::MAX),
        ] {
            assert_eq!(pace.progress(0, Duration::ZERO), Progress::Queued);
            assert!(pace.seconds_left(Duration::ZERO) > 0 && !pace.to_string().is_empty());
        }
    }

    #[test]
    fn a_pace_is_read_back_as_it_was_written() {
        for pace in [Pace::INSTANT, Pace::polls(7), Pace::default()] {
            assert_eq!(pace.to_string().parse::<Pace>().unwrap(), pace);
        }
        for wrong in ["", "soon", "polls", "-1 polls", "3"] {
            assert!(wrong.parse::<Pace>().is_err(), "{wrong:?}");
        }
    }
}
