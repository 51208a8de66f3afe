//! What a vendor has a word for, as data. The constants stand beside each adapter; a test derives the same table from
//! the vendors' contracts and compares.

use std::fmt::Write as _;

use serde::Serialize;

use crate::{adapters, vendor::Vendor};

/// A property of a vendor's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Property {
    /// Its name on the wire; a dot leads into an object.
    pub name: &'static str,
    /// Whether the vendor requires it.
    pub required: bool,
    /// How its values are written.
    pub wire: Wire,
}

/// How values are written on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Wire {
    /// JSON text, numbers too.
    Text,
    /// A JSON number.
    Integer,
    /// JSON true or false.
    Flag,
    /// Text in the query of the URL.
    Query,
}

/// How a vendor sells quality tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Tiers {
    /// There are none.
    None,
    /// Each tier has an endpoint of its own, and makes one resolution.
    Endpoint,
    /// Each tier is a sub-model in the request's body.
    Model,
}

/// What a job tells of itself before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Progress {
    /// Its position in the queue.
    Position,
    /// How far it is.
    Percent,
    /// Lines of its log.
    Log,
}

/// What a vendor can express.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Capabilities {
    /// The vendor.
    pub vendor: Vendor,
    /// The picture.
    pub image: Property,
    /// Whether bytes and data URLs are known to be taken, and not only URLs.
    pub data_urls: bool,
    /// The prompt.
    pub prompt: Property,
    /// Most characters of a prompt, in Unicode scalar values: the model's limit, or less where the vendor takes less.
    pub prompt_max_chars: usize,
    /// The length. At fal only the standard endpoint has it.
    pub duration: Option<Property>,
    /// The resolution.
    pub resolution: Option<Property>,
    /// Quality tiers.
    pub tiers: Tiers,
    /// Whether the prompt may be rewritten.
    pub prompt_optimizer: Option<Property>,
    /// Whether that rewriting is quick.
    pub fast_pretreatment: Option<Property>,
    /// Whether there is a watermark.
    pub watermark: Option<Property>,
    /// Where the vendor reports a finished job.
    pub webhook: Option<Property>,
    /// Whether a job can be canceled.
    pub cancel: bool,
    /// What a job tells of itself before it is done.
    pub progress: &'static [Progress],
}

impl Property {
    pub(crate) const fn required(name: &'static str, wire: Wire) -> Self {
        Self { name, required: true, wire }
    }

    pub(crate) const fn optional(name: &'static str, wire: Wire) -> Self {
        Self { name, required: false, wire }
    }
}

impl Capabilities {
    /// What a vendor can express.
    ///
    /// ```
    /// use hailuo::{Capabilities, Vendor};
    ///
    /// assert!(Capabilities::of(Vendor::ModelsLab).watermark.is_none());
    /// ```
    pub const fn of(vendor: Vendor) -> &'static Self {
        adapters::capabilities(vendor)
    }

    /// The capabilities of all vendors as a Markdown table, as the README shows it.
    pub fn table() -> String {
        let mut table = String::from(
            "| | picture | prompt | 10 s | 1080P | tier | optimizer | fast pretreatment | watermark | webhook | cancel | progress |\n\
             | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
        );
        for vendor in Vendor::ALL {
            let can = Self::of(vendor);
            let yes = |is: bool| if is { "yes" } else { "no" };
            let has = |property: Option<Property>| yes(property.is_some());
            let (tier, high) = match can.tiers {
                Tiers::None => ("no", has(can.resolution)),
                Tiers::Endpoint => ("endpoint", "tier pro"),
                Tiers::Model => ("sub-model", has(can.resolution)),
            };
            let progress: Vec<_> = can
                .progress
                .iter()
                .map(|told| match told {
                    Progress::Position => "position",
                    Progress::Percent => "percent",
                    Progress::Log => "log",
                })
                .collect();
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "| {vendor} | {} | {} | {} | {high} | {tier} | {} | {} | {} | {} | {} | {} |",
                if can.data_urls { "URL, bytes" } else { "URL" },
                if can.prompt.required { "required" } else { "optional" },
                match (can.duration, can.tiers) {
                    (Some(_), Tiers::Endpoint) => "tier standard",
                    (duration, _) => has(duration),
                },
                has(can.prompt_optimizer),
                has(can.fast_pretreatment),
                has(can.watermark),
                has(can.webhook),
                yes(can.cancel),
                if progress.is_empty() { "no".to_owned() } else { progress.join(", ") },
            );
        }
        table
    }
}
