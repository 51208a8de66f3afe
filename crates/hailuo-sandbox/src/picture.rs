//! Pictures that come as data URLs: whether they are what they say, and a short form for the journal.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};

use serde_json::{Map, Value};

use crate::{
    contract::{Place, Problem, token},
    secrets::sum,
};

/// A picture that was sent as a data URL, without its bytes.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Picture {
    /// A JSON pointer to where it stood in the body.
    pub pointer: String,
    /// The media type that the data URL names.
    pub media_type: String,
    /// How many bytes the picture has.
    pub length: usize,
    /// The SHA-256 sum of its bytes.
    pub sha256: [u8; 32],
}

impl Picture {
    /// Whether these are the picture's bytes.
    pub fn is(&self, bytes: &[u8]) -> bool {
        self.length == bytes.len() && self.sha256 == sum(bytes)
    }

    /// What stands in the journal in place of the data URL.
    pub(crate) fn mark(&self) -> String {
        format!("data:{};base64,[{} bytes, sha256 {}…]", self.media_type, self.length, hex(&self.sha256[..8]))
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picture")
            .field("pointer", &self.pointer)
            .field("media_type", &self.media_type)
            .field("length", &self.length)
            .field("sha256", &hex(&self.sha256))
            .finish()
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A body with its pictures told apart from the rest.
pub(crate) struct Survey {
    /// The body with a note in place of each picture.
    pub(crate) shown: Value,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) problems: Vec<Problem>,
}

impl Survey {
    pub(crate) fn of(body: &Value) -> Self {
        let mut survey = Self { shown: Value::Null, pictures: Vec::new(), problems: Vec::new() };
        survey.shown = survey.copy(body, &mut String::new());
        survey
    }

    /// Copies all but the pictures, which can be long.
    fn copy(&mut self, value: &Value, pointer: &mut String) -> Value {
        let end = pointer.len();
        match value {
            Value::String(text) if is_data_url(text) => {
                let (picture, problem) = read(pointer, text);
                let mark = picture.mark();
                self.pictures.push(picture);
                self.problems.extend(problem);
                mark.into()
            }
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    let copy = self.copy(item, pointer);
                    pointer.truncate(end);
                    copy
                })
                .collect(),
            Value::Object(fields) => fields
                .iter()
                .map(|(name, field)| {
                    pointer.push('/');
                    pointer.push_str(&token(name));
                    let copy = self.copy(field, pointer);
                    pointer.truncate(end);
                    (name.clone(), copy)
                })
                .collect::<Map<_, _>>()
                .into(),
            other => other.clone(),
        }
    }
}

/// Whether this is a data URL, and not a prompt that begins with the word.
fn is_data_url(text: &str) -> bool {
    text.starts_with("data:") && text.split_once(',').is_some_and(|(head, _)| !head.contains(char::is_whitespace))
}

/// Reads a data URL: the picture, and what is wrong with it.
fn read(pointer: &str, url: &str) -> (Picture, Option<Problem>) {
    let problem = |rule: &str, message: &str| {
        Some(Problem {
            place: Place::Body,
            pointer: pointer.to_owned(),
            rule: rule.to_owned(),
            message: message.to_owned(),
        })
    };
    let rest = url.get(5..).unwrap_or_default();
    let (head, data) = rest.split_once(',').unwrap_or((rest, ""));
    let mut parts = head.split(';');
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_base64 = parts.next_back() == Some("base64");
    let decoded = is_base64.then(|| STANDARD.decode(data).ok()).flatten();
    let bytes = decoded.as_deref().unwrap_or(data.as_bytes());
    let wrong = if decoded.is_none() {
        problem("contentEncoding", "the data URL is not base64")
    } else if !media_type.starts_with("image/") {
        problem("contentMediaType", "the data URL is not an image")
    } else if bytes.is_empty() {
        problem("contentMediaType", "the image is empty")
    } else if sniff(bytes).is_some_and(|real| real != media_type && media_type != "image/jpg") {
        problem("contentMediaType", "the image is of another type than its data URL says")
    } else {
        None
    };
    let picture = Picture { pointer: pointer.to_owned(), media_type, length: bytes.len(), sha256: sum(bytes) };
    (picture, wrong)
}

/// The media type that the first bytes tell.
fn sniff(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Survey, read};
    use serde_json::json;

    #[test]
    fn a_survey_shows_the_body_without_its_pictures() {
        let body = json!({"a": ["data:image/png;base64,iVBORw0KGgo="], "prompt": "data: flows, slowly"});
        let survey = Survey::of(&body);
        assert_eq!(survey.pictures.len(), 1);
        assert_eq!(survey.pictures[0].pointer, "/a/0");
        assert_eq!(survey.problems, []);
        assert_eq!(survey.shown["prompt"], body["prompt"]);
        assert_eq!(survey.shown["a"][0], survey.pictures[0].mark().as_str());
    }

    #[test]
    fn a_picture_must_be_what_its_data_url_says() {
        for (url, rule) in [
            ("data:image/png;base64,iVBORw0KGgo=", None),
            ("data:image/jpeg;base64,/9j/4AAQ", None),
            ("data:image/jpg;base64,/9j/4AAQ", None),
            ("data:image/jpeg;base64,iVBORw0KGgo=", Some("contentMediaType")),
            ("data:text/plain;base64,aGk=", Some("contentMediaType")),
            ("data:image/png;base64,", Some("contentMediaType")),
            ("data:image/png;base64,iVBORw0KGg_", Some("contentEncoding")),
            ("data:image/png,iVBORw0KGgo=", Some("contentEncoding")),
            ("data:", Some("contentEncoding")),
        ] {
            let (picture, problem) = read("/image", url);
            assert_eq!(problem.map(|problem| problem.rule).as_deref(), rule, "{url}");
            assert_eq!(picture.pointer, "/image");
        }
    }

    #[test]
    fn a_picture_is_known_by_its_bytes_and_shows_none() {
        let (picture, _) = read("/image", "data:image/png;base64,iVBORw0KGgo=");
        assert!(picture.is(b"\x89PNG\r\n\x1a\n"));
        assert!(!picture.is(b"\x89PNG\r\n\x1a\r"));
        assert!(!picture.mark().contains("iVBOR"), "{}", picture.mark());
        assert!(picture.mark().starts_with("data:image/png;base64,[8 bytes, sha256 "));
    }
}
