//! A redirect is never followed with a paid request, whoever made the HTTP client.

use hailuo::{Submission, Vendor, reqwest};
use hailuo_sandbox::{Host, Sandbox};

use crate::stage::{builder, request, seller};

#[tokio::test]
async fn neither_our_client_nor_an_eager_one_follows_a_redirect() {
    for vendor in Vendor::ALL {
        for code in [301, 302, 303, 307, 308] {
            for place in ["", ",same"] {
                for is_injected in [false, true] {
                    let sandbox = Sandbox::start().await.unwrap();
                    let fault = format!("submit:redirect={code}{place}").parse().unwrap();
                    sandbox.fault(seller(vendor), fault).unwrap();
                    let mut client = builder(&sandbox, &[vendor]);
                    if is_injected {
                        client = client.http(|| {
                            reqwest::Client::builder()
                                .redirect(reqwest::redirect::Policy::limited(10))
                                .tls_certs_only([])
                        });
                    }
                    let submission = client.build().unwrap().submit(&request()).await;
                    let context = format!("{vendor} {code}{place} {is_injected}: {submission:?}");
                    let is_unknown = matches!(submission, Submission::Unknown(_));
                    assert_eq!(is_unknown, code == 303, "{context}");
                    assert_eq!(sandbox.submits(seller(vendor)).len(), 1, "{context}");
                    assert_eq!(sandbox.requests_to(Host::Elsewhere).len(), 0, "{context}");
                    assert_eq!(sandbox.jobs(seller(vendor)).len(), 0, "{context}");
                }
            }
        }
    }
}
