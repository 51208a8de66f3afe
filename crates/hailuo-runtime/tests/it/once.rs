//! A POST leaves at most once, whatever the peer says and whatever client was injected.

use hailuo_runtime::{
    Cause, Config, FailureKind,
    reqwest::{
        self, StatusCode,
        dns::{Name, Resolve, Resolving},
        redirect,
    },
};
use tokio::{net::TcpListener, sync::mpsc};

use crate::{
    client::{BODY, HEADER, KEY, PROMPT, QUERY, client, client_with, status, submit},
    mock::{Mock, Step, answer},
};

/// A client as a caller might bring it: follows redirects, tells the referrer, repeats what fails.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method's type has no public name")]
fn eager() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(redirect::Policy::limited(10))
        .referer(true)
        .retry(reqwest::retry::for_host("127.0.0.1").no_budget().classify_fn(|attempt| attempt.retryable()))
        .tls_certs_only([])
}

const REDIRECTS: [&str; 5] = ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"];

#[tokio::test]
async fn a_redirect_is_seen_and_not_followed() {
    for line in REDIRECTS {
        for auth in [HEADER, QUERY, BODY] {
            for injected in [false, true] {
                for foreign in [false, true] {
                    let case = format!("{line}, {auth:?}, injected: {injected}, foreign: {foreign}");
                    let other = Mock::answering("200 OK", "", "{}").await;
                    let target = if foreign { format!("{}/steal", other.base) } else { "/again".to_owned() };
                    let vendor = Mock::answering(line, &format!("location: {target}\r\n"), "moved").await;
                    let config = if injected { Config::new().http(eager()) } else { Config::new() };

                    let failure = submit(&client_with(config, &vendor.base, auth)).await.unwrap_err();

                    assert_eq!(failure.kind(), FailureKind::Refused, "{case}");
                    assert_eq!(failure.status().map(|status| status.as_u16().to_string()), Some(line[..3].to_owned()));
                    assert_eq!(failure.header("location"), Some(target.as_str()), "{case}");
                    assert_eq!(failure.body(), "moved", "{case}");
                    assert!(vendor.only_request().line().starts_with("POST /submit"), "{case}");
                    assert_eq!(other.connections(), 0, "{case}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_redirected_get_is_not_followed_either() {
    let other = Mock::answering("200 OK", "", "{}").await;
    let vendor = Mock::answering("302 Found", &format!("location: {}\r\n", other.base), "").await;
    let failure = status(&client_with(Config::new().http(eager()), &vendor.base, QUERY), "1").await.unwrap_err();
    assert_eq!(failure.status(), Some(StatusCode::FOUND));
    assert_eq!((vendor.connections(), other.connections()), (1, 0));
}

/// Without the runtime, the same client does what these tests watch for.
#[tokio::test]
async fn the_injected_client_by_itself_would_have_sent_the_body_elsewhere() {
    let other = Mock::answering("200 OK", "", "{}").await;
    let vendor = Mock::answering("307 Temporary", &format!("location: {}/steal\r\n", other.base), "").await;
    let client = eager().build().unwrap();
    client.post(format!("{}/submit", vendor.base)).body(PROMPT).send().await.unwrap();
    assert_eq!(other.requests()[0].body, PROMPT.as_bytes());
}

#[tokio::test]
async fn a_failing_answer_is_not_asked_for_again() {
    for line in
        ["500 Oops", "503 Unavailable", "429 Slow Down", "408 Timeout", "425 Too Early", "401 Who", "421 Misdirected"]
    {
        let vendor = Mock::answering(line, "", "").await;
        let failure = submit(&client_with(Config::new().http(eager()), &vendor.base, HEADER)).await.unwrap_err();
        assert_eq!(failure.kind(), FailureKind::Refused, "{line}");
        assert!(failure.request_sent());
        vendor.only_request();
    }
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_leaves_it_unanswered() {
    for (script, status) in [
        (vec![Step::Head, Step::Reset], None),
        (vec![Step::Request, Step::Reset], None),
        (vec![Step::Request, Step::Close], None),
        (vec![Step::Request, Step::Write("no HTTP at all\r\n\r\n".into()), Step::Close], None),
        (vec![Step::Request, Step::Write("HTTP/1.1 200 OK\r\nconte".into()), Step::Close], None),
        (
            vec![
                Step::Request,
                Step::Write(answer("200 OK", "", "{\"").replace("length: 2", "length: 9")),
                Step::Close,
            ],
            Some(200),
        ),
        (
            vec![
                Step::Request,
                Step::Write(answer("200 OK", "", "{\"").replace("length: 2", "length: 9")),
                Step::Reset,
            ],
            Some(200),
        ),
    ] {
        for injected in [false, true] {
            let vendor = Mock::start([script.clone()]).await;
            let config = if injected { Config::new().http(eager()) } else { Config::new() };
            let failure = submit(&client_with(config, &vendor.base, HEADER)).await.unwrap_err();
            assert_eq!(failure.kind(), FailureKind::Unanswered, "{script:?}: {failure:?}");
            assert_eq!(failure.cause(), Cause::Connection, "{script:?}");
            assert_eq!(failure.status().map(|status| status.as_u16()), status, "{script:?}");
            assert!(failure.request_sent(), "{script:?}");
            vendor.only_request();
        }
    }
}

/// A resolver that knows no name.
struct NoNames;

impl Resolve for NoNames {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err("no such name".into()) })
    }
}

#[tokio::test]
async fn a_connection_that_was_never_there_is_not_sent() {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (base, cause) in [(format!("http://{gone}"), Cause::Connect), ("http://vendor.example".into(), Cause::Dns)] {
        let config = Config::new().http(reqwest::Client::builder().dns_resolver(NoNames).tls_certs_only([]));
        let (client, record) = client_with(config, &base, HEADER).recorded();
        for call in [record.outcome(client.start().await), submit(&client).await] {
            let failure = call.unwrap_err();
            assert_eq!((failure.kind(), failure.cause()), (FailureKind::NotSent, cause), "{failure:?}");
            assert!(!failure.request_sent() && !record.sent());
        }
    }
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_not_sent_anything() {
    let alert = |code| format!("\u{15}\u{3}\u{3}\0\u{2}\u{2}{code}");
    for (script, cause) in [
        (vec![Step::Write("HTTP/1.1 400 Speak Up\r\n\r\n".into()), Step::Close], Some(Cause::Tls)),
        (vec![Step::Write("\0\0\u{6}\u{4}\0\0\0\0\0\0\u{3}\0\0\0\u{1}".into()), Step::Close], Some(Cause::Tls)),
        // A failed handshake, an unknown name, a version that is too old.
        (vec![Step::Write(alert('('))], Some(Cause::Tls)),
        (vec![Step::Write(alert('p'))], Some(Cause::Tls)),
        (vec![Step::Write(alert('F'))], Some(Cause::Tls)),
        (vec![Step::Close], None),
        (vec![Step::Reset], None),
    ] {
        let server = Mock::start([script.clone()]).await;
        let base = server.base.replace("http://", "https://");
        let failure = submit(&client_with(Config::new().http(eager()), &base, HEADER)).await.unwrap_err();
        assert_eq!(failure.kind(), FailureKind::NotSent, "{script:?}: {failure:?}");
        assert!(cause.is_none_or(|cause| failure.cause() == cause), "{script:?}: {failure:?}");
        assert!(!failure.request_sent() && server.requests().is_empty(), "{script:?}");
    }
}

#[tokio::test]
async fn a_kept_connection_that_breaks_is_not_replaced_by_a_second_post() {
    let answered = vec![Step::Request, Step::Write(answer("200 OK", "", "{}"))];
    let vendor = Mock::start([answered.clone(), vec![Step::Request, Step::Reset], answered]).await;
    let client = client(&vendor.base);
    submit(&client).await.unwrap();
    let failure = submit(&client).await.unwrap_err();
    assert_eq!(failure.kind(), FailureKind::Unanswered);
    assert_eq!((vendor.connections(), vendor.requests().len()), (1, 2));
}

#[tokio::test]
async fn a_post_without_a_body_is_one_of_length_zero() {
    let vendor = Mock::answering("200 OK", "", "{}").await;
    let (client, record) = client(&vendor.base).recorded();
    record.outcome(client.start().await).unwrap();
    let request = vendor.only_request();
    assert_eq!(request.header("content-length"), ["0"]);
    assert_eq!(request.header("transfer-encoding"), [""; 0]);
    assert!(record.sent() && record.complete());
}

#[tokio::test]
async fn a_call_that_is_dropped_still_tells_whether_it_was_sent() {
    let vendor = Mock::start([vec![Step::Request, Step::Silence]]).await;
    let (client, record) = client(&vendor.base).recorded();
    assert!(!record.sent());
    let body = serde_json::json!({});
    let call = client.submit(&body);
    tokio::select! {
        _ = call => unreachable!("the server says nothing"),
        () = async { while vendor.requests().first().is_none_or(|request| request.body.is_empty()) { tokio::task::yield_now().await } } => {}
    }
    assert!(record.sent() && !record.complete());
    assert_eq!(record.status(), None);
}

/// An HTTP/2 server that refuses every stream, which is what reqwest sends again by itself.
pub(crate) async fn refusing_http2() -> (String, mpsc::UnboundedReceiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let sender = sender.clone();
            tokio::spawn(async move {
                let mut connection = h2::server::handshake(socket).await.unwrap();
                while let Some(Ok((_, mut respond))) = connection.accept().await {
                    sender.send(()).unwrap();
                    respond.send_reset(h2::Reason::REFUSED_STREAM);
                }
            });
        }
    });
    (base, receiver)
}

#[tokio::test]
async fn a_refused_http2_stream_is_not_opened_again() {
    let (base, mut streams) = refusing_http2().await;
    let config = Config::new().http(reqwest::Client::builder().http2_prior_knowledge().tls_certs_only([]));
    let failure = submit(&client_with(config, &base, HEADER)).await.unwrap_err();
    assert_eq!((failure.kind(), failure.cause()), (FailureKind::NotSent, Cause::TurnedAway), "{failure:?}");
    assert!(!failure.request_sent());
    streams.recv().await.unwrap();
    assert!(streams.try_recv().is_err(), "one stream and no more");

    let plain = reqwest::Client::builder().http2_prior_knowledge().tls_certs_only([]).build().unwrap();
    plain.post(&base).body(KEY).send().await.unwrap_err();
    streams.recv().await.unwrap();
    assert!(streams.recv().await.is_some(), "without the runtime it is sent again");
}

/// At a service that hangs up without a word nobody could tell whether a request on a kept connection has arrived.
#[tokio::test]
async fn once_a_service_has_hung_up_without_a_word_each_post_has_a_connection_of_its_own() {
    for (injected, expected) in [(false, [1, 1, 2, 3, 4, 4]), (true, [1, 1, 2, 2, 2, 2])] {
        let yes = vec![Step::Request, Step::Write(answer("200 OK", "", "{}"))];
        let vendor = Mock::start([yes.clone(), vec![Step::Request, Step::Close], yes]).await;
        let config = if injected { Config::new().http(eager()) } else { Config::new() };
        let client = client_with(config, &vendor.base, HEADER);
        let mut connections = Vec::new();
        for (number, is_post) in [true, false, false, true, true, false].into_iter().enumerate() {
            let is_answered = if is_post { submit(&client).await.is_ok() } else { status(&client, "1").await.is_ok() };
            assert_eq!(is_answered, number != 1, "{number}");
            connections.push(vendor.connections());
        }
        assert_eq!(connections, expected, "injected: {injected}");
        assert_eq!(vendor.requests().len(), 6, "each was sent once");
    }
}
