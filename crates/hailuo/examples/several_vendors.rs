//! Several vendors in order of preference: the next is asked only if the one before refused or was not reached.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use hailuo::{Client, ImageToVideo, Submission, Vendor};
use hailuo_sandbox::{Fault, Sandbox, Vendor as Seller};

/// Submits to the first of two vendors that takes the request.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    sandbox.fault(Seller::Fal, "submit:no-balance".parse::<Fault>()?)?;
    let client = Client::builder()
        .key(Vendor::Fal, "any-key")
        .base_url(Vendor::Fal, sandbox.url(Seller::Fal))
        .key(Vendor::SeaArt, "any-other-key")
        .base_url(Vendor::SeaArt, sandbox.url(Seller::SeaArt))
        .build()?;

    let request =
        ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("The fox turns its head.").build()?;
    match client.submit(&request).await {
        Submission::Accepted(job) => {
            for refusal in job.refusals() {
                println!("before: {refusal}");
            }
            println!("{} has it: {}", job.handle().vendor(), job.handle());
            println!("done: {}", job.await?.url);
        }
        Submission::Rejected(error) => println!("nobody took it, nothing was charged: {error}"),
        Submission::Unknown(error) => println!("it may have been charged, so nobody else was asked: {error}"),
    }
    Ok(())
}
