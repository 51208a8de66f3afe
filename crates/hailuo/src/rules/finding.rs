//! What the rules find: violations and warnings, with stable codes.
//!
//! No text here quotes the prompt or the picture. Where a part of the prompt is meant, the span says which, and the
//! caller, who has the prompt, can show it.

use std::{borrow::Cow, fmt, ops::Range};

use serde::{Serialize, Serializer};

use crate::codes::codes;

codes! {
    /// The field of a request that is meant.
    Field {
        /// The picture.
        Image = "image",
        /// The prompt.
        Prompt = "prompt",
        /// Length of the video.
        Duration = "duration",
        /// Resolution of the video.
        Resolution = "resolution",
        /// Quality tier.
        Tier = "tier",
        /// Whether the prompt may be rewritten.
        PromptOptimizer = "prompt_optimizer",
        /// Whether that rewriting is quick.
        FastPretreatment = "fast_pretreatment",
        /// Whether there is a watermark.
        Watermark = "watermark",
        /// Where the vendor shall report; an option of submitting, not of the request.
        Webhook = "webhook",
    }
}

codes! {
    /// Which rule is broken. The words are stable.
    Code {
        /// No picture was given.
        ImageRequired = "image_required",
        /// The file cannot be read.
        ImageUnreadable = "image_unreadable",
        /// The picture has no bytes.
        ImageEmpty = "image_empty",
        /// Neither JPEG, PNG nor WebP.
        ImageFormat = "image_format",
        /// The header states no size.
        ImageDamaged = "image_damaged",
        /// 20 MB or more.
        ImageTooLarge = "image_too_large",
        /// The short side is 300 pixels or less.
        ImageTooSmall = "image_too_small",
        /// Narrower than 2:5 or wider than 5:2.
        ImageRatio = "image_ratio",
        /// The URL is neither http nor https.
        ImageUrlScheme = "image_url_scheme",
        /// The text is no URL.
        ImageUrlInvalid = "image_url_invalid",
        /// The data URL is damaged.
        ImageDataUrl = "image_data_url",
        /// The vendor is not known to take the picture in this form.
        ImageFormUnsupported = "image_form_unsupported",
        /// The vendor requires a prompt.
        PromptRequired = "prompt_required",
        /// The prompt has no character.
        PromptEmpty = "prompt_empty",
        /// The prompt has more than 2000 characters.
        PromptTooLong = "prompt_too_long",
        /// No such length.
        DurationUnknown = "duration_unknown",
        /// The model does not make this length at this resolution.
        DurationNotAtResolution = "duration_not_at_resolution",
        /// No such resolution.
        ResolutionUnknown = "resolution_unknown",
        /// The vendor has no way to ask for the resolution.
        ResolutionUnsupported = "resolution_unsupported",
        /// No such tier.
        TierUnknown = "tier_unknown",
        /// The vendor sells no tiers.
        TierUnsupported = "tier_unsupported",
        /// The tier makes another resolution.
        TierContradictsResolution = "tier_contradicts_resolution",
        /// The vendor has no such switch.
        PromptOptimizerUnsupported = "prompt_optimizer_unsupported",
        /// The vendor has no such switch.
        FastPretreatmentUnsupported = "fast_pretreatment_unsupported",
        /// The vendor has no such switch.
        WatermarkUnsupported = "watermark_unsupported",
        /// The vendor has no webhook.
        WebhookUnsupported = "webhook_unsupported",
        /// The webhook is no http or https URL.
        WebhookInvalid = "webhook_invalid",
    }
}

codes! {
    /// What a warning is about. The words are stable.
    WarningCode {
        /// A rule is broken, and the mode lets it pass.
        RuleBroken = "rule_broken",
        /// The prompt has no word and no sign, only blanks; a vendor may take it, and the money.
        PromptBlank = "prompt_blank",
        /// A word in brackets is no camera command.
        CameraUnknown = "camera_unknown",
        /// A camera command is in English.
        CameraEnglish = "camera_english",
        /// A full-width comma stands between camera commands.
        CameraComma = "camera_comma",
        /// More than three camera commands stand in one bracket.
        CameraTooMany = "camera_too_many",
        /// A bracket with a camera command does not close.
        CameraUnclosed = "camera_unclosed",
        /// A camera command stands in full-width brackets.
        CameraBracket = "camera_bracket",
        /// The picture's declared type is not what its bytes show.
        ImageMislabeled = "image_mislabeled",
        /// The picture is between 20,000,000 bytes and the limit.
        ImageNearLimit = "image_near_limit",
        /// The picture's URL is on a private address.
        ImagePrivateHost = "image_private_host",
    }
}

/// One broken rule. In serde it is `code`, `field`, `problem`, `allowed`, `span` and `count`, without what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    code: Code,
    field: Field,
    problem: Cow<'static, str>,
    allowed: Cow<'static, str>,
    #[serde(serialize_with = "from_and_to")]
    span: Option<Range<usize>>,
    count: Option<usize>,
}

#[expect(clippy::ref_option, reason = "serde asks for it")]
fn from_and_to<S: Serializer>(span: &Option<Range<usize>>, serializer: S) -> Result<S::Ok, S::Error> {
    span.as_ref().map(|span| [span.start, span.end]).serialize(serializer)
}

impl Violation {
    pub(crate) fn new(
        code: Code,
        field: Field,
        problem: impl Into<Cow<'static, str>>,
        allowed: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { code, field, problem: problem.into(), allowed: allowed.into(), span: None, count: None }
    }

    pub(crate) fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    pub(crate) fn counted(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }

    /// The rule, as a stable word for programs.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The field that breaks it.
    pub fn field(&self) -> Field {
        self.field
    }

    /// What is wrong, as the rest of a sentence that begins with the field.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// What would be allowed.
    pub fn allowed(&self) -> &str {
        &self.allowed
    }

    /// The bytes of the prompt that are meant; for a prompt too long, from the 2001st character to the end.
    pub fn span(&self) -> Option<Range<usize>> {
        self.span.clone()
    }

    /// How many characters a prompt has that is too long.
    pub fn count(&self) -> Option<usize> {
        self.count
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, problem, allowed, code, .. } = self;
        write!(f, "{field} {problem}; allowed: {allowed} [{code}]")
    }
}

/// All broken rules of a request, together. In serde it is a list of them.
#[derive(Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Violations(Vec<Violation>);

impl Violations {
    pub(crate) fn new(mut violations: Vec<Violation>) -> Self {
        violations.sort_by_key(|violation| violation.field);
        Self(violations)
    }

    /// The violations, by field.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// Whether a rule is among the broken ones.
    pub fn has(&self, code: Code) -> bool {
        self.0.iter().any(|violation| violation.code == code)
    }
}

/// As `Display`, for a program whose `main` returns them; `{:#?}` shows the fields.
impl fmt::Debug for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { f.debug_tuple("Violations").field(&self.0).finish() } else { write!(f, "{self}") }
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Something that is allowed but probably not meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    code: WarningCode,
    field: Field,
    problem: Cow<'static, str>,
    broken: Option<Code>,
    #[serde(serialize_with = "from_and_to")]
    span: Option<Range<usize>>,
}

impl Warning {
    pub(crate) fn new(code: WarningCode, field: Field, problem: impl Into<Cow<'static, str>>) -> Self {
        Self { code, field, problem: problem.into(), span: None, broken: None }
    }

    pub(crate) fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// What the warning is about, as a stable word for programs.
    pub fn code(&self) -> WarningCode {
        self.code
    }

    /// The field that is meant.
    pub fn field(&self) -> Field {
        self.field
    }

    /// What is doubtful, as the rest of a sentence that begins with the field.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// The bytes of the prompt that are meant.
    pub fn span(&self) -> Option<Range<usize>> {
        self.span.clone()
    }

    /// The rule that is broken, if the mode turned a violation into this warning.
    pub fn broken(&self) -> Option<Code> {
        self.broken
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, problem, .. } = self;
        match self.broken {
            Some(code) => write!(f, "{field} {problem} [{code}]"),
            None => write!(f, "{field} {problem} [{}]", self.code),
        }
    }
}

impl From<Violation> for Warning {
    fn from(violation: Violation) -> Self {
        Self {
            code: WarningCode::RuleBroken,
            field: violation.field,
            problem: format!("{}; allowed: {}", violation.problem, violation.allowed).into(),
            span: violation.span,
            broken: Some(violation.code),
        }
    }
}
