//! Processes of their own: one that finishes another's job, and one with proxies in its environment.
//!
//! The second process is this very test binary, asked for [`a_process_of_its_own`] with its task in the environment.

use std::{
    env,
    io::{Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use hailuo::{JobHandle, Vendor, WaitOptions};
use hailuo_sandbox::{Pace, Sandbox};

use crate::{
    child,
    stage::{KEY, builder, client_at, request, seller, told},
};

const TASK: &str = "HAILUO_TEST_TASK";

/// Runs a task in a process of its own; what it printed.
fn run(task: &str, vendor: Vendor, variables: &[(&str, &str)]) -> String {
    let variables = [&[(TASK, task), ("VENDOR", vendor.slug())], variables].concat();
    child::run("process::a_process_of_its_own", &variables)
}

/// The other process. Without a task, when the tests are run, there is nothing to do.
#[test]
#[expect(clippy::print_stdout, reason = "this is how one process tells another")]
fn a_process_of_its_own() {
    let Ok(task) = env::var(TASK) else { return };
    let vendor: Vendor = env::var("VENDOR").unwrap().parse().unwrap();
    let client = client_at(vendor, &env::var("URL").unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        if task == "finish" {
            let handle: JobHandle = env::var("HANDLE").unwrap().parse().unwrap();
            let options = WaitOptions::new().first_interval(Duration::from_millis(5));
            let video = client.wait_with(&handle, &options).await.unwrap();
            let bytes = client.download(&video, env::var("FILE").unwrap()).await.unwrap();
            println!("saved {bytes}");
        } else {
            println!("outcome {}", told(&client.submit(&request()).await));
        }
    });
}

#[test]
fn another_process_finishes_a_job_from_its_handle() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sandbox = Sandbox::builder().pace(Pace::polls(3)).start_blocking().unwrap();
    for vendor in Vendor::ALL {
        let client = builder(&sandbox, &[vendor]).build().unwrap();
        let job = runtime.block_on(client.submit(&request())).into_result().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("fox.mp4");
        let (handle, url) = (job.handle().to_string(), sandbox.url(seller(vendor)));
        let printed = run("finish", vendor, &[("HANDLE", &handle), ("URL", &url), ("FILE", file.to_str().unwrap())]);
        let saved = std::fs::read(&file).unwrap();
        assert!(printed.contains(&format!("saved {}", saved.len())), "{vendor}: {printed}");
        // The sandbox writes vendor and job into the file.
        let text = String::from_utf8_lossy(&saved);
        assert!(text.contains(&sandbox.jobs(seller(vendor))[0].id), "{vendor}");
        assert_eq!(sandbox.submits(seller(vendor)).len(), 1, "{vendor}");
    }
}

/// A proxy that refuses, and remembers all that it was told.
fn trap() -> (String, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heard = Arc::new(Mutex::new(String::new()));
    let log = Arc::clone(&heard);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut buffer = [0; 4096];
            let count = stream.read(&mut buffer).unwrap();
            log.lock().unwrap().push_str(&String::from_utf8_lossy(&buffer[..count]));
            stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").unwrap();
        }
    });
    (url, heard)
}

#[test]
fn a_proxy_of_the_environment_never_sees_a_key() {
    let sandbox = Sandbox::builder().start_blocking().unwrap();
    for vendor in Vendor::ALL {
        let (proxy, heard) = trap();
        let proxies = [("HTTP_PROXY", proxy.as_str()), ("http_proxy", &proxy), ("ALL_PROXY", &proxy)];
        let url = sandbox.url(seller(vendor));
        let printed = run("submit", vendor, &[&proxies[..], &[("URL", url.as_str())]].concat());
        assert!(printed.contains("outcome accepted"), "{vendor}: {printed}");
        assert_eq!(heard.lock().unwrap().as_str(), "", "{vendor}");

        // Over https the proxy makes a tunnel, and is told the host's name.
        let secure = ("URL", "https://vendor.invalid/base");
        let printed = run("submit", vendor, &[("HTTPS_PROXY", proxy.as_str()), secure]);
        assert!(printed.contains("outcome rejected network"), "{vendor}: {printed}");
        let told = std::mem::take(&mut *heard.lock().unwrap());
        assert!(told.starts_with("CONNECT vendor.invalid:443"), "{vendor}: {told}");
        assert!(!told.contains(KEY), "{vendor}: {told}");

        // The first word of SOCKS 5.
        let socks = proxy.replace("http://", "socks5h://");
        let printed = run("submit", vendor, &[("ALL_PROXY", socks.as_str()), secure]);
        assert!(printed.contains("outcome rejected network"), "{vendor}: {printed}");
        let told = heard.lock().unwrap();
        assert!(told.starts_with('\u{5}') && !told.contains(KEY), "{vendor}: {told:?}");
    }
}
