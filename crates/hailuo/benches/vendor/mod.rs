//! The vendor's side of a benchmark: one thread of its own, whatever the number of connections.

use std::{io, net::TcpListener, thread};

use tokio::{net::TcpStream, runtime};

/// Starts listening, and serves every connection; returns the address.
pub(crate) fn start<F>(serve: fn(TcpStream) -> F) -> io::Result<String>
where
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    listener.set_nonblocking(true)?;
    thread::Builder::new().name("vendor".to_owned()).spawn(move || listen(listener, serve))?;
    Ok(url)
}

fn listen<F>(listener: TcpListener, serve: fn(TcpStream) -> F) -> io::Result<()>
where
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(serve(stream));
        }
    })
}
