//! The boundary between generated code and everything above it: progenitor's result in, [`Answer`] or [`Failure`] out.
//!
//! progenitor's error prints bodies, query strings and cookies, and loses the status of an answer it could not read.
//! It ends here, unprinted; what it lost is in the [`Record`].

use std::fmt;

use bytes::Bytes;
use progenitor_client::{Error, ResponseValue};
use reqwest::{StatusCode, header::HeaderMap};
use serde_json::error::Category;

use crate::{
    Cause, Failure, FailureKind, Record, Refusal,
    detail::{Detail, conversion},
    failure::is_turned_away,
    record::Ending,
};

/// An answer with status 2xx that could be read.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer<T> {
    /// What the body says.
    pub value: T,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came. Empty if the call was made without this record.
    pub raw: Bytes,
}

impl<T> Answer<T> {
    pub(crate) fn new(value: T, status: StatusCode, headers: HeaderMap, raw: Bytes) -> Self {
        Self { value, status, headers, raw }
    }

    /// A header's value, if there is one that is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The same answer with another value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Answer<U> {
        Answer::new(convert(self.value), self.status, self.headers, self.raw)
    }
}

impl<T> fmt::Debug for Answer<T> {
    /// Sizes instead of contents: an answer may echo what was sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status.as_u16())
            .field("headers", &self.headers.len())
            .field("raw_bytes", &self.raw.len())
            .finish_non_exhaustive()
    }
}

impl Record {
    /// What became of the call that left its traces here, told without what must not be shown.
    ///
    /// The record is the one that came with the client the call was made with; see
    /// [`Session::recorded`](crate::Session::recorded).
    ///
    /// # Errors
    ///
    /// A [`Failure`] for everything but a readable answer with status 2xx.
    pub fn outcome<T, E>(&self, result: Result<ResponseValue<T>, Error<E>>) -> Result<Answer<T>, Failure> {
        let answer = result.map_err(|error| convert(self, error))?;
        // A body that generated code does not look at may be incomplete without its having noticed.
        if let Some(failure) = incomplete(self) {
            return Err(failure);
        }
        let (status, headers) = (answer.status(), answer.headers().clone());
        Ok(Answer::new(answer.into_inner(), status, headers, self.bytes()))
    }
}

fn convert<E>(record: &Record, error: Error<E>) -> Failure {
    match error {
        Error::InvalidRequest(message) => unsent(record, Cause::Request, conversion(&message)),
        Error::Custom(message) => match Refusal::of(&message) {
            Some(refusal @ Refusal::ForeignOrigin) => unsent(record, Cause::Origin, refusal.to_string()),
            Some(refusal) => unsent(record, Cause::Request, refusal.to_string()),
            None => unsent(record, Cause::Request, conversion(&message)),
        },
        Error::CommunicationError(error) | Error::ResponseBodyError(error) | Error::InvalidUpgrade(error) => {
            broken(record, &error)
        }
        Error::ErrorResponse(answer) => refused(record, answer.status(), answer.headers().clone()),
        Error::InvalidResponsePayload(bytes, error) => {
            unreadable(&error).answered(record.status(), record.headers(), bytes)
        }
        Error::UnexpectedResponse(response) => {
            let (status, headers) = (response.status(), response.headers().clone());
            if !status.is_success() {
                return refused(record, status, headers);
            }
            incomplete(record).unwrap_or_else(|| {
                let failure = Failure::new(FailureKind::Unreadable, Cause::Shape, true);
                failure.answered(Some(status), headers, record.bytes())
            })
        }
    }
}

/// Nothing of this request was sent; of an earlier one under the same record something may have been.
fn unsent(record: &Record, cause: Cause, text: String) -> Failure {
    let kind = if record.sent() { FailureKind::Unanswered } else { FailureKind::NotSent };
    Failure::new(kind, cause, record.sent()).because(Some(Detail::new(text)))
}

/// The status says no, whether or not its reasons came whole.
fn refused(record: &Record, status: StatusCode, headers: HeaderMap) -> Failure {
    let failure = Failure::new(FailureKind::Refused, Cause::Status, true);
    let failure = failure.answered(Some(status), headers, record.bytes());
    match record.ending() {
        Some(Ending::TooLarge(error)) => failure.because(Some(Detail::new(error.to_string()))),
        _ => failure,
    }
}

/// What the record knows better than the error: that an answer began and did not end.
fn incomplete(record: &Record) -> Option<Failure> {
    let failure = match record.ending()? {
        Ending::Whole => return None,
        Ending::Cut { cause, detail } => Failure::new(FailureKind::Unanswered, cause, true).because(detail),
        Ending::TooLarge(error) => {
            let detail = Detail::new(error.to_string());
            Failure::new(FailureKind::TooLarge, Cause::Size, true).because(Some(detail))
        }
    };
    Some(failure.answered(record.status(), record.headers(), record.bytes()))
}

fn broken(record: &Record, error: &reqwest::Error) -> Failure {
    if let Some(failure) = incomplete(record) {
        return failure;
    }
    let (cause, detail) = (Cause::of(error), Some(Detail::of(error)));
    if cause == Cause::Size {
        return Failure::new(FailureKind::TooLarge, cause, true).because(detail);
    }
    // Without a record nobody watched the body: sent, unless there cannot have been a connection.
    let sent = record.sent() || (!record.began() && !error.is_connect() && !error.is_builder());
    if sent && is_turned_away(error) {
        return Failure::new(FailureKind::NotSent, Cause::TurnedAway, false).because(detail);
    }
    let kind = if sent { FailureKind::Unanswered } else { FailureKind::NotSent };
    Failure::new(kind, cause, sent).because(detail)
}

/// serde_json's own words may quote the value that did not fit, so only the place is told.
fn unreadable(error: &serde_json::Error) -> Failure {
    let cause = match error.classify() {
        Category::Data => Cause::Shape,
        Category::Io | Category::Syntax | Category::Eof => Cause::Json,
    };
    // A value that was read before it was found not to fit has no place any more.
    let place = (error.line() > 0).then(|| format!("at line {}, column {}", error.line(), error.column()));
    Failure::new(FailureKind::Unreadable, cause, true).because(place.map(Detail::new))
}
