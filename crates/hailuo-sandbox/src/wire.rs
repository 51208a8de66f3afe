//! One connection: hyper on a stream that can be told to end with a reset, and answers that end it before their time.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{Router, body::Body};
use http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tower_service::Service;

use crate::{cors, gate::Gate};

/// The connection that a request came by; stands in the request's extensions.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) number: u64,
    reset: AtomicBool,
}

impl Line {
    /// Makes the connection end with a reset instead of an orderly close.
    pub(crate) fn reset(&self) {
        self.reset.store(true, Ordering::Relaxed);
    }
}

/// In the extensions of an answer: send nothing and end the connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HangUp;

/// The connection was ended on purpose.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox ended the connection")]
pub(crate) struct HungUp;

/// Serves a gate until it is shut.
pub(crate) async fn serve(gate: Arc<Gate>, router: Router) {
    while let Some(stream) = gate.next().await {
        match stream {
            Ok(stream) => {
                let router = router.clone();
                gate.run(|number| connection(stream, number, router));
            }
            // Out of file descriptors, most likely: others may close theirs.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
    }
}

async fn connection(stream: TcpStream, number: u64, router: Router) {
    // An error here means a connection that is gone already; the first read will find out.
    let _ = stream.set_nodelay(true);
    let line = Arc::new(Line { number, reset: AtomicBool::new(false) });
    let wire = Wire { stream, line: Arc::clone(&line) };
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Arc::clone(&line));
        let (preflight, is_page) = (cors::preflight(&request), cors::is_page(request.headers()));
        let mut router = router.clone();
        async move {
            if let Some(answer) = preflight {
                return Ok(answer);
            }
            let mut answer: Response<Body> = router.call(request).await.unwrap_or_else(|never| match never {});
            if is_page {
                cors::open(answer.headers_mut());
            }
            if answer.extensions().get::<HangUp>().is_some() { Err(HungUp) } else { Ok(answer) }
        }
    });
    // Whatever ends the connection, its peer learns from the connection itself.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(wire), service).await;
}

/// A TCP stream that ends with a reset if its line says so.
struct Wire {
    stream: TcpStream,
    line: Arc<Line>,
}

impl Wire {
    fn is_reset(&self) -> bool {
        self.line.reset.load(Ordering::Relaxed)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.is_reset() {
            // If the option cannot be set, the connection ends in good order.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.is_reset() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
