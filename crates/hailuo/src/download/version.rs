//! Which version of a file a part belongs to: the same URL may give another one tomorrow, and a file made of two is no
//! video.

use hailuo_runtime::reqwest::{
    Response, StatusCode,
    header::{CONTENT_RANGE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED},
};
use serde::{Deserialize, Serialize};

/// What a server says of a version. It is kept beside the part, for the process that goes on with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Version {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) total: Option<u64>,
}

impl Version {
    /// What the head of an answer says.
    pub(super) fn of(response: &Response) -> Self {
        let headers = response.headers();
        let total = match response.status() {
            StatusCode::PARTIAL_CONTENT => range(headers).and_then(|(_, total)| total),
            _ => response.content_length(),
        };
        let text = |name: HeaderName| text(headers, name).map(str::to_owned);
        Self { etag: text(ETAG), modified: text(LAST_MODIFIED), total }
    }

    /// What makes a server send the rest of this version or the whole of another one: a strong tag or a date.
    pub(super) fn validator(&self) -> Option<&str> {
        self.etag.as_deref().filter(|tag| !tag.starts_with("W/")).or(self.modified.as_deref())
    }

    /// Whether nothing that both say differs. That both say something is not required: there is an overlap to compare.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
            one.zip(other).is_none_or(|(one, other)| one == other)
        }
        // Whether a tag is weak says nothing about which version it names.
        let tag = |version: &Self| version.etag.as_deref().map(|tag| tag.trim_start_matches("W/").to_owned());
        same(tag(self).as_ref(), tag(other).as_ref())
            && same(self.modified.as_ref(), other.modified.as_ref())
            && same(self.total.as_ref(), other.total.as_ref())
    }
}

pub(super) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// `bytes 10-19/20` is (10, 20).
pub(super) fn range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let (unit, rest) = text(headers, CONTENT_RANGE)?.trim().split_once(' ')?;
    let (span, total) = rest.trim().split_once('/')?;
    let (start, _) = span.split_once('-')?;
    unit.eq_ignore_ascii_case("bytes").then_some(())?;
    Some((start.trim().parse().ok()?, total.trim().parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(etag: &str, modified: &str, total: Option<u64>) -> Version {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Version { etag: text(etag), modified: text(modified), total }
    }

    #[test]
    fn versions_agree_unless_they_contradict() {
        let known = version("\"a\"", "Mon", Some(9));
        for (other, agrees) in [
            (version("\"a\"", "Mon", Some(9)), true),
            (version("W/\"a\"", "", None), true),
            (version("", "", None), true),
            (version("\"b\"", "Mon", Some(9)), false),
            (version("\"a\"", "Tue", Some(9)), false),
            (version("\"a\"", "Mon", Some(8)), false),
        ] {
            assert_eq!(known.agrees(&other), agrees, "{other:?}");
            assert_eq!(other.agrees(&known), agrees, "{other:?}");
        }
    }

    #[test]
    fn only_a_strong_tag_or_a_date_serves_for_a_range() {
        assert_eq!(version("\"a\"", "Mon", None).validator(), Some("\"a\""));
        assert_eq!(version("W/\"a\"", "Mon", None).validator(), Some("Mon"));
        assert_eq!(version("W/\"a\"", "", None).validator(), None);
    }
}
