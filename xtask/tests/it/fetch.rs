//! `fetch` on a repository of its own: from a folder and from a server.

use std::fs;

use serde_json::{Value, json};
use xtask::commands::{BROKEN, DIFFERS, DONE, fetch};

use crate::sandbox::{Sandbox, said, serve};

/// Two vendors: one publishes a document with a fixup for it, of the other only a page exists.
fn repository(url: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("specs/acme/pro.openapi.json", document(2000).to_string());
    sandbox.write("specs/acme/source.toml", format!("{HEAD}\n[documents.\"pro.openapi.json\"]\n# Where it is.\nurl = \"{url}\"\nformat = \"json\"\nfetched = false\n{AUTH}"));
    sandbox.write(
        "specs/acme/fixups/01-code.json",
        json!({
            "why": "it answers 202",
            "guards": [{ "at": "/paths/~1videos/post/responses/202", "absent": true }],
            "patch": [{ "op": "add", "path": "/paths/~1videos/post/responses/202", "value": { "description": "" } }],
        })
        .to_string(),
    );
    sandbox.write("specs/paper/a.openapi.json", document(1).to_string());
    sandbox.write("specs/paper/source.toml", format!("{}{AUTH}", HEAD.replace("published", "authored")));
    sandbox
}

const HEAD: &str = "# The head.\nkind = \"published\"\ntitle = \"Acme\"\nversion = \"0.1.0\"\nbase_url = \"https://api.example.com\"\nurl = \"https://example.com/docs\"\ndate = \"2026-01-01\"\n";
const AUTH: &str = "\n[auth]\nin = \"header\"\nname = \"x-key\"\n";

fn document(longest: u32) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Acme", "version": "1", "x-acme": { "endpointId": "acme/pro" } },
        "paths": { "/videos": { "post": {
            "operationId": "submit",
            "requestBody": { "required": true, "content": { "application/json": { "schema": {
                "type": "object", "properties": { "prompt": { "type": "string", "maxLength": longest } },
            } } } },
            "responses": { "200": { "description": "" } },
        } } },
    })
}

fn run(sandbox: &Sandbox, vendors: &[&str], from: Option<&str>) -> (u8, String) {
    let vendors: Vec<String> = vendors.iter().map(|vendor| (*vendor).to_owned()).collect();
    let from = from.map(|from| sandbox.path(from));
    said(|out| fetch::run(sandbox.root(), &vendors, from.as_deref(), out))
}

#[test]
fn the_first_fetch_of_the_same_document_notes_where_it_came_from() {
    let sandbox = repository("https://acme.invalid/openapi.json");
    sandbox.write("down/acme/pro.openapi.json", document(2000).to_string());
    let (code, text) = run(&sandbox, &[], Some("down"));
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains("acme   fetched pro.openapi.json"), "{text}");
    assert!(text.contains("paper  publishes no document"), "{text}");
    let toml = sandbox.read("specs/acme/source.toml");
    assert!(
        toml.contains("fetched = true\nsha256 = \"") && toml.contains("# The head.") && toml.contains("# Where it is."),
        "{toml}"
    );
    let (code, text) = run(&sandbox, &["acme"], Some("down"));
    assert_eq!((code, text.as_str()), (DONE, "acme  unchanged\n"));
}

#[test]
fn a_newer_generator_that_writes_null_for_what_may_be_left_out_is_no_drift() {
    let mut newer = document(2000);
    let prompt = "/paths/~1videos/post/requestBody/content/application~1json/schema/properties/prompt";
    *newer.pointer_mut(prompt).unwrap() =
        json!({ "anyOf": [{ "type": "string", "maxLength": 2000 }, { "type": "null" }], "title": "Prompt" });
    for (says_so, expected) in [(true, DONE), (false, DIFFERS)] {
        let sandbox = repository("https://acme.invalid/");
        let toml = sandbox.read("specs/acme/source.toml");
        sandbox.write(
            "specs/acme/source.toml",
            toml.replace("fetched = false", &format!("null_is_absent = {says_so}\nfetched = false")),
        );
        sandbox.write("down/pro.openapi.json", newer.to_string());
        let (code, text) = run(&sandbox, &["acme"], Some("down"));
        assert_eq!(code, expected, "{text}");
        assert!(sandbox.read("specs/acme/pro.openapi.json").contains("anyOf"));
    }
}

#[test]
fn a_changed_document_is_reported_before_it_is_written() {
    let base = serve(vec![("/openapi.json", document(1500).to_string().into_bytes())]);
    let sandbox = repository(&format!("{base}/openapi.json"));
    let (code, text) = run(&sandbox, &[], None);
    assert_eq!(code, DIFFERS, "{text}");
    assert!(
        text.contains("request-max-length-decreased") || (text.contains("2000") && text.contains("1500")),
        "{text}"
    );
    assert!(text.find("1500") < text.find("Written: specs/acme"), "{text}");
    assert!(text.contains("cargo xtask regen"), "{text}");
    assert!(sandbox.read("specs/acme/pro.openapi.json").contains("1500"));
    assert_eq!(run(&sandbox, &[], None).0, DONE);
}

#[test]
fn words_for_people_that_changed_are_counted() {
    let sandbox = repository("https://acme.invalid/");
    let mut reworded = document(2000);
    reworded["paths"]["/videos"]["post"]["description"] = json!("Makes a video.");
    sandbox.write("down/pro.openapi.json", reworded.to_string());
    let (code, text) = run(&sandbox, &["acme"], Some("down"));
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains("acme: no change; documentation only in 1 place"), "{text}");
}

#[test]
fn files_are_found_by_vendor_and_by_name() {
    for place in ["down/acme/pro.openapi.json", "down/acme-pro.openapi.json", "down/pro.openapi.json"] {
        let sandbox = repository("https://acme.invalid/");
        sandbox.write(place, document(1500).to_string());
        assert_eq!(run(&sandbox, &["acme"], Some("down")).0, DIFFERS, "{place}");
    }
    let sandbox = repository("https://acme.invalid/");
    fs::create_dir(sandbox.path("down")).unwrap();
    let none = "none of its documents is in the folder: no acme-pro.openapi.json";
    let (code, text) = run(&sandbox, &[], Some("down"));
    assert!(code == DONE && text.starts_with(&format!("acme   {none}\n")), "{text}");
    let (code, text) = run(&sandbox, &["acme"], Some("down"));
    assert!(code == BROKEN && text.contains(&format!("error: acme: {none}; put one there")), "{text}");
}

#[test]
fn what_is_not_the_document_is_not_written() {
    let mut other = document(2000);
    other["info"]["x-acme"]["endpointId"] = json!("acme/standard");
    let mut elsewhere = document(2000);
    elsewhere["paths"] = json!({ "/images": elsewhere["paths"]["/videos"] });
    for (bytes, part) in [
        (b"<!doctype html><title>Log in</title>".to_vec(), "web page"),
        (b"".to_vec(), "empty"),
        (b"{\"detail\": \"Not authenticated\"}".to_vec(), "no OpenAPI document"),
        (b"\xff\xff\xff".to_vec(), "not UTF-8"),
        (b"{\"openapi\": \"3.0.3\", \"openapi\": \"3.0.3\"}".to_vec(), "openapi"),
        (other.to_string().into_bytes(), "the document of `acme/standard`, not of `acme/pro`"),
        (elsewhere.to_string().into_bytes(), "another API"),
    ] {
        let sandbox = repository("https://acme.invalid/");
        sandbox.write("down/pro.openapi.json", &bytes);
        let before = sandbox.files();
        let (code, text) = run(&sandbox, &["acme"], Some("down"));
        assert_eq!(code, BROKEN, "{text}");
        assert!(text.contains(part), "`{part}` is not in: {text}");
        assert!(
            text.contains("acme: specs/acme/pro.openapi.json") && text.contains("Nothing of acme was written."),
            "{text}"
        );
        assert_eq!(sandbox.files(), before, "{text}");
    }
}

#[test]
fn a_guard_that_fails_is_told_and_the_document_is_there_to_be_mended() {
    let sandbox = repository("https://acme.invalid/");
    let mut mended = document(1500);
    mended["paths"]["/videos"]["post"]["responses"]["202"] = json!({ "description": "mended" });
    sandbox.write("down/pro.openapi.json", mended.to_string());
    let (code, text) = run(&sandbox, &["acme"], Some("down"));
    assert_eq!(code, BROKEN, "{text}");
    assert!(text.contains("fixups/01-code.json") && text.contains("a guard fails"), "{text}");
    // The documents themselves are compared, and what changed is told with it.
    assert!(text.contains("1500") && text.contains("as the documents stand without fixups"), "{text}");
    assert!(text.contains("Next: correct what is said above, then `cargo xtask regen acme`."), "{text}");
    assert!(sandbox.read("specs/acme/pro.openapi.json").contains("mended"));
}

#[test]
fn what_could_not_be_written_is_not_said_to_be() {
    let sandbox = repository("https://acme.invalid/");
    sandbox.write("down/pro.openapi.json", document(1500).to_string());
    sandbox.write(".regen", "a file where a folder has to be");
    let before = sandbox.files();
    let (code, text) = run(&sandbox, &["acme"], Some("down"));
    assert_eq!(code, BROKEN, "{text}");
    assert!(text.contains("error: acme: ") && text.contains("make the repository's folder writable"), "{text}");
    assert!(!text.contains("Written"), "{text}");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_vendor_that_cannot_be_reached_does_not_stop_the_others() {
    let sandbox = repository("http://127.0.0.1:1/openapi.json");
    let (code, text) = run(&sandbox, &[], None);
    assert_eq!(code, BROKEN);
    assert!(text.contains("acme   failed") && text.contains("paper  publishes no document"), "{text}");
    assert!(text.contains("cannot be fetched") && text.contains("--from DIR"), "{text}");
    let unknown = repository("https://acme.invalid/");
    let (code, text) = run(&unknown, &["acme"], None);
    assert_eq!(code, BROKEN);
    assert!(text.contains("nobody knows where it is served"), "{text}");
    assert!(fetch::run(unknown.root(), &[], Some(&unknown.path("none")), &mut Vec::new()).is_err());
}
