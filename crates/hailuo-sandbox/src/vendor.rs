//! The five vendors by name. What each of them does is in `manners`; what each promises, in its contract.

use std::{fmt, str::FromStr};

macro_rules! vendors {
    ($($(#[$doc:meta])* $vendor:ident $slug:literal;)+) => {
        /// One of the five vendors that the sandbox plays.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Vendor { $($(#[$doc])* $vendor,)+ }

        impl Vendor {
            /// All five, in the order used everywhere.
            pub const ALL: [Self; [$($slug),+].len()] = [$(Self::$vendor),+];

            /// The lower-case name used for folders, crates, features and on the command line.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$vendor => $slug,)+ }
            }

            /// The contract this crate was built with: an OpenAPI 3.1 document.
            pub const fn contract(self) -> &'static str {
                match self { $(Self::$vendor => include_str!(concat!("../contracts/", $slug, ".json")),)+ }
            }
        }
    };
}

vendors! {
    /// modelslab.com: the key in the body, a poll by POST, errors that may come with status 200.
    ModelsLab "modelslab";
    /// fal.ai, the queue host: short poll URLs, 202 while waiting, no word for failure.
    Fal "fal";
    /// seaart.ai: a queue like fal's, with words and envelopes of its own.
    SeaArt "seaart";
    /// highwayapi.ai: one question for status and result, numbers written as strings.
    HighwayApi "highwayapi";
    /// apiin.one: two shapes of a submit's answer, an undocumented place for the video.
    ApiInOne "apiinone";
}

impl Vendor {
    /// Whether a finished job's video is asked for apart from its status. Of the others, the poll that says "done"
    /// brings the video with it.
    pub const fn has_result_operation(self) -> bool {
        matches!(self, Self::Fal | Self::SeaArt)
    }

    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.slug())
    }
}

/// The text names none of the five vendors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no vendor is called {0:?}; there are {known}", known = Vendor::ALL.map(Vendor::slug).join(", "))]
pub struct UnknownVendor(pub(crate) String);

impl FromStr for Vendor {
    type Err = UnknownVendor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|vendor| vendor.slug() == text).ok_or_else(|| UnknownVendor(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Vendor;

    #[test]
    fn a_slug_names_its_vendor_and_nothing_else_does() {
        for vendor in Vendor::ALL {
            assert_eq!(vendor.slug().parse(), Ok(vendor));
            assert_eq!(vendor.to_string(), vendor.slug());
        }
        for wrong in ["", "Fal", "fal ", "minimax"] {
            assert!(wrong.parse::<Vendor>().is_err(), "{wrong:?}");
        }
    }
}
