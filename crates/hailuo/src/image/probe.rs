//! Format and size of a picture from its first bytes.
//!
//! Written here rather than taken from a crate: the small ones refuse the fill bytes that JPEG allows before a marker
//! and read WebP's scaling bits as part of the width.

/// A format that the model takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ImageFormat {
    /// JPEG, by any of its file names.
    Jpeg,
    /// PNG.
    Png,
    /// WebP: lossy, lossless or extended.
    WebP,
}

impl ImageFormat {
    /// The media type to send with the bytes.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }

    pub(super) fn is_called(self, media_type: &str) -> bool {
        media_type == self.media_type() || (self == Self::Jpeg && media_type == "image/jpg")
    }
}

/// Format, and width and height if the header reaches that far and makes sense.
pub(crate) fn probe(bytes: &[u8]) -> (Option<ImageFormat>, Option<(u32, u32)>) {
    let (format, size) = if bytes.starts_with(b"\xFF\xD8\xFF") {
        (ImageFormat::Jpeg, jpeg(bytes))
    } else if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        (ImageFormat::Png, png(bytes))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        (ImageFormat::WebP, webp(bytes))
    } else {
        return (None, None);
    };
    (Some(format), size.filter(|&(w, h)| w > 0 && h > 0))
}

/// A name for what the bytes seem to be instead, for the error's sake.
pub(crate) fn guess(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.trim_ascii_start();
    let brand = bytes.get(4..12);
    Some(match bytes {
        [b'G', b'I', b'F', b'8', ..] => "GIF",
        [b'B', b'M', ..] => "BMP",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "TIFF",
        [b'%', b'P', b'D', b'F', ..] => "PDF",
        _ if matches!(brand, Some(b"ftypavif" | b"ftypavis")) => "AVIF",
        _ if matches!(brand, Some(b"ftypheic" | b"ftypheix" | b"ftypmif1")) => "HEIC",
        _ if brand.is_some_and(|brand| brand.starts_with(b"ftyp")) => "a video",
        _ if head.starts_with(b"<") => "HTML, SVG or XML",
        _ if head.starts_with(b"{") => "JSON",
        _ => return None,
    })
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b] = *bytes.get(at..at.checked_add(2)?)?.as_array()?;
    Some(u32::from(u16::from_be_bytes([a, b])))
}

fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    be16(bytes, at).map(|value| value >> 8 | (value & 0xFF) << 8)
}

fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    Some(le16(bytes, at)? | u32::from(*bytes.get(at + 2)?) << 16)
}

/// The first frame header decides. Segments are skipped by their length, any number of fill bytes may precede a marker.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        while *bytes.get(at)? == 0xFF {
            at += 1;
        }
        let marker = bytes[at];
        at += 1;
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Some((be16(bytes, at + 5)?, be16(bytes, at + 3)?));
            }
            // Markers that stand alone.
            0x01 | 0xD0..=0xD8 => {}
            // Scan data or the end before any frame header, or no marker at all.
            0x00 | 0xD9 | 0xDA => return None,
            _ => {
                let length = be16(bytes, at)?;
                if length < 2 {
                    return None;
                }
                at = at.checked_add(usize::try_from(length).ok()?)?;
            }
        }
    }
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let number = |at: usize| {
        let word = *bytes.get(at..at + 4)?.as_array()?;
        Some(u32::from_be_bytes(word))
    };
    Some((number(16)?, number(20)?))
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((le24(bytes, 24)? + 1, le24(bytes, 27)? + 1)),
        b"VP8L" if *bytes.get(20)? == 0x2F => {
            let bits = le16(bytes, 21)? | le16(bytes, 23)? << 16;
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        // The upper two bits of each ask for scaling on display.
        b"VP8 " if bytes.get(23..26)? == [0x9D, 0x01, 0x2A] => {
            Some((le16(bytes, 26)? & 0x3FFF, le16(bytes, 28)? & 0x3FFF))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ImageFormat::{Jpeg, Png, WebP};

    fn frame(marker: u8) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xD8];
        // An application segment that itself looks like a frame header must be skipped, not searched.
        bytes.extend([0xFF, 0xE1, 0, 11, 0xFF, 0xC0, 0, 17, 8, 0, 1, 0, 1]);
        bytes.extend([0xFF, 0xFF, 0xFF, marker, 0, 17, 8]);
        bytes.extend(768_u16.to_be_bytes());
        bytes.extend(1366_u16.to_be_bytes());
        bytes
    }

    fn riff(chunk: &[u8], payload: &[u8]) -> Vec<u8> {
        let mut bytes = b"RIFF\0\0\0\0WEBP".to_vec();
        bytes.extend(chunk);
        bytes.extend([0; 4]);
        bytes.extend(payload);
        bytes
    }

    #[test]
    fn every_jpeg_frame_header_is_found_past_fill_bytes_and_segments() {
        for marker in (0xC0..=0xCF).filter(|marker| ![0xC4, 0xC8, 0xCC].contains(marker)) {
            assert_eq!(probe(&frame(marker)), (Some(Jpeg), Some((1366, 768))), "{marker:X}");
        }
    }

    #[test]
    fn what_is_no_frame_header_is_not_read_as_one() {
        for marker in [0xC4, 0xC8, 0xCC, 0xDA, 0xD9, 0xDB] {
            assert_eq!(probe(&frame(marker)), (Some(Jpeg), None), "{marker:X}");
        }
    }

    #[test]
    fn png_states_its_size_in_the_header_chunk() {
        let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
        bytes.extend([0, 0, 4, 0, 0, 0, 3, 0]);
        assert_eq!(probe(&bytes), (Some(Png), Some((1024, 768))));
        bytes[12] = b'X';
        assert_eq!(probe(&bytes), (Some(Png), None));
    }

    #[test]
    fn all_three_kinds_of_webp_are_read() {
        let lossy = riff(b"VP8 ", &[0, 0, 0, 0x9D, 0x01, 0x2A, 0x00, 0xC4, 0x00, 0x43]);
        assert_eq!(probe(&lossy), (Some(WebP), Some((1024, 768))));
        let bits: u32 = 1023 | 767 << 14;
        let mut payload = vec![0x2F];
        payload.extend(bits.to_le_bytes());
        assert_eq!(probe(&riff(b"VP8L", &payload)), (Some(WebP), Some((1024, 768))));
        let extended = riff(b"VP8X", &[0, 0, 0, 0, 0xFF, 3, 0, 0xFF, 2, 1]);
        assert_eq!(probe(&extended), (Some(WebP), Some((1024, 66_304))));
        assert_eq!(probe(&riff(b"ALPH", &[0; 20])), (Some(WebP), None));
    }

    #[test]
    fn a_header_cut_anywhere_is_no_size_and_no_panic() {
        for whole in [frame(0xC2), riff(b"VP8X", &[0, 0, 0, 0, 9, 0, 0, 9, 0, 0])] {
            for cut in 0..whole.len() {
                assert_eq!(probe(&whole[..cut]).1, None, "{cut}");
            }
        }
    }

    #[test]
    fn a_size_of_zero_is_no_size() {
        let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
        bytes.extend([0; 8]);
        assert_eq!(probe(&bytes).1, None);
    }

    #[test]
    fn other_things_are_named() {
        for (bytes, name) in
            [(&b"GIF89a"[..], "GIF"), (b"\0\0\0\x1Cftypavif", "AVIF"), (b"  <!doctype html>", "HTML, SVG or XML")]
        {
            assert_eq!(probe(bytes), (None, None));
            assert_eq!(guess(bytes), Some(name));
        }
        assert_eq!(guess(b"hello"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(head in 0_usize..6, mut bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let magic: [&[u8]; 6] = [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"RIFF\0\0\0\0WEBPVP8 ",
                b"RIFF\0\0\0\0WEBPVP8L", b"RIFF\0\0\0\0WEBPVP8X"];
            bytes.splice(0..0, magic[head].iter().copied());
            let _ = probe(&bytes);
            let _ = guess(&bytes);
        }
    }
}
