//! Every fault, seen by a plain HTTP client: what it looks like, how often it strikes, and whether a job was made.

use std::time::{Duration, Instant};

use hailuo_sandbox::{Fault, Host, JobState, Pace, Sandbox, Unfit, Vendor, title_of};
use reqwest::RequestBuilder;
use serde_json::Value;

use crate::client::{Answer, Caller, KEY, Seen, look, look_within};

/// How long to wait for what is expected never to come, and for what is expected to come.
const SHORTLY: Duration = Duration::from_millis(100);
const LONG: Duration = Duration::from_secs(20);

async fn sandbox(pace: Pace) -> Sandbox {
    Sandbox::builder().pace(pace).start().await.unwrap()
}

fn script(sandbox: &Sandbox, vendor: Vendor, fault: &str) -> Result<(), Box<Unfit>> {
    sandbox.fault(vendor, fault.parse::<Fault>().unwrap())
}

/// How an answer looks to a client, in a word; `expected` tells how long it is worth waiting.
async fn word_of(request: RequestBuilder, expected: &str) -> String {
    let limit = if expected == "Silent" { SHORTLY } else { LONG };
    match look_within(request, limit).await {
        Seen::Answer(answer) => answer.status.to_string(),
        other => format!("{other:?}"),
    }
}

/// Fault, what the submit looks like, and how many jobs there are after it. Strikes once: the next submit is healthy.
const SUBMITS: &[(&str, &str, usize)] = &[
    ("submit:drop-request", "Broken", 0),
    ("submit:drop-request=reset", "Broken", 0),
    ("submit:drop-answer", "Broken", 1),
    ("submit:drop-answer=reset", "Broken", 1),
    ("submit:cut", "Broken", 1),
    ("submit:cut=1,reset", "Broken", 1),
    ("submit:stall", "Silent", 1),
    ("submit:hang", "Silent", 1),
    ("submit:endless", "Silent", 1),
    ("submit:delay=10m", "Silent", 1),
    ("submit:http=500", "500", 0),
    ("submit:http=504,accepted", "504", 1),
    ("submit:http=402", "402", 0),
    ("submit:html=502", "502", 0),
    ("submit:html=502,accepted", "502", 1),
    ("submit:http=503", "503", 0),
    ("submit:rate-limit=5s", "429", 0),
    ("submit:revoke-key", "401", 0),
    ("submit:redirect", "307", 0),
    ("submit:redirect=308,same", "308", 0),
    ("submit:invalid-json", "200", 1),
    ("submit:empty", "200", 1),
    ("submit:extra-fields", "200", 1),
    ("submit:number-for-string", "200", 1),
];

#[tokio::test]
async fn a_fault_of_a_submit_looks_as_it_says_strikes_once_and_makes_a_job_or_none() {
    for vendor in Vendor::ALL {
        for (fault, seen, jobs) in SUBMITS {
            let sandbox = sandbox(Pace::INSTANT).await;
            let mut caller = Caller::new(&sandbox, vendor);
            script(&sandbox, vendor, fault).unwrap();
            assert_eq!(word_of(caller.submit(), seen).await, *seen, "{vendor} {fault}");
            assert_eq!(sandbox.jobs(vendor).len(), *jobs, "{vendor} {fault}");
            assert!(sandbox.pending_faults(vendor).is_empty(), "{vendor} {fault}");
            let entry = &sandbox.submits(vendor)[0];
            assert_eq!(entry.made_job, *jobs == 1, "{vendor} {fault}");
            let has_head = !fault.contains("drop") && !fault.contains("hang");
            assert_eq!(entry.status.is_some(), has_head, "{vendor} {fault}");
            "another-key".clone_into(&mut caller.key);
            let id = caller.submitted().await;
            assert_eq!(sandbox.jobs(vendor).len(), jobs + 1, "{vendor} {fault}");
            caller.finished(&id).await;
            assert_eq!(sandbox.mismatches(), [], "{vendor} {fault}");
        }
    }
}

#[tokio::test]
async fn polls_and_results_can_fail_in_the_same_ways() {
    for vendor in Vendor::ALL {
        for (fault, seen) in [
            ("poll:drop-request", "Broken"),
            ("poll:drop-answer", "Broken"),
            ("poll:cut=reset", "Broken"),
            ("poll:stall", "Silent"),
            ("poll:endless", "Silent"),
            ("poll:http=500*3", "500 500 500"),
            ("poll:http=404", "404"),
            ("poll:html=502", "502"),
            ("poll:rate-limit*2", "429 429"),
            ("poll:redirect=302", "302"),
            ("result:http=503", "503"),
            ("result:cut", "Broken"),
        ] {
            let sandbox = sandbox(Pace::INSTANT).await;
            let caller = Caller::new(&sandbox, vendor);
            let id = caller.submitted().await;
            script(&sandbox, vendor, fault).unwrap();
            for expected in seen.split(' ') {
                let request = if fault.starts_with("poll") { caller.poll(&id) } else { caller.result(&id) };
                assert_eq!(word_of(request, expected).await, expected, "{vendor} {fault}");
            }
            caller.finished(&id).await;
            assert_eq!(sandbox.jobs(vendor).len(), 1);
        }
    }
}

#[tokio::test]
async fn a_refused_connection_is_refused_and_ends_when_it_should() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        assert_eq!(word_of(caller.submit(), "200").await, "200");
        script(&sandbox, vendor, "submit:refuse").unwrap();
        // The connection that is there breaks; a client of its own has none.
        let caller = Caller::new(&sandbox, vendor);
        for _ in 0..3 {
            assert_eq!(word_of(caller.submit(), "Refused").await, "Refused", "{vendor}");
        }
        sandbox.accept(vendor);
        assert_eq!(word_of(caller.submit(), "200").await, "200", "{vendor}");
        assert_eq!(sandbox.jobs(vendor).len(), 2);
        assert!(matches!(look(caller.http.get(sandbox.refused_url(vendor))).await, Seen::Refused));

        script(&sandbox, vendor, "poll:refuse=200ms").unwrap();
        let id = caller.submitted().await;
        assert!(matches!(look(caller.poll(&id)).await, Seen::Refused), "{vendor}");
        until(async || matches!(look(caller.poll(&id)).await, Seen::Answer(_))).await;

        script(&sandbox, vendor, "download:refuse").unwrap();
        let url = caller.finished(&id).await;
        assert!(matches!(look(caller.http.get(&url)).await, Seen::Refused), "{vendor}");
        sandbox.clear_faults(vendor);
        assert_eq!(look(caller.http.get(&url)).await.answer().status, 200);
    }
}

/// Asks again and again until it is so; fails after ten seconds.
async fn until(is_so: impl AsyncFn() -> bool) {
    let start = Instant::now();
    while !is_so().await {
        assert!(start.elapsed() < Duration::from_secs(10), "it does not happen");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_result_refused_is_refused_after_the_poll_that_says_done() {
    for vendor in [Vendor::Fal, Vendor::SeaArt] {
        let sandbox = sandbox(Pace::polls(1)).await;
        let caller = Caller::new(&sandbox, vendor);
        script(&sandbox, vendor, "result:refuse=200ms").unwrap();
        let id = caller.submitted().await;
        caller.wait(&id).await;
        assert!(matches!(look(caller.result(&id)).await, Seen::Refused));
        until(async || matches!(look(caller.result(&id)).await, Seen::Answer(_))).await;
    }
}

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

#[tokio::test]
async fn a_delay_comes_on_top_of_another_fault() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    for fault in ["submit:delay=300ms", "submit:http=500"] {
        script(&sandbox, Vendor::Fal, fault).unwrap();
    }
    let start = Instant::now();
    assert_eq!(look(caller.submit()).await.answer().status, 500);
    assert!(start.elapsed() >= Duration::from_millis(300));
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

#[tokio::test]
async fn what_leaves_out_optional_fields_still_keeps_the_contract() {
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

const STATES: [JobState; 6] =
    [JobState::Failed, JobState::Running, JobState::Done, JobState::Failed, JobState::Failed, JobState::Done];

#[tokio::test]
async fn a_job_can_fail_never_end_or_have_no_video() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        for fault in
            ["job:fails@1", "job:never-ends@2", "job:no-video@3", "job:content-refused@4", "job:image-unreachable@5"]
        {
            script(&sandbox, vendor, fault).unwrap();
        }
        let mut polls = Vec::new();
        let mut ids = Vec::new();
        for _ in 1..=6 {
            let id = caller.submitted().await;
            for _ in 0..3 {
                look(caller.poll(&id)).await.answer();
            }
            polls.push(look(caller.poll(&id)).await.answer().json());
            ids.push(id);
        }
        let states: Vec<_> = sandbox.jobs(vendor).iter().map(|job| job.state).collect();
        assert_eq!(states, STATES, "{vendor}");
        let result = look(caller.result(&ids[2])).await.answer();
        assert_eq!((result.status, caller.video(&result.json())), (200, None), "{vendor}");
        for failed in [0, 3, 4] {
            let says_so = match vendor {
                Vendor::Fal | Vendor::SeaArt => polls[failed]["error_type"].is_string(),
                _ => caller.word(&polls[failed]).to_lowercase().contains("fail"),
            };
            assert!(says_so, "{vendor} {}", polls[failed]);
            let result = look(caller.result(&ids[failed])).await.answer();
            assert_eq!(result.status >= 400, vendor.has_result_operation(), "{vendor}");
        }
        assert_eq!(sandbox.mismatches(), [], "{vendor}");
    }
}

#[tokio::test]
async fn a_video_missing_once_is_there_when_asked_again() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        script(&sandbox, vendor, "result:no-video").unwrap();
        let id = caller.submitted().await;
        assert_eq!(caller.video(&look(caller.result(&id)).await.answer().json()), None);
        assert!(caller.video(&look(caller.result(&id)).await.answer().json()).is_some());
    }
}

#[tokio::test]
async fn a_download_can_fail_in_every_way_and_then_succeeds() {
    for vendor in Vendor::ALL {
        for (fault, seen) in [
            ("download:cut", "Broken"),
            ("download:cut=100,reset", "Broken"),
            ("download:drop-request", "Broken"),
            ("download:stall", "Silent"),
            ("download:endless", "Silent"),
            ("download:hang", "Silent"),
            ("download:http=403", "403"),
            ("download:http=404", "404"),
            ("download:http=500*2", "500 500"),
            ("download:html=200", "200 text/html"),
            ("download:rate-limit", "429"),
            ("download:empty", "200"),
            ("download:no-length", "200 video/mp4"),
        ] {
            let sandbox = sandbox(Pace::INSTANT).await;
            let caller = Caller::new(&sandbox, vendor);
            let id = caller.submitted().await;
            let url = caller.finished(&id).await;
            script(&sandbox, vendor, fault).unwrap();
            let mut expected = seen.split(' ').peekable();
            while let Some(word) = expected.next() {
                let media = expected.next_if(|next| next.contains('/'));
                let limit = if word == "Silent" { SHORTLY } else { LONG };
                match look_within(caller.http.get(&url), limit).await {
                    Seen::Answer(answer) => {
                        assert_eq!(answer.status.to_string(), word, "{vendor} {fault}");
                        if let Some(media) = media {
                            assert_eq!(answer.header("content-type"), Some(media), "{vendor} {fault}");
                        }
                        if fault == "download:no-length" {
                            assert_eq!(answer.header("content-length"), None);
                            assert!(title_of(&answer.bytes).is_some());
                        }
                    }
                    other => assert_eq!(format!("{other:?}"), word, "{vendor} {fault}"),
                }
            }
            let video = look(caller.http.get(&url)).await.answer();
            assert_eq!(title_of(&video.bytes), Some((vendor, id)), "{vendor} {fault}");
        }
    }
}

#[tokio::test]
async fn a_cut_download_goes_on_where_it_ended_unless_ranges_are_ignored() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let url = caller.finished(&caller.submitted().await).await;
    let whole = look(caller.http.get(&url)).await.answer().bytes;
    script(&sandbox, Vendor::Fal, "download:cut=4000").unwrap();
    let mut response = caller.http.get(&url).send().await.unwrap();
    assert_eq!(response.content_length(), Some(whole.len() as u64));
    let mut part = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        part.extend_from_slice(&chunk);
    }
    assert_eq!(part.len(), 4000);
    let rest = caller.http.get(&url).header("range", "bytes=4000-");
    part.extend(look(rest).await.answer().bytes);
    assert_eq!(part, whole);

    script(&sandbox, Vendor::Fal, "download:no-range").unwrap();
    let again = look(caller.http.get(&url).header("range", "bytes=4000-")).await.answer();
    assert_eq!((again.status, again.bytes), (200, whole));
    assert_eq!(again.headers.get("accept-ranges"), None);
}

#[tokio::test]
async fn an_expired_url_stays_expired_and_the_result_gives_a_fresh_one() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        let id = caller.submitted().await;
        let old = caller.finished(&id).await;
        script(&sandbox, vendor, "download:expired").unwrap();
        for _ in 0..2 {
            let answer = look(caller.http.get(&old)).await.answer();
            assert_eq!(answer.status, 403, "{vendor}");
            assert!(answer.text().contains("ExpiredToken"));
        }
        let fresh = caller.finished(&id).await;
        assert_ne!(fresh, old, "{vendor}");
        assert_eq!(look(caller.http.get(&fresh)).await.answer().status, 200);
    }
}

#[tokio::test]
async fn a_video_can_move_to_another_host_which_gets_no_key() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::ApiInOne);
    let id = caller.submitted().await;
    let url = caller.finished(&id).await;
    script(&sandbox, Vendor::ApiInOne, "download:redirect=302").unwrap();
    let answer = look(caller.http.get(&url)).await.answer();
    let target = answer.header("location").unwrap().to_owned();
    assert!(target.starts_with(sandbox.elsewhere_url()));
    let video = look(caller.http.get(target)).await.answer();
    assert_eq!(title_of(&video.bytes), Some((Vendor::ApiInOne, id)));
    assert!(!sandbox.requests_to(Host::Elsewhere)[0].carries_key);
}

#[tokio::test]
async fn a_fault_can_concern_one_job_and_let_requests_pass() {
    let sandbox = sandbox(Pace::polls(5)).await;
    let caller = Caller::new(&sandbox, Vendor::HighwayApi);
    script(&sandbox, Vendor::HighwayApi, "poll:http=500@2+1*2").unwrap();
    let ids = [caller.submitted().await, caller.submitted().await];
    let mut statuses = Vec::new();
    for _ in 0..4 {
        for id in &ids {
            statuses.push(look(caller.poll(id)).await.answer().status);
        }
    }
    assert_eq!(statuses, [200, 200, 200, 500, 200, 500, 200, 200]);
}

#[tokio::test]
async fn a_fault_that_could_never_strike_is_not_taken() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let unfit = script(&sandbox, Vendor::ModelsLab, "cancel:http=500").unwrap_err();
    assert_eq!(unfit.to_string(), "`cancel:http=500` does not fit modelslab: it has no way to cancel");
    let error =
        Sandbox::builder().vendors([Vendor::ModelsLab]).scripts("cancel:hang").unwrap().start().await.unwrap_err();
    assert_eq!(error.to_string(), "`cancel:hang` fits none of the vendors");
    let sandbox = Sandbox::builder().scripts("cancel:hang fal/poll:http=500*2").unwrap().start().await.unwrap();
    let pending = |vendor| sandbox.pending_faults(vendor).len();
    assert_eq!((pending(Vendor::Fal), pending(Vendor::SeaArt), pending(Vendor::ApiInOne)), (2, 1, 0));
}
