//! A value that stands between two slashes of a URL's path, and stays there.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A path parameter: never empty, never `.` or `..`, in no spelling that a client or a server might take for one.
///
/// Generated code percent-encodes what it puts into a path, but no encoding keeps `..` from climbing: URLs are
/// normalized after it. A slash is encoded and stays; a backslash is refused, since a URL parser takes it for a slash.
///
/// ```
/// use hailuo_runtime::PathSegment;
///
/// assert_eq!(PathSegment::try_from("task-1")?.as_str(), "task-1");
/// assert!(PathSegment::try_from("..").is_err());
/// # Ok::<(), hailuo_runtime::InvalidPathSegment>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PathSegment(String);

/// Why a value cannot stand in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPathSegment {
    /// It is the empty string.
    #[error("a path segment cannot be empty")]
    Empty,
    /// It is, or contains between slashes, `.` or `..`.
    #[error("a path segment cannot be `.` or `..`")]
    Dots,
    /// It has a backslash.
    #[error("a path segment cannot have a backslash")]
    Backslash,
    /// It has a control character.
    #[error("a path segment cannot have control characters")]
    Control,
    /// An item of a list has a comma, which stands between items.
    #[error("an item of a list in a path cannot have a comma")]
    Comma,
}

impl PathSegment {
    /// The value as it was given, not encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(text: &str) -> Result<(), InvalidPathSegment> {
    if text.is_empty() {
        return Err(InvalidPathSegment::Empty);
    }
    // As it is read after one more decoding, which is one more than anybody should do.
    let decoded = text.replace("%2e", ".").replace("%2E", ".").replace("%2f", "/").replace("%2F", "/");
    let decoded = decoded.replace("%5c", "\\").replace("%5C", "\\");
    if decoded.contains('\\') {
        return Err(InvalidPathSegment::Backslash);
    }
    if decoded.split('/').any(|part| matches!(part.trim(), "." | "..")) {
        return Err(InvalidPathSegment::Dots);
    }
    if text.chars().any(char::is_control) {
        return Err(InvalidPathSegment::Control);
    }
    Ok(())
}

impl TryFrom<String> for PathSegment {
    type Error = InvalidPathSegment;

    fn try_from(text: String) -> Result<Self, InvalidPathSegment> {
        check(&text).map(|()| Self(text))
    }
}

impl TryFrom<&str> for PathSegment {
    type Error = InvalidPathSegment;

    fn try_from(text: &str) -> Result<Self, InvalidPathSegment> {
        check(text).map(|()| Self(text.to_owned()))
    }
}

/// A list is one segment, with commas between its items.
impl<T: ToString> TryFrom<Vec<T>> for PathSegment {
    type Error = InvalidPathSegment;

    fn try_from(items: Vec<T>) -> Result<Self, InvalidPathSegment> {
        let items: Vec<String> = items.iter().map(ToString::to_string).collect();
        for item in &items {
            check(item)?;
            if item.contains(',') {
                return Err(InvalidPathSegment::Comma);
            }
        }
        Self::try_from(items.join(","))
    }
}

impl<T: ToString, const N: usize> TryFrom<[T; N]> for PathSegment {
    type Error = InvalidPathSegment;

    fn try_from(items: [T; N]) -> Result<Self, InvalidPathSegment> {
        Self::try_from(Vec::from(items))
    }
}

impl TryFrom<&String> for PathSegment {
    type Error = InvalidPathSegment;

    fn try_from(text: &String) -> Result<Self, InvalidPathSegment> {
        Self::try_from(text.as_str())
    }
}

impl FromStr for PathSegment {
    type Err = InvalidPathSegment;

    fn from_str(text: &str) -> Result<Self, InvalidPathSegment> {
        Self::try_from(text)
    }
}

impl From<u64> for PathSegment {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

impl From<i64> for PathSegment {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl From<PathSegment> for String {
    fn from(segment: PathSegment) -> Self {
        segment.0
    }
}

impl AsRef<str> for PathSegment {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PathSegment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use progenitor_client::encode_path;
    use url::Url;

    use super::*;

    #[test]
    fn what_could_climb_is_refused() {
        use InvalidPathSegment::{Backslash, Control, Dots, Empty};
        for (text, expected) in [
            ("", Empty),
            (".", Dots),
            ("..", Dots),
            ("%2e", Dots),
            ("%2E%2e", Dots),
            (".%2e", Dots),
            ("../a", Dots),
            ("a/..", Dots),
            ("a/./b", Dots),
            ("..%2fa", Dots),
            ("a%2F..%2F..%2Fb", Dots),
            (".. ", Dots),
            ("..\\a", Backslash),
            ("a\\b", Backslash),
            ("..%5Ca", Backslash),
            ("a\nb", Control),
            ("\u{0}", Control),
            ("a\u{7f}", Control),
            ("\u{85}", Control),
        ] {
            assert_eq!(PathSegment::try_from(text), Err(expected), "{text:?}");
            assert!(serde_json::from_value::<PathSegment>(text.into()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_is_accepted_stays_one_segment() {
        for text in
            ["a", "...", "..a", "a..", "mmsu_1-2.3", "a/b", "a b", "a%b", "100%", "?x=1", "#x", "\u{5de6}\u{79fb}", ";"]
        {
            let segment: PathSegment = text.parse().unwrap();
            assert_eq!(segment.to_string(), text);
            let url = Url::parse(&format!("http://a.example/x/{}/y", encode_path(segment.as_str()))).unwrap();
            let segments: Vec<&str> = url.path_segments().unwrap().collect();
            assert_eq!((segments.len(), segments[0], segments[2]), (3, "x", "y"), "{text:?}");
            assert_eq!((url.query(), url.fragment()), (None, None), "{text:?}");
        }
    }

    #[test]
    fn a_list_is_one_segment() {
        assert_eq!(PathSegment::try_from(["a", "b"]).unwrap().as_str(), "a,b");
        assert_eq!(PathSegment::try_from(vec![1, -2]).unwrap().as_str(), "1,-2");
        assert_eq!(PathSegment::try_from(["a,b"]), Err(InvalidPathSegment::Comma));
        assert_eq!(PathSegment::try_from(["a", ".."]), Err(InvalidPathSegment::Dots));
        assert_eq!(PathSegment::try_from(Vec::<String>::new()), Err(InvalidPathSegment::Empty));
    }

    #[test]
    fn numbers_are_segments() {
        assert_eq!(PathSegment::from(12_u64).as_str(), "12");
        assert_eq!(serde_json::to_string(&PathSegment::from(-1_i64)).unwrap(), "\"-1\"");
    }
}
