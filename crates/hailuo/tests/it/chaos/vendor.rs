//! A vendor on loopback that plays [`Reply`]s, one per request, on the runtime of its client.
//!
//! Whatever it does is felt as a beat of its [`Pulse`].

use std::{
    collections::VecDeque,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::yield_now,
};

use super::{
    clock::Pulse,
    reply::{End, Pace, Reply, When},
};

#[derive(Clone)]
pub(super) struct Vendor {
    state: Arc<Mutex<State>>,
    pulse: Pulse,
}

#[derive(Default)]
struct State {
    script: VecDeque<Reply>,
    requests: Vec<String>,
}

impl Vendor {
    /// Starts listening; returns its address, too.
    pub(super) async fn start(pulse: &Pulse) -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let this = Self { state: Arc::default(), pulse: pulse.clone() };
        let vendor = this.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let vendor = vendor.clone();
                if let Some(end) = vendor.hang_up() {
                    vendor.pulse.beat();
                    if end == End::Reset {
                        drop(stream.set_zero_linger());
                    }
                    continue;
                }
                tokio::spawn(async move { drop(vendor.serve(stream).await) });
            }
        });
        (this, url)
    }

    /// How to end a connection that was just made, if its next answer is to be none.
    fn hang_up(&self) -> Option<End> {
        let mut state = self.state.lock().unwrap();
        state.script.pop_front_if(|reply| reply.when == When::Never).map(|reply| reply.end)
    }

    /// Sets how the next requests are answered.
    pub(super) fn play(&self, replies: impl IntoIterator<Item = Reply>) {
        self.state.lock().unwrap().script = replies.into_iter().collect();
    }

    /// What came since it was last asked: as much of each request as was read.
    pub(super) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().requests)
    }

    async fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        loop {
            let mut begun = [0; 4096];
            self.pulse.beat();
            let count = stream.peek(&mut begun).await?;
            self.pulse.beat();
            if count == 0 {
                return Ok(());
            }
            let (number, reply) = {
                let mut state = self.state.lock().unwrap();
                state.requests.push(String::from_utf8_lossy(&begun[..count]).into_owned());
                (state.requests.len() - 1, state.script.pop_front())
            };
            // A request too many is counted; what it is answered is of no interest.
            let Some(reply) = reply else { return Ok(()) };
            if matches!(reply.when, When::Read | When::HeadRead) {
                let text = read(&mut stream, reply.when == When::HeadRead, &self.pulse).await?;
                if let Some(request) = self.state.lock().unwrap().requests.get_mut(number) {
                    *request = text;
                }
            }
            if reply.when != When::Never {
                write(&mut stream, &reply, &self.pulse).await?;
            }
            self.pulse.beat();
            match reply.end {
                // What is left of the request would be taken for the next one.
                End::Kept if reply.when != When::Read => return Ok(()),
                End::Kept => {}
                End::Closed => return stream.shutdown().await,
                End::Reset => return stream.set_zero_linger(),
            }
        }
    }
}

/// A place that no vendor's client has any business with.
pub(super) struct Elsewhere {
    pub(super) url: String,
    visits: Arc<AtomicUsize>,
}

impl Elsewhere {
    /// How many have connected to it.
    pub(super) fn visits(&self) -> usize {
        self.visits.load(Ordering::Relaxed)
    }
}

/// The one such place of this process.
pub(super) fn elsewhere() -> &'static Elsewhere {
    static PLACE: LazyLock<Elsewhere> = LazyLock::new(|| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let place = Elsewhere { url: format!("http://{}", listener.local_addr().unwrap()), visits: Arc::default() };
        let visits = Arc::clone(&place.visits);
        std::thread::spawn(move || {
            for _ in listener.incoming() {
                visits.fetch_add(1, Ordering::Relaxed);
            }
        });
        place
    });
    &PLACE
}

/// Reads a request, or its head and what came with it.
pub(super) async fn read(stream: &mut TcpStream, only_head: bool, pulse: &Pulse) -> std::io::Result<String> {
    let (mut received, mut buffer) = (Vec::new(), vec![0; 16 << 10]);
    loop {
        let count = stream.read(&mut buffer).await?;
        pulse.beat();
        received.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&received);
        let head = text.split_once("\r\n\r\n").map(|(head, _)| head.to_ascii_lowercase());
        let length = head.as_ref().and_then(|head| {
            head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok())
        });
        let is_there = head.is_some_and(|head| only_head || received.len() >= head.len() + 4 + length.unwrap_or(0));
        if is_there || count == 0 {
            return Ok(text.into_owned());
        }
    }
}

async fn write(stream: &mut TcpStream, reply: &Reply, pulse: &Pulse) -> std::io::Result<()> {
    let bytes = reply.bytes();
    match reply.pace {
        Pace::AtOnce => stream.write_all(&bytes).await,
        Pace::ByteByByte => {
            let (slow, rest) = bytes.split_at(bytes.len().min(1500));
            for byte in slow {
                stream.write_all(&[*byte]).await?;
                pulse.beat();
                yield_now().await;
            }
            stream.write_all(rest).await
        }
        Pace::Halves(thousandths) => in_two(stream, &bytes, thousandths, Duration::ZERO, pulse).await,
        Pace::Pause(seconds) => in_two(stream, &bytes, 500, Duration::from_secs(seconds), pulse).await,
    }
}

async fn in_two(
    stream: &mut TcpStream,
    bytes: &[u8],
    thousandths: usize,
    pause: Duration,
    pulse: &Pulse,
) -> std::io::Result<()> {
    let (first, second) = bytes.split_at(bytes.len() * thousandths / 1000);
    stream.write_all(first).await?;
    pulse.beat();
    if pause.is_zero() {
        yield_now().await;
    } else {
        tokio::time::sleep(pause).await;
        pulse.beat();
    }
    stream.write_all(second).await
}
