//! Exit codes: one per outcome, and of several the worst.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is done.
    Done,
    /// Anything that has no code of its own.
    Other,
    /// The request breaks a rule; nothing was sent.
    Invalid,
    /// A vendor refused; nothing was charged.
    Refused,
    /// It may have been charged, and nobody knows.
    Unknown,
    /// The job failed at the vendor.
    JobFailed,
    /// Waiting ended before the job; its handle was printed.
    TimedOut,
}

impl Exit {
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
