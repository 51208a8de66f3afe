//! The files of a generated crate.
//!
//! A pure function of the contract and the generated source: no clock, no host, no absolute path.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use contract::source::{Auth, Place, Role, Source};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::client::GENERATOR;
use crate::lower::{notes, pascal, snake};

/// Files by their path from the repository's root.
pub type Files = BTreeMap<String, Vec<u8>>;

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

fn toml_string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn generated(parts: &Parts<'_>) -> String {
    let digest = Sha256::digest(parts.contract.as_bytes());
    let hex = digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!(
        "// Made by `cargo xtask regen {slug}` from specs/{slug}; do not edit. @generated\n\
         // Contract sha256 {hex}, {GENERATOR}.\n\n{code}",
        slug = parts.slug,
        code = parts.generated,
    )
}

fn library(parts: &Parts<'_>) -> String {
    let Parts { slug, source, .. } = parts;
    format!(
        "// Made by `cargo xtask regen {slug}` from specs/{slug}; do not edit. @generated
#![doc = include_str!(\"../README.md\")]

#[rustfmt::skip]
mod generated;

use hailuo_runtime::{{Auth, Config, ConfigError, Record, SecretString, Session}};
use progenitor_client::{{ClientHooks, OperationInfo}};

pub use generated::*;
pub use hailuo_runtime as runtime;

/// Where requests go unless [`Config::base_url`] says otherwise.
pub const BASE_URL: &str = {base_url:?};

/// Where the key goes.
pub const AUTH: Auth = {auth};

impl Client {{
    /// A client that sends `key` where the vendor wants it.
    ///
    /// # Errors
    /// The key is empty or cannot be sent, or no HTTP client can be built.
    pub fn connect(key: impl Into<SecretString>) -> Result<Self, ConfigError> {{
        Self::connect_with(Config::new(), key)
    }}

    /// A client with a configuration of its own.
    ///
    /// # Errors
    /// As [`Client::connect`], and if the configuration's base URL is none.
    pub fn connect_with(config: Config, key: impl Into<SecretString>) -> Result<Self, ConfigError> {{
        let (base_url, http, session) = config.build(BASE_URL, AUTH, key.into())?;
        Ok(Self::new_with_client(&base_url, http, session))
    }}

    /// A client whose next call is recorded: what [`Record::outcome`] needs to tell what became of it.
    pub fn recorded(&self) -> (Self, Record) {{
        let (session, record) = self.inner.recorded();
        (Self::new_with_client(&self.baseurl, self.client.clone(), session), record)
    }}
}}

impl ClientHooks<Session> for Client {{
    async fn pre<E>(&self, request: &mut reqwest::Request, info: &OperationInfo) -> Result<(), Error<E>> {{
        hailuo_runtime::pre(self, request, info).await
    }}

    fn exec(
        &self,
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> impl Future<Output = reqwest::Result<reqwest::Response>> {{
        hailuo_runtime::exec(self, request, info)
    }}
}}
",
        base_url = source.base_url,
        auth = auth(&source.auth),
    )
}

fn auth(auth: &Auth) -> String {
    match auth.place {
        Place::Header => format!("Auth::header({:?}, {:?})", auth.name, auth.prefix),
        Place::Query => format!("Auth::query({:?})", auth.name),
        Place::Body => format!("Auth::body({:?})", auth.name),
    }
}

fn readme(parts: &Parts<'_>) -> String {
    let Parts { slug, source, lowered, .. } = parts;
    let krate = format!("hailuo_{}", slug.replace('-', "_"));
    let mut text = format!(
        "<!-- Made by `cargo xtask regen {slug}` from specs/{slug}; do not edit. -->
# hailuo-{slug}

A typed client of {title}'s API, generated from the description in `specs/{slug}`. It knows the API and nothing else:
what the vendors have in common, and how not to pay twice, is the crate `hailuo`. Not affiliated with {title}.
",
        title = source.title,
    );
    let calls = calls(lowered);
    if let Some(example) = example(source, &krate, &calls, lowered) {
        let _ = write!(text, "\n```rust,no_run\n{example}```\n");
    }
    text.push_str("\n## Operations\n\n| method | call |\n| --- | --- |\n");
    for call in calls.values() {
        let _ = writeln!(text, "| `{}` | `{}` |", call.name, call.call);
    }
    let notes = notes(lowered);
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

struct Call<'a> {
    name: String,
    call: String,
    operation: &'a Value,
}

/// The operations of the client, by name.
fn calls(lowered: &Value) -> BTreeMap<String, Call<'_>> {
    let mut calls = BTreeMap::new();
    for (path, item) in lowered["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let Some(id) = operation["operationId"].as_str() else { continue };
            let call = Call { name: snake(id), call: format!("{} {path}", method.to_uppercase()), operation };
            calls.insert(id.to_owned(), call);
        }
    }
    calls
}

/// A submit and a poll, from the roles in `[operations]`.
fn example(source: &Source, krate: &str, calls: &BTreeMap<String, Call<'_>>, lowered: &Value) -> Option<String> {
    let by_role = |role: Role| {
        source
            .operations
            .iter()
            .filter(|(_, operation)| operation.role == Some(role))
            .find_map(|(name, _)| calls.get(name))
    };
    let submit = by_role(Role::Submit)?;
    let body = body_of(submit.operation, lowered);
    let names = if body.is_some() { "{Client, types}" } else { "Client" };
    let mut text = format!("use {krate}::{names};\n\n");
    let _ = write!(
        text,
        "# async fn example() -> Result<(), Box<dyn std::error::Error>> {{\nlet client = Client::connect(\"your key\")?;\n\n"
    );
    if let Some((name, schema)) = &body {
        let _ = writeln!(text, "let request = types::{}::builder()", pascal(name));
        for line in setters(schema, lowered) {
            let _ = writeln!(text, "    {line}");
        }
        text.truncate(text.trim_end().len());
        text.push_str(";\n");
    }
    text.push_str("let (recorded, record) = client.recorded();\n");
    let _ = writeln!(text, "let job = record.outcome(recorded.{}.send().await)?;", chain(submit, body.is_some()));
    text.push_str("println!(\"{:?}\", job.value);\n");
    if let Some(poll) = by_role(Role::Poll) {
        let _ = write!(
            text,
            "\nlet (recorded, record) = client.recorded();\nlet state = record.outcome(recorded.{}.send().await)?;\n\
             println!(\"{{:?}}\", state.value);\n",
            chain(poll, false)
        );
    }
    text.push_str("# Ok(())\n# }\n");
    Some(text)
}

/// The call with its required parameters.
fn chain(call: &Call<'_>, has_body: bool) -> String {
    let mut text = format!("{}()", call.name);
    for parameter in call.operation["parameters"].as_array().into_iter().flatten() {
        if parameter["required"] == true {
            let name = snake(parameter["name"].as_str().unwrap_or_default());
            let value = match parameter["schema"]["type"].as_str() {
                Some("integer") => "1",
                Some("boolean") => "true",
                _ => "\"the id in the answer\"",
            };
            let _ = write!(text, ".{name}({value})");
        }
    }
    if has_body {
        text.push_str(".body(request)");
    }
    text
}

fn body_of(operation: &Value, lowered: &Value) -> Option<(String, Value)> {
    let content = operation.pointer("/requestBody/content")?.as_object()?;
    let target = content.values().next()?.pointer("/schema/$ref")?.as_str()?;
    let name = target.rsplit('/').next()?.to_owned();
    let schema = lowered.pointer(&format!("/components/schemas/{name}"))?.clone();
    schema.get("properties").is_some().then_some((name, schema))
}

/// A setter per required property, and one that shows how an optional word is set.
fn setters(schema: &Value, lowered: &Value) -> Vec<String> {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut lines = Vec::new();
    let mut has_optional = false;
    for (property, shape) in schema["properties"].as_object().into_iter().flatten() {
        let is_required = required.contains(&property.as_str());
        let Some((value, is_enum)) = sample(shape, lowered) else { continue };
        let name = snake(property);
        if is_required && !is_enum {
            lines.push(format!(".{name}({value})"));
        } else if is_enum && (is_required || !has_optional) {
            has_optional |= !is_required;
            let target = shape.pointer("/$ref").or_else(|| shape.pointer("/allOf/0/$ref")).and_then(Value::as_str);
            let word = pascal(target.and_then(|t| t.rsplit('/').next()).unwrap_or_default());
            lines.push(format!(".{name}(types::{word}::try_from({value})?)"));
        }
    }
    lines
}

/// A value of the property, as Rust, and whether it is a word of an enum.
fn sample(shape: &Value, lowered: &Value) -> Option<(String, bool)> {
    if let Some(path) = shape.pointer("/x-rust-type/path").and_then(Value::as_str) {
        return (path == "hailuo_runtime::Media").then(|| ("\"https://example.com/picture.png\"".to_owned(), false));
    }
    let target = shape.pointer("/$ref").or_else(|| shape.pointer("/allOf/0/$ref")).and_then(Value::as_str);
    if let Some(name) = target.and_then(|target| target.rsplit('/').next()) {
        let words = lowered.pointer(&format!("/components/schemas/{name}/enum"))?.as_array()?;
        return words.first().map(|word| (word.to_string(), true));
    }
    match shape["type"].as_str()? {
        "string" => Some(("\"A slow pan over a quiet harbor at dawn.\"".to_owned(), false)),
        "integer" => Some(("1".to_owned(), false)),
        "number" => Some(("1.0".to_owned(), false)),
        "boolean" => Some(("true".to_owned(), false)),
        _ => None,
    }
}
