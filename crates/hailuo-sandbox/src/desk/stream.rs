//! The stream of a job's statuses, as fal has it: what a poll would be answered is sent as an event whenever it is looked
//! at, until the job is over, but for the lines of the log that were sent before: fal's JavaScript client strings the
//! lines of all events together. A stream is one request in the journal, and many looks at the job.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header, request::Parts};
use http_body::Frame;
use serde_json::Value;
use tokio::time::{Instant, Sleep};

use super::{Collected, Desk, Plan, send};
use crate::{
    answer::Content,
    shape::Shape,
    wire::{HungUp, Line},
};

/// From one look at the job to the next.
const INTERVAL: Duration = Duration::from_millis(100);

/// Answers with a stream; what is no healthy status is answered as a poll would be.
pub(super) async fn attend(desk: Arc<Desk>, line: Arc<Line>, head: Parts, body: &Collected) -> Response<Body> {
    let number = desk.journal.number();
    let (plan, entry) = desk.settle(number, &head, body, Instant::now());
    desk.journal.enter(entry);
    let mut lines = 0;
    let Some(first) = Event::of(&plan, &mut lines) else {
        return send(plan, &desk, &line).await;
    };
    desk.begin_outages(&plan, &line);
    let headers = plan.answer.headers;
    let interval = Box::pin(tokio::time::sleep(INTERVAL));
    let mut response =
        Response::new(Body::new(Events { desk, line, head, number, next: Some(first), lines, interval }));
    response.headers_mut().extend(headers);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response
}

/// A status on its way to the client.
struct Event {
    text: Bytes,
    is_last: bool,
}

impl Event {
    /// `None` if a fault has made something else of the answer. So many lines of the log were sent before, and are now.
    fn of(plan: &Plan, lines: &mut usize) -> Option<Self> {
        let body = match (&plan.answer.content, plan.shape) {
            (Content::Json(body), Shape::Whole) if plan.answer.status.is_success() => body,
            _ => return None,
        };
        let mut body = body.clone();
        if let Some(log) = body.get_mut("logs").and_then(Value::as_array_mut) {
            let all = log.len();
            log.drain(..all.min(*lines));
            *lines = all.max(*lines);
        }
        Some(Self {
            text: format!("data: {body}\n\n").into(),
            // A poll is answered with 202 as long as the job is not over.
            is_last: plan.answer.status == StatusCode::OK,
        })
    }
}

struct Events {
    desk: Arc<Desk>,
    line: Arc<Line>,
    head: Parts,
    /// The request's number in the journal.
    number: u64,
    /// What is to be sent; nothing between two looks.
    next: Option<Event>,
    /// How many lines of the log were sent.
    lines: usize,
    interval: Pin<Box<Sleep>>,
}

impl http_body::Body for Events {
    type Data = Bytes;
    type Error = HungUp;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, HungUp>>> {
        loop {
            match &mut self.next {
                Some(event) if !event.text.is_empty() => {
                    let text = std::mem::take(&mut event.text);
                    return Poll::Ready(Some(Ok(Frame::data(text))));
                }
                Some(Event { is_last: true, .. }) => return Poll::Ready(None),
                _ => {}
            }
            ready!(self.interval.as_mut().poll(context));
            let now = Instant::now();
            self.interval.as_mut().reset(now + INTERVAL);
            let (plan, _) = self.desk.settle(self.number, &self.head, &Collected::Whole(Bytes::new()), now);
            let Some(event) = Event::of(&plan, &mut self.lines) else {
                return Poll::Ready(Some(Err(HungUp)));
            };
            self.desk.begin_outages(&plan, &self.line);
            self.next = Some(event);
        }
    }
}
