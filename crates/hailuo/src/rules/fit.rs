//! Whether a vendor can express a request, and what exactly would be sent.
//!
//! Works on the vendor's capabilities alone, so that it can be asked without a client. Nothing is dropped or altered
//! silently: a value is sent, or it is what the vendor makes anyway, or the request is refused.

use serde::Serialize;

use super::{Code, Field, Violation, Violations, Warning, check, check_pair};
use crate::{
    capabilities::{Capabilities, Property, Tiers},
    cost::Cost,
    request::{Duration, ImageToVideo, Resolution, RuleMode, Tier},
    vendor::Vendor,
};

/// A value that is sent though the caller did not set it, because the vendor requires one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SentDefault {
    /// The field that was not set.
    pub field: Field,
    /// What is sent for it.
    pub value: &'static str,
}

/// What a vendor would be sent for a request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fit {
    /// The vendor.
    pub vendor: Vendor,
    /// The tier asked for at vendors that sell two; it is always chosen there.
    pub tier: Option<Tier>,
    /// The length to send; `None` sends nothing.
    pub duration: Option<Duration>,
    /// The resolution to send; `None` sends nothing.
    pub resolution: Option<Resolution>,
    /// What is sent though it was not set.
    pub defaults: Vec<SentDefault>,
    /// Fields that were set to what the vendor makes anyway and has no word for; they are not sent.
    pub implied: Vec<Field>,
    /// Warnings of the request, and those of this vendor.
    pub warnings: Vec<Warning>,
    /// What the run will cost, where the vendor says so.
    pub cost: Option<Cost>,
}

impl Fit {
    /// Fits a request to a vendor.
    ///
    /// ```
    /// use hailuo::{Fit, ImageToVideo, Resolution, Tier, Vendor};
    ///
    /// let request = ImageToVideo::builder()
    ///     .image("https://example.com/fox.jpg")
    ///     .prompt("The fox turns its head.")
    ///     .resolution(Resolution::P1080)
    ///     .build()?;
    /// assert_eq!(Fit::new(Vendor::Fal, &request)?.tier, Some(Tier::Pro));
    /// assert!(Fit::new(Vendor::ModelsLab, &request).is_err());
    /// # Ok::<(), hailuo::Violations>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything the vendor cannot express, together.
    pub fn new(vendor: Vendor, request: &ImageToVideo) -> Result<Self, Violations> {
        let can = Capabilities::of(vendor);
        let mut fit = Self {
            vendor,
            tier: None,
            duration: None,
            resolution: None,
            defaults: Vec::new(),
            implied: Vec::new(),
            warnings: request.warnings.clone(),
            cost: None,
        };
        let mut refused = Vec::new();
        let made = fit.choose_resolution(can, request, &mut refused);
        fit.choose_duration(can, request, made, &mut refused);
        check_switches(can, request, &mut refused);
        if request.prompt.is_none() && can.prompt.required {
            refused.push(Violation::new(
                Code::PromptRequired,
                Field::Prompt,
                format!("is missing, and {vendor} requires one"),
                check::prompt_of(can.prompt_max_chars),
            ));
        }
        if let Some(violation) = check_prompt(can, request) {
            fit.soften(request.rules, violation, &mut refused);
        }
        if request.image.is_inline() && !can.data_urls {
            fit.soften(
                request.rules,
                Violation::new(
                    Code::ImageFormUnsupported,
                    Field::Image,
                    format!("is not a URL, and {vendor} is only known to take URLs"),
                    "an http or https URL that the vendor can reach",
                ),
                &mut refused,
            );
        }
        if !refused.is_empty() {
            return Err(Violations::new(refused));
        }
        fit.cost = Cost::of(vendor, fit.tier, request.duration, request.resolution);
        Ok(fit)
    }

    /// A doubt about what a vendor takes, as against what it has no field for, obeys the rule mode.
    fn soften(&mut self, mode: RuleMode, violation: Violation, refused: &mut Vec<Violation>) {
        match mode {
            RuleMode::Strict => refused.push(violation),
            RuleMode::Warn => self.warnings.push(violation.into()),
            RuleMode::Off => {}
        }
    }

    /// Settles tier and resolution; returns the resolution the vendor will make, if it is certain.
    fn choose_resolution(
        &mut self,
        can: &Capabilities,
        request: &ImageToVideo,
        refused: &mut Vec<Violation>,
    ) -> Option<Resolution> {
        let vendor = self.vendor;
        match can.tiers {
            Tiers::None if request.tier.is_some() => refused.push(Violation::new(
                Code::TierUnsupported,
                Field::Tier,
                format!("was set, and {vendor} sells no tiers"),
                "no tier",
            )),
            Tiers::None => {}
            Tiers::Endpoint => {
                let wanted = request.resolution.map(Tier::making);
                let tier = request.tier.or(wanted).unwrap_or(Tier::Standard);
                if request.tier.is_none() && wanted.is_none() {
                    self.send_default(Field::Tier, tier.as_str());
                }
                if let (Some(set), Some(wanted)) = (request.tier, wanted)
                    && set != wanted
                {
                    refused.push(Violation::new(
                        Code::TierContradictsResolution,
                        Field::Tier,
                        format!("{set} makes {}, not what was asked for", set.makes()),
                        "standard with 768P, pro with 1080P, or one of the two alone",
                    ));
                }
                self.tier = Some(tier);
                return Some(tier.makes());
            }
            Tiers::Model => {
                if request.tier.is_none() {
                    self.send_default(Field::Tier, Tier::Standard.as_str());
                }
                self.tier = Some(request.tier.unwrap_or(Tier::Standard));
            }
        }
        match request.resolution {
            Some(resolution) if can.resolution.is_some() => self.resolution = Some(resolution),
            Some(Resolution::P768) => self.implied.push(Field::Resolution),
            Some(Resolution::P1080) => refused.push(Violation::new(
                Code::ResolutionUnsupported,
                Field::Resolution,
                format!("cannot be asked for at {vendor}"),
                "768P, or none",
            )),
            None => {}
        }
        request.resolution
    }

    fn choose_duration(
        &mut self,
        can: &Capabilities,
        request: &ImageToVideo,
        made: Option<Resolution>,
        refused: &mut Vec<Violation>,
    ) {
        // fal pro has no such field: it makes 6 s at 1080P, and nothing else can be said.
        let field = can.duration.filter(|_| !(can.tiers == Tiers::Endpoint && self.tier == Some(Tier::Pro)));
        match (field, request.duration) {
            (Some(_), Some(duration)) => self.duration = Some(duration),
            (Some(Property { required: true, .. }), None) => {
                self.duration = Some(super::DEFAULT_DURATION);
                self.send_default(Field::Duration, super::DEFAULT_DURATION.as_str());
            }
            (None, Some(duration)) => {
                match made.and_then(|made| check_pair(duration, made)) {
                    // A tier that contradicts the resolution is the cause, and is reported already.
                    Some(_) if refused.iter().any(|v| v.code() == Code::TierContradictsResolution) => {}
                    Some(violation) => refused.push(violation),
                    None => self.implied.push(Field::Duration),
                }
            }
            (_, None) => {}
        }
    }

    fn send_default(&mut self, field: Field, value: &'static str) {
        self.defaults.push(SentDefault { field, value });
    }
}

/// A vendor's own limit, where that is stricter than the model's, which every request was held against.
fn check_prompt(can: &Capabilities, request: &ImageToVideo) -> Option<Violation> {
    let prompt = request.prompt.as_deref().filter(|_| can.prompt_max_chars < super::PROMPT_MAX_CHARS)?;
    check::check_length(prompt, can.prompt_max_chars)
}

fn check_switches(can: &Capabilities, request: &ImageToVideo, refused: &mut Vec<Violation>) {
    let switches = [
        (request.prompt_optimizer, can.prompt_optimizer, Field::PromptOptimizer, Code::PromptOptimizerUnsupported),
        (request.fast_pretreatment, can.fast_pretreatment, Field::FastPretreatment, Code::FastPretreatmentUnsupported),
        (request.watermark, can.watermark, Field::Watermark, Code::WatermarkUnsupported),
    ];
    for (set, property, field, code) in switches {
        if set.is_some() && property.is_none() {
            refused.push(Violation::new(
                code,
                field,
                format!("was set, and {} has no such switch", can.vendor),
                "leave it unset",
            ));
        }
    }
}

/// Whether a webhook can be asked for at a vendor.
#[cfg(feature = "_client")]
pub(crate) fn check_webhook(vendor: Vendor, webhook: &str) -> Option<Violation> {
    if Capabilities::of(vendor).webhook.is_none() {
        return Some(Violation::new(
            Code::WebhookUnsupported,
            Field::Webhook,
            format!("was set, and {vendor} documents none"),
            "no webhook; wait for the job instead",
        ));
    }
    crate::address::http_host(webhook).err().map(|_| {
        Violation::new(
            Code::WebhookInvalid,
            Field::Webhook,
            "is no http or https URL",
            "an http or https URL that the vendor can reach",
        )
    })
}

impl Tier {
    /// What fal's two endpoints make.
    const fn makes(self) -> Resolution {
        match self {
            Self::Standard => Resolution::P768,
            Self::Pro => Resolution::P1080,
        }
    }

    const fn making(resolution: Resolution) -> Self {
        match resolution {
            Resolution::P768 => Self::Standard,
            Resolution::P1080 => Self::Pro,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check_prompt;
    use crate::{Capabilities, ImageToVideo, Vendor, Violations, rules::PROMPT_MAX_CHARS};

    #[test]
    fn a_vendor_may_take_less_than_the_model() -> Result<(), Violations> {
        let prompt = |length: usize| {
            ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("狐".repeat(length)).build()
        };
        let with = |prompt_max_chars| Capabilities { prompt_max_chars, ..*Capabilities::of(Vendor::SeaArt) };
        assert_eq!(check_prompt(&with(PROMPT_MAX_CHARS), &prompt(PROMPT_MAX_CHARS)?), None);
        assert_eq!(check_prompt(&with(1500), &prompt(1500)?), None);
        let refused = check_prompt(&with(1500), &prompt(1501)?).map(|violation| violation.to_string());
        let expected = "prompt has 1501 characters, 1 too many; character 1501 begins at byte 4500; allowed: 1 to 1500 \
                        characters [prompt_too_long]";
        assert_eq!(refused.as_deref(), Some(expected));
        Ok(())
    }
}
