//! What goes wrong with the video itself.

use hailuo_sandbox::{Host, Pace, Vendor, title_of};

use super::{sandbox, script, seen};
use crate::client::{Caller, Seen, look};

#[tokio::test]
async fn a_download_can_fail_in_every_way_and_then_succeeds() {
    for vendor in Vendor::ALL {
        for (fault, words) in [
            ("download:cut", "Broken"),
            ("download:cut=100,reset", "Broken"),
            ("download:drop-request", "Broken"),
            ("download:stall", "Silent"),
            ("download:endless", "Silent"),
            ("download:hang", "Silent"),
            ("download:http=403", "403"),
            ("download:http=404", "404"),
            ("download:http=500*2", "500 500"),
            ("download:html=200", "200 text/html"),
            ("download:rate-limit", "429"),
            ("download:empty", "200"),
            ("download:no-length", "200 video/mp4"),
        ] {
            let sandbox = sandbox(Pace::INSTANT).await;
            let caller = Caller::new(&sandbox, vendor);
            let id = caller.submitted().await;
            let url = caller.finished(&id).await;
            script(&sandbox, vendor, fault).unwrap();
            let mut expected = words.split(' ').peekable();
            while let Some(word) = expected.next() {
                let media = expected.next_if(|next| next.contains('/'));
                match seen(&sandbox, caller.http.get(&url), word).await {
                    Seen::Answer(answer) => {
                        assert_eq!(answer.status.to_string(), word, "{vendor} {fault}");
                        if let Some(media) = media {
                            assert_eq!(answer.header("content-type"), Some(media), "{vendor} {fault}");
                        }
                        if fault == "download:no-length" {
                            assert_eq!(answer.header("content-length"), None);
                            assert!(title_of(&answer.bytes).is_some());
                        }
                    }
                    other => assert_eq!(format!("{other:?}"), word, "{vendor} {fault}"),
                }
            }
            let video = look(caller.http.get(&url)).await.answer();
            assert_eq!(title_of(&video.bytes), Some((vendor, id)), "{vendor} {fault}");
        }
    }
}

#[tokio::test]
async fn a_cut_download_goes_on_where_it_ended_unless_ranges_are_ignored() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let url = caller.finished(&caller.submitted().await).await;
    let whole = look(caller.http.get(&url)).await.answer().bytes;
    script(&sandbox, Vendor::Fal, "download:cut=4000").unwrap();
    let mut response = caller.http.get(&url).send().await.unwrap();
    assert_eq!(response.content_length(), Some(whole.len() as u64));
    let mut part = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        part.extend_from_slice(&chunk);
    }
    assert_eq!(part.len(), 4000);
    let rest = caller.http.get(&url).header("range", "bytes=4000-");
    part.extend(look(rest).await.answer().bytes);
    assert_eq!(part, whole);

    script(&sandbox, Vendor::Fal, "download:no-range").unwrap();
    let again = look(caller.http.get(&url).header("range", "bytes=4000-")).await.answer();
    assert_eq!((again.status, again.bytes), (200, whole));
    assert_eq!(again.headers.get("accept-ranges"), None);
}

#[tokio::test]
async fn an_expired_url_stays_expired_and_the_result_gives_a_fresh_one() {
    for vendor in Vendor::ALL {
        let sandbox = sandbox(Pace::INSTANT).await;
        let caller = Caller::new(&sandbox, vendor);
        let id = caller.submitted().await;
        let old = caller.finished(&id).await;
        script(&sandbox, vendor, "download:expired").unwrap();
        for _ in 0..2 {
            let answer = look(caller.http.get(&old)).await.answer();
            assert_eq!(answer.status, 403, "{vendor}");
            assert!(answer.text().contains("ExpiredToken"));
        }
        let fresh = caller.finished(&id).await;
        assert_ne!(fresh, old, "{vendor}");
        assert_eq!(look(caller.http.get(&fresh)).await.answer().status, 200);
    }
}

#[tokio::test]
async fn a_video_can_move_to_another_host_which_gets_no_key() {
    let sandbox = sandbox(Pace::INSTANT).await;
    let caller = Caller::new(&sandbox, Vendor::ApiInOne);
    let id = caller.submitted().await;
    let url = caller.finished(&id).await;
    script(&sandbox, Vendor::ApiInOne, "download:redirect=302").unwrap();
    let answer = look(caller.http.get(&url)).await.answer();
    let target = answer.header("location").unwrap().to_owned();
    assert!(target.starts_with(sandbox.elsewhere_url()));
    let video = look(caller.http.get(target)).await.answer();
    assert_eq!(title_of(&video.bytes), Some((Vendor::ApiInOne, id)));
    assert!(!sandbox.requests_to(Host::Elsewhere)[0].carries_key);
}
