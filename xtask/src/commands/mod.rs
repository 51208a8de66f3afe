//! The commands, a file each; each gives the exit code: 0 done, 4 something differs, 1 something is broken.

pub mod add;
pub mod ci;
pub mod drift;
pub mod fetch;
pub mod regen;
pub mod test;
pub mod verify;

/// Everything is as it should be.
pub const DONE: u8 = 0;
/// Something failed or is broken.
pub const BROKEN: u8 = 1;
/// Something differs: stale files, drift, a claim that is gone.
pub const DIFFERS: u8 = 4;
