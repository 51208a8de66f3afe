//! A listening port that can refuse. A refused connection is one that the kernel turns away, so a gate that refuses
//! keeps its port bound and does not listen; and it can be told so at once, without waiting for a task.

use std::{
    collections::HashMap,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    runtime::Handle,
    task::AbortHandle,
};

const BACKLOG: u32 = 1024;

/// A port on 127.0.0.1 and the connections made to it.
pub(crate) struct Gate {
    address: SocketAddr,
    runtime: Handle,
    inner: Mutex<Inner>,
}

struct Inner {
    state: State,
    waker: Option<Waker>,
    lines: HashMap<u64, AbortHandle>,
    next_line: u64,
    /// The task that ends an outage; a new outage, or the end of everything, ends the task.
    timer: Option<AbortHandle>,
}

enum State {
    Open(TcpListener),
    /// Bound, but not listening. Empty if the port could not be bound again: nobody listens then either.
    Refusing(Option<TcpSocket>),
    Shut,
}

impl Gate {
    /// Binds a port; 0 takes any that is free.
    pub(crate) fn bind(port: u16, runtime: &Handle, open: bool) -> io::Result<Arc<Self>> {
        let _context = runtime.enter();
        let socket = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        let address = socket.local_addr()?;
        let state = if open { State::Open(socket.listen(BACKLOG)?) } else { State::Refusing(Some(socket)) };
        Ok(Arc::new(Self {
            address,
            runtime: runtime.clone(),
            inner: Mutex::new(Inner { state, waker: None, lines: HashMap::new(), next_line: 0, timer: None }),
        }))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next connection; `None` once the gate is shut.
    pub(crate) async fn next(&self) -> Option<io::Result<TcpStream>> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    fn poll_next(&self, context: &mut Context<'_>) -> Poll<Option<io::Result<TcpStream>>> {
        let mut inner = self.inner();
        inner.waker = Some(context.waker().clone());
        match &inner.state {
            State::Open(listener) => match listener.poll_accept(context) {
                Poll::Ready(Ok((stream, _))) => Poll::Ready(Some(Ok(stream))),
                Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
                Poll::Pending => Poll::Pending,
            },
            State::Refusing(_) => Poll::Pending,
            State::Shut => Poll::Ready(None),
        }
    }

    /// Runs a connection until it ends or is broken.
    pub(crate) fn run<F>(self: &Arc<Self>, connection: impl FnOnce(u64) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        // Held while spawning: the task cannot end, and be forgotten, before it is known.
        let mut inner = self.inner();
        if matches!(inner.state, State::Shut) {
            return;
        }
        inner.next_line += 1;
        let line = inner.next_line;
        let gate = Arc::clone(self);
        let connection = connection(line);
        let task = self.runtime.spawn(async move {
            connection.await;
            gate.inner().lines.remove(&line);
        });
        inner.lines.insert(line, task.abort_handle());
    }

    /// Refuses new connections and breaks those there are, but for one; for so long, or until [`Self::accept`].
    pub(crate) fn refuse(self: &Arc<Self>, keep: Option<u64>, span: Option<Duration>) {
        let mut inner = self.inner();
        if matches!(inner.state, State::Shut) {
            return;
        }
        // The listener has to go before its port can be bound again.
        inner.state = State::Refusing(None);
        inner.state = State::Refusing(bind(self.address).ok());
        inner.break_lines(keep);
        inner.stop_timer();
        inner.timer = span.map(|span| {
            let gate = Arc::clone(self);
            let task = self.runtime.spawn(async move {
                tokio::time::sleep(span).await;
                gate.accept();
            });
            task.abort_handle()
        });
    }

    /// Ends an outage.
    pub(crate) fn accept(&self) {
        let _context = self.runtime.enter();
        let mut inner = self.inner();
        let State::Refusing(socket) = &mut inner.state else {
            return;
        };
        let listener = match socket.take() {
            Some(socket) => socket.listen(BACKLOG),
            None => bind(self.address).and_then(|socket| socket.listen(BACKLOG)),
        };
        if let Ok(listener) = listener {
            inner.state = State::Open(listener);
            // If it is the timer that ends the outage, it has done what it was there for.
            inner.stop_timer();
            inner.wake();
        }
    }

    /// Closes the port and breaks every connection, for good.
    pub(crate) fn shut(&self) {
        let mut inner = self.inner();
        inner.state = State::Shut;
        inner.break_lines(None);
        inner.stop_timer();
        inner.wake();
    }
}

impl Inner {
    fn break_lines(&mut self, keep: Option<u64>) {
        self.lines.retain(|line, task| {
            let kept = Some(*line) == keep;
            if !kept {
                task.abort();
            }
            kept
        });
    }

    fn stop_timer(&mut self) {
        if let Some(timer) = self.timer.take() {
            timer.abort();
        }
    }

    fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // So that a port can be taken again while connections of a moment ago still linger in the kernel. On Windows the
    // option would let two programs share a port.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}
