//! Holds what a spec says about requests against the vendor's page.
//!
//! A spec that was not fetched was written from a page. Each fact of its requests rests on a claim, which is a place of
//! that page, or is marked as inferred. [`coverage`] needs no page: it says which facts rest on nothing, and which on too
//! much. [`check`] reads the page as well and says which claims are gone or say another value.
//!
//! Where specs and pages come from, and what a finding means for an exit code, is left to the caller.

mod agreement;
mod cut;
mod facts;
mod finding;
mod page;
mod spec;
mod strangers;
mod suspicion;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use regex::{Captures, Regex};

use crate::pointer::is_at_or_below;
use crate::source::Claim;

pub use facts::{Fact, FactKind, facts};
pub use finding::{Finding, FindingKind};
pub use page::Page;
pub use spec::Spec;
use spec::{Checked, required_member};

/// Checks that each fact of the vendor's requests rests on a claim or is marked as inferred, and not on both.
///
/// A document that was fetched speaks for itself: its facts need no claim, and claims about it are left alone.
pub fn coverage(spec: Spec<'_>) -> Vec<Finding> {
    let (_, mut findings) = spec.claims();
    findings.extend(covered_by(spec, spec.source.claims.iter()));
    findings
}

/// Checks [`coverage`], and each claim against the page.
///
/// If hardly any claim is on the page, the page is another one, and that is the only thing said of it.
pub fn check(spec: Spec<'_>, page: &Page) -> Vec<Finding> {
    let (claims, mut findings) = spec.claims();
    findings.extend(covered_by(spec, spec.source.claims.iter()));
    let mut compared = compare(spec, claims, page);
    if compared.is_the_page() {
        let is_cut = cut::fold(spec, page, &mut compared.findings, compared.patterns);
        findings.extend(compared.findings);
        findings.extend(suspicion::stated_but_inferred(spec, page));
        if !is_cut {
            findings.extend(suspicion::passed_over(spec, page));
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
}

impl Compared {
    /// A page that was rewritten still has some of its old words; one that has fewer than a fifth is another one, if only
    /// because all such pages show a call with curl.
    fn is_the_page(&self) -> bool {
        self.found * 5 >= self.patterns && (self.found > 0 || self.patterns == 0)
    }
}

/// One of the claims that share a pattern for the page, with its pattern for each word.
type Sharing<'a> = (&'a Claim, Option<Regex>);

/// Looks for each pattern once, whichever claims share it.
fn compare(spec: Spec<'_>, claims: Vec<Checked<'_>>, page: &Page) -> Compared {
    let mut patterns: BTreeMap<&str, (Regex, Vec<Sharing<'_>>)> = BTreeMap::new();
    for Checked { claim, page, each } in claims {
        patterns.entry(&claim.page).or_insert_with(|| (page, Vec::new())).1.push((claim, each));
    }

    let mut compared = Compared { findings: Vec::new(), patterns: patterns.len(), found: 0 };
    let on_page = &mut compared.findings;
    for (pattern, (regex, claims)) in &patterns {
        let pointers = || claims.iter().map(|(claim, _)| &claim.at);
        let mut matches = regex.captures_iter(page.text());
        let (first, more) = (matches.next(), matches.count());
        if more > 0 {
            compared.found += 1;
            on_page.push(spec.finding(FindingKind::Ambiguous(more + 1), Some(pattern), pointers()));
            continue;
        }
        let judged =
            first.or_else(|| in_other_case(pattern, page.text())).map(|found| judge(spec, pattern, &found, claims));
        // Where punctuation differs, only what agrees shows that this is the place.
        let judged = judged.or_else(|| {
            let judged = judge(spec, pattern, &in_other_punctuation(pattern, page.text())?, claims);
            judged.is_empty().then_some(judged)
        });
        compared.found += usize::from(judged.is_some());
        on_page.extend(judged.unwrap_or_else(|| vec![spec.finding(FindingKind::Gone, Some(pattern), pointers())]));
    }

    compared
}

/// Holds the place that a pattern found against what the claims that share it point at.
fn judge(spec: Spec<'_>, pattern: &str, place: &Captures<'_>, claims: &[Sharing<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let said = place.get(1).map_or("", |m| m.as_str());
    for (claim, each) in claims {
        let Some(value) = spec.value(&claim.at) else { continue };
        let (found, agreed) = match each {
            Some(each) => {
                let found = one_by_one(each, said);
                let words: Vec<&str> = found.iter().filter_map(|c| Some(c.get(1)?.as_str())).collect();
                if words.is_empty() {
                    findings.push(spec.finding(FindingKind::Gone, Some(pattern), [&claim.at]));
                    continue;
                }
                let agreed = agreement::agree_each(value, &words, &spec.inferred_below(&claim.at));
                (agreement::strange(value, &words).join(", "), agreed)
            }
            None => (said.to_owned(), agreement::agree(&claim.at, value, said)),
        };
        if let Err(expected) = agreed {
            let kind = FindingKind::OtherValue { page: found, spec: expected };
            findings.push(spec.finding(kind, Some(pattern), [&claim.at]));
        }
    }
    if let Some(prefix) = spec.wrong_prefix(claims.iter().map(|(claim, _)| *claim), &place[0]) {
        findings.push(spec.finding(FindingKind::Key(prefix), Some(pattern), claims.iter().map(|(claim, _)| &claim.at)));
    }
    findings
}

/// What a pattern for each word finds in a text, whatever the punctuation between them.
fn one_by_one<'t>(each: &Regex, said: &'t str) -> Vec<Captures<'t>> {
    let found: Vec<Captures<'_>> = each.captures_iter(said).collect();
    match Regex::new(&unpunctuated(each.as_str())) {
        Ok(each) if found.is_empty() => each.captures_iter(said).collect(),
        _ => found,
    }
}

/// The one place that a pattern matches but for the case of words, which styles of headings and labels change.
fn in_other_case<'t>(pattern: &str, text: &'t str) -> Option<Captures<'t>> {
    in_other_style(pattern, pattern, text)
}

/// The one place that a pattern matches but for the punctuation between words, which lists and tables change, and for case.
fn in_other_punctuation<'t>(pattern: &str, text: &'t str) -> Option<Captures<'t>> {
    in_other_style(&unpunctuated(pattern), pattern, text)
}

/// The one place that a style of a pattern matches in any case. Words with a digit or an underscore are code: a page that
/// writes `768p` for `768P` says something else.
fn in_other_style<'t>(style: &str, pattern: &str, text: &'t str) -> Option<Captures<'t>> {
    let regex = Regex::new(&format!("(?i){style}")).ok()?;
    let mut matches = regex.captures_iter(text);
    let (Some(found), None) = (matches.next(), matches.next()) else { return None };
    let (plain, said) = (pattern.replace('\\', ""), found.get(1)?.range());
    let (lower, whole) = (plain.to_lowercase(), found.get(0)?.range());
    let around = [&text[whole.start..said.start], &text[said.end..whole.end]];
    let mut words = around.into_iter().flat_map(|text| text.split(|c: char| !(c.is_alphanumeric() || c == '_')));
    let is_other_code = |word: &str| {
        word.contains(|c: char| c.is_ascii_digit() || c == '_')
            && !plain.contains(word)
            && lower.contains(&word.to_lowercase())
    };
    (!words.any(is_other_code)).then_some(found)
}

/// A pattern that takes any punctuation, or none, where it has some between words: `a (b, c): d` is `a b c d` as well.
fn unpunctuated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let (mut in_class, mut between, mut has_space) = (false, false, false);
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next() } else { None };
        let is_punctuation = match escaped {
            Some(c) => matches!(c, '(' | ')' | '.'),
            None => matches!(c, ' ' | ',' | ':' | ';'),
        };
        if is_punctuation && !in_class {
            between = true;
            let is_optional = chars.next_if(|next| matches!(next, '?' | '*')).is_some();
            has_space |= c == ' ' && !is_optional;
            continue;
        }
        if between && !in_class {
            out.push_str(if has_space { "[ ,.:;()]+" } else { "[ ,.:;()]*" });
            (between, has_space) = (false, false);
        }
        out.push(c);
        out.extend(escaped);
        match c {
            '[' => in_class = true,
            ']' => in_class = false,
            // What begins a group or counts is no text.
            '(' if chars.peek() == Some(&'?') => out.extend(chars.by_ref().take(2)),
            '{' => out.extend(chars.by_ref().take_while(|c| *c != '}').chain(['}'])),
            _ => {}
        }
    }
    // In any style a sentence ends, and does not go on in small letters.
    if pattern.ends_with(r"\.") {
        out.push_str(r"(?:\.|(?-i: [A-Z0-9])|$)");
    }
    out
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
