//! The report for programs.

use serde::Serialize;

use super::Drift;
use crate::drift::report::{Change, Pointers};
use crate::drift::rule::Verdict;
use crate::drift::semver::Bump;
use crate::drift::vendor::{BrokenRule, Presence, RustDrift, VendorDrift, VersionChange};

#[derive(Serialize)]
struct Page<'a> {
    /// Raised when a key changes its meaning.
    format: u32,
    drift: bool,
    bump: Bump,
    vendors: Vec<Vendor<'a>>,
    facade: Option<&'a VersionChange>,
    failures: &'a [String],
}

#[derive(Serialize)]
struct Vendor<'a> {
    #[serde(rename = "vendor")]
    slug: &'a str,
    presence: Presence,
    verdict: Option<Verdict>,
    bump: Bump,
    broken_rules: &'a [BrokenRule],
    changes: &'a [Change],
    documentation: &'a [Pointers],
    capabilities: Vec<String>,
    rust: Option<&'a RustDrift>,
}

pub(super) fn write(drift: &Drift) -> String {
    let page = Page {
        format: 1,
        drift: drift.vendors.iter().any(VendorDrift::is_drift),
        bump: drift.bump(),
        vendors: drift.vendors.iter().map(vendor).collect(),
        facade: drift.facade.as_ref(),
        failures: &drift.failures,
    };
    // Keys are strings and numbers are finite, so that there is nothing JSON could not hold.
    let mut text = serde_json::to_string_pretty(&page).unwrap_or_default();
    text.push('\n');
    text
}

fn vendor(vendor: &VendorDrift) -> Vendor<'_> {
    Vendor {
        slug: &vendor.slug,
        presence: vendor.presence,
        verdict: vendor.report.verdict(),
        bump: vendor.bump(),
        broken_rules: &vendor.broken,
        changes: &vendor.report.changes,
        documentation: &vendor.report.documentation,
        capabilities: vendor.capabilities().into_iter().map(super::sentence).collect(),
        rust: vendor.rust.as_ref(),
    }
}
