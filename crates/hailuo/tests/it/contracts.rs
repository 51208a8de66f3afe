//! The capabilities against the vendors' contracts, which say the same in their own way.

use std::{collections::BTreeSet, fs, path::Path};

use hailuo::{Capabilities, Property, Tiers, Vendor, Wire, rules};
use serde_json::Value;

fn contract(vendor: Vendor) -> Value {
    let path = format!("../hailuo-{}/openapi.json", vendor.slug());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|target| document.pointer(&target[1..]));
    target.unwrap_or(value)
}

/// Every operation with this role.
fn operations<'a>(document: &'a Value, role: &str) -> Vec<&'a Value> {
    let paths = document["paths"].as_object().unwrap().values();
    let all = paths.flat_map(|path| path.as_object().unwrap().values());
    all.filter(|operation| operation["x-role"] == role).collect()
}

/// The schemas of the requests that make a job.
fn requests(document: &Value) -> Vec<&Value> {
    let bodies = operations(document, "submit").into_iter();
    bodies
        .map(|operation| resolve(document, &operation["requestBody"]["content"]["application/json"]["schema"]))
        .collect()
}

/// The property at a dotted name.
fn at<'a>(document: &'a Value, schema: &'a Value, name: &str) -> Option<&'a Value> {
    name.split('.').try_fold(schema, |schema, part| {
        let found = schema["properties"].get(part)?;
        Some(resolve(document, found))
    })
}

/// Whether a request has to have the property at a dotted name, and all that it is in.
fn is_required(document: &Value, schema: &Value, name: &str) -> bool {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    let required = schema["required"].as_array().is_some_and(|names| names.iter().any(|name| name == first));
    let inner = resolve(document, &schema["properties"][first]);
    required && rest.is_none_or(|rest| is_required(document, inner, rest))
}

/// A property of the capabilities as every submit of the contract has it, or some and not all.
fn agrees(document: &Value, property: Property, is_everywhere: bool) {
    let has = |schema: &&Value| at(document, schema, property.name).is_some();
    let schemas: Vec<_> = requests(document).into_iter().filter(has).collect();
    let count = requests(document).len();
    let is_as_said = !schemas.is_empty() && (schemas.len() == count) == is_everywhere;
    assert!(is_as_said, "{property:?} is in {} of {count} requests: teach the facade where it is", schemas.len());
    for schema in schemas {
        let found = at(document, schema, property.name).unwrap();
        // One that may be null as well has both words.
        let mut types =
            found["type"].as_array().into_iter().flatten().chain([&found["type"]]).filter_map(Value::as_str);
        let wire = match types.find(|name| *name != "null") {
            Some("string") => Wire::Text,
            Some("integer") => Wire::Integer,
            Some("boolean") => Wire::Flag,
            other => panic!("{property:?}: {other:?}"),
        };
        assert_eq!(wire, property.wire, "{property:?}");
        assert_eq!(is_required(document, schema, property.name), property.required, "{property:?}");
    }
}

#[test]
fn every_field_is_as_the_contract_has_it() {
    for vendor in Vendor::ALL {
        let (document, can) = (contract(vendor), Capabilities::of(vendor));
        for property in [can.image, can.prompt] {
            agrees(&document, property, true);
        }
        // fal pro has no duration.
        if let Some(property) = can.duration {
            agrees(&document, property, can.tiers != Tiers::Endpoint);
        }
        for property in
            [can.resolution, can.prompt_optimizer, can.fast_pretreatment, can.watermark].into_iter().flatten()
        {
            agrees(&document, property, true);
        }
        if let Some(webhook) = can.webhook.filter(|webhook| webhook.wire == Wire::Text) {
            agrees(&document, webhook, true);
        }
        for schema in requests(&document) {
            let image = at(&document, schema, can.image.name).unwrap();
            assert_eq!(image["contentMediaType"], "image/*", "{vendor}");
        }
    }
}

#[test]
fn the_contract_has_no_field_that_the_facade_does_not_know() {
    for vendor in Vendor::ALL {
        let (document, can) = (contract(vendor), Capabilities::of(vendor));
        let known = [Some(can.image), Some(can.prompt), can.duration, can.resolution, can.prompt_optimizer]
            .into_iter()
            .chain([can.fast_pretreatment, can.watermark, can.webhook])
            .flatten()
            .map(|property| property.name.split('.').next().unwrap());
        // The key, what names model or tier, and what only comes back with a webhook.
        let others = ["key", "model", "model_id", "track_id"];
        let known: BTreeSet<_> = known.chain(others).collect();
        for schema in requests(&document) {
            for name in schema["properties"].as_object().unwrap().keys() {
                assert!(known.contains(name.as_str()), "{vendor} takes `{name}`: teach the facade or say here why not");
            }
        }
    }
}

#[test]
fn tiers_webhooks_and_cancel_are_as_the_contract_has_them() {
    for vendor in Vendor::ALL {
        let (document, can) = (contract(vendor), Capabilities::of(vendor));
        let submits = operations(&document, "submit");
        assert_eq!(submits.len() == 2, can.tiers == Tiers::Endpoint, "{vendor}");
        let models = |schema: &Value| schema["properties"]["model"]["enum"].as_array().map_or(0, Vec::len);
        let has_models = requests(&document).iter().any(|schema| models(schema) > 1);
        assert_eq!(has_models, can.tiers == Tiers::Model, "{vendor}");
        assert_eq!(!operations(&document, "cancel").is_empty(), can.cancel, "{vendor}");
        if let Some(webhook) = can.webhook.filter(|webhook| webhook.wire == Wire::Query) {
            for submit in submits {
                let mut parameters = submit["parameters"].as_array().unwrap().iter();
                assert!(parameters.any(|p| p["name"] == webhook.name && p["in"] == "query"), "{vendor}");
            }
        }
    }
}

/// The limits that a contract states under the facade's names, by pointer.
fn stated(vendor: Vendor) -> Vec<(String, &'static str, Value)> {
    let (document, can) = (contract(vendor), Capabilities::of(vendor));
    let mut found = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        if !requests(&document).contains(&schema) {
            continue;
        }
        let limits = [
            (Some(can.prompt), "minLength", "PROMPT_MIN_CHARS"),
            (Some(can.prompt), "maxLength", "PROMPT_MAX_CHARS"),
            (can.duration, "enum", "DURATIONS"),
            (can.duration, "default", "DEFAULT_DURATION"),
            (can.resolution, "enum", "RESOLUTIONS"),
            (can.resolution, "default", "DEFAULT_RESOLUTION"),
            (can.prompt_optimizer, "default", "DEFAULT_PROMPT_OPTIMIZER"),
            (can.fast_pretreatment, "default", "DEFAULT_FAST_PRETREATMENT"),
            (can.watermark, "default", "DEFAULT_WATERMARK"),
        ];
        let limits = limits.into_iter().filter_map(|(property, keyword, rule)| {
            let path = property?.name.replace('.', "/properties/");
            Some((format!("/properties/{path}/{keyword}"), rule))
        });
        for (pointer, rule) in limits.chain([("/not".to_owned(), "MATRIX")]) {
            if let Some(value) = schema.pointer(&pointer) {
                found.push((format!("/components/schemas/{name}{pointer}"), rule, value.clone()));
            }
        }
    }
    found
}

#[test]
fn the_rules_hold_against_every_contract_that_states_them() {
    let mut lines = Vec::new();
    for vendor in Vendor::ALL {
        for (pointer, rule, value) in stated(vendor) {
            // The one limit that a vendor may have for itself.
            let agrees = match rule {
                "PROMPT_MAX_CHARS" => Some(value == Capabilities::of(vendor).prompt_max_chars),
                rule => rules::agrees(rule, &value),
            };
            assert_eq!(
                agrees,
                Some(true),
                "{vendor} {pointer} says {value}, {rule} says otherwise: if the model changed, correct the rule and every \
                 [[relies]] on it; if {vendor} alone, its `prompt_max_chars`, or say here that it differs"
            );
            lines.push(format!("{rule} {} {pointer}", vendor.slug()));
        }
    }
    lines.sort();
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("limits_that_contracts_state", lines.join("\n"));
    });
}
