//! What each vendor does that the others do not.

use hailuo_sandbox::{Fault, JobState, Pace, Sandbox, Vendor};
use serde_json::{Value, json};

use crate::client::{Caller, Seen, look};

async fn sandbox(pace: Pace) -> Sandbox {
    Sandbox::builder().pace(pace).start().await.unwrap()
}

fn script(sandbox: &Sandbox, vendor: Vendor, faults: &[&str]) {
    for fault in faults {
        sandbox.fault(vendor, fault.parse::<Fault>().unwrap()).unwrap();
    }
}

fn keeps_the_contract(sandbox: &Sandbox) {
    assert_eq!(sandbox.violations(), []);
    assert_eq!(sandbox.mismatches(), []);
}

#[tokio::test]
async fn fal_answers_202_until_done_by_short_and_long_urls() {
    let sandbox = sandbox(Pace::polls(4)).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    for tier in ["pro", "standard"] {
        let path = format!("{}/fal-ai/minimax/hailuo-2.3/{tier}/image-to-video", caller.base);
        let submit = caller
            .signed(caller.http.post(&path))
            .json(&json!({"prompt": "x", "image_url": "https://example.com/a.jpg"}));
        let answer = look(submit).await.answer();
        let body = answer.json();
        let id = caller.id(&body);
        assert_eq!(answer.header("x-fal-request-id"), Some(id.as_str()));
        let short = format!("{}/fal-ai/minimax/requests/{id}", caller.base);
        assert_eq!(body["status_url"], format!("{short}/status"));
        assert_eq!(body["response_url"], short);
        assert_eq!(body["cancel_url"], format!("{short}/cancel"));
        assert_eq!(body["status"], "IN_QUEUE");
        let mut seen = Vec::new();
        for url in [&short, &format!("{path}/requests/{id}")] {
            for _ in 0..3 {
                let answer = look(caller.signed(caller.http.get(format!("{url}/status")))).await.answer();
                assert_eq!(answer.header("x-fal-request-id"), Some(id.as_str()));
                seen.push((answer.status, caller.word(&answer.json())));
            }
        }
        let expected = [
            (202, "IN_QUEUE"),
            (202, "IN_QUEUE"),
            (202, "IN_PROGRESS"),
            (202, "IN_PROGRESS"),
            (200, "COMPLETED"),
            (200, "COMPLETED"),
        ];
        assert_eq!(seen, expected.map(|(status, word)| (status, word.to_owned())), "{tier}");
        for url in [&short, &format!("{path}/requests/{id}")] {
            let answer = look(caller.signed(caller.http.get(url))).await.answer();
            assert_eq!(answer.status, 200);
            assert!(caller.video(&answer.json()).is_some());
        }
    }
    keeps_the_contract(&sandbox);
}

#[tokio::test]
async fn fal_gives_logs_when_asked_in_any_spelling_and_null_otherwise() {
    let sandbox = sandbox(Pace::Polls { queued: 1, running: 100 }).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let submit = look(caller.submit()).await.answer().json();
    let id = caller.id(&submit);
    let queued = look(caller.poll(&id)).await.answer().json();
    for body in [&submit, &queued] {
        assert_eq!((&body["queue_position"], &body["metrics"]), (&json!(0), &json!({})));
        assert_eq!(body.get("logs"), Some(&Value::Null));
    }
    for (query, wanted) in
        [("", false), ("?logs=0", false), ("?logs=false", false), ("?logs=1", true), ("?logs=true", true)]
    {
        let url = format!("{}/fal-ai/minimax/requests/{id}/status{query}", caller.base);
        let body = look(caller.signed(caller.http.get(url))).await.answer().json();
        if !wanted {
            assert_eq!(body.get("logs"), Some(&Value::Null), "{query}");
            continue;
        }
        let logs = body["logs"].as_array().expect("logs is a list");
        assert!(!logs.is_empty(), "{query}");
        assert!(logs.iter().all(|line| line["message"].is_string() && line["timestamp"].is_string()));
    }
    keeps_the_contract(&sandbox);
    let url = format!("{}/fal-ai/minimax/requests/{id}/status?logs=2", caller.base);
    assert_eq!(look(caller.signed(caller.http.get(url))).await.answer().status, 422);
    assert_eq!(sandbox.violations()[0].pointer, "/logs");
}

#[tokio::test]
async fn fal_streams_the_statuses_of_a_request_until_it_is_over() {
    let sandbox = sandbox(Pace::polls(3)).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let id = caller.submitted().await;
    let stream = |id: &str| {
        let url = format!("{}/fal-ai/minimax/requests/{id}/status/stream?logs=1", caller.base);
        caller.signed(caller.http.get(url)).header("accept", "text/event-stream")
    };
    let answer = look(stream(&id)).await.answer();
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/event-stream")));
    assert_eq!(answer.header("x-fal-request-id"), Some(id.as_str()));
    let text = answer.text();
    let events: Vec<Value> = text
        .split_terminator("\n\n")
        .map(|event| serde_json::from_str(event.strip_prefix("data: ").unwrap()).unwrap())
        .collect();
    let words: Vec<_> = events.iter().map(|event| event["status"].as_str().unwrap()).collect();
    assert_eq!(words, ["IN_QUEUE", "IN_QUEUE", "IN_PROGRESS", "COMPLETED"]);
    // Each line once, as fal's JavaScript client has it, which strings those of all events together.
    let lines = events.iter().filter_map(|event| event["logs"].as_array()).flatten();
    let lines: Vec<_> = lines.map(|line| line["message"].as_str().unwrap()).collect();
    assert_eq!(
        lines,
        ["Loading the first frame", "Generating: 25%", "Generating: 50%", "Generating: 75%", "Generating: 100%"]
    );
    assert_eq!((sandbox.requests(Vendor::Fal).len(), sandbox.jobs(Vendor::Fal)[0].looks), (2, 4));

    assert_eq!(look(stream("no-such-request")).await.answer().status, 404);
    script(&sandbox, Vendor::Fal, &["poll:http=500", "poll:drop-answer+2"]);
    let id = caller.submitted().await;
    assert_eq!(look(stream(&id)).await.answer().status, 500);
    assert!(matches!(look(stream(&id)).await, Seen::Broken), "it ends in the middle");
    keeps_the_contract(&sandbox);
}

#[tokio::test]
async fn fal_takes_a_result_url_that_ends_in_response_and_no_other_word() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let id = caller.submitted().await;
    for path in ["/fal-ai/minimax", caller.path()] {
        let url = format!("{}{path}/requests/{id}", caller.base);
        let answer = look(caller.signed(caller.http.get(format!("{url}/response")))).await.answer();
        assert_eq!(answer.status, 200, "{path}");
        assert!(caller.video(&answer.json()).is_some());
        keeps_the_contract(&sandbox);
        for wrong in ["/", "/result", "/response/", "/status/x"] {
            let answer = look(caller.signed(caller.http.get(format!("{url}{wrong}")))).await.answer();
            assert_eq!(answer.status, 404, "{path} {wrong}");
        }
        sandbox.clear_journal();
    }
    let unknown = look(caller.poll("no-such-request")).await.answer();
    assert_eq!((unknown.status, unknown.json()), (404, json!({"status": "NOT_FOUND"})));
}

#[tokio::test]
async fn fal_has_no_word_for_failure_and_its_result_is_an_error() {
    let sandbox = sandbox(Pace::polls(1)).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    script(
        &sandbox,
        Vendor::Fal,
        &["job:fails@1", "job:content-refused@2", "job:content-refused@3", "poll:variant=silent-failure@3*always"],
    );
    let mut results = Vec::new();
    let mut errors = Vec::new();
    for _ in 1..=3 {
        let id = caller.submitted().await;
        let early = look(caller.result(&id)).await.answer();
        assert_eq!((early.status, early.json()), (400, json!({"detail": "Request is still in progress"})));
        let poll = look(caller.poll(&id)).await.answer();
        assert_eq!((poll.status, caller.word(&poll.json())), (200, "COMPLETED".to_owned()));
        errors.push(poll.json()["error_type"].clone());
        results.push(look(caller.result(&id)).await.answer());
    }
    assert_eq!(errors, [json!("runner_server_error"), json!("content_policy_violation"), Value::Null]);
    assert_eq!(results[0].status, 500);
    assert_eq!(results[0].header("x-fal-error-type"), Some("runner_server_error"));
    assert_eq!(results[0].header("x-fal-retryable"), Some("true"));
    for result in &results[1..] {
        assert_eq!((result.status, result.header("x-fal-retryable")), (422, Some("false")));
        let complaint = &result.json()["detail"][0];
        assert_eq!(complaint["type"], "content_policy_violation");
        assert_eq!(complaint["input"], crate::client::PROMPT, "fal echoes the prompt");
    }
    keeps_the_contract(&sandbox);
}

#[tokio::test]
async fn fal_takes_a_webhook_on_another_machine_and_does_not_call_it() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let url = format!("{}{}?fal_webhook=https%3A%2F%2Fexample.com%2Fhook", caller.base, caller.path());
    let answer = look(caller.signed(caller.http.post(url)).json(&caller.order())).await.answer();
    assert_eq!(answer.status, 200);
    keeps_the_contract(&sandbox);
}

#[tokio::test]
async fn fal_and_seaart_cancel_in_time_and_refuse_too_late() {
    for (vendor, stopped, refused) in [
        (Vendor::Fal, "CANCELLATION_REQUESTED", "ALREADY_COMPLETED"),
        (Vendor::SeaArt, "CANCELLATION_REQUESTED", "no longer be canceled"),
    ] {
        let sandbox = sandbox(Pace::polls(1)).await;
        let caller = Caller::new(&sandbox, vendor);
        let id = caller.submitted().await;
        let answer = look(caller.cancel(&id)).await.answer();
        assert_eq!(answer.status, 202, "{vendor}");
        assert!(answer.text().contains(stopped), "{vendor}: {}", answer.text());
        assert_eq!(sandbox.jobs(vendor)[0].state, JobState::Cancelled);
        let poll = look(caller.poll(&id)).await.answer().json();
        assert_eq!(caller.word(&poll), "COMPLETED");
        assert!(poll["error_type"].is_string(), "{vendor} {poll}");
        assert!(look(caller.result(&id)).await.answer().status >= 400);
        let again = look(caller.cancel(&id)).await.answer();
        assert_eq!(again.status, 400, "{vendor}");
        assert!(again.text().contains(refused), "{vendor}: {}", again.text());
        let unknown = look(caller.cancel("no-such-job")).await.answer();
        assert_eq!(unknown.status, 404, "{vendor}");
        keeps_the_contract(&sandbox);
    }
}

#[tokio::test]
async fn nobody_knows_an_unknown_job() {
    let sandbox = sandbox(Pace::INSTANT).await;
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        for id in ["0", "task_abc123", "a%20b"] {
            let answer = look(caller.poll(id)).await.answer();
            assert_eq!(answer.status, 404, "{vendor} {id}");
            assert!(answer.json().is_object());
            assert_eq!(look(caller.result(id)).await.answer().status, 404, "{vendor} {id}");
        }
    }
    keeps_the_contract(&sandbox);
}

#[tokio::test]
async fn seaart_has_its_own_ids_an_early_202_and_two_cases_of_letters() {
    let sandbox = sandbox(Pace::polls(3)).await;
    let caller = Caller::new(&sandbox, Vendor::SeaArt);
    let body = look(caller.submit()).await.answer().json();
    let id = caller.id(&body);
    assert!(id.starts_with("mmsu_"), "{id}");
    assert_eq!((&body["status"], &body["queue_position"]), (&Value::Null, &json!(0)));
    let url = format!("{}{}/requests/{id}", caller.base, caller.path());
    assert_eq!(body["status_url"], format!("{url}/status"));
    assert_eq!(body["response_url"], format!("{url}/response"));
    let early = look(caller.result(&id)).await.answer();
    assert_eq!((early.status, caller.word(&early.json())), (202, "IN_QUEUE".to_owned()));
    script(&sandbox, Vendor::SeaArt, &["poll:variant=lower-case*2"]);
    let words = [
        caller.word(&look(caller.poll(&id)).await.answer().json()),
        caller.word(&look(caller.poll(&id)).await.answer().json()),
        caller.word(&look(caller.poll(&id)).await.answer().json()),
    ];
    assert_eq!(words, ["in_queue", "in_progress", "COMPLETED"]);
    let output = look(caller.result(&id)).await.answer().json()["outputs"][0].clone();
    assert_eq!((&output["duration"], &output["width"], &output["height"]), (&json!(6), &json!(1366), &json!(768)));
    script(&sandbox, Vendor::SeaArt, &["job:fails*2", "poll:variant=error-object@2*always"]);
    let id = caller.submitted().await;
    let failed = last_poll(&caller, &id).await;
    assert_eq!(failed["error_type"], "INFERENCE_FAILURE");
    assert!(failed["error"].is_object());
    keeps_the_contract(&sandbox);
}

async fn last_poll(caller: &Caller, id: &str) -> Value {
    let mut body = Value::Null;
    for _ in 0..5 {
        body = look(caller.poll(id)).await.answer().json();
    }
    body
}

#[tokio::test]
async fn highwayapi_writes_numbers_as_text_and_may_count_no_progress() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::HighwayApi);
    let submit = look(caller.submit()).await.answer().json();
    assert_eq!(submit.as_object().unwrap().keys().collect::<Vec<_>>(), ["task_id"]);
    let id = caller.id(&submit);
    let done = look(caller.poll(&id)).await.answer().json();
    assert_eq!(done["videos"][0]["video_url_ttl"], "86400");
    assert_eq!((&done["task"]["progress_percent"], &done["task"]["eta"]), (&json!(100), &json!(0)));
    script(
        &sandbox,
        Vendor::HighwayApi,
        &["poll:variant=text-numbers", "poll:variant=zero-progress", "result:variant=succeeded"],
    );
    let done = look(caller.poll(&id)).await.answer().json();
    assert_eq!((&done["task"]["progress_percent"], &done["task"]["eta"]), (&json!("0"), &json!("0")));
    assert_eq!(done["task"]["status"], "TASK_STATUS_SUCCEEDED");
    keeps_the_contract(&sandbox);
}

#[tokio::test]
async fn api_in_one_has_two_shapes_and_five_places_for_the_video() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::ApiInOne);
    let body = look(caller.submit()).await.answer().json();
    let id = caller.id(&body);
    assert!(id.starts_with("n51") && id.ends_with("_hailuo"), "{id}");
    assert_eq!((&body["code"], &body["data"]["status"]), (&json!(200), &json!("IN_PROGRESS")));
    for (variant, pointer) in [
        ("url", "/data/url"),
        ("output", "/data/output/0"),
        ("output-object", "/data/output/video_url"),
        ("videos", "/data/videos/0/url"),
    ] {
        script(&sandbox, Vendor::ApiInOne, &[&format!("poll:variant={variant}")]);
        let body = look(caller.poll(&id)).await.answer().json();
        assert!(body.pointer(pointer).is_some_and(Value::is_string), "{variant} {body}");
        assert_eq!(body["data"]["status"], "completed");
    }
    script(&sandbox, Vendor::ApiInOne, &["submit:variant=older", "poll:variant=older"]);
    let older = look(caller.submit()).await.answer().json();
    assert_eq!((&older["status"], &older["data"]), (&json!("pending"), &Value::Null));
    assert!(older["created_at"].is_u64() && older["model"].is_string());
    let done = look(caller.poll(&caller.id(&older))).await.answer().json();
    assert_eq!(done["status"], "completed");
    assert!(done["video_url"].is_string());
    keeps_the_contract(&sandbox);
}

#[tokio::test]
async fn modelslab_counts_its_ids_in_several_ways_and_errs_under_200() {
    let sandbox = sandbox(Pace::polls(2)).await;
    let caller = Caller::new(&sandbox, Vendor::ModelsLab);
    let body = look(caller.submit()).await.answer().json();
    assert!(body["id"].is_u64() && body["eta"].is_u64(), "{body}");
    assert_eq!((&body["status"], &body["output"]), (&json!("processing"), &json!([])));
    assert_eq!(body["meta"]["key"], Value::Null, "the order is repeated without the key");
    assert_eq!(body["meta"]["prompt"], crate::client::PROMPT);
    let fetch = format!("{}/video-fusion/fetch/{}", caller.base, body["id"]);
    assert_eq!(body["fetch_result"], fetch);

    script(
        &sandbox,
        Vendor::ModelsLab,
        &["submit:variant=no-id", "poll:variant=string-id*2", "poll:variant=string-output*always"],
    );
    let body = look(caller.submit()).await.answer().json();
    assert_eq!(body["id"], Value::Null);
    let id = body["fetch_result"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let waiting = look(caller.poll(&id)).await.answer().json();
    assert_eq!((&waiting["id"], &waiting["output"]), (&json!(id), &json!("")));
    caller.wait(&id).await;
    let done = look(caller.poll(&id)).await.answer().json();
    assert!(done["output"].is_string() && done["id"].is_u64(), "{done}");

    script(
        &sandbox,
        Vendor::ModelsLab,
        &["submit:no-balance", "submit:variant=errors-under-200", "submit:variant=messege"],
    );
    let refused = look(caller.submit()).await.answer();
    let body = refused.json();
    assert_eq!((refused.status, &body["status"], &body["message"]), (200, &json!("error"), &Value::Null));
    assert!(body["messege"].is_string());
    assert_eq!(sandbox.jobs(Vendor::ModelsLab).len(), 2);
    keeps_the_contract(&sandbox);
    let mut order = caller.order();
    order["duration"] = json!("6s");
    let body = look(caller.submit_of(&order)).await.answer().json();
    assert!(body["message"]["duration"][0].is_string(), "{body}");
}
