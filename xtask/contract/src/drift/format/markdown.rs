//! The report as a comment in a pull request.

use std::fmt::{self, Write as _};

use super::blocks::Block;
use super::{
    after_versions, broken_fix, broken_rules, broken_sentence, documentation, facade, grouped, sentence, shown,
    summary, surface, version_sentence,
};
use crate::drift::rule::Verdict;
use crate::drift::vendor::{Drift, VendorDrift, VersionChange};
use crate::drift::words::{clean, harmless};

/// A comment on GitHub holds 65,536 characters; what is longer is cut at the end of a line before that.
const LONGEST: usize = 60_000;
const ROWS: usize = 120;
const ITEMS: usize = 120;
const OPERATIONS: usize = 4;

pub(super) fn write(drift: &Drift) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = page(&mut text, drift);
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        let end = text.get(..end).and_then(|start| start.rfind('\n')).unwrap_or_default();
        let open = text.get(..end).map_or(0, |start| start.matches("```").count()) % 2 == 1;
        text.truncate(end);
        text.push_str(if open {
            "\n```\n\nThe report is longer than a comment may be.\n"
        } else {
            "\n\nThe report is longer than a comment may be.\n"
        });
    }
    text
}

fn page(text: &mut String, drift: &Drift) -> fmt::Result {
    for (vendor, broken) in broken_rules(drift) {
        let (what, fix) = (broken_sentence(vendor, broken), broken_fix(vendor, broken));
        writeln!(text, "**Rule broken:** {}; {}  ", code(&what), code(&fix))?;
    }
    for failure in &drift.failures {
        writeln!(text, "**Failed:** {}  ", escape(failure))?;
    }
    if !text.is_empty() {
        writeln!(text)?;
    }
    let (unchanged, changed): (Vec<_>, Vec<_>) = drift.vendors.iter().partition(|vendor| !vendor.is_drift());
    for vendor in changed {
        section(text, vendor)?;
    }
    if !unchanged.is_empty() {
        let names = unchanged.iter().map(|vendor| match documentation(&vendor.report) {
            Some(words) => format!("{} ({words})", escape(&vendor.slug)),
            None => escape(&vendor.slug),
        });
        writeln!(text, "No change: {}.\n", names.collect::<Vec<_>>().join(", "))?;
    }
    for of_package in drift.facade.chunk_by(|a, b| a.package == b.package) {
        versions(text, of_package)?;
    }
    if let Some(then) = after_versions(drift) {
        writeln!(text, "{then}")?;
    }
    Ok(())
}

fn section(text: &mut String, vendor: &VendorDrift) -> fmt::Result {
    writeln!(text, "### {}: {}\n", escape(&vendor.slug), summary(vendor))?;
    let rows: Vec<_> = grouped(&vendor.report)
        .into_iter()
        .flat_map(|((verdict, _), changes)| Block::all(&changes).into_iter().map(move |block| (verdict, block)))
        .collect();
    if !rows.is_empty() {
        writeln!(text, "| | change | reached by |\n| --- | --- | --- |")?;
        let (first, rest) = shown(&rows, ROWS);
        for (verdict, block) in first {
            let mark = match verdict {
                Verdict::Breaking => "**breaking**",
                _ => "compatible",
            };
            let lines = block.changes().map(|(change, pointers, more)| {
                let places = pointers.into_iter().map(|pointer| cell(&clean(pointer)));
                let places: Vec<_> = places.chain(more).collect();
                format!("{}<br>{} at {}", cell(&sentence(change)), cell(&change.id()), places.join(", "))
            });
            writeln!(text, "| {mark} | {} | {} |", lines.collect::<Vec<_>>().join("<br>"), reached(block))?;
        }
        if let Some(rest) = rest {
            writeln!(text, "| | {rest} | |")?;
        }
        writeln!(text)?;
    }
    let surfaces = vendor.rust.as_ref().map(|rust| (rust, surface(rust)));
    if matches!(surfaces, Some((_, None))) && !vendor.report.is_empty() {
        writeln!(text, "Rust surface: no change\n")?;
    }
    if let Some((rust, Some(words))) = surfaces {
        writeln!(text, "<details><summary>Rust surface: {words}</summary>\n\n```diff")?;
        let (first, rest) = shown(&rust.changes, ITEMS);
        for change in first {
            if let Some(before) = &change.before {
                writeln!(text, "- {}", fenced(before))?;
            }
            if let Some(after) = &change.after {
                let mark = if change.breaking && change.before.is_none() { "  (breaking)" } else { "" };
                writeln!(text, "+ {}{mark}", fenced(after))?;
            }
        }
        if let Some(rest) = rest {
            writeln!(text, "  {rest}")?;
        }
        writeln!(text, "```\n\n</details>\n")?;
    }
    if let Some(rust) = &vendor.rust {
        versions(text, &rust.versions)?;
    }
    if let Some(words) = facade(vendor) {
        writeln!(text, "Facade: {}\n", code(&words))?;
    }
    Ok(())
}

fn versions(text: &mut String, versions: &[VersionChange]) -> fmt::Result {
    if let Some(first) = versions.first() {
        writeln!(text, "**{}** {} → {}\n", escape(&first.package), first.old, first.least)?;
        for version in versions {
            writeln!(text, "- {}", code(&version_sentence(version)))?;
        }
        writeln!(text)?;
    }
    Ok(())
}

fn reached(block: &Block<'_>) -> String {
    if block.is_everywhere() {
        return "every operation".to_owned();
    }
    let branches = block.tree();
    let (first, rest) = shown(&branches, OPERATIONS);
    let mut lines: Vec<String> = first
        .iter()
        .map(|branch| {
            let name = if branch.operation.is_empty() { branch.call } else { branch.operation };
            let (uses, more) = shown(&branch.uses, OPERATIONS);
            let uses = uses.iter().map(|leaf| {
                let direction = leaf.direction.map(|direction| format!("{direction} ")).unwrap_or_default();
                let path = if leaf.path.is_empty() { String::new() } else { format!(" {}", cell(&leaf.path)) };
                format!("{direction}{}{path}", escape(leaf.part))
            });
            let uses = uses.chain(more).collect::<Vec<_>>().join(", ");
            if uses.is_empty() { cell(name) } else { format!("{}: {uses}", cell(name)) }
        })
        .collect();
    lines.extend(rest);
    lines.join("<br>")
}

/// A code span in a table, where a pipe would end the cell.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Text in a code span, whatever it holds.
fn code(text: &str) -> String {
    let text = harmless(text);
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Plain text without what Markdown or GitHub would make more of: markup, links, mentions.
fn escape(text: &str) -> String {
    let mut plain = String::new();
    for c in harmless(text).chars() {
        match c {
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '&' => plain.push_str("&amp;"),
            '@' => plain.push_str("&#64;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '#' | '~' => {
                plain.push('\\');
                plain.push(c);
            }
            other => plain.push(other),
        }
    }
    plain
}

/// A line inside a fenced block.
fn fenced(text: &str) -> String {
    harmless(text).replace("```", "` ` `")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn contract(limit: u32, description: &str) -> Value {
        json!({
            "openapi": "3.1.0",
            "info": { "title": "t", "version": "1" },
            "paths": { "/clips": { "post": {
                "operationId": "submit",
                "description": description,
                "requestBody": { "content": { "application/json": { "schema": {
                    "type": "object", "properties": { "prompt": { "type": "string", "maxLength": limit } },
                } } } },
                "responses": { "200": { "description": "" } },
            } } },
        })
    }

    #[test]
    fn vendors_that_did_not_change_are_one_line_below_those_that_did() {
        let old = contract(2000, "Makes a clip.");
        let vendors = [("calm", contract(2000, "Makes a clip.")), ("loud", contract(1500, "Makes a clip."))];
        let reworded = ("reworded", contract(2000, "Makes one clip."));
        let vendors = vendors.into_iter().chain([reworded]).map(|(slug, new)| VendorDrift::between(slug, &old, &new));
        let page = write(&Drift { vendors: vendors.collect(), ..Drift::default() });
        assert!(page.starts_with("### loud: 1 breaking\n"), "{page}");
        assert!(page.ends_with("\nNo change: calm, reworded (documentation only in 1 place).\n\n"), "{page}");
        assert_eq!(page.matches("###").count(), 1, "{page}");
    }
}
