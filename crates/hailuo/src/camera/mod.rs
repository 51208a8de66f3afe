//! The 15 camera commands as typed words, and a reader of those that stand in a prompt.
//!
//! What is sent is the Chinese word, the only spelling that the vendors document. Natural language works too, less
//! exactly, so nothing here is an error; doubts become warnings.

mod brackets;

use std::fmt;

pub(crate) use brackets::warn;
pub use brackets::{Bracket, Word, brackets};

macro_rules! cameras {
    ($($camera:ident $word:literal $english:literal $aliases:tt;)+) => {
        /// A movement of the camera.
        ///
        /// ```
        /// use hailuo::Camera;
        ///
        /// let prompt = format!("A fox in the snow. {}", Camera::PushIn);
        /// assert_eq!(prompt, "A fox in the snow. [推进]");
        /// assert_eq!(Camera::together(&[Camera::PanLeft, Camera::PedestalUp]), "[左摇,上升]");
        /// ```
        ///
        /// Several in one bracket act together, at most three are recommended; brackets one after another act in sequence.
        /// The Chinese words are the vendors' (SeaArt, HighwayAPI), the English names MiniMax's own; the pairing is by their
        /// order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Camera { $(#[doc = concat!($word, ", ", $english, ".")] $camera,)+ }

        impl Camera {
            /// All commands, in the vendors' order.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$camera),+];

            /// The word that is sent.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$camera => $word,)+ }
            }

            /// MiniMax's English name.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$camera => $english,)+ }
            }

            /// HighwayAPI's group names and their common short forms.
            const fn aliases(self) -> &'static [&'static str] {
                match self { $(Self::$camera => &$aliases,)+ }
            }
        }
    };
}

cameras! {
    TruckLeft "左移" "truck left" ["dolly left"];
    TruckRight "右移" "truck right" ["dolly right"];
    PanLeft "左摇" "pan left" [];
    PanRight "右摇" "pan right" [];
    PushIn "推进" "push in" ["push", "dolly in"];
    PullOut "拉远" "pull out" ["pull", "pull back", "dolly out"];
    PedestalUp "上升" "pedestal up" ["rise"];
    PedestalDown "下降" "pedestal down" ["fall"];
    TiltUp "上摇" "tilt up" [];
    TiltDown "下摇" "tilt down" [];
    ZoomIn "变焦推近" "zoom in" [];
    ZoomOut "变焦拉远" "zoom out" [];
    Shake "晃动" "shake" [];
    TrackingShot "跟随" "tracking shot" ["tracking", "track", "follow"];
    StaticShot "固定" "static shot" ["static", "fixed"];
}

impl Camera {
    /// The command of exactly this Chinese word.
    pub fn from_word(word: &str) -> Option<Self> {
        let key = key(word)?;
        KEYS.iter().position(|of| *of == key).map(|index| Self::ALL[index])
    }

    /// The command an English word means: MiniMax's names and HighwayAPI's, whatever their case.
    pub fn from_english(word: &str) -> Option<Self> {
        let plain = |c: u8| match c {
            b'-' | b'_' => b' ',
            other => other.to_ascii_lowercase(),
        };
        let is = |name: &str| name.len() == word.len() && name.bytes().zip(word.bytes()).all(|(n, w)| n == plain(w));
        Self::ALL.into_iter().find(|camera| is(camera.english()) || camera.aliases().iter().any(|name| is(name)))
    }

    /// One bracket of commands that act at the same time; without commands an empty string.
    pub fn together(commands: &[Self]) -> String {
        if commands.is_empty() {
            return String::new();
        }
        let words: Vec<_> = commands.iter().map(|camera| camera.word()).collect();
        format!("[{}]", words.join(","))
    }
}

/// The words as numbers, in the order of [`Camera::ALL`]: a prompt may have hundreds of brackets, and comparing numbers
/// is quicker than comparing texts.
const KEYS: [u128; Camera::ALL.len()] = {
    let mut keys = [0; Camera::ALL.len()];
    let mut word = 0;
    while word < keys.len() {
        let text = Camera::ALL[word].word().as_bytes();
        let mut bytes = [0; 16];
        let mut at = 0;
        while at < text.len() {
            bytes[at] = text[at];
            at += 1;
        }
        keys[word] = u128::from_le_bytes(bytes) | (text.len() as u128) << 120;
        word += 1;
    }
    keys
};

/// A word of two or four Chinese characters as a number, its length included.
fn key(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    let mut padded = [0; 16];
    // Two copies of known lengths are quicker than one of any length.
    let length = match bytes.len() {
        6 => {
            padded[..6].copy_from_slice(bytes);
            6
        }
        12 => {
            padded[..12].copy_from_slice(bytes);
            12
        }
        _ => return None,
    };
    Some(u128::from_le_bytes(padded) | length << 120)
}

/// The command in its bracket, ready to stand in a prompt.
impl fmt::Display for Camera {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_found_by_its_word_and_its_english_names() {
        for camera in Camera::ALL {
            assert_eq!(Camera::from_word(camera.word()), Some(camera));
            for name in camera.aliases().iter().copied().chain([camera.english()]) {
                assert_eq!(Camera::from_english(name), Some(camera), "{name}");
                let shouted = name.to_uppercase().replace(' ', "_");
                assert_eq!(Camera::from_english(&shouted), Some(camera), "{shouted}");
            }
        }
    }

    #[test]
    fn no_two_commands_share_a_name() {
        let mut names: Vec<_> = Camera::ALL
            .iter()
            .flat_map(|camera| camera.aliases().iter().copied().chain([camera.english(), camera.word()]))
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn no_commands_make_no_bracket() {
        assert_eq!(Camera::together(&[]), "");
    }
}
