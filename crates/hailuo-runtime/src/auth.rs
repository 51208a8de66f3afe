//! Where a vendor wants its key, and what a key may consist of.
//!
//! Leaves the act of putting the key into a request to [`pre`](crate::pre).

use reqwest::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use crate::ConfigError;

/// The one place in a request where a vendor looks for the key.
///
/// ```
/// use hailuo_runtime::Auth;
///
/// const AUTH: Auth = Auth::header("Authorization", "Bearer ");
/// # let _ = AUTH;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Auth(pub(crate) Place);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Header { name: &'static str, prefix: &'static str },
    Query { name: &'static str },
    Body { property: &'static str },
}

impl Auth {
    /// The key is the value of the header `name`, after `prefix`, which is put before the key as it is: `"Bearer "`
    /// with its space.
    pub const fn header(name: &'static str, prefix: &'static str) -> Self {
        Self(Place::Header { name, prefix })
    }

    /// The key is the value of the query parameter `name`.
    pub const fn query(name: &'static str) -> Self {
        Self(Place::Query { name })
    }

    /// The key is the property `property` of the JSON object that is the body.
    ///
    /// It becomes the first bytes of the body. A request that has no body gets one if its method is POST, PUT or
    /// PATCH; one with another method goes without a key.
    pub const fn body(property: &'static str) -> Self {
        Self(Place::Body { property })
    }

    /// Finds out at once, and not at the first paid request, that a key cannot be sent.
    pub(crate) fn check(self, key: &SecretString) -> Result<(), ConfigError> {
        let key = key.expose_secret();
        if key.is_empty() {
            return Err(ConfigError::EmptyKey);
        }
        // Visible ASCII only: a header could carry a space or a tab, but a key never has one, and a line break at the
        // end is the commonest mistake there is.
        if let Some(position) = key.chars().position(|character| !character.is_ascii_graphic()) {
            return Err(ConfigError::KeyCharacter { position: position + 1 });
        }
        if let Place::Header { name, prefix } = self.0
            && (HeaderName::from_bytes(name.as_bytes()).is_err() || HeaderValue::from_str(prefix).is_err())
        {
            return Err(ConfigError::AuthHeader { name });
        }
        Ok(())
    }

    /// The header that carries the key, if one does.
    pub(crate) fn header_name(self) -> Option<HeaderName> {
        match self.0 {
            Place::Header { name, .. } => HeaderName::from_bytes(name.as_bytes()).ok(),
            Place::Query { .. } | Place::Body { .. } => None,
        }
    }

    /// The URL as it may be shown, without the key, if it has one.
    pub(crate) fn shown(self, url: &Url) -> Option<Url> {
        let Place::Query { name } = self.0 else { return None };
        let mut url = url.clone();
        remove_pair(&mut url, name);
        Some(url)
    }
}

/// Removes every query parameter called `name`, and leaves the bytes of all others as they are.
pub(crate) fn remove_pair(url: &mut Url, name: &str) {
    let Some(query) = url.query() else { return };
    let named =
        |pair: &str| url::form_urlencoded::parse(pair.as_bytes()).next().is_some_and(|(found, _)| found == name);
    let kept: Vec<&str> = query.split('&').filter(|pair| !named(pair)).collect();
    let kept = (!kept.is_empty()).then(|| kept.join("&"));
    url.set_query(kept.as_deref());
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use super::*;

    #[test]
    fn keys_that_cannot_be_sent_are_refused_without_being_shown() {
        let auth = Auth::header("authorization", "Key ");
        for (key, expected) in [
            ("", "the key is empty"),
            ("canary\n", "character 7 of the key is not visible ASCII"),
            (" canary", "character 1 of the key is not visible ASCII"),
            ("can ary", "character 4 of the key is not visible ASCII"),
            ("can\u{e4}ry", "character 4 of the key is not visible ASCII"),
            ("canary\u{0}", "character 7 of the key is not visible ASCII"),
        ] {
            let error = auth.check(&SecretString::from(key)).unwrap_err();
            assert!(error.to_string().starts_with(expected), "{key:?}: {error}");
            assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
        }
        assert!(auth.check(&SecretString::from("aio_0123456789:abc/DEF+=~")).is_ok());
    }

    #[test]
    fn a_header_that_cannot_exist_is_refused() {
        for auth in [Auth::header("no header", ""), Auth::header("", ""), Auth::header("x-key", "a\nb")] {
            let error = auth.check(&SecretString::from("key")).unwrap_err();
            assert!(matches!(error, ConfigError::AuthHeader { .. }), "{error:?}");
        }
    }

    #[test]
    fn the_key_leaves_a_url_and_nothing_else_changes() {
        for (url, expected) in [
            ("https://a.example/x?key=canary", "https://a.example/x"),
            ("https://a.example/x?a=%20b&key=canary&c=d+e", "https://a.example/x?a=%20b&c=d+e"),
            ("https://a.example/x?k%65y=canary&monkey=1", "https://a.example/x?monkey=1"),
            ("https://a.example/x", "https://a.example/x"),
        ] {
            let url = Url::parse(url).unwrap();
            assert_eq!(Auth::query("key").shown(&url).unwrap().as_str(), expected);
            assert_eq!(Auth::header("x-key", "").shown(&url), None);
        }
    }
}
