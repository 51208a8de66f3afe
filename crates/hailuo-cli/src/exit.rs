//! Exit codes: one per outcome, whichever command it is, and of several the worst.

use std::process::ExitCode;

use hailuo::{Error, Reason};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is done.
    Done,
    /// Anything that has no code of its own.
    Other,
    /// The request breaks a rule; nothing was sent.
    Invalid,
    /// A vendor refused what it was asked. A request was then not charged.
    Refused,
    /// It may have been charged, and nobody knows.
    Unknown,
    /// The job failed at the vendor.
    JobFailed,
    /// Waiting ended before the job; its handle was printed.
    TimedOut,
}

/// What a command was doing with a job when something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// It submits the job, waits for it and fetches its video. Once a vendor has taken the job, whatever stands in the
    /// way of waiting does not undo that.
    Make,
    /// It waits for a job that somebody names.
    Wait,
    /// It asks one question about a job that somebody names.
    Ask,
}

impl Exit {
    /// How a command ends for an error.
    pub(crate) fn of(error: &Error, task: Task) -> Self {
        match (error, error.reason()) {
            (Error::Validate(_), _) => Self::Invalid,
            (Error::Exhausted(exhausted), _) => {
                exhausted.attempts.iter().map(|error| Self::of(error, task)).fold(Self::Other, Self::worse)
            }
            (Error::Submit(_), Some(Reason::Unknown | Reason::NotRecorded)) => Self::Unknown,
            (Error::Submit(_), Some(Reason::Refused)) | (Error::Cancel(_), Some(Reason::NotCancelable)) => {
                Self::Refused
            }
            (Error::Wait(_), _) if task == Task::Make => Self::TimedOut,
            (Error::Wait(_) | Error::Cancel(_), Some(Reason::Refused)) => Self::Refused,
            (Error::Wait(_), _) if task == Task::Wait => Self::TimedOut,
            (Error::Result(_), _) => Self::JobFailed,
            _ => Self::Other,
        }
    }

    /// The number the shell sees.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Other => 1,
            Self::Invalid => 2,
            Self::Refused => 3,
            Self::Unknown => 4,
            Self::JobFailed => 5,
            Self::TimedOut => 6,
        }
    }

    /// Of two outcomes the one a person has to look at first: 4, 5, 6, 3, 2, 1.
    pub(crate) fn worse(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Other => 1,
            Self::Invalid => 2,
            Self::Refused => 3,
            Self::TimedOut => 4,
            Self::JobFailed => 5,
            Self::Unknown => 6,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn the_worst_of_several_is_told() {
        let order =
            [Exit::Unknown, Exit::JobFailed, Exit::TimedOut, Exit::Refused, Exit::Invalid, Exit::Other, Exit::Done];
        assert_eq!(order.map(Exit::code), [4, 5, 6, 3, 2, 1, 0]);
        for (at, worse) in order.iter().enumerate() {
            for better in &order[at..] {
                assert_eq!(better.worse(*worse), *worse);
                assert_eq!(worse.worse(*better), *worse);
            }
        }
    }
}
