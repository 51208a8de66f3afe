//! Setting the values of a request, and the one check of all of them.

use std::fmt;

use serde::Deserialize;

use super::{Duration, ImageToVideo, Resolution, RuleMode, Tier, raw::Raw};
use crate::{
    image::{Image, Picture},
    rules::{self, Code, Field, Violation, Violations, Warning},
};

/// Collects the values of an [`ImageToVideo`].
///
/// It deserializes from the same JSON, in which nothing is required: a program's settings are the beginning of a request.
///
/// ```
/// use hailuo::{Duration, ImageToVideoBuilder};
///
/// let settings: ImageToVideoBuilder = serde_json::from_str(r#"{ "duration": 10, "watermark": false }"#)?;
/// let request = settings.clone().image("https://example.com/fox.jpg").prompt("The fox turns its head.").build()?;
/// assert_eq!(request.duration(), Some(Duration::Ten));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, Deserialize)]
#[serde(from = "Raw")]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ImageToVideoBuilder {
    pub(super) image: Option<Image>,
    pub(super) prompt: Option<String>,
    pub(super) duration: Option<Duration>,
    pub(super) resolution: Option<Resolution>,
    pub(super) tier: Option<Tier>,
    pub(super) prompt_optimizer: Option<bool>,
    pub(super) fast_pretreatment: Option<bool>,
    pub(super) watermark: Option<bool>,
    pub(super) rules: RuleMode,
    /// Values that no mode can let pass, because there is no such word to send.
    pub(super) malformed: Vec<Violation>,
}

impl ImageToVideoBuilder {
    /// Sets the picture that becomes the first frame: a URL, bytes, a file or a data URL.
    pub fn image(mut self, image: impl Into<Image>) -> Self {
        self.image = Some(image.into());
        self
    }

    /// Sets what shall happen: 1 to 2000 characters, camera commands in square brackets ([`crate::Camera`]).
    pub fn prompt(mut self, prompt: impl Into<String>) -> Self {
        self.prompt = Some(prompt.into());
        self
    }

    /// Sets the length of the video.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// Sets the resolution of the video.
    pub fn resolution(mut self, resolution: Resolution) -> Self {
        self.resolution = Some(resolution);
        self
    }

    /// Sets the quality tier.
    pub fn tier(mut self, tier: Tier) -> Self {
        self.tier = Some(tier);
        self
    }

    /// Sets whether the vendor may rewrite the prompt.
    pub fn prompt_optimizer(mut self, on: bool) -> Self {
        self.prompt_optimizer = Some(on);
        self
    }

    /// Sets whether that rewriting shall be quick.
    pub fn fast_pretreatment(mut self, on: bool) -> Self {
        self.fast_pretreatment = Some(on);
        self
    }

    /// Sets whether the video carries a watermark.
    pub fn watermark(mut self, on: bool) -> Self {
        self.watermark = Some(on);
        self
    }

    /// Sets how firmly the rules are held; [`RuleMode::Strict`] unless said otherwise.
    pub fn rules(mut self, mode: RuleMode) -> Self {
        self.rules = mode;
        self
    }

    /// Checks everything at once.
    ///
    /// A picture given as a file is read here, with blocking input; in async code read it yourself and pass the bytes
    /// if that matters.
    ///
    /// # Errors
    ///
    /// Every broken rule, each with code, field and what would be allowed. A picture that is missing, or a file that
    /// cannot be read, is an error in every [`RuleMode`].
    pub fn build(self) -> Result<ImageToVideo, Violations> {
        let mut fatal = Vec::new();
        let mut broken = Vec::new();
        let resolved = self.image.map(|image| image.resolve(self.rules, &mut fatal, &mut broken));
        let picture = resolved.unwrap_or_else(|| {
            fatal.push(Violation::new(
                Code::ImageRequired,
                Field::Image,
                "is missing",
                "a URL, a file, bytes or a data URL",
            ));
            Picture::nothing()
        });
        let mut warnings = Vec::new();
        if self.rules != RuleMode::Off {
            rules::check_picture(&picture, &mut broken, &mut warnings);
            if let Some(prompt) = &self.prompt {
                rules::check_prompt(prompt, &mut broken, &mut warnings);
            }
            if let (Some(duration), Some(resolution)) = (self.duration, self.resolution) {
                broken.extend(rules::check_pair(duration, resolution));
            }
        }
        fatal.extend(self.malformed);
        match self.rules {
            RuleMode::Strict => fatal.append(&mut broken),
            RuleMode::Warn => warnings.extend(broken.into_iter().map(Warning::from)),
            RuleMode::Off => {}
        }
        if !fatal.is_empty() {
            return Err(Violations::new(fatal));
        }
        Ok(ImageToVideo {
            image: picture,
            prompt: self.prompt,
            duration: self.duration,
            resolution: self.resolution,
            tier: self.tier,
            prompt_optimizer: self.prompt_optimizer,
            fast_pretreatment: self.fast_pretreatment,
            watermark: self.watermark,
            rules: self.rules,
            warnings,
        })
    }
}

/// Neither prompt nor picture is shown.
impl fmt::Debug for ImageToVideoBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImageToVideoBuilder")
            .field("image", &self.image)
            .field("prompt_bytes", &self.prompt.as_ref().map(String::len))
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}
