//! Faults as text: `PHASE:KIND[=ARGUMENTS][@JOB][+SKIP][*TIMES]`, and `VENDOR/` in front of it on a command line.

use std::{fmt, str::FromStr, time::Duration};

use super::{
    Ending, Fault, Kind, Phase, RetryPlace, Times, Variant,
    fit::{is_error, is_page, is_redirect},
};
use crate::{Vendor, span};

/// A fault for one vendor, or for every vendor that it fits: `[VENDOR/]FAULT`, as a command line takes it.
///
/// ```
/// use hailuo_sandbox::{Scripted, Vendor};
///
/// let scripted: Scripted = "fal/submit:drop-answer".parse()?;
/// assert_eq!(scripted.vendor, Some(Vendor::Fal));
/// assert_eq!("poll:http=503*2".parse::<Scripted>()?.vendor, None);
/// # Ok::<(), hailuo_sandbox::InvalidFault>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scripted {
    /// Whom it concerns; all whom it fits, if nobody is named.
    pub vendor: Option<Vendor>,
    /// What goes wrong.
    pub fault: Fault,
}

/// The text is not a fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a fault: {why}; write PHASE:KIND[=ARGUMENTS][@JOB][+SKIP][*TIMES], as in `poll:http=500@2*3`")]
pub struct InvalidFault {
    text: String,
    why: String,
}

impl FromStr for Scripted {
    type Err = InvalidFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (vendor, rest) = match text.split_once('/') {
            None => (None, text),
            Some((slug, rest)) => {
                let vendor = slug
                    .parse::<Vendor>()
                    .map_err(|error| InvalidFault { text: text.to_owned(), why: error.to_string() })?;
                (Some(vendor), rest)
            }
        };
        Ok(Self { vendor, fault: rest.parse()? })
    }
}

impl fmt::Display for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(vendor) = self.vendor {
            write!(f, "{vendor}/")?;
        }
        self.fault.fmt(f)
    }
}

impl FromStr for Fault {
    type Err = InvalidFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).map_err(|why| InvalidFault { text: text.to_owned(), why })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.phase.word(), self.kind.word())?;
        let arguments = self.kind.arguments();
        if !arguments.is_empty() {
            write!(f, "={}", arguments.join(","))?;
        }
        if let Some(job) = self.job {
            write!(f, "@{job}")?;
        }
        if self.skip > 0 {
            write!(f, "+{}", self.skip)?;
        }
        match self.times {
            Times::Count(1) => Ok(()),
            Times::Count(count) => write!(f, "*{count}"),
            Times::Always => f.write_str("*always"),
        }
    }
}

fn read(text: &str) -> Result<Fault, String> {
    let (phase, rest) = text.split_once(':').ok_or("there is no phase")?;
    let phase = Phase::read(phase).ok_or_else(|| {
        let known: Vec<_> = Phase::ALL.into_iter().map(Phase::word).collect();
        format!("there is no phase {phase:?}, only {}", known.join(", "))
    })?;
    let (rest, times) = match rest.rsplit_once('*') {
        None => (rest, Times::Count(1)),
        Some((rest, "always")) => (rest, Times::Always),
        Some((rest, count)) => (rest, Times::Count(number(count, "*")?)),
    };
    let (rest, skip) = match rest.rsplit_once('+') {
        None => (rest, 0),
        Some((rest, skip)) => (rest, number(skip, "+")?),
    };
    let (rest, job) = match rest.rsplit_once('@') {
        None => (rest, None),
        Some((rest, job)) => (rest, Some(number(job, "@")?)),
    };
    let (word, arguments) = rest.split_once('=').unwrap_or((rest, ""));
    let kind = kind(word, &mut Arguments::new(arguments))?;
    Ok(Fault { phase, kind, job, skip, times })
}

fn number(text: &str, sign: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("after `{sign}` comes a number, not {text:?}"))
}

/// The comma-separated arguments of a kind; each question takes what it knows, and what is left over is an error.
struct Arguments<'a>(Vec<&'a str>);

impl<'a> Arguments<'a> {
    fn new(text: &'a str) -> Self {
        Self(text.split(',').filter(|part| !part.is_empty()).collect())
    }

    fn take<T>(&mut self, read: impl Fn(&'a str) -> Option<T>) -> Option<T> {
        let (index, value) = self.0.iter().enumerate().find_map(|(index, part)| Some((index, read(part)?)))?;
        self.0.remove(index);
        Some(value)
    }

    fn flag(&mut self, word: &str) -> bool {
        self.take(|part| (part == word).then_some(())).is_some()
    }

    fn status(&mut self, is_allowed: fn(u16) -> bool) -> Option<u16> {
        self.take(|part| part.parse().ok().filter(|status| is_allowed(*status)))
    }

    fn span(&mut self) -> Option<Duration> {
        self.take(span::parse)
    }

    fn ending(&mut self) -> Ending {
        if self.flag("reset") { Ending::Reset } else { Ending::Close }
    }
}

fn kind(word: &str, arguments: &mut Arguments<'_>) -> Result<Kind, String> {
    let kind = match word {
        "refuse" => Kind::Refuse(arguments.span()),
        "drop-request" => Kind::DropRequest(arguments.ending()),
        "drop-answer" => Kind::DropAnswer(arguments.ending()),
        "cut" => Kind::Cut { ending: arguments.ending(), after: arguments.take(|part| part.parse().ok()) },
        "delay" => Kind::Delay(arguments.span().ok_or("`delay` needs a time, as in `delay=2s`")?),
        "http" => Kind::Http {
            status: arguments.status(is_error).ok_or("`http` needs a status from 400 to 599")?,
            accepted: arguments.flag("accepted"),
        },
        "html" => Kind::Html { status: arguments.status(is_page).unwrap_or(502), accepted: arguments.flag("accepted") },
        "rate-limit" => Kind::RateLimit {
            after: arguments.span().unwrap_or(Duration::from_secs(1)),
            place: arguments.take(RetryPlace::read).unwrap_or_default(),
        },
        "unknown-status" => Kind::UnknownStatus(arguments.take(|part| Some(part.to_owned()))),
        "redirect" => {
            Kind::Redirect { status: arguments.status(is_redirect).unwrap_or(307), same: arguments.flag("same") }
        }
        "foreign-urls" => Kind::ForeignUrls { userinfo: arguments.flag("userinfo") },
        "variant" => Kind::Variant(arguments.take(Variant::read).ok_or_else(|| {
            let known: Vec<_> = Variant::ALL.into_iter().map(Variant::word).collect();
            format!("`variant` needs the name of one: {}", known.join(", "))
        })?),
        word => {
            Kind::plain(word).ok_or_else(|| format!("there is no kind {word:?}, only {}", Kind::WORDS.join(", ")))?
        }
    };
    match arguments.0.first() {
        None => Ok(kind),
        Some(odd) => Err(format!("`{word}` does not take {odd:?}")),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::{Fault, Kind, Scripted, Variant};
    use proptest::prelude::*;

    /// One of each form; each is read and written back as it stands here.
    const FORMS: &[&str] = &[
        "submit:refuse",
        "poll:refuse=500ms",
        "submit:drop-request",
        "submit:drop-answer=reset@3",
        "download:cut",
        "download:cut=100,reset*2",
        "poll:delay=1500ms*always",
        "poll:http=500@2+1*3",
        "submit:http=504,accepted",
        "submit:html=502",
        "submit:rate-limit=5s",
        "submit:rate-limit=5s,body",
        "poll:unknown-status",
        "poll:unknown-status=ON HOLD",
        "submit:redirect=308,same",
        "submit:foreign-urls=userinfo",
        "job:fails@1",
        "result:no-video*always",
    ];

    #[test]
    fn every_form_is_read_and_written_back() {
        for text in FORMS {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), *text);
        }
        for word in Kind::WORDS.into_iter().filter(|word| Kind::plain(word).is_some()) {
            let text = format!("poll:{word}");
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
        for variant in Variant::ALL {
            let text = format!("poll:variant={}", variant.word());
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn every_kind_that_is_told_is_read() {
        for word in Kind::WORDS {
            if let Err(error) = format!("poll:{word}").parse::<Fault>() {
                assert!(error.to_string().contains("needs"), "{error}");
            }
        }
        let error = "poll:htp=500".parse::<Fault>().unwrap_err().to_string();
        assert!(error.contains("only refuse, drop-request,"), "{error}");
    }

    #[test]
    fn what_is_left_out_has_a_default() {
        for (short, long) in [
            ("poll:html", "poll:html=502"),
            ("poll:rate-limit", "poll:rate-limit=1s"),
            ("submit:redirect", "submit:redirect=307"),
            ("fal/submit:redirect", "fal/submit:redirect=307"),
        ] {
            assert_eq!(short.parse::<Scripted>().unwrap().to_string(), long);
        }
    }

    #[test]
    fn a_text_that_is_no_fault_is_told_why() {
        for (text, why) in [
            ("", "no phase"),
            ("http=500", "no phase"),
            ("pol:http=500", "no phase \"pol\""),
            ("poll:htp", "no kind \"htp\""),
            ("poll:http", "needs a status"),
            ("poll:http=200", "needs a status"),
            ("poll:delay", "needs a time"),
            ("poll:nulls=2", "does not take \"2\""),
            ("poll:nulls*often", "after `*`"),
            ("poll:nulls@first", "after `@`"),
            ("poll:variant=small", "name of one"),
            ("poll:rate-limit=5s,footer", "does not take"),
        ] {
            let error = text.parse::<Fault>().unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
        let error = "foul/poll:nulls".parse::<Scripted>().unwrap_err();
        assert!(error.to_string().contains("no vendor is called"), "{error}");
    }

    proptest! {
        #[test]
        fn any_text_is_a_fault_or_an_error(text in "[a-z]{0,6}:?[a-z-]{0,12}=?[a-z0-9,]{0,8}[@+*]?[0-9a-z]{0,3}") {
            if let Ok(fault) = text.parse::<Fault>() {
                prop_assert_eq!(fault.to_string().parse::<Fault>(), Ok(fault));
            }
        }
    }
}
