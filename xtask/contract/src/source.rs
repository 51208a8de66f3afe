//! `specs/<vendor>/source.toml`: where a description comes from, how the vendor authenticates, which operation does
//! what, and what each fact rests on.
//!
//! Pointers into a spec are written `FILE#/json/pointer`, or `#/json/pointer` where the vendor has one OpenAPI
//! document; they point into the document after its fixups. Pointers of [`Relies`] point into the contract.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use toml::Spanned;

use crate::load::{self, Format};
use crate::{Problem, names, pointer};

/// The whole of a `source.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Whether the vendor publishes an OpenAPI document, or only pages exist.
    pub kind: Kind,
    /// The vendor's name as it writes it.
    pub title: String,
    /// The version of the generated crate.
    pub version: String,
    /// Where requests go, scheme and host and path stem, without a trailing slash.
    pub base_url: String,
    /// The page that the claims are looked for in.
    pub url: String,
    /// The day the page was read, `YYYY-MM-DD`.
    pub date: String,
    /// The published documents, by file name; empty for an authored vendor.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: BTreeMap<String, Document>,
    /// Where the key goes.
    pub auth: Auth,
    /// Short names of operations. An operation that is not listed gets a name made of its method and path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub operations: BTreeMap<String, Operation>,
    /// What statements of the page end at: regular expressions for how the next one may begin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<String>,
    /// The facts that stand on the vendor's page.
    #[serde(default, deserialize_with = "placed", skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// The facts that do not, and why they are believed.
    #[serde(default, deserialize_with = "placed", skip_serializing_if = "Vec::is_empty")]
    pub inferred: Vec<Inferred>,
    /// What the page states and the API does not have.
    #[serde(default, deserialize_with = "placed", skip_serializing_if = "Vec::is_empty")]
    pub asides: Vec<Aside>,
    /// The facts that a rule of the facade rests on.
    #[serde(default, deserialize_with = "placed", skip_serializing_if = "Vec::is_empty")]
    pub relies: Vec<Relies>,
}

/// How a vendor describes its API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The vendor serves OpenAPI documents.
    Published,
    /// Only pages exist; the document in `specs/` was written from them.
    Authored,
}

/// One published document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Where the vendor serves it.
    pub url: String,
    /// How it is written.
    pub format: Format,
    /// Whether the vendor's generator writes `null` for what may be left out. Then an optional property is the same with
    /// `null` and without it, and the contract does not have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub null_is_absent: bool,
    /// Whether the file is what the vendor served; `false` until the first fetch.
    pub fetched: bool,
    /// The sha256 of the bytes that were served, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The day of the fetch, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// Where the key goes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// The place in a request.
    #[serde(rename = "in")]
    pub place: Place,
    /// The name of the header, the query parameter or the body's property.
    pub name: String,
    /// What stands before the key, its space included: `Bearer `.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
}

/// A place in a request that a key can stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// A request header.
    Header,
    /// A query parameter.
    Query,
    /// A property of the JSON body.
    Body,
}

/// One operation, by method and path.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Method and path as the document has them: `POST /v1/queue/{id}`.
    pub call: String,
    /// What the operation is for, where a job has such a step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// The steps of an asynchronous job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Creates a job; may cost money.
    Submit,
    /// Tells how far a job is.
    Poll,
    /// Fetches what a job made.
    Fetch,
    /// Stops a job.
    Cancel,
}

/// A price, a limit or the like on the vendor's page that is no fact of this API.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Aside {
    /// A regular expression that matches it on the page as one line of text without markup.
    pub page: String,
    /// Why it is none.
    pub why: String,
    /// The line of `source.toml` that it begins on.
    #[serde(skip)]
    pub line: usize,
}

/// A fact and the place of the vendor's page that states it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The fact, as a pointer into a spec.
    pub at: String,
    /// A regular expression with one capture, for the page as one line of text without markup. It matches the page
    /// exactly once, and the capture agrees with the value at `at`. At `<end>` one of [`Source::ends`] begins, or the page
    /// ends; `<or>` is what may stand between the words of a list.
    pub page: String,
    /// For a claim about a list, where the capture holds more than its words: a regular expression with one capture
    /// that finds each of them. At the `properties` or `required` of a schema each has to be one of them; elsewhere the
    /// words and the list are the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// The line of `source.toml` that it begins on.
    #[serde(skip)]
    pub line: usize,
}

/// Facts that the page does not state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Inferred {
    /// The facts, as pointers into specs. A pointer covers everything below it that no claim covers.
    pub at: Vec<String>,
    /// Why they are believed.
    pub why: String,
    /// The line of `source.toml` that it begins on.
    #[serde(skip)]
    pub line: usize,
}

/// A fact that a rule of the facade rests on.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Relies {
    /// The fact, as a JSON pointer into the contract.
    pub at: String,
    /// The value the rule was written for.
    pub value: serde_json::Value,
    /// The rule, by its name in `hailuo::rules`.
    pub rule: String,
    /// The line of `source.toml` that it begins on.
    #[serde(skip)]
    pub line: usize,
}

/// An entry that knows where it stands.
trait Entry {
    fn place(&mut self) -> &mut usize;
}

macro_rules! entries {
    ($($entry:ty),*) => { $(impl Entry for $entry {
        fn place(&mut self) -> &mut usize {
            &mut self.line
        }
    })* };
}

entries!(Claim, Inferred, Aside, Relies);

/// Reads entries, each with the byte that it begins at for its line, which `Source::parse` counts.
fn placed<'de, D: Deserializer<'de>, T: Deserialize<'de> + Entry>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let entries = Vec::<Spanned<T>>::deserialize(deserializer)?;
    Ok(entries
        .into_iter()
        .map(|entry| {
            let start = entry.span().start;
            let mut entry = entry.into_inner();
            *entry.place() = start;
            entry
        })
        .collect())
}

impl Source {
    /// Parses a `source.toml`.
    ///
    /// # Errors
    /// The text is not TOML, or a field is missing, unknown or of the wrong type; the problem says which, with line
    /// and column.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        load::check_conflict(text)?;
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let problem = |e: toml::de::Error| {
            let place = e.span().map(|span| {
                let before = &text[..span.start.min(text.len())];
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                format!("line {}, column {column}: ", line(span.start))
            });
            Problem::new(format!("{}{}", place.unwrap_or_default(), e.message()))
                .fix("correct the field; `specs/` of another vendor shows each one in use")
        };
        let mut source: Self = toml::from_str(text).map_err(problem)?;
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let count = |place: &mut usize| *place = ends.partition_point(|end| end < place) + 1;
        source.claims.iter_mut().for_each(|entry| count(&mut entry.line));
        source.inferred.iter_mut().for_each(|entry| count(&mut entry.line));
        source.asides.iter_mut().for_each(|entry| count(&mut entry.line));
        source.relies.iter_mut().for_each(|entry| count(&mut entry.line));
        Ok(source)
    }

    /// The pattern of a claim with what `<or>` and `<end>` stand for.
    pub(crate) fn pattern(&self, page: &str) -> String {
        let ends: Vec<String> = self.ends.iter().map(|end| format!(" (?:{end})")).chain(["$".to_owned()]).collect();
        let page = page.replace("<or>", ",? (?:(?:or|and|/) )?");
        page.replace("<end>", &format!("(?<end>{})", ends.join("|")))
    }

    /// Checks what the types do not.
    ///
    /// # Errors
    /// A field says something that cannot be.
    pub fn check(&self) -> Result<(), Problem> {
        let url = &self.base_url;
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"?#{}\"<>\\".contains(c);
        if !host.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && rest.chars().all(plain)) {
            return Err(Problem::new(format!("`base_url` is no URL: `{}`", pointer::shorten(url, 80)))
                .fix("write scheme, host and path stem: `https://api.example.com/v1`"));
        }
        if url.ends_with('/') {
            return Err(Problem::new("`base_url` ends with a slash").fix("remove it, for paths begin with one"));
        }
        let parts: Vec<&str> = self.version.split('.').collect();
        let number = |part: &&str| {
            part.parse::<u64>().is_ok() && !part.starts_with('+') && (part.len() == 1 || !part.starts_with('0'))
        };
        if parts.len() != 3 || !parts.iter().all(number) {
            return Err(Problem::new(format!("`version` is no version: `{}`", pointer::shorten(&self.version, 40)))
                .fix("write it MAJOR.MINOR.PATCH"));
        }
        let name = &self.auth.name;
        let fits = match self.auth.place {
            Place::Header => names::is_header(name),
            Place::Query | Place::Body => !name.is_empty() && !name.chars().any(char::is_control),
        };
        if !fits || self.auth.prefix.chars().any(|c| !(' '..='~').contains(&c)) {
            return Err(Problem::new("[auth] names no place that a key could stand in")
                .fix("`name` is a header's, query parameter's or property's name, `prefix` plain ASCII"));
        }
        if self.title.trim().is_empty() {
            return Err(Problem::new("`title` is empty").fix("write the vendor's name as it does"));
        }
        for date in self.documents.values().filter_map(|d| d.date.as_ref()).chain([&self.date]) {
            let is_digit =
                |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
            if date.len() != 10 || !date.bytes().enumerate().all(is_digit) {
                return Err(Problem::new(format!("`date` is no date: `{}`", pointer::shorten(date, 40)))
                    .fix("write it YYYY-MM-DD"));
            }
        }
        if let Some(aside) = self.asides.iter().find(|aside| aside.why.trim().is_empty()) {
            return Err(Problem::new(format!("the aside `{}` has no reason", pointer::shorten(&aside.page, 80)))
                .fix("say in `why` what makes it no fact of this API"));
        }
        if let Some(inferred) = self.inferred.iter().find(|inferred| inferred.why.trim().is_empty()) {
            let at = inferred.at.first().map_or("", String::as_str);
            return Err(Problem::new(format!("the inference of `{}` has no reason", pointer::shorten(at, 80)))
                .fix("say in `why` what it is believed for"));
        }
        // Whether a rule still holds is told by drift, whose first line a broken one is; here only the pointer is read.
        self.relies.iter().try_for_each(|relies| pointer::segments(&relies.at).map(drop))
    }
}
