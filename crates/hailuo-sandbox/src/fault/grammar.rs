//! Faults as text: `PHASE:KIND[=ARGUMENTS][@JOB][+SKIP][*TIMES]`, and `VENDOR/` in front of it on a command line.

use std::{fmt, str::FromStr, time::Duration};

use super::{Ending, Fault, Kind, Phase, RetryPlace, Times, Variant};
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
    let phase = Phase::ALL
        .into_iter()
        .find(|known| known.word() == phase)
        .ok_or_else(|| format!("there is no phase {phase:?}"))?;
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

    fn status(&mut self, default: u16, allowed: &[std::ops::RangeInclusive<u16>]) -> u16 {
        self.take(|part| {
            let status = part.parse().ok()?;
            allowed.iter().any(|range| range.contains(&status)).then_some(status)
        })
        .unwrap_or(default)
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
        "stall" => Kind::Stall,
        "hang" => Kind::Hang,
        "endless" => Kind::Endless,
        "delay" => Kind::Delay(arguments.span().ok_or("`delay` needs a time, as in `delay=2s`")?),
        "http" => Kind::Http {
            status: match arguments.status(0, &[400..=599]) {
                0 => return Err("`http` needs a status from 400 to 599".to_owned()),
                status => status,
            },
            accepted: arguments.flag("accepted"),
        },
        "html" => {
            Kind::Html { status: arguments.status(502, &[200..=203, 400..=599]), accepted: arguments.flag("accepted") }
        }
        "rate-limit" => Kind::RateLimit {
            after: arguments.span().unwrap_or(Duration::from_secs(1)),
            place: arguments.take(RetryPlace::read).unwrap_or_default(),
        },
        "unknown-status" => Kind::UnknownStatus(arguments.take(|part| Some(part.to_owned()))),
        "redirect" => {
            Kind::Redirect { status: arguments.status(307, &[301..=303, 307..=308]), same: arguments.flag("same") }
        }
        "foreign-urls" => Kind::ForeignUrls { userinfo: arguments.flag("userinfo") },
        "variant" => Kind::Variant(
            arguments.take(Variant::read).ok_or("`variant` needs the name of one, as in `variant=older`")?,
        ),
        word => PLAIN
            .iter()
            .find(|kind| kind.word() == word)
            .cloned()
            .ok_or_else(|| format!("there is no kind {word:?}"))?,
    };
    match arguments.0.first() {
        None => Ok(kind),
        Some(odd) => Err(format!("`{word}` does not take {odd:?}")),
    }
}

/// The kinds that take no argument.
const PLAIN: [Kind; 19] = [
    Kind::ContentRefused,
    Kind::ImageUnreachable,
    Kind::NoBalance,
    Kind::RevokeKey,
    Kind::MissingFields,
    Kind::Nulls,
    Kind::ExtraFields,
    Kind::NumberForString,
    Kind::StringForNumber,
    Kind::InvalidJson,
    Kind::Empty,
    Kind::NeverEnds,
    Kind::Fails,
    Kind::NoVideo,
    Kind::Expired,
    Kind::NoLength,
    Kind::NoRange,
    Kind::Stall,
    Kind::Hang,
];

impl Kind {
    fn word(&self) -> &'static str {
        match self {
            Self::Refuse(_) => "refuse",
            Self::DropRequest(_) => "drop-request",
            Self::DropAnswer(_) => "drop-answer",
            Self::Cut { .. } => "cut",
            Self::Stall => "stall",
            Self::Hang => "hang",
            Self::Endless => "endless",
            Self::Delay(_) => "delay",
            Self::Http { .. } => "http",
            Self::Html { .. } => "html",
            Self::RateLimit { .. } => "rate-limit",
            Self::ContentRefused => "content-refused",
            Self::ImageUnreachable => "image-unreachable",
            Self::NoBalance => "no-balance",
            Self::RevokeKey => "revoke-key",
            Self::UnknownStatus(_) => "unknown-status",
            Self::MissingFields => "missing-fields",
            Self::Nulls => "nulls",
            Self::ExtraFields => "extra-fields",
            Self::NumberForString => "number-for-string",
            Self::StringForNumber => "string-for-number",
            Self::InvalidJson => "invalid-json",
            Self::Empty => "empty",
            Self::Redirect { .. } => "redirect",
            Self::ForeignUrls { .. } => "foreign-urls",
            Self::NeverEnds => "never-ends",
            Self::Fails => "fails",
            Self::NoVideo => "no-video",
            Self::Expired => "expired",
            Self::NoLength => "no-length",
            Self::NoRange => "no-range",
            Self::Variant(_) => "variant",
        }
    }

    fn arguments(&self) -> Vec<String> {
        let flag = |set: bool, word: &str| set.then(|| word.to_owned());
        let reset = |ending: &Ending| flag(*ending == Ending::Reset, "reset");
        match self {
            Self::Refuse(span) => span.map(span::show).into_iter().collect(),
            Self::DropRequest(ending) | Self::DropAnswer(ending) => reset(ending).into_iter().collect(),
            Self::Cut { after, ending } => {
                after.map(|after| after.to_string()).into_iter().chain(reset(ending)).collect()
            }
            Self::Delay(span) => vec![span::show(*span)],
            Self::Http { status, accepted } | Self::Html { status, accepted } => {
                std::iter::once(status.to_string()).chain(flag(*accepted, "accepted")).collect()
            }
            Self::RateLimit { after, place } => {
                std::iter::once(span::show(*after)).chain(place.word().map(str::to_owned)).collect()
            }
            Self::UnknownStatus(word) => word.iter().cloned().collect(),
            Self::Redirect { status, same } => std::iter::once(status.to_string()).chain(flag(*same, "same")).collect(),
            Self::ForeignUrls { userinfo } => flag(*userinfo, "userinfo").into_iter().collect(),
            Self::Variant(variant) => vec![variant.word().to_owned()],
            _ => Vec::new(),
        }
    }
}

impl Phase {
    /// All phases, in the order of a job's life.
    pub const ALL: [Self; 6] = [Self::Submit, Self::Poll, Self::Result, Self::Cancel, Self::Download, Self::Job];

    /// The word that stands for it in a fault's text.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Poll => "poll",
            Self::Result => "result",
            Self::Cancel => "cancel",
            Self::Download => "download",
            Self::Job => "job",
        }
    }
}

impl RetryPlace {
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Own => None,
            Self::Header => Some("header"),
            Self::Date => Some("date"),
            Self::Body => Some("body"),
        }
    }

    fn read(word: &str) -> Option<Self> {
        [Self::Header, Self::Date, Self::Body].into_iter().find(|place| place.word() == Some(word))
    }
}

impl Variant {
    /// All variants, vendor by vendor.
    pub const ALL: [Self; 15] = [
        Self::NoId,
        Self::StringId,
        Self::StringOutput,
        Self::ErrorsUnder200,
        Self::Messege,
        Self::SilentFailure,
        Self::LowerCase,
        Self::ErrorObject,
        Self::Succeeded,
        Self::ZeroProgress,
        Self::TextNumbers,
        Self::Older,
        Self::AtUrl,
        Self::AtOutput,
        Self::AtVideos,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::NoId => "no-id",
            Self::StringId => "string-id",
            Self::StringOutput => "string-output",
            Self::ErrorsUnder200 => "errors-under-200",
            Self::Messege => "messege",
            Self::SilentFailure => "silent-failure",
            Self::LowerCase => "lower-case",
            Self::ErrorObject => "error-object",
            Self::Succeeded => "succeeded",
            Self::ZeroProgress => "zero-progress",
            Self::TextNumbers => "text-numbers",
            Self::Older => "older",
            Self::AtUrl => "url",
            Self::AtOutput => "output",
            Self::AtVideos => "videos",
        }
    }

    fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.word() == word)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::{Fault, PLAIN, Scripted, Variant};
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
        "poll:endless",
    ];

    #[test]
    fn every_form_is_read_and_written_back() {
        for text in FORMS {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), *text);
        }
        for kind in PLAIN {
            let text = format!("poll:{}", kind.word());
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
        for variant in Variant::ALL {
            let text = format!("poll:variant={}", variant.word());
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
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
