//! Holds what a spec says about requests against the vendor's page.
//!
//! A spec that was not fetched was written from a page. Each fact of its requests rests on a claim, which is a place of
//! that page, or is marked as inferred. [`coverage`] needs no page: it says which facts rest on nothing, and which on too
//! much. [`check`] reads the page as well and says which claims are gone or say another value.
//!
//! The way of a check: `page` makes the page one line of text that is the same however it looks; `pattern` finds the
//! places of it that claims read; `agreement` holds what stands there against the spec; `cut` tells a page that lacks
//! its end from one that changed; `suspicion` and `strangers` look for facts in what no claim reads. `facts` lists
//! what a spec says and is all that [`coverage`] needs.
//!
//! Where specs and pages come from, and what a finding means for an exit code, is left to the caller.

mod agreement;
mod cut;
mod facts;
mod finding;
mod page;
mod pattern;
mod spec;
mod strangers;
mod suspicion;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use regex::Captures;

use crate::pointer::is_at_or_below;
use crate::source::Claim;

pub use facts::{Fact, FactKind, facts};
pub use finding::{Finding, FindingKind};
pub use page::Page;
use pattern::{Pattern, Sharing, one_by_one, required_member};
pub use spec::Spec;

/// Checks that each fact of the vendor's requests rests on a claim or is marked as inferred, and not on both.
///
/// A document that was fetched speaks for itself: its facts need no claim, and claims about it are left alone.
pub fn coverage(spec: Spec<'_>) -> Vec<Finding> {
    let (_, mut findings) = spec.patterns();
    findings.extend(covered_by(spec, spec.source.claims.iter()));
    findings
}

/// Checks [`coverage`], and each claim against the page.
///
/// If hardly any claim is on the page, the page is another one, and that is the only thing said of it.
pub fn check(spec: Spec<'_>, page: &Page) -> Vec<Finding> {
    let (patterns, mut findings) = spec.patterns();
    let is_sound = findings.is_empty();
    findings.extend(covered_by(spec, spec.source.claims.iter()));
    let mut compared = compare(spec, &patterns, page);
    if compared.is_the_page() {
        let is_cut = cut::fold(spec, page, &mut compared.findings, compared.patterns);
        findings.extend(compared.findings);
        findings.extend(suspicion::stated_but_inferred(spec, page));
        // What claims pass over is known once each says what it reads.
        if is_sound && !is_cut {
            findings.extend(suspicion::passed_over(spec, page, compared.read));
        }
    } else {
        let kind = FindingKind::NotThePage { found: compared.found, of: compared.patterns, nature: page.nature() };
        findings.push(spec.of_page(kind));
    }
    findings
}

/// What a comparison with a page gave.
struct Compared {
    findings: Vec<Finding>,
    patterns: usize,
    found: usize,
    /// The places of the page that claims read.
    read: Vec<Range<usize>>,
}

impl Compared {
    /// A page that was rewritten still has some of its old words; one that has fewer than a fifth is another one, if only
    /// because all such pages show a call with curl.
    fn is_the_page(&self) -> bool {
        self.found * 5 >= self.patterns && (self.found > 0 || self.patterns == 0)
    }
}

/// Looks for each pattern once, whichever claims share it.
fn compare(spec: Spec<'_>, patterns: &[Pattern<'_>], page: &Page) -> Compared {
    let mut compared = Compared { findings: Vec::new(), patterns: 0, found: 0, read: Vec::new() };
    for pattern in patterns {
        let places = pattern.places(page.text());
        compared.read.extend(places.read(pattern));
        let pointers = || pattern.checked().map(|sharing| &sharing.claim.at);
        if pointers().next().is_none() {
            continue;
        }
        compared.patterns += 1;
        let told = |kind| spec.finding(kind, Some(pattern.text), pointers());
        match places.found.as_slice() {
            [] => compared.findings.push(told(FindingKind::Gone)),
            [place] => {
                let judged = judge(spec, pattern, place);
                // Where punctuation differs, only what agrees shows that this is the place.
                if places.is_doubtful && !judged.is_empty() {
                    compared.findings.push(told(FindingKind::Gone));
                } else {
                    compared.found += 1;
                    compared.findings.extend(judged);
                }
            }
            more => {
                compared.found += 1;
                compared.findings.push(told(FindingKind::Ambiguous(more.len())));
            }
        }
    }
    compared
}

/// Holds the place that a pattern found against what the claims that share it point at.
fn judge(spec: Spec<'_>, pattern: &Pattern<'_>, place: &Captures<'_>) -> Vec<Finding> {
    let (mut findings, text) = (Vec::new(), Some(pattern.text));
    let said = place.get(1).map_or("", |m| m.as_str());
    for Sharing { claim, each, .. } in pattern.checked() {
        let Some(value) = spec.value(&claim.at) else { continue };
        let (found, agreed) = match each {
            Some(each) => {
                let found = one_by_one(each, said);
                let words: Vec<&str> = found.iter().filter_map(|c| Some(c.get(1)?.as_str())).collect();
                if words.is_empty() {
                    findings.push(spec.finding(FindingKind::Gone, text, [&claim.at]));
                    continue;
                }
                let agreed = agreement::agree_each(value, &words, &spec.inferred_below(&claim.at));
                (agreement::strange(value, &words).join(", "), agreed)
            }
            None => (said.to_owned(), agreement::agree(&claim.at, value, said)),
        };
        if let Err(expected) = agreed {
            let kind = FindingKind::OtherValue { page: found, spec: expected };
            findings.push(spec.finding(kind, text, [&claim.at]));
        }
    }
    if let Some(prefix) = spec.wrong_prefix(pattern.checked().map(|sharing| sharing.claim), &place[0]) {
        let pointers = pattern.checked().map(|sharing| &sharing.claim.at);
        findings.push(spec.finding(FindingKind::Key(prefix), text, pointers));
    }
    findings
}

/// Which facts rest on nothing, and which inferences on nothing or on too much.
fn covered_by<'a>(spec: Spec<'a>, claims: impl Iterator<Item = &'a Claim>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut claimed = Claimed::default();
    claims.for_each(|claim| claimed.add(&spec, claim));

    let mut resting: BTreeMap<String, Resting> = BTreeMap::new();
    for at in spec.inferred() {
        if spec.value(at).is_some() {
            let doubled = claimed.pointers.contains(&spec.normal(at));
            resting.insert(spec.normal(at), Resting { doubled, ..Resting::default() });
        } else {
            findings.push(spec.finding(FindingKind::Broken(spec.nowhere(at)), None, [at]));
        }
    }

    for fact in facts(spec.documents, spec.main) {
        let is_claimed = claimed.covers(&fact);
        let mut is_inferred = false;
        for (pointer, resting) in &mut resting {
            if is_at_or_below(&fact.at, pointer) {
                is_inferred = true;
                resting.facts += 1;
                resting.claimed += usize::from(is_claimed);
                resting.doubled |= is_claimed && fact.at == *pointer;
            }
        }
        if !is_claimed && !is_inferred && !spec.is_fetched(&fact.at) {
            findings.push(spec.finding(FindingKind::Uncovered(fact.to_string()), None, [&spec.shown(&fact.at)]));
        }
    }
    for (pointer, resting) in resting {
        if resting.doubled || (resting.facts > 0 && resting.facts == resting.claimed) {
            findings.push(spec.finding(FindingKind::Doubled, None, [&spec.shown(&pointer)]));
        }
    }
    findings
}

/// What rests on one pointer of `[[inferred]]`.
#[derive(Debug, Default)]
struct Resting {
    facts: usize,
    claimed: usize,
    doubled: bool,
}

/// The pointers that claims stand at, `FILE#/pointer`.
#[derive(Debug, Default)]
struct Claimed {
    pointers: BTreeSet<String>,
    /// A claim at a list of required fields is about the field that its capture spells out.
    required: BTreeSet<(String, String)>,
}

impl Claimed {
    fn add(&mut self, spec: &Spec<'_>, claim: &Claim) {
        let at = spec.normal(&claim.at);
        // Names that are found one by one stand for nothing but themselves: each has a claim of its own.
        if claim.each.is_some() && spec.value(&claim.at).is_some_and(|v| v.is_object() || at.ends_with("/required")) {
            return;
        }
        match required_member(claim) {
            Some(member) => {
                self.required.insert((at, member.to_owned()));
            }
            None => {
                self.pointers.insert(at);
            }
        }
    }

    fn covers(&self, fact: &Fact) -> bool {
        let parent = || fact.at.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
        self.pointers.contains(&fact.at)
            || match (fact.kind, fact.value.as_str()) {
                (FactKind::Required, Some(name)) => self.required.contains(&(parent(), name.to_owned())),
                (FactKind::Word, _) => self.pointers.contains(&parent()),
                _ => false,
            }
    }
}
