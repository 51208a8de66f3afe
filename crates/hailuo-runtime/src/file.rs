//! A file in a request: a part of a form, or a whole body.

use std::{
    cell::RefCell,
    collections::hash_map::RandomState,
    fmt,
    hash::{BuildHasher as _, Hasher as _},
    sync::Arc,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What is sent of a file that has no name.
const UNNAMED: &str = "file";

/// A file that is uploaded: its name, its bytes, and what they are.
///
/// Generated code takes one where a vendor's form or body is described as binary. The content type is told from the
/// name's extension unless it is given. Cheap to clone: the bytes are shared. `Debug` shows how long it is, never what
/// is in it.
///
/// ```
/// use hailuo_runtime::File;
///
/// let picture = File::new("fox.png", &b"\x89PNG"[..]);
/// assert_eq!(picture.content_type(), Some("image/png"));
/// let other = File::new("fox", vec![0xff, 0xd8]).with_content_type("image/jpeg");
/// assert_eq!(other.name(), "fox");
/// # let _: File = vec![1, 2, 3].into();
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    name: Arc<str>,
    content_type: Option<Arc<str>>,
    bytes: Bytes,
}

impl File {
    /// A file of that name.
    pub fn new(name: impl Into<Arc<str>>, bytes: impl Into<Bytes>) -> Self {
        let name = name.into();
        let content_type = told_by(&name).map(Arc::from);
        Self { name, content_type, bytes: bytes.into() }
    }

    /// The same with the content type that it is sent with.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<Arc<str>>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The name that it is sent under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is, if that was given or the name tells it.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// What is in it.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

/// The content type that a name's extension tells.
fn told_by(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "mp3" | "mpga" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "ogg" | "oga" => "audio/ogg",
        "json" => "application/json",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "csv" => "text/csv",
        "txt" => "text/plain",
        _ => return None,
    })
}

impl From<Bytes> for File {
    fn from(bytes: Bytes) -> Self {
        Self::new(UNNAMED, bytes)
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(UNNAMED, bytes)
    }
}

impl From<&'static [u8]> for File {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(UNNAMED, bytes)
    }
}

impl<const N: usize> From<&'static [u8; N]> for File {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::from(&bytes[..])
    }
}

impl From<String> for File {
    fn from(text: String) -> Self {
        Self::new(UNNAMED, text)
    }
}

thread_local! {
    /// The files of the form that is being written on this thread.
    static COLLECTED: RefCell<Option<Collected>> = const { RefCell::new(None) };
}

/// Files that were met while a value was serialized, each of which left a mark in its place.
pub(crate) struct Collected {
    /// What no text of the caller's begins with.
    mark: String,
    files: Vec<File>,
}

impl Collected {
    /// Runs `f`, and has every file that is serialized in the meantime.
    pub(crate) fn during<T>(f: impl FnOnce() -> T) -> (T, Self) {
        let mark = format!("file {} ", random());
        let before = COLLECTED.replace(Some(Self { mark, files: Vec::new() }));
        let result = f();
        let collected = COLLECTED.replace(before);
        (result, collected.unwrap_or_else(|| Self { mark: random(), files: Vec::new() }))
    }

    /// The file whose mark this is.
    pub(crate) fn at(&self, text: &str) -> Option<&File> {
        self.files.get(text.strip_prefix(&self.mark)?.parse::<usize>().ok()?)
    }

    /// Whether a mark is somewhere in the text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        !self.files.is_empty() && text.contains(&self.mark)
    }
}

/// A text that nobody guesses.
pub(crate) fn random() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), number())
}

impl Serialize for File {
    /// In a form a mark, in whose place the form has the file; otherwise text, or base64 if it is no text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mark = COLLECTED.with_borrow_mut(|collected| {
            let collected = collected.as_mut()?;
            collected.files.push(self.clone());
            Some(format!("{}{}", collected.mark, collected.files.len() - 1))
        });
        match (mark, std::str::from_utf8(&self.bytes)) {
            (Some(mark), _) => serializer.serialize_str(&mark),
            (None, Ok(text)) => serializer.serialize_str(text),
            (None, Err(_)) => serializer.serialize_str(&STANDARD.encode(&self.bytes)),
        }
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({} bytes)", self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use super::*;

    #[test]
    fn a_file_tells_what_it_is_and_shows_nothing_of_it() {
        let file = File::new("canary.MP4", &b"canary"[..]);
        assert_eq!(file.content_type(), Some("video/mp4"));
        assert_eq!(File::from(b"canary".to_vec()).content_type(), None);
        assert_eq!(format!("{file:?}"), "File(6 bytes)");
    }

    #[test]
    fn outside_of_a_form_a_file_is_text() {
        for (bytes, expected) in [(&b"text"[..], "\"text\""), (&[0xff, 0xfe][..], "\"//4=\"")] {
            assert_eq!(serde_json::to_string(&File::from(bytes)).unwrap(), expected);
        }
    }
}
