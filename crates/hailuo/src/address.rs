//! URLs as callers and vendors write them: whole or relative, with blanks, and to be shown without what they hide.

use url::{Host, Url};

/// Where a video is, by what an answer says of it: an http or https URL, or a path on the vendor's own origin. What
/// can be fetched as it stands is returned as it stands, since a signature may cover every byte of it.
#[cfg(feature = "_client")]
pub(crate) fn absolute(text: &str, base: &Url) -> Option<String> {
    let text = text.trim();
    if plain_host(text).is_some() {
        return Some(text.to_owned());
    }
    if text.starts_with('/') {
        return base.join(text).ok().filter(Url::has_host).map(String::from);
    }
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    Some(if http_host(text).is_ok() { text.to_owned() } else { url.into() })
}

/// Why a text is no URL that can be asked for.
pub(crate) enum NotHttp {
    Scheme,
    Invalid,
}

/// The host of an http or https URL that has none of the blanks and control characters that a parser would silently
/// drop.
pub(crate) fn http_host(text: &str) -> Result<Host<String>, NotHttp> {
    if let Some(host) = plain_host(text) {
        return Ok(Host::Domain(host.to_owned()));
    }
    let url = Url::parse(text).map_err(|_| NotHttp::Invalid)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(NotHttp::Scheme);
    }
    let dropped = |c: char| c.is_control() || c.is_whitespace();
    let host = url.host().filter(|_| !text.contains(dropped)).ok_or(NotHttp::Invalid)?;
    Ok(host.to_owned())
}

/// The host's name in a text that can be nothing but a sound http or https URL, by looking at its characters: in nearly
/// every URL there is.
fn plain_host(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    // A last label with a letter in front is no number of an IPv4 address; a punycode label may be a false one.
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_plain = last.starts_with(|first: char| first.is_ascii_lowercase())
        && host.bytes().all(is_name)
        && !host.contains("xn--")
        && path.bytes().all(|byte| byte.is_ascii_graphic());
    is_plain.then_some(host)
}

/// A URL without what may be secret in it: user and password, and the query, which is often a signature.
pub(crate) fn shown(url: &str) -> String {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = bare.split_once("://") else {
        return bare.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}

#[cfg(all(test, feature = "_client"))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn resolved(text: &str) -> Option<String> {
        absolute(text, &Url::parse("https://api.vendor.example/v1").unwrap())
    }

    #[test]
    fn a_url_is_kept_as_it_stands_if_it_can_be_fetched() {
        for url in [
            "https://cdn.example/v.mp4?sig=A%2fb%2F+c",
            "http://cdn.example",
            "https://CDN.example/v.mp4",
            "HTTPS://cdn.example/v.mp4",
            "https://user:pass@cdn.example/v.mp4",
            "https://[2001:db8::1]:8443/v.mp4",
            "http://127.0.0.1:9/v.mp4",
            "https://b\u{fc}cher.example/v.mp4",
            "https://cdn.example/\u{72d0}.mp4",
        ] {
            assert_eq!(resolved(url).as_deref(), Some(url));
            assert_eq!(resolved(&format!(" {url}\n")).as_deref(), Some(url));
        }
    }

    #[test]
    fn a_relative_or_careless_url_is_made_whole() {
        for (text, expected) in [
            ("/v.mp4?a=b", "https://api.vendor.example/v.mp4?a=b"),
            ("//cdn.example/v.mp4", "https://cdn.example/v.mp4"),
            ("https://cdn.example/the fox.mp4", "https://cdn.example/the%20fox.mp4"),
            ("https:\\\\cdn.example\\v.mp4", "https:\\\\cdn.example\\v.mp4"),
        ] {
            assert_eq!(resolved(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_fetched_is_no_address() {
        for text in [
            "",
            " ",
            "v.mp4",
            "https://",
            "http://a..example:port/",
            "https://xn--a.example/",
            "https://1.2.3.999/",
            "ftp://cdn.example/v.mp4",
            "file:///etc/passwd",
            "data:video/mp4;base64,AAAA",
            "javascript:alert(1)",
        ] {
            assert_eq!(resolved(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_secret_is_shown() {
        for (url, expected) in [
            ("https://cdn.example/v.mp4?sig=canary#canary", "https://cdn.example/v.mp4"),
            ("https://canary:canary@cdn.example/v.mp4", "https://cdn.example/v.mp4"),
            ("https://can@ary@cdn.example/a@b.mp4", "https://cdn.example/a@b.mp4"),
            ("https://canary@cdn.example?x", "https://cdn.example"),
        ] {
            assert_eq!(shown(url), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_looks_plain_is_a_url(host in "[a-z0-9.-]{1,20}", path in "[/?#][!-~]{0,20}", any in "https?://\\PC{0,20}") {
            for text in [format!("https://{host}{path}"), any] {
                if let Some(host) = plain_host(&text) {
                    let url = Url::parse(&text).ok();
                    proptest::prop_assert_eq!(url.as_ref().and_then(Url::host_str), Some(host), "{}", text);
                }
            }
        }
    }
}
