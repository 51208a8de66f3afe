//! The vendors by name. What each can do stands in [`crate::Capabilities`].

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! vendors {
    ($($(#[$doc:meta])* $vendor:ident $slug:literal $name:literal $env:literal;)+) => {
        /// A company that sells Hailuo 2.3 image-to-video.
        ///
        /// Every vendor has its name here, whichever features are switched on: rules, capabilities and prices need no
        /// client.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[non_exhaustive]
        pub enum Vendor { $($(#[$doc])* $vendor,)+ }

        impl Vendor {
            /// All vendors, in the order of the project's tables.
            pub const ALL: [Self; [$($slug),+].len()] = [$(Self::$vendor),+];

            /// The one lower-case name used for crate, feature and command line.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$vendor => $slug,)+ }
            }

            /// The name as the vendor writes it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$vendor => $name,)+ }
            }

            /// The environment variable the key is read from, when a client is asked to look there.
            pub const fn env_var(self) -> &'static str {
                match self { $(Self::$vendor => $env,)+ }
            }

            /// Whether this build can talk to the vendor, that is, whether the feature of its name is on.
            pub const fn is_enabled(self) -> bool {
                match self { $(Self::$vendor => cfg!(feature = $slug),)+ }
            }
        }
    };
}

vendors! {
    /// ModelsLab, <https://modelslab.com>.
    ModelsLab "modelslab" "ModelsLab" "MODELSLAB_API_KEY";
    /// fal, <https://fal.ai>.
    Fal "fal" "fal" "FAL_KEY";
    /// SeaArt, <https://cloud.seaart.ai>.
    SeaArt "seaart" "SeaArt" "SEAART_API_KEY";
    /// HighwayAPI, <https://highwayapi.ai>.
    HighwayApi "highwayapi" "HighwayAPI" "HIGHWAYAPI_API_KEY";
    /// API in One, <https://apiin.one>.
    ApiInOne "apiinone" "API in One" "APIINONE_API_KEY";
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A word that names no vendor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no vendor has this name; the vendors are {}", Vendor::ALL.map(Vendor::slug).join(", "))]
pub struct UnknownVendor;

impl FromStr for Vendor {
    type Err = UnknownVendor;

    /// Takes the slug or the vendor's own spelling; case, spaces, `-` and `_` do not matter.
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let plain = word.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).map(|c| c.to_ascii_lowercase());
        Self::ALL.into_iter().find(|vendor| vendor.slug().chars().eq(plain.clone())).ok_or(UnknownVendor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_vendor_finds_it() {
        for vendor in Vendor::ALL {
            for word in [vendor.slug(), vendor.name(), &vendor.slug().to_uppercase()] {
                assert_eq!(word.parse(), Ok(vendor));
            }
        }
        assert_eq!("api-in-one".parse(), Ok(Vendor::ApiInOne));
    }

    #[test]
    fn an_unknown_word_is_refused() {
        for word in ["", "fal.ai", "notfal", "replicate"] {
            assert_eq!(word.parse::<Vendor>(), Err(UnknownVendor));
        }
    }
}
