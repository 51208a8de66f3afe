//! The word for each phase, kind, place and variant, and the arguments that stand after a kind. How words make a fault
//! is in `grammar`.

use super::{Ending, Kind, Phase, RetryPlace, Variant};
use crate::span;

/// The kinds with their words, in the order in which people are told of them; `(..)` stands for arguments.
macro_rules! kinds {
    (plain $kind:ident) => { Some(Self::$kind) };
    (plain $kind:ident ..) => { None };
    ($($word:literal $kind:ident $(($arguments:tt))?;)+) => {
        impl Kind {
            /// The words of all kinds.
            pub const WORDS: [&str; [$($word),+].len()] = [$($word),+];

            pub(super) fn word(&self) -> &'static str {
                match self { $(Self::$kind { .. } => $word,)+ }
            }

            /// The kind of this word, if it takes no argument.
            pub(super) fn plain(word: &str) -> Option<Self> {
                match word {
                    $($word => kinds!(plain $kind $($arguments)?),)+
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    "refuse" Refuse(..);
    "drop-request" DropRequest(..);
    "drop-answer" DropAnswer(..);
    "cut" Cut(..);
    "stall" Stall;
    "hang" Hang;
    "endless" Endless;
    "empty" Empty;
    "delay" Delay(..);
    "http" Http(..);
    "html" Html(..);
    "rate-limit" RateLimit(..);
    "redirect" Redirect(..);
    "content-refused" ContentRefused;
    "image-unreachable" ImageUnreachable;
    "no-balance" NoBalance;
    "revoke-key" RevokeKey;
    "unknown-status" UnknownStatus(..);
    "missing-fields" MissingFields;
    "nulls" Nulls;
    "extra-fields" ExtraFields;
    "number-for-string" NumberForString;
    "string-for-number" StringForNumber;
    "invalid-json" InvalidJson;
    "foreign-urls" ForeignUrls(..);
    "variant" Variant(..);
    "never-ends" NeverEnds;
    "fails" Fails;
    "no-video" NoVideo;
    "expired" Expired;
    "no-length" NoLength;
    "no-range" NoRange;
}

impl Kind {
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

/// The words of values that have no more than a word.
macro_rules! words {
    ($name:ident { $($value:ident $word:literal;)+ }) => {
        impl $name {
            /// All of them, in order.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$value),+];

            /// The word that stands for it in a fault's text.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$value => $word,)+ }
            }

            pub(super) fn read(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.word() == word)
            }
        }
    };
}

words! {
    Phase {
        Submit "submit";
        Poll "poll";
        Result "result";
        Cancel "cancel";
        Download "download";
        Job "job";
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

words! {
    Variant {
        NoId "no-id";
        StringId "string-id";
        StringOutput "string-output";
        ErrorsUnder200 "errors-under-200";
        Messege "messege";
        SilentFailure "silent-failure";
        LowerCase "lower-case";
        ErrorObject "error-object";
        Succeeded "succeeded";
        ZeroProgress "zero-progress";
        TextNumbers "text-numbers";
        Older "older";
        AtUrl "url";
        AtOutput "output";
        AtOutputObject "output-object";
        AtVideos "videos";
    }
}
