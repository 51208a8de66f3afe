//! What becomes of jobs, and whom and when a fault concerns.

use hailuo_sandbox::{JobState, Pace, Sandbox, Vendor};

use super::{sandbox, script};
use crate::client::{Caller, look};

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
    let alone = Sandbox::builder().vendors([Vendor::ModelsLab]).start().await.unwrap();
    let unfit = script(&alone, Vendor::Fal, "submit:hang").unwrap_err();
    assert_eq!(unfit.to_string(), "`submit:hang` does not fit fal: it is not played here");
    let error =
        Sandbox::builder().vendors([Vendor::ModelsLab]).scripts("cancel:hang").unwrap().start().await.unwrap_err();
    assert_eq!(error.to_string(), "`cancel:hang` fits none of the vendors: it has no way to cancel");
    let error = sandbox.obey("poll:variant=no-id").unwrap_err().to_string();
    assert!(error.starts_with("`poll:variant=no-id` fits none of the vendors: "), "{error}");
    assert!(error.matches("it is a manner of another vendor").count() == 1 && error.contains(", or "), "{error}");
    let sandbox = Sandbox::builder().scripts("cancel:hang fal/poll:http=500*2").unwrap().start().await.unwrap();
    let pending = |vendor| sandbox.pending_faults(vendor).len();
    assert_eq!((pending(Vendor::Fal), pending(Vendor::SeaArt), pending(Vendor::ApiInOne)), (2, 1, 0));
}
