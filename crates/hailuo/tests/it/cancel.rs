//! Canceling, and asking once.

use hailuo::{Cancellation, Capabilities, ErrorKind, Event, JobHandle, Reason, Vendor};
use hailuo_sandbox::Pace;

use crate::{
    stage::{Stage, client_at, request, seller},
    wire::{Server, Wire, plain, with},
};

#[tokio::test(start_paused = true)]
async fn a_job_is_canceled_where_the_vendor_can() {
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::polls(4), &[vendor]).await;
        let job = stage.client.submit(&request()).await.into_result().unwrap();
        if Capabilities::of(vendor).cancel {
            assert_eq!(job.cancel().await.unwrap(), Cancellation::Requested);
            let error = job.wait().await.unwrap_err();
            assert_eq!((error.reason(), error.kind()), (Some(Reason::Canceled), ErrorKind::Canceled));
            assert_eq!(stage.journal.entries()[0].ending, Some(hailuo::Ending::Canceled));
        } else {
            let error = job.cancel().await.unwrap_err();
            assert_eq!(error.reason(), Some(Reason::NotCancelable));
            assert_eq!(error.handle(), Some(job.handle()));
            assert!(job.wait().await.is_ok());
            assert_eq!(stage.journal.entries()[0].ending, Some(hailuo::Ending::Done));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_is_over_cannot_be_canceled() {
    for vendor in [Vendor::Fal, Vendor::SeaArt] {
        let stage = Stage::new(Pace::INSTANT, &[vendor]).await;
        let job = stage.client.submit(&request()).await.into_result().unwrap();
        job.wait().await.unwrap();
        assert_eq!(job.cancel().await.unwrap(), Cancellation::TooLate);
    }
}

#[tokio::test]
async fn what_is_over_is_over_whatever_status_says_so() {
    for vendor in [Vendor::Fal, Vendor::SeaArt] {
        let server = Server::start(|_| plain(br#"{"status":"ALREADY_COMPLETED"}"#).into());
        let client = client_at(vendor, &server.url);
        let canceled = client.cancel(&JobHandle::of(vendor, "7", None).unwrap()).await;
        assert_eq!(canceled.unwrap(), Cancellation::TooLate, "{vendor}");
    }
}

/// SeaArt documents the status alone, which anybody may write.
#[tokio::test]
async fn a_job_is_over_if_the_vendor_says_so() {
    for (body, is_over) in [
        ("", true),
        (r#"{"status":{"code":400,"message":"already finished"},"data":null}"#, true),
        ("<html><h1>400 Bad Request</h1><hr>nginx</html>", false),
        (r#"{"status":{"code":40101,"message":"Invalid API key"},"data":null}"#, false),
    ] {
        let answer = with("HTTP/1.1 400 Bad Request", "", body.as_bytes());
        let server = Server::start(move |_| answer.clone().into());
        let client = client_at(Vendor::SeaArt, &server.url);
        let canceled = client.cancel(&JobHandle::of(Vendor::SeaArt, "7", None).unwrap()).await;
        assert_eq!(matches!(canceled, Ok(Cancellation::TooLate)), is_over, "{body}: {canceled:?}");
    }
}

#[tokio::test]
async fn a_no_under_a_status_that_says_yes_is_one() {
    use Vendor::{Fal, SeaArt};
    let granted = r#"{"status":"CANCELLATION_REQUESTED"}"#;
    for (vendor, status, body, expected) in [
        (Fal, 200, r#"{"detail":"Request not found"}"#, Err((Reason::Refused, ErrorKind::UnknownJob))),
        (Fal, 202, r#"{"detail":"x","error_type":"internal_error"}"#, Err((Reason::NoAnswer, ErrorKind::VendorFault))),
        (Fal, 200, r#"{"detail":"Invalid API key"}"#, Err((Reason::Refused, ErrorKind::Key))),
        (Fal, 202, granted, Ok(Cancellation::Requested)),
        (Fal, 202, r#"{"success":true,"detail":""}"#, Ok(Cancellation::Requested)),
        (Fal, 200, r#"{"success":false}"#, Err((Reason::Refused, ErrorKind::InvalidRequest))),
        (SeaArt, 200, r#"{"success":false}"#, Err((Reason::Refused, ErrorKind::InvalidRequest))),
        (
            SeaArt,
            200,
            r#"{"status":{"code":42900,"message":"Too many requests"},"data":null}"#,
            Err((Reason::Refused, ErrorKind::RateLimit)),
        ),
        (SeaArt, 200, r#"{"status":{"code":10000,"message":"success"},"data":null}"#, Ok(Cancellation::Requested)),
        (SeaArt, 202, granted, Ok(Cancellation::Requested)),
    ] {
        let answer = with(&format!("HTTP/1.1 {status} X"), "retry-after: 9\r\n", body.as_bytes());
        let server = Server::start(move |_| answer.clone().into());
        let client = client_at(vendor, &server.url);
        let handle = JobHandle::of(vendor, "7", None).unwrap();
        let told = client.cancel(&handle).await.map_err(|error| {
            assert_eq!((error.handle(), error.status()), (Some(&handle), Some(status)), "{body}");
            assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(9), "{body}");
            (error.reason().unwrap(), error.kind())
        });
        assert_eq!(told, expected, "{vendor} {body}");
    }
}

/// There are servers that hang up a moment after each answer without having said so.
#[tokio::test]
async fn a_result_is_not_lost_where_a_connection_has_one_answer_only() {
    let done = r#"{"status":"COMPLETED","request_id":"7"}"#;
    for (vendor, result) in [
        (Vendor::Fal, r#"{"video":{"url":"https://cdn.example/7.mp4"}}"#),
        (Vendor::SeaArt, r#"{"request_id":"7","outputs":[{"url":"https://cdn.example/7.mp4"}]}"#),
    ] {
        let server = Server::start(move |line| {
            let is_status = line.contains("/status");
            let bytes = plain(if is_status { done } else { result }.as_bytes());
            Wire { bytes, drips: false, lingers: is_status }
        });
        let client = client_at(vendor, &server.url);
        let event = client.status(&JobHandle::of(vendor, "7", None).unwrap()).await.unwrap();
        assert!(matches!(event, Event::Done { .. }), "{event:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancel_that_fails_says_why() {
    for vendor in [Vendor::Fal, Vendor::SeaArt] {
        for (fault, kind) in [
            ("cancel:http=500", ErrorKind::VendorFault),
            ("cancel:http=401", ErrorKind::Key),
            ("cancel:http=404", ErrorKind::UnknownJob),
            ("cancel:drop-answer", ErrorKind::Network),
            ("cancel:rate-limit=3s", ErrorKind::RateLimit),
            ("cancel:invalid-json", ErrorKind::Protocol),
            ("cancel:redirect=307", ErrorKind::Protocol),
        ] {
            let stage = Stage::new(Pace::polls(4), &[vendor]).await;
            let job = stage.client.submit(&request()).await.into_result().unwrap();
            stage.fault(vendor, fault);
            let error = job.cancel().await.unwrap_err();
            assert_eq!(error.kind(), kind, "{vendor} {fault}: {error}");
            assert_eq!(error.handle(), Some(job.handle()));
        }
        for fault in ["cancel:extra-fields", "cancel:unknown-status", "cancel:empty"] {
            let stage = Stage::new(Pace::polls(4), &[vendor]).await;
            let job = stage.client.submit(&request()).await.into_result().unwrap();
            stage.fault(vendor, fault);
            let canceled = job.cancel().await;
            assert_eq!(canceled.unwrap(), Cancellation::Requested, "{vendor} {fault}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn asking_once_tells_how_the_job_is() {
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::polls(2), &[vendor]).await;
        let job = stage.client.submit(&request()).await.into_result().unwrap();
        let mut events = Vec::new();
        for _ in 0..3 {
            events.push(job.status().await.unwrap());
        }
        assert!(matches!(events[0], Event::Queued { .. } | Event::Running { .. }), "{vendor}: {events:?}");
        assert!(matches!(events[1], Event::Running { .. }), "{vendor}: {events:?}");
        assert!(matches!(events[2], Event::Done { .. }), "{vendor}: {events:?}");
        assert_eq!(stage.sandbox.requests_to(hailuo_sandbox::Host::Elsewhere).len(), 0);
        assert_eq!(stage.sandbox.jobs(seller(vendor)).len(), 1);
    }
}
