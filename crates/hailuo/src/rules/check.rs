//! A request's values against the rules: what is broken, and what is doubtful.

use std::net::IpAddr;

use url::Host;

use super::{
    Code, Field, IMAGE_MAX_BYTES, IMAGE_MAX_RATIO, IMAGE_MIN_RATIO, IMAGE_SHORT_SIDE_OVER, MATRIX, PROMPT_MAX_CHARS,
    PROMPT_MIN_CHARS, Violation, Warning, WarningCode, is_allowed,
};
use crate::{
    address::{NotHttp, http_host},
    camera,
    image::{Picture, guess},
    request::{Duration, Resolution},
};

/// The limit as vendors count it that take a megabyte for 1,000,000 bytes.
const IMAGE_MAX_BYTES_IN_TENS: u64 = 20_000_000;

pub(crate) fn check_pair(duration: Duration, resolution: Resolution) -> Option<Violation> {
    if is_allowed(duration, resolution) {
        return None;
    }
    let allowed: Vec<_> = MATRIX
        .iter()
        .map(|(resolution, lengths)| {
            let words: Vec<_> = lengths.iter().map(|length| length.as_str()).collect();
            format!("{} s at {resolution}", words.join(" or "))
        })
        .collect();
    Some(Violation::new(
        Code::DurationNotAtResolution,
        Field::Duration,
        format!("cannot be {duration} s at {resolution}"),
        allowed.join(", "),
    ))
}

pub(crate) fn check_prompt(prompt: &str, broken: &mut Vec<Violation>, warnings: &mut Vec<Warning>) {
    if prompt.is_empty() {
        broken.push(Violation::new(Code::PromptEmpty, Field::Prompt, "is empty", prompt_of(PROMPT_MAX_CHARS)));
    } else if prompt.chars().all(|c| c.is_whitespace() || c.is_control()) {
        warnings.push(Warning::new(WarningCode::PromptBlank, Field::Prompt, "has only blanks"));
    }
    broken.extend(check_length(prompt, PROMPT_MAX_CHARS));
    camera::warn(prompt, warnings);
}

/// What is allowed where a prompt has at most so many characters.
pub(super) fn prompt_of(most: usize) -> String {
    format!("{PROMPT_MIN_CHARS} to {most} characters")
}

pub(super) fn check_length(prompt: &str, most: usize) -> Option<Violation> {
    // No text has more characters than bytes, so most prompts need no counting; counting is far quicker than finding a
    // place, which only a prompt that is too long needs.
    let count = if prompt.len() > most { prompt.chars().count() } else { 0 };
    if count <= most {
        return None;
    }
    let cut = prompt.char_indices().nth(most).map_or(prompt.len(), |(cut, _)| cut);
    let problem =
        format!("has {count} characters, {} too many; character {} begins at byte {cut}", count - most, most + 1);
    let violation = Violation::new(Code::PromptTooLong, Field::Prompt, problem, prompt_of(most));
    Some(violation.at(cut..prompt.len()).counted(count))
}

pub(crate) fn check_picture(picture: &Picture, broken: &mut Vec<Violation>, warnings: &mut Vec<Warning>) {
    if let Some(bytes) = picture.bytes() {
        check_bytes(picture, bytes, broken);
        let length = bytes.len() as u64;
        if (IMAGE_MAX_BYTES_IN_TENS..IMAGE_MAX_BYTES).contains(&length) {
            warnings.push(Warning::new(
                WarningCode::ImageNearLimit,
                Field::Image,
                format!("has {length} bytes; a vendor that counts 20 MB as 20,000,000 will refuse it"),
            ));
        }
        if picture.is_mislabeled() {
            warnings.push(Warning::new(
                WarningCode::ImageMislabeled,
                Field::Image,
                format!("is called something else than it is; it is sent as {}", picture.content_type()),
            ));
        }
    } else if picture.is_url()
        && let Some(text) = picture.text()
    {
        check_url(text, broken, warnings);
    }
}

fn check_bytes(picture: &Picture, bytes: &[u8], broken: &mut Vec<Violation>) {
    if bytes.len() as u64 >= IMAGE_MAX_BYTES {
        broken.push(too_large(bytes.len() as u64));
    }
    let mut refuse = |code, problem: String, allowed: String| {
        broken.push(Violation::new(code, Field::Image, problem, allowed));
    };
    let formats = || "JPEG, PNG or WebP".to_owned();
    if bytes.is_empty() {
        return refuse(Code::ImageEmpty, "has no bytes".to_owned(), formats());
    }
    if picture.format().is_none() {
        let problem = match guess(bytes) {
            Some(name) => format!("is neither JPEG, PNG nor WebP but looks like {name}"),
            None => "is neither JPEG, PNG nor WebP".to_owned(),
        };
        return refuse(Code::ImageFormat, problem, formats());
    }
    let Some((width, height)) = picture.dimensions() else {
        return refuse(
            Code::ImageDamaged,
            "has a damaged header that states no size".to_owned(),
            "a whole JPEG, PNG or WebP file".to_owned(),
        );
    };
    if width.min(height) <= IMAGE_SHORT_SIDE_OVER {
        refuse(
            Code::ImageTooSmall,
            format!("is {width} × {height} pixels, its short side too short"),
            format!("a short side over {IMAGE_SHORT_SIDE_OVER} pixels"),
        );
    }
    let at_least = |(w, h): (u32, u32)| u64::from(width) * u64::from(h) >= u64::from(height) * u64::from(w);
    let at_most = |(w, h): (u32, u32)| u64::from(width) * u64::from(h) <= u64::from(height) * u64::from(w);
    if !at_least(IMAGE_MIN_RATIO) || !at_most(IMAGE_MAX_RATIO) {
        refuse(
            Code::ImageRatio,
            format!("is {width} × {height} pixels, too narrow or too wide"),
            format!(
                "an aspect ratio from {}:{} to {}:{}",
                IMAGE_MIN_RATIO.0, IMAGE_MIN_RATIO.1, IMAGE_MAX_RATIO.0, IMAGE_MAX_RATIO.1
            ),
        );
    }
}

pub(crate) fn too_large(bytes: u64) -> Violation {
    Violation::new(
        Code::ImageTooLarge,
        Field::Image,
        format!("has {bytes} bytes"),
        format!("fewer than {IMAGE_MAX_BYTES} bytes (20 MB)"),
    )
}

fn check_url(text: &str, broken: &mut Vec<Violation>, warnings: &mut Vec<Warning>) {
    match http_host(text) {
        Ok(host) => {
            if is_private(&host) {
                warnings.push(Warning::new(
                    WarningCode::ImagePrivateHost,
                    Field::Image,
                    "is at an address that a vendor cannot reach from outside; pass the bytes instead",
                ));
            }
        }
        Err(NotHttp::Scheme) => broken.push(Violation::new(
            Code::ImageUrlScheme,
            Field::Image,
            "has a URL that is neither http nor https",
            "http, https or a data URL",
        )),
        Err(NotHttp::Invalid) => broken.push(Violation::new(
            Code::ImageUrlInvalid,
            Field::Image,
            "is no URL",
            "an http or https URL, or a data URL; a file goes in as `Image::path`",
        )),
    }
}

fn is_private(host: &Host<String>) -> bool {
    match host {
        Host::Domain(name) => matches!(name.rsplit('.').next(), Some("localhost" | "local")),
        Host::Ipv4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified(),
        Host::Ipv6(ip) => match ip.to_canonical() {
            IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
            IpAddr::V6(ip) => {
                ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
            }
        },
    }
}
