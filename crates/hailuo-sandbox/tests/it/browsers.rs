//! Pages in a browser: what it asks before it sends their requests, and what it lets them read.

use hailuo_sandbox::{Pace, Place, Sandbox, Vendor};
use reqwest::Method;

use crate::client::{Caller, look};

const PAGE: &str = "http://localhost:3000";

#[tokio::test]
async fn a_page_may_send_what_a_program_may_and_read_every_answer() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        let preflight = caller
            .http
            .request(Method::OPTIONS, format!("{}{}", caller.base, caller.path()))
            .header("origin", PAGE)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type,x-fal-request-timeout");
        let allowed = look(preflight).await.answer();
        assert_eq!((allowed.status, allowed.bytes.len()), (204, 0), "{vendor}");
        assert_eq!(allowed.header("access-control-allow-origin"), Some("*"), "{vendor}");
        assert_eq!(allowed.header("access-control-allow-methods"), Some("POST"), "{vendor}");
        assert_eq!(
            allowed.header("access-control-allow-headers"),
            Some("authorization,content-type,x-fal-request-timeout"),
            "{vendor}"
        );
        assert_eq!(sandbox.requests(vendor).len(), 0, "{vendor}: what the browser asks is no request of the page");

        let submitted = look(caller.submit().header("origin", PAGE)).await.answer();
        assert_eq!(submitted.status, 200, "{vendor}");
        let id = caller.id(&submitted.json());
        let video = caller.http.get(caller.finished(&id).await).header("origin", PAGE);
        let refused = caller.submit_of(&serde_json::json!({})).header("origin", PAGE);
        for answer in [submitted, look(video).await.answer(), look(refused).await.answer()] {
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{vendor} {}", answer.status);
            assert_eq!(answer.header("access-control-expose-headers"), Some("*"), "{vendor} {}", answer.status);
        }
        let program = look(caller.poll(&id)).await.answer();
        assert_eq!(program.header("access-control-allow-origin"), None, "{vendor}: a program names no origin");
    }
    assert!(sandbox.violations().iter().all(|violation| violation.place == Place::Body));
}

#[tokio::test]
async fn an_options_that_no_browser_asks_is_a_wrong_method() {
    let sandbox = Sandbox::start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::HighwayApi);
    let url = format!("{}{}", caller.base, caller.path());
    let answer = look(caller.signed(caller.http.request(Method::OPTIONS, url))).await.answer();
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    assert_eq!(sandbox.violations().len(), 1);
}
