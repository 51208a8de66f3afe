//! Videos made of their outline, which is all that a download looks at.

/// A playable outline of that size around bytes that tell which version it is.
pub(crate) fn film(size: usize, filler: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (kind, size) in [(b"ftyp", 24), (b"moov", 100), (b"mdat", size - 124)] {
        bytes.extend(u32::try_from(size).unwrap().to_be_bytes());
        bytes.extend(kind);
        bytes.resize(bytes.len() + size - 8, filler);
    }
    bytes
}
