//! Every fault, seen by a plain HTTP client: what it looks like, how often it strikes, and whether a job was made.

mod answers;
mod connections;
mod downloads;
mod jobs;

use std::{sync::mpsc::Sender, time::Duration};

use hailuo_sandbox::{Ending, Fault, Kind, Pace, Phase, RetryPlace, Sandbox, Times, Unfit, Vendor};
use reqwest::RequestBuilder;

use crate::client::{Caller, Seen, look};

/// How many answers others get before one that has not come is taken for one that never comes.
const TURNS: usize = 5;

pub(super) async fn sandbox(pace: Pace) -> Sandbox {
    Sandbox::builder().pace(pace).start().await.unwrap()
}

pub(super) fn script(sandbox: &Sandbox, vendor: Vendor, fault: &str) -> Result<(), Box<Unfit>> {
    sandbox.fault(vendor, fault.parse::<Fault>().unwrap())
}

/// How an answer looks to a client, in a word.
pub(super) async fn word_of(sandbox: &Sandbox, request: RequestBuilder, expected: &str) -> String {
    match seen(sandbox, request, expected).await {
        Seen::Answer(answer) => answer.status.to_string(),
        other => format!("{other:?}"),
    }
}

/// What a client sees. Where silence is expected, nothing is waited for but other requests to the same sandbox, which are
/// sent after it has read this one: an answer that was only late would have come before theirs.
pub(super) async fn seen(sandbox: &Sandbox, request: RequestBuilder, expected: &str) -> Seen {
    if expected != "Silent" {
        return look(request).await;
    }
    let before = sandbox.received();
    let others = async {
        while sandbox.received() == before {
            tokio::task::yield_now().await;
        }
        others_are_served(sandbox).await;
    };
    tokio::select! {
        biased;
        seen = look(request) => seen,
        () = others => Seen::Silent,
    }
}

/// Every vendor answers, several times.
pub(super) async fn others_are_served(sandbox: &Sandbox) {
    for _ in 0..TURNS {
        for vendor in Vendor::ALL {
            let nobody = Caller::new(sandbox, vendor);
            // Without a key: no fault strikes it, and no job is made.
            let answer = look(nobody.http.get(&nobody.base)).await.answer();
            assert_eq!(answer.status, 404, "{vendor}");
        }
    }
}

/// Tokio's clock, standing still until a test moves it. By itself a paused clock runs ahead whenever all tasks wait, for
/// the network too; not while there is work on a thread of its own.
pub(super) struct Clock {
    /// The thread waits for its end.
    _held: Sender<()>,
}

impl Clock {
    pub(super) fn stop() -> Self {
        tokio::time::pause();
        let (held, end) = std::sync::mpsc::channel();
        tokio::task::spawn_blocking(move || end.recv());
        Self { _held: held }
    }

    pub(super) async fn forward(&self, time: Duration) {
        tokio::time::advance(time).await;
    }
}

#[test]
fn every_fault_is_the_same_in_rust_and_as_text() {
    use Phase::{Download, Job, Poll, Result, Submit};
    let (close, second) = (Ending::Close, Duration::from_secs(1));
    let http = |status, accepted| Kind::Http { status, accepted };
    let limit = |place| Kind::RateLimit { after: 5 * second, place };
    for (fault, text) in [
        (Fault::at(Submit, Kind::Refuse(None)), "submit:refuse"),
        (Fault::at(Submit, Kind::DropAnswer(close)), "submit:drop-answer"),
        (Fault::at(Submit, Kind::Cut { after: None, ending: Ending::Reset }), "submit:cut=reset"),
        (Fault::at(Submit, limit(RetryPlace::Header)).times(2), "submit:rate-limit=5s,header*2"),
        (Fault::at(Submit, limit(RetryPlace::Body)).always(), "submit:rate-limit=5s,body*always"),
        (Fault::at(Poll, http(500, false)).times(3).on_job(2), "poll:http=500@2*3"),
        (Fault::at(Submit, Kind::Html { status: 502, accepted: false }), "submit:html=502"),
        (Fault::at(Submit, http(503, false)), "submit:http=503"),
        (Fault::at(Submit, http(504, true)), "submit:http=504,accepted"),
        (Fault::at(Poll, Kind::Delay(2 * second)).after(1), "poll:delay=2s+1"),
        (Fault::at(Job, Kind::ContentRefused), "job:content-refused"),
        (Fault::at(Submit, Kind::ImageUnreachable), "submit:image-unreachable"),
        (Fault::at(Submit, Kind::NoBalance), "submit:no-balance"),
        (Fault::at(Poll, Kind::RevokeKey), "poll:revoke-key"),
        (Fault::at(Poll, Kind::UnknownStatus(Some("ON_HOLD".to_owned()))), "poll:unknown-status=ON_HOLD"),
        (Fault::at(Poll, Kind::MissingFields), "poll:missing-fields"),
        (Fault::at(Poll, Kind::Nulls), "poll:nulls"),
        (Fault::at(Poll, Kind::ExtraFields), "poll:extra-fields"),
        (Fault::at(Poll, Kind::NumberForString), "poll:number-for-string"),
        (Fault::at(Poll, Kind::Endless), "poll:endless"),
        (Fault::at(Poll, Kind::InvalidJson), "poll:invalid-json"),
        (Fault::at(Poll, Kind::Redirect { status: 302, same: false }), "poll:redirect=302"),
        (Fault::at(Submit, Kind::ForeignUrls { userinfo: false }), "submit:foreign-urls"),
        (Fault::at(Job, Kind::NeverEnds), "job:never-ends"),
        (Fault::at(Job, Kind::Fails).on_job(1), "job:fails@1"),
        (Fault::at(Result, Kind::NoVideo), "result:no-video"),
        (Fault::at(Download, Kind::Cut { after: Some(100), ending: close }), "download:cut=100"),
        (Fault::at(Download, Kind::NoLength), "download:no-length"),
        (Fault::at(Download, http(403, false)), "download:http=403"),
        (Fault::at(Download, http(404, false)), "download:http=404"),
        (Fault::at(Download, Kind::Html { status: 200, accepted: false }), "download:html=200"),
        (Fault::at(Download, Kind::Expired), "download:expired"),
    ] {
        assert_eq!(text.parse::<Fault>().unwrap(), fault);
        assert_eq!(fault.to_string(), text);
        assert_ne!(fault.strikes(), Times::Count(0));
        assert_eq!(fault.check(Vendor::Fal), Ok(()));
    }
}
