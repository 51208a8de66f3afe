//! One request, one rule book and one job type for MiniMax Hailuo 2.3 image-to-video at five vendors.

mod adapters;
pub mod camera;
mod capabilities;
mod cost;
mod error;
mod handle;
mod image;
mod journal;
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
