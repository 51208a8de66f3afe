//! What is wrong with a request or an answer, in words that never repeat its values.

use jsonschema::{ValidationError, error::ValidationErrorKind};
use serde_json::Value;

/// The part of a request or answer that a contract speaks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The path names no operation, or a parameter in it is not allowed.
    Path,
    /// The path has no such method.
    Method,
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// The body.
    Body,
    /// The status of an answer.
    Status,
}

impl Place {
    /// A word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Method => "method",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
            Self::Status => "status",
        }
    }
}

/// One thing that breaks the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) place: Place,
    /// A JSON pointer to the value, or to where it is missing.
    pub(crate) pointer: String,
    /// The keyword of JSON Schema that is broken, or `unknown`, `repeated`, `mediaType`, `json`.
    pub(crate) rule: String,
    pub(crate) message: String,
}

impl Problem {
    pub(crate) fn new(place: Place, name: &str, rule: &str, message: impl Into<String>) -> Self {
        let pointer = if name.is_empty() { String::new() } else { format!("/{}", token(name)) };
        Self { place, pointer, rule: rule.to_owned(), message: message.into() }
    }

    /// From a validator's error, its values masked; `name` stands before the pointer within a parameter.
    pub(crate) fn from_error(place: Place, name: &str, error: &ValidationError<'_>) -> Self {
        let mut problem = Self::new(place, name, error.kind().keyword(), error.masked().to_string());
        problem.pointer.push_str(error.instance_path().as_str());
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                let property = property.as_str().unwrap_or_default();
                "a required field is missing".clone_into(&mut problem.message);
                problem.pointer = format!("{}/{}", problem.pointer, token(property));
            }
            // The schema of a `not` is long and explains nothing but by the fields it names.
            ValidationErrorKind::Not { schema } => {
                let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
                let names = names.collect::<Vec<_>>().join(" and ");
                let names = if names.is_empty() { "these fields" } else { &names };
                problem.message = format!("{names} are not allowed together with these values");
            }
            _ => {}
        }
        problem
    }

    /// The name of the field concerned, where it is one.
    pub(crate) fn field(&self) -> Option<&str> {
        self.pointer.split('/').nth(1)
    }

    /// Several problems in one line.
    pub(crate) fn list(problems: &[Self]) -> String {
        let parts: Vec<_> = problems
            .iter()
            .map(|problem| match problem.pointer.strip_prefix('/') {
                Some(pointer) => format!("{} {pointer}: {}", problem.place.word(), problem.message),
                None => format!("{}: {}", problem.place.word(), problem.message),
            })
            .collect();
        parts.join("; ")
    }
}

/// A name as a part of a JSON pointer.
pub(crate) fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
