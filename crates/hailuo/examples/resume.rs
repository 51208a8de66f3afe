//! A job outlives the process that submitted it: its handle is one token, to be kept anywhere.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use hailuo::{Client, Error, ImageToVideo, JobHandle, Vendor};
use hailuo_sandbox::{Sandbox, Vendor as Seller};

/// Submits with one client, forgets everything but the token, and finishes with another client.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let token = submit(&sandbox).await?;
    println!("hailuo wait {token}");

    let handle: JobHandle = token.parse()?;
    let video = client(&sandbox)?.resume(handle)?.wait().await?;
    println!("done: {}", video.url);
    Ok(())
}

async fn submit(sandbox: &Sandbox) -> Result<String, Error> {
    let request =
        ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("The fox turns its head.").build()?;
    let job = client(sandbox)?.submit(&request).await.into_result()?;
    Ok(job.handle().to_string())
}

fn client(sandbox: &Sandbox) -> Result<Client, Error> {
    Client::builder().key(Vendor::SeaArt, "any-key").base_url(Vendor::SeaArt, sandbox.url(Seller::SeaArt)).build()
}
