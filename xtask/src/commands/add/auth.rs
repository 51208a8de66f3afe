//! Where a document wants the key.

use std::collections::{BTreeMap, BTreeSet};

use contract::names::is_header;
use contract::pointer::shorten;
use contract::schema::operations;
use contract::source::{Auth, Place};
use contract::{Problem, pointer};
use serde_json::{Map, Value};

use super::undeclared;

/// Words that stand before the key in an `Authorization` header of a vendor's own making.
const PREFIXES: &[&str] = &["Bearer", "Key", "Token", "Basic"];

/// The word that stands before the key, by what a document says of the header: the one in a pattern such as
/// `Token <your key>`, or else one that it names.
pub fn prefix_in(text: &str) -> Option<String> {
    let words: BTreeSet<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    shown(text).or_else(|| PREFIXES.iter().find(|prefix| words.contains(**prefix)).map(|prefix| (*prefix).to_owned()))
}

/// The word before a place for the key: `Key {key}`, `"Token YOUR_TOKEN"`, `Authorization: ApiKey sk-123`.
fn shown(text: &str) -> Option<String> {
    let is_quote = |c: char| "`'\"“”‘’".contains(c);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).enumerate().find_map(|(number, pair)| {
        let (word, place) = (pair[0], pair[1]);
        let before = number.checked_sub(1).map(|before| words[before].trim_start_matches(is_quote));
        let is_quoted = word.starts_with(is_quote) || before == Some("Authorization:");
        let word = word.trim_start_matches(is_quote);
        let is_place = place.starts_with(['<', '{', '[', '$', '%']) || is_sample(place);
        let is_known = PREFIXES.contains(&word);
        // Any other word is a sentence's own unless it stands in quotation marks.
        let is_word = is_known || (is_quoted && word.starts_with(|c: char| c.is_ascii_uppercase()));
        (is_place && is_word && is_header(word)).then(|| word.to_owned())
    })
}

/// Whether a word stands for a key, or is one: `YOUR_API_KEY`, `sk-123`, `xxx`.
fn is_sample(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_constant =
        word.contains('_') && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    is_constant || word.starts_with("sk-") || word.starts_with("sk_") || word.to_ascii_lowercase().starts_with("xxx")
}

/// The key's place, and what was guessed about it.
pub struct Choice {
    /// The place.
    pub auth: Auth,
    /// What was guessed.
    pub guess: Option<String>,
}

/// Chooses where the key goes.
///
/// # Errors
/// The document authenticates only in ways that a key cannot: a cookie, a certificate.
pub fn choose(document: &Value) -> Result<Choice, Problem> {
    let empty = Map::new();
    let schemes = document.pointer("/components/securitySchemes").and_then(Value::as_object).unwrap_or(&empty);
    let mut refused = BTreeMap::new();
    for name in wanted(document, schemes) {
        match of_scheme(resolved(document, &schemes[&name])) {
            Ok(choice) => return Ok(with_companions(choice, &name, document, schemes)),
            Err(why) => {
                refused.insert(name, why);
            }
        }
    }
    if !refused.is_empty() && !has_free_call(document) {
        let ways: Vec<String> = refused.iter().map(|(name, why)| format!("`{name}` {why}")).collect();
        return Err(Problem::new(format!("no key can be sent as the document wants it: {}", ways.join("; ")))
            .at("/components/securitySchemes")
            .fix(
                "if the vendor takes a key in a header, a query parameter or the body as well, say so in the document",
            ));
    }
    Ok(undeclared::choose(document).unwrap_or_else(|| Choice {
        auth: authorization("Bearer "),
        guess: Some("the key goes into the header `Authorization: Bearer`: the document does not say where".to_owned()),
    }))
}

/// Whether some operation can be called without any key.
fn has_free_call(document: &Value) -> bool {
    let root = document["security"].as_array();
    operations(document).any(|(_, _, operation)| {
        let wanted = operation["security"].as_array().or(root);
        wanted.is_none_or(|wanted| wanted.is_empty() || wanted.iter().any(|way| *way == serde_json::json!({})))
    })
}

/// The schemes to try, those first that the most operations are content with.
fn wanted(document: &Value, schemes: &Map<String, Value>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut alone: BTreeSet<&str> = BTreeSet::new();
    let root = document["security"].as_array();
    for (_, _, operation) in operations(document) {
        let alternatives = operation["security"].as_array().or(root);
        for requirement in alternatives.into_iter().flatten().filter_map(Value::as_object) {
            // Of several that are wanted together one is the key, and the others become parameters.
            let key = requirement.keys().min_by_key(|name| (rank(document, schemes, name), name.as_str()));
            if let Some(name) = key {
                *counts.entry(name).or_default() += 1;
                if requirement.len() == 1 {
                    alone.insert(name);
                }
            }
        }
    }
    let is_said = counts.values().any(|count| *count > 0);
    let mut names: Vec<String> =
        schemes.keys().filter(|name| !is_said || counts.contains_key(name.as_str())).cloned().collect();
    // One key is easier to give than two, and a key as it comes than a token that is got elsewhere, or a user and a password
    // in base64.
    let is_roundabout = |name: &str| {
        let scheme = resolved(document, &schemes[name]);
        let is_basic = scheme["scheme"].as_str().is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic"));
        is_basic || matches!(scheme["type"].as_str(), Some("oauth2" | "openIdConnect"))
    };
    names.sort_by_key(|name| {
        let count = counts.get(name.as_str()).copied().unwrap_or_default();
        (std::cmp::Reverse(count), is_said && !alone.contains(name.as_str()), is_roundabout(name), name.clone())
    });
    names
}

/// How much a scheme looks like the one that holds the secret, the likeliest first.
fn rank(document: &Value, schemes: &Map<String, Value>, name: &str) -> usize {
    let Some(scheme) = schemes.get(name).map(|scheme| resolved(document, scheme)) else { return usize::MAX };
    let header = scheme["name"].as_str().unwrap_or_default().to_ascii_lowercase();
    match (scheme["type"].as_str().unwrap_or_default(), scheme["in"].as_str().unwrap_or_default()) {
        ("http" | "oauth2" | "openIdConnect", _) => 0,
        ("apiKey", "header") if header == "authorization" => 0,
        ("apiKey", "header" | "query") => {
            let words: [&[&str]; 3] = [&["secret"], &["token", "jwt"], &["key"]];
            1 + words.iter().position(|words| words.iter().any(|word| header.contains(word))).unwrap_or(words.len())
        }
        _ => 9,
    }
}

/// Tells which other keys the calls with this one take, as parameters.
fn with_companions(mut choice: Choice, key: &str, document: &Value, schemes: &Map<String, Value>) -> Choice {
    let own = operations(document).filter_map(|(_, _, operation)| operation["security"].as_array());
    let requirements = own.chain(document["security"].as_array()).flatten().filter_map(Value::as_object);
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for requirement in requirements.filter(|requirement| requirement.contains_key(key)) {
        names.extend(requirement.keys().filter(|name| *name != key).filter_map(|name| schemes.get(name)).filter_map(
            |scheme| {
                let scheme = resolved(document, scheme);
                let name = scheme["name"].as_str().filter(|_| scheme["type"] == "apiKey")?;
                (!name.eq_ignore_ascii_case(&choice.auth.name)).then_some(name)
            },
        ));
    }
    if !names.is_empty() {
        let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
        let said = format!(
            "the key is what goes into `{}`; what goes into {} is a parameter of the calls that want it",
            choice.auth.name,
            names.join(" and ")
        );
        choice.guess = Some(choice.guess.map_or(said.clone(), |guess| format!("{guess}; {said}")));
    }
    choice
}

/// What a reference stands for.
pub fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(|reference| pointer::resolve(document, reference.as_str()?));
    target.unwrap_or(value)
}

fn of_scheme(scheme: &Value) -> Result<Choice, String> {
    let text = |key: &str| scheme[key].as_str().unwrap_or_default();
    let certain = |auth| Ok(Choice { auth, guess: None });
    match (text("type"), text("in")) {
        ("apiKey", "header") if text("name").eq_ignore_ascii_case("authorization") => {
            let of_extension = scheme.pointer("/x-fern-header/prefix").and_then(Value::as_str).map(str::trim);
            let prefix = of_extension.map(str::to_owned).or_else(|| prefix_in(text("description"))).unwrap_or_default();
            let how = if prefix.is_empty() {
                "alone, without a word before it: the document does not say it".to_owned()
            } else {
                format!("after {prefix:?}: that is read from the scheme's description")
            };
            Ok(Choice {
                guess: Some(format!("the header `Authorization` holds the key {how}")),
                auth: authorization(&if prefix.is_empty() { prefix } else { format!("{prefix} ") }),
            })
        }
        ("apiKey", "header") if !is_header(text("name")) => {
            Err(format!("is a header that cannot be called {:?}", shorten(text("name"), 40)))
        }
        ("apiKey", "query") if text("name").is_empty() || text("name").chars().any(char::is_control) => {
            Err("is a query parameter without a name".to_owned())
        }
        ("apiKey", "header") => {
            certain(Auth { place: Place::Header, name: text("name").to_owned(), prefix: String::new() })
        }
        ("apiKey", "query") => {
            certain(Auth { place: Place::Query, name: text("name").to_owned(), prefix: String::new() })
        }
        ("apiKey", "cookie") => Err("is a cookie".to_owned()),
        ("http", _) if text("scheme").eq_ignore_ascii_case("bearer") => certain(authorization("Bearer ")),
        ("http", _) if text("scheme").eq_ignore_ascii_case("basic") => Ok(Choice {
            auth: authorization("Basic "),
            guess: Some("the key is `user:password` in base64, as HTTP Basic wants it".to_owned()),
        }),
        ("http", _) if !is_lone_word(text("scheme")) => Err(format!("is HTTP {}", shorten(text("scheme"), 30))),
        ("http", _) => Ok(Choice {
            auth: authorization(&format!("{} ", text("scheme"))),
            guess: Some(format!(
                "the header `Authorization` holds the key after {:?}, as its scheme is called",
                text("scheme")
            )),
        }),
        (kind @ ("oauth2" | "openIdConnect"), _) => Ok(Choice {
            auth: authorization("Bearer "),
            guess: Some(format!("the key is an access token, got elsewhere by {kind}")),
        }),
        ("mutualTLS", _) => Err("is a client certificate".to_owned()),
        (kind, _) => Err(format!("is of the unknown kind {:?}", shorten(kind, 30))),
    }
}

/// Whether an HTTP scheme is a vendor's own word before the key, and none that has something computed.
fn is_lone_word(scheme: &str) -> bool {
    const COMPUTED: &[&str] = &[
        "aws4",
        "concealed",
        "digest",
        "dpop",
        "gnap",
        "hawk",
        "hmac",
        "hoba",
        "mutual",
        "negotiate",
        "ntlm",
        "oauth",
        "privatetoken",
        "scram",
        "signature",
        "vapid",
    ];
    let plain = scheme.to_ascii_lowercase();
    is_header(&plain) && !COMPUTED.iter().any(|word| plain.starts_with(word))
}

/// The header that HTTP has for keys.
pub fn authorization(prefix: &str) -> Auth {
    Auth { place: Place::Header, name: "Authorization".to_owned(), prefix: prefix.to_owned() }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    fn chosen(document: &Value) -> String {
        match choose(document) {
            Ok(Choice { auth, guess }) => {
                let sign = if guess.is_some() { " ?" } else { "" };
                format!("{:?} {} {:?}{sign}", auth.place, auth.name, auth.prefix)
            }
            Err(problem) => problem.to_string(),
        }
    }

    fn with(schemes: Value, security: Value) -> Value {
        json!({
            "security": security,
            "paths": { "/a": { "get": { "responses": {} } } },
            "components": { "securitySchemes": schemes },
        })
    }

    #[test]
    fn every_kind_of_scheme_has_its_place() {
        for (scheme, expected) in [
            (json!({ "type": "apiKey", "in": "header", "name": "X-Key" }), "Header X-Key \"\""),
            (json!({ "type": "apiKey", "in": "query", "name": "k" }), "Query k \"\""),
            (
                json!({ "type": "apiKey", "in": "header", "name": "Authorization", "description": "Acme Key" }),
                "Header Authorization \"Key \" ?",
            ),
            (json!({ "type": "apiKey", "in": "header", "name": "Authorization" }), "Header Authorization \"\" ?"),
            (json!({ "type": "http", "scheme": "bearer" }), "Header Authorization \"Bearer \""),
            (json!({ "type": "http", "scheme": "Basic" }), "Header Authorization \"Basic \" ?"),
            (json!({ "type": "http", "scheme": "Key" }), "Header Authorization \"Key \" ?"),
            (json!({ "type": "oauth2", "flows": {} }), "Header Authorization \"Bearer \" ?"),
            (json!({ "type": "openIdConnect" }), "Header Authorization \"Bearer \" ?"),
        ] {
            assert_eq!(chosen(&with(json!({ "a": scheme }), json!([{ "a": [] }]))), expected, "{scheme}");
        }
        for (scheme, part) in [
            (json!({ "type": "apiKey", "in": "cookie", "name": "s" }), "`a` is a cookie"),
            (json!({ "type": "http", "scheme": "digest" }), "`a` is HTTP digest"),
            (json!({ "type": "http", "scheme": "SCRAM-SHA-256" }), "`a` is HTTP SCRAM-SHA-256"),
            (json!({ "type": "http", "scheme": "the key" }), "`a` is HTTP the key"),
            (json!({ "type": "mutualTLS" }), "`a` is a client certificate"),
            (
                json!({ "type": "apiKey", "in": "header", "name": "The Key" }),
                "a header that cannot be called \"The Key\"",
            ),
            (json!({ "type": "apiKey", "in": "query" }), "a query parameter without a name"),
            (json!({ "type": "rain" }), "unknown kind \"rain\""),
        ] {
            let text = chosen(&with(json!({ "a": scheme }), json!([{ "a": [] }])));
            assert!(text.contains(part) && text.contains("#/components/securitySchemes"), "{text}");
        }
    }

    #[test]
    fn the_word_before_the_key_is_read_from_what_is_said_of_it() {
        for (said, prefix) in [
            ("Use your API Key with format `Token <DEEPGRAM_API_KEY>`", "Token "),
            ("Replace {your api key} with your token: Token {your api key}", "Token "),
            ("`DeepL-Auth-Key [yourAuthKey]`", "DeepL-Auth-Key "),
            ("Pass \"Authorization: ApiKey YOUR_API_KEY\"", "ApiKey "),
            ("Send `Authorization: Key sk-123`.", "Key "),
            ("\"ApiKey YOUR_API_KEY\"", "ApiKey "),
            ("Type into the textbox: Bearer {your JWT token}.", "Bearer "),
            ("Token-based authentication with required prefix \"Token\"", "Token "),
            ("The `API Key` of your account", "Key "),
            ("See {docs}", ""),
            ("", ""),
        ] {
            let scheme = json!({ "type": "apiKey", "in": "header", "name": "Authorization", "description": said });
            let choice = choose(&with(json!({ "a": scheme }), json!([{ "a": [] }]))).ok().unwrap();
            assert_eq!(choice.auth.prefix, prefix, "{said}");
        }
        let fern = json!({ "type": "apiKey", "in": "header", "name": "Authorization", "x-fern-header": { "prefix": "Token " } });
        assert_eq!(chosen(&with(json!({ "a": fern }), json!([{ "a": [] }]))), "Header Authorization \"Token \" ?");
    }

    #[test]
    fn the_scheme_that_most_operations_take_alone_wins() {
        let schemes = json!({
            "a": { "type": "apiKey", "in": "cookie", "name": "s" },
            "b": { "type": "http", "scheme": "bearer" },
            "c": { "type": "apiKey", "in": "query", "name": "k" },
        });
        let either = with(schemes.clone(), json!([{ "a": [] }, { "b": [] }]));
        assert_eq!(chosen(&either), "Header Authorization \"Bearer \"");
        let basic = json!({ "a": { "type": "http", "scheme": "basic" }, "b": { "type": "http", "scheme": "bearer" } });
        assert_eq!(chosen(&with(basic, json!([{ "a": [] }, { "b": [] }]))), "Header Authorization \"Bearer \"");
        let token = json!({ "a": { "type": "oauth2" }, "b": { "type": "apiKey", "in": "header", "name": "X-Key" } });
        assert_eq!(chosen(&with(token, json!([{ "a": [] }, { "b": [] }]))), "Header X-Key \"\"");
        let two = json!({
            "email": { "type": "apiKey", "in": "header", "name": "X-Auth-Email" },
            "key": { "type": "apiKey", "in": "header", "name": "X-Auth-Key" },
            "token": { "type": "http", "scheme": "bearer" },
        });
        let one_or_two = with(two, json!([{ "email": [], "key": [] }, { "token": [] }]));
        assert_eq!(chosen(&one_or_two), "Header Authorization \"Bearer \"");
        let declared_only = with(schemes.clone(), json!(null));
        assert_eq!(chosen(&declared_only), "Header Authorization \"Bearer \"");
        let mut own = with(schemes, json!([{ "b": [] }]));
        own["paths"]["/b"] = json!({
            "get": { "responses": {}, "security": [{ "c": [] }] },
            "put": { "responses": {}, "security": [{ "c": [] }] },
        });
        assert_eq!(chosen(&own), "Query k \"\"");
    }

    #[test]
    fn of_two_keys_at_once_the_secret_is_the_key() {
        let schemes = json!({
            "app": { "type": "apiKey", "in": "header", "name": "X-App-Id" },
            "secret": { "type": "apiKey", "in": "header", "name": "X-App-Token" },
        });
        let both = with(schemes.clone(), json!([{ "app": [], "secret": [] }]));
        let choice = choose(&both).unwrap();
        assert_eq!(choice.auth.name, "X-App-Token");
        assert!(choice.guess.unwrap().contains("`X-App-Id` is a parameter"));
        let alone = with(schemes, json!([{ "app": [] }]));
        assert_eq!(chosen(&alone), "Header X-App-Id \"\"");
    }

    #[test]
    fn a_way_that_no_key_can_go_does_not_stop_calls_that_need_none() {
        let schemes = json!({ "a": { "type": "apiKey", "in": "cookie", "name": "s" } });
        let mut document = with(schemes, json!([{ "a": [] }]));
        document["paths"]["/b"] = json!({ "get": { "responses": {}, "security": [] } });
        assert_eq!(chosen(&document), "Header Authorization \"Bearer \" ?");
    }
}
