//! Words that must never be shown, in every spelling in which they might be.

use std::{
    error::Error,
    fmt::{Debug, Display, Write as _},
    io,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::pictures::png;

/// A prompt with characters that every encoding shows differently.
pub(crate) const PROMPT: &str = "canary-prompt \"狐\" & <fox> +=\\ 4b1d [推进]";

/// What makes a picture's bytes and a picture's URL recognizable.
pub(crate) const MARK: &str = "canary-image/8c2e+&=";

/// A picture that every vendor would take, with the mark in it.
pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = png(1024, 768);
    bytes.extend(MARK.as_bytes());
    bytes
}

/// Every spelling of a word.
fn spellings(word: &str) -> Vec<String> {
    let json = serde_json::to_string(word).unwrap();
    let percent: String = word
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let mut all = vec![
        word.to_owned(),
        json.trim_matches('"').to_owned(),
        format!("{word:?}").trim_matches('"').to_owned(),
        word.escape_default().to_string(),
        url::form_urlencoded::byte_serialize(word.as_bytes()).collect(),
        percent.to_ascii_lowercase(),
        percent,
    ];
    // In base64 a word has three spellings, by where in a group of three bytes it begins.
    for offset in 0..3 {
        let padded = [&[0; 3][..offset], word.as_bytes()].concat();
        let whole = padded.len() / 3 * 3;
        let skip = if offset == 0 { 0 } else { 4 };
        all.push(STANDARD.encode(&padded[..whole])[skip..].to_owned());
    }
    all
}

/// Fails if any spelling of a secret is in a text.
pub(crate) fn assert_hidden(text: &str, secrets: &[&str], context: &str) {
    for secret in secrets {
        for spelling in spellings(secret) {
            assert!(!text.contains(&spelling), "{context}: {spelling} is shown in\n{text}");
        }
    }
}

/// An error as a careless program would print it: `Debug`, pretty `Debug`, `Display`, and the same of every source.
pub(crate) fn printed(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        shown(&mut text, &error);
        next = error.source();
    }
    text
}

pub(crate) fn shown(text: &mut String, thing: &(impl Debug + Display)) {
    writeln!(text, "{thing}\n{thing:?}\n{thing:#?}").unwrap();
}

/// Everything that is logged in this thread, from the finest level up.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(move || log.clone())
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_secret_is_found_in_every_spelling() {
    for hidden in spellings(PROMPT) {
        let caught = std::panic::catch_unwind(|| assert_hidden(&format!("x{hidden}y"), &[PROMPT], ""));
        assert!(caught.is_err(), "{hidden}");
    }
    assert_hidden("nothing to see", &[PROMPT, MARK], "");
}
