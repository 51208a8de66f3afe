//! Names that a page has and the spec does not know: of models, of fields in a sentence, and addresses of descriptions.
//!
//! A model's name is known by what the names of the spec's models begin with, up to the version. A field's name that is one
//! plain word is seen only where the page marks it as code, for `seed` is a word like any other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::suspicion::is_of_word;
use super::{FindingKind, Page, Spec};
use crate::pointer::walk;

/// What pages mark as code, and no API has for a field: types, values, languages, programs.
const NO_FIELDS: [&str; 40] = [
    "array",
    "bash",
    "bearer",
    "body",
    "bool",
    "boolean",
    "bytes",
    "console",
    "curl",
    "date",
    "enum",
    "env",
    "false",
    "file",
    "float",
    "header",
    "headers",
    "http",
    "https",
    "int",
    "integer",
    "java",
    "javascript",
    "json",
    "list",
    "node",
    "none",
    "npm",
    "null",
    "number",
    "object",
    "pip",
    "python",
    "query",
    "ruby",
    "string",
    "true",
    "typescript",
    "undefined",
    "yarn",
];

/// The places of names of models that are none of the spec's.
pub(super) fn models(spec: Spec<'_>, text: &str) -> Vec<Range<usize>> {
    static VERSIONED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[A-Za-z][A-Za-z/_-]{2,}[_/-]\d+(?:[.-]\d+)?").ok());
    let Some(versioned) = VERSIONED.as_ref() else { return Vec::new() };
    let (mut names, mut beginnings) = (BTreeSet::new(), BTreeSet::new());
    for file in spec.main {
        let Some(document) = spec.documents.get(file) else { continue };
        for path in document["paths"].as_object().into_iter().flatten().map(|(path, _)| path) {
            names.insert(path.clone());
            let segments = path.split('/').filter_map(|segment| versioned.find(segment));
            beginnings.extend(segments.map(|found| found.as_str().to_owned()));
        }
        walk(document, &mut |_, value| {
            for word in
                [&value["const"], &value["default"]].into_iter().chain(value["enum"].as_array().into_iter().flatten())
            {
                let Some(word) = word.as_str() else { continue };
                names.insert(word.to_owned());
                beginnings.extend(versioned.find(word).map(|found| found.as_str().to_owned()));
            }
        });
    }
    let beginnings: Vec<String> = beginnings.iter().map(|name| regex::escape(name)).collect();
    let Ok(name) = Regex::new(&format!(r"[\w./-]*\b(?:{})[\w./-]*", beginnings.join("|"))) else { return Vec::new() };
    if beginnings.is_empty() {
        return Vec::new();
    }
    let places = name
        .find_iter(text)
        .map(|found| found.start()..found.start() + found.as_str().trim_end_matches(['.', '-', '/']).len());
    places
        .filter(|place| {
            let said = &text[place.clone()];
            // What begins with two slashes is the rest of a URL.
            !said.starts_with("//") && !names.iter().any(|name| name.contains(said))
        })
        .collect()
}

/// Where the page names the model of a document's title in another version, and nowhere in that of the title.
pub(super) fn versions(spec: Spec<'_>, text: &str) -> Vec<Range<usize>> {
    let Ok(versioned) = Regex::new(r"\b([A-Z][A-Za-z]{2,})[ -](\d+(?:\.\d+)*)\b") else { return Vec::new() };
    let other = |title: &str| {
        let title = versioned.captures(title)?;
        let found: Vec<_> = versioned.captures_iter(text).filter(|found| found[1] == title[1]).collect();
        let is_known = found.iter().any(|found| found[2] == title[2]);
        found.into_iter().next().filter(|_| !is_known)?.get(0).map(|place| place.range())
    };
    let documents = spec.main.iter().filter_map(|file| spec.documents.get(file));
    documents.filter_map(|document| other(document["info"]["title"].as_str()?)).collect()
}

/// The places of words that the page marks as code and the spec does not know, one for each word.
pub(super) fn marked(page: &Page, known: &BTreeSet<String>) -> Vec<Range<usize>> {
    let is_field = |word: &str| {
        (3..=24).contains(&word.len())
            && word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            && !known.contains(word)
            && !NO_FIELDS.contains(&word)
    };
    let mut last: BTreeMap<&str, Option<Range<usize>>> =
        page.marked().map(String::as_str).filter(|word| is_field(word)).map(|word| (word, None)).collect();
    let (text, mut start) = (page.text(), 0);
    for word in text.split_inclusive(|c: char| !is_of_word(c)) {
        let name = word.trim_end_matches(|c: char| !is_of_word(c));
        if let Some(place) = last.get_mut(name) {
            *place = Some(start..start + name.len());
        }
        start += word.len();
    }
    last.into_values().flatten().collect()
}

/// Addresses of descriptions, OpenAPI ones, that the page links and `source.toml` does not have.
pub(super) fn descriptions(spec: Spec<'_>, page: &Page) -> Vec<FindingKind> {
    let plain = |url: &str| url.replace("%2F", "/").replace("%5F", "_");
    let known: Vec<String> = spec.source.documents.values().map(|document| plain(&document.url)).collect();
    let is_other = |link: &&str| {
        let path = link.split(['?', '#']).next().unwrap_or(link).to_lowercase();
        (path.contains("openapi") || path.contains("swagger"))
            && [".json", ".yaml", ".yml"].iter().any(|end| path.ends_with(end))
            && !known.contains(&plain(link))
    };
    if known.is_empty() {
        return Vec::new();
    }
    page.links().filter(is_other).map(|link| FindingKind::Description(link.to_owned())).collect()
}
