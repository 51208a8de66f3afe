//! What a program keeps in a database, answers in JSON, or prints because its `main` returned it.

use hailuo::{
    Code, Cost, Ending, Entry, Error, Fit, ImageToVideo, Outcome, Reason, SubmitOptions, Tier, Vendor, Video,
    Violations, WaitOptions,
};
use hailuo_sandbox::{Pace, Sandbox};
use serde_json::json;

use crate::{
    canary::Log,
    child::{self, is_child},
    stage::{Stage, builder, request},
};

#[tokio::test(start_paused = true)]
async fn a_video_out_of_a_database_is_downloaded_by_another_client() {
    let folder = tempfile::tempdir().unwrap();
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::default(), &[vendor]).await;
        let video = stage.client.generate(&request()).await.unwrap();
        assert!(!video.raw().is_empty());
        let row = serde_json::to_value(&video).unwrap();
        let kept: Video = serde_json::from_value(row.clone()).unwrap();
        assert_eq!((&kept.url, kept.handle(), kept.raw()), (&video.url, video.handle(), &[][..]));
        assert_eq!(serde_json::to_value(&kept).unwrap(), row);
        let fields: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
        let known = ["content_type", "duration", "expires_at", "handle", "height", "size", "url", "width"];
        assert_eq!(fields, known, "{vendor}");
        assert_eq!(row["expires_at"].is_u64(), video.expires_at.is_some(), "{vendor}");

        let path = folder.path().join(vendor.slug());
        let other = stage.client.with_order([vendor]).unwrap();
        let bytes = other.download(&kept, &path).await.unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), bytes);
    }
}

#[tokio::test(start_paused = true)]
async fn a_fresh_url_is_asked_for_as_patiently_as_the_video_was() {
    let folder = tempfile::tempdir().unwrap();
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::default(), &[vendor]).await;
        for fault in ["poll:drop-answer", "poll:http=503*3", "poll:hang", "poll:http=503*always"] {
            let video = stage.client.generate(&request()).await.unwrap();
            stage.fault(vendor, "download:expired");
            stage.fault(vendor, fault);
            let path = folder.path().join(format!("{vendor} {}", fault.len()));
            let saved = stage.client.download(&video, &path).await;
            let expected = if fault.ends_with("always") { Err(Some(Reason::Gone)) } else { Ok(()) };
            assert_eq!(saved.map(drop).map_err(|error| error.reason()), expected, "{vendor} {fault}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_journal_is_read_as_it_was_written() {
    let stage = Stage::new(Pace::default(), &[Vendor::Fal]).await;
    let options = SubmitOptions::new().label("order 17");
    stage.client.generate(&request()).submit_options(options).await.unwrap();
    stage.fault(Vendor::Fal, "submit:drop-answer");
    stage.client.generate(&request()).await.unwrap_err();
    let written = serde_json::to_value(stage.journal.entries()).unwrap();
    let read: Vec<Entry> = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), written);
    let [done, unknown] = &read[..] else { panic!("{read:?}") };
    assert_eq!((done.attempt.label.as_deref(), done.ending), (Some("order 17"), Some(Ending::Done)));
    assert_eq!((&unknown.outcome, unknown.ending), (&Some(Outcome::Unknown(None)), None));
    assert!(done.attempt.at.elapsed().unwrap() < std::time::Duration::from_mins(10), "{written}");
}

#[test]
fn a_price_is_read_as_it_was_written() {
    let cost = Cost::of(Vendor::ApiInOne, Some(Tier::Pro), None, None).unwrap();
    let json = serde_json::to_string(&cost).unwrap();
    assert!(json.starts_with(r#"{"min":45.0,"max":85.0,"unit":"credits","as_of":""#), "{json}");
    assert_eq!(serde_json::from_str::<Cost>(&json).unwrap(), cost);
}

#[test]
fn a_form_is_answered_with_the_broken_rules() {
    let prompt = "狐".repeat(2001);
    let broken = ImageToVideo::builder().image("https://example.com/a.jpg").prompt(prompt).build().unwrap_err();
    assert_eq!(
        serde_json::to_value(&broken).unwrap(),
        json!([{
            "code": "prompt_too_long",
            "field": "prompt",
            "problem": "has 2001 characters, 1 too many; character 2001 begins at byte 6000",
            "allowed": "1 to 2000 characters",
            "span": [6000, 6003],
            "count": 2001,
        }])
    );
    for code in Code::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
    }
    let fit = serde_json::to_value(Fit::new(Vendor::ModelsLab, &request()).unwrap()).unwrap();
    assert_eq!(fit["vendor"], "modelslab");
}

/// `main` prints `Debug`, and so does `unwrap`.
#[tokio::test(start_paused = true)]
async fn a_program_that_fails_says_why_and_which_job_it_leaves() {
    let broken: Violations = ImageToVideo::builder().build().unwrap_err();
    assert_eq!(format!("{broken:?}"), broken.to_string());
    assert!(format!("{broken:#?}").contains("code: ImageRequired"));

    let stage = Stage::new(Pace::default(), &[Vendor::Fal]).await;
    stage.fault(Vendor::Fal, "submit:revoke-key");
    let refused = stage.client.generate(&request()).await.unwrap_err();
    let printed = format!("{refused:?}");
    assert!(printed.starts_with("fal refused: the key is not accepted (HTTP 401"), "{printed}");
    assert!(printed.contains("; check the key\n"), "{printed}");
    assert!(format!("{refused:#?}").contains("kind: Key"));

    let stage = Stage::new(Pace::default(), &[Vendor::Fal]).await;
    let hurry = WaitOptions::new().timeout(std::time::Duration::ZERO);
    let error = stage.client.generate(&request()).wait_options(hurry).await.unwrap_err();
    let printed = format!("{error:?}");
    let handle = error.handle().unwrap();
    assert!(matches!(error, Error::Wait(_)) && printed.contains(&format!("\n  job: {handle}")), "{printed}");
}

#[tokio::test(start_paused = true)]
async fn a_program_without_a_journal_finds_its_jobs_in_the_log() {
    // Whether a line is logged at all is settled once in a process, by whichever test comes first.
    if !is_child() {
        return drop(child::run("kept::a_program_without_a_journal_finds_its_jobs_in_the_log", &[]));
    }
    let log = Log::default();
    let _listening = log.listen();
    let sandbox = Sandbox::start().await.unwrap();
    let job = builder(&sandbox, &[Vendor::SeaArt]).build().unwrap().submit(&request()).await.into_result().unwrap();
    let line = format!("accepted vendor=\"seaart\" handle={}", job.handle());
    assert!(log.text().contains(&line), "{}", log.text());
}
