//! From submit to the video, with every vendor, and every way of ordering that the vendors' pages show.

use hailuo_sandbox::{Pace, Sandbox, Vendor, title_of};
use serde_json::{Value, json};

use crate::client::{Caller, IMAGE, PROMPT, look};

#[tokio::test]
async fn every_vendor_makes_a_video_that_carries_vendor_and_job() {
    let sandbox = Sandbox::builder().pace(Pace::polls(2)).start().await.unwrap();
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        let id = caller.submitted().await;
        let words = caller.wait(&id).await;
        assert_eq!(words.len(), 3, "{vendor} {words:?}");
        let url = caller.finished(&id).await;
        let video = look(caller.http.get(url)).await.answer();
        assert_eq!(video.status, 200);
        assert_eq!(video.header("content-type"), Some("video/mp4"));
        assert_eq!(title_of(&video.bytes), Some((vendor, id)));
        assert_eq!(sandbox.jobs(vendor).len(), 1);
    }
    assert_eq!(sandbox.violations(), []);
    assert_eq!(sandbox.mismatches(), []);
}

/// Bodies of the forms that the pages show, each with the clip it orders: its length tells which.
#[tokio::test]
async fn every_form_of_order_is_taken_and_gets_the_clip_it_asks_for() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    let data = "data:image/png;base64,iVBORw0KGgo=";
    let (short, long, full_hd) = (10_332, 12_006, 16_637);
    let pro = "/fal-ai/minimax/hailuo-2.3/pro/image-to-video";
    let standard = "/fal-ai/minimax/hailuo-2.3/standard/image-to-video";
    let cases: Vec<(Vendor, Option<&str>, Value, usize)> = vec![
        (
            Vendor::ModelsLab,
            None,
            json!({"key": "k", "model_id": "Hailuo-2.3-i2v", "init_image": IMAGE, "prompt": PROMPT, "duration": "6"}),
            short,
        ),
        (
            Vendor::ModelsLab,
            None,
            json!({"key": "k", "model_id": "Hailuo-2.3-i2v", "init_image": data, "prompt": PROMPT, "duration": "10"}),
            long,
        ),
        (Vendor::Fal, Some(pro), json!({"prompt": PROMPT, "image_url": IMAGE}), full_hd),
        (Vendor::Fal, Some(pro), json!({"prompt": PROMPT, "prompt_optimizer": true, "image_url": data}), full_hd),
        (Vendor::Fal, Some(standard), json!({"prompt": PROMPT, "image_url": IMAGE}), short),
        (Vendor::Fal, Some(standard), json!({"prompt": PROMPT, "image_url": IMAGE, "duration": "10"}), long),
        (
            Vendor::SeaArt,
            None,
            json!({"first_frame_image": IMAGE, "prompt": PROMPT, "duration": 6, "resolution": "768P"}),
            short,
        ),
        (Vendor::SeaArt, None, json!({"first_frame_image": data}), short),
        (
            Vendor::SeaArt,
            None,
            json!({"first_frame_image": IMAGE, "duration": 6, "resolution": "1080P", "aigc_watermark": true}),
            full_hd,
        ),
        (Vendor::HighwayApi, None, json!({"prompt": PROMPT, "image": IMAGE}), short),
        (
            Vendor::HighwayApi,
            None,
            json!({"prompt": PROMPT, "image": data, "duration": 10, "resolution": "768P", "enable_prompt_expansion": false}),
            long,
        ),
        (
            Vendor::ApiInOne,
            None,
            json!({"model": "hailuo/2-3-image-to-video-standard", "prompt": PROMPT, "image": IMAGE, "duration": "6", "resolution": "768P"}),
            short,
        ),
        (
            Vendor::ApiInOne,
            None,
            json!({"model": "hailuo/2-3-image-to-video-pro", "prompt": PROMPT, "image": IMAGE, "duration": "6", "resolution": "1080P"}),
            full_hd,
        ),
    ];
    for (vendor, path, body, length) in cases {
        let caller = Caller::new(&sandbox, vendor);
        let url = format!("{}{}", caller.base, path.unwrap_or(caller.path()));
        let answer = look(caller.signed(caller.http.post(url)).json(&body)).await.answer();
        assert_eq!(answer.status, 200, "{vendor} {body}: {}", answer.text());
        let id = caller.id(&answer.json());
        let video = look(caller.http.get(caller.finished(&id).await)).await.answer();
        assert_eq!(video.bytes.len(), length, "{vendor} {body}");
    }
    assert_eq!(sandbox.violations(), []);
    assert_eq!(sandbox.mismatches(), []);
}

#[tokio::test]
async fn the_models_own_limits_hold_where_a_contract_has_none() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    for vendor in Vendor::ALL {
        let caller = Caller::new(&sandbox, vendor);
        let mut order = caller.order();
        order["prompt"] = json!("雾".repeat(2001));
        let answer = look(caller.submit_of(&order)).await.answer();
        if answer.status == 200 {
            let id = caller.id(&answer.json());
            let poll = look(caller.poll(&id)).await.answer().json();
            assert!(poll.to_string().contains("2000"), "{vendor}: {poll}");
        } else {
            assert!([400, 422].contains(&answer.status), "{vendor}: {}", answer.text());
            continue;
        }
        order["prompt"] = json!("雾".repeat(2000));
        let answer = look(caller.submit_of(&order)).await.answer();
        assert_eq!(answer.status, 200, "{vendor}");
        caller.finished(&caller.id(&answer.json())).await;
    }
    let caller = Caller::new(&sandbox, Vendor::ApiInOne);
    let mut order = caller.order();
    order["duration"] = json!("10");
    order["resolution"] = json!("1080P");
    let answer = look(caller.submit_of(&order)).await.answer();
    assert_eq!(answer.status, 200);
    let words = caller.wait(&caller.id(&answer.json())).await;
    assert_eq!(words, ["failed"]);
}

#[tokio::test]
async fn the_urls_of_an_answer_lead_to_where_the_client_found_the_api() {
    let sandbox = Sandbox::start().await.unwrap();
    for vendor in [Vendor::ModelsLab, Vendor::Fal, Vendor::SeaArt] {
        let caller = Caller::new(&sandbox, vendor);
        let own = caller.base.split('/').nth(2).unwrap();
        for (headers, origin) in [
            (&[][..], format!("http://{own}/")),
            (&[("host", "localhost:8080")], "http://localhost:8080/".to_owned()),
            (&[("host", "queue.example"), ("x-forwarded-proto", "https")], "https://queue.example/".to_owned()),
            (&[("x-forwarded-host", "a.example"), ("x-forwarded-proto", "https")], "https://a.example/".to_owned()),
            (&[("host", "key@elsewhere.example")], format!("http://{own}/")),
            (&[("host", "no host"), ("x-forwarded-proto", "gopher")], format!("http://{own}/")),
        ] {
            let request = headers.iter().fold(caller.submit(), |request, (name, value)| request.header(*name, *value));
            let answer = look(request).await.answer();
            assert_eq!(answer.status, 200, "{vendor} {headers:?}: {}", answer.text());
            let names = ["fetch_result", "status_url", "response_url", "cancel_url"];
            let answer = answer.json();
            let urls: Vec<_> = names.into_iter().filter_map(|name| answer[name].as_str()).collect();
            assert!(!urls.is_empty() && urls.iter().all(|url| url.starts_with(&origin)), "{headers:?}: {urls:?}");
        }
    }
    assert_eq!(sandbox.mismatches(), []);
}
