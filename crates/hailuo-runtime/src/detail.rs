//! An error's chain as text that may be shown: no URL, no header, no body.

use std::{error::Error, fmt};

use crate::failure::causes;

/// The longest text that is kept of one error, in characters.
const LONGEST: usize = 200;

/// The most links of a chain that are kept.
const DEEPEST: usize = 8;

/// One link of an error chain, kept as text.
///
/// Errors of the HTTP layers are not handed out as they are: some of them print the URL they were for.
#[derive(Debug, Clone)]
pub struct Detail {
    text: String,
    source: Option<Box<Detail>>,
}

impl Detail {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), source: None }
    }

    /// The chain under `error`, whose own words ("error sending request") say nothing.
    pub fn of(error: &reqwest::Error) -> Self {
        let mut texts: Vec<String> = Vec::new();
        for link in causes(error).filter(|link| !link.is::<reqwest::Error>()).take(DEEPEST) {
            let text: String = words(link).chars().filter(|c| !c.is_control()).take(LONGEST).collect();
            // hyper-util repeats in one link what the next one says.
            if texts.last().is_none_or(|last| *last != text) {
                texts.push(text);
            }
        }
        let chain =
            texts.into_iter().rev().fold(None, |source, text| Some(Self { text, source: source.map(Box::new) }));
        chain.unwrap_or_else(|| Self::new("the HTTP client gave no reason"))
    }
}

/// What an error says, without what the peer says: HTTP/2 lets a connection end with any words, and they are quoted.
fn words(error: &(dyn Error + 'static)) -> String {
    match error.downcast_ref::<h2::Error>() {
        Some(ended) if ended.is_go_away() => match ended.reason() {
            Some(reason) => format!("the connection was ended: {reason}"),
            None => "the connection was ended".to_owned(),
        },
        _ => error.to_string(),
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for Detail {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// What generated code says about a value it could not convert, without the value.
///
/// The texts are progenitor's and typify's own (`conversion to … for … failed: error converting supplied value for
/// …: …`), and at their end stands whatever a caller's own conversion said, which may well be what it was given.
pub(crate) fn conversion(message: &str) -> String {
    let known = |part: &&str| {
        let named = part.starts_with("conversion to `")
            || part.starts_with("error converting supplied value for ")
            || part.starts_with("no value supplied for ")
            || part.ends_with(" was not initialized")
            || *part == "failed to parse header value";
        named && part.len() <= LONGEST && part.chars().all(|c| c.is_ascii_alphanumeric() || " _`:<>".contains(c))
    };
    // A type is written as tokens are, `:: std :: string :: String`.
    let message = message.replace(" :: ", "::").replace("`:: ", "`");
    let parts: Vec<&str> = message.split(": ").take_while(known).collect();
    let Some(last) = parts.last() else { return "a value of the request cannot be used".to_owned() };
    let why = if last.contains("PathSegment` for ") { NO_SEGMENT } else { "" };
    parts.join(": ") + why
}

/// What a path cannot hold; the conversion that failed knew which it was, and generated code does not ask it.
const NO_SEGMENT: &str = ": it is empty, `.` or `..`, or has a backslash or a control character";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversion_names_the_field_and_never_the_value() {
        for (message, expected) in [
            ("task_id was not initialized", "task_id was not initialized"),
            (
                "conversion to `:: hailuo_runtime :: PathSegment` for task_id failed",
                "conversion to `hailuo_runtime::PathSegment` for task_id failed: it is empty, `.` or `..`, or has a \
                 backslash or a control character",
            ),
            (
                "conversion to `:: std :: vec :: Vec < :: std :: string :: String >` for words failed",
                "conversion to `std::vec::Vec <::std::string::String >` for words failed",
            ),
            (
                "conversion to `SubmitBody` for body failed: error converting supplied value for prompt: canary",
                "conversion to `SubmitBody` for body failed: error converting supplied value for prompt",
            ),
            ("failed to parse header value", "failed to parse header value"),
            ("no value supplied for image", "no value supplied for image"),
            ("canary: no value supplied for image", "a value of the request cannot be used"),
            ("conversion to `canary\" failed", "a value of the request cannot be used"),
            ("canary", "a value of the request cannot be used"),
        ] {
            assert_eq!(conversion(message), expected);
        }
    }
}
