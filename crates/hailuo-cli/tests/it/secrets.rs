//! No key, prompt or picture in anything that is written.

use hailuo_sandbox::Vendor;

use crate::home::{Home, IMAGE};

const KEY: &str = "canary-4711:key";
const PROMPT: &str = "canary prompt of a fox";

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_key_reaches_the_vendor_and_nothing_else() {
    let mut home = Home::with_sandbox();
    for vendor in hailuo::Vendor::ALL {
        home.set(vendor.env_var(), KEY);
    }
    home.set("HAILUO_QUOTE_VENDOR", "1");
    home.write("a.jsonl", format!("{{\"image\":\"{IMAGE}\",\"prompt\":\"{PROMPT}\"}}\n"));
    let faults =
        ["", "submit:content-refused", "submit:http=401", "submit:drop-answer", "submit:html=502", "job:fails"];
    for fault in faults {
        for vendor in Vendor::ALL {
            if !fault.is_empty() {
                home.sandbox().fault(vendor, fault.parse().unwrap()).unwrap();
            }
            for json in [&[][..], &["--json"]] {
                let args = ["generate", "-i", IMAGE, "-p", PROMPT, "-v", vendor.slug()];
                let ran = home.run(&[&args[..], json].concat());
                for text in [&ran.out, &ran.err] {
                    assert!(!text.contains(KEY), "{vendor} {fault}: {text}");
                }
                if !json.is_empty() {
                    assert!(!ran.out.contains(PROMPT), "{vendor} {fault}: {}", ran.out);
                }
            }
        }
    }
    home.run(&["batch", "a.jsonl", "--out", "v", "-v", "fal"]).exits(0);
    for vendor in Vendor::ALL {
        assert!(home.sandbox().requests(vendor).iter().any(|entry| entry.has_key(KEY)), "{vendor}");
    }
    std::fs::remove_file(home.work().join("a.jsonl")).unwrap();
    let everything = home.everything();
    assert!(has(&everything, "journal.sqlite3"), "the journal is looked at");
    assert!(!has(&everything, KEY));
    assert!(!has(&everything, PROMPT));
}

#[test]
fn a_key_file_is_as_good_as_the_environment_and_its_mistakes_are_told_without_it() {
    let home = Home::with_sandbox();
    home.write("keys", format!("# mine\nFAL_KEY={KEY}\n"));
    home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "--key-file", "keys"]).exits(0);
    assert!(home.sandbox().submits(Vendor::Fal)[0].has_key(KEY));
    home.write("keys", format!("{KEY}\n"));
    let ran = home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "--key-file", "keys"]).exits(1);
    assert!(ran.err.contains("line 1") && !ran.err.contains(KEY), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_can_read_is_told_and_what_is_no_file_keeps_its_mode() {
    use std::{fs::Permissions, os::unix::fs::PermissionsExt};
    let home = Home::with_sandbox();
    home.write("my keys", "FAL_KEY=x\n");
    std::fs::set_permissions(home.work().join("my keys"), Permissions::from_mode(0o644)).unwrap();
    let generate = |file| home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal", "--key-file", file]);
    let ran = generate("my keys").exits(0);
    assert!(ran.err.contains("run: chmod 600 'my keys'"), "{}", ran.err);
    for (file, why) in [(".", "cannot be read"), ("/dev/zero", "larger than 64 KB")] {
        let ran = generate(file).exits(1);
        assert!(ran.err.contains(why) && !ran.err.contains("chmod"), "{}", ran.err);
    }
}

#[test]
fn a_key_that_cannot_be_sent_is_told_without_it() {
    let mut home = Home::with_sandbox();
    home.set("FAL_KEY", "canary-4711 key");
    let ran = home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(1);
    assert!(ran.err.contains("character 12") && !ran.err.contains("canary"), "{}", ran.err);
}

#[test]
fn a_vendors_words_are_kept_out_of_pipes_unless_they_are_asked_for() {
    let mut home = Home::with_sandbox();
    let generate = |home: &Home| home.run(&["generate", "-i", IMAGE, "-p", "a fox", "-v", "fal"]).exits(3).err;
    home.sandbox().fault(Vendor::Fal, "submit:content-refused*2".parse().unwrap()).unwrap();
    assert!(!generate(&home).contains("fal says"));
    home.set("HAILUO_QUOTE_VENDOR", "1");
    assert!(generate(&home).contains("fal says"));
}
