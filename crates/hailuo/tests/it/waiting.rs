//! When questions are asked, and what is told meanwhile.

use std::time::Duration;

use hailuo::{Error, ErrorKind, Event, JobHandle, Reason, Submission, Tier, Vendor, WaitOptions};
use hailuo_sandbox::{Fault, Pace, Sandbox};
use tokio::time::Instant;

use crate::stage::{Stage, builder, request, seller};

async fn events(stage: &Stage, options: &WaitOptions) -> (Vec<Event>, Option<Error>) {
    let job = stage.client.submit(&request()).await.into_result().unwrap();
    let mut events = job.watch(options);
    let (mut told, mut end) = (Vec::new(), None);
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => told.push(event),
            Err(error) => end = Some(error),
        }
    }
    assert!(events.next().await.is_none(), "the end is the end");
    (told, end)
}

#[tokio::test(start_paused = true)]
async fn a_wish_to_be_left_alone_is_granted_wherever_it_is_written() {
    for vendor in Vendor::ALL {
        for place in ["", ",header", ",date", ",body"] {
            let stage = Stage::new(Pace::INSTANT, &[vendor]).await;
            stage.fault(vendor, &format!("poll:rate-limit=90s{place}"));
            stage.fault(vendor, &format!("result:rate-limit=90s{place}"));
            let start = Instant::now();
            let (told, end) = events(&stage, &WaitOptions::new()).await;
            assert!(end.is_none(), "{vendor}{place}: {end:?}");
            let waits = told.iter().filter_map(|event| match event {
                Event::Retrying { kind: ErrorKind::RateLimit, wait, failures: 0 } => Some(*wait),
                _ => None,
            });
            let waits: Vec<_> = waits.collect();
            assert!(!waits.is_empty(), "{vendor}{place}: {told:?}");
            let longest = waits.iter().max().unwrap().as_secs_f64();
            assert!(longest > 85.0, "{vendor}{place}: {waits:?}");
            assert!(start.elapsed() > Duration::from_secs(85), "{vendor}{place}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_unknown_word_is_told_and_waited_out() {
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::polls(4), &[vendor]).await;
        stage.fault(vendor, "poll:unknown-status=RECONSIDERING*2");
        let (told, end) = events(&stage, &WaitOptions::new()).await;
        assert!(end.is_none(), "{vendor}: {end:?}");
        let words: Vec<_> = told
            .iter()
            .filter_map(|event| match event {
                Event::Unrecognized { word } => Some(word.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(words, ["RECONSIDERING"], "{vendor}: {told:?}");
        assert!(matches!(told.last(), Some(Event::Done { .. })));
    }
}

#[tokio::test(start_paused = true)]
async fn time_runs_out_with_the_handle_and_the_job_goes_on() {
    let stage = Stage::new(Pace::time(Duration::from_mins(5)), &[Vendor::Fal]).await;
    let start = Instant::now();
    let (_, end) = events(&stage, &WaitOptions::new().timeout(Duration::from_mins(1))).await;
    let error = end.unwrap();
    assert_eq!(error.reason(), Some(Reason::TimedOut));
    assert!(error.is_retryable());
    let elapsed = start.elapsed().as_secs_f64();
    assert!((58.9..=60.1).contains(&elapsed), "{elapsed}");
    let other = builder(&stage.sandbox, &[Vendor::Fal]).build().unwrap();
    assert!(other.wait(error.handle().unwrap()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn time_that_runs_out_unanswered_says_why() {
    for (fault, why) in [("poll:http=500*always", Reason::NoAnswer), ("poll:rate-limit=1s*always", Reason::Refused)] {
        let stage = Stage::new(Pace::INSTANT, &[Vendor::HighwayApi]).await;
        stage.fault(Vendor::HighwayApi, fault);
        let options = WaitOptions::new().timeout(Duration::from_secs(30)).failure_budget(1000);
        let error = events(&stage, &options).await.1.unwrap();
        assert_eq!(error.reason(), Some(Reason::TimedOut), "{fault}");
        let source = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<Error>());
        assert_eq!(source.and_then(Error::reason), Some(why), "{fault}");
        assert_eq!(error.status(), source.and_then(Error::status), "{fault}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_video_that_is_ready_at_the_deadline_is_not_missed() {
    let stage = Stage::new(Pace::time(Duration::from_secs(59)), &[Vendor::SeaArt]).await;
    let options = WaitOptions::new()
        .timeout(Duration::from_mins(1))
        .first_interval(Duration::from_secs(40))
        .longest_interval(Duration::from_secs(40));
    let (_, end) = events(&stage, &options).await;
    assert!(end.is_none(), "{end:?}");
}

#[tokio::test(start_paused = true)]
async fn who_was_stopped_until_after_the_end_asks_once_all_the_same() {
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::INSTANT, &[vendor]).await;
        let job = stage.client.submit(&request()).await.into_result().unwrap();
        let options = WaitOptions::new().timeout(Duration::from_mins(1)).first_interval(Duration::from_secs(30));
        let (end, ()) = tokio::join!(job.wait_with(&options), tokio::time::advance(Duration::from_hours(1)));
        assert!(end.is_ok(), "{vendor}: {end:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_budget_of_failures_is_counted_in_a_row() {
    let stage = Stage::new(Pace::polls(6), &[Vendor::HighwayApi]).await;
    // Two failures, a success, two failures: never three in a row.
    stage.fault(Vendor::HighwayApi, "poll:http=500*2");
    stage.fault(Vendor::HighwayApi, "poll:http=502+3*2");
    let (told, end) = events(&stage, &WaitOptions::new().failure_budget(2)).await;
    assert!(end.is_none(), "{end:?} {told:?}");
    let stage = Stage::new(Pace::polls(6), &[Vendor::HighwayApi]).await;
    stage.fault(Vendor::HighwayApi, "poll:http=500*3");
    let (told, end) = events(&stage, &WaitOptions::new().failure_budget(2)).await;
    assert_eq!(end.unwrap().reason(), Some(Reason::GaveUp), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn what_will_not_change_is_asked_once() {
    for (fault, kind) in
        [("poll:http=401", ErrorKind::Key), ("poll:http=403", ErrorKind::Key), ("poll:http=404", ErrorKind::UnknownJob)]
    {
        let stage = Stage::new(Pace::polls(5), &[Vendor::ApiInOne]).await;
        stage.fault(Vendor::ApiInOne, fault);
        let (_, end) = events(&stage, &WaitOptions::new()).await;
        assert_eq!(end.unwrap().kind(), kind);
        assert_eq!(stage.sandbox.requests(seller(Vendor::ApiInOne)).len(), 2, "a submit and one question");
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_question_comes_after_the_vendors_own_interval_and_at_once_for_an_old_job() {
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::INSTANT, &[vendor]).await;
        let start = Instant::now();
        let job = stage.client.submit(&request()).await.into_result().unwrap();
        job.wait().await.unwrap();
        let first = start.elapsed().as_secs_f64();
        assert!((1.0..=6.0).contains(&first), "{vendor}: {first}");
        // The same job, as if it had been accepted long ago.
        let token = job.handle().to_string();
        let old = aged(&token);
        let start = Instant::now();
        stage.client.wait(&old).await.unwrap();
        assert!(start.elapsed() < Duration::from_millis(500), "{vendor}");
    }
}

/// The handle with its time of acceptance set back to 1970, and without the sum of what it said before.
fn aged(token: &str) -> JobHandle {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let (head, body) = token.rsplit_once('.').unwrap();
    let mut body: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap();
    body["at"] = 0.into();
    body.as_object_mut().unwrap().remove("sum");
    format!("{head}.{}", URL_SAFE_NO_PAD.encode(body.to_string())).parse().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_bare_number_is_enough_to_find_a_job() {
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::INSTANT, &[vendor]).await;
        let job = stage.client.submit(&request()).await.into_result().unwrap();
        let bare = JobHandle::of(vendor, job.handle().id(), Some(Tier::Standard)).unwrap();
        let video = stage.client.wait(&bare).await.unwrap();
        assert!(video.url.starts_with("http://"), "{video:?}");
        assert_eq!(stage.sandbox.violations(), []);
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_vendor_tells_of_the_video_is_told_on() {
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::INSTANT, &[vendor]).await;
        let video = stage.client.generate(&request()).await.unwrap();
        assert!(!video.raw().is_empty());
        match vendor {
            Vendor::Fal => assert!(video.size.is_some() && video.content_type.as_deref() == Some("video/mp4")),
            Vendor::SeaArt => {
                assert_eq!((video.width, video.height), (Some(1366), Some(768)));
                assert_eq!(video.duration, Some(6.0));
            }
            Vendor::HighwayApi => assert!(video.expires_at.is_some()),
            _ => {}
        }
    }
}

#[tokio::test(start_paused = true)]
async fn absurd_options_do_no_harm() {
    let stage = Stage::new(Pace::polls(2), &[Vendor::Fal]).await;
    let options = WaitOptions::new().timeout(Duration::MAX).longest_interval(Duration::MAX).failure_budget(u32::MAX);
    let (_, end) = events(&stage, &options).await;
    assert!(end.is_none(), "{end:?}");
    let (_, end) = events(&stage, &WaitOptions::new().timeout(Duration::ZERO)).await;
    assert!(end.is_none_or(|error| error.reason() == Some(Reason::TimedOut)));
    let options = WaitOptions::new().first_interval(Duration::MAX).timeout(Duration::from_secs(5));
    let (_, end) = events(&stage, &options).await;
    assert!(end.is_none_or(|error| error.reason() == Some(Reason::TimedOut)));
}

#[tokio::test(start_paused = true)]
async fn a_submit_in_which_nothing_moves_is_given_up_when_the_program_says() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    let fault = "submit:hang*always".parse::<Fault>().unwrap();
    sandbox.fault(seller(Vendor::Fal), fault).unwrap();
    for (timeout, seconds) in [(Some(7), 7), (None, 120)] {
        let built = builder(&sandbox, &[Vendor::Fal]);
        let client = match timeout {
            Some(timeout) => built.idle_timeout(Duration::from_secs(timeout)),
            None => built,
        };
        let began = Instant::now();
        let submission = client.build().unwrap().submit(&request()).await;
        let Submission::Unknown(error) = submission else { panic!("{submission:?}") };
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(began.elapsed().as_secs(), seconds, "{timeout:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_question_that_hangs_ends_with_the_time_given() {
    for vendor in Vendor::ALL {
        for seconds in [0, 1, 5, 90] {
            let stage = Stage::new(Pace::INSTANT, &[vendor]).await;
            stage.fault(vendor, "poll:hang*always");
            let start = Instant::now();
            let (_, end) = events(&stage, &WaitOptions::new().timeout(Duration::from_secs(seconds))).await;
            let elapsed = start.elapsed().as_secs_f64();
            let given = f64::from(u32::try_from(seconds.max(1)).unwrap());
            assert!((given - 0.01..given + 0.1).contains(&elapsed), "{vendor} {seconds}: {elapsed}");
            assert!(end.unwrap().handle().is_some(), "{vendor} {seconds}");
        }
    }
}
