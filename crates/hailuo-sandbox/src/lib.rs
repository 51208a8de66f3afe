//! Five vendors of MiniMax Hailuo 2.3 image-to-video on 127.0.0.1, for tests and demonstrations without a key.
//!
//! [`Sandbox::start`] serves the APIs of ModelsLab, fal, SeaArt, HighwayAPI and API in One, each on a port of its own.
//! Requests are judged by the vendors' contracts, jobs move from queued to done, the finished video is a real MP4 that
//! carries vendor and job in its title ([`title_of`]), and everything that can go wrong goes wrong on request
//! ([`Fault`]). A journal tells what was received and how many jobs were made.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use hailuo_sandbox::{Pace, Sandbox, Vendor};
//!
//! let sandbox = Sandbox::builder().pace(Pace::polls(1)).start().await?;
//! let submit = format!("{}/v3/async/minimax-hailuo-2.3-i2v", sandbox.url(Vendor::HighwayApi));
//! let answer = reqwest::Client::new()
//!     .post(submit)
//!     .bearer_auth("any-key")
//!     .json(&serde_json::json!({"prompt": "[推进] fog rolls in", "image": "https://example.com/a.jpg"}))
//!     .send()
//!     .await?;
//! assert_eq!(answer.status(), 200);
//! assert_eq!(sandbox.jobs(Vendor::HighwayApi).len(), 1);
//! assert_eq!(sandbox.violations(), []);
//! # Ok(())
//! # }
//! ```
//!
//! # What it plays
//!
//! Per vendor there are an API host and a file host; for all of them together there is one more host, which belongs to
//! no vendor and where redirects and false URLs lead. Any key but an empty one is right, unless one was set. Image URLs
//! are not fetched; data URLs must be pictures of the type they name. fal and ModelsLab report
//! a job's end to a webhook on this machine ([`Sandbox::deliveries`]); the others' reports are not documented. Where a
//! contract is silent, the model's own limits hold, as they do behind every vendor: a prompt of more than 2000
//! characters, or 10 seconds at 1080P, is accepted and then fails.
//!
//! # What it is not
//!
//! It depends on none of the clients it is used to test.

// The blocks of the README are tests, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod answer;
mod builder;
mod clip;
mod contract;
mod cors;
mod desk;
mod elsewhere;
mod entry;
mod fault;
mod files;
mod gate;
mod job;
mod journal;
mod manners;
mod obey;
mod pace;
mod picture;
mod random;
mod range;
mod sandbox;
mod script;
mod secrets;
mod shape;
mod span;
mod spoil;
mod vendor;
mod webhook;
mod wire;

pub use builder::{Builder, StartError};
pub use clip::title_of;
pub use contract::{ContractError, Place};
pub use entry::{Body, Entry, Host, Violation};
pub use fault::{Ending, Fault, InvalidFault, Kind, Phase, RetryPlace, Scripted, Times, Unfit, Variant};
pub use obey::InvalidLine;
pub use pace::{InvalidPace, Pace};
pub use picture::Picture;
pub use sandbox::{JobRecord, JobState, Sandbox};
pub use secrets::KEY_MARK;
pub use vendor::{UnknownVendor, Vendor};
pub use webhook::Delivery;
