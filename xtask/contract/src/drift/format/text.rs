//! The report at a terminal.

use std::fmt::{self, Write as _};

use super::blocks::Block;
use super::{
    after_versions, because, broken_fix, broken_rules, broken_sentence, facade, grouped, heading, shown, summary,
    surface, version_sentence,
};
use crate::drift::report::Change;
use crate::drift::rule::Verdict;
use crate::drift::vendor::{Drift, RustDrift, VendorDrift, VersionChange};
use crate::drift::words::{clean, harmless, message};

/// How many operations are listed below a change.
const OPERATIONS: usize = 8;
/// How many items of a Rust surface are listed.
const ITEMS: usize = 40;

pub(super) fn write(drift: &Drift, color: bool) -> String {
    let mut page = Page { text: String::new(), color };
    // Writing into a string cannot fail.
    let _ = page.drift(drift);
    page.text
}

/// The escape sequences of the few colors that are used.
#[derive(Clone, Copy)]
enum Ink {
    Red,
    Green,
    Bold,
    Dim,
}

struct Page {
    text: String,
    color: bool,
}

impl Page {
    fn ink(&self, ink: Ink, words: &str) -> String {
        let code = match ink {
            Ink::Red => "1;31",
            Ink::Green => "32",
            Ink::Bold => "1",
            Ink::Dim => "2",
        };
        if self.color { format!("\x1b[{code}m{words}\x1b[0m") } else { words.to_owned() }
    }

    fn drift(&mut self, drift: &Drift) -> fmt::Result {
        for (vendor, broken) in broken_rules(drift) {
            let words = self.ink(Ink::Red, "rule broken:");
            writeln!(self.text, "{words} {}", broken_sentence(vendor, broken))?;
            writeln!(self.text, "  {}", broken_fix(vendor, broken))?;
        }
        for failure in &drift.failures {
            let words = self.ink(Ink::Red, "failed:");
            let lines: Vec<_> = failure.lines().map(harmless).collect();
            writeln!(self.text, "{words} {}", lines.join("\n  "))?;
        }
        for vendor in &drift.vendors {
            self.vendor(vendor)?;
        }
        for versions in drift.facade.chunk_by(|a, b| a.package == b.package) {
            let why = versions.first().map(|first| because(&first.package)).unwrap_or_default();
            self.versions("", versions, &format!(", because {why}"))?;
        }
        if let Some(then) = after_versions(drift) {
            writeln!(self.text, "  {then}")?;
        }
        Ok(())
    }

    /// The version that may follow, and the lines to change for it.
    fn versions(&mut self, indent: &str, versions: &[VersionChange], why: &str) -> fmt::Result {
        if let Some(first) = versions.first() {
            let name = self.ink(Ink::Bold, &first.package);
            writeln!(self.text, "{indent}{name} {} → {}{why}", first.old, first.least)?;
        }
        for version in versions {
            writeln!(self.text, "{indent}  {}", version_sentence(version))?;
        }
        Ok(())
    }

    fn vendor(&mut self, vendor: &VendorDrift) -> fmt::Result {
        let name = self.ink(Ink::Bold, &vendor.slug);
        writeln!(self.text, "{name}: {}", summary(vendor))?;
        for ((verdict, direction), changes) in grouped(&vendor.report) {
            let ink = if verdict == Verdict::Breaking { Ink::Red } else { Ink::Green };
            let words = self.ink(ink, &heading(verdict, direction));
            writeln!(self.text, "  {words}")?;
            for block in Block::all(&changes) {
                writeln!(self.text, "    {}", clean(&block.first().map(title).unwrap_or_default()))?;
                for (change, pointers, more) in block.changes() {
                    writeln!(self.text, "      {}", message(change))?;
                    let id = change.id();
                    let mut before = id.as_str();
                    for pointer in pointers {
                        let words = self.ink(Ink::Dim, &format!("{before}  #{}", clean(pointer)));
                        writeln!(self.text, "        {words}")?;
                        before = "  and at";
                    }
                    if let Some(more) = more {
                        let words = self.ink(Ink::Dim, &more);
                        writeln!(self.text, "          {words}")?;
                    }
                }
                self.reached(&block)?;
            }
        }
        if let Some(rust) = &vendor.rust {
            self.rust(rust, !vendor.report.is_empty())?;
            self.versions("  ", &rust.versions, "")?;
        }
        if let Some(words) = facade(vendor) {
            writeln!(self.text, "  facade: {words}")?;
        }
        Ok(())
    }

    fn reached(&mut self, block: &Block<'_>) -> fmt::Result {
        if block.is_everywhere() {
            return writeln!(self.text, "      every operation");
        }
        let branches = block.tree();
        let (first, rest) = shown(&branches, OPERATIONS);
        for branch in first {
            let name = if branch.operation.is_empty() { String::new() } else { format!("{} ", branch.operation) };
            writeln!(self.text, "      {}({})", clean(&name), clean(branch.call))?;
            let (uses, more) = shown(&branch.uses, OPERATIONS);
            for leaf in uses {
                let direction = leaf.direction.map(|direction| format!("{direction} ")).unwrap_or_default();
                let path = if leaf.path.is_empty() { String::new() } else { format!(": {}", leaf.path) };
                writeln!(self.text, "        {direction}{}{}", clean(leaf.part), clean(&path))?;
            }
            if let Some(more) = more {
                writeln!(self.text, "        {more}")?;
            }
        }
        if let Some(rest) = rest {
            writeln!(self.text, "      {rest} operations")?;
        }
        Ok(())
    }

    /// What changed in the Rust surface; that nothing did is said beside a change on the wire.
    fn rust(&mut self, rust: &RustDrift, is_wire_changed: bool) -> fmt::Result {
        match surface(rust) {
            Some(words) => writeln!(self.text, "  Rust surface: {words}")?,
            None if is_wire_changed => writeln!(self.text, "  Rust surface: no change")?,
            None => {}
        }
        let (first, rest) = shown(&rust.changes, ITEMS);
        for change in first {
            if let Some(before) = &change.before {
                let words = self.ink(Ink::Red, &format!("- {}", harmless(before)));
                writeln!(self.text, "    {words}")?;
            }
            if let Some(after) = &change.after {
                let mark = if change.breaking && change.before.is_none() { "  (breaking)" } else { "" };
                let words = self.ink(Ink::Green, &format!("+ {}", harmless(after)));
                writeln!(self.text, "    {words}{mark}")?;
            }
        }
        if let Some(rest) = rest {
            writeln!(self.text, "    {rest}")?;
        }
        Ok(())
    }
}

fn title(change: &Change) -> String {
    let subject = change.subject();
    if subject.is_empty() { "the document".to_owned() } else { subject }
}
