//! A finished video, as the vendor describes it.

use std::{fmt, time::SystemTime};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::{handle::JobHandle, millis};

/// A finished video. What the vendor does not tell is `None`.
///
/// In serde it is an object of these fields and `handle`, with the time in milliseconds since 1970 and without the
/// vendor's answer, so that another process, or a later one, can download it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Video {
    /// Where it is; http or https. Whoever has it can fetch the video.
    pub url: String,
    /// Its media type.
    pub content_type: Option<String>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Its length in seconds.
    pub duration: Option<f64>,
    /// Its width in pixels.
    pub width: Option<u32>,
    /// Its height in pixels.
    pub height: Option<u32>,
    /// Until when the URL works.
    #[serde(default, with = "millis::optional")]
    pub expires_at: Option<SystemTime>,
    pub(crate) handle: JobHandle,
    #[serde(skip)]
    pub(crate) raw: Bytes,
}

impl Video {
    /// The job that made it.
    pub fn handle(&self) -> &JobHandle {
        &self.handle
    }

    /// The vendor's whole answer, as it came; nothing if the video came through serde.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }
}

#[cfg(feature = "_client")]
impl Video {
    pub(crate) fn new(url: String, handle: &JobHandle, raw: Bytes) -> Self {
        Self {
            url,
            content_type: None,
            size: None,
            duration: None,
            width: None,
            height: None,
            expires_at: None,
            handle: handle.clone(),
            raw,
        }
    }
}

/// The URL without user, password and query, which is often a signature, and the answer by its size.
impl fmt::Debug for Video {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Video")
            .field("url", &crate::address::shown(&self.url))
            .field("content_type", &self.content_type)
            .field("size", &self.size)
            .field("duration", &self.duration)
            .field("width", &self.width)
            .field("height", &self.height)
            .field("expires_at", &self.expires_at)
            .field("handle", &self.handle)
            .field("raw_bytes", &self.raw.len())
            .finish()
    }
}
