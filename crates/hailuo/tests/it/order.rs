//! Several vendors in order of preference, and journals that fail.

use std::sync::Mutex;

use hailuo::{
    Attempt, Capabilities, Client, Ending, Error, ErrorKind, Event, JobHandle, Journal, JournalError, Outcome, Reason,
    Resolution, Submission, SubmitOptions, Vendor,
};
use hailuo_sandbox::{Pace, Sandbox};

use crate::{
    pictures::png,
    stage::{Stage, builder, plain, request, seller},
};

#[tokio::test(start_paused = true)]
async fn the_next_vendor_is_tried_until_one_accepts() {
    let stage = Stage::new(Pace::INSTANT, &Vendor::ALL).await;
    stage.fault(Vendor::ModelsLab, "submit:no-balance");
    stage.fault(Vendor::Fal, "submit:refuse");
    stage.fault(Vendor::SeaArt, "submit:rate-limit=5s");
    let job = stage.client.submit(&request()).await.into_result().unwrap();
    assert_eq!(job.handle().vendor(), Vendor::HighwayApi);
    let refusals: Vec<_> = job.refusals().iter().map(|error| (error.vendor(), error.kind())).collect();
    assert_eq!(
        refusals,
        [
            (Some(Vendor::ModelsLab), ErrorKind::Balance),
            (Some(Vendor::Fal), ErrorKind::Network),
            (Some(Vendor::SeaArt), ErrorKind::RateLimit)
        ]
    );
    let asked = Vendor::ALL.into_iter().filter(|vendor| stage.sandbox.submits(seller(*vendor)).len() == 1);
    assert_eq!(asked.collect::<Vec<_>>(), [Vendor::ModelsLab, Vendor::SeaArt, Vendor::HighwayApi]);
    let outcomes: Vec<_> =
        stage.journal.entries().into_iter().map(|entry| (entry.attempt.vendor, entry.outcome)).collect();
    assert_eq!(outcomes.len(), 4);
    assert_eq!(outcomes[0], (Vendor::ModelsLab, Some(Outcome::Rejected)));
    assert_eq!(outcomes[3], (Vendor::HighwayApi, Some(Outcome::Accepted(job.handle().clone()))));
    stage.fault(Vendor::ModelsLab, "submit:no-balance");
    let mut events = stage.client.generate(&request()).events();
    let first = events.next().await;
    let Some(Ok(Event::Refused { error })) = &first else { panic!("{first:?}") };
    assert_eq!(error.vendor(), Some(Vendor::ModelsLab));
}

#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_is_never_followed_by_another_vendor() {
    let stage = Stage::new(Pace::INSTANT, &[Vendor::Fal, Vendor::SeaArt]).await;
    stage.fault(Vendor::Fal, "submit:drop-answer");
    let submission = stage.client.submit(&request()).await;
    let Submission::Unknown(error) = submission else { panic!("{submission:?}") };
    assert!(error.may_have_been_charged() && !error.is_retryable());
    assert_eq!(stage.sandbox.submits(seller(Vendor::SeaArt)).len(), 0);
}

#[tokio::test(start_paused = true)]
async fn when_all_refuse_the_error_tells_what_each_said() {
    let stage = Stage::new(Pace::INSTANT, &Vendor::ALL).await;
    stage.fault(Vendor::Fal, "submit:content-refused");
    stage.fault(Vendor::SeaArt, "submit:rate-limit=7s");
    stage.fault(Vendor::HighwayApi, "submit:refuse");
    let wanted = plain().image(png(1024, 768)).resolution(Resolution::P1080).build().unwrap();
    let error = stage.client.submit(&wanted).await.into_result().unwrap_err();
    let Error::Exhausted(exhausted) = &error else { panic!("{error:?}") };
    let kinds: Vec<_> = exhausted.attempts.iter().map(Error::kind).collect();
    assert_eq!(
        kinds,
        [
            ErrorKind::InvalidRequest,
            ErrorKind::Content,
            ErrorKind::RateLimit,
            ErrorKind::Network,
            ErrorKind::InvalidRequest
        ]
    );
    assert!(!error.may_have_been_charged() && error.is_retryable());
    assert_eq!(error.retry_after(), Some(std::time::Duration::from_secs(7)));
    // The last that was asked tells what is to blame, and not one that only has no word for the request.
    assert_eq!(error.kind(), ErrorKind::Network);
    let codes: Vec<_> = error.violations().map(|violation| violation.code().as_str()).collect();
    assert_eq!(codes, ["resolution_unsupported", "image_form_unsupported"]);
    insta::assert_snapshot!(error.to_string().replace(" | ", "\n"), @r"
    no vendor took the request: ModelsLab: resolution cannot be asked for at ModelsLab; allowed: 768P, or none [resolution_unsupported]
    fal refused: prompt or picture is not allowed (HTTP 422, content_policy_violation); change the prompt or the picture
    SeaArt refused: too many requests (HTTP 429); it asks to wait 7 s; try again later
    HighwayAPI was not reached, nothing was charged: the connection failed; check the connection, or try again later
    API in One: image is not a URL, and API in One is only known to take URLs; allowed: an http or https URL that the vendor can reach [image_form_unsupported]
    ");
    // What a vendor cannot express was not sent to it.
    assert_eq!(stage.sandbox.submits(seller(Vendor::ModelsLab)).len(), 0);
    assert!(!Capabilities::of(Vendor::ApiInOne).data_urls);
    assert_eq!(stage.sandbox.submits(seller(Vendor::ApiInOne)).len(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_order_can_be_changed_and_narrowed() {
    let stage = Stage::new(Pace::INSTANT, &Vendor::ALL).await;
    assert_eq!(stage.client.vendors(), Vendor::ALL);
    let narrowed = stage.client.with_order([Vendor::SeaArt, Vendor::Fal]).unwrap();
    let job = narrowed.submit(&request()).await.into_result().unwrap();
    assert_eq!(job.handle().vendor(), Vendor::SeaArt);
    // The other vendors can still be asked about their jobs.
    let other = stage.client.with_order([Vendor::ApiInOne]).unwrap();
    assert!(other.wait(job.handle()).await.is_ok());
    let nobody = stage.client.with_order([]).unwrap_err();
    assert!(nobody.to_string().starts_with("there is no vendor in the order of preference;"), "{nobody}");
}

#[tokio::test(start_paused = true)]
async fn a_prompt_of_2001_characters_comes_back_as_the_vendors_own_refusal() {
    let stage = Stage::new(Pace::INSTANT, &Vendor::ALL).await;
    let wanted = plain().prompt("狐".repeat(2001)).rules(hailuo::RuleMode::Off).build().unwrap();
    for vendor in Vendor::ALL {
        let client = stage.client.with_order([vendor]).unwrap();
        let error = client.generate(&wanted).await.unwrap_err();
        let states_a_limit = matches!(vendor, Vendor::SeaArt | Vendor::HighwayApi);
        let problem = error.problem().unwrap();
        assert!(!states_a_limit || problem.kind() == ErrorKind::InvalidRequest, "{error}");
        let expected = if states_a_limit { Reason::Refused } else { Reason::JobFailed };
        assert_eq!(problem.reason(), expected, "{vendor}: {error}");
        assert!(problem.vendor_message().is_some(), "{vendor}: {error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_label_and_the_webhook_reach_whom_they_are_for() {
    let stage = Stage::new(Pace::INSTANT, &[Vendor::Fal]).await;
    let options = SubmitOptions::new().label("line 7").webhook("https://example.com/hook");
    let job = stage.client.submit_with(&request(), &options).await.into_result().unwrap();
    let entry = &stage.journal.entries()[0];
    assert_eq!(entry.attempt.label.as_deref(), Some("line 7"));
    assert_eq!(entry.outcome, Some(Outcome::Accepted(job.handle().clone())));
    assert!(!stage.sandbox.submits(seller(Vendor::Fal))[0].body.text().contains("line 7"));
    for (url, code) in [("ftp://example.com", "webhook_invalid"), ("", "webhook_invalid")] {
        let options = SubmitOptions::new().webhook(url);
        let error = stage.client.submit_with(&request(), &options).await.into_result().unwrap_err();
        assert_eq!(error.violations().next().unwrap().code().as_str(), code);
    }
    assert_eq!(stage.sandbox.submits(seller(Vendor::Fal)).len(), 1);
}

/// A journal that fails at one of its two calls.
struct Broken {
    fails_before: bool,
    outcomes: Mutex<Vec<Outcome>>,
}

impl Journal for Broken {
    fn submitting(&self, _: &Attempt) -> Result<(), JournalError> {
        if self.fails_before { Err("the disk is full".into()) } else { Ok(()) }
    }

    fn submitted(&self, _: &Attempt, outcome: &Outcome) -> Result<(), JournalError> {
        self.outcomes.lock().unwrap().push(outcome.clone());
        Err("the disk is full".into())
    }
}

fn with_broken_journal(sandbox: &Sandbox, fails_before: bool) -> Client {
    let journal = Broken { fails_before, outcomes: Mutex::default() };
    builder(sandbox, &[Vendor::Fal, Vendor::SeaArt]).journal(journal).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_that_cannot_be_recorded() {
    let sandbox = Sandbox::start().await.unwrap();
    let submission = with_broken_journal(&sandbox, true).submit(&request()).await;
    let Submission::Rejected(error) = submission else { panic!("{submission:?}") };
    assert_eq!(error.reason(), Some(Reason::NotRecordable));
    assert!(!error.may_have_been_charged());
    assert!(crate::canary::printed(&error).contains("the disk is full"));
    assert_eq!(sandbox.received(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_job_that_cannot_be_recorded_is_in_the_error() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    let client = with_broken_journal(&sandbox, false);
    let submission = client.submit(&request()).await;
    let Submission::Unknown(error) = submission else { panic!("{submission:?}") };
    assert_eq!(error.reason(), Some(Reason::NotRecorded));
    assert!(error.may_have_been_charged() && !error.is_retryable());
    let handle = error.handle().unwrap();
    assert_eq!(handle.id(), sandbox.jobs(seller(Vendor::Fal))[0].id);
    assert!(client.wait(handle).await.is_ok());
    assert_eq!(sandbox.submits(seller(Vendor::SeaArt)).len(), 0);
}

/// A journal that breaks down where it should record an answer, or the end of a job.
struct Panicking {
    at_the_end: bool,
}

impl Journal for Panicking {
    fn submitting(&self, _: &Attempt) -> Result<(), JournalError> {
        Ok(())
    }

    fn submitted(&self, _: &Attempt, _: &Outcome) -> Result<(), JournalError> {
        assert!(self.at_the_end, "the journal breaks down");
        Ok(())
    }

    fn finished(&self, _: &JobHandle, _: Ending) -> Result<(), JournalError> {
        panic!("the journal breaks down")
    }
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_panics_takes_no_job_with_it() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    let client = builder(&sandbox, &[Vendor::Fal]).journal(Panicking { at_the_end: false }).build().unwrap();
    let submission = client.submit(&request()).await;
    let Submission::Unknown(error) = submission else { panic!("{submission:?}") };
    assert_eq!(error.reason(), Some(Reason::NotRecorded));
    assert_eq!(error.handle().unwrap().id(), sandbox.jobs(seller(Vendor::Fal))[0].id);
    // Nor a video.
    let client = builder(&sandbox, &[Vendor::Fal]).journal(Panicking { at_the_end: true }).build().unwrap();
    assert!(client.generate(&request()).await.is_ok());
}
