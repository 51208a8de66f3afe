//! HTTP/2, which most vendors speak: streams that are refused, reset and cut, connections that end around them, and
//! windows that never open. A request opens one stream and no more; it is told as not taken up only where the vendor says
//! so in the protocol's own words; and what can be asked again is.

use std::sync::{Arc, OnceLock};

use hailuo::{Client, ClientBuilder, DownloadOptions, Event, JobHandle, Reason, Submission, Vendor, reqwest};
use serde_json::{Value, json};

use crate::{
    canary::{Log, assert_hidden, printed},
    films::film,
    frames::{
        Act::{self, Allow, Close, Data, End, GoAway, Head, Ping, Push, Read, Reset, Rst, Set, Take, Trailers},
        CANCEL, ENHANCE_YOUR_CALM, HTTP_1_1_REQUIRED, INTERNAL_ERROR, Manners, NO_ERROR, POLITE, Peer, REFUSED_STREAM,
        WINDOW,
    },
    healthy::{VIDEO, accepted, done, id},
    stage::{KEY, quick, request, with_picture_of},
};

/// What a vendor may write where a connection ends, and what must not be shown, since it may be anything.
const WORDS: &str = "canary words";

/// A client that speaks HTTP/2 without asking.
fn builder(vendor: Vendor, url: &str) -> ClientBuilder {
    let http2 = || reqwest::Client::builder().http2_prior_knowledge().tls_certs_only([]);
    Client::builder().key(vendor, KEY).base_url(vendor, url).http(http2)
}

fn client(vendor: Vendor, url: &str) -> Client {
    builder(vendor, url).build().unwrap()
}

fn told(submission: &Submission) -> String {
    match submission {
        Submission::Accepted(job) => format!("accepted {}", job.handle().id()),
        Submission::Rejected(error) => format!("rejected, {}", error.reason().map_or("", Reason::as_str)),
        Submission::Unknown(_) => "unknown".to_owned(),
    }
}

fn plain(status: u16) -> Act {
    Head(status, vec![("content-type", "application/json".to_owned())])
}

fn with(name: &'static str, value: &str) -> Act {
    Head(200, vec![(name, value.to_string())])
}

/// A whole answer.
fn answer(body: &Value) -> Vec<Act> {
    vec![Read, plain(200), Data(body.to_string().into()), End]
}

/// Ways to end a stream, and how a submit ends which they meet before there is an answer.
fn ends() -> Vec<(Vec<Act>, &'static str)> {
    let turned_away = "rejected, not_sent";
    let mut ends = vec![(vec![Reset], "unknown"), (vec![Close], "unknown"), (vec![Rst(REFUSED_STREAM)], turned_away)];
    for code in [NO_ERROR, CANCEL, INTERNAL_ERROR, ENHANCE_YOUR_CALM, HTTP_1_1_REQUIRED, 0xBEEF] {
        ends.push((vec![Rst(code)], "unknown"));
    }
    for code in [NO_ERROR, ENHANCE_YOUR_CALM, INTERNAL_ERROR, REFUSED_STREAM] {
        ends.push((vec![GoAway(false, code, WORDS)], turned_away));
        ends.push((vec![GoAway(false, code, WORDS), Close], turned_away));
        ends.push((vec![GoAway(true, code, WORDS), GoAway(false, code, WORDS)], turned_away));
        ends.push((vec![GoAway(true, code, WORDS), Close], "unknown"));
        ends.push((vec![GoAway(true, code, WORDS), Reset], "unknown"));
        ends.push((vec![GoAway(true, code, WORDS), Rst(INTERNAL_ERROR)], "unknown"));
    }
    ends
}

fn is_lossy(acts: &[Act]) -> bool {
    matches!(acts.last(), Some(Reset))
}

/// What a vendor does on a submit's stream, and how the submit ends.
fn table(vendor: Vendor) -> Vec<(Vec<Act>, String)> {
    let body = accepted(vendor).to_string().into_bytes();
    let is_accepted = format!("accepted {}", id(vendor));
    let whole = || Data(body.clone());
    let mut rows = Vec::new();
    for (end, expected) in ends() {
        for (before, expected) in [
            (vec![], expected),
            (vec![Read], expected),
            // Whoever has begun to answer has looked at it.
            (vec![Read, plain(200)], "unknown"),
            (vec![Read, plain(200), Data(b"{".to_vec())], "unknown"),
            (vec![Read, plain(200), whole()], &is_accepted),
            (vec![Read, plain(200), whole(), End], &is_accepted),
        ] {
            // What TCP loses of an answer when it is reset is a matter of chance.
            if is_lossy(&end) && expected == is_accepted {
                continue;
            }
            rows.push(([before, end.clone()].concat(), expected.to_owned()));
        }
    }
    for acts in [
        vec![GoAway(true, NO_ERROR, WORDS), plain(200), whole(), End],
        vec![Head(100, vec![]), Head(103, vec![("link", "<x>".to_owned())]), plain(200), whole(), End],
        vec![plain(200), whole(), Trailers],
        vec![Ping(5000), plain(200), whole(), End],
        vec![with("content-length", "10000"), whole(), End],
        vec![with("x-filler", &"x".repeat(100_000)), whole(), End],
        vec![Head(200, vec![("x-filler", "x".to_owned()); 300]), whole(), End],
    ] {
        rows.push(([vec![Read], acts].concat(), is_accepted.clone()));
    }
    for acts in [
        vec![with("content-length", "10"), whole(), End],
        vec![with("content-length", "x"), whole(), End],
        vec![with("X-Upper", "x"), whole(), End],
        vec![with("connection", "close"), whole(), End],
        vec![with("x-filler", &"x".repeat(2_000_000)), whole(), End],
        vec![Push, plain(200), whole(), End],
        vec![plain(200), End],
    ] {
        rows.push(([vec![Read], acts].concat(), "unknown".to_owned()));
    }
    rows
}

#[tokio::test]
async fn a_submit_opens_one_stream_and_its_end_says_what_it_was() {
    for vendor in [Vendor::ModelsLab, Vendor::Fal] {
        for (acts, expected) in table(vendor) {
            let case = format!("{vendor} {acts:?}").chars().take(300).collect::<String>();
            let peer = Peer::start(POLITE, move |_| acts.clone());
            let submission = client(vendor, &peer.url).submit(&request()).await;
            assert_eq!(told(&submission), expected, "{case}: {submission:?}");
            assert_eq!((peer.connections(), peer.streams()), (1, 1), "{case}");
            if let Submission::Rejected(error) = &submission {
                assert!(error.is_retryable() && !error.may_have_been_charged(), "{case}");
            }
            if let Err(error) = submission.into_result() {
                assert!(!printed(&error).contains(WORDS), "{case}: {error:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_vendor_that_turned_the_request_away_is_followed_by_the_next_and_no_log_shows_a_secret() {
    let log = Log::default();
    let _listening = log.listen();
    for acts in [vec![Read, Rst(REFUSED_STREAM)], vec![Read, GoAway(false, NO_ERROR, WORDS)]] {
        let first = Peer::start(POLITE, move |_| acts.clone());
        let second = Peer::start(POLITE, |_| answer(&accepted(Vendor::SeaArt)));
        let client = builder(Vendor::Fal, &first.url).key(Vendor::SeaArt, KEY).base_url(Vendor::SeaArt, &second.url);
        let job = client.build().unwrap().submit(&request()).await.into_result().unwrap();
        assert_eq!((job.handle().id(), first.streams(), second.streams()), (id(Vendor::SeaArt), 1, 1));
    }
    assert_hidden(&log.text(), &[KEY, "The fox turns its head"], "the log");
}

/// Gateways refuse a large body by its head: the answer comes first, and the stream is reset so that no more is sent.
#[tokio::test]
async fn an_answer_that_comes_before_the_picture_is_read_counts() {
    let request = with_picture_of(256 << 10);
    let (vendor, no) = (Vendor::HighwayApi, || Data(b"<html>no</html>".to_vec()));
    let body = accepted(vendor).to_string().into_bytes();
    let never = Manners { opens: false, ..POLITE };
    for manners in [POLITE, never, Manners { window: Some(1), ..never }] {
        for (acts, expected) in [
            (vec![plain(413), no(), End, Rst(NO_ERROR)], "rejected, refused".to_owned()),
            (
                vec![plain(413), no(), End, Rst(NO_ERROR), GoAway(true, NO_ERROR, ""), Close],
                "rejected, refused".to_owned(),
            ),
            (vec![plain(413), no(), End], "rejected, refused".to_owned()),
            (vec![plain(413), no(), Rst(CANCEL)], "rejected, refused".to_owned()),
            (vec![plain(401), End, Rst(NO_ERROR)], "rejected, refused".to_owned()),
            (vec![plain(502), no(), End, Rst(NO_ERROR)], "unknown".to_owned()),
            (vec![plain(200), Data(body.clone()), End, Rst(NO_ERROR)], format!("accepted {}", id(vendor))),
            (vec![plain(200), Data(body.clone()), End], format!("accepted {}", id(vendor))),
            (vec![Rst(REFUSED_STREAM)], "rejected, not_sent".to_owned()),
            (vec![GoAway(false, NO_ERROR, "")], "rejected, not_sent".to_owned()),
            (vec![Rst(NO_ERROR)], "unknown".to_owned()),
        ] {
            let case = format!("{manners:?} {acts:?}");
            let peer = Peer::start(manners, move |_| acts.clone());
            let submission = client(vendor, &peer.url).submit(&request).await;
            assert_eq!((told(&submission), peer.streams()), (expected, 1), "{case}: {submission:?}");
        }
    }
}

/// What a vendor does once it has read so much of a picture, of which a good part is still to be sent.
#[tokio::test]
async fn a_picture_that_is_on_its_way_is_stopped_or_sent_to_its_end_once() {
    let request = with_picture_of(300 << 10);
    let (vendor, no) = (Vendor::HighwayApi, || Data(b"<html>no</html>".to_vec()));
    let yes = || vec![plain(200), Data(accepted(vendor).to_string().into_bytes()), End];
    let (is_accepted, turned_away) = (format!("accepted {}", id(vendor)), "rejected, not_sent".to_owned());
    let (is_refused, is_unknown) = ("rejected, refused".to_owned(), "unknown".to_owned());
    let last = |is_served| GoAway(is_served, NO_ERROR, WORDS);
    let whole = |acts: Vec<Act>| [acts, vec![Read], yes()].concat();
    for (window, taken) in [(None, 30_000), (None, 300_000), (Some(9000), 30_000)] {
        for (acts, expected) in [
            (whole(vec![last(true)]), &is_accepted),
            (whole(vec![Set(WINDOW, 0), Set(WINDOW, 1 << 20)]), &is_accepted),
            (whole(vec![Set(WINDOW, 9000), Ping(100)]), &is_accepted),
            (whole(vec![Set(5, 1 << 20), Set(3, 0), Allow(1 << 20)]), &is_accepted),
            ([yes(), vec![last(true), Close]].concat(), &is_accepted),
            ([yes(), vec![last(false), Close]].concat(), &is_accepted),
            ([yes(), vec![Rst(REFUSED_STREAM)]].concat(), &is_accepted),
            (vec![last(false)], &turned_away),
            (vec![last(false), Close], &turned_away),
            (vec![last(true), last(false)], &turned_away),
            (vec![Rst(REFUSED_STREAM)], &turned_away),
            (vec![Set(WINDOW, 0), Rst(REFUSED_STREAM)], &turned_away),
            (vec![Set(WINDOW, 0), plain(413), no(), End, Rst(NO_ERROR)], &is_refused),
            (vec![plain(413), no(), End, Rst(NO_ERROR), last(false), Close], &is_refused),
            (vec![plain(413), no(), Rst(REFUSED_STREAM)], &is_refused),
            // A gateway gives hints before anybody has looked; to refuse the stream is the word that counts (RFC 9113, 8.7).
            (vec![Head(103, vec![]), Rst(REFUSED_STREAM)], &turned_away),
            (vec![last(true), Close], &is_unknown),
            (vec![last(true), Reset], &is_unknown),
            (vec![Set(WINDOW, 0), last(true), Close], &is_unknown),
            (vec![Rst(NO_ERROR)], &is_unknown),
            (vec![Reset], &is_unknown),
            // What the protocol does not allow.
            (vec![Set(WINDOW, 1 << 31)], &is_unknown),
            (vec![Allow((1 << 31) - 1), Close], &is_unknown),
            (vec![Allow(0), Close], &is_unknown),
        ] {
            let acts = [vec![Take(taken)], acts].concat();
            let case = format!("{window:?} {acts:?}");
            let peer = Peer::start(Manners { window, ..POLITE }, move |_| acts.clone());
            let submission = client(vendor, &peer.url).submit(&request).await;
            assert_eq!((told(&submission), peer.streams()), (expected.clone(), 1), "{case}: {submission:?}");
        }
    }
}

#[tokio::test]
async fn a_question_is_asked_again_however_its_stream_ended() {
    for vendor in [Vendor::ModelsLab, Vendor::HighwayApi, Vendor::ApiInOne] {
        for (end, _) in ends() {
            for before in [vec![], vec![Read, plain(200), Data(b"{".to_vec())]] {
                let acts = [before, end.clone()].concat();
                let case = format!("{vendor} {acts:?}");
                let peer = Peer::start(POLITE, move |stream| match stream {
                    0 => acts.clone(),
                    _ => answer(&done(vendor, "")),
                });
                let handle = JobHandle::of(vendor, id(vendor), None).unwrap();
                let video = client(vendor, &peer.url).wait_with(&handle, &quick()).await;
                assert_eq!(video.map(|video| video.url).ok().as_deref(), Some(VIDEO), "{case}");
                assert_eq!(peer.streams(), 2, "{case}");
            }
        }
    }
}

/// A job that is done, then its video, by the number of the request for it.
fn host(script: impl Fn(usize) -> Vec<Act> + Send + Sync + 'static) -> Peer {
    let url = Arc::new(OnceLock::<String>::new());
    let own = Arc::clone(&url);
    let peer = Peer::start(POLITE, move |stream| match stream.checked_sub(1) {
        None => answer(&json!({
            "task": {"status": "TASK_STATUS_SUCCEED"}, "videos": [{"video_url": format!("{}/v.mp4", own.wait())}],
        })),
        Some(request) => script(request),
    });
    url.set(peer.url.clone()).unwrap();
    peer
}

/// A video of which so much arrives before the stream ends, then the rest of it.
fn cut(end: Vec<Act>, length: Option<usize>, first: usize) -> Peer {
    let file = film(6000, 7);
    host(move |request| {
        if request == 0 {
            let length = length.map(|length| ("content-length", length.to_string()));
            let head = Head(200, length.into_iter().collect());
            return [vec![head, Data(file[..first].to_vec())], end.clone()].concat();
        }
        let from = first - 1024;
        let range = format!("bytes {from}-{}/{}", file.len() - 1, file.len());
        vec![Head(206, vec![("content-range", range)]), Data(file[from..].to_vec()), End]
    })
}

/// A server that knows neither lengths nor ranges, and breaks off each time after the last byte of the video.
#[tokio::test]
async fn a_video_that_comes_whole_each_time_and_never_ends_is_taken() {
    for (missing, is_whole) in [(0, true), (1, false)] {
        let bytes = film(6000, 7)[..film(6000, 7).len() - missing].to_vec();
        let peer = host(move |_| vec![Head(200, vec![]), Data(bytes.clone()), Rst(INTERNAL_ERROR)]);
        let client = client(Vendor::HighwayApi, &peer.url);
        let handle = JobHandle::of(Vendor::HighwayApi, "7", None).unwrap();
        let Event::Done { video } = client.status(&handle).await.unwrap() else { panic!("not done") };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("v.mp4");
        let options = DownloadOptions::new().attempts(2);
        let saved = client.download_with(&video, &path, &options).await;
        assert_eq!((saved.is_ok(), path.exists(), peer.streams()), (is_whole, is_whole, 3), "{saved:?}");
    }
}

#[tokio::test]
async fn a_video_is_fetched_on_from_where_its_stream_ended() {
    let (handle, file) = (JobHandle::of(Vendor::HighwayApi, "7", None).unwrap(), film(6000, 7));
    let mut rows = tokio::task::JoinSet::new();
    for (end, _) in ends().into_iter().filter(|(end, _)| !is_lossy(end)) {
        for (length, first) in [(Some(file.len()), 3000), (None, 3000), (None, file.len())] {
            let (handle, file, end) = (handle.clone(), file.clone(), end.clone());
            rows.spawn(async move {
                let case = format!("{length:?} {first} {end:?}");
                let peer = cut(end, length, first);
                let client = client(Vendor::HighwayApi, &peer.url);
                let Event::Done { video } = client.status(&handle).await.unwrap() else { panic!("{case}") };
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("v.mp4");
                // A file of which nothing is said is gone on with in the same call only.
                let options = DownloadOptions::new().attempts(if length.is_some() { 1 } else { 5 });
                let mut saved = client.download_with(&video, &path, &options).await;
                if let Err(error) = &saved {
                    assert!(!printed(error).contains(WORDS), "{case}: {error:?}");
                    saved = client.download(&video, &path).await;
                }
                assert_eq!(saved.ok(), Some(file.len() as u64), "{case}");
                assert_eq!(std::fs::read(&path).unwrap(), file, "{case}");
            });
        }
    }
    rows.join_all().await;
}
