//! The facade from outside.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod adapters;
mod answers;
mod canary;
mod cancel;
mod chaos;
mod child;
mod contracts;
mod dropped;
mod early;
mod examples;
mod faults;
mod films;
mod fit;
mod frames;
mod golden;
mod happy;
mod healthy;
mod http2;
mod kept;
mod order;
mod pictures;
mod process;
mod readme;
mod redirects;
mod request;
mod rules;
mod runtimes;
mod schema;
mod setup;
mod shapes;
mod stage;
mod versions;
mod waiting;
mod wire;
