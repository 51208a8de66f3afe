//! Ranges of a file (RFC 9110, sections 13 and 14): which bytes a request wants, and whether it may have them.

use http::{HeaderMap, Method, header};

/// What a request for a file is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Whole,
    /// From the first to the last byte, both counted from 0 and both included.
    Part(usize, usize),
    /// No byte of the file is in the range.
    OutOfReach,
    /// The client has the file already.
    NotModified,
}

/// Reads the conditional headers and the range of a request. A range that makes no sense, or asks for several parts,
/// is ignored, as the standard allows.
pub(crate) fn wanted(method: &Method, headers: &HeaderMap, length: usize, etag: &str, modified: &str) -> Wanted {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text(header::IF_NONE_MATCH)
        // Weak and strong tags are the same here.
        .is_some_and(|tags| {
            tags.split(',').map(str::trim).any(|tag| tag.trim_start_matches("W/") == etag || tag == "*")
        })
    {
        return Wanted::NotModified;
    }
    let is_same = text(header::IF_RANGE).is_none_or(|tag| tag == etag || tag == modified);
    match text(header::RANGE) {
        // Only of a GET a range can be asked for.
        Some(range) if is_same && method == Method::GET => parse(range, length),
        _ => Wanted::Whole,
    }
}

fn parse(range: &str, length: usize) -> Wanted {
    let Some((unit, Some((first, last)))) =
        range.split_once('=').map(|(unit, range)| (unit, range.trim().split_once('-')))
    else {
        return Wanted::Whole;
    };
    if !unit.eq_ignore_ascii_case("bytes") {
        return Wanted::Whole;
    }
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first > last => Wanted::Whole,
        (Some(first), _) if first >= length && (last.is_empty() || number(last).is_some()) => Wanted::OutOfReach,
        (Some(first), Some(last)) => Wanted::Part(first, last.min(length - 1)),
        (Some(first), None) if last.is_empty() => Wanted::Part(first, length - 1),
        (None, Some(0)) if first.is_empty() => Wanted::OutOfReach,
        (None, Some(_)) if first.is_empty() && length == 0 => Wanted::OutOfReach,
        (None, Some(count)) if first.is_empty() => Wanted::Part(length - count.min(length), length - 1),
        _ => Wanted::Whole,
    }
}

/// A number of digits only; one too large to count is the largest there is.
fn number(text: &str) -> Option<usize> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::{Wanted, wanted};
    use http::{HeaderMap, HeaderName, HeaderValue, Method};
    use proptest::prelude::*;

    fn ask(headers: &[(&str, &str)]) -> Wanted {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap()))
            .collect();
        wanted(&Method::GET, &headers, 100, "\"tag\"", "Mon, 01 Jan 2024 00:00:00 GMT")
    }

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        for (range, expected) in [
            ("bytes=0-9", Wanted::Part(0, 9)),
            ("bytes=90-", Wanted::Part(90, 99)),
            ("bytes=90-1000", Wanted::Part(90, 99)),
            ("bytes=-10", Wanted::Part(90, 99)),
            ("bytes=-1000", Wanted::Part(0, 99)),
            ("bytes=100-", Wanted::OutOfReach),
            ("bytes=99999999999999999999-", Wanted::OutOfReach),
            ("bytes=-0", Wanted::OutOfReach),
            ("bytes=9-0", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("Bytes= 0-9", Wanted::Part(0, 9)),
            ("lines=0-9", Wanted::Whole),
        ] {
            assert_eq!(ask(&[("range", range)]), expected, "{range}");
        }
    }

    #[test]
    fn a_range_of_another_version_is_the_whole_file() {
        let range = ("range", "bytes=50-");
        assert_eq!(ask(&[range, ("if-range", "\"tag\"")]), Wanted::Part(50, 99));
        assert_eq!(ask(&[range, ("if-range", "Mon, 01 Jan 2024 00:00:00 GMT")]), Wanted::Part(50, 99));
        assert_eq!(ask(&[range, ("if-range", "\"other\"")]), Wanted::Whole);
        assert_eq!(ask(&[range, ("if-range", "W/\"tag\"")]), Wanted::Whole);
        assert_eq!(ask(&[("if-none-match", "\"a\", \"tag\"")]), Wanted::NotModified);
        assert_eq!(ask(&[("if-none-match", "W/\"tag\"")]), Wanted::NotModified);
    }

    proptest! {
        #[test]
        fn any_range_stays_within_the_file(range in "(bytes=)?[0-9]{0,3}-?[0-9]{0,3}", length in 0_usize..300) {
            let mut headers = HeaderMap::new();
            headers.insert("range", HeaderValue::from_str(&range).unwrap());
            if let Wanted::Part(first, last) = wanted(&Method::GET, &headers, length, "", "") {
                prop_assert!(first <= last && last < length);
            }
        }
    }
}
