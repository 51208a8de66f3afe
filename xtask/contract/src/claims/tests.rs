//! Claims against pages of our own.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod vendors;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::*;
use crate::source::Source;

/// A vendor that is not in `specs/`.
struct Owned {
    slug: String,
    source: Source,
    documents: BTreeMap<String, Value>,
    main: Vec<String>,
}

impl Owned {
    fn spec(&self) -> Spec<'_> {
        Spec { slug: &self.slug, source: &self.source, documents: &self.documents, main: &self.main }
    }
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/claims")
}

/// The invented vendor of `cases/claims`, with a JSON Patch applied to its `source` and `spec`.
fn invented(change: Option<&Path>) -> Owned {
    let read = |name: &str| fs::read_to_string(cases().join(name)).unwrap();
    let source: toml::Value = toml::from_str(&read("source.toml")).unwrap();
    let mut both =
        json!({ "source": source, "spec": serde_json::from_str::<Value>(&read("video.openapi.json")).unwrap() });
    if let Some(change) = change.filter(|path| path.exists()) {
        let patch: json_patch::Patch = serde_json::from_slice(&fs::read(change).unwrap()).unwrap();
        json_patch::patch(&mut both, &patch).unwrap();
    }
    let mut source = Source::parse(&toml::to_string(&both["source"]).unwrap()).unwrap();
    // A text that was made just now has lines that nobody has seen.
    source.claims.iter_mut().for_each(|claim| claim.line = 0);
    source.inferred.iter_mut().for_each(|inferred| inferred.line = 0);
    source.asides.iter_mut().for_each(|aside| aside.line = 0);
    let documents = BTreeMap::from([("video.openapi.json".to_owned(), both["spec"].take())]);
    Owned { slug: "invented".to_owned(), source, documents, main: vec!["video.openapi.json".to_owned()] }
}

fn rendered(findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut out, finding| {
        let mark = if finding.is_broken() { "broken" } else { "differs" };
        let _ = writeln!(out, "{mark}: {finding}");
        out
    })
}

#[test]
fn each_case_has_the_findings_that_were_written_for_it() {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(cases()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    let mut failed = String::new();
    for folder in folders {
        let vendor = invented(Some(&folder.join("change.json")));
        let page = ["page.txt", "page.html"].map(|name| folder.join(name)).into_iter().find(|path| path.exists());
        let page = fs::read(page.unwrap_or_else(|| cases().join("page.txt"))).unwrap();
        let found = rendered(&check(vendor.spec(), &Page::from_bytes(&page)));
        let expected = fs::read_to_string(folder.join("findings.txt")).unwrap_or_default();
        if found != expected {
            let _ = writeln!(failed, "== {}\n-- expected\n{expected}-- found\n{found}", folder.display());
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

/// Sentences that may be facts of an API.
const FACTS: &[&str] = &[
    "We are retiring this model in January.",
    "This model is sunsetting soon.",
    "Deprecation notice: use the next one instead.",
    "The API is under maintenance.",
    "Requests are limited to 10 per minute.",
    "You can send up to 60 requests every minute.",
    "Each account may run one task at a time.",
    "Calls are retried up to 10 times.",
    "The key may come in an Authorization header instead.",
    "Images of up to ten megabytes are taken.",
    "Addresses of videos expire one day after completion.",
    "Tasks time out after 10 minutes.",
    "Each video costs half as many points on weekends.",
    "A failed task is refunded.",
    "This resolution requires a paid plan.",
    "The image must be publicly reachable.",
    "Only one of the two is needed.",
    "Where the picture is omitted, a video is made from text alone.",
    "Base64 is not supported.",
    "Data URLs are supported too.",
    "Pass `lastFrame` to choose the end.",
    "Instead of the seconds there may be sec integer.",
    "Results are final as of March 1.",
    "payload = {\"text\": \"x\", \"last_frame\": \"https://a.example/b.jpg\"}",
    "Pass last_frame(string) to choose the end.",
    "requests.get(\"https://api.invented.example/v2/other\")",
    "DELETE /videos/abc123",
    "Maximum 20 requests/min per key.",
    "QPS limit: 2 for free users.",
    "Required. Where the picture comes from.",
    "curl --header 'Accept-Language: de' https://api.invented.example/v2/videos",
    "sec (integer): what it lasts.",
    "Set `seed` for a repeatable result.",
    "v2 from 2027-01-15",
    "Prices change on 2027-01-15.",
    "New pricing applies from 15 January 2027.",
    "We will switch to another host next month.",
    "Upcoming: version 8 of this API",
    "At most two requests run in parallel.",
    "The API answers 202 while the video is made.",
    "Maximum five queued requests per key.",
    "The endpoint is rate-limited.",
    "Text above fifteen hundred words is cut off.",
    "Sequences of movements (max 4) act in turn.",
    "Minimum image size is 512 x 512.",
    "Both modes accept 3 pictures.",
    "Videos have 24 frames per second.",
    "Requires an Enterprise plan.",
    "Not available in the EU.",
    "It has been replaced by another one.",
    "Use the header `Authorization: Key` from now on.",
    "提示词最多1500个字符。",
    "该接口将于明年下线。",
    "每次生成消耗30积分。",
    "图片不超过20MB。",
    "必须提供图片。",
    "每分钟最多10次。",
    "价格：每次30",
    "Failed tasks are charged in full.",
    "A task can be cancelled only while it is queued.",
    "Unless a size is given, it is small.",
    "Set to true for more control.",
    "The API is synchronous.",
    "Bodies are signed with HMAC.",
    "Webhooks are called twice.",
];

/// What stands around a page, or says what it says.
const SURROUNDINGS: &[&str] = &[
    "Last updated on November 20, 2026",
    "Published on Oct 2, 2026 by the team",
    "© 2026 Example. All rights reserved. Privacy Policy Terms of Service",
    "We use cookies to improve your experience. Accept all",
    "Was this page helpful? Yes No",
    "Trusted by more than 10,000 developers in 40 countries, 24 hours a day",
    "Version of 2026-11-01, in `json`, with `curl` or `python`, `text` and `seconds` given",
    // Examples in more languages say what the page says.
    "$ch = curl_init('https://api.invented.example/v2/videos'); curl_setopt($ch, CURLOPT_POST, true);",
    "const apiKey = process.env.API_KEY; headers: { Authorization: `Bearer ${apiKey}` }",
    "http.use_ssl = true\nputs http.request(request).read_body",
    "body := bytes.NewBuffer(jsonData)",
    "curl -H 'Authorization: Bearer KEY' -H 'accept: application/json'; \"authorization\": \"Bearer KEY\"",
    "Log inSign up AcceptReject allManage preferences",
    "Accept allReject allCookie settings, YesNoSuggest editsRaise issue, /pricing?utm_source=nav",
    "POST /v2/videos, then GET /videos/abc123",
    "api: \"POST /v2/videos\"",
    "curl -H 'Authorization: YOUR_TOKEN'",
    "Read our blog post from November 3, 2026.",
    "Posted by Jane Doe on December 4, 2026",
    "Loved by over 50,000 creators, in more than 30 languages",
    "print(response.status_code)",
    "首页 文档 价格表 登录 隐私政策",
    "Last modified: 2027-03-03 · 4 min read of 2027",
    "Previous: Authentication Next: Webhooks",
    "The API is asynchronous.",
    "api_key := \"YOUR_API_KEY\"; fetch(\"https://api.invented.example/v2/videos/abc123\", with(api_key))",
];

#[test]
fn a_sentence_that_may_be_a_fact_is_told_and_what_surrounds_a_page_is_not() {
    let vendor = invented(None);
    let page = fs::read_to_string(cases().join("page.txt")).unwrap();
    for (sentences, is_fact) in [(FACTS, true), (SURROUNDINGS, false)] {
        for sentence in sentences {
            let found = check(vendor.spec(), &Page::from_text(&format!("{page}\n{sentence}\n")));
            let is_told = found.iter().any(|finding| matches!(finding.kind(), FindingKind::PassedOver { .. }));
            assert_eq!(is_told, is_fact, "{sentence}: {}", rendered(&found));
        }
    }
}

#[test]
fn of_a_page_with_thousands_of_statements_some_are_told() {
    let vendor = invented(None);
    let page = fs::read_to_string(cases().join("page.txt")).unwrap();
    let many =
        (0..9_000).fold(page, |page, n| format!("{page}\n$1.{n} `w{n}` other_{n} a{n}B{n} https://a.example/v2/{n}"));
    let found = check(vendor.spec(), &Page::from_text(&many));
    let more = found.iter().filter(|finding| matches!(finding.kind(), FindingKind::More(_))).count();
    assert!((3..6).contains(&more) && found.len() < 130, "{more} of {}", found.len());
}

#[test]
fn names_of_other_models_and_other_addresses_of_a_description_are_told() {
    let told = |vendor: &Owned, page: &str| {
        rendered(&suspicion::passed_over(vendor.spec(), &Page::from_text(page), Vec::new()))
    };
    let mut vendor = invented(None);
    vendor.source.asides.clear();
    let document = vendor.documents.get_mut("video.openapi.json").unwrap();
    document["components"]["schemas"]["Request"]["properties"]["model"] = json!({ "const": "clips-2.3-video" });
    let models = [
        ("The model is clips-2.3-video.", false),
        ("The model is clips-2.3.", false),
        ("The model is Clips 2.3.", false),
        ("There is clips-2.3-fast-video too.", true),
        ("https://a.example/clips-2.3-fast.jpg", false),
    ];
    document["info"]["title"] = json!("Invented Clips 2.3 to video");
    let versions = [("Clips 2.4 is here.", true), ("Clips 2.3 follows Clips 2.2.", false), ("Other 1.0", false)];
    for (page, is_told) in models.into_iter().chain(versions) {
        assert_eq!(told(&vendor, page).contains("a model"), is_told, "{page}: {}", told(&vendor, page));
    }
    let published = r#"[documents."video.openapi.json"]
        url = "https://a.example/openapi.json?id=a/b"
        format = "json"
        fetched = false"#;
    let source = fs::read_to_string(cases().join("source.toml")).unwrap().replace("authored", "published");
    let vendor = Owned { source: Source::parse(&format!("{source}\n{published}")).unwrap(), ..invented(None) };
    let links = [
        ("[OpenAPI](https://a.example/openapi.json?id=a%2Fb)", false),
        ("[OpenAPI](https://a.example/openapi)", false),
        ("[OpenAPI](https://a.example/v2/openapi.json?id=a/b)", true),
        ("<a href=\"https://b.example/openapi.json?id=a&amp;b=c\">OpenAPI</a>", true),
    ];
    for (page, is_told) in links {
        let told = told(&vendor, page);
        assert_eq!(told.contains("run `cargo xtask fetch invented`"), is_told, "{page}: {told}");
    }
}

#[test]
fn the_facts_of_a_document_are_those_of_its_requests() {
    let vendor = invented(None);
    let listed: Vec<String> =
        facts(&vendor.documents, &vendor.main).iter().map(|fact| format!("{} {fact}", fact.at)).collect();
    let expected = fs::read_to_string(cases().join("facts.txt")).unwrap();
    assert_eq!(format!("{}\n", listed.join("\n")), expected);
}

/// The facts of one OpenAPI document.
fn facts_of(document: &Value) -> Vec<Fact> {
    facts(&BTreeMap::from([("a".to_owned(), document.clone())]), &["a".to_owned()])
}

#[test]
fn schemas_in_files_of_their_own_are_followed() {
    let document = json!({ "paths": { "/a": { "post": { "requestBody": { "content": { "application/json": {
        "schema": { "$ref": "./b.schema.json#/$defs/Request" } } } } } } } });
    let schema = json!({ "$defs": {
        "Request": { "properties": { "text": { "$ref": "#/$defs/Text" } } },
        "Text": { "maxLength": 9 }
    } });
    let documents = BTreeMap::from([("a.openapi.json".to_owned(), document), ("b.schema.json".to_owned(), schema)]);
    let facts = facts(&documents, &["a.openapi.json".to_owned()]);
    let places: Vec<&str> = facts.iter().map(|fact| fact.at.as_str()).filter(|at| at.starts_with('b')).collect();
    assert_eq!(places, ["b.schema.json#/$defs/Request/properties/text", "b.schema.json#/$defs/Text/maxLength"]);
}

#[test]
fn cyclic_and_deeply_nested_schemas_are_listed() {
    let mut nested = json!({ "type": "string", "maxLength": 3 });
    for _ in 0..100 {
        nested = json!({ "items": nested });
    }
    let document = json!({
        "paths": { "/a": { "post": { "requestBody": { "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/A" } } } } } } },
        "components": { "schemas": {
            "A": { "properties": { "again": { "$ref": "#/components/schemas/A" }, "deep": nested } },
            "Loop": { "$ref": "#/components/schemas/Loop" },
            "Unreached": { "maxLength": 4 }
        } }
    });
    let facts = facts_of(&document);
    assert!(facts.iter().any(|f| f.at.ends_with("/maxLength") && f.value == 3));
    assert!(facts.iter().any(|f| f.at == "a#/components/schemas/A/properties/again"));
    assert!(!facts.iter().any(|f| f.at.contains("Unreached")));
}

#[test]
fn malformed_documents_have_few_facts_and_no_panic() {
    for document in [
        json!(null),
        json!([]),
        json!({"paths": []}),
        json!({"paths": {"/a": 3, "/b": {"get": []}}}),
        json!({
            "servers": {}, "components": { "securitySchemes": { "k": { "$ref": "#/components/securitySchemes/k" } } },
            "paths": { "/a": { "get": { "parameters": [1, {"name": 2}, {"$ref": "#/nothing"}], "requestBody": { "content": [] } } } }
        }),
    ] {
        assert!(facts_of(&document).len() < 8);
    }
}

#[test]
fn a_page_agrees_with_a_spec_in_these_ways_and_no_others() {
    let table = [
        ("#/a/maxLength", json!(2000), "2000", true),
        ("#/a/maxLength", json!(2000), "2,000", true),
        ("#/a/maxLength", json!(2000), "20,00", false),
        ("#/a/maxLength", json!(2000), "1500", false),
        ("#/a/maxLength", json!(2000), "", false),
        ("#/a/maximum", json!(1.5), "1.50", true),
        ("#/a/default", json!(true), "True", true),
        ("#/a/default", json!(true), "yes", false),
        ("#/a/default", json!("6"), "6", true),
        ("#/a/default", json!("6"), "6s", false),
        ("#/a/default", json!(6), "6s", false),
        ("#/a/enum", json!([6, 10]), "6 or 10", true),
        ("#/a/enum", json!(["6", "10"]), "10, 6", true),
        ("#/a/enum", json!([6, 10]), "6 / 10", true),
        ("#/a/enum", json!([6, 10]), "6, 10, 15", false),
        ("#/a/enum", json!([6, 10]), "6", false),
        ("#/a/enum", json!(["768P", "1080P"]), "`768P`, and `1080P`", true),
        ("#/a/enum/1", json!("completed"), "completed", true),
        ("#/a/type", json!("integer"), "int", true),
        ("#/a/type", json!("integer"), "6", true),
        ("#/a/type", json!("integer"), "6.5", false),
        ("#/a/type", json!("integer"), "\"6\"", false),
        ("#/a/type", json!("string"), "\"6\"", true),
        ("#/a/type", json!("number"), "6", true),
        ("#/a/type", json!("boolean"), "false", true),
        ("#/a/type", json!(["integer", "string"]), "string", true),
        ("#/a/type", json!(["integer", "string"]), "boolean", false),
        ("#/a/format", json!("uri"), "URLs", true),
        ("#/a/format", json!("uri"), "https://example.com/a.jpg", true),
        ("#/a/format", json!("uri"), "file", false),
        ("#/a/format", json!("date"), "date", true),
        ("#/a/contentMediaType", json!("image/*"), "image/jpeg", true),
        ("#/a/contentMediaType", json!("image/*"), "images", true),
        ("#/a/contentMediaType", json!("image/*"), "video", false),
        ("#/a/required", json!(["prompt", "image"]), "image", true),
        ("#/a/required", json!(["prompt", "image"]), "duration", false),
        ("#/a/properties/type", json!({"type": "string"}), "type", true),
        ("#/a/properties/prompt", json!({"type": "string"}), "text", false),
        ("#/paths/~1a~1{id}", json!({}), "/a/{id}", true),
        ("#/paths/~1a~1{id}", json!({}), "a/{id}", true),
        ("#/paths/~1a~1{id}", json!({}), "/b/{id}", false),
        ("#/paths/~1a~1{id}", json!({}), "/a/{task}", false),
        ("#/paths/~1a~1{id}", json!({}), "/a/n51_x...", true),
        ("#/paths/~1a~1{id}", json!({}), "/a/", false),
        ("#/paths/~1a~1{id}", json!({}), "/a/1/b", false),
        ("#/paths/~1a/get", json!({}), "GET", true),
        ("#/paths/~1a/get", json!({}), "curl", true),
        ("#/paths/~1a/post", json!({}), "curl", false),
        ("#/paths/~1a/get/parameters/0", json!({"name": "id"}), "id", true),
        ("#/paths/~1a/get/parameters/0", json!({"name": "id"}), "0", false),
        ("#/components/securitySchemes/key/scheme", json!("bearer"), "Bearer", true),
        ("#/paths/~1a/post/x-availability", json!("active"), "Active", true),
        ("#/components/securitySchemes/key/name", json!("Authorization"), "authorization", false),
    ];
    for (at, value, said, agrees) in table {
        assert_eq!(agreement::agree(at, &value, said).is_ok(), agrees, "{at} {value} `{said}`");
    }
}

#[test]
fn words_found_one_by_one_are_those_of_the_list_or_names_that_the_spec_knows() {
    let names = json!({"text": {}, "size": {}});
    let table: [(Value, &[&str], bool); 9] = [
        (json!([6, 10]), &["10", "6"], true),
        (json!([6, 10]), &["6"], false),
        (json!([6, 10]), &["6", "10", "15"], false),
        (json!(["text", "size"]), &["text"], false),
        (json!(["text", "key"]), &["text"], true),
        (json!(["text"]), &["text", "size"], false),
        (names.clone(), &["size"], true),
        (names.clone(), &["size", "seed"], false),
        (names, &[], false),
    ];
    for (value, said, agrees) in table {
        assert_eq!(agreement::agree_each(&value, said, &[&json!("key")]).is_ok(), agrees, "{value} {said:?}");
    }
}

#[test]
fn a_statement_ends_where_another_begins_or_the_page_does() {
    let mut source = invented(None).source;
    source.ends = vec!["size".to_owned(), r"\w+ \(int\)".to_owned()];
    let claim = Claim { page: r"default (\d+)<end>".to_owned(), ..source.claims[0].clone() };
    let mut patterns = BTreeMap::new();
    pattern::add(&mut patterns, &source, &claim, true).unwrap();
    let pattern = patterns.into_values().next().unwrap();
    for page in ["default 6", "default 6 size small", "default 6 seconds (int)"] {
        let read = pattern.places(page).read(&pattern);
        assert!(read.iter().all(|place| &page[place.clone()] == "default 6") && read.len() == 1, "{page}");
    }
    assert!(pattern.places("default 6 or 10 size small").found.is_empty());
}

#[test]
fn headings_may_be_in_any_case_punctuation_may_differ_and_code_may_not() {
    let table = [
        (r"Request Body (\w+) string", "REQUEST BODY prompt string", Some("prompt")),
        (r"Request Body (\w+) string", "REQUEST BODY prompt string request body image string", None),
        (r"(\d+) credits at 768P", "30 CREDITS at 768P", Some("30")),
        (r"(\d+) credits at 768P", "30 credits at 768p", None),
        (r"task_id (\w+) required", "TASK_ID string required", None),
        (r"hailuo-2\.3 (\w+)", "Hailuo-2.3 active", Some("active")),
        (r"status is (\w+)", "Status is COMPLETED", Some("COMPLETED")),
        (r"status is (\w+)", "state is completed", None),
        (r"text \((?:string, )?(\w+)\): [A-Z]\w{3,} long\.", "text | string", None),
        (r"text \((?:string, )?(\w+)\): [A-Z]\w{3,} long\.", "text string required Very long", Some("required")),
        (r"(\w+) string The", "text (string): The", Some("text")),
        (r"6 or (\d+) seconds Defaults", "6 or 10 seconds. Defaults", Some("10")),
        (r"(\d+)-\d+ credits", "6 10 credits", None),
        (r"done, or (\w+)\.", "done or failed or cancelled.", None),
        (r"done, or (\w+)\.", "done or failed Then", Some("failed")),
        (r"sizes (\w(?:<or>\w)*)\.", "sizes a, b / c, and d or e.", Some("a, b / c, and d or e")),
        (r#"log\["(\w+)"\]"#, "log['message']", Some("message")),
    ];
    let source = invented(None).source;
    for (pattern, text, said) in table {
        let places = Pattern::new(pattern, &source).unwrap();
        let places = places.places(text);
        assert_eq!(places.found.first().map(|c| &c[1]), said, "{pattern} {text}");
    }
}
