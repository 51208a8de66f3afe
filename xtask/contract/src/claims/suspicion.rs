//! What stands on the page may not be inferred, as far as a program can see that it does.
//!
//! Three things are seen: the name of an inferred field that the page writes as code, an inferred path that the page
//! spells out, and the word "required" behind the name of a field whose required mark is inferred.

use std::collections::BTreeSet;

use regex::{Regex, escape};
use serde_json::Value;

use crate::pointer::segments;

use super::{Finding, FindingKind, Page, Spec};

/// The inferred facts that stand on the page.
pub(super) fn stated_but_inferred(spec: Spec<'_>, page: &Page) -> Vec<Finding> {
    // A name that a claim has found on the page is accounted for, whichever field is meant.
    let accounted: BTreeSet<&str> = spec.source.claims.iter().filter_map(|c| c.at.rsplit('/').next()).collect();
    let mut findings = Vec::new();
    for at in spec.inferred() {
        let pointer = at.split_once('#').map_or(at.as_str(), |(_, pointer)| pointer);
        let tokens = segments(pointer).unwrap_or_default();
        let stated = match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [.., "properties", name] => {
                (page.has_code(name) && !accounted.contains(name)).then(|| format!("it writes the name `{name}`"))
            }
            ["paths", path] => has_path(page, path).then(|| format!("it spells out `{path}`")),
            [.., "required", _] => spec
                .value(at)
                .and_then(Value::as_str)
                .filter(|name| calls_required(page, name))
                .map(|name| format!("it says that `{name}` is required")),
            _ => None,
        };
        if let Some(stated) = stated {
            findings.push(spec.finding(FindingKind::OnPage(stated), None, [at]));
        }
    }
    findings
}

/// Whether the path stands on the page and is not the beginning of a longer one.
fn has_path(page: &Page, path: &str) -> bool {
    page.text().match_indices(path).any(|(at, _)| {
        page.text()[at + path.len()..]
            .chars()
            .next()
            .is_none_or(|next| !(next.is_alphanumeric() || matches!(next, '/' | '-' | '_')))
    })
}

/// Whether the name is followed by the word, with at most a type between them.
fn calls_required(page: &Page, name: &str) -> bool {
    Regex::new(&format!(r"(?i)\b{}\b\W{{1,6}}(?:\w+\W{{1,4}})?_?required\b", escape(name)))
        .is_ok_and(|regex| regex.is_match(page.text()))
}
