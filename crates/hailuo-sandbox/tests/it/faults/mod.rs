//! Every fault, seen by a plain HTTP client: what it looks like, how often it strikes, and whether a job was made.

mod answers;
mod connections;
mod downloads;
mod jobs;

use std::time::Duration;

use hailuo_sandbox::{Ending, Fault, Kind, Pace, Phase, RetryPlace, Sandbox, Times, Unfit, Vendor};
use reqwest::RequestBuilder;

use crate::client::{Seen, look_within};

/// How long to wait for what is expected never to come, and for what is expected to come.
pub(super) const SHORTLY: Duration = Duration::from_millis(100);

pub(super) const LONG: Duration = Duration::from_secs(20);

pub(super) async fn sandbox(pace: Pace) -> Sandbox {
    Sandbox::builder().pace(pace).start().await.unwrap()
}

pub(super) fn script(sandbox: &Sandbox, vendor: Vendor, fault: &str) -> Result<(), Box<Unfit>> {
    sandbox.fault(vendor, fault.parse::<Fault>().unwrap())
}

/// How an answer looks to a client, in a word. Where silence is expected, it is waited for from when the sandbox has read
/// the request: on a busy machine that may be late.
pub(super) async fn word_of(sandbox: &Sandbox, request: RequestBuilder, expected: &str) -> String {
    let before = sandbox.received();
    let silence = async {
        if expected != "Silent" {
            std::future::pending::<()>().await;
        }
        while sandbox.received() == before {
            tokio::task::yield_now().await;
        }
        tokio::time::sleep(SHORTLY).await;
    };
    let seen = tokio::select! {
        seen = look_within(request, LONG) => seen,
        () = silence => Seen::Silent,
    };
    match seen {
        Seen::Answer(answer) => answer.status.to_string(),
        other => format!("{other:?}"),
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
