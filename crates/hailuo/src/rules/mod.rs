//! The model's own rules, as plain constants and functions.
//!
//! What one vendor cannot express is not here but in [`crate::Capabilities`]. The workspace's tests hold [`facts`]
//! against every vendor's contract that states the same limit, so that a vendor's change fails a test by name.

mod finding;
mod fit;

use std::{collections::BTreeMap, net::IpAddr};

use serde_json::{Value, json};
use url::{Host, Url};

pub use finding::{Code, Field, Violation, Violations, Warning, WarningCode};
#[cfg(feature = "_client")]
pub(crate) use fit::check_webhook;
pub use fit::{Fit, SentDefault};

use crate::{
    address, camera,
    image::{ImageFormat, Picture, guess},
    request::{Duration, Resolution},
};

/// Fewest characters of a prompt, in Unicode scalar values (HighwayAPI's page).
pub const PROMPT_MIN_CHARS: usize = 1;
/// Most characters of a prompt, in Unicode scalar values (SeaArt's and HighwayAPI's pages).
pub const PROMPT_MAX_CHARS: usize = 2000;
/// Lengths that exist (all pages).
pub const DURATIONS: [Duration; 2] = [Duration::Six, Duration::Ten];
/// Resolutions that exist (SeaArt's, HighwayAPI's and API in One's pages).
pub const RESOLUTIONS: [Resolution; 2] = [Resolution::P768, Resolution::P1080];
/// Which lengths go with which resolution (SeaArt's and HighwayAPI's pages).
pub const MATRIX: [(Resolution, &[Duration]); 2] =
    [(Resolution::P768, &[Duration::Six, Duration::Ten]), (Resolution::P1080, &[Duration::Six])];
/// Length when nothing is said (all pages).
pub const DEFAULT_DURATION: Duration = Duration::Six;
/// Resolution when nothing is said (SeaArt's, HighwayAPI's and API in One's pages).
pub const DEFAULT_RESOLUTION: Resolution = Resolution::P768;
/// Whether the prompt is rewritten when nothing is said (fal's, SeaArt's and HighwayAPI's pages).
pub const DEFAULT_PROMPT_OPTIMIZER: bool = true;
/// Whether the rewriting is quick when nothing is said (SeaArt's and HighwayAPI's pages).
pub const DEFAULT_FAST_PRETREATMENT: bool = false;
/// Whether there is a watermark when nothing is said (SeaArt's page).
pub const DEFAULT_WATERMARK: bool = false;
/// Formats of the picture (SeaArt's page).
pub const IMAGE_FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];
/// The picture must be smaller than this many bytes: "less than 20 MB" on SeaArt's page, read as 20 × 1024 × 1024.
/// From 20,000,000 on there is a warning, for vendors that count in tens.
pub const IMAGE_MAX_BYTES: u64 = 20 * 1024 * 1024;
/// The picture's short side must be longer than this many pixels (SeaArt's page).
pub const IMAGE_SHORT_SIDE_OVER: u32 = 300;
/// Narrowest picture, width to height (SeaArt's page).
pub const IMAGE_MIN_RATIO: (u32, u32) = (2, 5);
/// Widest picture, width to height (SeaArt's page).
pub const IMAGE_MAX_RATIO: (u32, u32) = (5, 2);
/// Most camera commands recommended in one bracket (HighwayAPI's page).
pub const CAMERA_MAX_TOGETHER: usize = 3;

const IMAGE_MAX_BYTES_IN_TENS: u64 = 20_000_000;

/// Every rule by name with its value as JSON, for comparison with what a contract states.
///
/// ```
/// assert_eq!(hailuo::rules::facts()["PROMPT_MAX_CHARS"], 2000);
/// ```
pub fn facts() -> BTreeMap<&'static str, Value> {
    let media_types: Vec<_> = IMAGE_FORMATS.iter().map(|format| format.media_type()).collect();
    BTreeMap::from([
        ("PROMPT_MIN_CHARS", json!(PROMPT_MIN_CHARS)),
        ("PROMPT_MAX_CHARS", json!(PROMPT_MAX_CHARS)),
        ("DURATIONS", json!(DURATIONS)),
        ("RESOLUTIONS", json!(RESOLUTIONS)),
        ("MATRIX", forbidden_pair()),
        ("DEFAULT_DURATION", json!(DEFAULT_DURATION)),
        ("DEFAULT_RESOLUTION", json!(DEFAULT_RESOLUTION)),
        ("DEFAULT_PROMPT_OPTIMIZER", json!(DEFAULT_PROMPT_OPTIMIZER)),
        ("DEFAULT_FAST_PRETREATMENT", json!(DEFAULT_FAST_PRETREATMENT)),
        ("DEFAULT_WATERMARK", json!(DEFAULT_WATERMARK)),
        ("IMAGE_FORMATS", json!(media_types)),
        ("IMAGE_MAX_BYTES", json!(IMAGE_MAX_BYTES)),
        ("IMAGE_SHORT_SIDE_OVER", json!(IMAGE_SHORT_SIDE_OVER)),
        ("IMAGE_MIN_RATIO", json!([IMAGE_MIN_RATIO.0, IMAGE_MIN_RATIO.1])),
        ("IMAGE_MAX_RATIO", json!([IMAGE_MAX_RATIO.0, IMAGE_MAX_RATIO.1])),
        ("CAMERA_MAX_TOGETHER", json!(CAMERA_MAX_TOGETHER)),
    ])
}

/// Whether a value that a contract states is that of a rule. Numbers as text or as numbers, words in any order, and a
/// `const` or an `enum` of one word are the same here. `None` if there is no such rule.
///
/// ```
/// use serde_json::json;
///
/// assert_eq!(hailuo::rules::agrees("DURATIONS", &json!(["10", "6"])), Some(true));
/// assert_eq!(hailuo::rules::agrees("PROMPT_MAX_CHARS", &json!(1500)), Some(false));
/// assert_eq!(hailuo::rules::agrees("COLORS", &json!(7)), None);
/// ```
pub fn agrees(rule: &str, stated: &Value) -> Option<bool> {
    fn plain(value: &Value) -> Value {
        match value {
            Value::Number(number) => Value::String(number.to_string()),
            Value::Array(items) => {
                let mut items: Vec<_> = items.iter().map(plain).collect();
                items.sort_by_key(Value::to_string);
                Value::Array(items)
            }
            Value::Object(fields) => {
                let plain_field = |(name, field): (&String, &Value)| match name.as_str() {
                    "const" => ("enum".to_owned(), Value::Array(vec![plain(field)])),
                    _ => (name.clone(), plain(field)),
                };
                fields.iter().map(plain_field).collect()
            }
            other => other.clone(),
        }
    }
    facts().get(rule).map(|value| plain(value) == plain(stated))
}

/// Whether the model makes a video of this length at this resolution.
pub fn is_allowed(duration: Duration, resolution: Resolution) -> bool {
    MATRIX.iter().any(|(row, lengths)| *row == resolution && lengths.contains(&duration))
}

/// The matrix as a JSON Schema that matches exactly the forbidden pairs; it stands under `not`.
pub fn forbidden_pair() -> Value {
    let pairs = RESOLUTIONS
        .iter()
        .flat_map(|resolution| DURATIONS.map(|duration| (duration, *resolution)))
        .filter(|&(duration, resolution)| !is_allowed(duration, resolution));
    let mut clauses: Vec<_> = pairs
        .map(|(duration, resolution)| {
            json!({
                "required": ["duration", "resolution"],
                "properties": { "duration": { "const": duration }, "resolution": { "const": resolution } }
            })
        })
        .collect();
    if clauses.len() == 1 { clauses.remove(0) } else { json!({ "anyOf": clauses }) }
}

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
    let allowed = || format!("{PROMPT_MIN_CHARS} to {PROMPT_MAX_CHARS} characters");
    if prompt.is_empty() {
        broken.push(Violation::new(Code::PromptEmpty, Field::Prompt, "is empty", allowed()));
    }
    // No text has more characters than bytes, so most prompts need no counting; counting is far quicker than finding a
    // place, which only a prompt that is too long needs.
    let count = if prompt.len() > PROMPT_MAX_CHARS { prompt.chars().count() } else { 0 };
    if count > PROMPT_MAX_CHARS {
        let cut = prompt.char_indices().nth(PROMPT_MAX_CHARS).map_or(prompt.len(), |(cut, _)| cut);
        broken.push(
            Violation::new(
                Code::PromptTooLong,
                Field::Prompt,
                format!(
                    "has {count} characters, {} too many; character {} begins at byte {cut}",
                    count - PROMPT_MAX_CHARS,
                    PROMPT_MAX_CHARS + 1
                ),
                allowed(),
            )
            .at(cut..prompt.len())
            .counted(count),
        );
    }
    camera::warn(prompt, warnings);
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
        Err(UrlProblem::Scheme) => broken.push(Violation::new(
            Code::ImageUrlScheme,
            Field::Image,
            "has a URL that is neither http nor https",
            "http, https or a data URL",
        )),
        Err(UrlProblem::Invalid) => broken.push(Violation::new(
            Code::ImageUrlInvalid,
            Field::Image,
            "is no URL",
            "an http or https URL, or a data URL; a file goes in as `Image::path`",
        )),
    }
}

pub(crate) enum UrlProblem {
    Scheme,
    Invalid,
}

/// The host of an http or https URL that has none of the blanks and control characters that a parser would silently
/// drop.
pub(crate) fn http_host(text: &str) -> Result<Host<String>, UrlProblem> {
    if let Some(host) = address::plain_host(text) {
        return Ok(Host::Domain(host.to_owned()));
    }
    let url = Url::parse(text).map_err(|_| UrlProblem::Invalid)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(UrlProblem::Scheme);
    }
    let dropped = |c: char| c.is_control() || c.is_whitespace();
    let host = url.host().filter(|_| !text.contains(dropped)).ok_or(UrlProblem::Invalid)?;
    Ok(host.to_owned())
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
