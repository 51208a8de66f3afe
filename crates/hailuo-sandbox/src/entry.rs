//! What a journal shows of a request, a contract that was broken included. How it is kept until then is in
//! [`crate::journal`].

use std::fmt;

use serde_json::Value;

use crate::{Vendor, contract::Place, fault::Phase, picture::Picture, secrets::sum};

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
    /// The headers in order, names in lower case, keys replaced by [`crate::KEY_MARK`].
    pub headers: Vec<(String, String)>,
    /// The body, keys and pictures replaced.
    pub body: Body,
    /// The status it was answered with; `None` if the connection ended instead.
    pub status: Option<u16>,
    /// The faults that struck it, as text, each as it stood before; separated by spaces.
    pub fault: Option<String>,
    /// The id of the job it concerned, or made.
    pub job: Option<String>,
    /// Whether it made a job, which a real vendor would have charged for.
    pub made_job: bool,
    /// Whether a key was anywhere in it.
    pub carries_key: bool,
    pub(crate) key: Option<[u8; 32]>,
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
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Without headers and body: `fal: POST /fal-ai/…: 200, made job 0b49…`.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { vendor, method, path, query, .. } = self;
        let host = match self.host {
            Host::Api => "",
            Host::Files => " files",
            Host::Elsewhere => " elsewhere",
        };
        let mark = if query.is_empty() { "" } else { "?" };
        write!(f, "{vendor}{host}: {method} {path}{mark}{query}: ")?;
        match self.status {
            Some(status) => write!(f, "{status}")?,
            None => f.write_str("no answer")?,
        }
        if let Some(job) = &self.job {
            write!(f, ", {}job {job}", if self.made_job { "made " } else { "" })?;
        }
        match &self.fault {
            Some(fault) => write!(f, ", struck by {fault}"),
            None => Ok(()),
        }
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
    pub(crate) text: Box<str>,
}

impl Body {
    /// The body as JSON, if it is: keys replaced by [`crate::KEY_MARK`], data URLs by a note of type, length and sum.
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
        write!(f, "{} bytes, {} pictures", self.length, self.pictures.len())
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
        let Self { request, vendor, operation, place, pointer, rule, message } = self;
        let operation = operation.as_deref().unwrap_or("no operation");
        let place = place.word();
        write!(f, "{vendor} {operation} (request {request}): {place} {pointer} breaks {rule}: {message}")
    }
}
