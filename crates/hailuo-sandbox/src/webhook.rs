//! Webhooks: when a job's end is reported to the URL that its submit named, and how the report gets there. What it says
//! and how it is signed is in [`crate::manners`].
//!
//! Only loopback is called, over plain HTTP: a sandbox never leaves the machine.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use http::{HeaderName, Request, StatusCode, Uri, header};
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{
    net::TcpStream,
    sync::{Notify, mpsc},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use crate::{
    Vendor,
    desk::Desk,
    job::{Job, Stage},
    manners::Scene,
    random::Random,
};

/// How long the receiver may take to answer, as at fal.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often a report that was not taken is brought again, as at fal; not over two hours, but at once, a second later,
/// and then after twice as long each time.
const RETRIES: u32 = 10;

/// Where a job's end is to be reported.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    pub(crate) url: Uri,
    /// What the client wants to be told along with it.
    pub(crate) track_id: Option<Value>,
}

impl Hook {
    /// None for a URL that is not on this machine.
    pub(crate) fn new(url: &str, track_id: Option<&Value>) -> Option<Self> {
        let url: Uri = url.parse().ok()?;
        let host = host(&url)?;
        let is_here = host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        (url.scheme_str() == Some("http") && is_here).then(|| Self { url, track_id: track_id.cloned() })
    }
}

/// The host as it is connected to: an IPv6 address stands in brackets in a URL only.
fn host(url: &Uri) -> Option<&str> {
    Some(url.host()?.trim_start_matches('[').trim_end_matches(']'))
}

/// One attempt to report a job's end to the URL that its submit named.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The vendor.
    pub vendor: Vendor,
    /// The job's id.
    pub job: String,
    /// What was answered; `None` if nothing was.
    pub status: Option<u16>,
}

/// A vendor's reports, under way and done.
pub(crate) struct Reports {
    /// The number of a job, in the order of the desk, whose end is to be reported. Gone once the sandbox is.
    due: Mutex<Option<mpsc::UnboundedSender<usize>>>,
    /// Something but time has moved a job.
    moved: Notify,
    key: SigningKey,
    done: Mutex<Vec<Delivery>>,
}

impl Reports {
    pub(crate) fn new(random: &Random) -> (Self, mpsc::UnboundedReceiver<usize>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        let mut seed = [0; 32];
        for part in seed.chunks_exact_mut(8) {
            part.copy_from_slice(&random.next().to_be_bytes());
        }
        let key = SigningKey::from_bytes(&seed);
        let due = Mutex::new(Some(sender));
        (Self { due, moved: Notify::new(), key, done: Mutex::default() }, receiver)
    }

    /// Reports this job's end when it comes.
    pub(crate) fn await_end(&self, job: usize) {
        if let Some(due) = &*lock(&self.due) {
            // Nobody listens any more only when everything ends.
            let _ = due.send(job);
        }
    }

    /// A client's look or wish, or a test, has moved jobs.
    pub(crate) fn jobs_moved(&self) {
        self.moved.notify_waiters();
    }

    /// Gives up what is under way.
    pub(crate) fn shut(&self) {
        drop(lock(&self.due).take());
    }

    pub(crate) fn key(&self) -> &SigningKey {
        &self.key
    }

    pub(crate) fn done(&self) -> Vec<Delivery> {
        lock(&self.done).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reports the ends of jobs until the sandbox is shut.
pub(crate) async fn run(desk: Arc<Desk>, mut due: mpsc::UnboundedReceiver<usize>) {
    let mut under_way = JoinSet::new();
    while let Some(job) = due.recv().await {
        while under_way.try_join_next().is_some() {}
        under_way.spawn(report(Arc::clone(&desk), job));
    }
}

async fn report(desk: Arc<Desk>, index: usize) {
    let (job, stage) = end(&desk, index).await;
    let Some(hook) = job.hook.as_deref() else {
        return;
    };
    let scene = Scene {
        contract: &desk.contract,
        job: &job,
        stage,
        base: &desk.base,
        files: &desk.files,
        eta: 0,
        logs: false,
        variants: &[],
    };
    let Some(report) = desk.manners.report(&scene, hook) else {
        return;
    };
    let body = Bytes::from(report.to_string());
    let mut pause = Duration::ZERO;
    for _ in 0..=RETRIES {
        // Signed each time: a signature is good for some minutes.
        let signature = desk.manners.sign(desk.reports.key(), &job.id, &body);
        let status = timeout(PATIENCE, post(&hook.url, signature, body.clone())).await.ok().flatten();
        let delivery =
            Delivery { vendor: desk.vendor, job: job.id.to_string(), status: status.map(|status| status.as_u16()) };
        lock(&desk.reports.done).push(delivery);
        if status.is_some_and(|status| status.is_success()) {
            return;
        }
        sleep(pause).await;
        pause = (pause * 2).max(Duration::from_secs(1));
    }
}

/// Waits until a job is over, be it by time, by looks, or by a wish.
async fn end(desk: &Desk, index: usize) -> (Job, Stage) {
    loop {
        let mut moved = std::pin::pin!(desk.reports.moved.notified());
        moved.as_mut().enable();
        let left = {
            let (state, now) = (desk.state(), Instant::now());
            let job = &state.jobs[index];
            let standing = job.stage(now);
            if standing.is_over() {
                return (job.clone(), standing);
            }
            job.time_left(now)
        };
        match left {
            // Either way it is looked at again.
            Some(left) => drop(timeout(left, moved).await),
            None => moved.await,
        }
    }
}

/// Posts JSON; `None` if there is no answer.
async fn post(url: &Uri, headers: Vec<(HeaderName, String)>, body: Bytes) -> Option<StatusCode> {
    let stream = TcpStream::connect((host(url)?, url.port_u16().unwrap_or(80))).await.ok()?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.ok()?;
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::post(path)
        .header(header::HOST, url.authority()?.as_str())
        .header(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(body)).ok()?;
    // Ends with this function, however that ends.
    let mut line = JoinSet::new();
    line.spawn(connection);
    Some(sender.send_request(request).await.ok()?.status())
}

#[cfg(test)]
mod tests {
    use super::Hook;

    #[test]
    fn only_this_machine_is_called() {
        for (url, is_here) in [
            ("http://127.0.0.1:8080/hook?a=1", true),
            ("http://localhost/hook", true),
            ("http://[::1]:8080/hook", true),
            ("https://127.0.0.1/hook", false),
            ("http://example.com/hook", false),
            ("http://localhost.example.com/hook", false),
            ("/hook", false),
            ("", false),
        ] {
            assert_eq!(Hook::new(url, None).is_some(), is_here, "{url}");
        }
    }
}
