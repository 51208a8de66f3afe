//! The report as workflow commands: GitHub shows them at the lines of a pull request.

use std::fmt::Write as _;

use super::{broken_fix, broken_rules, broken_sentence, facade, sentence, summary, surface, version_sentence};
use crate::drift::rule::Verdict;
use crate::drift::vendor::{Drift, Presence, VersionChange};

pub(super) fn write(drift: &Drift) -> String {
    let mut text = String::new();
    for (vendor, broken) in broken_rules(drift) {
        let file = format!("specs/{}/source.toml", vendor.slug);
        command(
            &mut text,
            if broken.decided { "warning" } else { "error" },
            Some((&file, None)),
            "rule broken",
            &format!("{}; {}", broken_sentence(vendor, broken), broken_fix(vendor, broken)),
        );
    }
    for failure in &drift.failures {
        command(&mut text, "error", None, "failed", failure);
    }
    for vendor in &drift.vendors {
        let file = vendor.file();
        if vendor.presence != Presence::Both {
            let kind = if vendor.presence == Presence::Gone { "error" } else { "notice" };
            command(&mut text, kind, Some((&file, None)), &vendor.slug, &summary(vendor));
        }
        for change in &vendor.report.changes {
            let kind = if change.verdict == Verdict::Breaking { "error" } else { "notice" };
            let title = format!("{} {}: {}", vendor.slug, change.verdict, change.id());
            command(&mut text, kind, Some((&file, vendor.line(change))), &title, &sentence(change));
        }
        if let Some(words) = facade(vendor) {
            command(&mut text, "warning", Some((&file, None)), &format!("{} facade", vendor.slug), &words);
        }
        if let Some(rust) = &vendor.rust {
            if let Some(words) = surface(rust) {
                let title = format!("hailuo-{} Rust surface", vendor.slug);
                command(&mut text, "warning", Some((&file, None)), &title, &words);
            }
            versions(&mut text, &rust.versions);
        }
    }
    versions(&mut text, &drift.facade);
    text
}

fn versions(text: &mut String, versions: &[VersionChange]) {
    for version in versions.iter().filter(|version| !version.is_done()) {
        let place = Some((version.file.as_str(), Some(version.line)));
        let title = format!("{} {}", version.package, version.least);
        command(text, "warning", place, &title, &version_sentence(version));
    }
}

fn command(text: &mut String, kind: &str, place: Option<(&str, Option<usize>)>, title: &str, message: &str) {
    let mut properties = Vec::new();
    if let Some((file, line)) = place {
        properties.push(format!("file={}", property(file)));
        properties.extend(line.map(|line| format!("line={line}")));
    }
    properties.push(format!("title={}", property(title)));
    // Writing into a string cannot fail.
    let _ = writeln!(text, "::{kind} {}::{}", properties.join(","), data(message));
}

/// A message, in which a line break would start a new command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, in which colons and commas mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
