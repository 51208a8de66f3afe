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
    known: RwLock<Vec<Secret>>,
}

struct Secret {
    key: String,
    sum: [u8; 32],
}

impl Secrets {
    /// Remembers a key; its sum.
    pub(crate) fn learn(&self, key: &str) -> [u8; 32] {
        if let Some(sum) = self.sum_of(key) {
            return sum;
        }
        let sum = sum(key.as_bytes());
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if key.len() >= SHORTEST && known.len() < MOST && !known.iter().any(|other| other.key == key) {
            known.push(Secret { key: key.to_owned(), sum });
            // A key that contains another is replaced first.
            known.sort_by_key(|secret| std::cmp::Reverse(secret.key.len()));
        }
        sum
    }

    fn sum_of(&self, key: &str) -> Option<[u8; 32]> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|secret| secret.key == key).map(|secret| secret.sum)
    }

    /// Replaces every known key, plain or percent-encoded; tells whether there was one.
    pub(crate) fn redact(&self, text: &str) -> (String, bool) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let hides = |text: &str| known.iter().any(|secret| text.contains(&secret.key));
        // A key with signs in it is percent-encoded in a URL; one that contains another may hide behind it.
        if text.contains('%')
            && let Ok(decoded) = percent_decode_str(text).decode_utf8()
            && known.iter().any(|secret| decoded.contains(&secret.key) && !text.contains(&secret.key))
        {
            return (replace(&known, decoded.into_owned()), true);
        }
        if hides(text) { (replace(&known, text.to_owned()), true) } else { (text.to_owned(), false) }
    }
}

fn replace(known: &[Secret], mut text: String) -> String {
    for secret in known {
        if text.contains(&secret.key) {
            text = text.replace(&secret.key, KEY_MARK);
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
