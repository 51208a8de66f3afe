//! Guesses which of the things that went and the things that came are one thing under another name.
//!
//! A guess is shown beside the removal and the addition, never instead of them: the wire knows no renames. What else changed
//! in the thing is compared, so that the new name hides nothing.

use std::collections::HashMap;

use super::place::Node;
use super::types::kind;
use super::value::fingerprint;

/// More candidates than this are not paired: the guess would be worth nothing.
const MOST: usize = 24;

/// Pairs of indices: what went, what came.
pub(super) fn pairs(gone: &[(&str, Node<'_>)], come: &[(&str, Node<'_>)]) -> Vec<(usize, usize)> {
    if gone.is_empty() || come.is_empty() || gone.len() > MOST || come.len() > MOST {
        return Vec::new();
    }
    let prints = |list: &[(&str, Node<'_>)]| list.iter().map(|(_, node)| fingerprint(node.value)).collect::<Vec<_>>();
    let (left, right) = (prints(gone), prints(come));
    let mut found = Vec::new();
    let count = |list: &[u64]| {
        let mut counts = HashMap::new();
        for print in list {
            *counts.entry(*print).or_insert(0) += 1;
        }
        counts
    };
    let (often, after) = (count(&left), count(&right));
    for (i, print) in left.iter().enumerate() {
        let unique = often.get(print) == Some(&1) && after.get(print) == Some(&1);
        let j = right.iter().position(|other| other == print);
        if let (true, Some(j)) = (unique, j) {
            found.push((i, j));
        }
    }
    for (i, (name, _)) in gone.iter().enumerate() {
        let free = |j: &usize| !found.iter().any(|pair| pair.1 == *j);
        if found.iter().any(|pair| pair.0 == i) {
            continue;
        }
        let alike = |j: &usize| come.get(*j).is_some_and(|(other, _)| plain(name) == plain(other));
        if let Some(j) = (0..come.len()).filter(free).find(alike) {
            found.push((i, j));
        }
    }
    found
}

/// Whether two schemas are of one sort: the same reference, or the same type.
pub(super) fn is_alike(a: Node<'_>, b: Node<'_>) -> bool {
    match (a.value.get("$ref"), b.value.get("$ref")) {
        (Some(a), Some(b)) => a == b,
        (None, None) => kind(a).is_some() && kind(a) == kind(b),
        _ => false,
    }
}

/// A name without what differs between spellings: `imageUrl` and `image_url`.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
