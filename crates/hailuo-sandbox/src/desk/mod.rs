//! A vendor's desk: takes each request through routing, key, contract and faults to an answer. The words of the answer
//! are in [`crate::manners`]; reading the request is in `inspect`, judging it in `serve`, what each operation does in
//! `visit`, and answering with one status after another in `stream`.

mod inspect;
mod serve;
mod stream;
mod visit;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Extension, Json, Router,
    body::{Body, Bytes},
    extract::State as Shared,
    response::Response,
    routing::get,
};
use http::{HeaderValue, Request, header, request::Parts};
use http_body_util::BodyExt;
use tokio::time::Instant;

use crate::{
    Vendor,
    answer::Answer,
    contract::Contract,
    fault::{Ending, Fault, Phase},
    gate::Gate,
    job::Job,
    journal::Journal,
    manners::Manners,
    pace::Pace,
    random::Random,
    script::{Outage, Script},
    shape::{self, Shape},
    webhook::Reports,
    wire::Line,
};

/// The largest body that is taken: a picture of 20 MB as a data URL, and room.
const BODY_LIMIT: usize = 40 * 1024 * 1024;

/// How much of a larger body is read, and thrown away, so that its sender gets to read the refusal.
const DRAIN_LIMIT: usize = 256 * 1024 * 1024;

/// A vendor's side of the counter.
pub(crate) struct Desk {
    pub(crate) vendor: Vendor,
    pub(crate) contract: Arc<Contract>,
    pub(crate) manners: &'static dyn Manners,
    /// The API's origin.
    pub(crate) origin: String,
    /// The same, base path included.
    pub(crate) base: String,
    /// The file host's origin.
    pub(crate) files: String,
    /// Another host, with the vendor's slug as the first segment of its path.
    pub(crate) elsewhere: String,
    pub(crate) api_gate: Arc<Gate>,
    pub(crate) files_gate: Arc<Gate>,
    pub(crate) journal: Arc<Journal>,
    /// The only right key; any, if there is none.
    pub(crate) key: Option<String>,
    pub(crate) random: Random,
    pub(crate) reports: Reports,
    pub(crate) state: Mutex<State>,
}

/// What changes while a desk is open.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) jobs: Vec<Job>,
    pub(crate) by_id: HashMap<Arc<str>, usize>,
    pub(crate) script: Script,
    /// Sums of the keys that were revoked.
    pub(crate) revoked: HashSet<[u8; 32]>,
    pub(crate) pace: Pace,
}

/// How a request is answered.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) answer: Answer,
    pub(crate) shape: Shape,
    pub(crate) delay: Duration,
    /// Outages that begin before the answer is sent.
    pub(crate) outages: Vec<(Phase, Outage)>,
}

impl Plan {
    pub(crate) fn plain(answer: Answer) -> Self {
        Self { answer, shape: Shape::Whole, delay: Duration::ZERO, outages: Vec::new() }
    }

    pub(crate) fn hang_up(ending: Ending) -> Self {
        Self { shape: Shape::Dropped(ending), ..Self::plain(Answer::empty(http::StatusCode::OK)) }
    }

    /// The status that the client sees; `None` if it sees none.
    pub(crate) fn status(&self) -> Option<u16> {
        match self.shape {
            Shape::Dropped(_) | Shape::Silent => None,
            _ => Some(self.answer.status.as_u16()),
        }
    }
}

impl Desk {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The routes of the API: the contract decides, not axum. What the vendor publishes elsewhere stands beside it.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        let router = match self.manners.published(self.reports.key()) {
            Some((path, content)) => Router::new().route(path, get(async move || Json(content))),
            None => Router::new(),
        };
        router.fallback(attend).with_state(Arc::clone(self))
    }

    /// Adds a fault; an outage of submits begins at once.
    pub(crate) fn add_fault(&self, fault: Fault) {
        let mut state = self.state();
        state.script.add(fault);
        if let Some(outage) = state.script.outage(Phase::Submit, None) {
            self.api_gate.refuse(None, outage.span);
        }
    }

    pub(crate) fn begin_outages(&self, plan: &Plan, line: &Line) {
        for (phase, outage) in &plan.outages {
            if *phase == Phase::Download {
                self.files_gate.refuse(None, outage.span);
            } else {
                self.api_gate.refuse(Some(line.number), outage.span);
            }
        }
    }
}

impl State {
    pub(crate) fn job(&mut self, id: &str) -> Option<&mut Job> {
        let index = *self.by_id.get(id)?;
        self.jobs.get_mut(index)
    }
}

async fn attend(
    Shared(desk): Shared<Arc<Desk>>,
    Extension(line): Extension<Arc<Line>>,
    request: Request<Body>,
) -> Result<Response, Response> {
    let (head, body) = collect(request, &line).await?;
    if desk.manners.is_stream(head.uri.path()) {
        return Ok(stream::attend(desk, line, head, &body).await);
    }
    let plan = desk.decide(&head, &body, Instant::now());
    drop(body);
    Ok(send(plan, &desk, &line).await)
}

/// Carries out a plan.
pub(crate) async fn send(plan: Plan, desk: &Desk, line: &Arc<Line>) -> Response {
    if !plan.delay.is_zero() {
        tokio::time::sleep(plan.delay).await;
    }
    desk.begin_outages(&plan, line);
    let is_last = !plan.outages.is_empty();
    let mut response = shape::respond(plan.answer, plan.shape, line).await;
    if is_last {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A request's body.
pub(crate) enum Collected {
    Whole(Bytes),
    TooLarge,
}

/// Reads a request whole; hangs up if its sender broke off, or goes on for ever.
pub(crate) async fn collect(request: Request<Body>, line: &Line) -> Result<(Parts, Collected), Response> {
    let gone = || shape::hang_up(Ending::Close, line);
    let (head, mut body) = request.into_parts();
    let mut whole = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| gone())?.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= BODY_LIMIT {
            whole.extend_from_slice(&data);
        } else if length <= DRAIN_LIMIT {
            whole = Vec::new();
        } else {
            return Err(gone());
        }
    }
    Ok((head, if length <= BODY_LIMIT { Collected::Whole(whole.into()) } else { Collected::TooLarge }))
}
