//! A request's JSON body, written once, in pieces that are given to the connection as they are.
//!
//! A body built in one growing vector costs up to three times its size while the vector doubles, and a picture of
//! 20 MB is 27 MB as base64. Pieces are never moved once written, and are freed as they are sent.

use std::io;

use bytes::Bytes;
use serde::Serialize;

use crate::body::Pieces;

/// The size of the first piece: most bodies are a few hundred bytes.
const SMALLEST: usize = 512;

/// The size beyond which pieces do not grow: what a large body wastes at most.
const LARGEST: usize = 256 << 10;

/// Writes `value` as JSON into a body of known length; generated code calls it in the place of reqwest's `json`.
///
/// # Errors
///
/// When `value` cannot be written as JSON. The text does not quote it.
///
/// ```
/// let body = hailuo_runtime::json_body(&serde_json::json!({"prompt": "a cat"}))?;
/// # let _ = body;
/// # Ok::<(), String>(())
/// ```
pub fn json_body(value: &(impl Serialize + ?Sized)) -> Result<reqwest::Body, String> {
    Ok(Pieces::new(pieces(value)?, None).into_body())
}

fn pieces(value: &(impl Serialize + ?Sized)) -> Result<Vec<Bytes>, String> {
    let mut writer = Writer { full: Vec::new(), open: Vec::with_capacity(SMALLEST) };
    serde_json::to_writer(&mut writer, value).map_err(|_| "the request's body cannot be written as JSON".to_owned())?;
    writer.full.push(writer.open.into());
    Ok(writer.full)
}

struct Writer {
    full: Vec<Bytes>,
    open: Vec<u8>,
}

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.open.len() == self.open.capacity() {
            let next = Vec::with_capacity((self.open.capacity() * 2).clamp(SMALLEST, LARGEST));
            self.full.push(std::mem::replace(&mut self.open, next).into());
        }
        let taken = bytes.len().min(self.open.capacity() - self.open.len());
        self.open.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use http_body::Body as _;
    use http_body_util::BodyExt as _;
    use serde_json::json;

    use super::*;
    use crate::Media;

    #[tokio::test]
    async fn the_body_is_the_json_of_the_value_and_knows_its_length() {
        for length in [0, 1, 1000, SMALLEST, SMALLEST * 3, LARGEST * 3 + 7] {
            let value = json!({"prompt": "\u{63a8}\u{8fdb}\"\n".repeat(length / 4), "duration": 6});
            let expected = serde_json::to_vec(&value).unwrap();
            let body = json_body(&value).unwrap();
            assert_eq!(body.size_hint().exact(), Some(expected.len() as u64));
            assert!(body.collect().await.unwrap().to_bytes() == expected, "{length}");
        }
    }

    #[test]
    fn pieces_waste_little() {
        let media = Media::bytes(vec![7_u8; 5 << 20], "image/png");
        let pieces = pieces(&media).unwrap();
        let length: usize = pieces.iter().map(Bytes::len).sum();
        assert_eq!(length, "\"data:image/png;base64,\"".len() + (5_usize << 20).div_ceil(3) * 4);
        // All but the last piece are full, and no piece is larger than the largest.
        assert!(pieces.iter().rev().skip(1).all(|piece| piece.len().is_power_of_two() && piece.len() <= LARGEST));
    }

    #[test]
    fn a_value_that_is_no_json_is_refused_without_being_quoted() {
        let value = std::collections::BTreeMap::from([(vec!["canary"], 1)]);
        assert_eq!(json_body(&value).unwrap_err(), "the request's body cannot be written as JSON");
    }
}
