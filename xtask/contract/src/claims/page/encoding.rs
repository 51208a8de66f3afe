//! The bytes of a page as text: UTF-8, UTF-16 with or without its mark, or what browsers take for Latin-1.

/// The characters that Windows puts where Latin-1 has controls, from 0x80 on.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of bytes.
pub(super) fn decode(bytes: &[u8]) -> String {
    // Of text in UTF-16 that is mostly ASCII, every other byte is nothing.
    let nothing = |first: usize| bytes.iter().skip(first).step_by(2).take(100).filter(|byte| **byte == 0).count();
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ if nothing(1) > 50 && nothing(0) < 10 => utf16(bytes, u16::from_le_bytes),
        _ if nothing(0) > 50 && nothing(1) < 10 => utf16(bytes, u16::from_be_bytes),
        _ => utf8_or_latin1(bytes),
    }
}

/// UTF-8, unless most of what is no ASCII is no UTF-8 either.
fn utf8_or_latin1(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let others = text.chars().filter(|c| !c.is_ascii()).count();
    if text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count() * 2 <= others {
        return text.into_owned();
    }
    bytes
        .iter()
        .map(|byte| WINDOWS.get(usize::from(*byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(*byte)))
        .collect()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
