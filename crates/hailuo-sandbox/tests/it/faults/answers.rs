//! Answers that are refusals, or are not what they should be.

use hailuo_sandbox::{Host, Pace, Sandbox, Vendor};
use serde_json::Value;

use super::{sandbox, script};
use crate::client::{Answer, Caller, KEY, look};

#[tokio::test]
async fn a_rate_limit_says_how_long_in_the_place_that_was_asked_for() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        for (place, header, body) in [
            ("", vendor != Vendor::ModelsLab, vendor == Vendor::ModelsLab),
            (",header", true, false),
            (",body", false, true),
            (",date", true, false),
        ] {
            script(&sandbox, vendor, &format!("submit:rate-limit=1500ms{place}")).unwrap();
            let answer = look(caller.submit()).await.answer();
            assert_eq!(answer.status, 429);
            match answer.header("retry-after") {
                Some(date) if place == ",date" => assert!(date.ends_with("GMT"), "{date}"),
                told => assert_eq!(told, header.then_some("2"), "{vendor} {place}"),
            }
            let told = &answer.json()["retry_after"];
            assert_eq!(told.as_u64(), body.then_some(2), "{vendor} {place}");
        }
    }
}

#[tokio::test]
async fn a_page_of_html_is_html() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::HighwayApi);
    script(&sandbox, Vendor::HighwayApi, "submit:html").unwrap();
    let answer = look(caller.submit()).await.answer();
    assert_eq!((answer.status, answer.header("content-type")), (502, Some("text/html")));
    assert!(answer.text().starts_with("<html>"));
}

/// What marks a refusal of content, picture and balance at each vendor.
const REFUSALS: &[(Vendor, &str, u16, &str)] = &[
    (Vendor::ModelsLab, "content-refused", 400, "\"status\":\"error\""),
    (Vendor::ModelsLab, "image-unreachable", 400, "input image"),
    (Vendor::ModelsLab, "no-balance", 402, "balance"),
    (Vendor::Fal, "content-refused", 422, "content_policy_violation"),
    (Vendor::Fal, "image-unreachable", 422, "file_download_error"),
    (Vendor::Fal, "no-balance", 403, "Exhausted balance"),
    (Vendor::SeaArt, "content-refused", 400, "\"data\":null"),
    (Vendor::SeaArt, "image-unreachable", 400, "input image"),
    (Vendor::SeaArt, "no-balance", 402, "\"error_code\":40201"),
    (Vendor::HighwayApi, "content-refused", 400, "ILLEGAL_PROMPT"),
    (Vendor::HighwayApi, "image-unreachable", 400, "INVALID_IMAGE_FORMAT"),
    (Vendor::HighwayApi, "no-balance", 403, "BILLING_BALANCE_NOT_ENOUGH"),
    (Vendor::ApiInOne, "content-refused", 400, "content_policy_violation"),
    (Vendor::ApiInOne, "image-unreachable", 400, "invalid_image"),
    (Vendor::ApiInOne, "no-balance", 402, "insufficient_credits"),
];

#[tokio::test]
async fn content_picture_and_balance_are_refused_in_the_vendors_words_and_make_no_job() {
    let sandbox = sandbox(Pace::INSTANT).await;
    for (vendor, fault, status, mark) in REFUSALS {
        let caller = Caller::new(&sandbox, *vendor);
        script(&sandbox, *vendor, &format!("submit:{fault}")).unwrap();
        let answer = look(caller.submit()).await.answer();
        assert_eq!(answer.status, *status, "{vendor} {fault}");
        assert!(answer.text().contains(mark), "{vendor} {fault}: {}", answer.text());
    }
    assert!(Vendor::ALL.iter().all(|vendor| sandbox.jobs(*vendor).is_empty()));
}

#[tokio::test]
async fn a_key_revoked_while_waiting_stays_wrong_until_the_faults_are_cleared() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::polls(3)).await;
        let caller = Caller::new(&sandbox, vendor);
        let id = caller.submitted().await;
        script(&sandbox, vendor, "poll:revoke-key+1").unwrap();
        let mut statuses = Vec::new();
        for _ in 0..3 {
            statuses.push(look(caller.poll(&id)).await.answer().status);
        }
        assert!(statuses[0] < 300 && statuses[1..] == [401, 401], "{vendor} {statuses:?}");
        assert_eq!(look(caller.submit()).await.answer().status, 401);
        sandbox.clear_faults(vendor);
        caller.finished(&id).await;
    }
}

#[tokio::test]
async fn an_unknown_word_is_a_word_nobody_knows_and_only_that() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::polls(2)).await;
        let caller = Caller::new(&sandbox, vendor);
        let id = caller.submitted().await;
        script(&sandbox, vendor, "poll:unknown-status").unwrap();
        script(&sandbox, vendor, "poll:unknown-status=PAUSED").unwrap();
        let words = [
            caller.word(&look(caller.poll(&id)).await.answer().json()),
            caller.word(&look(caller.poll(&id)).await.answer().json()),
        ];
        assert_eq!(words[0].to_uppercase(), "ON_HOLD", "{vendor}");
        assert_eq!(words[1], "PAUSED", "{vendor}");
        caller.finished(&id).await;
    }
}

async fn spoiled(vendor: Vendor, fault: &str) -> (Value, Value) {
    let sandbox = Sandbox::builder().seed(7).pace(Pace::INSTANT).start().await.unwrap();
    let caller = Caller::new(&sandbox, vendor);
    let answer = |answer: Answer| {
        let text = answer.text().replace(&sandbox.url(vendor), "API").replace(&sandbox.files_url(vendor), "FILES");
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let plain = answer(look(caller.submit()).await.answer());
    script(&sandbox, vendor, &format!("submit:{fault}")).unwrap();
    (plain, answer(look(caller.submit()).await.answer()))
}

#[tokio::test]
async fn fields_can_be_missing_null_new_or_of_another_type() {
    for vendor in [Vendor::ModelsLab, Vendor::Fal, Vendor::SeaArt, Vendor::ApiInOne] {
        let (plain, missing) = spoiled(vendor, "missing-fields").await;
        let (_, nulls) = spoiled(vendor, "nulls").await;
        let count = |value: &Value| value.as_object().unwrap().len();
        assert!(count(&missing) < count(&plain), "{vendor} {missing}");
        assert_eq!(count(&nulls), count(&plain), "{vendor}");
        assert!(nulls.as_object().unwrap().values().any(Value::is_null), "{vendor} {nulls}");
    }
    for vendor in Vendor::ALL {
        let (_, extra) = spoiled(vendor, "extra-fields").await;
        assert!(extra["newField"].is_string(), "{vendor} {extra}");
    }
}

/// The places of all values that are no object or list, each with its type.
fn leaves(value: &Value, place: &str, list: &mut Vec<(String, &'static str)>) {
    let kind = match value {
        Value::Object(fields) => {
            return fields.iter().for_each(|(name, field)| leaves(field, &format!("{place}/{name}"), list));
        }
        Value::Array(items) => {
            return items.iter().enumerate().for_each(|(n, item)| leaves(item, &format!("{place}/{n}"), list));
        }
        Value::Null => "null",
        Value::Bool(_) => "truth",
        Value::Number(_) => "number",
        Value::String(_) => "string",
    };
    list.push((place.to_owned(), kind));
}

#[tokio::test]
async fn fields_of_a_finished_jobs_answers_can_be_missing_null_new_or_of_another_type() {
    let sandbox = sandbox(Pace::INSTANT).await;
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        let id = caller.submitted().await;
        for phase in ["poll", "result"] {
            let ask = async || {
                let request = if phase == "poll" { caller.poll(&id) } else { caller.result(&id) };
                let body = look(request).await.answer().json();
                let mut list = Vec::new();
                leaves(&body, "", &mut list);
                list
            };
            let plain = ask().await;
            let count = |list: &[(String, &str)], kind| list.iter().filter(|leaf| leaf.1 == kind).count();
            for kind in ["missing-fields", "nulls", "extra-fields", "number-for-string", "string-for-number"] {
                let what = format!("{vendor} {phase}:{kind}");
                let before = sandbox.pending_faults(vendor).len();
                script(&sandbox, vendor, &format!("{phase}:{kind}")).unwrap();
                let spoiled = ask().await;
                assert_eq!(sandbox.pending_faults(vendor).len(), before, "{what}");
                let has_numbers = count(&plain, "number") > 0;
                match kind {
                    "missing-fields" => {
                        assert!(spoiled.iter().all(|leaf| plain.contains(leaf)), "{what} {spoiled:?}");
                        // API in One's answer has little that could be left out.
                        assert!(spoiled.len() < plain.len(), "{what} {spoiled:?}");
                    }
                    "nulls" => assert!(count(&spoiled, "null") > count(&plain, "null"), "{what} {spoiled:?}"),
                    "extra-fields" => {
                        assert!(plain.iter().all(|leaf| spoiled.contains(leaf)), "{what} {spoiled:?}");
                        assert!(spoiled.contains(&("/newField".to_owned(), "string")), "{what} {spoiled:?}");
                    }
                    "number-for-string" => {
                        assert!(count(&spoiled, "number") > count(&plain, "number"), "{what} {spoiled:?}");
                    }
                    _ => {
                        assert_eq!(count(&spoiled, "number"), 0, "{what} {spoiled:?}");
                        assert_eq!(count(&spoiled, "string") > count(&plain, "string"), has_numbers, "{what}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_vendor_fails_in_its_own_envelope_and_a_gateway_in_html() {
    let sandbox = sandbox(Pace::INSTANT).await;
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        for status in [500, 503, 504] {
            script(&sandbox, vendor, &format!("submit:http={status}")).unwrap();
            let answer = look(caller.submit()).await.answer();
            let body = answer.json();
            assert_eq!((answer.status, answer.header("content-type")), (status, Some("application/json")), "{vendor}");
            let says_why = ["/message", "/detail", "/status/message", "/error/message"]
                .iter()
                .any(|pointer| body.pointer(pointer).is_some_and(Value::is_string));
            assert!(says_why, "{vendor} {body}");
        }
        for status in [502, 503, 504] {
            script(&sandbox, vendor, &format!("poll:html={status}")).unwrap();
            let id = caller.submitted().await;
            let answer = look(caller.poll(&id)).await.answer();
            assert_eq!((answer.status, answer.header("content-type")), (status, Some("text/html")), "{vendor}");
            assert!(answer.text().contains(&format!("<h1>{status} ")), "{vendor} {}", answer.text());
        }
    }
}

#[tokio::test]
async fn what_is_left_out_is_not_needed_for_the_video() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::polls(2)).await;
        let caller = Caller::new(&sandbox, vendor);
        if vendor != Vendor::HighwayApi {
            script(&sandbox, vendor, "submit:missing-fields*always").unwrap();
        }
        for fault in ["poll:missing-fields*always", "result:missing-fields*always"] {
            script(&sandbox, vendor, fault).unwrap();
        }
        let id = caller.submitted().await;
        caller.finished(&id).await;
    }
}

#[tokio::test]
async fn a_number_for_an_id_is_a_number_that_can_be_asked_for() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        script(&sandbox, vendor, "submit:number-for-string").unwrap();
        let answer = look(caller.submit()).await.answer().json();
        let id = match vendor {
            Vendor::ModelsLab => &answer["id"],
            Vendor::Fal | Vendor::SeaArt => &answer["request_id"],
            Vendor::HighwayApi => &answer["task_id"],
            Vendor::ApiInOne => &answer["data"]["task_id"],
        };
        assert!(id.is_u64(), "{vendor} {answer}");
        caller.finished(&id.to_string()).await;
        script(&sandbox, vendor, "poll:string-for-number").unwrap();
        let poll = look(caller.poll(&id.to_string())).await.answer().text();
        assert!(!poll.contains(":0,") && !poll.contains(":100,") && !poll.contains(":2.5"), "{poll}");
    }
}

#[tokio::test]
async fn invalid_json_is_no_json_and_an_empty_body_is_empty() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        script(&sandbox, vendor, "submit:invalid-json").unwrap();
        let answer = look(caller.submit()).await.answer();
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert!(answer.bytes.starts_with(b"{"));
        assert!(serde_json::from_slice::<Value>(&answer.bytes).is_err());
        script(&sandbox, vendor, "submit:empty").unwrap();
        assert!(look(caller.submit()).await.answer().bytes.is_empty());
    }
}

#[tokio::test]
async fn an_endless_body_has_no_end() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::SeaArt);
    script(&sandbox, Vendor::SeaArt, "submit:endless").unwrap();
    let mut response = caller.submit().send().await.unwrap();
    let mut received = 0;
    while received < 20_000_000 {
        received += response.chunk().await.unwrap().expect("there is more").len();
    }
}

#[tokio::test]
async fn a_redirect_leads_elsewhere_and_what_follows_it_is_written_down() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        for status in [301, 302, 303, 307, 308] {
            script(&sandbox, vendor, &format!("submit:redirect={status}")).unwrap();
            let answer = look(caller.submit()).await.answer();
            assert_eq!(answer.status, status);
            let target = answer.header("location").unwrap().to_owned();
            assert!(target.starts_with(sandbox.elsewhere_url()), "{target}");
            let followed = caller.signed(caller.http.post(&target)).json(&caller.order());
            assert_eq!(look(followed).await.answer().status, 404);
        }
        let elsewhere = sandbox.requests_to(Host::Elsewhere);
        assert_eq!(elsewhere.len(), 5);
        assert!(elsewhere.iter().all(|entry| entry.vendor == vendor && entry.carries_key));
        assert!(sandbox.jobs(vendor).is_empty());

        script(&sandbox, vendor, "submit:redirect=307,same").unwrap();
        let answer = look(caller.submit()).await.answer();
        let target = answer.header("location").unwrap();
        assert_eq!(target, format!("{}{}", caller.base, caller.path()));
    }
}

#[tokio::test]
async fn a_foreign_url_leads_to_another_host_even_if_it_begins_like_the_vendors() {
    for (vendor, field) in
        [(Vendor::Fal, "status_url"), (Vendor::SeaArt, "response_url"), (Vendor::ModelsLab, "fetch_result")]
    {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        script(&sandbox, vendor, "submit:foreign-urls").unwrap();
        script(&sandbox, vendor, "submit:foreign-urls=userinfo").unwrap();
        let plain = look(caller.submit()).await.answer().json();
        assert!(plain[field].as_str().unwrap().starts_with(sandbox.elsewhere_url()), "{plain}");
        let tricky = look(caller.submit()).await.answer().json();
        let url = tricky[field].as_str().unwrap();
        let origin = caller.base.split('/').take(3).collect::<Vec<_>>().join("/");
        assert!(url.starts_with(&format!("{origin}@")), "{url}");
        let followed = caller.signed(caller.http.get(format!("{url}?key={KEY}")));
        look(followed).await.answer();
        let elsewhere = sandbox.requests_to(Host::Elsewhere);
        assert!(elsewhere[0].carries_key);
        assert!(!format!("{:?} {:?}", elsewhere[0].headers, elsewhere[0].query).contains(KEY));
    }
}
