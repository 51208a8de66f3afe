//! A future that tells what happens on its way, as a stream.

use std::{
    collections::VecDeque,
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use futures_core::Stream;

use crate::{error::Error, event::Event, exchange::Pending, video::Video};

/// Where a future leaves its events; one that nobody listens to costs nothing.
#[derive(Clone)]
pub(super) struct Queue(Option<Arc<Mutex<VecDeque<Event>>>>);

impl Queue {
    pub(super) fn new() -> Self {
        Self(Some(Arc::default()))
    }

    pub(super) fn none() -> Self {
        Self(None)
    }

    pub(super) fn push(&self, event: Event) {
        if let Some(queue) = &self.0 {
            queue.lock().unwrap_or_else(PoisonError::into_inner).push_back(event);
        }
    }

    pub(super) fn pop(&self) -> Option<Event> {
        self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

/// The events of a job until its end: a stream that ends with the video's [`Event::Done`] (after it, when a file was
/// asked for, with [`Event::Saved`]) or with an error.
///
/// Dropping it stops the waiting and not the job.
#[must_use = "a stream does nothing unless it is polled"]
pub struct Events {
    queue: Queue,
    drive: Option<Pending<Result<Video, Error>>>,
    video: Option<Video>,
}

impl Events {
    pub(super) fn new<F>(drive: impl FnOnce(Queue) -> F) -> Self
    where
        F: Future<Output = Result<Video, Error>> + Send + 'static,
    {
        let queue = Queue::new();
        Self { drive: Some(Box::pin(drive(queue.clone()))), queue, video: None }
    }

    /// The next event; none after the end. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Event, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The video, once the events have ended without an error.
    pub fn video(&self) -> Option<&Video> {
        self.video.as_ref()
    }
}

impl Stream for Events {
    type Item = Result<Event, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if let Some(event) = this.queue.pop() {
            return Poll::Ready(Some(Ok(event)));
        }
        let Some(drive) = &mut this.drive else {
            return Poll::Ready(None);
        };
        let polled = drive.as_mut().poll(context);
        let error = match polled {
            Poll::Pending => None,
            Poll::Ready(outcome) => {
                this.drive = None;
                match outcome {
                    Ok(video) => {
                        this.video = Some(video);
                        None
                    }
                    Err(error) => Some(error),
                }
            }
        };
        match (this.queue.pop(), error) {
            (Some(event), None) => Poll::Ready(Some(Ok(event))),
            (None, None) if this.drive.is_none() => Poll::Ready(None),
            (None, None) => Poll::Pending,
            (None, Some(error)) => Poll::Ready(Some(Err(error))),
            (Some(event), Some(error)) => {
                // Events come before the end they led to.
                this.drive = Some(Box::pin(std::future::ready(Err(error))));
                Poll::Ready(Some(Ok(event)))
            }
        }
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("ended", &self.drive.is_none()).finish_non_exhaustive()
    }
}
