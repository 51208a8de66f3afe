//! One module per vendor: its facts (capabilities, prices) always, the mapping onto its generated client behind the
//! feature of its name.
//!
//! An adapter turns a request into calls of the generated client and answers into [`exchange`](crate::exchange)'s
//! words. It sends only through that client, holds no path, and decides nothing about retrying or waiting.

pub(crate) mod apiinone;
pub(crate) mod fal;
pub(crate) mod highwayapi;
pub(crate) mod modelslab;
pub(crate) mod seaart;

#[cfg(feature = "_client")]
use {
    crate::{error::SetupError, exchange::Adapter},
    hailuo_runtime::{Config, SecretString},
    std::sync::Arc,
};

use crate::{capabilities::Capabilities, cost::Price, vendor::Vendor};

macro_rules! adapters {
    ($($feature:literal $vendor:ident $module:ident $krate:ident;)+) => {
        pub(crate) const fn capabilities(vendor: Vendor) -> &'static Capabilities {
            match vendor { $(Vendor::$vendor => &$module::CAPABILITIES,)+ }
        }

        pub(crate) const fn prices(vendor: Vendor) -> &'static [Price] {
            match vendor { $(Vendor::$vendor => $module::PRICES,)+ }
        }

        impl Vendor {
            /// Where the vendor's API is, path included; none if its feature is off.
            pub const fn base_url(self) -> Option<&'static str> {
                match self {
                    $(#[cfg(feature = $feature)] Self::$vendor => Some($krate::BASE_URL),)+
                    #[allow(unreachable_patterns, reason = "every vendor is covered when every feature is on")]
                    _ => None,
                }
            }
        }

        /// From a vendor's name to its adapter.
        #[cfg(feature = "_client")]
        pub(crate) fn connect(vendor: Vendor, config: Config, key: SecretString) -> Result<Arc<dyn Adapter>, SetupError> {
            match vendor {
                $(
                    #[cfg(feature = $feature)]
                    Vendor::$vendor => match $krate::Client::connect_with(config, key) {
                        Ok(client) => Ok(Arc::new($module::Mapping { client })),
                        Err(source) => Err(SetupError::Client { vendor, source: source.into() }),
                    },
                )+
                #[allow(unreachable_patterns, reason = "every vendor is covered when every feature is on")]
                other => Err(SetupError::NotEnabled(other)),
            }
        }

        /// The generated clients, for everything the facade does not do.
        #[cfg(feature = "_client")]
        impl crate::Client {$(
            /// The vendor's generated client, if there is a key for it.
            #[cfg(feature = $feature)]
            pub fn $module(&self) -> Option<&$krate::Client> {
                self.client_of(Vendor::$vendor)
            }
        )+}
    };
}

adapters! {
    "modelslab" ModelsLab modelslab hailuo_modelslab;
    "fal" Fal fal hailuo_fal;
    "seaart" SeaArt seaart hailuo_seaart;
    "highwayapi" HighwayApi highwayapi hailuo_highwayapi;
    "apiinone" ApiInOne apiinone hailuo_apiinone;
}
