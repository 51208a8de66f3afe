//! The same without an async runtime.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use hailuo::{Client, ImageToVideo, Vendor, blocking};
use hailuo_sandbox::{Sandbox, Vendor as Seller};

/// Makes a video at fal and saves it, on this thread.
pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::builder().start_blocking()?;
    let client = Client::builder().key(Vendor::Fal, "any-key").base_url(Vendor::Fal, sandbox.url(Seller::Fal));
    let client = blocking::Client::new(client.build()?)?;

    let request =
        ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("The fox turns its head.").build()?;
    let path = std::env::temp_dir().join("hailuo-blocking.mp4");
    let video = client.run(client.generate(&request).save_to(&path))?;
    println!("{} is at {}", video.handle().id(), path.display());
    Ok(())
}
