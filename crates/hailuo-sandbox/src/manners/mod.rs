//! How each vendor behaves: its ids, words, envelopes and statuses, one vendor per module. What all of them have in
//! common, from routing to faults, is in [`crate::desk`]; what is allowed, in the contracts.

mod apiinone;
mod fal;
mod highwayapi;
mod modelslab;
mod seaart;

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use ed25519_dalek::SigningKey;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::{
    Vendor,
    answer::{Answer, Content},
    contract::{Contract, Problem, Role},
    fault::{RetryPlace, Variant},
    job::{Failure, Job, Order, Stage},
    span::whole_seconds,
    webhook::Hook,
};

/// What a vendor says in each situation.
pub(crate) trait Manners: Send + Sync {
    /// A fresh id in the vendor's form.
    fn id(&self, random: [u64; 2]) -> String;

    /// The path in the contract's form, if the vendor takes this one in its stead. `submitted` tells by which path the
    /// job of an id was made.
    fn canonical_path(&self, _path: &str, _submitted: &dyn Fn(&str) -> Option<Arc<str>>) -> Option<String> {
        None
    }

    /// Whether the path is that of a stream of statuses; its canonical path is then that of the poll.
    fn is_stream(&self, _path: &str) -> bool {
        false
    }

    /// The query in the contract's form, where the vendor takes other spellings.
    fn canonical_query(&self, _name: &str, value: String) -> String {
        value
    }

    /// How long a submit lets its job wait for its start, where the vendor can be told so.
    ///
    /// # Errors
    /// What is told is no time.
    fn start_by(&self, _headers: &HeaderMap) -> Result<Option<Duration>, Problem> {
        Ok(None)
    }

    /// What a submit by this path orders, where its fields have other names, or others than these decide.
    fn order(&self, _path: &str, request: &Value) -> Order {
        Order::read(request, ["/prompt", "/duration", "/resolution"])
    }

    /// The answer to a submit that was taken.
    fn accepted(&self, scene: &Scene<'_>, request: &Value) -> Answer;

    /// The answer to a poll.
    fn status(&self, scene: &Scene<'_>) -> Answer;

    /// The answer to the result operation, where there is one.
    fn result(&self, scene: &Scene<'_>) -> Answer {
        self.status(scene)
    }

    /// The answer to a request to cancel, where that is possible; whether it was in time is told.
    fn cancelled(&self, scene: &Scene<'_>, _stopped: bool) -> Answer {
        self.status(scene)
    }

    /// Where a submit wants its job's end reported, where it is known what the vendor then posts.
    fn hook(&self, _query: &[(String, String)], _request: &Value) -> Option<Hook> {
        None
    }

    /// What is posted there; nothing about some ends.
    fn report(&self, _scene: &Scene<'_>, _hook: &Hook) -> Option<Value> {
        None
    }

    /// The headers that prove a report to be the vendor's.
    fn sign(&self, _key: &SigningKey, _job: &str, _body: &[u8]) -> Vec<(HeaderName, String)> {
        Vec::new()
    }

    /// The path, and what is published there to check those headers by.
    fn published(&self, _key: &SigningKey) -> Option<(&'static str, Value)> {
        None
    }

    /// The vendor's own error envelope.
    fn refusal(&self, refusal: &Refusal<'_>, scene: &Errors<'_>) -> Answer;

    /// The names of fields that a client cannot do without; what `missing-fields` leaves.
    fn essentials(&self) -> &'static [&'static str];

    /// The names of fields that hold a job's id.
    fn id_fields(&self) -> &'static [&'static str];

    /// Where a client is told how long to wait.
    fn retry_place(&self) -> RetryPlace {
        RetryPlace::Header
    }
}

/// The manners of a vendor.
pub(crate) fn of(vendor: Vendor) -> &'static dyn Manners {
    match vendor {
        Vendor::ModelsLab => &modelslab::ModelsLab,
        Vendor::Fal => &fal::Fal,
        Vendor::SeaArt => &seaart::SeaArt,
        Vendor::HighwayApi => &highwayapi::HighwayApi,
        Vendor::ApiInOne => &apiinone::ApiInOne,
    }
}

/// What an answer about a job is made from.
pub(crate) struct Scene<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) job: &'a Job,
    pub(crate) stage: Stage,
    /// Where the vendor's API is, base path included.
    pub(crate) base: &'a str,
    /// Where the file host is.
    pub(crate) files: &'a str,
    /// Seconds the job still takes.
    pub(crate) eta: u64,
    /// Whether log lines were asked for.
    pub(crate) logs: bool,
    pub(crate) variants: &'a [Variant],
}

impl Scene<'_> {
    pub(crate) fn is(&self, variant: Variant) -> bool {
        self.variants.contains(&variant)
    }

    /// Where the job's video is, or will be.
    fn video(&self) -> String {
        self.job.video_url(self.files)
    }

    /// Where to ask for the job's status.
    fn poll_url(&self) -> String {
        let path = self.contract.with_role(Role::Poll).next().map(|poll| poll.template.fill(&self.job.id));
        format!("{}{}", self.base, path.unwrap_or_default())
    }
}

/// What a refusal's answer is made from.
#[derive(Clone, Copy)]
pub(crate) struct Errors<'a> {
    /// For the vendors that number their answers.
    pub(crate) random: [u64; 2],
    /// The request, where one was understood: some vendors echo it.
    pub(crate) request: Option<&'a Value>,
    pub(crate) variants: &'a [Variant],
}

impl Errors<'_> {
    pub(crate) fn is(&self, variant: Variant) -> bool {
        self.variants.contains(&variant)
    }
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refusal<'a> {
    MissingKey,
    WrongKey,
    NoBalance,
    RateLimited,
    ContentRefused,
    ImageUnreachable,
    /// The request breaks the contract.
    Invalid(&'a [Problem]),
    NotJson,
    WrongMediaType,
    TooLarge,
    UnknownPath,
    WrongMethod,
    UnknownJob,
    /// The vendor fails by itself.
    Fault(StatusCode),
}

/// Says how long to wait, at the place that was asked for or at the vendor's own.
pub(crate) fn say_wait(mut answer: Answer, after: Duration, place: RetryPlace, manners: &dyn Manners) -> Answer {
    let seconds = whole_seconds(after);
    let place = match place {
        RetryPlace::Own => manners.retry_place(),
        place => place,
    };
    match (place, &mut answer.content) {
        (RetryPlace::Body, Content::Json(Value::Object(body))) => {
            body.insert("retry_after".to_owned(), seconds.into());
            answer
        }
        (RetryPlace::Date, _) => {
            let when = SystemTime::now() + Duration::from_secs(seconds);
            answer.with(header::RETRY_AFTER, &httpdate::fmt_http_date(when))
        }
        _ => {
            answer.headers.push((header::RETRY_AFTER, HeaderValue::from(seconds)));
            answer
        }
    }
}

/// A header by a name of our own.
fn named(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}

/// Reads 128 bits as a version 4 UUID.
fn uuid(random: [u64; 2]) -> String {
    let [high, low] = random;
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0x0fff,
        0x8000 | ((low >> 48) & 0x3fff),
        low & 0xffff_ffff_ffff
    )
}

/// Spells random bits in the alphabet of ULIDs, `length` characters of it.
fn base32(random: [u64; 2], length: usize) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut bits = (u128::from(random[0]) << 64) | u128::from(random[1]);
    (0..length)
        .map(|_| {
            let index = usize::try_from(bits & 31).unwrap_or(0);
            bits = bits.rotate_right(5);
            char::from(ALPHABET[index])
        })
        .collect()
}

/// What went wrong with a job, in words that no vendor would be surprised to see.
fn failure_text(failure: Failure) -> &'static str {
    match failure {
        Failure::Vendor => "The model failed to generate the video.",
        Failure::Content => "The content could not be processed because it was flagged by a content check.",
        Failure::Image => "Failed to download the input image. Make sure that the URL is reachable.",
        Failure::NotStarted => "Request timed out",
        Failure::PromptTooLong => "The prompt has more than 2000 characters.",
        Failure::TooLongAt1080P => "10 seconds are not supported at 1080P.",
    }
}

/// Seconds since 1970.
fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The time now as vendors write it: `2026-01-31T12:00:00.000000+00:00`.
fn timestamp() -> String {
    let seconds = unix_seconds();
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days since 0000-03-01, so that a leap day ends a year; 719,468 of them lie before 1970.
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.000000+00:00", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::collections::HashSet;

    use http::StatusCode;
    use serde_json::json;

    use super::{Errors, Refusal, base32, of, timestamp, uuid};
    use crate::{
        Vendor,
        answer::Content,
        contract::{Contract, Place, Problem, Role},
        fault::Variant,
    };

    #[test]
    fn every_refusal_keeps_the_contract_where_it_speaks_of_that_status() {
        let problems = [Problem::new(Place::Body, "prompt", "maxLength", "it is too long")];
        let request = json!({"prompt": "fog", "image_url": "https://example.com/a.jpg"});
        for vendor in Vendor::ALL {
            let contract = Contract::built_in(vendor).unwrap();
            let operations: Vec<_> = [Role::Submit, Role::Poll, Role::Fetch, Role::Cancel]
                .into_iter()
                .flat_map(|role| contract.with_role(role))
                .collect();
            for refusal in [
                Refusal::MissingKey,
                Refusal::WrongKey,
                Refusal::NoBalance,
                Refusal::RateLimited,
                Refusal::ContentRefused,
                Refusal::ImageUnreachable,
                Refusal::Invalid(&problems),
                Refusal::NotJson,
                Refusal::WrongMediaType,
                Refusal::TooLarge,
                Refusal::UnknownPath,
                Refusal::WrongMethod,
                Refusal::UnknownJob,
                Refusal::Fault(StatusCode::INTERNAL_SERVER_ERROR),
                Refusal::Fault(StatusCode::SERVICE_UNAVAILABLE),
            ] {
                for variants in [&[][..], &[Variant::Messege]] {
                    let errors = Errors { random: [1, 2], request: Some(&request), variants };
                    let answer = of(vendor).refusal(&refusal, &errors);
                    let Content::Json(body) = &answer.content else {
                        panic!("{vendor} {refusal:?} is not JSON");
                    };
                    for operation in &operations {
                        let mut problems = operation.judge_answer(answer.status, Some(body));
                        problems.retain(|problem| problem.place != Place::Status);
                        assert_eq!(problems, [], "{vendor} {} {refusal:?} {body}", operation.name);
                    }
                }
            }
        }
    }

    #[test]
    fn ids_have_the_vendors_form_and_do_not_repeat() {
        let random = crate::random::Random::seeded(1);
        for (vendor, start, length) in [
            (Vendor::ModelsLab, "", 9),
            (Vendor::Fal, "", 36),
            (Vendor::SeaArt, "mmsu_", 29),
            (Vendor::HighwayApi, "", 36),
            (Vendor::ApiInOne, "n51", 30),
        ] {
            let ids: HashSet<_> = (0..100).map(|_| of(vendor).id(random.next_pair())).collect();
            assert_eq!(ids.len(), 100, "{vendor}");
            assert!(ids.iter().all(|id| id.starts_with(start) && id.len() == length), "{vendor} {ids:?}");
        }
        assert_eq!(uuid([0, u64::MAX]), "00000000-0000-4000-bfff-ffffffffffff");
        assert_eq!(base32([0, 0], 4), "0000");
    }

    #[test]
    fn a_timestamp_is_read_as_a_date() {
        let stamp = timestamp();
        assert_eq!(stamp.len(), "2026-01-31T12:00:00.000000+00:00".len());
        let year: u32 = stamp[..4].parse().unwrap();
        let (month, day): (u32, u32) = (stamp[5..7].parse().unwrap(), stamp[8..10].parse().unwrap());
        assert!(year >= 2025 && (1..=12).contains(&month) && (1..=31).contains(&day), "{stamp}");
    }
}
