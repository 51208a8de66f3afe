//! The model's own rules, as plain constants; `check` holds a request against them, `fit` a vendor.
//!
//! What one vendor cannot express is not here but in [`crate::Capabilities`]. The workspace's tests hold [`facts`]
//! against every vendor's contract that states the same limit, so that a vendor's change fails a test by name.

mod check;
mod finding;
mod fit;

use std::collections::BTreeMap;

use serde_json::{Value, json};

pub(crate) use check::{check_pair, check_picture, check_prompt, too_large};
pub use finding::{Code, Field, Violation, Violations, Warning, WarningCode};
#[cfg(feature = "_client")]
pub(crate) use fit::check_webhook;
pub use fit::{Fit, SentDefault};

use crate::{
    camera::Camera,
    image::ImageFormat,
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
        ("CAMERA_COMMANDS", json!(Camera::ALL.map(Camera::word))),
        ("CAMERA_MAX_TOGETHER", json!(CAMERA_MAX_TOGETHER)),
    ])
}

/// Whether a value that a contract states is that of a rule. Numbers as text or as numbers, words in any order, and a
/// `const` or an `enum` of one word are the same here; that nothing may be said as well, as `null`, takes no word away.
/// Pictures are spoken of as pages do it: formats by the endings of files, sizes in megabytes, ratios as `2:5`. `None` if
/// there is no such rule.
///
/// ```
/// use serde_json::json;
///
/// assert_eq!(hailuo::rules::agrees("DURATIONS", &json!(["10", "6"])), Some(true));
/// assert_eq!(hailuo::rules::agrees("PROMPT_MAX_CHARS", &json!(1500)), Some(false));
/// assert_eq!(hailuo::rules::agrees("IMAGE_MAX_BYTES", &json!(20)), Some(true));
/// assert_eq!(hailuo::rules::agrees("COLORS", &json!(7)), None);
/// ```
pub fn agrees(rule: &str, stated: &Value) -> Option<bool> {
    fn plain(value: &Value) -> Value {
        match value {
            Value::Number(number) => Value::String(number.to_string()),
            Value::Array(items) => {
                let mut items: Vec<_> = items.iter().filter(|item| !item.is_null()).map(plain).collect();
                items.sort_by_key(Value::to_string);
                items.dedup();
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
    let as_the_rule_has_it = match rule {
        "IMAGE_FORMATS" => stated.as_array().map(|names| names.iter().map(media_type).collect()),
        "IMAGE_MAX_BYTES" => stated.as_u64().map(|megabytes| json!(u128::from(megabytes) << 20)),
        "IMAGE_MIN_RATIO" | "IMAGE_MAX_RATIO" => stated.as_str().map(|ratio| ratio.split(':').collect()),
        _ => None,
    };
    let stated = plain(as_the_rule_has_it.as_ref().unwrap_or(stated));
    facts().get(rule).map(|value| plain(value) == stated)
}

/// The media type of a format that is called by how its files end.
fn media_type(name: &Value) -> Value {
    match name.as_str().map(str::to_ascii_lowercase) {
        Some(ending) if ending == "jpg" => json!(ImageFormat::Jpeg.media_type()),
        Some(ending) if !ending.contains('/') => json!(format!("image/{ending}")),
        _ => name.clone(),
    }
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
