//! A redirect of a paid request is the caller's to see: it is not followed, and neither key nor body go anywhere else.

use hailuo_runtime::Config;

use crate::loopback::Loopback;

const KEY: &str = "canary-key-1f9c";
const PROMPT: &str = "canary-prompt-77ab";

#[tokio::test]
async fn a_redirected_submit_is_seen_and_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        for is_same_host in [true, false] {
            let other = Loopback::answering(crate::loopback::json("200 OK", "{}")).await;
            let target = if is_same_host { "/elsewhere".to_owned() } else { format!("{}/elsewhere", other.url) };
            let first = Loopback::answering(format!(
                "HTTP/1.1 {status} Moved\r\nlocation: {target}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            ))
            .await;
            // The key goes into the body here, which is what a replayed request would give away.
            let config = Config::new().base_url(first.url.clone());
            let client = hailuo_modelslab::Client::connect_with(config, KEY).unwrap();
            let (client, record) = client.recorded();
            let request = hailuo_modelslab::types::ImageToVideoRequest::builder()
                .model_id(hailuo_modelslab::types::ImageToVideoRequestModelId::try_from("Hailuo-2.3-i2v").unwrap())
                .init_image("https://example.com/a.jpg")
                .prompt(PROMPT)
                .duration(hailuo_modelslab::types::ImageToVideoRequestDuration::try_from("6").unwrap());
            let failure = record.outcome(client.submit().body(request).send().await).unwrap_err();
            assert_eq!(failure.status().map(|s| s.as_u16()), Some(status));

            let seen = first.received().await;
            assert_eq!(seen.len(), 1, "HTTP {status}, same host: {is_same_host}");
            assert!(seen[0].contains(KEY) && seen[0].contains(PROMPT));
            assert_eq!(other.received().await, Vec::<String>::new(), "HTTP {status}");
        }
    }
}
