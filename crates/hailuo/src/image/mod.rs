//! The picture: where it comes from, and what its first bytes say about it.
//!
//! Nothing is decoded. Limits are judged in [`crate::rules`]; base64 is written by the runtime, straight into the body.

mod data_url;
mod probe;

use std::{
    borrow::Cow,
    fmt,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};

pub use probe::ImageFormat;
pub(crate) use probe::{guess, probe};

use crate::{
    request::RuleMode,
    rules::{self, Code, Field, Violation},
};

/// A picture as the caller has it.
///
/// Text that begins with `data:` is a data URL, every other text a URL. A file is never read because of text: say
/// [`Image::path`], so that a request from a stranger's JSON cannot name a file of this machine.
///
/// ```
/// use hailuo::{Image, ImageToVideo, Violations};
///
/// fn from_an_upload(png: Vec<u8>) -> Result<ImageToVideo, Violations> {
///     ImageToVideo::builder().image(png).prompt("The fox turns its head.").build() // or `Image::bytes`
/// }
///
/// let no_picture = from_an_upload(b"GIF89a".to_vec()).unwrap_err();
/// assert_eq!(no_picture.iter().next().map(|violation| violation.code().as_str()), Some("image_format"));
/// # assert!(ImageToVideo::builder().image(Image::path("/no/such/file")).build().is_err());
/// ```
#[derive(Clone)]
pub struct Image(Source);

#[derive(Clone)]
enum Source {
    Url(String),
    DataUrl(String),
    Bytes(Bytes),
    Path(PathBuf),
}

impl Image {
    /// A picture that the vendor fetches itself; http or https.
    pub fn url(url: impl Into<String>) -> Self {
        Self(Source::Url(url.into()))
    }

    /// A picture in memory. Its format is read from the bytes.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self(Source::Bytes(bytes.into()))
    }

    /// A picture in a file, read when the request is built.
    pub fn path(path: impl AsRef<Path>) -> Self {
        Self(Source::Path(path.as_ref().to_owned()))
    }

    /// A picture as a data URL.
    pub fn data_url(url: impl Into<String>) -> Self {
        Self(Source::DataUrl(url.into()))
    }

    pub(crate) fn resolve(self, mode: RuleMode, fatal: &mut Vec<Violation>, broken: &mut Vec<Violation>) -> Picture {
        match self.0 {
            Source::Url(url) => Picture(Repr::Url(url)),
            Source::Bytes(bytes) => Picture::from_bytes(bytes, None),
            Source::Path(path) => match read(&path, mode) {
                Ok(bytes) => Picture::from_bytes(bytes, None),
                Err(violation) => {
                    if violation.code() == Code::ImageTooLarge {
                        broken.push(violation);
                    } else {
                        fatal.push(violation);
                    }
                    Picture::nothing()
                }
            },
            Source::DataUrl(text) => match data_url::decode(&text) {
                Ok((declared, bytes)) => Picture::from_bytes(bytes, declared),
                Err(problem) => {
                    broken.push(Violation::new(
                        Code::ImageDataUrl,
                        Field::Image,
                        problem,
                        "data:image/<type>;base64,<data>",
                    ));
                    Picture(Repr::Text(text))
                }
            },
        }
    }
}

/// Reads a regular file. Under strict rules one that is too large is not read at all.
fn read(path: &Path, mode: RuleMode) -> Result<Bytes, Violation> {
    let unreadable = |problem: String| {
        Violation::new(Code::ImageUnreadable, Field::Image, problem, "a readable JPEG, PNG or WebP file")
    };
    let failed = |error: io::Error| {
        unreadable(match error.kind() {
            ErrorKind::NotFound => "file does not exist".to_owned(),
            kind => format!("file cannot be read: {kind}"),
        })
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(unreadable("path does not name a regular file".to_owned()));
    }
    if mode == RuleMode::Strict && metadata.len() >= rules::IMAGE_MAX_BYTES {
        return Err(rules::too_large(metadata.len()));
    }
    std::fs::read(path).map(Bytes::from).map_err(failed)
}

impl From<&str> for Image {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Image {
    fn from(text: String) -> Self {
        let is_data = text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
        Self(if is_data { Source::DataUrl(text) } else { Source::Url(text) })
    }
}

impl From<Bytes> for Image {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Vec<u8>> for Image {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<&Path> for Image {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}

impl From<PathBuf> for Image {
    fn from(path: PathBuf) -> Self {
        Self(Source::Path(path))
    }
}

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl JsonSchema for Image {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Image".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "uri",
            "pattern": "^([Hh][Tt][Tt][Pp][Ss]?://|[Dd][Aa][Tt][Aa]:)",
            "contentMediaType": "image/*"
        })
    }
}

/// Says what kind of picture it is, never which.
impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Source::Url(_) => "Image(url)",
            Source::DataUrl(_) => "Image(data url)",
            Source::Bytes(_) => "Image(bytes)",
            Source::Path(_) => "Image(file)",
        })
    }
}

/// The picture of a finished request: a URL, or bytes with what they say of themselves.
#[derive(Clone, PartialEq)]
pub struct Picture(Repr);

#[derive(Clone, PartialEq)]
enum Repr {
    /// Only while a request is refused; no request that was built holds it.
    Nothing,
    Url(String),
    /// A data URL that could not be read, under rules that are not strict.
    Text(String),
    Bytes {
        bytes: Bytes,
        format: Option<ImageFormat>,
        size: Option<(u32, u32)>,
        /// What a data URL called them, if the bytes do not say the same.
        declared: Option<String>,
    },
}

impl Picture {
    pub(crate) fn nothing() -> Self {
        Self(Repr::Nothing)
    }

    fn from_bytes(bytes: Bytes, declared: Option<String>) -> Self {
        let (format, size) = probe(&bytes);
        let declared = declared.filter(|declared| format.is_none_or(|format| !format.is_called(declared)));
        Self(Repr::Bytes { bytes, format, size, declared })
    }

    /// The URL or, under rules that are not strict, the text that was given for one.
    pub fn text(&self) -> Option<&str> {
        match &self.0 {
            Repr::Url(text) | Repr::Text(text) => Some(text),
            Repr::Bytes { .. } | Repr::Nothing => None,
        }
    }

    /// The bytes, unless the vendor is to fetch the picture.
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Repr::Bytes { bytes, .. } => Some(bytes),
            _ => None,
        }
    }

    /// The format that the bytes show.
    pub fn format(&self) -> Option<ImageFormat> {
        match self.0 {
            Repr::Bytes { format, .. } => format,
            _ => None,
        }
    }

    /// Width and height in pixels, as the bytes' header states them.
    pub fn dimensions(&self) -> Option<(u32, u32)> {
        match self.0 {
            Repr::Bytes { size, .. } => size,
            _ => None,
        }
    }

    /// The media type that goes with the bytes: what they are, whatever a data URL called them.
    pub fn content_type(&self) -> &str {
        match &self.0 {
            Repr::Bytes { format: Some(format), .. } => format.media_type(),
            Repr::Bytes { declared: Some(declared), .. } => declared,
            _ => "application/octet-stream",
        }
    }

    /// Whether a data URL called the bytes something else than they are.
    pub(crate) fn is_mislabeled(&self) -> bool {
        matches!(&self.0, Repr::Bytes { format: Some(_), declared: Some(_), .. })
    }

    pub(crate) fn is_url(&self) -> bool {
        matches!(self.0, Repr::Url(_))
    }

    /// Whether it travels inside the request.
    pub(crate) fn is_inline(&self) -> bool {
        matches!(self.0, Repr::Bytes { .. } | Repr::Text(_))
    }
}

impl Serialize for Picture {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Url(text) | Repr::Text(text) => serializer.serialize_str(text),
            Repr::Bytes { bytes, .. } => serializer.collect_str(&data_url::Encoded(self.content_type(), bytes)),
            Repr::Nothing => serializer.serialize_none(),
        }
    }
}

/// Says what kind of picture it is, never which.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Nothing => f.write_str("Picture(none)"),
            Repr::Url(_) => f.write_str("Picture(url)"),
            Repr::Text(_) => f.write_str("Picture(text)"),
            Repr::Bytes { bytes, format, size, .. } => f
                .debug_struct("Picture")
                .field("bytes", &bytes.len())
                .field("format", format)
                .field("size", size)
                .finish(),
        }
    }
}
