//! Values of arguments: how each is read from its word, and what is said of a word that cannot be read.

use std::{ffi::OsStr, fmt, str::FromStr, time::Duration};

use clap::{
    Arg, Command,
    builder::{PossibleValue, TypedValueParser},
};
use hailuo::{InvalidHandle, JobHandle, UnknownValue, Vendor};

/// Reads a value by a function, and knows words that shells complete.
#[derive(Clone)]
pub(super) struct Words<P>(pub(super) P, pub(super) fn() -> Vec<&'static str>);

impl<P: TypedValueParser> TypedValueParser for Words<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<P::Value, clap::Error> {
        self.0.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.1)().into_iter().map(PossibleValue::new)))
    }
}

/// A vendor's name stands for a list of one.
pub(super) fn vendors() -> Vec<&'static str> {
    Vendor::ALL.map(Vendor::slug).to_vec()
}

pub(super) fn vendors_or_all() -> Vec<&'static str> {
    [&Vendor::ALL.map(Vendor::slug)[..], &["all"]].concat()
}

pub(super) fn modes() -> Vec<&'static str> {
    vec!["strict", "warn", "off"]
}

/// Which vendors are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VendorChoice {
    /// Every vendor, for a video each.
    All,
    /// These, the next one only if the one before did not take the request.
    Order(Vec<Vendor>),
}

impl VendorChoice {
    /// Who is asked: all, if nobody has chosen.
    pub(crate) fn vendors(choice: Option<&Self>) -> Vec<Vendor> {
        match choice {
            Some(Self::Order(order)) => order.clone(),
            Some(Self::All) | None => Vendor::ALL.to_vec(),
        }
    }
}

/// Another address for a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    pub(crate) vendor: Vendor,
    pub(crate) url: String,
}

/// A job, by its handle or by its number in the list of jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum JobRef {
    Handle(JobHandle),
    Number(i64),
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span(pub(crate) Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match (seconds / 60, seconds % 60) {
            (0, seconds) => write!(f, "{seconds}s"),
            (minutes, 0) => write!(f, "{minutes}m"),
            (minutes, seconds) => write!(f, "{minutes}m{seconds:02}s"),
        }
    }
}

pub(crate) fn vendor_choice(text: &str) -> Result<VendorChoice, String> {
    if text.trim() == "all" {
        return Ok(VendorChoice::All);
    }
    let mut order = Vec::new();
    for word in text.split(',').map(str::trim) {
        let vendor = word.parse::<Vendor>().map_err(|_| match word {
            "all" => "`all` stands alone".to_owned(),
            _ => format!("there is no vendor {word:?}; there are {}", vendors().join(", ")),
        })?;
        if order.contains(&vendor) {
            return Err(format!("{} stands there twice", vendor.slug()));
        }
        order.push(vendor);
    }
    Ok(VendorChoice::Order(order))
}

/// The same for what makes one video only.
pub(super) fn vendor_order(text: &str) -> Result<VendorChoice, String> {
    match vendor_choice(text)? {
        VendorChoice::All => Err("a line makes one video; name vendors in order of preference".to_owned()),
        order @ VendorChoice::Order(_) => Ok(order),
    }
}

/// A prompt may begin with a dash, as one that is made by a program does now and then. A single word that does is an
/// option, before which the prompt was forgotten.
pub(super) fn prompt(text: &str) -> Result<String, String> {
    if text.len() > 1 && text.starts_with('-') && !text.contains(char::is_whitespace) {
        return Err("this is an option and no prompt; if it is one, pass it on stdin with `--prompt -`".to_owned());
    }
    Ok(text.to_owned())
}

/// The client judges the URL; here only the form `VENDOR=URL` is read, and whether it is a web address at all.
pub(super) fn base_url(text: &str) -> Result<BaseUrl, String> {
    let (vendor, url) = text.split_once('=').ok_or("write VENDOR=URL, as in fal=http://127.0.0.1:8080")?;
    match vendor_choice(vendor)? {
        VendorChoice::Order(order) if order.len() == 1 => {
            check_address(url)?;
            Ok(BaseUrl { vendor: order[0], url: url.to_owned() })
        }
        _ => Err("one vendor has one address; repeat the option for several".to_owned()),
    }
}

/// What is no address would be told as a missing key, since only addresses on this machine need none.
pub(crate) fn check_address(url: &str) -> Result<(), String> {
    match hailuo::reqwest::Url::parse(url) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") && parsed.has_host() => Ok(()),
        _ => Err("the address is not an http or https URL, as in fal=http://127.0.0.1:8080".to_owned()),
    }
}

pub(super) fn job_ref(text: &str) -> Result<JobRef, String> {
    let text = text.trim();
    if let Ok(number) = number(text) {
        return Ok(JobRef::Number(number));
    }
    text.parse().map(JobRef::Handle).map_err(|error| match error {
        InvalidHandle::Damaged => {
            "this is neither a number in `hailuo jobs` nor a whole handle, which looks like hailuo1.fal.eyJpZ…"
                .to_owned()
        }
        newer => newer.to_string(),
    })
}

/// `7` or `#7`.
pub(super) fn number(text: &str) -> Result<i64, String> {
    let digits = text.trim().trim_start_matches('#');
    digits.parse::<u32>().map(Into::into).map_err(|_| "this is no number of a job; see: hailuo jobs".to_owned())
}

/// `90s`, `10m`, `1h`, `1m30s`, or plain seconds.
pub(super) fn span(text: &str) -> Result<Span, String> {
    let refuse = || format!("{text:?} is no time; write 90s, 10m, 1h or 1m30s");
    let mut rest = text;
    let mut total: u64 = 0;
    let mut smallest = u64::MAX;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest[..digits].parse().map_err(|_| refuse())?;
        let (factor, unit) = match rest.as_bytes().get(digits) {
            None if smallest == u64::MAX => (1, 0),
            Some(b's') => (1, 1),
            Some(b'm') => (60, 1),
            Some(b'h') => (3600, 1),
            _ => return Err(refuse()),
        };
        if factor >= smallest {
            return Err(refuse());
        }
        smallest = factor;
        total = number.checked_mul(factor).and_then(|part| total.checked_add(part)).ok_or_else(refuse)?;
        rest = &rest[digits + unit..];
    }
    // A year: beyond it, adding to a clock may overflow somewhere.
    if smallest == u64::MAX || total > 366 * 24 * 3600 {
        return Err(refuse());
    }
    Ok(Span(Duration::from_secs(total)))
}

/// A choice that the facade knows the words of.
pub(super) fn choice<T: FromStr<Err = UnknownValue>>(word: &str) -> Result<T, UnknownValue> {
    word.parse()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_prompt_may_begin_with_a_dash_and_is_no_option() {
        for text in ["-", "", "a fox", "-5 degrees, and snow", "- a fox\n- an owl", "--\u{3000}狐狸"] {
            assert_eq!(prompt(text).as_deref(), Ok(text));
        }
        for text in ["-v", "--watermark", "-5", "--vendor=fal"] {
            assert!(prompt(text).unwrap_err().contains("stdin"), "{text}");
        }
    }

    #[test]
    fn vendors_are_one_list_or_all_of_them() {
        assert_eq!(vendor_choice("all"), Ok(VendorChoice::All));
        assert_eq!(vendor_choice("fal, seaart"), Ok(VendorChoice::Order(vec![Vendor::Fal, Vendor::SeaArt])));
        for (text, why) in [
            ("", "no vendor \"\""),
            ("fal,", "no vendor \"\""),
            ("notfal", "there are modelslab, fal"),
            ("fal,fal", "fal stands there twice"),
            ("fal,all", "`all` stands alone"),
        ] {
            let error = vendor_choice(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn times_are_read_in_the_usual_spellings() {
        for (text, seconds) in [("90", 90), ("90s", 90), ("10m", 600), ("1h", 3600), ("1m30s", 90), ("0s", 0)] {
            assert_eq!(span(text), Ok(Span(Duration::from_secs(seconds))), "{text}");
        }
        for text in ["", "m", "5x", "-5s", "5s5m", "1s1s", "5m5", "99999999999999999999h", "9999h", "½h"] {
            assert!(span(text).is_err(), "{text}");
        }
        assert_eq!(span("90").unwrap().to_string(), "1m30s");
    }

    #[test]
    fn a_job_is_a_number_of_the_list_or_a_handle() {
        assert_eq!(job_ref("#12"), Ok(JobRef::Number(12)));
        assert_eq!(job_ref("12"), Ok(JobRef::Number(12)));
        let handle = JobHandle::of(Vendor::SeaArt, "mmsu_1", None).unwrap();
        assert_eq!(job_ref(&format!(" {handle}\n")), Ok(JobRef::Handle(handle)));
        for (text, why) in [("hailuo1.fal", "neither a number"), ("foo", "`hailuo jobs`"), ("hailuo2.fal.x", "update")]
        {
            let error = job_ref(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn an_address_names_one_vendor() {
        let read = base_url("fal=http://127.0.0.1:1/a?b=c").unwrap();
        assert_eq!((read.vendor, read.url.as_str()), (Vendor::Fal, "http://127.0.0.1:1/a?b=c"));
        for text in ["fal", "all=http://x", "fal,seaart=http://x", "=http://x", "fal=", "fal=x", "fal=ftp://x"] {
            assert!(base_url(text).is_err(), "{text}");
        }
    }
}
