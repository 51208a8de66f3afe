//! The folder of a new vendor: the document as it came, and a `source.toml` that says what is known.

use std::fmt::Write as _;

use contract::load::Format;
use contract::source::Place;
use contract::{Files, Problem};
use serde_json::Value;

use super::auth::Choice;
use super::{auth, server, today};
use crate::crate_files::{sha256, toml_string};
use crate::http;

/// What stands in the new folder.
pub struct Scaffold {
    slug: String,
    file: String,
    bytes: Vec<u8>,
    /// `source.toml` up to its `[operations]`.
    head: String,
    /// What was guessed, a sentence each.
    pub guesses: Vec<String>,
}

impl Scaffold {
    /// Says of a document what it says of itself.
    ///
    /// # Errors
    /// No key can be sent as the document wants it.
    pub fn new(slug: &str, spec: &str, bytes: &[u8], format: Format, document: &Value) -> Result<Self, Problem> {
        let server = server::choose(document, slug, spec);
        let choice = auth::choose(document)?;
        let is_url = http::is_url(spec);
        let file = format!("{slug}.openapi.{}", name_of(format));
        let served = if is_url { spec.to_owned() } else { format!("https://{slug}.invalid/{file}") };
        let page = document.pointer("/externalDocs/url").and_then(Value::as_str);
        let page = page.unwrap_or(if is_url { spec } else { &server.base_url });
        let today = today();
        let mut head = format!(
            "kind = \"published\"
title = {title}
version = \"0.1.0\"
{check}base_url = {base_url}
url = {page}
date = \"{today}\"

[documents.{file}]
",
            title = toml_string(&title(document, slug)),
            check = check(server.guess.as_ref()),
            base_url = toml_string(&server.base_url),
            page = toml_string(page),
            file = toml_string(&file),
        );
        let mut guesses: Vec<String> = server.guess.into_iter().chain(choice.guess.clone()).collect();
        if !is_url {
            head.push_str("# Where the vendor serves the document is not known; `cargo xtask fetch` needs it.\n");
            guesses.push(format!(
                "where the vendor serves the document is not known: set `url` under [documents] in \
                 specs/{slug}/source.toml, so that `cargo xtask fetch {slug}` finds it"
            ));
        }
        let _ = write!(
            head,
            "url = {served}
format = \"{format}\"
fetched = true
sha256 = \"{digest}\"
date = \"{today}\"

{auth}",
            served = toml_string(&served),
            format = name_of(format),
            digest = sha256(bytes),
            auth = authentication(&choice),
        );
        Ok(Self { slug: slug.to_owned(), file, bytes: bytes.to_vec(), head, guesses })
    }

    /// The folder, with these names (name, and method with path) under `[operations]`.
    pub fn files(&self, names: &[(String, String)]) -> Files {
        let mut text = self.head.clone();
        if !names.is_empty() {
            let _ = write!(
                text,
                "\n# The names of the client's methods. `role` says what a call is for: submit, poll, fetch or cancel.\n\
                 # With a role for submit and poll, the README of hailuo-{} shows how to use them.\n",
                self.slug
            );
        }
        for (name, call) in names {
            let _ = write!(text, "\n[operations.{name}]\ncall = {}\n", toml_string(call));
        }
        Files::from([("source.toml".to_owned(), text.into_bytes()), (self.file.clone(), self.bytes.clone())])
    }
}

/// The vendor's name: "Acme API" is the title of a document; the vendor is Acme.
fn title(document: &Value, slug: &str) -> String {
    let title = document.pointer("/info/title").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let title = title.strip_suffix(" API").unwrap_or(title).trim_end();
    if title.is_empty() { slug.to_owned() } else { title.chars().take(100).collect() }
}

/// The table that says where the key goes.
fn authentication(Choice { auth, guess }: &Choice) -> String {
    let place = match auth.place {
        Place::Header => "header",
        Place::Query => "query",
        Place::Body => "body",
    };
    let mut table = format!("{}[auth]\nin = \"{place}\"\nname = {}\n", check(guess.as_ref()), toml_string(&auth.name));
    if !auth.prefix.is_empty() {
        let _ = writeln!(table, "prefix = {}", toml_string(&auth.prefix));
    }
    table
}

/// What is only guessed is marked.
fn check(guess: Option<&String>) -> String {
    guess.map(|guess| format!("# Check this: {guess}.\n")).unwrap_or_default()
}

fn name_of(format: Format) -> &'static str {
    match format {
        Format::Json => "json",
        Format::Yaml => "yaml",
    }
}
