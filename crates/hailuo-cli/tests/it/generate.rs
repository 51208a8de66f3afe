//! From a picture to a file, at one vendor, in order, and at each.

use std::{io::Write, process::Stdio};

use hailuo_sandbox::{Pace, Sandbox, Vendor};
use serde_json::json;

use crate::home::{Home, IMAGE, PICTURE, Ran};

#[test]
fn an_empty_machine_makes_five_videos_in_the_built_in_sandbox() {
    let home = Home::new();
    let ran = home.run(&["generate", "--sandbox", "--vendor", "all"]).exits(0);
    let videos = home.videos("");
    assert_eq!(videos.len(), Vendor::ALL.len(), "{}", ran.out);
    for vendor in Vendor::ALL {
        let of_vendor: Vec<_> =
            videos.iter().filter(|video| video.to_string_lossy().contains(&format!("-{vendor}-"))).collect();
        assert_eq!(of_vendor.len(), 1, "{vendor}");
        let name = of_vendor[0].file_stem().unwrap().to_string_lossy().into_owned();
        let id = name.strip_prefix(&format!("hailuo-{vendor}-")).unwrap();
        let bytes = std::fs::read(of_vendor[0]).unwrap();
        assert_eq!(&bytes[4..8], b"ftyp");
        // The sandbox writes vendor and job into the video's title.
        let title = format!("{vendor} {id}");
        assert!(bytes.windows(title.len()).any(|window| window == title.as_bytes()), "{title}");
        assert!(ran.out.contains(&name), "{}", ran.out);
    }
    for cell in ["6 s 768P", "$0.28", "30 credits", "unknown"] {
        assert!(ran.out.contains(cell), "{cell}: {}", ran.out);
    }
    let jobs = home.json(&["jobs"]).exits(0).of("job");
    assert_eq!(jobs.len(), Vendor::ALL.len());
    assert!(jobs.iter().all(|job| job["state"] == "done" && job["address"] == "sandbox"));
}

#[test]
fn all_asks_before_it_pays_and_names_who_has_no_key() {
    let mut home = Home::new();
    let sandbox = Sandbox::builder().start_blocking().unwrap();
    // Addresses of this machine need no key, so that only these two can be asked.
    for (name, vendor) in [("HAILUO_FAL_URL", Vendor::Fal), ("HAILUO_APIINONE_URL", Vendor::ApiInOne)] {
        home.set(name, &sandbox.url(vendor));
    }
    let ran = home.json(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "all"]).exits(2);
    let skipped: Vec<_> = ran.of("skipped").iter().map(|skip| skip["key_variable"].clone()).collect();
    assert_eq!(skipped, ["MODELSLAB_API_KEY", "SEAART_API_KEY", "HIGHWAYAPI_API_KEY"]);
    let costs: Vec<_> = ran.of("cost").iter().map(|cost| cost["cost"]["min"].clone()).collect();
    assert_eq!(costs, [json!(0.28), json!(30.0)]);
    assert_eq!(sandbox.journal().len(), 0, "nothing is sent without --yes");
    // Of several for one video, the second may have it, too.
    let ran = home.json(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal,apiinone", "-o", "one.mp4"]).exits(0);
    let costs: Vec<_> = ran.of("cost").iter().map(|cost| cost["cost"]["min"].clone()).collect();
    assert_eq!(costs, [json!(0.28), json!(30.0)]);
    std::fs::remove_file(home.work().join("one.mp4")).unwrap();
    let ran = home.json(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "all", "--yes", "-o", "fox.mp4"]).exits(0);
    assert_eq!(ran.of("video").len(), 2);
    let names: Vec<_> = home.videos("").iter().map(|path| path.file_name().unwrap().to_owned()).collect();
    assert_eq!(names, ["fox-apiinone.mp4", "fox-fal.mp4"]);
}

#[test]
fn a_vendor_that_cannot_express_the_request_is_named_and_the_others_are_asked() {
    let home = Home::with_sandbox();
    home.write("fox.png", PICTURE);
    let args = ["generate", "-i", "fox.png", "-p", "a fox", "-r", "1080P", "-v", "all", "--yes"];
    let ran = home.json(&args).exits(0);
    let skipped: Vec<_> = ran.of("skipped").iter().map(|skip| skip["vendor"].clone()).collect();
    assert_eq!(skipped, ["modelslab", "apiinone"]);
    let made: Vec<_> = ran.of("video").iter().map(|video| video["vendor"].clone()).collect();
    assert_eq!(made, ["fal", "seaart", "highwayapi"]);
    assert!(ran.of("video").iter().all(|video| video["resolution"] == "1080P"));
    assert_eq!(home.sandbox().violations(), []);
}

#[test]
fn who_names_no_vendor_gets_the_first_that_can() {
    let home = Home::with_sandbox();
    let ran = home.json(&["generate", "-i", IMAGE, "-p", "a fox", "--watermark"]).exits(0);
    assert_eq!(ran.of("video")[0]["vendor"], "seaart");
    assert_eq!((ran.of("violation").len(), ran.of("skipped").len()), (0, 0), "the others are not missed");
    let ran = home.json(&["generate", "-i", IMAGE, "-p", "a fox", "--watermark", "-t", "pro"]).exits(2);
    assert_eq!(ran.of("skipped").len(), 5, "nobody can, so everybody says why");
}

#[test]
fn the_next_vendor_is_asked_after_a_refusal_and_not_after_an_unknown_outcome() {
    let home = Home::with_sandbox();
    let sandbox = home.sandbox();
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal,seaart", "-o", "fox.mp4", "--force"];
    sandbox.fault(Vendor::Fal, "submit:no-balance".parse().unwrap()).unwrap();
    let ran = home.json(&args).exits(0);
    assert_eq!(ran.of("video")[0]["vendor"], "seaart");
    sandbox.fault(Vendor::Fal, "submit:drop-answer".parse().unwrap()).unwrap();
    let ran = home.json(&args).exits(4);
    assert_eq!(ran.of("error")[0]["reason"], "unknown");
    assert_eq!(sandbox.jobs(Vendor::Fal).len(), 1);
    assert_eq!(sandbox.jobs(Vendor::SeaArt).len(), 1);
    let ran = home.run(&args).exits(0);
    let begin = "fal: $0.28 (fal's public model pages, ";
    let rest = ran.err.strip_prefix(begin).unwrap_or_else(|| panic!("{}", ran.err));
    assert!(rest.contains(")\n  or, if that refuses, SeaArt: price unknown\nfal: submitting\n"), "{rest}");
}

#[test]
fn what_was_set_arrives_and_nothing_else() {
    let home = Home::with_sandbox();
    home.write("fox.png", PICTURE);
    let args = [
        "generate",
        "-i",
        "fox.png",
        "-p",
        "a fox",
        "-v",
        "seaart",
        "-d",
        "10",
        "-r",
        "768P",
        "--no-prompt-optimizer",
        "--fast-pretreatment",
        "--watermark",
    ];
    home.run(&args).exits(0);
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "seaart"]).exits(0);
    let submits = home.sandbox().submits(Vendor::SeaArt);
    let full = submits[0].body.json().unwrap();
    assert_eq!(full["duration"], 10);
    assert_eq!(full["resolution"], "768P");
    assert_eq!(full["prompt_optimizer"], false);
    assert_eq!(full["fast_pretreatment"], true);
    assert_eq!(submits[0].body.pictures.len(), 1);
    let bare = submits[1].body.json().unwrap();
    assert_eq!(bare, json!({ "first_frame_image": IMAGE, "prompt": "a fox" }));
    assert_eq!(home.sandbox().violations(), []);
}

#[test]
fn the_prompt_can_come_from_stdin() {
    let home = Home::with_sandbox();
    let mut child = home
        .command(&["generate", "-i", IMAGE, "-p", "-", "-v", "fal"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("狐狸 [推进]\n".as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(home.sandbox().submits(Vendor::Fal)[0].body.json().unwrap()["prompt"], "狐狸 [推进]");
}

#[test]
fn nothing_is_sent_if_the_video_could_not_be_written_or_the_job_not_be_recorded() {
    let mut home = Home::with_sandbox();
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"];
    let ran = home.run(&[&args[..], &["-o", "no/fox.mp4"]].concat()).exits(1);
    assert!(ran.err.contains("mkdir -p no"), "{}", ran.err);
    home.write("file", "");
    let place = home.work().join("file").to_string_lossy().into_owned();
    home.set("HAILUO_DATA_DIR", &place);
    let ran = home.run(&args).exits(1);
    assert!(ran.err.contains("HAILUO_DATA_DIR"), "{}", ran.err);
    assert_eq!(home.sandbox().journal().len(), 0);
}

#[test]
fn a_file_that_exists_is_replaced_only_if_that_is_meant() {
    let home = Home::with_sandbox();
    home.write("fox.mp4", "a video that was paid for");
    home.write("all-fal.mp4", "another");
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "-o", "fox.mp4"];
    let ran = home.run(&args).exits(1);
    assert!(ran.err.contains("fox.mp4 exists") && ran.err.contains("--force"), "{}", ran.err);
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "all", "--yes", "-o", "all.mp4"]).exits(1);
    assert_eq!(home.sandbox().journal().len(), 0, "nothing is paid for before");
    let ran = home.json(&[&args[..], &["--force"]].concat()).exits(0);
    assert_ne!(std::fs::read(home.work().join("fox.mp4")).unwrap(), b"a video that was paid for");
    let handle = ran.of("submitted")[0]["handle"].as_str().unwrap().to_owned();
    home.run(&["download", &handle, "-o", "all-fal.mp4"]).exits(1);
    assert_eq!(std::fs::read(home.work().join("all-fal.mp4")).unwrap(), b"another");
    // The command that goes on with a job says that its file was meant to be replaced.
    let resume = ran.of("submitted")[0]["resume"].as_str().unwrap().to_owned();
    let words: Vec<_> = resume.split(' ').skip(1).collect();
    assert_eq!(words.last(), Some(&"--force"));
    home.run(&words).exits(0);
}

#[test]
fn a_file_that_comes_into_being_meanwhile_is_not_replaced() {
    let home = Home::with(Sandbox::builder().pace(Pace::polls(u32::MAX)));
    let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "-o", "fox.mp4", "--json"];
    let child = home.start(&args);
    // It was not there when the job was paid for.
    while home.sandbox().jobs(Vendor::Fal).iter().all(|job| job.looks == 0) {
        std::thread::yield_now();
    }
    home.write("fox.mp4", "another video");
    home.sandbox().finish(Vendor::Fal);
    let ran = Ran::from(child.wait_with_output().unwrap()).exits(1);
    let error = &ran.of("error")[0];
    assert_eq!(error["reason"], "file_exists");
    assert_eq!(std::fs::read(home.work().join("fox.mp4")).unwrap(), b"another video");
    let resume = error["resume"].as_str().unwrap().to_owned();
    home.run(&resume.split(' ').skip(1).collect::<Vec<_>>()).exits(0);
    assert_eq!((home.videos("").len(), home.sandbox().jobs(Vendor::Fal).len()), (2, 1));
}

#[cfg(unix)]
#[test]
fn any_name_that_a_file_can_have_will_do_and_any_other_is_refused_beforehand() {
    let home = Home::with_sandbox();
    let generate =
        |name: &str| home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", &format!("--output={name}")]);
    let long = |length: usize| "x".repeat(length - 4) + ".mp4";
    for name in ["-o.mp4", ".fox", &long(255), "a b'c\"$d\n.mp4"] {
        generate(name).exits(0);
        assert!(home.work().join(name).is_file(), "{name}");
    }
    let sent = home.sandbox().journal().len();
    let ran = generate(&long(256)).exits(1);
    assert!(ran.err.contains("cannot be written"), "{}", ran.err);
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "all", "--yes", "-o", &long(250)]).exits(1);
    assert_eq!(home.sandbox().journal().len(), sent);
    // The command that goes on names the same file.
    home.sandbox().fault(Vendor::Fal, "download:http=403*always".parse().unwrap()).unwrap();
    let ran = generate("-p.mp4").exits(1);
    assert!(ran.err.trim_end().ends_with(" -o ./-p.mp4"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn no_video_takes_the_place_of_a_pipe_or_a_device() {
    let home = Home::with_sandbox();
    assert!(std::process::Command::new("mkfifo").arg(home.work().join("pipe.mp4")).status().unwrap().success());
    for force in [&[][..], &["--force"]] {
        let args = ["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "-o", "pipe.mp4"];
        let ran = home.run(&[&args[..], force].concat()).exits(1);
        assert!(ran.err.contains("not a regular file"), "{}", ran.err);
    }
    assert_eq!(home.sandbox().journal().len(), 0);
}

#[test]
fn output_in_a_pipe_has_no_control_characters() {
    let home = Home::with_sandbox();
    let ran = home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(0);
    for text in [&ran.out, &ran.err] {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }
    assert!(ran.err.contains("fal: downloading"), "{}", ran.err);
}

#[test]
fn nobody_is_sent_to_a_sandbox_that_has_ended() {
    let ran = Home::new().json(&["generate", "--sandbox", "-v", "fal", "--timeout", "0s"]).exits(6);
    let error = &ran.of("error")[0];
    assert_eq!((&error["resume"], &error["may_have_been_charged"]), (&json!(null), &json!(false)), "{error}");
    assert!(error["message"].as_str().unwrap().ends_with("; the job ends with its sandbox"), "{error}");
}

#[test]
fn whoever_asks_for_nothing_is_told_what_to_ask_for() {
    let ran = Home::new().run(&["generate"]).exits(2);
    assert!(ran.err.contains("allowed: --image with a file or a URL\n"), "{}", ran.err);
    assert!(ran.err.ends_with(": hailuo generate --sandbox\n"), "{}", ran.err);
}
