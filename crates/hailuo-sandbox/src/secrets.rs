//! The keys that were set or presented, so that none of them stands in the journal and one that turns up where it does
//! not belong is noticed. Kept in memory for that; shown by nothing here.

use std::sync::{PoisonError, RwLock};

use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

/// What stands in the journal where a key was.
pub const KEY_MARK: &str = "[key]";

/// Shorter keys are not searched for: they would be found in every other word.
const SHORTEST: usize = 6;
const MOST: usize = 4096;

#[derive(Default)]
pub(crate) struct Secrets {
    known: RwLock<Vec<String>>,
}

impl Secrets {
    /// Remembers a key.
    pub(crate) fn learn(&self, key: &str) {
        if key.len() < SHORTEST || self.knows(key) {
            return;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST && !known.iter().any(|other| other == key) {
            known.push(key.to_owned());
            // A key that contains another is replaced first.
            known.sort_by_key(|key| std::cmp::Reverse(key.len()));
        }
    }

    fn knows(&self, key: &str) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().any(|other| other == key)
    }

    /// Replaces every known key, plain or percent-encoded; tells whether there was one.
    pub(crate) fn redact(&self, text: &str) -> (String, bool) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let hides = |text: &str| known.iter().any(|key| text.contains(key.as_str()));
        // A key with signs in it is percent-encoded in a URL; one that contains another may hide behind it.
        if text.contains('%')
            && let Ok(decoded) = percent_decode_str(text).decode_utf8()
            && known.iter().any(|key| decoded.contains(key.as_str()) && !text.contains(key.as_str()))
        {
            return (replace(&known, decoded.into_owned()), true);
        }
        if hides(text) { (replace(&known, text.to_owned()), true) } else { (text.to_owned(), false) }
    }
}

fn replace(known: &[String], mut text: String) -> String {
    for key in known {
        if text.contains(key.as_str()) {
            text = text.replace(key.as_str(), KEY_MARK);
        }
    }
    text
}

/// A SHA-256 sum.
pub(crate) fn sum(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    #[test]
    fn a_known_key_is_replaced_wherever_it_stands() {
        let secrets = Secrets::default();
        secrets.learn("id-1234:secret-5678");
        secrets.learn("secret-5678");
        secrets.learn("abc");
        for (text, shown, found) in [
            ("/a?key=secret-5678&b", "/a?key=[key]&b", true),
            ("Key id-1234:secret-5678", "Key [key]", true),
            ("/a?k=id-1234%3Asecret-5678", "/a?k=[key]", true),
            ("abc %20", "abc %20", false),
        ] {
            assert_eq!(secrets.redact(text), (shown.to_owned(), found));
        }
    }
}
