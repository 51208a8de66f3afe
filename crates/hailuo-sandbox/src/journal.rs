//! What was received, kept briefly: a line of text for the head of each request, and its body without the pictures.
//! Keys are replaced when an entry is read, so that one is found also in a request that came before it was known.

use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{HeaderMap, Method, Uri};
use serde_json::Value;

use crate::{
    Vendor,
    contract::{AuthPlace, Problem},
    entry::{Body, Entry, Host, Violation},
    fault::Phase,
    picture::{Picture, Survey},
    secrets::{KEY_MARK, Secrets},
};

/// Who is told of each request: [`crate::Builder::on_request`].
#[derive(Clone)]
pub(crate) struct Watcher(pub(crate) Arc<Watch>);

type Watch = dyn Fn(&Entry, &[Violation]) + Send + Sync;

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watcher")
    }
}

/// The journal of one sandbox.
pub(crate) struct Journal {
    secrets: Secrets,
    limit: usize,
    watcher: Option<Watcher>,
    received: AtomicU64,
    pages: Mutex<Pages>,
}

#[derive(Default)]
struct Pages {
    records: VecDeque<Record>,
    violations: VecDeque<Violation>,
    mismatches: VecDeque<Violation>,
}

fn keep_last(list: &mut VecDeque<Violation>, limit: usize) {
    let excess = list.len().saturating_sub(limit);
    drop(list.drain(..excess));
}

impl Journal {
    pub(crate) fn new(limit: usize, watcher: Option<Watcher>) -> Self {
        Self {
            secrets: Secrets::default(),
            limit: limit.max(1),
            watcher,
            received: AtomicU64::new(0),
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
        self.received.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn enter(&self, record: Record) {
        if let Some(Watcher(watch)) = &self.watcher {
            let of_this = |violation: &&Violation| violation.request == record.number;
            let violations: Vec<_> = self.pages().violations.iter().filter(of_this).cloned().collect();
            watch(&record.show(&self.secrets), &violations);
        }
        let mut pages = self.pages();
        let oldest = if pages.records.len() >= self.limit { pages.records.pop_front() } else { None };
        pages.records.push_back(record);
        drop(pages);
        // Freed when nobody waits for it.
        drop(oldest);
    }

    pub(crate) fn accuse(&self, violations: impl IntoIterator<Item = Violation>) {
        let mut pages = self.pages();
        pages.violations.extend(violations);
        keep_last(&mut pages.violations, self.limit);
    }

    pub(crate) fn confess(&self, mismatches: impl IntoIterator<Item = Violation>) {
        let mut pages = self.pages();
        pages.mismatches.extend(mismatches);
        keep_last(&mut pages.mismatches, self.limit);
    }

    pub(crate) fn entries(&self, wanted: impl Fn(&Record) -> bool) -> Vec<Entry> {
        let pages = self.pages();
        pages.records.iter().filter(|record| wanted(record)).map(|record| record.show(&self.secrets)).collect()
    }

    pub(crate) fn violations(&self) -> Vec<Violation> {
        self.pages().violations.iter().cloned().collect()
    }

    pub(crate) fn mismatches(&self) -> Vec<Violation> {
        self.pages().mismatches.iter().cloned().collect()
    }

    pub(crate) fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    pub(crate) fn clear(&self) {
        let mut pages = self.pages();
        pages.records.clear();
        pages.violations.clear();
        pages.mismatches.clear();
    }
}

/// A request as it is kept.
pub(crate) struct Record {
    pub(crate) number: u64,
    pub(crate) vendor: Vendor,
    pub(crate) host: Host,
    pub(crate) phase: Option<Phase>,
    pub(crate) operation: Option<Arc<str>>,
    pub(crate) status: Option<u16>,
    pub(crate) fault: Option<Box<str>>,
    pub(crate) job: Option<Arc<str>>,
    pub(crate) made_job: bool,
    pub(crate) carries_key: bool,
    method: Method,
    /// Path, query, and the headers' names and values, a line each.
    head: Box<str>,
    /// The body without pictures and without the key in its place.
    text: Box<str>,
    length: usize,
    pictures: Vec<Picture>,
    key: Option<[u8; 32]>,
}

/// A request as it was read.
pub(crate) struct Received<'a> {
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
    /// The body, if it is JSON.
    pub(crate) survey: Option<&'a Survey>,
    /// The sum of the key that was presented in the vendor's place.
    pub(crate) key: Option<[u8; 32]>,
    pub(crate) key_place: AuthPlace,
    pub(crate) key_name: &'a str,
}

impl Record {
    /// Begins a record: everything that is known when a request has been read.
    pub(crate) fn new(number: u64, vendor: Vendor, host: Host, request: &Received<'_>) -> Self {
        let text = shown_body(request);
        Self {
            number,
            vendor,
            host,
            phase: None,
            operation: None,
            status: None,
            fault: None,
            job: None,
            made_job: false,
            carries_key: request.key.is_some() || request.headers.keys().any(|name| is_secret(name.as_str())),
            method: request.method.clone(),
            head: head(request.uri, request.headers),
            text: text.into(),
            length: request.body.len(),
            pictures: request.survey.map_or_else(Vec::new, |survey| survey.pictures.clone()),
            key: request.key,
        }
    }

    fn show(&self, secrets: &Secrets) -> Entry {
        let mut carries_key = self.carries_key;
        let mut redact = |text: &str| {
            let (text, found) = secrets.redact(text);
            carries_key |= found;
            text
        };
        let mut lines = self.head.split('\n');
        let path = redact(lines.next().unwrap_or_default());
        let query = redact(lines.next().unwrap_or_default());
        let mut headers = Vec::new();
        while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
            let value = match value.split_once(' ') {
                Some((scheme, _)) if is_secret(name) => format!("{scheme} {KEY_MARK}"),
                None if is_secret(name) => KEY_MARK.to_owned(),
                _ => redact(value),
            };
            headers.push((name.to_owned(), value));
        }
        let text = redact(&self.text).into();
        Entry {
            number: self.number,
            vendor: self.vendor,
            host: self.host,
            phase: self.phase,
            operation: self.operation.as_deref().map(str::to_owned),
            method: self.method.as_str().to_owned(),
            path,
            query,
            headers,
            body: Body { length: self.length, pictures: self.pictures.clone(), text },
            status: self.status,
            fault: self.fault.as_deref().map(str::to_owned),
            job: self.job.as_deref().map(str::to_owned),
            made_job: self.made_job,
            carries_key,
            key: self.key,
        }
    }
}

/// Whether a key may be in a header of this name, the vendor's own or one that a client took for it.
fn is_secret(header: &str) -> bool {
    ["authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "apikey", "x-key", "key"]
        .contains(&header)
}

/// The body with its key and its pictures replaced; of one that is no JSON, the beginning.
fn shown_body(request: &Received<'_>) -> String {
    if let Some(survey) = request.survey {
        return match (request.key_place, &survey.shown) {
            (AuthPlace::Body, Value::Object(fields)) if fields.contains_key(request.key_name) => {
                let mut fields = fields.clone();
                fields.insert(request.key_name.to_owned(), Value::from(KEY_MARK));
                Value::from(fields).to_string()
            }
            (_, shown) => shown.to_string(),
        };
    }
    let text = String::from_utf8_lossy(&request.body[..request.body.len().min(4096)]);
    match request.key_place {
        AuthPlace::Body => without_string(&text, request.key_name),
        AuthPlace::Header | AuthPlace::Query => text.into_owned(),
    }
}

/// A text that is not JSON, though it may have been meant as such, or as a form: what stands where the value of a member
/// of this name would stand is left out, up to the end of the value.
fn without_string(text: &str, name: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) = rest.split_at(at + name.len());
        shown.push_str(before);
        let value = after.trim_start_matches(['"', '\'', '\\']).trim_start();
        rest = after;
        if let Some(value) = value.strip_prefix([':', '=']) {
            let value = value.trim_start().trim_start_matches(['"', '\'', '\\']);
            let end = value.find(['"', '\'', '\\', ',', '&', '}', '\n']).unwrap_or(value.len());
            shown.push_str(&after[..after.len() - value.len()]);
            shown.push_str(KEY_MARK);
            rest = &value[end..];
        }
    }
    shown.push_str(rest);
    shown
}

fn head(uri: &Uri, headers: &HeaderMap) -> Box<str> {
    let length = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 2).sum::<usize>();
    let mut head = String::with_capacity(length + uri.path().len() + uri.query().map_or(0, str::len) + 1);
    head.push_str(uri.path());
    head.push('\n');
    head.push_str(uri.query().unwrap_or_default());
    for (name, value) in headers {
        head.push('\n');
        head.push_str(name.as_str());
        head.push('\n');
        match value.to_str() {
            Ok(value) => head.push_str(value),
            Err(_) => head.push_str(&String::from_utf8_lossy(value.as_bytes())),
        }
    }
    head.into()
}

pub(crate) fn violation(request: u64, vendor: Vendor, operation: Option<&str>, problem: &Problem) -> Violation {
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

#[cfg(test)]
mod tests {
    use super::without_string;

    #[test]
    fn the_key_in_a_body_that_cannot_be_read_is_left_out() {
        for (text, shown) in [
            (r#"{"key":"secret","prompt":"x"#, r#"{"key":"[key]","prompt":"x"#),
            ("{ 'key' : 'secret' }", "{ 'key' : '[key]' }"),
            (r#"{"key":"sec"#, r#"{"key":"[key]"#),
            ("key=secret&prompt=key", "key=[key]&prompt=key"),
            (r#""{\"key\": \"secret\"}""#, r#""{\"key\": \"[key]\"}""#),
            ("keyless", "keyless"),
            ("", ""),
        ] {
            assert_eq!(without_string(text, "key"), shown);
        }
    }
}
