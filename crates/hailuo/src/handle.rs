//! What is needed to find a job again, in any process. There is no key in it, and no host: a handle from elsewhere
//! cannot send a key to a place of its choosing.

use std::{fmt, str::FromStr, time::SystemTime};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{millis, request::Tier, vendor::Vendor};

/// The version of the token's form. A change of [`Body`] that older readers would misread raises it.
const PREFIX: &str = "hailuo1";

/// Longest job number that is believed, in bytes.
const MAX_ID: usize = 512;

/// A job that a vendor has accepted.
///
/// It prints as one token of letters, digits, `.`, `-` and `_`, which a shell passes unchanged, and parses from it; in
/// serde it is that token. Any process with a client for the vendor can wait for the job. The token holds what the vendor
/// asked to follow, so it has some 600 characters at fal and may have more: a column for it needs no limit.
///
/// ```
/// use hailuo::JobHandle;
///
/// # let token = "hailuo1.fal.eyJpZCI6ImFiYy0xMjMiLCJ0aWVyIjoicHJvIiwiYXQiOjE3OTUyMTkyMDAwMDB9";
/// let handle: JobHandle = token.parse()?;
/// assert_eq!(handle.vendor(), hailuo::Vendor::Fal);
/// assert_eq!(handle.id(), "abc-123");
/// assert_eq!(handle.to_string(), token);
/// # Ok::<(), hailuo::InvalidHandle>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct JobHandle {
    vendor: Vendor,
    body: Body,
}

/// What stands in the token. Unknown fields are ignored, so that later versions may add hints.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Body {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tier: Option<Tier>,
    /// Path and query of the URLs that the vendor asked to follow, where they name the job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    result: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cancel: Option<String>,
    /// Unix milliseconds.
    at: u64,
    /// Whether its token ends in a sum of what it says. Those of the first versions do not, and stay as they are.
    #[serde(skip)]
    has_sum: bool,
}

/// Before the sum, which is the last field, so that it covers hints of later versions, too.
const SUM: &str = ",\"sum\":";

/// A slip of the keyboard must not lead to another job: numbers that are counted have neighbors. FNV-1a is enough for it;
/// against intent there is nothing to guard, for a handle is no secret and gives no access.
fn sum(slug: &str, text: &str) -> u32 {
    let bytes = slug.bytes().chain(text.bytes());
    bytes.fold(0x811C_9DC5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Text that is no handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidHandle {
    /// It was made by a version of this crate that writes handles differently.
    #[error("the handle was made by a newer hailuo; update this one to read it")]
    Newer,
    /// It names a vendor that this version does not know.
    #[error("the handle names a vendor that this hailuo does not know; update it")]
    Vendor,
    /// It is cut short, damaged, or something else.
    #[error("this is no job handle; one looks like hailuo1.fal.eyJpZ…, in one piece")]
    Damaged,
}

impl JobHandle {
    /// A handle for a job whose number is known from elsewhere, such as a webhook or the vendor's web site. fal needs
    /// the tier it was submitted with.
    ///
    /// # Errors
    ///
    /// If no vendor could have given such a number.
    pub fn of(vendor: Vendor, id: &str, tier: Option<Tier>) -> Result<Self, InvalidHandle> {
        let id = id.trim();
        // A text in a text: no vendor's numbers have quotes, but copies of them do.
        let id = id.strip_prefix('"').and_then(|id| id.strip_suffix('"')).unwrap_or(id);
        if !is_plausible(id) {
            return Err(InvalidHandle::Damaged);
        }
        let (id, at, has_sum) = (id.to_owned(), millis::of(SystemTime::now()), true);
        Ok(Self { vendor, body: Body { id, tier, status: None, result: None, cancel: None, at, has_sum } })
    }

    /// The vendor that has the job.
    pub fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// The vendor's number of the job.
    pub fn id(&self) -> &str {
        &self.body.id
    }

    /// The tier it was submitted with, at vendors that sell two.
    pub fn tier(&self) -> Option<Tier> {
        self.body.tier
    }

    /// When the job was accepted, to the millisecond.
    pub fn accepted_at(&self) -> SystemTime {
        millis::time(self.body.at)
    }
}

/// A number that can stand in a URL and in a log, and is no piece of JSON or markup.
fn is_plausible(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= MAX_ID
        && !matches!(id, "." | "..")
        && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~:@+=!$&*;,".contains(c))
}

/// Whether a text is a path on the vendor's own origin, query included, that names the job.
fn leads_to(path: &str, id: &str) -> bool {
    let (place, _) = path.split_once('?').unwrap_or((path, ""));
    // Two slashes at the front would name a host.
    place.starts_with('/')
        && !place.starts_with("//")
        && place.split('/').any(|part| part == id)
        && path.chars().all(|c| c.is_ascii_graphic() && c != '\\')
}

/// The URLs of an answer, as far as they may be followed.
#[cfg(feature = "_client")]
mod paths {
    use super::{JobHandle, MAX_ID, leads_to};

    /// Where a vendor asks to be asked.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Step {
        Status,
        Result,
        Cancel,
    }

    impl JobHandle {
        /// Keeps an answer's URLs for the three steps, in their order, where they are on the vendor's own origin and
        /// name the job. For any other the path that the generated client knows is used instead: the job is paid for,
        /// whatever the vendor wrote here.
        pub(crate) fn following(mut self, urls: [Option<String>; 3], base: &url::Url) -> Self {
            let kept = |url: Option<String>| {
                url.filter(|url| url.len() <= 4 * MAX_ID)
                    .and_then(|url| base.join(&url).ok())
                    .filter(|url| url.origin() == base.origin())
                    .filter(|url| url.username().is_empty() && url.password().is_none())
                    .map(|url| url[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
                    .filter(|path| leads_to(path, &self.body.id))
            };
            [self.body.status, self.body.result, self.body.cancel] = urls.map(kept);
            self
        }

        /// The path to follow, if the vendor gave one.
        pub(crate) fn path(&self, step: Step) -> Option<&str> {
            match step {
                Step::Status => self.body.status.as_deref(),
                Step::Result => self.body.result.as_deref(),
                Step::Cancel => self.body.cancel.as_deref(),
            }
        }
    }
}

#[cfg(feature = "_client")]
pub(crate) use paths::Step;

impl fmt::Display for JobHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slug = self.vendor.slug();
        let mut body = serde_json::to_string(&self.body).map_err(|_| fmt::Error)?;
        if self.body.has_sum && body.pop().is_some() {
            let sum = sum(slug, &body);
            body = format!("{body}{SUM}{sum}}}");
        }
        write!(f, "{PREFIX}.{slug}.{}", URL_SAFE_NO_PAD.encode(body))
    }
}

impl FromStr for JobHandle {
    type Err = InvalidHandle;

    fn from_str(token: &str) -> Result<Self, Self::Err> {
        let mut parts = token.trim().splitn(3, '.');
        let prefix = parts.next().unwrap_or_default();
        let (Some(slug), Some(body)) = (parts.next(), parts.next()) else {
            return Err(InvalidHandle::Damaged);
        };
        if prefix != PREFIX {
            let version = prefix.strip_prefix("hailuo").map(str::parse::<u32>);
            return Err(match version {
                Some(Ok(_)) => InvalidHandle::Newer,
                _ => InvalidHandle::Damaged,
            });
        }
        let vendor = Vendor::ALL.into_iter().find(|vendor| vendor.slug() == slug).ok_or(InvalidHandle::Vendor)?;
        let text = URL_SAFE_NO_PAD.decode(body).ok().and_then(|body| String::from_utf8(body).ok());
        let text = text.ok_or(InvalidHandle::Damaged)?;
        let mut body: Body = serde_json::from_str(&text).map_err(|_| InvalidHandle::Damaged)?;
        if let Some((summed, stated)) = text.rsplit_once(SUM) {
            if stated.strip_suffix('}') != Some(&sum(slug, summed).to_string()) {
                return Err(InvalidHandle::Damaged);
            }
            body.has_sum = true;
        }
        let is_path = |path: &Option<String>| path.as_ref().is_none_or(|path| leads_to(path, &body.id));
        if !is_plausible(&body.id) || ![&body.status, &body.result, &body.cancel].into_iter().all(is_path) {
            return Err(InvalidHandle::Damaged);
        }
        Ok(Self { vendor, body })
    }
}

impl fmt::Debug for JobHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobHandle")
            .field("vendor", &self.vendor)
            .field("id", &self.body.id)
            .field("tier", &self.body.tier)
            .finish_non_exhaustive()
    }
}

impl Serialize for JobHandle {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for JobHandle {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn token(prefix: &str, vendor: &str, body: &str) -> String {
        format!("{prefix}.{vendor}.{}", URL_SAFE_NO_PAD.encode(body))
    }

    #[test]
    fn a_handle_survives_printing_and_json_and_needs_no_quotes_in_a_shell() {
        let handle = JobHandle::of(Vendor::ApiInOne, "n51abc_hailuo", Some(Tier::Pro)).unwrap();
        let text = handle.to_string();
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b)), "{text}");
        assert_eq!(text.parse::<JobHandle>().unwrap(), handle);
        let json = serde_json::to_string(&handle).unwrap();
        assert_eq!(serde_json::from_str::<JobHandle>(&json).unwrap(), handle);
        assert_eq!(JobHandle::of(Vendor::ApiInOne, " \"n51abc_hailuo\"\n", None).unwrap().id(), "n51abc_hailuo");
    }

    #[test]
    fn damage_is_refused_and_says_how() {
        let good = r#"{"id":"7","at":1}"#;
        for (text, error) in [
            (String::new(), InvalidHandle::Damaged),
            ("hailuo1.fal".to_owned(), InvalidHandle::Damaged),
            (token("hailuo2", "fal", good), InvalidHandle::Newer),
            (token("other", "fal", good), InvalidHandle::Damaged),
            (token("hailuo1", "sixth", good), InvalidHandle::Vendor),
            (token("hailuo1", "fal", r#"{"id":"7""#), InvalidHandle::Damaged),
            (token("hailuo1", "fal", r#"{"id":"..","at":1}"#), InvalidHandle::Damaged),
            (token("hailuo1", "fal", r#"{"id":"a/b","at":1}"#), InvalidHandle::Damaged),
            (token("hailuo1", "fal", r#"{"id":"{\"id\":7}","at":1}"#), InvalidHandle::Damaged),
            (token("hailuo1", "fal", r#"{"id":"7","at":1,"status":"//evil.example/7"}"#), InvalidHandle::Damaged),
            (token("hailuo1", "fal", r#"{"id":"7","at":1,"status":"https://evil.example/7"}"#), InvalidHandle::Damaged),
            (token("hailuo1", "fal", r#"{"id":"7","at":1,"cancel":"/account"}"#), InvalidHandle::Damaged),
        ] {
            assert_eq!(text.parse::<JobHandle>(), Err(error), "{text}");
        }
        let whole = token("hailuo1", "fal", good);
        assert!(whole.parse::<JobHandle>().is_ok());
        assert_eq!(whole[..whole.len() - 1].parse::<JobHandle>(), Err(InvalidHandle::Damaged));
    }

    #[test]
    fn a_slip_of_the_keyboard_leads_to_no_other_job() {
        for (vendor, id) in [(Vendor::ModelsLab, "123456789"), (Vendor::ApiInOne, "n51k2x8_hailuo")] {
            let handle = JobHandle::of(vendor, id, Some(Tier::Standard)).unwrap();
            let text = handle.to_string();
            // What hits the name of the sum leaves the job alone.
            let unsummed = JobHandle { body: Body { has_sum: false, ..handle.body.clone() }, vendor };
            for (at, written) in text.char_indices() {
                for slip in ('0'..='z').filter(|slip| *slip != written) {
                    let slipped = format!("{}{slip}{}", &text[..at], &text[at + 1..]);
                    let read = slipped.parse::<JobHandle>();
                    assert!(read.is_err() || read.as_ref() == Ok(&unsummed), "{slipped}");
                }
            }
        }
    }

    #[test]
    fn a_handle_without_a_sum_stays_as_it_is_and_one_of_a_later_version_is_summed_whole() {
        for body in [r#"{"id":"7","at":1}"#, r#"{"id":"7","at":1,"region":"eu","sum":2094827506}"#] {
            let text = token("hailuo1", "seaart", body);
            let handle: JobHandle = text.parse().unwrap();
            assert_eq!((handle.id(), handle.body.has_sum), ("7", body.contains("sum")));
            assert!(handle.body.has_sum || handle.to_string() == text);
        }
    }

    #[test]
    fn the_last_time_that_can_be_written_is_read() {
        let text = token("hailuo1", "fal", &format!(r#"{{"id":"7","at":{}}}"#, u64::MAX));
        assert!(text.parse::<JobHandle>().unwrap().accepted_at() >= SystemTime::UNIX_EPOCH);
    }

    #[test]
    fn a_later_hint_is_ignored() {
        let text = token("hailuo1", "seaart", r#"{"id":"7","at":1,"region":"eu"}"#);
        assert_eq!(text.parse::<JobHandle>().unwrap().id(), "7");
    }

    #[cfg(feature = "_client")]
    #[test]
    fn only_urls_of_the_vendor_that_name_the_job_are_kept() {
        let base = url::Url::parse("https://queue.fal.run").unwrap();
        for (url, kept) in [
            ("https://queue.fal.run/a/requests/7/status?x=1", Some("/a/requests/7/status?x=1")),
            ("https://QUEUE.fal.run:443/requests/7", Some("/requests/7")),
            ("/requests/7", Some("/requests/7")),
            ("https://notfal.ai/requests/7", None),
            ("https://queue.fal.run.evil.example/requests/7", None),
            ("https://queue.fal.run@evil.example/requests/7", None),
            ("https://me@queue.fal.run/requests/7", None),
            ("http://queue.fal.run/requests/7", None),
            ("https://queue.fal.run//evil.example/7", None),
            ("https://queue.fal.run/requests/8", None),
            ("https://queue.fal.run/account", None),
            // What would not be read again is not written.
            ("https://queue.fal.run/requests/7?x=\\", None),
            ("", None),
        ] {
            for step in [Step::Status, Step::Result, Step::Cancel] {
                let urls = std::array::from_fn(|at| (at == step as usize).then(|| url.to_owned()));
                let handle = JobHandle::of(Vendor::Fal, "7", None).unwrap().following(urls, &base);
                assert_eq!(handle.path(step), kept, "{url}");
                assert_eq!(handle.to_string().parse::<JobHandle>().unwrap(), handle);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,40}", body in "\\PC{0,40}") {
            let _ = text.parse::<JobHandle>();
            let _ = token("hailuo1", "fal", &body).parse::<JobHandle>();
        }
    }
}
