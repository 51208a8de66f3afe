//! Whether a webhook delivery comes from fal: Ed25519 over request id, user id, timestamp and the body's digest.
//!
//! The scheme is fal's documented one. The other vendors sign nothing, so their deliveries prove nothing: ask for the
//! job instead. Fetching the keys and serving HTTP are the caller's: `examples/webhook.rs` does both, against
//! `hailuo-sandbox`, which signs as fal does.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Where fal publishes its keys. They may be kept for up to a day.
pub const JWKS_URL: &str = "https://rest.fal.ai/.well-known/jwks.json";

/// How far a delivery's time may be from now, in either direction.
pub const TOLERANCE: Duration = Duration::from_mins(5);

const REQUEST_ID: &str = "x-fal-webhook-request-id";
const USER_ID: &str = "x-fal-webhook-user-id";
const TIMESTAMP: &str = "x-fal-webhook-timestamp";
const SIGNATURE: &str = "x-fal-webhook-signature";

/// Why a delivery is not believed. Answer it with HTTP 401 and do nothing else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// The key set cannot be used.
    #[error("the key set has no Ed25519 key; fetch it again from {JWKS_URL}")]
    Keys,
    /// A header is missing.
    #[error("the header {0} is missing")]
    Missing(&'static str),
    /// A header cannot be read.
    #[error("the header {0} cannot be read")]
    Malformed(&'static str),
    /// The delivery is too old, or from the future: a replay, or a wrong clock.
    #[error("the delivery is {seconds} s away from now, more than five minutes")]
    Stale {
        /// How far, in seconds.
        seconds: u64,
    },
    /// No key fits the signature: a forgery, a changed body, or a new key.
    #[error("no key fits the signature; if fal has changed its keys, fetch them again")]
    Signature,
}

/// fal's public keys.
#[derive(Debug, Clone)]
pub struct Keys(Vec<VerifyingKey>);

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
}

impl Keys {
    /// Reads a JSON Web Key Set. Keys of other kinds are left out.
    ///
    /// # Errors
    ///
    /// [`WebhookError::Keys`] if no Ed25519 key is in it.
    pub fn from_jwks(json: &[u8]) -> Result<Self, WebhookError> {
        let set: Jwks = serde_json::from_slice(json).map_err(|_| WebhookError::Keys)?;
        let read = |key| {
            let key: Jwk = serde_json::from_value(key).ok()?;
            let bytes = URL_SAFE_NO_PAD.decode(key.x.trim_end_matches('=')).ok()?;
            (key.kty == "OKP" && key.crv == "Ed25519").then_some(())?;
            VerifyingKey::from_bytes(bytes.as_slice().try_into().ok()?).ok()
        };
        let keys: Vec<_> = set.keys.into_iter().filter_map(read).collect();
        if keys.is_empty() { Err(WebhookError::Keys) } else { Ok(Self(keys)) }
    }
}

/// A delivery that fal has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The job's number, as [`JobHandle::id`](crate::JobHandle::id) has it.
    pub request_id: String,
    /// Whose job it is.
    pub user_id: String,
    /// When it was signed.
    pub at: SystemTime,
}

/// Checks a delivery. `header` looks a header up by its name in lower case; `body` is the body exactly as it came.
///
/// ```
/// use std::{collections::HashMap, time::SystemTime};
/// use hailuo::webhook::{Keys, WebhookError, verify};
///
/// # let jwks = br#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
/// let keys = Keys::from_jwks(jwks)?;
/// let headers: HashMap<&str, &str> = HashMap::new();
/// let verdict = verify(&keys, |name| headers.get(name).copied(), b"{}", SystemTime::now());
/// assert!(matches!(verdict, Err(WebhookError::Missing(_))));
/// # Ok::<(), WebhookError>(())
/// ```
///
/// # Errors
///
/// If the delivery is not fal's, or not of now.
pub fn verify<'a>(
    keys: &Keys,
    header: impl Fn(&'static str) -> Option<&'a str>,
    body: &[u8],
    now: SystemTime,
) -> Result<Delivery, WebhookError> {
    let get = |name| header(name).filter(|value| !value.is_empty()).ok_or(WebhookError::Missing(name));
    let (request_id, user_id) = (get(REQUEST_ID)?, get(USER_ID)?);
    let (stamp, signature) = (get(TIMESTAMP)?, get(SIGNATURE)?);
    let seconds: u64 = stamp.parse().map_err(|_| WebhookError::Malformed(TIMESTAMP))?;
    let at = UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).ok_or(WebhookError::Malformed(TIMESTAMP))?;
    // Seconds of the clock that the stamp is read from, as fal's own verification counts: stamps have no fractions.
    let away = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().abs_diff(seconds);
    if away > TOLERANCE.as_secs() {
        return Err(WebhookError::Stale { seconds: away });
    }
    let signature = from_hex(signature).ok_or(WebhookError::Malformed(SIGNATURE))?;
    let signature = Signature::from_bytes(&signature);
    let digest = to_hex(&Sha256::digest(body));
    let message = [request_id, user_id, stamp, &digest].join("\n");
    let is_signed = keys.0.iter().any(|key| key.verify_strict(message.as_bytes(), &signature).is_ok());
    if !is_signed {
        return Err(WebhookError::Signature);
    }
    Ok(Delivery { request_id: request_id.to_owned(), user_id: user_id.to_owned(), at })
}

fn to_hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

fn from_hex(text: &str) -> Option<[u8; 64]> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    bytes.filter(|_| rest.is_empty())?.try_into().ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::collections::BTreeMap;

    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    const BODY: &[u8] = br#"{"request_id":"abc","status":"OK"}"#;
    const NOW: u64 = 1_795_219_200;
    const FRACTION: Duration = Duration::from_millis(900);

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn jwks(keys: &[SigningKey]) -> String {
        let keys: Vec<_> = keys
            .iter()
            // Bare as in RFC 7517, or padded as by many libraries.
            .zip(["", "="].into_iter().cycle())
            .map(|(key, padding)| {
                let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes()) + padding;
                serde_json::json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "one of them"})
            })
            .chain([serde_json::json!({"kty": "RSA", "n": "…"}), serde_json::json!(7)])
            .collect();
        serde_json::json!({ "keys": keys }).to_string()
    }

    fn signed(key: &SigningKey, at: u64, body: &[u8]) -> BTreeMap<&'static str, String> {
        let message = format!("abc\nuser-1\n{at}\n{}", to_hex(&Sha256::digest(body)));
        let signature = to_hex(&key.sign(message.as_bytes()).to_bytes());
        BTreeMap::from([
            (REQUEST_ID, "abc".to_owned()),
            (USER_ID, "user-1".to_owned()),
            (TIMESTAMP, at.to_string()),
            (SIGNATURE, signature),
        ])
    }

    fn judged(headers: &BTreeMap<&'static str, String>, body: &[u8]) -> Result<Delivery, WebhookError> {
        let keys = Keys::from_jwks(jwks(&[key(1), key(2)]).as_bytes()).unwrap();
        let now = UNIX_EPOCH + Duration::from_secs(NOW) + FRACTION;
        verify(&keys, |name| headers.get(name).map(String::as_str), body, now)
    }

    #[test]
    fn a_delivery_of_any_of_the_keys_is_believed() {
        for seed in [1, 2] {
            let delivery = judged(&signed(&key(seed), NOW, BODY), BODY).unwrap();
            assert_eq!((delivery.request_id.as_str(), delivery.user_id.as_str()), ("abc", "user-1"));
        }
    }

    #[test]
    fn five_minutes_either_way_are_allowed_and_not_a_second_more() {
        for (at, seconds) in [(NOW - 300, None), (NOW + 300, None), (NOW - 301, Some(301)), (NOW + 301, Some(301))] {
            let verdict = judged(&signed(&key(1), at, BODY), BODY).err();
            assert_eq!(verdict, seconds.map(|seconds| WebhookError::Stale { seconds }), "{at}");
        }
    }

    #[test]
    fn whatever_is_changed_is_noticed() {
        let headers = signed(&key(1), NOW, BODY);
        assert_eq!(judged(&headers, b"{}"), Err(WebhookError::Signature));
        assert_eq!(judged(&signed(&key(3), NOW, BODY), BODY), Err(WebhookError::Signature));
        for name in [REQUEST_ID, USER_ID] {
            let mut changed = headers.clone();
            changed.insert(name, "other".to_owned());
            assert_eq!(judged(&changed, BODY), Err(WebhookError::Signature), "{name}");
        }
        let mut changed = headers.clone();
        changed.insert(TIMESTAMP, (NOW + 1).to_string());
        assert_eq!(judged(&changed, BODY), Err(WebhookError::Signature));
    }

    #[test]
    fn a_header_that_is_missing_or_damaged_is_named() {
        let headers = signed(&key(1), NOW, BODY);
        for name in [REQUEST_ID, USER_ID, TIMESTAMP, SIGNATURE] {
            let mut changed = headers.clone();
            changed.remove(name);
            assert_eq!(judged(&changed, BODY), Err(WebhookError::Missing(name)));
        }
        for (name, value) in [
            (TIMESTAMP, "soon".to_owned()),
            (TIMESTAMP, "-5".to_owned()),
            (TIMESTAMP, u64::MAX.to_string()),
            (SIGNATURE, "abc".to_owned()),
            (SIGNATURE, "zz".repeat(64)),
            (SIGNATURE, "狐".repeat(64)),
        ] {
            let mut changed = headers.clone();
            changed.insert(name, value.clone());
            let verdict = judged(&changed, BODY).unwrap_err();
            let is_named = verdict == WebhookError::Malformed(name) || matches!(verdict, WebhookError::Stale { .. });
            assert!(is_named, "{value}: {verdict}");
        }
    }

    #[test]
    fn a_key_set_without_a_usable_key_is_refused() {
        for set in ["", "{}", r#"{"keys":[]}"#, r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAA"}]}"#] {
            assert_eq!(Keys::from_jwks(set.as_bytes()).err(), Some(WebhookError::Keys), "{set}");
        }
    }
}
