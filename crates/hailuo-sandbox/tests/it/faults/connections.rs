//! Connections that are refused, break, hang or come late; and whether a job was made.

use std::time::Duration;

use hailuo_sandbox::{Pace, Vendor};

use super::{Clock, others_are_served, sandbox, script, word_of};
use crate::client::{Caller, Seen, look};

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
            assert_eq!(word_of(&sandbox, caller.submit(), seen).await, *seen, "{vendor} {fault}");
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
                assert_eq!(word_of(&sandbox, request, expected).await, expected, "{vendor} {fault}");
            }
            caller.finished(&id).await;
            assert_eq!(sandbox.jobs(vendor).len(), 1);
        }
    }
}

#[tokio::test]
async fn a_refused_connection_is_refused_and_ends_when_it_should() {
    let clock = Clock::stop();
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        assert_eq!(word_of(&sandbox, caller.submit(), "200").await, "200");
        script(&sandbox, vendor, "submit:refuse").unwrap();
        // The connection that is there breaks; a client of its own has none.
        let caller = Caller::new(&sandbox, vendor);
        for _ in 0..3 {
            assert_eq!(word_of(&sandbox, caller.submit(), "Refused").await, "Refused", "{vendor}");
        }
        sandbox.accept(vendor);
        assert_eq!(word_of(&sandbox, caller.submit(), "200").await, "200", "{vendor}");
        assert_eq!(sandbox.jobs(vendor).len(), 2);
        assert!(matches!(look(caller.http.get(sandbox.refused_url(vendor))).await, Seen::Refused));

        script(&sandbox, vendor, "poll:refuse=200ms").unwrap();
        let id = caller.submitted().await;
        clock.forward(Duration::from_millis(199)).await;
        assert!(matches!(look(caller.poll(&id)).await, Seen::Refused), "{vendor}");
        clock.forward(Duration::from_millis(2)).await;
        until(async || matches!(look(caller.poll(&id)).await, Seen::Answer(_))).await;

        script(&sandbox, vendor, "download:refuse").unwrap();
        let url = caller.finished(&id).await;
        assert!(matches!(look(caller.http.get(&url)).await, Seen::Refused), "{vendor}");
        sandbox.clear_faults(vendor);
        assert_eq!(look(caller.http.get(&url)).await.answer().status, 200);
    }
}

/// Asks again and again until it is so.
async fn until(is_so: impl AsyncFn() -> bool) {
    for _ in 0..1000 {
        if is_so().await {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("it does not happen");
}

#[tokio::test]
async fn a_result_refused_is_refused_after_the_poll_that_says_done() {
    let clock = Clock::stop();
    for vendor in [Vendor::Fal, Vendor::SeaArt] {
        let sandbox = sandbox(Pace::polls(1)).await;
        let caller = Caller::new(&sandbox, vendor);
        script(&sandbox, vendor, "result:refuse=200ms").unwrap();
        let id = caller.submitted().await;
        caller.wait(&id).await;
        clock.forward(Duration::from_millis(199)).await;
        assert!(matches!(look(caller.result(&id)).await, Seen::Refused));
        clock.forward(Duration::from_millis(2)).await;
        until(async || matches!(look(caller.result(&id)).await, Seen::Answer(_))).await;
    }
}

#[tokio::test]
async fn a_delay_comes_on_top_of_another_fault() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    for fault in ["submit:delay=300ms", "submit:http=500"] {
        script(&sandbox, Vendor::Fal, fault).unwrap();
    }
    let clock = Clock::stop();
    let mut answer = std::pin::pin!(look(caller.submit()));
    let before = sandbox.received();
    let late = async {
        while sandbox.received() == before {
            tokio::task::yield_now().await;
        }
        others_are_served(&sandbox).await;
        clock.forward(Duration::from_millis(299)).await;
        others_are_served(&sandbox).await;
    };
    tokio::select! {
        biased;
        seen = &mut answer => panic!("it came before its time: {seen:?}"),
        () = late => {}
    }
    clock.forward(Duration::from_millis(2)).await;
    assert_eq!(answer.await.answer().status, 500);
}
