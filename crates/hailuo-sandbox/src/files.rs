//! The vendors' file hosts: the videos, with ranges, and what goes wrong with downloads. They ask for no key, and a
//! journal entry shows if one came.

use std::sync::Arc;

use axum::{Extension, Router, body::Body, extract::State as Shared, response::Response};
use http::{HeaderMap, Method, Request, StatusCode, header, request::Parts};

use crate::{
    answer::{Answer, Content},
    contract::AuthPlace,
    desk::{Collected, Desk, Plan, collect, send},
    entry::Host,
    fault::{Kind, Phase},
    job::{Fate, Stage},
    journal::{Received, Record},
    manners,
    picture::hex,
    range::{Wanted, wanted},
    secrets::sum,
    shape::Shape,
    spoil::{self, Hosts},
    wire::Line,
};

/// When every video was last changed.
const MODIFIED: &str = "Thu, 01 Jan 2026 00:00:00 GMT";

/// The routes of a vendor's file host.
pub(crate) fn router(desk: Arc<Desk>) -> Router {
    Router::new().fallback(attend).with_state(desk)
}

async fn attend(
    Shared(desk): Shared<Arc<Desk>>,
    Extension(line): Extension<Arc<Line>>,
    request: Request<Body>,
) -> Result<Response, Response> {
    let (head, body) = collect(request, &line).await?;
    let mut entry = draft(&desk, Host::Files, &head, &body);
    let path = head.uri.path().to_owned();
    let plan = desk.download(&head, &path, &mut entry);
    entry.status = plan.status();
    desk.journal.enter(entry);
    Ok(send(plan, &desk, &line).await)
}

/// Begins the journal's entry for a request to a host that asks for no key.
pub(crate) fn draft(desk: &Desk, host: Host, head: &Parts, body: &Collected) -> Record {
    let bytes: &[u8] = match body {
        Collected::Whole(bytes) => bytes,
        Collected::TooLarge => &[],
    };
    let survey = serde_json::from_slice(bytes).ok().map(|json: serde_json::Value| crate::picture::Survey::of(&json));
    let auth = &desk.contract.auth;
    let mut entry = Record::new(
        desk.journal.number(),
        desk.vendor,
        host,
        &Received {
            method: &head.method,
            uri: &head.uri,
            headers: &head.headers,
            body: bytes,
            survey: survey.as_ref(),
            key: None,
            key_place: auth.place,
            key_name: &auth.name,
        },
    );
    entry.carries_key |=
        auth.place == AuthPlace::Body && survey.is_some_and(|survey| survey.shown.get(&auth.name).is_some());
    entry
}

impl Desk {
    /// Hands out a video: `/files/{job}/{n}.mp4`, where `n` counts the URLs that have expired.
    pub(crate) fn download(&self, head: &Parts, path: &str, entry: &mut Record) -> Plan {
        let mut parts = path.strip_prefix("/files/").unwrap_or_default().split('/');
        let id = parts.next().unwrap_or_default();
        let version =
            parts.next().and_then(|name| name.strip_suffix(".mp4")).and_then(|version| version.parse::<u32>().ok());
        let (Some(version), None) = (version, parts.next()) else {
            return Plan::plain(missing());
        };
        let mut state = self.state();
        let now = tokio::time::Instant::now();
        let Some(job) = state.job(id) else {
            return Plan::plain(missing());
        };
        let (number, current) = (job.number, job.expired);
        let is_done = matches!(job.stage(now), Stage::Done { .. });
        let (clip, fate) = (job.clip, job.fate);
        entry.phase = Some(Phase::Download);
        entry.job = Some(Arc::clone(&job.id));
        if head.method != Method::GET && head.method != Method::HEAD {
            let answer = error(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed");
            return Plan::plain(answer.with(header::ALLOW, "GET, HEAD"));
        }
        if version < current {
            return Plan::plain(expired());
        }
        if version > current || fate == Fate::NoVideo || !is_done {
            return Plan::plain(missing());
        }
        let strike = state.script.strike(&[Phase::Download], Some(number));
        entry.fault.clone_from(&strike.told);
        let mut plan = match strike.kind() {
            Some(Kind::DropRequest(ending)) => Plan::hang_up(*ending),
            Some(Kind::Http { status, .. }) => {
                let status = spoil::status_of(*status);
                let code = if status == StatusCode::FORBIDDEN { "AccessDenied" } else { "Error" };
                Plan::plain(error(status, code))
            }
            Some(Kind::Html { status, .. }) => Plan::plain(Answer::html(spoil::status_of(*status))),
            Some(Kind::RateLimit { after, place }) => Plan::plain(manners::say_wait(
                error(StatusCode::TOO_MANY_REQUESTS, "SlowDown"),
                *after,
                *place,
                self.manners,
            )),
            Some(Kind::Redirect { status, same }) => {
                let start = if *same { &self.files } else { &self.elsewhere };
                Plan::plain(Answer::empty(spoil::status_of(*status)).with(header::LOCATION, &format!("{start}{path}")))
            }
            Some(Kind::Expired) => {
                if let Some(job) = state.job(id) {
                    job.expired = job.expired.max(version + 1);
                }
                Plan::plain(expired())
            }
            kind => {
                let video = clip.titled(self.vendor, id);
                let no_headers = HeaderMap::new();
                let headers = if matches!(kind, Some(Kind::NoRange)) { &no_headers } else { &head.headers };
                let mut answer = file(video, &head.method, headers);
                if matches!(kind, Some(Kind::NoRange)) {
                    answer.headers.retain(|(name, _)| name != header::ACCEPT_RANGES);
                }
                let hosts = Hosts { own: &self.files, elsewhere: &self.elsewhere };
                let (answer, shape) = match kind {
                    Some(kind) => spoil::spoil(kind, Phase::Download, answer, self.manners, &hosts),
                    None => (answer, Shape::Whole),
                };
                Plan { shape, ..Plan::plain(answer) }
            }
        };
        plan.delay = strike.delay;
        plan
    }
}

/// A video, or the part of it that was asked for.
fn file(video: bytes::Bytes, method: &Method, headers: &HeaderMap) -> Answer {
    let length = video.len();
    let etag = format!("\"{}\"", hex(&sum(&video)[..8]));
    let (status, bytes, range) = match wanted(method, headers, length, &etag, MODIFIED) {
        Wanted::Whole => (StatusCode::OK, Some(video), None),
        Wanted::Part(first, last) => {
            let range = format!("bytes {first}-{last}/{length}");
            (StatusCode::PARTIAL_CONTENT, Some(video.slice(first..=last)), Some(range))
        }
        Wanted::OutOfReach => (StatusCode::RANGE_NOT_SATISFIABLE, None, Some(format!("bytes */{length}"))),
        Wanted::NotModified => (StatusCode::NOT_MODIFIED, None, None),
    };
    let mut answer = Answer::empty(status)
        .with(header::ACCEPT_RANGES, "bytes")
        .with(header::ETAG, &etag)
        .with(header::LAST_MODIFIED, MODIFIED);
    if let Some(range) = range {
        answer = answer.with(header::CONTENT_RANGE, &range);
    }
    if let Some(bytes) = bytes {
        answer = answer.with(header::CONTENT_TYPE, "video/mp4");
        answer.content = Content::File(bytes);
    }
    answer
}

fn expired() -> Answer {
    error(StatusCode::FORBIDDEN, "ExpiredToken")
}

fn missing() -> Answer {
    error(StatusCode::NOT_FOUND, "NoSuchKey")
}

/// The error of an object store.
fn error(status: StatusCode, code: &str) -> Answer {
    Answer::text(
        status,
        "application/xml",
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code></Error>"),
    )
}
