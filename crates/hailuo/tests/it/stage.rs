//! A sandbox with clients for it.

use std::{sync::Arc, time::Duration};

use hailuo::{
    Client, ClientBuilder, Image, ImageToVideo, ImageToVideoBuilder, MemoryJournal, Submission, Vendor, WaitOptions,
};
use hailuo_sandbox::{Fault, Pace, Sandbox, Vendor as Seller};

use crate::pictures::png;

/// A key that stands in no documentation, with characters that every encoding shows differently.
pub(crate) const KEY: &str = "canary-key/+&=\"\\7f3e9a";

/// The sandbox's name of a vendor.
pub(crate) fn seller(vendor: Vendor) -> Seller {
    vendor.slug().parse().unwrap()
}

/// The five vendors, a client and its journal.
pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    pub(crate) journal: Arc<MemoryJournal>,
}

impl Stage {
    pub(crate) async fn new(pace: Pace, vendors: &[Vendor]) -> Self {
        let sandbox = Sandbox::builder().pace(pace).start().await.unwrap();
        let journal = Arc::new(MemoryJournal::new());
        let client = builder(&sandbox, vendors).shared_journal(journal.clone()).build().unwrap();
        Self { sandbox, client, journal }
    }

    pub(crate) fn fault(&self, vendor: Vendor, fault: &str) {
        self.sandbox.fault(seller(vendor), fault.parse::<Fault>().unwrap()).unwrap();
    }
}

/// A client for a sandbox before it is built.
pub(crate) fn builder(sandbox: &Sandbox, vendors: &[Vendor]) -> ClientBuilder {
    vendors.iter().fold(Client::builder(), |builder, &vendor| {
        builder.key(vendor, KEY).base_url(vendor, sandbox.url(seller(vendor)))
    })
}

/// A client for whatever is at an address.
pub(crate) fn client_at(vendor: Vendor, url: &str) -> Client {
    Client::builder().key(vendor, KEY).base_url(vendor, url).build().unwrap()
}

/// A request that every vendor takes.
pub(crate) fn plain() -> ImageToVideoBuilder {
    ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("The fox turns its head. [推进]")
}

pub(crate) fn request() -> ImageToVideo {
    plain().build().unwrap()
}

/// A request whose picture has so many bytes.
pub(crate) fn with_picture_of(bytes: usize) -> ImageToVideo {
    let mut picture = png(1024, 768);
    picture.resize(bytes, 7);
    ImageToVideo::builder().image(Image::bytes(picture)).prompt("The fox").build().unwrap()
}

/// Waiting that costs no time to speak of.
pub(crate) fn quick() -> WaitOptions {
    WaitOptions::new().first_interval(Duration::from_millis(1))
}

/// How a submit ended, in a line.
pub(crate) fn told(submission: &Submission) -> String {
    match submission {
        Submission::Accepted(job) => format!("accepted {}", job.handle().id()),
        Submission::Rejected(error) => format!("rejected {}", error.kind()),
        Submission::Unknown(error) => match error.handle() {
            Some(handle) => format!("unknown, perhaps {}", handle.id()),
            None => format!("unknown {}", error.kind()),
        },
    }
}
