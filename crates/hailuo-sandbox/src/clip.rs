//! The three videos, and the note in each of whose they are. How they are served is in [`crate::files`].

use bytes::Bytes;

use crate::Vendor;

/// One of the three clips in `assets/`, made there by `make.sh`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clip {
    /// 6 s at 1366 × 768.
    Short,
    /// 10 s at 1366 × 768.
    Long,
    /// 6 s at 1920 × 1080.
    FullHd,
}

impl Clip {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 3] = [Self::Short, Self::Long, Self::FullHd];

    const fn blank(self) -> &'static [u8] {
        match self {
            Self::Short => include_bytes!("../assets/768p-6s.mp4"),
            Self::Long => include_bytes!("../assets/768p-10s.mp4"),
            Self::FullHd => include_bytes!("../assets/1080p-6s.mp4"),
        }
    }

    pub(crate) const fn seconds(self) -> u8 {
        match self {
            Self::Short | Self::FullHd => 6,
            Self::Long => 10,
        }
    }

    pub(crate) const fn size(self) -> (u16, u16) {
        match self {
            Self::Short | Self::Long => (1366, 768),
            Self::FullHd => (1920, 1080),
        }
    }

    pub(crate) const fn bytes(self) -> usize {
        self.blank().len()
    }

    /// The video with vendor and job in its title. The title keeps its length, so no offset in the file moves.
    pub(crate) fn titled(self, vendor: Vendor, id: &str) -> Bytes {
        let mut bytes = self.blank().to_vec();
        if let Some(at) = find(&bytes, BLANK) {
            let title = format!("{MARK}{vendor} {id}");
            let title = title.bytes().chain(std::iter::repeat(b' '));
            for (place, byte) in bytes[at..at + BLANK.len()].iter_mut().zip(title) {
                *place = byte;
            }
        }
        Bytes::from(bytes)
    }
}

/// The title that `make.sh` gives: a run of dots.
const BLANK: &[u8] = &[b'.'; 160];
const MARK: &str = "hailuo-sandbox ";

/// Reads from a video of the sandbox whose it is: the vendor's slug and the job's id, as in the title that players show.
///
/// `None` if the bytes hold no such title.
///
/// ```
/// assert_eq!(hailuo_sandbox::title_of(b"not a video of the sandbox"), None);
/// ```
pub fn title_of(video: &[u8]) -> Option<(Vendor, String)> {
    let start = find(video, MARK.as_bytes())? + MARK.len();
    let title = video.get(start..(start + BLANK.len() - MARK.len()).min(video.len()))?;
    let mut words = std::str::from_utf8(title).ok()?.split_ascii_whitespace();
    let vendor = words.next()?.parse().ok()?;
    Some((vendor, words.next()?.to_owned()))
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::{BLANK, Clip, find, title_of};
    use crate::Vendor;

    #[test]
    fn every_clip_has_one_blank_title_and_is_small() {
        for clip in Clip::ALL {
            let bytes = clip.blank();
            let at = find(bytes, BLANK);
            assert!(at.is_some(), "{clip:?}");
            let rest = &bytes[at.map_or(0, |at| at + BLANK.len())..];
            assert_eq!(find(rest, BLANK), None, "{clip:?}");
            assert!(bytes.len() < 20_000, "{clip:?} has {} bytes", bytes.len());
            assert_eq!(&bytes[4..8], b"ftyp");
        }
    }

    /// The content of the first box of this path of types.
    fn inside<'a>(mut bytes: &'a [u8], path: &[&[u8; 4]]) -> &'a [u8] {
        for wanted in path {
            bytes = boxes(bytes).into_iter().find(|(kind, _)| kind == wanted).map_or(&[][..], |(_, content)| content);
        }
        bytes
    }

    fn boxes(mut bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
        let mut list = Vec::new();
        while bytes.len() >= 8 {
            let (content, rest) = bytes.split_at(number(bytes, 0) as usize);
            list.push((&content[4..8], &content[8..]));
            bytes = rest;
        }
        assert!(bytes.is_empty(), "the boxes fill the file");
        list
    }

    fn number(bytes: &[u8], at: usize) -> u32 {
        bytes[at..at + 4].iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
    }

    #[test]
    fn every_clip_has_its_length_and_size_and_begins_with_what_a_player_needs() {
        for clip in Clip::ALL {
            let bytes = clip.blank();
            let order: Vec<_> =
                boxes(bytes).iter().map(|(kind, _)| String::from_utf8_lossy(kind).into_owned()).collect();
            assert_eq!(order, ["ftyp", "moov", "free", "mdat"], "{clip:?}");
            let movie = inside(bytes, &[b"moov", b"mvhd"]);
            let (scale, length) = (number(movie, 12), number(movie, 16));
            assert_eq!(length, scale * u32::from(clip.seconds()), "{clip:?}");
            let track = inside(bytes, &[b"moov", b"trak", b"tkhd"]);
            let size = [track.len() - 8, track.len() - 4].map(|at| number(track, at) >> 16);
            assert_eq!(size, [u32::from(clip.size().0), u32::from(clip.size().1)], "{clip:?}");
        }
    }

    #[test]
    fn a_title_changes_no_length_and_is_read_back() {
        for clip in Clip::ALL {
            let video = clip.titled(Vendor::SeaArt, "mmsu_01hxyz");
            assert_eq!(video.len(), clip.bytes());
            assert_eq!(title_of(&video), Some((Vendor::SeaArt, "mmsu_01hxyz".to_owned())));
        }
    }
}
