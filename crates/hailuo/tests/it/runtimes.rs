//! Clients that meet more than one runtime: they outlive one, are shared by threads, and are dropped inside another.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use hailuo::{
    Client, ErrorKind, Reason, Submission, Vendor,
    reqwest::{
        self,
        dns::{Name, Resolve, Resolving},
    },
};

use crate::{
    healthy::{accepted, done},
    stage::{KEY, client_at, quick, request, with_picture_of},
    wire::{Server, Wire, plain, with},
};

/// What a vendor that hangs up after each answer says of it.
const GOODBYE: &str = "connection: close\r\n";

/// A vendor in threads of its own, for as long as the process lives.
fn client(vendor: Vendor, goodbye: &'static str) -> (Client, Server) {
    let server = Server::start(move |line| {
        let body =
            if line.starts_with("POST") && !line.contains("/fetch/") { accepted(vendor) } else { done(vendor, line) };
        with("HTTP/1.1 200 OK", goodbye, body.to_string().as_bytes()).into()
    });
    (client_at(vendor, &server.url), server)
}

#[test]
fn a_client_outlives_the_runtime_it_was_first_used_in() {
    for vendor in Vendor::ALL {
        let (client, server) = client(vendor, GOODBYE);
        for number in 1..4 {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let submission = runtime.block_on(client.submit(&request()));
            let Submission::Accepted(job) = submission else { panic!("{vendor} {number}: {submission:?}") };
            runtime.block_on(job.wait_with(&quick())).unwrap();
            let submits = server.count("POST") - if vendor == Vendor::ModelsLab { number } else { 0 };
            assert_eq!(submits, number, "{vendor}");
        }
    }
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_client_is_shared_by_threads() {
    let (client, _server) = client(Vendor::Fal, GOODBYE);
    let client = hailuo::blocking::Client::new(client).unwrap();
    let handle = hailuo::JobHandle::of(Vendor::Fal, "job-7", None).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                assert!(matches!(client.submit(&request()), Submission::Accepted(_)));
                client.wait_with(&handle, &quick()).unwrap();
            });
        }
    });
}

/// Vendors close connections that are idle. While its runtime rests nobody looks at a client's, and what was written on
/// one of them would have an unknown outcome.
#[test]
fn nothing_is_written_on_a_connection_that_was_closed_while_the_runtime_rested() {
    for vendor in Vendor::ALL {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (stopped, server) = client(vendor, "");
        runtime.block_on(async {
            for number in 1..5 {
                closed(vendor, number, &stopped.submit(&request()).await, &server);
            }
        });
        let (resting, server) = client(vendor, "");
        for number in 1..5 {
            closed(vendor, number, &runtime.block_on(resting.submit(&request())), &server);
        }
        #[cfg(feature = "blocking")]
        {
            let (blocking, server) = client(vendor, "");
            let blocking = hailuo::blocking::Client::new(blocking).unwrap();
            for number in 1..5 {
                closed(vendor, number, &blocking.submit(&request()), &server);
            }
        }
    }
}

/// Waits, and has the runtime wait, until the connection of a submit is closed.
fn closed(vendor: Vendor, number: usize, submission: &Submission, server: &Server) {
    assert!(matches!(submission, Submission::Accepted(_)), "{vendor} {number}: {submission:?}");
    assert_eq!(server.count("POST"), number, "{vendor}");
    server.wait_closed(number);
    // What the runtime saw just now it does not look at again. However slow the machine, this is long enough; and a
    // signal would have to be waited for, which is to look.
    std::thread::sleep(Duration::from_millis(1));
}

/// Who bounds no time needs no timer, also for a picture that is sent in pieces.
#[test]
fn a_picture_is_sent_in_a_runtime_without_a_timer() {
    let request = with_picture_of(300 << 10);
    for vendor in [Vendor::ModelsLab, Vendor::Fal] {
        let server =
            Server::start(move |_| Wire { drips: true, ..plain(accepted(vendor).to_string().as_bytes()).into() });
        let http = || reqwest::Client::builder().no_proxy().pool_idle_timeout(None);
        let client = Client::builder().key(vendor, KEY).base_url(vendor, &server.url).http(http);
        let client = client.idle_timeout(Duration::MAX).build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        // Who needs one is told so before anything is sent.
        let bounded = runtime.block_on(client_at(vendor, &server.url).submit(&request));
        assert!(matches!(bounded, Submission::Rejected(_)) && server.count("POST") == 0, "{vendor}: {bounded:?}");
        let submission = runtime.block_on(client.submit(&request));
        assert!(matches!(submission, Submission::Accepted(_)), "{vendor}: {submission:?}");
    }
}

/// Where it may not be used it may still end: it was moved there, or somebody returned early.
#[cfg(feature = "blocking")]
#[test]
fn a_blocking_client_may_be_dropped_inside_a_runtime() {
    let (client, _server) = client(Vendor::Fal, GOODBYE);
    let client = hailuo::blocking::Client::new(client).unwrap();
    assert!(matches!(client.submit(&request()), Submission::Accepted(_)));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async move {
        assert!(matches!(client.submit(&request()), Submission::Rejected(_)));
        drop(client);
    });
}

/// Where other threads go on, a call may block one.
#[cfg(feature = "blocking")]
#[test]
fn a_blocking_client_may_be_used_in_a_runtime_of_several_threads_and_is_refused_in_one_of_a_single_thread() {
    use hailuo::{Error, SetupError, blocking};
    use tokio::{runtime::Builder, task::LocalSet};

    let (client, server) = client(Vendor::Fal, GOODBYE);
    let call = move |client: &Client| blocking::Client::new(client.clone())?.submit(&request()).into_result();
    let several = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let single = Builder::new_current_thread().enable_all().build().unwrap();
    for (runtime, is_refused) in [(&several, false), (&single, true)] {
        let before = server.count("POST");
        let inside = || {
            let client = client.clone();
            async move { call(&client) }
        };
        let aside = || {
            let client = client.clone();
            move || call(&client)
        };
        let outcomes = [
            runtime.block_on(inside()),
            runtime.block_on(runtime.spawn(inside())).unwrap(),
            runtime.block_on(runtime.spawn_blocking(aside())).unwrap(),
        ];
        for outcome in &outcomes {
            assert_eq!(matches!(outcome, Err(Error::Setup(SetupError::InsideRuntime))), is_refused, "{outcome:?}");
            assert_eq!(outcome.is_ok(), !is_refused, "{outcome:?}");
        }
        assert_eq!(server.count("POST") - before, if is_refused { 0 } else { outcomes.len() });
    }
    // Neither does a thread that is none of the runtime's own change anything, nor what it says it is in, but that all of
    // it is on one thread.
    let outside = || {
        let _within = several.enter();
        call(&client)
    };
    let entered = async {
        let _within = several.enter();
        call(&client)
    };
    let handle = several.handle().clone();
    let (own, before) = (client.clone(), server.count("POST"));
    let by_handle = several.spawn_blocking(move || handle.block_on(async { call(&own) }));
    for (outcome, is_refused) in [
        (outside(), false),
        (several.block_on(by_handle).unwrap(), false),
        (LocalSet::new().block_on(&several, async { call(&client) }), true),
        (several.block_on(LocalSet::new().run_until(async { call(&client) })), true),
        (single.block_on(entered), true),
    ] {
        assert_eq!(matches!(outcome, Err(Error::Setup(SetupError::InsideRuntime))), is_refused, "{outcome:?}");
        assert_eq!(outcome.is_ok(), !is_refused, "{outcome:?}");
    }
    assert_eq!(server.count("POST") - before, 2);
}

/// A panic of the program's own is not taken for tokio's.
#[cfg(feature = "blocking")]
#[test]
fn what_panics_while_a_call_blocks_panics_on() {
    let (client, _server) = client(Vendor::Fal, GOODBYE);
    let client = hailuo::blocking::Client::new(client).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let call = async move { drop(client.run_with(client.generate(&request()), |_| panic!("the listener's own"))) };
    let panic = runtime.block_on(runtime.spawn(call)).unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref(), Some(&"the listener's own"));
}

/// Gives the vendor's address, but panics at some of the questions, and at any for another host: as tokio does, which looks
/// names up and writes files in threads, where the system has no more of them.
struct Exhausted {
    asked: AtomicUsize,
    panics_at: &'static [usize],
}

impl Resolve for Exhausted {
    fn resolve(&self, name: Name) -> Resolving {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        assert!(!self.panics_at.contains(&number) && name.as_str() == "vendor.test", "no more threads");
        let addresses: Vec<SocketAddr> = vec![([127, 0, 0, 1], 0).into()];
        Box::pin(async { Ok(Box::new(addresses.into_iter()) as _) })
    }
}

#[tokio::test]
async fn where_there_are_no_more_threads_no_job_is_lost_and_nothing_panics() {
    let folder = tempfile::tempdir().unwrap();
    for vendor in Vendor::ALL {
        let (_, server) = client(vendor, GOODBYE);
        let base_url = server.url.replace("127.0.0.1", "vendor.test");
        let client = |panics_at| {
            let resolver = Arc::new(Exhausted { asked: AtomicUsize::new(0), panics_at });
            let http = move || reqwest::Client::builder().no_proxy().dns_resolver(Arc::clone(&resolver));
            Client::builder().key(vendor, KEY).base_url(vendor, &base_url).http(http).build().unwrap()
        };
        let submission = client(&[0]).submit(&request()).await;
        let Submission::Rejected(error) = submission else { panic!("{vendor}: {submission:?}") };
        assert_eq!((error.reason(), error.kind()), (Some(Reason::NotSent), ErrorKind::Local), "{vendor}");
        assert_eq!(server.count("POST"), 0, "{vendor}");
        // The question is asked again, as often as any other that failed.
        let passing = client(&[1, 3]);
        let job = passing.submit(&request()).await.into_result().unwrap();
        let video = job.wait_with(&quick()).await.unwrap();
        let error = passing.download(&video, folder.path().join("never.mp4")).await.unwrap_err();
        assert_eq!((error.reason(), error.handle()), (Some(Reason::File), Some(job.handle())), "{vendor}");
        let canceling = client(&[0]);
        let error = canceling.cancel(job.handle()).await.unwrap_err();
        let told = (error.reason(), error.handle());
        assert!(
            told == (Some(Reason::NoAnswer), Some(job.handle())) || told.0 == Some(Reason::NotCancelable),
            "{vendor}"
        );
        let lasting = client(&[1, 2, 3]);
        let job = lasting.submit(&request()).await.into_result().unwrap();
        let error = job.wait_with(&quick().failure_budget(2)).await.unwrap_err();
        assert_eq!((error.reason(), error.handle()), (Some(Reason::GaveUp), Some(job.handle())), "{vendor}");
    }
}
