//! The contract is the judge: what breaks it is refused in the vendor's own words and written down without its value.

use std::collections::BTreeSet;

use hailuo_sandbox::{Place, Sandbox, Vendor};
use serde_json::{Value, json};

use crate::client::{Caller, KEY, look};

/// Where each vendor's errors say what is wrong.
fn message(vendor: Vendor, body: &Value) -> &Value {
    match vendor {
        Vendor::ModelsLab | Vendor::HighwayApi => &body["message"],
        Vendor::Fal => &body["detail"],
        Vendor::SeaArt => &body["status"]["message"],
        Vendor::ApiInOne => &body["error"]["message"],
    }
}

#[tokio::test]
async fn a_field_that_breaks_the_contract_is_refused_and_written_down() {
    let sandbox = Sandbox::start().await.unwrap();
    let seven = json!(7);
    let cases: Vec<(Vendor, &str, Option<Value>, &str)> = vec![
        (Vendor::ModelsLab, "duration", Some(json!("6s")), "enum"),
        (Vendor::ModelsLab, "duration", None, "required"),
        (Vendor::ModelsLab, "init_image", Some(json!("no url")), "format"),
        (Vendor::Fal, "prompt", None, "required"),
        (Vendor::Fal, "image_url", Some(seven.clone()), "type"),
        (Vendor::Fal, "prompt_optimizer", Some(json!("yes")), "type"),
        (Vendor::SeaArt, "first_frame_image", None, "required"),
        (Vendor::SeaArt, "prompt", Some(json!("x".repeat(2001))), "maxLength"),
        (Vendor::SeaArt, "duration", Some(json!("6")), "type"),
        (Vendor::HighwayApi, "prompt", Some(json!("")), "minLength"),
        (Vendor::HighwayApi, "resolution", Some(json!("720P")), "enum"),
        (Vendor::HighwayApi, "image", Some(json!("iVBORw0KGgo=")), "format"),
        (Vendor::ApiInOne, "duration", Some(json!(6)), "type"),
        (Vendor::ApiInOne, "model", Some(json!("hailuo")), "enum"),
        (Vendor::ApiInOne, "image", None, "required"),
    ];
    for (vendor, field, value, rule) in cases {
        sandbox.clear_journal();
        let caller = Caller::new(&sandbox, vendor);
        let mut order = caller.order();
        match value {
            Some(value) => order[field] = value,
            None => drop(order.as_object_mut().unwrap().remove(field)),
        }
        let answer = look(caller.submit_of(&order)).await.answer();
        let expected = if vendor == Vendor::Fal { 422 } else { 400 };
        assert_eq!(answer.status, expected, "{vendor} {field}: {}", answer.text());
        let body = answer.json();
        assert!(message(vendor, &body).to_string().contains(field), "{vendor}: {body}");
        let violations = sandbox.violations();
        let rules: BTreeSet<_> = violations.iter().map(|violation| violation.rule.as_str()).collect();
        assert!(rules.contains(rule), "{vendor} {field}: {violations:?}");
        assert!(
            violations
                .iter()
                .all(|violation| { violation.place == Place::Body && violation.pointer == format!("/{field}") }),
            "{violations:?}"
        );
    }
    assert!(Vendor::ALL.iter().all(|vendor| sandbox.jobs(*vendor).is_empty()));
}

#[tokio::test]
async fn ten_seconds_at_1080p_are_refused_where_the_contract_says_so() {
    let sandbox = Sandbox::start().await.unwrap();
    for vendor in [Vendor::SeaArt, Vendor::HighwayApi] {
        let caller = Caller::new(&sandbox, vendor);
        for (duration, resolution, status) in [
            (Some(6), Some("768P"), 200),
            (Some(10), Some("768P"), 200),
            (Some(6), Some("1080P"), 200),
            (Some(10), Some("1080P"), 400),
            (Some(10), None, 200),
            (None, Some("1080P"), 200),
            (None, None, 200),
        ] {
            let mut order = caller.order();
            let fields = order.as_object_mut().unwrap();
            fields.remove("duration");
            fields.remove("resolution");
            if let Some(duration) = duration {
                fields.insert("duration".to_owned(), json!(duration));
            }
            if let Some(resolution) = resolution {
                fields.insert("resolution".to_owned(), json!(resolution));
            }
            let answer = look(caller.submit_of(&order)).await.answer();
            assert_eq!(answer.status, status, "{vendor} {duration:?} {resolution:?}");
        }
    }
    let violations = sandbox.violations();
    assert_eq!(violations.len(), 2);
    let names_both = |text: &str| text.starts_with("duration and resolution are not allowed together");
    assert!(violations.iter().all(|violation| violation.rule == "not" && names_both(&violation.message)));
}

#[tokio::test]
async fn a_key_that_is_missing_or_wrong_is_401_in_the_vendors_envelope() {
    let sandbox = Vendor::ALL
        .into_iter()
        .fold(Sandbox::builder(), |builder, vendor| builder.key(vendor, KEY))
        .start()
        .await
        .unwrap();
    for vendor in Vendor::ALL {
        let mut caller = Caller::new(&sandbox, vendor);
        assert_eq!(look(caller.submit()).await.answer().status, 200, "{vendor}");
        for key in ["wrong-key-0123", ""] {
            key.clone_into(&mut caller.key);
            let answer = look(caller.submit()).await.answer();
            assert_eq!(answer.status, 401, "{vendor} {key:?}");
            assert!(message(vendor, &answer.json()).is_string(), "{vendor}");
        }
        let mut order = caller.order();
        order.as_object_mut().unwrap().remove("key");
        let bare = caller.http.post(format!("{}{}", caller.base, caller.path()));
        assert_eq!(look(bare.json(&order)).await.answer().status, 401, "{vendor}");
        assert_eq!(sandbox.jobs(vendor).len(), 1);
    }
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let request = caller.http.post(format!("{}{}", caller.base, caller.path()));
    let answer = look(request.bearer_auth(KEY).json(&caller.order())).await.answer();
    assert_eq!(answer.status, 401, "fal takes `Key`, not `Bearer`");
    assert_eq!(sandbox.violations().last().unwrap().rule, "prefix");
}

#[tokio::test]
async fn path_method_query_and_media_type_are_judged_too() {
    let sandbox = Sandbox::start().await.unwrap();
    for vendor in Vendor::ALL {
        sandbox.clear_journal();
        let caller = Caller::new(&sandbox, vendor);
        let url = format!("{}{}", caller.base, caller.path());
        let signed = |request| caller.signed(request);
        for (request, status, place) in [
            (signed(caller.http.post(format!("{}/nowhere", caller.base))), 404, Place::Path),
            (signed(caller.http.post(format!("{url}/"))), 404, Place::Path),
            (signed(caller.http.delete(&url)), 405, Place::Method),
            (signed(caller.http.post(format!("{url}?surprise=1")).json(&caller.order())), 0, Place::Query),
            (signed(caller.http.post(&url).body("{}")), 0, Place::Header),
            (signed(caller.http.post(&url).header("content-type", "application/json").body("{")), 0, Place::Body),
        ] {
            let before = sandbox.violations().len();
            let answer = look(request).await.answer();
            let expected = if status == 0 { 400..=422 } else { status..=status };
            assert_eq!(answer.header("allow"), (status == 405).then_some("POST"), "{vendor}");
            assert!(expected.contains(&answer.status), "{vendor} {place:?}: {}", answer.status);
            let violations = sandbox.violations();
            assert_eq!(violations.len(), before + 1, "{vendor} {place:?} {violations:?}");
            assert_eq!(violations[before].place, place, "{vendor}");
            let _ = message(vendor, &answer.json());
        }
        assert!(sandbox.jobs(vendor).is_empty());
    }
}

#[tokio::test]
async fn a_picture_must_be_what_its_data_url_says() {
    let sandbox = Sandbox::start().await.unwrap();
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        let mut order = caller.order();
        order[caller.image_field()] = json!("data:image/jpeg;base64,iVBORw0KGgo=");
        let answer = look(caller.submit_of(&order)).await.answer();
        assert!([400, 422].contains(&answer.status), "{vendor}");
        assert_eq!(sandbox.violations().last().unwrap().rule, "contentMediaType");
    }
}

#[tokio::test]
async fn no_violation_repeats_a_value() {
    let sandbox = Sandbox::start().await.unwrap();
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        let mut order = caller.order();
        for field in ["prompt", "duration", caller.image_field()] {
            order[field] = json!({"canary": ["canary"]});
        }
        look(caller.submit_of(&order)).await.answer();
        let url = format!("{}{}?canary-name=canary-value", caller.base, caller.path());
        look(caller.signed(caller.http.post(url)).json(&json!("canary"))).await.answer();
    }
    let violations = format!("{:?}", sandbox.violations());
    assert!(violations.len() > 1000);
    assert!(!violations.contains("canary-value") && !violations.contains("\"canary\""), "{violations}");
    assert!(!violations.contains(KEY), "{violations}");
}

#[tokio::test]
async fn a_contract_given_at_the_start_takes_the_place_of_the_built_in_one() {
    let contract = Vendor::SeaArt.contract().replace("2000", "1500");
    let sandbox = Sandbox::builder().contract(Vendor::SeaArt, contract).start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::SeaArt);
    let mut order = caller.order();
    order["prompt"] = json!("x".repeat(1501));
    assert_eq!(look(caller.submit_of(&order)).await.answer().status, 400);
    let nowhere = Vendor::Fal.contract().replace("\"https://queue.fal.run\"", "\"queue.fal.run\"");
    for broken in ["", "{}", "[]", r#"{"paths": {"/a": {"post": {}}}}"#, &nowhere] {
        let error = Sandbox::builder().contract(Vendor::Fal, broken).start().await.unwrap_err().to_string();
        assert!(error.starts_with("the contract of fal cannot be used"), "{error}");
    }
}
