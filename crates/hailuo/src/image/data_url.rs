//! Reading and writing data URLs (RFC 2397).

use std::fmt;

use base64::{Engine, display::Base64Display, engine::general_purpose::STANDARD};
use bytes::Bytes;

/// Forgiving about padding, as browsers are.
const LENIENT: base64::engine::GeneralPurpose = base64::engine::GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    base64::engine::GeneralPurposeConfig::new()
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent),
);

/// The declared media type and the bytes of a base64 data URL.
pub(super) fn decode(url: &str) -> Result<(Option<String>, Bytes), &'static str> {
    let (head, data) =
        url.get(5..).and_then(|rest| rest.split_once(',')).ok_or("is a data URL without a comma before its data")?;
    let mut parts = head.split(';').map(str::trim);
    let declared = parts.next().filter(|media_type| !media_type.is_empty()).map(str::to_ascii_lowercase);
    if !parts.any(|part| part.eq_ignore_ascii_case("base64")) {
        return Err("is a data URL that is not base64");
    }
    let decoded = LENIENT.decode(data).or_else(|_| {
        // Line breaks and percent signs come from copying; vendors would stumble over them, so the bytes go out anew.
        let plain = data.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
        let plain: String = plain.split_ascii_whitespace().collect();
        LENIENT.decode(plain)
    });
    match decoded {
        Ok(bytes) => Ok((declared, bytes.into())),
        Err(_) => Err("is a data URL whose base64 is damaged"),
    }
}

/// Writes a data URL without building it first.
pub(super) struct Encoded<'a>(pub(super) &'a str, pub(super) &'a [u8]);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "data:{};base64,{}", self.0, Base64Display::new(self.1, &STANDARD))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        let text = Encoded("image/png", &[0, 255, 7]).to_string();
        assert_eq!(text, "data:image/png;base64,AP8H");
        assert_eq!(decode(&text).unwrap(), (Some("image/png".to_owned()), Bytes::from_static(&[0, 255, 7])));
    }

    #[test]
    fn spellings_that_browsers_take_are_taken() {
        for url in [
            "DATA:;BASE64,AAE",
            "data:image/png;charset=x;base64,AAE=",
            "data:image/png;base64,AA\n E=",
            "data:image/png;base64,AAE%3D",
        ] {
            assert_eq!(decode(url).unwrap().1, Bytes::from_static(&[0, 1]), "{url}");
        }
    }

    #[test]
    fn damage_is_named() {
        for (url, problem) in [
            ("data:", "without a comma"),
            ("data:image/png;base64", "without a comma"),
            ("data:image/png,abc", "not base64"),
            ("data:image/png;base64,@@@", "damaged"),
        ] {
            assert!(decode(url).unwrap_err().contains(problem), "{url}");
        }
    }
}
