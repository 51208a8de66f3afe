//! Which changes of a public surface may stop a program from compiling.

use std::collections::{BTreeMap, BTreeSet};

use contract::drift::RustChange;

use super::{Kind, Line};

/// The changes from one surface to another, breaking ones first.
///
/// What belongs to an item that came or went as a whole is not listed. A further field breaks a struct that others can
/// write as a literal, a further variant an enum that others can match in full, a further method that has to be called a
/// builder; every other addition is compatible.
pub fn compare(old: &[Line], new: &[Line]) -> Vec<RustChange> {
    let index = |lines: &[Line]| lines.iter().map(|line| (line.key.clone(), line.clone())).collect::<BTreeMap<_, _>>();
    let (left, right) = (index(old), index(new));
    let keys: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let mut changes: Vec<RustChange> = keys
        .into_iter()
        .filter_map(|key| match (left.get(key), right.get(key)) {
            (Some(before), Some(after)) => changed(before, after),
            (Some(before), None) => {
                let whole = before.owner.is_empty() || right.contains_key(&before.owner);
                whole.then(|| change(Some(before), None, true))
            }
            (None, Some(after)) => {
                let owner = left.get(&after.owner);
                let breaking = matches!(
                    (&after.kind, owner.map(|owner| &owner.kind)),
                    (Kind::Field, Some(Kind::Literal))
                        | (Kind::Variant, Some(Kind::Exhaustive))
                        | (Kind::Duty, Some(_))
                );
                (after.owner.is_empty() || owner.is_some()).then(|| change(None, Some(after), breaking))
            }
            (None, None) => None,
        })
        .collect();
    changes.sort_by_key(|change| !change.breaking);
    changes
}

fn changed(before: &Line, after: &Line) -> Option<RustChange> {
    if before.text == after.text && before.kind == after.kind {
        return None;
    }
    let breaking = match (&before.kind, &after.kind) {
        (Kind::Traits(old), Kind::Traits(new)) => !old.is_subset(new),
        // What need not be called any more may be called all the same, as long as it takes what it took.
        (Kind::Duty, Kind::Item) if before.text.strip_prefix(super::DUTY) == Some(&*after.text) => false,
        // An item that may grow from now on takes nothing away when it could not be written out or matched before.
        (Kind::Item, Kind::Literal | Kind::Exhaustive) => false,
        _ => true,
    };
    Some(change(Some(before), Some(after), breaking))
}

fn change(before: Option<&Line>, after: Option<&Line>, breaking: bool) -> RustChange {
    let text = |line: Option<&Line>| line.map(|line| line.text.clone());
    RustChange { before: text(before), after: text(after), breaking }
}
