//! Reports of finished jobs: who is told what, signed how, and how often.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Router, body::Bytes, routing::post};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, VerifyingKey};
use hailuo_sandbox::{Pace, Sandbox, Vendor};
use http::{HeaderMap, StatusCode};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::{net::TcpListener, sync::mpsc};

use crate::client::{Caller, http, look};

/// What came to a webhook.
struct Told {
    headers: HeaderMap,
    body: Bytes,
}

impl Told {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A server with a webhook, which refuses the first reports.
async fn server(refused: usize) -> (String, mpsc::UnboundedReceiver<Told>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let count = Arc::new(AtomicUsize::new(0));
    let receive = async move |headers: HeaderMap, body: Bytes| {
        sender.send(Told { headers, body }).unwrap();
        if count.fetch_add(1, Ordering::Relaxed) < refused { StatusCode::BAD_GATEWAY } else { StatusCode::OK }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook?token=a%20b", listener.local_addr().unwrap());
    let app = Router::new().route("/hook", post(receive));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, receiver)
}

/// A submit that wants its end reported.
fn submit(caller: &Caller, url: &str) -> RequestBuilder {
    let mut order = caller.order();
    match caller.vendor {
        Vendor::Fal => return caller.submit().query(&[("fal_webhook", url)]),
        Vendor::ModelsLab => (order["webhook"], order["track_id"]) = (json!(url), json!("line-7")),
        Vendor::HighwayApi => order["extra"] = json!({"webhook": {"url": url}}),
        Vendor::ApiInOne => order["callback_url"] = json!(url),
        Vendor::SeaArt => {}
    }
    caller.submit_of(&order)
}

async fn submitted(caller: &Caller, url: &str) -> String {
    let answer = look(submit(caller, url)).await.answer();
    assert_eq!(answer.status, 200, "{}", answer.text());
    caller.id(&answer.json())
}

/// A job that is over after one look, and what was told of it.
async fn reported(vendor: Vendor) -> (Sandbox, Caller, String, Told) {
    let sandbox = Sandbox::builder().pace(Pace::polls(1)).start().await.unwrap();
    let caller = Caller::new(&sandbox, vendor);
    let (url, mut told) = server(0).await;
    let id = submitted(&caller, &url).await;
    look(caller.poll(&id)).await.answer();
    let told = told.recv().await.unwrap();
    (sandbox, caller, id, told)
}

#[tokio::test]
async fn fal_reports_the_result_signed() {
    let (sandbox, caller, id, told) = reported(Vendor::Fal).await;
    let result = look(caller.result(&id)).await.answer().json();
    let expected =
        json!({"request_id": id, "gateway_request_id": id, "status": "OK", "error": null, "payload": result});
    assert_eq!(told.json(), expected);
    assert_eq!(told.headers["content-type"], "application/json");

    let header = |name: &str| told.headers[&format!("x-fal-webhook-{name}")].to_str().unwrap();
    assert_eq!(header("request-id"), id);
    let digest = format!("{:x}", Bytes::copy_from_slice(&Sha256::digest(&told.body)));
    let message = [header("request-id"), header("user-id"), header("timestamp"), &digest].join("\n");
    let signature: Vec<u8> = header("signature")
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    let keys = look(http().get(format!("{}/.well-known/jwks.json", sandbox.url(Vendor::Fal)))).await.answer().json();
    let key = URL_SAFE_NO_PAD.decode(keys["keys"][0]["x"].as_str().unwrap()).unwrap();
    let key = VerifyingKey::from_bytes(key.as_slice().try_into().unwrap()).unwrap();
    key.verify_strict(message.as_bytes(), &Signature::from_slice(&signature).unwrap()).unwrap();
    assert_eq!(sandbox.violations(), []);
    assert_eq!(sandbox.mismatches(), []);
}

#[tokio::test]
async fn modelslab_reports_what_a_fetch_would_answer() {
    let (_sandbox, caller, id, told) = reported(Vendor::ModelsLab).await;
    let mut expected = look(caller.poll(&id)).await.answer().json();
    expected["track_id"] = json!("line-7");
    assert_eq!(told.json(), expected);
    assert!(told.headers.keys().all(|name| !name.as_str().contains("signature")));
}

#[tokio::test]
async fn a_report_that_is_not_taken_comes_again() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    let (url, mut told) = server(1).await;
    let id = submitted(&Caller::new(&sandbox, Vendor::Fal), &url).await;
    let (first, second) = (told.recv().await.unwrap(), told.recv().await.unwrap());
    assert_eq!(first.body, second.body);
    let statuses: Vec<_> =
        sandbox.deliveries(Vendor::Fal).into_iter().map(|delivery| (delivery.job, delivery.status)).collect();
    // The second may not have been written down yet.
    assert!([(id.clone(), Some(502)), (id, Some(200))].starts_with(&statuses), "{statuses:?}");
}

/// The job is made and the submit's answer lost: the report is where a client can learn of it.
#[tokio::test]
async fn a_job_that_nobody_was_told_of_is_reported() {
    for vendor in [Vendor::Fal, Vendor::ModelsLab] {
        let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
        sandbox.fault(vendor, "submit:drop-answer".parse().unwrap()).unwrap();
        let (url, mut told) = server(0).await;
        look(submit(&Caller::new(&sandbox, vendor), &url)).await;
        let job = sandbox.jobs(vendor).remove(0);
        assert!(told.recv().await.unwrap().json().to_string().contains(&job.id), "{vendor}");
    }
}

#[tokio::test]
async fn an_end_is_reported_whatever_brings_it() {
    let by_time = Pace::time(std::time::Duration::from_millis(20));
    for (pace, fault, status, error) in [
        (by_time, "job:fails", "ERROR", json!("Invalid status code: 500")),
        (by_time, "job:content-refused", "ERROR", json!("Invalid status code: 422")),
        (by_time, "job:no-video", "OK", Value::Null),
        (Pace::polls(9), "job:fails", "ERROR", json!("Invalid status code: 500")),
    ] {
        let sandbox = Sandbox::builder().pace(pace).start().await.unwrap();
        sandbox.fault(Vendor::Fal, fault.parse().unwrap()).unwrap();
        let (url, mut told) = server(0).await;
        submitted(&Caller::new(&sandbox, Vendor::Fal), &url).await;
        if matches!(pace, Pace::Polls { .. }) {
            sandbox.finish(Vendor::Fal);
        }
        let told = told.recv().await.unwrap().json();
        assert_eq!((&told["status"], &told["error"]), (&json!(status), &error), "{fault}");
    }
}

#[tokio::test]
async fn who_documents_no_report_sends_none_and_neither_does_a_canceled_request() {
    let sandbox = Sandbox::builder().pace(Pace::polls(1)).start().await.unwrap();
    let (url, mut told) = server(0).await;
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        let id = submitted(&caller, &url).await;
        match vendor {
            Vendor::Fal => look(caller.cancel(&id)).await,
            _ => look(caller.poll(&id)).await,
        };
    }
    let fal = Caller::new(&sandbox, Vendor::Fal);
    let last = submitted(&fal, &url).await;
    look(fal.poll(&last)).await.answer();
    // A report on the canceled request, due before, would be one of the first two.
    let mut reported = [told.recv().await.unwrap().json(), told.recv().await.unwrap().json()]
        .map(|report| report["request_id"].as_str().map(str::to_owned));
    reported.sort();
    assert_eq!(reported, [None, Some(last)], "ModelsLab's, and fal's");
    assert_eq!(sandbox.violations(), []);
}
