//! The hook that sends a request: at most once, and with a bound on everything that comes back.

use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll, time::Duration};

use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use progenitor_client::{ClientInfo, OperationInfo};
use reqwest::{
    Method, Request, Response,
    header::{CONTENT_LENGTH, HeaderValue},
};
use serde::de::IgnoredAny;
use tokio::time::{Instant, timeout_at};
use tracing::{Instrument as _, field::Empty};
use url::Url;

use crate::{
    Auth, Cause, Record, Session,
    body::{OneShot, Progress},
    config::Limits,
    decode::without_mark,
    detail::Detail,
    lookout::Lookout,
    moved::{self, Question},
    received::{Received, stalled},
    record::Ending,
    unpack::{as_utf8, unpack},
};

/// The answer is larger than [`Config::max_answer_bytes`](crate::Config::max_answer_bytes) allows.
///
/// It is in the chain of the error that reading the body of such an answer gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer exceeds {limit} bytes")]
pub struct AnswerTooLarge {
    /// The limit, in bytes.
    pub limit: usize,
}

/// Sends a request and reads its answer whole; a generated client calls it from `ClientHooks::exec`, after
/// [`pre`](crate::pre).
///
/// The body is wrapped so that it can be sent only once, at its exact length. Time is bounded by movement, not in
/// total. What happens is written into the session's [`Record`], if it has one, and a tracing span
/// `hailuo.request` tells operation, method, host, path and status: neither query nor headers nor bodies.
///
/// What comes back is the answer's head, with its body beside it: [`decode`](crate::decode) reads that, and
/// [`whole`](crate::whole) makes it a body again. An answer that is too large or is cut is returned all the same; its
/// body ends in the error.
///
/// # Errors
///
/// When there is no answer: no connection, a broken one, or nothing that moves. The error carries no URL.
pub fn exec<C>(
    client: &C,
    mut request: Request,
    info: &OperationInfo,
) -> impl Future<Output = reqwest::Result<Response>> + Send + use<C>
where
    C: ClientInfo<Session>,
{
    let (session, url) = (client.inner(), request.url());
    let span = tracing::debug_span!(
        "hailuo.request",
        operation = info.operation_id,
        method = %request.method(),
        host = url.host_str().unwrap_or_default(),
        path = url.path(),
        status = Empty,
    );
    let shown = session.auth().shown(url);
    let record = session.record().cloned();
    if let Some(record) = &record {
        record.begin();
    }
    let progress = Progress::new(record.clone(), session.limits().idle);
    let question = Question::of(client, &request);
    let bare = seal(&mut request, &progress);
    // What is kept until the answer is read is small: a request with a body is not part of it.
    let http = session.lookout().fresh(&request).unwrap_or_else(|| client.client());
    let pending = http.execute(request);
    let (auth, limits, lookout) = (session.auth(), session.limits(), Arc::clone(session.lookout()));
    Transfer { record, auth, limits, progress, bare, shown, lookout }.run(pending, question).instrument(span)
}

/// A request that is on its way.
struct Transfer {
    record: Option<Record>,
    auth: Auth,
    limits: Limits,
    progress: Arc<Progress>,
    /// Whether the request has no body.
    bare: bool,
    /// The URL as it may be shown, if that of the request may not.
    shown: Option<Url>,
    lookout: Arc<Lookout>,
}

impl Transfer {
    async fn run(
        mut self,
        pending: impl Future<Output = reqwest::Result<Response>>,
        question: Option<Question>,
    ) -> reqwest::Result<Response> {
        self.lookout.look().await;
        let mut response = self.head(pending).await?;
        if let Some(question) = question {
            for _ in 0..moved::PLACES {
                let Some(request) = question.at_place_of(&response).await else { break };
                // The place is the service's word, which may repeat what it was told.
                tracing::debug!(status = response.status().as_u16(), "asked elsewhere");
                self.progress.answered();
                let there = self.head(question.http.execute(request)).await?;
                if !moved::is_found(&there) {
                    break;
                }
                self.shown = self.auth.shown(there.url());
                response = there;
            }
        }
        tracing::Span::current().record("status", response.status().as_u16());
        if let Some(record) = &self.record {
            record.head(response.status(), response.headers());
        }
        let came = read(&mut response, self.limits).await;
        self.lookout.saw();
        let (bytes, ending) = unpack(response.headers_mut(), came, self.limits.answer_bytes);
        let bytes = as_utf8(response.headers_mut(), bytes);
        tracing::debug!(bytes = bytes.len(), whole = matches!(ending, Ending::Whole), "answered");
        if let Some(record) = &self.record {
            record.body(bytes.clone(), ending.clone());
        }
        Ok(Received { bytes, ending, shown: self.shown }.beside(response))
    }

    /// The head of an answer.
    async fn head(&self, pending: impl Future<Output = reqwest::Result<Response>>) -> reqwest::Result<Response> {
        let error = match while_moving(&self.progress, self.limits.idle, pending).await {
            Some(Ok(response)) => return Ok(response),
            Some(Err(error)) => error.without_url(),
            None => stalled().await,
        };
        // Without a body nothing tells whether the head of the request left; it may have, once connected.
        if self.bare && !error.is_connect() && !error.is_builder() {
            self.progress.mark_sent();
        }
        if Cause::of(&error) == Cause::Connection {
            self.lookout.broke();
        }
        tracing::debug!(error = %Detail::of(&error), "no answer");
        Err(error)
    }
}

/// Makes the request's body one that cannot be sent twice, and tells whether the request has no body at all.
fn seal(request: &mut Request, progress: &Arc<Progress>) -> bool {
    let body = request.body_mut().take();
    let bare = body.as_ref().is_none_or(|body| body.size_hint().exact() == Some(0));
    if body.is_none() && matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    if bare && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        // hyper says nothing about the length of a body that is not there, and some servers insist on it.
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    *request.body_mut() = Some(OneShot::wrap(body.unwrap_or_default(), Arc::clone(progress)));
    bare
}

/// By how much the end of a wait may be missed before it counts as one at which nobody was there: the process was stopped,
/// the machine slept, or the one thread did something else. What has come meanwhile, or comes once more, is not seen yet,
/// and may be a paid job.
const LATE: Duration = Duration::from_secs(1);

/// Lets a wait whose end was missed begin anew, once: a thread that is late each time is just busy.
#[derive(Default)]
struct Absence {
    is_excused: bool,
}

impl Absence {
    /// When the wait begins anew that should have ended at `deadline`; none if it is over.
    fn excuse(&mut self, deadline: Instant) -> Option<Instant> {
        let now = Instant::now();
        let is_late = now.saturating_duration_since(deadline) > LATE;
        (is_late && !std::mem::replace(&mut self.is_excused, true)).then_some(now)
    }
}

/// Waits for `future` as long as there is progress; `None` when there was none for `idle`.
async fn while_moving<F: Future>(progress: &Progress, idle: Duration, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut absence = Absence::default();
    let mut since = progress.last();
    loop {
        let Some(deadline) = since.checked_add(idle) else {
            return Some(future.await);
        };
        if let Ok(output) = timeout_at(deadline, future.as_mut()).await {
            return Some(output);
        }
        let last = progress.last();
        since = if last > since { last } else { absence.excuse(deadline)? };
    }
}

/// Reads at most as many bytes as the limit allows, with what there was at the end of it.
async fn read(response: &mut Response, limits: Limits) -> (Bytes, Ending) {
    let limit = limits.answer_bytes;
    // A length that a peer merely claims is not set aside at once.
    let claimed = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
    let mut bytes = BytesMut::with_capacity(claimed.min(limit).min(64 << 10));
    let mut patience = Patience { idle: limits.idle, total: limits.answer, since: None };
    let ending = loop {
        match patience.wait(response.chunk()).await {
            Some(Ok(Some(chunk))) if chunk.len() <= limit - bytes.len() => bytes.extend_from_slice(&chunk),
            Some(Ok(Some(chunk))) => {
                bytes.extend_from_slice(&chunk[..limit - bytes.len()]);
                break Ending::TooLarge(AnswerTooLarge { limit });
            }
            Some(Ok(None)) => break Ending::Whole,
            Some(Err(error)) => {
                break Ending::Cut { cause: Cause::of(&error), detail: Some(Detail::of(&error)) };
            }
            None => break Ending::Cut { cause: Cause::Timeout, detail: None },
        }
    };
    match ending {
        Ending::Cut { .. } if says_its_end(&bytes) => (bytes.freeze(), Ending::Whole),
        ending => (bytes.freeze(), ending),
    }
}

/// Whether what came is JSON that has ended, so that nothing can be missing, whatever became of the connection. There are
/// servers that hang up without the words by which TLS, a length or a last chunk would say that this was all.
fn says_its_end(bytes: &[u8]) -> bool {
    let json = without_mark(bytes).trim_ascii_start();
    json.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(json).is_ok()
}

/// How long the parts of an answer are waited for. No clock is read before there is something to wait for.
struct Patience {
    /// For each part.
    idle: Duration,
    /// For all together.
    total: Duration,
    /// When waiting began.
    since: Option<Instant>,
}

impl Patience {
    /// What comes of `future`; `None` if it did not come in time.
    async fn wait<F: Future>(&mut self, future: F) -> Option<F::Output> {
        let mut future = pin!(future);
        if let Poll::Ready(output) = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
            return Some(output);
        }
        let mut absence = Absence::default();
        let mut now = Instant::now();
        loop {
            let total = self.since.get_or_insert(now).checked_add(self.total);
            let Some(deadline) = [now.checked_add(self.idle), total].into_iter().flatten().min() else {
                return Some(future.await);
            };
            if let Ok(output) = timeout_at(deadline, future.as_mut()).await {
                return Some(output);
            }
            now = absence.excuse(deadline)?;
            self.since = None;
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use http_body_util::BodyExt as _;
    use reqwest::Body;
    use tokio::sync::oneshot;

    use super::*;

    fn request(method: Method, body: Option<&'static str>) -> Request {
        let mut request = Request::new(method, "http://localhost/".parse().unwrap());
        *request.body_mut() = body.map(Body::from);
        request
    }

    #[test]
    fn every_request_that_can_cost_money_is_sealed() {
        for (method, body, clonable, bare, length) in [
            (Method::POST, Some("{}"), false, false, None),
            (Method::POST, Some(""), false, true, Some("0")),
            (Method::POST, None, false, true, Some("0")),
            (Method::PUT, None, false, true, Some("0")),
            (Method::PATCH, Some("{}"), false, false, None),
            (Method::DELETE, None, false, true, None),
            (Method::GET, Some("{}"), false, false, None),
            (Method::GET, None, true, true, None),
        ] {
            let case = format!("{method} {body:?}");
            let mut request = request(method, body);
            assert_eq!(seal(&mut request, &Progress::new(None, Duration::ZERO)), bare, "{case}");
            assert_eq!(request.try_clone().is_some(), clonable, "{case}");
            let written = request.headers().get(CONTENT_LENGTH).map(|value| value.to_str().unwrap());
            assert_eq!(written, length, "{case}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn movement_keeps_a_slow_request_alive_and_standing_still_ends_it() {
        let idle = Duration::from_secs(10);
        let progress = Progress::new(None, idle);
        let mut body = OneShot::wrap("ab".into(), Arc::clone(&progress));
        let started = Instant::now();
        let slow = async {
            tokio::time::sleep(Duration::from_secs(8)).await;
            body.frame().await;
            tokio::time::sleep(Duration::from_secs(8)).await;
        };
        assert!(while_moving(&progress, idle, slow).await.is_some());
        assert!(while_moving(&progress, idle, std::future::pending::<()>()).await.is_none());
        assert_eq!(started.elapsed().as_secs(), 18);
    }

    #[tokio::test(start_paused = true)]
    async fn time_in_which_nobody_was_there_does_not_count() {
        let idle = Duration::from_secs(10);
        let moving = async |answer: oneshot::Receiver<()>| while_moving(&Progress::new(None, idle), idle, answer).await;
        let patient =
            async |answer: oneshot::Receiver<()>| Patience { idle, total: idle * 2, since: None }.wait(answer).await;
        for stopped in [12, 3600] {
            // The clock is looked at before what has come.
            let stop = |answer: oneshot::Sender<()>| async move {
                tokio::time::advance(Duration::from_secs(stopped)).await;
                tokio::task::yield_now().await;
                answer.send(()).unwrap();
            };
            let (answer, coming) = oneshot::channel();
            let (came, ()) = tokio::join!(moving(coming), stop(answer));
            assert_eq!(came, Some(Ok(())), "a head after {stopped} s");
            let (answer, coming) = oneshot::channel();
            let (came, ()) = tokio::join!(patient(coming), stop(answer));
            assert_eq!(came, Some(Ok(())), "a body after {stopped} s");
        }
        // What does not come then either is given up.
        let (_answer, coming) = oneshot::channel();
        let started = Instant::now();
        let (came, ()) = tokio::join!(moving(coming), tokio::time::advance(idle * 2));
        assert_eq!((came, started.elapsed().as_secs()), (None, 30));
        let (_answer, coming) = oneshot::channel();
        let started = Instant::now();
        let (came, ()) = tokio::join!(patient(coming), tokio::time::advance(idle * 2));
        assert_eq!((came, started.elapsed().as_secs()), (None, 30));
    }

    #[tokio::test]
    async fn a_limit_without_end_is_no_limit() {
        let progress = Progress::new(None, Duration::MAX);
        assert_eq!(while_moving(&progress, Duration::MAX, async { 1 }).await, Some(1));
    }
}
