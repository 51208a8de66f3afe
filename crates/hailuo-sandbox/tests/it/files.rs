//! The file host: ranges, conditions, and no need for a key.

use hailuo_sandbox::{Host, Pace, Phase, Sandbox, Vendor};

use crate::client::{Caller, KEY, look};

#[tokio::test]
async fn a_video_is_served_whole_in_parts_and_by_condition() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::SeaArt);
    let url = caller.finished(&caller.submitted().await).await;
    assert!(url.starts_with(&sandbox.files_url(Vendor::SeaArt)));
    let whole = look(caller.http.get(&url)).await.answer();
    let etag = whole.header("etag").unwrap().to_owned();
    let length = whole.bytes.len();
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.header("content-length"), Some(length.to_string().as_str()));

    let part = look(caller.http.get(&url).header("range", "bytes=1000-1999")).await.answer();
    assert_eq!(part.status, 206);
    assert_eq!(part.header("content-range"), Some(format!("bytes 1000-1999/{length}").as_str()));
    assert_eq!(part.bytes, whole.bytes[1000..2000]);

    let rest = caller.http.get(&url).header("range", "bytes=5000-").header("if-range", &etag);
    assert_eq!(look(rest).await.answer().bytes, whole.bytes[5000..]);
    let changed = caller.http.get(&url).header("range", "bytes=5000-").header("if-range", "\"old\"");
    let changed = look(changed).await.answer();
    assert_eq!((changed.status, changed.bytes.len()), (200, length));

    let beyond = look(caller.http.get(&url).header("range", "bytes=999999-")).await.answer();
    assert_eq!(beyond.status, 416);
    assert_eq!(beyond.header("content-range"), Some(format!("bytes */{length}").as_str()));

    let head = look(caller.http.head(&url)).await.answer();
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(length.to_string().as_str()));
    let head = look(caller.http.head(&url).header("range", "bytes=0-9")).await.answer();
    assert_eq!((head.status, head.header("content-range")), (200, None), "a range is for a GET");
    let last = look(caller.http.get(&url).header("range", "bytes=-100")).await.answer();
    assert_eq!((last.status, &last.bytes[..]), (206, &whole.bytes[length - 100..]));
    let several = look(caller.http.get(&url).header("range", "bytes=0-1,5-6")).await.answer();
    assert_eq!((several.status, several.bytes.len()), (200, length), "several ranges are too many");
    let dated = caller.http.get(&url).header("range", "bytes=-9").header("if-range", &whole.headers["last-modified"]);
    assert_eq!(look(dated).await.answer().bytes.len(), 9);
    let same = look(caller.http.get(&url).header("if-none-match", &etag)).await.answer();
    assert_eq!((same.status, same.bytes.len()), (304, 0));
    assert_eq!(look(caller.http.post(&url)).await.answer().status, 405);
}

#[tokio::test]
async fn only_a_finished_job_has_a_video() {
    let sandbox = Sandbox::builder().pace(Pace::polls(2)).start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::ModelsLab);
    let answer = look(caller.submit()).await.answer().json();
    let future = answer["future_links"][0].as_str().unwrap().to_owned();
    assert_eq!(look(caller.http.get(&future)).await.answer().status, 404);
    let url = caller.finished(&caller.id(&answer)).await;
    assert_eq!(url, future);
    assert_eq!(look(caller.http.get(&future)).await.answer().status, 200);
    let files = sandbox.files_url(Vendor::ModelsLab);
    for path in ["/", "/files/1/0.mp4", "/files/1/x.mp4", "/files//0.mp4", "/files/1/0.mp4/x"] {
        let answer = look(caller.http.get(format!("{files}{path}"))).await.answer();
        assert_eq!(answer.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_key_sent_to_the_file_host_is_noticed_and_not_written_down() {
    let sandbox = Sandbox::builder().pace(Pace::INSTANT).start().await.unwrap();
    let caller = Caller::new(&sandbox, Vendor::Fal);
    let url = caller.finished(&caller.submitted().await).await;
    look(caller.http.get(&url)).await.answer();
    look(caller.signed(caller.http.get(&url))).await.answer();
    look(caller.http.get(format!("{url}?token={KEY}"))).await.answer();
    let entries = sandbox.requests_to(Host::Files);
    let carried: Vec<_> = entries.iter().map(|entry| entry.carries_key).collect();
    assert_eq!(carried, [false, true, true]);
    assert!(entries.iter().all(|entry| entry.phase == Some(Phase::Download)));
    assert_eq!(entries[1].header("authorization"), Some("Key [key]"));
    assert_eq!(entries[2].query, "token=[key]");
}
