//! What was received, by whom, and what broke a contract. Keys and pictures are replaced before anything is written
//! here; prompts stand in bodies, which `Debug` does not show.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use http::{HeaderMap, Method, Uri, header};
use serde_json::Value;

use crate::{
    Vendor,
    contract::{AuthPlace, Place, Problem},
    fault::Phase,
    picture::{Picture, Survey},
    secrets::{KEY_MARK, Secrets, sum},
};

/// One request that was received.
#[derive(Clone)]
#[non_exhaustive]
pub struct Entry {
    /// Its number, counted over all vendors of the sandbox.
    pub number: u64,
    /// The vendor whose host it reached, or whose redirect or URL led it elsewhere.
    pub vendor: Vendor,
    /// Which of the hosts it reached.
    pub host: Host,
    /// What it was for, if that could be told.
    pub phase: Option<Phase>,
    /// The contract's name of the operation, if there is one.
    pub operation: Option<String>,
    /// The method.
    pub method: String,
    /// The path as it came, a key in it replaced.
    pub path: String,
    /// The query as it came, without its `?`, a key in it replaced.
    pub query: String,
    /// The headers in order, names in lower case, keys replaced by [`KEY_MARK`].
    pub headers: Vec<(String, String)>,
    /// The body, keys and pictures replaced.
    pub body: Body,
    /// The status it was answered with; `None` if the connection ended instead.
    pub status: Option<u16>,
    /// The fault that struck it, as text.
    pub fault: Option<String>,
    /// The id of the job it concerned, or made.
    pub job: Option<String>,
    /// Whether it made a job, which a real vendor would have charged for.
    pub made_job: bool,
    /// Whether a key was anywhere in it.
    pub carries_key: bool,
    key: Option<[u8; 32]>,
}

/// The hosts that a vendor's answers lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Host {
    /// The vendor's API.
    Api,
    /// The vendor's file host, where the videos are; it needs no key.
    Files,
    /// A host that is not the vendor's; whoever sends a key there was tricked.
    Elsewhere,
}

impl Entry {
    /// Whether the request presented this key in the vendor's place for it.
    pub fn has_key(&self, key: &str) -> bool {
        self.key == Some(sum(key.as_bytes()))
    }

    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("number", &self.number)
            .field("vendor", &self.vendor)
            .field("host", &self.host)
            .field("request", &format_args!("{} {}", self.method, self.path))
            .field("body", &self.body)
            .field("status", &self.status)
            .field("fault", &self.fault)
            .field("job", &self.job)
            .field("made_job", &self.made_job)
            .field("carries_key", &self.carries_key)
            .finish_non_exhaustive()
    }
}

/// A request's body without its keys and pictures.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Body {
    /// How many bytes were received.
    pub length: usize,
    /// The pictures that came as data URLs.
    pub pictures: Vec<Picture>,
    text: Box<str>,
}

impl Body {
    /// The body as JSON, if it is: keys replaced by [`KEY_MARK`], data URLs by a note of type, length and sum.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.text).ok()
    }

    /// The same as text; of a body that is not JSON, the first 4096 bytes.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} bytes, {} pictures",
            self.length,
            self.pictures.len()
        )
    }
}

/// Something that broke a contract: a request of a client, or an answer of the sandbox itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The number of the request in the journal.
    pub request: u64,
    /// Whose contract.
    pub vendor: Vendor,
    /// The operation, if the request led to one.
    pub operation: Option<String>,
    /// Which part of the request or answer.
    pub place: Place,
    /// A JSON pointer into that part.
    pub pointer: String,
    /// The keyword of JSON Schema that is broken, or `unknown`, `repeated`, `mediaType`, `json`, `prefix`.
    pub rule: String,
    /// What is wrong, without the value.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            request,
            vendor,
            operation,
            place,
            pointer,
            rule,
            message,
        } = self;
        let operation = operation.as_deref().unwrap_or("no operation");
        let place = place.word();
        write!(
            f,
            "{vendor} {operation} (request {request}): {place} {pointer} breaks {rule}: {message}"
        )
    }
}

/// The journal of one sandbox.
pub(crate) struct Journal {
    secrets: Secrets,
    limit: usize,
    pages: Mutex<Pages>,
}

#[derive(Default)]
struct Pages {
    received: u64,
    entries: VecDeque<Entry>,
    violations: Vec<Violation>,
    mismatches: Vec<Violation>,
}

impl Journal {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            secrets: Secrets::default(),
            limit: limit.max(1),
            pages: Mutex::default(),
        }
    }

    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the number for a request that is about to be entered.
    pub(crate) fn number(&self) -> u64 {
        let mut pages = self.pages();
        pages.received += 1;
        pages.received
    }

    pub(crate) fn enter(&self, entry: Entry) {
        let mut pages = self.pages();
        if pages.entries.len() >= self.limit {
            pages.entries.pop_front();
        }
        pages.entries.push_back(entry);
    }

    pub(crate) fn accuse(&self, violations: impl IntoIterator<Item = Violation>) {
        self.pages().violations.extend(violations);
    }

    pub(crate) fn confess(&self, mismatches: impl IntoIterator<Item = Violation>) {
        self.pages().mismatches.extend(mismatches);
    }

    pub(crate) fn entries(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        self.pages()
            .entries
            .iter()
            .filter(|entry| wanted(entry))
            .cloned()
            .collect()
    }

    pub(crate) fn violations(&self) -> Vec<Violation> {
        self.pages().violations.clone()
    }

    pub(crate) fn mismatches(&self) -> Vec<Violation> {
        self.pages().mismatches.clone()
    }

    pub(crate) fn received(&self) -> u64 {
        self.pages().received
    }

    pub(crate) fn clear(&self) {
        let mut pages = self.pages();
        pages.entries.clear();
        pages.violations.clear();
        pages.mismatches.clear();
    }

    /// Begins an entry: everything that is known when a request has been read.
    pub(crate) fn draft(&self, vendor: Vendor, host: Host, request: &Received<'_>) -> Entry {
        let mut carries_key = request.key.is_some();
        let mut redact = |text: &str| {
            let (text, found) = self.secrets.redact(text);
            carries_key |= found;
            text
        };
        let path = redact(request.uri.path());
        let query = redact(request.uri.query().unwrap_or_default());
        let mut authorized = false;
        let headers = request
            .headers
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes());
                let shown = if *name == header::AUTHORIZATION || *name == header::PROXY_AUTHORIZATION
                {
                    authorized = true;
                    match value.split_once(' ') {
                        Some((scheme, _)) => format!("{scheme} {KEY_MARK}"),
                        None => KEY_MARK.to_owned(),
                    }
                } else {
                    redact(&value)
                };
                (name.as_str().to_owned(), shown)
            })
            .collect();
        let (text, pictures) = match request.survey {
            Some(survey) => {
                let mut shown = survey.shown.clone();
                if let (AuthPlace::Body, Value::Object(fields)) = (request.key_place, &mut shown)
                    && let Some(key) = fields.get_mut(request.key_name)
                {
                    *key = Value::from(KEY_MARK);
                }
                (redact(&shown.to_string()), survey.pictures.clone())
            }
            None => {
                let start = &request.body[..request.body.len().min(4096)];
                (redact(&String::from_utf8_lossy(start)), Vec::new())
            }
        };
        Entry {
            number: self.number(),
            vendor,
            host,
            phase: None,
            operation: None,
            method: request.method.as_str().to_owned(),
            path,
            query,
            headers,
            body: Body {
                length: request.body.len(),
                pictures,
                text: text.into(),
            },
            status: None,
            fault: None,
            job: None,
            made_job: false,
            carries_key: carries_key || authorized,
            key: request.key.map(|key| sum(key.as_bytes())),
        }
    }
}

/// A request as it was read.
pub(crate) struct Received<'a> {
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
    /// The body, if it is JSON.
    pub(crate) survey: Option<&'a Survey>,
    /// The key that was presented in the vendor's place.
    pub(crate) key: Option<&'a str>,
    pub(crate) key_place: AuthPlace,
    pub(crate) key_name: &'a str,
}

pub(crate) fn violation(
    request: u64,
    vendor: Vendor,
    operation: Option<&str>,
    problem: &Problem,
) -> Violation {
    Violation {
        request,
        vendor,
        operation: operation.map(str::to_owned),
        place: problem.place,
        pointer: problem.pointer.clone(),
        rule: problem.rule.clone(),
        message: problem.message.clone(),
    }
}
