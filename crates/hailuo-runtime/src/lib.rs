//! What every generated Hailuo client links.
//!
//! A generated client turns typed values into a [`reqwest::Request`] and an answer back into typed values. Everything
//! that must hold for *every* vendor between those two points lives here, once:
//!
//! - [`Config`] and [`Session`]: where the service is, how the key gets into a request ([`Auth`]), and the limits.
//!   The HTTP client is built here, so that it follows no redirect and repeats no request; only a question is asked
//!   where the service has moved it on its own origin.
//! - [`pre`] and [`exec`]: the two hooks a generated client calls. A key leaves only towards the origin the session
//!   was made for; a body is sent once and cannot be replayed; an answer is read whole, up to a limit.
//! - [`Record`], [`Answer`], [`Failure`]: the boundary behind which progenitor's errors, which print bodies
//!   and query strings, are never seen.
//! - [`follow`]: fetches a URL that came in an answer, on the service's own origin only.
//! - [`Lenient`], [`Media`], [`File`], [`PathSegment`], [`Decimal`], [`Separated`]: the types that generated code uses for
//!   fields of answers, for pictures, uploads and parameters. [`json_body`] writes a request's body without doubling it in
//!   memory, [`form_body`] and [`multipart`] write forms, and [`decode`] reads an answer's body.
//!
//! It leaves to others what a vendor's answer *means*: there is no knowledge of any vendor here, and no waiting,
//! retrying or downloading.
//!
//! # A call
//!
//! ```no_run
//! # use hailuo_runtime::{progenitor_client, reqwest, Session};
//! # struct Client { session: Session }
//! # struct Submitted;
//! # type Sent = Result<progenitor_client::ResponseValue<Submitted>, progenitor_client::Error<()>>;
//! # impl Client {
//! #     fn recorded(&self) -> (Self, hailuo_runtime::Record) {
//! #         let (session, record) = self.session.recorded();
//! #         (Self { session }, record)
//! #     }
//! #     async fn submit(&self) -> Sent { Err(progenitor_client::Error::Custom(String::new())) }
//! # }
//! # async fn example(client: Client) {
//! let (client, record) = client.recorded();
//! match record.outcome(client.submit().await) {
//!     Ok(answer) => println!("HTTP {}", answer.status),
//!     Err(failure) if failure.request_sent() => println!("may have been charged: {failure}"),
//!     Err(failure) => println!("safe to try again: {failure}"),
//! }
//! # }
//! ```

mod auth;
mod body;
mod config;
mod decimal;
mod decode;
mod detail;
mod exec;
mod failure;
mod file;
mod follow;
mod form;
mod json_body;
mod lenient;
mod lookout;
mod media;
mod mend;
mod moved;
mod outcome;
mod path_segment;
mod pre;
mod present;
mod received;
mod record;
mod separated;
mod session;
mod unpack;

pub use auth::Auth;
pub use bytes::Bytes;
pub use config::{
    Config, ConfigError, DEFAULT_ANSWER_TIMEOUT, DEFAULT_CONNECT_TIMEOUT, DEFAULT_IDLE_TIMEOUT,
    DEFAULT_MAX_ANSWER_BYTES, USER_AGENT, as_it_comes,
};
pub use decimal::{Decimal, NotFinite};
pub use decode::{decode, value};
pub use detail::Detail;
pub use exec::{AnswerTooLarge, exec};
pub use failure::{Cause, Failure, FailureKind, retry_after};
pub use file::File;
pub use follow::{follow, follow_with};
pub use form::{Encoding, Encodings, file_body, form_body, multipart, query_pairs};
pub use http;
pub use json_body::json_body;
pub use lenient::Lenient;
pub use media::Media;
pub use outcome::Answer;
pub use path_segment::{InvalidPathSegment, PathSegment};
pub use pre::{Refusal, pre};
pub use present::present;
pub use progenitor_client;
pub use received::whole;
pub use record::Record;
pub use reqwest;
pub use secrecy::{self, SecretString};
pub use separated::{CommaSeparated, InvalidItem, PipeSeparated, Separated, SpaceSeparated};
pub use session::Session;

/// The README's examples are doc tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
