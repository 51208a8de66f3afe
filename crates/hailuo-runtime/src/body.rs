//! Request bodies: pieces in memory before a rest, bodies that cannot be sent twice, and answers that end in an error.

use std::{
    collections::VecDeque,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::{
    task::{spawn_blocking, yield_now},
    time::{Instant, sleep},
};

use crate::Record;

/// Pieces that are in memory, then, if there is one, the rest of another body. Its length is exact when the rest's is.
pub(crate) struct Pieces {
    front: VecDeque<Bytes>,
    rest: Option<reqwest::Body>,
}

impl Pieces {
    pub(crate) fn new(front: impl IntoIterator<Item = Bytes>, rest: Option<reqwest::Body>) -> Self {
        Self { front: front.into_iter().filter(|piece| !piece.is_empty()).collect(), rest }
    }

    pub(crate) fn into_body(self) -> reqwest::Body {
        reqwest::Body::wrap(self)
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        if let Some(piece) = self.front.pop_front() {
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        match &mut self.rest {
            Some(rest) => Pin::new(rest).poll_frame(cx),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.front.is_empty() && self.rest.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let front = self.front.iter().map(|piece| piece.len() as u64).sum();
        let rest = self.rest.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint);
        let mut hint = SizeHint::new();
        if let Some(upper) = rest.upper().and_then(|upper| upper.checked_add(front)) {
            hint.set_upper(upper);
        }
        hint.set_lower(rest.lower().saturating_add(front));
        hint
    }
}

/// When the connection last took a piece of a request's body, and whether it ever did.
pub(crate) struct Progress {
    last: Mutex<Instant>,
    record: Option<Record>,
    /// Whether the time without movement is bounded, for which the runtime has a timer.
    is_timed: bool,
}

impl Progress {
    pub(crate) fn new(record: Option<Record>, idle: Duration) -> Arc<Self> {
        let now = Instant::now();
        Arc::new(Self { last: Mutex::new(now), record, is_timed: now.checked_add(idle).is_some() })
    }

    pub(crate) fn last(&self) -> Instant {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn advance(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// A request has arrived, and another one takes its turn.
    pub(crate) fn answered(&self) {
        self.advance();
        self.mark_sent();
    }

    pub(crate) fn mark_sent(&self) {
        if let Some(record) = &self.record {
            record.mark_sent();
        }
    }
}

/// A body that can be sent once.
///
/// reqwest keeps a copy of every body that it can clone, and sends it again on a 307 or 308 and when a peer refuses a
/// stream. A wrapped body cannot be cloned, so there is nothing to send again, whatever layers lie in between. What
/// hyper repeats by itself is only a request of which nothing was taken yet.
///
/// It is given out in breaths, between which the connection hears what the other side says: whoever refuses a request by
/// its head may hang up on the picture, and with a piece that is written then the connection ends, answer and all.
pub(crate) struct OneShot {
    inner: reqwest::Body,
    progress: Arc<Progress>,
    /// What of the last piece is still to be given out.
    rest: Bytes,
    /// What was given out since the last pause, in bytes.
    given: usize,
    pause: Option<Pause>,
    has_paused: bool,
}

type Pause = Pin<Box<dyn Future<Output = ()> + Send + Sync>>;

/// What is given out at once, in bytes: a frame of HTTP/2. The next piece is asked for when the whole of one has been
/// allowed, so that larger ones would leave the small windows of many servers empty for half the time.
const PIECE: usize = 16 << 10;

/// What is given out between two pauses, in bytes.
const BREATH: usize = 64 << 10;

/// How long after the first breath a no is listened for. Over a real line there is more time for it while the rest waits
/// to be taken.
const LISTENING: Duration = Duration::from_millis(20);

impl OneShot {
    pub(crate) fn wrap(inner: reqwest::Body, progress: Arc<Progress>) -> reqwest::Body {
        let (rest, given, pause, has_paused) = (Bytes::new(), 0, None, false);
        reqwest::Body::wrap(Self { inner, progress, rest, given, pause, has_paused })
    }

    /// Lets the runtime look at the network after each breath.
    fn poll_pause(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.given >= BREATH {
            self.given = 0;
            let is_first = !std::mem::replace(&mut self.has_paused, true);
            self.pause = Some(if is_first { listening(self.progress.is_timed) } else { Box::pin(yield_now()) });
        }
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(cx));
            self.pause = None;
        }
        Poll::Ready(())
    }
}

/// A moment; a runtime that may have no timer has threads.
fn listening(is_timed: bool) -> Pause {
    if is_timed {
        return Box::pin(sleep(LISTENING));
    }
    let moment = spawn_blocking(|| std::thread::sleep(LISTENING));
    Box::pin(async { drop(moment.await) })
}

impl Body for OneShot {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        ready!(self.poll_pause(cx));
        let this = &mut *self;
        if this.rest.is_empty() {
            match ready!(Pin::new(&mut this.inner).poll_frame(cx)).map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => this.rest = data,
                end => {
                    this.progress.mark_sent();
                    return Poll::Ready(end.and_then(|frame| frame.map(Result::err).transpose()));
                }
            }
        }
        this.progress.mark_sent();
        this.progress.advance();
        let piece = this.rest.split_to(this.rest.len().min(PIECE));
        this.given += piece.len();
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = self.inner.size_hint();
        let rest = self.rest.len() as u64;
        if let Some(upper) = hint.upper().and_then(|upper| upper.checked_add(rest)) {
            hint.set_upper(upper);
        }
        hint.set_lower(hint.lower().saturating_add(rest));
        hint
    }
}

/// What came of an answer, then the error that ended it, again and again if asked.
pub(crate) struct Broken<E> {
    front: Bytes,
    error: E,
}

impl<E> Broken<E>
where
    E: Clone + Into<Box<dyn std::error::Error + Send + Sync>> + Send + Sync + Unpin + 'static,
{
    pub(crate) fn wrap(front: Bytes, error: E) -> reqwest::Body {
        reqwest::Body::wrap(Self { front, error })
    }
}

impl<E: Clone + Unpin> Body for Broken<E> {
    type Data = Bytes;
    type Error = E;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        let front = std::mem::take(&mut self.front);
        Poll::Ready(Some(if front.is_empty() { Err(self.error.clone()) } else { Ok(Frame::data(front)) }))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test panics where it fails")]

    use http_body_util::BodyExt as _;

    use super::*;

    #[tokio::test]
    async fn pieces_keep_their_order_and_exact_length() {
        let rest = reqwest::Body::from("rest");
        let mut body = Pieces::new(["one".into(), Bytes::new(), "two".into()], Some(rest));
        assert_eq!(body.size_hint().exact(), Some(10));
        assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "one");
        assert_eq!(body.size_hint().exact(), Some(7));
        assert!(!body.is_end_stream());
        assert_eq!(body.collect().await.unwrap().to_bytes(), "tworest");
    }

    #[tokio::test]
    async fn a_rest_of_unknown_length_leaves_the_length_unknown() {
        let rest = Broken::wrap(Bytes::new(), "cut");
        let body = Pieces::new(["one".into()], Some(rest));
        assert_eq!(body.size_hint().exact(), None);
        assert_eq!(body.size_hint().lower(), 3);
    }

    #[tokio::test]
    async fn a_one_shot_body_cannot_be_cloned_and_tells_when_it_is_taken() {
        let (record, url) = (Record::default(), "http://localhost/".parse().unwrap());
        let mut request = reqwest::Request::new(reqwest::Method::POST, url);
        let progress = Progress::new(Some(record.clone()), Duration::ZERO);
        *request.body_mut() = Some(OneShot::wrap("body".into(), progress));
        assert!(request.try_clone().is_none());

        let mut body = request.body_mut().take().unwrap();
        assert_eq!(body.size_hint().exact(), Some(4));
        assert!(!record.sent());
        assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "body");
        assert!(record.sent());
        assert!(body.is_end_stream());
    }

    #[tokio::test(start_paused = true)]
    async fn a_large_body_is_given_out_in_breaths_with_a_pause_for_an_early_no() {
        for (pieces, expected) in [
            (vec![10, PIECE, 7], vec![(10, 0), (PIECE, 0), (7, 0)]),
            (vec![PIECE * 2 - 1], vec![(PIECE, 0), (PIECE - 1, 0)]),
            (vec![BREATH + 1], [vec![(PIECE, 0); 4], vec![(1, 20)]].concat()),
            (vec![BREATH * 3], [vec![(PIECE, 0); 4], vec![(PIECE, 20); 8]].concat()),
        ] {
            let whole: usize = pieces.iter().sum();
            let inner = Pieces::new(pieces.into_iter().map(|length| vec![7; length].into()), None).into_body();
            let started = Instant::now();
            let mut body = OneShot::wrap(inner, Progress::new(None, Duration::ZERO));
            let (mut left, mut given) = (whole as u64, Vec::new());
            while let Some(frame) = body.frame().await {
                let length = frame.unwrap().into_data().unwrap().len();
                left -= length as u64;
                assert_eq!(body.size_hint().exact(), Some(left));
                assert_eq!(body.is_end_stream(), left == 0);
                given.push((length, started.elapsed().as_millis()));
            }
            assert_eq!(given, expected);
        }
    }
}
