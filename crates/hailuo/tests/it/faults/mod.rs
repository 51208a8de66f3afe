//! Every fault of the sandbox at every vendor, against a table written by hand.

mod table;

use std::{fmt::Write, sync::Arc};

use hailuo::{
    Capabilities, Client, Error, Event, Image, ImageToVideo, MemoryJournal, Outcome, Reason, Vendor, WaitOptions,
};
use hailuo_sandbox::{Fault, Host, Kind, Pace, Sandbox};
use table::{Row, TABLE};

use crate::{
    canary::{self, Log, MARK, PROMPT},
    stage::{KEY, builder, seller},
};

#[tokio::test(start_paused = true)]
async fn every_fault_at_modelslab_ends_as_the_table_says() {
    try_all(Vendor::ModelsLab).await;
}

#[tokio::test(start_paused = true)]
async fn every_fault_at_fal_ends_as_the_table_says() {
    try_all(Vendor::Fal).await;
}

#[tokio::test(start_paused = true)]
async fn every_fault_at_seaart_ends_as_the_table_says() {
    try_all(Vendor::SeaArt).await;
}

#[tokio::test(start_paused = true)]
async fn every_fault_at_highwayapi_ends_as_the_table_says() {
    try_all(Vendor::HighwayApi).await;
}

#[tokio::test(start_paused = true)]
async fn every_fault_at_apiinone_ends_as_the_table_says() {
    try_all(Vendor::ApiInOne).await;
}

#[test]
fn the_table_has_every_kind_of_fault() {
    for kind in Kind::WORDS {
        let has = TABLE.iter().any(|row| {
            let mut parts = row.faults.split([':', ' ', '=', '*', '@', '+']);
            parts.any(|part| part == kind)
        });
        assert!(has, "{kind}");
    }
    let mut seen: Vec<_> = TABLE.iter().map(|row| row.faults).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), TABLE.len(), "a row stands twice");
}

async fn try_all(vendor: Vendor) {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for row in TABLE {
        let expected = row.expected(vendor);
        let faults: Vec<Fault> = row.faults.split(' ').map(|fault| fault.parse().unwrap()).collect();
        let unfit = faults.iter().find_map(|fault| fault.check(seller(vendor)).err());
        if let Some(unfit) = unfit {
            let told = format!("n/a: {}", unfit.why);
            if told != expected {
                wrong.push(format!("{}: {told}, expected {expected}", row.faults));
            }
            continue;
        }
        tried += 1;
        let found = Cell::play(vendor, row, &faults).await;
        if found != expected {
            wrong.push(format!("{}: {found}, expected {expected}", row.faults));
        }
    }
    assert!(wrong.is_empty(), "{vendor}, {} of {tried} cells:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried >= 25, "{tried}");
}

/// One fault at one vendor.
struct Cell<'a> {
    vendor: Vendor,
    row: &'a Row,
    sandbox: Sandbox,
    client: Client,
    journal: Arc<MemoryJournal>,
}

impl Cell<'_> {
    async fn play(vendor: Vendor, row: &Row, faults: &[Fault]) -> String {
        let log = Log::default();
        let listening = log.listen();
        let cell = Cell::start(vendor, row, faults, &[vendor]).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("video.mp4");
        let generation = cell
            .client
            .generate(&request(vendor))
            .save_to(&path)
            .wait_options(WaitOptions::new().timeout(std::time::Duration::from_mins(10)))
            .download_options(hailuo::DownloadOptions::new().max_bytes(1 << 20));
        let mut events = generation.events();
        let mut shown = String::new();
        let mut end = None;
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => {
                    writeln!(shown, "{event:?}\n{event:#?}").unwrap();
                    if let Event::Accepted { handle } = event {
                        canary::shown(&mut shown, &handle);
                    }
                }
                Err(error) => end = Some(error),
            }
        }
        drop(listening);
        shown.push_str(&log.text());
        write!(shown, "{:?}{:?}{:?}", cell.client, cell.journal, request(vendor)).unwrap();
        if let Some(error) = &end {
            shown.push_str(&canary::printed(error));
        }
        cell.check(end.as_ref());
        cell.check_that_the_vendor_saw_the_secrets();
        canary::assert_hidden(&shown, &[KEY, PROMPT, MARK], &format!("{vendor} {}", row.faults));
        let outcome = describe(end.as_ref());
        assert_eq!(path.exists(), outcome == "video", "{vendor} {}", row.faults);
        if row.faults.starts_with("submit:") {
            cell.check_what_the_next_vendor_is_sent(&outcome, faults).await;
        }
        outcome
    }

    async fn start<'a>(vendor: Vendor, row: &'a Row, faults: &[Fault], order: &[Vendor]) -> Cell<'a> {
        let sandbox = Sandbox::builder().pace(Pace::polls(2)).start().await.unwrap();
        for fault in faults {
            sandbox.fault(seller(vendor), fault.clone()).unwrap();
        }
        let journal = Arc::new(MemoryJournal::new());
        let client =
            builder(&sandbox, order).shared_journal(journal.clone()).max_answer_bytes(1 << 18).build().unwrap();
        Cell { vendor, row, sandbox, client, journal }
    }

    /// What holds in every cell, whatever the table says of it.
    fn check(&self, error: Option<&Error>) {
        let Self { vendor, row, sandbox, .. } = self;
        let context = format!("{vendor} {}: {error:?}", row.faults);
        let submits = sandbox.submits(seller(*vendor)).len();
        assert_eq!(submits, usize::from(row.submits), "submits, {context}");
        assert_eq!(sandbox.jobs(seller(*vendor)).len(), usize::from(row.jobs), "jobs, {context}");
        assert_eq!(sandbox.violations(), [], "{context}");
        for entry in sandbox.requests_to(Host::Elsewhere).iter().chain(&sandbox.requests_to(Host::Files)) {
            assert!(!entry.carries_key, "{context}: {entry:?}");
            assert_eq!(entry.phase, Some(hailuo_sandbox::Phase::Download), "{context}: {entry:?}");
        }
        let entries = self.journal.entries();
        let [entry] = entries.as_slice() else { panic!("{context}: {entries:?}") };
        let outcome = entry.outcome.as_ref().unwrap();
        match error {
            None => assert!(matches!(outcome, Outcome::Accepted(_)), "{context}: {entry:?}"),
            Some(error @ Error::Submit(problem)) => {
                let is_unknown = problem.reason() == Reason::Unknown;
                let expected = if is_unknown { Outcome::Unknown(None) } else { Outcome::Rejected };
                assert_eq!(outcome, &expected, "{context}");
                assert_eq!(error.may_have_been_charged(), is_unknown, "{context}");
                assert!(!(is_unknown && error.is_retryable()), "{context}");
                assert_eq!(error.handle(), None, "{context}");
            }
            Some(error) => {
                let handle = error.handle().unwrap_or_else(|| panic!("{context}"));
                assert_eq!(outcome, &Outcome::Accepted(handle.clone()), "{context}");
                assert_eq!(handle.id(), sandbox.jobs(seller(*vendor))[0].id, "{context}");
                assert!(error.may_have_been_charged(), "{context}");
            }
        }
        if let Some(error) = error {
            assert_eq!(error.vendor(), Some(*vendor), "{context}");
        }
    }

    /// Otherwise not finding them anywhere would prove nothing.
    fn check_that_the_vendor_saw_the_secrets(&self) {
        for entry in self.sandbox.submits(seller(self.vendor)) {
            if self.row.faults.contains("drop-request") && entry.body.length == 0 {
                continue;
            }
            let context = format!("{} {}: {entry:?}", self.vendor, self.row.faults);
            assert!(entry.has_key(KEY), "{context}");
            let body = entry.body.json().unwrap();
            assert_eq!(body["prompt"], PROMPT, "{context}");
            let saw = entry.body.pictures.iter().any(|picture| picture.is(&canary::picture()))
                || body.to_string().contains("canary-image");
            assert!(saw, "{context}");
        }
    }

    /// The next vendor has a job exactly if this one said no, or was never reached.
    async fn check_what_the_next_vendor_is_sent(&self, outcome: &str, faults: &[Fault]) {
        let Self { vendor, row, .. } = self;
        let next = if *vendor == Vendor::SeaArt { Vendor::Fal } else { Vendor::SeaArt };
        let cell = Cell::start(*vendor, row, faults, &[*vendor, next]).await;
        let submission = cell.client.submit(&request(*vendor)).await;
        let jobs = cell.sandbox.jobs(seller(next)).len();
        let is_rejected = outcome.starts_with("rejected");
        assert_eq!(jobs, usize::from(is_rejected), "{vendor} {}: {submission:?}", row.faults);
    }
}

fn request(vendor: Vendor) -> ImageToVideo {
    let image = if Capabilities::of(vendor).data_urls {
        Image::bytes(canary::picture())
    } else {
        Image::url(format!("https://example.com/{MARK}.png"))
    };
    ImageToVideo::builder().image(image).prompt(PROMPT).build().unwrap()
}

/// The end of a cell in the words of the table.
fn describe(error: Option<&Error>) -> String {
    let Some(error) = error else {
        return "video".to_owned();
    };
    let kind = error.kind();
    let reason = error.reason().map(hailuo::Reason::as_str).unwrap_or_default();
    match error {
        Error::Submit(problem) if problem.reason() == Reason::Unknown => format!("unknown {kind}"),
        Error::Submit(problem) if matches!(problem.reason(), Reason::Refused | Reason::NotSent) => {
            format!("rejected {kind}")
        }
        Error::Wait(_) => format!("wait: {reason} {kind}"),
        Error::Result(_) => format!("result: {reason} {kind}"),
        Error::Download(_) => format!("download: {reason} {kind}"),
        other => format!("{other:?}"),
    }
}
