//! `regen` on a repository of its own: what it mends, what it says, and what it leaves alone.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use serde_json::{Value, json};
use xtask::commands::{BROKEN, DIFFERS, DONE, regen};

use crate::cases;
use crate::sandbox::{Sandbox, said};

/// What a run printed, and its exit code.
struct Ran {
    code: u8,
    text: String,
}

/// Two vendors of this repository, which are enough to see that one does not stop the other, and their crates.
fn repository() -> Sandbox {
    with(&["highwayapi", "seaart"])
}

fn with(vendors: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    for vendor in vendors {
        let spec = format!("specs/{vendor}");
        copy(&cases::repository().join(&spec), &sandbox.path(&spec));
    }
    assert_eq!(sandbox.regen(&[]).code, DONE);
    sandbox
}

impl Sandbox {
    fn regen(&self, vendors: &[&str]) -> Ran {
        let vendors: Vec<String> = vendors.iter().map(|v| (*v).to_owned()).collect();
        let (code, text) = said(|out| regen::run(self.root(), &vendors, false, out));
        Ran { code, text }
    }

    fn check(&self) -> Ran {
        let (code, text) = said(|out| regen::run(self.root(), &[], true, out));
        Ran { code, text }
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no `{from}`");
        self.write(path, text.replacen(from, to, 1));
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in cases::list(from) {
        let target = to.join(cases::name(&path));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(path, target).unwrap();
        }
    }
}

/// Puts every object's keys of a JSON text in the opposite order.
fn reversed(value: &Value, text: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by(|a, b| b.0.cmp(a.0));
            text.push('{');
            for (number, (key, value)) in entries.into_iter().enumerate() {
                text.push_str(if number == 0 { "" } else { "," });
                text.push_str(&json!(key).to_string());
                text.push(':');
                reversed(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (number, item) in items.iter().enumerate() {
                text.push_str(if number == 0 { "" } else { "," });
                reversed(item, text);
            }
            text.push(']');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

#[test]
fn a_second_run_changes_nothing_and_writes_no_file() {
    let repository = repository();
    let before = repository.files();
    let modified = |path: &String| repository.path(path).metadata().unwrap().modified().unwrap();
    let times: Vec<SystemTime> = before.keys().map(modified).collect();
    let ran = repository.regen(&[]);
    assert_eq!((ran.code, ran.text.as_str()), (DONE, "highwayapi  unchanged\nseaart      unchanged\n"));
    assert_eq!(repository.files(), before);
    assert_eq!(before.keys().map(modified).collect::<Vec<_>>(), times);
}

#[test]
fn deleted_crates_come_back_byte_for_byte() {
    let repository = repository();
    let before = repository.files();
    fs::remove_dir_all(repository.path("crates")).unwrap();
    assert_eq!(repository.check().code, DIFFERS);
    assert_eq!(repository.regen(&[]).code, DONE);
    assert_eq!(repository.files(), before);
}

#[test]
fn a_crate_that_was_edited_half_written_or_full_of_merge_markers_is_mended() {
    let repository = repository();
    let before = repository.files();
    repository.write("crates/hailuo-seaart/src/generated.rs", "pub struct Half");
    repository.write("crates/hailuo-seaart/openapi.json", "<<<<<<< ours\n{}\n=======\n");
    repository.write("crates/hailuo-seaart/src/mine.rs", "fn mine() {}");
    fs::remove_file(repository.path("crates/hailuo-seaart/Cargo.toml")).unwrap();
    fs::remove_file(repository.path("crates/hailuo-sandbox/contracts/seaart.json")).unwrap();
    let check = repository.check();
    assert_eq!(check.code, DIFFERS);
    for line in [
        "  changed: crates/hailuo-seaart/openapi.json",
        "  changed: crates/hailuo-seaart/src/generated.rs",
        "  extra: crates/hailuo-seaart/src/mine.rs",
        "  missing: crates/hailuo-seaart/Cargo.toml",
        "  missing: crates/hailuo-sandbox/contracts/seaart.json",
        "`cargo xtask regen` mends them",
    ] {
        assert!(check.text.contains(line), "no `{line}` in\n{}", check.text);
    }
    assert!(check.text.starts_with("highwayapi  fresh\n"), "{}", check.text);
    assert_eq!(repository.regen(&[]).code, DONE);
    assert_eq!(repository.files(), before);
}

#[test]
fn a_changed_limit_makes_that_vendor_stale_and_no_other() {
    let repository = repository();
    repository.edit("specs/seaart/hailuo.openapi.json", "\"maxLength\": 2000", "\"maxLength\": 1500");
    let check = repository.check();
    assert_eq!(check.code, DIFFERS);
    assert!(check.text.contains("    -            \"maxLength\": 2000"), "{}", check.text);
    assert!(check.text.contains("    +            \"maxLength\": 1500"), "{}", check.text);
    assert!(check.text.contains("highwayapi  fresh"), "{}", check.text);
    assert_eq!(repository.regen(&["seaart"]).code, DONE);
    assert_eq!(repository.check().code, DONE);
}

#[test]
fn the_page_on_a_vendor_that_changes_shows_what_is_printed() {
    let page = fs::read_to_string(cases::repository().join("docs/when-a-vendor-changes.md")).unwrap();
    let repository = with(&["apiinone", "fal", "highwayapi", "modelslab", "seaart"]);
    repository.add_manifests();
    repository.edit("specs/seaart/hailuo.openapi.json", "\"maxLength\": 2000", "\"maxLength\": 1500");
    let check = repository.check();
    assert_eq!(check.code, DIFFERS);
    let regen = repository.regen(&[]);
    assert_eq!(regen.code, DONE);
    for (command, printed) in [("regen --check; echo \"exit $?\"", check.text + "exit 4\n"), ("regen", regen.text)] {
        let block = format!("```console\n$ cargo xtask {command}\n{printed}```\n");
        assert!(page.contains(&block), "docs/when-a-vendor-changes.md does not show:\n{block}");
    }
    // The vendor's page is not here to be verified; the claim is.
    let source = fs::read_to_string(cases::repository().join("specs/seaart/source.toml")).unwrap();
    let count = source.matches("\n[[claims]]\n").count();
    let fact = "at = \"#/components/schemas/ImageToVideoRequest/properties/prompt/maxLength\"";
    let at = source.lines().position(|line| line == fact).unwrap() + 1;
    let claim = source.lines().nth(at).unwrap().trim_start_matches("page = ").trim_matches('\'');
    for shown in [
        format!("\nseaart  {count} claims, 1 finding\n"),
        format!("\nseaart: the claim /{claim}/ finds `1500`"),
        format!(" (specs/seaart/source.toml:{})\nexit 4\n", at - 1),
    ] {
        assert!(page.contains(&shown), "docs/when-a-vendor-changes.md does not show: {shown}");
    }
}

#[test]
fn the_facade_takes_over_the_gravest_change_of_all_vendors_and_is_told_of_once() {
    let repository = repository();
    repository.add_manifests();
    repository.edit("specs/highwayapi/hailuo.openapi.json", "\"maxLength\": 2000", "\"maxLength\": 1500");
    repository.edit("specs/seaart/hailuo.openapi.json", "\"prompt\": {", "\"text\": {");
    let ran = repository.regen(&[]);
    assert!(ran.text.contains("    hailuo-highwayapi 0.1.0 → 0.1.1\n"), "{}", ran.text);
    assert!(ran.text.contains("    hailuo-seaart 0.1.0 → 0.2.0\n"), "{}", ran.text);
    assert_eq!(ran.text.matches("\nhailuo 0.1.0 → ").count(), 1, "{}", ran.text);
    assert!(ran.text.contains("\nhailuo 0.1.0 → 0.2.0, because"), "{}", ran.text);
}

#[test]
fn the_order_of_a_document_does_not_matter() {
    let repository = repository();
    let before = repository.files();
    let path = "specs/seaart/hailuo.openapi.json";
    let spec: Value = serde_json::from_slice(&before[path]).unwrap();
    let mut text = String::new();
    reversed(&spec, &mut text);
    repository.write(path, text);
    assert_eq!(repository.check().code, DONE);
    repository.write(path, &before[path]);
    assert_eq!(repository.files(), before);
}

#[test]
fn a_broken_vendor_is_told_in_a_paragraph_and_the_others_are_done() {
    let cases: [(&str, &str, &str, &[&str]); 5] = [
        ("hailuo.openapi.json", "{", "", &["seaart", "hailuo.openapi.json"]),
        ("hailuo.openapi.json", "schemas/Submitted\"", "schemas/Nowhere\"", &["hailuo.openapi.json", "Nowhere"]),
        ("source.toml", "kind = ", "knid = ", &["source.toml", "knid"]),
        ("source.toml", "POST /v1/queue/", "POST /v2/queue/", &["source.toml", "/v2/queue/"]),
        ("hailuo.openapi.json", "\"openapi\": \"3.1.0\"", "\"openapi\": \"4.0.0\"", &["hailuo.openapi.json", "4.0.0"]),
    ];
    for (file, from, to, said) in cases {
        let repository = repository();
        let seaart = fs::read(repository.path("crates/hailuo-seaart/openapi.json")).unwrap();
        repository.edit(&format!("specs/seaart/{file}"), from, to);
        fs::remove_dir_all(repository.path("crates/hailuo-highwayapi")).unwrap();
        let ran = repository.regen(&[]);
        assert_eq!(ran.code, BROKEN, "{}", ran.text);
        assert!(ran.text.contains("highwayapi  written"), "{}", ran.text);
        assert!(ran.text.contains("seaart      failed"), "{}", ran.text);
        let error = ran.text.split("error: ").nth(1).unwrap();
        for words in said {
            assert!(error.contains(words), "no `{words}` in: {error}");
        }
        assert!(error.starts_with("seaart: specs/seaart"), "{error}");
        assert!(error.contains("; "), "what to do is missing: {error}");
        assert_eq!(fs::read(repository.path("crates/hailuo-seaart/openapi.json")).unwrap(), seaart);
    }
}

#[test]
fn a_field_that_was_renamed_is_regenerated_and_told_with_every_claim_that_it_leaves_behind() {
    let repository = repository();
    repository.edit("specs/seaart/hailuo.openapi.json", "\"prompt\": {", "\"text\": {");
    let ran = repository.regen(&[]);
    assert_eq!(ran.code, DONE, "{}", ran.text);
    assert!(ran.text.contains("looks renamed to text"), "{}", ran.text);
    assert!(ran.text.contains("then run `cargo xtask verify seaart`"), "{}", ran.text);
    // The limit is still there, under the other name.
    assert!(!ran.text.contains("rule broken"), "{}", ran.text);
    let left = |text: &str| {
        let is_of_it = |line: &&str| line.contains("source.toml:") && line.ends_with("properties/prompt");
        text.lines().filter(is_of_it).map(str::to_owned).collect::<Vec<_>>()
    };
    let missing = left(&ran.text);
    assert_eq!(missing.len(), 2, "{}", ran.text);
    let claims = missing[0].strip_prefix("    specs/seaart/source.toml:").unwrap();
    assert!(claims.ends_with(": #/components/schemas/ImageToVideoRequest/properties/prompt"), "{claims}");
    assert!(claims.split(", ").count() > 3, "{claims}");
    assert!(missing[1].ends_with(": /components/schemas/ImageToVideoRequest/properties/prompt"), "{}", missing[1]);
    let again = repository.check();
    assert_eq!(again.code, DONE, "{}", again.text);
    assert!(again.text.contains("point at nothing"), "{}", again.text);
    assert_eq!(left(&again.text), missing, "{}", again.text);
}

#[test]
fn an_operation_that_can_no_longer_be_sent_is_told_with_the_reason() {
    let repository = repository();
    repository.edit("specs/seaart/hailuo.openapi.json", "\"application/json\"", "\"multipart/mixed\"");
    let ran = repository.regen(&["seaart"]);
    assert_eq!(ran.code, DONE, "{}", ran.text);
    assert!(ran.text.contains("- fn Client::submit(&self)"), "{}", ran.text);
    assert!(ran.text.contains("facade: what its adapter calls or reads changed: body: no longer as"), "{}", ran.text);
    assert!(ran.text.contains("is left out: its body is multipart/mixed, which"), "{}", ran.text);
    assert_eq!(repository.regen(&["seaart"]).text.matches("left out").count(), 0);
}

#[cfg(unix)]
#[test]
fn a_crate_that_cannot_be_replaced_leaves_the_sandbox_with_its_contract() {
    let repository = repository();
    repository.edit("specs/seaart/hailuo.openapi.json", "\"maxLength\": 2000", "\"maxLength\": 1500");
    let sandbox = repository.path("crates/hailuo-sandbox/contracts/seaart.json");
    let before = fs::read(&sandbox).unwrap();
    fs::remove_dir_all(repository.path("crates/hailuo-seaart")).unwrap();
    std::os::unix::fs::symlink("nowhere", repository.path("crates/hailuo-seaart")).unwrap();
    let ran = repository.regen(&["seaart"]);
    assert_eq!(ran.code, BROKEN, "{}", ran.text);
    assert!(ran.text.contains("crates/hailuo-seaart cannot be replaced"), "{}", ran.text);
    assert_eq!(fs::read(&sandbox).unwrap(), before);
    fs::remove_file(repository.path("crates/hailuo-seaart")).unwrap();
    assert_eq!(repository.regen(&["seaart"]).code, DONE);
    assert_eq!(fs::read(&sandbox).unwrap(), fs::read(repository.path("crates/hailuo-seaart/openapi.json")).unwrap());
}

#[test]
fn a_folder_that_cannot_name_a_vendor_stops_no_other() {
    let repository = repository();
    fs::create_dir(repository.path("specs/Sea Art")).unwrap();
    let ran = repository.regen(&[]);
    assert_eq!(ran.code, BROKEN, "{}", ran.text);
    assert!(ran.text.starts_with("Sea Art     failed\nhighwayapi  unchanged\nseaart      unchanged\n"), "{}", ran.text);
    assert!(ran.text.contains("specs/Sea Art: `Sea Art` cannot name a vendor; use lower-case"), "{}", ran.text);
}

#[test]
fn a_crate_whose_description_is_gone_is_told_and_left_alone() {
    let repository = repository();
    fs::remove_dir_all(repository.path("specs/seaart")).unwrap();
    let before = repository.files();
    for (ran, code) in [(repository.regen(&[]), DONE), (repository.check(), DIFFERS)] {
        assert_eq!(ran.code, code, "{}", ran.text);
        assert!(
            ran.text.contains("seaart      left over: there is no specs/seaart; bring it back, or"),
            "{}",
            ran.text
        );
        assert!(!ran.text.contains("mends them"), "{}", ran.text);
    }
    assert_eq!(repository.regen(&["highwayapi"]).text, "highwayapi  unchanged\n");
    assert_eq!(repository.files(), before);
}

#[test]
fn what_a_killed_run_left_behind_is_cleared() {
    let repository = repository();
    let before = repository.files();
    // Between two renames, where the system cannot swap folders: of `regen`, and of `fetch`.
    fs::create_dir_all(repository.path(".regen/crates-hailuo-seaart.new")).unwrap();
    repository.write(".regen/crates-hailuo-seaart.new/Cargo.toml", "half");
    fs::rename(repository.path("crates/hailuo-seaart"), repository.path(".regen/crates-hailuo-seaart.old")).unwrap();
    fs::rename(repository.path("specs/highwayapi"), repository.path(".regen/specs-highwayapi.old")).unwrap();
    let ran = repository.regen(&[]);
    assert_eq!((ran.code, ran.text.as_str()), (DONE, "highwayapi  unchanged\nseaart      unchanged\n"));
    assert_eq!(repository.files(), before);
}

#[test]
fn the_command_works_where_it_is_run_and_not_where_it_was_compiled() {
    let repository = repository();
    fs::remove_dir_all(repository.path("crates/hailuo-seaart")).unwrap();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["regen", "seaart"])
        // As `cargo run` says it, of a clone that was moved or shares its target folder with another one.
        .env("CARGO_MANIFEST_DIR", repository.path("xtask"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(repository.path("crates/hailuo-seaart/src/generated.rs").is_file());
}
