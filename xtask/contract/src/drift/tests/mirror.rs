//! Old and new exchanged: every change is found again, under the mirror of its rule.

use crate::drift::{Change, Report};

/// Says how the report of `a` to `b` differs from the mirror image of the report of `b` to `a`.
pub(super) fn differences(there: &Report, back: &Report) -> Vec<String> {
    let mut forward: Vec<String> = there.changes.iter().map(|change| line(change, false)).collect();
    let mut mirrored: Vec<String> = back.changes.iter().map(|change| line(change, true)).collect();
    forward.sort();
    mirrored.sort();
    let only = |a: &[String], b: &[String], side: &str| {
        a.iter().filter(|line| !b.contains(line)).map(|line| format!("{side}: {line}")).collect::<Vec<_>>()
    };
    [only(&forward, &mirrored, "there"), only(&mirrored, &forward, "back")].concat()
}

fn line(change: &Change, mirrored: bool) -> String {
    let value = |value: &Option<serde_json::Value>| value.as_ref().map_or("-".to_owned(), ToString::to_string);
    let rule = if mirrored { change.rule.mirror() } else { change.rule };
    let (mut at, mut values) = ((&change.at.old, &change.at.new), (value(&change.before), value(&change.after)));
    if mirrored {
        at = (at.1, at.0);
        values = (values.1, values.0);
    }
    let at = [at.0, at.1].map(|pointer| pointer.as_deref().unwrap_or("-"));
    let name = change.name.as_deref().unwrap_or("-");
    format!("{} {} {} {} {} {name} {:?}", rule.id(change.direction), at[0], at[1], values.0, values.1, change.renamed)
}
