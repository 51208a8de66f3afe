//! The report for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::Drift;
use crate::drift::report::{Change, Pointers};
use crate::drift::rule::Verdict;
use crate::drift::semver::Bump;
use crate::drift::vendor::{BrokenRule, Presence, RustDrift, VendorDrift, VersionChange};
use crate::drift::words::is_invisible;

#[derive(Serialize)]
struct Page<'a> {
    /// Raised when a key changes its meaning.
    format: u32,
    drift: bool,
    bump: Bump,
    vendors: Vec<Vendor<'a>>,
    facade: &'a [VersionChange],
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
    answers: Vec<String>,
    rust: Option<&'a RustDrift>,
}

pub(super) fn write(drift: &Drift) -> String {
    let page = Page {
        format: 1,
        drift: drift.vendors.iter().any(VendorDrift::is_drift),
        bump: drift.bump(),
        vendors: drift.vendors.iter().map(vendor).collect(),
        facade: &drift.facade,
        failures: &drift.failures,
    };
    // Keys are strings and numbers are finite, so that there is nothing JSON could not hold.
    let text = serde_json::to_string_pretty(&page).unwrap_or_default();
    // What could steer a terminal stands inside of strings only, where JSON lets it be written as a number.
    let mut plain = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if c != '\n' && (c.is_control() || is_invisible(c)) {
            // Writing into a string cannot fail.
            let _ = write!(plain, "\\u{:04x}", u32::from(c));
        } else {
            plain.push(c);
        }
    }
    plain.push('\n');
    plain
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
        answers: vendor.answers().into_iter().map(super::sentence).collect(),
        rust: vendor.rust.as_ref(),
    }
}
