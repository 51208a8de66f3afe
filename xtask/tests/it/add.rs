//! `add` on a repository of its own: what it makes of documents, and what it leaves of those that it refuses.

use std::fs;
use std::net::TcpListener;

use contract::source::{Place, Source};
use serde_json::{Value, json};
use xtask::commands::{BROKEN, DONE, add, regen};

use crate::cases;
use crate::sandbox::{Sandbox, said, serve};

fn run(sandbox: &Sandbox, slug: &str, spec: &str) -> (u8, String) {
    said(|out| add::run(sandbox.root(), slug, spec, out))
}

fn source(sandbox: &Sandbox, slug: &str) -> Source {
    Source::parse(&sandbox.read(&format!("specs/{slug}/source.toml"))).unwrap()
}

/// The document of a trap.
fn trap(name: &str) -> String {
    let folder = cases::folder().join("traps").join(name);
    let path = cases::list(&folder).into_iter().find(|path| cases::name(path).starts_with("openapi.")).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_queues_document_becomes_a_folder_and_a_crate() {
    let sandbox = Sandbox::new();
    let (code, text) = run(&sandbox, "acme", &trap("queue"));
    assert_eq!(code, DONE, "{text}");
    for line in [
        "made specs/acme/acme.openapi.json",
        "made specs/acme/source.toml",
        "made crates/hailuo-acme (8 files)",
        "operations, at https://queue.example.com:",
        "  status    GET /acme/video/pro/requests/{request_id}/status",
        "  pro       POST /acme/video/pro",
        "the header `Authorization` holds the key after \"Key\"",
        "cargo check -p hailuo-acme",
    ] {
        assert!(text.contains(line), "`{line}` is not in:\n{text}");
    }
    let document = fs::read(trap("queue")).unwrap();
    assert_eq!(fs::read(sandbox.path("specs/acme/acme.openapi.json")).unwrap(), document);
    let source = source(&sandbox, "acme");
    assert_eq!((source.auth.place, source.auth.prefix.as_str()), (Place::Header, "Key "));
    assert_eq!(source.operations.len(), 4);
    assert!(source.documents["acme.openapi.json"].fetched);
    // What was made is what `regen` makes.
    let (code, text) = said(|out| regen::run(sandbox.root(), &[], true, out));
    assert_eq!((code, text.as_str()), (DONE, "acme  fresh\n"));
}

#[test]
fn names_and_words_of_any_length_are_told() {
    let sandbox = Sandbox::new();
    let long = "x".repeat(100_000);
    let words: Vec<String> = (0..20).flat_map(|i| [format!("w{i}"), format!("W{i}")]).chain([long.clone()]).collect();
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "Acme", "version": "1" }, "servers": [{ "url": "https://api.acme.example" }],
        "paths": { "/a": { "get": {
            "operationId": long, "responses": { "204": { "description": "" } },
            "parameters": [{ "name": "q", "in": "query", "schema": { "type": "string", "enum": words } }],
        } } },
    });
    sandbox.write("acme.json", document.to_string().as_bytes());
    let (code, text) = run(&sandbox, "acme", sandbox.path("acme.json").to_str().unwrap());
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains(&format!("  {long}  GET /a\n")), "{text}");
    assert!(text.contains(": W0, W1, W10, W11, W12, W13, W14, W15, W16, W17, W18, W19, and 29 more\n"), "{text}");
}

#[test]
fn without_roles_the_readme_shows_the_call_that_is_the_easiest_to_show() {
    let sandbox = Sandbox::new();
    let document = br#"
openapi: 3.0.3
info: { title: Acme, version: "1" }
servers: [{ url: "https://api.acme.example" }]
paths:
  /models: { get: { operationId: models, responses: { "204": { description: "" } } } }
  /old: { post: { operationId: old, deprecated: true, requestBody: { content: { application/json: { schema: { type: object, required: [prompt], properties: { prompt: { type: string } } } } } }, responses: { "204": { description: "" } } } }
  /deep: { post: { operationId: deep, requestBody: { content: { application/json: { schema: { type: object, required: [prompt, of], properties: { prompt: { type: string }, of: { type: array, items: { type: array, items: { type: string } } } } } } } }, responses: { "204": { description: "" } } } }
  /clips/{clip_id}: { put: { operationId: change, parameters: [{ name: clip_id, in: path, required: true, schema: { type: string } }], requestBody: { content: { multipart/form-data: { schema: { type: object, required: [input, file, mode, type], properties: { input: { type: object, required: [prompt, images, of], properties: { prompt: { type: string }, images: { type: array, items: { type: string } }, of: { type: array, items: { type: object, required: [n], properties: { n: { type: integer } } } } } }, file: { type: string, format: binary }, mode: { type: string, enum: [a, b] }, type: { anyOf: [{ type: string }, { type: array, items: { type: string } }] }, size: { type: string, enum: [s] } } } } } }, responses: { "204": { description: "" } } } }
"#;
    sandbox.write("acme.yaml", document);
    let (code, text) = run(&sandbox, "acme", sandbox.path("acme.yaml").to_str().unwrap());
    assert_eq!(code, DONE, "{text}");
    let readme = fs::read_to_string(sandbox.path("crates/hailuo-acme/README.md")).unwrap();
    assert_eq!(
        block(&readme, "rust,no_run", 0),
        "use hailuo_acme::{Client, types};

# async fn example() -> Result<(), Box<dyn std::error::Error>> {
let client = Client::connect(\"your key\")?;

let request = types::ChangeBody::builder()
    .file(std::fs::read(\"picture.png\")?)
    .input(
        types::ChangeBodyInput::builder()
            .images(vec![\"the images\".to_owned()])
            .of(vec![types::ChangeBodyInputOfItem::try_from(types::ChangeBodyInputOfItem::builder().n(1))?])
            .prompt(\"A slow pan over a quiet harbor at dawn.\"),
    )
    .mode(types::ChangeBodyMode::try_from(\"a\")?)
    .type_(\"the type\");
let (recorded, record) = client.recorded();
let answer = record.outcome(recorded.change().clip_id(\"the clip id\").body(request).send().await)?;
println!(\"{}: {} bytes\", answer.status, answer.raw.len());
# Ok(())
# }
"
    );
    assert!(readme.contains("| `old` | `POST /old`, deprecated |"), "{readme}");
}

#[test]
fn the_readme_shows_a_submit_with_all_that_it_demands() {
    let sandbox = Sandbox::new();
    let document = br#"
openapi: 3.1.0
info: { title: Acme API, version: "1" }
servers: [{ url: "https://api.acme.example" }]
paths:
  /clips: { post: { operationId: make, requestBody: { content: { application/json: { schema: { type: object, required: [model, input, of, frame], properties: { frame: { oneOf: [{ type: object, required: [url], properties: { url: { type: string, format: uri, contentMediaType: image/* } } }, { type: object, required: [data], properties: { data: { type: array, items: { type: array } } } }] }, model: { type: string }, input: { type: object, required: [image_url, prompt], properties: { image_url: { type: string, format: uri, contentMediaType: image/* }, prompt: { type: string }, seconds: { enum: [6, 10] } } }, of: { type: array, items: { type: array, items: { type: string } } } } } } } }, responses: { "204": { description: "" } } } }
"#;
    sandbox.write("acme.yaml", document);
    run(&sandbox, "acme", sandbox.path("acme.yaml").to_str().unwrap());
    let source = sandbox.read("specs/acme/source.toml") + "role = \"submit\"\n";
    sandbox.write("specs/acme/source.toml", source);
    let (code, text) = said(|out| regen::run(sandbox.root(), &[], false, out));
    assert_eq!(code, DONE, "{text}");
    let readme = sandbox.read("crates/hailuo-acme/README.md");
    let request = "\
// It demands `of` too.
let request = types::MakeBody::builder()
    .frame(types::MakeBodyFrameUrl::builder().url(\"https://example.com/picture.png\"))
    .input(
        types::MakeBodyInput::builder()
            .image_url(\"https://example.com/picture.png\")
            .prompt(\"A slow pan over a quiet harbor at dawn.\")
            .seconds(types::MakeBodyInputSeconds::try_from(6)?),
    )
    .model(\"the model\");
";
    assert!(readme.contains(request), "{readme}");
    assert!(readme.contains("A typed client of Acme's API"), "{readme}");
}

/// The code of a page between a fence of some kind and the next one, `at` of them passed over.
fn block<'a>(page: &'a str, fence: &str, at: usize) -> &'a str {
    let start = format!("```{fence}\n");
    let after = page.split(&start).nth(at + 1).unwrap_or_else(|| panic!("there are fewer than {at} {fence}"));
    after.split("```").next().unwrap()
}

#[test]
fn the_page_on_adding_a_vendor_shows_what_is_printed() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs");
    let page = fs::read_to_string(format!("{docs}/adding-a-vendor.md")).unwrap();
    let sandbox = Sandbox::new();
    sandbox.add_manifests();
    let is_shown = |(code, text): (u8, String)| {
        assert_eq!(code, DONE, "{text}");
        for line in text.lines() {
            assert!(page.contains(line), "docs/adding-a-vendor.md does not show `{line}` of:\n{text}");
        }
    };
    is_shown(run(&sandbox, "acme", &format!("{docs}/acme.openapi.yaml")));
    let path = "specs/acme/source.toml";
    let made = sandbox.read(path);
    let (head, _) = made.split_once("[operations.").unwrap();
    let pictures = "[operations.pictures]\ncall = \"POST /pictures\"\n";
    sandbox.write(path, format!("{head}{}\n{pictures}", block(&page, "toml", 0)));
    is_shown(said(|out| regen::run(sandbox.root(), &[], false, out)));
    sandbox.write("specs/acme/fixups/01-picture.json", block(&page, "json", 0));
    is_shown(said(|out| regen::run(sandbox.root(), &[], false, out)));
    let rules = sandbox.read(path) + "\n" + block(&page, "toml", 1);
    sandbox.write(path, &rules);
    let (code, text) = said(|out| regen::run(sandbox.root(), &[], false, out));
    assert_eq!((code, text.as_str()), (DONE, "acme  unchanged\n"));
}

#[test]
fn the_page_on_adding_a_vendor_writes_every_method_of_an_adapter() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let page = fs::read_to_string(format!("{root}/docs/adding-a-vendor.md")).unwrap();
    let exchange = fs::read_to_string(format!("{root}/crates/hailuo/src/exchange.rs")).unwrap();
    let adapter = syn::parse_file(&exchange).unwrap().items.into_iter().find_map(|item| match item {
        syn::Item::Trait(item) if item.ident == "Adapter" => Some(item),
        _ => None,
    });
    let mut required = 0;
    for item in adapter.unwrap().items {
        if let syn::TraitItem::Fn(method) = item
            && method.default.is_none()
        {
            let start = format!("    fn {}(", method.sig.ident);
            assert!(page.contains(&start), "the adapter of docs/adding-a-vendor.md lacks `{}`", method.sig.ident);
            required += 1;
        }
    }
    assert!(required > 4, "{required}");
}

#[test]
fn a_key_that_every_body_demands_is_found_and_a_url_is_read() {
    let sandbox = Sandbox::new();
    let document = fs::read(trap("key-in-every-body")).unwrap();
    let base = serve(vec![("/docs/openapi.json", document)]);
    let url = format!("{base}/docs/openapi.json?v=1#top");
    let (code, text) = run(&sandbox, "acme", &url.replace("?v=1#top", ""));
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains("the key goes into the body as `key`"), "{text}");
    let source = source(&sandbox, "acme");
    assert_eq!((source.auth.place, source.auth.name.as_str()), (Place::Body, "key"));
    assert_eq!(source.documents["acme.openapi.json"].url, format!("{base}/docs/openapi.json"));
    assert_eq!(source.base_url, "https://video.example.com/api/v6");
    assert_eq!(source.operations.len(), 4);
}

#[test]
fn a_document_without_host_or_key_gets_placeholders_that_leak_nothing() {
    let sandbox = Sandbox::new();
    let yaml = "openapi: 3.0.3\ninfo: {title: '', version: '1'}\nservers: [{url: /v1}]\npaths: {/tasks: {get: {responses: {'200': {description: ok}}}}}\n";
    let (code, text) = run(&sandbox, "acme", &sandbox.write("acme.yaml", yaml));
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains("the document names no host") && text.contains("https://acme.invalid/v1"), "{text}");
    let toml = sandbox.read("specs/acme/source.toml");
    assert!(toml.contains("# Check this: the key goes into the header `Authorization: Bearer`"), "{toml}");
    assert_eq!(source(&sandbox, "acme").title, "acme");
    assert!(sandbox.path("specs/acme/acme.openapi.yaml").is_file());
}

#[test]
fn what_is_left_out_is_told_with_its_reason() {
    let sandbox = Sandbox::new();
    let (code, text) = run(&sandbox, "acme", &trap("uploads"));
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains("- POST /mixed is left out: its body is multipart/mixed"), "{text}");
    let (code, text) = run(&sandbox, "other", &trap("other-servers"));
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains("upload.example.com") && text.contains("here   GET /here"), "{text}");
}

#[test]
fn a_name_that_cannot_be_one_is_refused() {
    let sandbox = Sandbox::new();
    let queue = trap("queue");
    assert_eq!(run(&sandbox, "acme", &queue).0, DONE);
    for (slug, part) in [
        ("", "lower-case letters and digits"),
        ("Acme", "lower-case letters and digits"),
        ("ac-me", "lower-case letters and digits"),
        ("../acme", "lower-case letters and digits"),
        ("1acme", "lower-case letters and digits"),
        ("runtime", "the name is taken"),
        ("async", "the name is taken"),
        ("self", "the name is taken"),
        ("acme", "cargo xtask regen acme"),
    ] {
        let before = sandbox.files();
        let (code, text) = run(&sandbox, slug, &queue);
        assert_eq!(code, BROKEN, "{slug}");
        assert!(text.contains(part) && text.contains("Nothing was written."), "{slug}: {text}");
        assert_eq!(sandbox.files(), before, "{slug}");
    }
}

#[test]
fn a_document_that_cannot_be_used_leaves_nothing_but_the_reason() {
    let sandbox = Sandbox::new();
    let op = json!({ "responses": { "200": { "description": "" } } });
    let with = |extra: &Value| {
        let mut document =
            json!({ "openapi": "3.0.3", "info": { "title": "t", "version": "1" }, "paths": { "/a": { "get": op } } });
        for (key, value) in extra.as_object().unwrap() {
            document[key] = value.clone();
        }
        document.to_string()
    };
    let cookie = json!({ "components": { "securitySchemes": { "c": { "type": "apiKey", "in": "cookie", "name": "s" } } }, "security": [{ "c": [] }] });
    let upload = json!({ "paths": { "/a": { "post": { "requestBody": { "required": true, "content": { "multipart/mixed": {} } }, "responses": { "200": { "description": "" } } } } } });
    // Nobody listens there any more.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let base = serve(vec![("/login", b"<html><title>Sign in</title></html>".to_vec())]);
    for (spec, parts) in [
        (sandbox.write("a.json", with(&cookie)), &["a.json#/components/securitySchemes", "`c` is a cookie"][..]),
        (sandbox.write("b.json", with(&upload)), &["acme: specs/acme", "#/paths", "multipart/mixed"]),
        (sandbox.write("c.json", with(&json!({ "paths": {} }))), &["acme", "no operation"]),
        (sandbox.write("d.json", with(&json!({ "openapi": "2.0" }))), &["d.json#/openapi", "3.0 to 3.2 are"]),
        (sandbox.write("e.json", "{\"swagger\": \"2.0\"}"), &["e.json#/swagger", "convert it"]),
        (sandbox.write("f.json", "not json"), &["f.json", "line 1"]),
        (sandbox.write("g.json", ""), &["g.json", "the file is empty"]),
        (sandbox.path("none.json").to_str().unwrap().to_owned(), &["none.json cannot be read"]),
        (sandbox.root().to_str().unwrap().to_owned(), &["is not a file"]),
        (format!("{base}/login"), &["web page titled", "sign in"]),
        (format!("{base}/gone"), &["answers HTTP 404"]),
        (format!("http://{silent}/"), &["cannot be reached"]),
    ] {
        let (code, text) = run(&sandbox, "acme", &spec);
        assert_eq!(code, BROKEN, "{spec}: {text}");
        for part in parts.iter().chain(&["Nothing was written."]) {
            assert!(text.to_lowercase().contains(&part.to_lowercase()), "`{part}` is not in: {text}");
        }
        assert!(sandbox.files().is_empty(), "{spec}");
        assert!(!sandbox.path("specs/acme").exists() && !sandbox.path("crates/hailuo-acme").exists(), "{spec}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_leaves_nothing_half_made() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = Sandbox::new();
    let crates = sandbox.path("crates");
    fs::set_permissions(&crates, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(crates.join("probe"), "").is_ok() {
        // Whoever may write everywhere, as root may, cannot see this.
        return;
    }
    let (code, text) = run(&sandbox, "acme", &trap("queue"));
    fs::set_permissions(&crates, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(code, BROKEN);
    assert!(text.contains("writable"), "{text}");
    assert!(sandbox.files().is_empty(), "{:?}", sandbox.files().keys());
}

#[test]
fn what_a_document_has_malformed_is_mended_by_fixups_and_told() {
    let sandbox = Sandbox::new();
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": 1 },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": {
            // Parameters are put in order before there are fixups.
            "/a/{id}": { "get": { "operationId": "a", "parameters": [
                { "name": "q", "in": "query", "schema": { "type": "text" } }, { "name": "h", "in": "header", "schema": {} },
            ], "responses": { "200": { "description": "", "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/A" } } } } } } },
            // No rule mends a header that stands twice.
            "/b": { "get": { "operationId": "b", "responses": { "200": { "description": "", "headers": {
                "X-A": { "schema": { "type": "string" } }, "x-a": { "schema": { "type": "integer" } },
            } } } } },
        },
        "components": { "schemas": {
            "A": { "type": "object", "properties": { "n": { "type": "int", "required": true }, "x": { "$ref": "#/definitions/Gone" } } },
        } },
    });
    let spec = sandbox.write("a.json", document.to_string());
    let (code, text) = run(&sandbox, "acme", &spec);
    assert_eq!(code, DONE, "{text}");
    for line in [
        "malformed, and mended by specs/acme/fixups:",
        "JSON Schema has no such type (/components/schemas/A/properties/n/type)",
        "A reference leads to nothing",
        "Every `{name}` of a path is a parameter of its operations",
        "/paths/~1b/get: left out: a header of this name stands here twice",
        "  a  GET /a/{id}",
    ] {
        assert!(text.contains(line), "`{line}` is not in:\n{text}");
    }
    let raw = fs::read(sandbox.path("specs/acme/acme.openapi.json")).unwrap();
    assert_eq!(raw, document.to_string().as_bytes(), "the document itself stays as it came");
    let (code, text) = said(|out| regen::run(sandbox.root(), &[], true, out));
    assert_eq!((code, text.as_str()), (DONE, "acme  fresh\n"));
    // When the vendor mends one of the places, the fixup says so.
    let mended = document.to_string().replace("\"int\"", "\"integer\"");
    sandbox.write("specs/acme/acme.openapi.json", mended);
    let (code, text) = said(|out| regen::run(sandbox.root(), &[], true, out));
    assert_eq!(code, BROKEN);
    assert!(text.contains("-types.json#/components/schemas/A/properties/n/type: a guard fails"), "{text}");
}

#[test]
fn what_a_document_takes_from_other_files_is_not_made_up() {
    let sandbox = Sandbox::new();
    for (reference, fix) in [
        ("pet.json#/Pet", "redocly bundle"),
        ("https://example.com/pet.json", "NAME.schema.json"),
        ("./paths/a.yaml", "redocly bundle"),
    ] {
        let document = json!({ "openapi": "3.0.3", "info": { "title": "T", "version": "1" }, "paths": { "/a": { "get": {
            "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": reference } } } } },
        } } } });
        let spec = sandbox.write("a.json", document.to_string());
        let (code, text) = run(&sandbox, "acme", &spec);
        assert_eq!(code, BROKEN, "{text}");
        assert!(text.contains(&reference[..8]) && text.contains(fix), "{text}");
    }
}

#[test]
fn a_document_that_is_spread_over_files_becomes_one() {
    let sandbox = Sandbox::new();
    for (name, text) in [
        (
            "api/openapi.yaml",
            "
openapi: 3.0.3
info: { title: Acme, version: '1' }
servers: [{ url: 'https://api.acme.example' }]
paths:
  /videos: { $ref: 'paths/videos.yaml' }
  /tasks/{id}|raw:
    get:
      operationId: task
      x-samples: [{ lang: node, code: { $ref: samples/task.ts } }]
      parameters: [{ $ref: 'common.yaml#/components/parameters/Id' }]
      responses: { '200': { description: '', content: { application/json: { schema: { $ref: './schemas/Task.yaml' } } } } }
components: { schemas: { Task: { $ref: schemas/Task.yaml }, State: { type: string } } }
",
        ),
        (
            "api/paths/videos.yaml",
            "
post:
  operationId: make
  requestBody: { required: true, content: { application/json: { schema: { $ref: ../schemas/New.json } } } }
  responses: { '200': { $ref: ../common.yaml#/components/responses/Made } }
",
        ),
        (
            "api/schemas/New.json",
            r##"{"oneOf": [{"$ref": "#/definitions/Text"}, {"$ref": "Clip.yaml"}],
                "discriminator": {"propertyName": "kind", "mapping": {"text": "#/definitions/Text", "clip": "Clip.yaml"}},
                "definitions": {"Text": {"type": "object", "properties": {"kind": {"type": "string"}, "text": {"type": "string"}}}}}"##,
        ),
        ("api/schemas/Clip.yaml", "{ type: object, properties: { kind: { type: string }, of: { $ref: '../openapi.yaml#/components/schemas/Task' } } }"),
        (
            "api/schemas/Task.yaml",
            "
type: object
properties: { id: { type: string }, next: { $ref: 'Task.yaml' }, x-next: { $ref: 'Task.yaml' }, state: { $ref: '#/definitions/State' }, default: { $ref: '#/definitions/State' } }
example: { $ref: nowhere.yaml }
definitions: { State: { type: string, nullable: true, enum: [on, off, null] } }
",
        ),
        (
            "api/common.yaml",
            "
components:
  parameters: { Id: { name: id, in: path, required: true, schema: { type: string } } }
  responses: { Made: { description: '', content: { application/json: { schema: { $ref: schemas/Task.yaml } } } } }
",
        ),
    ] {
        sandbox.write(name, text.as_bytes());
    }
    let (code, text) = run(&sandbox, "acme", sandbox.path("api/openapi.yaml").to_str().unwrap());
    assert_eq!(code, DONE, "{text}");
    assert!(text.contains("the document refers to 5 other files"), "{text}");
    let contract: Value = serde_json::from_str(&sandbox.read("crates/hailuo-acme/openapi.json")).unwrap();
    let schemas = contract["components"]["schemas"].as_object().unwrap();
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Clip", "New", "State2", "Task", "Text"]);
    assert_eq!(schemas["Clip"]["properties"]["of"]["$ref"], "#/components/schemas/Task");
    assert_eq!(schemas["New"]["discriminator"]["mapping"]["clip"], "#/components/schemas/Clip");
    for next in ["next", "x-next"] {
        assert_eq!(schemas["Task"]["properties"][next]["$ref"], "#/components/schemas/Task");
    }
    // A bar ends the cell of a table unless it is escaped.
    let readme = sandbox.read("crates/hailuo-acme/README.md");
    assert!(readme.contains("| `task` | `GET /tasks/{id}\\|raw` |"), "{readme}");
    let (code, text) = said(|out| regen::run(sandbox.root(), &[], true, out));
    assert_eq!((code, text.as_str()), (DONE, "acme  fresh\n"));
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_the_place_that_refers_to_it() {
    let sandbox = Sandbox::new();
    sandbox.write("loop.yaml", b"{ $ref: loop.yaml }");
    sandbox.write("list.yaml", b"[]");
    for (reference, what) in [
        ("nowhere.yaml", "refers to a file that cannot be read"),
        ("../above.yaml", "leads out of the document's folder"),
        ("/etc/hosts", "leads out of the document's folder"),
        ("list.yaml", "refers to nothing"),
        ("list.yaml#/a", "refers to nothing"),
        ("loop.yaml", "does not end"),
    ] {
        let document = json!({
            "openapi": "3.1.0", "info": { "title": "Acme", "version": "1" },
            "paths": { "/a": { "$ref": reference } },
        });
        let (code, text) = run(&sandbox, "acme", &sandbox.write("acme.json", document.to_string().as_bytes()));
        assert_eq!(code, BROKEN, "{text}");
        assert!(text.contains(what) && text.contains("$ref: ") && text.contains("redocly bundle"), "{text}");
    }
}
