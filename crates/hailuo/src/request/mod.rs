//! One request for all vendors: built once, checked once, sent as often as the caller likes.
//!
//! What a value may be is decided in [`crate::rules`]; how a vendor writes it, in the adapters.

mod builder;
mod raw;
mod values;

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};

pub use builder::ImageToVideoBuilder;
pub use values::{Duration, Resolution, RuleMode, Tier, UnknownValue};

use crate::{
    image::Picture,
    rules::{Violations, Warning},
};

/// A picture to be set in motion, and how.
///
/// ```
/// use hailuo::{Duration, ImageToVideo, Resolution};
///
/// let request = ImageToVideo::builder()
///     .image("https://example.com/fox.jpg")
///     .prompt("The fox turns its head. [推进]")
///     .duration(Duration::Ten)
///     .build()?;
/// assert_eq!(request.duration(), Some(Duration::Ten));
///
/// let refused = ImageToVideo::builder()
///     .image("ftp://example.com/fox.jpg")
///     .duration(Duration::Ten)
///     .resolution(Resolution::P1080)
///     .build()
///     .unwrap_err();
/// let codes: Vec<_> = refused.iter().map(|violation| violation.code().as_str()).collect();
/// assert_eq!(codes, ["image_url_scheme", "duration_not_at_resolution"]);
/// # Ok::<(), hailuo::Violations>(())
/// ```
///
/// It deserializes from the JSON that its schema describes, under the same rules; an unknown field is an error. An error of
/// serde is one sentence: a web server that answers with the broken rules one by one reads an [`ImageToVideoBuilder`], whose
/// `build` has them.
/// A value that was not set is not sent, unless the vendor requires it.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(try_from = "ImageToVideoBuilder")]
pub struct ImageToVideo {
    pub(crate) image: Picture,
    pub(crate) prompt: Option<String>,
    pub(crate) duration: Option<Duration>,
    pub(crate) resolution: Option<Resolution>,
    pub(crate) tier: Option<Tier>,
    pub(crate) prompt_optimizer: Option<bool>,
    pub(crate) fast_pretreatment: Option<bool>,
    pub(crate) watermark: Option<bool>,
    pub(crate) rules: RuleMode,
    pub(crate) warnings: Vec<Warning>,
}

impl ImageToVideo {
    /// Starts a request.
    pub fn builder() -> ImageToVideoBuilder {
        ImageToVideoBuilder::default()
    }

    /// The JSON Schema of the request, the forbidden pair of duration and resolution included.
    ///
    /// ```
    /// let schema = hailuo::ImageToVideo::schema();
    /// assert_eq!(schema["properties"]["prompt"]["maxLength"], 2000);
    /// ```
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(ImageToVideo).to_value()
    }

    /// The picture that becomes the first frame.
    pub fn image(&self) -> &Picture {
        &self.image
    }

    /// What shall happen.
    pub fn prompt(&self) -> Option<&str> {
        self.prompt.as_deref()
    }

    /// Length of the video, if it was set.
    pub fn duration(&self) -> Option<Duration> {
        self.duration
    }

    /// Resolution of the video, if it was set.
    pub fn resolution(&self) -> Option<Resolution> {
        self.resolution
    }

    /// Quality tier, if it was set.
    pub fn tier(&self) -> Option<Tier> {
        self.tier
    }

    /// Whether the vendor may rewrite the prompt, if it was set.
    pub fn prompt_optimizer(&self) -> Option<bool> {
        self.prompt_optimizer
    }

    /// Whether that rewriting shall be quick, if it was set.
    pub fn fast_pretreatment(&self) -> Option<bool> {
        self.fast_pretreatment
    }

    /// Whether the video carries a watermark, if it was set.
    pub fn watermark(&self) -> Option<bool> {
        self.watermark
    }

    /// How firmly the rules were held when the request was built.
    pub fn rule_mode(&self) -> RuleMode {
        self.rules
    }

    /// What is allowed but probably not meant, and under [`RuleMode::Warn`] also the broken rules.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Written out rather than derived: a derive would ask for the schema of what stands inside, too.
impl JsonSchema for ImageToVideo {
    fn schema_name() -> Cow<'static, str> {
        raw::Raw::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        raw::Raw::json_schema(generator)
    }
}

impl TryFrom<ImageToVideoBuilder> for ImageToVideo {
    type Error = Violations;

    fn try_from(builder: ImageToVideoBuilder) -> Result<Self, Self::Error> {
        builder.build()
    }
}

/// The same JSON that it deserializes from. This is the one place that writes out prompt and picture: it is asked for
/// by name, unlike `Debug`.
impl Serialize for ImageToVideo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("ImageToVideo", 8)?;
        object.serialize_field("image", &self.image)?;
        macro_rules! set_fields {
            ($($field:ident),+) => {$(
                match &self.$field {
                    Some(value) => object.serialize_field(stringify!($field), value)?,
                    None => object.skip_field(stringify!($field))?,
                }
            )+};
        }
        set_fields!(prompt, duration, resolution, tier, prompt_optimizer, fast_pretreatment, watermark);
        object.end()
    }
}

/// Neither prompt nor picture is shown.
impl fmt::Debug for ImageToVideo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImageToVideo")
            .field("image", &self.image)
            .field("prompt_bytes", &self.prompt.as_ref().map(String::len))
            .field("duration", &self.duration)
            .field("resolution", &self.resolution)
            .field("tier", &self.tier)
            .field("prompt_optimizer", &self.prompt_optimizer)
            .field("fast_pretreatment", &self.fast_pretreatment)
            .field("watermark", &self.watermark)
            .field("rules", &self.rules)
            .field("warnings", &self.warnings)
            .finish()
    }
}
