//! How an answer goes on the wire: whole, cut, stalled, endless, without a length, or not at all.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderValue, Response, header};
use http_body::Frame;

use crate::{
    answer::Answer,
    fault::Ending,
    wire::{HangUp, HungUp, Line},
};

/// The shape of an answer on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    #[default]
    Whole,
    /// No answer, and the connection ends.
    Dropped(Ending),
    /// So many bytes of the body, or half of them, and the connection ends.
    Cut { after: Option<u64>, ending: Ending },
    /// Half of the body, and nothing more.
    Stalled,
    /// No answer, and the connection stays.
    Silent,
    /// A body without end.
    Endless,
    /// The whole body, without saying how long it is.
    NoLength,
}

/// Makes the response; waits for ever if the shape is silence.
pub(crate) async fn respond(answer: Answer, shape: Shape, line: &Arc<Line>) -> Response<Body> {
    if shape == Shape::Silent {
        std::future::pending::<()>().await;
    }
    if let Shape::Dropped(ending) = shape {
        return hang_up(ending, line);
    }
    let (status, headers, bytes) = answer.into_parts();
    let length = bytes.len();
    let (body, told_length) = match shape {
        Shape::Cut { .. } if length == 0 => return hang_up(Ending::Close, line),
        Shape::Cut { after, ending } => {
            let cut = after.and_then(|after| usize::try_from(after).ok()).unwrap_or(length / 2).min(length - 1);
            let part = Part {
                bytes: bytes.slice(..cut),
                then: Then::Break { line: Arc::clone(line), ending, flushed: false },
            };
            (Body::new(part), Some(length))
        }
        Shape::Stalled => {
            let part = Part { bytes: bytes.slice(..length / 2), then: Then::Wait };
            (Body::new(part), Some(length.max(1)))
        }
        Shape::Endless => {
            let part =
                Part { bytes: endless_start(&bytes), then: Then::Repeat(Bytes::from_static(&[b' '; 16 * 1024])) };
            (Body::new(part), None)
        }
        Shape::NoLength => (Body::new(Part { bytes, then: Then::End }), None),
        Shape::Whole | Shape::Silent | Shape::Dropped(_) => (Body::from(bytes), None),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in headers {
        if shape != Shape::Whole && name == header::CONTENT_LENGTH {
            continue;
        }
        response.headers_mut().append(name, value);
    }
    if let Some(length) = told_length {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// Ends the connection without an answer.
pub(crate) fn hang_up(ending: Ending, line: &Line) -> Response<Body> {
    if ending == Ending::Reset {
        line.reset();
    }
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(HangUp);
    response
}

/// The body without its last byte: what follows it without end keeps it unfinished, and JSON stays unfinished JSON.
fn endless_start(bytes: &Bytes) -> Bytes {
    bytes.slice(..bytes.len().saturating_sub(1))
}

/// A part of a body, and what comes after it.
struct Part {
    bytes: Bytes,
    then: Then,
}

enum Then {
    End,
    Break { line: Arc<Line>, ending: Ending, flushed: bool },
    Wait,
    Repeat(Bytes),
}

impl http_body::Body for Part {
    type Data = Bytes;
    type Error = HungUp;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, HungUp>>> {
        if !self.bytes.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.bytes)))));
        }
        match &mut self.then {
            Then::End => Poll::Ready(None),
            Then::Wait => Poll::Pending,
            Then::Repeat(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes.clone())))),
            Then::Break { flushed, .. } if !*flushed => {
                // One turn for hyper to send what it holds: an error now would throw that away.
                *flushed = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Then::Break { line, ending, .. } => {
                if *ending == Ending::Reset {
                    line.reset();
                }
                Poll::Ready(Some(Err(HungUp)))
            }
        }
    }
}
