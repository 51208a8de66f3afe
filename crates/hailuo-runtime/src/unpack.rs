//! Answers that come compressed, or in UTF-16, though nobody asked: a proxy or a content network may do what it likes.
//!
//! What is damaged is unpacked as far as it goes, because a job that is paid for may be named in its first bytes.

use std::io::Read;

use brotli_decompressor::Decompressor;
use bytes::Bytes;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};

use crate::{AnswerTooLarge, Cause, detail::Detail, record::Ending};

/// How often an answer may be packed.
const DEEPEST: usize = 3;

/// Unpacks what was read, by its headers and, where those say nothing, by its first bytes. At most `limit` bytes come
/// of it. The headers that spoke of the packing are taken away.
pub(crate) fn unpack(
    headers: &mut HeaderMap,
    (mut bytes, mut ending): (Bytes, Ending),
    limit: usize,
) -> (Bytes, Ending) {
    let mut codings: Vec<Coding> = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING) {
        codings.extend(value.to_str().unwrap_or_default().split(',').filter_map(Coding::named));
    }
    if codings.is_empty() && bytes.starts_with(GZIP) {
        codings.push(Coding::Gzip);
    }
    if codings.is_empty() || bytes.is_empty() {
        return (bytes, ending);
    }
    for coding in codings.into_iter().rev().take(DEEPEST) {
        let (unpacked, end) = coding.unpack(&bytes, limit);
        // What is not packed at all, whatever its headers say, is left as it is.
        if unpacked.is_empty() && matches!(end, End::Damaged) {
            break;
        }
        bytes = unpacked.into();
        ending = match (end, ending) {
            (End::TooLarge, _) => Ending::TooLarge(AnswerTooLarge { limit }),
            (End::Damaged, Ending::Whole) => {
                let detail = Detail::new("the answer's compression is damaged");
                Ending::Cut { cause: Cause::Connection, detail: Some(detail) }
            }
            (_, ending) => ending,
        };
    }
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
    (bytes, ending)
}

/// The first bytes of gzip; no JSON begins like this.
const GZIP: &[u8] = b"\x1f\x8b\x08";

#[derive(Debug, Clone, Copy)]
enum Coding {
    Gzip,
    Deflate,
    Brotli,
}

enum End {
    Whole,
    Damaged,
    TooLarge,
}

impl Coding {
    fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Some(Self::Gzip),
            "deflate" => Some(Self::Deflate),
            "br" => Some(Self::Brotli),
            _ => None,
        }
    }

    fn unpack(self, packed: &[u8], limit: usize) -> (Vec<u8>, End) {
        match self {
            Self::Gzip => drain(MultiGzDecoder::new(packed), limit),
            // The name means a wrapped stream, and some servers send a bare one.
            Self::Deflate if is_zlib(packed) => drain(ZlibDecoder::new(packed), limit),
            Self::Deflate => drain(DeflateDecoder::new(packed), limit),
            Self::Brotli => drain(Decompressor::new(packed, 4096), limit),
        }
    }
}

fn is_zlib(packed: &[u8]) -> bool {
    match packed {
        [method, flags, ..] => method & 15 == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0,
        _ => false,
    }
}

/// Reads until the end, an error, or more than `limit` bytes.
fn drain(mut from: impl Read, limit: usize) -> (Vec<u8>, End) {
    let (mut out, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        match from.read(&mut piece) {
            Ok(0) => return (out, End::Whole),
            Ok(count) if count > limit - out.len() => {
                out.extend_from_slice(&piece[..limit - out.len()]);
                return (out, End::TooLarge);
            }
            Ok(count) => out.extend_from_slice(&piece[..count]),
            Err(_) => return (out, End::Damaged),
        }
    }
}

/// JSON in UTF-16 as UTF-8, as far as it came; anything else as it is. JSON begins with a character of ASCII, so its
/// first two bytes tell.
pub(crate) fn as_utf8(headers: &mut HeaderMap, bytes: Bytes) -> Bytes {
    let (from, unit): (_, fn([u8; 2]) -> u16) = match *bytes {
        [0xFF, 0xFE, ..] => (2, u16::from_le_bytes),
        [0xFE, 0xFF, ..] => (2, u16::from_be_bytes),
        [1..=255, 0, ..] => (0, u16::from_le_bytes),
        [0, 1..=255, ..] => (0, u16::from_be_bytes),
        _ => return bytes,
    };
    headers.remove(CONTENT_LENGTH);
    let units: Vec<u16> = bytes[from..].as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16_lossy(&units).into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use std::io::Write;

    use flate2::{
        Compression,
        write::{DeflateEncoder, GzEncoder, ZlibEncoder},
    };
    use reqwest::header::HeaderValue;

    use super::*;

    const TEXT: &[u8] =
        br#"{"request_id":"4c1a8a3d-0b3e-4a59","status":"IN_QUEUE","status_url":"https://queue.example/4c1a8a3d"}"#;
    /// `TEXT` as brotli: one uncompressed block, which every decoder takes.
    fn brotli() -> Vec<u8> {
        // Window of 16 bits, then a block that is not the last, of as many bytes as TEXT, uncompressed; then the end.
        let bits = |value: u32, count: u32, out: &mut (u64, u32)| {
            out.0 |= u64::from(value) << out.1;
            out.1 += count;
        };
        let mut head = (0, 0);
        bits(0, 1, &mut head);
        bits(0, 1, &mut head);
        bits(0, 2, &mut head);
        bits(u32::try_from(TEXT.len() - 1).unwrap(), 16, &mut head);
        bits(1, 1, &mut head);
        let mut packed = head.0.to_le_bytes()[..head.1.div_ceil(8) as usize].to_vec();
        packed.extend_from_slice(TEXT);
        packed.push(3);
        packed
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn packed() -> Vec<(&'static str, Vec<u8>)> {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(TEXT).unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(TEXT).unwrap();
        vec![
            ("gzip", gzip(TEXT)),
            ("X-GZIP", gzip(TEXT)),
            ("", gzip(TEXT)),
            ("gzip, gzip", gzip(&gzip(TEXT))),
            ("deflate", zlib.finish().unwrap()),
            ("deflate", bare.finish().unwrap()),
            ("br", brotli()),
            ("identity", TEXT.to_vec()),
            // What its header says is not true.
            ("gzip", TEXT.to_vec()),
        ]
    }

    fn unpacked(coding: &str, bytes: &[u8], limit: usize) -> (Bytes, Ending) {
        let mut headers = HeaderMap::new();
        if !coding.is_empty() {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_str(coding).unwrap());
        }
        unpack(&mut headers, (Bytes::copy_from_slice(bytes), Ending::Whole), limit)
    }

    #[test]
    fn every_coding_is_unpacked() {
        for (coding, bytes) in packed() {
            let (text, ending) = unpacked(coding, &bytes, 1000);
            assert_eq!(text, TEXT, "{coding}");
            assert!(matches!(ending, Ending::Whole), "{coding}: {ending:?}");
        }
    }

    #[test]
    fn text_of_two_bytes_a_character_is_read() {
        let text = "\u{feff}{\"id\":\"狐🦊\"}";
        let units = || text.encode_utf16();
        let (little, big): (Vec<u8>, Vec<u8>) =
            (units().flat_map(u16::to_le_bytes).collect(), units().flat_map(u16::to_be_bytes).collect());
        let plain = text.trim_start_matches('\u{feff}');
        for bytes in [&little[..], &big, &little[2..], &big[2..]] {
            let utf8 = |bytes| as_utf8(&mut HeaderMap::new(), Bytes::copy_from_slice(bytes));
            assert_eq!(utf8(bytes), plain);
            assert_eq!(utf8(&bytes[..bytes.len() - 1]), plain[..plain.len() - 1]);
        }
        for bytes in [&b""[..], b"{", b"{}", b"\x00\x00\x00{", text.as_bytes()] {
            assert_eq!(as_utf8(&mut HeaderMap::new(), Bytes::copy_from_slice(bytes)), bytes);
        }
    }

    #[test]
    fn what_is_cut_is_unpacked_as_far_as_it_goes() {
        for (coding, bytes) in packed().into_iter().take(7) {
            let (text, ending) = unpacked(coding, &bytes[..bytes.len() * 3 / 4], 1000);
            assert!(TEXT.starts_with(&text) || !matches!(ending, Ending::Cut { .. }), "{coding}");
            for cut in 0..bytes.len() {
                let _ = unpacked(coding, &bytes[..cut], 1000);
            }
        }
        let packed = gzip(TEXT);
        let (text, ending) = unpacked("gzip", &packed[..packed.len() - 12], 1000);
        assert!(text.len() > 60 && TEXT.starts_with(&text));
        assert!(matches!(ending, Ending::Cut { .. }));
    }

    #[test]
    fn a_bomb_ends_at_the_limit() {
        let bomb = gzip(&vec![b' '; 10_000_000]);
        assert!(bomb.len() < 20_000);
        let (text, ending) = unpacked("gzip", &bomb, 100_000);
        assert_eq!(text.len(), 100_000);
        assert!(matches!(ending, Ending::TooLarge(_)));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_unpacked_without_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
                                                coding in "gzip|deflate|br|gzip,br,deflate,gzip|[ -~]{0,8}") {
            let mut magic = GZIP.to_vec();
            magic.extend(&bytes);
            for bytes in [bytes, magic] {
                let (text, _) = unpacked(&coding, &bytes, 1000);
                proptest::prop_assert!(text.len() <= 1000);
                as_utf8(&mut HeaderMap::new(), text);
            }
        }
    }
}
