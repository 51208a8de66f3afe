//! The folder of a new vendor: the document as it came, and a `source.toml` that says what is known.

use std::fmt::Write as _;

use contract::load::Format;
use contract::source::Place;
use contract::{Files, Problem};
use serde_json::Value;

use super::{auth, is_url, server, today};
use crate::crate_files::{sha256, toml_string};

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
        let auth = auth::choose(document)?;
        let is_url = is_url(spec);
        let (ending, format) = match format {
            Format::Json => ("json", "json"),
            Format::Yaml => ("yaml", "yaml"),
        };
        let file = format!("{slug}.openapi.{ending}");
        let title = document.pointer("/info/title").and_then(Value::as_str).map(str::trim).unwrap_or_default();
        // "Acme API" is the title of a document; the vendor is Acme.
        let title = title.strip_suffix(" API").unwrap_or(title).trim_end();
        let title = if title.is_empty() { slug.to_owned() } else { title.chars().take(100).collect() };
        let page = document.pointer("/externalDocs/url").and_then(Value::as_str);
        let page = page.unwrap_or(if is_url { spec } else { &server.base_url });
        let served = if is_url { spec.to_owned() } else { format!("https://{slug}.invalid/{file}") };
        let today = today();
        let digest = sha256(bytes);
        let (place, check) = (
            match auth.auth.place {
                Place::Header => "header",
                Place::Query => "query",
                Place::Body => "body",
            },
            auth.guess.as_ref().map(|guess| format!("# Check this: {guess}.\n")).unwrap_or_default(),
        );
        let server_check = server.guess.as_ref().map(|guess| format!("# Check this: {guess}.\n")).unwrap_or_default();
        let served_check = if is_url {
            ""
        } else {
            "# Where the vendor serves the document is not known; `cargo xtask fetch` needs it.\n"
        };
        let mut head = format!(
            "kind = \"published\"
title = {title}
version = \"0.1.0\"
{server_check}base_url = {base_url}
url = {page}
date = \"{today}\"

[documents.{file}]
{served_check}url = {served}
format = \"{format}\"
fetched = true
sha256 = \"{digest}\"
date = \"{today}\"

{check}[auth]
in = \"{place}\"
name = {name}
",
            title = toml_string(&title),
            base_url = toml_string(&server.base_url),
            page = toml_string(page),
            file = toml_string(&file),
            served = toml_string(&served),
            name = toml_string(&auth.auth.name),
        );
        if !auth.auth.prefix.is_empty() {
            let _ = writeln!(head, "prefix = {}", toml_string(&auth.auth.prefix));
        }
        let mut guesses: Vec<String> = server.guess.into_iter().chain(auth.guess).collect();
        if !is_url {
            guesses.push(format!(
                "where the vendor serves the document is not known: set `url` under [documents] in \
                 specs/{slug}/source.toml, so that `cargo xtask fetch {slug}` finds it"
            ));
        }
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
