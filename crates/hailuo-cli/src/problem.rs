//! An error of the facade, for a person at a terminal or a program: what happened, what to do, and with which command.

use std::{borrow::Cow, ffi::OsStr, fmt::Write as _, path::Path};

use hailuo::{Error, ErrorKind, JobHandle, Reason, SetupError, Vendor};

use crate::{
    exit::{Exit, Task},
    hub::Hub,
    ui::{
        Ui,
        record::{Fault, Record},
        text,
        violation::{self, Input},
    },
};

/// What was asked for cannot be, and the command line has to change.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Misuse(pub(crate) String);

/// Where an error is shown, and what is known around it.
pub(crate) struct Report<'a> {
    pub(crate) ui: &'a Ui,
    pub(crate) hub: Option<&'a Hub>,
    /// The user's input, for broken rules.
    pub(crate) input: Option<&'a Input>,
    /// The command that goes on with the job.
    pub(crate) resume: Option<String>,
    /// What was being done.
    pub(crate) task: Task,
}

impl Report<'_> {
    /// Shows an error and says how the command ends for it.
    pub(crate) fn show(&self, error: &Error) -> Exit {
        match error {
            Error::Exhausted(exhausted) => {
                exhausted.attempts.iter().map(|error| self.show(error)).fold(Exit::Other, Exit::worse)
            }
            Error::Validate(invalid) => {
                let nothing = Input::default();
                let input = self.input.unwrap_or(&nothing);
                violation::violations(self.ui, invalid.vendor, &invalid.violations, input);
                Exit::Invalid
            }
            _ => self.one(error),
        }
    }

    fn one(&self, error: &Error) -> Exit {
        let exit = Exit::of(error, self.task);
        let words = what(error);
        let mut advice = advice(error, self.task);
        let replaced = || self.hub?.replaced(error.vendor()?);
        advice = match (error, error.status(), error.reason(), replaced()) {
            (Error::Submit(_), Some(301..=308 | 404 | 405), _, Some(own)) => {
                format!("check the address that was given; it stands for {own}, path included")
            }
            (Error::Submit(_), _, Some(Reason::NotSent), Some(_)) if error.kind() == ErrorKind::Network => {
                format!("check the address that was given, or {advice}")
            }
            _ => advice,
        };
        if has_more_to_say(error) && !self.ui.quotes_vendors() {
            advice.push_str("; its own words are shown on a terminal, or with HAILUO_QUOTE_VENDOR=1");
        }
        let handle = error.handle();
        let verb = if matches!(error, Error::Cancel(_)) { "status" } else { "download" };
        let resume = self.resume.clone().or_else(|| handle.map(|handle| format!("hailuo {verb} {handle}")));
        let mut resume = resume.filter(|_| handle.is_some()).zip(next(error, self.task));
        let is_sandbox = self.hub.is_some_and(Hub::is_sandbox);
        if is_sandbox && resume.take().is_some() {
            "the job ends with its sandbox".clone_into(&mut advice);
        }
        let mut message = format!("{words}; {advice}");
        if let Some((command, why)) = &resume {
            advice = format!("{advice}; {why}");
            message = format!("{message}; {why}: {command}");
        }
        let resume = resume.map(|(command, _)| command);
        self.ui.record(&Record::Error(Fault {
            message: &message,
            exit: exit.code(),
            phase: phase(error),
            vendor: error.vendor().map(Vendor::slug),
            reason: error.reason().map(Reason::as_str),
            kind: Some(error.kind().as_str()),
            status: error.status(),
            vendor_code: error.problem().and_then(|problem| problem.vendor_code()),
            request_id: error.request_id(),
            retry_after_seconds: error.retry_after().map(|wait| wait.as_secs() + u64::from(wait.subsec_nanos() > 0)),
            may_have_been_charged: error.may_have_been_charged() && !is_sandbox,
            handle,
            resume: resume.as_deref(),
        }));
        let paint = self.ui.style_err();
        self.ui.tell(format!("{}: {words}", paint.red("error")));
        if let Some(said) = error.vendor_message().filter(|_| self.ui.quotes_vendors()) {
            let said = self.hub.map_or_else(|| text::tame(said, 300), |hub| hub.tame(said));
            let who = error.vendor().map_or("it", Vendor::name);
            self.ui.more(&format!("{who} says: {said}"), None);
        }
        if let Some(id) = error.request_id() {
            self.ui.more(&format!("request id: {}", text::tame(id, 100)), None);
        }
        self.ui.more(&advice, resume.as_deref());
        exit
    }
}

/// Whether the vendor's own words are what one would want to read next.
fn has_more_to_say(error: &Error) -> bool {
    let is_vague = matches!(error.kind(), ErrorKind::InvalidRequest | ErrorKind::Content | ErrorKind::VendorFault);
    is_vague && error.vendor_message().is_some() && matches!(error.reason(), Some(Reason::Refused | Reason::JobFailed))
}

/// What happened and what to do, on one line.
pub(crate) fn message(error: &Error) -> String {
    match error {
        Error::Validate(_) | Error::Exhausted(_) => what(error),
        _ => format!("{}; {}", what(error), advice(error, Task::Make)),
    }
}

fn phase(error: &Error) -> &'static str {
    match error {
        Error::Validate(_) => "validate",
        Error::Submit(_) | Error::Exhausted(_) => "submit",
        Error::Wait(_) => "wait",
        Error::Cancel(_) => "cancel",
        Error::Result(_) => "result",
        Error::Download(_) => "download",
        _ => "setup",
    }
}

/// What the command that goes on with the job is for, where the job, or its video, can still be had.
fn next(error: &Error, task: Task) -> Option<&'static str> {
    match (error, error.reason()) {
        // A vendor that has taken the job knows it, though perhaps not yet everywhere.
        (Error::Wait(_), _) if task != Task::Make && error.kind() == ErrorKind::UnknownJob => None,
        (Error::Wait(_), _) if error.kind() == ErrorKind::Key => Some("to fetch its video then"),
        (Error::Wait(_), _) => Some("to fetch its video later"),
        (Error::Cancel(_), Some(Reason::NoAnswer)) => Some("to see whether it is"),
        (Error::Download(_), Some(Reason::Incomplete)) => Some("to go on"),
        (Error::Download(_), _) => Some("to try again"),
        (Error::Submit(_), Some(Reason::NotRecorded)) => Some("nothing else knows the job"),
        (Error::Submit(_), Some(Reason::Unknown)) => Some("to fetch that job's video"),
        _ => None,
    }
}

/// What happened, with the causes. The facade's own advice, which is for programmers, is left out.
fn what(error: &Error) -> String {
    let mut words = match error {
        Error::Setup(SetupError::NotConfigured(vendor)) => return format!("there is no key for {vendor}"),
        Error::Setup(SetupError::NoKey { .. }) => return "there is no key for any vendor".to_owned(),
        _ => format!("{error:#}"),
    };
    // An answer says more than its cause, which is that it came.
    let mut cause = std::error::Error::source(error).filter(|_| error.status().is_none());
    while let Some(source) = cause {
        let text = text::tame(&source.to_string(), 300);
        // Some say their cause themselves, or are said again by it.
        let last = words.rsplit(": ").next().unwrap_or_default();
        if !words.ends_with(&text) && !text.ends_with(last) {
            words = format!("{words}: {text}");
        }
        cause = source.source();
    }
    words
}

/// What to do, or to know.
fn advice(error: &Error, task: Task) -> String {
    let vendor = error.vendor().map_or("the vendor", Vendor::name);
    let by_kind = || match error.kind() {
        ErrorKind::InvalidRequest => "the vendor may have changed its rules".to_owned(),
        ErrorKind::Key => match error.vendor() {
            // There was one, and the vendor has answered.
            Some(vendor) if error.status().is_some() => {
                format!("check {}, in the environment or in the key file", vendor.env_var())
            }
            Some(vendor) => format!("set {} in the environment, or in the key file", vendor.env_var()),
            None => "set a key in the environment, such as FAL_KEY, or try --sandbox, which needs none".to_owned(),
        },
        ErrorKind::Balance => format!("top up the account at {vendor}"),
        ErrorKind::RateLimit | ErrorKind::VendorFault | ErrorKind::Network | ErrorKind::Timeout => {
            "nothing was charged; try again later".to_owned()
        }
        ErrorKind::Content => "change the prompt or the picture".to_owned(),
        ErrorKind::ImageUnreachable => "make the picture's URL public, or give a file".to_owned(),
        ErrorKind::UnknownJob => "check the handle, and whose key it is".to_owned(),
        ErrorKind::Canceled => "submit anew if you want it after all".to_owned(),
        ErrorKind::Setup => "check the key, and the address if one was given".to_owned(),
        ErrorKind::Local => "check the disk and its permissions".to_owned(),
        _ => "the vendor may have changed its API; look for a newer hailuo".to_owned(),
    };
    match (error, error.reason()) {
        (_, Some(Reason::Unknown)) => format!(
            "it was not sent again; {}look at your account at {vendor} before you submit anew, and see: hailuo jobs --unknown",
            if error.handle().is_some() { "the answer names a job that may be it; " } else { "" }
        ),
        // That nothing was charged was said.
        (Error::Submit(_), Some(Reason::NotSent))
            if matches!(error.kind(), ErrorKind::Network | ErrorKind::Timeout | ErrorKind::Local) =>
        {
            "try again later".to_owned()
        }
        (_, Some(Reason::NotRecorded)) => "keep its handle".to_owned(),
        (_, Some(Reason::NotRecordable)) => "mend the journal's folder, or set HAILUO_DATA_DIR to another".to_owned(),
        (Error::Wait(_), _) if next(error, task).is_some() => match (error.kind(), task) {
            (ErrorKind::Key, _) => format!("{}; the job goes on", by_kind()),
            // It may have ended long ago.
            (_, Task::Ask) => "this says nothing of the job".to_owned(),
            _ => "the job goes on".to_owned(),
        },
        (Error::Download(_), Some(Reason::Incomplete)) => "what arrived is kept".to_owned(),
        (Error::Download(_), _) => "the video is paid for".to_owned(),
        (Error::Cancel(_), Some(Reason::NotCancelable)) => "wait for it, or let it run".to_owned(),
        (Error::Cancel(_), Some(Reason::NotSent)) => "the job goes on; try again later".to_owned(),
        (Error::Cancel(_), Some(Reason::NoAnswer)) => "whether the job is canceled is not known".to_owned(),
        (Error::Result(_), Some(Reason::NoVideo)) => {
            let job = error.handle().map(hailuo::JobHandle::id).unwrap_or_default();
            format!("the vendor may have changed its API; ask {vendor} for the video of job {}", text::tame(job, 64))
        }
        (Error::Cancel(_), Some(Reason::Refused)) if error.kind() != ErrorKind::UnknownJob => match error.kind() {
            ErrorKind::Key => format!("{}; the job goes on", by_kind()),
            ErrorKind::RateLimit => "the job goes on; try again later".to_owned(),
            _ => "the job goes on".to_owned(),
        },
        (Error::Result(_), _)
            if !matches!(
                error.kind(),
                ErrorKind::Content | ErrorKind::Canceled | ErrorKind::ImageUnreachable | ErrorKind::UnknownJob
            ) =>
        {
            format!("ask {vendor} whether it was charged")
        }
        _ => by_kind(),
    }
}

/// The command that fetches a job's video. A file that stands there now was meant to be replaced.
pub(crate) fn resume(handle: &JobHandle, output: Option<&Path>) -> String {
    // A name like an option is no option.
    let output = output.map(|path| match path.as_os_str().as_encoded_bytes() {
        [b'-', ..] => Cow::Owned(Path::new(".").join(path)),
        _ => Cow::Borrowed(path),
    });
    match output {
        Some(path) if path.is_file() => {
            format!("hailuo download {handle} -o {} --force", quoted(path.as_os_str()))
        }
        Some(path) => format!("hailuo download {handle} -o {}", quoted(path.as_os_str())),
        None => format!("hailuo download {handle}"),
    }
}

/// A word as a shell needs it.
pub(crate) fn quoted(word: &OsStr) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./+:@%=,".contains(c);
    match word.to_str() {
        Some(word) if !word.is_empty() && word.chars().all(is_plain) => word.to_owned(),
        Some(word) if !word.chars().any(text::is_unprintable) => format!("'{}'", word.replace('\'', r"'\''")),
        // Bytes that are no text, or do something to a terminal.
        _ => {
            let mut quoted = "$'".to_owned();
            for byte in word.as_encoded_bytes() {
                match byte {
                    b' '..=b'~' if !b"\\'".contains(byte) => quoted.push(char::from(*byte)),
                    // It cannot fail.
                    _ => drop(write!(quoted, "\\{byte:03o}")),
                }
            }
            quoted + "'"
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::quoted;

    #[test]
    fn a_path_is_quoted_where_a_shell_would_trip() {
        for (word, text) in [
            ("a/b-c_1.mp4", "a/b-c_1.mp4"),
            ("狐狸.mp4", "狐狸.mp4"),
            ("my fox.mp4", "'my fox.mp4'"),
            ("it's $1", r"'it'\''s $1'"),
            ("", "''"),
            ("a\u{1b}[2J\n.mp4", r"$'a\033[2J\012.mp4'"),
        ] {
            assert_eq!(quoted(OsStr::new(word)), text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_is_quoted_byte_by_byte() {
        let word = <OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"it's \xff.mp4");
        assert_eq!(quoted(word), r"$'it\047s \377.mp4'");
    }
}
