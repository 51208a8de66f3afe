//! `cargo xtask verify [VENDOR…] [--from DIR]`: is every claim that a spec rests on still on the vendor's page?
//!
//! The pages come from the network, or from a folder of saved ones, `<vendor>.txt` or `<vendor>.html`. What a claim is and
//! when it holds is left to `contract::claims`.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, ensure};
use contract::Problem;
use contract::claims::{self, Finding, FindingKind, Page, Spec};
use contract::source::Source;

use super::{BROKEN, DIFFERS, DONE};
use crate::{http, pipeline};

/// The endings of a saved page, in the order they are looked for.
const ENDINGS: [&str; 4] = ["txt", "html", "htm", "md"];

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
    let contract = contract::build(&root.join("specs").join(slug)).map_err(|p| p.vendor(slug))?;
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
            let gone = findings.iter().filter(|finding| *finding.kind() == FindingKind::Gone).count();
            let doubt =
                if gone * 3 > claimed { "; so much is gone that the page may be cut or another one" } else { "" };
            format!("{total}, {}{doubt}", plural(count, "finding"))
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    /// A repository with the two vendors `alpha` and `beta`, both the invented one of the contract's cases, and a folder
    /// with the page of each.
    fn repository(pages: [(&str, &str); 2]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("contract/cases/claims");
        fs::create_dir(dir.path().join("pages")).unwrap();
        for (slug, page) in pages {
            let vendor = dir.path().join("specs").join(slug.split('.').next().unwrap());
            fs::create_dir_all(&vendor).unwrap();
            for file in ["source.toml", "video.openapi.json"] {
                fs::copy(cases.join(file), vendor.join(file)).unwrap();
            }
            fs::write(dir.path().join("pages").join(slug), page).unwrap();
        }
        dir
    }

    fn page() -> String {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("contract/cases/claims/page.txt")).unwrap()
    }

    fn verified(dir: &tempfile::TempDir, vendors: &[&str]) -> (u8, String) {
        let vendors: Vec<String> = vendors.iter().map(|v| (*v).to_owned()).collect();
        let mut out = Vec::new();
        let code = run(dir.path(), &vendors, Some(&dir.path().join("pages")), &mut out).unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    #[test]
    fn pages_that_say_what_the_specs_say_exit_with_zero() {
        let dir = repository([("alpha.txt", &page()), ("beta.html", &format!("<!DOCTYPE html>{}", page()))]);
        let line = "27 claims hold; 3 facts inferred";
        assert_eq!(verified(&dir, &[]), (DONE, format!("alpha  {line}\nbeta   {line}\n")));
    }

    #[test]
    fn a_page_that_says_another_value_exits_with_four_and_names_the_claim() {
        let dir = repository([("alpha.txt", &page().replace("2,000", "1500")), ("beta.txt", &page())]);
        let (code, text) = verified(&dir, &[]);
        assert_eq!(code, DIFFERS, "{text}");
        assert!(text.starts_with("alpha  27 claims, 1 finding\nbeta   27 claims hold"), "{text}");
        assert!(text.contains("finds `1500` where the spec says `2000`"), "{text}");
        assert!(text.contains("#/components/schemas/Request/properties/text/maxLength"), "{text}");
        assert_eq!(verified(&dir, &["beta"]).0, DONE);
    }

    #[test]
    fn a_page_that_was_cut_is_doubted() {
        let page = page();
        let half = page.char_indices().nth(page.chars().count() / 2).map(|(at, _)| &page[..at]).unwrap();
        let dir = repository([("alpha.txt", half), ("beta.txt", &page.replace("2,000", "1500"))]);
        let (code, text) = verified(&dir, &[]);
        assert_eq!(code, DIFFERS, "{text}");
        let mut lines = text.lines();
        assert!(lines.next().unwrap().ends_with("so much is gone that the page may be cut or another one"), "{text}");
        assert_eq!(lines.next().unwrap(), "beta   27 claims, 1 finding");
    }

    #[test]
    fn a_missing_page_and_a_login_form_exit_with_one_and_the_other_vendor_is_still_done() {
        let dir = repository([("alpha.txt", &page()), ("beta.txt", "Please sign in")]);
        let (code, text) = verified(&dir, &[]);
        assert_eq!(code, BROKEN);
        assert!(text.contains("alpha  27 claims hold") && text.contains("this is not the page"), "{text}");
        fs::remove_file(dir.path().join("pages/beta.txt")).unwrap();
        let (code, text) = verified(&dir, &[]);
        assert_eq!(code, BROKEN);
        assert!(
            text.contains("alpha  27 claims hold") && text.contains("save https://invented.example/docs"),
            "{text}"
        );
    }

    #[test]
    fn a_document_that_was_fetched_needs_no_page() {
        let dir = repository([("alpha.txt", &page()), ("beta.txt", &page())]);
        let source = dir.path().join("specs/beta/source.toml");
        let fetched = "[documents.\"video.openapi.json\"]\nurl = \"https://invented.example/openapi.json\"\n\
                       format = \"json\"\nfetched = true\n\n[auth]";
        let text = fs::read_to_string(&source).unwrap();
        fs::write(&source, text.replace("authored", "published").replace("[auth]", fetched)).unwrap();
        fs::remove_file(dir.path().join("pages/beta.txt")).unwrap();
        let (code, text) = verified(&dir, &[]);
        assert_eq!(code, DONE, "{text}");
        assert!(text.contains("beta   no claims: what the vendor publishes"), "{text}");
    }

    #[test]
    fn a_folder_or_a_vendor_that_does_not_exist_is_an_error() {
        let dir = repository([("alpha.txt", ""), ("beta.txt", "")]);
        let none = dir.path().join("none");
        assert!(run(dir.path(), &[], Some(&none), &mut Vec::new()).unwrap_err().to_string().contains("not a folder"));
        let gamma = run(dir.path(), &["gamma".to_owned()], None, &mut Vec::new()).unwrap_err();
        assert!(gamma.to_string().contains("gamma") && gamma.to_string().contains("alpha, beta"), "{gamma}");
    }
}
