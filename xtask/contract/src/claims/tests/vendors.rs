//! What every claim of `specs/` would notice, without the vendors' pages.

use std::path::Path;

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Value, json};

use super::*;
use crate::Contract;

const VENDORS: [&str; 5] = ["apiinone", "fal", "highwayapi", "modelslab", "seaart"];

/// A vendor of `specs/`.
fn real(slug: &str) -> Contract {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    crate::vendor::build(&specs.join(slug)).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn every_request_fact_of_the_five_vendors_is_claimed_or_inferred() {
    for slug in VENDORS {
        let findings = coverage(Spec::from(&real(slug)));
        assert!(findings.is_empty(), "{}", rendered(&findings));
    }
}

#[test]
fn each_request_fact_needs_its_claim_or_inference() {
    for slug in VENDORS {
        let vendor = real(slug);
        let spec = Spec::from(&vendor);
        let without = |left_out: Option<usize>| {
            let claims = vendor.source.claims.iter().enumerate().filter(|(i, _)| Some(*i) != left_out).map(|(_, c)| c);
            covered_by(spec, claims).iter().filter(|f| matches!(f.kind(), FindingKind::Uncovered(_))).count()
        };
        let facts: Vec<String> = facts(spec.documents, spec.main).into_iter().map(|fact| fact.at).collect();
        assert_eq!(without(None), 0, "{slug}");
        for index in 0..vendor.source.claims.len() {
            let claim = spec.normal(&vendor.source.claims[index].at);
            let is_fact = facts.contains(&claim) || facts.iter().any(|f| f.starts_with(&format!("{claim}/")));
            let below_inference =
                vendor.source.inferred.iter().flat_map(|i| &i.at).any(|i| is_at_or_below(&claim, &spec.normal(i)));
            let uncovered = without(Some(index));
            // A fact that the page states twice has two claims, and names found one by one have claims of their own.
            let again = vendor
                .source
                .claims
                .iter()
                .enumerate()
                .any(|(other, c)| other != index && is_at_or_below(&claim, &spec.normal(&c.at)));
            let is_names =
                vendor.source.claims[index].each.is_some() && spec.value(&claim).is_some_and(Value::is_object);
            if is_fact && !below_inference && !again && !is_names {
                assert!(uncovered > 0, "{slug}: without {claim} nothing is missing");
            }
        }
    }
}

/// What the page could say at a claim's capture.
fn candidates(claim: &Claim, value: &Value) -> Vec<String> {
    if let Some(each) = &claim.each {
        let names: Vec<String> = match value {
            Value::Object(names) => names.keys().cloned().collect(),
            words => words
                .as_array()
                .unwrap()
                .iter()
                .map(|w| w.as_str().map_or_else(|| w.to_string(), str::to_owned))
                .collect(),
        };
        // What stands around the list may be a part of it: braces, or the name that is the last.
        let one = |names: &[&String]| names.iter().map(|name| instance(each, name)).collect::<Vec<_>>().join(" ");
        let mut all: Vec<&String> = names.iter().collect();
        let mut out = vec![one(&all), format!("{{{}}}", one(&all))];
        for _ in &names {
            all.rotate_left(1);
            out.push(one(&all));
        }
        return out;
    }
    let last = crate::pointer::segments(claim.at.split_once('#').unwrap().1).unwrap().pop().unwrap();
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let mut out: Vec<String> = required_member(claim).into_iter().map(str::to_owned).collect();
    match value {
        Value::Array(words) => {
            let words: Vec<String> = words.iter().map(text).collect();
            out.extend([", ", ",", " or "].map(|between| words.join(between)));
            out.push(format!("[{}]", words.join("], [")));
            out.push(words.len().to_string());
        }
        Value::Object(object) => {
            out.extend(object.get("name").map(text));
            out.extend([last.to_uppercase(), last, "curl".to_owned()]);
        }
        other => out.push(text(other)),
    }
    out.extend(
        ["\"x\"", "6", "true", "Bearer", "URL", "https://example.com/x", "image", "image/png", "Image", "Text"]
            .map(str::to_owned),
    );
    out
}

/// The shortest text that a pattern matches, with a given text at its capture.
fn instance(pattern: &str, capture: &str) -> String {
    fn write(hir: &Hir, capture: &str, out: &mut String) {
        match hir.kind() {
            HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).unwrap()),
            HirKind::Class(Class::Unicode(class)) => {
                let has = |c: char| class.iter().any(|range| (range.start()..=range.end()).contains(&c));
                let first = class.iter().map(regex_syntax::hir::ClassUnicodeRange::start).next();
                out.push(['a', 'A', '6', 'P'].into_iter().find(|c| has(*c)).or(first).expect("a class of something"));
            }
            HirKind::Repetition(repetition) => {
                for _ in 0..repetition.min {
                    write(&repetition.sub, capture, out);
                }
            }
            HirKind::Capture(group) if group.name.is_some() => write(&group.sub, capture, out),
            HirKind::Capture(_) => out.push_str(capture),
            HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, capture, out)),
            HirKind::Alternation(parts) => write(&parts[0], capture, out),
            // A boundary is no text.
            HirKind::Look(_) => {}
            other => panic!("a pattern of source.toml has {other:?}"),
        }
    }
    let mut out = String::new();
    write(&regex_syntax::parse(pattern).unwrap(), capture, &mut out);
    out
}

/// A captured text that means something else.
fn mutated(claim: &Claim, said: &str) -> String {
    if let Some(each) = &claim.each {
        let more = instance(each, "7");
        return match said.strip_suffix('}') {
            Some(start) => format!("{start} {more}}}"),
            None => format!("{more} {said}"),
        };
    }
    if claim.at.ends_with("/type") && serde_json::from_str::<Value>(said).is_ok() {
        return if said == "6" { "true".to_owned() } else { "6".to_owned() };
    }
    if said.contains(|c: char| c.is_ascii_digit()) && !said.contains('/') {
        return said
            .chars()
            .map(|c| c.to_digit(10).map_or(c, |d| char::from_digit((d + 1) % 10, 10).unwrap()))
            .collect();
    }
    match said {
        _ if claim.at.ends_with("/format") => "file".to_owned(),
        _ if said.starts_with('[') => said.replacen('[', "[x", 1),
        _ if said.contains(char::is_lowercase) => format!("{said}x"),
        _ => format!("{said}X"),
    }
}

#[test]
fn every_claim_of_the_five_vendors_notices_that_the_page_changed() {
    let mut tried = 0;
    for slug in VENDORS {
        let vendor = real(slug);
        let spec = Spec::from(&vendor);
        let (patterns, broken) = spec.patterns();
        assert!(broken.is_empty(), "{}", rendered(&broken));
        let each = patterns.iter().flat_map(|pattern| pattern.checked().map(move |sharing| (pattern, sharing)));
        for (pattern, sharing) in each {
            let alone = [Pattern { claims: vec![sharing.clone()], ..pattern.clone() }];
            let (claim, regex) = (sharing.claim, &pattern.regex);
            let instance = |capture: &str| instance(regex.as_str(), capture);
            let about_claim = |page: &str| compare(spec, &alone, &Page::from_text(page)).findings;
            let said = candidates(claim, spec.value(&claim.at).unwrap())
                .into_iter()
                .find(|said| {
                    let page = instance(said);
                    regex.captures(&page).is_some_and(|c| c[1] == **said) && about_claim(&page).is_empty()
                })
                .unwrap_or_else(|| panic!("{slug}: nothing that a page could say agrees with {claim:?}"));
            let page = instance(&said);

            let changed = instance(&mutated(claim, &said));
            assert!(!about_claim(&changed).is_empty(), "{slug}: `{changed}` goes unnoticed for {claim:?}");
            if claim.each.is_none() {
                let twice = about_claim(&format!("{page} }} {page}"));
                assert!(matches!(twice[0].kind(), FindingKind::Ambiguous(2)), "{slug}: {twice:?}");
            }
            let gone = about_claim("nothing of it");
            assert!(matches!(gone.first().map(Finding::kind), Some(FindingKind::Gone)), "{slug}: {claim:?} {gone:?}");
            tried += 1;
        }
    }
    assert!(tried > 150, "the five vendors have {tried} claims");
}

#[test]
fn every_claim_of_the_five_vendors_notices_that_the_spec_changed() {
    for slug in VENDORS {
        let vendor = real(slug);
        let spec = Spec::from(&vendor);
        let (patterns, _) = spec.patterns();
        let each = patterns.iter().flat_map(|pattern| pattern.checked().map(move |sharing| (&pattern.regex, sharing)));
        // A list that is found word by word is compared by another function.
        for (regex, claim) in each.filter(|(_, sharing)| sharing.each.is_none()).map(|(r, sharing)| (r, sharing.claim))
        {
            let value = spec.value(&claim.at).unwrap().clone();
            let said = candidates(claim, &value)
                .into_iter()
                .find(|said| {
                    regex.captures(&instance(regex.as_str(), said)).is_some_and(|c| c[1] == **said)
                        && agreement::agree(&claim.at, &value, said).is_ok()
                })
                .unwrap();
            let other = match &value {
                Value::String(text) if claim.at.ends_with("/type") => {
                    json!(if text == "null" { "string" } else { "null" })
                }
                Value::String(text) if claim.at.ends_with("/contentMediaType") => json!(text.replace("image", "video")),
                Value::String(text) => json!(format!("{text}x")),
                Value::Number(number) => json!(number.as_i64().unwrap() + 1),
                Value::Bool(flag) => json!(!flag),
                Value::Array(words) if claim.at.ends_with("/type") => {
                    json!(words.iter().filter(|w| agreement::agree(&claim.at, w, &said).is_err()).collect::<Vec<_>>())
                }
                Value::Array(words) if said == words.len().to_string() => json!(&words[1..]),
                Value::Array(words) => {
                    json!(words.iter().filter(|w| !said.contains(w.as_str().unwrap_or("6"))).collect::<Vec<_>>())
                }
                // A name: the spec would have it elsewhere, and the pointer would lead to nothing.
                _ => continue,
            };
            assert!(agreement::agree(&claim.at, &other, &said).is_err(), "{slug}: {claim:?} takes {other}");
        }
    }
}
