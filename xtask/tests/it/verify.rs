//! `verify` on a repository of its own: what it says of pages that hold, that changed, and that are none.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::commands::{BROKEN, DIFFERS, DONE, verify};

use crate::sandbox::{Sandbox, said};

/// The invented vendor of the contract's cases.
fn invented() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("contract/cases/claims")
}

/// A repository with the vendors `alpha` and `beta`, both the invented one, and a folder with the page of each.
fn repository(pages: [(&str, &str); 2]) -> Sandbox {
    let sandbox = Sandbox::new();
    for (file, page) in pages {
        let slug = file.split('.').next().unwrap();
        for name in ["source.toml", "video.openapi.json"] {
            sandbox.write(&format!("specs/{slug}/{name}"), fs::read(invented().join(name)).unwrap());
        }
        sandbox.write(&format!("pages/{file}"), page);
    }
    sandbox
}

fn page() -> String {
    fs::read_to_string(invented().join("page.txt")).unwrap()
}

fn verified(sandbox: &Sandbox, vendors: &[&str]) -> (u8, String) {
    let vendors: Vec<String> = vendors.iter().map(|v| (*v).to_owned()).collect();
    said(|out| verify::run(sandbox.root(), &vendors, Some(&sandbox.path("pages")), out))
}

#[test]
fn pages_that_say_what_the_specs_say_exit_with_zero() {
    let sandbox = repository([("alpha.txt", &page()), ("beta.html", &format!("<!DOCTYPE html>{}", page()))]);
    let line = "27 claims hold; 3 facts inferred";
    assert_eq!(verified(&sandbox, &[]), (DONE, format!("alpha  {line}\nbeta   {line}\n")));
}

#[test]
fn a_page_that_says_another_value_exits_with_four_and_names_the_claim() {
    let sandbox = repository([("alpha.txt", &page().replace("2,000", "1500")), ("beta.txt", &page())]);
    let (code, text) = verified(&sandbox, &[]);
    assert_eq!(code, DIFFERS, "{text}");
    assert!(text.starts_with("alpha  27 claims, 1 finding\nbeta   27 claims hold"), "{text}");
    assert!(text.contains("finds `1500` where the spec says `2000`"), "{text}");
    assert!(text.contains("#/components/schemas/Request/properties/text/maxLength"), "{text}");
    let source = fs::read_to_string(sandbox.path("specs/alpha/source.toml")).unwrap();
    let (line, _) = source.lines().enumerate().find(|(_, line)| line.contains("at most ([0-9,]+)")).unwrap();
    // An entry begins two lines before its pattern.
    assert!(text.contains(&format!("(specs/alpha/source.toml:{})", line - 1)), "{text}");
    assert_eq!(verified(&sandbox, &["beta"]).0, DONE);
}

#[test]
fn a_page_that_was_cut_is_told_as_one_finding() {
    let page = page();
    let half = page.char_indices().nth(page.chars().count() / 2).map(|(at, _)| &page[..at]).unwrap();
    let sandbox = repository([("alpha.txt", half), ("beta.txt", &page.replace("2,000", "1500"))]);
    let (code, text) = verified(&sandbox, &[]);
    assert_eq!(code, BROKEN, "{text}");
    assert!(text.starts_with("alpha  27 claims, 1 finding\nbeta   27 claims, 1 finding\n"), "{text}");
    assert!(text.contains("alpha: the page is cut: ") && text.contains("of 27 patterns are gone from it"), "{text}");
    assert!(text.contains("save the whole of https://") && text.contains("specs/alpha/source.toml:"), "{text}");
}

#[test]
fn a_missing_page_and_a_login_form_exit_with_one_and_the_other_vendor_is_still_done() {
    let sandbox = repository([("alpha.txt", &page()), ("beta.txt", "Please sign in")]);
    let (code, text) = verified(&sandbox, &[]);
    assert_eq!(code, BROKEN);
    assert!(text.contains("alpha  27 claims hold") && text.contains("this is not the page"), "{text}");
    fs::remove_file(sandbox.path("pages/beta.txt")).unwrap();
    let (code, text) = verified(&sandbox, &[]);
    assert_eq!(code, BROKEN);
    assert!(text.contains("alpha  27 claims hold") && text.contains("save https://invented.example/docs"), "{text}");
}

#[test]
fn a_document_that_was_fetched_needs_no_page() {
    let sandbox = repository([("alpha.txt", &page()), ("beta.txt", &page())]);
    let fetched = "[documents.\"video.openapi.json\"]\nurl = \"https://invented.example/openapi.json\"\n\
                   format = \"json\"\nfetched = true\n\n[auth]";
    let source = sandbox.read("specs/beta/source.toml");
    sandbox.write("specs/beta/source.toml", source.replace("authored", "published").replace("[auth]", fetched));
    fs::remove_file(sandbox.path("pages/beta.txt")).unwrap();
    let (code, text) = verified(&sandbox, &[]);
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains("beta   no claims: what the vendor publishes"), "{text}");
}

#[test]
fn a_folder_or_a_vendor_that_does_not_exist_is_an_error() {
    let sandbox = repository([("alpha.txt", ""), ("beta.txt", "")]);
    let none = sandbox.path("none");
    let refused =
        |vendors: &[String], from| verify::run(sandbox.root(), vendors, from, &mut Vec::new()).unwrap_err().to_string();
    assert!(refused(&[], Some(none.as_path())).contains("not a folder"));
    let gamma = refused(&["gamma".to_owned()], None);
    assert!(gamma.contains("gamma") && gamma.contains("alpha, beta"), "{gamma}");
}
