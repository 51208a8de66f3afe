//! Cases: a vendor's folder in, its contract or a problem out; and everything that can be wrong with a good folder.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test may panic")]

use std::fmt::Write;

use super::*;
use crate::claims::Spec;
use crate::drift::VendorDrift;
use crate::testing;

#[test]
fn a_folder_becomes_a_contract_or_a_problem() {
    let cases = testing::folder("vendor");
    let mut report = String::new();
    for slug in vendors(&cases).unwrap() {
        let got = match build(&cases.join(&slug)) {
            Ok(contract) => format!("{}{}", contract.left_out.join("\n"), crate::render(&contract.document)),
            Err(problem) => format!("{problem}\n"),
        };
        let expected = std::fs::read_to_string(cases.join(format!("{slug}.out.txt"))).unwrap_or_default();
        if got != expected {
            writeln!(report, "cases/vendor/{slug}.out.txt is\n{expected}\nand came out as\n{got}").unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
}

const SOURCE: &str = r##"
kind = "authored"
title = "Example"
version = "0.1.0"
base_url = "https://api.example.com"
url = "https://example.com/docs"
date = "2026-01-02"
auth = { in = "header", name = "Authorization", prefix = "Bearer " }
operations.submit = { call = "POST /videos", role = "submit" }

[[claims]]
at = "#/components/schemas/Request/properties/prompt/maxLength"
page = 'at most (\d+)'

[[inferred]]
at = ["a.openapi.json#/paths/~1videos/post"]
why = "so it is"

[[relies]]
at = "/components/schemas/Request/properties/prompt/maxLength"
value = 2000
rule = "PROMPT_MAX_CHARS"
"##;

const DOCUMENT: &str = r##"{
  "openapi": "3.0.3",
  "info": { "title": "T", "version": "1" },
  "servers": [{ "url": "https://api.example.com" }],
  "paths": { "/videos": { "post": {
    "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Request" } } } },
    "responses": { "200": { "description": "" } }
  } } },
  "components": { "schemas": { "Request": {
    "type": "object",
    "properties": { "prompt": { "type": "string", "maxLength": 2000, "nullable": true } }
  } } }
}"##;

const FIXUP: &str = r#"{
  "why": "The limit is not in the document.",
  "guards": [{ "at": "/components/schemas/Request/properties/prompt/minLength", "absent": true }],
  "patch": [{ "op": "add", "path": "/components/schemas/Request/properties/prompt/minLength", "value": 1 }]
}"#;

fn good() -> Files {
    [("source.toml", SOURCE), ("a.openapi.json", DOCUMENT), ("fixups/01-x.json", FIXUP)]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into()
}

#[test]
fn keeps_the_documents_as_the_fixups_left_them() {
    let contract = build_files("example", &good()).unwrap();
    let (file, value) = contract.fact("#/components/schemas/Request/properties/prompt").unwrap();
    assert_eq!(file, "a.openapi.json");
    assert_eq!(value["nullable"], true);
    assert_eq!(value["minLength"], 1);
    assert_eq!(contract.document.pointer("/components/schemas/Request/properties/prompt/minLength").unwrap(), 1);
    assert_eq!(contract.main, ["a.openapi.json"]);
    assert_eq!(contract.slug, "example");
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let first = crate::render(&build_files("example", &good()).unwrap().document);
    let second = crate::render(&build_files("example", &good()).unwrap().document);
    assert_eq!(first, second);
}

/// What is wrong, the file that is replaced or added (`None` removes it), and what the problem must say.
type Wrong<'a> = (&'a str, Option<String>, &'a [&'a str]);

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn every_problem_names_vendor_file_pointer_and_what_to_do() {
    const IN_DOCUMENT: &str = "specs/example/a.openapi.json";
    let edit = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        Some(text.replace(from, to))
    };
    let own = |text: &str| Some(text.to_owned());
    let conflict = |text: &str, at: usize| {
        let mut lines: Vec<_> = text.lines().collect();
        let line = lines[at];
        lines.splice(at..=at, ["<<<<<<< HEAD", line, "=======", line, ">>>>>>> theirs"]);
        Some(lines.join("\n"))
    };
    let cases: Vec<Wrong<'_>> = vec![
        ("a.openapi.json", own("{"), &[IN_DOCUMENT, "line 1", "correct the JSON"]),
        (
            "a.openapi.json",
            conflict(DOCUMENT, 1),
            &[IN_DOCUMENT, "line 2: a merge has left a conflict here, to line 6"],
        ),
        ("a.openapi.json", conflict(DOCUMENT, 0), &[IN_DOCUMENT, "line 1: a merge"]),
        ("fixups/01-x.json", conflict(FIXUP, 1), &["fixups/01-x.json", "line 2: a merge", "remove the marks"]),
        ("source.toml", conflict(SOURCE, 1), &["specs/example/source.toml", "line 2: a merge"]),
        ("a.openapi.json", own("<html><title>Login</title>"), &[IN_DOCUMENT, "web page titled \"Login\""]),
        ("a.openapi.json", own("{\"swagger\": \"2.0\"}"), &["specs/example/a.openapi.json#/swagger", "convert it"]),
        ("a.openapi.json", own("openapi: 3.1.0"), &[IN_DOCUMENT, ".yaml"]),
        ("a.openapi.json", None, &["fixups/01-x.json", "does not say which document"]),
        (
            "a.openapi.json",
            edit(DOCUMENT, "schemas/Request\" }", "schemas/Gone\" }"),
            &[IN_DOCUMENT, "schema/$ref", "refers to nothing"],
        ),
        (
            "a.openapi.json",
            edit(DOCUMENT, "\"maxLength\": 2000", "\"maxLength\": \"2000\""),
            &[IN_DOCUMENT, "#/components/schemas/Request/properties/prompt/maxLength", "a whole number", "fixup"],
        ),
        (
            "a.openapi.json",
            edit(DOCUMENT, "/videos\":", "/clips\":"),
            &["specs/example/source.toml", "there is no POST /videos", "it has POST /clips"],
        ),
        (
            "a.openapi.json",
            edit(DOCUMENT, "https://api.example.com", "https://example.org"),
            &["specs/example/a.openapi.json#/servers", "base_url"],
        ),
        (
            "a.openapi.json",
            edit(DOCUMENT, "\"maxLength\"", "\"minLength\": 2, \"maxLength\""),
            &[
                "specs/example/fixups/01-x.json#/components/schemas/Request/properties/prompt/minLength",
                "in a.openapi.json",
                "expected nothing, found 2",
                "delete the fixup",
            ],
        ),
        ("b.openapi.json", own(DOCUMENT), &["fixups/01-x.json", "there are 2: a.openapi.json, b.openapi.json"]),
        ("b.openapi.json", own("[]"), &["specs/example/b.openapi.json", "no OpenAPI document"]),
        ("notes.md", own(""), &["specs/example/notes.md", "no meaning here", "rename or remove"]),
        (".openapi.json", own(""), &["specs/example/.openapi.json", "no meaning here"]),
        ("fixups/1-x.json", own(FIXUP), &["specs/example/fixups/1-x.json", "no meaning here"]),
        ("fixups/02-y.json", own("{\"whys\": 1}"), &["specs/example/fixups/02-y.json", "unknown field `whys`"]),
        (
            "fixups/02-y.json",
            own(r#"{"why": "w", "guards": [{"at": "/seed", "absent": true}], "patch": [
                {"op": "add", "path": "/components/schemas/Request/properties/seed", "value": {"type": 42}}]}"#),
            &[
                "specs/example/a.openapi.json#/components/schemas/Request/properties/seed/type",
                "; correct fixups/02-y.json, which wrote this",
            ],
        ),
        ("fixups/02-y.json", own("why: yaml"), &["specs/example/fixups/02-y.json", "line 1"]),
        ("x.schema.json", own("{\"a\": }"), &["specs/example/x.schema.json", "line 1"]),
        ("source.toml", None, &["specs/example/source.toml", "missing"]),
        ("source.toml", own("="), &["specs/example/source.toml", "line 1"]),
        (
            "source.toml",
            edit(SOURCE, "title", "tittle"),
            &["specs/example/source.toml", "line 3", "unknown field `tittle`"],
        ),
        (
            "source.toml",
            edit(SOURCE, "\"authored\"", "\"invented\""),
            &["specs/example/source.toml", "line 2", "invented"],
        ),
        (
            "source.toml",
            edit(SOURCE, "example.com\"\nurl", "example.com/\"\nurl"),
            &["specs/example/source.toml", "slash"],
        ),
        ("source.toml", edit(SOURCE, "https://api.example.com\"", "api.example.com\""), &["`base_url` is no URL"]),
        ("source.toml", edit(SOURCE, "0.1.0", "0.1"), &["`version` is no version: `0.1`"]),
        ("source.toml", edit(SOURCE, "\"Authorization\"", "\"A b\""), &["[auth]"]),
        ("source.toml", edit(SOURCE, "\"Bearer \"", "\"Bearer\\n\""), &["[auth]"]),
        ("source.toml", edit(SOURCE, "\"Example\"", "\" \""), &["`title` is empty"]),
        ("source.toml", edit(SOURCE, "date = \"2026", "date = \"26"), &["`date` is no date", "YYYY-MM-DD"]),
        (
            "source.toml",
            edit(SOURCE, "[[claims]]", "[[inferred]]\nat = [\"#/x\"]\nwhy = \" \"\n\n[[claims]]"),
            &["the inference of `#/x` has no reason"],
        ),
        (
            "source.toml",
            edit(
                SOURCE,
                "[[claims]]",
                "[documents.\"a.openapi.json\"]\nurl = \"u\"\nformat = \"xml\"\nfetched = false\n\n[[claims]]",
            ),
            &["unknown variant `xml`", "`json` or `yaml`"],
        ),
        (
            "source.toml",
            edit(SOURCE, "at = \"/components", "at = \"components"),
            &["specs/example/source.toml", "not a JSON pointer"],
        ),
        (
            "source.toml",
            edit(
                SOURCE,
                "[[claims]]",
                "[documents.\"c.openapi.json\"]\nurl = \"u\"\nformat = \"json\"\nfetched = false\n\n[[claims]]",
            ),
            &["specs/example/source.toml", "there is no `c.openapi.json`"],
        ),
    ];
    for (name, content, parts) in cases {
        let mut files = good();
        match content {
            Some(text) => files.insert(name.to_owned(), text.into_bytes()),
            None => files.remove(name),
        };
        let Err(problem) = build_files("example", &files) else { panic!("{name} was taken: {parts:?}") };
        let text = problem.to_string();
        assert!(text.starts_with("example: specs/example"), "{text}");
        assert!(text.contains("; "), "it does not say what to do: {text}");
        for part in parts {
            assert!(text.contains(part), "{part} is not in: {text}");
        }
    }
}

#[test]
fn claims_and_inferences_that_point_at_nothing_are_listed_and_keep_no_contract_from_being_built() {
    const LIMIT: &str = "#/components/schemas/Request/properties/prompt/maxLength";
    let cases = [
        ("a.openapi.json", DOCUMENT, "\"maxLength\": 2000, ", "", LIMIT),
        ("source.toml", SOURCE, "a.openapi.json#/", "b.openapi.json#/", "b.openapi.json#/paths/~1videos/post"),
        ("source.toml", SOURCE, "a.openapi.json#/paths/~1videos/post", "/x", "/x"),
    ];
    let good = build_files("example", &good()).unwrap();
    assert!(Spec::from(&good).dangling().is_empty());
    for (name, text, from, to, at) in cases {
        assert!(text.contains(from), "{from}");
        let mut files = self::good();
        files.insert(name.to_owned(), text.replace(from, to).into_bytes());
        let contract = build_files("example", &files).unwrap();
        let entry = if at == LIMIT { "[[claims]]" } else { "[[inferred]]" };
        let line = SOURCE.lines().position(|line| line == entry).unwrap() + 1;
        assert_eq!(Spec::from(&contract).dangling(), [(line, at)]);
    }
}

#[test]
fn refuses_folders_that_cannot_name_a_crate() {
    for slug in ["", "Fal", "a b", "..", "1a"] {
        assert!(build_files(slug, &good()).unwrap_err().to_string().contains("cannot name a vendor"), "{slug}");
    }
    assert!(vendors(&testing::folder("gone")).unwrap_err().to_string().starts_with("specs: "));
}

#[test]
fn the_vendors_of_this_repository_have_contracts() {
    let specs = testing::folder("../../../specs");
    for slug in vendors(&specs).unwrap() {
        let contract = build(&specs.join(&slug)).unwrap_or_else(|e| panic!("{e}"));
        assert!(contract.left_out.is_empty(), "{slug}: {:?}", contract.left_out);
    }
}

/// A document that uses much of what OpenAPI has, as JSON text and as a value.
fn rich() -> serde_json::Value {
    let case = testing::inputs("canonical").into_iter().find(|(case, _)| case == "a-whole-document").unwrap().1;
    let mut document = case["document"].clone();
    let surface = testing::inputs("surface").into_iter().find(|(case, _)| case == "schemas").unwrap().1;
    for (name, schema) in surface["components"]["schemas"].as_object().unwrap() {
        document["components"]["schemas"][name] = schema.clone();
    }
    document["components"]["schemas"]["Request"]["properties"]["all"] =
        serde_json::json!({"$ref": "#/components/schemas/All"});
    document
}

fn files(document: &serde_json::Value) -> Files {
    let source = toml::to_string(&testing::source(None)).unwrap();
    [("source.toml", source), ("a.openapi.json", document.to_string())]
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .into()
}

#[test]
fn a_mutilated_document_is_a_contract_or_a_problem_and_never_a_panic() {
    let document = rich();
    build_files("example", &files(&document)).unwrap();
    let instead = [
        serde_json::json!(null),
        serde_json::json!(-1.5),
        serde_json::json!("x"),
        serde_json::json!([{}]),
        serde_json::json!({"a": {}}),
        serde_json::json!({"$ref": "#/components/schemas/Tree"}),
    ];
    let (mut contracts, mut problems, mut nodes) = (0, 0, 0);
    pointer::walk(&document, &mut |at, _| {
        nodes += 1;
        let mut mutilated = document.clone();
        *mutilated.pointer_mut(at).unwrap() = instead[nodes % instead.len()].clone();
        match build_files("example", &files(&mutilated)) {
            Ok(contract) => {
                contracts += 1;
                crate::surface::surface(&contract.document);
            }
            Err(problem) => {
                problems += 1;
                assert!(problem.to_string().starts_with("example: specs/example"), "{at}: {problem}");
            }
        }
    });
    assert!(contracts > 50 && problems > 50, "{contracts} contracts, {problems} problems");
}

#[test]
fn mutilated_bytes_are_a_contract_or_a_problem_and_never_a_panic() {
    let yaml = std::fs::read(testing::folder("vendor/yaml-schemas-and-fixups/videos.openapi.yaml")).unwrap();
    for (name, text) in [("a.openapi.json", DOCUMENT.as_bytes().to_vec()), ("a.openapi.yaml", yaml)] {
        for index in 0..text.len() {
            for byte in [b'"', b'{', b'\n', b'&', 0xFF] {
                let mut mutilated = text.clone();
                mutilated[index] = byte;
                let _ = load::load(&mutilated, load::format_of(name));
            }
            if index % 16 == 0 {
                let mut files = good();
                files.remove("a.openapi.json");
                files.insert(name.to_owned(), text[..index].to_vec());
                let _ = build_files("example", &files);
            }
        }
    }
}

#[test]
fn a_rule_whose_fact_is_gone_is_the_drifts_to_tell() {
    let mut files = good();
    let source =
        SOURCE.replace("at = \"/components/schemas/Request/properties/prompt/", "at = \"/components/schemas/Gone/");
    files.insert("source.toml".to_owned(), source.into_bytes());
    let contract = build_files("example", &files).unwrap();
    let drift = VendorDrift::between("example", &contract.document, &contract.document);
    let broken = drift.relying(&[&contract.source], None, &contract.document).broken;
    assert_eq!(broken.len(), 1);
    assert_eq!((broken[0].rule.as_str(), &broken[0].found), ("PROMPT_MAX_CHARS", &None));
}
