#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use super::*;

/// A repository with one vendor, as far as drift reads it.
struct Repository {
    folder: TempDir,
}

/// What a vendor's contract says, as far as these tests change it.
fn contract(limit: u32, words: &[&str]) -> String {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "One", "version": "1"},
        "paths": {"/clips": {"post": {
            "operationId": "submit",
            "x-role": "submit",
            "requestBody": {"required": true, "content": {"application/json": {"schema": {
                "$ref": "#/components/schemas/Request"
            }}}},
            "responses": {"200": {"description": "Taken."}}
        }}},
        "components": {"schemas": {"Request": {"type": "object", "properties": {
            "prompt": {"type": "string", "maxLength": limit},
            "resolution": {"type": "string", "enum": words}
        }}}}
    });
    contract::render(&document)
}

fn source(version: &str) -> String {
    format!(
        r#"kind = "authored"
title = "One"
version = "{version}"
base_url = "https://api.example.com"
url = "https://example.com"
date = "2026-11-21"

[auth]
in = "header"
name = "Authorization"

[[relies]]
at = "/components/schemas/Request/properties/prompt/maxLength"
value = 2000
rule = "PROMPT_MAX_CHARS"
"#
    )
}

fn generated(words: &[&str]) -> String {
    format!("pub mod types {{ pub enum Resolution {{ {} }} }}", words.join(", "))
}

impl Repository {
    fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        for name in ["hailuo", "hailuo-sandbox"] {
            let manifest = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n");
            repository.write(&format!("crates/{name}/Cargo.toml"), &manifest);
        }
        repository.write(
            "Cargo.toml",
            "[workspace.dependencies]\nhailuo = { path = \"crates/hailuo\", version = \"0.1.0\" }\n\
             hailuo-one = { path = \"crates/hailuo-one\", version = \"0.1.0\" }\n",
        );
        repository.vendor("one", 2000, &["P768", "P1080"]);
        repository
    }

    fn git(&self, args: &[&str]) -> String {
        git(self.root(), args)
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn vendor(&self, slug: &str, limit: u32, words: &[&str]) {
        self.write(&format!("crates/hailuo-{slug}/openapi.json"), &contract(limit, words));
        self.write(&format!("crates/hailuo-{slug}/src/generated.rs"), &generated(words));
        self.write(&format!("crates/hailuo-{slug}/src/lib.rs"), "mod generated;\npub use generated::*;\n");
        self.write(&format!("specs/{slug}/source.toml"), &source("0.1.0"));
    }

    /// Starts a history with everything that is there, on `main`.
    fn committed() -> Self {
        let repository = Self::new();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit();
        repository
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message=state"]);
    }

    fn drift(&self, vendors: &[&str], base: Option<&str>) -> (u8, String) {
        self.formatted(vendors, base, "text")
    }

    fn formatted(&self, vendors: &[&str], base: Option<&str>, format: &str) -> (u8, String) {
        let vendors: Vec<String> = vendors.iter().map(ToString::to_string).collect();
        let mut out = Vec::new();
        let code = run(self.root(), &vendors, base, format.parse().unwrap(), &mut out).unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    fn refused(&self, vendors: &[&str], base: Option<&str>) -> String {
        let vendors: Vec<String> = vendors.iter().map(ToString::to_string).collect();
        let error = run(self.root(), &vendors, base, Format::Json, &mut Vec::new()).unwrap_err();
        format!("{error:#}")
    }
}

/// A snapshot without the expression that made it.
fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn git(root: &Path, args: &[&str]) -> String {
    let fixed = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git")
        .args(fixed)
        .args(args)
        .current_dir(root)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn on_main_the_last_commit_is_the_base() {
    let repository = Repository::committed();
    assert_eq!(repository.drift(&[], None), (0, "one: no change\n".to_owned()));
    repository.vendor("one", 1500, &["P768", "P1080"]);
    let (code, text) = repository.drift(&[], None);
    assert_eq!(code, 4);
    golden("on_main", &text);
    repository.commit();
    assert!(repository.drift(&[], None).1.contains("one: no change"));
}

#[test]
fn a_broken_rule_is_the_first_line_in_every_format_for_people() {
    let repository = Repository::committed();
    repository.vendor("one", 1500, &["P768"]);
    for (format, start) in [
        ("text", "rule broken: PROMPT_MAX_CHARS, resting on one, was written for 2000; the contract now says 1500"),
        ("markdown", "**Rule broken:** `PROMPT_MAX_CHARS, resting on one, was written for 2000"),
        ("github", "::error file=specs/one/source.toml,title=rule broken::PROMPT_MAX_CHARS, resting on one"),
    ] {
        let (_, text) = repository.formatted(&[], None, format);
        assert!(text.starts_with(start), "{format}: {text}");
    }
}

#[test]
fn a_broken_rule_that_rests_on_the_vendor_no_longer_is_told_as_decided() {
    let repository = Repository::committed();
    repository.vendor("one", 1500, &["P768", "P1080"]);
    let path = "specs/one/source.toml";
    let source = fs::read_to_string(repository.root().join(path)).unwrap();
    for decision in
        [source.replace("value = 2000", "value = 1500"), source.split("\n[[relies]]").next().unwrap().to_owned()]
    {
        repository.write(path, &decision);
        let (code, text) = repository.drift(&[], None);
        let start = "rule broken: PROMPT_MAX_CHARS, resting on one, was written for 2000; the contract now says 1500\n  \
                     specs/one/source.toml no longer rests it on that";
        assert!(code == 4 && text.starts_with(start), "{text}");
        let annotations = repository.formatted(&[], None, "github").1;
        assert!(annotations.starts_with("::warning file=specs/one/source.toml,title=rule broken::"), "{annotations}");
    }
}

#[test]
fn a_branch_is_compared_with_where_it_left_main() {
    let repository = Repository::committed();
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.vendor("one", 2000, &["P768", "P1080", "P4320"]);
    repository.commit();
    // What happens on main afterwards is none of the branch's changes.
    repository.git(&["checkout", "--quiet", "main"]);
    repository.vendor("one", 900, &["P768", "P1080"]);
    repository.commit();
    repository.git(&["checkout", "--quiet", "work"]);
    let (code, text) = repository.drift(&[], None);
    assert_eq!(code, 4);
    golden("on_a_branch", &text);
}

#[test]
fn a_version_that_was_raised_far_enough_stays() {
    let repository = Repository::committed();
    repository.vendor("one", 2000, &["P768", "P1080", "P4320"]);
    repository.write("specs/one/source.toml", &source("0.2.0"));
    let (_, text) = repository.drift(&[], None);
    assert!(text.contains("specs/one/source.toml:3: version = \"0.2.0\" is enough"), "{text}");
    assert!(text.contains("→ hailuo-one = { path = \"crates/hailuo-one\", version = \"0.2.0\" }"), "{text}");
}

#[test]
fn a_folder_can_be_the_base_in_any_of_its_forms() {
    let repository = Repository::new();
    let other = tempfile::tempdir().unwrap();
    for place in [
        "crates/hailuo-one/openapi.json",
        "hailuo-one/openapi.json",
        "one/openapi.json",
        "one.json",
        "one.openapi.json",
    ] {
        let folder = other.path().join(place.replace(['/', '.'], "_"));
        let file = folder.join(place);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, contract(2500, &["P768", "P1080"])).unwrap();
        let (code, text) = repository.drift(&[], Some(folder.to_str().unwrap()));
        assert_eq!(code, 4, "{place}");
        assert!(text.contains("longest text 2500 → 2000 characters"), "{place}: {text}");
    }
}

#[test]
fn a_folder_without_contracts_is_no_base() {
    let repository = Repository::committed();
    let empty = tempfile::tempdir().unwrap();
    assert!(repository.refused(&[], Some(empty.path().to_str().unwrap())).contains("has no contract; --base takes"));
    // A folder can be named from the root of the repository.
    repository.write("old/one.json", &contract(2500, &["P768", "P1080"]));
    assert!(repository.drift(&[], Some("old")).1.contains("longest text 2500 → 2000 characters"));
}

#[test]
fn vendors_come_and_go_as_a_whole() {
    let repository = Repository::committed();
    repository.vendor("two", 2000, &["P768"]);
    assert!(repository.drift(&["two"], None).1.starts_with("two: new vendor\n"));
    repository.commit();
    for folder in ["specs/two", "crates/hailuo-two"] {
        fs::remove_dir_all(repository.root().join(folder)).unwrap();
        let (code, text) = repository.drift(&[], None);
        assert_eq!((code, text.contains("two: vendor removed, breaking\n")), (4, true), "{folder}: {text}");
    }
}

#[test]
fn only_the_named_vendors_are_compared() {
    let repository = Repository::committed();
    repository.vendor("two", 2000, &["P768"]);
    repository.vendor("one", 1500, &["P768", "P1080"]);
    assert!(!repository.drift(&["one"], None).1.contains("two"));
    assert!(repository.refused(&["three"], None).contains("there are one, two"));
}

/// A vendor with a document in `specs/`, of which a crate was made.
fn described(repository: &Repository, slug: &str) {
    repository.write(&format!("specs/{slug}/{slug}.openapi.json"), &contract(2000, &["768P", "1080P"]));
    repository.write(&format!("specs/{slug}/source.toml"), &source("0.1.0"));
    let made = pipeline::make(repository.root(), slug).unwrap();
    for (path, bytes) in &made.files {
        repository.write(path, std::str::from_utf8(bytes).unwrap());
    }
    repository.commit();
}

#[test]
fn what_was_changed_in_specs_and_not_regenerated_is_drift_already() {
    let repository = Repository::committed();
    described(&repository, "two");
    assert_eq!(repository.drift(&["two"], None), (0, "two: no change\n".to_owned()));
    let mut document: Value = serde_json::from_str(&contract(1500, &["768P", "1080P"])).unwrap();
    let request = document.pointer_mut("/components/schemas/Request").unwrap();
    request["properties"]["style"] = json!({"type": "string"});
    request["required"] = json!(["style"]);
    repository.write("specs/two/two.openapi.json", &document.to_string());
    let before = fs::read_to_string(repository.root().join("crates/hailuo-two/openapi.json")).unwrap();
    let (code, text) = repository.drift(&["two"], None);
    assert_eq!(code, 4);
    golden("not_regenerated", &text);
    assert_eq!(fs::read_to_string(repository.root().join("crates/hailuo-two/openapi.json")).unwrap(), before);
    // What is no description any more is told, and the other vendor is still compared.
    repository.write("specs/two/two.openapi.json", "<html>");
    let (code, text) = repository.drift(&[], None);
    assert_eq!(code, 1);
    assert!(text.contains("two: specs/two/two.openapi.json") && text.contains("one: no change"), "{text}");
}

#[test]
fn what_changed_is_told_although_no_contract_can_be_built_of_it() {
    let repository = Repository::committed();
    let operations = "\n[operations.submit]\ncall = \"POST /clips\"\nrole = \"submit\"\n";
    described(&repository, "two");
    let source = source("0.1.0") + operations;
    repository.write("specs/two/source.toml", &source);
    repository.commit();
    let moved = contract(1500, &["768P", "1080P"]).replace("/clips", "/videos");
    repository.write("specs/two/two.openapi.json", &moved);
    let (code, text) = repository.drift(&[], None);
    assert_eq!(code, 1);
    assert!(text.starts_with("rule broken: PROMPT_MAX_CHARS"), "{text}");
    assert!(
        text.contains("failed: two: specs/two/source.toml: [operations.submit]: there is no POST /clips"),
        "{text}"
    );
    assert!(text.contains("; what changed is compared all the same"), "{text}");
    assert!(text.contains("moved from path /clips to /videos"), "{text}");
    assert!(text.contains("one: no change"), "{text}");
}

#[test]
fn a_head_that_is_on_no_branch_is_compared_with_where_it_left_main() {
    let repository = Repository::committed();
    repository.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(repository.drift(&[], None).0, 0);
    repository.vendor("one", 1500, &["P768", "P1080"]);
    repository.commit();
    assert!(repository.drift(&[], None).1.contains("longest text 2000 → 1500 characters"));
}

#[test]
fn one_vendor_that_cannot_be_compared_does_not_stop_the_others() {
    let repository = Repository::committed();
    repository.vendor("two", 2000, &["P768"]);
    repository.commit();
    for (file, text, told) in [
        ("crates/hailuo-one/openapi.json", "<html>", "`cargo xtask regen one` makes it anew"),
        ("crates/hailuo-one/src/generated.rs", "pub struct {", "is not Rust: "),
        ("specs/one/source.toml", "kind = 3", "specs/one/source.toml: line 1"),
    ] {
        let before = fs::read_to_string(repository.root().join(file)).unwrap();
        repository.write(file, text);
        let (code, text) = repository.drift(&[], None);
        assert_eq!(code, 1, "{file}");
        assert!(text.contains(told) && text.contains("two: no change"), "{file}: {text}");
        repository.write(file, &before);
    }
    fs::remove_file(repository.root().join("crates/hailuo-one/openapi.json")).unwrap();
    let (code, text) = repository.drift(&[], None);
    assert_eq!(code, 1);
    assert!(text.contains("`cargo xtask regen one` makes it"), "{text}");
}

#[test]
fn a_base_that_is_not_there_is_told_with_the_way_out() {
    let repository = Repository::new();
    assert!(repository.refused(&[], None).contains("name a folder to compare with: --base DIR"));
    repository.git(&["init", "--quiet", "--initial-branch=main"]);
    assert!(repository.refused(&[], None).contains("no commit to compare with yet"));
    repository.commit();
    assert!(repository.refused(&[], Some("nowhere")).contains("`git fetch origin nowhere`"));
    assert!(repository.refused(&[], Some("")).contains("the name of the base is empty"));
    assert!(repository.refused(&[], Some("./nowhere")).contains("there is no folder \"./nowhere\""));
    assert!(repository.refused(&[], Some("--upload-pack=x")).contains("no name of a revision"));
    repository.git(&["branch", "--move", "trunk"]);
    assert!(repository.refused(&[], None).contains("`git fetch origin +refs/heads/main:refs/remotes/origin/main`"));
}

#[test]
fn a_history_that_is_cut_off_is_told_with_the_command_that_brings_the_rest() {
    let repository = Repository::committed();
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.vendor("one", 1500, &["P768"]);
    repository.commit();
    let clone = tempfile::tempdir().unwrap();
    let origin = format!("file://{}", repository.root().display());
    git(clone.path(), &["clone", "--quiet", "--depth=1", "--branch=work", &origin, "."]);
    let error = run(clone.path(), &[], None, Format::Json, &mut Vec::new()).unwrap_err().to_string();
    assert!(error.contains("`git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main`"), "{error}");
    let error = run(clone.path(), &[], Some("main"), Format::Json, &mut Vec::new()).unwrap_err().to_string();
    assert!(error.contains("`git fetch --unshallow`"), "{error}");
    git(clone.path(), &["fetch", "--quiet", "--unshallow", "origin", "+refs/heads/main:refs/remotes/origin/main"]);
    assert_eq!(run(clone.path(), &[], None, Format::Json, &mut Vec::new()).unwrap(), 4);
}

#[test]
fn the_root_may_be_a_folder_of_a_larger_repository() {
    let repository = Repository::new();
    let outer = tempfile::tempdir().unwrap();
    let inner = outer.path().join("a project");
    fs::rename(repository.root(), &inner).unwrap();
    git(outer.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(outer.path(), &["add", "--all"]);
    git(outer.path(), &["commit", "--quiet", "--message=state"]);
    fs::write(inner.join("crates/hailuo-one/openapi.json"), contract(1500, &["P768", "P1080"])).unwrap();
    assert_eq!(run(&inner, &[], None, Format::Json, &mut Vec::new()).unwrap(), 4);
    fs::rename(&inner, repository.root()).unwrap();
}

#[test]
fn the_formats_for_machines_are_what_they_say() {
    let repository = Repository::committed();
    repository.vendor("one", 1500, &["P768", "P1080", "P4320"]);
    let (_, text) = repository.formatted(&[], None, "json");
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report.pointer("/vendors/0/changes/0/rule"), Some(&json!("request-max-length-decreased")));
    assert_eq!(report.pointer("/vendors/0/rust/changes/0/breaking"), Some(&json!(true)));
    assert_eq!(report.pointer("/vendors/0/broken_rules/0/rule"), Some(&json!("PROMPT_MAX_CHARS")));
    golden("json", &text);
    golden("github", &repository.formatted(&[], None, "github").1);
    golden("markdown", &repository.formatted(&[], None, "markdown").1);
}
