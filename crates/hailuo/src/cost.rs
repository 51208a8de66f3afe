//! What a run costs, where a vendor says so. Credits are never converted, and unknown is not zero.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    adapters,
    request::{Duration, Resolution, Tier},
    rules::{DEFAULT_DURATION, DEFAULT_RESOLUTION},
    vendor::Vendor,
};

/// What a price is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unit {
    /// US dollars.
    Usd,
    /// The vendor's own credits.
    Credits,
}

impl Unit {
    /// The stable word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Usd => "usd",
            Self::Credits => "credits",
        }
    }
}

/// What one video costs, as far as the vendor says it.
///
/// ```
/// use hailuo::{Cost, Tier, Vendor};
///
/// let cost = Cost::of(Vendor::Fal, Some(Tier::Pro), None, None).map(|cost| cost.to_string());
/// assert_eq!(cost.as_deref(), Some("$0.49"));
/// assert_eq!(Cost::of(Vendor::SeaArt, None, None, None), None);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cost {
    /// The least it costs.
    pub min: f64,
    /// The most it costs; the same as `min` where the price is certain.
    pub max: f64,
    /// What both are counted in.
    pub unit: Unit,
    /// The day the price was read, `YYYY-MM-DD`.
    pub as_of: Cow<'static, str>,
    /// Where it was read.
    pub source: Cow<'static, str>,
}

impl Cost {
    /// The price of a video; values that are `None` are the vendor's defaults. `None` if the vendor publishes none.
    pub fn of(
        vendor: Vendor,
        tier: Option<Tier>,
        duration: Option<Duration>,
        resolution: Option<Resolution>,
    ) -> Option<Self> {
        let tier = tier.unwrap_or(Tier::Standard);
        let duration = duration.unwrap_or(DEFAULT_DURATION);
        let resolution = resolution.unwrap_or(DEFAULT_RESOLUTION);
        adapters::prices(vendor)
            .iter()
            .find(|price| {
                price.tier.is_none_or(|t| t == tier)
                    && price.duration.is_none_or(|d| d == duration)
                    && price.resolution.is_none_or(|r| r == resolution)
            })
            .map(|price| price.cost.clone())
    }
}

/// `$0.49`, `30 credits`, `45 to 85 credits`.
impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_certain = self.min >= self.max;
        match self.unit {
            Unit::Usd if is_certain => write!(f, "${:.2}", self.min),
            Unit::Usd => write!(f, "${:.2} to ${:.2}", self.min, self.max),
            Unit::Credits if is_certain => write!(f, "{} credits", self.min),
            Unit::Credits => write!(f, "{} to {} credits", self.min, self.max),
        }
    }
}

/// The day the vendors' prices were read.
const AS_OF: &str = "2026-11-21";

/// A line of a vendor's price list; what is `None` does not matter to it.
pub(crate) struct Price {
    tier: Option<Tier>,
    duration: Option<Duration>,
    resolution: Option<Resolution>,
    cost: Cost,
}

impl Price {
    pub(crate) const fn new(min: f64, max: f64, unit: Unit, source: &'static str) -> Self {
        let cost = Cost { min, max, unit, as_of: Cow::Borrowed(AS_OF), source: Cow::Borrowed(source) };
        Self { tier: None, duration: None, resolution: None, cost }
    }

    pub(crate) const fn tier(mut self, tier: Tier) -> Self {
        self.tier = Some(tier);
        self
    }

    pub(crate) const fn duration(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    pub(crate) const fn resolution(mut self, resolution: Resolution) -> Self {
        self.resolution = Some(resolution);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_price_is_told() {
        use Duration::{Six, Ten};
        use Resolution::{P768, P1080};
        use Tier::{Pro, Standard};
        for (vendor, tier, duration, resolution, told) in [
            (Vendor::Fal, None, None, None, Some("$0.28")),
            (Vendor::Fal, Some(Standard), Some(Ten), None, Some("$0.56")),
            (Vendor::Fal, Some(Pro), Some(Six), Some(P1080), Some("$0.49")),
            (Vendor::ApiInOne, None, None, None, Some("30 credits")),
            (Vendor::ApiInOne, None, Some(Ten), Some(P768), Some("45 credits")),
            (Vendor::ApiInOne, None, None, Some(P1080), Some("45 credits")),
            (Vendor::ApiInOne, Some(Pro), None, None, Some("45 to 85 credits")),
            (Vendor::ModelsLab, None, None, None, None),
            (Vendor::SeaArt, None, None, None, None),
            (Vendor::HighwayApi, None, None, None, None),
        ] {
            let cost = Cost::of(vendor, tier, duration, resolution);
            assert_eq!(cost.map(|cost| cost.to_string()).as_deref(), told, "{vendor}");
        }
    }
}
