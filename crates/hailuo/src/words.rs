//! Vendors' words: for the state of a job, and for what is wrong where there is only a sentence.
//!
//! Every vendor's documented words are here, in any case, with the common synonyms: a vendor that says `succeeded`
//! today said `succeed` yesterday, and the job is paid for either way.

use crate::error::ErrorKind;

/// What a word says of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word {
    Queued,
    Running,
    Done,
    Failed,
    Canceled,
    Unrecognized(String),
}

/// Longest word that is passed on, in characters.
const LONGEST: usize = 64;
/// Most words that are still one: `waiting for a slot`.
const MOST_WORDS: usize = 4;

/// What a vendor's word says.
pub(crate) fn state(word: &str) -> Word {
    let plain = |c: char| if matches!(c, '-' | ' ') { '_' } else { c.to_ascii_lowercase() };
    let plain: String = word.trim().chars().map(plain).collect();
    match plain.strip_prefix("task_status_").unwrap_or(&plain) {
        "in_queue" | "queued" | "queue" | "pending" | "waiting" | "submitted" | "created" | "scheduled" => Word::Queued,
        "in_progress" | "processing" | "running" | "started" | "starting" | "generating" | "rendering" => Word::Running,
        "completed" | "complete" | "success" | "succeed" | "succeeded" | "successful" | "done" | "finished" => {
            Word::Done
        }
        "failed" | "fail" | "failure" | "error" | "errored" | "timeout" | "timed_out" | "expired" | "rejected"
        | "aborted" => Word::Failed,
        "canceled" | "cancelled" => Word::Canceled,
        _ => Word::Unrecognized(sanitize(word)),
    }
}

/// A word that can be printed. What is no word, such as a sentence that may quote the prompt, is not passed on.
fn sanitize(word: &str) -> String {
    let plain = printable(word.trim(), LONGEST);
    let is_word = plain.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c));
    match plain.split_whitespace().count() {
        0 => "(empty)".to_owned(),
        1..=MOST_WORDS if is_word => plain,
        _ => "(not a word)".to_owned(),
    }
}

/// A text that can be printed: a vendor's answer is not trusted to be short or free of control characters.
pub(crate) fn printable(text: &str, longest: usize) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(longest).collect()
}

/// Whether a text is a word for programs, such as `INVALID_API_KEY` or `40201`.
pub(crate) fn is_code(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:/".contains(&byte);
    !text.is_empty() && text.len() <= LONGEST && text.bytes().all(is_part)
}

/// Whether a text is a media type, with or without parameters, and nothing else: it is shown.
pub(crate) fn is_media_type(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    let (kind, parameters) = text.split_once(';').unwrap_or((text, ""));
    let is_kind = kind.trim().split_once('/').is_some_and(|(kind, name)| is_name(kind) && is_name(name));
    let is_parameter = |text: &str| text.trim().split_once('=').is_some_and(|(name, _)| is_name(name));
    let is_sound = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    text.len() <= 128 && is_kind && is_sound(text) && parameters.split_terminator(';').all(is_parameter)
}

/// What a sentence for people blames, best guess.
pub(crate) fn blame(message: &str) -> Option<ErrorKind> {
    const TABLE: &[(ErrorKind, &[&str])] = &[
        (ErrorKind::RateLimit, &["rate limit", "too many", "slow down", "queue is full", "concurren"]),
        (ErrorKind::Balance, &["balance", "insufficient", "billing"]),
        (ErrorKind::Key, &["api key", "apikey", "unauthorized", "authentication", "invalid key", "invalid token"]),
        (
            ErrorKind::Content,
            &[
                "nsfw",
                "moderation",
                "policy",
                "safety",
                "sensitive",
                "prohibited",
                "inappropriate",
                "illegal",
                "flagged",
            ],
        ),
        (ErrorKind::UnknownJob, &["not found", "no such", "does not exist", "doesn't exist", "unknown id"]),
        (
            ErrorKind::InvalidRequest,
            &["invalid", "required", "must be", "missing", "validation", "unsupported", "not allowed"],
        ),
    ];
    // Vendors quote the prompt, which may well be about money.
    const MONEY: &[&str] = &["credit", "fund", "subscription", "payment", "quota"];
    const SHORT: &[&str] = &[
        "not enough",
        "not sufficient",
        "exceed",
        "exhaust",
        "expired",
        "too low",
        "required",
        "need",
        "out of",
        "used up",
        "no ",
        "upgrade",
        "top up",
        "deplet",
        "reached",
    ];
    const SHOWN: &[&str] = &["content", "prompt", "image", "picture", "word"];
    // Too many of these is too long.
    const LONG: &[&str] = &["character", "token", "word", "letter", "byte", "pixel", "image", "field", "parameter"];
    const FETCHING: &[&str] = &["download", "fetch", "reach", "retrieve", "to load", "not load"];
    let plain = message.to_ascii_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| plain.contains(sign));
    if plain.contains("image") && has(FETCHING) {
        return Some(ErrorKind::ImageUnreachable);
    }
    let is_too_long = |rest: &str| {
        let many = rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(2);
        many.into_iter().any(|word| LONG.iter().any(|long| word.starts_with(long)))
    };
    if plain.split_once("too many").is_some_and(|(_, rest)| is_too_long(rest)) {
        return Some(ErrorKind::InvalidRequest);
    }
    let blamed = TABLE.iter().find(|(_, signs)| has(signs)).map(|(kind, _)| *kind);
    if !matches!(blamed, Some(ErrorKind::RateLimit | ErrorKind::Content)) && has(MONEY) && has(SHORT) {
        return Some(ErrorKind::Balance);
    }
    // A method, a field or a value may be not allowed as well as a prompt.
    let is_open = matches!(blamed, None | Some(ErrorKind::UnknownJob | ErrorKind::InvalidRequest));
    let is_shown = || plain.contains("not allowed") && has(SHOWN);
    if is_open && !plain.contains("invalid") && is_shown() { Some(ErrorKind::Content) } else { blamed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_word_is_known_in_any_case() {
        for (words, expected) in [
            ("IN_QUEUE TASK_STATUS_QUEUED pending", Word::Queued),
            ("processing IN_PROGRESS in_progress TASK_STATUS_PROCESSING", Word::Running),
            ("success COMPLETED completed TASK_STATUS_SUCCEED TASK_STATUS_SUCCEEDED", Word::Done),
            ("error failed TASK_STATUS_FAILED Failed Errored REJECTED aborted expired", Word::Failed),
            ("CANCELED cancelled", Word::Canceled),
        ] {
            for word in words.split(' ') {
                assert_eq!(state(word), expected, "{word}");
            }
        }
    }

    #[test]
    fn an_unknown_word_is_passed_on_in_a_printable_form() {
        assert_eq!(state("RECONSIDERING"), Word::Unrecognized("RECONSIDERING".to_owned()));
        assert_eq!(state(" RE\u{1b}VIEW "), Word::Unrecognized("REVIEW".to_owned()));
        assert_eq!(state("waiting for a slot"), Word::Unrecognized("waiting for a slot".to_owned()));
        for sentence in [" \u{1b}[2J ", "{\"code\":7}", "the fox turns its head", "bad input: fox"] {
            assert_eq!(state(sentence), Word::Unrecognized("(not a word)".to_owned()), "{sentence}");
        }
        assert_eq!(state(""), Word::Unrecognized("(empty)".to_owned()));
        assert_eq!(state(&"狐".repeat(1000)), Word::Unrecognized("狐".repeat(64)));
    }

    #[test]
    fn a_code_is_a_word_and_no_sentence() {
        for (text, is) in [("INVALID_API_KEY", true), ("value_error.missing", true), ("40201", true), ("", false)] {
            assert_eq!(is_code(text), is, "{text}");
        }
        for text in ["a fox", "狐", " ", "\n", "{\"a\":1}", &"x".repeat(65)] {
            assert!(!is_code(text), "{text}");
        }
    }

    #[test]
    fn a_media_type_is_one_and_nothing_else() {
        for text in ["video/mp4", " video/mp4 ", "Video/X-Matroska", "video/mp4; codecs=\"avc1.640028, mp4a\"; a=b;"] {
            assert!(is_media_type(text), "{text}");
        }
        let long = format!("video/{}", "x".repeat(128));
        for text in ["", "video", "video/", "/mp4", "the fox/the hare", "video/mp4; the fox", "video/mp4\n", &long] {
            assert!(!is_media_type(text), "{text}");
        }
    }

    #[test]
    fn sentences_blame_somebody() {
        for (message, kind) in [
            ("Invalid API Key.", ErrorKind::Key),
            ("You have exceeded the rate limit", ErrorKind::RateLimit),
            ("Your wallet balance is too low", ErrorKind::Balance),
            ("Not enough credits", ErrorKind::Balance),
            ("You have exceeded your quota.", ErrorKind::Balance),
            ("Rate limit of your subscription exceeded", ErrorKind::RateLimit),
            ("The credits are not sufficient", ErrorKind::Balance),
            ("Payment required", ErrorKind::Balance),
            ("Prompt was flagged by moderation", ErrorKind::Content),
            ("Prompt was flagged by moderation: \"no credit for the fox\"", ErrorKind::Content),
            ("\"The fox pays by credit card\" is not allowed as a prompt", ErrorKind::Content),
            ("Your prompt contains words that are not allowed", ErrorKind::Content),
            ("This content is not allowed.", ErrorKind::Content),
            ("Invalid parameters: body: the fields are not allowed together", ErrorKind::InvalidRequest),
            ("Method not allowed", ErrorKind::InvalidRequest),
            ("Too many requests: more images are not allowed now", ErrorKind::RateLimit),
            ("Too many queued videos", ErrorKind::RateLimit),
            ("The prompt has too many characters", ErrorKind::InvalidRequest),
            ("Too many input images (2 > 1)", ErrorKind::InvalidRequest),
            ("Failed to fetch the image from the URL", ErrorKind::ImageUnreachable),
            ("Could not download the input image.", ErrorKind::ImageUnreachable),
            ("Request not found", ErrorKind::UnknownJob),
            ("The duration field is required.", ErrorKind::InvalidRequest),
        ] {
            assert_eq!(blame(message), Some(kind), "{message}");
        }
        assert_eq!(blame("Something went wrong"), None);
    }
}
