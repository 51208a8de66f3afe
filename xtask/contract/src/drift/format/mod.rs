//! A drift report for people at a terminal, for a pull request's comment, for programs, for annotations.

mod blocks;
mod github;
mod json;
mod markdown;
mod text;

use std::collections::HashSet;
use std::str::FromStr;

use super::report::{Change, Report};
use super::rule::{Direction, Verdict};
use super::vendor::{BrokenRule, Drift, Presence, RustDrift, VendorDrift, VersionChange};
use super::words::{clean, message};
use blocks::Block;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for people. Whoever writes to a terminal may ask for color.
    Text {
        /// Whether to mark words with ANSI colors.
        color: bool,
    },
    /// Markdown, for a comment.
    Markdown,
    /// JSON, one object; keys are added over time, and none changes its meaning.
    Json,
    /// Workflow commands, from which GitHub makes annotations.
    Github,
}

impl Format {
    /// The names by which [`FromStr`] knows the formats.
    pub const NAMES: [&str; 4] = ["text", "markdown", "json", "github"];

    /// The same format, with color where it has any.
    #[must_use]
    pub fn colored(self, color: bool) -> Self {
        match self {
            Self::Text { .. } => Self::Text { color },
            other => other,
        }
    }
}

/// A format that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown format {0:?}; there are text, markdown, json and github")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "text" => Ok(Self::Text { color: false }),
            "markdown" => Ok(Self::Markdown),
            "json" => Ok(Self::Json),
            "github" => Ok(Self::Github),
            other => Err(UnknownFormat(other.to_owned())),
        }
    }
}

impl Drift {
    /// The report as text, ending in a line break unless it is empty.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Text { color } => text::write(self, color),
            Format::Markdown => markdown::write(self),
            Format::Json => json::write(self),
            Format::Github => github::write(self),
        }
    }
}

/// The most important lines first: rules whose ground is gone, with their vendors.
fn broken_rules(drift: &Drift) -> impl Iterator<Item = (&VendorDrift, &BrokenRule)> {
    drift.vendors.iter().flat_map(|vendor| vendor.broken.iter().map(move |broken| (vendor, broken)))
}

fn broken_sentence(vendor: &VendorDrift, broken: &BrokenRule) -> String {
    let found = broken.found.as_ref().map_or("nothing".to_owned(), |value| clean(&value.to_string()));
    let relied = clean(&broken.relied.to_string());
    format!(
        "{}, resting on {}, was written for {relied}; the contract now says {found}",
        clean(&broken.rule),
        clean(&vendor.slug)
    )
}

/// Where a broken rule is mended.
fn broken_fix(vendor: &VendorDrift, broken: &BrokenRule) -> String {
    let place = format!("specs/{}/source.toml, at = {:?}", clean(&vendor.slug), clean(&broken.at));
    if broken.decided {
        return format!(
            "specs/{}/source.toml no longer rests it on that: see that the facade says so",
            clean(&vendor.slug)
        );
    }
    if broken.found.is_none() {
        return format!(
            "if the contract says it elsewhere now, correct the [[relies]] in {place}; if the vendor no longer says it, \
             remove that"
        );
    }
    format!(
        "if the model changed, correct the rule in crates/hailuo/src/rules and every [[relies]] on it; if this vendor alone, \
         say so beside its adapter, crates/hailuo/src/adapters/{}, and remove the [[relies]] in {place}",
        clean(&vendor.slug)
    )
}

/// `2 breaking, 1 compatible in 5 places; documentation only in 3 places`.
fn summary(vendor: &VendorDrift) -> String {
    let report = &vendor.report;
    match vendor.presence {
        Presence::New => return "new vendor".to_owned(),
        Presence::Gone => return "vendor removed, breaking".to_owned(),
        Presence::Both => {}
    }
    let mut parts = Vec::new();
    let groups = grouped(report);
    for verdict in [Verdict::Breaking, Verdict::Compatible] {
        let told = groups.iter().filter(|((of, _), _)| *of == verdict);
        let told: usize = told.flat_map(|(_, changes)| Block::all(changes)).map(|block| block.changes().count()).sum();
        match report.count(verdict) {
            0 => {}
            places if places > told => parts.push(format!("{told} {verdict} in {places} places")),
            count => parts.push(format!("{count} {verdict}")),
        }
    }
    let mut text = if parts.is_empty() { "no change".to_owned() } else { parts.join(", ") };
    if let Some(line) = documentation(report) {
        text = format!("{text}; {line}");
    }
    text
}

fn documentation(report: &Report) -> Option<String> {
    match report.documentation.len() {
        0 => None,
        1 => Some("documentation only in 1 place".to_owned()),
        count => Some(format!("documentation only in {count} places")),
    }
}

/// What a group of changes is called: the verdict, and whom it concerns.
fn heading(verdict: Verdict, direction: Option<Direction>) -> String {
    let whom = match direction {
        None => "",
        Some(Direction::Request) => ", for who sends requests",
        Some(Direction::Response) => ", for who reads answers",
    };
    format!("{verdict}{whom}")
}

/// Changes of one verdict and direction.
type Group<'a> = ((Verdict, Option<Direction>), Vec<&'a Change>);

/// The changes in reading order, with what they share.
fn grouped(report: &Report) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut changes: Vec<&Change> = report.changes.iter().collect();
    changes.sort_by_key(|change| (change.verdict, change.direction));
    for change in changes {
        let key = (change.verdict, change.direction);
        match groups.last_mut().filter(|(last, _)| *last == key) {
            Some((_, list)) => list.push(change),
            None => groups.push((key, vec![change])),
        }
    }
    groups
}

/// How many of a long list are shown, and what is said of the rest.
fn shown<T>(all: &[T], most: usize) -> (&[T], Option<String>) {
    match all.split_at_checked(most) {
        Some((first, rest)) if !rest.is_empty() => (first, Some(format!("and {} more", rest.len()))),
        _ => (all, None),
    }
}

/// One line on what to do about a version.
fn version_sentence(version: &VersionChange) -> String {
    if version.is_done() {
        format!("{}:{}: {} is enough", version.file, version.line, version.before.trim())
    } else {
        format!("{}:{}: {} → {}", version.file, version.line, version.before.trim(), version.after.trim())
    }
}

/// `1 breaking, 2 additive`, of what changed in a Rust surface; `None` where nothing did.
fn surface(rust: &RustDrift) -> Option<String> {
    let breaking = rust.changes.iter().filter(|change| change.breaking).count();
    (!rust.changes.is_empty()).then(|| format!("{breaking} breaking, {} additive", rust.changes.len() - breaking))
}

/// Why a package that follows the vendors gets another version.
fn because(package: &str) -> &'static str {
    match package {
        "hailuo" => "it hands on the types of its vendors",
        "hailuo-sandbox" => "it has the contracts of all vendors",
        _ => "it is built with them",
    }
}

/// What follows a version that has to be raised.
fn after_versions(drift: &Drift) -> Option<&'static str> {
    let is_due = drift.facade.iter().any(|version| !version.is_done());
    is_due.then_some("then `cargo xtask regen` and `cargo update --workspace` bring the rest up to date")
}

/// `prompt: longest text 2000 → 1500 characters`.
fn sentence(change: &Change) -> String {
    let subject = change.subject();
    if subject.is_empty() { message(change) } else { format!("{}: {}", clean(&subject), message(change)) }
}

/// How many changes the facade's line names of each kind.
const FACADE: usize = 12;

/// What the facade has to know: rules that broke, what can be asked for, and what is read.
fn facade(vendor: &VendorDrift) -> Option<String> {
    let mut parts = Vec::new();
    if !vendor.broken.is_empty() {
        let names: Vec<_> = vendor.broken.iter().map(|broken| clean(&broken.rule)).collect();
        parts.push(format!("broken rules: {}", names.join(", ")));
    }
    for (what, changes) in [
        ("what can be asked for changed", vendor.capabilities()),
        ("what its adapter calls or reads changed", vendor.answers()),
        ("what a job costs changed", vendor.prices()),
    ] {
        // Of what looks renamed, the name that is gone tells the other one.
        let now: Vec<&str> = changes
            .iter()
            .filter(|change| change.at.new.is_none())
            .filter_map(|change| change.renamed.as_deref())
            .collect();
        let is_told = |change: &&Change| {
            let subject = change.subject();
            change.at.old.is_none() && change.renamed.is_some() && now.iter().any(|name| subject.ends_with(name))
        };
        let mut sentences: Vec<_> = changes.iter().copied().filter(|change| !is_told(change)).map(sentence).collect();
        let mut told = HashSet::new();
        sentences.retain(|sentence| told.insert(sentence.clone()));
        let (first, rest) = shown(&sentences, FACADE);
        if !first.is_empty() {
            parts.push(format!("{what}: {}", first.iter().cloned().chain(rest).collect::<Vec<_>>().join("; ")));
        }
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}
