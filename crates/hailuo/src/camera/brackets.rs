//! Finds the brackets of a prompt and doubts them.

use std::{borrow::Cow, ops::Range, sync::LazyLock};

use memchr::{memchr, memchr2, memmem::Finder};

use super::Camera;
use crate::rules::{CAMERA_MAX_TOGETHER, Field, Warning, WarningCode};

/// One pair of square brackets in a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracket {
    /// Bytes of the prompt, brackets included.
    pub span: Range<usize>,
    /// What stands between the commas, in order.
    pub words: Vec<Word>,
}

/// One word in a bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Bytes of the prompt, without the blanks around the word.
    pub span: Range<usize>,
    /// The command, if the word is one.
    pub command: Option<Camera>,
}

/// The brackets of a prompt with their words, in order.
///
/// ```
/// use hailuo::Camera;
///
/// let found = hailuo::camera::brackets("[左摇,上升] then [推进]");
/// assert_eq!(found.len(), 2);
/// assert_eq!(found[0].words[1].command, Some(Camera::PedestalUp));
/// ```
pub fn brackets(prompt: &str) -> Vec<Bracket> {
    spans(prompt)
        .map(|(span, _)| Bracket {
            words: words(prompt, &span)
                .map(|span| Word { command: Camera::from_word(&prompt[span.clone()]), span })
                .collect(),
            span,
        })
        .collect()
}

/// Adds a warning for everything in brackets that will probably not do what was meant. No warning quotes the prompt:
/// its span tells where to look.
pub(crate) fn warn(prompt: &str, warnings: &mut Vec<Warning>) {
    for (span, closed) in spans(prompt) {
        if closed && Camera::from_word(&prompt[span.start + 1..span.end - 1]).is_some() {
            continue;
        }
        let mut count = 0;
        for word in words(prompt, &span) {
            count += 1;
            warnings.extend(doubt_of(&prompt[word.clone()]).map(|warning| warning.at(word)));
        }
        if count > CAMERA_MAX_TOGETHER {
            let problem =
                format!("has {count} camera commands in one bracket; at most {CAMERA_MAX_TOGETHER} are recommended");
            warnings.push(doubt(WarningCode::CameraTooMany, problem).at(span.clone()));
        }
        for comma in commas(prompt, &span) {
            let problem = "has a full-width comma in a bracket; the vendors document the plain one";
            warnings.push(doubt(WarningCode::CameraComma, problem).at(comma));
        }
        if !closed {
            let problem = "has a bracket that opens with a camera command and does not close";
            warnings.push(doubt(WarningCode::CameraUnclosed, problem).at(span));
        }
    }
    warn_of_wide_brackets(prompt, warnings);
}

fn doubt(code: WarningCode, problem: impl Into<Cow<'static, str>>) -> Warning {
    Warning::new(code, Field::Prompt, problem)
}

/// What is doubtful about a word in a bracket.
fn doubt_of(word: &str) -> Option<Warning> {
    if Camera::from_word(word).is_some() {
        return None;
    }
    Some(match Camera::from_english(word) {
        Some(camera) => {
            let (english, word) = (camera.english(), camera.word());
            let problem = format!("has the camera command \"{english}\" in English; the vendors document {word}");
            doubt(WarningCode::CameraEnglish, problem)
        }
        None => doubt(WarningCode::CameraUnknown, "has a word in brackets that is no camera command"),
    })
}

/// Full-width brackets are good Chinese typography, so only those that hold a command are doubted.
fn warn_of_wide_brackets(prompt: &str, warnings: &mut Vec<Warning>) {
    static OPEN: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["【", "［"].map(Finder::new));
    // The first bytes of the two brackets; only full-width punctuation and its like begin so.
    if memchr2(0xE3, 0xEF, prompt.as_bytes()).is_none() {
        return;
    }
    for (finder, (open, close)) in OPEN.iter().zip([('【', '】'), ('［', '］')]) {
        let mut from = 0;
        while let Some(start) = finder.find(&prompt.as_bytes()[from..]).map(|at| from + at) {
            let inner = start + open.len_utf8();
            let Some(length) = prompt[inner..].find(close) else {
                break;
            };
            let end = inner + length;
            let mut words = prompt[inner..end].split([',', '，', '、']).map(str::trim);
            if words.any(|word| Camera::from_word(word).is_some()) {
                let problem = "has a camera command in full-width brackets; the vendors document square ones";
                warnings.push(doubt(WarningCode::CameraBracket, problem).at(start..end + close.len_utf8()));
            }
            from = end;
        }
    }
}

/// How far most brackets go, in bytes.
const NEAR: usize = 32;

/// Spans of brackets, and whether they are closed. An unclosed one counts only if a command follows the bracket.
fn spans(prompt: &str) -> impl Iterator<Item = (Range<usize>, bool)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let bytes = prompt.as_bytes();
            let start = from + memchr(b'[', &bytes[from..])?;
            let inner = start + 1;
            // Most brackets are short: looking byte by byte is done before a search has begun.
            let near = &bytes[inner..bytes.len().min(inner + NEAR)];
            let stop = near.iter().position(|byte| matches!(byte, b'[' | b']'));
            let far = || memchr2(b'[', b']', bytes.get(inner + NEAR..)?).map(|at| at + NEAR);
            let stop = stop.or_else(far).map(|at| inner + at);
            match stop {
                Some(end) if bytes[end] == b']' => {
                    from = end + 1;
                    return Some((start..from, true));
                }
                _ => {
                    let end = stop.unwrap_or(prompt.len());
                    from = end;
                    let rest = prompt[inner..end].trim_start();
                    if let Some(camera) = Camera::ALL.iter().find(|c| rest.starts_with(c.word())) {
                        let word = end - rest.len() + camera.word().len();
                        return Some((start..word, false));
                    }
                }
            }
        }
    })
}

/// The words of a bracket. A full-width comma separates too: it is doubted, but what was meant is clear.
fn words<'a>(prompt: &'a str, bracket: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let start = bracket.start + 1;
    let end = if prompt[..bracket.end].ends_with(']') { bracket.end - 1 } else { bracket.end };
    let inner = &prompt[start..end];
    inner.split([',', '，', '、']).map(move |piece| {
        let word = piece.trim();
        let at = start + offset(inner, piece) + (piece.len() - piece.trim_start().len());
        at..at + word.len()
    })
}

fn commas<'a>(prompt: &'a str, bracket: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let start = bracket.start;
    prompt[bracket.clone()].match_indices(['，', '、']).map(move |(at, comma)| start + at..start + at + comma.len())
}

/// Where a piece of a text begins in it.
fn offset(whole: &str, piece: &str) -> usize {
    piece.as_ptr().addr() - whole.as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubts(prompt: &str) -> Vec<(&'static str, &str)> {
        let mut warnings = Vec::new();
        warn(prompt, &mut warnings);
        warnings.iter().map(|w| (w.code().as_str(), w.span().map_or("", |span| &prompt[span]))).collect()
    }

    #[test]
    fn documented_commands_raise_no_doubt() {
        for prompt in ["", "no brackets", "[左摇,上升]", "[ 推进 ], then [拉远].", "[变焦推近,晃动,跟随]", "a ] b [ c"]
        {
            assert_eq!(doubts(prompt), [], "{prompt}");
        }
        for camera in Camera::ALL {
            assert_eq!(doubts(&format!("一只狐狸{camera}")), []);
        }
    }

    #[test]
    fn each_doubt_has_its_code_and_its_place() {
        for (prompt, expected) in [
            ("a [Pan left] b", vec![("camera_english", "Pan left")]),
            ("[dolly-left]", vec![("camera_english", "dolly-left")]),
            ("[飞翔]", vec![("camera_unknown", "飞翔")]),
            ("[]", vec![("camera_unknown", "")]),
            ("[左摇，上升]", vec![("camera_comma", "，")]),
            ("[左摇,右摇,推进,上升]", vec![("camera_too_many", "[左摇,右摇,推进,上升]")]),
            ("go [推进 slowly", vec![("camera_unclosed", "[推进")]),
            ("[推进 [上升]", vec![("camera_unclosed", "[推进")]),
            ("【推进】【注】", vec![("camera_bracket", "【推进】")]),
        ] {
            assert_eq!(doubts(prompt), expected, "{prompt}");
        }
    }

    #[test]
    fn words_keep_their_order_and_place() {
        let prompt = "x [左摇, zoom] y [固定]";
        let found = brackets(prompt);
        let words: Vec<_> = found
            .iter()
            .flat_map(|bracket| &bracket.words)
            .map(|word| (&prompt[word.span.clone()], word.command))
            .collect();
        assert_eq!(words, [("左摇", Some(Camera::PanLeft)), ("zoom", None), ("固定", Some(Camera::StaticShot))]);
    }

    proptest::proptest! {
        #[test]
        fn any_prompt_is_read_without_panic(prompt in "[\\[\\]【】［］,，、 a左摇推进\\PC]{0,60}") {
            for bracket in brackets(&prompt) {
                proptest::prop_assert!(prompt.get(bracket.span.clone()).is_some());
                for word in bracket.words {
                    proptest::prop_assert!(prompt.get(word.span).is_some());
                }
            }
            for (_, text) in doubts(&prompt) {
                proptest::prop_assert!(prompt.contains(text));
            }
        }
    }
}
