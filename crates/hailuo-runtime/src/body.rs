//! Request bodies: pieces in memory before a rest, bodies that cannot be sent twice, and answers that end in an error.

use std::{
    collections::VecDeque,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

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
}

impl Progress {
    pub(crate) fn new(record: Option<Record>) -> Arc<Self> {
        Arc::new(Self { last: Mutex::new(Instant::now()), record })
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
pub(crate) struct OneShot {
    inner: reqwest::Body,
    progress: Arc<Progress>,
}

impl OneShot {
    pub(crate) fn wrap(inner: reqwest::Body, progress: Arc<Progress>) -> reqwest::Body {
        reqwest::Body::wrap(Self { inner, progress })
    }
}

impl Body for OneShot {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        let frame = ready!(Pin::new(&mut self.inner).poll_frame(cx));
        self.progress.mark_sent();
        self.progress.advance();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
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
        let progress = Progress::new(Some(record.clone()));
        *request.body_mut() = Some(OneShot::wrap("body".into(), progress));
        assert!(request.try_clone().is_none());

        let mut body = request.body_mut().take().unwrap();
        assert_eq!(body.size_hint().exact(), Some(4));
        assert!(!record.sent());
        assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "body");
        assert!(record.sent());
        assert!(body.is_end_stream());
    }
}
