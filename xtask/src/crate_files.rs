//! The files of a generated crate.
//!
//! A pure function of the contract and the generated source: no clock, no host, no absolute path.

mod code;
mod example;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use contract::source::{Auth, Place, Source};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::client::GENERATOR;
use crate::lower::told;

/// Files by their path from the repository's root.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The texts of the licenses: a package holds its own.
const LICENSES: &[(&str, &str)] =
    &[("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")), ("LICENSE-MIT", include_str!("../../LICENSE-MIT"))];

/// Everything a crate is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The vendor's slug.
    pub slug: &'a str,
    /// Its `source.toml`.
    pub source: &'a Source,
    /// The bytes of the contract.
    pub contract: &'a str,
    /// The document that progenitor got.
    pub lowered: &'a Value,
    /// The source that came out.
    pub generated: &'a str,
}

/// The folder of a vendor's crate.
pub fn folder(slug: &str) -> String {
    format!("crates/hailuo-{slug}")
}

/// The sandbox's copy of a vendor's contract: a package cannot reach another's files.
pub fn sandbox_copy(slug: &str) -> String {
    format!("crates/hailuo-sandbox/contracts/{slug}.json")
}

/// The files of a vendor's crate, and the sandbox's copy of its contract.
pub fn render(parts: &Parts<'_>) -> Files {
    let folder = folder(parts.slug);
    let mut files = Files::new();
    let mut add = |name: &str, text: String| {
        files.insert(format!("{folder}/{name}"), text.into_bytes());
    };
    add("Cargo.toml", manifest(parts));
    add("README.md", readme(parts));
    add("openapi.json", parts.contract.to_owned());
    add("src/lib.rs", library(parts));
    add("src/generated.rs", generated(parts));
    for (name, text) in LICENSES {
        add(name, (*text).to_owned());
    }
    files.insert(sandbox_copy(parts.slug), parts.contract.as_bytes().to_vec());
    files
}

fn manifest(parts: &Parts<'_>) -> String {
    let Parts { slug, source, .. } = parts;
    let serde_json = if parts.generated.contains("::serde_json") || parts.generated.contains("serde_json::") {
        "serde_json.workspace = true\n"
    } else {
        ""
    };
    let description = toml_string(&format!("Typed client of {}'s API, generated from its description", source.title));
    format!(
        "# Made by `cargo xtask regen {slug}` from specs/{slug}; do not edit.
[package]
name = \"hailuo-{slug}\"
version = {version}
description = {description}
readme = \"README.md\"
keywords = [\"api\", \"client\", \"openapi\", \"hailuo\"]
categories = [\"api-bindings\"]
edition.workspace = true
rust-version.workspace = true
license.workspace = true

[lib]
# The vendor's descriptions become documentation, and may hold code that is not Rust.
doctest = false

[dependencies]
hailuo-runtime.workspace = true
progenitor-client.workspace = true
reqwest.workspace = true
serde.workspace = true
{serde_json}
[lints.rust]
unsafe_code = \"forbid\"

[lints.clippy]
all = {{ level = \"allow\", priority = -1 }}
pedantic = {{ level = \"allow\", priority = -1 }}

[lints.rustdoc]
all = {{ level = \"allow\", priority = -1 }}
",
        version = toml_string(&source.version),
    )
}

/// A text as TOML writes it.
pub fn toml_string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The digest of what was fetched or is committed, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn generated(parts: &Parts<'_>) -> String {
    format!(
        "// Made by `cargo xtask regen {slug}` from specs/{slug}; do not edit. @generated\n\
         // Contract sha256 {digest}, {GENERATOR}.\n\n{code}",
        slug = parts.slug,
        digest = sha256(parts.contract.as_bytes()),
        code = parts.generated,
    )
}

/// What is handwritten in every client.
const LIBRARY: &str = include_str!("crate_files/lib.rs.in");

fn library(parts: &Parts<'_>) -> String {
    let Parts { slug, source, .. } = parts;
    LIBRARY
        .replace("@SLUG@", slug)
        .replace("@BASE_URL@", &format!("{:?}", source.base_url))
        .replace("@AUTH@", &auth(&source.auth))
}

fn auth(auth: &Auth) -> String {
    match auth.place {
        Place::Header => format!("Auth::header({:?}, {:?})", auth.name, auth.prefix),
        Place::Query => format!("Auth::query({:?})", auth.name),
        Place::Body => format!("Auth::body({:?})", auth.name),
    }
}

/// What is the same for every client.
const USE: &str = "
## Requests, answers, errors

- A builder takes what the vendor demands as it is, and what may be left out as an `Option`: `.seed(Some(7))`. What may be
  null has a method `…_null` as well. A call's own parameters need no `Some`.
- A field of an answer is an `Option<Lenient<T>>`: `field.and_then(Lenient::into_known)` is the value that was promised, and
  whatever came instead is kept. `answer.raw` is all that came.
- What went wrong is a `Failure` with `status()`, `retry_after()`, `body()`, and `request_sent()`: whether it may have cost
  money. `serde_json` reads its body as the type that the vendor's description has for it, in `types`.
- `Debug` of an answer shows what kind of value a field has, and not the value.
";

fn readme(parts: &Parts<'_>) -> String {
    let Parts { slug, source, lowered, .. } = parts;
    let mut text = format!(
        "<!-- Made by `cargo xtask regen {slug}` from specs/{slug}; do not edit. -->
# hailuo-{slug}

A typed client of {title}'s API, generated from the description in `specs/{slug}`. It knows the API and nothing else:
what the vendors have in common, and how not to pay twice, is the crate `hailuo`. Not affiliated with {title}.
",
        title = source.title,
    );
    let calls = example::calls(lowered);
    if let Some(example) = example::of(parts, &calls) {
        let _ = write!(text, "\n```rust,no_run\n{example}```\n");
    }
    text.push_str("\n## Operations\n\n| method | call |\n| --- | --- |\n");
    for call in calls.values() {
        let mark = if call.is_deprecated() { ", deprecated" } else { "" };
        // A bar would end the table's cell, also within code.
        let _ = writeln!(text, "| `{}` | `{}`{mark} |", call.name, call.route.replace('|', "\\|"));
    }
    text.push_str(USE);
    let notes = told(lowered);
    if !notes.is_empty() {
        text.push_str("\n## What the client leaves out\n\n");
        for note in notes {
            let _ = writeln!(text, "- {note}");
        }
    }
    text.push_str(
        "\n## License\n\nMIT OR Apache-2.0, at your option. The dependency `progenitor-client` is MPL-2.0.\n",
    );
    text
}
