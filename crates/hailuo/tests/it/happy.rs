//! All goes well, at each of the five vendors.

use hailuo::{Event, Vendor};
use hailuo_sandbox::Pace;

use crate::stage::{Stage, request, seller};

#[tokio::test(start_paused = true)]
async fn the_program_of_the_readme_makes_a_video_from_each_vendor() {
    let folder = tempfile::tempdir().unwrap();
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::default(), &[vendor]).await;
        let path = folder.path().join(format!("{}.mp4", vendor.slug()));
        let video = stage.client.generate(&request()).save_to(&path).await.unwrap();
        let saved = std::fs::read(&path).unwrap();
        let job = &stage.sandbox.jobs(seller(vendor))[0];
        assert_eq!(hailuo_sandbox::title_of(&saved), Some((seller(vendor), job.id.clone())));
        assert_eq!(video.handle().id(), job.id);
        assert_eq!(stage.sandbox.violations(), []);
        assert_eq!(stage.sandbox.mismatches(), []);
        assert_eq!(stage.sandbox.jobs(seller(vendor)).len(), 1);
        assert_eq!(stage.journal.handles(), [video.handle().clone()]);
        // Nothing but the video is left in the folder.
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        std::fs::remove_file(&path).unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn events_tell_a_job_from_its_acceptance_to_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    for vendor in Vendor::ALL {
        let stage = Stage::new(Pace::polls(4), &[vendor]).await;
        let mut events = stage.client.generate(&request()).save_to(folder.path().join("a.mp4")).events();
        let mut words: Vec<String> = Vec::new();
        while let Some(event) = events.next().await {
            let word = match event.unwrap() {
                Event::Accepted { .. } => "accepted".to_owned(),
                Event::Queued { position } => format!("queued {position:?}"),
                Event::Running { percent, log } => {
                    format!("running percent:{} log:{}", percent.is_some(), !log.is_empty())
                }
                Event::Done { .. } => "done".to_owned(),
                Event::Downloading { .. } => "downloading".to_owned(),
                Event::Saved { .. } => "saved".to_owned(),
                other => panic!("{other:?}"),
            };
            if words.last() != Some(&word) {
                words.push(word);
            }
        }
        assert!(events.video().is_some());
        told.push(format!("{vendor}: {}", words.join(", ")));
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    ModelsLab: accepted, running percent:false log:false, done, downloading, saved
    fal: accepted, queued Some(0), running percent:false log:true, done, downloading, saved
    SeaArt: accepted, queued Some(0), running percent:false log:false, done, downloading, saved
    HighwayAPI: accepted, queued None, running percent:true log:false, done, downloading, saved
    API in One: accepted, running percent:false log:false, done, downloading, saved
    ");
}
