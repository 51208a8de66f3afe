//! `cargo xtask verify [VENDOR…] [--from DIR]`: is every claim that a spec rests on still on the vendor's page?
//!
//! The pages come from the network, or from a folder of saved ones, `<vendor>.txt` or `<vendor>.html`. What a claim is and
//! when it holds is left to `contract::claims`.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, ensure};
use contract::Problem;
use contract::claims::{self, Finding, Page, Spec};
use contract::source::Source;

use super::{BROKEN, DIFFERS, DONE};
use crate::{http, pipeline};

/// The endings of a saved page, in the order they are looked for.
const ENDINGS: [&str; 5] = ["txt", "html", "htm", "md", "mdx"];

/// Runs the command.
///
/// # Errors
/// There is no such vendor or folder, or the output cannot be written; a vendor's failure is told and not an error.
pub fn run(root: &Path, vendors: &[String], from: Option<&Path>, out: &mut dyn Write) -> Result<u8> {
    let slugs = super::choose(root, vendors)?;
    if let Some(folder) = from {
        ensure!(folder.is_dir(), "{} is not a folder; --from takes a folder of saved pages", folder.display());
    }
    let verified = pipeline::each(&slugs, |slug| verify(root, slug, from));
    let width = slugs.iter().map(String::len).max().unwrap_or_default();
    let (mut code, mut details) = (DONE, Vec::new());
    for (slug, verified) in slugs.iter().zip(verified) {
        match verified {
            Ok(Verified { line, findings }) => {
                writeln!(out, "{slug:width$}  {line}")?;
                if findings.iter().any(Finding::is_broken) {
                    code = BROKEN;
                } else if !findings.is_empty() && code == DONE {
                    code = DIFFERS;
                }
                details.extend(findings.iter().map(Finding::to_string));
            }
            Err(problem) => {
                writeln!(out, "{slug:width$}  failed")?;
                details.push(problem.to_string());
                code = BROKEN;
            }
        }
    }
    for detail in details {
        writeln!(out, "\n{detail}")?;
    }
    Ok(code)
}

struct Verified {
    line: String,
    findings: Vec<Finding>,
}

fn verify(root: &Path, slug: &str, from: Option<&Path>) -> Result<Verified, Problem> {
    let contract = contract::build(&root.join("specs").join(slug))?;
    let (spec, source) = (Spec::from(&contract), &contract.source);
    let claimed = spec.live_claims();
    if claimed == 0 {
        let findings = claims::coverage(spec);
        let line = match findings.len() {
            0 => "no claims: what the vendor publishes is compared by `cargo xtask fetch`".to_owned(),
            count => format!("no claims, and {}", plural(count, "finding")),
        };
        return Ok(Verified { line, findings });
    }
    let page = match from {
        Some(folder) => saved(folder, slug, source)?,
        None => http::get(&source.url).map_err(|e| {
            Problem::new(format!("the page cannot be read: {e:#}")).vendor(slug).fix(format!(
                "if it moved, correct `url` of specs/{slug}/source.toml; or save it by hand as {slug}.html and run \
                     `cargo xtask verify {slug} --from DIR`"
            ))
        })?,
    };
    let findings = claims::check(spec, &Page::from_bytes(&page));
    let inferred: usize = source.inferred.iter().map(|i| i.at.len()).sum();
    let total = plural(claimed, "claim");
    let line = match findings.len() {
        0 => format!("{total} hold; {} inferred", plural(inferred, "fact")),
        count => {
            format!("{total}, {}", plural(count, "finding"))
        }
    };
    Ok(Verified { line, findings })
}

fn saved(folder: &Path, slug: &str, source: &Source) -> Result<Vec<u8>, Problem> {
    let file = ENDINGS.iter().map(|ending| folder.join(format!("{slug}.{ending}"))).find(|path| path.is_file());
    let file = file.ok_or_else(|| {
        Problem::new(format!("{} has no page of it", folder.display()))
            .vendor(slug)
            .fix(format!("save {} there as {slug}.txt or {slug}.html", source.url))
    })?;
    fs::read(&file).map_err(|e| Problem::new(format!("{} cannot be read: {e}", file.display())).vendor(slug))
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
