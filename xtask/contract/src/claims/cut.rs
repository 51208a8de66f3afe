//! Pages that end before the vendor's does: one thing to tell, and not a change for each claim that is behind the end.

use regex::Regex;

use super::{Finding, FindingKind, Page, Spec};

/// How many claims may be gone before a page is doubted: one in so many.
const DOUBTED: usize = 4;
/// With how many of them gone a page is taken for cut if it looks so.
const FEW: usize = 3;

/// Replaces the claims that are gone by one finding, where there are so many that the page may be cut, or where it ends
/// in the middle of something. Says whether it surely does.
pub(super) fn fold(spec: Spec<'_>, page: &Page, findings: &mut Vec<Finding>, patterns: usize) -> bool {
    let is_gone = |finding: &Finding| matches!(finding.kind, FindingKind::Gone);
    let gone: Vec<&Finding> = findings.iter().filter(|finding| is_gone(finding)).collect();
    let is_cut =
        gone.len() >= FEW && (page.is_open() || gone.iter().any(|finding| begins_at_end(finding, page.text())));
    if !is_cut && (gone.len() < FEW || gone.len() * DOUBTED <= patterns) {
        return false;
    }
    let mut lines: Vec<usize> = gone.iter().map(|finding| finding.line).collect();
    lines.sort_unstable();
    let end = page.text().char_indices().rev().nth(39).map_or(page.text(), |(at, _)| &page.text()[at..]).to_owned();
    let kind = FindingKind::Cut { lines, of: patterns, end, is_sure: is_cut };
    // A value at the end of a cut page may be half of one.
    let is_half = |finding: &Finding| match &finding.kind {
        FindingKind::OtherValue { page: said, .. } => is_cut && page.text().ends_with(said.as_str()),
        _ => false,
    };
    findings.retain(|finding| !is_gone(finding) && !is_half(finding));
    findings.insert(0, spec.of_page(kind));
    is_cut
}

/// Whether the page ends with the first words of the claim, or in the middle of the word behind them.
fn begins_at_end(finding: &Finding, text: &str) -> bool {
    let Some(pattern) = &finding.claim else { return false };
    let ends = [text, text.rsplit_once(' ').map_or("", |(before, _)| before)];
    let (mut depth, mut words) = (0_i32, 0);
    let mut before = ' ';
    let cuts = pattern.char_indices().filter(|(_, c)| {
        let is_escaped = before == '\\';
        before = if is_escaped { ' ' } else { *c };
        match c {
            '(' | '[' if !is_escaped => depth += 1,
            ')' | ']' if !is_escaped => depth -= 1,
            _ => {}
        }
        *c == ' ' && depth == 0
    });
    let beginnings = cuts.map(|(at, _)| &pattern[..at]).filter(|_| {
        words += 1;
        words > 1
    });
    beginnings
        .filter_map(|beginning| Regex::new(&format!("(?:{beginning})$")).ok())
        .any(|beginning| ends.iter().any(|end| beginning.is_match(end)))
}
