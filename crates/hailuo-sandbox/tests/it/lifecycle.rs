//! Starting, stopping, several at once, and time that a test can hold.

use std::{
    net::TcpListener,
    time::{Duration, Instant},
};

use hailuo_sandbox::{JobState, Pace, Sandbox, StartError, Vendor, title_of};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::client::{Caller, KEY, Seen, look};

#[tokio::test]
async fn a_sandbox_is_gone_when_it_is_dropped() {
    let sandbox = Sandbox::start().await.unwrap();
    let callers: Vec<_> = Vendor::ALL.map(|vendor| Caller::new(&sandbox, vendor)).into();
    for caller in &callers {
        look(caller.submit()).await.answer();
    }
    drop(sandbox);
    for caller in &callers {
        let seen = look(caller.submit()).await;
        assert!(matches!(seen, Seen::Refused | Seen::Broken), "{seen:?}");
        let seen = look(caller.submit()).await;
        assert!(matches!(seen, Seen::Refused), "{seen:?}");
    }
}

/// Whether a port can be taken; a test beside this one may hold it for a while. Only one that never can costs time.
fn is_free(address: &str) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_mins(1) {
        if TcpListener::bind(address).is_ok() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

/// Waits until no more tasks are alive than before.
async fn ended(before: usize) {
    for _ in 0..10_000 {
        if tokio::runtime::Handle::current().metrics().num_alive_tasks() <= before {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("tasks live on");
}

#[tokio::test]
async fn nothing_of_a_dropped_sandbox_lives_on_not_even_what_waits() {
    let before = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let sandbox = Sandbox::start().await.unwrap();
    let addresses: Vec<_> = Vendor::ALL
        .iter()
        .flat_map(|vendor| [sandbox.url(*vendor), sandbox.files_url(*vendor)])
        .chain([sandbox.elsewhere_url().replace("localhost", "127.0.0.1")])
        .map(|url| url.split('/').nth(2).unwrap().to_owned())
        .collect();
    // A request that is never answered, one that is late, one that is never finished, and an outage for a day.
    for (vendor, fault) in
        [(Vendor::Fal, "submit:hang"), (Vendor::SeaArt, "submit:delay=24h"), (Vendor::ApiInOne, "poll:refuse=24h")]
    {
        sandbox.fault(vendor, fault.parse().unwrap()).unwrap();
    }
    let mut streams = Vec::new();
    for vendor in [Vendor::Fal, Vendor::SeaArt, Vendor::ApiInOne] {
        let caller = Caller::new(&sandbox, vendor);
        let body = caller.order().to_string();
        let path = format!("{}{}", caller.base, caller.path());
        let path = &path[path.match_indices('/').nth(2).unwrap().0..];
        let scheme = if vendor == Vendor::Fal { "Key" } else { "Bearer" };
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: {scheme} {KEY}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let address = caller.base.split('/').nth(2).unwrap().to_owned();
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        while sandbox.jobs(vendor).is_empty() {
            tokio::task::yield_now().await;
        }
        streams.push(stream);
    }
    let mut unfinished = TcpStream::connect(&addresses[0]).await.unwrap();
    unfinished.write_all(b"POST / HTTP/1.1\r\n").await.unwrap();
    drop(sandbox);
    ended(before).await;
    for address in addresses {
        assert!(is_free(&address), "{address} is still taken");
    }
}

#[test]
fn a_sandbox_may_outlive_its_runtime_and_a_panic() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sandbox = runtime.block_on(Sandbox::start()).unwrap();
    sandbox.fault(Vendor::Fal, "submit:refuse=1s".parse().unwrap()).unwrap();
    drop(runtime);
    sandbox.accept(Vendor::Fal);
    drop(sandbox);

    for blocking in [true, false] {
        let (said, heard) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let sandbox = if blocking {
                Sandbox::builder().start_blocking().unwrap()
            } else {
                runtime.block_on(Sandbox::start()).unwrap()
            };
            said.send(sandbox.url(Vendor::Fal)).unwrap();
            // Not a panic that a hook would print.
            std::panic::resume_unwind(Box::new("on purpose"));
        });
        assert!(thread.join().is_err());
        let url = heard.recv().unwrap();
        assert!(is_free(url.trim_start_matches("http://")), "{url}");
    }
}

#[tokio::test]
async fn every_host_is_on_127_0_0_1() {
    let sandbox = Sandbox::start().await.unwrap();
    for vendor in Vendor::ALL {
        for url in [sandbox.url(vendor), sandbox.files_url(vendor), sandbox.refused_url(vendor)] {
            assert!(url.starts_with("http://127.0.0.1:"), "{url}");
            let port = url.split(['/', ':']).nth(4).unwrap();
            assert!(std::net::TcpStream::connect(format!("[::1]:{port}")).is_err(), "{url}");
        }
    }
}

#[tokio::test]
async fn several_live_side_by_side_and_know_nothing_of_each_other() {
    let (one, two) = (Sandbox::start().await.unwrap(), Sandbox::start().await.unwrap());
    let caller = Caller::new(&one, Vendor::Fal);
    let id = caller.submitted().await;
    assert_eq!((one.jobs(Vendor::Fal).len(), two.jobs(Vendor::Fal).len()), (1, 0));
    let stranger = Caller::new(&two, Vendor::Fal);
    assert_eq!(look(stranger.poll(&id)).await.answer().status, 404);
}

#[tokio::test]
async fn a_port_can_be_chosen_and_is_free_again_after() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for _ in 0..2 {
        let sandbox = Sandbox::builder().vendors([Vendor::Fal]).port(Vendor::Fal, port).start().await.unwrap();
        assert_eq!(sandbox.url(Vendor::Fal), format!("http://127.0.0.1:{port}"));
        look(Caller::new(&sandbox, Vendor::Fal).submit()).await.answer();
        assert_eq!(sandbox.vendors().collect::<Vec<_>>(), [Vendor::Fal]);
        let nobody = Caller::new(&sandbox, Vendor::SeaArt);
        assert!(matches!(look(nobody.submit()).await, Seen::Refused));
        sandbox.stop().await;
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Sandbox::builder().port(Vendor::SeaArt, port).start().await.unwrap_err();
    assert!(matches!(error, StartError::Port { vendor: Vendor::SeaArt, .. }), "{error}");
}

#[test]
fn a_program_without_a_runtime_has_one_too() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start_blocking().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (id, video) = runtime.block_on(async {
        let caller = Caller::new(&sandbox, Vendor::ModelsLab);
        let id = caller.submitted().await;
        let url = caller.finished(&id).await;
        (id, look(caller.http.get(url)).await.answer().bytes)
    });
    assert_eq!(title_of(&video), Some((Vendor::ModelsLab, id)));
    let url = sandbox.url(Vendor::Fal);
    drop(sandbox);
    let address = url.trim_start_matches("http://").to_owned();
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[test]
fn starting_without_a_runtime_is_an_error() {
    let mut start = std::pin::pin!(Sandbox::start());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match start.as_mut().poll(&mut context) {
        std::task::Poll::Ready(Err(StartError::NoRuntime)) => {}
        other => panic!("{other:?}"),
    }
}

/// A request without a client that has timers of its own, which a paused clock would fire.
async fn get(url: &str, path: &str) -> String {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Key {KEY}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// A submit to fal, by a client that does not move the clock.
async fn order(base: &str, header: &str) -> String {
    let mut stream = TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    let body = r#"{"prompt":"x","image_url":"https://example.com/a.jpg"}"#;
    let request = format!(
        "POST /fal-ai/minimax/hailuo-2.3/pro/image-to-video HTTP/1.1\r\nhost: x\r\nauthorization: Key {KEY}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n{header}\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test(start_paused = true)]
async fn a_fal_job_that_has_not_started_by_its_time_is_over() {
    let sandbox = Sandbox::builder().pace(Pace::time(Duration::from_mins(5))).start().await.unwrap();
    let url = sandbox.url(Vendor::Fal);
    for limit in ["", "0.1", "-1", "soon", "NaN", "inf", "1e300"] {
        let answer = order(&url, &format!("X-Fal-Request-Timeout: {limit}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("x-fal-error-type: bad_request"), "{answer}");
    }
    assert!(sandbox.jobs(Vendor::Fal).is_empty());

    // The job waits for 100 seconds: as long as it may, or longer.
    for limit in ["100", "30.5"] {
        order(&url, &format!("X-Fal-Request-Timeout: {limit}\r\n")).await;
    }
    let paths: Vec<String> =
        sandbox.jobs(Vendor::Fal).iter().map(|job| format!("/fal-ai/minimax/requests/{}", job.id)).collect();
    for (seconds, states) in [
        (30, [JobState::Queued, JobState::Queued]),
        (1, [JobState::Queued, JobState::Failed]),
        (70, [JobState::Running, JobState::Failed]),
        (200, [JobState::Done, JobState::Failed]),
    ] {
        tokio::time::advance(Duration::from_secs(seconds)).await;
        assert_eq!(sandbox.jobs(Vendor::Fal).iter().map(|job| job.state).collect::<Vec<_>>(), states);
    }
    sandbox.finish(Vendor::Fal);
    let status = get(&url, &format!("{}/status", paths[1])).await;
    assert!(status.contains("COMPLETED") && status.contains(r#""error_type":"request_timeout""#), "{status}");
    let result = get(&url, &paths[1]).await;
    assert!(result.starts_with("HTTP/1.1 504") && result.contains("x-fal-request-timeout-type: user"), "{result}");
    assert!(get(&url, &paths[0]).await.starts_with("HTTP/1.1 200"));
    assert_eq!(sandbox.mismatches(), []);
}

#[tokio::test]
async fn a_limit_on_the_start_holds_where_looks_move_a_job() {
    let sandbox = Sandbox::builder().pace(Pace::polls(4)).start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let submit = caller.submit().header("x-fal-request-timeout", "1000");
    let id = caller.id(&look(submit).await.answer().json());
    caller.finished(&id).await;
    assert_eq!(sandbox.jobs(Vendor::Fal)[0].state, JobState::Done);
}

#[tokio::test(start_paused = true)]
async fn a_job_moves_by_tokios_clock() {
    let sandbox = Sandbox::builder().pace(Pace::time(Duration::from_mins(5))).start().await.unwrap();
    let url = sandbox.url(Vendor::Fal);
    order(&url, "").await;
    let id = sandbox.jobs(Vendor::Fal)[0].id.clone();
    let path = format!("/fal-ai/minimax/requests/{id}/status");
    for (seconds, word, state) in [
        (0, "IN_QUEUE", JobState::Queued),
        (99, "IN_QUEUE", JobState::Queued),
        (2, "IN_PROGRESS", JobState::Running),
        (198, "IN_PROGRESS", JobState::Running),
        (2, "COMPLETED", JobState::Done),
    ] {
        tokio::time::advance(Duration::from_secs(seconds)).await;
        assert!(get(&url, &path).await.contains(word), "{word}");
        assert_eq!(sandbox.jobs(Vendor::Fal)[0].state, state);
    }
}

#[tokio::test]
async fn the_same_seed_makes_the_same_ids_and_a_pace_can_change() {
    let mut ids = Vec::new();
    for _ in 0..2 {
        let sandbox = Sandbox::builder().seed(42).pace(Pace::polls(9)).start().await.unwrap();
        let caller = Caller::new(&sandbox, Vendor::SeaArt);
        ids.push(caller.submitted().await);
        sandbox.set_pace(Vendor::SeaArt, Pace::INSTANT);
        caller.finished(&caller.submitted().await).await;
        assert_eq!(sandbox.jobs(Vendor::SeaArt)[0].state, JobState::Queued);
        sandbox.finish(Vendor::SeaArt);
        assert_eq!(sandbox.jobs(Vendor::SeaArt)[0].state, JobState::Done);
    }
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn neither_a_sandbox_nor_its_builder_shows_a_key() {
    let builder = Sandbox::builder().key(Vendor::Fal, KEY);
    assert!(!format!("{builder:?}").contains(KEY));
    let sandbox = builder.start().await.unwrap();
    assert!(!format!("{sandbox:?}").contains(KEY));
}
