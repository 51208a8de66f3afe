//! What drift means for one vendor, and for all: the wire, the Rust surface and the facade side by side.
//!
//! This module only holds the verdicts together. The wire's come from [`drift`](super::drift), the facade's from the
//! `[[relies]]` of a `source.toml`; the Rust surface is read by whoever can parse Rust, and carried here as text.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::lines::lines;
use super::relies::{Renamed, broken_rules};
use super::report::{Change, Report};
use super::rule::{Direction, Rule, Verdict};
use super::semver::Bump;
use crate::source::Source;

/// Everything that there is to report, of all vendors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drift {
    /// The vendors that were compared.
    pub vendors: Vec<VendorDrift>,
    /// The lines to change for the versions of the facade, which hands on the types of all, and of the sandbox, which has
    /// their contracts.
    pub facade: Vec<VersionChange>,
    /// What kept vendors from being compared, one paragraph each.
    pub failures: Vec<String>,
}

impl Drift {
    /// The exit code of a command: 0 without drift, 4 with drift, 1 when something could not be compared.
    pub fn code(&self) -> u8 {
        match (self.failures.is_empty(), self.vendors.iter().any(VendorDrift::is_drift)) {
            (false, _) => 1,
            (true, true) => 4,
            (true, false) => 0,
        }
    }

    /// The gravest of all bumps; the facade takes it over.
    pub fn bump(&self) -> Bump {
        self.vendors.iter().map(VendorDrift::bump).max().unwrap_or_default()
    }
}

/// Whether a vendor is in both, the old and the new state of the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// In both.
    Both,
    /// In the new one only.
    New,
    /// In the old one only.
    Gone,
}

/// What changed for one vendor.
#[derive(Debug, Clone, PartialEq)]
pub struct VendorDrift {
    /// The vendor's slug.
    pub slug: String,
    /// Whether it came or went as a whole.
    pub presence: Presence,
    /// What changed on the wire.
    pub report: Report,
    /// The rules of the facade that rest on something that is no longer so.
    pub broken: Vec<BrokenRule>,
    /// What changed in the generated crate, where it could be read.
    pub rust: Option<RustDrift>,
    /// The lines of the contract's file on which the changes are.
    lines: BTreeMap<String, usize>,
}

impl VendorDrift {
    /// Compares the contracts of a vendor that is in both states.
    pub fn between(slug: impl Into<String>, old: &Value, new: &Value) -> Self {
        let report = super::drift(old, new);
        let lines = lines(new, report.changes.iter().filter_map(|change| change.at.new.as_deref()));
        Self { slug: slug.into(), presence: Presence::Both, report, broken: Vec::new(), rust: None, lines }
    }

    /// A vendor that came or went.
    pub fn whole(slug: impl Into<String>, presence: Presence) -> Self {
        let (report, lines) = (Report::default(), BTreeMap::new());
        Self { slug: slug.into(), presence, report, broken: Vec::new(), rust: None, lines }
    }

    /// Holds the rules of the facade against the new contract, as all sources have them, the newest last. What the old one
    /// called otherwise, or had in another place, is found where the same call takes it now.
    #[must_use]
    pub fn relying(mut self, sources: &[&Source], old: Option<&Value>, contract: &Value) -> Self {
        let is_same = |a: &BrokenRule, b: &BrokenRule| a.rule == b.rule && a.at == b.at;
        let mut open = Vec::new();
        let renamed: Renamed<'_> = self.report.changes.iter().filter_map(renaming).collect();
        for source in sources {
            open = broken_rules(source, old, contract, &renamed);
            for broken in &open {
                if !self.broken.iter().any(|known| is_same(known, broken)) {
                    self.broken.push(broken.clone());
                }
            }
        }
        for broken in &mut self.broken {
            broken.decided = !open.iter().any(|still| is_same(still, broken));
        }
        self
    }

    /// Whether there is anything that a program could notice.
    pub fn is_drift(&self) -> bool {
        self.presence != Presence::Both
            || !self.report.is_empty()
            || !self.broken.is_empty()
            || self.rust.as_ref().is_some_and(|rust| !rust.changes.is_empty())
    }

    /// How far the version of the vendor's crate has to move.
    pub fn bump(&self) -> Bump {
        let rust = match (self.presence, &self.rust) {
            (Presence::Gone, _) => Bump::Breaking,
            (Presence::New, _) => Bump::Additive,
            (Presence::Both, Some(rust)) => rust.bump(),
            (Presence::Both, None) if self.report.verdict() == Some(Verdict::Breaking) => Bump::Breaking,
            (Presence::Both, None) => Bump::None,
        };
        let wire = if self.report.is_empty() { Bump::None } else { Bump::Additive };
        rust.max(wire)
    }

    /// The changes of what a caller of the facade can ask this vendor for.
    pub fn capabilities(&self) -> Vec<&Change> {
        self.report.changes.iter().filter(|change| is_capability(change)).collect()
    }

    /// The changes of what the facade's adapter calls and reads: operations of a job that are gone, and their answers that
    /// are no longer what they were.
    pub fn answers(&self) -> Vec<&Change> {
        self.report.changes.iter().filter(|change| is_answer(change)).collect()
    }

    /// The changes of what a job costs.
    pub fn prices(&self) -> Vec<&Change> {
        let is_price =
            |change: &&Change| matches!(change.rule, Rule::PriceStated | Rule::PriceUnstated | Rule::PriceChanged);
        self.report.changes.iter().filter(is_price).collect()
    }

    /// The path of the vendor's contract, from the root of the repository.
    pub fn file(&self) -> String {
        format!("crates/hailuo-{}/openapi.json", self.slug)
    }

    /// The line of [`file`](Self::file) on which a change is, where the new contract has a place for it.
    pub fn line(&self, change: &Change) -> Option<usize> {
        self.lines.get(change.at.new.as_deref()?).copied()
    }
}

/// What a property of a request is called now, which a change says is gone under its name.
fn renaming(change: &Change) -> Option<(&str, &str)> {
    let is_gone = matches!(change.rule, Rule::RequiredPropertyRemoved | Rule::OptionalPropertyRemoved);
    let name =
        change.path.last()?.strip_prefix('.').filter(|_| change.direction == Some(Direction::Request) && is_gone)?;
    Some((name, change.renamed.as_deref()?))
}

/// Whether a change adds to, or takes from, what the request of a submit can say.
fn is_capability(change: &Change) -> bool {
    use Rule as R;
    let submits = change.direction == Some(Direction::Request) && change.concerns("submit");
    let widens = matches!(
        change.rule,
        R::RequiredPropertyAdded
            | R::RequiredPropertyRemoved
            | R::OptionalPropertyAdded
            | R::OptionalPropertyRemoved
            | R::PropertyBecameRequired
            | R::PropertyBecameOptional
            | R::Wrapped
            | R::Unwrapped
            | R::RequiredParameterAdded
            | R::RequiredParameterRemoved
            | R::OptionalParameterAdded
            | R::OptionalParameterRemoved
            | R::EnumSet
            | R::EnumUnset
            | R::EnumValueAdded
            | R::EnumValueRemoved
            | R::ConstSet
            | R::ConstUnset
            | R::ConstChanged
            | R::DefaultSet
            | R::DefaultUnset
            | R::DefaultChanged
            | R::TypeChanged
            | R::TypeGeneralized
            | R::TypeSpecialized
            | R::ContentMediaTypeSet
            | R::ContentMediaTypeUnset
            | R::ContentMediaTypeChanged
            | R::ForbiddenAdded
            | R::ForbiddenRemoved
            | R::ForbiddenWidened
            | R::ForbiddenNarrowed
            | R::ForbiddenChanged
            | R::FactStated
            | R::FactUnstated
            | R::FactChanged
            | R::FactWordAdded
            | R::FactWordRemoved
    );
    submits && widens
}

/// Whether a change takes from the operations of a job, or makes of their answers what an adapter does not expect. Limits
/// and formats of answers are nothing to it.
fn is_answer(change: &Change) -> bool {
    use Rule as R;
    let of_job = change.reached.uses.iter().any(|by| by.role.is_some());
    let read = change.direction == Some(Direction::Response)
        && matches!(
            change.rule,
            R::OptionalPropertyRemoved
                | R::RequiredPropertyRemoved
                | R::TypeChanged
                | R::TypeGeneralized
                | R::Wrapped
                | R::Unwrapped
                | R::EnumValueAdded
                | R::ConstChanged
                | R::ReferenceReplaced
                | R::SuccessStatusRemoved
        );
    of_job && (read || matches!(change.rule, R::OperationRemoved | R::MediaTypeRemoved))
}

/// A rule of the facade whose ground changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BrokenRule {
    /// The rule, by its name in the facade.
    pub rule: String,
    /// The pointer into the contract that it rests on.
    pub at: String,
    /// The value it was written for.
    pub relied: Value,
    /// The value that is there now; `None` where nothing is.
    pub found: Option<Value>,
    /// Whether the newest source no longer rests the rule on that value: what is to become of it was decided.
    pub decided: bool,
}

/// What changed in the public surface of a generated crate.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RustDrift {
    /// The lines of the surface that came, went or changed.
    pub changes: Vec<RustChange>,
    /// The lines to change for the version of the crate, its own first.
    pub versions: Vec<VersionChange>,
}

impl RustDrift {
    /// How far the version has to move for the surface's sake.
    pub fn bump(&self) -> Bump {
        match self.changes.iter().map(|change| change.breaking).max() {
            Some(true) => Bump::Breaking,
            Some(false) => Bump::Additive,
            None => Bump::None,
        }
    }
}

/// One item of a public surface that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RustChange {
    /// The item as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The item as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Whether a program that compiled may stop to.
    pub breaking: bool,
}

/// A line of a manifest that has to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionChange {
    /// The package whose version it is.
    pub package: String,
    /// Whether programs may stop to compile.
    pub bump: Bump,
    /// The version of the old state.
    pub old: String,
    /// The smallest version that may follow.
    pub least: String,
    /// The file that states the version, from the root of the repository.
    pub file: String,
    /// The line of the file, counted from 1.
    pub line: usize,
    /// The line as it stands.
    pub before: String,
    /// The line as it has to stand; the same where the version is high enough already.
    pub after: String,
}

impl VersionChange {
    /// Whether the version was raised already.
    pub fn is_done(&self) -> bool {
        self.before == self.after
    }
}
