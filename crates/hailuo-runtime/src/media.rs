//! A picture in a request: a URL, or the picture itself as a data URL that is written only when it is sent.

use std::{convert::Infallible, fmt, str::FromStr, sync::Arc};

use base64::{display::Base64Display, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A picture: where it is, or what it is.
///
/// Nothing about it is checked here; what a picture may be is the facade's to say, and in the end the vendor's. Cheap
/// to clone: the bytes are shared. `Debug` shows what kind it is and how long, never its content.
///
/// ```
/// use hailuo_runtime::Media;
///
/// let there = Media::url("https://example.com/cat.png");
/// let here = Media::bytes(&b"\x89PNG"[..], "image/png");
/// assert_eq!(serde_json::to_string(&there)?, r#""https://example.com/cat.png""#);
/// assert_eq!(serde_json::to_string(&here)?, r#""data:image/png;base64,iVBORw==""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Media(Content);

#[derive(Clone, PartialEq, Eq)]
enum Content {
    /// An `Arc<String>`, and not an `Arc<str>`, takes over a data URL of 27 MB without copying it.
    Text(Arc<String>),
    Bytes {
        bytes: Bytes,
        content_type: Arc<str>,
    },
}

impl Media {
    /// A picture that the vendor fetches from `url`. A `data:` URL is as good.
    pub fn url(url: impl Into<String>) -> Self {
        Self(Content::Text(Arc::new(url.into())))
    }

    /// A picture of the given content type, `image/png` for example. It is sent as a data URL in base64, which is
    /// four thirds of its size and is written straight into the body.
    pub fn bytes(bytes: impl Into<Bytes>, content_type: impl Into<Arc<str>>) -> Self {
        Self(Content::Bytes { bytes: bytes.into(), content_type: content_type.into() })
    }
}

fn is_data_url(url: &str) -> bool {
    url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

impl From<String> for Media {
    fn from(url: String) -> Self {
        Self::url(url)
    }
}

impl From<&str> for Media {
    fn from(url: &str) -> Self {
        Self::url(url)
    }
}

impl From<&String> for Media {
    fn from(url: &String) -> Self {
        Self::url(url.as_str())
    }
}

impl From<url::Url> for Media {
    fn from(url: url::Url) -> Self {
        Self::url(url)
    }
}

impl FromStr for Media {
    type Err = Infallible;

    fn from_str(url: &str) -> Result<Self, Infallible> {
        Ok(Self::url(url))
    }
}

impl Serialize for Media {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Content::Text(url) => serializer.serialize_str(url),
            // `collect_str` writes through; a formatted string would be a second copy of the picture.
            Content::Bytes { bytes, content_type } => {
                let base64 = Base64Display::new(bytes, &STANDARD);
                serializer.collect_str(&format_args!("data:{content_type};base64,{base64}"))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Media {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::url)
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Text(url) if is_data_url(url) => {
                write!(f, "Media(data URL, {}, {} characters)", label(&url[5..]), url.len())
            }
            Content::Text(url) => write!(f, "Media(URL, {} characters)", url.len()),
            Content::Bytes { bytes, content_type } => {
                write!(f, "Media({}, {} bytes)", label(content_type), bytes.len())
            }
        }
    }
}

/// A content type at the beginning of a text, if it looks like one: whatever else stands there is not shown.
fn label(text: &str) -> &str {
    let end = text.find([';', ',']).unwrap_or(text.len());
    let (kind, subtype) = text[..end].split_once('/').unwrap_or_default();
    let plain = |part: &str| {
        (1..=40).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric() || "+-.*".contains(c))
    };
    if plain(kind) && plain(subtype) { &text[..end] } else { "no type" }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use super::*;

    #[test]
    fn debug_shows_kind_type_and_length_only() {
        for (media, expected) in [
            (Media::url("https://a.example/canary?token=canary"), "Media(URL, 37 characters)"),
            (Media::url("data:image/png;base64,canary"), "Media(data URL, image/png, 28 characters)"),
            (Media::url("DATA:image/png,canary"), "Media(data URL, image/png, 21 characters)"),
            (Media::url("data:canary"), "Media(data URL, no type, 11 characters)"),
            (Media::url("d\u{e4}ta:canary"), "Media(URL, 12 characters)"),
            (Media::bytes(&b"canary"[..], "image/webp"), "Media(image/webp, 6 bytes)"),
            (Media::bytes(&b"canary"[..], "canary canary"), "Media(no type, 6 bytes)"),
            (Media::url(""), "Media(URL, 0 characters)"),
        ] {
            assert_eq!(format!("{media:?}"), expected);
        }
    }

    #[test]
    fn a_picture_is_one_json_string() {
        for (media, expected) in [
            (Media::from("https://a.example/\"x\""), r#""https://a.example/\"x\"""#),
            (Media::bytes(&b""[..], "image/png"), r#""data:image/png;base64,""#),
            (Media::bytes(&[0xff, 0xfe][..], "image/jpeg"), r#""data:image/jpeg;base64,//4=""#),
            (Media::bytes(&b"a"[..], "a\"b"), r#""data:a\"b;base64,YQ==""#),
        ] {
            let json = serde_json::to_string(&media).unwrap();
            assert_eq!(json, expected);
            let back: Media = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&back).unwrap(), json);
        }
    }

    #[test]
    fn a_clone_shares_the_bytes() {
        let bytes = Bytes::from(vec![0; 100]);
        let media = Media::bytes(bytes.clone(), "image/png").clone();
        let Content::Bytes { bytes: shared, .. } = &media.0 else { unreachable!("made from bytes") };
        assert_eq!(shared.as_ptr(), bytes.as_ptr());
    }
}
