//! What each vendor receives for the same three requests.

use std::fmt::Write;

use hailuo::{Client, Duration, Error, ImageToVideo, Resolution, Submission, SubmitOptions, Vendor};
use hailuo_sandbox::{Pace, Sandbox};

use crate::{
    pictures::png,
    stage::{builder, plain, seller},
};

fn requests() -> [(&'static str, ImageToVideo, SubmitOptions); 3] {
    let webhook = SubmitOptions::new().webhook("https://example.com/hook?a=1&b=2");
    let everything = plain()
        .prompt("狐 turns.\n\"Look!\" [左摇,上升], then [拉远]")
        .duration(Duration::Ten)
        .resolution(Resolution::P768)
        .build();
    let pictured = plain().image(png(1024, 768)).resolution(Resolution::P1080).prompt_optimizer(false).build();
    [
        ("a URL and a prompt, nothing else", plain().build().unwrap(), SubmitOptions::new()),
        ("ten seconds at 768P, with a webhook", everything.unwrap(), webhook),
        ("a picture in bytes, 1080P, without the optimizer", pictured.unwrap(), SubmitOptions::new()),
    ]
}

async fn received(sandbox: &Sandbox, client: &Client, vendor: Vendor) -> String {
    let mut text = String::new();
    for (name, request, options) in requests() {
        sandbox.clear_journal();
        writeln!(text, "# {name}").unwrap();
        // A vendor without a webhook refuses to be asked for one; what else it receives is still of interest.
        let mut submission = client.submit_with(&request, &options).await;
        if let Submission::Rejected(error) = &submission {
            writeln!(text, "refused: {}", codes(error)).unwrap();
            if codes(error) == "webhook_unsupported" {
                submission = client.submit(&request).await;
            }
        }
        if matches!(submission, Submission::Accepted(_)) {
            let entries = sandbox.submits(seller(vendor));
            let [entry] = entries.as_slice() else { panic!("{entries:?}") };
            let query = if entry.query.is_empty() { String::new() } else { format!("?{}", entry.query) };
            writeln!(text, "{} {}{query}", entry.method, entry.path).unwrap();
            for (header, value) in &entry.headers {
                // Where the sandbox is and how long a body is change with every run or word.
                if !["host", "content-length", "user-agent"].contains(&header.as_str()) {
                    writeln!(text, "{header}: {value}").unwrap();
                }
            }
            writeln!(text, "{:#}", entry.body.json().unwrap()).unwrap();
        }
        text.push('\n');
    }
    text
}

fn codes(error: &Error) -> String {
    let codes: Vec<_> = error.violations().map(|violation| violation.code().as_str()).collect();
    codes.join(" ")
}

#[tokio::test]
async fn each_vendor_receives_what_it_documents() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    for vendor in Vendor::ALL {
        let client = builder(&sandbox, &[vendor]).build().unwrap();
        let text = received(&sandbox, &client, vendor).await;
        insta::with_settings!({ omit_expression => true, snapshot_suffix => vendor.slug() }, {
            insta::assert_snapshot!("golden", text.trim_end());
        });
    }
    // The sandbox judges by the contracts, with a validator that shares no code with us.
    assert_eq!(sandbox.violations(), []);
}
