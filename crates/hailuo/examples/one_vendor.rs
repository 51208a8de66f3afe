//! A video from one vendor, with its progress. It runs against the sandbox, so it needs no key and no network: leave
//! `base_url` out and pass your own key to run it for real.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use hailuo::{Client, Event, ImageToVideo, Vendor};
use hailuo_sandbox::{Sandbox, Vendor as Seller};

/// Makes a video at fal and saves it.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client =
        Client::builder().key(Vendor::Fal, "any-key").base_url(Vendor::Fal, sandbox.url(Seller::Fal)).build()?;

    let request = ImageToVideo::builder()
        .image("https://example.com/fox.jpg")
        .prompt("The fox turns its head. [推进]")
        .build()?;
    if let Some(cost) = client.validate(Vendor::Fal, &request)?.cost {
        println!("it costs {cost}");
    }

    let path = std::env::temp_dir().join("hailuo-one-vendor.mp4");
    let mut events = client.generate(&request).save_to(&path).events();
    while let Some(event) = events.next().await {
        match event? {
            Event::Queued { position } => println!("queued, position {position:?}"),
            Event::Running { log, .. } => println!("running, {} new lines of log", log.len()),
            Event::Done { video } => println!("done: {}", video.url),
            Event::Saved { bytes } => println!("saved {bytes} bytes to {}", path.display()),
            _ => {}
        }
    }
    Ok(())
}
