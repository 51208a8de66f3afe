//! One request for a video: all that is still missing.

use std::time::Duration;

use hailuo_runtime::reqwest::{
    self, Response, StatusCode,
    header::{CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_RANGE, LAST_MODIFIED, RANGE, RETRY_AFTER},
};
use tokio::time::timeout;

use super::{Fetching, check, part::Part};
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

/// Whether the server has stated the length that has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Stated,
    Unstated,
}

/// What the head of an answer promises.
enum Head {
    /// The part is the whole already.
    Nothing,
    /// The rest, or the whole again; with the size of the whole, if stated.
    Body(Option<u64>),
}

/// Asks for what is missing and writes it into the part.
pub(super) async fn attempt(
    fetching: &Fetching<'_>,
    part: &mut Part,
    validator: &mut Option<String>,
) -> Result<Length, Stop> {
    let options = fetching.options;
    let broken = |error: reqwest::Error| {
        let reason = if error.is_connect() { Reason::NotSent } else { Reason::Incomplete };
        Stop::passing(fetching.problem(reason, ErrorKind::Network).because(error.without_url()))
    };
    let silent = |_| Stop::passing(fetching.problem(Reason::Incomplete, ErrorKind::Timeout));
    let client = fetching.fetcher.client(&fetching.video.url);
    let client =
        client.map_err(|error| Stop::last(fetching.problem(Reason::NotSent, ErrorKind::Setup).because(error)))?;
    let mut request = client.get(&fetching.video.url);
    if part.length() > 0 {
        request = request.header(RANGE, format!("bytes={}-", part.length()));
        if let Some(validator) = validator.as_deref() {
            request = request.header(IF_RANGE, validator);
        }
    }
    let mut response = timeout(options.idle_timeout, request.send()).await.map_err(silent)?.map_err(broken)?;
    let Head::Body(total) = head(fetching, &response, part).await? else {
        return Ok(Length::Stated);
    };
    *validator = validator_of(response.headers());
    while let Some(chunk) = timeout(options.idle_timeout, response.chunk()).await.map_err(silent)?.map_err(broken)? {
        if part.length() == 0 && check::is_text(&chunk) {
            return Err(not_a_video(fetching, &response));
        }
        if part.length() + chunk.len() as u64 > options.max_bytes {
            return Err(too_large(fetching));
        }
        part.write(&chunk).await.map_err(|error| Stop::last(fetching.file(error)))?;
        (fetching.tell)(part.length(), total);
    }
    match total {
        Some(total) if part.length() != total => {
            Err(Stop::passing(fetching.problem(Reason::Incomplete, ErrorKind::Network)))
        }
        Some(_) => Ok(Length::Stated),
        None => Ok(Length::Unstated),
    }
}

/// Reads the head of an answer. The part is emptied if the server starts over.
async fn head(fetching: &Fetching<'_>, response: &Response, part: &mut Part) -> Result<Head, Stop> {
    let (status, headers) = (response.status(), response.headers());
    let odd = |problem: Problem| Stop::passing(problem.answered(Some(status.as_u16())));
    let is_start_over = match status {
        StatusCode::PARTIAL_CONTENT => range(headers).is_none_or(|(start, _)| start != part.length()),
        StatusCode::RANGE_NOT_SATISFIABLE if part.length() > 0 && size(headers) == Some(part.length()) => {
            return Ok(Head::Nothing);
        }
        StatusCode::RANGE_NOT_SATISFIABLE => true,
        status if status.is_success() => false,
        _ => return Err(refused(fetching, response)),
    };
    if is_start_over {
        empty(fetching, part).await?;
        return Err(odd(fetching.problem(Reason::Incomplete, ErrorKind::Protocol)));
    }
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = content_type.trim().to_ascii_lowercase();
    if ["text/", "application/json", "application/xml"].iter().any(|kind| content_type.starts_with(kind)) {
        return Err(not_a_video(fetching, response));
    }
    let total = match range(headers) {
        Some((_, total)) if status == StatusCode::PARTIAL_CONTENT => total,
        _ => {
            empty(fetching, part).await?;
            response.content_length()
        }
    };
    if total.is_some_and(|total| total > fetching.options.max_bytes) {
        return Err(too_large(fetching));
    }
    Ok(Head::Body(total))
}

async fn empty(fetching: &Fetching<'_>, part: &mut Part) -> Result<(), Stop> {
    part.empty().await.map_err(|error| Stop::last(fetching.file(error)))
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
    let seconds = text(response.headers(), RETRY_AFTER).and_then(|text| text.trim().parse().ok());
    let problem =
        |reason, kind| fetching.problem(reason, kind).answered(Some(code)).after(seconds.map(Duration::from_secs));
    match code {
        401 | 403 | 404 | 410 => Stop::last(problem(Reason::Gone, ErrorKind::Protocol)),
        429 => Stop::passing(problem(Reason::Refused, ErrorKind::RateLimit)),
        408 | 425 | 500..=599 => Stop::passing(problem(Reason::Refused, ErrorKind::VendorFault)),
        _ => Stop::last(problem(Reason::Refused, ErrorKind::Protocol)),
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// `bytes 10-19/20` is (10, 20).
fn range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let (span, total) = text(headers, CONTENT_RANGE)?.trim().strip_prefix("bytes")?.trim().split_once('/')?;
    let (start, _) = span.split_once('-')?;
    Some((start.trim().parse().ok()?, total.trim().parse().ok()))
}

/// `bytes */20` is 20.
fn size(headers: &HeaderMap) -> Option<u64> {
    text(headers, CONTENT_RANGE)?.rsplit_once('/')?.1.trim().parse().ok()
}

/// What names this version of the file: only a strong tag or a date serves for a range.
fn validator_of(headers: &HeaderMap) -> Option<String> {
    let tag = text(headers, ETAG).filter(|tag| !tag.starts_with("W/"));
    tag.or_else(|| text(headers, LAST_MODIFIED)).map(str::to_owned)
}
