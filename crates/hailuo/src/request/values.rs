//! The words a request is made of. Which go together is said in [`crate::rules`].

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};

/// Length of the video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duration {
    /// 6 seconds, what every vendor makes when nothing is said.
    Six,
    /// 10 seconds, at 768P only.
    Ten,
}

/// Height of the video in lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Resolution {
    /// 768 lines, what every vendor makes when nothing is said.
    #[serde(rename = "768P")]
    P768,
    /// 1080 lines, for 6 seconds only.
    #[serde(rename = "1080P")]
    P1080,
}

/// Quality tier, where a vendor sells two: fal by endpoint, API in One by sub-model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// The cheaper one; at fal it makes 768P.
    Standard,
    /// The dearer one; at fal it makes 1080P.
    Pro,
}

/// How firmly the shared rules are held, because a vendor loosens a rule before we hear of it.
///
/// The mode concerns the model's own rules. What a vendor has no field for is refused in every mode, since it could
/// only be dropped silently.
///
/// ```
/// use hailuo::{ImageToVideo, RuleMode, WarningCode};
///
/// let long = ImageToVideo::builder().image("https://example.com/fox.jpg").prompt("fox ".repeat(600));
/// assert!(long.clone().build().is_err());
/// let request = long.rules(RuleMode::Warn).build()?;
/// assert_eq!(request.warnings()[0].code(), WarningCode::RuleBroken);
/// # Ok::<(), hailuo::Violations>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleMode {
    /// A broken rule refuses the request.
    #[default]
    Strict,
    /// A broken rule is reported as a warning, and the request goes out.
    Warn,
    /// The rules are not looked at; the vendor decides.
    Off,
}

/// A value that is not one of those allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("allowed is {allowed}")]
pub struct UnknownValue {
    allowed: &'static str,
}

/// The word that is written for each value, and what else is read for it.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $allowed:literal { $($value:ident $word:literal $($other:literal)?;)+ })+) => {$(
        impl $name {
            const UNKNOWN: UnknownValue = UnknownValue { allowed: $allowed };

            $(#[$doc])*
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word,)+ }
            }
        }

        impl FromStr for $name {
            type Err = UnknownValue;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word $(| $other)? => Ok(Self::$value),)+
                    _ => Err(Self::UNKNOWN),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    )+};
}

words! {
    /// The length in seconds as text: `6`, never `6s`.
    Duration "6 or 10" {
        Six "6";
        Ten "10";
    }
    /// The spelling of all vendors.
    Resolution "768P or 1080P" {
        P768 "768P" "768p";
        P1080 "1080P" "1080p";
    }
    /// The lower-case word.
    Tier "standard or pro" {
        Standard "standard";
        Pro "pro";
    }
    /// The lower-case word.
    RuleMode "strict, warn or off" {
        Strict "strict";
        Warn "warn";
        Off "off";
    }
}

/// Plain lists of words, without the doc comments that a derive would spread over them.
macro_rules! plain_schema {
    ($($name:ident: $type:literal, $words:tt;)+) => {$(
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": $type, "enum": $words })
            }
        }
    )+};
}

plain_schema! {
    Duration: "integer", [6, 10];
    Resolution: "string", ["768P", "1080P"];
    Tier: "string", ["standard", "pro"];
}

impl Duration {
    /// The length in seconds.
    pub const fn seconds(self) -> u8 {
        match self {
            Self::Six => 6,
            Self::Ten => 10,
        }
    }
}

impl TryFrom<u64> for Duration {
    type Error = UnknownValue;

    fn try_from(seconds: u64) -> Result<Self, Self::Error> {
        match seconds {
            6 => Ok(Self::Six),
            10 => Ok(Self::Ten),
            _ => Err(Self::UNKNOWN),
        }
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.seconds())
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(u64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
