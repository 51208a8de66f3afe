//! One request for a video: all that is still missing.

use std::io::Write as _;

use flate2::write::GzDecoder;
use hailuo_runtime::{
    Detail,
    reqwest::{
        self, Response, StatusCode, Version as Http,
        header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, IF_RANGE, RANGE, TRANSFER_ENCODING},
    },
};
use tokio::time::timeout;

use super::{
    Fetching, check,
    part::Part,
    version::{Version, range, text},
};
use crate::error::{ErrorKind, Problem, Reason};

/// Why an attempt stopped.
pub(super) enum Stop {
    /// The next would stop there, too.
    Final(Box<Problem>),
    /// The next may go further.
    Passing(Box<Problem>),
}

impl Stop {
    pub(super) fn last(problem: Problem) -> Self {
        Self::Final(Box::new(problem))
    }

    pub(super) fn passing(problem: Problem) -> Self {
        Self::Passing(Box::new(problem))
    }
}

/// Whether the server has said that all has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// The length was stated, and is right.
    Stated,
    /// The last piece was marked as the last one.
    Framed,
    /// The connection was closed.
    Unstated,
}

/// Bytes that are asked for once more, and must be the same again.
const OVERLAP: u64 = 1024;

/// Asks for what is missing and writes it into the part.
pub(super) async fn attempt(fetching: &Fetching<'_>, part: &mut Part) -> Result<Length, Stop> {
    let options = fetching.options;
    // Not the error itself: it tells the URL, and whatever the server said as it ended the connection.
    let broken = |error: reqwest::Error| {
        let reason = if error.is_connect() { Reason::NotSent } else { Reason::Incomplete };
        Stop::passing(fetching.problem(reason, ErrorKind::Network).because(Detail::of(&error)))
    };
    let silent = |_| Stop::passing(fetching.problem(Reason::Incomplete, ErrorKind::Timeout));
    let client = fetching.fetcher.client(&fetching.video.url);
    let client =
        client.map_err(|error| Stop::last(fetching.problem(Reason::NotSent, ErrorKind::Setup).because(error)))?;
    // A range is counted in the bytes as they come, so they must not be packed on their way.
    let mut request = client.get(&fetching.video.url).header(ACCEPT_ENCODING, "identity");
    let from = part.length().saturating_sub(OVERLAP);
    if part.length() > 0 {
        request = request.header(RANGE, format!("bytes={from}-"));
        if let Some(validator) = part.version().validator() {
            request = request.header(IF_RANGE, validator);
        }
    }
    let mut response = timeout(options.idle_timeout, request.send()).await.map_err(silent)?.map_err(broken)?;
    let total = head(fetching, &response, part, from).await?;
    let called = Called::of(&response);
    let mut packing = (Packing::of(&response) == Packing::Gzip).then(|| GzDecoder::new(Vec::new()));
    // Of a rest, first comes what is there already.
    let mut known =
        if part.length() > 0 { part.tail(from).await.map_err(|e| Stop::last(fetching.file(e)))? } else { Vec::new() };
    while let Some(mut chunk) =
        timeout(options.idle_timeout, response.chunk()).await.map_err(silent)?.map_err(broken)?
    {
        if let Some(packing) = &mut packing {
            // Without a beginning it was never packed; with one it was damaged on its way.
            match packing.write_all(&chunk).and_then(|()| packing.flush()) {
                Ok(()) => chunk = std::mem::take(packing.get_mut()).into(),
                Err(_) if packing.header().is_none() => return Err(not_a_video(fetching, &response)),
                Err(_) => return Err(start_over(fetching, part, &response).await),
            }
        }
        let is_text = check::is_text(&chunk) && (check::is_page(&chunk) || called != Called::File);
        let is_doubtful = called == Called::Text && !chunk.is_empty() && !check::is_mp4(&chunk);
        if part.length() == 0 && (is_text || is_doubtful) {
            return Err(not_a_video(fetching, &response));
        }
        let same = known.len().min(chunk.len());
        if known.drain(..same).ne(chunk.split_to(same)) {
            return Err(start_over(fetching, part, &response).await);
        }
        if part.length() + chunk.len() as u64 > options.max_bytes {
            return Err(too_large(fetching));
        }
        part.write(&chunk).await.map_err(|error| Stop::last(fetching.file(error)))?;
        (fetching.tell)(part.length(), total);
    }
    if let Some(mut packing) = packing {
        // Its end has a sum of all that came.
        return match packing.try_finish() {
            Ok(()) if packing.get_ref().is_empty() => Ok(Length::Stated),
            _ => Err(start_over(fetching, part, &response).await),
        };
    }
    match total {
        Some(total) if part.length() > total => Err(start_over(fetching, part, &response).await),
        _ if !known.is_empty() || total.is_some_and(|total| part.length() < total) => {
            Err(Stop::passing(fetching.problem(Reason::Incomplete, ErrorKind::Network)))
        }
        Some(_) => Ok(Length::Stated),
        None if is_framed(&response) => Ok(Length::Framed),
        None => Ok(Length::Unstated),
    }
}

/// Whether an answer without a length ends in a mark of its own.
fn is_framed(response: &Response) -> bool {
    response.version() >= Http::HTTP_2 || response.headers().contains_key(TRANSFER_ENCODING)
}

/// How a file is packed though nobody asked for it: some storage services give out what they were given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    /// In a way that is not unpacked here.
    Other,
}

impl Packing {
    fn of(response: &Response) -> Self {
        let codings = text(response.headers(), CONTENT_ENCODING).unwrap_or_default().to_ascii_lowercase();
        let codings = codings.split(',').map(str::trim);
        // What is no coding, such as `utf-8` or the `aws-chunked` of an upload, has changed no byte.
        codings.fold(Self::None, |before, coding| match (before, coding) {
            (Self::None, "gzip" | "x-gzip") => Self::Gzip,
            (_, "gzip" | "x-gzip" | "br" | "zstd" | "deflate" | "compress" | "x-compress") => Self::Other,
            (before, _) => before,
        })
    }
}

/// What the server says that a file is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Called {
    /// A video, or a file of a kind that it does not know.
    File,
    /// Something to read.
    Text,
    Other,
}

impl Called {
    fn of(response: &Response) -> Self {
        let kind = text(response.headers(), CONTENT_TYPE).unwrap_or_default().trim().to_ascii_lowercase();
        let is = |kinds: &[&str]| kinds.iter().any(|begin| kind.starts_with(begin));
        if is(&["video/"]) || kind.contains("/octet-stream") {
            Self::File
        } else if is(&["text/", "application/json", "application/xml"]) {
            Self::Text
        } else {
            Self::Other
        }
    }
}

/// Reads the head of an answer; returns the size of the whole, if it is stated. The part is emptied if the server sends
/// the whole, or another version.
async fn head(fetching: &Fetching<'_>, response: &Response, part: &mut Part, from: u64) -> Result<Option<u64>, Stop> {
    let (status, headers) = (response.status(), response.headers());
    let version = Version::of(response);
    let is_rest = status == StatusCode::PARTIAL_CONTENT;
    let is_other = match status {
        StatusCode::PARTIAL_CONTENT => {
            range(headers).is_none_or(|(start, _)| start != from) || !part.version().agrees(&version)
        }
        StatusCode::RANGE_NOT_SATISFIABLE => true,
        status if status.is_success() => false,
        _ => return Err(refused(fetching, response)),
    };
    let packing = Packing::of(response);
    // Of what is packed, a range is of no use.
    if is_other || (is_rest && packing == Packing::Gzip) {
        return Err(start_over(fetching, part, response).await);
    }
    if packing == Packing::Other {
        return Err(not_a_video(fetching, response));
    }
    if packing == Packing::Gzip {
        part.begin(Version::default()).await.map_err(|error| Stop::last(fetching.file(error)))?;
        return Ok(None);
    }
    if !(is_rest && part.length() > 0) {
        part.begin(version.clone()).await.map_err(|error| Stop::last(fetching.file(error)))?;
    }
    if version.total.is_some_and(|total| total > fetching.options.max_bytes) {
        return Err(too_large(fetching));
    }
    Ok(version.total.or(part.version().total))
}

/// What is on disk is not the beginning of what the server has now.
async fn start_over(fetching: &Fetching<'_>, part: &mut Part, response: &Response) -> Stop {
    if let Err(error) = part.begin(Version::default()).await {
        return Stop::last(fetching.file(error));
    }
    let problem = fetching.problem(Reason::Incomplete, ErrorKind::Protocol);
    Stop::passing(problem.answered(Some(response.status().as_u16())))
}

fn not_a_video(fetching: &Fetching<'_>, response: &Response) -> Stop {
    let problem = fetching.problem(Reason::NotAVideo, ErrorKind::Protocol);
    Stop::last(problem.answered(Some(response.status().as_u16())))
}

fn too_large(fetching: &Fetching<'_>) -> Stop {
    Stop::last(fetching.problem(Reason::TooLarge, ErrorKind::Protocol))
}

fn refused(fetching: &Fetching<'_>, response: &Response) -> Stop {
    let code = response.status().as_u16();
    let wait = hailuo_runtime::retry_after(response.headers());
    let problem = |reason, kind| fetching.problem(reason, kind).answered(Some(code)).after(wait);
    match code {
        429 => Stop::passing(problem(Reason::Refused, ErrorKind::RateLimit)),
        408 | 425 | 500..=599 => Stop::passing(problem(Reason::NoAnswer, ErrorKind::VendorFault)),
        // Storage services have several statuses for a signature that has expired.
        400..=499 => Stop::last(problem(Reason::Gone, ErrorKind::Protocol)),
        _ => Stop::last(problem(Reason::Refused, ErrorKind::Protocol)),
    }
}
