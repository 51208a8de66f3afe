//! The example in a generated crate's README: a submit and a poll where `source.toml` says which calls those are, and
//! otherwise the call that is the easiest to show.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use contract::schema::operations;
use contract::source::Role;
use serde_json::Value;

use super::Parts;
use super::code::Code;
use crate::client::lone_word;
use crate::lower::{as_sent, pascal, snake};

/// An operation of the client.
pub struct Call<'a> {
    /// The client's method.
    pub name: String,
    /// Method and path.
    pub route: String,
    operation: &'a Value,
}

impl Call<'_> {
    /// Whether the vendor wants it not to be used any more.
    pub fn is_deprecated(&self) -> bool {
        self.operation["deprecated"] == true
    }
}

/// The operations of the client, by name.
pub fn calls(lowered: &Value) -> BTreeMap<String, Call<'_>> {
    let mut calls = BTreeMap::new();
    for (path, method, operation) in operations(lowered) {
        let Some(id) = operation["operationId"].as_str() else { continue };
        let route = format!("{} {}", method.to_uppercase(), as_sent(path));
        calls.insert(id.to_owned(), Call { name: snake(id), route, operation });
    }
    calls
}

/// The code of the example, if one can be made.
pub fn of(parts: &Parts<'_>, calls: &BTreeMap<String, Call<'_>>) -> Option<String> {
    let by_role = |role: Role| {
        let named = parts.source.operations.iter().filter(|(_, operation)| operation.role == Some(role));
        named.map(|(name, _)| name).find_map(|name| calls.get(name))
    };
    let Some(submit) = by_role(Role::Submit) else { return simplest(parts, calls) };
    let code = Code::of(parts.generated);
    let words = Words { lowered: parts.lowered, code: &code, is_job: true };
    let request = body_of(submit.operation, parts.lowered).map(|(name, schema)| {
        let (setters, missing) = words.setters(&schema, 0);
        let missing =
            if missing.is_empty() { String::new() } else { format!("// It demands `{}` too.\n", missing.join("`, `")) };
        format!("{missing}let request = {};\n", built(&name, &setters))
    });
    let mut text = head(parts, request.is_some());
    text.push_str(request.as_deref().unwrap_or_default());
    text.push_str(&sent(
        "job",
        &chain(submit, request.is_some(), parts.lowered, |_| "\"the id in the answer\"".to_owned()),
    ));
    text.push_str("println!(\"{:?}\", job.value);\n");
    if let Some(poll) = by_role(Role::Poll) {
        text.push('\n');
        text.push_str(&sent("state", &chain(poll, false, parts.lowered, |_| "\"the id in the answer\"".to_owned())));
        text.push_str("println!(\"{:?}\", state.value);\n");
    }
    text.push_str("# Ok(())\n# }\n");
    Some(text)
}

/// The call whose example says the most in the fewest lines: one with a body, if all that it demands can be shown.
fn simplest(parts: &Parts<'_>, calls: &BTreeMap<String, Call<'_>>) -> Option<String> {
    let code = Code::of(parts.generated);
    let shown = calls.values().filter_map(|call| Some((call, Shown::of(call, parts, &code)?)));
    let (call, Shown { request, .. }) =
        shown.min_by_key(|(call, shown)| (call.is_deprecated(), shown.rank, shown.lines, &call.name))?;
    let mut text = head(parts, request.is_some());
    text.push_str(request.as_deref().unwrap_or_default());
    text.push_str(&sent("answer", &chain(call, request.is_some(), parts.lowered, spoken)));
    text.push_str("println!(\"{}: {} bytes\", answer.status, answer.raw.len());\n");
    text.push_str("# Ok(())\n# }\n");
    Some(text)
}

/// A call that can be shown: how good an example it is, the less the better, and its request.
struct Shown {
    rank: u8,
    lines: usize,
    request: Option<String>,
}

impl Shown {
    fn of(call: &Call<'_>, parts: &Parts<'_>, code: &Code<'_>) -> Option<Self> {
        let parameters: Vec<&Value> = required(call, parts.lowered).collect();
        if !parameters.iter().all(|parameter| is_plain(&parameter["schema"], parts.lowered)) {
            return None;
        }
        if call.operation.get("requestBody").is_none() {
            let rank = if call.route.starts_with("GET ") { 2 } else { 3 };
            return Some(Self { rank, lines: parameters.len(), request: None });
        }
        let words = Words { lowered: parts.lowered, code, is_job: false };
        let bodies = bodies_of(call.operation, parts.lowered, code);
        let complete =
            |(name, schema): &(&str, &Value)| Some(((*name).to_owned(), words.all_setters(name, schema, 0)?));
        let (name, setters) = bodies.iter().find_map(complete)?;
        let has_prompt = setters.iter().any(|line| line.contains(".prompt("));
        let rank = if setters.is_empty() { 3 } else { u8::from(!has_prompt) };
        let request = Some(format!("let request = {};\n", built(&name, &setters)));
        Some(Self { rank, lines: parameters.len() + setters.len(), request })
    }
}

fn head(parts: &Parts<'_>, has_types: bool) -> String {
    let krate = format!("hailuo_{}", parts.slug.replace('-', "_"));
    let names = if has_types { "{Client, types}" } else { "Client" };
    format!(
        "use {krate}::{names};\n\n# async fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         let client = Client::connect(\"your key\")?;\n\n"
    )
}

fn built(name: &str, setters: &[String]) -> String {
    let mut text = format!("types::{}::builder()", pascal(name));
    for line in setters {
        let _ = write!(text, "\n    {line}");
    }
    text
}

fn sent(variable: &str, chain: &str) -> String {
    format!(
        "let (recorded, record) = client.recorded();\n\
         let {variable} = record.outcome(recorded.{chain}.send().await)?;\n"
    )
}

/// The parameters that a caller has to give.
fn required<'a>(call: &Call<'a>, lowered: &Value) -> impl Iterator<Item = &'a Value> {
    let parameters = call.operation["parameters"].as_array().into_iter().flatten();
    parameters.filter(move |parameter| parameter["required"] == true && lone_word(parameter, lowered).is_none())
}

/// The call with its required parameters.
fn chain(call: &Call<'_>, has_body: bool, lowered: &Value, text_of: impl Fn(&str) -> String) -> String {
    let mut text = format!("{}()", call.name);
    for parameter in required(call, lowered) {
        let name = parameter["name"].as_str().unwrap_or_default();
        let value = match (parameter["schema"]["type"].as_str(), first_word(&parameter["schema"], lowered)) {
            (Some("integer"), _) => "1".to_owned(),
            (Some("boolean"), _) => "true".to_owned(),
            (_, Some(word)) => literal(word),
            _ => text_of(name),
        };
        let _ = write!(text, ".{}({value})", snake(name));
    }
    if has_body {
        text.push_str(".body(request)");
    }
    text
}

/// A text that stands for what bears a name: `"the clip id"`.
fn spoken(name: &str) -> String {
    format!("{:?}", format!("the {}", snake(name).trim_end_matches('_').replace('_', " ")))
}

/// A word of an enum, as Rust writes it.
fn literal(word: &Value) -> String {
    word.as_str().map_or_else(|| word.to_string(), |text| format!("{text:?}"))
}

/// The first word of an enum.
fn first_word<'a>(schema: &'a Value, lowered: &'a Value) -> Option<&'a Value> {
    let (_, words) = component(schema, lowered)?;
    words["enum"].as_array()?.first().filter(|word| word.is_string())
}

/// Whether a parameter takes a number, a truth value, a word or a text as it comes.
fn is_plain(schema: &Value, lowered: &Value) -> bool {
    match schema.pointer("/x-rust-type/path").and_then(Value::as_str) {
        Some(path) => path == "hailuo_runtime::PathSegment",
        None if schema.get("$ref").is_some() => first_word(schema, lowered).is_some(),
        None => {
            matches!(schema["type"].as_str(), Some("integer" | "boolean" | "string")) && schema.get("enum").is_none()
        }
    }
}

/// The object that a request is.
fn body_of(operation: &Value, lowered: &Value) -> Option<(String, Value)> {
    let (name, schema) = component(body_schema(operation)?, lowered)?;
    schema.get("properties").is_some().then(|| (name.to_owned(), schema.clone()))
}

fn body_schema(operation: &Value) -> Option<&Value> {
    operation.pointer("/requestBody/content")?.as_object()?.values().next()?.get("schema")
}

/// The objects that a request may be: one, or the branches of a union whose builders do for it.
fn bodies_of<'a>(operation: &'a Value, lowered: &'a Value, code: &Code<'_>) -> Vec<(&'a str, &'a Value)> {
    let Some((name, schema)) = body_schema(operation).and_then(|schema| component(schema, lowered)) else {
        return Vec::new();
    };
    branches_of(name, schema, lowered, code)
        .chain([(name, schema)])
        .filter(|(_, schema)| schema.get("properties").is_some())
        .collect()
}

/// The branches of a union whose builders do for it.
fn branches_of<'a>(
    name: &str,
    schema: &'a Value,
    lowered: &'a Value,
    code: &Code<'_>,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let branches = schema["oneOf"].as_array().into_iter().flatten();
    let branches = branches.filter_map(|branch| component(branch, lowered));
    let union = format!("super::{}", pascal(name));
    branches.filter(move |(branch, _)| code.conversions.contains(&(pascal(branch).as_str(), union.as_str())))
}

/// The component that a schema refers to.
fn component<'a>(schema: &'a Value, lowered: &'a Value) -> Option<(&'a str, &'a Value)> {
    let name = target(schema)?;
    Some((name, lowered.pointer(&format!("/components/schemas/{name}"))?))
}

/// The most objects that stand in one another in an example.
const DEEPEST: usize = 3;

/// The longest builder of such an object that stays on one line.
const LONGEST: usize = 80;

/// How the values of an example are found.
struct Words<'a> {
    lowered: &'a Value,
    code: &'a Code<'a>,
    /// Whether a video is asked for. Otherwise only what a request demands is shown.
    is_job: bool,
}

impl Words<'_> {
    /// A setter per required property, and one that shows how an optional word is set; and what is demanded and cannot be
    /// shown.
    fn setters<'s>(&self, schema: &'s Value, depth: usize) -> (Vec<String>, Vec<&'s str>) {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut lines = Vec::new();
        let mut shown = Vec::new();
        let mut has_optional = !self.is_job;
        for (property, shape) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.contains(&property.as_str());
            let name = snake(property);
            if !self.code.functions.contains(name.as_str()) || (!is_required && has_optional) {
                continue;
            }
            let Some((value, is_enum)) = self.sample(property, shape, depth) else { continue };
            if is_required && !is_enum {
                lines.push(format!(".{name}({value})"));
            } else if is_enum {
                has_optional |= !is_required;
                let word = pascal(target(shape).unwrap_or_default());
                lines.push(format!(".{name}(types::{word}::try_from({value})?)"));
            }
            shown.push(property.as_str());
        }
        (lines, required.into_iter().filter(|property| !shown.contains(property)).collect())
    }

    /// The setters of an object, if they are all that it demands, and called so in the code.
    fn all_setters(&self, name: &str, schema: &Value, depth: usize) -> Option<Vec<String>> {
        let (setters, missing) = self.setters(schema, depth);
        (missing.is_empty() && self.code.structs.contains(pascal(name).as_str())).then_some(setters)
    }

    /// A value of the property, as Rust, and whether it is a word of an enum.
    fn sample(&self, property: &str, shape: &Value, depth: usize) -> Option<(String, bool)> {
        if shape["nullable"] == true {
            return None;
        }
        if let Some(path) = shape.pointer("/x-rust-type/path").and_then(Value::as_str) {
            return match path {
                "hailuo_runtime::Media" => Some(("\"https://example.com/picture.png\"".to_owned(), false)),
                "hailuo_runtime::File" => Some(("std::fs::read(\"picture.png\")?".to_owned(), false)),
                _ => None,
            };
        }
        if let Some(name) = target(shape) {
            let (_, schema) = component(shape, self.lowered)?;
            if let Some(words) = schema["enum"].as_array() {
                return words.first().map(|word| (literal(word), true));
            }
            let is_text = |branch: &Value| branch["type"] == "string" && branch.get("enum").is_none();
            if schema["oneOf"].as_array().into_iter().flatten().any(is_text) {
                let union = pascal(name);
                let union = union.as_str();
                let has_text = self.code.conversions.contains(&("&str", union)) && !self.code.boxed.contains(union);
                return has_text.then(|| (spoken(property), false));
            }
            let mut objects = branches_of(name, schema, self.lowered, self.code).chain([(name, schema)]);
            let is_held = self.code.boxed.contains(pascal(name).as_str());
            let object = objects.find_map(|(name, schema)| self.object(name, schema, depth));
            return object.filter(|_| !is_held).map(|object| (object, false));
        }
        match shape["type"].as_str()? {
            "string" if property == "prompt" => Some(("\"A slow pan over a quiet harbor at dawn.\"".to_owned(), false)),
            "string" => Some((spoken(property), false)),
            "integer" => Some(("1".to_owned(), false)),
            "number" => Some(("1.0".to_owned(), false)),
            "boolean" => Some(("true".to_owned(), false)),
            "array" => {
                let items = &shape["items"];
                let one = match target(items) {
                    Some(name) => {
                        let (_, schema) = component(items, self.lowered)?;
                        let object = self.object(name, schema, depth)?;
                        format!("types::{}::try_from({object})?", pascal(name))
                    }
                    None if items["type"] == "string" && items["nullable"] != true => {
                        format!("{}.to_owned()", spoken(property))
                    }
                    None => return None,
                };
                Some((format!("vec![{one}]"), false))
            }
            _ => None,
        }
    }

    /// The builder of an object within another, on lines of its own if it is long.
    fn object(&self, name: &str, schema: &Value, depth: usize) -> Option<String> {
        let is_boxed = self.code.boxed.contains(pascal(name).as_str());
        schema.get("properties").filter(|_| depth < DEEPEST && !is_boxed)?;
        let setters = self.all_setters(name, schema, depth + 1)?;
        let builder = format!("types::{}::builder()", pascal(name));
        let line = setters.concat();
        if builder.len() + line.len() <= LONGEST {
            return Some(builder + &line);
        }
        let outer = format!("\n    {}", "        ".repeat(depth));
        Some(format!("{outer}    {builder}{outer}        {},{outer}", setters.join(&format!("{outer}        "))))
    }
}

/// The component that a property is.
fn target(shape: &Value) -> Option<&str> {
    let target = shape.pointer("/$ref").or_else(|| shape.pointer("/allOf/0/$ref"))?.as_str()?;
    target.rsplit('/').next()
}
