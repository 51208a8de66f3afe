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
    crate::{error::SetupError, exchange::Access},
    hailuo_runtime::{Config, SecretString, progenitor_client::ClientInfo},
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

        /// From a vendor's name to what asks it.
        #[cfg(feature = "_client")]
        pub(crate) fn connect(vendor: Vendor, config: Config, key: SecretString) -> Result<Access, SetupError> {
            match vendor {
                $(
                    #[cfg(feature = $feature)]
                    Vendor::$vendor => match $krate::Client::connect_with(config, key) {
                        Ok(client) => Ok(Access {
                            base: client.inner().base().clone(),
                            client: Box::new(client.clone()),
                            adapter: Arc::new($module::Mapping { client }),
                        }),
                        Err(source) => Err(SetupError::Client { vendor, source: source.into() }),
                    },
                )+
                #[allow(unreachable_patterns, reason = "every vendor is covered when every feature is on")]
                other => Err(SetupError::NotEnabled(other)),
            }
        }

        /// The generated clients, for everything the facade does not do. Each goes to the same place with the same key,
        /// and its answers have the vendor's own types; [`validate`](crate::Client::validate) is not asked.
        ///
        /// ```
        #[doc = include_str!("../client/example.txt")]
        /// let job = client.with_order([hailuo::Vendor::SeaArt])?.submit(&request).await.into_result()?;
        ///
        /// let (seaart, record) = client.seaart().ok_or("there is no key for SeaArt")?.recorded();
        /// let answer = record.outcome(seaart.status().request_id(job.handle().id()).send().await)?;
        /// println!("HTTP {}: {:?}", answer.status, answer.value.status);
        /// # Ok(())
        /// # }
        /// ```
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
