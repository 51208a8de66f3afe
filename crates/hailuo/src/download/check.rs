//! Whether a file is a video, and whole, as far as its outline tells.

use std::io::{self, Read, Seek, SeekFrom};

/// What a file's outline tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// An MP4 whose boxes end where the file ends.
    Whole,
    /// An MP4 whose film goes on after the end of the file.
    Cut,
    /// An MP4 without all that belongs to one, which may be how it was made.
    Odd,
    /// Not an MP4.
    Unknown,
    /// A page or a piece of JSON, which says sorry.
    NotAVideo,
    /// Nothing at all.
    Empty,
}

/// More boxes at the top than any player has seen.
const MOST_BOXES: usize = 10_000;

/// Reads the outline of a file.
pub(super) fn outline(file: &mut (impl Read + Seek)) -> io::Result<Verdict> {
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut head = Vec::new();
    file.by_ref().take(256).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(Verdict::Empty);
    }
    if is_text(&head) && is_page(&head) {
        return Ok(Verdict::NotAVideo);
    }
    // Too short for anything to be told, and for any video.
    if head.len() < 8 && !is_text(&head) {
        return Ok(Verdict::Odd);
    }
    if !is_mp4(&head) {
        return Ok(Verdict::Unknown);
    }
    let (mut at, mut has_index, mut has_data) = (0_u64, false, false);
    for _ in 0..MOST_BOXES {
        if at == length {
            return Ok(if has_index && has_data { Verdict::Whole } else { Verdict::Odd });
        }
        let Some((kind, size)) = box_at(file, at, length)? else {
            return Ok(Verdict::Odd);
        };
        // A box is named by letters: what has none there was never an MP4, wherever it ends.
        if !kind.iter().all(|byte| matches!(byte, b' '..=b'~' | 0xA9)) {
            return Ok(Verdict::Unknown);
        }
        has_index |= &kind == b"moov";
        has_data |= &kind == b"mdat";
        match at.checked_add(size) {
            Some(end) if end <= length => at = end,
            // Nearly all of a file is in these; what else has a length too large is no proof of anything.
            _ if matches!(&kind, b"mdat" | b"moov" | b"moof") => return Ok(Verdict::Cut),
            _ => return Ok(Verdict::Odd),
        }
    }
    Ok(Verdict::Unknown)
}

/// Kind and size of the box at a place; none if its head is cut or makes no sense.
fn box_at(file: &mut (impl Read + Seek), at: u64, length: u64) -> io::Result<Option<([u8; 4], u64)>> {
    file.seek(SeekFrom::Start(at))?;
    let mut head = Vec::with_capacity(16);
    file.take(16).read_to_end(&mut head)?;
    let (Some(small), Some(kind)) = (head.first_chunk::<4>(), head.get(4..8).and_then(<[u8]>::as_array::<4>)) else {
        return Ok(None);
    };
    let size = match u32::from_be_bytes(*small) {
        // To the end of the file.
        0 => length - at,
        1 => match head.last_chunk::<8>() {
            Some(large) if head.len() == 16 => u64::from_be_bytes(*large),
            _ => return Ok(None),
        },
        size => u64::from(size),
    };
    Ok((size >= 8).then_some((*kind, size)))
}

fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// Whether a text is a page or JSON, whatever it is called.
pub(super) fn is_page(text: &[u8]) -> bool {
    matches!(without_mark(text).trim_ascii_start().first(), Some(b'<' | b'{' | b'['))
}

/// Whether bytes are the beginning of an MP4.
pub(super) fn is_mp4(head: &[u8]) -> bool {
    matches!(head.get(4..8), Some(b"ftyp" | b"moov" | b"mdat" | b"free" | b"wide" | b"skip"))
}

/// Whether bytes are the beginning of a text: a page, JSON, a sentence. Every video begins with bytes that are none.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    let head = without_mark(head);
    let is_readable = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7E | 0x80..);
    !head.is_empty() && head.iter().all(is_readable) && (head.is_ascii() || head.trim_ascii_start().starts_with(b"<"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::io::Cursor;

    use super::*;

    fn of(boxes: &[(&[u8; 4], usize)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (kind, size) in boxes {
            bytes.extend(u32::try_from(*size).unwrap().to_be_bytes());
            bytes.extend(*kind);
            bytes.resize(bytes.len() + size - 8, 0);
        }
        bytes
    }

    fn judged(bytes: &[u8]) -> Verdict {
        outline(&mut Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn a_video_is_whole_exactly_at_its_last_byte() {
        let whole = of(&[(b"ftyp", 24), (b"moov", 100), (b"mdat", 500)]);
        assert_eq!(judged(&whole), Verdict::Whole);
        for length in 1..whole.len() {
            // Of the first box, and of the heads of others, the end proves nothing.
            let is_proof = matches!(length, 32..124 | 132..);
            let expected = if is_proof { Verdict::Cut } else { Verdict::Odd };
            assert_eq!(judged(&whole[..length]), expected, "{length}");
        }
    }

    #[test]
    fn large_and_open_boxes_are_measured() {
        let mut large = of(&[(b"ftyp", 24), (b"moov", 100)]);
        large.extend([0, 0, 0, 1]);
        large.extend(b"mdat");
        large.extend(20_u64.to_be_bytes());
        assert_eq!(judged(&large), Verdict::Cut);
        large.extend([0; 4]);
        assert_eq!(judged(&large), Verdict::Whole);
        let mut open = of(&[(b"ftyp", 24), (b"moov", 100)]);
        open.extend([0, 0, 0, 0]);
        open.extend(b"mdat and whatever follows");
        assert_eq!(judged(&open), Verdict::Whole);
    }

    #[test]
    fn other_things_are_told_apart() {
        for (bytes, verdict) in [
            (&b""[..], Verdict::Empty),
            (b"<!doctype html><html>", Verdict::NotAVideo),
            ("<html>页面".as_bytes(), Verdict::NotAVideo),
            (b"{\"error\":\"expired\"}", Verdict::NotAVideo),
            // A text that was called a video is left to be one.
            (b"Access denied", Verdict::Unknown),
            (b" \n[\"expired\"]", Verdict::NotAVideo),
            (b"\x1A\x45\xDF\xA3 a matroska file", Verdict::Unknown),
            (b"\0\0\0\x18ftyp", Verdict::Odd),
            (b"\0\0\0\x0cftypmp42 and then nothing of a film", Verdict::Odd),
            (b"\0\0\0\x0cftypmp42\0\0\0\0\0\0\0\0\0\0", Verdict::Unknown),
            (b"\0\0\0\x0cftypmp42\0\0\0\x0cfreefilm and a tail", Verdict::Odd),
            (b"\0\0\0\x03ftyp", Verdict::Odd),
            (b"\0\0\0\x18ft", Verdict::Odd),
            (b"a film", Verdict::Unknown),
        ] {
            assert_eq!(judged(bytes), verdict, "{bytes:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_judged_without_panic(mut bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..100)) {
            judged(&bytes);
            bytes.splice(0..0, *b"\0\0\0\x08ftyp\0\0\0\x01mdat");
            judged(&bytes);
        }
    }
}
