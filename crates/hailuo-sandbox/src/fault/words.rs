//! The word for each phase, kind, place and variant, and the arguments that stand after a kind. How words make a fault
//! is in `grammar`.

use super::{Ending, Kind, Phase, RetryPlace, Variant};
use crate::span;

/// The kinds that take no argument.
pub(super) const PLAIN: [Kind; 20] = [
    Kind::ContentRefused,
    Kind::ImageUnreachable,
    Kind::NoBalance,
    Kind::RevokeKey,
    Kind::MissingFields,
    Kind::Nulls,
    Kind::ExtraFields,
    Kind::NumberForString,
    Kind::StringForNumber,
    Kind::InvalidJson,
    Kind::Empty,
    Kind::NeverEnds,
    Kind::Fails,
    Kind::NoVideo,
    Kind::Expired,
    Kind::NoLength,
    Kind::NoRange,
    Kind::Stall,
    Kind::Hang,
    Kind::Endless,
];

impl Kind {
    /// The words of all kinds.
    pub const WORDS: [&str; 32] = [
        "refuse",
        "drop-request",
        "drop-answer",
        "cut",
        "stall",
        "hang",
        "endless",
        "empty",
        "delay",
        "http",
        "html",
        "rate-limit",
        "redirect",
        "content-refused",
        "image-unreachable",
        "no-balance",
        "revoke-key",
        "unknown-status",
        "missing-fields",
        "nulls",
        "extra-fields",
        "number-for-string",
        "string-for-number",
        "invalid-json",
        "foreign-urls",
        "variant",
        "never-ends",
        "fails",
        "no-video",
        "expired",
        "no-length",
        "no-range",
    ];

    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Refuse(_) => "refuse",
            Self::DropRequest(_) => "drop-request",
            Self::DropAnswer(_) => "drop-answer",
            Self::Cut { .. } => "cut",
            Self::Stall => "stall",
            Self::Hang => "hang",
            Self::Endless => "endless",
            Self::Delay(_) => "delay",
            Self::Http { .. } => "http",
            Self::Html { .. } => "html",
            Self::RateLimit { .. } => "rate-limit",
            Self::ContentRefused => "content-refused",
            Self::ImageUnreachable => "image-unreachable",
            Self::NoBalance => "no-balance",
            Self::RevokeKey => "revoke-key",
            Self::UnknownStatus(_) => "unknown-status",
            Self::MissingFields => "missing-fields",
            Self::Nulls => "nulls",
            Self::ExtraFields => "extra-fields",
            Self::NumberForString => "number-for-string",
            Self::StringForNumber => "string-for-number",
            Self::InvalidJson => "invalid-json",
            Self::Empty => "empty",
            Self::Redirect { .. } => "redirect",
            Self::ForeignUrls { .. } => "foreign-urls",
            Self::NeverEnds => "never-ends",
            Self::Fails => "fails",
            Self::NoVideo => "no-video",
            Self::Expired => "expired",
            Self::NoLength => "no-length",
            Self::NoRange => "no-range",
            Self::Variant(_) => "variant",
        }
    }

    pub(super) fn arguments(&self) -> Vec<String> {
        let flag = |set: bool, word: &str| set.then(|| word.to_owned());
        let reset = |ending: &Ending| flag(*ending == Ending::Reset, "reset");
        match self {
            Self::Refuse(span) => span.map(span::show).into_iter().collect(),
            Self::DropRequest(ending) | Self::DropAnswer(ending) => reset(ending).into_iter().collect(),
            Self::Cut { after, ending } => {
                after.map(|after| after.to_string()).into_iter().chain(reset(ending)).collect()
            }
            Self::Delay(span) => vec![span::show(*span)],
            Self::Http { status, accepted } | Self::Html { status, accepted } => {
                std::iter::once(status.to_string()).chain(flag(*accepted, "accepted")).collect()
            }
            Self::RateLimit { after, place } => {
                std::iter::once(span::show(*after)).chain(place.word().map(str::to_owned)).collect()
            }
            Self::UnknownStatus(word) => word.iter().cloned().collect(),
            Self::Redirect { status, same } => std::iter::once(status.to_string()).chain(flag(*same, "same")).collect(),
            Self::ForeignUrls { userinfo } => flag(*userinfo, "userinfo").into_iter().collect(),
            Self::Variant(variant) => vec![variant.word().to_owned()],
            _ => Vec::new(),
        }
    }
}

impl Phase {
    /// All phases, in the order of a job's life.
    pub const ALL: [Self; 6] = [Self::Submit, Self::Poll, Self::Result, Self::Cancel, Self::Download, Self::Job];

    /// The word that stands for it in a fault's text.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Poll => "poll",
            Self::Result => "result",
            Self::Cancel => "cancel",
            Self::Download => "download",
            Self::Job => "job",
        }
    }
}

impl RetryPlace {
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Own => None,
            Self::Header => Some("header"),
            Self::Date => Some("date"),
            Self::Body => Some("body"),
        }
    }

    pub(super) fn read(word: &str) -> Option<Self> {
        [Self::Header, Self::Date, Self::Body].into_iter().find(|place| place.word() == Some(word))
    }
}

impl Variant {
    /// All variants, vendor by vendor.
    pub const ALL: [Self; 16] = [
        Self::NoId,
        Self::StringId,
        Self::StringOutput,
        Self::ErrorsUnder200,
        Self::Messege,
        Self::SilentFailure,
        Self::LowerCase,
        Self::ErrorObject,
        Self::Succeeded,
        Self::ZeroProgress,
        Self::TextNumbers,
        Self::Older,
        Self::AtUrl,
        Self::AtOutput,
        Self::AtOutputObject,
        Self::AtVideos,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::NoId => "no-id",
            Self::StringId => "string-id",
            Self::StringOutput => "string-output",
            Self::ErrorsUnder200 => "errors-under-200",
            Self::Messege => "messege",
            Self::SilentFailure => "silent-failure",
            Self::LowerCase => "lower-case",
            Self::ErrorObject => "error-object",
            Self::Succeeded => "succeeded",
            Self::ZeroProgress => "zero-progress",
            Self::TextNumbers => "text-numbers",
            Self::Older => "older",
            Self::AtUrl => "url",
            Self::AtOutput => "output",
            Self::AtOutputObject => "output-object",
            Self::AtVideos => "videos",
        }
    }

    pub(super) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.word() == word)
    }
}
