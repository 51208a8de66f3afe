//! What a video file says of itself: length and size, from its header. Anything odd is simply not known.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

/// A header that is larger belongs to no video of seconds.
const MAX_HEADER: u64 = 16 << 20;

/// Boxes that are looked at before one gives up.
const MAX_BOXES: usize = 64;

/// Length and size of a video.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Facts {
    pub(crate) seconds: Option<f64>,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
}

impl Facts {
    /// Reads a file's header.
    pub(crate) fn read(path: &Path) -> Self {
        File::open(path)
            .ok()
            .and_then(|mut file| header(&mut file))
            .map(|header| Self::parse(&header))
            .unwrap_or_default()
    }

    fn parse(header: &[u8]) -> Self {
        let mut facts = Self::default();
        for (kind, body) in boxes(header) {
            match &kind {
                b"mvhd" => facts.seconds = seconds(body),
                b"trak" => {
                    let Some((_, track)) = boxes(body).find(|(kind, _)| kind == b"tkhd") else { continue };
                    let Some((width, height)) = size(track) else { continue };
                    // Sound has no size.
                    if width > 0 && height > 0 {
                        (facts.width, facts.height) = (Some(width), Some(height));
                    }
                }
                _ => {}
            }
        }
        facts
    }
}

/// The body of the file's `moov` box.
fn header(file: &mut File) -> Option<Vec<u8>> {
    for _ in 0..MAX_BOXES {
        let mut head = [0; 8];
        file.read_exact(&mut head).ok()?;
        let mut length = u64::from(u32::from_be_bytes(head[..4].try_into().ok()?));
        let mut read = 8;
        if length == 1 {
            let mut large = [0; 8];
            file.read_exact(&mut large).ok()?;
            length = u64::from_be_bytes(large);
            read = 16;
        }
        let body = length.checked_sub(read)?;
        if &head[4..] == b"moov" {
            let mut header = Vec::new();
            file.take(body.min(MAX_HEADER)).read_to_end(&mut header).ok()?;
            return Some(header);
        }
        file.seek(SeekFrom::Current(i64::try_from(body).ok()?)).ok()?;
    }
    None
}

/// The boxes in a piece of a header, as far as they are whole.
fn boxes(mut rest: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        let kind = rest.get(4..8)?.try_into().ok()?;
        let body = rest.get(8..length)?;
        rest = &rest[length..];
        Some((kind, body))
    })
}

fn seconds(mvhd: &[u8]) -> Option<f64> {
    let long = |at: usize| Some(u32::from_be_bytes(mvhd.get(at..at + 4)?.try_into().ok()?));
    let (scale, length) = match mvhd.first()? {
        0 => (long(12)?, f64::from(long(16)?)),
        _ => (long(20)?, f64::from(long(24)?) * 4_294_967_296.0 + f64::from(long(28)?)),
    };
    (scale > 0).then(|| length / f64::from(scale))
}

/// The last two fields, whatever the version: 16.16 fixed point.
fn size(tkhd: &[u8]) -> Option<(u32, u32)> {
    let at = tkhd.len().checked_sub(8)?;
    let whole = |at: usize| Some(u32::from(u16::from_be_bytes(tkhd.get(at..at + 2)?.try_into().ok()?)));
    Some((whole(at)?, whole(at + 4)?))
}

/// `768P` and `1080P` by the short side, anything else in pixels.
pub(crate) fn resolution(width: u32, height: u32) -> String {
    match width.min(height) {
        short @ (768 | 1080) => format!("{short}P"),
        _ => format!("{width}x{height}"),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn atom(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
        [&length, &kind, body].concat()
    }

    fn video() -> Vec<u8> {
        let mut mvhd = [0; 100];
        mvhd[12..16].copy_from_slice(&1000_u32.to_be_bytes());
        mvhd[16..20].copy_from_slice(&5875_u32.to_be_bytes());
        let mut tkhd = [0; 84];
        tkhd[76..78].copy_from_slice(&1366_u16.to_be_bytes());
        tkhd[80..82].copy_from_slice(&768_u16.to_be_bytes());
        let tracks = [atom(*b"trak", &atom(*b"tkhd", &tkhd)), atom(*b"trak", &atom(*b"tkhd", &[0; 84]))].concat();
        let moov = [atom(*b"mvhd", &mvhd), tracks].concat();
        [atom(*b"ftyp", b"isom"), atom(*b"mdat", &[7; 50]), atom(*b"moov", &moov)].concat()
    }

    fn read(bytes: &[u8]) -> Facts {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.mp4");
        std::fs::write(&path, bytes).unwrap();
        Facts::read(&path)
    }

    #[test]
    fn length_and_size_are_read_from_the_header() {
        assert_eq!(read(&video()), Facts { seconds: Some(5.875), width: Some(1366), height: Some(768) });
        assert_eq!(resolution(1366, 768), "768P");
        assert_eq!(resolution(1080, 1920), "1080P");
        assert_eq!(resolution(640, 480), "640x480");
    }

    #[test]
    fn any_part_of_a_file_is_read_without_panic() {
        let video = video();
        for end in 0..video.len() {
            read(&video[..end]);
        }
        for at in 0..video.len() {
            for byte in [0, 1, 0xff] {
                let mut damaged = video.clone();
                damaged[at] = byte;
                read(&damaged);
            }
        }
        assert_eq!(Facts::read(Path::new("/nowhere/at/all")), Facts::default());
    }
}
