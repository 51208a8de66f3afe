//! Answers that no document describes, from a server of a few lines: vendors change before anybody writes it down.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use hailuo::{Client, Error, ErrorKind, Event, JobHandle, Reason, Tier, Vendor};
use serde_json::json;

use crate::{
    healthy::{VIDEO, done, id},
    stage::{client_at, quick, request, told},
    wire::{Server, plain, with},
};

/// A client of a vendor that answers every request with the same status, headers and body, and says that it hangs up.
fn client(vendor: Vendor, status: u16, headers: &str, body: &str) -> Client {
    let headers = format!("connection: close\r\ncontent-type: application/json\r\n{headers}");
    let answer = with(&format!("HTTP/1.1 {status} X"), &headers, body.as_bytes());
    let server = Server::start(move |_| answer.clone().into());
    client_at(vendor, &server.url)
}

#[tokio::test]
async fn a_submit_is_judged_by_what_it_says() {
    use Vendor::{ApiInOne, Fal, HighwayApi, ModelsLab, SeaArt};
    let wait = "retry-after: 9\r\n";
    for (vendor, status, headers, body, expected) in [
        (ApiInOne, 200, "", r#"{"code":402,"message":"Insufficient credits"}"#, "rejected balance"),
        (ApiInOne, 200, "", r#"{"code":200,"data":[{"task_id":"n51x"}]}"#, "accepted n51x"),
        (ApiInOne, 200, "", r#"{"id":"abc","status":"pending"}"#, "accepted abc"),
        (ApiInOne, 202, "", r#"{"result":{"task_id":7}}"#, "accepted 7"),
        (ApiInOne, 200, "", r#"{"error":"","code":200}"#, "unknown protocol"),
        // The one type that is documented says little where the status says that the service failed.
        (ApiInOne, 503, "", r#"{"error":{"code":503,"type":"invalid_request"}}"#, "unknown vendor_fault"),
        (ApiInOne, 400, "", r#"{"error":{"code":400,"type":"invalid_request"}}"#, "rejected invalid_request"),
        (ModelsLab, 200, "", r#"{"status":"error","messege":{"prompt":["too long"]}}"#, "rejected invalid_request"),
        (ModelsLab, 200, "", r#"{"status":"failed","message":"Invalid API key"}"#, "rejected key"),
        (ModelsLab, 200, "", r#"{"status":"processing","id":123.0}"#, "accepted 123"),
        (
            ModelsLab,
            200,
            "",
            r#"{"status":"processing","id":null,"fetch_result":"https://x.example/fetch/98"}"#,
            "accepted 98",
        ),
        // A number beside an error may be a job that is paid for: asking about it costs nothing.
        (ModelsLab, 200, "", r#"{"status":"error","message":"x","id":5}"#, "accepted 5"),
        (ModelsLab, 200, "", "<html>welcome</html>", "unknown protocol"),
        (Fal, 200, "", r#"{"detail":"nope"}"#, "rejected vendor_fault"),
        // What would be a 5xx is no better under a status that says yes; what would be a 4xx is a refusal.
        (Fal, 200, "", r#"{"detail":"x","error_type":"runner_disconnected"}"#, "unknown vendor_fault"),
        (Fal, 200, "", r#"{"detail":"x","error_type":"request_timeout"}"#, "unknown timeout"),
        (SeaArt, 200, "", r#"{"status":{"code":504,"message":"upstream"},"data":null}"#, "unknown vendor_fault"),
        (SeaArt, 200, "", r#"{"status":{"code":"50001","message":"no GPU"},"data":null}"#, "unknown vendor_fault"),
        (SeaArt, 200, "", r#"{"error":"x","error_type":"INTERNAL_SERVER_ERROR"}"#, "unknown vendor_fault"),
        (HighwayApi, 200, "", r#"{"code":500,"reason":"A_NEW_ONE"}"#, "unknown vendor_fault"),
        (HighwayApi, 200, "", r#"{"code":"503","reason":"RATE_LIMIT_EXCEEDED"}"#, "rejected rate_limit"),
        (ApiInOne, 200, "", r#"{"code":504,"message":"upstream timed out","data":null}"#, "unknown timeout"),
        (ApiInOne, 200, "", r#"{"error":{"code":500,"message":"x"}}"#, "unknown vendor_fault"),
        (ApiInOne, 200, "", r#"{"code":500,"message":"Insufficient credits"}"#, "rejected balance"),
        // There is no job yet that could be unknown.
        (ApiInOne, 200, "", r#"{"code":404,"message":"Model not found"}"#, "rejected protocol"),
        (ModelsLab, 200, "", r#"{"status":"error","message":"Model not found"}"#, "rejected protocol"),
        (Fal, 201, "", r#"{"request_id":"r-1"}"#, "accepted r-1"),
        (Fal, 200, "", r#"{"request_id":["r-1"]}"#, "accepted r-1"),
        (Fal, 422, "", r#"{"detail":{"type":"content_policy_violation","msg":"no"}}"#, "rejected content"),
        (Fal, 200, "", r#"{"request_id":"../../x"}"#, "unknown protocol"),
        (Fal, 200, "", "null", "unknown protocol"),
        (Fal, 200, "", "[]", "unknown protocol"),
        (Fal, 204, "", "", "unknown protocol"),
        (Fal, 500, "", r#"{"detail":"flagged","error_type":"content_policy_violation"}"#, "rejected content"),
        (Fal, 500, "", r#"{"detail":"Invalid state: missing worker"}"#, "unknown vendor_fault"),
        (Fal, 529, "", "overloaded", "unknown vendor_fault"),
        (Fal, 405, "", r#"{"detail":"Method Not Allowed"}"#, "rejected protocol"),
        (Fal, 405, "", "<html>", "rejected protocol"),
        (Fal, 409, "", "", "rejected invalid_request"),
        (Fal, 418, "", "<html>", "rejected invalid_request"),
        (Fal, 451, "", "", "rejected content"),
        (
            SeaArt,
            200,
            "",
            r#"{"status":{"code":40201,"message":"","error_code":40201},"data":null}"#,
            "rejected balance",
        ),
        (SeaArt, 200, "", r#"{"data":{"request_id":"mmsu_1"}}"#, "accepted mmsu_1"),
        (SeaArt, 400, "", r#"{"error":"no","error_type":"CONTENT_BLOCKED"}"#, "rejected content"),
        (SeaArt, 400, "", r#"{"error":{"message":"no","type":"CONTENT_BLOCKED"}}"#, "rejected content"),
        (HighwayApi, 200, "", r#"{"code":403,"reason":"BILLING_BALANCE_NOT_ENOUGH"}"#, "rejected balance"),
        (HighwayApi, 500, "", r#"{"code":500,"reason":"ILLEGAL_PROMPT"}"#, "rejected content"),
        (HighwayApi, 500, "", r#"{"code":500,"reason":"INVALID_REQUEST_BODY"}"#, "unknown vendor_fault"),
        (HighwayApi, 403, "", r#"{"error":{"code":403,"reason":"BILLING_BALANCE_NOT_ENOUGH"}}"#, "rejected balance"),
        (HighwayApi, 503, wait, r#"{"code":503,"reason":"BUSY","message":""}"#, "rejected vendor_fault"),
        (HighwayApi, 503, "", r#"{"code":503,"reason":"BUSY","message":""}"#, "unknown vendor_fault"),
        (HighwayApi, 503, wait, "try later", "unknown vendor_fault"),
        (HighwayApi, 511, "", "", "rejected vendor_fault"),
        (HighwayApi, 499, "", "", "unknown timeout"),
    ] {
        let submission = client(vendor, status, headers, body).submit(&request()).await;
        assert_eq!(told(&submission), expected, "{vendor} {status} {body}: {submission:?}");
    }
}

#[tokio::test]
async fn a_wish_to_wait_is_heard_under_any_status() {
    let body = r#"{"code":429,"reason":"RATE_LIMIT_EXCEEDED"}"#;
    let handle = JobHandle::of(Vendor::HighwayApi, "7", None).unwrap();
    for status in [200, 400, 429] {
        let client = client(Vendor::HighwayApi, status, "retry-after: 9\r\n", body);
        let refused = client.submit(&request()).await.into_result().unwrap_err();
        assert!(refused.is_retryable(), "{status}: {refused:?}");
        for error in [refused, client.status(&handle).await.unwrap_err()] {
            assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(9), "{status}: {error:?}");
        }
    }
}

#[tokio::test]
async fn a_question_that_is_turned_down_under_200_hears_when_to_come_back() {
    let (header, handle) = ("retry-after: 9\r\n", |vendor| JobHandle::of(vendor, "7", None).unwrap());
    for (vendor, body) in [
        (Vendor::ModelsLab, r#"{"status":"error","message":"Too many requests"}"#),
        (Vendor::ModelsLab, r#"{"status":"error","message":"Too many requests","retry_after":3}"#),
        (Vendor::Fal, r#"{"detail":"Too many requests"}"#),
        (Vendor::SeaArt, r#"{"status":{"code":42900,"message":"Too many requests"},"data":null}"#),
        (Vendor::HighwayApi, r#"{"code":429,"reason":"RATE_LIMIT_EXCEEDED"}"#),
        (Vendor::ApiInOne, r#"{"error":{"code":429,"message":"Too many requests","type":"x"}}"#),
    ] {
        let error = client(vendor, 200, header, body).status(&handle(vendor)).await.unwrap_err();
        let told = (error.reason(), error.kind(), error.retry_after().map(|wait| wait.as_secs()));
        assert_eq!(told, (Some(Reason::Refused), ErrorKind::RateLimit, Some(9)), "{vendor} {body}: {error:?}");
    }
}

/// HighwayAPI's one word for HTTP 500 says that the job failed, and may as well stand for any crash.
#[tokio::test]
async fn a_job_has_failed_if_the_service_says_nothing_else_any_more() {
    let error = |status: u16, reason: &str| {
        let body = format!(r#"{{"code":{status},"reason":"{reason}","message":"no"}}"#);
        with(&format!("HTTP/1.1 {status} X"), "connection: close\r\n", body.as_bytes())
    };
    let failed = || error(500, "TASK_FAILED");
    let done = || plain(done(Vendor::HighwayApi, "").to_string().as_bytes());
    for (answers, budget, expected) in [
        (vec![failed()], 3, "job_failed"),
        (vec![failed()], 2, "job_failed"),
        (vec![failed()], 1, "gave_up"),
        (vec![failed(), failed(), failed(), done()], 3, "video"),
        (vec![error(500, "INTERNAL_ERROR"), failed()], 3, "gave_up"),
        (vec![failed(), failed(), failed(), error(502, "TASK_FAILED")], 3, "gave_up"),
        (vec![error(503, "TASK_FAILED")], 3, "gave_up"),
    ] {
        let (asked, count) = (AtomicUsize::new(0), answers.len());
        let server = Server::start(move |_| answers[asked.fetch_add(1, Relaxed).min(count - 1)].clone().into());
        let client = client_at(Vendor::HighwayApi, &server.url);
        let handle = JobHandle::of(Vendor::HighwayApi, id(Vendor::HighwayApi), None).unwrap();
        let outcome = client.wait_with(&handle, &quick().failure_budget(budget)).await;
        let told = match &outcome {
            Ok(_) => "video",
            Err(error) => error.reason().unwrap().as_str(),
        };
        assert_eq!(told, expected, "{budget}: {outcome:?}");
        if let Err(error) = outcome {
            assert_eq!(error.handle(), Some(&handle));
            assert!(error.may_have_been_charged());
        }
    }
}

#[tokio::test]
async fn a_finished_job_is_recognized_in_other_clothes() {
    use Vendor::{ApiInOne, Fal, HighwayApi, ModelsLab, SeaArt};
    let url = "https://cdn.example/v.mp4";
    for (vendor, body) in [
        (ApiInOne, format!(r#"{{"data":[{{"status":"completed","result":{{"files":[{{"url":"{url}"}}]}}}}]}}"#)),
        (ApiInOne, format!(r#"{{"status":"SUCCESS","data":{{"output":{{"video":"{url}"}}}}}}"#)),
        (ModelsLab, format!(r#"{{"status":"success","output":"","proxy_links":["{url}"]}}"#)),
        (ModelsLab, format!(r#"{{"status":"success","output":[{{"url":"{url}"}}]}}"#)),
        (HighwayApi, format!(r#"{{"task":{{"status":"succeeded"}},"videos":{{"video_url":"{url}"}}}}"#)),
        (HighwayApi, format!(r#"{{"status":"TASK_STATUS_SUCCEED","result":{{"video_url":"{url}"}}}}"#)),
        (HighwayApi, format!(r#"{{"task":{{"status":"TASK_STATUS_READY"}},"videos":[{{"video_url":"{url}"}}]}}"#)),
        (ModelsLab, format!(r#"{{"status":"ready","output":["{url}"]}}"#)),
        // The same answer to the question for status and for result.
        (
            SeaArt,
            format!(
                r#"{{"status":"completed","error":{{}},"outputs":[{{"type":"image","url":"https://x.example/a.png"}},{{"type":"video","url":"{url}"}}]}}"#
            ),
        ),
        (SeaArt, format!(r#"{{"status":"COMPLETED","error":"","data":{{"video_url":"{url}"}}}}"#)),
        (Fal, format!(r#"{{"status":"COMPLETED","error":null,"video":["{url}"]}}"#)),
        (ApiInOne, format!(r#"{{"code":200,"data":{{"status":"completed","result_url":"{url}"}}}}"#)),
        (Fal, format!(r#"{{"status":"COMPLETED","error":false,"video":{{"url":"{url}"}}}}"#)),
        (SeaArt, format!(r#"{{"status":"COMPLETED","error":0,"outputs":[{{"url":"{url}"}}]}}"#)),
        (Fal, format!(r#"{{"status":"completed","videos":[{{"url":"{url}"}}]}}"#)),
        (ApiInOne, format!(r#"{{"data":{{"status":"completed","resultJson":"{{\"resultUrls\":[\"{url}\"]}}"}}}}"#)),
        (ModelsLab, format!(r#"{{"status":"success","output":"[\"{url}\"]"}}"#)),
    ] {
        for status in [200, 202] {
            let client = client(vendor, status, "", &body);
            let handle = JobHandle::of(vendor, "7", Some(Tier::Standard)).unwrap();
            let event = client.status(&handle).await;
            let Ok(Event::Done { video }) = &event else { panic!("{vendor} {status} {body}: {event:?}") };
            assert_eq!(video.url, url, "{vendor} {body}");
            assert_eq!(video.raw(), body.as_bytes());
        }
    }
}

/// Vendors say no under a status that says yes, and a question that is refused is no news of the job.
#[tokio::test]
async fn a_question_that_is_refused_is_told_as_such_whatever_its_status() {
    use Vendor::{ApiInOne, Fal, HighwayApi, SeaArt};
    for (vendor, body, kind) in [
        (SeaArt, r#"{"status":{"code":50001,"message":"no GPU"},"data":null}"#, ErrorKind::VendorFault),
        (SeaArt, r#"{"status":{"code":40101,"message":"Invalid API key"},"data":null}"#, ErrorKind::Key),
        (HighwayApi, r#"{"code":404,"reason":"TASK_NOT_FOUND","message":""}"#, ErrorKind::UnknownJob),
        (HighwayApi, r#"{"code":429,"reason":"RATE_LIMIT_EXCEEDED"}"#, ErrorKind::RateLimit),
        (ApiInOne, r#"{"code":404,"message":"Task not found","data":null}"#, ErrorKind::UnknownJob),
        (Fal, r#"{"detail":"Authentication is required"}"#, ErrorKind::Key),
    ] {
        let client = client(vendor, 200, "", body);
        let error = client.status(&JobHandle::of(vendor, "7", Some(Tier::Pro)).unwrap()).await.unwrap_err();
        assert!(matches!(error, Error::Wait(_)), "{vendor} {body}: {error:?}");
        assert_eq!(error.kind(), kind, "{vendor} {body}");
    }
    // A new word is news, whatever stands beside it.
    let body = r#"{"task":{"status":"TASK_STATUS_REVIEWING"},"reason":"a new policy"}"#;
    let client = client(Vendor::HighwayApi, 200, "", body);
    let event = client.status(&JobHandle::of(Vendor::HighwayApi, "7", None).unwrap()).await.unwrap();
    assert!(matches!(event, Event::Unrecognized { .. }), "{event:?}");
}

/// What stands where a word for programs should is shown to programs, which may show it to anybody.
#[tokio::test]
async fn a_sentence_is_no_code() {
    let body = r#"{"task":{"status":"TASK_STATUS_FAILED","reason":"a fox is too red"}}"#;
    let client = client(Vendor::HighwayApi, 200, "", body);
    let error = client.status(&JobHandle::of(Vendor::HighwayApi, "7", None).unwrap()).await.unwrap_err();
    assert_eq!(error.vendor_message(), Some("a fox is too red"));
    assert_eq!(error.problem().unwrap().vendor_code(), None);
}

#[tokio::test]
async fn a_failed_job_is_recognized_in_other_clothes() {
    use Vendor::{ApiInOne, Fal, HighwayApi, ModelsLab, SeaArt};
    for (vendor, body, reason) in [
        (Fal, r#"{"status":"FAILED"}"#, Reason::JobFailed),
        (Fal, r#"{"status":"COMPLETED","detail":"no GPU"}"#, Reason::JobFailed),
        (Fal, r#"{"status":"COMPLETED"}"#, Reason::NoVideo),
        (SeaArt, r#"{"status":"CANCELLED"}"#, Reason::Canceled),
        (SeaArt, r#"{"status":"COMPLETED","error_type":"CANCELED"}"#, Reason::Canceled),
        (SeaArt, r#"{"status":"COMPLETED","error_type":"A_NEW_ONE"}"#, Reason::JobFailed),
        (SeaArt, r#"{"data":{"status":"COMPLETED","error":{"message":"no GPU"}}}"#, Reason::JobFailed),
        (Fal, r#"[{"status":"COMPLETED","error":"no GPU"}]"#, Reason::JobFailed),
        (Fal, r#"{"response":{"status":"COMPLETED","error_type":"runner_server_error"}}"#, Reason::JobFailed),
        (HighwayApi, r#"{"task":{"status":"failed","reason":7}}"#, Reason::JobFailed),
        (ApiInOne, r#"{"data":{"status":"error","error":"flagged by moderation"}}"#, Reason::JobFailed),
        (ModelsLab, r#"{"status":"failed","message":{"a":["b"]}}"#, Reason::JobFailed),
        (ModelsLab, r#"{"status":"success","output":["file:///etc/passwd"]}"#, Reason::NoVideo),
        (ModelsLab, r#"{"status":"success","output":[],"error":"no GPU"}"#, Reason::JobFailed),
        (ModelsLab, r#"{"status":"success","output":[],"error":0}"#, Reason::NoVideo),
        (ModelsLab, r#"{"status":"error","message":"The prompt was flagged by moderation"}"#, Reason::JobFailed),
        (
            Fal,
            r#"{"status":"COMPLETED","detail":[{"msg":"no","url":"https://docs.example/errors"}]}"#,
            Reason::JobFailed,
        ),
    ] {
        let client = client(vendor, 200, "", body);
        let error = client.status(&JobHandle::of(vendor, "7", Some(Tier::Pro)).unwrap()).await.unwrap_err();
        assert!(matches!(error, Error::Result(_)), "{vendor} {body}: {error:?}");
        assert_eq!(error.reason(), Some(reason), "{vendor} {body}");
        assert_eq!(error.raw(), Some(body.as_bytes()), "{vendor} {body}");
        assert!(error.handle().is_some());
    }
}

/// Who answers in the vendor's place, or cannot answer now, says nothing about the job.
#[tokio::test]
async fn a_job_does_not_fail_by_an_answer_that_is_not_about_it() {
    let page = "<html><body><h1>nginx</h1></body></html>";
    for (vendor, asked, line, body) in [
        (Vendor::Fal, "/requests", "HTTP/1.1 400 Bad Request", page),
        (Vendor::Fal, "/requests", "HTTP/1.1 422 No", ""),
        (Vendor::Fal, "/requests", "HTTP/1.1 421 Misdirected", r#"{"message":"misdirected"}"#),
        (Vendor::Fal, "/requests", "HTTP/1.1 400 No", r#"{"detail":"Too many requests"}"#),
        (Vendor::Fal, "/requests", "HTTP/1.1 200 OK", r#"{"detail":"Rate limit exceeded"}"#),
        (Vendor::Fal, "/requests", "HTTP/1.1 402 Payment Required", r#"{"detail":"Exhausted balance"}"#),
        (Vendor::Fal, "/requests", "HTTP/1.1 400 No", r#"{"detail":"User is locked. Reason: Exhausted balance."}"#),
        (Vendor::SeaArt, "/response", "HTTP/1.1 409 Conflict", page),
        (Vendor::SeaArt, "/response", "HTTP/1.1 405 No", r#"{"message":"Method Not Allowed"}"#),
        (Vendor::SeaArt, "/response", "HTTP/1.1 400 No", r#"{"status":{"code":42901,"message":"Too many requests"}}"#),
        (Vendor::ModelsLab, "/fetch", "HTTP/1.1 200 OK", r#"{"status":"error","message":"Internal server error"}"#),
    ] {
        let faults = AtomicUsize::new(2);
        let server = Server::start(move |question| {
            let is_faulty = question.contains(asked) && !question.contains("/status");
            let left = |left: usize| left.checked_sub(1);
            if is_faulty && faults.fetch_update(Relaxed, Relaxed, left).is_ok() {
                return with(line, "", body.as_bytes()).into();
            }
            plain(done(vendor, question).to_string().as_bytes()).into()
        });
        let handle = JobHandle::of(vendor, id(vendor), Some(Tier::Standard)).unwrap();
        let client = client_at(vendor, &server.url);
        let video = client.wait_with(&handle, &quick()).await;
        assert_eq!(video.map(|video| video.url).ok().as_deref(), Some(VIDEO), "{vendor} {line} {body}");
    }
}

/// A cache or a mix-up at a vendor must not pass for the video of this job, or for its failure.
#[tokio::test]
async fn an_answer_about_another_job_is_no_answer_about_this_one() {
    use Vendor::{ApiInOne, Fal, HighwayApi, ModelsLab, SeaArt};
    let (uuid, other) = ("4c1a8a3d-0b3e-4a59-9a56-2f6f1b6c7d11", "7aa7d6d2-4d2c-4a43-8f0b-0d3c2b1a9f55");
    for (vendor, own, body, is_own) in [
        (ModelsLab, "7", json!({"status": "success", "id": 8, "output": [VIDEO]}), false),
        (ModelsLab, "7", json!({"status": "success", "id": "8", "output": [VIDEO]}), false),
        (ModelsLab, "7", json!({"status": "failed", "id": 8, "message": "no"}), false),
        (ModelsLab, "7", json!({"status": "processing", "id": 8}), false),
        (ModelsLab, "7", json!({"status": "tidied", "id": 8, "output": [VIDEO]}), false),
        (ModelsLab, "7", json!({"status": "success", "id": "7", "output": [VIDEO]}), true),
        (ModelsLab, "7", json!({"status": "success", "id": 7.0, "output": [VIDEO]}), true),
        (ModelsLab, "7", json!({"status": "success", "id": "", "output": [VIDEO]}), true),
        (ModelsLab, "7", json!({"status": "success", "id": 0, "output": [VIDEO]}), true),
        (ApiInOne, "n51a_hailuo", json!({"data": {"task_id": "x", "status": "completed", "url": VIDEO}}), true),
        (ModelsLab, "7", json!({"status": "success", "id": null, "meta": {"id": 8}, "output": [VIDEO]}), true),
        (ModelsLab, "7", json!({"status": "success", "id": uuid, "output": [VIDEO]}), true),
        (
            ModelsLab,
            "12345678901234567890123",
            json!({"status": "success", "id": 1.234_567_890_123_456_8e22, "output": VIDEO}),
            true,
        ),
        (
            HighwayApi,
            uuid,
            json!({"task": {"task_id": other, "status": "TASK_STATUS_SUCCEED"}, "videos": [{"video_url": VIDEO}]}),
            false,
        ),
        (
            HighwayApi,
            uuid,
            json!({"task": {"task_id": uuid.to_uppercase(), "status": "TASK_STATUS_SUCCEED"}, "videos": [{"video_url": VIDEO}]}),
            true,
        ),
        (
            HighwayApi,
            uuid,
            json!({"task": {"id": 8, "status": "TASK_STATUS_SUCCEED"}, "videos": [{"video_url": VIDEO}]}),
            true,
        ),
        (
            ApiInOne,
            "n51a_hailuo",
            json!({"data": {"task_id": "n51b_hailuo", "status": "completed", "url": VIDEO}}),
            false,
        ),
        (
            ApiInOne,
            "n51a_hailuo",
            json!({"data": [{"task_id": "n51b_hailuo", "status": "completed", "url": VIDEO}]}),
            false,
        ),
        (ApiInOne, "n51a_hailuo", json!({"id": "n51b_hailuo", "status": "completed", "url": VIDEO}), false),
        (
            ApiInOne,
            "n51a_hailuo",
            json!({"id": "r-9", "data": {"task_id": "n51a_hailuo", "status": "completed", "url": VIDEO}}),
            true,
        ),
        (ApiInOne, "n51a_hailuo", json!({"id": 991, "status": "completed", "url": VIDEO}), true),
        (ApiInOne, "n51a_hailuo", json!({"data": {"id": uuid, "status": "completed", "url": VIDEO}}), true),
        (Fal, uuid, json!({"request_id": other, "status": "FAILED"}), false),
        (
            Fal,
            uuid,
            json!({"request_id": other, "gateway_request_id": uuid, "status": "COMPLETED", "video": {"url": VIDEO}}),
            true,
        ),
        (
            SeaArt,
            "mmsu_7",
            json!({"request_id": "mmsu_8", "status": "COMPLETED", "outputs": [{"type": "video", "url": VIDEO}]}),
            false,
        ),
    ] {
        let (client, case) = (client(vendor, 200, "", &body.to_string()), format!("{vendor} {own} {body}"));
        let handle = JobHandle::of(vendor, own, None).unwrap();
        let options = quick().failure_budget(1);
        let outcome = client.wait_with(&handle, &options).await;
        if is_own {
            assert_eq!(outcome.map(|video| video.url).ok().as_deref(), Some(VIDEO), "{case}");
            continue;
        }
        let error = outcome.unwrap_err();
        let told = (error.reason(), error.kind(), error.handle());
        assert_eq!(told, (Some(Reason::GaveUp), ErrorKind::Protocol, Some(&handle)), "{case}: {error:?}");
        assert!(error.raw().is_some(), "{case}");
    }
    // A no to the question has numbers of its own.
    let body = r#"{"error": {"code": 404, "message": "task not found"}, "id": "r-9"}"#;
    let handle = JobHandle::of(ApiInOne, "n51a_hailuo", None).unwrap();
    let error = client(ApiInOne, 200, "", body).wait_with(&handle, &quick()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownJob, "{error:?}");
}
