//! One request, one rule book and one job type for MiniMax Hailuo 2.3 image-to-video at five vendors.
//!
//! [`ImageToVideo`] is a picture, a prompt and a few choices, checked once. [`Client`] sends it to a vendor, or to the
//! first of several that takes it, waits for the video and fetches it:
//!
//! ```no_run
//! use hailuo::{Client, Image, ImageToVideo};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), hailuo::Error> {
//!     let client = Client::from_env()?;
//!     let request =
//!         ImageToVideo::builder().image(Image::path("fox.jpg")).prompt("The fox turns its head. [推进]").build()?;
//!     let video = client.generate(&request).save_to("fox.mp4").await?;
//!     println!("{}", video.url);
//!     Ok(())
//! }
//! ```
//!
//! | to | there is |
//! | --- | --- |
//! | send a URL, bytes or a file | [`Image`] |
//! | follow a job | [`Generation::events`], [`Client::watch`] |
//! | go on in another process | [`JobHandle`], [`Client::resume`] |
//! | ask several vendors in order | [`ClientBuilder::order`], [`Client::with_order`], [`Job::refusals`] |
//! | keep a record of what may cost money | [`Journal`] |
//! | be called when a job is done | [`SubmitOptions::webhook`], and the feature `webhook` |
//! | do without an async runtime | the feature `blocking` |
//! | know the price before | [`Client::validate`], [`Cost`] |
//! | stop a job | [`Client::cancel`] |
//! | fetch a video, and go on where that was cut | [`Client::download`], [`DownloadOptions`] |
//! | try what the rules forbid | [`RuleMode`] |
//! | try again | [`Error`] |
//! | use one vendor only | [`Client::new`], and its feature alone |
//! | use all that a vendor's API has | [`Client::fal`] and its like |
//!
//! # No lost money
//!
//! - A request that may cost money is sent at most once per call. Submitting has three outcomes, and [`Submission`] says
//!   so: accepted, rejected, or unknown. Unknown is never retried, and no other vendor is tried after it.
//! - A [`JobHandle`] is one token without a key in it; any process can wait for its job. It is in the [`Journal`] before
//!   the caller sees it, and dropping a future loses nothing.
//! - An answer that is not as documented is searched for the job's number, and a result for the video's URL, before
//!   anything is given up. A download that was cut is resumed.
//! - [`Error`] tells by phase what happened, whether money may have been spent, and what to do next. Keys, prompts,
//!   pictures and vendors' free words are in no `Display`, no `Debug` and no log line.
//!
//! # The rules
//!
//! [`rules`] are the model's own: 768P takes 6 or 10 seconds, 1080P takes 6; a prompt has 1 to 2000 characters; a picture
//! has limits, too. [`Fit`] is what one vendor would be sent, [`Capabilities`] what it has a word for. [`RuleMode`] loosens
//! the rules, [`Camera`] has the camera commands. None of this needs a client.
//!
//! # Tests of your own
//!
//! `hailuo-sandbox`, as a dev-dependency, is the five vendors on loopback. Where a test stops the clock, with tokio's
//! feature `test-util`, nothing is waited for: a job of minutes takes milliseconds.
//!
//! ```
//! use hailuo::{Client, ErrorKind, ImageToVideo, Vendor};
//! use hailuo_sandbox::{Sandbox, Vendor as Seller};
//!
//! # /*
//! #[tokio::test(start_paused = true)]
//! # */
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! async fn a_refused_prompt_costs_nothing() -> Result<(), Box<dyn std::error::Error>> {
//!     let sandbox = Sandbox::start().await?;
//!     sandbox.fault(Seller::Fal, "submit:content-refused".parse()?)?;
//!     let client = Client::builder().key(Vendor::Fal, "any-key").base_url(Vendor::Fal, sandbox.url(Seller::Fal)).build()?;
//!     let request = ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("A fox.").build()?;
//!     let error = client.generate(&request).await.unwrap_err();
//!     assert_eq!(error.kind(), ErrorKind::Content);
//!     assert!(!error.may_have_been_charged());
//!     client.generate(&request).await?; // the fault strikes once
//!     assert_eq!(sandbox.jobs(Seller::Fal).len(), 1);
//!     Ok(())
//! }
//! # a_refused_prompt_costs_nothing().unwrap();
//! ```
//!
//! # Logs
//!
//! With a subscriber of `tracing`: at `info` the handle of every job that was accepted, at `warn` every refusal and what a
//! journal did not record, at `debug` every exchange, all without keys, prompts and pictures.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `modelslab` `fal` `seaart` `highwayapi` `apiinone` | that vendor's client; all are on by default |
//! | `webhook` | whether a webhook delivery comes from fal |
//! | `blocking` | calls that block |
//!
//! Without any, the crate is request, rules and schema, with no HTTP and no async runtime. Not affiliated with MiniMax or
//! the vendors.

#![cfg_attr(
    not(all(
        feature = "modelslab",
        feature = "fal",
        feature = "seaart",
        feature = "highwayapi",
        feature = "apiinone"
    )),
    allow(dead_code, unused_imports, unused_variables, reason = "some vendors use only some of what all share")
)]

mod adapters;
mod address;
pub mod camera;
mod capabilities;
mod codes;
mod cost;
mod error;
mod handle;
mod image;
mod journal;
mod millis;
mod request;
pub mod rules;
mod vendor;
mod video;

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "_client")]
mod client;
#[cfg(feature = "_client")]
mod download;
#[cfg(feature = "_client")]
mod event;
#[cfg(feature = "_client")]
mod exchange;
#[cfg(feature = "_client")]
mod fields;
#[cfg(feature = "_client")]
mod rescue;
#[cfg(feature = "webhook")]
pub mod webhook;
#[cfg(feature = "_client")]
mod words;

pub use camera::Camera;
pub use capabilities::{Capabilities, Progress, Property, Tiers, Wire};
pub use cost::{Cost, Unit};
pub use error::{Error, ErrorKind, Exhausted, Invalid, Problem, Reason, SetupError};
pub use handle::{InvalidHandle, JobHandle};
pub use image::{Image, ImageFormat, Picture};
pub use journal::{Attempt, Ending, Entry, Journal, JournalError, MemoryJournal, Outcome};
pub use request::{Duration, ImageToVideo, ImageToVideoBuilder, Resolution, RuleMode, Tier, UnknownValue};
pub use rules::{Code, Field, Fit, SentDefault, Violation, Violations, Warning, WarningCode};
pub use vendor::{UnknownVendor, Vendor};
pub use video::Video;

#[cfg(feature = "_client")]
pub use client::{Client, ClientBuilder, Events, Generation, Job, Submission, SubmitOptions, WaitOptions};
#[cfg(feature = "_client")]
pub use download::DownloadOptions;
#[cfg(feature = "_client")]
pub use event::{Event, LogLine};
#[cfg(feature = "_client")]
pub use exchange::Cancellation;
#[cfg(feature = "_client")]
pub use hailuo_runtime::{SecretString, reqwest};

#[cfg(feature = "apiinone")]
pub use hailuo_apiinone;
#[cfg(feature = "fal")]
pub use hailuo_fal;
#[cfg(feature = "highwayapi")]
pub use hailuo_highwayapi;
#[cfg(feature = "modelslab")]
pub use hailuo_modelslab;
#[cfg(feature = "seaart")]
pub use hailuo_seaart;

/// The README's example is a doc test.
#[cfg(all(doctest, feature = "_client"))]
#[doc = include_str!("../README.md")]
struct Readme;
