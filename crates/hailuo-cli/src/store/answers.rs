//! Answers of vendors, kept the moment they come.
//!
//! The tables have one writer at a time, in this process and in all others, and a request that is about to be sent
//! takes the disk's time there. An answer does not wait for that: it is appended to this process's own file
//! ([`super::process`]), and goes from there into the tables as soon as they are free. What a process that is gone has
//! left in its file is brought in by whoever looks next.

use hailuo::{JobHandle, Outcome};
use rusqlite::{Connection, params};

use super::ledger::milliseconds;

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    attempt: String,
    word: &'static str,
    /// The job; of an unknown outcome the one that the vendor's answer names, which may be it.
    handle: Option<JobHandle>,
    /// The line of a batch that the job is for.
    label: Option<String>,
}

const WORDS: [&str; 3] = ["accepted", "rejected", "unknown"];

impl Answer {
    pub(super) fn new(attempt: &str, outcome: &Outcome) -> Self {
        let (word, handle) = match outcome {
            Outcome::Accepted(handle) => (WORDS[0], Some(handle.clone())),
            Outcome::Rejected => (WORDS[1], None),
            Outcome::Unknown(lead) => (WORDS[2], lead.clone()),
            // A word of a later version is not known to be harmless.
            _ => (WORDS[2], None),
        };
        Self { attempt: attempt.to_owned(), word, handle, label: None }
    }

    pub(super) fn labeled(mut self, label: Option<&str>) -> Self {
        self.label = label.filter(|label| !label.contains([' ', '\n'])).map(str::to_owned);
        self
    }

    /// One line, its end included: a line without an end was cut off and says nothing.
    pub(super) fn line(&self) -> String {
        let job = match (&self.handle, &self.label) {
            (Some(handle), Some(label)) => format!("{handle} {label}"),
            (Some(handle), None) => handle.to_string(),
            (None, _) => String::new(),
        };
        format!("{} {} {job}\n", self.attempt, self.word)
    }

    /// The answers in a file. What cannot be read is passed over: its attempt counts as unknown, as it would without.
    pub(super) fn read(text: &str) -> Vec<Self> {
        let lines = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        lines.filter_map(Self::parse).collect()
    }

    fn parse(line: &str) -> Option<Self> {
        let mut parts = line.splitn(4, ' ');
        let attempt = parts.next()?.to_owned();
        let word = parts.next()?;
        let word = WORDS.into_iter().find(|known| *known == word)?;
        let handle = match parts.next()? {
            "" => None,
            handle => Some(handle.parse().ok()?),
        };
        let label = parts.next().map(str::to_owned);
        // A job without its handle is of no use to anybody, and what was rejected has none.
        let is_sound = match word {
            "accepted" => handle.is_some(),
            "rejected" => handle.is_none(),
            _ => true,
        };
        is_sound.then_some(Self { attempt, word, handle, label })
    }

    /// Writes it into the tables. What stands there already is not changed; a job of which they have lost the attempt, as
    /// when somebody removed the file beside theirs, is written down all the same.
    pub(super) fn settle(&self, connection: &Connection) -> rusqlite::Result<()> {
        let settled = connection
            .prepare_cached(
                "UPDATE attempts SET outcome = ?2, handle = ?3, job = ?4 WHERE id = ?1 AND outcome IS NULL",
            )?
            .execute(params![
                self.attempt,
                self.word,
                self.handle.as_ref().map(ToString::to_string),
                self.handle.as_ref().map(JobHandle::id)
            ])?;
        if let (0, Some(handle)) = (settled, &self.handle) {
            connection
                .prepare_cached(
                    "INSERT INTO attempts (id, process, vendor, address, line, at, outcome, handle, job)
                     VALUES (?1, '', ?2, '', ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    self.attempt,
                    handle.vendor().slug(),
                    self.label,
                    milliseconds(handle.accepted_at()),
                    self.word,
                    handle.to_string(),
                    handle.id()
                ])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use hailuo::Vendor;

    use super::*;

    #[test]
    fn answers_are_read_as_they_were_written_and_what_was_cut_off_is_not() {
        let handle = JobHandle::of(Vendor::SeaArt, "mmsu_1", None).unwrap();
        let lead = Outcome::Unknown(Some(handle.clone()));
        let answers = [Outcome::Accepted(handle), Outcome::Rejected, Outcome::Unknown(None), lead]
            .map(|outcome| Answer::new("a1", &outcome));
        let labeled = answers[0].clone().labeled(Some("k-1"));
        assert_eq!(Answer::read(&labeled.line()), [labeled]);
        assert_eq!(answers[0].clone().labeled(Some("k\n1")), answers[0]);
        let text: String = answers.iter().map(Answer::line).collect();
        assert_eq!(Answer::read(&text), answers);
        for end in 0..text.len() {
            let whole = text[..end].matches('\n').count();
            assert_eq!(Answer::read(&text[..end]), answers[..whole], "{}", &text[..end]);
        }
        for damaged in
            ["a1\n", "a1 accepted \n", "a1 accepted hailuo1.fal\n", "a1 maybe x\n", "a1 rejected x\n", " \n", "\n"]
        {
            assert_eq!(Answer::read(damaged), [], "{damaged}");
        }
    }
}
