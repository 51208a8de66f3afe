//! What the journal keeps: enough to prove what reached a vendor, and no secret.

use std::sync::{Arc, Mutex};

use hailuo_sandbox::{Fault, Host, KEY_MARK, Kind, Pace, Phase, Sandbox, Vendor};
use serde_json::json;

use crate::client::{Caller, IMAGE, KEY, PROMPT, look};

#[tokio::test]
async fn a_submit_is_written_down_with_its_key_replaced_and_its_prompt_kept() {
    let sandbox = Sandbox::start().await.unwrap();
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        let id = caller.submitted().await;
        let submits = sandbox.submits(vendor);
        assert_eq!(submits.len(), 1, "{vendor}");
        let entry = &submits[0];
        assert_eq!((entry.method.as_str(), entry.status), ("POST", Some(200)));
        assert!(entry.path.ends_with(caller.path()), "{}", entry.path);
        assert!(entry.has_key(KEY) && !entry.has_key("another-key"));
        assert!(entry.carries_key && entry.made_job);
        assert_eq!(entry.job.as_deref(), Some(id.as_str()));
        let mut expected = caller.order();
        if vendor == Vendor::ModelsLab {
            expected["key"] = json!(KEY_MARK);
        }
        assert_eq!(entry.body.json(), Some(expected), "{vendor}");
        let job = &sandbox.jobs(vendor)[0];
        assert_eq!((job.number, job.request, &job.id), (1, entry.number, &id));
        let shown = format!("{entry:?} {:?} {:?}", entry.headers, entry.body.text());
        assert!(!shown.contains(KEY), "{shown}");
        assert!(!format!("{entry:?}").contains(PROMPT));
    }
}

#[tokio::test]
async fn a_key_in_a_body_that_cannot_be_read_or_where_it_does_not_belong_is_not_written_down() {
    let sandbox = Sandbox::start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::ModelsLab);
    let order = caller.order().to_string();
    let url = format!("{}{}", caller.base, caller.path());
    for body in [&order[..order.len() - 1], "key=canary-key-0123&prompt=x"] {
        let request = caller.http.post(&url).header("content-type", "application/json").body(body.to_owned());
        assert_eq!(look(request).await.answer().status, 400);
    }
    let misplaced = caller.http.post(&url).header("x-api-key", KEY).header("key", KEY).header("x", "y").body("{}");
    look(misplaced).await.answer();
    let entries = sandbox.journal();
    assert_eq!(["x-api-key", "key", "x"].map(|name| entries[2].header(name).unwrap()), [KEY_MARK, KEY_MARK, "y"]);
    assert!(entries[2].carries_key);
    for entry in &entries[..2] {
        assert!(entry.body.text().contains(KEY_MARK) && !entry.body.text().contains(KEY), "{}", entry.body.text());
    }
}

#[tokio::test]
async fn no_more_violations_are_kept_than_requests() {
    let sandbox = Sandbox::builder().journal_limit(3).start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::SeaArt);
    for _ in 0..5 {
        look(caller.submit_of(&json!({}))).await.answer();
    }
    let requests: Vec<_> = sandbox.violations().iter().map(|violation| violation.request).collect();
    assert_eq!(requests.len(), 3);
    assert_eq!(requests[2], 5);
}

#[tokio::test]
async fn a_picture_is_kept_as_length_and_sum() {
    let sandbox = Sandbox::start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::HighwayApi);
    // 27 MB on the wire: a picture of 20 MB as a data URL.
    let picture: Vec<u8> = (0..20_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let encoded = {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD.encode(&picture)
    };
    let mut order = caller.order();
    order["image"] = json!(format!("data:image/webp;base64,{encoded}"));
    let answer = look(caller.submit_of(&order)).await.answer();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let entry = &sandbox.submits(Vendor::HighwayApi)[0];
    assert!(entry.body.length > 26_000_000);
    assert!(entry.body.text().len() < 1000);
    assert_eq!(entry.body.pictures.len(), 1);
    assert_eq!(entry.body.pictures[0].pointer, "/image");
    assert!(entry.body.pictures[0].is(&picture));
    assert!(!entry.body.pictures[0].is(&picture[1..]));
}

#[tokio::test]
async fn more_than_40_mb_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let mut order = caller.order();
    order["image_url"] = json!(format!("{IMAGE}?{}", "x".repeat(41 * 1024 * 1024)));
    let answer = look(caller.submit_of(&order)).await.answer();
    assert_eq!(answer.status, 413);
    assert!(sandbox.jobs(Vendor::Fal).is_empty());
}

#[tokio::test]
async fn what_struck_a_request_stands_beside_it() {
    let sandbox = Sandbox::builder().pace(Pace::polls(1)).start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::ApiInOne);
    let fault = Fault::at(Phase::Submit, Kind::Http { status: 503, accepted: false });
    sandbox.fault(Vendor::ApiInOne, fault.clone()).unwrap();
    assert_eq!(sandbox.pending_faults(Vendor::ApiInOne), [fault]);
    look(caller.submit()).await.answer();
    let id = caller.submitted().await;
    caller.finished(&id).await;
    let shown: Vec<_> = sandbox
        .requests(Vendor::ApiInOne)
        .iter()
        .map(|entry| {
            let fault = entry.fault.clone().unwrap_or_default();
            (entry.phase, entry.status, entry.made_job, fault)
        })
        .collect();
    assert_eq!(shown[0], (Some(Phase::Submit), Some(503), false, "submit:http=503".to_owned()));
    assert_eq!(shown[1], (Some(Phase::Submit), Some(200), true, String::new()));
    assert!(shown[2..].iter().all(|entry| entry.0 == Some(Phase::Poll)));
    assert!(sandbox.pending_faults(Vendor::ApiInOne).is_empty());
}

#[tokio::test]
async fn an_old_request_makes_room_for_a_new_one() {
    let sandbox = Sandbox::builder().journal_limit(3).start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::Fal);
    for _ in 0..5 {
        caller.submitted().await;
    }
    let numbers: Vec<_> = sandbox.journal().iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [3, 4, 5]);
    assert_eq!(sandbox.received(), 5);
    assert_eq!(sandbox.jobs(Vendor::Fal).len(), 5);
    sandbox.clear_journal();
    assert!(sandbox.requests_to(Host::Api).is_empty());
}

#[tokio::test]
async fn whoever_watches_is_told_of_each_request_and_of_what_in_it_is_wrong() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let sandbox = Sandbox::builder()
        .pace(Pace::INSTANT)
        .fault(Vendor::Fal, "submit:drop-answer+1".parse().unwrap())
        .on_request(move |entry, violations| {
            let mut lines = heard.lock().unwrap();
            lines.push(entry.to_string());
            lines.extend(violations.iter().map(|violation| format!("{} {}", violation.pointer, violation.rule)));
        })
        .start()
        .await
        .unwrap();
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let video = caller.finished(&caller.submitted().await).await;
    look(caller.http.get(&video)).await.answer();
    look(caller.submit()).await;
    look(caller.submit_of(&json!({"prompt": PROMPT}))).await.answer();
    look(caller.signed(caller.http.get(format!("{}/nowhere?key={KEY}", caller.base)))).await.answer();
    let jobs = sandbox.jobs(Vendor::Fal);
    let (first, second) = (&jobs[0].id, &jobs[1].id);
    let path = caller.path();
    assert_eq!(
        *told.lock().unwrap(),
        [
            format!("fal: POST {path}: 200, made job {first}"),
            format!("fal: GET /fal-ai/minimax/requests/{first}/status: 200, job {first}"),
            format!("fal: GET /fal-ai/minimax/requests/{first}: 200, job {first}"),
            format!("fal files: GET /files/{first}/0.mp4: 200, job {first}"),
            format!("fal: POST {path}: no answer, made job {second}, struck by submit:drop-answer"),
            format!("fal: POST {path}: 422"),
            "/image_url required".to_owned(),
            format!("fal: GET /nowhere?key={KEY_MARK}: 404"),
            " unknown".to_owned(),
        ]
    );
}
