//! fal reports a finished job to a URL, signed: a web server that believes a report only because of that.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::{sync::Arc, time::SystemTime};

use axum::{Router, body::Bytes, extract::State, routing::post};
use hailuo::reqwest::{self, StatusCode, header::HeaderMap};
use hailuo::{Client, ImageToVideo, MemoryJournal, SubmitOptions, Vendor, webhook};
use hailuo_sandbox::{Pace, Sandbox, Vendor as Seller};
use tokio::{net::TcpListener, sync::mpsc};

/// What the web server knows: fal's keys, and who wants to hear of a finished job.
struct Desk {
    keys: webhook::Keys,
    finished: mpsc::UnboundedSender<String>,
}

/// Answers at once: fal waits 15 seconds, and reports again what was not taken.
async fn receive(State(desk): State<Arc<Desk>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match webhook::verify(&desk.keys, header, &body, SystemTime::now()) {
        Ok(delivery) => match desk.finished.send(delivery.request_id) {
            Ok(()) => StatusCode::OK,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        },
        Err(_) => StatusCode::UNAUTHORIZED,
    }
}

/// Submits with a webhook, and fetches the video when the report comes.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await?;

    // In earnest the keys are at `webhook::JWKS_URL`.
    let keys = format!("{}/.well-known/jwks.json", sandbox.url(Seller::Fal));
    let http = reqwest::Client::builder().no_proxy().build()?;
    let keys = webhook::Keys::from_jwks(&http.get(keys).send().await?.bytes().await?)?;
    let (finished, mut reports) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/hailuo", listener.local_addr()?);
    let routes = Router::new().route("/hailuo", post(receive)).with_state(Arc::new(Desk { keys, finished }));
    tokio::spawn(async move { axum::serve(listener, routes).await });

    let journal = Arc::new(MemoryJournal::new());
    let client = Client::builder()
        .key(Vendor::Fal, "any-key")
        .base_url(Vendor::Fal, sandbox.url(Seller::Fal))
        .shared_journal(journal.clone())
        .build()?;
    let request =
        ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("The fox turns its head.").build()?;
    let job = client.submit_with(&request, &SubmitOptions::new().webhook(url)).await.into_result()?;
    println!("submitted: {}", job.handle());

    let id = reports.recv().await.ok_or("the server is gone")?;
    let known = journal.handles().into_iter().find(|handle| handle.id() == id);
    let handle = known.ok_or("a report on somebody else's job")?;
    println!("done: {}", client.wait(&handle).await?.url);
    Ok(())
}
